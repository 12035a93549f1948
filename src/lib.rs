//! Guided, timed Ashiatsu sessions.

pub mod cue;
