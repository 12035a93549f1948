//! Guided, timed Ashiatsu sessions.

pub mod check;
pub mod cue;
pub mod diagnostic;
pub mod document;
pub mod library;
pub mod paths;
pub mod plan;
pub mod routine;
pub mod session;
pub mod settings;
pub mod source;
