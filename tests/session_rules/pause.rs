//! A pause is silent for ever, until resumed.

use ashiatsu::session::{Command, InputKind, PauseBy};

use crate::script::{Act, Script, hold, rest, secs, step, step_with};

#[test]
fn a_pause_is_silent_for_ever() {
    let mut s = Script::of([step("Glide", 60), hold(30), step("Fan", 60)]);
    s.at(20.0).pause().at(100_000.0);
    assert_eq!(s.place(), (1, 40.0));
    assert_eq!(s.heard(), ["0 shift", "20 paused"]);
    let now = s.session.now();
    assert_eq!(s.session.upcoming(now, secs(1e6)), []);
    assert_eq!(s.session.deadline(), None);
    s.resume().at(100_030.0);
    assert_eq!(s.heard_since(21.0), ["100000 resumed", "100030 prepare"]);
}

#[test]
fn what_acts_in_a_pause_acts_silently_and_stays_paused() {
    let items = || {
        [
            step("Glide", 60),
            step("Fan", 90),
            step_with("Press", 60, "min: \"30s\", max: \"90s\""),
        ]
    };
    let acts: [(Act, (usize, f64)); 5] = [
        (|s| _ = s.next(), (3, 60.0)),
        (|s| _ = s.back(), (2, 90.0)),
        (|s| _ = s.more(), (2, 100.0)),
        (|s| _ = s.less(), (2, 40.0)),
        (|s| _ = s.fit(100.0), (2, 70.0)),
    ];
    for (act, after) in acts {
        let mut s = Script::of(items());
        s.at(80.0).pause().at(95.0);
        act(&mut s);
        assert_eq!(s.refusal(), None);
        s.at(500.0);
        assert!(s.is_paused());
        assert_eq!(s.place(), after);
        assert_eq!(s.heard_since(80.0), ["80 paused"]);
        s.undo().at(510.0);
        assert!(s.is_paused());
        assert_eq!(s.place(), (2, 70.0));
        assert_eq!(s.heard_since(80.0), ["80 paused"]);
        s.resume();
        assert_eq!(s.heard_since(80.0), ["80 paused", "510 resumed"]);
    }
}

#[test]
fn the_step_reached_in_a_pause_runs_when_resumed_without_its_opening_cue() {
    let mut s = Script::unwarned([step("Glide", 60), rest(30), step("Fan", 60)]);
    s.at(20.0)
        .pause()
        .at(30.0)
        .next()
        .at(40.0)
        .resume()
        .at(70.0);
    assert_eq!(s.place(), (3, 60.0));
    assert_eq!(
        s.heard(),
        ["0 shift", "20 paused", "40 resumed", "70 shift"]
    );
    assert_eq!(s.worked(1), 30.0);
}

#[test]
fn pauses_that_nobody_pressed_make_no_sound() {
    for by in [PauseBy::Signal, PauseBy::Sleep, PauseBy::Resumption] {
        let mut s = Script::of([step("Glide", 60)]);
        s.at(20.0).tell(Command::Pause(by)).at(100.0);
        assert!(s.is_paused());
        assert_eq!(s.heard(), ["0 shift"]);
        s.resume();
        assert_eq!(s.heard(), ["0 shift", "100 resumed"]);
        assert_eq!(s.place(), (1, 40.0));
    }
}

#[test]
fn sleep_pauses_without_a_sound() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(20.0).give(InputKind::Slept);
    assert!(s.is_paused());
    s.at(25.0);
    assert_eq!(s.place(), (1, 40.0));
    assert_eq!(s.heard(), ["0 shift"]);
    s.resume().at(35.0);
    assert_eq!(s.place(), (1, 30.0));
    assert_eq!(s.heard(), ["0 shift", "25 resumed"]);
}

#[test]
fn sleep_in_a_pause_or_after_the_end_changes_nothing() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(20.0).pause();
    let before = s.session.clone();
    s.give(InputKind::Slept);
    assert_eq!(s.session, before);

    let mut s = Script::of([step("Glide", 60)]);
    s.at(70.0);
    let before = s.session.clone();
    s.give(InputKind::Slept);
    assert_eq!(s.session, before);
}

#[test]
fn sleep_in_get_ready_starts_it_again() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(-2.5).give(InputKind::Slept).at(10.0);
    assert!(s.is_paused());
    s.resume().at(13.5);
    assert_eq!(s.place(), (1, 59.5));
    assert_eq!(
        s.heard(),
        ["10 resumed", "10 ready", "11 ready", "12 ready", "13 shift"]
    );
}

#[test]
fn pauses_are_summed_in_real_time() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(10.0).pause().at(15.0).resume();
    s.at(20.0).pause().at(27.5);
    let paused = |s: &Script| s.session.paused(s.session.now()).as_secs_f64();
    assert_eq!(paused(&s), 12.5);
    s.tell(Command::End).at(100.0);
    assert_eq!(paused(&s), 12.5);
}

#[test]
fn the_last_next_in_a_pause_finishes_silently_and_taken_back_it_is_paused_still() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(20.0).pause().at(30.0).next();
    assert!(s.is_finished());
    s.at(40.0).undo().at(200.0);
    assert!(s.is_paused());
    assert_eq!(s.place(), (1, 40.0));
    assert_eq!(s.heard(), ["0 shift", "20 paused"]);
    assert_eq!(s.session.paused(s.session.now()).as_secs_f64(), 170.0);
    s.resume().at(205.0);
    assert_eq!(s.place(), (1, 35.0));
    assert_eq!(s.heard(), ["0 shift", "20 paused", "200 resumed"]);
}

#[test]
fn a_waiting_hold_waits_through_a_pause() {
    let mut s = Script::of([hold(30), step("Glide", 60)]);
    s.at(40.0).pause().at(1000.0);
    assert_eq!(s.place(), (1, -10.0));
    s.next();
    assert_eq!(s.place(), (2, 60.0));
    assert!(s.is_paused());
    assert_eq!(s.heard(), ["0 turn", "30 hold", "40 paused"]);
}
