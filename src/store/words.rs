//! The words that the log has of its own: what kind of session it was, how
//! much was told, what the receiver felt. They know no screen and no file.

use serde::{Deserialize, Serialize};

use crate::cue::Cue;

/// A closed list of words as the log stores and shows them.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident => $word:literal, $human:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every word of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it is stored, exported and typed.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The word as people read it.
            #[must_use]
            pub const fn human(self) -> &'static str {
                match self { $(Self::$variant => $human),+ }
            }

            /// The one that is stored as `word`, if any.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words! {
    /// Whom a session was for. A speed above 1 is always a rehearsal.
    Kind {
        /// Somebody who came for a massage.
        Client => "client", "client",
        /// Somebody who lets the therapist practise.
        Practice => "practice", "practice",
        /// Nobody, or faster than real; never counts towards a goal.
        Rehearsal => "rehearsal", "rehearsal",
    }
}

impl Default for Kind {
    /// Practice, unless said otherwise.
    fn default() -> Self {
        Self::Practice
    }
}

words! {
    /// How much the program told: the less, the more is recalled.
    Prompts {
        /// Everything.
        Full => "full", "full",
        /// Names, but no cue lines.
        Names => "names", "names",
        /// The next stroke's name only when it begins or is asked for.
        Chimes => "chimes", "chimes",
        /// Start, holds and end alone.
        None => "none", "none",
    }
}

impl Prompts {
    /// Whether a cue sounds at this level; one that does not is not listed
    /// either.
    #[must_use]
    pub const fn sounds(self, cue: Cue) -> bool {
        !matches!(
            (self, cue),
            (
                Self::None,
                Cue::Prepare | Cue::Shift | Cue::Side | Cue::Turn
            )
        )
    }

    /// Whether a step's cue line and note are shown.
    #[must_use]
    pub const fn shows_lines(self) -> bool {
        matches!(self, Self::Full)
    }

    /// Whether the next stroke is shown before it begins.
    #[must_use]
    pub const fn shows_next(self) -> bool {
        matches!(self, Self::Full | Self::Names)
    }

    /// The next level, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Full => Self::Names,
            Self::Names => Self::Chimes,
            Self::Chimes => Self::None,
            Self::None => Self::Full,
        }
    }
}

words! {
    /// What became of the checklists before the session. What was answered is
    /// never stored.
    Checklists {
        /// Gone through.
        Done => "done", "done",
        /// Left out.
        Skipped => "skipped", "left out",
    }
}

words! {
    /// What practice clients report in class.
    Felt {
        /// Too much or too little.
        Lubricant => "lubricant", "lubricant",
        /// How the therapist stepped up and down.
        Approach => "approach", "approach and dismount",
        /// Weight that hops from foot to foot.
        Hopping => "hopping", "hopping",
        /// Not covered well.
        Draping => "draping", "draping",
        /// Skin or hair caught.
        Pinching => "pinching", "pinched skin or hair",
        /// Toenails.
        Nails => "nails", "nails",
    }
}

words! {
    /// Why a session ended early.
    Reason {
        /// The client asked for it.
        Client => "client", "the client asked",
        /// The therapist could not go on.
        Therapist => "therapist", "the therapist",
        /// Out of time.
        Time => "time", "time",
        /// Something else.
        Other => "other", "other",
    }
}
