//! A document as a flat list of rows, as a table shows it, each with how long it lasts and where in the
//! expanded plan it stands. It reads the tree; it edits nothing.

use std::ops::Range;
use std::time::Duration;

pub use crate::plan::Facing;

use crate::document::Document;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// The routine's own fields; always the first row.
    Routine,
    /// A named list of steps under `sequences`.
    Sequence,
    /// A phase.
    Phase,
    /// A stroke.
    Step,
    /// What happens between strokes.
    Transition,
    /// A group worked on one side, then mirrored.
    BothSides,
    /// A group worked several times.
    Repeat,
    /// A sequence by its name.
    Use,
    /// Something in a list that is none of these. It can be moved and deleted as it is written.
    Unknown,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// How far in it stands: 0 for the head, sequences and phases.
    pub depth: usize,
    /// The row of the phase, sequence or group that it is in; none for the head, sequences and
    /// phases that stand in no group.
    pub parent: Option<usize>,
    /// Its position in its list, from 0.
    pub index: usize,
    /// The row behind the last that is in it.
    pub end: usize,
    /// Its bytes, without its comments and comma.
    pub range: Range<usize>,
    /// How long it lasts when worked once where it stands: of a `BothSides` both rounds, of a
    /// `Repeat` all, of a sequence and phase all that is in it. None while a time in it can't be read.
    pub length: Option<Duration>,
    /// Where it stands in the plan, in the plan's order: once for each time that it is worked. Empty
    /// for a sequence that is not used, and while the routine is too large to be expanded.
    pub occurrences: Vec<Occurrence>,
}

/// One of the times that a row is worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The number, from 1, of its first step in the plan.
    pub number: usize,
    /// How many steps of the plan come of it.
    pub steps: usize,
    /// When it begins; none behind a time that can't be read.
    pub start: Option<Duration>,
    /// Whether it is mirrored here.
    pub facing: Facing,
}

/// How long the routine lasts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum of all times that can be read.
    pub length: Duration,
    /// How many steps the plan has; of a routine that is too large for one as far as it was counted.
    pub steps: usize,
    /// How many of these have a time that can't be read.
    pub unread: usize,
}

/// Why a text has no rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooBroken {
    /// The first problem that makes nonsense of the rest, in one sentence without its full stop.
    pub message: String,
    /// Where.
    pub range: Range<usize>,
}

/// The rows of a document.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    pub(super) rows: Vec<Row>,
    pub(super) total: Total,
}

impl Outline {
    /// The rows of a document, if its shape is sound.
    pub(super) fn of(document: &Document) -> Result<Self, TooBroken> {
        document.root().ok_or_else(|| TooBroken {
            message: "the file is empty".to_owned(),
            range: 0..0,
        })?;
        Ok(Self {
            rows: Vec::new(),
            total: Total::default(),
        })
    }

    /// The innermost row that a byte belongs to.
    pub(super) fn row_at(&self, byte: usize) -> usize {
        let before = self.rows.partition_point(|row| row.range.start <= byte);
        before.saturating_sub(1)
    }
}
