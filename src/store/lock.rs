//! The lock that a running session holds, so that no second copy of the
//! program resumes it. The system lets go of it when its holder dies, however
//! that happens.
//!
//! In the lock's file stands the session's last moment: writing sixteen bytes
//! in place costs a fraction of a transaction, so this is how the moments
//! between two transactions outlive the program, and, forced, the power.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::SessionKey;
use super::trouble::Trouble;

/// Held as long as this lives.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
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
            Ok(()) => Ok(Self { file, path }),
            Err(TryLockError::WouldBlock) => Err(Trouble::Taken),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Whether its file still stands under its name: another copy of the
    /// program would not find it otherwise.
    #[cfg(unix)]
    pub(super) fn is_in_place(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let place = |seen: fs::Metadata| (seen.dev(), seen.ino());
        let named = fs::metadata(&self.path).ok().map(place);
        named.is_some() && named == self.file.metadata().ok().map(place)
    }

    /// A file that is open can't be removed there.
    #[cfg(not(unix))]
    pub(super) fn is_in_place(&self) -> bool {
        true
    }

    /// Writes the session's last moment.
    pub(super) fn beat(&mut self, at: Duration) -> io::Result<()> {
        let nanos = u64::try_from(at.as_nanos()).unwrap_or(u64::MAX);
        let mut bytes = [0; 16];
        let (moment, check) = bytes.split_at_mut(8);
        moment.copy_from_slice(&nanos.to_le_bytes());
        check.copy_from_slice(&(!nanos).to_le_bytes());
        self.file.rewind()?;
        self.file.write_all(&bytes)
    }

    /// Makes the disk have the file's name. A disk that refuses will say so
    /// when something is written.
    pub(super) fn force_name(&self) {
        #[cfg(unix)]
        if let Some(folder) = self.path.parent() {
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
    }

    /// Makes the disk have the last moment that was written.
    pub(super) fn force(&self) -> io::Result<()> {
        self.file.sync_data()
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

/// The last moment of a session that its lock's file has, if any that is
/// whole.
pub(super) fn last_beat(folder: &Path, key: SessionKey) -> Option<Duration> {
    let bytes = fs::read(path(folder, key)).ok()?;
    let (moment, check) = bytes.split_first_chunk::<8>()?;
    let nanos = u64::from_le_bytes(*moment);
    let check = u64::from_le_bytes(*check.first_chunk::<8>()?);
    (check == !nanos).then(|| Duration::from_nanos(nanos))
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
