//! Plane geometry for the figure: closed shapes, some smoothed, and which
//! points they hold. It knows no body.

/// A point of a figure: across and along, in body heights.
pub(crate) type Point = (f64, f64);

/// Pieces that a smoothed line gets between two of its points.
const PIECES: u16 = 4;

/// A closed shape as straight edges.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shape {
    corners: Vec<Point>,
}

/// Where a shape's edges cross one height, in order from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    crossings: Vec<f64>,
}

impl Shape {
    /// The shape with these corners.
    pub(crate) fn angular(corners: &[Point]) -> Self {
        Self {
            corners: corners.to_vec(),
        }
    }

    /// A smooth line round through all of these points.
    pub(crate) fn smooth(points: &[Point]) -> Self {
        let count = points.len();
        let point = |index: usize| points.get(index % count.max(1)).copied();
        let corners = (0..count)
            .filter_map(|index| {
                Some([
                    point(index + count - 1)?,
                    point(index)?,
                    point(index + 1)?,
                    point(index + 2)?,
                ])
            })
            .flat_map(|four| (0..PIECES).map(move |piece| between(four, piece)))
            .collect();
        Self { corners }
    }

    /// A smooth line through points given for one side, from the middle above
    /// to the middle below, and their mirror images.
    pub(crate) fn mirrored(half: &[Point]) -> Self {
        let back = half.iter().rev().map(|&(x, y)| (-x, y));
        let mut points: Vec<Point> = half.iter().copied().chain(back).collect();
        // A point on the middle line is its own mirror image.
        points.dedup();
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        Self::smooth(&points)
    }

    /// Its corners, in order round.
    pub(crate) fn corners(&self) -> &[Point] {
        &self.corners
    }

    /// Left for right between 0 and `width`.
    pub(crate) fn flipped(&self, width: f64) -> Self {
        let corners = self.corners.iter().map(|&(x, y)| (width - x, y));
        Self {
            corners: corners.collect(),
        }
    }

    /// How far it reaches: the smallest and the greatest across, then along.
    pub(crate) fn reach(&self) -> (Point, Point) {
        let ends = |of: fn(&Point) -> f64| {
            self.corners
                .iter()
                .map(of)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
        };
        (ends(|point| point.0), ends(|point| point.1))
    }

    /// The shape cut at one height.
    pub(crate) fn row(&self, y: f64) -> Row {
        let next = self.corners.iter().cycle().skip(1);
        let mut crossings: Vec<f64> = self
            .corners
            .iter()
            .zip(next)
            .filter(|(from, to)| (from.1 > y) != (to.1 > y))
            .map(|(from, to)| from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0))
            .collect();
        crossings.sort_by(f64::total_cmp);
        Row { crossings }
    }
}

impl Row {
    /// Whether the point at `x` is inside.
    pub(crate) fn holds(&self, x: f64) -> bool {
        self.crossings.partition_point(|&crossing| crossing <= x) % 2 == 1
    }
}

/// A point on the Catmull-Rom curve between the second and the third of four
/// points, `piece` of `PIECES` along.
fn between([a, b, c, d]: [Point; 4], piece: u16) -> Point {
    let along = f64::from(piece) / f64::from(PIECES);
    let curve = |a: f64, b: f64, c: f64, d: f64| {
        let (linear, square) = (c - a, 2.0 * a - 5.0 * b + 4.0 * c - d);
        let cube = 3.0 * (b - c) + d - a;
        b + 0.5 * along * (linear + along * (square + along * cube))
    };
    (curve(a.0, b.0, c.0, d.0), curve(a.1, b.1, c.1, d.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_holds_what_is_inside_of_it() {
        let square = Shape::angular(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]);
        assert!(square.row(0.5).holds(0.5));
        assert!(!square.row(0.5).holds(1.5));
        assert!(!square.row(0.5).holds(-0.5));
        assert!(!square.row(1.5).holds(0.5));
    }

    #[test]
    fn half_a_figure_makes_a_whole_one() {
        let figure = Shape::mirrored(&[(0.0, 0.0), (0.4, 0.3), (0.3, 0.8), (0.0, 1.0)]);
        for step in 1..20 {
            let row = figure.row(f64::from(step) / 20.0);
            for x in [0.11, 0.22, 0.33, 0.43] {
                assert_eq!(row.holds(x), row.holds(-x), "{step} {x}");
            }
        }
    }

    #[test]
    fn nothing_holds_nothing() {
        for shape in [
            Shape::angular(&[]),
            Shape::smooth(&[]),
            Shape::mirrored(&[]),
        ] {
            assert!(!shape.row(0.0).holds(0.0));
        }
    }
}
