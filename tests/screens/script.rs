//! A person before the screens: presses keys, clicks, waits, looks. Time is a
//! number that waiting moves on, in the steps in which the loop would wake.

use std::time::Duration;

use ashiatsu::check::check;
use ashiatsu::cue::Cue;
use ashiatsu::desk;
use ashiatsu::library::{Entry, Library, Origin};
use ashiatsu::memory::{FirstStart, Memory};
use ashiatsu::paths::Paths;
use ashiatsu::plan::{Options, Plan};
use ashiatsu::routine::read::NoSounds;
use ashiatsu::settings::{self, Settings};
use ashiatsu::tui::app::{Act, App, Before, Hearing, Setup};
use ashiatsu::tui::live::{Muted, Now, SoundOrder};
use ashiatsu::tui::theme::{Depth, Theme};
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use jiff::civil::date;
use jiff::{ToSpan, ZonedDateTime};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tempfile::TempDir;

use crate::letters;

/// A session with everything that a screen can show.
pub(crate) const EVENING: &str = include_str!("routines/evening.ron");

/// Somebody at the program.
pub(crate) struct Script {
    pub(crate) app: App,
    mono: Duration,
    area: Rect,
    /// What the shell was asked for since it was last looked at.
    pub(crate) acts: Vec<Act>,
    /// Where the designer's file lies, and what is kept of it.
    desk: Option<TempDir>,
    /// Whether the disk takes its time.
    slow: bool,
}

/// An entry of the library with that text, as if it shipped.
pub(crate) fn entry(stem: &str, text: &str) -> Entry {
    let checked = check(text, &NoSounds);
    let unlisted = checked.more;
    let (content, warnings) = match checked.routine {
        Some(routine) => (Ok(routine), checked.diagnostics),
        None => (Err(checked.diagnostics), Vec::new()),
    };
    Entry {
        stem: stem.to_owned(),
        path: format!("{stem}.ron"),
        origin: Origin::Shipped,
        text: text.to_owned(),
        content,
        warnings,
        unlisted,
    }
}

impl Script {
    fn new(library: Library, first_start: FirstStart) -> Self {
        Self::set_up(library, first_start, Settings::default())
    }

    fn set_up(library: Library, first_start: FirstStart, settings: Settings) -> Self {
        let memory = Memory {
            first_start,
            ..Memory::default()
        };
        let area = Rect::new(0, 0, 80, 24);
        let setup = Setup {
            settings,
            complaints: Vec::new(),
            memory,
            sound: None,
            volume: None,
            prompts: ashiatsu::store::Prompts::Full,
            theme: Theme::new(Depth::True),
            area,
        };
        let app = App::new(library, setup, &at(Duration::ZERO));
        Self {
            app,
            mono: Duration::ZERO,
            area,
            acts: Vec::new(),
            desk: None,
            slow: false,
        }
    }

    /// At the home screen, with these routines.
    pub(crate) fn at_home(entries: Vec<Entry>) -> Self {
        Self::new(Library::of(entries), FirstStart::Over)
    }

    /// The same with that settings file.
    pub(crate) fn at_home_as_set(settings: &str, entries: Vec<Entry>) -> Self {
        let (settings, wrong) = settings::read(settings);
        assert_eq!(wrong, Vec::<String>::new());
        Self::set_up(Library::of(entries), FirstStart::Over, settings)
    }

    /// At the first start of all.
    pub(crate) fn at_the_first_start() -> Self {
        Self::new(Library::load(None), FirstStart::ToCome)
    }

    /// `ashiatsu run` with that text.
    pub(crate) fn running(text: &str, before: Before) -> Self {
        Self::running_as_set("", text, before)
    }

    /// The same with that settings file.
    pub(crate) fn running_as_set(settings: &str, text: &str, before: Before) -> Self {
        let (settings, wrong) = settings::read(settings);
        assert_eq!(wrong, Vec::<String>::new());
        Self::set_up(Library::default(), FirstStart::Over, settings).runs(text, before)
    }

    /// `ashiatsu run --until` with that text; it is half past two.
    pub(crate) fn running_until(text: &str, before: Before, until: &str) -> Self {
        let mut script = Self::new(Library::default(), FirstStart::Over);
        script.app.end_at(until.parse().unwrap());
        script.runs(text, before)
    }

    fn runs(self, text: &str, before: Before) -> Self {
        let mut script = self;
        let entry = entry("test", text);
        let routine = entry.content.clone().expect("the routine runs");
        let plan = Plan::new(&routine, &Options::default()).unwrap();
        let acts = script.app.open(entry, routine, plan, before, &script.now());
        script.acts.extend(acts);
        script
    }

