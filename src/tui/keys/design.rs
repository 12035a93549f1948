//! The keys of the routine designer. Here a letter is another than its capital.

use crossterm::event::KeyCode;

use super::{Binding, Key};

/// What a key can mean in the designer's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InDesign {
    /// The row above.
    Up,
    /// The row below.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// The row's fields.
    Fields,
    /// Insert: asks what.
    Insert,
    /// Write it a second time below.
    Duplicate,
    /// Delete.
    Delete,
    /// Delete, to be pasted.
    Cut,
    /// Keep, to be pasted.
    Copy,
    /// What was cut or copied.
    Paste,
    /// Begin or end a range of rows.
    Mark,
    /// Move up.
    MoveUp,
    /// Move down.
    MoveDown,
    /// So many seconds more, or less.
    Time(i64),
    /// Put in a `BothSides`.
    BothSides,
    /// Put in a `Repeat`: asks how often.
    Repeat,
    /// Dissolve the group.
    Unwrap,
    /// To a length: asks which.
    Scale,
    /// Take back.
    Undo,
    /// Make again.
    Redo,
    /// The next problem.
    NextProblem,
    /// Make the certain correction.
    Correct,
    /// Rehearse from here: asks how fast.
    Try,
    /// Hear the step's cue and line.
    Hear,
    /// As the student will see it.
    Student,
    /// The text itself.
    Text,
    /// Save.
    Save,
    /// Save under another name.
    SaveAs,
    /// Help.
    Help,
    /// To the shell, and back by `fg`.
    Suspend,
    /// Leave; asks where something is not saved.
    Close,
}

/// The keys in the designer's table.
pub const DESIGN: &[Binding<InDesign>] = &[
    Binding::new(&[Key::Code(KeyCode::Up)], InDesign::Up, "up"),
    Binding::new(&[Key::Code(KeyCode::Down)], InDesign::Down, "down"),
    Binding::new(&[Key::Code(KeyCode::PageUp)], InDesign::PageUp, "a page up"),
    Binding::new(
        &[Key::Code(KeyCode::PageDown)],
        InDesign::PageDown,
        "a page down",
    ),
    Binding::new(
        &[Key::Code(KeyCode::Home)],
        InDesign::First,
        "to the first: the routine itself",
    ),
    Binding::new(&[Key::Code(KeyCode::End)], InDesign::Last, "to the last"),
    Binding::new(
        &[Key::Code(KeyCode::Enter), Key::Code(KeyCode::Tab)],
        InDesign::Fields,
        "its fields: what it is, where, how long, what is said",
    )
    .hinted("fields"),
    Binding::new(
        &[Key::Char('i'), Key::Code(KeyCode::Insert)],
        InDesign::Insert,
        "insert below: step, transition, phase, sequence, or a sequence that is used",
    )
    .hinted("insert"),
    Binding::new(
        &[Key::Char('+'), Key::Char('=')],
        InDesign::Time(5),
        "5 s longer; marked rows and groups too, each step of them",
    )
    .hinted("5 s"),
    Binding::new(
        &[Key::Char('-'), Key::Char('_')],
        InDesign::Time(-5),
        "5 s shorter",
    ),
    Binding::new(&[Key::Char(']')], InDesign::Time(15), "15 s longer"),
    Binding::new(&[Key::Char('[')], InDesign::Time(-15), "15 s shorter"),
    Binding::new(
        &[Key::Alt(KeyCode::Up), Key::Char('K')],
        InDesign::MoveUp,
        "move up, comments and all; into a group and out of it",
    ),
    Binding::new(
        &[Key::Alt(KeyCode::Down), Key::Char('J')],
        InDesign::MoveDown,
        "move down",
    ),
    Binding::new(
        &[Key::Char(' ')],
        InDesign::Mark,
        "mark from here; moves, copies and groups take all that is marked",
    ),
    Binding::new(
        &[Key::Char('d'), Key::Ctrl('d')],
        InDesign::Duplicate,
        "the same once more below",
    ),
    Binding::new(
        &[Key::Code(KeyCode::Delete)],
        InDesign::Delete,
        "delete, comments and all",
    ),
    Binding::new(&[Key::Char('x'), Key::Ctrl('x')], InDesign::Cut, "cut"),
    Binding::new(
        &[Key::Char('c'), Key::Ctrl('c')],
        InDesign::Copy,
        "copy, for another routine too",
    ),
    Binding::new(
        &[Key::Char('v'), Key::Ctrl('v')],
        InDesign::Paste,
        "paste below",
    ),
    Binding::new(&[Key::Char('b')], InDesign::BothSides, "on both sides"),
    Binding::new(&[Key::Char('r')], InDesign::Repeat, "repeat"),
    Binding::new(
        &[Key::Char('w')],
        InDesign::Unwrap,
        "dissolve the group; what is in it stays",
    ),
    Binding::new(
        &[Key::Char('s')],
        InDesign::Scale,
        "to a length: the steps in it share what is gained or lost",
    ),
    Binding::new(&[Key::Char('u')], InDesign::Undo, "undo, without end").hinted("undo"),
    Binding::new(
        &[Key::Char('U'), Key::Ctrl('r')],
        InDesign::Redo,
        "redo what was undone",
    ),
    Binding::new(
        &[Key::Ctrl('s'), Key::Code(KeyCode::F(2))],
        InDesign::Save,
        "save",
    )
    .hinted("save"),
    Binding::new(
        &[Key::Char('a')],
        InDesign::SaveAs,
        "save under another name",
    ),
    Binding::new(
        &[Key::Char('t')],
        InDesign::Try,
        "try it: rehearse from here, as fast as you choose",
    )
    .hinted("try"),
    Binding::new(
        &[Key::Char('p')],
        InDesign::Hear,
        "hear its cue, and its line where the voice is on",
    ),
    Binding::new(
        &[Key::Char('P')],
        InDesign::Student,
        "as it will be seen in the session",
    ),
    Binding::new(&[Key::Char('n')], InDesign::NextProblem, "the next problem"),
    Binding::new(
        &[Key::Char('!')],
        InDesign::Correct,
        "correct it, where the right text is certain",
    ),
    Binding::new(&[Key::Char('e')], InDesign::Text, "the text itself, here"),
    Binding::new(&[Key::Char('?')], InDesign::Help, "help").hinted("help"),
    Binding::new(
        &[Key::Code(KeyCode::Esc), Key::Char('q')],
        InDesign::Close,
        "leave; asks where something is not saved",
    )
    .hinted("leave"),
    Binding::new(
        &[Key::Ctrl('z')],
        InDesign::Suspend,
        "to the shell; fg comes back",
    ),
];
