//! Which region lies within which, and what a glide from one to another passes
//! over. It must not know any step.
//!
//! Source: common surface anatomy, as coarse as the list of regions itself.

use super::vocabulary::Region;

/// On which side of a body a region is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    Front,
    Back,
    Either,
}

impl Region {
    /// The regions that lie within this one, if it is a wide one.
    #[must_use]
    pub const fn within(self) -> &'static [Self] {
        match self {
            Self::Back => &[Self::UpperBack, Self::MidBack, Self::LowBack],
            Self::Legs => &[
                Self::ItBand,
                Self::Hamstrings,
                Self::Calves,
                Self::Quads,
                Self::Shins,
            ],
            Self::FullBody => Self::ALL,
            _ => &[],
        }
    }

    /// Whether `other` is this region or lies within it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self == other || self.within().contains(&other)
    }

    /// Whether a stroke on `self` that glides to `toward` passes over `other`,
    /// which is not the region that it works: a wider one does, and so does a
    /// glide to it or across it.
    #[must_use]
    pub fn passes_over(self, toward: Option<Self>, other: Self) -> bool {
        if self.covers(other) {
            return true;
        }
        let Some(toward) = toward else { return false };
        if toward.covers(other) || other.covers(toward) {
            return true;
        }
        let same_face = |one: Self| {
            one.face() == Face::Either || other.face() == Face::Either || one.face() == other.face()
        };
        let heights = || self.heights().chain(toward.heights());
        let (lowest, highest) = (heights().min(), heights().max());
        same_face(self)
            && same_face(toward)
            && other
                .heights()
                .any(|height| Some(height) > lowest && Some(height) < highest)
    }

    const fn face(self) -> Face {
        match self {
            Self::UpperBack
            | Self::MidBack
            | Self::LowBack
            | Self::Back
            | Self::Sacrum
            | Self::Glutes
            | Self::Hamstrings
            | Self::Calves => Face::Back,
            Self::Quads | Self::Shins | Self::Chest | Self::Abdomen => Face::Front,
            _ => Face::Either,
        }
    }

    /// How high on a standing body it lies, from the feet up; several for a
    /// wide one, none for what lies beside that line.
    fn heights(self) -> impl Iterator<Item = u8> {
        let single = match self {
            Self::Feet => Some(0),
            Self::Calves | Self::Shins => Some(1),
            Self::Hamstrings | Self::Quads => Some(2),
            Self::Glutes | Self::Hips => Some(3),
            Self::Sacrum => Some(4),
            Self::LowBack | Self::Abdomen => Some(5),
            Self::MidBack => Some(6),
            Self::UpperBack | Self::Chest => Some(7),
            Self::Shoulders => Some(8),
            Self::Neck => Some(9),
            Self::Head => Some(10),
            _ => None,
        };
        let several: &[u8] = match self {
            Self::Back => &[5, 6, 7],
            Self::Legs => &[1, 2],
            _ => &[],
        };
        single.into_iter().chain(several.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Region::{
        Abdomen, Back, Calves, Chest, Feet, FullBody, Glutes, Hamstrings, Hands, Hips, Legs,
        LowBack, MidBack, Neck, Sacrum, Shoulders, UpperBack,
    };

    #[test]
    fn a_wide_region_covers_what_lies_within_it() {
        assert!(Back.covers(LowBack) && Back.covers(Back));
        assert!(Legs.covers(Calves) && !Legs.covers(Feet));
        assert!(FullBody.covers(Hands));
        assert!(!LowBack.covers(Back) && !LowBack.covers(MidBack));
    }

    #[test]
    fn a_glide_passes_over_what_lies_on_its_way() {
        let passes = |from: Region, to: Region, over: Region| from.passes_over(Some(to), over);
        assert!(passes(Sacrum, Shoulders, LowBack));
        assert!(passes(Shoulders, Sacrum, UpperBack));
        assert!(passes(LowBack, UpperBack, MidBack));
        assert!(passes(Calves, Glutes, Hamstrings));
        assert!(passes(Back, Shoulders, LowBack));
        assert!(passes(LowBack, UpperBack, UpperBack));
        assert!(passes(Glutes, Back, MidBack));
        // A neck that is only near is not passed, nor the belly from behind.
        assert!(!passes(Back, Shoulders, Neck));
        assert!(!passes(Sacrum, Shoulders, Abdomen));
        assert!(!passes(LowBack, UpperBack, Chest));
        assert!(!passes(Glutes, LowBack, Hips));
        assert!(!LowBack.passes_over(None, MidBack));
        assert!(Back.passes_over(None, MidBack));
    }
}
