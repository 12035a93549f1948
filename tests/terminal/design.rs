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

/// Marks a field.
fn goes_to_field(terminal: &mut Terminal, field: &str) {
    let field = format!("▶ {field} ");
    down_to(terminal, |line| line.trim_start().starts_with(&field));
}

/// Waits for the table, with no question before it.
fn rests(terminal: &mut Terminal) {
    terminal.sees("i insert");
}

/// Writes something below the mark: the keys of the question, then what is typed, and what shows it.
fn inserts(terminal: &mut Terminal, keys: &str, typed: &[(&str, &str)]) {
    rests(terminal);
    terminal.send("i");
    terminal.sees("Insert below");
    terminal.send(keys);
    for (asked, answer) in typed {
        terminal.sees(asked);
        terminal.send(answer);
    }
    rests(terminal);
}

/// A step below the mark.
fn inserts_step(terminal: &mut Terminal, stroke: &str, region: &str, time: &str) {
    inserts(
        terminal,
        "s",
        &[
            (" stroke ", &format!("{stroke}\r")),
            (" region ", &format!("{region}\r")),
            ("how long: ", &format!("{CLEAR}{time}\r")),
        ],
    );
    terminal.sees(stroke);
}

/// Fields of the marked row, in their order: a word that is found, or a text that is typed.
fn gives(terminal: &mut Terminal, fields: &[(&str, &str)]) {
    rests(terminal);
    terminal.send(ENTER);
    terminal.sees("x clears it");
    for (field, value) in fields {
        goes_to_field(terminal, field);
        terminal.send(ENTER);
        terminal.sees("takes it");
        terminal.send(value);
        terminal.send(ENTER);
        terminal.sees("x clears it");
    }
    terminal.send(ESC);
    rests(terminal);
}

/// The marked row waits when its time is up.
fn waits_for_her(terminal: &mut Terminal) {
    rests(terminal);
    terminal.send(ENTER);
    terminal.sees("x clears it");
    goes_to_field(terminal, "hold");
    terminal.send(ENTER);
    terminal.sees("yes");
    terminal.send(ESC);
    rests(terminal);
}

/// Lines of a list of the marked row.
fn writes_lines(terminal: &mut Terminal, field: &str, lines: &[&str]) {
    rests(terminal);
    terminal.send(ENTER);
    terminal.sees("x clears it");
    goes_to_field(terminal, field);
    terminal.send(ENTER);
    terminal.sees("▶ + a new line");
    for line in lines {
        terminal.send(ENTER);
        terminal.sees("a new line ──");
        terminal.send(line);
        terminal.send(ENTER);
        terminal.sees("x deletes it");
        terminal.sees(&format!("– {line}"));
    }
    terminal.send(ESC);
    terminal.sees("x clears it");
    terminal.send(ESC);
    rests(terminal);
}

/// Its name, its lists and the client's card.
fn writes_the_head(terminal: &mut Terminal) {
    gives(
        terminal,
        &[
            ("name", &format!("{CLEAR}Evening Back")),
            ("author", "Mika"),
            ("description", "Half an hour for a tired back."),
            ("level", "beg"),
            ("length", "30m"),
        ],
    );
    writes_lines(terminal, "preparation", &["Two warm towels"]);
    let questions = [
        "Joint surgery in the last 6 weeks?",
        "Osteoporosis, or a broken bone in the last year?",
    ];
    writes_lines(terminal, "contraindications", &questions);
    gives(terminal, &[("aftercare: hours", "48")]);
    let good = [
        "Drink a glass of water before you leave, and more at home.",
        "Go to bed early.",
    ];
    writes_lines(terminal, "aftercare: do", &good);
    gives(terminal, &[("aftercare: note", "Sleep well.")]);
}

/// A sequence, to be used before and after.
fn writes_the_sequence(terminal: &mut Terminal) {
    inserts(terminal, "q", &[("the sequence's name", "warm the back\r")]);
    inserts_step(terminal, "Compression", "back", "1m");
    gives(terminal, &[("cue", "Lean in slowly, lean out slowly")]);
    inserts_step(terminal, "Effleurage", "back", "1m 30s");
    gives(terminal, &[("toward", "shou"), ("pace", "10s")]);
}

