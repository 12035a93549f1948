//! A file that is whole as a database and holds nonsense: cells of other kinds, numbers
//! beyond any session, texts that are no JSON or JSON of something else. Whatever is
//! read of it is an answer or a trouble.
#![expect(
    clippy::indexing_slicing,
    reason = "a test: what is wrong with it shall fail loudly"
)]

use std::fs;
use std::path::Path;

use ashiatsu::plan::Plan;
use ashiatsu::session::{Command, Input, InputKind, Session};
use ashiatsu::settings::Settings;
use ashiatsu::store::{FILE, Heard, Silence, Store, Totals, Trouble};
use ashiatsu::summary::Summary;
use ashiatsu::tui::screens::debrief::{self, DebriefScreen};
use ashiatsu::tui::screens::log::{LogScreen, PracticeLog};
use ashiatsu::tui::theme::{Depth, Theme};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::rig::{PATIENCE, Told, plan, recorder, s, wall};

/// Something else in some cells.
#[derive(Debug, Clone)]
struct Harm {
    /// Which of the file's columns, counted over all tables, round and round.
    column: usize,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    /// This value, of whatever kind: the table loses its types first.
    Value(Value),
    /// Another number in the text that is there, the nth.
    Number(usize, String),
    /// The text that is there, cut off after so many characters.
    Cut(usize),
    /// The value of another column.
    Column(usize),
}

fn numbers() -> impl Strategy<Value = i64> {
    prop_oneof![
        any::<i64>(),
        prop::sample::select(vec![i64::MIN, i64::MAX, -1, 0, 1, 2, 255, 65_536]),
        prop::sample::select(vec![i64::from(i32::MIN), i64::from(u32::MAX), 1 << 53]),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let texts = prop_oneof![
        ".{0,12}",
        prop::sample::select(vec![
            "",
            "null",
            "[]",
            "{}",
            "0",
            "\"\"",
            "[[[[",
            "practice",
            "interrupted",
            "finished",
            "[null]",
            "{\"\":0}",
            "\u{1b}[2J",
            "NaN",
            "1e999",
            "-0",
        ])
        .prop_map(str::to_owned),
    ];
    prop_oneof![
        Just(Value::Null),
        numbers().prop_map(Value::Integer),
        any::<f64>().prop_map(Value::Real),
        texts.prop_map(Value::Text),
        prop::collection::vec(any::<u8>(), 0..12).prop_map(Value::Blob),
    ]
}

fn harms() -> impl Strategy<Value = Vec<Harm>> {
    let written = prop_oneof![
        numbers().prop_map(|number| number.to_string()),
        prop::sample::select(vec![
            "18446744073709551615",
            "1e999",
            "-0.5",
            "null",
            "[]",
            "\"\""
        ])
        .prop_map(str::to_owned),
    ];
    let what = prop_oneof![
        2 => values().prop_map(What::Value),
        3 => (0..60_usize, written).prop_map(|(nth, number)| What::Number(nth, number)),
        1 => (0..200_usize).prop_map(What::Cut),
        1 => (0..60_usize).prop_map(What::Column),
    ];
    prop::collection::vec((0..80_usize, what), 1..4).prop_map(|harms| {
        let harm = |(column, what)| Harm { column, what };
        harms.into_iter().map(harm).collect()
    })
}

/// A file with a session of each outcome in it, with pauses and cues.
fn template() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    for (day, leave) in [(0, Command::End), (1, Command::Keep), (2, Command::Keep)] {
        let (recorder, _reports) = recorder(folder.path());
        let began = wall().checked_add(jiff::Span::new().days(day)).unwrap();
        let mut told = Told::begin_on(recorder, plan("1", None), &began);
        told.press(s(13), Command::Next);
        told.press(s(20), Command::More);
        for due in told.session.cues() {
            told.recorder
                .cue(due.id, Heard::No(Some(Silence::NoDevice)));
        }
        if day == 2 {
            told.tell(s(25), InputKind::PlanRevised(plan("1", None)));
        }
        told.press(s(43), leave);
        told.recorder.shut_down(PATIENCE).unwrap();
    }
    let connection = Connection::open(folder.path().join(FILE)).unwrap();
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    drop(connection);
    fs::read(folder.path().join(FILE)).unwrap()
}

