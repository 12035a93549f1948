//! Keeps what the C libraries print off the screen: while a guard lives, file
//! descriptor 2 leads nowhere. It knows no sound and no screen.
//!
//! Begin it when the screen is taken over and drop it when the screen is given
//! back; a panic hook calls [`restore`] before it prints, since a panic's
//! message goes to the same place. Sound opens its devices on threads of its
//! own, so the guard has to live as long as the screen, not around a call.

use std::io;

#[cfg(unix)]
use std::{
    os::fd::OwnedFd,
    sync::{Mutex, PoisonError},
};

/// Where standard error led before.
#[cfg(unix)]
static BEFORE: Mutex<Option<OwnedFd>> = Mutex::new(None);

/// While it lives, standard error leads nowhere.
#[derive(Debug)]
#[must_use = "standard error comes back when this is dropped"]
pub struct Quiet(());

impl Quiet {
    /// Leads standard error nowhere. A second guard at the same time changes
    /// nothing more; the first one dropped brings it back.
    ///
    /// # Errors
    /// When the null device cannot be opened or the descriptor not replaced.
    pub fn begin() -> io::Result<Self> {
        #[cfg(unix)]
        {
            let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
            if before.is_none() {
                let nowhere = std::fs::OpenOptions::new().write(true).open("/dev/null")?;
                let kept = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stderr(), 3)?;
                rustix::stdio::dup2_stderr(&nowhere)?;
                *before = Some(kept);
            }
        }
        Ok(Self(()))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        restore();
    }
}

/// Brings standard error back, if it was led away. For panic hooks: it neither
/// panics nor waits for anyone but another change of the same kind.
pub fn restore() {
    #[cfg(unix)]
    {
        // A panic may come from within `begin`: then there is nothing to bring back yet.
        let Ok(mut before) = BEFORE.try_lock() else {
            return;
        };
        if let Some(kept) = before.take() {
            // Nothing is left to be done when this fails, nor anywhere to say it.
            let _ = rustix::stdio::dup2_stderr(&kept);
        }
    }
}
