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

const fn quiet(keys: &'static [Key], action: InDesign, does: &'static str) -> Binding<InDesign> {
    Binding {
        keys,
        action,
        does,
        hint: None,
    }
}

const fn hinted(
    keys: &'static [Key],
    action: InDesign,
    does: &'static str,
    hint: &'static str,
) -> Binding<InDesign> {
    Binding {
        keys,
        action,
        does,
        hint: Some(hint),
    }
}

/// The keys in the designer's table.
pub const DESIGN: &[Binding<InDesign>] = &[
    quiet(&[Key::Code(KeyCode::Up)], InDesign::Up, "up"),
    quiet(&[Key::Code(KeyCode::Down)], InDesign::Down, "down"),
    quiet(&[Key::Code(KeyCode::PageUp)], InDesign::PageUp, "a page up"),
    quiet(
        &[Key::Code(KeyCode::PageDown)],
        InDesign::PageDown,
        "a page down",
    ),
    quiet(
        &[Key::Code(KeyCode::Home)],
        InDesign::First,
        "to the first: the routine itself",
    ),
    quiet(&[Key::Code(KeyCode::End)], InDesign::Last, "to the last"),
    hinted(
        &[Key::Code(KeyCode::Enter), Key::Code(KeyCode::Tab)],
        InDesign::Fields,
        "its fields: what it is, where, how long, what is said",
        "fields",
    ),
    hinted(
        &[Key::Char('i'), Key::Code(KeyCode::Insert)],
        InDesign::Insert,
        "insert below: step, transition, phase, sequence, or a sequence that is used",
        "insert",
    ),
    hinted(
        &[Key::Char('+'), Key::Char('=')],
        InDesign::Time(5),
        "5 s longer; marked rows and groups too, each step of them",
        "5 s",
    ),
    quiet(
        &[Key::Char('-'), Key::Char('_')],
        InDesign::Time(-5),
        "5 s shorter",
    ),
    quiet(&[Key::Char(']')], InDesign::Time(15), "15 s longer"),
    quiet(&[Key::Char('[')], InDesign::Time(-15), "15 s shorter"),
    hinted(
        &[Key::Alt(KeyCode::Up), Key::Char('K')],
        InDesign::MoveUp,
        "move up, comments and all; into a group and out of it",
        "move",
    ),
    quiet(
        &[Key::Alt(KeyCode::Down), Key::Char('J')],
        InDesign::MoveDown,
        "move down",
    ),
    quiet(
        &[Key::Char(' ')],
        InDesign::Mark,
        "mark from here; moves, copies and groups take all that is marked",
    ),
    quiet(
        &[Key::Char('d'), Key::Ctrl('d')],
        InDesign::Duplicate,
        "the same once more below",
    ),
    quiet(
        &[Key::Code(KeyCode::Delete)],
        InDesign::Delete,
        "delete, comments and all",
    ),
    quiet(&[Key::Char('x'), Key::Ctrl('x')], InDesign::Cut, "cut"),
    quiet(
        &[Key::Char('c'), Key::Ctrl('c')],
        InDesign::Copy,
        "copy, for another routine too",
    ),
    quiet(
        &[Key::Char('v'), Key::Ctrl('v')],
        InDesign::Paste,
        "paste below",
    ),
    quiet(&[Key::Char('b')], InDesign::BothSides, "on both sides"),
    quiet(&[Key::Char('r')], InDesign::Repeat, "repeat"),
    quiet(
        &[Key::Char('w')],
        InDesign::Unwrap,
        "dissolve the group; what is in it stays",
    ),
    quiet(
        &[Key::Char('s')],
        InDesign::Scale,
        "to a length: the steps in it share what is gained or lost",
    ),
    hinted(
        &[Key::Char('u')],
        InDesign::Undo,
        "undo, without end",
        "undo",
    ),
    quiet(
        &[Key::Char('U'), Key::Ctrl('r')],
        InDesign::Redo,
        "redo what was undone",
    ),
    hinted(
        &[Key::Ctrl('s'), Key::Code(KeyCode::F(2))],
        InDesign::Save,
        "save",
        "save",
    ),
    quiet(
        &[Key::Char('a')],
        InDesign::SaveAs,
        "save under another name",
    ),
    hinted(
        &[Key::Char('t')],
        InDesign::Try,
        "try it: rehearse from here, as fast as you choose",
        "try",
    ),
    quiet(
        &[Key::Char('p')],
        InDesign::Hear,
        "hear its cue, and its line where the voice is on",
    ),
    quiet(
        &[Key::Char('P')],
        InDesign::Student,
        "as it will be seen in the session",
    ),
    quiet(&[Key::Char('n')], InDesign::NextProblem, "the next problem"),
    quiet(
        &[Key::Char('!')],
        InDesign::Correct,
        "correct it, where the right text is certain",
    ),
    quiet(&[Key::Char('e')], InDesign::Text, "the text itself, here"),
    hinted(&[Key::Char('?')], InDesign::Help, "help", "help"),
    hinted(
        &[Key::Code(KeyCode::Esc), Key::Char('q')],
        InDesign::Close,
        "leave; asks where something is not saved",
        "leave",
    ),
    quiet(
        &[Key::Ctrl('z')],
        InDesign::Suspend,
        "to the shell; fg comes back",
    ),
];
