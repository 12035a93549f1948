//! What the client looks like: outlines and regions as data, in this one
//! place. Lengths are in body heights, from the crown down; across, they count
//! from the spine outwards (or, of a figure on its side, forwards). What is
//! left and right is drawn from one half, so that both are the same. It knows
//! no screen and no page.

pub(crate) mod shape;
pub(crate) mod share;

use shape::{Point, Shape};

use crate::routine::vocabulary::{Position, Region};

/// A part of the body with an outline of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Head,
    Trunk,
    Arm,
    /// The upper leg of a figure on its side.
    Leg,
    /// The leg below it.
    Under,
}

/// How points given for one side make a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// From the middle line above to the middle line below, then mirrored.
    Mirrored,
    /// All round.
    Round,
}

/// An outline.
#[derive(Debug)]
struct Outline {
    part: Part,
    made: Made,
    points: &'static [Point],
}

/// A piece of a region: what of a part lies within these corners.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patch(pub(crate) Part, pub(crate) &'static [Point]);

/// How the client is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Figure {
    /// Lying straight, from the back or the front: the shape is the same.
    Straight,
    /// Lying on the side.
    Profile,
    /// Sitting, from behind.
    Seated,
}

impl Figure {
    pub(crate) const fn of(position: Position) -> Self {
        match position {
            Position::Prone | Position::Supine => Self::Straight,
            Position::SideLyingLeft | Position::SideLyingRight => Self::Profile,
            Position::Sitting => Self::Seated,
        }
    }

    /// Whether its two halves are mirror images, one for each side.
    pub(crate) const fn has_sides(self) -> bool {
        !matches!(self, Self::Profile)
    }

    /// How wide and how high it is, in body heights, and its middle.
    pub(crate) fn extent(self) -> ((f64, f64), Point) {
        let reach = self.parts().into_iter().map(|(_, shape)| shape.reach());
        let (mut across, mut along) = ((0.0_f64, 0.0_f64), (0.0_f64, 0.0_f64));
        for (x, y) in reach {
            across = (across.0.min(x.0), across.1.max(x.1));
            along = (along.0.min(y.0), along.1.max(y.1));
        }
        if self.has_sides() {
            across = (-across.1, across.1);
        }
        let middle = |ends: (f64, f64)| f64::midpoint(ends.0, ends.1);
        (
            (across.1 - across.0, along.1 - along.0),
            (middle(across), middle(along)),
        )
    }

    /// Its outlines, smoothed.
    pub(crate) fn parts(self) -> Vec<(Part, Shape)> {
        let outlines: &[Outline] = match self {
            Self::Straight => &STRAIGHT,
            Self::Profile => &PROFILE,
            Self::Seated => &SEATED,
        };
        outlines
            .iter()
            .map(|outline| {
                let shape = match outline.made {
                    Made::Mirrored => Shape::mirrored(outline.points),
                    Made::Round => Shape::smooth(outline.points),
                };
                (outline.part, shape)
            })
            .collect()
    }

    /// Lines inside that tell back from front: points along each.
    pub(crate) const fn marks(self, position: Position) -> &'static [&'static [Point]] {
        match (self, position) {
            (Self::Straight, Position::Supine) => &FRONT_MARKS,
            (Self::Straight, _) => &BACK_MARKS,
            (Self::Seated, _) => &SEATED_MARKS,
            (Self::Profile, _) => &[],
        }
    }

    /// The pieces of a region.
    pub(crate) const fn region(self, region: Region) -> &'static [Patch] {
        match self {
            Self::Straight => straight(region),
            Self::Profile => profile(region),
            Self::Seated => seated(region),
        }
    }

    /// The same as shapes, each beside the outline that it lies within.
    pub(crate) fn patches(self, region: Region, parts: &[(Part, Shape)]) -> Vec<(&Shape, Shape)> {
        let pieces = self.region(region).iter();
        pieces
            .filter_map(|&Patch(part, corners)| {
                let (_, outline) = parts.iter().find(|(other, _)| *other == part)?;
                Some((outline, Shape::angular(corners)))
            })
            .collect()
    }
}

