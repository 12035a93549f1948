//! Guided, timed Ashiatsu (barefoot massage) sessions: a pure core in a thin
//! shell. `ARCHITECTURE.md` has the whole map.
//!
//! The core: a routine's text is a [`document`] of positions, [`check`]ed and
//! read into a [`routine`] that is valid by construction, and placed in time as
//! a [`plan`]; a [`design`] is that text while its author shapes it. A
//! [`session`] is one run of it, a fold over inputs; [`summary`] and [`card`]
//! are derived at its end. A [`sheet`] is the plan on paper. It is told the time and knows no clock, terminal,
//! disk or sound.
//!
//! The shell: [`cli`] and [`tui`] ask the [`clock`], read [`settings`] and the
//! [`library`], draw, have [`audio`] heard, and keep what is to be kept.

pub mod audio;
pub mod awake;
pub mod card;
pub mod check;
pub mod cli;
pub mod clock;
pub mod cue;
pub mod design;
pub mod desk;
pub mod diagnostic;
pub mod document;
mod figure;
pub mod library;
pub mod markup;
pub mod memory;
pub mod new_file;
pub mod paths;
pub mod plan;
pub mod preflight;
pub mod routine;
pub mod session;
pub mod settings;
pub mod sheet;
pub mod source;
pub mod store;
pub mod summary;
pub mod tui;
pub mod voice;
pub mod watch;
