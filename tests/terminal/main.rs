//! The program as it is used: the real binary in a real pseudo-terminal, in
//! real time, read through the model of a terminal's screen.

#![cfg(unix)]

mod leaving;
#[path = "../support/letters.rs"]
#[expect(dead_code, reason = "shared with the tests of the screens")]
mod letters;
mod session;
mod stopping;
mod terminal;
