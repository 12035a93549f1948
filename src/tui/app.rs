//! The program between a press and a picture: which screen is shown, what a
//! message does to it, and what the shell is asked for. It is told the time
//! and performs nothing itself, so that tests read like scripts.

mod act;
mod alone;
mod at_home;
mod draw;
mod ear;
mod ending;
mod focus;
mod hearing;
mod in_design;
mod in_log;
mod in_preflight;
mod in_session;
mod in_settings;
mod in_sounds;
mod lit;
mod one_button;
mod prepared;
mod pressed;
mod rehearsal;
mod today;
mod told;

use std::time::Duration;

use ratatui::layout::Rect;

use crate::clock::until::Until;
use crate::library::Library;
use crate::memory::{FirstStart, Memory};
use crate::settings::{self, Settings};
use crate::store::{self, Prompts, Resumable, SessionKey};
use crate::tui::keys::{self, Presses};
use crate::tui::live::{Muted, Now, SoundOrder};
use crate::tui::screens::aftercare::AftercareScreen;
use crate::tui::screens::debrief::DebriefScreen;
use crate::tui::screens::design::Designer;
use crate::tui::screens::home::Home;
use crate::tui::screens::log::LogScreen;
use crate::tui::screens::preflight::Preflight;
use crate::tui::screens::session::pacer_area;
use crate::tui::screens::settings::SettingsScreen;
use crate::tui::screens::sounds::SoundsScreen;
use crate::tui::theme::Theme;

pub use act::{Act, Kept, LogOrder};
use ear::Ear;
use focus::Focus;
pub use hearing::Hearing;
use in_design::Workshop;
use in_session::Running;
use lit::Lit;
pub use prepared::Before;
use prepared::Prepared;
use rehearsal::Watched;

/// Where the program goes when a session is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Home again.
    Home,
    /// Out.
    Outside,
}

#[derive(Debug)]
enum Screen {
    Home(Box<Home>),
    Preflight(Box<Preflight>, Box<Prepared>),
    Session(Box<Running>),
    Sounds(Box<SoundsScreen>),
    Log(Box<LogScreen>),
    Debrief(Box<DebriefScreen>, Behind),
    Settings(Box<SettingsScreen>),
    Design(Box<Designer>),
    Aftercare(Box<AftercareScreen>, Box<Running>),
}

/// What becomes of a session that was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outlook {
    /// It is over, or there was none.
    Closed,
    /// It goes on another time.
    GoesOn,
}

/// Where a debrief was opened from.
#[derive(Debug)]
enum Behind {
    Log(Box<LogScreen>),
    Card(Box<AftercareScreen>, Box<Running>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Overlay {
    Help { top: usize },
}

/// A line that goes by itself.
#[derive(Debug, Clone)]
struct Notice {
    text: String,
    until: Duration,
}

/// How long a line stays.
const NOTICE: Duration = Duration::from_secs(5);

/// The whole of what is shown.
#[derive(Debug)]
pub struct App {
    screen: Screen,
    overlay: Option<Overlay>,
    notice: Option<Notice>,
    hearing: Hearing,
    ear: Ear,
    lit: Lit,
    /// How much the next session tells.
    prompts: Prompts,
    /// When sessions are to end, by the clock.
    until: Option<Until>,
    /// Why the session is not kept, while it is not.
    not_kept: Option<String>,
    /// Whether the session was left to go on another time.
    outlook: Outlook,
    interrupted: Vec<Resumable>,
    /// The session whose card is shown, once it is in the log, or why not.
    finished: Option<Result<SessionKey, store::Trouble>>,
    settings: Settings,
    muted: Muted,
    volume: u8,
    /// What the keys of a session mean.
    keys: keys::SessionKeys,
    /// Whether keys come to this window.
    focus: Focus,
    /// Whether any press does it all in the next session.
    one_button: settings::OneButton,
    memory: Memory,
    origin: Origin,
    library: Library,
    /// The routine's file, where it is followed.
    watched: Option<Box<Watched>>,
    workshop: Workshop,
    theme: Theme,
    area: Rect,
    presses: Presses,
    /// Which cue is tried next.
    trying: usize,
}

/// What a test or the command line fixes for one run.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The settings.
    pub settings: Settings,
    /// What is wrong with the settings file, a line each.
    pub complaints: Vec<String>,
    /// What is remembered from the last start.
    pub memory: Memory,
    /// Muted for this run, whatever the settings say.
    pub sound: Option<settings::Sound>,
    /// The volume for this run.
    pub volume: Option<u8>,
    /// How much a session tells.
    pub prompts: Prompts,
    /// Colours.
    pub theme: Theme,
    /// The window.
    pub area: Rect,
}

impl App {
    /// The program at its home screen.
    #[must_use]
    pub fn new(library: Library, setup: Setup, now: &Now) -> Self {
        let sound = setup.sound.unwrap_or(setup.settings.sound);
        let mut home = Home::new(library.clone());
        if setup.memory.first_start == FirstStart::ToCome {
            home.greet();
        }
        let volume = setup
            .volume
            .or(setup.settings.volume)
            .or(setup.memory.volume)
            .unwrap_or(settings::DEFAULT_VOLUME);
        let (keys, wrong) = keys::SessionKeys::of(&setup.settings.keys);
        let mut complaints = setup.complaints;
        complaints.extend(wrong);
        let mut app = Self {
            screen: Screen::Home(Box::new(home)),
            overlay: None,
            notice: None,
            hearing: Hearing::Unknown,
            ear: Ear::new(&setup.settings),
            lit: Lit::new(setup.settings.awake),
            prompts: setup.prompts,
            until: None,
            not_kept: None,
            outlook: Outlook::Closed,
            interrupted: Vec::new(),
            finished: None,
            muted: match sound {
                settings::Sound::On => Muted::No,
                settings::Sound::Muted => Muted::Yes,
            },
            volume: volume.min(100),
            keys,
            focus: Focus::Here,
            one_button: setup.settings.one_button,
            memory: setup.memory,
            settings: setup.settings,
            origin: Origin::Home,
            library,
            watched: None,
            workshop: Workshop::default(),
            theme: setup.theme,
            area: setup.area,
            presses: Presses::default(),
            trying: 0,
        };
        if !complaints.is_empty() {
            app.say(complaints.join(" · "), now);
            // Long enough to be read.
            if let Some(notice) = &mut app.notice {
                notice.until = now.mono + NOTICE * 3;
            }
        }
        app
    }

