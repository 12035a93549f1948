//! `ashiatsu sounds`: plays the cues, each with its name and meaning, or says
//! why none can be heard.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use clap::Args;

use super::failure::{Failure, Reason};
use super::output::{self, Label};
use crate::audio::quiet::Quiet;
use crate::audio::{
    self, Chimes, Dropped, Fate, Options, Report, Scheduled, SoundId, Speaker, Told, Volume,
};
use crate::clock::Clock;
use crate::cue::Cue;
use crate::paths::Paths;
use crate::routine::text::{did_you_mean, printable};
use crate::settings::{self, Settings, Sound};

/// Silence between two cues.
const GAP: Duration = Duration::from_millis(600);
/// How long the sound system may take before it counts as silent. The speaker
/// itself gives up sooner.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu sounds            all nine, one after the other\n  \
    ashiatsu sounds shift      only the one that says: next stroke\n\
    \n\
    How loud they are, and on which device, is as your settings say.")]
pub(super) struct Arguments {
    /// One sound: ready, prepare, shift, side, turn, hold, paused, resumed or finish
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Failure> {
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
                settings
            }
            None => Settings::default(),
        };
        let chimes = Arc::new(chimes(paths.as_ref())?);
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
        silence.map_or(Ok(()), Err)
    }
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

fn chimes(paths: Option<&Paths>) -> Result<Chimes, Failure> {
    let loaded = match paths {
        Some(paths) => Chimes::with_folder(&paths.sounds()),
        None => Chimes::embedded().map(|chimes| (chimes, Vec::new())),
    };
    let (chimes, unusable) = loaded.map_err(|error| silent(&error.to_string(), None))?;
    for own in unusable {
        warn(&format!("{own}; the usual sound is heard instead"));
    }
    Ok(chimes)
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
        let player = Self {
            speaker,
            reports,
            clock: Clock::new(),
            played: 0,
        };
        player.await_report(|report| match report {
            Report::Sounding { .. } => Some(Ok(())),
            Report::Silent(reason) => Some(Err(no_device(reason))),
            Report::Back | Report::Fate(_) => None,
        })?;
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
            Report::Sounding { .. } | Report::Back | Report::Fate(_) => None,
        })?;
        let over = onset + length + GAP;
        loop {
            let left = over.saturating_duration_since(self.clock.instant(self.clock.now()));
            match self.reports.recv_timeout(left) {
                Ok(Report::Silent(reason)) => return Err(no_device(&reason)),
                Ok(Report::Sounding { .. } | Report::Back | Report::Fate(_)) => {}
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