    /// `ashiatsu run --watch` with that text and these options.
    pub(crate) fn rehearsing(text: &str, options: Options, before: Before) -> Self {
        let mut script = Self::new(Library::default(), FirstStart::Over);
        let entry = entry("test", text);
        let routine = entry.content.clone().expect("the routine runs");
        let plan = Plan::new(&routine, &options).unwrap();
        script.app.watch(routine.clone(), options);
        let acts = script.app.open(entry, routine, plan, before, &script.now());
        script.acts.extend(acts);
        script
    }

    /// The routine's file is saved with that text, beside her.
    pub(crate) fn saves(mut self, text: &str) -> Self {
        let acts = self.app.saved(entry("test", text), &self.now());
        self.acts.extend(acts);
        self
    }

    /// In the first step of that text, just begun.
    pub(crate) fn in_session(text: &str) -> Self {
        Self::in_session_as_set("", text)
    }

    /// The same with that settings file.
    pub(crate) fn in_session_as_set(settings: &str, text: &str) -> Self {
        let mut script = Self::running_as_set(settings, text, Before::Nothing);
        while script.shows("Get ready") {
            script.mono = script.app.next_change(&script.now()).unwrap();
            script.tick();
        }
        script
    }

    pub(crate) fn now(&self) -> Now {
        at(self.mono)
    }

    /// Lets time pass as the loop does: it wakes whenever something changes.
    pub(crate) fn wait(mut self, seconds: f64) -> Self {
        self.pass(seconds);
        self
    }

    /// The same; how often the loop woke.
    pub(crate) fn pass(&mut self, seconds: f64) -> usize {
        let until = self.mono + Duration::from_secs_f64(seconds);
        let mut wakes = 0;
        while let Some(next) = self
            .app
            .next_change(&self.now())
            .filter(|&next| next <= until)
        {
            assert!(
                next > self.mono,
                "the loop would turn without rest at {next:?}"
            );
            self.mono = next;
            self.tick();
            wakes += 1;
        }
        self.mono = until;
        self.tick();
        wakes
    }

    fn tick(&mut self) {
        let acts = self.app.tick(&self.now());
        self.acts.extend(acts);
    }

    /// Passes an event on.
    pub(crate) fn send(&mut self, event: &Event) {
        let acts = self.app.handle(event, &self.now());
        self.take(acts);
    }

    /// Takes what is asked for; what is for the disk is done at once.
    fn take(&mut self, acts: Vec<Act>) {
        for act in acts {
            match (act, &self.desk) {
                (Act::Desk(order), Some(_)) if self.slow => {
                    self.acts.push(Act::Desk(order));
                }
                (Act::Desk(order), Some(home)) => {
                    let report = desk::perform(order, Some(&paths(home)));
                    let now = self.now();
                    let more = report.map(|report| self.app.desk(report, &now));
                    self.take(more.unwrap_or_default());
                }
                (Act::ReloadLibrary, Some(home)) => {
                    let library = Library::load(Some(&paths(home)));
                    self.app.set_library(library);
                }
                (act, _) => self.acts.push(act),
            }
        }
    }

    /// At the home screen, with these files in the user's own folder, by name, and those that ship.
    pub(crate) fn at_home_with(files: &[(&str, &str)]) -> Self {
        let home = TempDir::with_prefix("ashiatsu").unwrap();
        let folder = paths(&home).routines();
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let library = Library::load(Some(&paths(&home)));
        let mut script = Self::new(library, FirstStart::Over);
        script.desk = Some(home);
        script
    }

    /// What a file of the user's own folder holds.
    pub(crate) fn own(&self, name: &str) -> String {
        let folder = paths(self.desk.as_ref().unwrap()).routines();
        std::fs::read_to_string(folder.join(name)).unwrap()
    }

    /// `ashiatsu design` on a file with that text.
    pub(crate) fn designing(text: &str) -> Self {
        let home = TempDir::with_prefix("ashiatsu").unwrap();
        std::fs::write(file(&home), text).unwrap();
        Self::designing_in(home)
    }

    /// The same on a file that is not there yet.
    pub(crate) fn designing_new() -> Self {
        Self::designing_in(TempDir::with_prefix("ashiatsu").unwrap())
    }

    fn designing_in(home: TempDir) -> Self {
        let mut script = Self::new(Library::default(), FirstStart::Over);
        let opened = desk::open(&file(&home), Some(&paths(&home))).unwrap();
        script.desk = Some(home);
        let acts = script.app.open_designer(opened);
        script.take(acts);
        script
    }

