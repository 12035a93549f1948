//! The designer's edits against the texts that they change: what a reader sees before and after, and
//! what holds whatever is edited.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test: what is wrong with it shall fail loudly"
)]

mod before_and_after;
mod broken;
mod diff;
mod model;
mod random;
mod refusals;
mod rows;
mod writer;

use std::ops::Range;

use ashiatsu::design::Design;

/// The sample of the format.
const GROUNDING: &str = include_str!("../document/grounding.ron");

/// The first row of that title.
fn row(design: &Design, title: &str) -> usize {
    let mut rows = 0..design.rows().len();
    rows.find(|row| design.title(*row) == title)
        .unwrap_or_else(|| panic!("no row {title}"))
}

/// The rows from one title to another.
fn rows(design: &Design, first: &str, last: &str) -> Range<usize> {
    row(design, first)..row(design, last) + 1
}
