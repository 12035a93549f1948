//! Where the user's files live: the platform's usual folders.

use std::path::PathBuf;

use etcetera::BaseStrategy;

/// The program's folders; they may not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Settings, the user's routines and sounds.
    pub settings: PathBuf,
    /// What the program keeps: the log and running sessions.
    pub data: PathBuf,
}

impl Paths {
    /// The folders of the user who runs the program; none without a home.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
        Some(Self {
            settings: strategy.config_dir().join("ashiatsu"),
            data: strategy.data_dir().join("ashiatsu"),
        })
    }

    /// The user's own routines.
    #[must_use]
    pub fn routines(&self) -> PathBuf {
        self.settings.join("routines")
    }

    /// The user's own cue sounds.
    #[must_use]
    pub fn sounds(&self) -> PathBuf {
        self.settings.join("sounds")
    }

    /// The settings file.
    #[must_use]
    pub fn settings_file(&self) -> PathBuf {
        self.settings.join("settings.ron")
    }
}

/// Where rendered lines of the voice are kept, `$XDG_CACHE_HOME/ashiatsu/voice` on
/// Linux; none without a home. What lies there can be made again at any time.
#[must_use]
pub fn voice_cache() -> Option<PathBuf> {
    let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(strategy.cache_dir().join("ashiatsu").join("voice"))
}
