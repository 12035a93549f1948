//! The rules of a session, each as a small script: what she presses when, and
//! what she then hears and sees.

#![expect(
    clippy::float_cmp,
    reason = "seconds of a few decimals, from whole nanoseconds, compare exactly"
)]

#[path = "session_rules/clock.rs"]
mod clock;
#[path = "session_rules/commands.rs"]
mod commands;
#[path = "session_rules/cues.rs"]
mod cues;
#[path = "session_rules/fit.rs"]
mod fit;
#[path = "session_rules/pause.rs"]
mod pause;
#[path = "session_rules/press.rs"]
mod press;
#[path = "session_rules/revision.rs"]
mod revision;
#[path = "support/script.rs"]
mod script;
#[path = "session_rules/undo.rs"]
mod undo;
