//! Edits that are not saved, kept in the data folder until they are: a file each, whole at any
//! time, found again by the path of the routine.

use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use siphasher::sip128::{Hasher128, SipHasher13};

use super::file;

/// What was written and not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The routine's file.
    pub path: PathBuf,
    /// What the file held then; none where there was none.
    pub base: Option<String>,
    /// What was written.
    pub text: String,
}

impl Draft {
    /// What was kept of this file.
    pub(super) fn find(path: &Path, data: &Path) -> Option<Self> {
        let kept = fs::read_to_string(place(path, data)).ok()?;
        ron::from_str(&kept).ok()
    }

    /// Keeps it.
    ///
    /// # Errors
    ///
    /// What the disk says.
    pub(super) fn keep(&self, data: &Path) -> io::Result<()> {
        let place = place(&self.path, data);
        if let Some(folder) = place.parent() {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(folder)?;
        }
        let text = ron::to_string(self).map_err(io::Error::other)?;
        let beside = place.with_extension("new");
        file::write_new(&beside, text.as_bytes(), Some(0o600))?;
        fs::rename(beside, place)
    }

    /// Drops what was kept of this file.
    pub(super) fn forget(path: &Path, data: &Path) {
        // Most often there is none.
        let _ = fs::remove_file(place(path, data));
    }
}

/// Where the draft of a file lies: the same by whatever way the file is named.
fn place(path: &Path, data: &Path) -> PathBuf {
    let real = path.canonicalize().or_else(|error| {
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = folder.unwrap_or(Path::new(".")).canonicalize()?;
        path.file_name().map(|name| folder.join(name)).ok_or(error)
    });
    let real = real.unwrap_or_else(|_| path.to_owned());
    let mut hasher = SipHasher13::new();
    hasher.write(real.as_os_str().as_encoded_bytes());
    let name = hasher.finish128().as_u128();
    data.join("drafts").join(format!("{name:032x}.ron"))
}
