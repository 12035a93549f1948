//! The edits, each a function of a design. (Skeleton.)

use std::ops::Range;
use std::time::Duration;

use super::fields::Value;
use super::{Design, Edited, Refused};
use crate::routine::vocabulary::{Position, Region, TransitionKind};

/// Where something is inserted or pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Above this row, in its list; what can't stand there goes above the nearest group, phase or
    /// sequence around it beside which it can.
    Before(usize),
    /// Below this row and all in it. Likewise; and a step below a phase or sequence goes in it,
    /// as its first.
    After(usize),
    /// In this phase, sequence or group, as its last.
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

/// Rows that were cut or copied, with their comments. It can be pasted into any design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    text: String,
}

impl Clip {
    /// The text as it was written, with its comments.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many rows it holds, without those in groups.
    #[must_use]
    pub fn count(&self) -> usize {
        0
    }
}

impl Design {
    /// Writes a value in a field, in the way in which the field or its neighbours are written. `Flag(false)`
    /// clears. A sequence's new name is written wherever it is used, too.
    ///
    /// # Errors
    ///
    /// The row has no such field, or the value is none for it.
    pub fn set(&mut self, row: usize, field: &str, value: &Value) -> Result<Edited, Refused> {
        let _ = (row, field, value);
        Err(Refused::WouldBreak)
    }

    /// Reads what was typed for a field and writes it; nothing typed clears the field.
    ///
    /// # Errors
    ///
    /// As of [`set`](Self::set) and [`clear`](Self::clear); what was typed is no value.
    pub fn set_typed(&mut self, row: usize, field: &str, typed: &str) -> Result<Edited, Refused> {
        let _ = (row, field, typed);
        Err(Refused::WouldBreak)
    }

    /// Takes a field out.
    ///
    /// # Errors
    ///
    /// The row has no such field, or can't do without.
    pub fn clear(&mut self, row: usize, field: &str) -> Result<Edited, Refused> {
        let _ = (row, field);
        Err(Refused::WouldBreak)
    }

    /// Makes the steps and transitions among the rows longer or shorter by so many seconds each, as far
    /// as their own limits go, and not below a second. Groups and phases among the rows: all in them.
    ///
    /// # Errors
    ///
    /// None of them changes: all are at their limits, or there are none.
    pub fn adjust_time(&mut self, rows: Range<usize>, seconds: i64) -> Result<Edited, Refused> {
        let _ = (rows, seconds);
        Err(Refused::WouldBreak)
    }

    /// Writes something anew.
    ///
    /// # Errors
    ///
    /// It can't stand there, or a value in it can't be.
    pub fn insert(&mut self, spot: Spot, new: &New) -> Result<Edited, Refused> {
        let _ = (spot, new);
        Err(Refused::WouldBreak)
    }

    /// Writes rows a second time right below them, with their comments; a sequence under a new name.
    ///
    /// # Errors
    ///
    /// The rows are not in one list.
    pub fn duplicate(&mut self, rows: Range<usize>) -> Result<Edited, Refused> {
        let _ = rows;
        Err(Refused::WouldBreak)
    }

    /// Deletes rows with their comments.
    ///
    /// # Errors
    ///
    /// The rows are not in one list, or are the head.
    pub fn delete(&mut self, rows: Range<usize>) -> Result<Edited, Refused> {
        let _ = rows;
        Err(Refused::WouldBreak)
    }

    /// Moves rows one place up: above the row before them, into the end of a group before them, out
    /// of the group that they are the first of, or into the phase before.
    ///
    /// # Errors
    ///
    /// They are the first already.
    pub fn move_up(&mut self, rows: Range<usize>) -> Result<Edited, Refused> {
        let _ = rows;
        Err(Refused::WouldBreak)
    }

    /// Moves rows one place down, likewise.
    ///
    /// # Errors
    ///
    /// They are the last already.
    pub fn move_down(&mut self, rows: Range<usize>) -> Result<Edited, Refused> {
        let _ = rows;
        Err(Refused::WouldBreak)
    }

    /// Copies rows with their comments.
    ///
    /// # Errors
    ///
    /// The rows are not in one list, or are the head.
    pub fn copy(&self, rows: Range<usize>) -> Result<Clip, Refused> {
        let _ = rows;
        Err(Refused::WouldBreak)
    }

    /// Copies rows and deletes them.
    ///
    /// # Errors
    ///
    /// As of [`copy`](Self::copy).
    pub fn cut(&mut self, rows: Range<usize>) -> Result<(Clip, Edited), Refused> {
        let _ = rows;
        Err(Refused::WouldBreak)
    }

    /// Puts a clip's rows into the text, indented as they are there and with its line ends.
    ///
    /// # Errors
    ///
    /// They can't stand there.
    pub fn paste(&mut self, spot: Spot, clip: &Clip) -> Result<Edited, Refused> {
        let _ = (spot, clip);
        Err(Refused::WouldBreak)
    }

    /// Puts rows in a group of their own, where they stand.
    ///
    /// # Errors
    ///
    /// The rows are not in one list, or such a group can't hold them.
    pub fn wrap(&mut self, rows: Range<usize>, wrap: Wrap) -> Result<Edited, Refused> {
        let _ = (rows, wrap);
        Err(Refused::WouldBreak)
    }

    /// Puts what is in a group in the group's place. The group's own comments stay above it.
    ///
    /// # Errors
    ///
    /// The row is no group, or an empty one.
    pub fn unwrap(&mut self, row: usize) -> Result<Edited, Refused> {
        let _ = row;
        Err(Refused::WouldBreak)
    }

    /// Changes the times of all steps written in a phase, sequence or group in proportion, in whole
    /// seconds and within their own limits, so that it lasts this long when worked once. What it uses
    /// of sequences stays. Where no whole seconds give the length, it comes as near below as they do.
    ///
    /// # Errors
    ///
    /// The limits of the steps do not allow the length; a time can't be read.
    pub fn scale(&mut self, row: usize, length: Duration) -> Result<Edited, Refused> {
        let _ = (row, length);
        Err(Refused::WouldBreak)
    }
}