/// The first phase.
fn writes_the_beginning(terminal: &mut Terminal) {
    terminal.send(HOME);
    inserts(
        terminal,
        "p",
        &[
            ("the phase's name", "Arrive\r"),
            ("how the client lies", "\r"),
        ],
    );
    gives(
        terminal,
        &[
            ("stance", "floor"),
            ("with", "hands"),
            ("pressure", "light"),
        ],
    );
    inserts(
        terminal,
        "t",
        &[("transition", "check\r"), ("how long: ", "\r")],
    );
    gives(terminal, &[("cue", "Ask: any sore place today?")]);
    waits_for_her(terminal);
    inserts(terminal, "u", &[("sequence", "\r")]);
}

/// The phase on the table, three rows of it for both sides.
fn writes_the_middle(terminal: &mut Terminal) {
    inserts(
        terminal,
        "p",
        &[
            ("the phase's name", "Back\r"),
            ("how the client lies", "\r"),
        ],
    );
    gives(
        terminal,
        &[("stance", "one"), ("with", "sole"), ("pressure", "med")],
    );
    inserts(
        terminal,
        "t",
        &[("transition", "mount\r"), ("how long: ", "\x1545s\r")],
    );
    gives(terminal, &[("cue", "Both hands on the bars, then step up")]);
    inserts_step(terminal, "Gliding compression", "mid", "3m");
    gives(
        terminal,
        &[
            ("side", "left"),
            ("working", "left"),
            ("cue", "Your {foot} foot, beside the spine"),
            ("note", "Never on the spine or the floating ribs."),
            ("max", "6m"),
        ],
    );
    inserts_step(terminal, "Long glide", "back", "2m");
    gives(
        terminal,
        &[("side", "left"), ("toward", "glu"), ("working", "left")],
    );
    inserts(
        terminal,
        "t",
        &[("transition", "change si\r"), ("how long: ", "\x1520s\r")],
    );
    // The three of them for both sides.
    terminal.send(" ");
    terminal.send("\x1b[A");
    terminal.send("\x1b[A");
    terminal.until("three marked rows", |terminal| {
        marked(terminal).is_some_and(|line| line.contains("Gliding"))
    });
    terminal.send("b");
    terminal.sees("Both sides ");
    inserts(
        terminal,
        "t",
        &[("transition", "dismount\r"), ("how long: ", "\x1545s\r")],
    );
}

/// The end, with the sequence once more.
fn writes_the_end(terminal: &mut Terminal) {
    inserts(
        terminal,
        "p",
        &[
            ("the phase's name", "Close\r"),
            ("how the client lies", "\r"),
        ],
    );
    gives(
        terminal,
        &[
            ("stance", "floor"),
            ("with", "hands"),
            ("pressure", "light"),
        ],
    );
    inserts(terminal, "u", &[("sequence", "\r")]);
    inserts_step(terminal, "Quiet hold", "sacr", "1m");
    inserts(
        terminal,
        "t",
        &[("transition", "sit\r"), ("how long: ", "\r")],
    );
    gives(terminal, &[("cue", "Slowly, and a glass of water")]);
    waits_for_her(terminal);
}

