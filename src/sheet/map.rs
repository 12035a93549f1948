//! The client as a picture of lines: what a phase works, shaded, with the
//! numbers of its steps beside it and an arrow where a stroke glides. It knows
//! figures and steps, no page. Lengths are in thousandths of a body height.

mod area;
mod arrow;
mod beside;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use self::area::{STEP, cut, edge, middle};
use self::arrow::arrow;
use self::beside::{Label, RISE, lines, spread};
use super::numbers;
use crate::figure::shape::{Point, Row, Shape};
use crate::figure::share::{Share, is_hidden};
use crate::figure::{Figure, Part, Patch, rightwards, view};
use crate::plan::{Plan, Segment, Work};
use crate::routine::vocabulary::{Position, Region, Side};

/// Thousandths of a body height.
const UNIT: f64 = 1000.0;
/// Half of the gap at the spine between two sides, in body heights.
const SPINE: f64 = 0.006;
/// Room beside the figure for the numbers, the gap before them included.
const ASIDE: f64 = 380.0;
/// From the figure to the numbers.
const GAP: f64 = 40.0;
/// More arrows than this on one side say nothing any more.
const MOST_ARROWS: usize = 4;
/// Between arrows side by side, in body heights.
const BESIDE: f64 = 0.028;

/// A part of a region, and the steps that work it.
struct Worked {
    region: Region,
    side: Option<Side>,
    share: Share,
    steps: Vec<usize>,
}

/// Which steps work what, as they first come.
fn worked(figure: Figure, segments: &[&Segment]) -> Vec<Worked> {
    let mut all: Vec<Worked> = Vec::new();
    for segment in segments {
        let Some(region) = segment.region() else {
            continue;
        };
        let side = segment.side;
        match all
            .iter_mut()
            .find(|worked| worked.region == region && worked.side == side)
        {
            Some(worked) => worked.steps.push(segment.number),
            None => all.push(Worked {
                region,
                side,
                share: Share::of(figure, region, side),
                steps: vec![segment.number],
            }),
        }
    }
    all
}

/// The outlines that the plan's pictures share, drawn nowhere by themselves;
/// nothing where there are no pictures.
pub(super) fn outlines(plan: &Plan) -> String {
    let figures: BTreeSet<Figure> = plan
        .segments
        .iter()
        .filter(|segment| segment.region().is_some())
        .filter_map(|segment| Some(Figure::of(plan.phase_of(segment)?.position)))
        .collect();
    if figures.is_empty() {
        return String::new();
    }
    let mut defined = String::new();
    for figure in figures {
        let mut body = String::new();
        for (part, shape) in figure.parts() {
            let id = id(figure, part);
            for half in halves(figure) {
                let _ = write!(
                    body,
                    "<use href=\"#{id}\" transform=\"scale({half:.0} 1)\"/>"
                );
            }
            // Writing into a String does not fail.
            let _ = writeln!(
                defined,
                "<path id=\"{id}\" d=\"{}\"/>\n<clipPath id=\"in-{id}\"><use href=\"#{id}\"/></clipPath>",
                drawn(shape.corners())
            );
        }
        let _ = writeln!(defined, "<g id=\"{}\">{body}</g>", name(figure));
    }
    // What lies underneath is hatched.
    format!(
        "<svg class=\"outlines\" width=\"0\" height=\"0\" aria-hidden=\"true\">\n\
         <defs>\n<pattern id=\"below\" width=\"22\" height=\"22\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><path d=\"M0 0V22\" stroke=\"#222\" stroke-width=\"9\"/>\
         </pattern>\n{defined}</defs>\n</svg>\n"
    )
}

const fn name(figure: Figure) -> &'static str {
    match figure {
        Figure::Straight => "straight",
        Figure::Profile => "profile",
        Figure::Seated => "seated",
    }
}

fn id(figure: Figure, part: Part) -> String {
    let part = match part {
        Part::Head => "head",
        Part::Trunk => "trunk",
        Part::Arm => "arm",
        Part::Leg => "leg",
        Part::Under => "under",
    };
    format!("{}-{part}", name(figure))
}

/// A closed line through these points.
fn drawn(corners: &[Point]) -> String {
    let points: Vec<String> = corners
        .iter()
        .map(|&(x, y)| format!("{:.0} {:.0}", x * UNIT, y * UNIT))
        .collect();
    format!("M{}Z", points.join("L"))
}