/// What lies to the right, when the head is up: 1 for the client's left (of a
/// profile the front), -1 for the other way.
pub(crate) const fn rightwards(position: Position) -> f64 {
    match position {
        Position::Supine | Position::SideLyingLeft => 1.0,
        Position::Prone | Position::SideLyingRight | Position::Sitting => -1.0,
    }
}

/// How the client is seen, in few words.
pub(crate) const fn view(position: Position) -> &'static str {
    match position {
        Position::Prone => "face down",
        Position::Supine => "face up",
        Position::SideLyingLeft => "right side up",
        Position::SideLyingRight => "left side up",
        Position::Sitting => "from behind",
    }
}

/// All of a part.
const ALL: &[Point] = &[(-2.0, -1.0), (2.0, -1.0), (2.0, 2.0), (-2.0, 2.0)];

// Seen from the back or the front. A head is 1 of 7.5 heights; shoulders are
// about two heads wide.

const HEAD: Outline = Outline {
    part: Part::Head,
    made: Made::Mirrored,
    points: &[
        (0.0, 0.0),
        (0.03, 0.007),
        (0.049, 0.033),
        (0.052, 0.064),
        (0.044, 0.098),
        (0.025, 0.126),
        (0.0, 0.134),
    ],
};

const STRAIGHT: [Outline; 3] = [
    HEAD,
    Outline {
        part: Part::Trunk,
        made: Made::Mirrored,
        points: &[
            (0.0, 0.1),
            (0.034, 0.105),
            (0.036, 0.14),
            (0.048, 0.158),
            (0.085, 0.171),
            (0.118, 0.183),
            (0.128, 0.205),
            (0.116, 0.245),
            (0.103, 0.28),
            (0.094, 0.33),
            (0.084, 0.385),
            (0.09, 0.43),
            (0.102, 0.48),
            (0.107, 0.53),
            (0.104, 0.59),
            (0.094, 0.66),
            (0.083, 0.725),
            (0.087, 0.785),
            (0.083, 0.84),
            (0.069, 0.905),
            (0.062, 0.945),
            (0.073, 0.98),
            (0.083, 1.015),
            (0.073, 1.037),
            (0.052, 1.033),
            (0.04, 0.99),
            (0.037, 0.945),
            (0.034, 0.89),
            (0.03, 0.81),
            (0.033, 0.735),
            (0.024, 0.65),
            (0.013, 0.58),
            (0.0, 0.54),
        ],
    },
    Outline {
        part: Part::Arm,
        made: Made::Round,
        points: &[
            (0.09, 0.176),
            (0.12, 0.18),
            (0.143, 0.2),
            (0.153, 0.25),
            (0.165, 0.305),
            (0.178, 0.35),
            (0.191, 0.395),
            (0.2, 0.45),
            (0.214, 0.485),
            (0.22, 0.525),
            (0.21, 0.556),
            (0.195, 0.55),
            (0.183, 0.51),
            (0.175, 0.462),
            (0.155, 0.405),
            (0.14, 0.35),
            (0.124, 0.3),
            (0.113, 0.255),
            (0.1, 0.22),
        ],
    },
];

const BACK_MARKS: [&[Point]; 1] = [&[
    (0.003, 0.2),
    (0.003, 0.26),
    (0.003, 0.32),
    (0.003, 0.38),
    (0.003, 0.43),
]];
const FRONT_MARKS: [&[Point]; 3] = [
    // Eyes, mouth, navel.
    &[(0.02, 0.056), (0.021, 0.056)],
    &[(0.003, 0.094), (0.012, 0.092)],
    &[(0.003, 0.41)],
];

