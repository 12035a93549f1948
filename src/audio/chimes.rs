//! The nine sounds: the shipped ones, and files of the same name that replace
//! them. What they mean is not known here.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::clip::{Clip, ClipError};
use crate::cue::Cue;

/// The shipped sound file of a cue: a WAV, mono, 16 bit.
#[must_use]
pub const fn shipped(cue: Cue) -> &'static [u8] {
    match cue {
        Cue::Ready => include_bytes!("../../sounds/ready.wav"),
        Cue::Prepare => include_bytes!("../../sounds/prepare.wav"),
        Cue::Shift => include_bytes!("../../sounds/shift.wav"),
        Cue::Side => include_bytes!("../../sounds/side.wav"),
        Cue::Turn => include_bytes!("../../sounds/turn.wav"),
        Cue::Hold => include_bytes!("../../sounds/hold.wav"),
        Cue::Paused => include_bytes!("../../sounds/paused.wav"),
        Cue::Resumed => include_bytes!("../../sounds/resumed.wav"),
        Cue::Finish => include_bytes!("../../sounds/finish.wav"),
    }
}

/// A replacement that cannot be used; the shipped sound is heard in its place.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct Unusable {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    #[source]
    pub error: ClipError,
}

/// A sound for each cue. What ships is decoded when it is first asked for: who
/// is muted never needs it.
#[derive(Debug, Clone, Default)]
pub struct Chimes {
    clips: [OnceLock<Arc<Clip>>; 9],
}

impl Chimes {
    /// The shipped sounds, decoded.
    ///
    /// # Errors
    /// When a shipped sound cannot be decoded, which a test rules out.
    pub fn embedded() -> Result<Self, ClipError> {
        let chimes = Self::default();
        for cue in Cue::ALL {
            let clip = Clip::decode(shipped(cue))?;
            chimes.place(cue).get_or_init(|| Arc::new(clip));
        }
        Ok(chimes)
    }

    /// The shipped sounds, each replaced by `NAME.wav` or `NAME.ogg` where the
    /// folder has one, and the replacements that cannot be used. Reads the disk.
    #[must_use]
    pub fn with_folder(folder: &Path) -> (Self, Vec<Unusable>) {
        let chimes = Self::default();
        let mut unusable = Vec::new();
        for cue in Cue::ALL {
            let paths = ["wav", "ogg"].map(|end| folder.join(cue.name()).with_extension(end));
            let Some(path) = paths.into_iter().find(|path| path.exists()) else {
                continue;
            };
            match Clip::read(&path) {
                Ok(own) => {
                    chimes.place(cue).get_or_init(|| Arc::new(own));
                }
                Err(error) => unusable.push(Unusable { path, error }),
            }
        }
        (chimes, unusable)
    }

    /// Decodes what is not decoded yet: where that may take some milliseconds,
    /// before a sound is mixed.
    pub fn prepare(&self) {
        for cue in Cue::ALL {
            let _ready = self.get(cue);
        }
    }

    /// The sound of that cue.
    #[must_use]
    pub fn get(&self, cue: Cue) -> Arc<Clip> {
        // A test rules out that there is none.
        let decode = || Clip::decode(shipped(cue)).unwrap_or_else(|_| Clip::silence());
        Arc::clone(self.place(cue).get_or_init(|| Arc::new(decode())))
    }

    fn place(&self, cue: Cue) -> &OnceLock<Arc<Clip>> {
        let [
            ready,
            prepare,
            shift,
            side,
            turn,
            hold,
            paused,
            resumed,
            finish,
        ] = &self.clips;
        match cue {
            Cue::Ready => ready,
            Cue::Prepare => prepare,
            Cue::Shift => shift,
            Cue::Side => side,
            Cue::Turn => turn,
            Cue::Hold => hold,
            Cue::Paused => paused,
            Cue::Resumed => resumed,
            Cue::Finish => finish,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_has_a_sound_with_headroom() {
        let chimes = Chimes::embedded().unwrap();
        for cue in Cue::ALL {
            let peak = chimes
                .get(cue)
                .samples()
                .iter()
                .fold(0.0_f32, |peak, x| peak.max(x.abs()));
            assert!((0.01..=0.36).contains(&peak), "{cue}: {peak}");
        }
    }

    #[test]
    fn a_file_of_the_same_name_replaces_and_a_broken_one_is_told() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("shift.wav"), shipped(Cue::Finish)).unwrap();
        std::fs::write(folder.path().join("hold.ogg"), b"nonsense").unwrap();
        let (chimes, unusable) = Chimes::with_folder(folder.path());
        let embedded = Chimes::embedded().unwrap();
        assert_eq!(chimes.get(Cue::Shift), embedded.get(Cue::Finish));
        assert_eq!(chimes.get(Cue::Hold), embedded.get(Cue::Hold));
        assert_eq!(unusable.len(), 1);
        assert!(unusable[0].path.ends_with("hold.ogg"));
    }
}
