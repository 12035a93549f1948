//! Routine files on the disk: read with care, whatever they turn out to be.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::routine::MAX_BYTES;
use crate::routine::fault::Fault;
use crate::routine::read::{SoundFolder, SoundState};

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
    match read_bytes(path) {
        Err(message) => Source {
            name,
            text: String::new(),
            trouble: Some(trouble(0, message, None)),
        },
        Ok(bytes) => match String::from_utf8(bytes) {
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
        },
    }
}

fn trouble(at: usize, message: String, help: Option<String>) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        range: at..at,
        message,
        help,
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let plain = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "this file may not be read".to_owned(),
        _ => format!("this file can't be read ({error})"),
    };
    // Asked before opening: opening a pipe would wait for a writer.
    let kind = fs::metadata(path).map_err(plain)?.file_type();
    if kind.is_dir() {
        return Err("this is a folder, not a routine".to_owned());
    }
    if !kind.is_file() {
        return Err("this is no plain file".to_owned());
    }
    let file = File::open(path).map_err(plain)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(plain)?;
    if bytes.len() > MAX_BYTES {
        return Err(Fault::TooLarge.to_string());
    }
    Ok(bytes)
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
            SoundState::Missing
        }
    }
}