#[expect(clippy::too_many_lines, reason = "a table")]
const fn straight(region: Region) -> &'static [Patch] {
    const HEAD: Patch = Patch(Part::Head, ALL);
    const NECK: Patch = Patch(
        Part::Trunk,
        &[
            (-0.055, 0.108),
            (0.055, 0.108),
            (0.055, 0.172),
            (-0.055, 0.172),
        ],
    );
    const SHOULDERS: [Patch; 2] = [
        Patch(
            Part::Trunk,
            &[
                (0.03, 0.14),
                (0.2, 0.14),
                (0.2, 0.23),
                (0.1, 0.225),
                (0.03, 0.19),
            ],
        ),
        Patch(
            Part::Arm,
            &[(0.0, 0.1), (0.3, 0.1), (0.3, 0.25), (0.0, 0.235)],
        ),
    ];
    const THIGH: &[Point] = &[(0.0, 0.555), (0.2, 0.54), (0.2, 0.715), (0.0, 0.715)];
    match region {
        Region::Head => &[HEAD],
        Region::Neck => &[NECK],
        Region::Shoulders => &SHOULDERS,
        Region::UpperBack => &[Patch(
            Part::Trunk,
            &[(-0.2, 0.172), (0.2, 0.172), (0.2, 0.285), (-0.2, 0.285)],
        )],
        Region::MidBack => &[Patch(
            Part::Trunk,
            &[(-0.2, 0.272), (0.2, 0.272), (0.2, 0.362), (-0.2, 0.362)],
        )],
        Region::LowBack => &[Patch(
            Part::Trunk,
            &[(-0.2, 0.35), (0.2, 0.35), (0.2, 0.435), (-0.2, 0.435)],
        )],
        Region::Back => &[Patch(
            Part::Trunk,
            &[(-0.2, 0.168), (0.2, 0.168), (0.2, 0.435), (-0.2, 0.435)],
        )],
        Region::Sides => &[Patch(
            Part::Trunk,
            &[
                (0.062, 0.25),
                (0.2, 0.25),
                (0.2, 0.43),
                (0.052, 0.43),
                (0.05, 0.38),
            ],
        )],
        Region::Sacrum => &[Patch(
            Part::Trunk,
            &[
                (-0.045, 0.42),
                (0.045, 0.42),
                (0.035, 0.46),
                (0.0, 0.492),
                (-0.035, 0.46),
            ],
        )],
        Region::Hips => &[Patch(
            Part::Trunk,
            &[(0.045, 0.425), (0.2, 0.415), (0.2, 0.525), (0.075, 0.525)],
        )],
        Region::Glutes => &[Patch(
            Part::Trunk,
            &[
                (0.004, 0.462),
                (0.035, 0.445),
                (0.07, 0.447),
                (0.094, 0.475),
                (0.099, 0.515),
                (0.085, 0.548),
                (0.05, 0.563),
                (0.018, 0.556),
                (0.004, 0.535),
            ],
        )],
        Region::ItBand => &[Patch(
            Part::Trunk,
            &[(0.07, 0.5), (0.2, 0.48), (0.2, 0.725), (0.062, 0.725)],
        )],
        Region::Hamstrings | Region::Quads => &[Patch(Part::Trunk, THIGH)],
        Region::Calves => &[Patch(
            Part::Trunk,
            &[(0.0, 0.745), (0.2, 0.745), (0.2, 0.885), (0.0, 0.885)],
        )],
        Region::Shins => &[Patch(
            Part::Trunk,
            &[(0.0, 0.75), (0.2, 0.75), (0.2, 0.935), (0.0, 0.935)],
        )],
        Region::Legs => &[Patch(
            Part::Trunk,
            &[(0.0, 0.555), (0.2, 0.54), (0.2, 0.945), (0.0, 0.945)],
        )],
        Region::Feet => &[Patch(
            Part::Trunk,
            &[(0.0, 0.95), (0.2, 0.95), (0.2, 1.1), (0.0, 1.1)],
        )],
        Region::Arms => &[Patch(
            Part::Arm,
            &[(0.0, 0.215), (0.3, 0.195), (0.3, 0.462), (0.0, 0.462)],
        )],
        Region::Hands => &[Patch(
            Part::Arm,
            &[(0.0, 0.465), (0.3, 0.465), (0.3, 0.7), (0.0, 0.7)],
        )],
        Region::Chest => &[Patch(
            Part::Trunk,
            &[(-0.2, 0.19), (0.2, 0.19), (0.2, 0.305), (-0.2, 0.305)],
        )],
        Region::Abdomen => &[Patch(
            Part::Trunk,
            &[
                (-0.04, 0.32),
                (0.04, 0.32),
                (0.07, 0.36),
                (0.07, 0.44),
                (0.035, 0.478),
                (-0.035, 0.478),
                (-0.07, 0.44),
                (-0.07, 0.36),
            ],
        )],
        Region::FullBody => &[HEAD, Patch(Part::Trunk, ALL), Patch(Part::Arm, ALL)],
    }
}

