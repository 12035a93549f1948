//! What is kept of a session, and what becomes of it: by the program's death,
//! by a disk that fails, by a second copy, by the years.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cues;
mod damage;
mod disk;
mod fold;
mod garbage;
mod kill;
mod log;
#[path = "../support/mounted.rs"]
mod mounted;
mod resume;
mod rig;
#[path = "../support/script.rs"]
mod script;
