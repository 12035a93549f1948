//! What the screens start with, and how the first of them is set: the terminal
//! taken over, the threads begun, the settings read, a routine, a file or an
//! interrupted session opened. What comes after that is the loop's.

use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};

use super::app::{Act, App, Before, Origin, Setup};
use super::live::Now;
use super::messages::{self, Message};
use super::speaker::Sounds;
use super::terminal::Panic;
use super::terminal::Screen;
use super::{Back, Shell, now, theme};
use crate::awake::{Awake, Watched};
use crate::clock::Clock;
use crate::clock::sleep::SleepWatch;
use crate::clock::until::Until;
use crate::desk::{Desk, Opened};
use crate::library::{Entry, Library};
use crate::memory::{Keeper, Memory};
use crate::paths::Paths;
use crate::plan::Plan;
use crate::store::{Prompts, Recorder, SessionKey};
use crate::watch::Watch;
use crate::{plan, settings};

/// Whether the checklists come before the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preflight {
    /// They do.
    Ask,
    /// Straight to the get-ready countdown.
    Skip,
}

/// A routine's file that is followed.
#[derive(Debug)]
pub struct WatchedFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What notices that it was saved.
    pub watch: Watch,
}

/// What the screens start with.
#[derive(Debug)]
pub struct Options {
    /// The routine to run; the home screen without one.
    pub entry: Option<Entry>,
    /// Its file, where what is saved is to be taken over.
    pub watch: Option<WatchedFile>,
    /// How its plan is made.
    pub plan: plan::Options,
    /// Whether the checklists come first.
    pub preflight: Preflight,
    /// Whether cues sound, if this session says otherwise than the settings.
    pub sound: Option<settings::Sound>,
    /// From 0 to 100, if this session says otherwise than the settings.
    pub volume: Option<u8>,
    /// How much the session tells.
    pub prompts: Prompts,
    /// When the session is to end, by the clock.
    pub until: Option<Until>,
    /// Whether any press does it all, if this session says otherwise than the
    /// settings.
    pub one_button: Option<settings::OneButton>,
    /// The interrupted session to go on with, instead of a routine.
    pub resume: Option<SessionKey>,
    /// The sound device for this run, if it says otherwise than the settings.
    pub device: Option<String>,
    /// What is shown where there is no routine to run.
    pub first: First,
}

impl Options {
    /// No routine to run: that is shown, and all else is as the settings say.
    #[must_use]
    pub fn showing(first: First) -> Self {
        Self {
            entry: None,
            watch: None,
            plan: plan::Options::default(),
            preflight: Preflight::Ask,
            sound: None,
            volume: None,
            prompts: Prompts::Full,
            until: None,
            one_button: None,
            resume: None,
            device: None,
            first,
        }
    }
}

/// What is shown where there is no routine to run.
#[derive(Debug, Clone)]
pub enum First {
    /// The home screen.
    Home,
    /// The sounds, one by one.
    Sounds,
    /// The designer, with this file.
    Design(Box<Opened>),
}