/// The picture of one phase; nothing where no stroke is in it.
pub(super) fn picture(number: usize, position: Position, segments: &[&Segment]) -> String {
    let figure = Figure::of(position);
    let worked = worked(figure, segments);
    if worked.is_empty() {
        return String::new();
    }
    let canvas = Canvas::new(position);
    let ((wide, high), (centre, middle)) = figure.extent();
    let (wide, high) = (wide * UNIT + 2.0 * ASIDE, high * UNIT + 24.0);
    let left = centre * canvas.right * UNIT - wide / 2.0;
    let top = middle * UNIT - high / 2.0;
    let mut picture = format!(
        "<svg class=\"map\" viewBox=\"{left:.0} {top:.0} {wide:.0} {high:.0}\" role=\"img\" \
         aria-labelledby=\"map-{number}\">\n<title id=\"map-{number}\">{}</title>\n",
        said(position, &worked)
    );
    picture.push_str(&canvas.body());
    for one in &worked {
        picture.push_str(&canvas.region(one));
    }
    picture.push_str(&canvas.inside());
    picture.push_str(&canvas.letters());
    picture.push_str(&canvas.arrows(segments));
    picture.push_str(&canvas.numbers(&worked));
    picture.push_str("</svg>\n");
    picture
}

/// What the picture shows, in words.
fn said(position: Position, worked: &[Worked]) -> String {
    let regions: Vec<String> = worked
        .iter()
        .map(|one| format!("{} ({})", named(one), steps(one)))
        .collect();
    format!(
        "The client {position}, {}. Shaded: {}",
        view(position),
        regions.join("; ")
    )
}

/// The region and its side.
fn named(worked: &Worked) -> String {
    let side = worked.side.map(|side| format!(", {side}"));
    format!("{}{}", worked.region, side.unwrap_or_default())
}

/// The steps that work it: `steps 2, 4`.
fn steps(worked: &Worked) -> String {
    let word = if worked.steps.len() == 1 {
        "step"
    } else {
        "steps"
    };
    format!("{word} {}", numbers_of(worked))
}

fn numbers_of(worked: &Worked) -> String {
    numbers(worked.steps.iter().copied())
}

/// The factors across with which a part is drawn: what is one side's is drawn
/// again for the other.
const fn halves(figure: Figure) -> &'static [f64] {
    if figure.has_sides() {
        &[1.0, -1.0]
    } else {
        &[1.0]
    }
}

/// A figure that is being drawn.
struct Canvas {
    position: Position,
    figure: Figure,
    parts: Vec<(Part, Shape)>,
    /// 1 where the client's left (or front) lies to the right, else -1.
    right: f64,
}

impl Canvas {
    fn new(position: Position) -> Self {
        let figure = Figure::of(position);
        Self {
            position,
            figure,
            parts: figure.parts(),
            right: rightwards(position),
        }
    }

    /// A point of the body on the page.
    fn place(&self, (x, y): Point) -> Point {
        // Never minus nothing.
        (x * self.right * UNIT + 0.0, y * UNIT)
    }

    /// The whole body, white, with a line round it.
    fn body(&self) -> String {
        let body = format!(
            "<use href=\"#{}\" transform=\"scale({:.0} 1)\"",
            name(self.figure),
            self.right
        );
        format!(
            "{body} fill=\"#fff\" stroke=\"#111\" stroke-width=\"13\"/>\n{body} fill=\"#fff\"/>\n"
        )
    }

    /// Lines inside: the spine or the face, and the limbs that lie above.
    fn inside(&self) -> String {
        let mut lines = String::new();
        if !self.figure.has_sides() {
            for part in [Part::Arm, Part::Leg] {
                let _ = write!(
                    lines,
                    "<use href=\"#{}\" transform=\"scale({:.0} 1)\" fill=\"none\" \
                     stroke=\"#666\" stroke-width=\"4\"/>",
                    id(self.figure, part),
                    self.right
                );
            }
        }
        for line in self.figure.marks(self.position) {
            for &(x, y) in *line {
                // The middle line's own dots stand on it.
                let halves: &[f64] = if x < STEP {
                    &[0.0]
                } else {
                    halves(self.figure)
                };
                for half in halves {
                    let (x, y) = self.place((x * half, y));
                    let _ = write!(
                        lines,
                        "<circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"5\" fill=\"#444\"/>"
                    );
                }
            }
        }
        format!("<g>{lines}</g>\n")
    }

    /// L and R: the client's own.
    fn letters(&self) -> String {
        if !self.figure.has_sides() {
            return String::new();
        }
        let mut letters = String::new();
        for (letter, x) in [("L", 0.14), ("R", -0.14)] {
            // Higher than a line to the head.
            let (x, y) = self.place((x, 0.016));
            let _ = write!(
                letters,
                "<text x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{letter}</text>",
                y + RISE
            );
        }
        format!("<g class=\"sides\">{letters}</g>\n")
    }

