//! The screens, played like scripts: presses and waiting in, pictures out. No
//! clock, terminal or sound takes part.

#[path = "../support/letters.rs"]
mod letters;
mod pictures;
mod presses;
mod script;
mod sizes;
mod waking;
