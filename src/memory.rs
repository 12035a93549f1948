//! What the program remembers by itself between two starts: that the first one
//! is over, how loud the user likes it, and in which ear. A small file in the data folder,
//! readable by the user alone; what can't be read counts as nothing remembered.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::paths::Paths;
use crate::settings::{Settings, Voice};
use crate::source;
use crate::store::Kind;

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// Whether the first start is over: then it is never offered again.
    pub first_start: FirstStart,
    /// How loud, from 0 to 100, as last set by ear.
    pub volume: Option<u8>,
    /// Whom sessions are for, as last chosen.
    pub kind: Kind,
    /// Where cues are heard, as last chosen by hand.
    pub device: Option<Chosen>,
    /// Whether steps are spoken, as last chosen by hand.
    pub voice: Option<Voice>,
    /// How loud the voice is, from 0 to 100, as last set by ear.
    pub voice_volume: Option<u8>,
}

/// A device that was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    /// The system's default, whichever that is.
    Default,
    /// The one of that id.
    Device(String),
}

/// Whether the program has been met before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum FirstStart {
    /// It is still to come.
    #[default]
    ToCome,
    /// It is over.
    Over,
}

impl Memory {
    /// What is remembered; nothing, where nothing can be read.
    #[must_use]
    pub fn load(paths: &Paths) -> Self {
        // With care: it is read before anything is shown, and may be no plain file.
        ron::from_str(&source::read(&file(paths)).text).unwrap_or_default()
    }

    /// The settings with what was chosen since by hand.
    #[must_use]
    pub fn over(&self, settings: Settings) -> Settings {
        Settings {
            device: match &self.device {
                None => settings.device,
                Some(Chosen::Default) => None,
                Some(Chosen::Device(id)) => Some(id.clone()),
            },
            voice: self.voice.unwrap_or(settings.voice),
            voice_volume: self.voice_volume.or(settings.voice_volume),
            ..settings
        }
    }

    /// Keeps it: written beside and renamed, so that it is whole at any time.
    ///
    /// # Errors
    ///
    /// What the disk says.
    pub fn save(&self, paths: &Paths) -> io::Result<()> {
        private_folder(&paths.data)?;
        let text = ron::to_string(self).map_err(io::Error::other)?;
        let beside = paths.data.join("remembered.new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut new = options.open(&beside)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        fs::rename(beside, file(paths))
    }
}

fn file(paths: &Paths) -> PathBuf {
    paths.data.join("remembered.ron")
}

/// Makes a folder, and the ones above it, that only the user may look into.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Saves what is remembered on a thread of its own, the latest alone.
#[derive(Debug)]
pub struct Keeper {
    tell: Sender<Memory>,
    /// Closed when the thread has ended.
    ended: Receiver<()>,
}

impl Keeper {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// When the system has no thread left.
    pub fn start(paths: Paths) -> io::Result<Self> {
        let (tell, told) = mpsc::channel::<Memory>();
        let (ends, ended) = mpsc::channel();
        thread::Builder::new()
            .name("memory".to_owned())
            .spawn(move || {
                let _ends: Sender<()> = ends;
                while let Ok(first) = told.recv() {
                    let latest = told.try_iter().last().unwrap_or(first);
                    // It is a convenience: nothing depends on it.
                    let _ = latest.save(&paths);
                }
            })?;
        Ok(Self { tell, ended })
    }

    /// Keeps this.
    pub fn keep(&self, memory: Memory) {
        let _ = self.tell.send(memory);
    }

    /// Returns when all is kept, or after so long: a disk may never answer.
    pub fn finish(self, patience: Duration) {
        drop(self.tell);
        // Nothing is ever sent.
        let _ = self.ended.recv_timeout(patience);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(folder: &tempfile::TempDir) -> Paths {
        Paths {
            settings: folder.path().join("settings"),
            data: folder.path().join("deep/data"),
        }
    }

    #[test]
    fn what_is_kept_comes_back_and_is_the_user_s_alone() {
        let folder = tempfile::tempdir().unwrap();
        let paths = paths(&folder);
        assert_eq!(Memory::load(&paths), Memory::default());
        let memory = Memory {
            first_start: FirstStart::Over,
            volume: Some(40),
            kind: Kind::Client,
            device: Some(Chosen::Device("earbud \"left\"".to_owned())),
            voice: Some(Voice::On),
            voice_volume: Some(60),
        };
        let keeper = Keeper::start(paths.clone()).unwrap();
        keeper.keep(Memory::default());
        keeper.keep(memory.clone());
        keeper.finish(Duration::from_secs(60));
        assert_eq!(Memory::load(&paths), memory);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&paths.data), 0o700);
            assert_eq!(mode(&file(&paths)), 0o600);
        }
    }

    #[test]
    fn what_was_chosen_by_hand_stands_over_the_settings() {
        let settings = Settings {
            device: Some("Speakers".to_owned()),
            voice_volume: Some(30),
            ..Settings::default()
        };
        assert_eq!(Memory::default().over(settings.clone()), settings);
        let chosen = Memory {
            device: Some(Chosen::Default),
            voice: Some(Voice::On),
            ..Memory::default()
        };
        let over = chosen.over(settings);
        assert_eq!((over.device, over.voice), (None, Voice::On));
        assert_eq!(over.voice_volume, Some(30));
    }

    #[test]
    fn what_an_older_version_kept_is_still_known() {
        let folder = tempfile::tempdir().unwrap();
        let paths = paths(&folder);
        fs::create_dir_all(&paths.data).unwrap();
        fs::write(file(&paths), "(first_start:Over,volume:Some(40))").unwrap();
        let known = Memory::load(&paths);
        assert_eq!((known.volume, known.device), (Some(40), None));
    }

    #[test]
    fn garbage_is_nothing_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let paths = paths(&folder);
        fs::create_dir_all(&paths.data).unwrap();
        for garbage in ["", "(volume: 900)", "Memory(", "\0\0\0"] {
            fs::write(file(&paths), garbage).unwrap();
            assert_eq!(Memory::load(&paths), Memory::default(), "{garbage:?}");
        }
    }
}
