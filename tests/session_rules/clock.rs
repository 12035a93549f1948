//! `at`, and what a rehearsal's speed divides.

use std::sync::Arc;

use ashiatsu::session::{Command, InputKind, Session};
use ashiatsu::summary::Summary;

use crate::script::{Script, both_sides, hold, rest, secs, step, step_with};

#[test]
fn a_moment_before_the_last_counts_as_the_last() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60)]);
    s.at(20.0);
    s.give_at(secs(5.0), InputKind::Command(Command::Next));
    assert_eq!(s.place(), (2, 60.0));
    assert_eq!(s.heard(), ["0 shift", "20 shift"]);
    assert_eq!(s.worked(0), 20.0);
    assert_eq!(s.session.now(), secs(23.0));
}

#[test]
fn at_the_same_moment_what_time_does_comes_before_the_command() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60), step("Press", 60)]);
    s.at(10.0);
    s.give_at(secs(63.0), InputKind::Command(Command::Next));
    // The first ended by time; next left the second.
    assert_eq!(s.place(), (3, 60.0));
    assert!(!s.record(0).skipped);
    assert!(s.record(1).skipped);
    assert_eq!(s.heard(), ["0 shift", "60 shift", "60 shift"]);
}

#[test]
fn a_command_at_the_moment_of_a_warning_comes_after_it() {
    let mut s = Script::of([step("Glide", 60)]);
    s.give_at(secs(53.0), InputKind::Command(Command::Linger));
    assert_eq!(s.heard(), ["0 shift", "50 prepare"]);
}

#[test]
fn the_start_is_when_the_first_step_opens() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(-0.5);
    assert_eq!(s.session.started(), None);
    s.at(20.0).back();
    assert_eq!(s.session.started(), Some(secs(3.0)));
}

#[test]
fn one_long_wait_gives_what_many_short_ones_give() {
    let items = || {
        [
            step("Glide", 61),
            rest(33),
            both_sides([step_with("Fan", 47, "side: Left")]),
            hold(20),
        ]
    };
    let mut once = Script::of(items());
    once.at(600.0);
    let mut often = Script::of(items());
    for tenth in -29..=6000 {
        often.at(f64::from(tenth) / 10.0);
    }
    assert_eq!(once.events, often.events);
    assert_eq!(once.session, often.session);
}

#[test]
fn a_session_is_its_inputs() {
    let mut s = Script::of([step("Glide", 60), rest(30), hold(20)]);
    s.at(10.0).more().at(20.0).next().at(22.0).pause();
    s.at(30.0).undo().resume().at(200.0).next();
    let again = Session::replay(Arc::clone(s.session.plan()), &s.inputs);
    assert_eq!(again, s.session);
}

#[test]
fn a_rehearsal_divides_times_and_warnings_but_not_get_ready() {
    let mut s = Script::sped("2", [step("Glide", 60), rest(42)]);
    s.at(51.0);
    assert_eq!(
        s.heard_since(-3.0),
        [
            "-3 ready",
            "-2 ready",
            "-1 ready",
            "0 shift",
            "25 prepare",
            "30 turn",
            "46 prepare",
            "51 finish"
        ]
    );
}

#[test]
fn a_rehearsal_divides_the_thirty_the_five_and_the_twenty_seconds() {
    let mut s = Script::sped("2", [step("Glide", 60), rest(20), step("Fan", 60)]);
    s.at(10.0).more();
    assert_eq!(s.place(), (1, 35.0));
    s.less();
    assert_eq!(s.place(), (1, 20.0));
    s.less();
    assert_eq!(s.place(), (1, 5.0));
    s.less();
    assert_eq!(s.place(), (1, 2.5));
    s.less();
    assert!(s.refusal().is_some());
    // The transition of 20 s is one of 10 s now, and still brief.
    let mut s = Script::sped("2", [step("Glide", 60), rest(20), step("Fan", 60)]);
    s.at(40.0);
    assert_eq!(s.heard(), ["0 shift", "30 turn", "40 shift"]);
}

#[test]
fn a_rehearsal_keeps_the_reminder_and_the_three_seconds_of_back() {
    let mut s = Script::sped("10", [step("Glide", 60), hold(60), step("Fan", 60)]);
    s.at(200.0);
    assert_eq!(s.heard_since(6.0), ["6 turn", "12 hold", "72 hold"]);

    let mut s = Script::sped("10", [step("Glide", 60), step("Fan", 60)]);
    s.at(8.5).back();
    assert_eq!(s.step(), Some(1));
    s.at(11.7).back();
    assert_eq!(s.place(), (1, 6.0));
    assert_eq!(s.worked(0), 6.0 + 3.2);
}

/// What a student reads afterwards of a hold that waited for her: its own time at the routine's pace,
/// and the wait as long as it was.
#[test]
fn a_rehearsal_makes_no_minutes_of_the_seconds_that_a_hold_waited() {
    let routine_time = |s: &Script, index: usize| {
        let speed = s.session.plan().speed;
        s.record(index).in_routine_time(speed).as_secs_f64()
    };
    let mut s = Script::sped("10", [step("Glide", 60), hold(60), step("Fan", 60)]);
    // Its time is up at 12; a pause in the wait is no wait.
    s.at(20.0).pause();
    s.at(50.0).resume();
    assert_eq!(routine_time(&s, 1), 60.0 + 8.0);
    s.at(62.0).ready();
    assert_eq!(s.worked(1), 6.0 + 8.0 + 12.0);
    assert_eq!(routine_time(&s, 1), 60.0 + 20.0);
    assert_eq!(routine_time(&s, 0), 60.0);
    let summary = Summary::new(&s.session, s.session.now());
    assert_eq!(summary.transitions.actual.as_secs_f64(), 80.0);
    // Taken back it waits on, and no second of it counts twice.
    s.at(64.0).undo();
    s.at(69.0).more();
    s.at(80.0).ready();
    // 20 and 5 waited, 3 that more gave at tenfold pace, then 8 waited.
    assert_eq!(routine_time(&s, 1), 60.0 + 25.0 + 30.0 + 8.0);
    let undone = s.record(2).in_routine_time(s.session.plan().speed);
    assert_eq!(undone.as_secs_f64(), 20.0);
    // A step that lingers is a stroke worked on: at the rehearsal's pace.
    s.at(81.0).linger();
    s.at(90.0);
    assert_eq!(routine_time(&s, 2), 20.0 + 100.0);
}

#[test]
fn whether_a_step_is_long_enough_for_a_warning_does_not_depend_on_the_speed() {
    for speed in [
        "1", "1.5", "3", "6", "7", "9", "11", "13", "17.3", "59", "60",
    ] {
        let mut s = Script::sped(speed, [step("Glide", 20), step("Fan", 21)]);
        s.at(100.0);
        let names: Vec<&str> = s
            .session
            .cues()
            .iter()
            .skip(3)
            .map(|due| due.cue.name())
            .collect();
        assert_eq!(
            names,
            ["shift", "shift", "prepare", "finish"],
            "at speed {speed}"
        );
    }
}