    /// A region's share, shaded.
    fn region(&self, worked: &Worked) -> String {
        let mut shapes = String::new();
        for &Patch(part, corners) in self.figure.region(worked.region) {
            let (least, _) = Shape::angular(corners).reach().0;
            for (half, from, to) in self.strips(worked.share, part, least < 0.0) {
                let corners = cut(&cut(corners, from, 1.0), to, -1.0);
                if corners.len() > 2 {
                    let _ = writeln!(
                        shapes,
                        "<path d=\"{}\" clip-path=\"url(#in-{})\" transform=\"scale({:.0} 1)\"/>",
                        drawn(&corners),
                        id(self.figure, part),
                        half * self.right
                    );
                }
            }
        }
        let fill = if is_hidden(self.position, worked.side) {
            "fill=\"url(#below)\""
        } else {
            "fill=\"#000\" fill-opacity=\".3\""
        };
        format!(
            "<g class=\"region\" {fill}><title>{}: {}</title>\n{shapes}</g>\n",
            named(worked),
            steps(worked)
        )
    }

    /// How a patch of a part is drawn: each time the factor across, and from
    /// where to where. One that lies `over` the midline is not parted there
    /// unless its sides are.
    fn strips(&self, share: Share, part: Part, over: bool) -> Vec<(f64, f64, f64)> {
        let is_one = over && part != Part::Arm;
        match share {
            Share::Whole if is_one || !self.figure.has_sides() => vec![(1.0, -9.0, 9.0)],
            Share::Whole => vec![(1.0, 0.0, 9.0), (-1.0, 0.0, 9.0)],
            Share::Halves => vec![(1.0, SPINE, 9.0), (-1.0, SPINE, 9.0)],
            Share::Left => vec![(1.0, SPINE, 9.0)],
            Share::Right => vec![(-1.0, SPINE, 9.0)],
            Share::Middle => vec![(1.0, -Share::MIDLINE, Share::MIDLINE)],
        }
    }

    /// Points spread evenly over a region's share, in body heights.
    fn points(&self, region: Region, share: Share) -> Vec<Point> {
        let patches = self.figure.patches(region, &self.parts);
        let sided = self.figure.has_sides();
        let mut points = Vec::new();
        for row in 0_u16..220 {
            let y = (f64::from(row) + 0.5) * STEP;
            let rows: Vec<(Row, Row)> = patches
                .iter()
                .map(|(outline, patch)| (outline.row(y), patch.row(y)))
                .collect();
            points.extend(
                (-60_i16..60)
                    .map(|column| (f64::from(column) + 0.5) * STEP)
                    .filter(|&x| {
                        let across = if sided { x.abs() } else { x };
                        let mut rows = rows.iter();
                        share.takes(x, SPINE)
                            && rows.any(|(outline, patch)| {
                                outline.holds(across) && patch.holds(across)
                            })
                    })
                    .map(|x| (x, y)),
            );
        }
        points
    }

    fn middle(&self, region: Region, share: Share) -> Option<Point> {
        middle(&self.points(region, share))
    }

