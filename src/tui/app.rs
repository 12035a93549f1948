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
mod rehearsal;
mod today;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use crate::clock::until::Until;
use crate::library::{Entry, Library};
use crate::memory::{FirstStart, Memory};
use crate::plan::alone::LeftAlone;
use crate::plan::{self, Plan};
use crate::preflight::Lists;
use crate::routine::text::printable;
use crate::routine::{Aftercare, Routine};
use crate::session::{self};
use crate::settings::{self, Settings};
use crate::store::{self, Checklists, Kind, Meta, Prompts, Resumable, SessionKey};
use crate::tui::keys::{self, InList, Key, Press, Presses};
use crate::tui::live::{Live, Muted, Now, SoundOrder};
use crate::tui::screens::aftercare::AftercareScreen;
use crate::tui::screens::debrief::DebriefScreen;
use crate::tui::screens::design::Designer;
use crate::tui::screens::help;
use crate::tui::screens::home::Home;
use crate::tui::screens::log::LogScreen;
use crate::tui::screens::preflight::{Page, Preflight};
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
use rehearsal::Watched;
use today::Today;

/// Where the program goes when a session is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Home again.
    Home,
    /// Out.
    Outside,
}

/// Whether pre-flight comes before a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// It does.
    Preflight,
    /// Straight to get ready.
    Nothing,
}

/// A routine about to be worked.
#[derive(Debug, Clone)]
pub struct Prepared {
    routine: Routine,
    entry: Entry,
    plan: Plan,
    checklists: Checklists,
    before: Before,
    today: Today,
}

impl Prepared {
    fn new(routine: Routine, entry: Entry, plan: Plan) -> Self {
        Self {
            routine,
            entry,
            plan,
            checklists: Checklists::Skipped,
            before: Before::Preflight,
            today: Today::default(),
        }
    }

    /// What the log keeps of it.
    fn meta(&self, kind: Kind, prompts: Prompts) -> Meta {
        let first = self.plan.segments.first().map(|segment| segment.number);
        Meta {
            path: match &self.entry.origin {
                crate::library::Origin::Shipped => None,
                crate::library::Origin::File(_) => Some(self.entry.path.clone()),
            },
            kind,
            prompts,
            from: first.filter(|&number| number > 1),
            checklists: self.checklists,
            aftercare: Some(self.routine.aftercare.clone()),
            ..Meta::of(self.entry.stem.clone())
        }
    }
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

/// What a closed sound device needs before it plays: measured 150 ms.
const DEVICE_OPENS: Duration = Duration::from_millis(250);
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

    /// Goes straight to one routine; leaving it leaves the program.
    pub fn open(
        &mut self,
        entry: Entry,
        routine: Routine,
        plan: Plan,
        before: Before,
        now: &Now,
    ) -> Vec<Act> {
        self.origin = Origin::Outside;
        let mut prepared = Prepared::new(routine, entry, plan);
        prepared.before = before;
        let question = self.take_end(&mut prepared, now);
        match (before, question) {
            (Before::Nothing, None) => self.begin(prepared, now),
            (_, question) => self.prepare(prepared, question),
        }
    }

    /// The lists before a session, after a question if there is one.
    fn prepare(&mut self, prepared: Prepared, question: Option<String>) -> Vec<Act> {
        let lists = Lists::new(&prepared.routine, &self.settings.leave_out);
        let act = Act::LoadSounds(Box::new(prepared.entry.clone()));
        let mut preflight = Preflight::new(lists);
        if let Some(question) = question {
            preflight.ask(question);
        }
        self.screen = Screen::Preflight(Box::new(preflight), Box::new(prepared));
        vec![act]
    }

    fn begin(&mut self, prepared: Prepared, now: &Now) -> Vec<Act> {
        let head_start = self.lead();
        let Some(LeftAlone { plan, left_out }) = prepared.worked_today(now, head_start) else {
            return Vec::new();
        };
        let end = prepared
            .today
            .ending
            .as_ref()
            .map(|ending| ending.at.clone());
        let mut meta = prepared.meta(self.memory.kind, self.prompts);
        meta.left_out = left_out
            .iter()
            .map(|segment| store::Step::left_out(&plan, segment))
            .collect();
        let mut acts = vec![Act::LoadSounds(Box::new(prepared.entry))];
        let aftercare = prepared.routine.aftercare;
        let live = Live::start(plan, head_start, now)
            .with_prompts(self.prompts)
            .until(end);
        let plan = Arc::clone(live.session().plan());
        acts.push(Act::Keep(Kept::Begin(Box::new(meta), plan, head_start)));
        let mut running = Running::new(live, aftercare, self.one_button);
        if self.one_button == settings::OneButton::On {
            self.say(one_button::SAID, now);
        }
        let answer = running.advance(now);
        acts.extend(self.follow(&mut running, answer, now));
        self.screen = Screen::Session(Box::new(running));
        acts
    }

