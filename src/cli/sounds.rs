//! `ashiatsu sounds`: opens the screen on which the cues are heard; or, where
//! there is no terminal or one is named, plays them, each with its name and
//! meaning, or says why none can be heard.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use clap::Args;

use super::failure::{Failure, Reason};
use super::output::{self, Label};
use super::run;
use crate::audio::quiet::Quiet;
use crate::audio::{
    self, Chimes, Dropped, Fate, Options, Report, Scheduled, SoundId, Speaker, Told, Volume,
};
use crate::clock::Clock;
use crate::cue::Cue;
use crate::memory::Memory;
use crate::paths::Paths;
use crate::routine::text::{did_you_mean, printable};
use crate::settings::{self, Settings, Sound};
use crate::tui::{self, First};

/// Silence between two cues.
const GAP: Duration = Duration::from_millis(600);
/// How long the sound system may take before it counts as silent. The speaker
/// itself gives up sooner.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it may take to list its devices.
const LISTING: Duration = Duration::from_secs(4);

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu sounds                 hear each, choose the device, set the volumes\n  \
    ashiatsu sounds shift           only the one that says: next stroke\n  \
    ashiatsu sounds | cat           all nine, one after the other\n  \
    ashiatsu sounds --devices       where they can be heard\n\
    \n\
    How loud they are, and on which device, is as you last chose, or as your settings say.")]
pub(super) struct Arguments {
    /// One sound: ready, prepare, shift, side, turn, hold, paused, resumed or finish
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Where they are heard this time, by what --devices lists
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// List the devices: what to write for one, and its name
    #[arg(long, conflicts_with_all = ["name", "device"])]
    devices: bool,
}

impl Arguments {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        if self.devices {
            return list_devices();
        }
        if self.name.is_none() && io::stdin().is_terminal() && io::stdout().is_terminal() {
            return run::show(tui::Options {
                device: self.device,
                ..tui::Options::showing(First::Sounds)
            });
        }
        self.play()
    }

    fn play(self) -> Result<ExitCode, Failure> {
        let cues = match &self.name {
            None => Cue::ALL.to_vec(),
            Some(name) => vec![cue(name)?],
        };
        let paths = Paths::of_user();
        let settings = match &paths {
            Some(paths) => {
                let (settings, wrong) = settings::load(&paths.settings_file());
                for line in &wrong {
                    warn(line);
                }
                let memory = Memory::load(paths);
                let volume = settings.volume.or(memory.volume);
                Settings {
                    volume,
                    ..memory.over(settings)
                }
            }
            None => Settings::default(),
        };
        let settings = Settings {
            device: self.device.or(settings.device),
            ..settings
        };
        let chimes = Arc::new(chimes(paths.as_ref()));
        if let Some(silence) = silenced(&settings) {
            print_meanings(&cues)?;
            return Err(silence);
        }
        let quiet = Quiet::begin();
        let mut player = match Player::start(&settings, Arc::clone(&chimes)) {
            Ok(player) => player,
            Err(failure) => {
                drop(quiet);
                print_meanings(&cues)?;
                return Err(failure);
            }
        };
        let mut silence = None;
        for cue in cues {
            print_meanings(&[cue])?;
            // Once silent, the rest is at least listed.
            if silence.is_none() {
                silence = player.play(cue, chimes.get(cue).length()).err();
            }
        }
        player.speaker.shut_down();
        drop(quiet);
        if let Some(gone) = player.instead_of {
            warn(&format!("there is no device {gone}: the usual one sounded"));
        }
        silence.map_or(Ok(ExitCode::SUCCESS), Err)
    }
}

/// Lists what can be chosen: a device's id and its name.
fn list_devices() -> Result<ExitCode, Failure> {
    let quiet = Quiet::begin();
    let listed = audio::devices(LISTING);
    drop(quiet);
    let devices = listed.map_err(|error| Failure::wrong(error.to_string(), ""))?;
    if devices.is_empty() {
        return Err(Failure::wrong("there is no sound device", ""));
    }
    let width = devices.iter().map(|device| device.id.chars().count()).max();
    let width = width.unwrap_or_default();
    let lines = devices.iter().map(|device| {
        let (id, name) = (printable(&device.id), printable(&device.name));
        format!("{id:width$}  {name}\n")
    });
    output::print(&lines.collect::<String>())?;
    Ok(ExitCode::SUCCESS)
}

/// The cue of that name, in capital letters or not.
fn cue(name: &str) -> Result<Cue, Failure> {
    Cue::from_name(&name.to_lowercase()).ok_or_else(|| {
        let names = Cue::ALL.map(Cue::name);
        let help = match did_you_mean(name, names) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("there are {}", names.join(", ")),
        };
        Failure::wrong(format!("there is no sound called \"{name}\""), help)
    })
}

fn print_meanings(cues: &[Cue]) -> Result<(), Failure> {
    let lines = cues
        .iter()
        .map(|cue| format!("{:9}{}\n", cue.name(), cue.meaning()));
    output::print(&lines.collect::<String>())
}

