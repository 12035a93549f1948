//! Some weeks of a student, and the screens that show them, drawn.

use std::fmt::Write as _;
use std::time::Duration;

use ashiatsu::cue::Cue;
use ashiatsu::routine::vocabulary::{Region, Side};
use ashiatsu::session::Outcome;
use ashiatsu::settings::{Goal, Settings};
use ashiatsu::store::{
    Entry, Felt, Heard, Kind, LoggedCue, Prompts, Reason, RegionTotal, Silence, Step, Timing,
};
use ashiatsu::tui::keys::Key;
use ashiatsu::tui::screens::debrief::{self, DebriefScreen, Review, Run};
use ashiatsu::tui::screens::log::{self, LogScreen, PracticeLog};
use ashiatsu::tui::theme::{Depth, Theme};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::civil::{Date, date};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

pub(crate) const WINDOWS: [(u16, u16); 4] = [(80, 24), (120, 40), (40, 12), (20, 5)];
pub(crate) const TODAY: Date = date(2026, 11, 25);
pub(crate) const MINUTE: Duration = Duration::from_secs(60);

pub(crate) const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// A session that many days before the 23rd of November 2026, 18:00 at UTC+1.
pub(crate) fn entry(days_ago: i64, routine: &str, minutes: u32) -> Entry {
    crate::entry::entry(1_795_453_200_000, days_ago, routine, minutes)
}

/// Some weeks of a student.
pub(crate) fn entries() -> Vec<Entry> {
    let mut entries = vec![
        Entry {
            note: Some("slower at the approach; look up while turning".to_owned()),
            felt: Some(vec![Felt::Hopping, Felt::Pinching]),
            actual: MINUTE * 58,
            paused: secs(75),
            ..entry(0, "Back basics", 60)
        },
        Entry {
            kind: Kind::Rehearsal,
            speed: "4".parse().unwrap(),
            ..entry(1, "Legs and feet, long and slow", 90)
        },
        Entry {
            outcome: Outcome::EndedEarly,
            reason: Some(Reason::Time),
            actual: MINUTE * 31,
            prompts: Prompts::Chimes,
            felt: Some(Vec::new()),
            ..entry(3, "Back basics", 60)
        },
        Entry {
            kind: Kind::Client,
            outcome: Outcome::Interrupted,
            actual: secs(740),
            from: Some(4),
            ..entry(8, "Legs and feet, long and slow", 90)
        },
    ];
    for n in 0..9 {
        entries.push(Entry {
            felt: Some(if n % 2 == 0 {
                vec![Felt::Hopping]
            } else {
                vec![Felt::Draping, Felt::Hopping]
            }),
            ..entry(10 + 3 * n, "Back basics", 60)
        });
    }
    entries
}

pub(crate) fn regions() -> Vec<RegionTotal> {
    let total = |region, side, minutes: u32| RegionTotal {
        region,
        side,
        planned: MINUTE * minutes,
        actual: MINUTE * minutes,
    };
    vec![
        total(Region::UpperBack, Some(Side::Both), 200),
        total(Region::LowBack, Some(Side::Left), 130),
        total(Region::LowBack, Some(Side::Right), 104),
        total(Region::Feet, None, 12),
    ]
}

pub(crate) fn settings() -> Settings {
    Settings {
        goal: Some(Goal {
            sessions: Some(20),
            hours: Some(30),
        }),
        ..Settings::default()
    }
}

pub(crate) fn practised() -> PracticeLog {
    PracticeLog::new(entries(), regions(), &settings(), TODAY)
}

pub(crate) fn theme() -> Theme {
    Theme::new(Depth::None)
}

pub(crate) fn rows(buf: &Buffer) -> Vec<String> {
    (0..buf.area.height)
        .map(|y| {
            let mut row = String::new();
            let mut skip = 0;
            for x in 0..buf.area.width {
                let symbol = buf[(x, y)].symbol();
                if skip == 0 {
                    row.push_str(symbol);
                    skip = unicode_width::UnicodeWidthStr::width(symbol).max(1);
                }
                skip -= 1;
            }
            row
        })
        .collect()
}

/// Something with a window.
pub(crate) trait Shown {
    fn draw(&self, area: Rect, buf: &mut Buffer);

    fn picture(&self, (columns, height): (u16, u16)) -> Vec<String> {
        let mut buf = Buffer::empty(Rect::new(0, 0, columns, height));
        buf.set_style(buf.area, theme().ground());
        self.draw(buf.area, &mut buf);
        rows(&buf)
    }

    fn shows(&self, text: &str) -> bool {
        self.picture((120, 60)).iter().any(|row| row.contains(text))
    }

    #[track_caller]
    fn sees(&self, text: &str) {
        let picture = self.picture((120, 60)).join("\n");
        assert!(self.shows(text), "{text:?} is not shown:\n{picture}");
    }

