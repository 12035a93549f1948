//! Routine files on the disk: read with care, whatever they turn out to be.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::routine::MAX_BYTES;
use crate::routine::disguise::Disguise;
use crate::routine::fault::Fault;
use crate::routine::read::{SoundFolder, SoundState};
use crate::routine::text::did_you_mean;

/// A file's text, or what was in the way.
#[derive(Debug, Clone)]
pub struct Source {
    /// As the user named it.
    pub name: String,
    /// As much of its text as could be read; empty where none could.
    pub text: String,
    /// Why it is no text.
    pub trouble: Option<Diagnostic>,
}

/// Reads the file at `path`. Never blocks on a pipe, never reads more than a
/// routine may have.
#[must_use]
pub fn read(path: &Path) -> Source {
    let name = path.display().to_string();
    let empty = |obstacle: Obstacle| Source {
        name: name.clone(),
        text: String::new(),
        trouble: Some(trouble(0, obstacle.to_string(), obstacle.help())),
    };
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(Obstacle::Missing) => {
            let mut missing = empty(Obstacle::Missing);
            if let (Some(trouble), Some(near)) = (&mut missing.trouble, nearest(path)) {
                trouble.help = Some(format!("did you mean {}?", near.display()));
            }
            return missing;
        }
        Err(obstacle) => return empty(obstacle),
    };
    if let Some(disguise) = Disguise::of(&bytes) {
        let fault = Fault::Disguised(disguise);
        return Source {
            name,
            text: String::new(),
            trouble: Some(trouble(0, fault.to_string(), fault.help())),
        };
    }
    match String::from_utf8(bytes) {
        Ok(text) => Source {
            name,
            text,
            trouble: None,
        },
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let fault = Fault::NotUtf8;
            Source {
                name,
                text,
                trouble: Some(trouble(good, fault.to_string(), fault.help())),
            }
        }
    }
}

/// The routine file in the same folder whose name is nearest to that of a file that is not there.
fn nearest(path: &Path) -> Option<PathBuf> {
    const LOOKED_AT: usize = 1000;
    let folder = path.parent()?;
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let names: Vec<String> = fs::read_dir(here)
        .ok()?
        .take(LOOKED_AT)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "ron")
        })
        .collect();
    // The ending is no part of what is likened.
    let stem = |name: &str| name.trim_end_matches(".ron").to_owned();
    let stems: Vec<String> = names.iter().map(|name| stem(name)).collect();
    let asked = stem(path.file_name()?.to_str()?);
    let near = did_you_mean(&asked, stems.iter().map(String::as_str))?;
    Some(folder.join(format!("{near}.ron")))
}

fn trouble(at: usize, message: String, help: Option<String>) -> Diagnostic {
    Diagnostic::error(at..at, message).with_help(help)
}

/// Why a file gives no bytes.
#[derive(Debug, thiserror::Error)]
enum Obstacle {
    #[error("there is no such file")]
    Missing,
    #[error("you may not read this file")]
    Forbidden,
    #[error("this is a folder, not a routine")]
    Folder,
    #[error("this is no plain file")]
    Special,
    #[error("{}", Fault::TooLarge)]
    TooLarge,
    #[error("this file can't be read ({0})")]
    Other(io::Error),
}

impl Obstacle {
    fn help(&self) -> Option<String> {
        let help = match self {
            Self::Missing => "a routine of the library is named without .ron and without a folder",
            Self::Folder => "name a file in it that ends in .ron",
            Self::Special => "save what it gives in a file that ends in .ron",
            Self::TooLarge => return Fault::TooLarge.help(),
            Self::Forbidden | Self::Other(_) => return None,
        };
        Some(help.to_owned())
    }
}

impl From<io::Error> for Obstacle {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            _ => Self::Other(error),
        }
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Obstacle> {
    // Asked before opening: opening a pipe would wait for a writer.
    let kind = fs::metadata(path)?.file_type();
    if kind.is_dir() {
        return Err(Obstacle::Folder);
    }
    if !kind.is_file() {
        return Err(Obstacle::Special);
    }
    let file = open(path)?;
    // Asked again: another may stand there since.
    if !file.metadata()?.is_file() {
        return Err(Obstacle::Special);
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES {
        return Err(Obstacle::TooLarge);
    }
    Ok(bytes)
}

/// Opens what was a plain file a moment ago; if it is a pipe by now, without
/// waiting for a writer.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options.open(path)
}

/// The `.ron` files in a folder and the folders in it, by name; hidden folders
/// and links to folders are left out.
#[must_use]
pub fn routines_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(listing) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in listing.flatten() {
            let path = entry.path();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if is_folder && !is_hidden {
                folders.push(path);
            } else if !is_folder && path.extension().is_some_and(|ending| ending == "ron") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The folder that a routine lies in, for its own sounds.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder of the routine at `path`.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        Self(folder.unwrap_or(Path::new(".")).to_owned())
    }

    /// Where a sound of that name lies.
    #[must_use]
    pub fn sound(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl SoundFolder for Folder {
    fn state(&self, name: &str) -> SoundState {
        let relative = Path::new(name);
        let plain = relative.components().all(|part| {
            matches!(
                part,
                std::path::Component::Normal(_) | std::path::Component::CurDir
            )
        });
        if !plain {
            return SoundState::Outside;
        }
        let (Ok(folder), Ok(file)) = (self.0.canonicalize(), self.sound(name).canonicalize())
        else {
            return SoundState::Missing;
        };
        if !file.starts_with(&folder) {
            SoundState::Outside
        } else if file.is_file() {
            SoundState::Present
        } else {
            SoundState::Unusable("is not a file".to_owned())
        }
    }
}
