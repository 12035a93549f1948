//! The lock that a running session holds, so that no second copy of the
//! program resumes it. The system lets go of it when its holder dies, however
//! that happens.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::SessionKey;
use super::trouble::Trouble;

/// Held as long as this lives.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock of a session.
    pub(super) fn take(folder: &Path, key: SessionKey) -> Result<Self, Trouble> {
        let path = path(folder, key);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file, path }),
            Err(TryLockError::WouldBlock) => Err(Trouble::Taken),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Lets go of the lock of a session that nobody will resume.
    pub(super) fn discard(self) {
        // A file that stays behind only costs its name.
        let _ = fs::remove_file(&self.path);
    }
}

fn path(folder: &Path, key: SessionKey) -> PathBuf {
    folder.join(format!("session-{}.lock", key.0))
}

/// Whether the session runs somewhere now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Runs {
    /// It does.
    Somewhere,
    /// It does not.
    Nowhere,
}

/// Whether a session runs somewhere now.
pub(super) fn runs(folder: &Path, key: SessionKey) -> Runs {
    let Ok(file) = File::open(path(folder, key)) else {
        return Runs::Nowhere;
    };
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Runs::Somewhere,
        Ok(()) | Err(TryLockError::Error(_)) => Runs::Nowhere,
    }
}
