//! Why something is not kept or can't be read, in a few words for one line of
//! the screen. It knows no screen and no session.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

use super::SessionKey;

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The user has no folder for the program's files.
    #[error("there is no home folder")]
    NoFolder,
    /// No room left.
    #[error("the disk is full")]
    Full,
    /// The disk refuses, full or failing: it does not say which.
    #[error("the disk can't be written")]
    Disk,
    /// The folder or the file may not be written.
    #[error("the folder can't be written")]
    ReadOnly,
    /// The folder or the file may not even be read.
    #[error("the folder can't be opened")]
    Closed,
    /// Another program holds the file.
    #[error("another program has locked the file")]
    Busy,
    /// The file is damaged, or no database at all.
    #[error("the file is damaged")]
    Damaged,
    /// A pipe, a device or a folder stands where the file should.
    #[error("sessions.db is no file")]
    NoFile,
    /// A newer version of the program wrote the file.
    #[error("the file is from a newer version of this program")]
    Newer,
    /// More came than could be kept while the disk did not answer.
    #[error("the disk does not answer")]
    Stuck,
    /// The session asked for is not there, or not to be resumed.
    #[error("there is no such session")]
    Gone,
    /// The session asked for runs in another window.
    #[error("the session runs in another window")]
    Taken,
    /// What was stored of a session can't be understood.
    #[error("what was stored of the session can't be understood")]
    Unreadable,
    /// Something else, in the system's words.
    #[error("{0}")]
    Other(String),
}

/// What the recorder tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The running session is kept again, from its beginning.
    Kept,
    /// The running session is not kept from here on, as long as this lasts.
    NotKept(Trouble),
    /// A damaged file was set aside; a fresh one is begun.
    SetAside(PathBuf),
    /// The session is over; all of it is in the file, or what stood in the way.
    Over(Result<SessionKey, Trouble>),
    /// The session is left, as [`Recorder::close`](super::Recorder::close) asked.
    Left,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Kept => f.write_str("the session is kept again"),
            Self::Over(Ok(_)) => f.write_str("the session is kept"),
            Self::Left => f.write_str("the session is left"),
            Self::NotKept(why) | Self::Over(Err(why)) => write!(f, "not kept: {why}"),
            Self::SetAside(path) => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                write!(
                    f,
                    "the practice log was damaged; it is set aside as {}",
                    name.to_string_lossy()
                )
            }
        }
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => Self::Full,
                ErrorCode::SystemIoFailure => Self::Disk,
                ErrorCode::ReadOnly => Self::ReadOnly,
                ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::Closed,
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed => Self::Busy,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged,
                _ => Self::Other(error.to_string()),
            },
            // A column that is not there or holds something else.
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Unreadable,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(_: serde_json::Error) -> Self {
        Self::Unreadable
    }
}