// Lying on a side, seen from above: the face to the right, the upper knee and
// elbow bent forward, the lower leg straight.

const PROFILE: [Outline; 5] = [
    Outline {
        part: Part::Head,
        made: Made::Round,
        points: &[
            (0.0, 0.0),
            (0.034, 0.008),
            (0.053, 0.034),
            (0.056, 0.058),
            (0.069, 0.078),
            (0.057, 0.086),
            (0.058, 0.104),
            (0.048, 0.124),
            (0.015, 0.13),
            (-0.03, 0.122),
            (-0.055, 0.092),
            (-0.061, 0.05),
            (-0.038, 0.011),
        ],
    },
    Outline {
        part: Part::Trunk,
        made: Made::Round,
        points: &[
            (-0.03, 0.1),
            (0.018, 0.1),
            (0.016, 0.145),
            (0.035, 0.175),
            (0.06, 0.22),
            (0.068, 0.265),
            (0.063, 0.32),
            (0.06, 0.38),
            (0.065, 0.43),
            (0.06, 0.48),
            (0.03, 0.56),
            (-0.03, 0.58),
            (-0.075, 0.552),
            (-0.088, 0.51),
            (-0.08, 0.465),
            (-0.06, 0.42),
            (-0.056, 0.38),
            (-0.068, 0.33),
            (-0.08, 0.275),
            (-0.076, 0.22),
            (-0.056, 0.172),
            (-0.038, 0.145),
        ],
    },
    Outline {
        part: Part::Under,
        made: Made::Round,
        points: &[
            (0.0, 0.52),
            (0.03, 0.6),
            (0.034, 0.67),
            (0.02, 0.73),
            (0.022, 0.79),
            (0.008, 0.86),
            (-0.004, 0.9),
            (0.026, 0.94),
            (0.052, 0.968),
            (0.034, 0.982),
            (-0.012, 0.962),
            (-0.042, 0.938),
            (-0.044, 0.89),
            (-0.054, 0.8),
            (-0.048, 0.73),
            (-0.06, 0.65),
            (-0.085, 0.56),
            (-0.06, 0.5),
        ],
    },
    Outline {
        part: Part::Arm,
        made: Made::Round,
        points: &[
            (-0.03, 0.19),
            (0.005, 0.178),
            (0.032, 0.195),
            (0.06, 0.245),
            (0.105, 0.315),
            (0.15, 0.3),
            (0.195, 0.272),
            (0.235, 0.262),
            (0.25, 0.278),
            (0.235, 0.3),
            (0.2, 0.315),
            (0.15, 0.345),
            (0.108, 0.365),
            (0.075, 0.35),
            (0.03, 0.295),
            (-0.025, 0.235),
        ],
    },
    Outline {
        part: Part::Leg,
        made: Made::Round,
        points: &[
            (0.06, 0.445),
            (0.12, 0.488),
            (0.19, 0.542),
            (0.23, 0.585),
            (0.24, 0.622),
            (0.224, 0.67),
            (0.207, 0.73),
            (0.189, 0.79),
            (0.18, 0.818),
            (0.2, 0.845),
            (0.228, 0.868),
            (0.224, 0.886),
            (0.195, 0.884),
            (0.158, 0.874),
            (0.135, 0.85),
            (0.137, 0.82),
            (0.141, 0.76),
            (0.153, 0.7),
            (0.166, 0.66),
            (0.16, 0.645),
            (0.12, 0.63),
            (0.06, 0.603),
            (0.0, 0.585),
            (-0.05, 0.565),
            (-0.088, 0.51),
            (-0.03, 0.45),
        ],
    },
];

