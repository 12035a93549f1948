//! A routine's folder whose sounds are decoded, so that one that can't be heard
//! is found before the session, not in it.

use crate::audio::Clip;
use crate::routine::read::{SoundFolder, SoundState};
use crate::source::Folder;

/// The folder; it takes as long as reading each sound takes.
#[derive(Debug)]
pub(super) struct Decoded(pub(super) Folder);

impl SoundFolder for Decoded {
    fn state(&self, name: &str) -> SoundState {
        match self.0.state(name) {
            SoundState::Present => match Clip::read(&self.0.sound(name)) {
                Ok(_) => SoundState::Present,
                Err(error) => SoundState::Unusable(error.to_string()),
            },
            other => other,
        }
    }
}
