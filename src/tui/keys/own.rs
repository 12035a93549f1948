//! The keys of a session as they are for this user: the table of the program
//! with what the settings change in it, or one button that does it all. Whatever names a key on the session's
//! screen asks here, so that it names one that does what it says.

use super::{InSession, Key, SESSION, acts_when_locked};
use crate::routine::text::{did_you_mean, printable};
use crate::settings::OneButton;

/// What a key means in a session, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionKeys {
    rows: Vec<Row>,
    /// What the settings say, the latest last.
    own: Vec<(Key, InSession)>,
}

/// What the settings call what a key can mean.
pub const MEANINGS: &[(&str, InSession)] = &[
    ("Pause", InSession::PauseOrResume),
    ("Next", InSession::Next),
    ("Back", InSession::Back),
    ("Ready", InSession::Ready),
    ("More", InSession::More),
    ("Less", InSession::Less),
    ("Linger", InSession::Linger),
    ("Even", InSession::Even),
    ("Fit", InSession::Fit),
    ("Undo", InSession::Undo),
    ("Repeat", InSession::Repeat),
    ("Mute", InSession::Mute),
    ("Louder", InSession::Louder),
    ("Softer", InSession::Softer),
    ("View", InSession::View),
    ("Lock", InSession::Lock),
    ("Help", InSession::Help),
    ("Leave", InSession::Leave),
];

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
        Self {
            rows,
            own: Vec::new(),
        }
    }
}

impl SessionKeys {
    /// The program's keys with those of the settings, and what is wrong with
    /// these, a line each. A wrong one costs itself alone.
    #[must_use]
    pub fn of(written: &[(String, String)]) -> (Self, Vec<String>) {
        let mut keys = Self::default();
        let mut wrong = Vec::new();
        for (name, word) in written {
            match read(name, word) {
                Ok((key, _)) if keys.own.iter().any(|(own, _)| *own == key) => {
                    wrong.push(printable(&format!(
                        "settings: in `keys`, \"{name}\" stands twice; the first one counts"
                    )));
                }
                Ok((key, action)) => keys.set(key, Some(action)),
                Err(why) => wrong.push(printable(&why)),
            }
        }
        (keys, wrong)
    }

    /// Lets a key mean something else, or what the program has for it.
    pub fn set(&mut self, key: Key, action: Option<InSession>) {
        self.own.retain(|(own, _)| *own != key);
        self.own.extend(action.map(|action| (key, action)));
        self.rows = Self::default().rows;
        for &(key, action) in &self.own {
            for row in &mut self.rows {
                row.keys.retain(|other| *other != key);
                if row.action == action {
                    row.keys.push(key);
                }
            }
        }
    }

    /// What the settings say of a key, if they do.
    #[must_use]
    pub fn own(&self, key: Key) -> Option<InSession> {
        let (_, action) = self.own.iter().find(|(own, _)| *own == key)?;
        Some(*action)
    }

    /// What a meaning does, as the help says it.
    #[must_use]
    pub fn does(&self, action: InSession) -> &'static str {
        let row = self.rows.iter().find(|row| row.action == action);
        row.map_or("", |row| row.does)
    }

    /// What a key means.
    #[must_use]
    pub fn meaning(&self, key: Key) -> Option<InSession> {
        let row = self.rows.iter().find(|row| row.keys.contains(&key))?;
        Some(row.action)
    }

    /// Whether a key acts although the keys are locked.
    #[must_use]
    pub fn acts_when_locked(&self, key: Key) -> bool {
        match self.own(key) {
            // A clicker's, or a pedal's: whoever set them has no hand free.
            Some(action) => matches!(
                action,
                InSession::PauseOrResume
                    | InSession::Next
                    | InSession::Back
                    | InSession::Ready
                    | InSession::Lock
            ),
            None => acts_when_locked(key),
        }
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
            unlock: self.word(InSession::Lock),
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
    /// Unlocks the keys.
    pub unlock: Option<String>,
}

/// One entry of the settings.
fn read(name: &str, word: &str) -> Result<(Key, InSession), String> {
    let key = Key::named(name).ok_or_else(|| {
        format!(
            "settings: in `keys`, there is no key \"{name}\"; the screen Keys shows what each sends"
        )
    })?;
    let found = MEANINGS
        .iter()
        .find(|(known, _)| known.to_lowercase() == word.to_lowercase());
    if let Some((_, action)) = found {
        return Ok((key, *action));
    }
    let meant = did_you_mean(word, MEANINGS.iter().map(|(known, _)| *known))
        .map(|meant| format!("; did you mean {meant}?"))
        .unwrap_or_default();
    Err(format!(
        "settings: in `keys`, \"{name}\" can't mean {word}{meant}"
    ))
}

