//! The screen is kept lit while a session runs, by the system's program, which
//! ends with this one however that ends; one that refuses is told before the
//! session, and nowhere else.
#![cfg(target_os = "linux")]

use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::process::Signal;
use tempfile::TempDir;

use crate::leaving::{BETWEEN_PRESSES, STROKE};
use crate::terminal::Terminal;

/// Takes the place of the system's: notes how it was called, and when it is over.
const KEEPS: &str = r#"#!/bin/sh
echo "$@" > "$HOME/kept"
for word; do last=$word; done
"$last"
echo over > "$HOME/over"
"#;

const REFUSES: &str = "#!/bin/sh\necho 'No bus to be found' >&2\nexit 1\n";

/// The program at that, where the system's own is `script`.
fn with(script: &str, arguments: &[&str]) -> Terminal {
    with_settings(script, "()", arguments)
}

fn with_settings(script: &str, settings: &str, arguments: &[&str]) -> Terminal {
    let home = TempDir::with_prefix("ashiatsu").unwrap();
    let folder = home.path().join(".config/ashiatsu");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("settings.ron"), settings).unwrap();
    std::fs::write(home.path().join("routine.ron"), STROKE).unwrap();
    let folder = home.path().join("bin");
    std::fs::create_dir(&folder).unwrap();
    let program = folder.join("systemd-inhibit");
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut path = OsString::from(folder);
    path.push(":/usr/bin:/bin");
    Terminal::start(home, arguments, &[("PATH".into(), path)])
}

fn session(script: &str) -> Terminal {
    with(
        script,
        &["run", "./routine.ron", "--skip-preflight", "--mute"],
    )
}

/// Waits until there is such a file.
#[track_caller]
fn there_is(terminal: &mut Terminal, path: &Path) {
    for _ in 0..400 {
        if path.exists() {
            return;
        }
        terminal.look_on(BETWEEN_PRESSES / 3);
    }
    panic!("there is no {}:\n{}", path.display(), terminal.text());
}

#[test]
fn it_is_kept_lit_while_a_session_runs_and_not_at_the_card() {
    let mut terminal = session(KEEPS);
    let (kept, over) = (terminal.home().join("kept"), terminal.home().join("over"));
    there_is(&mut terminal, &kept);
    let words = std::fs::read_to_string(&kept).unwrap();
    assert_eq!(
        words,
        "--what=idle --who=ashiatsu --why a session runs cat\n"
    );
    terminal.is_at("Glide");
    terminal.send(" ");
    terminal.sees("Space goes on");
    terminal.look_on(BETWEEN_PRESSES);
    assert!(!over.exists(), "a short pause keeps it");
    terminal.send("q");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("q");
    terminal.sees("Ended early.");
    there_is(&mut terminal, &over);
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
}

#[test]
fn what_keeps_it_lit_ends_when_the_program_is_killed_outright() {
    let mut terminal = session(KEEPS);
    let (kept, over) = (terminal.home().join("kept"), terminal.home().join("over"));
    there_is(&mut terminal, &kept);
    assert!(!over.exists());
    terminal.signal(Signal::KILL);
    there_is(&mut terminal, &over);
}

#[test]
fn what_refuses_is_told_before_the_session_and_not_in_it() {
    let mut terminal = with(REFUSES, &["run", "./routine.ron", "--mute"]);
    terminal.sees("1 of 3");
    terminal.send("o");
    terminal.sees("may go dark: No bus to be found");
    terminal.send("\r");
    for page in ["1 of 3", "2 of 3", "3 of 3", "Press any key"] {
        terminal.sees(page);
        terminal.look_on(BETWEEN_PRESSES);
        terminal.send("\r");
    }
    terminal.is_at("Glide");
    terminal.look_on(BETWEEN_PRESSES * 4);
    assert!(!terminal.shows("No bus"), "{}", terminal.text());
}

#[test]
fn by_the_setting_it_is_left_to_the_system() {
    let mut terminal = with_settings(KEEPS, "(awake: Off)", &["run", "./routine.ron", "--mute"]);
    terminal.sees("1 of 3");
    terminal.send("o");
    terminal.sees("goes dark as your system likes");
    terminal.send("\r");
    for page in ["1 of 3", "2 of 3", "3 of 3", "Press any key"] {
        terminal.sees(page);
        terminal.look_on(BETWEEN_PRESSES);
        terminal.send("\r");
    }
    terminal.is_at("Glide");
    terminal.look_on(BETWEEN_PRESSES * 4);
    assert!(!terminal.home().join("kept").exists());
}