#[test]
fn a_routine_of_thirty_minutes_is_made_from_nothing_by_keys_alone() {
    let mut terminal = Terminal::design(None);
    // All of it is in view: rows keep their places while the mark moves.
    terminal.resize(80, 45);
    terminal.sees("This routine is empty");
    terminal.sees("routine.ron · new");
    let terminal = &mut terminal;
    writes_the_head(terminal);
    writes_the_sequence(terminal);
    writes_the_beginning(terminal);
    writes_the_middle(terminal);
    writes_the_end(terminal);
    // To thirty minutes.
    terminal.send(HOME);
    terminal.until("the first row", |terminal| {
        marked(terminal).is_some_and(|line| line.contains("Evening Back"))
    });
    types(
        terminal,
        &[
            ("s", "to what length"),
            ("\x1530m\r", "30:00 of 30:00 · as meant"),
        ],
    );
    types(terminal, &[(SAVE, "saved: routine.ron"), (ESC, "")]);
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
    let made = fs::read_to_string(terminal.routine()).unwrap();
    let checked = ashiatsu::check::check(&made, &ashiatsu::routine::read::NoSounds);
    // As `check --strict` has it: not a doubt.
    assert!(
        checked.diagnostics.is_empty(),
        "{:#?}\n{made}",
        checked.diagnostics
    );
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

/// How often the program is killed.
fn rounds() -> u64 {
    let rounds = std::env::var("ASHIATSU_KILLS").ok();
    rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(5)
}

/// Numbers without rhyme, the same each time.
struct Random(u64);

impl Random {
    /// A time below that, in 256 steps.
    fn time(&mut self, below: Duration) -> Duration {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        below * u32::try_from(self.0 >> 56).unwrap() / 256
    }
}

/// The step's time in a text that is the small one otherwise.
#[track_caller]
fn time_in(text: &str) -> &str {
    let (_, time) = text.split_once("time: \"").unwrap();
    let (time, _) = time.split_once('"').unwrap();
    assert_eq!(text, SMALL.replace("1h", time));
    time
}

#[test]
fn killed_before_the_first_save_the_file_is_the_old_one_and_the_draft_comes_back() {
    let (mut random, mut came_back) = (Random(1), 0);
    for round in 0..rounds() {
        let mut terminal = Terminal::design(Some(SMALL));
        terminal.sees("Glide");
        terminal.send(END);
        if round % 2 == 0 {
            // Sometimes there is one for certain, and the next is on its way.
            terminal.send("+");
            on_disk(&mut terminal, "a draft", |terminal| {
                draft(terminal).is_some()
            });
        }
        for _ in 0..20 {
            terminal.send("+");
        }
        terminal.look_on(random.time(Duration::from_millis(60)));
        terminal.signal(Signal::KILL);
        assert_eq!(fs::read_to_string(terminal.routine()).unwrap(), SMALL);
        let is_kept = draft(&terminal).is_some();
        assert!(is_kept || round % 2 == 1, "round {round}");
        let mut again = terminal.design_again();
        again.sees("Glide");
        if is_kept {
            came_back += 1;
            again.sees("There are edits");
            again.send("y");
            again.sees("your edits are back");
            again.send(SAVE);
            again.sees("saved: routine.ron");
            let saved = fs::read_to_string(again.routine()).unwrap();
            assert_ne!(time_in(&saved), "1h", "round {round}");
        }
        again.send(ESC);
        assert_eq!(again.code(), 0);
    }
    println!(
        "killed {} times; {came_back} times edits came back",
        rounds()
    );
}

#[test]
fn killed_while_it_saves_for_the_first_time_the_file_is_whole() {
    let (mut random, mut saved) = (Random(2), 0);
    for round in 0..rounds() {
        let mut terminal = Terminal::design(Some(SMALL));
        terminal.sees("Glide");
        terminal.send(END);
        terminal.send("+");
        terminal.sees("1:00:05");
        terminal.send(SAVE);
        terminal.look_on(random.time(Duration::from_millis(12)));
        terminal.signal(Signal::KILL);
        let text = fs::read_to_string(terminal.routine()).unwrap();
        let is_saved = time_in(&text) == "1h 5s";
        assert!(is_saved || time_in(&text) == "1h", "round {round}: {text}");
        saved += u32::from(is_saved);
        let mut again = terminal.design_again();
        again.sees("Glide");
        // What is not in the file is offered again.
        if !is_saved && draft(&again).is_some() {
            again.sees("There are edits");
            again.send("y");
            again.sees("1:00:05");
        }
        again.signal(Signal::KILL);
    }
    println!(
        "killed {} times; {saved} times it was saved already",
        rounds()
    );
}

#[test]
fn killed_at_any_moment_the_file_is_whole() {
    let rounds = rounds();
    let mut terminal = Terminal::design(Some(SMALL));
    let mut random = Random(42);
    let mut saved = 0;
    for _ in 0..rounds {
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
        terminal.look_on(random.time(Duration::from_millis(128)));
        terminal.signal(Signal::KILL);
        let text = fs::read_to_string(terminal.routine()).unwrap();
        saved += u64::from(time_in(&text) != "1h");
        let next = terminal.design_again();
        terminal = next;
    }
    println!("killed {rounds} times; {saved} times the file was a newer one");
    terminal.sees("Glide");
}
