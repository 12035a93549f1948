//! What keys are called in the settings, there and back.

use crossterm::event::{KeyCode, MediaKeyCode};

use super::Key;

/// The names of keys that are no letter or sign.
const NAMED: &[(&str, Key)] = &[
    ("Space", Key::Char(' ')),
    ("Enter", Key::Code(KeyCode::Enter)),
    ("Esc", Key::Code(KeyCode::Esc)),
    ("Tab", Key::Code(KeyCode::Tab)),
    ("BackTab", Key::Code(KeyCode::BackTab)),
    ("Backspace", Key::Code(KeyCode::Backspace)),
    ("Delete", Key::Code(KeyCode::Delete)),
    ("Insert", Key::Code(KeyCode::Insert)),
    ("Left", Key::Code(KeyCode::Left)),
    ("Right", Key::Code(KeyCode::Right)),
    ("Up", Key::Code(KeyCode::Up)),
    ("Down", Key::Code(KeyCode::Down)),
    ("Home", Key::Code(KeyCode::Home)),
    ("End", Key::Code(KeyCode::End)),
    ("PageUp", Key::Code(KeyCode::PageUp)),
    ("PageDown", Key::Code(KeyCode::PageDown)),
    ("Menu", Key::Code(KeyCode::Menu)),
    ("PrintScreen", Key::Code(KeyCode::PrintScreen)),
    ("Break", Key::Code(KeyCode::Pause)),
    media("VolumeUp", MediaKeyCode::RaiseVolume),
    media("VolumeDown", MediaKeyCode::LowerVolume),
    media("VolumeMute", MediaKeyCode::MuteVolume),
    media("MediaPlay", MediaKeyCode::Play),
    media("MediaPause", MediaKeyCode::Pause),
    media("MediaPlayPause", MediaKeyCode::PlayPause),
    media("MediaStop", MediaKeyCode::Stop),
    media("MediaNext", MediaKeyCode::TrackNext),
    media("MediaPrevious", MediaKeyCode::TrackPrevious),
    media("MediaForward", MediaKeyCode::FastForward),
    media("MediaRewind", MediaKeyCode::Rewind),
];

const fn media(name: &'static str, code: MediaKeyCode) -> (&'static str, Key) {
    (name, Key::Code(KeyCode::Media(code)))
}

impl Key {
    /// What the settings call it; nothing for a key that can't stand there.
    #[must_use]
    pub fn name(self) -> Option<String> {
        if let Some((name, _)) = NAMED.iter().find(|(_, key)| *key == self) {
            return Some((*name).to_owned());
        }
        match self {
            Self::Char(c) => Some(c.to_string()),
            Self::Code(KeyCode::F(n)) => Some(format!("F{n}")),
            Self::Ctrl(c) if !matches!(c, 'c' | 'z') => {
                Some(format!("Ctrl-{}", c.to_ascii_uppercase()))
            }
            // Ctrl-C leaves and Ctrl-Z goes to the shell, whatever is set.
            Self::Ctrl(_) | Self::Alt(_) | Self::Code(_) => None,
        }
    }

    /// The key of that name, whatever the case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut letters = name.chars();
        if let (Some(c), None) = (letters.next(), letters.next()) {
            return Some(Self::Char(c.to_lowercase().next().unwrap_or(c)));
        }
        let plain: String = name
            .chars()
            .filter(|c| !matches!(c, ' ' | '_' | '-'))
            .flat_map(char::to_lowercase)
            .collect();
        if let Some((_, key)) = NAMED.iter().find(|(name, _)| name.to_lowercase() == plain) {
            return Some(*key);
        }
        if let Some(c) = plain.strip_prefix("ctrl") {
            let mut letters = c.chars();
            return match (letters.next(), letters.next()) {
                (Some(c), None) if !matches!(c, 'c' | 'z') => Some(Self::Ctrl(c)),
                _ => None,
            };
        }
        let n: u8 = plain.strip_prefix('f')?.parse().ok()?;
        (1..=35).contains(&n).then_some(Self::Code(KeyCode::F(n)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_finds_its_key_again() {
        let mut keys: Vec<Key> = NAMED.iter().map(|(_, key)| *key).collect();
        keys.extend("axäé.+-\"\\7?".chars().map(Key::Char));
        keys.extend((1..=24).map(|n| Key::Code(KeyCode::F(n))));
        keys.push(Key::Ctrl('b'));
        for key in keys {
            let name = key.name().unwrap();
            assert_eq!(Key::named(&name), Some(key), "{name}");
            assert_eq!(Key::named(&name.to_lowercase()), Some(key), "{name}");
        }
        assert_eq!(Key::named("Page Down"), Some(Key::Code(KeyCode::PageDown)));
        assert_eq!(Key::named("X"), Some(Key::Char('x')));
        for none in ["", "F0", "F99", "Ctrl-C", "Ctrl-Z", "Ctrl", "Hyper"] {
            assert_eq!(Key::named(none), None, "{none}");
        }
    }
}
