//! The keys on every other screen.

use crossterm::event::KeyCode;

use super::{Binding, Key};
use crate::store::{Felt, Reason};

/// What a key can mean on the other screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InList {
    /// The entry above.
    Up,
    /// The entry below.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// The first entry.
    First,
    /// The last entry.
    Last,
    /// Go on.
    Enter,
    /// Tick, or say Yes.
    Toggle,
    /// Say Yes.
    Yes,
    /// Say No.
    No,
    /// Type a part of a name.
    Filter,
    /// Copy to the user's own routines.
    Copy,
    /// Shape it in the designer.
    Design,
    /// The practice log.
    Log,
    /// The settings.
    Settings,
    /// Practice, or a client.
    Kind,
    /// How much is told.
    Prompts,
    /// What is chosen for this session.
    Today,
    /// Fit it to its end by the clock.
    Fit,
    /// The sounds, one by one.
    Sounds,
    /// The device after this one.
    DeviceAfter,
    /// The device before this one.
    DeviceBefore,
    /// A louder voice.
    VoiceLouder,
    /// A softer voice.
    VoiceSofter,
    /// Leave regions alone.
    Alone,
    /// Hear a cue.
    TryCue,
    /// Louder.
    Louder,
    /// Softer.
    Softer,
    /// Mute or sound.
    Mute,
    /// Save the card.
    Save,
    /// Take the last press of the session back.
    Undo,
    /// The session that is over, step by step.
    Debrief,
    /// Another view of the same.
    View,
    /// Write a note.
    Note,
    /// Delete: asks.
    Delete,
    /// The receiver felt this, or did not after all.
    Felt(Felt),
    /// The receiver was asked and all was well, or was not asked.
    AllWell,
    /// Why it ended early.
    Because(Reason),
    /// Help.
    Help,
    /// One step back.
    Close,
    /// Leave.
    Quit,
    /// To the shell, and back by `fg`.
    Suspend,
}

const UP: Binding<InList> =
    Binding::new(&[Key::Code(KeyCode::Up), Key::Char('k')], InList::Up, "up");
const DOWN: Binding<InList> = Binding::new(
    &[Key::Code(KeyCode::Down), Key::Char('j')],
    InList::Down,
    "down",
);
const PAGE_UP: Binding<InList> =
    Binding::new(&[Key::Code(KeyCode::PageUp)], InList::PageUp, "a page up");
const PAGE_DOWN: Binding<InList> = Binding::new(
    &[Key::Code(KeyCode::PageDown)],
    InList::PageDown,
    "a page down",
);
const FIRST: Binding<InList> =
    Binding::new(&[Key::Code(KeyCode::Home)], InList::First, "to the first");
const LAST: Binding<InList> = Binding::new(&[Key::Code(KeyCode::End)], InList::Last, "to the last");
const HELP: Binding<InList> = Binding::new(&[Key::Char('?')], InList::Help, "help").hinted("help");
const QUIT: Binding<InList> =
    Binding::new(&[Key::Char('q'), Key::Ctrl('c')], InList::Quit, "leave").hinted("leave");
const SUSPEND: Binding<InList> = Binding::new(
    &[Key::Ctrl('z')],
    InList::Suspend,
    "to the shell; fg comes back",
);
const TRY_CUE: Binding<InList> =
    Binding::new(&[Key::Char('t')], InList::TryCue, "hear a cue").hinted("hear a cue");
const LOUDER: Binding<InList> =
    Binding::new(&[Key::Char('+'), Key::Char('=')], InList::Louder, "louder").hinted("louder");
const SOFTER: Binding<InList> =
    Binding::new(&[Key::Char('-'), Key::Char('_')], InList::Softer, "softer").hinted("softer");
const MUTE: Binding<InList> = Binding::new(&[Key::Char('m')], InList::Mute, "mute, sound");

