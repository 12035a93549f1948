//! The edits: what may be asked for, and how one is made only if it comes out as it was meant.

mod clipboard;
mod groups;
mod insert;
mod moves;
mod scale;
mod set;
mod texts;

use std::ops::Range;
use std::time::Duration;

pub use clipboard::Clip;
pub use texts::Shift;

use super::outline::Outline;
use super::splice::{self, Splice};
use super::{Design, Edited, Refused, RowKind};
use crate::document::Document;
use crate::routine::MAX_BYTES;
use crate::routine::vocabulary::{Position, Region, TransitionKind};

/// Where something is inserted or pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Above this row, in its list. What can't stand there goes above the phase or sequence around
    /// it if it can stand there; a step above a phase goes to the end of the phase before.
    Before(usize),
    /// Below this row and all in it. Likewise; a step below a phase or sequence goes in it, as its
    /// first.
    After(usize),
    /// In this phase, sequence or group, as its last; a phase in the head's row.
    Into(usize),
}

/// What may be written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum New {
    /// `Step(stroke: ..., region: ..., time: ...)`
    Step {
        /// The stroke's name.
        stroke: String,
        /// Where.
        region: Region,
        /// How long, in whole seconds.
        time: Duration,
    },
    /// `Transition(kind: ..., time: ...)`
    Transition {
        /// What happens.
        kind: TransitionKind,
        /// How long, in whole seconds.
        time: Duration,
    },
    /// `Use("...")`
    Use(String),
    /// A phase with these in it, which may not be phases or sequences.
    Phase {
        /// Its name.
        name: String,
        /// How the client lies.
        position: Position,
        /// Its steps. A phase without any is an error until it has one.
        items: Vec<New>,
    },
    /// A sequence with these in it. It goes to `sequences`, wherever the spot is.
    Sequence {
        /// Its name.
        name: String,
        /// Its steps.
        items: Vec<New>,
    },
}

/// A group to put rows in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrap {
    /// `BothSides([...])`, around steps or whole phases.
    BothSides,
    /// `Repeat(n, [...])`, n from 1 to 99, around steps.
    Repeat(u32),
}

/// What the rows are to be after an edit: kinds and depths, in order.
pub(super) type Shape = Vec<(RowKind, usize)>;

/// An edit that is worked out and not made.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) splices: Vec<Splice>,
    pub(super) shape: Shape,
    /// The rows that were edited, as they will be.
    pub(super) rows: Range<usize>,
}

impl Design {
    /// What the rows are now.
    pub(super) fn shape(&self) -> Shape {
        self.rows()
            .iter()
            .map(|row| (row.kind, row.depth))
            .collect()
    }

    /// Makes an edit, if the text after it reads as it was meant.
    pub(super) fn commit(&mut self, planned: Planned) -> Result<Edited, Refused> {
        let splices = splice::ordered(self.text(), planned.splices).ok_or(Refused::WouldBreak)?;
        let cursor = planned.rows.start;
        if splices.is_empty() {
            self.set_cursor(cursor);
            return Ok(Edited {
                row: self.row,
                rows: planned.rows,
                changed: 0..0,
            });
        }
        let (text, back) = splice::apply(self.text(), &splices);
        if text.len() > MAX_BYTES && text.len() > self.text().len() {
            return Err(Refused::TooLarge);
        }
        let document = Document::parse(&text);
        let outline = Outline::of(&document).map_err(|_| Refused::WouldBreak)?;
        let shape = outline.rows.iter().map(|row| (row.kind, row.depth));
        if !shape.eq(planned.shape.iter().copied()) {
            return Err(Refused::WouldBreak);
        }
        let before = self.row;
        self.document = document;
        self.outline = Ok(outline);
        self.revision += 1;
        self.set_cursor(cursor);
        let edited = Edited {
            row: self.row,
            rows: planned.rows,
            changed: splice::changed(&back),
        };
        self.note(before, back);
        Ok(edited)
    }
}
