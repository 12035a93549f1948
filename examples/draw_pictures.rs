//! Draws the pictures of `docs/`: `cargo run --example draw_pictures` writes
//! them there, or to the folder given as the only argument. They show the
//! program itself, driven by a clock that this file makes up: nothing in them is
//! painted by hand, and running it again gives the same bytes.

#[path = "draw_pictures/svg.rs"]
mod svg;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ashiatsu::library::{Entry, Library};
use ashiatsu::memory::{FirstStart, Memory};
use ashiatsu::plan::{Options, Plan};
use ashiatsu::routine::vocabulary::Side;
use ashiatsu::routine::{Ends, Routine};
use ashiatsu::session::GET_READY;
use ashiatsu::settings::Settings;
use ashiatsu::tui::app::{App, Before, Hearing, Setup};
use ashiatsu::tui::live::Now;
use ashiatsu::tui::theme::{Depth, Theme};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ZonedDateTime};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The window that a terminal opens with.
const USUAL: Rect = Rect::new(0, 0, 80, 24);
/// One that holds both halves of the last screen.
const LARGE: Rect = Rect::new(0, 0, 120, 36);
/// The routine that is worked.
const ROUTINE: &str = "back-basics";
/// What the session's picture shows, of the left side.
const STROKE: &str = "Gliding compression";
/// How far into it.
const INTO_STROKE: Duration = Duration::from_secs(48);
/// How long each hold is left waiting.
const WAITS: Duration = Duration::from_secs(12);
/// How finely time is told: the program draws no oftener.
const TICK: Duration = Duration::from_millis(250);

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let folder = std::env::args_os().nth(1).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("docs"),
        PathBuf::from,
    );
    std::fs::create_dir_all(&folder)?;
    let (session, aftercare) = session_and_aftercare()?;
    for (name, about, picture) in [
        (
            "home",
            "The home screen: the list of routines, and the plan of the marked one",
            home()?,
        ),
        (
            "session",
            "A running session: the stroke, the client's side and the time left in large letters",
            session,
        ),
        (
            "aftercare",
            "The end: the aftercare card, and beside it what was worked, left against right",
            aftercare,
        ),
    ] {
        std::fs::write(
            folder.join(name).with_extension("svg"),
            svg::of(&picture, about),
        )?;
    }
    Ok(())
}

/// The program, and the time it is told.
struct Told {
    app: App,
    mono: Duration,
    begun: ZonedDateTime,
}

impl Told {
    fn start(library: Library) -> Result<Self, Failure> {
        let begun = date(2026, 3, 14)
            .at(14, 3, 0, 0)
            .to_zoned_datetime(TimeZone::UTC)?;
        let setup = Setup {
            settings: Settings::default(),
            complaints: Vec::new(),
            sound: None,
            volume: None,
            prompts: ashiatsu::store::Prompts::Full,
            theme: Theme::new(Depth::True),
            area: USUAL,
            memory: Memory {
                first_start: FirstStart::Over,
                volume: None,
                ..Memory::default()
            },
        };
        let now = Now {
            mono: Duration::ZERO,
            wall: begun.clone(),
        };
        let mut app = App::new(library, setup, &now);
        app.hear(Hearing::Sounding, &now);
        Ok(Self {
            app,
            mono: Duration::ZERO,
            begun,
        })
    }

    fn now(&self) -> Result<Now, Failure> {
        Ok(Now {
            mono: self.mono,
            wall: self
                .begun
                .checked_add(SignedDuration::try_from(self.mono)?)?,
        })
    }

    fn wait(&mut self, time: Duration) -> Result<(), Failure> {
        let until = self.mono + time;
        while self.mono < until {
            self.mono = until.min(self.mono + TICK);
            let now = self.now()?;
            self.app.tick(&now);
        }
        Ok(())
    }

    fn press(&mut self, code: KeyCode) -> Result<(), Failure> {
        let now = self.now()?;
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        self.app.handle(&Event::Key(key), &now);
        Ok(())
    }

    fn picture(&self, window: Rect) -> Result<Buffer, Failure> {
        let mut buffer = Buffer::empty(window);
        self.app.render(&mut buffer, &self.now()?);
        Ok(buffer)
    }
}

fn home() -> Result<Buffer, Failure> {
    let mut told = Told::start(Library::load(None))?;
    let place = Library::load(None)
        .entries
        .iter()
        .position(|entry| entry.stem == ROUTINE)
        .ok_or("the routine does not ship")?;
    for _ in 0..place {
        told.wait(Duration::from_secs(1))?;
        told.press(KeyCode::Down)?;
    }
    told.picture(USUAL)
}

fn session_and_aftercare() -> Result<(Buffer, Buffer), Failure> {
    let entry = Library::find(ROUTINE, None)?;
    let routine = routine_of(&entry)?;
    let plan = Plan::new(&routine, &Options::default())?;
    let mut told = Told::start(Library::default())?;
    let now = told.now()?;
    told.app
        .open(entry, routine, plan.clone(), Before::Nothing, &now);
    told.wait(GET_READY)?;
    let mut session = None;
    for segment in &plan.segments {
        let mut left = segment.time;
        let shown = segment.name() == STROKE && segment.side == Some(Side::Left);
        if shown && session.is_none() {
            told.wait(INTO_STROKE)?;
            left -= INTO_STROKE;
            session = Some(told.picture(USUAL)?);
        }
        told.wait(left)?;
        if segment.ends == Ends::WhenReady {
            told.wait(WAITS)?;
            told.press(KeyCode::Enter)?;
        }
    }
    // What was said of the last press goes by.
    told.wait(Duration::from_secs(10))?;
    let session = session.ok_or("no such stroke")?;
    Ok((session, told.picture(LARGE)?))
}

fn routine_of(entry: &Entry) -> Result<Routine, Failure> {
    entry
        .content
        .clone()
        .map_err(|_| Failure::from("the routine is broken"))
}