impl Shell {
    /// Everything running, and the first screen set.
    pub(super) fn start(options: Options, clock: Clock) -> std::io::Result<Self> {
        let (sender, messages) = mpsc::channel();
        // Signals first: one that comes while the screen is taken over must
        // find somebody who gives it back.
        messages::watch_signals(&sender)?;
        messages::watch_terminal(&sender)?;
        let broke = sender.clone();
        let tell = move |thread: &str, line: &str| {
            let message = Message::Broke {
                thread: thread.to_owned(),
                line: line.to_owned(),
            };
            match broke.send(message) {
                Ok(()) => Panic::Told,
                Err(_) => Panic::Untold,
            }
        };
        let reads = sender.clone();
        let screen = Screen::take(tell, move || {
            let _ = reads.send(Message::Reads);
        })?;
        messages::watch_input(&sender, clock, screen.area())?;
        let now = now(clock);
        let paths = Paths::of_user();
        let keeper = paths.clone().and_then(|paths| Keeper::start(paths).ok());
        let told = sender.clone();
        let writer = paths.as_ref().and_then(|paths| {
            let refused = move |why| {
                let _ = told.send(Message::NotSet(why));
            };
            settings::file::Writer::start(paths.settings_file(), refused).ok()
        });
        let resume = options.resume;
        let report = sender.clone();
        let folder = paths.as_ref().map(|paths| paths.data.clone());
        let recorder = Recorder::start(folder, clock, move |report_| {
            let _ = report.send(Message::Store(report_));
        })
        .ok();
        let report = sender.clone();
        let awake = Awake::start(move |report_| {
            let _ = report.send(Message::Awake(report_));
        })
        .ok();
        let report = sender.clone();
        let desk = Desk::start(paths.clone(), move |answer| {
            let _ = report.send(Message::Desk(answer));
        })
        .ok();
        let (app, acts, sounds) = set_up(options, paths.as_ref(), &screen, &sender, &now);
        let mut shell = Self {
            clock,
            app,
            screen,
            messages,
            sounds,
            paths,
            keeper,
            writer,
            recorder,
            desk,
            logbook: None,
            sender,
            sleep: SleepWatch::new(),
            awake,
            watched: Watched::No,
            broke: Vec::new(),
            back: Back::Unknown,
        };
        // Nothing can leave before the first picture.
        shell.perform(acts, &now);
        match resume {
            Some(key) => {
                if let Err(why) = shell.go_on(key, Origin::Outside, &now) {
                    shell.screen.give_back();
                    return Err(std::io::Error::other(format!(
                        "the session can't go on: {why}"
                    )));
                }
            }
            None => shell.look_for_interrupted(),
        }
        Ok(shell)
    }
}

/// The app with its first screen, what that asks for, and the speaker.
fn set_up(
    options: Options,
    paths: Option<&Paths>,
    screen: &Screen,
    sender: &Sender<Message>,
    now: &Now,
) -> (App, Vec<Act>, Sounds) {
    let (mut settings, complaints) = paths
        .map(|paths| settings::load(&paths.settings_file()))
        .unwrap_or_default();
    settings.one_button = options.one_button.unwrap_or(settings.one_button);
    let memory = paths.map(Memory::load).unwrap_or_default();
    let mut settings = memory.over(settings);
    settings.device = options.device.or(settings.device);
    let area = screen.area();
    let depth = theme::depth_of(|name| std::env::var(name).ok());
    let setup = Setup {
        settings: settings.clone(),
        complaints,
        memory,
        sound: options.sound,
        volume: options.volume,
        prompts: options.prompts,
        theme: theme::Theme::of(settings.theme, depth),
        area,
    };
    let library = match &options.entry {
        // Only one routine is wanted: the others need not be read.
        Some(_) => Library::default(),
        None => Library::load(paths),
    };
    let mut app = App::new(library, setup, now);
    if let Some(until) = options.until {
        app.end_at(until);
    }
    let sounds = Sounds::start(&settings, paths, app.volume(), app.muted(), sender.clone());
    if let Some(line) = sounds.complaint() {
        app.say(line.to_owned(), now);
    }
    let acts = match options.entry {
        None => match options.first {
            First::Home => Vec::new(),
            First::Sounds => app.open_sounds_alone(now),
            First::Design(opened) => app.open_designer(*opened),
        },
        Some(entry) => {
            let routine = entry.content.clone().ok();
            let plan = routine
                .as_ref()
                .and_then(|routine| Plan::new(routine, &options.plan).ok());
            match (routine, plan) {
                (Some(routine), Some(plan)) => {
                    if let Some(watched) = options.watch {
                        app.watch(routine.clone(), options.plan);
                        if let Err(error) = messages::watch_file(sender, watched) {
                            app.say(format!("it is not noticed when it is saved: {error}"), now);
                        }
                    }
                    let before = match options.preflight {
                        Preflight::Ask => Before::Preflight,
                        Preflight::Skip => Before::Nothing,
                    };
                    app.open(entry, routine, plan, before, now)
                }
                // The command line has refused these already.
                _ => vec![Act::Quit(1)],
            }
        }
    };
    (app, acts, sounds)
}
