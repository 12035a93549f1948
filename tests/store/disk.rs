//! A disk that is full, may not be written, or is held by another program:
//! the session runs on, says so once, and is whole when it can be kept again.

use std::fs;
use std::path::Path;
use std::sync::mpsc::Receiver;

use ashiatsu::session::Command;
use ashiatsu::store::{FILE, Report, Trouble};

use crate::mounted::{Mounted, run};
use crate::rig::{PATIENCE, Told, assert_same, plan, recorder, s, wall};

fn expect(reports: &Receiver<Report>, wanted: &Report) {
    let report = reports.recv_timeout(PATIENCE).unwrap();
    assert_eq!(&report, wanted);
}

#[test]
fn held_by_another_program_it_goes_on_and_is_whole_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, reports) = recorder(folder.path());
    let mut told = Told::begin(recorder, plan("1", None));
    while !folder.path().join(format!("{FILE}-wal")).exists() {
        std::thread::yield_now();
    }
    let other = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    other.busy_timeout(PATIENCE).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // If a press waited for the disk it would wait for ever here.
    for n in 0..1000 {
        told.press(s(10) + s(n), Command::More);
    }
    expect(&reports, &Report::NotKept(Trouble::Busy));
    told.press(s(1020), Command::Next);
    other.execute_batch("COMMIT").unwrap();
    expect(&reports, &Report::Kept);
    told.recorder.shut_down(PATIENCE).unwrap();
    assert_same(folder.path(), told.key, &told.session);
}

#[test]
fn a_disk_that_fills_up_is_said_and_forgiven() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Mounted::on(folder.path(), "size=256k") else {
        println!("left out: this user can't mount a small disk");
        return;
    };
    let (recorder, reports) = recorder(disk.path());
    let mut told = Told::begin(recorder, plan("1", None));
    told.press(s(13), Command::Next);
    let filler = disk.path().join("filler");
    fill(&filler);
    let mut n = 14;
    let report = loop {
        told.press(s(n), Command::More);
        n += 1;
        if let Ok(report) = reports.recv_timeout(std::time::Duration::from_millis(20)) {
            break report;
        }
    };
    // Which of its files met the full disk first decides what SQLite is told.
    let said = report.to_string();
    assert!(
        [
            "not kept: the disk is full",
            "not kept: the disk can't be written"
        ]
        .contains(&said.as_str()),
        "{said}"
    );
    told.press(s(n + 1), Command::Next);
    fs::remove_file(filler).unwrap();
    expect(&reports, &Report::Kept);
    told.recorder.shut_down(PATIENCE).unwrap();
    assert_same(disk.path(), told.key, &told.session);
}

fn fill(path: &Path) {
    use std::io::Write;
    let mut file = fs::File::create(path).unwrap();
    while file.write_all(&[1; 512]).is_ok() {}
}

#[test]
fn a_folder_that_may_not_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Mounted::on(folder.path(), "size=4m") else {
        println!("left out: this user can't mount a disk");
        return;
    };
    // Once with a log that is there already, once with nothing.
    for round in 0..2 {
        assert!(run("mount", &["-o", "remount,ro"], disk.path()));
        let (first, reports) = recorder(disk.path());
        let day = wall().checked_add(jiff::Span::new().days(i64::try_from(round).unwrap()));
        let mut told = Told::begin_on(first, plan("1", None), &day.unwrap());
        told.press(s(13), Command::Next);
        expect(&reports, &Report::NotKept(Trouble::ReadOnly));
        assert!(run("mount", &["-o", "remount,rw"], disk.path()));
        expect(&reports, &Report::Kept);
        told.press(s(14), Command::End);
        told.recorder.shut_down(PATIENCE).unwrap();
        assert_same(disk.path(), told.key, &told.session);
        assert!(run("mount", &["-o", "remount,ro"], disk.path()));
        let log = ashiatsu::store::Store::open_log(disk.path())
            .unwrap()
            .unwrap();
        assert_eq!(log.log(None).unwrap().len(), round + 1);
        drop(log);
        assert!(run("mount", &["-o", "remount,rw"], disk.path()));
    }
}

/// Waits until the file has so many presses.
fn has_presses(folder: &Path, presses: i64) {
    let path = folder.join(FILE);
    let presses_in = || -> rusqlite::Result<i64> {
        let file = rusqlite::Connection::open_with_flags(
            &path,
            rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE,
        )?;
        file.query_row("SELECT count(*) FROM input", [], |row| row.get(0))
    };
    while presses_in() != Ok(presses) {
        std::thread::yield_now();
    }
}

/// Removes all that the folder has.
fn empty(folder: &Path) {
    for file in fs::read_dir(folder).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
}

#[test]
fn a_file_that_is_removed_in_the_middle_is_made_again_with_all_of_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, reports) = recorder(folder.path());
    let mut told = Told::begin(recorder, plan("1", None));
    told.press(s(13), Command::Next);
    has_presses(folder.path(), 1);
    empty(folder.path());
    told.press(s(20), Command::More);
    has_presses(folder.path(), 2);
    // While it runs no other copy takes it for one that was cut off.
    let store = ashiatsu::store::Store::open(folder.path()).unwrap();
    assert_eq!(store.log(None).unwrap(), []);
    told.press(s(43), Command::Keep);
    told.recorder.close();
    assert_eq!(told.recorder.shut_down(PATIENCE), Ok(()));
    assert_same(folder.path(), told.key, &told.session);
    assert_eq!(store.interrupted().unwrap().len(), 1);
    let reports: Vec<Report> = reports.try_iter().collect();
    assert_eq!(reports, [Report::Left]);
}

#[test]
fn without_a_press_it_is_made_again_too() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, _reports) = recorder(folder.path());
    let mut told = Told::begin(recorder, plan("1", None));
    told.press(s(13), Command::Next);
    has_presses(folder.path(), 1);
    empty(folder.path());
    has_presses(folder.path(), 1);
    assert_eq!(told.recorder.shut_down(PATIENCE), Ok(()));
    assert_same(folder.path(), told.key, &told.session);
}

#[test]
fn an_older_copy_put_in_the_file_s_place_gets_all_of_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, _reports) = recorder(folder.path());
    let mut told = Told::begin(recorder, plan("1", None));
    told.press(s(13), Command::Next);
    has_presses(folder.path(), 1);
    let path = folder.path().join(FILE);
    let copy = folder.path().join("copy.db");
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute("VACUUM INTO ?1", [copy.to_str().unwrap()])
        .unwrap();
    told.press(s(20), Command::More);
    has_presses(folder.path(), 2);
    for ending in ["-wal", "-shm"] {
        fs::remove_file(folder.path().join(format!("{FILE}{ending}"))).unwrap();
    }
    fs::rename(&copy, &path).unwrap();
    told.press(s(30), Command::More);
    has_presses(folder.path(), 3);
    told.press(s(43), Command::End);
    told.recorder.close();
    assert_eq!(told.recorder.shut_down(PATIENCE), Ok(()));
    assert_same(folder.path(), told.key, &told.session);
}
