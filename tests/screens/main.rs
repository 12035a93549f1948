//! The screens, played like scripts: presses and waiting in, pictures out. No
//! clock, terminal or sound takes part.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails says so by panicking"
)]

mod alone;
mod design;
mod ear;
mod focus;
#[path = "../support/letters.rs"]
mod letters;
mod list_presses;
mod offers;
mod one_button;
mod pictures;
mod presses;
mod recall;
mod rehearsal;
mod script;
mod settings;
mod sizes;
mod until;
mod waking;
