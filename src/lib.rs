//! Guided, timed Ashiatsu sessions.

pub mod cue;
pub mod diagnostic;
pub mod document;
pub mod plan;
pub mod routine;
pub mod session;
