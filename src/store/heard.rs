//! What became of a cue's sound, as the log keeps it. It knows no device and
//! no file.

use serde::{Deserialize, Serialize};

/// Whether the device took a cue's sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It did, and when; a version before kept only that it did.
    Yes(Option<Timing>),
    /// It did not, and why, where that is known.
    No(Option<Silence>),
}

impl Heard {
    /// Whether it did.
    #[must_use]
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Yes(_))
    }

    /// When it was taken and heard, where that is known.
    #[must_use]
    pub const fn timing(self) -> Option<Timing> {
        match self {
            Self::Yes(timing) => timing,
            Self::No(_) => None,
        }
    }

    /// Why it was not heard, where that is known.
    #[must_use]
    pub const fn silence(self) -> Option<Silence> {
        match self {
            Self::Yes(_) => None,
            Self::No(silence) => silence,
        }
    }
}

/// When a sound was taken and heard: microseconds after it was due, negative
/// before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// When the device took its first samples.
    pub taken: i64,
    /// When these were heard, by what the device said of its own delay.
    pub onset: i64,
}

/// Why a cue was not heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// No device took it.
    NoDevice,
    /// It would have been more than 1.5 s late.
    TooLate,
    /// One that matters more fell together with it.
    Outranked,
    /// Sound was muted.
    Muted,
}

impl Silence {
    /// Each of them, what weighs most first.
    pub const ALL: [Self; 4] = [Self::NoDevice, Self::TooLate, Self::Outranked, Self::Muted];

    /// Its word in the file.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::NoDevice => "no_device",
            Self::TooLate => "too_late",
            Self::Outranked => "outranked",
            Self::Muted => "muted",
        }
    }

    /// The one of that word.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.word() == word)
    }

    /// The same for people.
    #[must_use]
    pub const fn human(self) -> &'static str {
        match self {
            Self::NoDevice => "without a device",
            Self::TooLate => "too late",
            Self::Outranked => "beside another",
            Self::Muted => "muted",
        }
    }
}