    /// The program dies, and is started on the same file again.
    pub(crate) fn starts_again(self) -> Self {
        Self::designing_in(self.desk.unwrap())
    }

    /// Another file is opened in the same program.
    pub(crate) fn opens_instead(mut self, text: &str) -> Self {
        let path = self.desk.as_ref().unwrap().path().join("other.ron");
        std::fs::write(&path, text).unwrap();
        let opened = desk::open(&path, None).unwrap();
        let acts = self.app.open_designer(opened);
        self.take(acts);
        self
    }

    /// Marks the first row of the table that has `title` on it.
    pub(crate) fn at_row(self, title: &str) -> Self {
        let mut script = self.press("Home");
        for _ in 0..40 {
            let rows = letters::rows(&script.picture());
            if rows
                .iter()
                .any(|row| row.contains('▶') && row.contains(title))
            {
                return script;
            }
            script = script.press("Down");
        }
        panic!("{title} can't be reached")
    }

    /// The text in the designer.
    pub(crate) fn designed(&self) -> String {
        self.app.designed().unwrap().to_owned()
    }

    /// What the designer's file holds.
    pub(crate) fn on_disk(&self) -> String {
        std::fs::read_to_string(file(self.desk.as_ref().unwrap())).unwrap()
    }

    /// From here on nothing that is asked of the disk is answered.
    pub(crate) fn with_a_slow_disk(mut self) -> Self {
        self.slow = true;
        self
    }

    /// What another file beside it holds.
    pub(crate) fn beside(&self, name: &str) -> String {
        let folder = self.desk.as_ref().unwrap().path();
        std::fs::read_to_string(folder.join(name)).unwrap()
    }

    /// Somebody else saves the file.
    pub(crate) fn writes_beside(&self, text: &str) {
        std::fs::write(file(self.desk.as_ref().unwrap()), text).unwrap();
    }

    /// All that is shown.
    pub(crate) fn drawn(&self) -> String {
        letters::rows(&self.picture()).join("\n")
    }

    /// Presses and lets go of a key.
    pub(crate) fn press(mut self, name: &str) -> Self {
        self.tap(name);
        self
    }

    /// Presses and lets go of a key.
    pub(crate) fn tap(&mut self, name: &str) {
        self.send(&key(name, KeyEventKind::Press));
        self.send(&key(name, KeyEventKind::Release));
    }

    /// Presses one key after another.
    /// Marks the line that begins with `label`.
    pub(crate) fn goes_to(mut self, label: &str) -> Self {
        for _ in 0..20 {
            if self.shows(&format!("▶ {label} ")) {
                return self;
            }
            self = self.press("Down");
        }
        panic!("{label} can't be reached")
    }

    /// The same upwards.
    pub(crate) fn goes_up_to(mut self, label: &str) -> Self {
        for _ in 0..20 {
            if self.shows(&format!("▶ {label} ")) {
                return self;
            }
            self = self.press("Up");
        }
        panic!("{label} can't be reached")
    }

    pub(crate) fn presses(mut self, names: &[&str]) -> Self {
        for name in names {
            self.tap(name);
        }
        self
    }

    /// Types letters.
    pub(crate) fn types(mut self, text: &str) -> Self {
        for c in text.chars() {
            self.tap(&c.to_string());
        }
        self
    }

