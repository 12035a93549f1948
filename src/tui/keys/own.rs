//! The keys of a session as they are for this user: the table of the program,
//! or one button that does it all. Whatever names a key on the session's
//! screen asks here, so that it names one that does what it says.

use super::{InSession, Key, SESSION, acts_when_locked};
use crate::settings::OneButton;

/// What a key means in a session, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionKeys {
    rows: Vec<Row>,
}

/// One row: what it means, and by which keys.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    keys: Vec<Key>,
    action: InSession,
    does: &'static str,
    hint: Option<&'static str>,
}

impl Default for SessionKeys {
    fn default() -> Self {
        let rows = SESSION
            .iter()
            .map(|binding| Row {
                keys: binding.keys.to_vec(),
                action: binding.action,
                does: binding.does,
                hint: binding.hint,
            })
            .collect();
        Self { rows }
    }
}

impl SessionKeys {
    /// What a key means.
    #[must_use]
    pub fn meaning(&self, key: Key) -> Option<InSession> {
        let row = self.rows.iter().find(|row| row.keys.contains(&key))?;
        Some(row.action)
    }

    /// Whether a key acts although the keys are locked.
    #[must_use]
    pub fn acts_when_locked(&self, key: Key) -> bool {
        acts_when_locked(key)
    }

    /// All keys and what they do, for the help.
    #[must_use]
    pub fn rows(&self) -> Vec<(String, &'static str)> {
        self.rows
            .iter()
            .filter(|row| !row.keys.is_empty())
            .map(|row| {
                let keys: Vec<String> = row.keys.iter().map(|key| key.label()).collect();
                (keys.join("  "), row.does)
            })
            .collect()
    }

    /// Key and word of each hint.
    #[must_use]
    pub fn hints(&self) -> Vec<(String, &'static str)> {
        self.rows
            .iter()
            .filter_map(|row| Some((row.keys.first()?.label(), row.hint?)))
            .collect()
    }

    /// The key to name for something, if one means it.
    #[must_use]
    pub fn label(&self, action: InSession) -> Option<String> {
        let row = self.rows.iter().find(|row| row.action == action)?;
        row.keys.first().map(|key| key.label())
    }

    /// The same, a letter before an arrow: it stands in a sentence.
    fn word(&self, action: InSession) -> Option<String> {
        let row = self.rows.iter().find(|row| row.action == action)?;
        let letter = row.keys.iter().find(|key| matches!(key, Key::Char(_)));
        letter.or(row.keys.first()).map(|key| key.label())
    }

    /// What the session's screen calls for.
    #[must_use]
    pub fn calls(&self, button: OneButton) -> Calls {
        let call = |action| match button {
            OneButton::On => Some("any key".to_owned()),
            OneButton::Off => self.word(action),
        };
        Calls {
            go_on: call(InSession::PauseOrResume),
            ready: call(InSession::Ready),
            next: call(InSession::Next),
            repeat: call(InSession::Repeat),
        }
    }
}

/// The keys that the session's screen names where they are wanted; none where
/// no key means it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calls {
    /// Goes on after a pause.
    pub go_on: Option<String>,
    /// Ends a hold.
    pub ready: Option<String>,
    /// To the next step.
    pub next: Option<String>,
    /// Plays the cue again; where what comes is hidden, it tells it.
    pub repeat: Option<String>,
}

/// What one button that does it all is said to do, at the bottom of the screen.
pub const ONE_BUTTON: [(&str, &str); 3] = [
    ("any key", "ready"),
    ("twice", "pause"),
    ("Ctrl-C", "leave"),
];
/// The same in a pause.
pub const ONE_BUTTON_PAUSED: [(&str, &str); 2] = [("any key", "go on"), ("Ctrl-C", "leave")];