    /// Every window, framed.
    fn pictures(&self) -> String {
        let mut all = String::new();
        for (columns, rows) in WINDOWS {
            let title = format!(" {columns}x{rows} ");
            writeln!(all, "┌{title:─<width$}┐", width = usize::from(columns)).unwrap();
            for row in self.picture((columns, rows)) {
                writeln!(all, "│{row}│").unwrap();
            }
            writeln!(all, "└{}┘", "─".repeat(usize::from(columns))).unwrap();
        }
        all
    }

    /// Reviews the pictures, and that no word in them is cut: each is one of
    /// a vast window's.
    #[track_caller]
    fn review(&self, name: &str) {
        let words = |picture: Vec<String>| {
            let text = picture.join("\n");
            let words = text.split(|c: char| !c.is_alphabetic());
            words
                .filter(|word| word.chars().count() > 1)
                .map(str::to_owned)
                .collect::<std::collections::BTreeSet<_>>()
        };
        let mut whole = words(self.picture((300, 200)));
        whole.extend(words(self.picture((100, 300))));
        whole.extend(["more", "Enter", "shows", "the", "rest"].map(str::to_owned));
        for window in [
            (30, 8),
            (40, 12),
            (52, 13),
            (60, 20),
            (80, 24),
            (100, 30),
            (112, 30),
            (120, 40),
        ] {
            let picture = self.picture(window);
            let shown = words(picture.clone());
            let cut: Vec<_> = shown.difference(&whole).collect();
            assert!(
                cut.is_empty(),
                "{name} at {window:?}: {cut:?}\n{}",
                picture.join("\n")
            );
        }
        for window in [(1, 1), (2, 1), (1, 3), (5, 2), (0, 0), (300, 1), (1, 100)] {
            self.picture(window);
        }
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!(name, self.pictures());
        });
    }
}

impl Shown for LogScreen {
    fn draw(&self, area: Rect, buf: &mut Buffer) {
        self.render(area, buf, &theme(), Line::default());
    }
}

impl Shown for DebriefScreen {
    fn draw(&self, area: Rect, buf: &mut Buffer) {
        self.render(area, buf, &theme(), Line::default());
    }
}

pub(crate) const AREA: Rect = Rect::new(0, 0, 80, 24);

pub(crate) fn log_of(practised: PracticeLog) -> LogScreen {
    let mut screen = LogScreen::new();
    screen.set(Ok(practised));
    screen
}

pub(crate) fn code(code: KeyCode) -> Key {
    Key::Code(code)
}

pub(crate) fn press(screen: &mut LogScreen, key: Key) -> Option<log::Wish> {
    screen.press(key, false, AREA, &theme())
}

pub(crate) fn types(screen: &mut LogScreen, text: &str) {
    for c in text.chars() {
        let event = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        assert_eq!(screen.edit(&event), None);
    }
}

pub(crate) fn step(
    number: usize,
    name: &str,
    side: Option<Side>,
    planned: u64,
    actual: u64,
) -> Step {
    Step {
        number,
        name: name.to_owned(),
        region: (name != "Mount").then_some(Region::LowBack),
        side,
        planned: secs(planned),
        actual: secs(actual),
        skipped: false,
        left_out: false,
    }
}

pub(crate) fn run(days_ago: i64, actual: [u64; 6]) -> Run {
    let (left, right) = (Some(Side::Left), Some(Side::Right));
    let steps = vec![
        step(1, "Mount", None, 60, actual[0]),
        step(2, "Effleurage", Some(Side::Both), 180, actual[1]),
        step(3, "Cross-fibre friction", left, 120, actual[2]),
        step(4, "Cross-fibre friction", right, 120, actual[3]),
        step(5, "Gliding compression", left, 240, actual[4]),
        step(6, "Gliding compression", right, 240, actual[5]),
    ];
    Run {
        entry: Entry {
            actual: secs(actual.iter().sum()),
            planned: secs(960),
            ..entry(days_ago, "Back basics", 16)
        },
        steps,
        cues: vec![heard(-2_000), heard(10_400), silent(Silence::NoDevice)],
    }
}

pub(crate) fn heard(onset: i64) -> LoggedCue {
    LoggedCue {
        cue: Cue::Shift,
        at: None,
        heard: Heard::Yes(Some(Timing { taken: 0, onset })),
    }
}

pub(crate) fn silent(why: Silence) -> LoggedCue {
    LoggedCue {
        heard: Heard::No(Some(why)),
        ..heard(0)
    }
}

pub(crate) fn reviewed() -> Review {
    let mut last = run(0, [60, 150, 175, 124, 240, 228]);
    last.entry.prompts = Prompts::Names;
    last.steps[1].skipped = true;
    Review {
        run: last,
        before: vec![
            run(3, [60, 180, 130, 120, 240, 240]),
            run(6, [90, 180, 150, 90, 250, 200]),
        ],
    }
}

pub(crate) fn debrief_of(review: Review) -> DebriefScreen {
    let mut screen = DebriefScreen::new();
    screen.set(Ok(review));
    screen
}

pub(crate) fn tap(screen: &mut DebriefScreen, key: char) -> Option<debrief::Wish> {
    screen.press(Key::Char(key), false, AREA, &theme())
}
