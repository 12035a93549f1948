//! The program, driven by a clock that this file makes up: presses and waiting
//! in, pictures out. Nothing takes part but the program's own screens, so the
//! same presses always give the same picture.

use std::error::Error;
use std::time::Duration;

use ashiatsu::library::{Entry, Library};
use ashiatsu::memory::{FirstStart, Memory};
use ashiatsu::plan::{Options, Plan};
use ashiatsu::settings::{self, Settings};
use ashiatsu::store::Prompts;
use ashiatsu::tui::app::{App, Before, Hearing, Setup};
use ashiatsu::tui::live::Now;
use ashiatsu::tui::theme::Theme;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ZonedDateTime};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(crate) type Failure = Box<dyn Error>;

/// The window that a terminal opens with.
pub(crate) const USUAL: Rect = Rect::new(0, 0, 80, 24);
/// How finely time is told: the program draws no oftener.
const TICK: Duration = Duration::from_secs(1);
/// Between two presses: nobody is faster.
const BETWEEN: Duration = Duration::from_millis(500);

/// The program, and the time it is told.
pub(crate) struct Told {
    pub(crate) app: App,
    mono: Duration,
    begun: ZonedDateTime,
}

impl Told {
    /// At home with these routines.
    pub(crate) fn start(library: Library, theme: &Theme) -> Result<Self, Failure> {
        Self::start_as_set(library, theme, Settings::default(), FirstStart::Over)
    }

    /// The same with these settings, at the first start or a later one.
    pub(crate) fn start_as_set(
        library: Library,
        theme: &Theme,
        settings: Settings,
        first_start: FirstStart,
    ) -> Result<Self, Failure> {
        let begun = date(2026, 3, 14)
            .at(14, 3, 0, 0)
            .to_zoned_datetime(TimeZone::UTC)?;
        let setup = Setup {
            settings,
            complaints: Vec::new(),
            sound: None,
            volume: None,
            prompts: Prompts::Full,
            theme: theme.clone(),
            area: USUAL,
            memory: Memory {
                first_start,
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

    /// One routine of the library, before its session or in it; the settings as
    /// their file would say it.
    pub(crate) fn routine(
        stem: &str,
        settings: &str,
        theme: &Theme,
        before: Before,
    ) -> Result<(Self, Plan), Failure> {
        Self::entry(Library::find(stem, None)?, settings, theme, before)
    }

    /// The same of any routine.
    pub(crate) fn entry(
        entry: Entry,
        settings: &str,
        theme: &Theme,
        before: Before,
    ) -> Result<(Self, Plan), Failure> {
        let routine = entry
            .content
            .clone()
            .map_err(|_| Failure::from("the routine is broken"))?;
        let plan = Plan::new(&routine, &Options::default())?;
        let (settings, wrong) = settings::read(settings);
        if let Some(wrong) = wrong.into_iter().next() {
            return Err(wrong.into());
        }
        let mut told = Self::start_as_set(Library::default(), theme, settings, FirstStart::Over)?;
        let now = told.now()?;
        told.app.open(entry, routine, plan.clone(), before, &now);
        Ok((told, plan))
    }

    pub(crate) fn now(&self) -> Result<Now, Failure> {
        Ok(Now {
            mono: self.mono,
            wall: self
                .begun
                .checked_add(SignedDuration::try_from(self.mono)?)?,
        })
    }

    pub(crate) fn wait(&mut self, time: Duration) -> Result<(), Failure> {
        let until = self.mono + time;
        while self.mono < until {
            self.mono = until.min(self.mono + TICK);
            let now = self.now()?;
            self.app.tick(&now);
        }
        Ok(())
    }

    pub(crate) fn send(&mut self, event: &Event) -> Result<(), Failure> {
        let now = self.now()?;
        self.app.handle(event, &now);
        Ok(())
    }

    pub(crate) fn press(&mut self, code: KeyCode) -> Result<(), Failure> {
        self.send(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
    }

    /// Presses one letter after another, Space and line feed (Enter) too.
    pub(crate) fn types(&mut self, keys: &str) -> Result<(), Failure> {
        for key in keys.chars() {
            self.wait(BETWEEN)?;
            self.press(match key {
                '\n' => KeyCode::Enter,
                '\t' => KeyCode::Tab,
                key => KeyCode::Char(key),
            })?;
        }
        Ok(())
    }

    /// What a window of that size shows.
    pub(crate) fn picture(&mut self, window: Rect) -> Result<Buffer, Failure> {
        self.send(&Event::Resize(window.width, window.height))?;
        let mut buffer = Buffer::empty(window);
        self.app.render(&mut buffer, &self.now()?);
        Ok(buffer)
    }
}
