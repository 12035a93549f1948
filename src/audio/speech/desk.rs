//! Where a program works on one line: a folder of this process alone, cleared
//! away when it is done, and by the next process when this one died.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::routine::text::printable;

/// What its folder's name begins with; the process's number follows.
const PREFIX: &str = "part-";

/// The most of what a program says that is read.
const MOST_SAID: u64 = 300;

/// A folder to work in.
#[derive(Debug)]
pub(super) struct Desk(PathBuf);

impl Desk {
    pub(super) fn set_up(shelf: &Path) -> io::Result<Self> {
        clear_away(shelf);
        // Two renderings of one process may overlap when one was just stopped.
        let own = std::process::id();
        let made = (0..100).find_map(|n| {
            let folder = shelf.join(format!("{PREFIX}{own}-{n}"));
            match fs::create_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => None,
                made => Some(made.map(|()| folder)),
            }
        });
        match made {
            Some(made) => made.map(Self),
            None => Err(io::ErrorKind::AlreadyExists.into()),
        }
    }

    /// Where the sound is to be written.
    pub(super) fn out(&self) -> PathBuf {
        self.0.join("line.wav")
    }

    /// Nothing is left of the line before.
    pub(super) fn tidy(&self) -> io::Result<()> {
        let out = self.out();
        let removed = match fs::symlink_metadata(&out) {
            Ok(about) if about.is_dir() => fs::remove_dir_all(&out),
            _ => fs::remove_file(&out),
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The text as a file, from which a program reads it.
    pub(super) fn text(&self, text: &str) -> io::Result<File> {
        let path = self.0.join("line.txt");
        let mut file = File::create(&path)?;
        writeln!(file, "{text}")?;
        File::open(path)
    }

    fn complaints(&self) -> PathBuf {
        self.0.join("complaints")
    }

    /// Where a program's complaints go.
    pub(super) fn for_complaints(&self) -> io::Result<File> {
        File::create(self.complaints())
    }

    /// The first line of its complaints, safe to show.
    pub(super) fn complaint(&self) -> Option<String> {
        let mut said = Vec::new();
        let file = File::open(self.complaints()).ok()?;
        file.take(MOST_SAID).read_to_end(&mut said).ok()?;
        let said = String::from_utf8_lossy(&said).into_owned();
        let line = said.lines().map(str::trim).find(|line| !line.is_empty())?;
        Some(printable(line))
    }

    /// How much has been written here, in bytes.
    pub(super) fn weight(&self) -> u64 {
        let size = |path| fs::symlink_metadata(path).map_or(0, |about| about.len());
        size(self.out()).saturating_add(size(self.complaints()))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What can't be removed now is cleared away by the next process.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes the folders of processes that are no more.
fn clear_away(shelf: &Path) {
    let Ok(listing) = fs::read_dir(shelf) else {
        return;
    };
    for entry in listing.flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| {
            let (owner, _) = name.strip_prefix(PREFIX)?.split_once('-')?;
            owner.parse::<i32>().ok()
        });
        if owner.is_some_and(|owner| !is_alive(owner)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(unix)]
fn is_alive(process: i32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    Pid::from_raw(process).is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
}

#[cfg(not(unix))]
fn is_alive(_: i32) -> bool {
    true
}
