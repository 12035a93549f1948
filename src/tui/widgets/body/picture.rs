//! The body map as dots: which of them are outline, lit, next or worked. It
//! knows sizes in dots, no cells and no colours.

use super::arrow::Arrow;
use super::{Head, Spot};
use crate::figure::shape::{Point, Row, Shape};
use crate::figure::share::Share;
use crate::figure::{Figure, Part, rightwards};
use crate::routine::vocabulary::{Position, Region, Side};

/// What a dot is for; the later outshines the earlier where both share a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ink {
    /// Nothing.
    None,
    /// Worked already.
    Worked,
    /// Lines inside the body.
    Mark,
    /// The body's edge.
    Outline,
    /// To be worked next.
    Next,
}

/// Half of the gap at the spine between two lit sides, in dots.
const SPINE: f64 = 1.0;
/// An arrow may be cut out of what is so many times as large.
const MOST_CUT: usize = 6;

/// Where the figure lies among the dots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    /// Dots across and down.
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Dots to a body height.
    scale: f64,
    /// What lies in the middle of the dots.
    centre: Point,
    /// 1 or -1: what a step to the right and down means for the figure.
    turn: (f64, f64),
}

/// How wide a figure is for its height.
pub(super) fn slimness(figure: Figure) -> f64 {
    let ((wide, high), _) = figure.extent();
    wide / high
}

/// A count of dots as a length.
fn length(dots: usize) -> f64 {
    u32::try_from(dots).map_or(f64::from(u32::MAX), f64::from)
}

impl Frame {
    pub(super) fn new(position: Position, head: Head, columns: usize, rows: usize) -> Self {
        let figure = Figure::of(position);
        let ((wide, high), centre) = figure.extent();
        let scale = (length(columns) / wide).min(length(rows) / high);
        let right = rightwards(position);
        // Turned by half a circle, both ways are reversed. Who sits has the
        // head up.
        let turn = match (head, position) {
            (Head::Down, Position::Sitting) | (Head::Up, _) => (right, 1.0),
            (Head::Down, _) => (-right, -1.0),
        };
        Self {
            columns,
            rows,
            scale,
            centre,
            turn,
        }
    }

    /// The point of the body at a place among the dots: towards the client's
    /// left (or front), and down from the crown.
    fn body(&self, x: f64, y: f64) -> Point {
        (
            (x - length(self.columns) / 2.0) / self.scale * self.turn.0 + self.centre.0,
            (y - length(self.rows) / 2.0) / self.scale * self.turn.1 + self.centre.1,
        )
    }

    /// The place among the dots of a point of the body.
    pub(super) fn place(&self, (x, y): Point) -> Point {
        (
            (x - self.centre.0) * self.turn.0 * self.scale + length(self.columns) / 2.0,
            (y - self.centre.1) * self.turn.1 * self.scale + length(self.rows) / 2.0,
        )
    }

    /// The column counted from the middle, the same on both sides.
    fn off_middle(&self, column: usize) -> usize {
        let half = self.columns / 2;
        if column < half {
            half - 1 - column
        } else {
            column - half
        }
    }
}

/// The figure's parts and how it lies, ready to be asked about points.
pub(super) struct Body {
    pub(super) frame: Frame,
    figure: Figure,
    parts: Vec<(Part, Shape)>,
}

impl Body {
    pub(super) fn new(position: Position, frame: Frame) -> Self {
        let figure = Figure::of(position);
        Self {
            frame,
            figure,
            parts: figure.parts(),
        }
    }

    /// Across, as the shapes have it: of a figure with two sides one half is
    /// drawn for both.
    fn across(&self, x: f64) -> f64 {
        if self.figure.has_sides() { x.abs() } else { x }
    }

    /// A grid of what `holds` says of a row's points; its bits are `tall` dots
    /// high.
    fn mask<Holds: Fn(f64) -> bool>(&self, tall: usize, row: impl Fn(usize) -> Holds) -> Mask {
        let (columns, rows) = (self.frame.columns, self.frame.rows / tall);
        let bits = (0..rows)
            .flat_map(|index| {
                let holds = row(index);
                (0..columns).map(move |column| holds(length(column) + 0.5))
            })
            .collect();
        Mask {
            columns,
            tall,
            bits,
        }
    }

    /// How far down the middle of a row of bits is, in dots.
    fn down(row: usize, tall: usize) -> f64 {
        (length(row) + 0.5) * length(tall)
    }

    /// All of it.
    pub(super) fn whole(&self) -> Mask {
        self.mask(1, |row| {
            let down = Self::down(row, 1);
            let (_, y) = self.frame.body(0.0, down);
            let rows: Vec<Row> = self.parts.iter().map(|(_, part)| part.row(y)).collect();
            move |x| {
                let across = self.across(self.frame.body(x, down).0);
                rows.iter().any(|row| row.holds(across))
            }
        })
    }

    /// A region, or a side of it; each bit is `tall` dots high.
    pub(super) fn region(&self, region: Region, side: Option<Side>, tall: usize) -> Mask {
        let share = Share::of(self.figure, region, side);
        self.share(region, share, tall)
    }

