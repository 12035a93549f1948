//! A file that is cut off, is no database, or is from another version.

use std::fs;
use std::path::Path;

use ashiatsu::session::Command;
use ashiatsu::store::{FILE, Report, Store, Trouble};

use crate::rig::{PATIENCE, Told, assert_same, plan, recorder, s, wall};

/// A file with sessions of each outcome in it.
fn a_full_file(folder: &Path) -> Vec<u8> {
    for (n, leave) in [Command::End, Command::Keep, Command::End]
        .into_iter()
        .enumerate()
    {
        let (recorder, reports) = recorder(folder);
        let day = wall().checked_add(jiff::Span::new().days(i64::try_from(n).unwrap()));
        let mut told = Told::begin_on(recorder, plan("1", None), &day.unwrap());
        told.press(s(13), Command::Next);
        told.press(s(43), leave);
        told.recorder.shut_down(PATIENCE).unwrap();
        assert_eq!(reports.try_iter().count(), 0);
    }
    fs::read(folder.join(FILE)).unwrap()
}

/// Reads all there is; what is damaged is set aside, as the program does.
fn read_all(folder: &Path) -> Result<(), Trouble> {
    let mut store = Store::open(folder)?;
    let all = |store: &Store| -> Result<(), Trouble> {
        store.interrupted()?;
        store.regions(None)?;
        for entry in store.log(None)? {
            store.detail(entry.key)?;
        }
        Ok(())
    };
    match all(&store) {
        Err(Trouble::Damaged) => {
            store.set_aside()?;
            all(&store)
        }
        other => other,
    }
}

fn aside(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), file.path()))
        .filter(|(name, _)| name.starts_with("sessions-damaged-") && !name.contains(".db-"))
        .map(|(name, path)| (name, fs::read(path).unwrap()))
        .collect()
}

#[test]
fn cut_off_anywhere_it_opens_or_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let whole = a_full_file(folder.path());
    let mut opened = 0;
    for length in (0..whole.len()).step_by(512) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), &whole[..length]).unwrap();
        read_all(folder.path()).unwrap_or_else(|trouble| panic!("{length}: {trouble}"));
        match aside(folder.path()).as_slice() {
            [] => opened += 1,
            [(_, bytes)] => assert_eq!(bytes, &whole[..length], "kept as it was"),
            more => panic!("{length}: {} files set aside", more.len()),
        }
    }
    println!(
        "{} lengths, of which {opened} opened as they were",
        whole.len() / 512
    );
    assert_eq!(
        opened, 1,
        "an empty file is a new one; nothing else is whole"
    );
}

#[test]
fn a_journal_cut_off_anywhere_leaves_an_earlier_state() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, _reports) = recorder(folder.path());
    let mut told = Told::begin(recorder, plan("1", None));
    for n in 0..20 {
        told.press(s(13 + n), Command::More);
    }
    let journal = folder.path().join(format!("{FILE}-wal"));
    while !Store::open(folder.path())
        .and_then(|store| store.session(told.key))
        .is_ok_and(|(session, _)| session.now() >= s(32))
    {
        std::thread::yield_now();
    }
    let main = fs::read(folder.path().join(FILE)).unwrap();
    let written = fs::read(&journal).unwrap();
    told.recorder.shut_down(PATIENCE).unwrap();
    assert!(written.len() > 4096);
    for length in (0..written.len()).step_by(512) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), &main).unwrap();
        fs::write(
            folder.path().join(format!("{FILE}-wal")),
            &written[..length],
        )
        .unwrap();
        read_all(folder.path()).unwrap_or_else(|trouble| panic!("{length}: {trouble}"));
    }
}

#[test]
fn what_is_no_database_is_set_aside_and_the_session_is_kept_in_a_fresh_one() {
    for garbage in [&b"Dear diary"[..], &[0; 3000], &[b'x'; 3000]] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), garbage).unwrap();
        let (recorder, reports) = recorder(folder.path());
        let mut told = Told::begin(recorder, plan("1", None));
        told.press(s(13), Command::Next);
        let report = reports.recv_timeout(PATIENCE).unwrap();
        told.recorder.shut_down(PATIENCE).unwrap();
        let kept = aside(folder.path());
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].1, garbage);
        let Report::SetAside(path) = &report else {
            panic!("{report:?}")
        };
        let name = path.file_name().unwrap().to_str().unwrap();
        assert_eq!(name, kept[0].0);
        assert!(
            name.len() == "sessions-damaged-2026-11-23.db".len(),
            "{name}"
        );
        assert_eq!(
            report.to_string(),
            format!("the practice log was damaged; it is set aside as {name}")
        );
        assert_same(folder.path(), told.key, &told.session);
    }
}

