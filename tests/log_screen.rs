//! The practice log's screen and the debrief, played like scripts: presses in,
//! pictures and wishes out. No clock, terminal or disk takes part, but where a
//! log is read.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails says so by panicking"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use ashiatsu::cue::Cue;
use ashiatsu::plan::Speed;
use ashiatsu::routine::vocabulary::{Region, Side};
use ashiatsu::session::Outcome;
use ashiatsu::settings::{Goal, Settings};
use ashiatsu::store::{
    Entry, Felt, Heard, Kind, LoggedCue, Prompts, Reason, RegionTotal, SessionKey, Silence, Step,
    Store, Timing, Trouble, Wall,
};
use ashiatsu::tui::keys::{self, Key};
use ashiatsu::tui::screens::debrief::{self, DebriefScreen, Review, Run};
use ashiatsu::tui::screens::log::{self, LogScreen, PracticeLog};
use ashiatsu::tui::theme::{Depth, Theme};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::civil::{Date, date};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

const WINDOWS: [(u16, u16); 4] = [(80, 24), (120, 40), (40, 12), (20, 5)];
const TODAY: Date = date(2026, 11, 25);
const MINUTE: Duration = Duration::from_secs(60);

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// A session that many days before the 23rd of November 2026, 18:00 at UTC+1.
fn entry(days_ago: i64, routine: &str, minutes: u32) -> Entry {
    let ms = 1_795_453_200_000 - days_ago * 86_400_000;
    let wall = |ms| Wall { ms, offset_s: 3600 };
    Entry {
        key: SessionKey(ms),
        routine: routine.to_owned(),
        kind: Kind::Practice,
        speed: Speed::REAL,
        from: None,
        started: Some(wall(ms)),
        ended: Some(wall(ms + i64::from(minutes) * 60_000)),
        outcome: Outcome::Finished,
        planned: MINUTE * minutes,
        actual: MINUTE * minutes,
        paused: Duration::ZERO,
        prompts: Prompts::Full,
        note: None,
        reason: None,
        felt: None,
    }
}