    /// Goes on with an interrupted session, paused where it was.
    pub fn go_on(&mut self, live: Live, aftercare: Aftercare, origin: Origin, now: &Now) {
        self.origin = origin;
        self.overlay = None;
        let running = Running::new(live, aftercare, self.one_button);
        self.screen = Screen::Session(Box::new(running));
        self.say(self.with_call("it goes on where it was", ""), now);
    }

    /// Offers sessions that were interrupted, the last one first.
    pub fn offer(&mut self, interrupted: Vec<Resumable>) {
        if let Screen::Home(home) = &mut self.screen {
            home.offer(interrupted.first().cloned());
        }
        self.interrupted = interrupted;
    }

    /// Takes note of whether the session is kept.
    pub fn note_store(&mut self, report: &store::Report, now: &Now) {
        let line = printable(&report.to_string());
        match report {
            store::Report::NotKept(_) => self.not_kept = Some(line),
            store::Report::Kept => {
                self.not_kept = None;
                self.say(line, now);
            }
            store::Report::SetAside(_) => self.say(line, now),
            // What is not kept was said already.
            store::Report::Over(_) | store::Report::Left => {}
        }
    }

    /// The time of the session that runs, if one does.
    #[must_use]
    pub fn session_time(&self, now: &Now) -> Option<Duration> {
        match &self.screen {
            Screen::Session(running) => Some(running.live.at(now)),
            _ => None,
        }
    }

