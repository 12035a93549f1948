//! An interrupted session is offered, once, and comes back as it was.

use ashiatsu::plan::{Plan, Segment, StepId};
use ashiatsu::routine::vocabulary::Region;
use ashiatsu::session::{Command, ENGINE, InputKind, Left, Outcome, PauseBy, State, Undone};
use ashiatsu::store::{FILE, Heard, Recorder, Report, Store, Trouble};
use ashiatsu::summary::{Share, Summary};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::rig::{PATIENCE, Told, plan, recorder, s, wall};
use crate::script::{routine, step, step_with, transition};

/// Next to the second step at 13 s, 30 s more for it, kept for later at 43 s.
fn keep_one(folder: &Path) -> Told {
    let (recorder, _reports) = recorder(folder);
    let mut told = Told::begin(recorder, plan("1", None));
    told.press(s(13), Command::Next);
    told.press(s(33), Command::More);
    told.press(s(43), Command::Keep);
    told.recorder.shut_down(PATIENCE).unwrap();
    told
}

#[test]
fn it_is_offered_with_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    keep_one(folder.path());
    let offered = Store::open(folder.path()).unwrap().interrupted().unwrap();
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].routine, "Test");
    assert_eq!(offered[0].meta.stem, "test");
    assert_eq!(offered[0].time_in, s(40));
    let step = offered[0].step.as_ref().unwrap();
    assert_eq!((step.number, step.name.as_str()), (2, "Open"));
    assert_eq!(step.left, Left::Time(s(60)));
    assert_eq!(
        offered[0].last.unwrap().rfc3339(),
        "2026-11-23T18:00:43.250+01:00"
    );
}

#[test]
fn it_comes_back_paused_with_the_same_time_left_and_the_same_undo() {
    let folder = tempfile::tempdir().unwrap();
    let before = keep_one(folder.path());
    for round in 0..3 {
        let store = Store::open(folder.path()).unwrap();
        let resumed = store.take(before.key).unwrap();
        assert!(matches!(store.take(before.key), Err(Trouble::Taken)));
        assert!(store.interrupted().unwrap().is_empty());
        let (recorder, _reports) = recorder(folder.path());
        let going = recorder.go_on(resumed, &wall());
        let at = going.at;
        assert!(
            matches!(going.session.state(), State::Paused { .. }),
            "{round}"
        );
        assert_eq!(going.session.segment().unwrap().id, StepId(2));
        assert_eq!(going.session.left(at), Some(Left::Time(s(60))));
        assert_eq!(going.session.can_undo(), Some(Undone::More));
        assert_eq!(going.session.now(), at);
        recorder.shut_down(PATIENCE).unwrap();
    }
}

#[test]
fn what_is_done_after_it_came_back_is_kept_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let before = keep_one(folder.path());
    let (recorder, _reports) = recorder(folder.path());
    let resumed = Store::open(folder.path())
        .unwrap()
        .take(before.key)
        .unwrap();
    let going = recorder.go_on(resumed, &wall());
    let mut told = Told {
        recorder,
        session: going.session,
        key: going.key,
        seq: going.seq,
    };
    told.press(going.at + s(5), Command::Resume);
    told.press(going.at + s(15), Command::Undo);
    told.press(going.at + s(16), Command::End);
    told.recorder.close();
    told.recorder.shut_down(PATIENCE).unwrap();
    crate::rig::assert_same(folder.path(), told.key, &told.session);
    let store = Store::open(folder.path()).unwrap();
    assert!(store.interrupted().unwrap().is_empty());
    assert!(matches!(store.take(told.key), Err(Trouble::Gone)));
    let entries = store.log(None).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].actual, s(10 + 30 + 11));
    assert_eq!(entries[0].paused, s(5));
}

