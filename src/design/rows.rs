//! Where rows are in the text: places, and all bytes that move with one. It reads only.

use std::ops::Range;

use super::Design;
use crate::document::Place;

impl Design {
    /// The place of a row, as plans and diagnostics name it.
    #[must_use]
    pub fn place(&self, row: usize) -> Option<Place> {
        let _ = row;
        None
    }

    /// All bytes that move with a row: from the comments above it to the one behind it on its line.
    #[must_use]
    pub fn extent(&self, row: usize) -> Option<Range<usize>> {
        let _ = row;
        None
    }

    /// The text of a row's comments: those above it and the one behind it, without their slashes.
    #[must_use]
    pub fn comments(&self, row: usize) -> Vec<String> {
        let _ = row;
        Vec::new()
    }
}