    /// The machine slept: a running session is paused as of `then`.
    pub fn slept(&mut self, then: &Now, now: &Now) -> Vec<Act> {
        let runs = matches!(&self.screen, Screen::Session(running)
            if matches!(running.live.session().state(), session::State::Running(_) | session::State::GetReady { .. }));
        if !runs {
            return Vec::new();
        }
        let acts = self.tell(then, Live::slept);
        self.say(self.with_call("paused: the machine slept", " goes on"), now);
        acts
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
            (Outlook::GoesOn, None) => {
                Some("kept for later: ashiatsu run --resume goes on with it")
            }
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

    /// Takes over which routines there are now.
    pub fn set_library(&mut self, library: Library) {
        if let Screen::Home(home) = &mut self.screen {
            home.set_library(library.clone());
        }
        self.library = library;
    }

    /// Marks a routine of the user's own at home.
    pub fn mark_file(&mut self, path: &Path) {
        if let Screen::Home(home) = &mut self.screen {
            home.mark_file(path);
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

    /// A press, a click, another size of the window.
    pub fn handle(&mut self, event: &Event, now: &Now) -> Vec<Act> {
        let was_tried = self.is_tried();
        let mut acts = self.tick(now);
        if matches!(event, Event::Key(_)) {
            // A key that comes here goes nowhere else.
            self.focus(Focus::Here);
        }
        acts.extend(match event {
            // A note is typed as it is, with its capitals.
            Event::Key(key) if self.types_a_note() => self.type_note(key, now),
            Event::Key(key) if self.is_designing() => self.press_in_design(key, now),
            Event::Key(key) => match self.presses.see(key, now.mono) {
                Some(press) => self.press(press, now),
                None => Vec::new(),
            },
            Event::Mouse(mouse) => self.mouse(*mouse, now),
            Event::Resize(columns, rows) => {
                self.resize(Rect::new(0, 0, *columns, *rows));
                Vec::new()
            }
            Event::Paste(text) if self.types_a_note() => self.paste_note(text),
            Event::Paste(text) if self.is_designing() => self.paste_in_design(text, now),
            // Elsewhere pasted text is nobody's wish.
            Event::Paste(_) => Vec::new(),
            Event::FocusGained => {
                self.focus(Focus::Here);
                Vec::new()
            }
            Event::FocusLost => {
                self.focus(Focus::Elsewhere);
                Vec::new()
            }
        });
        acts.extend(self.take_over(now));
        self.untried(acts, was_tried)
    }

    fn press(&mut self, press: Press, now: &Now) -> Vec<Act> {
        let (key, held) = match press {
            Press::First(key) => (key, false),
            Press::Held(key) => (key, true),
        };
        let last = match self.overlay {
            Some(Overlay::Help { .. }) => help::last_top(&self.help_rows(), self.area, &self.theme),
            None => 0,
        };
        if let Some(Overlay::Help { top }) = &mut self.overlay {
            match key {
                Key::Code(KeyCode::Down) => *top = (*top + 1).min(last),
                Key::Code(KeyCode::Up) => *top = top.saturating_sub(1),
                Key::Code(KeyCode::PageDown) => *top = (*top + help::page(self.area)).min(last),
                Key::Code(KeyCode::PageUp) => *top = top.saturating_sub(help::page(self.area)),
                Key::Code(KeyCode::Home) => *top = 0,
                Key::Code(KeyCode::End) => *top = last,
                Key::Char('?' | 'q') | Key::Code(KeyCode::Esc | KeyCode::Enter) => {
                    self.overlay = None;
                }
                Key::Ctrl('z') => return vec![Act::Suspend],
                // A session's own keys act through its help: she must never be stuck in it.
                _ if matches!(self.screen, Screen::Session(_)) && !held => {
                    self.overlay = None;
                    return self.press_in_session(key, now);
                }
                _ => {}
            }
            return Vec::new();
        }
        if let Some(acts) = (!held)
            .then(|| self.press_the_one_button(one_button::Pressed::Key(key), now))
            .flatten()
        {
            return acts;
        }
        match &self.screen {
            Screen::Session(_) if held => Vec::new(),
            Screen::Session(_) => self.press_in_session(key, now),
            Screen::Home(_) => self.press_at_home(key, held, now),
            Screen::Preflight(..) => self.press_in_preflight(key, held, now),
            Screen::Aftercare(..) => self.press_at_aftercare(key, held, now),
            Screen::Sounds(_) => self.press_in_sounds(key, held, now),
            Screen::Log(_) => self.press_in_log(key, held, now),
            Screen::Debrief(..) => self.press_in_debrief(key, held, now),
            Screen::Settings(_) => self.press_in_settings(key, held, now),
            // It takes keys as they are.
            Screen::Design(_) => Vec::new(),
        }
    }

    /// What every list understands in the same way; nothing if it is not that.
    fn common(&mut self, action: InList, now: &Now) -> Option<Vec<Act>> {
        Some(match action {
            InList::TryCue => self.try_cue(now),
            InList::Louder => self.change_volume(10, now),
            InList::Softer => self.change_volume(-10, now),
            InList::Mute => self.toggle_mute(now),
            InList::Help => {
                self.overlay = Some(Overlay::Help { top: 0 });
                Vec::new()
            }
            InList::Suspend => vec![Act::Suspend],
            _ => return None,
        })
    }

    fn mouse(&mut self, mouse: MouseEvent, now: &Now) -> Vec<Act> {
        let at = Position::new(mouse.column, mouse.row);
        if let MouseEventKind::Down(_) = mouse.kind
            && let Some(acts) = self.press_the_one_button(one_button::Pressed::Mouse, now)
        {
            return acts;
        }
        match mouse.kind {
            MouseEventKind::ScrollUp if self.is_designing() => self.scroll_design(KeyCode::Up, now),
            MouseEventKind::ScrollDown if self.is_designing() => {
                self.scroll_design(KeyCode::Down, now)
            }
            MouseEventKind::ScrollUp => self.press(Press::Held(Key::Code(KeyCode::Up)), now),
            MouseEventKind::ScrollDown => self.press(Press::Held(Key::Code(KeyCode::Down)), now),
            MouseEventKind::Down(MouseButton::Left) if self.overlay.is_some() => {
                self.overlay = None;
                Vec::new()
            }
            MouseEventKind::Down(MouseButton::Left) => self.click(at, now),
            _ => Vec::new(),
        }
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

    fn click(&mut self, at: Position, now: &Now) -> Vec<Act> {
        let area = self.area;
        match &mut self.screen {
            Screen::Home(home) => {
                use crate::tui::screens::home::Clicked;
                match home.click(area, at) {
                    Some(Clicked::Again) => {
                        self.press_at_home(Key::Code(KeyCode::Enter), false, now)
                    }
                    Some(Clicked::First) | None => Vec::new(),
                }
            }
            Screen::Preflight(preflight, _) => {
                use crate::tui::screens::preflight::Clicked;
                if preflight.page() == Page::InPlace {
                    return self.press_in_preflight(Key::Code(KeyCode::Enter), false, now);
                }
                match preflight.click(area, at) {
                    Some(Clicked::Choice(choice)) => self.click_choice(choice, now),
                    Some(Clicked::Region) => {
                        self.toggle_alone(now);
                        Vec::new()
                    }
                    None => Vec::new(),
                }
            }
            Screen::Sounds(sounds) => match sounds.click(area, at) {
                Some(_) => self.play_marked(now),
                None => Vec::new(),
            },
            Screen::Log(log) => match log.click(area, at) {
                Some(wish) => self.grant(wish, now),
                None => Vec::new(),
            },
            Screen::Settings(_) => self.click_in_settings(at, now),
            Screen::Design(designer) => {
                designer.click(area, at);
                Vec::new()
            }
            Screen::Session(_) | Screen::Aftercare(..) | Screen::Debrief(..) => Vec::new(),
        }
    }

    /// The card that is shown, to be saved.
    #[must_use]
    pub fn card(&self) -> Option<&crate::card::Card> {
        match &self.screen {
            Screen::Aftercare(aftercare, _) => Some(&aftercare.card),
            _ => None,
        }
    }
}

/// The plan of an entry, as it stands in the library.
pub(crate) fn plain_plan(routine: &Routine) -> Plan {
    Plan::new(routine, &plan::Options::default()).unwrap_or_else(|_| Plan::whole(routine))
}
