//! `check --watch` as an instructor has it beside her editor.

#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test says by failing what is wrong")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

const GOOD: &str = "Routine(format: 1, name: \"Back\", phases: [\n\
    Phase(name: \"Back\", position: Prone, steps: [\n\
    Step(stroke: \"Glide\", region: Back, time: \"2m\"),\n])])\n";

/// The next line that ends a check.
fn summary(lines: &Receiver<String>) -> String {
    loop {
        let line = lines
            .recv_timeout(Duration::from_secs(20))
            .expect("a check was to follow");
        if line.contains("checked:") {
            return line;
        }
    }
}

#[test]
fn every_save_is_checked_again_until_ctrl_c() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my.ron");
    fs::write(&file, GOOD.replace("region", "regoin")).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_ashiatsu"))
        .args(["check", "--watch"])
        .arg(&file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(program.stdout.take().unwrap());
    let (sender, lines) = channel();
    let reading = thread::spawn(move || {
        for line in output.lines() {
            sender.send(line.unwrap()).unwrap();
        }
    });
    assert_eq!(summary(&lines), "1 file checked: 1 error, no warnings");

    fs::write(&file, GOOD).unwrap();
    while summary(&lines) != "1 file checked: no errors, no warnings" {}

    // As editors do that never write into the file itself.
    let other = folder.path().join("my.ron~");
    fs::write(&other, GOOD.replace("\"2m\"", "2m")).unwrap();
    fs::rename(&other, &file).unwrap();
    while summary(&lines) != "1 file checked: 1 error, no warnings" {}

    let id = Pid::from_child(&program);
    kill_process(id, Signal::INT).unwrap();
    assert_eq!(program.wait().unwrap().code(), Some(130));
    drop(lines);
    // It may have had a line left that nobody wants any more.
    let _ = reading.join();
}