/// Some weeks of a student.
fn entries() -> Vec<Entry> {
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

fn regions() -> Vec<RegionTotal> {
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

fn settings() -> Settings {
    Settings {
        goal: Some(Goal {
            sessions: Some(20),
            hours: Some(30),
        }),
        ..Settings::default()
    }
}

fn practised() -> PracticeLog {
    PracticeLog::new(entries(), regions(), &settings(), TODAY)
}

fn theme() -> Theme {
    Theme::new(Depth::None)
}

fn rows(buf: &Buffer) -> Vec<String> {
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
trait Shown {
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

const AREA: Rect = Rect::new(0, 0, 80, 24);

fn log_of(practised: PracticeLog) -> LogScreen {
    let mut screen = LogScreen::new();
    screen.set(Ok(practised));
    screen
}

fn code(code: KeyCode) -> Key {
    Key::Code(code)
}

fn press(screen: &mut LogScreen, key: Key) -> Option<log::Wish> {
    screen.press(key, false, AREA, &theme())
}

fn types(screen: &mut LogScreen, text: &str) {
    for c in text.chars() {
        let event = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        assert_eq!(screen.edit(&event), None);
    }
}

#[test]
fn the_sessions() {
    log_of(practised()).review("sessions");
}

#[test]
fn what_they_come_to() {
    let mut screen = log_of(practised());
    assert_eq!(press(&mut screen, code(KeyCode::Tab)), None);
    screen.review("totals");
}

#[test]
fn an_empty_log() {
    let screen = log_of(PracticeLog::new(
        Vec::new(),
        Vec::new(),
        &Settings::default(),
        TODAY,
    ));
    screen.review("empty");
    let mut screen = screen;
    for key in [code(KeyCode::Enter), Key::Char('n'), Key::Char('x')] {
        assert_eq!(press(&mut screen, key), None);
        assert!(!screen.is_typing());
    }
}

#[test]
fn a_log_that_can_t_be_read_says_why() {
    let mut screen = LogScreen::new();
    screen.sees("reading the log …");
    screen.set(Err(Trouble::Closed));
    screen.sees("The practice log can't be read: the folder can't be opened.");
    assert_eq!(
        press(&mut screen, code(KeyCode::Esc)),
        Some(log::Wish::Close)
    );
}

#[test]
fn rehearsals_do_not_count_towards_the_goal() {
    let mut screen = log_of(practised());
    press(&mut screen, code(KeyCode::Tab));
    // 13 sessions are listed: one is a rehearsal, one still interrupted.
    screen.sees("11 of 20 sessions");
    screen.sees("10h 41m of 30 hours");
}

#[test]
fn receivers_feelings_are_counted_by_fives() {
    let mut screen = log_of(practised());
    press(&mut screen, code(KeyCode::Tab));
    screen.sees("in the last 5 asked, and the 5 before; oldest on the");
    // The latest five asked: two with draping, one all well, four hopping.
    screen.sees("hopping                4 of 5, 5 of 5");
    screen.sees("lubricant              0 of 5, 0 of 5");
}

#[test]
fn a_note_is_typed_with_capitals_and_kept_by_enter() {
    let mut screen = log_of(practised());
    press(&mut screen, code(KeyCode::Down));
    let key = screen.entry().unwrap().key;
    assert_eq!(press(&mut screen, Key::Char('n')), None);
    assert!(screen.is_typing());
    types(&mut screen, "Eyes up, q and x are letters");
    screen.sees("about your own work; no client names or health");
    screen.sees("Eyes up, q and x are letters▏");
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    let note = "Eyes up, q and x are letters".to_owned();
    assert_eq!(screen.edit(&enter), Some(log::Wish::SaveNote(key, note)));
    assert!(!screen.is_typing());
}

#[test]
fn esc_leaves_a_note_as_it_was() {
    let mut screen = log_of(practised());
    press(&mut screen, Key::Char('n'));
    types(&mut screen, " and more");
    screen.sees("turning and more▏");
    let esc = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
    assert_eq!(screen.edit(&esc), None);
    assert!(!screen.is_typing());
    assert!(!screen.shows("and more"));
}

#[test]
fn the_note_box_fits_small_windows() {
    let mut screen = log_of(practised());
    press(&mut screen, Key::Char('n'));
    types(&mut screen, &" one more sentence".repeat(15));
    for window in WINDOWS {
        let picture = screen.picture(window).join("\n");
        assert!(picture.contains('▏'), "{window:?}:\n{picture}");
    }
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("note", screen.pictures());
    });
}

#[test]
fn deleting_asks_once() {
    let mut screen = log_of(practised());
    let key = screen.entry().unwrap().key;
    assert_eq!(press(&mut screen, Key::Char('x')), None);
    screen.sees("Delete Back basics of 2026-11-23 for good?");
    assert_eq!(press(&mut screen, code(KeyCode::Esc)), None);
    assert!(!screen.shows("for good?"));
    press(&mut screen, Key::Char('x'));
    // Any other key keeps it, and does nothing else.
    assert_eq!(press(&mut screen, code(KeyCode::Enter)), None);
    press(&mut screen, Key::Char('x'));
    assert_eq!(
        press(&mut screen, Key::Char('y')),
        Some(log::Wish::Delete(key))
    );
    let rest = entries().into_iter().skip(1).collect();
    screen.set(Ok(PracticeLog::new(rest, regions(), &settings(), TODAY)));
    assert_eq!(screen.entry().unwrap().kind, Kind::Rehearsal);
}

#[test]
fn an_interrupted_session_is_deleted_with_a_warning() {
    let mut screen = log_of(practised());
    for _ in 0..3 {
        press(&mut screen, code(KeyCode::Down));
    }
    press(&mut screen, Key::Char('x'));
    screen.sees("It could still be resumed.");
}

#[test]
fn enter_and_a_second_click_open_the_debrief() {
    let mut screen = log_of(practised());
    let first = screen.entry().unwrap().key;
    assert_eq!(
        press(&mut screen, code(KeyCode::Enter)),
        Some(log::Wish::OpenDebrief(first))
    );
    let at = Position::new(10, 4);
    assert_eq!(screen.click(AREA, at), None);
    let marked = screen.entry().unwrap().key;
    assert_ne!(marked, first);
    assert_eq!(screen.click(AREA, at), Some(log::Wish::OpenDebrief(marked)));
}

#[test]
fn the_mark_stays_on_its_session_when_the_log_is_read_again() {
    let mut screen = log_of(practised());
    press(&mut screen, code(KeyCode::Down));
    let marked = screen.entry().unwrap().key;
    let mut more = vec![entry(-1, "Back basics", 60)];
    more.extend(entries());
    screen.set(Ok(PracticeLog::new(more, regions(), &settings(), TODAY)));
    assert_eq!(screen.entry().unwrap().key, marked);
}

fn step(number: usize, name: &str, side: Option<Side>, planned: u64, actual: u64) -> Step {
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

fn run(days_ago: i64, actual: [u64; 6]) -> Run {
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

fn heard(onset: i64) -> LoggedCue {
    LoggedCue {
        cue: Cue::Shift,
        at: None,
        heard: Heard::Yes(Some(Timing { taken: 0, onset })),
    }
}

fn silent(why: Silence) -> LoggedCue {
    LoggedCue {
        heard: Heard::No(Some(why)),
        ..heard(0)
    }
}

fn reviewed() -> Review {
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

fn debrief_of(review: Review) -> DebriefScreen {
    let mut screen = DebriefScreen::new();
    screen.set(Ok(review));
    screen
}

fn tap(screen: &mut DebriefScreen, key: char) -> Option<debrief::Wish> {
    screen.press(Key::Char(key), false, AREA, &theme())
}

#[test]
fn a_session_step_by_step() {
    debrief_of(reviewed()).review("debrief");
}

#[test]
fn what_was_heard_of_the_cues_is_one_line() {
    let mut review = reviewed();
    let line = |review: &Review| debrief_of(review.clone());
    assert!(line(&review).shows("2 of 3 cues heard, at most 11 ms off · 1 without a device"));
    review.run.cues = vec![heard(0), heard(0)];
    assert!(line(&review).shows("2 of 2 cues heard, at most 0 ms off"));
    // A version before kept no more.
    for cue in &mut review.run.cues {
        cue.heard = Heard::Yes(None);
    }
    assert!(line(&review).shows("2 of 2 cues heard"));
    assert!(!line(&review).shows("ms off"));
    review.run.cues.clear();
    assert!(!line(&review).shows("cues heard"));
}

#[test]
fn a_session_that_ended_early() {
    let mut review = reviewed();
    review.run = run(0, [60, 180, 40, 0, 0, 0]);
    review.run.entry.outcome = Outcome::EndedEarly;
    review.before.clear();
    let screen = debrief_of(review);
    screen.review("debrief_early");
    screen.sees("not reached");
    // What was never worked is not off the plan.
    assert!(!screen.shows("◀"));
}

#[test]
fn the_three_steps_furthest_off_are_marked() {
    let screen = debrief_of(reviewed());
    let marked: Vec<String> = screen
        .picture((120, 60))
        .into_iter()
        .filter(|row| row.contains('◀') && !row.contains("furthest"))
        .collect();
    let names: Vec<bool> = ["2 Effleurage", "3 Cross-fibre", "6 Gliding"]
        .iter()
        .zip(&marked)
        .map(|(name, row)| row.contains(name))
        .collect();
    assert_eq!(names, [true, true, true], "{marked:#?}");
    assert_eq!(marked.len(), 3, "{marked:#?}");
}

#[test]
fn the_pace_without_help_stands_beside_the_pace_with_it() {
    let screen = debrief_of(reviewed());
    // Off by 0, 30, 55, 4, 0 and 12 s.
    screen.sees("without cue lines: 3 of 6 steps within 5 s of the plan, 17s off on");
    screen.sees("with every prompt, in the 2 runs before: 12s off");
}

#[test]
fn left_stands_against_right() {
    let screen = debrief_of(reviewed());
    screen.sees("low back: right 1m 3s less");
}

#[test]
fn six_taps_say_what_the_receiver_felt() {
    let mut screen = debrief_of(reviewed());
    let key = screen.key().unwrap();
    let felt = |words: &[Felt]| Some(debrief::Wish::SetFelt(key, Some(words.to_vec())));
    for (n, word) in Felt::ALL.iter().enumerate() {
        let digit = char::from_digit(u32::try_from(n).unwrap() + 1, 10).unwrap();
        assert_eq!(tap(&mut screen, digit), felt(&[*word]));
        screen.sees(&format!("{digit} [x] {}", word.human()));
        assert_eq!(tap(&mut screen, digit), felt(&[]));
    }
    screen.sees("Receiver felt: all well");
    assert_eq!(
        tap(&mut screen, '0'),
        Some(debrief::Wish::SetFelt(key, None))
    );
    screen.sees("Receiver felt: not asked yet");
    tap(&mut screen, '6');
    assert_eq!(tap(&mut screen, '2'), felt(&[Felt::Approach, Felt::Nails]));
}

#[test]
fn a_reason_is_asked_for_only_where_it_ended_early() {
    let mut screen = debrief_of(reviewed());
    assert_eq!(tap(&mut screen, 'i'), None);
    let mut review = reviewed();
    review.run.entry.outcome = Outcome::EndedEarly;
    let mut screen = debrief_of(review);
    let key = screen.key().unwrap();
    let because = |reason| Some(debrief::Wish::SetReason(key, reason));
    assert_eq!(tap(&mut screen, 'i'), because(Some(Reason::Time)));
    screen.sees("i [x] time");
    assert_eq!(tap(&mut screen, 'c'), because(Some(Reason::Client)));
    assert_eq!(tap(&mut screen, 'c'), because(None));
}

#[test]
fn in_a_rehearsal_nobody_felt_anything() {
    let mut review = reviewed();
    review.run.entry.kind = Kind::Rehearsal;
    let mut screen = debrief_of(review);
    assert!(!screen.shows("Receiver felt"));
    assert_eq!(tap(&mut screen, '1'), None);
}

#[test]
fn all_of_a_debrief_can_be_scrolled_to() {
    let mut screen = debrief_of(reviewed());
    let area = Rect::new(0, 0, 40, 12);
    let mut seen = String::new();
    for _ in 0..60 {
        seen.push_str(&screen.picture((40, 12)).join("\n"));
        screen.press(code(KeyCode::Down), true, area, &theme());
    }
    for text in [
        "not asked yet",
        "1 Mount",
        "6 Gliding",
        "Left against",
        "this one",
        "2026-11-17",
    ] {
        assert!(seen.contains(text), "{text:?} can't be reached");
    }
}

#[test]
fn help_is_made_from_the_tables() {
    let rows: Vec<_> = keys::rows(keys::DEBRIEF).collect();
    assert!(rows.contains(&("3".to_owned(), "felt: hopping")));
    let hints: Vec<_> = log_of(practised()).hints();
    assert!(hints.contains(&("Enter".to_owned(), "step by step")));
}

/// So many sessions of 60 steps, as the store has them.
fn fill(folder: &std::path::Path, sessions: i64) {
    drop(Store::open(folder).unwrap());
    let mut file = rusqlite::Connection::open(folder.join(ashiatsu::store::FILE)).unwrap();
    let change = file.transaction().unwrap();
    change
        .execute("INSERT INTO plan VALUES (1, 0, '{}')", [])
        .unwrap();
    let steps: Vec<Step> = (1..=60)
        .map(|n| {
            let side = [Side::Left, Side::Right][n % 2];
            let mut step = step(n, "Gliding compression", Some(side), 60, 63);
            step.region = Some(Region::ALL[n % 12]);
            step
        })
        .collect();
    let steps = serde_json::to_string(&steps).unwrap();
    for n in 0..sessions {
        let ms = 1_500_000_000_000 + n * 26_000_000;
        change
            .prepare_cached(
                "INSERT INTO session (id, engine, program, routine, stem, kind, speed, prompts, \
                 checklists, left_out, plan, outcome, started_ms, started_s, ended_ms, ended_s, \
                 planned, actual, paused, felt) VALUES (?1, 1, '', ?2, '', 'practice', 1000, \
                 'full', 'done', '[]', 1, 'finished', ?1, 3600, ?1 + 3600000, 3600, \
                 3600000000000, 3780000000000, 0, 'hopping nails')",
            )
            .unwrap()
            .execute((ms, format!("Routine {}", n % 20)))
            .unwrap();
        change
            .prepare_cached("INSERT INTO detail VALUES (?1, ?2, '[]')")
            .unwrap()
            .execute((ms, &steps))
            .unwrap();
        for region in &Region::ALL[..12] {
            for side in ["Left", "Right"] {
                change
                    .prepare_cached("INSERT INTO worked VALUES (?1, ?2, ?3, ?4, ?4)")
                    .unwrap()
                    .execute((ms, region.word(), side, 150_000_000_000_i64))
                    .unwrap();
            }
        }
    }
    change.commit().unwrap();
}

/// Reads, draws and tells how long that took; `ASHIATSU_SESSIONS=10000` with
/// `--release --nocapture` gives the figure that is promised.
#[test]
fn a_long_log_opens() {
    let sessions = std::env::var("ASHIATSU_SESSIONS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(200);
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), sessions);
    #[expect(clippy::disallowed_methods, reason = "the figure is a time")]
    let now = Instant::now;
    let began = now();
    let store = Store::open_log(folder.path()).unwrap().unwrap();
    let opened = began.elapsed();
    let practised = log::load(&store, &settings(), TODAY).unwrap();
    let loaded = began.elapsed();
    let mut screen = log_of(practised);
    screen.picture((120, 40));
    press(&mut screen, code(KeyCode::Tab));
    screen.picture((120, 40));
    let drawn = began.elapsed();
    let review = debrief::load(&store, screen.entry().unwrap().key).unwrap();
    assert_eq!(review.before.len(), debrief::RUNS);
    assert_eq!(review.run.steps.len(), 60);
    debrief_of(review).picture((120, 40));
    let debriefed = began.elapsed();
    println!(
        "{sessions} sessions: opened {opened:?}, read {:?}, drawn {:?}, in all {drawn:?}; \
         debrief {:?}",
        loaded.checked_sub(opened).unwrap(),
        drawn.checked_sub(loaded).unwrap(),
        debriefed.checked_sub(drawn).unwrap(),
    );
}