    /// The screen, to be put back or followed by another.
    fn take_screen(&mut self) -> Screen {
        let placeholder = Screen::Home(Box::new(Home::new(Library::default())));
        std::mem::replace(&mut self.screen, placeholder)
    }

    /// How the session that was left goes on, where one does.
    #[must_use]
    pub const fn goes_on(&self) -> Option<&'static str> {
        match (self.outlook, &self.not_kept) {
            (Outlook::GoesOn, None) => Some("kept for later: ashiatsu offers to go on with it"),
            _ => None,
        }
    }

    /// Goes home, or out.
    fn leave(&mut self) -> Vec<Act> {
        if let Some(acts) = self.back_to_designer() {
            return acts;
        }
        self.overlay = None;
        match self.origin {
            Origin::Home => {
                let mut home = Home::new(self.library.clone());
                home.offer(self.interrupted.first().cloned());
                self.screen = Screen::Home(Box::new(home));
                vec![Act::Sound(SoundOrder::CancelForeseen), Act::ReloadLibrary]
            }
            Origin::Outside => vec![Act::Quit(0)],
        }
    }

    /// The first start is over, however it ended.
    fn welcomed(&mut self) -> Act {
        self.memory.first_start = FirstStart::Over;
        Act::Remember(self.memory.clone())
    }

    /// Shows a line for some seconds.
    pub fn say(&mut self, text: impl Into<String>, now: &Now) {
        self.notice = Some(Notice {
            text: text.into(),
            until: now.mono + NOTICE,
        });
    }

    /// Another size of the window.
    pub const fn resize(&mut self, area: Rect) {
        self.area = area;
    }

    /// Lets time pass: the session, lines that go by themselves.
    pub fn tick(&mut self, now: &Now) -> Vec<Act> {
        if self
            .notice
            .as_ref()
            .is_some_and(|notice| notice.until <= now.mono)
        {
            self.notice = None;
        }
        self.refresh_today(now);
        let was_tried = self.is_tried();
        let mut acts = self.tick_session(now);
        acts.extend(self.take_over(now));
        self.untried(acts, was_tried)
    }

    /// When the picture or the session changes next by itself, since the
    /// program began; never, while nothing moves.
    #[must_use]
    pub fn next_change(&self, now: &Now) -> Option<Duration> {
        let notice = self.notice.as_ref().map(|notice| notice.until);
        let session = match &self.screen {
            Screen::Session(running) => {
                // A small window has no row for the pacer.
                let breathes = self.settings.pacer == settings::Pacer::On
                    && self.area.width >= 60
                    && self.area.height >= 20;
                let pacer = breathes.then(pacer_area);
                running.next_change(pacer, now)
            }
            Screen::Preflight(..) => self.next_change_of_today(now),
            _ => None,
        };
        match (notice, session) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }
}
