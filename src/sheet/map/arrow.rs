//! The arrow of a stroke, as a shape: from where to where. It knows no body.
//! Lengths are in body heights.

use crate::figure::shape::Point;

/// A shorter one points nowhere.
const NOWHERE: f64 = 0.045;
/// Half as wide as the shaft is, and as the head is.
const SHAFT: f64 = 0.0055;
const HEAD: f64 = 0.019;
/// The head's length.
const POINTED: f64 = 0.042;

/// An arrow's corners; none where there is nowhere to go. One that is nearly
/// upright is drawn upright, and `aside` of where it would be.
pub(super) fn arrow(from: Point, to: Point, aside: f64) -> Vec<Point> {
    let (dx, dy) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
    let (from, to) = if dx < dy * 0.5 {
        let x = f64::midpoint(from.0, to.0) + aside;
        ((x, from.1), (x, to.1))
    } else {
        (from, to)
    };
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    if length < NOWHERE {
        return Vec::new();
    }
    let (x, y) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
    let at = |along: f64, aside: f64| {
        (
            from.0 + x * along - y * aside,
            from.1 + y * along + x * aside,
        )
    };
    let neck = length - POINTED.min(length * 0.7);
    vec![
        at(0.0, -SHAFT),
        at(neck, -SHAFT),
        at(neck, -HEAD),
        at(length, 0.0),
        at(neck, HEAD),
        at(neck, SHAFT),
        at(0.0, SHAFT),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_widest_near_where_it_points() {
        let corners = arrow((0.05, 0.4), (0.06, 0.2), 0.0);
        let tip = corners[3];
        assert!((tip.1 - 0.2).abs() < 1e-9 && (tip.0 - 0.055).abs() < 1e-9);
        let widest = corners
            .iter()
            .max_by(|a, b| (a.0 - tip.0).abs().total_cmp(&(b.0 - tip.0).abs()))
            .unwrap();
        assert!(widest.1 > 0.2 && widest.1 < 0.3, "{corners:?}");
    }

    #[test]
    fn it_points_nowhere_where_there_is_nowhere_to_go() {
        assert!(arrow((0.1, 0.3), (0.1, 0.32), 0.0).is_empty());
    }
}
