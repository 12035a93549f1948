//! `run --watch`: the routine's file is saved, in the ways in which editors
//! save, and the running session shows it.

use std::fs;

use crate::leaving::STROKE;
use crate::terminal::Terminal;

#[test]
fn what_is_saved_is_worked_and_what_is_wrong_is_said() {
    let mut terminal = Terminal::run_with(STROKE, &["--watch"]);
    let file = terminal.routine();
    terminal.is_at("Glide");

    // Into the file itself.
    let longer = STROKE.replace("\"10m\"", "\"2h\"");
    fs::write(&file, &longer).unwrap();
    terminal.sees("the changed routine goes on");
    terminal.sees("1:59:");

    // Beside it, then in its place; with a mistake in it.
    let beside = file.with_extension("ron~");
    fs::write(&beside, longer.replace("Left", "Lfet")).unwrap();
    fs::rename(&beside, &file).unwrap();
    terminal.sees("./routine.ron:3:51: `Lfet` is not one of the words");
    assert!(terminal.shows_large("Glide"), "{}", terminal.text());

    fs::remove_file(&file).unwrap();
    terminal.sees("./routine.ron: there is no such file");

    let both = longer.replace("Left", "Both");
    fs::write(&file, both).unwrap();
    // Another side is another step: the one that runs comes first.
    terminal.sees("./routine.ron lacks this step");
    assert!(terminal.shows("LEFT"), "{}", terminal.text());
    fs::write(&file, longer).unwrap();
    terminal.until("the hints again", |t| t.shows("Space pause"));

    terminal.signal(rustix::process::Signal::TERM);
    assert_eq!(terminal.code(), 143);
    terminal.given_back();

    // It was kept as it was worked, whatever the file is now.
    fs::remove_file(&file).unwrap();
    let mut resumed = terminal.again(&["--resume"]);
    resumed.sees("PAUSED");
    resumed.sees("1:59:");
    resumed.signal(rustix::process::Signal::TERM);
    assert_eq!(resumed.code(), 143);
}
