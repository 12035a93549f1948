//! What holds of every session, whatever is pressed and however time is cut.

#![expect(
    clippy::unwrap_used,
    clippy::unchecked_time_subtraction,
    reason = "a test: what is wrong with it, or with the session, shall fail loudly"
)]

mod holds;
mod made;
mod odd;
#[path = "../support/script.rs"]
mod script;
mod time;