#[expect(clippy::too_many_lines, reason = "a table")]
const fn profile(region: Region) -> &'static [Patch] {
    const HEAD: Patch = Patch(Part::Head, ALL);
    match region {
        Region::Head => &[HEAD],
        Region::Neck => &[Patch(
            Part::Trunk,
            &[(-0.1, 0.112), (0.1, 0.112), (0.1, 0.165), (-0.1, 0.165)],
        )],
        Region::Shoulders => &[
            Patch(
                Part::Trunk,
                &[(-0.045, 0.16), (0.035, 0.16), (0.05, 0.235), (-0.05, 0.235)],
            ),
            Patch(
                Part::Arm,
                &[(-0.1, 0.1), (0.06, 0.1), (0.06, 0.235), (-0.1, 0.25)],
            ),
        ],
        Region::UpperBack => &[Patch(
            Part::Trunk,
            &[(-0.2, 0.165), (-0.02, 0.165), (-0.01, 0.285), (-0.2, 0.285)],
        )],
        Region::MidBack => &[Patch(
            Part::Trunk,
            &[(-0.2, 0.272), (-0.01, 0.272), (0.0, 0.362), (-0.2, 0.362)],
        )],
        Region::LowBack => &[Patch(
            Part::Trunk,
            &[(-0.2, 0.35), (0.0, 0.35), (0.0, 0.435), (-0.2, 0.435)],
        )],
        Region::Back => &[Patch(
            Part::Trunk,
            &[
                (-0.2, 0.165),
                (-0.02, 0.165),
                (0.0, 0.36),
                (0.0, 0.435),
                (-0.2, 0.435),
            ],
        )],
        Region::Sides => &[Patch(
            Part::Trunk,
            &[(-0.035, 0.24), (0.035, 0.24), (0.04, 0.43), (-0.035, 0.43)],
        )],
        Region::Sacrum => &[Patch(
            Part::Trunk,
            &[(-0.2, 0.42), (-0.015, 0.42), (-0.03, 0.495), (-0.2, 0.495)],
        )],
        Region::Hips => &[Patch(
            Part::Trunk,
            &[
                (-0.045, 0.44),
                (0.05, 0.43),
                (0.055, 0.5),
                (0.02, 0.54),
                (-0.045, 0.52),
            ],
        )],
        Region::Glutes => &[
            Patch(
                Part::Trunk,
                &[
                    (-0.2, 0.46),
                    (-0.04, 0.455),
                    (-0.01, 0.52),
                    (-0.03, 0.62),
                    (-0.2, 0.6),
                ],
            ),
            Patch(
                Part::Leg,
                &[
                    (-0.2, 0.46),
                    (-0.04, 0.455),
                    (-0.01, 0.52),
                    (-0.03, 0.62),
                    (-0.2, 0.6),
                ],
            ),
        ],
        Region::ItBand => &[Patch(
            Part::Leg,
            &[(0.065, 0.51), (0.215, 0.588), (0.195, 0.632), (0.04, 0.552)],
        )],
        Region::Hamstrings => &[Patch(
            Part::Leg,
            &[(-0.01, 0.52), (0.205, 0.618), (0.18, 0.7), (-0.03, 0.64)],
        )],
        Region::Quads => &[Patch(
            Part::Leg,
            &[
                (0.02, 0.51),
                (0.04, 0.43),
                (0.1, 0.4),
                (0.26, 0.56),
                (0.212, 0.6),
            ],
        )],
        Region::Calves => &[Patch(
            Part::Leg,
            &[(0.1, 0.672), (0.196, 0.672), (0.155, 0.812), (0.1, 0.812)],
        )],
        Region::Shins => &[Patch(
            Part::Leg,
            &[(0.193, 0.66), (0.3, 0.65), (0.3, 0.815), (0.154, 0.815)],
        )],
        Region::Legs => &[Patch(
            Part::Leg,
            &[
                (-0.03, 0.58),
                (0.06, 0.44),
                (0.4, 0.44),
                (0.4, 0.8),
                (0.2, 0.82),
                (0.1, 0.82),
                (0.1, 0.66),
                (-0.03, 0.64),
            ],
        )],
        Region::Feet => &[Patch(
            Part::Leg,
            &[(0.1, 0.828), (0.3, 0.828), (0.3, 1.1), (0.1, 1.1)],
        )],
        Region::Arms => &[Patch(
            Part::Arm,
            &[
                (-0.1, 0.235),
                (0.06, 0.2),
                (0.2, 0.2),
                (0.2, 0.5),
                (-0.1, 0.5),
            ],
        )],
        Region::Hands => &[Patch(
            Part::Arm,
            &[(0.18, 0.2), (0.4, 0.2), (0.4, 0.4), (0.19, 0.4)],
        )],
        Region::Chest => &[Patch(
            Part::Trunk,
            &[(0.005, 0.185), (0.2, 0.185), (0.2, 0.3), (0.015, 0.3)],
        )],
        Region::Abdomen => &[Patch(
            Part::Trunk,
            &[(0.015, 0.312), (0.2, 0.312), (0.2, 0.46), (0.02, 0.46)],
        )],
        Region::FullBody => &[
            HEAD,
            Patch(Part::Trunk, ALL),
            Patch(Part::Arm, ALL),
            Patch(Part::Leg, ALL),
            Patch(Part::Under, ALL),
        ],
    }
}

