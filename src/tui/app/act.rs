//! What the program asks the shell for. It performs nothing itself, and must
//! not know how any of it is done.

use std::sync::Arc;
use std::time::Duration;

use crate::desk;
use crate::library::{Entry, Library};
use crate::memory::Memory;
use crate::plan::Plan;
use crate::routine::text::printable;
use crate::session::Input;
use crate::settings::Voice;
use crate::settings::splice::Change;
use crate::store::{self, Meta, SessionKey};
use crate::tui::live::SoundOrder;
use crate::tui::screens::aftercare::Form;

/// What the shell is asked to do.
#[derive(Debug, Clone)]
pub enum Act {
    /// Something for the speaker.
    Sound(SoundOrder),
    /// The sounds of a routine's own, and its spoken lines, are about to be
    /// needed.
    LoadSounds(Box<Entry>),
    /// The sounds of a routine's own may be others, while it is worked.
    ReloadSounds(Box<Entry>),
    /// Ask which sound devices there are.
    ListDevices,
    /// Steps are spoken from now on, or not.
    Voice(Voice),
    /// Find out whether the screen can be kept lit.
    TryAwake,
    /// Have the line spoken with which a voice is tried.
    SpeakSample,
    /// The first step has begun: nothing is prepared any more.
    Begun,
    /// Save the client's card in the current folder.
    SaveCard(Form),
    /// Copy a routine that ships to the user's own.
    CopyRoutine(Box<Entry>),
    /// Read all routines meanwhile, for all will be asked for.
    ReadAll(Library),
    /// Look again which routines there are.
    ReloadLibrary,
    /// Keep this for the next start.
    Remember(Memory),
    /// Write this into the settings file.
    Set(Change),
    /// Something of the running session, to be kept.
    Keep(Kept),
    /// Take an interrupted session from the store, to go on with it.
    GoOn(SessionKey),
    /// Something of the practice log.
    Log(LogOrder),
    /// Something for the routine that is shaped, on the disk.
    Desk(desk::Order),
    /// Give the terminal back and stop, until `fg`.
    Suspend,
    /// Leave with this exit code.
    Quit(u8),
}

/// What the practice log is asked for. Whatever is changed, what was asked
/// last is read again after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogOrder {
    /// Read it.
    Read,
    /// Read one session, step by step.
    Review(SessionKey),
    /// Keep a note with a session.
    SaveNote(SessionKey, String),
    /// Delete a session.
    Delete(SessionKey),
    /// Keep what the receiver felt.
    SetFelt(SessionKey, Option<Vec<store::Felt>>),
    /// Keep why a session ended early.
    SetReason(SessionKey, Option<store::Reason>),
}

impl LogOrder {
    /// What is said where it could not be done.
    #[must_use]
    pub fn refused(&self, why: &store::Trouble) -> String {
        let what = match self {
            Self::Read | Self::Review(_) => "not read",
            Self::SaveNote(..) => "the note is not kept",
            Self::Delete(_) => "the session is not deleted",
            Self::SetFelt(..) => "what the receiver felt is not kept",
            Self::SetReason(..) => "why it ended early is not kept",
        };
        printable(&format!("{what}: {why}"))
    }
}

/// What is kept of a running session.
#[derive(Debug, Clone)]
pub enum Kept {
    /// Its time 0 comes so much after now.
    Begin(Box<Meta>, Arc<Plan>, Duration),
    /// It was told something.
    Input(Box<Input>),
    /// It is over since its time so much, and its card is shown.
    Over(Duration),
    /// It is left: over, or kept for later.
    Close,
}
