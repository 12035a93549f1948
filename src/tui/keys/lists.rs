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

const UP: Binding<InList> = Binding {
    keys: &[Key::Code(KeyCode::Up), Key::Char('k')],
    action: InList::Up,
    does: "up",
    hint: None,
};
const DOWN: Binding<InList> = Binding {
    keys: &[Key::Code(KeyCode::Down), Key::Char('j')],
    action: InList::Down,
    does: "down",
    hint: None,
};
const PAGE_UP: Binding<InList> = Binding {
    keys: &[Key::Code(KeyCode::PageUp)],
    action: InList::PageUp,
    does: "a page up",
    hint: None,
};
const PAGE_DOWN: Binding<InList> = Binding {
    keys: &[Key::Code(KeyCode::PageDown)],
    action: InList::PageDown,
    does: "a page down",
    hint: None,
};
const FIRST: Binding<InList> = Binding {
    keys: &[Key::Code(KeyCode::Home)],
    action: InList::First,
    does: "to the first",
    hint: None,
};
const LAST: Binding<InList> = Binding {
    keys: &[Key::Code(KeyCode::End)],
    action: InList::Last,
    does: "to the last",
    hint: None,
};
const HELP: Binding<InList> = Binding {
    keys: &[Key::Char('?')],
    action: InList::Help,
    does: "help",
    hint: Some("help"),
};
const QUIT: Binding<InList> = Binding {
    keys: &[Key::Char('q'), Key::Ctrl('c')],
    action: InList::Quit,
    does: "leave",
    hint: Some("leave"),
};
const SUSPEND: Binding<InList> = Binding {
    keys: &[Key::Ctrl('z')],
    action: InList::Suspend,
    does: "to the shell; fg comes back",
    hint: None,
};
const TRY_CUE: Binding<InList> = Binding {
    keys: &[Key::Char('t')],
    action: InList::TryCue,
    does: "hear a cue",
    hint: Some("hear a cue"),
};
const LOUDER: Binding<InList> = Binding {
    keys: &[Key::Char('+'), Key::Char('=')],
    action: InList::Louder,
    does: "louder",
    hint: Some("louder"),
};
const SOFTER: Binding<InList> = Binding {
    keys: &[Key::Char('-'), Key::Char('_')],
    action: InList::Softer,
    does: "softer",
    hint: Some("softer"),
};
const MUTE: Binding<InList> = Binding {
    keys: &[Key::Char('m')],
    action: InList::Mute,
    does: "mute, sound",
    hint: None,
};

/// The keys on the home screen.
pub const HOME: &[Binding<InList>] = &[
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    FIRST,
    LAST,
    Binding {
        keys: &[Key::Code(KeyCode::Enter)],
        action: InList::Enter,
        does: "prepare the marked routine",
        hint: Some("start"),
    },
    Binding {
        keys: &[Key::Char('/')],
        action: InList::Filter,
        does: "find by a part of name, author or level",
        hint: Some("find"),
    },
    Binding {
        keys: &[Key::Char('l')],
        action: InList::Log,
        does: "the practice log",
        hint: Some("log"),
    },
    Binding {
        keys: &[Key::Char('s')],
        action: InList::Sounds,
        does: "the sounds: hear each cue, choose the device",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('c')],
        action: InList::Copy,
        does: "copy to your own routines, to change it",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('d')],
        action: InList::Design,
        does: "design: change the marked routine as a table; a sample as a copy of your own",
        hint: Some("design"),
    },
    Binding {
        keys: &[Key::Char(',')],
        action: InList::Settings,
        does: "settings: volumes, colours, keys and more",
        hint: Some("settings"),
    },
    HELP,
    QUIT,
    TRY_CUE,
    LOUDER,
    SOFTER,
    MUTE,
    Binding {
        keys: &[Key::Code(KeyCode::Esc)],
        action: InList::Close,
        does: "show all routines again",
        hint: None,
    },
    SUSPEND,
];

/// The keys where the sounds are heard.
pub const SOUNDS: &[Binding<InList>] = &[
    UP,
    DOWN,
    FIRST,
    LAST,
    Binding {
        keys: &[Key::Code(KeyCode::Enter), Key::Char(' ')],
        action: InList::Enter,
        does: "hear the marked sound",
        hint: Some("hear it"),
    },
    Binding {
        keys: &[Key::Code(KeyCode::Right), Key::Char('d')],
        action: InList::DeviceAfter,
        does: "another device",
        hint: Some("another device"),
    },
    Binding {
        keys: &[Key::Code(KeyCode::Left)],
        action: InList::DeviceBefore,
        does: "the device before",
        hint: None,
    },
    LOUDER,
    SOFTER,
    Binding {
        keys: &[Key::Char(']'), Key::Char('.')],
        action: InList::VoiceLouder,
        does: "the voice louder",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('['), Key::Char(',')],
        action: InList::VoiceSofter,
        does: "the voice softer",
        hint: None,
    },
    MUTE,
    HELP,
    BACK,
    SUSPEND,
];