/// Every column of every table.
fn columns(connection: &Connection) -> Vec<(String, String)> {
    let mut query = connection
        .prepare(
            "SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY 1, c.cid",
        )
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// Takes the types and rules off a table, so that it holds anything.
fn loosen(connection: &Connection, table: &str) {
    let loose = format!(
        "PRAGMA foreign_keys = off; CREATE TABLE loose AS SELECT * FROM {table}; \
         DROP TABLE {table}; ALTER TABLE loose RENAME TO {table};"
    );
    connection.execute_batch(&loose).unwrap();
}

fn do_harm(folder: &Path, harm: &Harm) {
    let connection = Connection::open(folder.join(FILE)).unwrap();
    let columns = columns(&connection);
    let (table, column) = &columns[harm.column % columns.len()];
    loosen(&connection, table);
    let put = |value: Value| {
        connection
            .execute(&format!("UPDATE {table} SET {column} = ?1"), [value])
            .unwrap();
    };
    let old: Option<String> = connection
        .query_row(
            &format!("SELECT CAST({column} AS TEXT) FROM {table} WHERE {column} NOT NULL"),
            [],
            |row| row.get(0),
        )
        .ok();
    match (&harm.what, old) {
        (What::Value(value), _) => put(value.clone()),
        (What::Number(nth, number), Some(old)) => put(Value::Text(renumbered(&old, *nth, number))),
        (What::Cut(length), Some(old)) => put(Value::Text(old.chars().take(*length).collect())),
        (What::Column(other), _) => {
            let of_table: Vec<&String> = columns
                .iter()
                .filter_map(|(of, name)| (of == table).then_some(name))
                .collect();
            let other = of_table[other % of_table.len()];
            connection
                .execute(&format!("UPDATE {table} SET {column} = {other}"), [])
                .unwrap();
        }
        (_, None) => {}
    }
}

/// The text with its nth number, counted round and round, written otherwise.
fn renumbered(text: &str, nth: usize, number: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut runs = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(is_digit).map(|at| from + at) {
        let length = text[at..].find(|c| !is_digit(c));
        let end = length.map_or(text.len(), |length| at + length);
        runs.push(at..end);
        from = end;
    }
    match nth.checked_rem(runs.len()) {
        Some(nth) => {
            let run = runs[nth].clone();
            format!("{}{number}{}", &text[..run.start], &text[run.end..])
        }
        None => text.to_owned(),
    }
}

/// Everything that the program reads of the file, and shows of it.
fn read_all(folder: &Path) -> Result<usize, Trouble> {
    let mut answers = 0;
    let mut store = Store::open(folder)?;
    let entries = store.log(None).unwrap_or_default();
    answers += entries.len();
    let _ = Totals::of(&entries);
    let regions = store.regions(None).unwrap_or_default();
    let theme = Theme::new(Depth::None);
    let area = Rect::new(0, 0, 80, 24);
    for entry in &entries {
        let _ = store.entry(entry.key);
        let _ = store.runs_before(&entry.routine, entry.key, 10);
        let _ = store.detail(entry.key);
        let _ = entry.started.map(|wall| (wall.civil(), wall.rfc3339()));
        let _ = store
            .session(entry.key)
            .map(|(session, at)| goes_on(session, at));
        let mut screen = DebriefScreen::default();
        screen.set(debrief::load(&store, entry.key));
        screen.render(area, &mut Buffer::empty(area), &theme, Line::default());
    }
    let today = wall().date();
    let mut screen = LogScreen::new();
    let log = PracticeLog::new(entries, regions, &Settings::default(), today);
    screen.set(Ok(log));
    screen.render(area, &mut Buffer::empty(area), &theme, Line::default());
    for resumable in store.interrupted().unwrap_or_default() {
        answers += 1;
        if let Ok(resumed) = store.take(resumable.key) {
            let _ = (resumed.routine().len(), resumed.meta().clone());
            let session = resumed.session();
            let at = session.now();
            goes_on(session, at);
        }
        let _ = store.let_go(resumable.key);
    }
    Ok(answers)
}

/// A session that came out of such a file is a session: it goes on and ends.
fn goes_on(mut session: Session, at: std::time::Duration) {
    let _: &Plan = session.plan();
    for (seq, kind) in [
        InputKind::Advance,
        InputKind::Command(Command::Undo),
        InputKind::Command(Command::Resume),
        InputKind::Command(Command::Next),
        InputKind::Advance,
        InputKind::Command(Command::End),
    ]
    .into_iter()
    .enumerate()
    {
        let at = at.max(session.now()).saturating_add(s(7));
        session.apply(&Input {
            seq: u64::MAX - 10 + seq as u64,
            at,
            kind,
        });
        let _ = (session.left(at), session.remaining(at), session.deadline());
        let _ = session.upcoming(at, s(10));
    }
    let _ = Summary::new(&session, session.now());
}

#[test]
fn nonsense_in_any_cell_is_an_answer_or_a_trouble() {
    let template = template();
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(200)
    };
    let mut answered = 0;
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let cases = std::cell::Cell::new(0);
    runner
        .run(&harms(), |harms| {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(FILE), &template).unwrap();
            for harm in &harms {
                do_harm(folder.path(), harm);
            }
            let answers = read_all(folder.path()).unwrap_or(0);
            cases.set(cases.get() + usize::from(answers > 0));
            Ok(())
        })
        .unwrap_or_else(|why| panic!("{why}"));
    answered += cases.get();
    // Most harm leaves something to read; else this would test nothing.
    assert!(answered > 50, "only {answered} files gave any answer");
}
