//! How long rows last and where they stand in the expanded plan. It knows rows and times, no text.
//! What it says is what `plan::expand` makes of the same routine; but it also says something of one that
//! can't be read yet.

use std::time::Duration;

use super::outline::{Facing, Occurrence, Timing, Total, Written};
use crate::routine::{MAX_NESTING, MAX_STEPS};

/// How large something is once expanded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Size {
    length: Duration,
    steps: u64,
    /// How many of the steps have no time that can be read.
    unread: u64,
    bounds: Bounds,
}

/// Whether something can be expanded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Bounds {
    #[default]
    Known,
    /// A sequence uses itself, or lies too deep.
    Endless,
}

impl Size {
    fn and(self, other: Self) -> Self {
        Self {
            length: self.length.saturating_add(other.length),
            steps: self.steps.saturating_add(other.steps),
            unread: self.unread.saturating_add(other.unread),
            bounds: match (self.bounds, other.bounds) {
                (Bounds::Known, Bounds::Known) => Bounds::Known,
                _ => Bounds::Endless,
            },
        }
    }

    fn times(self, times: u32) -> Self {
        Self {
            length: self.length.saturating_mul(times),
            steps: self.steps.saturating_mul(u64::from(times)),
            unread: self.unread.saturating_mul(u64::from(times)),
            bounds: self.bounds,
        }
    }

    fn known_length(self) -> Option<Duration> {
        (self.unread == 0 && self.bounds == Bounds::Known).then_some(self.length)
    }
}

#[derive(Debug, Clone, Copy)]
enum Known {
    Unseen,
    Open,
    Size(Size),
}

/// Fills in lengths and occurrences, and gives the sum.
pub(super) fn place(rows: &mut [Written], sequences: &[usize]) -> Total {
    let mut scale = Scale {
        rows,
        known: vec![Known::Unseen; rows.len()],
    };
    for &sequence in sequences {
        scale.sequence(sequence, 0);
    }
    let sum = scale.list(1, scale.rows.len(), 0, Whole::Phases);
    let sizes = scale.known;
    for (written, known) in rows.iter_mut().zip(&sizes) {
        written.row.length = match known {
            Known::Size(size) => size.known_length(),
            Known::Unseen | Known::Open => None,
        };
    }
    if let Some(head) = rows.first_mut() {
        head.row.length = sum.known_length();
    }
    if sum.bounds == Bounds::Known && sum.steps <= MAX_STEPS as u64 {
        let mut walk = Walk {
            rows,
            sizes: &sizes,
            number: 1,
            start: Some(Duration::ZERO),
        };
        walk.list(1, walk.rows.len(), Facing::AsWritten, Whole::Phases);
        walk.mark(0, 1, Some(Duration::ZERO), Facing::AsWritten);
    }
    Total {
        length: sum.length,
        steps: sum.steps,
        unread: sum.unread,
    }
}

/// Which rows of a list count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// All.
    List,
    /// All but a `ChangeSides` at its end.
    Again,
    /// All but sequences.
    Phases,
}

/// The rows of a list that are worked, from `at` to `end`.
fn worked(rows: &[Written], at: usize, end: usize, whole: Whole) -> impl Iterator<Item = usize> {
    let mut next = at;
    std::iter::from_fn(move || {
        loop {
            let at = next;
            let written = rows.get(at).filter(|_| at < end)?;
            next = written.row.end;
            let is_left_out = match whole {
                Whole::List => false,
                Whole::Again => next >= end && matches!(written.timing, Timing::ChangeSides(_)),
                Whole::Phases => written.row.kind == super::RowKind::Sequence,
            };
            if !is_left_out {
                return Some(at);
            }
        }
    })
}

struct Scale<'a> {
    rows: &'a [Written],
    /// By row.
    known: Vec<Known>,
}

