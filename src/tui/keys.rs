//! Which key means what, on each screen: one table, from which presses are
//! understood, hints are shown and the help is made, so that help never lies.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::store::{Felt, Reason};

/// A key as it is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A letter, figure or sign, whatever the case.
    Char(char),
    /// Any other key.
    Code(KeyCode),
    /// A letter with Ctrl.
    Ctrl(char),
}

impl Key {
    /// The key of a terminal's event.
    #[must_use]
    pub fn of(event: &KeyEvent) -> Self {
        match event.code {
            KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => {
                Self::Ctrl(c.to_ascii_lowercase())
            }
            KeyCode::Char(c) => Self::Char(c.to_lowercase().next().unwrap_or(c)),
            code => Self::Code(code),
        }
    }

    /// How help names it.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::Code(KeyCode::Up) => "↑".to_owned(),
            Self::Code(KeyCode::Down) => "↓".to_owned(),
            Self::Code(KeyCode::Left) => "←".to_owned(),
            Self::Code(KeyCode::Right) => "→".to_owned(),
            Self::Code(KeyCode::PageUp) => "Page Up".to_owned(),
            Self::Code(KeyCode::PageDown) => "Page Down".to_owned(),
            Self::Code(code) => code.to_string(),
        }
    }
}

/// One row of a key table.
#[derive(Debug, Clone, Copy)]
pub struct Binding<A: 'static> {
    /// The keys that mean it, the one to show first.
    pub keys: &'static [Key],
    /// What it means.
    pub action: A,
    /// What it does, for the help.
    pub does: &'static str,
    /// The same in a word, for the hints at the bottom; none for what is
    /// rarely wanted.
    pub hint: Option<&'static str>,
}

/// What a key means by a table.
#[must_use]
pub fn meaning<A: Copy>(table: &'static [Binding<A>], key: Key) -> Option<A> {
    table
        .iter()
        .find(|binding| binding.keys.contains(&key))
        .map(|binding| binding.action)
}

/// Key and word of each hint of a table.
pub fn hints<A>(table: &'static [Binding<A>]) -> impl Iterator<Item = (String, &'static str)> {
    table.iter().filter_map(|binding| {
        let key = binding.keys.first()?.label();
        binding.hint.map(|hint| (key, hint))
    })
}

/// All keys and what they do, for the help.
pub fn rows<A>(table: &'static [Binding<A>]) -> impl Iterator<Item = (String, &'static str)> {
    table.iter().map(|binding| {
        let keys: Vec<String> = binding.keys.iter().map(|key| key.label()).collect();
        (keys.join("  "), binding.does)
    })
}

/// What a key can mean in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InSession {
    /// Pause or go on.
    PauseOrResume,
    /// The next step.
    Next,
    /// Back.
    Back,
    /// Ready; resumes; else repeats the cue.
    Ready,
    /// 30 s more.
    More,
    /// 30 s less.
    Less,
    /// No end until next.
    Linger,
    /// The same for the other side.
    Even,
    /// Fit what is left to the planned end.
    Fit,
    /// Take back.
    Undo,
    /// The cue once more.
    Repeat,
    /// Mute or sound.
    Mute,
    /// Louder.
    Louder,
    /// Softer.
    Softer,
    /// Another view.
    View,
    /// Lock or unlock the keys.
    Lock,
    /// Help.
    Help,
    /// Leave: asks.
    Leave,
    /// Close what is open.
    Close,
    /// To the shell, and back by `fg`.
    Suspend,
}

/// The keys in a session. What a presenter clicker sends is among them.
pub const SESSION: &[Binding<InSession>] = &[
    Binding {
        keys: &[Key::Char(' '), Key::Char('.'), Key::Char('b')],
        action: InSession::PauseOrResume,
        does: "pause, go on",
        hint: Some("pause"),
    },
    Binding {
        keys: &[
            Key::Code(KeyCode::Right),
            Key::Char('n'),
            Key::Code(KeyCode::PageDown),
        ],
        action: InSession::Next,
        does: "next step; on a hold, ready",
        hint: Some("next"),
    },
    Binding {
        keys: &[
            Key::Code(KeyCode::Left),
            Key::Char('p'),
            Key::Code(KeyCode::PageUp),
        ],
        action: InSession::Back,
        does: "back to this step's start, or to the step before",
        hint: Some("back"),
    },
    Binding {
        keys: &[Key::Code(KeyCode::Enter), Key::Code(KeyCode::F(5))],
        action: InSession::Ready,
        does: "ready: ends a hold; goes on when paused; else plays the cue again",
        hint: Some("ready"),
    },
    Binding {
        keys: &[Key::Char('+'), Key::Char('=')],
        action: InSession::More,
        does: "30 s more for this step",
        hint: Some("30 s more"),
    },
    Binding {
        keys: &[Key::Char('-'), Key::Char('_')],
        action: InSession::Less,
        does: "30 s less for this step",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('l')],
        action: InSession::Linger,
        does: "linger: this step has no end until next",
        hint: Some("linger"),
    },
    Binding {
        keys: &[Key::Char('e')],
        action: InSession::Even,
        does: "the same added time for the other side",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('f')],
        action: InSession::Fit,
        does: "fit what is left to the planned end",
        hint: Some("fit"),
    },
    Binding {
        keys: &[Key::Char('u')],
        action: InSession::Undo,
        does: "undo",
        hint: Some("undo"),
    },
    Binding {
        keys: &[Key::Char('r')],
        action: InSession::Repeat,
        does: "play the cue again",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('m')],
        action: InSession::Mute,
        does: "mute, sound",
        hint: None,
    },
    Binding {
        keys: &[Key::Code(KeyCode::Up)],
        action: InSession::Louder,
        does: "louder",
        hint: None,
    },
    Binding {
        keys: &[Key::Code(KeyCode::Down)],
        action: InSession::Softer,
        does: "softer",
        hint: None,
    },
    Binding {
        keys: &[Key::Code(KeyCode::Tab)],
        action: InSession::View,
        does: "another view: full, bare, plan",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('k')],
        action: InSession::Lock,
        does: "lock the keys: all but Space, Enter, the clicker's, k and Ctrl-C",
        hint: Some("lock"),
    },
    Binding {
        keys: &[Key::Char('?')],
        action: InSession::Help,
        does: "help",
        hint: Some("help"),
    },
    Binding {
        keys: &[Key::Char('q'), Key::Ctrl('c')],
        action: InSession::Leave,
        does: "leave: asks first; pressed twice, ends here",
        hint: Some("leave"),
    },
    Binding {
        keys: &[Key::Code(KeyCode::Esc)],
        action: InSession::Close,
        does: "close what is open",
        hint: None,
    },
    Binding {
        keys: &[Key::Ctrl('z')],
        action: InSession::Suspend,
        does: "pause, and to the shell; fg comes back",
        hint: None,
    },
];

