//! How long each screen takes to be drawn, in four windows, into cells; what a
//! terminal then does with them is not counted.

use std::time::Duration;

use ashiatsu::clock;
use ashiatsu::library::Library;
use ashiatsu::memory::{FirstStart, Memory};
use ashiatsu::plan::{Plan, Speed};
use ashiatsu::session::Outcome;
use ashiatsu::settings::{Settings, Sound};
use ashiatsu::store::{Entry, Kind, Prompts, SessionKey, Wall};
use ashiatsu::tui::app::{App, Before, Setup};
use ashiatsu::tui::live::Now;
use ashiatsu::tui::screens::log::PracticeLog;
use ashiatsu::tui::theme::{Depth, Theme};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns and rows.
const WINDOWS: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 50)];

fn main() {
    divan::main();
}

#[divan::bench(args = WINDOWS)]
fn home(bencher: Bencher<'_, '_>, window: (u16, u16)) {
    bench(bencher, window, 0, |_| {});
}

#[divan::bench(args = WINDOWS)]
fn preflight(bencher: Bencher<'_, '_>, window: (u16, u16)) {
    bench(bencher, window, 0, |app| open(app, Before::Preflight));
}

#[divan::bench(args = WINDOWS)]
fn get_ready(bencher: Bencher<'_, '_>, window: (u16, u16)) {
    bench(bencher, window, 1, |app| open(app, Before::Nothing));
}

#[divan::bench(args = WINDOWS)]
fn session(bencher: Bencher<'_, '_>, window: (u16, u16)) {
    bench(bencher, window, 60, |app| open(app, Before::Nothing));
}

#[divan::bench(args = WINDOWS)]
fn plan(bencher: Bencher<'_, '_>, window: (u16, u16)) {
    bench(bencher, window, 60, |app| {
        open(app, Before::Nothing);
        press(app, KeyCode::Tab);
        press(app, KeyCode::Tab);
    });
}

#[divan::bench(args = WINDOWS)]
fn sounds(bencher: Bencher<'_, '_>, window: (u16, u16)) {
    bench(bencher, window, 0, |app| press(app, KeyCode::Char('s')));
}

#[divan::bench(args = WINDOWS)]
fn log(bencher: Bencher<'_, '_>, window: (u16, u16)) {
    bench(bencher, window, 0, |app| {
        press(app, KeyCode::Char('l'));
        let entries = (0..1000).map(entry).collect();
        let today = moment(0).wall.date();
        app.set_log(Ok(PracticeLog::new(
            entries,
            Vec::new(),
            &Settings::default(),
            today,
        )));
    });
}

#[divan::bench(args = WINDOWS)]
fn help(bencher: Bencher<'_, '_>, window: (u16, u16)) {
    bench(bencher, window, 60, |app| {
        open(app, Before::Nothing);
        press(app, KeyCode::Char('?'));
    });
}

/// Draws what `to` leads to, so many seconds later.
fn bench(
    bencher: Bencher<'_, '_>,
    (columns, rows): (u16, u16),
    seconds: u64,
    to: impl FnOnce(&mut App),
) {
    let area = Rect::new(0, 0, columns, rows);
    let setup = Setup {
        settings: Settings::default(),
        complaints: Vec::new(),
        memory: Memory {
            first_start: FirstStart::Over,
            ..Memory::default()
        },
        sound: Some(Sound::Muted),
        volume: None,
        prompts: Prompts::Full,
        theme: Theme::new(Depth::True),
        area,
    };
    let mut app = App::new(Library::load(None), setup, &moment(0));
    to(&mut app);
    let now = moment(seconds);
    app.tick(&now);
    let mut buffer = Buffer::empty(area);
    bencher.bench_local(|| {
        buffer.reset();
        app.render(&mut buffer, &now);
    });
}

fn open(app: &mut App, before: Before) {
    let Ok(entry) = Library::find("back-basics", None) else {
        return;
    };
    if let Ok(routine) = entry.content.clone() {
        let plan = Plan::whole(&routine);
        app.open(entry, routine, plan, before, &moment(0));
    }
}

fn press(app: &mut App, code: KeyCode) {
    let key = KeyEvent::new(code, KeyModifiers::NONE);
    app.handle(&Event::Key(key), &moment(0));
}

fn moment(seconds: u64) -> Now {
    let mono = Duration::from_secs(seconds);
    let wall = clock::wall();
    Now {
        wall: wall.checked_add(mono).unwrap_or(wall),
        mono,
    }
}

/// One hour, so many days ago.
fn entry(days_ago: i64) -> Entry {
    let ms = -days_ago * 86_400_000;
    let hour = Duration::from_secs(3600);
    Entry {
        key: SessionKey(ms),
        routine: "Back basics".to_owned(),
        kind: Kind::Practice,
        speed: Speed::REAL,
        from: None,
        started: Some(Wall { ms, offset_s: 0 }),
        ended: Some(Wall {
            ms: ms + 3_600_000,
            offset_s: 0,
        }),
        outcome: Outcome::Finished,
        planned: hour,
        actual: hour,
        paused: Duration::ZERO,
        prompts: Prompts::Full,
        note: None,
        reason: None,
        felt: None,
    }
}
