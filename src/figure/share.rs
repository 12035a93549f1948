//! Which part of a region a side means, and what of it lies out of sight. It
//! knows figures, no picture of one.

use super::shape::Shape;
use super::{Figure, Part, Patch};
use crate::routine::vocabulary::{Position, Region, Side};

/// Which part of a region is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Share {
    Whole,
    /// With the spine spared.
    Halves,
    Left,
    Right,
    /// Along the spine.
    Middle,
}

impl Share {
    /// How far the midline reaches to either side, in body heights.
    pub(crate) const MIDLINE: f64 = 0.03;

    pub(crate) fn of(figure: Figure, region: Region, side: Option<Side>) -> Self {
        if !figure.has_sides() {
            return Self::Whole;
        }
        match side {
            Some(Side::Left) => Self::Left,
            Some(Side::Right) => Self::Right,
            Some(Side::Both) => Self::Halves,
            Some(Side::Midline) if is_central(figure, region) => Self::Middle,
            Some(Side::Midline) | None => Self::Whole,
        }
    }

    /// Whether it has what lies at `x` across, towards the client's left;
    /// `spine` is half of the gap between two sides. Both in body heights.
    pub(crate) fn takes(self, x: f64, spine: f64) -> bool {
        match self {
            Self::Whole => true,
            Self::Halves => x.abs() > spine,
            Self::Left => x > spine,
            Self::Right => x < -spine,
            Self::Middle => x.abs() < Self::MIDLINE,
        }
    }

    /// The shares that have an arrow of their own when this one of `region` is
    /// worked: what comes in two, such as legs, has two.
    pub(crate) fn strokes(self, figure: Figure, region: Region) -> &'static [Self] {
        let apart = figure.has_sides() && !is_central(figure, region);
        match self {
            Self::Halves => &[Self::Left, Self::Right],
            Self::Whole | Self::Middle if apart => &[Self::Left, Self::Right],
            Self::Whole | Self::Middle => &[Self::Whole],
            Self::Left => &[Self::Left],
            Self::Right => &[Self::Right],
        }
    }
}

/// Whether a side lies underneath, out of sight.
pub(crate) const fn is_hidden(position: Position, side: Option<Side>) -> bool {
    matches!(
        (position, side),
        (Position::SideLyingLeft, Some(Side::Left)) | (Position::SideLyingRight, Some(Side::Right))
    )
}

/// Whether a region has a middle, unlike arms.
fn is_central(figure: Figure, region: Region) -> bool {
    figure.region(region).iter().any(|&Patch(part, corners)| {
        let ((least, _), _) = Shape::angular(corners).reach();
        least < 0.01 && part != Part::Arm && !is_leg(region)
    })
}

/// Legs begin at the midline but have nothing on it.
const fn is_leg(region: Region) -> bool {
    matches!(
        region,
        Region::Hamstrings
            | Region::Quads
            | Region::Calves
            | Region::Shins
            | Region::Legs
            | Region::Feet
            | Region::Glutes
    )
}
