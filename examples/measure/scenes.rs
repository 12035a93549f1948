//! What is measured: each screen that matters, the folder in which it starts, and
//! the keys that lead to it.

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use ashiatsu::clock::{self, Clock};
use ashiatsu::library::{Library, SHIPPED};
use ashiatsu::paths::Paths;
use ashiatsu::plan::Plan;
use ashiatsu::session::{Command as Press, Input, InputKind};
use ashiatsu::store::{Meta, Recorder};

/// How many routines of the user's own the fuller home has.
pub(crate) const ROUTINES: usize = 200;
/// How many sessions the log has.
pub(crate) const SESSIONS: usize = 200;

/// One screen in one situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scene {
    /// The least that a program by the same library can cost.
    Bare,
    Home,
    FullHome,
    Preflight,
    Muted,
    /// Where nothing can be written: the session runs and is not kept.
    NotKept,
    Paused,
    Sound,
    Log,
}

impl Scene {
    pub(crate) const ALL: [Self; 9] = [
        Self::Bare,
        Self::Home,
        Self::FullHome,
        Self::Preflight,
        Self::Muted,
        Self::NotKept,
        Self::Paused,
        Self::Sound,
        Self::Log,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare program",
            Self::Home => "home",
            Self::FullHome => "home, 200 own routines",
            Self::Preflight => "pre-flight",
            Self::Muted => "session, muted",
            Self::NotKept => "session, muted, not kept",
            Self::Paused => "session, paused",
            Self::Sound => "session, with sound",
            Self::Log => "log, 200 sessions",
        }
    }

    pub(crate) const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Bare | Self::Home | Self::FullHome | Self::Log => &[],
            Self::Preflight => &["run", "back-basics", "--mute"],
            Self::Muted | Self::NotKept | Self::Paused => {
                &["run", "back-basics", "--mute", "--skip-preflight"]
            }
            Self::Sound => &["run", "back-basics", "--skip-preflight"],
        }
    }

    /// How long it takes to be at rest, and what is pressed then.
    pub(crate) const fn way(self) -> (Duration, &'static [u8]) {
        match self {
            Self::Bare | Self::Home | Self::FullHome | Self::Preflight => {
                (Duration::from_secs(1), b"")
            }
            // Getting ready takes some seconds.
            Self::Muted | Self::NotKept | Self::Sound => (Duration::from_secs(6), b""),
            Self::Paused => (Duration::from_secs(6), b" "),
            Self::Log => (Duration::from_secs(1), b"l"),
        }
    }

    /// A key that changes the picture and nothing else.
    pub(crate) const fn key(self) -> &'static [u8] {
        match self {
            Self::Muted | Self::NotKept | Self::Paused | Self::Sound => b"\t",
            Self::Bare | Self::Home | Self::FullHome | Self::Preflight | Self::Log => b"\x1b[B",
        }
    }

    /// Makes the folder what it starts in; what its environment needs besides.
    pub(crate) fn prepare(
        self,
        home: &Path,
        log: &Path,
    ) -> Result<Vec<(OsString, OsString)>, Box<dyn Error + Send + Sync>> {
        let paths = Paths {
            settings: home.join(".config/ashiatsu"),
            data: home.join(".local/share/ashiatsu"),
        };
        fs::create_dir_all(&paths.data)?;
        fs::write(paths.data.join("remembered.ron"), "(first_start: Over)")?;
        match self {
            Self::FullHome => {
                fs::create_dir_all(paths.routines())?;
                for (number, (stem, text)) in SHIPPED.iter().cycle().take(ROUTINES).enumerate() {
                    fs::write(paths.routines().join(format!("{stem}-{number}.ron")), text)?;
                }
            }
            Self::Log => {
                for file in fs::read_dir(log)? {
                    let file = file?;
                    fs::copy(file.path(), paths.data.join(file.file_name()))?;
                }
            }
            Self::NotKept => {
                return Ok(vec![("XDG_DATA_HOME".into(), "/dev/null".into())]);
            }
            Self::Sound => return Ok(sound(home)),
            Self::Bare | Self::Home | Self::Preflight | Self::Muted | Self::Paused => {}
        }
        Ok(Vec::new())
    }
}

/// Where the user's sound is found: what the sound libraries look at.
fn sound(home: &Path) -> Vec<(OsString, OsString)> {
    if let Some(user) = std::env::home_dir() {
        // Not everybody has one.
        let _ = fs::copy(user.join(".asoundrc"), home.join(".asoundrc"));
    }
    ["XDG_RUNTIME_DIR", "PULSE_SERVER", "ALSA_CONFIG_PATH"]
        .into_iter()
        .filter_map(|name| Some((name.into(), std::env::var_os(name)?)))
        .collect()
}

/// Whether a sound can be heard on this machine, as the program itself says.
pub(crate) fn can_sound(program: &Path, home: &Path) -> Result<bool, Box<dyn Error + Send + Sync>> {
    let variables = sound(home);
    let told = Command::new(program)
        .args(["sounds", "shift"])
        .env_clear()
        .env("HOME", home)
        .envs(variables)
        .output()?;
    Ok(told.status.success())
}

/// A practice log of so many short sessions in that folder.
pub(crate) fn fill_log(folder: &Path) -> Result<(), Box<dyn Error + Send + Sync>> {
    let entry = Library::find("back-basics", None).map_err(|_| "back-basics is missing")?;
    let routine = entry.content.map_err(|_| "back-basics is wrong")?;
    let plan = Arc::new(Plan::whole(&routine));
    let recorder = Recorder::start(Some(folder.to_owned()), Clock::new(), |_| {})?;
    for _ in 0..SESSIONS {
        let _key = recorder.begin(Meta::of("back-basics"), Arc::clone(&plan), &clock::wall());
        recorder.input(&Input {
            seq: 0,
            at: Duration::from_secs(900),
            kind: InputKind::Command(Press::End),
        });
        recorder.close();
    }
    let _ = recorder.shut_down(Duration::from_secs(120));
    Ok(())
}