    fn share(&self, region: Region, share: Share, tall: usize) -> Mask {
        let spine = SPINE / self.frame.scale;
        let patches = self.figure.patches(region, &self.parts);
        self.mask(tall, |row| {
            let down = Self::down(row, tall);
            let (_, y) = self.frame.body(0.0, down);
            let rows: Vec<(Row, Row)> = patches
                .iter()
                .map(|(outline, patch)| (outline.row(y), patch.row(y)))
                .collect();
            move |x| {
                let (x, _) = self.frame.body(x, down);
                let across = self.across(x);
                share.takes(x, spine)
                    && rows
                        .iter()
                        .any(|(outline, patch)| outline.holds(across) && patch.holds(across))
            }
        })
    }

    /// What shapes of dots cover.
    pub(super) fn cover<'a>(&self, shapes: impl Iterator<Item = &'a Shape>, tall: usize) -> Mask {
        let shapes: Vec<&Shape> = shapes.collect();
        self.mask(tall, |row| {
            let y = Self::down(row, tall);
            let rows: Vec<Row> = shapes.iter().map(|shape| shape.row(y)).collect();
            move |x| rows.iter().any(|row| row.holds(x))
        })
    }

    /// The arrows of a stroke.
    pub(super) fn arrows(&self, spot: Spot) -> Vec<Arrow> {
        let Some(toward) = spot.toward.filter(|&toward| toward != spot.region) else {
            return Vec::new();
        };
        let share = Share::of(self.figure, spot.region, spot.side);
        let shares = share.strokes(self.figure, spot.region);
        let Some(arrow) = shares
            .first()
            .and_then(|&share| self.arrow(spot.region, toward, share))
        else {
            return Vec::new();
        };
        // The other side's is its mirror image to the dot.
        let other = (shares.len() > 1).then(|| arrow.flipped(length(self.frame.columns)));
        std::iter::once(arrow).chain(other).collect()
    }

    fn arrow(&self, region: Region, toward: Region, share: Share) -> Option<Arrow> {
        let lit = self.share(region, share, 1);
        let to = self.share(toward, share, 1).middle()?;
        let is_lit = |at| self.dot_at(at).is_some_and(|(x, y)| lit.holds(x, y));
        let has_room = |cut: &Shape| {
            let cut = self.cover(std::iter::once(cut), 1);
            let inside = cut.set().filter(|&(x, y)| lit.holds(x, y)).count();
            inside == cut.set().count() && inside * MOST_CUT <= lit.set().count()
        };
        Arrow::new(lit.middle()?, to, self.frame.scale, is_lit, has_room)
    }

    /// The dot at a place.
    pub(super) fn dot_at(&self, (x, y): Point) -> Option<(usize, usize)> {
        let index = |at: f64, count: usize| {
            (0..count).find(|&dot| (length(dot)..length(dot + 1)).contains(&at))
        };
        Some((index(x, self.frame.columns)?, index(y, self.frame.rows)?))
    }

    /// Dots of the lines inside.
    pub(super) fn marks(&self, position: Position) -> Vec<Point> {
        let lines = self.figure.marks(position).iter();
        let points = lines.flat_map(|line| line.iter());
        points
            .flat_map(|&(x, y)| [(x, y), (-x, y)])
            .map(|point| self.frame.place(point))
            .collect()
    }

    /// A sparse dot or none: the same left and right of the middle.
    pub(super) fn sparse(&self, column: usize, row: usize, every: usize) -> bool {
        let column = self.frame.off_middle(column);
        row.is_multiple_of(every) && column % every == (row / every) % 2 * (every / 2)
    }
}

/// A grid of yes and no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mask {
    columns: usize,
    /// Dots to each bit's height.
    tall: usize,
    bits: Vec<bool>,
}

impl Mask {
    /// Whether the bit is set; none is beyond the edges.
    pub(super) fn holds(&self, column: usize, row: usize) -> bool {
        let index = row
            .checked_mul(self.columns)
            .and_then(|start| start.checked_add(column));
        column < self.columns && index.and_then(|index| self.bits.get(index)) == Some(&true)
    }

    /// The bits that are set.
    pub(super) fn set(&self) -> impl Iterator<Item = (usize, usize)> {
        let columns = self.columns.max(1);
        self.bits
            .iter()
            .enumerate()
            .filter(|(_, bit)| **bit)
            .map(move |(index, _)| (index % columns, index / columns))
    }

    /// Whether a bit is set at or round this one.
    pub(super) fn is_near(&self, column: usize, row: usize) -> bool {
        let about = |at: usize| at.saturating_sub(1)..=at + 1;
        about(row).any(|y| about(column).any(|x| self.holds(x, y)))
    }

    /// Whether the bit is set and one beside it is not.
    pub(super) fn is_edge(&self, column: usize, row: usize) -> bool {
        let beside = [
            (column.wrapping_sub(1), row),
            (column + 1, row),
            (column, row.wrapping_sub(1)),
            (column, row + 1),
        ];
        self.holds(column, row) && !beside.iter().all(|&(x, y)| self.holds(x, y))
    }

    /// The middle of what is set, in dots.
    pub(super) fn middle(&self) -> Option<Point> {
        let (mut count, mut sum) = (0.0, (0.0, 0.0));
        for (column, row) in self.set() {
            count += 1.0;
            sum.0 += length(column) + 0.5;
            sum.1 += (length(row) + 0.5) * length(self.tall);
        }
        (count > 0.0).then(|| (sum.0 / count, sum.1 / count))
    }
}