// Sitting, from behind: the thighs point away, the hands rest on them.

const SEATED: [Outline; 3] = [
    HEAD,
    Outline {
        part: Part::Trunk,
        made: Made::Mirrored,
        points: &[
            (0.0, 0.1),
            (0.034, 0.105),
            (0.036, 0.14),
            (0.048, 0.158),
            (0.085, 0.171),
            (0.118, 0.183),
            (0.128, 0.205),
            (0.116, 0.245),
            (0.103, 0.28),
            (0.094, 0.33),
            (0.085, 0.385),
            (0.096, 0.43),
            (0.114, 0.475),
            (0.14, 0.5),
            (0.162, 0.53),
            (0.168, 0.565),
            (0.16, 0.62),
            (0.148, 0.68),
            (0.13, 0.74),
            (0.14, 0.775),
            (0.145, 0.805),
            (0.12, 0.815),
            (0.098, 0.8),
            (0.1, 0.74),
            (0.098, 0.68),
            (0.096, 0.62),
            (0.085, 0.575),
            (0.05, 0.56),
            (0.0, 0.552),
        ],
    },
    Outline {
        part: Part::Arm,
        made: Made::Round,
        points: &[
            (0.09, 0.176),
            (0.12, 0.18),
            (0.143, 0.2),
            (0.156, 0.25),
            (0.172, 0.305),
            (0.188, 0.35),
            (0.192, 0.38),
            (0.186, 0.42),
            (0.178, 0.47),
            (0.176, 0.515),
            (0.158, 0.53),
            (0.144, 0.51),
            (0.147, 0.465),
            (0.15, 0.42),
            (0.15, 0.375),
            (0.128, 0.31),
            (0.113, 0.255),
            (0.1, 0.22),
        ],
    },
];

const SEATED_MARKS: [&[Point]; 2] = [
    &[
        (0.003, 0.2),
        (0.003, 0.26),
        (0.003, 0.32),
        (0.003, 0.38),
        (0.003, 0.43),
    ],
    // The edge of the seat.
    &[(0.012, 0.6), (0.03, 0.6), (0.048, 0.6), (0.066, 0.6)],
];

const fn seated(region: Region) -> &'static [Patch] {
    const THIGH: &[Point] = &[
        (0.06, 0.53),
        (0.1, 0.5),
        (0.3, 0.5),
        (0.3, 0.59),
        (0.06, 0.59),
    ];
    match region {
        Region::Glutes => &[Patch(
            Part::Trunk,
            &[
                (0.004, 0.455),
                (0.08, 0.45),
                (0.11, 0.49),
                (0.1, 0.57),
                (0.004, 0.57),
            ],
        )],
        Region::ItBand => &[Patch(
            Part::Trunk,
            &[(0.122, 0.47), (0.3, 0.47), (0.3, 0.6), (0.135, 0.6)],
        )],
        Region::Hamstrings | Region::Quads => &[Patch(Part::Trunk, THIGH)],
        Region::Calves | Region::Shins => &[Patch(
            Part::Trunk,
            &[(0.05, 0.6), (0.3, 0.6), (0.3, 0.73), (0.05, 0.73)],
        )],
        Region::Legs => &[Patch(
            Part::Trunk,
            &[
                (0.06, 0.53),
                (0.1, 0.5),
                (0.3, 0.5),
                (0.3, 0.745),
                (0.06, 0.745),
            ],
        )],
        Region::Feet => &[Patch(
            Part::Trunk,
            &[(0.0, 0.748), (0.3, 0.748), (0.3, 1.0), (0.0, 1.0)],
        )],
        other => straight(other),
    }
}
