//! The arrow of a stroke: from where to where, as a shape of dots. It knows no
//! body.

use crate::figure::shape::{Point, Shape};

/// The shortest arrow that reads as one, in dots.
const SHORTEST: f64 = 8.0;
/// Of one that is shorter no slant is seen, in dots.
const SHORT: f64 = 12.0;
/// Nearer than this there is no telling a direction, in dots.
const NOWHERE: f64 = 2.0;
/// Air between what is lit and an arrow that leaves it, in dots.
const AIR: f64 = 2.0;

/// An arrow among the dots.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Arrow {
    /// Cut out of what is lit, since it leads to a place in there.
    Cut(Shape),
    /// Beside what is lit, leading away.
    Away(Shape),
}

impl Arrow {
    pub(super) const fn shape(&self) -> &Shape {
        match self {
            Self::Cut(shape) | Self::Away(shape) => shape,
        }
    }

    /// Its mirror image among so many columns of dots.
    pub(super) fn flipped(&self, columns: f64) -> Self {
        match self {
            Self::Cut(shape) => Self::Cut(shape.flipped(columns)),
            Self::Away(shape) => Self::Away(shape.flipped(columns)),
        }
    }

    /// From one point to another; none where they are the same. `lit` says
    /// what is worked, and `room` whether that may lose a shape and still be
    /// seen. `scale` is how many dots a body is high.
    pub(super) fn new(
        from: Point,
        to: Point,
        scale: f64,
        lit: impl Fn(Point) -> bool,
        room: impl Fn(&Shape) -> bool,
    ) -> Option<Self> {
        let (from, to) = straightened(from, to);
        let shortest = SHORTEST.max(scale * 0.1);
        let length = distance(from, to);
        if length < NOWHERE {
            return None;
        }
        let (x, y) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
        let at = |along: f64| (from.0 + x * along, from.1 + y * along);
        let cut = drawn(at(-length), at(length.max(shortest - length)), scale);
        if lit(to) && room(&cut) {
            return Some(Self::Cut(cut));
        }
        // From where it leaves what is lit for good.
        let leaves = (0_u16..u16::MAX)
            .map(|step| f64::from(step) / 2.0)
            .take_while(|&along| along < scale)
            .filter(|&along| lit(at(along)))
            .last()
            .unwrap_or(0.0);
        let start = leaves + AIR;
        let end = length.max(start + shortest);
        Some(Self::Away(drawn(at(start), at(end), scale)))
    }
}

fn distance(from: Point, to: Point) -> f64 {
    (to.0 - from.0).hypot(to.1 - from.1)
}

/// A shaft and a head.
fn drawn(from: Point, to: Point, scale: f64) -> Shape {
    let (from, to) = (between_dots(from), between_dots(to));
    let length = distance(from, to).max(1.0);
    let (x, y) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
    let shaft = (scale * 0.012).max(0.9);
    let wide = (scale * 0.036).max(2.9);
    let head = (scale * 0.066).max(5.5).min(length * 0.7);
    let at = |along: f64, aside: f64| {
        (
            from.0 + x * along - y * aside,
            from.1 + y * along + x * aside,
        )
    };
    Shape::angular(&[
        at(0.0, -shaft),
        at(length - head, -shaft),
        at(length - head, -wide),
        at(length, 0.0),
        at(length - head, wide),
        at(length - head, shaft),
        at(0.0, shaft),
    ])
}

/// Between two dots, so that both edges of a line are; and between two
/// quarters of a cell, which are two dots high.
fn between_dots((x, y): Point) -> Point {
    (x.round(), (y / 2.0).round() * 2.0)
}

/// An arrow that is nearly upright is drawn upright: steps in a short line
/// read as a mistake.
fn straightened(from: Point, to: Point) -> (Point, Point) {
    let (dx, dy) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
    let slant = if dy < SHORT { 1.3 } else { 0.5 };
    if dx < dy * slant {
        let x = f64::midpoint(from.0, to.0);
        ((x, from.1), (x, to.1))
    } else {
        (from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(arrow: &Arrow, y: f64) -> usize {
        let row = arrow.shape().row(y);
        (0..20).filter(|&x| row.holds(f64::from(x) + 0.5)).count()
    }

    #[test]
    fn it_is_widest_near_where_it_points() {
        let up = Arrow::new((10.0, 40.0), (10.0, 10.0), 76.0, |_| false, |_| true).unwrap();
        assert!(wide(&up, 15.0) > wide(&up, 35.0));
        assert_eq!(wide(&up, 9.0), 0);
        assert_eq!(wide(&up, 41.0), 0);
    }

    #[test]
    fn it_leaves_what_is_lit_alone_or_is_cut_out_of_it() {
        let away =
            Arrow::new((10.0, 40.0), (10.0, 10.0), 76.0, |at| at.1 > 30.0, |_| true).unwrap();
        assert!(matches!(away, Arrow::Away(_)));
        assert_eq!(wide(&away, 29.0), 0);
        let cut = Arrow::new((10.0, 40.0), (10.0, 30.0), 76.0, |_| true, |_| true).unwrap();
        assert!(matches!(cut, Arrow::Cut(_)));
        let tight = Arrow::new(
            (10.0, 40.0),
            (10.0, 30.0),
            76.0,
            |at| at.1 > 20.0,
            |_| false,
        )
        .unwrap();
        assert!(matches!(tight, Arrow::Away(_)));
        assert_eq!(wide(&tight, 21.0), 0);
    }

    #[test]
    fn it_points_nowhere_where_there_is_nowhere_to_go() {
        assert_eq!(
            Arrow::new((10.0, 10.0), (10.4, 10.4), 76.0, |_| true, |_| true),
            None
        );
    }
}
