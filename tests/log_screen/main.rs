//! The practice log's screen and the debrief, played like scripts: presses in,
//! pictures and wishes out. No clock, terminal or disk takes part, but where a
//! log is read.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails says so by panicking"
)]

mod debrief;
#[path = "../support/entry.rs"]
mod entry;
mod log;
mod long;
mod rig;
