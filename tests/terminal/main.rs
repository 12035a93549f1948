//! The program as it is used: the real binary in a real pseudo-terminal, in
//! real time, read through the model of a terminal's screen.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that fails says so by panicking; a measured figure is printed"
)]
#![cfg(unix)]

mod awake;
mod broken_sound;
mod design;
mod disk;
mod leaving;
#[path = "../support/letters.rs"]
#[expect(dead_code, reason = "shared with the tests of the screens")]
mod letters;
#[path = "../support/mounted.rs"]
mod mounted;
#[path = "../support/ogg.rs"]
mod ogg;
mod own_sound;
mod practice;
mod rehearsal;
mod session;
mod stopping;
mod terminal;
mod unread;
