//! The screens, one file each: what they hold, what a press does to it, how
//! it is drawn. None starts a session or makes a sound: they answer, and the
//! app acts.

pub mod aftercare;
pub mod debrief;
pub mod design;
pub mod help;
pub mod home;
pub mod log;
pub mod preflight;
pub mod session;
pub mod settings;
pub mod sounds;