/// What one button that does it all is said to do, at the bottom of the screen.
pub const ONE_BUTTON: [(&str, &str); 3] = [
    ("any key", "ready"),
    ("twice", "pause"),
    ("Ctrl-C", "leave"),
];
/// The same in a pause.
pub const ONE_BUTTON_PAUSED: [(&str, &str); 2] = [("any key", "go on"), ("Ctrl-C", "leave")];

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::*;

    fn of(written: &[(&str, &str)]) -> (SessionKeys, Vec<String>) {
        let owned = |&(key, word): &(&str, &str)| (key.to_owned(), word.to_owned());
        SessionKeys::of(&written.iter().map(owned).collect::<Vec<_>>())
    }

    #[test]
    fn without_settings_it_is_the_program_s_table() {
        let keys = SessionKeys::default();
        for binding in SESSION {
            for &key in binding.keys {
                assert_eq!(keys.meaning(key), Some(binding.action));
            }
        }
        assert_eq!(keys.rows(), super::super::rows(SESSION).collect::<Vec<_>>());
        assert_eq!(
            keys.hints(),
            super::super::hints(SESSION).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_key_may_be_taken_from_what_it_meant() {
        let (keys, wrong) = of(&[("F9", "Next"), ("n", "Pause"), ("VolumeUp", "ready")]);
        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!(
            keys.meaning(Key::Code(KeyCode::F(9))),
            Some(InSession::Next)
        );
        assert_eq!(keys.meaning(Key::Char('n')), Some(InSession::PauseOrResume));
        assert_eq!(keys.meaning(Key::Char('p')), Some(InSession::Back));
        // What is shown says so, once.
        let rows = keys.rows();
        assert_eq!(rows[0].0, "Space  .  b  n");
        assert_eq!(rows[1].0, "→  Page Down  F9");
        assert_eq!(keys.label(InSession::Next).as_deref(), Some("→"));
    }

    #[test]
    fn what_has_no_key_left_is_named_nowhere() {
        let (keys, _) = of(&[("l", "Next"), ("k", "Next")]);
        assert_eq!(keys.label(InSession::Linger), None);
        assert!(!keys.rows().iter().any(|(_, does)| does.contains("linger")));
        assert!(!keys.hints().iter().any(|(_, hint)| *hint == "linger"));
        assert_eq!(keys.calls(OneButton::Off).unlock, None);
    }

    #[test]
    fn a_wrong_entry_costs_itself_alone_and_is_said() {
        let (keys, wrong) = of(&[
            ("F9", "Nxet"),
            ("Hyper", "Next"),
            ("Ctrl-C", "Next"),
            ("x", "Ready"),
            ("X", "Pause"),
        ]);
        assert_eq!(keys.meaning(Key::Char('x')), Some(InSession::Ready));
        assert_eq!(keys.meaning(Key::Ctrl('c')), Some(InSession::Leave));
        assert_eq!(
            wrong,
            [
                "settings: in `keys`, \"F9\" can't mean Nxet; did you mean Next?",
                "settings: in `keys`, there is no key \"Hyper\"; the screen Keys shows what each sends",
                "settings: in `keys`, there is no key \"Ctrl-C\"; the screen Keys shows what each sends",
                "settings: in `keys`, \"X\" stands twice; the first one counts",
            ]
        );
    }

    #[test]
    fn a_pedal_acts_although_the_keys_are_locked() {
        let (keys, _) = of(&[("F9", "Next"), ("F8", "Undo")]);
        assert!(keys.acts_when_locked(Key::Code(KeyCode::F(9))));
        assert!(!keys.acts_when_locked(Key::Code(KeyCode::F(8))));
        assert!(!keys.acts_when_locked(Key::Char('n')));
        assert!(keys.acts_when_locked(Key::Code(KeyCode::PageDown)));
    }

    #[test]
    fn every_meaning_is_explained() {
        let keys = SessionKeys::default();
        for (word, action) in MEANINGS {
            assert!(!keys.does(*action).is_empty(), "{word}");
        }
        // The file that explains itself knows them all.
        let file = crate::settings::commented::text();
        for (word, _) in MEANINGS {
            assert!(file.contains(&format!(" {word}")), "{word}");
        }
        // All but what closes, and what leaves for the shell, can be set.
        assert_eq!(MEANINGS.len() + 2, SESSION.len());
    }
}
