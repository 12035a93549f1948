//! Which key means what, on each screen: one table, from which presses are
//! understood, hints are shown and the help is made, so that help never lies.

mod design;
mod lists;
mod names;
mod own;
mod session;

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

pub use design::{DESIGN, InDesign};
pub use lists::{AFTERCARE, DEBRIEF, HOME, InList, LOG, PREFLIGHT, SETTINGS, SOUNDS};
pub use own::{Calls, MEANINGS, ONE_BUTTON, ONE_BUTTON_PAUSED, SessionKeys};
pub use session::{InSession, SESSION, acts_when_locked};

/// A key as it is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A letter, figure or sign, whatever the case.
    Char(char),
    /// Any other key.
    Code(KeyCode),
    /// A letter with Ctrl.
    Ctrl(char),
    /// An arrow with Alt or Shift.
    Alt(KeyCode),
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

    /// The same, where a capital is another letter and an arrow with Alt or
    /// Shift another key.
    #[must_use]
    pub fn exactly(event: &KeyEvent) -> Self {
        let alt = event
            .modifiers
            .intersects(KeyModifiers::ALT | KeyModifiers::SHIFT);
        match event.code {
            KeyCode::Char(c) if !event.modifiers.contains(KeyModifiers::CONTROL) => Self::Char(c),
            KeyCode::Up | KeyCode::Down if alt => Self::Alt(event.code),
            _ => Self::of(event),
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
            Self::Alt(code) => format!("Alt-{}", Self::Code(code).label()),
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

impl<A: Copy> Binding<A> {
    /// One that the hints leave out.
    #[must_use]
    pub const fn new(keys: &'static [Key], action: A, does: &'static str) -> Self {
        Self {
            keys,
            action,
            does,
            hint: None,
        }
    }

    /// One that the hints show by that word.
    #[must_use]
    pub const fn hinted(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }
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
        unique(SOUNDS);
        unique(DEBRIEF);
        unique(SETTINGS);
        unique(DESIGN);
    }
}
