//! A routine's file written so that it is whole at any moment: beside it, read again, and renamed.
//! A link leads to its target; permissions and the owner stay. A file that has other names (hard
//! links), or an owner that can't be kept, is written where it is: the text stands whole beside it
//! until that is done, and in the draft, which only a save that succeeds takes away.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, Write};
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

/// Why a file is not saved; it is as it was, but for [`Half`](NotSaved::Half).
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
    /// A file with other names or another's was written where it is, and the disk gave up.
    #[error("the disk gave up halfway: what you wrote is whole in {}", .0.display())]
    Half(PathBuf),
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
    if written.is_err() && !matches!(written, Err(NotSaved::Half(_))) {
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
    let replaced = match there {
        Some(there) => replaced(beside, there)?,
        None => Replaced::Renamed,
    };
    let again = source::read(beside);
    if again.trouble.is_some() || again.text != wanted.text {
        return Err(NotSaved::NotTheSame);
    }
    // The same bytes mean the same to ron, unless something is wrong with this machine.
    let folder = Folder::of(target);
    if check(&again.text, &folder).routine != check(&wanted.text, &folder).routine {
        return Err(NotSaved::NotTheSame);
    }
    match replaced {
        Replaced::Renamed => fs::rename(beside, target)?,
        Replaced::InPlace => write_over(beside, target, wanted)?,
    }
    if let Some(folder) = target.parent()
        && let Ok(folder) = File::open(folder)
    {
        // Not every file system can; the file is whole either way.
        let _ = folder.sync_all();
    }
    Ok(())
}

/// How the new text comes to stand in the old one's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Replaced {
    /// The file beside it takes its name.
    Renamed,
    /// Its bytes are written into the old file.
    InPlace,
}

/// Gives the new file what the old one has, and says whether it can take its place.
fn replaced(beside: &Path, there: &fs::Metadata) -> io::Result<Replaced> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let new = fs::metadata(beside)?;
        let is_owned = (new.uid(), new.gid()) == (there.uid(), there.gid())
            || chown(beside, Some(there.uid()), Some(there.gid())).is_ok();
        if there.nlink() > 1 || !is_owned {
            return Ok(Replaced::InPlace);
        }
    }
    // After a change of the owner, which may take bits of it away.
    fs::set_permissions(beside, there.permissions())?;
    Ok(Replaced::Renamed)
}

/// Writes the text into the old file itself; the new one beside it goes when that is done.
fn write_over(beside: &Path, target: &Path, wanted: &Save) -> Result<(), NotSaved> {
    let opened = OpenOptions::new().write(true).open(target);
    let mut file = opened.map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => NotSaved::Protected,
        _ => error.into(),
    })?;
    let bytes = wanted.text.as_bytes();
    let old = fs::read(target)?;
    let mut write = |bytes: &[u8]| -> io::Result<()> {
        file.rewind()?;
        file.write_all(bytes)?;
        file.set_len(u64::try_from(bytes.len()).map_err(io::Error::other)?)?;
        file.sync_all()?;
        if fs::read(target)? == bytes {
            return Ok(());
        }
        Err(io::Error::other(NotSaved::NotTheSame))
    };
    if let Err(why) = write(bytes) {
        // The old text has its place on the disk already.
        return Err(match write(&old) {
            Ok(()) => why.into(),
            Err(_) => NotSaved::Half(beside.to_owned()),
        });
    }
    // It is saved; what is left over is written over by the next save.
    let _ = fs::remove_file(beside);
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
