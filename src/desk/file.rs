//! A routine's file written so that it is whole at any moment: beside it, read again, and renamed.
//! A link leads to its target, permissions stay.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Save;
use crate::check::check;
use crate::source::{self, Folder};

/// Whether a save goes over what somebody else has saved meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It does not: that is asked first.
    Nothing,
    /// It does.
    Anything,
}

/// Why a file is not saved; it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotSaved {
    /// It holds something else than was read from it.
    #[error("the file has changed on the disk meanwhile")]
    Changed,
    /// There is one already where none was.
    #[error("there is such a file already")]
    Exists,
    /// It is write-protected.
    #[error("the file is write-protected")]
    Protected,
    /// What was read again is something else.
    #[error("what was read again is not what was written")]
    NotTheSame,
    /// The disk says this.
    #[error("{0}")]
    Disk(#[from] io::Error),
}

/// Saves a text.
///
/// # Errors
///
/// Why the file is as it was.
pub fn save(wanted: &Save) -> Result<(), NotSaved> {
    let target = target(&wanted.path)?;
    let there = match fs::metadata(&target) {
        Ok(there) => Some(there),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    if let Some(there) = &there {
        if there.permissions().readonly() {
            return Err(NotSaved::Protected);
        }
        if !there.is_file() {
            return Err(io::Error::other("this is no plain file").into());
        }
    }
    if wanted.over == Over::Nothing {
        let holds = match &there {
            None => None,
            Some(_) => Some(fs::read(&target)?),
        };
        match (&holds, &wanted.expected) {
            (Some(_), None) => return Err(NotSaved::Exists),
            (Some(holds), Some(expected)) if holds != expected.as_bytes() => {
                return Err(NotSaved::Changed);
            }
            (None, Some(_)) => return Err(NotSaved::Changed),
            _ => {}
        }
    }
    let beside = beside(&target)?;
    let written = write_beside(&beside, &target, wanted, there.as_ref());
    if written.is_err() {
        // The reason for it is what is told.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_beside(
    beside: &Path,
    target: &Path,
    wanted: &Save,
    there: Option<&fs::Metadata>,
) -> Result<(), NotSaved> {
    write_new(beside, wanted.text.as_bytes(), there.map(|_| 0o600))?;
    if let Some(there) = there {
        fs::set_permissions(beside, there.permissions())?;
    }
    let again = source::read(beside);
    if again.trouble.is_some() || again.text != wanted.text {
        return Err(NotSaved::NotTheSame);
    }
    // The same bytes mean the same to ron, unless something is wrong with this machine.
    let folder = Folder::of(target);
    if check(&again.text, &folder).routine != check(&wanted.text, &folder).routine {
        return Err(NotSaved::NotTheSame);
    }
    fs::rename(beside, target)?;
    if let Some(folder) = target.parent()
        && let Ok(folder) = File::open(folder)
    {
        // Not every file system can; the file is whole either way.
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Writes a file that is not there yet, down to the disk.
pub(super) fn write_new(path: &Path, bytes: &[u8], mode: Option<u32>) -> io::Result<()> {
    match fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if let Some(mode) = mode {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    }
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The file itself, behind all links.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    // A link to nothing yet leads there all the same.
    for _ in 0..40 {
        match fs::read_link(&target) {
            Ok(link) => {
                let folder = target.parent().unwrap_or(Path::new(""));
                target = folder.join(link);
            }
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("these links lead in a circle"))
}

/// The name under which it is written first.
fn beside(target: &Path) -> io::Result<PathBuf> {
    let name = target
        .file_name()
        .ok_or_else(|| io::Error::other("this is no file's name"))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(".ashiatsu-new");
    Ok(target.with_file_name(beside))
}
