//! `check --watch` as an instructor has it beside her editor.

#![cfg(unix)]
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test says by failing what is wrong"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use ashiatsu::watch::Watch;
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

/// What comes of watching `file`: a word for each change.
fn watched(file: &Path) -> Receiver<()> {
    let (sender, changes) = channel();
    let watch = Watch::new(&[file.to_owned()]).unwrap();
    watch
        .follow(move || {
            // A test that has seen enough listens no more.
            let _ = sender.send(());
        })
        .unwrap();
    changes
}

/// Does something, and waits until it is noticed and over.
#[track_caller]
fn noticed(changes: &Receiver<()>, what: &str, act: impl FnOnce()) {
    while changes.try_recv().is_ok() {}
    act();
    let come = changes.recv_timeout(Duration::from_secs(20));
    assert!(come.is_ok(), "nobody noticed: {what}");
}

#[test]
fn a_file_is_found_again_wherever_it_went() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("a").join("b");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("my.ron");
    fs::write(&file, GOOD).unwrap();
    let changes = watched(&file);
    let beside = folder.join(".my.ron.swp~");
    noticed(&changes, "written", || fs::write(&file, "1").unwrap());
    noticed(&changes, "beside, then renamed", || {
        fs::write(&beside, "2").unwrap();
        fs::rename(&beside, &file).unwrap();
    });
    noticed(&changes, "removed", || fs::remove_file(&file).unwrap());
    noticed(&changes, "made again", || fs::write(&file, "3").unwrap());
    noticed(&changes, "its folder removed", || {
        fs::remove_dir_all(above.path().join("a")).unwrap();
    });
    noticed(&changes, "the one above made again", || {
        fs::create_dir(above.path().join("a")).unwrap();
    });
    noticed(&changes, "its folder made again", || {
        fs::create_dir(&folder).unwrap();
    });
    noticed(&changes, "in it", || fs::write(&file, "4").unwrap());
    let elsewhere = above.path().join("a").join("old");
    noticed(&changes, "its folder renamed", || {
        fs::rename(&folder, &elsewhere).unwrap();
    });
    noticed(&changes, "another folder in its place", || {
        fs::create_dir(&folder).unwrap();
        fs::write(&file, "5").unwrap();
    });
    noticed(&changes, "in that", || fs::write(&file, "6").unwrap());
}

#[test]
fn a_file_behind_a_link_is_watched_where_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    fs::create_dir(&here).unwrap();
    fs::create_dir(&there).unwrap();
    let (link, file) = (here.join("my.ron"), there.join("routine"));
    fs::write(&file, GOOD).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let changes = watched(&link);
    noticed(&changes, "written behind it", || {
        fs::write(&file, "1").unwrap();
    });
    let other = folder.path().join("other");
    noticed(&changes, "the link itself", || {
        fs::write(&other, GOOD).unwrap();
        fs::remove_file(&link).unwrap();
        std::os::unix::fs::symlink(&other, &link).unwrap();
    });
    noticed(&changes, "behind the new link", || {
        fs::write(&other, "2").unwrap();
    });
}

#[test]
fn what_is_none_of_its_business_is_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my.ron");
    fs::write(&file, GOOD).unwrap();
    let changes = watched(&file);
    fs::write(folder.path().join("notes.txt"), "1").unwrap();
    drop(fs::read(&file));
    let come = changes.recv_timeout(Duration::from_millis(400));
    assert!(come.is_err(), "read, and another file written");
    noticed(&changes, "written", || fs::write(&file, "1").unwrap());
}
