//! What was edited, step by step, and the way back. It keeps splices, never whole texts.

use super::splice::Splice;

/// One edit: how it is taken back, or made again.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// Ordered splices that lead away from here.
    pub(super) splices: Vec<Splice>,
    /// Where the cursor stood before the edit.
    pub(super) before: usize,
    /// Where it stood right after.
    pub(super) after: usize,
}

/// All edits, without end.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    pub(super) done: Vec<Change>,
    pub(super) undone: Vec<Change>,
}
