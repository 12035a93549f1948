//! Plane geometry of what is shaded: cut along a line, and where its middle and
//! its edge are. It knows no region.

use crate::figure::shape::Point;

/// How finely a region's middle is looked for, in body heights.
pub(super) const STEP: f64 = 0.005;
/// How far inside of the edge a line from outside ends, in body heights.
const INSIDE: f64 = 0.008;

/// What of a closed line lies beyond `at` across, or before it where `way` is
/// negative.
pub(super) fn cut(corners: &[Point], at: f64, way: f64) -> Vec<Point> {
    let is_in = |point: &Point| (point.0 - at) * way >= 0.0;
    let mut kept = Vec::new();
    for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        if is_in(from) {
            kept.push(*from);
        }
        if is_in(from) != is_in(to) {
            let along = (at - from.0) / (to.0 - from.0);
            kept.push((at, from.1 + along * (to.1 - from.1)));
        }
    }
    kept
}

/// The middle of points, if there are any.
pub(super) fn middle(points: &[Point]) -> Option<Point> {
    let (mut count, mut sum) = (0.0, (0.0, 0.0));
    for point in points {
        count += 1.0;
        sum = (sum.0 + point.0, sum.1 + point.1);
    }
    (count > 0.0).then(|| (sum.0 / count, sum.1 / count))
}

/// A point just inside of a region, at the height of its middle, towards one
/// side.
pub(super) fn edge(points: &[Point], middle: Point, way: f64) -> Point {
    let furthest = points
        .iter()
        .filter(|point| (point.1 - middle.1).abs() < STEP)
        .map(|point| point.0 * way)
        .fold(f64::NEG_INFINITY, f64::max);
    if furthest.is_finite() {
        ((furthest - INSIDE) * way, middle.1)
    } else {
        middle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_a_line_is_cut_off() {
        let square = [(-1.0, 0.0), (1.0, 0.0), (1.0, 1.0), (-1.0, 1.0)];
        let half = cut(&square, 0.0, 1.0);
        assert_eq!(half, [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]);
        assert!(cut(&square, 2.0, 1.0).is_empty());
        assert_eq!(cut(&square, -2.0, 1.0), square);
    }
}