#[test]
fn after_a_revision_it_comes_back_by_the_revised_plan() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, _reports) = recorder(folder.path());
    let mut told = Told::begin(recorder, plan("1", None));
    told.press(s(13), Command::Next);
    told.press(s(20), Command::More);
    // The step being worked is longer, one before it is new, one after it too.
    let items = [
        step("Greet", 30),
        transition("Mount", 20, ""),
        step_with("Open", 80, "min: \"40s\", max: \"2m\""),
        step("New", 40),
    ];
    let fresh = Plan::whole(&routine("", items));
    let revised = Arc::new(told.session.plan().revised(fresh));
    told.tell(s(33), InputKind::PlanRevised(revised));
    // Its time as planned now, and 30 s more for it.
    assert_eq!(told.session.left(s(33)), Some(Left::Time(s(90))));
    told.press(s(43), Command::Keep);
    told.recorder.shut_down(PATIENCE).unwrap();
    crate::rig::assert_same(folder.path(), told.key, &told.session);

    let store = Store::open(folder.path()).unwrap();
    let resumed = store.take(told.key).unwrap();
    let (recorder, _reports) = crate::rig::recorder(folder.path());
    let going = recorder.go_on(resumed, &wall());
    let segment = going.session.segment().unwrap();
    assert_eq!((segment.name(), segment.number), ("Open", 3));
    assert_eq!(going.session.left(going.at), Some(Left::Time(s(80))));
    let coming: Vec<&str> = going.session.coming().iter().map(Segment::name).collect();
    assert_eq!(coming, ["New"]);
    assert_eq!(going.session.plan(), told.session.plan());
    recorder.shut_down(PATIENCE).unwrap();
}

#[test]
fn the_summary_and_the_log_agree_on_a_session_that_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, _reports) = recorder(folder.path());
    let first = routine(
        "",
        [
            step_with("Greet", 30, "side: Left"),
            transition("Mount", 20, ""),
            step("Open", 60),
            step("Close", 70),
        ],
    );
    let mut told = Told::begin(recorder, Arc::new(Plan::whole(&first)));
    // 13 s into the third: the first is gone, this one longer, the last one another.
    let fresh = routine(
        "",
        [
            transition("Mount", 20, ""),
            step("Open", 80),
            step("New", 40),
        ],
    );
    let revised = Arc::new(told.session.plan().revised(Plan::whole(&fresh)));
    told.tell(s(66), InputKind::PlanRevised(revised));
    told.press(s(76), Command::End);
    told.recorder.close();
    told.recorder.shut_down(PATIENCE).unwrap();

    let store = Store::open(folder.path()).unwrap();
    let (stored, at) = store.session(told.key).unwrap();
    let summary = Summary::new(&told.session, told.session.now());
    assert_eq!(Summary::new(&stored, at), summary);
    let share = |planned, actual| Share {
        planned: s(planned),
        actual: s(actual),
    };
    assert_eq!(summary.all, share(30 + 20 + 60 + 70, 30 + 20 + 23));
    assert_eq!(summary.transitions, share(20, 20));
    let back = summary.regions[&Region::Back];
    assert_eq!(back.all, share(30 + 60 + 40 + 70, 30 + 23));
    assert_eq!(back.left, share(30, 30));

    let entry = store.entry(told.key).unwrap();
    assert_eq!(share_of(&summary.all), (entry.planned, entry.actual));
    let steps = store.detail(told.key).unwrap().steps;
    let logged = steps
        .iter()
        .filter(|step| step.region == Some(Region::Back));
    let logged = logged.fold((s(0), s(0)), |(planned, actual), step| {
        (planned + step.planned, actual + step.actual)
    });
    assert_eq!(share_of(&back.all), logged);
}

fn share_of(share: &Share) -> (Duration, Duration) {
    (share.planned, share.actual)
}

#[test]
fn a_second_copy_never_offers_one_that_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, _reports) = recorder(folder.path());
    let mut told = Told::begin(recorder, plan("1", None));
    told.press(s(13), Command::Next);
    wait_until_kept(folder.path(), &told);
    let second = Store::open(folder.path()).unwrap();
    assert!(second.interrupted().unwrap().is_empty());
    assert!(second.log(None).unwrap().is_empty());
    assert!(matches!(second.take(told.key), Err(Trouble::Taken)));
    told.recorder.shut_down(PATIENCE).unwrap();
    // As a death would leave it: nobody said how it ended.
    let third = Store::open(folder.path()).unwrap();
    assert_eq!(third.interrupted().unwrap().len(), 1);
    assert_eq!(third.log(None).unwrap().len(), 1);
}

fn wait_until_kept(folder: &Path, told: &Told) {
    while Store::open(folder)
        .and_then(|store| store.session(told.key))
        .is_err()
    {
        std::thread::yield_now();
    }
}