/// The keys on the home screen.
pub const HOME: &[Binding<InList>] = &[
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    FIRST,
    LAST,
    Binding::new(
        &[Key::Code(KeyCode::Enter)],
        InList::Enter,
        "prepare the marked routine",
    )
    .hinted("start"),
    Binding::new(
        &[Key::Char('/')],
        InList::Filter,
        "find by a part of name, author or level",
    )
    .hinted("find"),
    Binding::new(&[Key::Char('l')], InList::Log, "the practice log").hinted("log"),
    Binding::new(
        &[Key::Char('s')],
        InList::Sounds,
        "the sounds: hear each cue, choose the device",
    ),
    Binding::new(
        &[Key::Char('c')],
        InList::Copy,
        "copy to your own routines, to change it",
    ),
    Binding::new(
        &[Key::Char('d')],
        InList::Design,
        "design: change the marked routine as a table; a sample as a copy of your own",
    )
    .hinted("design"),
    Binding::new(
        &[Key::Char(',')],
        InList::Settings,
        "settings: volumes, colours, keys and more",
    )
    .hinted("settings"),
    TRY_CUE,
    LOUDER,
    SOFTER,
    MUTE,
    HELP,
    QUIT,
    Binding::new(
        &[Key::Code(KeyCode::Esc)],
        InList::Close,
        "show all routines again",
    ),
    SUSPEND,
];

/// The keys where the sounds are heard.
pub const SOUNDS: &[Binding<InList>] = &[
    UP,
    DOWN,
    FIRST,
    LAST,
    Binding::new(
        &[Key::Code(KeyCode::Enter), Key::Char(' ')],
        InList::Enter,
        "hear the marked sound",
    )
    .hinted("hear it"),
    Binding::new(
        &[Key::Code(KeyCode::Right), Key::Char('d')],
        InList::DeviceAfter,
        "another device",
    )
    .hinted("another device"),
    Binding::new(
        &[Key::Code(KeyCode::Left)],
        InList::DeviceBefore,
        "the device before",
    ),
    LOUDER,
    SOFTER,
    Binding::new(
        &[Key::Char(']'), Key::Char('.')],
        InList::VoiceLouder,
        "the voice louder",
    ),
    Binding::new(
        &[Key::Char('['), Key::Char(',')],
        InList::VoiceSofter,
        "the voice softer",
    ),
    MUTE,
    HELP,
    BACK,
    SUSPEND,
];

/// The keys in pre-flight.
pub const PREFLIGHT: &[Binding<InList>] = &[
    UP,
    DOWN,
    Binding::new(
        &[Key::Char(' '), Key::Char('x')],
        InList::Toggle,
        "tick; at a question, No or Yes",
    )
    .hinted("tick, yes"),
    Binding::new(
        &[Key::Char('y'), Key::Code(KeyCode::Right)],
        InList::Yes,
        "yes",
    ),
    Binding::new(
        &[Key::Char('n'), Key::Code(KeyCode::Left)],
        InList::No,
        "no",
    ),
    Binding::new(
        &[
            Key::Code(KeyCode::Enter),
            Key::Code(KeyCode::PageDown),
            Key::Code(KeyCode::F(5)),
        ],
        InList::Enter,
        "go on",
    )
    .hinted("go on"),
    Binding::new(
        &[Key::Char('c')],
        InList::Kind,
        "whom it is for: practice, or a client; the log keeps it",
    )
    .hinted("practice or client"),
    Binding::new(
        &[Key::Char('r')],
        InList::Prompts,
        "recall: full prompts, names alone, chimes alone, none",
    ),
    Binding::new(
        &[Key::Char('o')],
        InList::Today,
        "all that can be chosen for this session",
    ),
    Binding::new(
        &[Key::Char('f')],
        InList::Fit,
        "fit the session to its end by the clock; again: as written",
    ),
    Binding::new(
        &[Key::Char('a')],
        InList::Alone,
        "leave regions alone in this session",
    ),
    TRY_CUE,
    LOUDER,
    SOFTER,
    MUTE,
    QUIT,
    SUSPEND,
    HELP,
    Binding::new(
        &[Key::Code(KeyCode::Esc), Key::Code(KeyCode::PageUp)],
        InList::Close,
        "the list before; from the first, back",
    )
    .hinted("back"),
];