/// The keys in pre-flight.
pub const PREFLIGHT: &[Binding<InList>] = &[
    UP,
    DOWN,
    Binding {
        keys: &[Key::Char(' '), Key::Char('x')],
        action: InList::Toggle,
        does: "tick; at a question, No or Yes",
        hint: Some("tick, yes"),
    },
    Binding {
        keys: &[Key::Char('y'), Key::Code(KeyCode::Right)],
        action: InList::Yes,
        does: "yes",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('n'), Key::Code(KeyCode::Left)],
        action: InList::No,
        does: "no",
        hint: None,
    },
    Binding {
        keys: &[
            Key::Code(KeyCode::Enter),
            Key::Code(KeyCode::PageDown),
            Key::Code(KeyCode::F(5)),
        ],
        action: InList::Enter,
        does: "go on",
        hint: Some("go on"),
    },
    Binding {
        keys: &[Key::Char('c')],
        action: InList::Kind,
        does: "whom it is for: practice, or a client; the log keeps it",
        hint: Some("practice or client"),
    },
    Binding {
        keys: &[Key::Char('r')],
        action: InList::Prompts,
        does: "recall: full prompts, names alone, chimes alone, none",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('o')],
        action: InList::Today,
        does: "all that can be chosen for this session",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('f')],
        action: InList::Fit,
        does: "fit the session to its end by the clock; again: as written",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('a')],
        action: InList::Alone,
        does: "leave regions alone in this session",
        hint: None,
    },
    TRY_CUE,
    LOUDER,
    SOFTER,
    MUTE,
    Binding {
        keys: &[Key::Code(KeyCode::Esc), Key::Code(KeyCode::PageUp)],
        action: InList::Close,
        does: "the list before; from the first, back",
        hint: Some("back"),
    },
    HELP,
    QUIT,
    SUSPEND,
];

/// The keys at the aftercare card.
pub const AFTERCARE: &[Binding<InList>] = &[
    Binding {
        keys: &[Key::Char('w')],
        action: InList::Save,
        does: "save the card as text, Markdown or a page to print",
        hint: Some("save the card"),
    },
    Binding {
        keys: &[Key::Char('d')],
        action: InList::Debrief,
        does: "for you alone: the session step by step, planned and worked",
        hint: Some("debrief"),
    },
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    Binding {
        keys: &[Key::Char('u')],
        action: InList::Undo,
        does: "undo a finish by press: back to the last step",
        hint: None,
    },
    HELP,
    Binding {
        keys: &[Key::Code(KeyCode::Esc)],
        action: InList::Close,
        does: "close what is open",
        hint: None,
    },
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
    Binding {
        keys: &[Key::Code(KeyCode::Enter)],
        action: InList::Enter,
        does: "the marked session, step by step",
        hint: Some("step by step"),
    },
    Binding {
        keys: &[Key::Code(KeyCode::Tab)],
        action: InList::View,
        does: "sessions; what they come to",
        hint: Some("totals"),
    },
    Binding {
        keys: &[Key::Char('n')],
        action: InList::Note,
        does: "a note on your own work",
        hint: Some("note"),
    },
    Binding {
        keys: &[Key::Char('x'), Key::Code(KeyCode::Delete)],
        action: InList::Delete,
        does: "delete the marked session: asks first",
        hint: Some("delete"),
    },
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
    Binding {
        keys: &[Key::Code(KeyCode::Right), Key::Char(' '), Key::Char('x')],
        action: InList::Toggle,
        does: "change it: on, or up",
        hint: None,
    },
    Binding {
        keys: &[Key::Code(KeyCode::Left)],
        action: InList::No,
        does: "change it: back, or down",
        hint: None,
    },
    Binding {
        keys: &[Key::Code(KeyCode::Enter)],
        action: InList::Enter,
        does: "change it; open what has a page of its own",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('d'), Key::Code(KeyCode::Delete)],
        action: InList::Delete,
        does: "the default again",
        hint: None,
    },
    TRY_CUE,
    LOUDER,
    SOFTER,
    MUTE,
    HELP,
    BACK,
    SUSPEND,
];

/// Back to where one came from.
const BACK: Binding<InList> = Binding {
    keys: &[Key::Code(KeyCode::Esc), Key::Char('q'), Key::Ctrl('c')],
    action: InList::Close,
    does: "back",
    hint: Some("back"),
};

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
    Binding {
        keys: &[Key::Char('0')],
        action: InList::AllWell,
        does: "asked, and all was well; again: not asked",
        hint: None,
    },
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
