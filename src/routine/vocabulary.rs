//! The words of the trade as a routine file writes them and as a screen shows
//! them. It must not know where in a routine a word stands.
//!
//! Source of the words: the trade's own teaching material; generic terms only.

use serde::{Deserialize, Serialize};

/// A closed list of words: one enum, its spelling in a file and its wording
/// for people.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident => $human:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[doc = concat!("Shown as “", $human, "”.")] $variant),+ }

        impl $name {
            /// Every word of the list, in the order in which it is taught.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The same, as a file writes them.
            pub const WORDS: &'static [&'static str] = &[$(stringify!($variant)),+];

            /// The word as a file writes it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),+ }
            }

            /// The word as people read it.
            #[must_use]
            pub const fn human(self) -> &'static str {
                match self { $(Self::$variant => $human),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.human())
            }
        }
    };
}

words! {
    /// How much training a routine asks for.
    Level { Beginner => "beginner", Intermediate => "intermediate", Advanced => "advanced" }
}

words! {
    /// The part of the client's body that a step works.
    Region {
        Head => "head", Neck => "neck", Shoulders => "shoulders", UpperBack => "upper back",
        MidBack => "mid back", LowBack => "low back", Back => "back", Sides => "sides",
        Sacrum => "sacrum", Hips => "hips", Glutes => "glutes", ItBand => "IT band",
        Hamstrings => "hamstrings", Calves => "calves", Legs => "legs", Feet => "feet",
        Quads => "quads", Shins => "shins", Arms => "arms", Hands => "hands", Chest => "chest",
        Abdomen => "abdomen", FullBody => "full body",
    }
}

words! {
    /// Which side of the client, always the client's own left and right.
    Side { Left => "left", Right => "right", Both => "both", Midline => "midline" }
}

words! {
    /// Which of the therapist's own feet (or hands) works.
    Working { Left => "left", Right => "right", Both => "both" }
}

words! {
    /// The part of the foot, or hands or forearms, that touches.
    With {
        Sole => "sole", Arch => "arch", Heel => "heel", Ball => "ball", Toes => "toes",
        MedialEdge => "medial edge", LateralEdge => "lateral edge", Hands => "hands",
        Forearms => "forearms",
    }
}

words! {
    /// How the therapist stands.
    Stance { Seated => "seated", OneFoot => "one foot", TwoFeet => "two feet", Floor => "floor" }
}

words! {
    /// How deep the stroke goes.
    Pressure { Light => "light", Medium => "medium", Deep => "deep" }
}

words! {
    /// How the client lies.
    Position {
        Prone => "prone", Supine => "supine", SideLyingLeft => "lying on the left side",
        SideLyingRight => "lying on the right side", Sitting => "sitting",
    }
}

words! {
    /// What happens between strokes.
    TransitionKind {
        Mount => "Mount", Dismount => "Dismount", Stool => "Change stool", Lubricate => "Lubricate",
        CleanFeet => "Clean feet", Redrape => "Redrape", TurnClient => "Turn the client",
        CheckIn => "Check in", Settle => "Settle", ChangeSides => "Change sides", Rest => "Rest",
        SitUp => "Sit up",
    }
}

impl Side {
    /// Left for right and right for left; the others stay.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            other => other,
        }
    }

    /// Whether this is the one side and `other` the opposite one.
    #[must_use]
    pub fn opposes(self, other: Self) -> bool {
        self != other && self.mirrored() == other
    }
}

impl Working {
    /// Left for right and right for left.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Both => Self::Both,
        }
    }
}

impl Position {
    /// Lying on the other side; the others stay.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::SideLyingLeft => Self::SideLyingRight,
            Self::SideLyingRight => Self::SideLyingLeft,
            other => other,
        }
    }
}

impl Stance {
    /// Whether the therapist's weight is on the table.
    #[must_use]
    pub const fn is_on_table(self) -> bool {
        matches!(self, Self::OneFoot | Self::TwoFeet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirroring_twice_changes_nothing() {
        for &side in Side::ALL {
            assert_eq!(side.mirrored().mirrored(), side);
        }
        for &position in Position::ALL {
            assert_eq!(position.mirrored().mirrored(), position);
        }
    }

    #[test]
    fn only_left_and_right_oppose_each_other() {
        assert!(Side::Left.opposes(Side::Right));
        assert!(Side::Right.opposes(Side::Left));
        assert!(!Side::Both.opposes(Side::Both));
        assert!(!Side::Left.opposes(Side::Midline));
    }
}