#[test]
fn a_second_damaged_file_of_a_day_does_not_cover_the_first() {
    let folder = tempfile::tempdir().unwrap();
    for garbage in ["one", "two", "three"] {
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("{FILE}{ending}")));
        }
        fs::write(folder.path().join(FILE), garbage).unwrap();
        drop(Store::open(folder.path()).unwrap());
    }
    let mut kept: Vec<_> = aside(folder.path())
        .into_iter()
        .map(|(_, bytes)| bytes)
        .collect();
    kept.sort();
    assert_eq!(kept, [b"one".to_vec(), b"three".to_vec(), b"two".to_vec()]);
}

#[test]
fn another_programs_database_is_set_aside_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let theirs = rusqlite::Connection::open(&path).unwrap();
    theirs
        .execute_batch("CREATE TABLE session (mine TEXT); INSERT INTO session VALUES ('x');")
        .unwrap();
    drop(theirs);
    let store = Store::open(folder.path()).unwrap();
    let aside = store.was_set_aside().unwrap();
    let theirs = rusqlite::Connection::open(aside).unwrap();
    let mine: String = theirs
        .query_row("SELECT mine FROM session", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mine, "x");
}

#[test]
fn a_newer_versions_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    a_full_file(folder.path());
    let path = folder.path().join(FILE);
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let before = fs::read(&path).unwrap();
    assert_eq!(Store::open(folder.path()).unwrap_err(), Trouble::Newer);
    let (recorder, reports) = recorder(folder.path());
    let told = Told::begin(recorder, plan("1", None));
    let report = reports.recv_timeout(PATIENCE).unwrap();
    assert_eq!(
        report.to_string(),
        "not kept: the file is from a newer version of this program"
    );
    assert_eq!(told.recorder.shut_down(PATIENCE), Err(Trouble::Newer));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_pipe_in_the_file_s_place_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    // Where it waited, it would wait for ever: on a thread, so that this fails.
    let (sender, opened) = std::sync::mpsc::channel();
    let place = folder.path().to_owned();
    std::thread::spawn(move || {
        let log = Store::open_log(&place).map(|_| ()).unwrap_err();
        let all = Store::open(&place).unwrap_err();
        sender.send([log, all])
    });
    let opened = opened.recv_timeout(PATIENCE).unwrap();
    assert_eq!(opened, [Trouble::NoFile, Trouble::NoFile]);
    let (recorder, reports) = recorder(folder.path());
    let told = Told::begin(recorder, plan("1", None));
    let report = reports.recv_timeout(PATIENCE).unwrap();
    assert_eq!(report, Report::NotKept(Trouble::NoFile));
    assert_eq!(told.recorder.shut_down(PATIENCE), Err(Trouble::NoFile));
}

#[test]
fn who_may_read_what_a_link_leads_to_is_left_as_it_is() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = elsewhere.path().join("shared");
    fs::create_dir(&folder).unwrap();
    a_full_file(&folder);
    set(&folder, 0o755);
    set(&folder.join(FILE), 0o640);
    let file = elsewhere.path().join("linked.db");
    fs::rename(folder.join(FILE), &file).unwrap();
    symlink(&file, folder.join(FILE)).unwrap();
    let link = elsewhere.path().join("link");
    symlink(&folder, &link).unwrap();
    let store = Store::open(&link).unwrap();
    assert_eq!(store.log(None).unwrap().len(), 3);
    assert_eq!((mode(&folder), mode(&file)), (0o755, 0o640));
    // What is no file of this program's keeps its mode as well.
    let foreign = tempfile::tempdir().unwrap();
    let path = foreign.path().join(FILE);
    fs::write(
        &path,
        "no database at all, though long enough to be taken for one",
    )
    .unwrap();
    set(&path, 0o644);
    let device = tempfile::tempdir().unwrap();
    symlink("/dev/null", device.path().join(FILE)).unwrap();
    let before = mode(Path::new("/dev/null"));
    assert_eq!(Store::open(device.path()).unwrap_err(), Trouble::NoFile);
    assert_eq!(mode(Path::new("/dev/null")), before);
    Store::open(foreign.path()).unwrap();
    let [(name, _)] = aside(foreign.path()).try_into().unwrap();
    assert_eq!(mode(&foreign.path().join(name)), 0o644);
}