fn chimes(paths: Option<&Paths>) -> Chimes {
    let (chimes, unusable) = match paths {
        Some(paths) => Chimes::with_folder(&paths.sounds()),
        None => (Chimes::default(), Vec::new()),
    };
    for own in unusable {
        warn(&format!("{own}; the usual sound is heard instead"));
    }
    chimes
}

fn warn(line: &str) {
    output::tell(&format!("{} {}", Label::Warning.drawn(), printable(line)));
}

/// Why the user's settings let nothing be heard.
fn silenced(settings: &Settings) -> Option<Failure> {
    if settings.sound == Sound::Muted {
        Some(silent(
            "your settings mute it",
            Some("write sound: On in your settings file"),
        ))
    } else if settings.volume == Some(0) {
        Some(silent(
            "the volume in your settings is 0",
            Some("write for example volume: 70 in your settings file"),
        ))
    } else {
        None
    }
}

fn silent(why: &str, help: Option<&str>) -> Failure {
    Failure::Wrong(Reason {
        message: format!("no sound can be heard: {why}"),
        help: help.map(str::to_owned),
    })
}

fn no_device(reason: &audio::Reason) -> Failure {
    let why = match reason {
        audio::Reason::NoDevice(words) | audio::Reason::Lost(words) => {
            let words = words.lines().next().unwrap_or_default();
            let words = words.trim_end_matches('.');
            if words.is_empty() {
                reason.to_string()
            } else {
                format!("{reason} ({words})")
            }
        }
        audio::Reason::NotAnswering | audio::Reason::Frozen => reason.to_string(),
    };
    silent(
        &why,
        Some(
            "there is often none over SSH, in a container or on a server; a session runs all the \
             same, and its border swells at each shift",
        ),
    )
}

/// A speaker, and what it reports.
struct Player {
    speaker: Speaker,
    reports: Receiver<Report>,
    clock: Clock,
    played: u64,
    /// The device that was asked for and is not there.
    instead_of: Option<String>,
}

impl Player {
    /// Starts the speaker and waits until it sounds or says why it does not.
    fn start(settings: &Settings, chimes: Arc<Chimes>) -> Result<Self, Failure> {
        let mut options = Options::new(chimes);
        options.device.clone_from(&settings.device);
        options.volume = Volume::new(settings.volume.unwrap_or(settings::DEFAULT_VOLUME));
        let (tell, reports) = mpsc::channel();
        let speaker = Speaker::start(options, move |report| {
            // Nobody listens any more at the end.
            let _ = tell.send(report);
        })
        .map_err(|error| silent(&error.to_string(), None))?;
        let mut player = Self {
            speaker,
            reports,
            clock: Clock::new(),
            played: 0,
            instead_of: None,
        };
        let instead_of = player.await_report(|report| match report {
            Report::Sounding(sounding) => Some(Ok(sounding.instead_of.clone())),
            Report::Silent(reason) => Some(Err(no_device(reason))),
            Report::Back | Report::Fate(_) => None,
        })?;
        player.instead_of = instead_of;
        Ok(player)
    }

    /// Plays one cue to its end.
    fn play(&mut self, cue: Cue, length: Duration) -> Result<(), Failure> {
        self.played += 1;
        let id = SoundId(self.played);
        self.speaker.schedule(Scheduled {
            id,
            cue,
            clip: None,
            voice: None,
            due: self.clock.instant(self.clock.now()),
        });
        let onset = self.await_report(|report| match report {
            Report::Silent(reason) => Some(Err(no_device(reason))),
            Report::Fate(Told { id: told, fate, .. }) if *told == id => Some(match fate {
                Fate::Heard { onset, .. } => Ok(*onset),
                Fate::Dropped(Dropped::TooLate | Dropped::NoDevice) => {
                    Err(silent("the sound device did not take it in time", None))
                }
                Fate::Dropped(Dropped::Muted | Dropped::Outranked) | Fate::Cancelled => {
                    Err(silent("it was left out", None))
                }
            }),
            Report::Sounding(_) | Report::Back | Report::Fate(_) => None,
        })?;
        let over = onset + length + GAP;
        loop {
            let left = over.saturating_duration_since(self.clock.instant(self.clock.now()));
            match self.reports.recv_timeout(left) {
                Ok(Report::Silent(reason)) => return Err(no_device(&reason)),
                Ok(Report::Sounding(_) | Report::Back | Report::Fate(_)) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    /// Waits for the report that decides.
    fn await_report<T>(
        &self,
        decide: impl Fn(&Report) -> Option<Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let end = self.clock.now().saturating_add(PATIENCE);
        loop {
            let left = end.saturating_sub(self.clock.now());
            match self.reports.recv_timeout(left) {
                Ok(report) => {
                    if let Some(decided) = decide(&report) {
                        return decided;
                    }
                }
                Err(_) => return Err(no_device(&audio::Reason::NotAnswering)),
            }
        }
    }
}
