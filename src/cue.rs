//! What a sound means. Which cue falls when is the session's business, how it
//! sounds the speaker's; this module knows neither.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One of the nine meanings that the program says by sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cue {
    /// The session starts in 3, 2, 1 seconds.
    Ready,
    /// The stroke is about to end.
    Prepare,
    /// A new stroke begins.
    Shift,
    /// The same work begins on the other side.
    Side,
    /// A transition begins: step up, step down, redrape, turn.
    Turn,
    /// A held step's time is up; it waits for the therapist.
    Hold,
    /// The press that pauses was understood.
    Paused,
    /// The press that resumes was understood.
    Resumed,
    /// The last step is over.
    Finish,
}

impl Cue {
    /// Every cue, in the order in which a session brings them.
    pub const ALL: [Self; 9] = [
        Self::Ready,
        Self::Prepare,
        Self::Shift,
        Self::Side,
        Self::Turn,
        Self::Hold,
        Self::Paused,
        Self::Resumed,
        Self::Finish,
    ];

    /// The cue's word: its sound file's stem, and its name in routines and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Prepare => "prepare",
            Self::Shift => "shift",
            Self::Side => "side",
            Self::Turn => "turn",
            Self::Hold => "hold",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Finish => "finish",
        }
    }

    /// The cue of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cue| cue.name() == name)
    }

    /// What it tells the therapist, as one short sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Ready => "The session starts in three, two, one.",
            Self::Prepare => "This stroke is about to end.",
            Self::Shift => "A new stroke begins.",
            Self::Side => "The same again on the other side.",
            Self::Turn => "A transition: step up, step down, redrape or turn.",
            Self::Hold => "The time is up; it waits until you are ready.",
            Self::Paused => "Paused.",
            Self::Resumed => "Going on.",
            Self::Finish => "The last step is over.",
        }
    }

    /// Of two cues that fall together the one with the higher weight sounds
    /// and the other is dropped.
    #[must_use]
    pub const fn weight(self) -> u8 {
        match self {
            Self::Prepare => 0,
            Self::Shift => 1,
            Self::Side => 2,
            Self::Turn => 3,
            Self::Hold => 4,
            Self::Finish => 5,
            Self::Ready => 6,
            Self::Resumed => 7,
            Self::Paused => 8,
        }
    }
}

impl fmt::Display for Cue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