#[test]
fn other_rules_leave_the_step_and_its_time_left() {
    let folder = tempfile::tempdir().unwrap();
    let before = keep_one(folder.path());
    let change = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    let newer = i64::from(ENGINE) + 1;
    change
        .execute("UPDATE session SET engine = ?1", [newer])
        .unwrap();
    drop(change);
    for _ in 0..2 {
        let resumed = Store::open(folder.path())
            .unwrap()
            .take(before.key)
            .unwrap();
        let (recorder, reports) = recorder(folder.path());
        let going = recorder.go_on(resumed, &wall());
        assert!(matches!(
            going.session.state(),
            State::Paused {
                by: PauseBy::Resumption,
                ..
            }
        ));
        assert_eq!(going.session.segment().unwrap().id, StepId(2));
        assert_eq!(going.session.left(going.at), Some(Left::Time(s(60))));
        assert_eq!(going.session.can_undo(), None);
        assert_eq!(
            going.session.record(StepId(1), going.at).worked,
            s(10),
            "what was worked before"
        );
        recorder.shut_down(PATIENCE).unwrap();
        assert_eq!(reports.try_iter().collect::<Vec<_>>(), []);
    }
}

#[test]
fn a_finish_can_be_taken_back_until_the_session_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, _reports) = recorder(folder.path());
    let mut told = Told::begin(recorder, plan("1", Some(9)));
    told.press(s(13), Command::Next);
    assert!(matches!(told.session.state(), State::Finished { .. }));
    wait_until_kept(folder.path(), &told);
    told.press(s(14), Command::Undo);
    told.press(s(20), Command::Pause(PauseBy::Press));
    told.recorder.shut_down(PATIENCE).unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.interrupted().unwrap().len(), 1);
    crate::rig::assert_same(folder.path(), told.key, &told.session);
}

#[test]
fn an_end_is_written_and_said_although_the_recorder_began_a_little_later() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, reports) = recorder(folder.path());
    let mut told = Told::begin(recorder, plan("1", Some(9)));
    told.tell(s(90), InputKind::Advance);
    let State::Finished { at } = *told.session.state() else {
        panic!("it goes on");
    };
    // By its own clock a moment has gone by.
    told.recorder.over(at);
    assert_eq!(
        reports.recv_timeout(PATIENCE),
        Ok(Report::Over(Ok(told.key)))
    );
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.log(None).unwrap()[0].outcome, Outcome::Finished);
}

#[test]
fn one_that_nobody_wants_any_more_is_let_go() {
    let folder = tempfile::tempdir().unwrap();
    let told = keep_one(folder.path());
    let mut store = Store::open(folder.path()).unwrap();
    store.let_go(told.key).unwrap();
    assert!(store.interrupted().unwrap().is_empty());
    assert_eq!(store.log(None).unwrap()[0].actual, s(40));
    assert_eq!(store.let_go(told.key), Err(Trouble::Gone));
}

#[test]
fn nobody_else_can_read_what_is_kept() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("ashiatsu");
    let (recorder, _reports) = recorder(&folder);
    let mut told = Told::begin(recorder, plan("1", None));
    told.press(s(13), Command::Next);
    told.recorder.cue(
        ashiatsu::session::CueId { epoch: 0, n: 0 },
        Heard::Yes(None),
    );
    wait_until_kept(&folder, &told);
    assert_eq!(mode(&folder), 0o700);
    let mut files = 0;
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        files += 1;
    }
    assert!(files >= 4, "the file, its journal, its index and the lock");
    told.recorder.shut_down(PATIENCE).unwrap();
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn without_a_home_it_says_so_and_goes_on() {
    let (sender, reports) = std::sync::mpsc::channel();
    let recorder = Recorder::start(None, ashiatsu::clock::Clock::new(), move |report| {
        let _ = sender.send(report);
    })
    .unwrap();
    let told = Told::begin(recorder, plan("1", None));
    let report = reports.recv_timeout(PATIENCE).unwrap();
    assert_eq!(report.to_string(), "not kept: there is no home folder");
    assert_eq!(told.recorder.shut_down(PATIENCE), Err(Trouble::NoFolder));
}

#[test]
fn a_session_that_is_over_leaves_no_lock_behind_however_the_program_is_left() {
    let locks = |folder: &Path| {
        let files = std::fs::read_dir(folder).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| name.starts_with("session-"))
            .collect::<Vec<_>>()
    };
    // One that is not over keeps it: there its last moment stands.
    for (leave, left) in [(Command::End, 0), (Command::More, 1)] {
        let folder = tempfile::tempdir().unwrap();
        let (recorder, _reports) = recorder(folder.path());
        let mut told = Told::begin(recorder, plan("1", None));
        told.press(s(13), Command::Next);
        told.press(s(43), leave);
        // As a closed window does it: the session is not left first.
        told.recorder.shut_down(PATIENCE).unwrap();
        let locks = locks(folder.path());
        assert_eq!(locks.len(), left, "{locks:?}");
    }
}
