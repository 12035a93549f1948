//! The routine designer in a real terminal: a routine made by keys alone, and the program killed
//! while it saves.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::terminal::Terminal;

const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const DOWN: &str = "\x1b[B";
const HOME: &str = "\x1b[H";
const END: &str = "\x1b[F";
const SAVE: &str = "\x13";
const CLEAR: &str = "\x15";

const SMALL: &str = "// Mine.\nRoutine(format: 1, name: \"Small\", phases: [\n    Phase(name: \"Back\", position: Prone, stance: Floor, with: Hands, steps: [\n        Step(stroke: \"Glide\", region: Back, time: \"1h\"), // long\n    ]),\n])\n";

/// Types one thing after another, each once the one before is seen.
fn types(terminal: &mut Terminal, script: &[(&str, &str)]) {
    for (keys, seen) in script {
        terminal.send(keys);
        terminal.sees(seen);
    }
}

/// The one line that is marked.
fn marked(terminal: &Terminal) -> Option<String> {
    let text = terminal.text();
    let mut lines = text.lines().filter(|line| line.contains('▶'));
    let line = lines.next()?.to_owned();
    lines.next().is_none().then_some(line)
}

/// Moves the mark down until that is marked.
fn down_to(terminal: &mut Terminal, is_it: impl Fn(&str) -> bool) {
    for _ in 0..60 {
        let before = marked(terminal).unwrap();
        if is_it(&before) {
            return;
        }
        terminal.send(DOWN);
        let moved = |terminal: &Terminal| marked(terminal).is_some_and(|line| line != before);
        terminal.until("the next row", moved);
    }
    panic!("it can't be reached:\n{}", terminal.text());
}

/// Marks the first row of the table that reads so.
fn goes_to(terminal: &mut Terminal, title: &str) {
    terminal.sees("i insert");
    terminal.send(HOME);
    let is_first = |line: String| line.contains("Evening Back");
    terminal.until("the first row", |terminal| {
        marked(terminal).is_some_and(is_first)
    });
    down_to(terminal, |line| line.contains(title));
}

/// Marks a field.
fn goes_to_field(terminal: &mut Terminal, field: &str) {
    let field = format!("▶ {field} ");
    down_to(terminal, |line| line.trim_start().starts_with(&field));
}

/// Gives the marked row's field a word.
fn sets(terminal: &mut Terminal, field: &str, typed: &str, seen: &str) {
    // The keys at the bottom are drawn last.
    terminal.sees("i insert");
    terminal.send(ENTER);
    terminal.sees("x clears it");
    goes_to_field(terminal, field);
    terminal.send(ENTER);
    terminal.sees("letters find a word");
    terminal.send(typed);
    terminal.send(ENTER);
    terminal.sees("x clears it");
    terminal.sees(seen);
    terminal.send(ESC);
    terminal.sees("i insert");
}

#[test]
fn a_routine_of_thirty_minutes_is_made_by_keys_alone() {
    let mut terminal = Terminal::design(None);
    // All of it is in view: rows keep their places while the mark moves.
    terminal.resize(80, 45);
    terminal.sees("My Routine");
    terminal.sees("Sit up");
    // What it is called, and how long it is meant to last.
    types(
        &mut terminal,
        &[
            (ENTER, "routine: My Routine"),
            (ENTER, "My Routine▏"),
            (CLEAR, " ▏"),
        ],
    );
    terminal.send("Evening Back");
    types(&mut terminal, &[("\r", "routine: Evening Back")]);
    goes_to_field(&mut terminal, "length");
    types(
        &mut terminal,
        &[("\r", "10m▏"), ("\x1530m\r", "30m"), (ESC, "of 30:00")],
    );
    // A stroke more in the sequence.
    goes_to(&mut terminal, "Effleurage");
    types(
        &mut terminal,
        &[
            ("is", "stroke"),
            ("Rocking\r", "region"),
            ("hips\r", "how long: Rocking, hips"),
            ("\x151m 30s\r", "Rocking"),
        ],
    );
    // One more for both sides.
    goes_to(&mut terminal, "Gliding compression");
    types(
        &mut terminal,
        &[
            ("is", "stroke"),
            ("Long glide\r", "region"),
            ("\r", "how long: Long glide, back"),
            ("\x153m\r", "Long glide"),
        ],
    );
    sets(&mut terminal, "toward", "glu", "glutes");
    sets(&mut terminal, "side", "left", "left");
    // A phase of its own for the legs.
    goes_to(&mut terminal, "Dismount");
    types(
        &mut terminal,
        &[
            ("ip", "the phase's name"),
            ("Legs\r", "how the client lies"),
            ("\r", "Legs"),
        ],
    );
    sets(&mut terminal, "stance", "floor", "floor");
    sets(&mut terminal, "with", "fore", "forearms");
    types(
        &mut terminal,
        &[
            ("is", "stroke"),
            ("Calf press\r", "region"),
            ("calv\r", "how long: Calf press, calves"),
            ("\r", "Calf press"),
        ],
    );
    sets(&mut terminal, "side", "left", "left");
    types(
        &mut terminal,
        &[(
            "b",
            "Both sides                                           4:00",
        )],
    );
    types(
        &mut terminal,
        &[
            (HOME, "▶"),
            ("s", "to what length"),
            ("\x1530m\r", "30:00 of 30:00 · as meant"),
        ],
    );
    types(&mut terminal, &[(SAVE, "saved: routine.ron"), (ESC, "")]);
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
    let made = fs::read_to_string(terminal.routine()).unwrap();
    let checked = ashiatsu::check::check(&made, &ashiatsu::routine::read::NoSounds);
    assert!(checked.diagnostics.is_empty(), "{:#?}", checked.diagnostics);
    insta::assert_snapshot!(made);
}