/// The keys at the aftercare card.
pub const AFTERCARE: &[Binding<InList>] = &[
    Binding::new(
        &[Key::Char('w')],
        InList::Save,
        "save the card as text, Markdown or a page to print",
    )
    .hinted("save the card"),
    Binding::new(
        &[Key::Char('d')],
        InList::Debrief,
        "for you alone: the session step by step, planned and worked",
    )
    .hinted("debrief"),
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    Binding::new(
        &[Key::Char('u')],
        InList::Undo,
        "undo a finish by press: back to the last step",
    ),
    HELP,
    Binding::new(
        &[Key::Code(KeyCode::Esc)],
        InList::Close,
        "close what is open",
    ),
    QUIT,
    SUSPEND,
];

/// The keys in the practice log.
pub const LOG: &[Binding<InList>] = &[
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    FIRST,
    LAST,
    Binding::new(
        &[Key::Code(KeyCode::Enter)],
        InList::Enter,
        "the marked session, step by step",
    )
    .hinted("step by step"),
    Binding::new(
        &[Key::Code(KeyCode::Tab)],
        InList::View,
        "sessions; what they come to",
    )
    .hinted("totals"),
    Binding::new(&[Key::Char('n')], InList::Note, "a note on your own work").hinted("note"),
    Binding::new(
        &[Key::Char('x'), Key::Code(KeyCode::Delete)],
        InList::Delete,
        "delete the marked session: asks first",
    )
    .hinted("delete"),
    HELP,
    BACK,
    SUSPEND,
];

/// The keys in the settings.
pub const SETTINGS: &[Binding<InList>] = &[
    UP,
    DOWN,
    FIRST,
    LAST,
    Binding::new(
        &[Key::Code(KeyCode::Right), Key::Char(' '), Key::Char('x')],
        InList::Toggle,
        "change it: on, or up",
    ),
    Binding::new(
        &[Key::Code(KeyCode::Left)],
        InList::No,
        "change it: back, or down",
    ),
    Binding::new(
        &[Key::Code(KeyCode::Enter)],
        InList::Enter,
        "change it; open what has a page of its own",
    ),
    Binding::new(
        &[Key::Char('d'), Key::Code(KeyCode::Delete)],
        InList::Delete,
        "the default again",
    ),
    TRY_CUE,
    LOUDER,
    SOFTER,
    MUTE,
    HELP,
    BACK,
    SUSPEND,
];

/// Back to where one came from.
const BACK: Binding<InList> = Binding::new(
    &[Key::Code(KeyCode::Esc), Key::Char('q'), Key::Ctrl('c')],
    InList::Close,
    "back",
)
.hinted("back");

/// The keys of a session looked at step by step.
pub const DEBRIEF: &[Binding<InList>] = &[
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    FIRST,
    LAST,
    felt(&[Key::Char('1')], Felt::Lubricant, "felt: lubricant"),
    felt(
        &[Key::Char('2')],
        Felt::Approach,
        "felt: approach and dismount",
    ),
    felt(&[Key::Char('3')], Felt::Hopping, "felt: hopping"),
    felt(&[Key::Char('4')], Felt::Draping, "felt: draping"),
    felt(
        &[Key::Char('5')],
        Felt::Pinching,
        "felt: pinched skin or hair",
    ),
    felt(&[Key::Char('6')], Felt::Nails, "felt: nails"),
    Binding::new(
        &[Key::Char('0')],
        InList::AllWell,
        "asked, and all was well; again: not asked",
    ),
    because(
        &[Key::Char('c')],
        Reason::Client,
        "ended early: the client asked",
    ),
    because(
        &[Key::Char('t')],
        Reason::Therapist,
        "ended early: the therapist",
    ),
    because(&[Key::Char('i')], Reason::Time, "ended early: time"),
    because(&[Key::Char('o')], Reason::Other, "ended early: other"),
    HELP,
    BACK,
    SUSPEND,
];

const fn felt(keys: &'static [Key], felt: Felt, does: &'static str) -> Binding<InList> {
    Binding {
        keys,
        action: InList::Felt(felt),
        does,
        hint: None,
    }
}

const fn because(keys: &'static [Key], reason: Reason, does: &'static str) -> Binding<InList> {
    Binding {
        keys,
        action: InList::Because(reason),
        does,
        hint: None,
    }
}
