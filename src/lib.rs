//! Guided, timed Ashiatsu sessions.

pub mod audio;
pub mod card;
pub mod check;
pub mod cli;
pub mod clock;
pub mod cue;
pub mod diagnostic;
pub mod document;
pub mod library;
pub mod markup;
pub mod memory;
pub mod paths;
pub mod plan;
pub mod preflight;
pub mod routine;
pub mod session;
pub mod settings;
pub mod source;
pub mod store;
pub mod summary;
pub mod tui;