impl Scale<'_> {
    fn list(&mut self, at: usize, end: usize, uses: usize, whole: Whole) -> Size {
        let rows = self.rows;
        worked(rows, at, end, whole).fold(Size::default(), |sum, at| sum.and(self.row(at, uses)))
    }

    /// The size of a row; `uses` counts the sequences around it.
    fn row(&mut self, at: usize, uses: usize) -> Size {
        let rows = self.rows;
        let Some(written) = rows.get(at) else {
            return Size::default();
        };
        if let Some(Known::Size(size)) = self.known.get(at) {
            return *size;
        }
        let inside = |this: &mut Self, whole| this.list(at + 1, written.row.end, uses, whole);
        let size = match &written.timing {
            Timing::Time(time) | Timing::ChangeSides(time) => Size {
                length: time.unwrap_or_default(),
                steps: 1,
                unread: u64::from(time.is_none()),
                bounds: Bounds::Known,
            },
            Timing::Times(times) => {
                let once = inside(self, Whole::List);
                let mut size = once.times(times.unwrap_or(1));
                if times.is_none() && once.steps > 0 {
                    size.unread = size.unread.max(1);
                }
                size
            }
            Timing::Twice => inside(self, Whole::List).and(inside(self, Whole::Again)),
            Timing::Sequence(sequence) => self.sequence(*sequence, uses + 1),
            Timing::Unread => Size {
                unread: 1,
                ..Size::default()
            },
            Timing::Once => inside(self, Whole::List),
        };
        self.know(at, Known::Size(size));
        size
    }

    fn sequence(&mut self, at: usize, uses: usize) -> Size {
        let endless = Size {
            bounds: Bounds::Endless,
            ..Size::default()
        };
        match self.known.get(at) {
            Some(Known::Size(size)) => return *size,
            Some(Known::Open) | None => return endless,
            // Deeper than a routine may be; and what recurses must end before the stack does.
            Some(Known::Unseen) if uses > MAX_NESTING => return endless,
            Some(Known::Unseen) => {}
        }
        let Some(end) = self.rows.get(at).map(|written| written.row.end) else {
            return endless;
        };
        self.know(at, Known::Open);
        let size = self.list(at + 1, end, uses, Whole::List);
        self.know(at, Known::Size(size));
        size
    }

    fn know(&mut self, at: usize, known: Known) {
        if let Some(slot) = self.known.get_mut(at) {
            *slot = known;
        }
    }
}

/// Works a routine that is known to have an end.
struct Walk<'a> {
    rows: &'a mut [Written],
    sizes: &'a [Known],
    number: usize,
    start: Option<Duration>,
}

impl Walk<'_> {
    fn list(&mut self, at: usize, end: usize, facing: Facing, whole: Whole) {
        let items: Vec<usize> = worked(self.rows, at, end, whole).collect();
        for at in items {
            self.row(at, facing);
        }
    }

    fn row(&mut self, at: usize, facing: Facing) {
        // What gives no steps could still be worked a million times.
        let is_empty = !matches!(self.sizes.get(at), Some(Known::Size(size)) if size.steps > 0);
        let Some(written) = self.rows.get(at).filter(|_| !is_empty) else {
            if matches!(self.sizes.get(at), Some(Known::Size(size)) if size.unread > 0) {
                self.start = None;
            }
            return;
        };
        let (number, start) = (self.number, self.start);
        let end = written.row.end;
        match written.timing {
            Timing::Time(time) | Timing::ChangeSides(time) => {
                self.number += 1;
                self.start = self.start.zip(time).map(|(start, time)| start + time);
            }
            Timing::Times(times) => {
                for _ in 0..times.unwrap_or(1) {
                    self.list(at + 1, end, facing, Whole::List);
                }
                if times.is_none() {
                    self.start = None;
                }
            }
            Timing::Twice => {
                self.list(at + 1, end, facing, Whole::List);
                self.list(at + 1, end, facing.mirrored(), Whole::Again);
            }
            Timing::Sequence(sequence) => self.row(sequence, facing),
            Timing::Unread => {}
            Timing::Once => self.list(at + 1, end, facing, Whole::List),
        }
        self.mark(at, number, start, facing);
    }

    /// Notes that a row was worked from there to here.
    fn mark(&mut self, at: usize, number: usize, start: Option<Duration>, facing: Facing) {
        let steps = self.number - number;
        if let Some(written) = self.rows.get_mut(at).filter(|_| steps > 0) {
            written.row.occurrences.push(Occurrence {
                number,
                steps,
                start,
                facing,
            });
        }
    }
}
