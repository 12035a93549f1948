//! A disk that is full, may not be written, or is held by another program, while
//! a session runs in real time: each stroke comes when it should all the same.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::leaving::BETWEEN_PRESSES;
use crate::mounted::Mounted;
use crate::terminal::{Lateness, Terminal};

const STROKES: [&str; 6] = ["Glide", "Press", "Rock", "Knead", "Push", "Settle"];
const STEP: Duration = Duration::from_secs(6);

fn routine(strokes: &[&str]) -> String {
    let steps: Vec<String> = strokes
        .iter()
        .map(|name| format!("Step(stroke: \"{name}\", region: Back, time: \"6s\")"))
        .collect();
    let steps = steps.join(",");
    format!(
        r#"Routine(format: 1, name: "Disk", prepare: "0s", phases: [
            Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [{steps}]),
        ])"#
    )
}

/// Goes through the routine with presses in its steps, so that there is
/// something to be kept; `trouble` comes in the first step and must be said.
fn comes_on_time(
    strokes: &[&str],
    home: TempDir,
    trouble: impl FnOnce(&Path),
    said: &str,
) -> Terminal {
    let lateness = Lateness::watch();
    let mut terminal = Terminal::run_at_home(home, &routine(strokes));
    let begun = terminal.is_at(strokes[0]);
    trouble(terminal.home());
    let mut worst = Duration::ZERO;
    let mut check = |due: Instant, came: Instant| {
        let off = came
            .saturating_duration_since(due)
            .max(due.saturating_duration_since(came));
        worst = worst.max(off);
    };
    let mut due = begun;
    for (n, stroke) in strokes.iter().enumerate().skip(1) {
        if n == 2 {
            // Once the line on the last press is gone.
            terminal.sees(said);
        } else {
            // The plan stays as it is, and all of it is to be kept: more than
            // the room that the files have left on a full disk.
            for _ in 0..if n == 1 { 6 } else { 1 } {
                terminal.send("+");
                terminal.sees("left now");
                terminal.send("u");
                terminal.sees("taken back");
            }
        }
        due += STEP;
        check(due, terminal.is_at(stroke));
    }
    check(due + STEP, terminal.sees("Finished."));
    println!("{said}: the stroke furthest off came {worst:?} off");
    let tolerance = lateness.tolerance();
    assert!(
        worst <= tolerance,
        "{worst:?} off; {tolerance:?} is allowed"
    );
    terminal
}

fn leave(mut terminal: Terminal) {
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
}

fn kept_in(home: &Path) -> PathBuf {
    home.join(".local/share/ashiatsu")
}

/// The sessions' file, held by another program.
fn held(home: &Path) -> rusqlite::Connection {
    let file = kept_in(home).join(ashiatsu::store::FILE);
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    connection
}

/// A home whose data folder is a file system of its own, while it lives; none
/// where that is not allowed.
fn mounted_under(home: &Path, options: &str) -> Option<Mounted> {
    let folder = kept_in(home);
    fs::create_dir_all(&folder).unwrap();
    Mounted::on(&folder, options)
}

#[test]
fn with_a_disk_that_fills_up() {
    let home = TempDir::with_prefix("ashiatsu").unwrap();
    let Some(disk) = mounted_under(home.path(), "size=300k,mode=0700") else {
        println!("left out: this user can't mount a small disk");
        return;
    };
    let fill = |_: &Path| {
        let mut file = fs::File::create(disk.path().join("filler")).unwrap();
        while file.write_all(&[1; 512]).is_ok() {}
    };
    leave(comes_on_time(
        &STROKES[..4],
        home,
        fill,
        "not kept: the disk",
    ));
}

#[test]
fn with_a_folder_that_may_not_be_written() {
    let home = TempDir::with_prefix("ashiatsu").unwrap();
    let Some(disk) = mounted_under(home.path(), "size=4m,mode=0700,ro") else {
        println!("left out: this user can't mount a disk");
        return;
    };
    let terminal = comes_on_time(
        &STROKES[..4],
        home,
        |_| {},
        "not kept: the folder can't be written",
    );
    assert_eq!(fs::read_dir(disk.path()).unwrap().count(), 0);
    leave(terminal);
}

#[test]
fn with_the_file_locked_for_half_a_minute() {
    let home = TempDir::with_prefix("ashiatsu").unwrap();
    let other = std::cell::OnceCell::new();
    let hold = |home: &Path| other.set(held(home)).unwrap();
    let said = "not kept: another program has locked the file";
    let mut terminal = comes_on_time(&STROKES, home, hold, said);
    other.get().unwrap().execute_batch("COMMIT").unwrap();
    // All of it is kept after all.
    terminal.send("d");
    terminal.sees("for you alone");
    terminal.sees("6 Settle");
    terminal.send("\x1b");
    terminal.sees("Finished.");
    leave(terminal);
}

#[test]
fn what_another_program_kept_from_being_kept_is_not_promised_for_later() {
    let mut terminal = Terminal::run(&routine(&["Glide"; 40]));
    terminal.is_at("Glide");
    let other = held(terminal.home());
    terminal.send("q");
    terminal.sees("Leave the session?");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("k");
    terminal.sees("not kept, or not to its end: another program has locked the file");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
    assert!(!terminal.shows("kept for later"), "{}", terminal.text());
    drop(other);
}
