//! What became of each cue's sound is kept; a file from before that is still
//! read, and written on.

use std::path::Path;

use ashiatsu::session::{Command, CueId};
use ashiatsu::store::{FILE, Heard, SessionKey, Silence, Store, Timing};

use crate::rig::{PATIENCE, Told, plan, recorder, s};

const HEARD: Heard = Heard::Yes(Some(Timing {
    taken: -31_250,
    onset: 1_417,
}));
const SILENT: Heard = Heard::No(Some(Silence::NoDevice));

/// Three calls, of which nothing is known of the last; kept for later.
fn keep_one(folder: &Path) -> SessionKey {
    let (recorder, _reports) = recorder(folder);
    let mut told = Told::begin(recorder, plan("1", None));
    for (n, heard) in [(0, HEARD), (1, SILENT)] {
        told.recorder.cue(CueId { epoch: 0, n }, heard);
    }
    told.press(s(13), Command::Keep);
    told.recorder.close();
    told.recorder.shut_down(PATIENCE).unwrap();
    told.key
}

fn heard(folder: &Path, key: SessionKey) -> Vec<Heard> {
    let store = Store::open(folder).unwrap();
    let cues = store.detail(key).unwrap().cues;
    cues.into_iter().take(3).map(|cue| cue.heard).collect()
}

#[test]
fn when_each_was_taken_and_heard_or_why_not_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let key = keep_one(folder.path());
    assert_eq!(heard(folder.path(), key), [HEARD, SILENT, Heard::No(None)]);
    // Also for a session that goes on: its log is written anew.
    let resumed = Store::open(folder.path()).unwrap().take(key).unwrap();
    let (recorder, _reports) = recorder(folder.path());
    let going = recorder.go_on(resumed, &crate::rig::wall());
    let mut told = Told {
        recorder,
        session: going.session,
        key,
        seq: going.seq,
    };
    told.press(going.at, Command::End);
    told.recorder.close();
    told.recorder.shut_down(PATIENCE).unwrap();
    assert_eq!(heard(folder.path(), key), [HEARD, SILENT, Heard::No(None)]);
}

#[test]
fn a_file_from_before_is_read_and_written_on() {
    let folder = tempfile::tempdir().unwrap();
    let key = keep_one(folder.path());
    // As the first version wrote it.
    let old = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    old.execute_batch(
        "ALTER TABLE fate DROP COLUMN taken; ALTER TABLE fate DROP COLUMN onset;
         ALTER TABLE fate DROP COLUMN why;
         UPDATE detail SET cues = '[[\"ready\",1795453200250,3600,1],[\"ready\",null,0,0]]';
         PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(old);
    assert_eq!(
        heard(folder.path(), key),
        [Heard::Yes(None), Heard::No(None)]
    );
    let offered = Store::open(folder.path()).unwrap().interrupted().unwrap();
    assert_eq!(offered.len(), 1, "what was interrupted can go on");
    let (recorder, _reports) = recorder(folder.path());
    let later = crate::rig::wall().checked_add(s(3600)).unwrap();
    let mut told = Told::begin_on(recorder, plan("1", None), &later);
    told.recorder.cue(CueId { epoch: 0, n: 0 }, HEARD);
    told.press(s(13), Command::End);
    told.recorder.close();
    told.recorder.shut_down(PATIENCE).unwrap();
    assert_eq!(heard(folder.path(), told.key)[0], HEARD);
    let version: i32 = rusqlite::Connection::open(folder.path().join(FILE))
        .unwrap()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, 2);
}

#[test]
fn a_session_that_waits_for_the_device_is_logged_by_when_it_really_began() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, _reports) = recorder(folder.path());
    let lead = std::time::Duration::from_millis(250);
    let plan = plan("1", None);
    let meta = ashiatsu::store::Meta::of("test");
    let key = recorder.begin_in(lead, meta, plan.clone(), &crate::rig::wall());
    let mut told = Told {
        recorder,
        session: ashiatsu::session::Session::new(plan),
        key,
        seq: 0,
    };
    told.press(s(13), Command::End);
    told.recorder.close();
    told.recorder.shut_down(PATIENCE).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let first = store.detail(key).unwrap().cues[0].at.unwrap();
    assert_eq!(first.rfc3339(), "2026-11-23T18:00:00.500+01:00");
}