/// What was kept of what was not saved.
fn draft(terminal: &Terminal) -> Option<PathBuf> {
    let folder = terminal.home().join(".local/share/ashiatsu/drafts");
    let mut listing = fs::read_dir(folder).ok()?.flatten();
    let found = listing.find(|entry| entry.path().extension().is_some_and(|end| end == "ron"));
    found.map(|entry| entry.path())
}

/// Waits until the disk is so: nothing on the screen tells.
fn on_disk(terminal: &mut Terminal, what: &str, so: impl Fn(&Terminal) -> bool) {
    for _ in 0..2000 {
        if so(terminal) {
            return;
        }
        terminal.look_on(Duration::from_millis(10));
    }
    panic!("{what}: not within 20 s");
}

#[test]
fn what_was_not_saved_is_there_after_the_program_was_killed() {
    let mut terminal = Terminal::design(Some(SMALL));
    terminal.sees("Glide");
    terminal.send(END);
    terminal.send("+");
    let shown = terminal.sees("1:00:05");
    on_disk(&mut terminal, "a draft", |terminal| {
        draft(terminal).is_some()
    });
    #[expect(clippy::disallowed_methods, reason = "this test is in real time")]
    let took = Instant::now().saturating_duration_since(shown);
    println!("the draft was seen {took:?} after the edit");
    terminal.signal(Signal::KILL);
    let mut again = terminal.design_again();
    again.sees("not saved");
    again.send("y");
    again.sees("1:00:05");
    assert_eq!(fs::read_to_string(again.routine()).unwrap(), SMALL);
    again.send(SAVE);
    again.sees("saved: routine.ron");
    on_disk(&mut again, "no draft", |terminal| draft(terminal).is_none());
    again.send(ESC);
    assert_eq!(again.code(), 0);
    let saved = fs::read_to_string(again.routine()).unwrap();
    assert_eq!(saved, SMALL.replace("1h", "1h 5s"));
}

#[test]
fn killed_at_any_moment_the_file_is_whole() {
    let rounds = std::env::var("ASHIATSU_KILLS").ok();
    let rounds: u64 = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let mut terminal = Terminal::design(Some(SMALL));
    let mut random = 42_u64;
    let mut saved = 0;
    for round in 0..rounds {
        terminal.until("the table", |terminal| terminal.shows("Glide"));
        if terminal.shows("There are edits") {
            terminal.send("y");
            terminal.sees("your edits are back");
        }
        terminal.send(END);
        for _ in 0..20 {
            terminal.send("+");
            terminal.send(SAVE);
        }
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(round);
        terminal.look_on(Duration::from_millis(random >> 57));
        terminal.signal(Signal::KILL);
        let text = fs::read_to_string(terminal.routine()).unwrap();
        let (_, time) = text.split_once("time: \"").unwrap();
        let (time, _) = time.split_once('"').unwrap();
        assert_eq!(text, SMALL.replace("1h", time), "round {round}");
        saved += u64::from(time != "1h");
        let next = terminal.design_again();
        terminal = next;
    }
    println!("killed {rounds} times; {saved} times the file was a newer one");
    terminal.sees("Glide");
}