    /// An arrow for each way that a stroke glides.
    fn arrows(&self, segments: &[&Segment]) -> String {
        let mut ways: Vec<(Region, Region, Share)> = Vec::new();
        for segment in segments {
            let Work::Stroke {
                region,
                toward: Some(toward),
                ..
            } = &segment.work
            else {
                continue;
            };
            let share = Share::of(self.figure, *region, segment.side);
            for &share in share.strokes(self.figure, *region) {
                let way = (*region, *toward, share);
                if region != toward && !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
        let mut drawn = String::new();
        for share in [Share::Whole, Share::Left, Share::Right] {
            let ways: Vec<_> = ways.iter().filter(|way| way.2 == share).collect();
            if ways.len() > MOST_ARROWS {
                continue;
            }
            // Side by side, from the midline outwards.
            let mut aside =
                BESIDE * (f64::from(u32::try_from(ways.len()).unwrap_or(1)) - 1.0) / -2.0;
            for &&(region, toward, share) in &ways {
                if let (Some(from), Some(to)) =
                    (self.middle(region, share), self.middle(toward, share))
                {
                    let corners = arrow(from, to, aside * outwards(share));
                    let placed: Vec<Point> =
                        corners.iter().map(|&(x, y)| (x * self.right, y)).collect();
                    if !placed.is_empty() {
                        let _ = write!(drawn, "<path d=\"{}\"/>", self::drawn(&placed));
                    }
                }
                aside += BESIDE;
            }
        }
        if drawn.is_empty() {
            return drawn;
        }
        format!(
            "<g class=\"arrows\" fill=\"#000\" stroke=\"#fff\" stroke-width=\"7\">{drawn}</g>\n"
        )
    }

    /// The steps' numbers, beside the figure, each with a line to its region.
    fn numbers(&self, worked: &[Worked]) -> String {
        let ((wide, high), (centre, _)) = self.figure.extent();
        // By the side of the page: -1 is its left.
        let mut columns: [(f64, Vec<Label>); 2] = [(-1.0, Vec::new()), (1.0, Vec::new())];
        for one in worked {
            let points = self.points(one.region, one.share);
            let Some(middle) = middle(&points) else {
                continue;
            };
            let [left, right] = &mut columns;
            // Beside its own side; what has none, where there is more room.
            let side = match one.share {
                Share::Left => self.right,
                Share::Right => -self.right,
                _ if !self.figure.has_sides() => (middle.0 - centre) * self.right,
                _ if left.1.len() < right.1.len() => -1.0,
                _ => 1.0,
            };
            let (page, labels) = if side < 0.0 { left } else { right };
            let end = edge(&points, middle, *page * self.right);
            labels.push(Label {
                end: self.place(end),
                lines: lines(&numbers_of(one)),
                top: 0.0,
            });
        }
        let mut drawn = String::new();
        for (page, labels) in &mut columns {
            spread(labels, high * UNIT);
            let x = centre * self.right * UNIT + *page * (wide / 2.0 * UNIT + GAP);
            let anchor = if *page < 0.0 { "end" } else { "start" };
            for label in labels {
                drawn.push_str(&label.drawn(x, *page, anchor));
            }
        }
        format!("<g class=\"numbers\">\n{drawn}</g>\n")
    }
}

/// Which way a share lies from the midline.
fn outwards(share: Share) -> f64 {
    if share == Share::Right { -1.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDES: [Option<Side>; 5] = [
        None,
        Some(Side::Left),
        Some(Side::Right),
        Some(Side::Both),
        Some(Side::Midline),
    ];

    fn one(figure: Figure, region: Region, side: Option<Side>) -> Worked {
        Worked {
            region,
            side,
            share: Share::of(figure, region, side),
            steps: vec![7],
        }
    }

    #[test]
    fn every_region_is_shaded_and_numbered_in_every_position() {
        for &position in Position::ALL {
            let canvas = Canvas::new(position);
            for &region in Region::ALL {
                for side in SIDES {
                    let what = format!("{position} {region} {side:?}");
                    let worked = one(canvas.figure, region, side);
                    let shaded = canvas.region(&worked);
                    assert!(shaded.contains("<path d=\"M"), "{what}: {shaded}");
                    assert!(canvas.numbers(&[worked]).contains(">7</text>"), "{what}");
                    let below = shaded.contains("url(#below)");
                    assert_eq!(below, is_hidden(position, side), "{what}");
                }
            }
        }
    }

    /// Where the paths of a text lie across, their mirroring undone.
    fn across(text: &str) -> Vec<f64> {
        text.split("<path d=\"M")
            .skip(1)
            .flat_map(|path| {
                let (points, rest) = path.split_once('Z').unwrap();
                let way = if rest.contains("scale(-1 1)") {
                    -1.0
                } else {
                    1.0
                };
                points
                    .split('L')
                    .map(move |point| {
                        let (x, _) = point.split_once(' ').unwrap();
                        x.parse::<f64>().unwrap() * way
                    })
                    .collect::<Vec<f64>>()
            })
            .collect()
    }

    #[test]
    fn a_side_is_shaded_beside_its_letter_and_its_number() {
        for position in [Position::Prone, Position::Supine, Position::Sitting] {
            let canvas = Canvas::new(position);
            let letters = canvas.letters();
            let letter = |name: &str| {
                let (before, _) = letters.split_once(&format!(">{name}</text>")).unwrap();
                let (_, x) = before.rsplit_once("x=\"").unwrap();
                x.split('"').next().unwrap().parse::<f64>().unwrap()
            };
            assert!((letter("L") + letter("R")).abs() < 1.0);
            for &region in Region::ALL {
                for (side, name) in [(Side::Left, "L"), (Side::Right, "R")] {
                    let worked = one(canvas.figure, region, Some(side));
                    let what = format!("{position} {region} {side}");
                    let beside = letter(name).signum();
                    let shaded = across(&canvas.region(&worked));
                    assert!(
                        shaded.iter().all(|x| x * beside > 0.0),
                        "{what}: {shaded:?}"
                    );
                    let anchor = if beside < 0.0 { "end" } else { "start" };
                    let numbers = canvas.numbers(&[worked]);
                    assert!(numbers.contains(&format!("\"{anchor}\">7<")), "{what}");
                }
            }
        }
    }
}