/// The keys that act although the keys are locked.
#[must_use]
pub fn acts_when_locked(key: Key) -> bool {
    matches!(
        key,
        Key::Char(' ' | '.' | 'b' | 'k')
            | Key::Code(
                KeyCode::Enter | KeyCode::F(5) | KeyCode::PageDown | KeyCode::PageUp | KeyCode::Esc
            )
            | Key::Ctrl('c' | 'z')
    )
}

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
    /// The practice log.
    Log,
    /// Practice, or a client.
    Kind,
    /// How much is told.
    Prompts,
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
        keys: &[Key::Char('c')],
        action: InList::Copy,
        does: "copy to your own routines, to change it",
        hint: Some("copy"),
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

/// The key that means something by a table, as help names it.
#[must_use]
pub fn label_of<A: Copy + PartialEq>(table: &'static [Binding<A>], action: A) -> String {
    table
        .iter()
        .find(|binding| binding.action == action)
        .and_then(|binding| binding.keys.first())
        .map(|key| key.label())
        .unwrap_or_default()
}

/// A key held down is one press. Where the terminal tells presses from
/// repeats, that decides; elsewhere the same key within this time is one.
const SAME_PRESS: Duration = Duration::from_millis(100);

/// Tells presses from keys held down.
#[derive(Debug, Clone, Default)]
pub struct Presses {
    last: Option<(Key, Duration)>,
}

/// What a key event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A press of its own.
    First(Key),
    /// The same press, held down.
    Held(Key),
}

impl Presses {
    /// What the event at `at` is; nothing for a release.
    pub fn see(&mut self, event: &KeyEvent, at: Duration) -> Option<Press> {
        let key = Key::of(event);
        let held = match event.kind {
            KeyEventKind::Release => {
                self.last = None;
                return None;
            }
            KeyEventKind::Repeat => true,
            KeyEventKind::Press => self
                .last
                .is_some_and(|(last, then)| last == key && at.saturating_sub(then) < SAME_PRESS),
        };
        self.last = Some((key, at));
        Some(if held {
            Press::Held(key)
        } else {
            Press::First(key)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(c: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)
    }

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_key_held_down_is_one_press() {
        let mut presses = Presses::default();
        assert_eq!(
            presses.see(&press('n'), ms(0)),
            Some(Press::First(Key::Char('n')))
        );
        for at in [30, 60, 90, 120, 150, 180] {
            assert_eq!(
                presses.see(&press('n'), ms(at)),
                Some(Press::Held(Key::Char('n')))
            );
        }
        assert_eq!(
            presses.see(&press('n'), ms(300)),
            Some(Press::First(Key::Char('n')))
        );
        assert_eq!(
            presses.see(&press('p'), ms(310)),
            Some(Press::First(Key::Char('p')))
        );
    }

    #[test]
    fn event_kinds_decide_where_the_terminal_reports_them() {
        let mut presses = Presses::default();
        let kind = |kind| KeyEvent::new_with_kind(KeyCode::Char('n'), KeyModifiers::NONE, kind);
        presses.see(&press('n'), ms(0));
        let held = presses.see(&kind(KeyEventKind::Repeat), ms(500));
        assert_eq!(held, Some(Press::Held(Key::Char('n'))));
        assert_eq!(presses.see(&kind(KeyEventKind::Release), ms(510)), None);
        assert_eq!(
            presses.see(&press('n'), ms(520)),
            Some(Press::First(Key::Char('n')))
        );
    }

    #[test]
    fn no_key_means_two_things_on_a_screen() {
        fn unique<A>(table: &'static [Binding<A>]) {
            let keys: Vec<Key> = table
                .iter()
                .flat_map(|binding| binding.keys.iter().copied())
                .collect();
            for (n, key) in keys.iter().enumerate() {
                assert!(!keys[n + 1..].contains(key), "{key:?} stands twice");
            }
        }
        unique(SESSION);
        unique(HOME);
        unique(PREFLIGHT);
        unique(AFTERCARE);
        unique(LOG);
        unique(DEBRIEF);
    }
}
