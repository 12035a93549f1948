//! A sound that breaks its decoder is said, and takes nothing else with it: not
//! the terminal, neither at the start nor when it is saved in a session.

use std::path::Path;

use tempfile::TempDir;

use crate::leaving::STROKE;
use crate::ogg;
use crate::terminal::Terminal;

const OWN: &str = r#"Routine(format: 1, name: "Own", phases: [
    Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
        Step(stroke: "Glide", region: Back, time: "10m", sound: "own.ogg"),
    ]),
])"#;

/// A shipped sound in which one byte, in a page that says it came whole, makes
/// the decoder panic.
fn broken() -> Vec<u8> {
    let mut file = include_bytes!("../sound/ready.ogg").to_vec();
    file[2776] = 137;
    ogg::seal(&mut file);
    file
}

fn write(home: &Path, path: &str, bytes: &[u8]) {
    let path = home.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

#[track_caller]
fn goes_on_and_leaves(mut terminal: Terminal) {
    // A press, and what is drawn after it, come after whatever broke.
    terminal.send(" ");
    terminal.sees("PAUSED");
    assert!(terminal.is_taken(), "{}", terminal.text());
    assert!(!terminal.shows("panicked"), "{}", terminal.text());
    terminal.signal(rustix::process::Signal::TERM);
    assert_eq!(terminal.code(), 143);
    terminal.given_back();
    assert!(!terminal.shows("panicked"), "{}", terminal.text());
}

#[test]
fn in_the_folder_of_sounds() {
    let home = TempDir::with_prefix("ashiatsu").unwrap();
    write(home.path(), ".config/ashiatsu/sounds/shift.ogg", &broken());
    let mut terminal = Terminal::run_at_home(home, STROKE);
    terminal.sees("shift.ogg");
    terminal.is_at("Glide");
    goes_on_and_leaves(terminal);
}

#[test]
fn saved_while_the_session_runs() {
    let home = TempDir::with_prefix("ashiatsu").unwrap();
    write(home.path(), "routine.ron", OWN.as_bytes());
    let whole = include_bytes!("../sound/ready.ogg");
    write(home.path(), "own.ogg", whole);
    let run = [
        "run",
        "./routine.ron",
        "--skip-preflight",
        "--mute",
        "--watch",
    ];
    let mut terminal = Terminal::start(home, &run, &[]);
    terminal.is_at("Glide");
    write(terminal.home(), "own.ogg", &broken());
    terminal.sees("own.ogg: is no sound");
    goes_on_and_leaves(terminal);
}

#[test]
fn the_command_that_plays_it_says_why_and_nothing_more() {
    let home = TempDir::with_prefix("ashiatsu").unwrap();
    write(home.path(), ".config/ashiatsu/sounds/shift.ogg", &broken());
    write(
        home.path(),
        ".config/ashiatsu/settings.ron",
        b"(sound: Muted)",
    );
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_ashiatsu"))
        .args(["sounds", "shift"])
        .env_clear()
        .env("HOME", home.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("the decoder gave up"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}