    pub(crate) fn mouse(mut self, kind: MouseEventKind, column: u16, row: u16) -> Self {
        let modifiers = KeyModifiers::NONE;
        self.send(&Event::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers,
        }));
        self
    }

    /// Clicks the first row that has `text` on it.
    pub(crate) fn click(self, text: &str) -> Self {
        let rows = letters::rows(&self.picture());
        let place = rows
            .iter()
            .enumerate()
            .find_map(|(y, row)| Some((row.find(text)?, y)));
        let (at, y) =
            place.unwrap_or_else(|| panic!("nothing reads {text:?}:\n{}", rows.join("\n")));
        let x = rows[y][..at].chars().count();
        let (x, y) = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
        self.mouse(MouseEventKind::Down(MouseButton::Left), x, y)
    }

    /// What can be heard changes.
    pub(crate) fn hear(mut self, hearing: Hearing) -> Self {
        self.app.hear(hearing, &self.now());
        self
    }

    /// Another size of the window.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.area = Rect::new(0, 0, columns, rows);
        self.send(&Event::Resize(columns, rows));
    }

    /// The same, to go on with.
    pub(crate) fn sized(mut self, columns: u16, rows: u16) -> Self {
        self.resize(columns, rows);
        self
    }

    /// What is shown.
    pub(crate) fn picture(&self) -> Buffer {
        let mut buf = Buffer::empty(self.area);
        self.app.render(&mut buf, &self.now());
        buf
    }

    /// Whether a text is shown plain, on one row.
    pub(crate) fn shows(&self, text: &str) -> bool {
        letters::is_plain(text, &self.picture())
    }

    /// Whether a text is shown in letters made of cells.
    pub(crate) fn shows_large(&self, text: &str) -> bool {
        letters::height_of(text, &self.picture()).is_some()
    }

    /// Asserts that a text is shown, large or small.
    #[track_caller]
    pub(crate) fn sees(self, text: &str) -> Self {
        assert!(
            self.shows(text) || self.shows_large(text),
            "{text:?} is not shown:\n{}",
            letters::rows(&self.picture()).join("\n")
        );
        self
    }

    /// Asserts that it is not.
    #[track_caller]
    pub(crate) fn misses(self, text: &str) -> Self {
        assert!(
            !self.shows(text) && !self.shows_large(text),
            "{text:?} is shown:\n{}",
            letters::rows(&self.picture()).join("\n")
        );
        self
    }

    /// The picture is the same as `before`.
    pub(crate) fn looks_like(self, before: &Buffer) -> Self {
        assert_eq!(&self.picture(), before);
        self
    }

    /// The code with which the program was asked to leave, if it was.
    pub(crate) fn left_with(&self) -> Option<u8> {
        self.acts.iter().find_map(|act| match act {
            Act::Quit(code) => Some(*code),
            _ => None,
        })
    }

    /// The cues that the speaker was asked for because of a press.
    pub(crate) fn press_cues(&mut self) -> Vec<Cue> {
        let pressed = self.orders().into_iter().filter_map(|order| match order {
            SoundOrder::Press(chime) => Some(chime.cue),
            _ => None,
        });
        pressed.collect()
    }

    /// What the speaker was asked for since the last look.
    pub(crate) fn orders(&mut self) -> Vec<SoundOrder> {
        std::mem::take(&mut self.acts)
            .into_iter()
            .filter_map(|act| match act {
                Act::Sound(order) => Some(order),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn muted(&self) -> bool {
        self.app.muted() == Muted::Yes
    }
}

/// Where everything of a home lies.
fn paths(home: &TempDir) -> Paths {
    Paths {
        settings: home.path().join("settings"),
        data: home.path().join("data"),
    }
}

/// The designer's file in it.
fn file(home: &TempDir) -> std::path::PathBuf {
    home.path().join("small.ron")
}

/// So long after the program began, at half past two.
fn at(mono: Duration) -> Now {
    let start: ZonedDateTime = date(2026, 3, 2).at(14, 30, 0, 0).in_tz("UTC").unwrap();
    let since = i64::try_from(mono.as_nanos()).unwrap();
    Now {
        mono,
        wall: start.checked_add(since.nanoseconds()).unwrap(),
    }
}

/// The event of a key, by the name on it.
pub(crate) fn key(name: &str, kind: KeyEventKind) -> Event {
    let plain = |code| KeyEvent::new_with_kind(code, KeyModifiers::NONE, kind);
    Event::Key(match name {
        "Enter" => plain(KeyCode::Enter),
        "Esc" => plain(KeyCode::Esc),
        "Tab" => plain(KeyCode::Tab),
        "Space" => plain(KeyCode::Char(' ')),
        "Backspace" => plain(KeyCode::Backspace),
        "Up" => plain(KeyCode::Up),
        "Down" => plain(KeyCode::Down),
        "Left" => plain(KeyCode::Left),
        "Right" => plain(KeyCode::Right),
        "Page Up" => plain(KeyCode::PageUp),
        "Page Down" => plain(KeyCode::PageDown),
        "Home" => plain(KeyCode::Home),
        "End" => plain(KeyCode::End),
        "Delete" => plain(KeyCode::Delete),
        "Insert" => plain(KeyCode::Insert),
        "Alt-Up" => KeyEvent::new_with_kind(KeyCode::Up, KeyModifiers::ALT, kind),
        "Alt-Down" => KeyEvent::new_with_kind(KeyCode::Down, KeyModifiers::ALT, kind),
        name if name.get(1..).is_some_and(|rest| rest.parse::<u8>().is_ok()) => {
            plain(KeyCode::F(name[1..].parse().unwrap()))
        }
        _ => match name.strip_prefix("Ctrl-") {
            Some(letter) => KeyEvent::new_with_kind(
                KeyCode::Char(letter.chars().next().unwrap().to_ascii_lowercase()),
                KeyModifiers::CONTROL,
                kind,
            ),
            None => plain(KeyCode::Char(name.chars().next().unwrap())),
        },
    })
}
