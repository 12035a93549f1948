//! What each command does, and where it does nothing.

use ashiatsu::session::{Command, PauseBy, Refusal};

use crate::script::{Script, both_sides, hold, rest, secs, step, step_with, transition};

/// The command does nothing but say why.
fn does_nothing(s: &mut Script, command: Command) {
    let before = s.session.clone();
    s.tell(command);
    assert!(s.refusal().is_some(), "{command:?}: {:?}", s.last);
    assert_eq!(s.session, before, "{command:?}");
}

#[test]
fn next_opens_the_next_step_at_once() {
    let mut s = Script::unwarned([step("Glide", 60), rest(60)]);
    s.at(12.5).next();
    assert_eq!(s.place(), (2, 60.0));
    assert_eq!(s.heard(), ["0 shift", "12.5 turn"]);
    assert!(s.record(0).skipped);
    s.at(80.0);
    assert!(s.is_finished());
    assert!(!s.record(1).skipped);
}

#[test]
fn next_on_a_waiting_hold_means_ready() {
    let mut s = Script::unwarned([hold(30), step("Glide", 60)]);
    s.at(40.0).next();
    assert_eq!(s.place(), (2, 60.0));
    assert!(!s.record(0).skipped);
    assert_eq!(s.worked(0), 40.0);
    s.undo();
    assert_eq!(s.place(), (1, -10.0));
}

#[test]
fn next_in_a_hold_before_its_time_is_up_skips_the_rest() {
    let mut s = Script::unwarned([hold(30), step("Glide", 60)]);
    s.at(20.0).next();
    assert_eq!(s.step(), Some(2));
    assert!(s.record(0).skipped);
}

#[test]
fn next_after_lingering_past_the_time_skips_nothing() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60)]);
    s.at(10.0).linger().at(75.0).next();
    assert_eq!(s.place(), (2, 60.0));
    assert!(!s.record(0).skipped);
    assert_eq!(s.worked(0), 75.0);
}

#[test]
fn back_goes_to_the_start_of_this_step() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60)]);
    s.at(63.5).back();
    assert_eq!(s.place(), (2, 60.0));
    assert_eq!(s.heard(), ["0 shift", "60 shift", "63.5 shift"]);
}

#[test]
fn back_within_three_seconds_goes_to_the_step_before() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60)]);
    s.at(62.5).back();
    assert_eq!(s.place(), (1, 60.0));
    // And from there on, at once, it would go further back if it could.
    s.back();
    assert_eq!(s.place(), (1, 60.0));
}

#[test]
fn back_opens_a_step_with_its_adjusted_time() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60)]);
    s.at(10.0).more().at(40.0).back();
    assert_eq!(s.place(), (1, 90.0));
}

#[test]
fn ready_ends_a_hold_and_nothing_else() {
    let mut s = Script::unwarned([hold(30), step("Glide", 60)]);
    s.at(45.0).ready();
    assert_eq!(s.place(), (2, 60.0));
    assert_eq!(s.heard(), ["0 turn", "30 hold", "45 shift"]);
    does_nothing(&mut s, Command::Ready);
}

#[test]
fn more_adds_thirty_seconds() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60)]);
    s.at(10.0).more();
    assert_eq!(s.place(), (1, 80.0));
    s.more();
    assert_eq!(s.place(), (1, 110.0));
    s.at(121.0);
    assert_eq!(s.place(), (2, 59.0));
}

#[test]
fn less_takes_thirty_seconds_and_stops_at_five() {
    let mut s = Script::unwarned([step("Glide", 90), step("Fan", 60)]);
    s.at(10.0).less();
    assert_eq!(s.place(), (1, 50.0));
    s.less();
    assert_eq!(s.place(), (1, 20.0));
    s.less();
    assert_eq!(s.place(), (1, 5.0));
    does_nothing(&mut s, Command::Less);
    s.at(11.0);
    does_nothing(&mut s, Command::Less);
    s.at(15.0);
    assert_eq!(s.place(), (2, 60.0));
}

#[test]
fn more_on_a_waiting_hold_runs_it_thirty_seconds_again() {
    let mut s = Script::unwarned([hold(30), step("Glide", 60)]);
    s.at(40.0).more();
    assert_eq!(s.place(), (1, 30.0));
    s.at(3600.0);
    assert_eq!(s.heard(), ["0 turn", "30 hold", "70 hold", "130 hold"]);
    assert_eq!(s.left(), -3530.0);
}

#[test]
fn less_on_a_waiting_hold_does_nothing() {
    let mut s = Script::unwarned([hold(60), step("Glide", 60)]);
    s.at(70.0);
    does_nothing(&mut s, Command::Less);
}

#[test]
fn neither_more_nor_less_acts_while_lingering() {
    let mut s = Script::unwarned([step("Glide", 60)]);
    s.at(10.0).linger();
    does_nothing(&mut s, Command::More);
    does_nothing(&mut s, Command::Less);
    s.at(100.0);
    does_nothing(&mut s, Command::More);
    does_nothing(&mut s, Command::Less);
}

#[test]
fn linger_counts_over_until_next() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60)]);
    s.at(10.0).linger();
    assert_eq!(s.place(), (1, 50.0));
    s.at(100.0);
    assert_eq!(s.place(), (1, -40.0));
    does_nothing(&mut s, Command::Linger);
    s.next();
    assert_eq!(s.place(), (2, 60.0));
}

#[test]
fn linger_does_nothing_on_a_hold() {
    let mut s = Script::unwarned([hold(30), step("Glide", 60)]);
    s.at(10.0);
    does_nothing(&mut s, Command::Linger);
    s.at(40.0);
    does_nothing(&mut s, Command::Linger);
}

/// Left for 60 s, change of sides, right for 60 s and at most 100.
fn both() -> Script {
    Script::unwarned([
        both_sides([
            step_with("Glide", 60, "side: Left, max: \"100s\""),
            transition("ChangeSides", 10, ""),
        ]),
        step("Close", 60),
    ])
}

#[test]
fn even_gives_the_added_time_to_the_other_side() {
    let mut s = both();
    s.at(20.0).more().even();
    assert_eq!((s.lasts(0), s.lasts(2)), (90.0, 90.0));
    s.at(89.0);
    assert_eq!(s.place(), (1, 1.0), "the step itself is not moved");
    s.at(101.0);
    assert_eq!(s.place(), (3, 89.0));
}

#[test]
fn even_stays_within_the_longest() {
    let mut s = both();
    s.at(20.0).more().more().even();
    assert_eq!((s.lasts(0), s.lasts(2)), (120.0, 100.0));
    does_nothing(&mut s, Command::Even);
    assert_eq!(s.refusal(), Some(Refusal::OtherSideFull));
}

#[test]
fn what_the_other_side_was_given_already_is_not_called_its_most() {
    let mut s = Script::unwarned([both_sides([step_with(
        "Glide",
        60,
        "side: Left, max: \"200s\"",
    )])]);
    s.at(20.0).more().even();
    assert_eq!((s.lasts(0), s.lasts(1)), (90.0, 90.0));
    does_nothing(&mut s, Command::Even);
    assert_eq!(s.refusal(), Some(Refusal::OtherSideHasIt));
    s.more().even();
    assert_eq!(s.lasts(1), 120.0);
    // 30 s less here leave the other side with more than is due.
    s.less();
    does_nothing(&mut s, Command::Even);
    assert_eq!(s.refusal(), Some(Refusal::OtherSideHasIt));
}

#[test]
fn even_does_nothing_without_added_time_or_without_another_side_to_come() {
    let mut s = both();
    s.at(20.0);
    does_nothing(&mut s, Command::Even);
    s.less();
    does_nothing(&mut s, Command::Even);
    s.at(50.0);
    assert_eq!(s.step(), Some(3));
    s.more();
    does_nothing(&mut s, Command::Even);
    s.next().more();
    does_nothing(&mut s, Command::Even);
}

#[test]
fn fit_and_even_leave_the_current_step_alone() {
    let mut s = both();
    s.at(20.0).more().at(30.0);
    let before = s.place();
    s.even();
    assert_eq!(s.place(), before);
    s.fit(1000.0);
    assert_eq!(s.place(), before);
}

#[test]
fn in_get_ready_only_pause_resume_and_leaving_act() {
    let mut s = Script::of([hold(60), step("Glide", 60)]);
    s.at(-1.5);
    for command in [
        Command::Next,
        Command::Back,
        Command::Ready,
        Command::More,
        Command::Less,
        Command::Even,
        Command::Linger,
        Command::Fit {
            remaining: secs(90.0),
        },
        Command::Undo,
        Command::Resume,
    ] {
        does_nothing(&mut s, command);
    }
    s.pause();
    for command in [Command::Next, Command::Back, Command::More, Command::Undo] {
        does_nothing(&mut s, command);
    }
    s.at(-1.0).tell(Command::End);
    assert_eq!(s.refusal(), None);
    s.at(100.0);
    assert_eq!(s.heard(), [""; 0]);
    assert_eq!(s.session.started(), None);
}

#[test]
fn get_ready_starts_again_at_three_after_a_pause() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(-1.5).pause().at(10.0).resume().at(13.0);
    assert_eq!(
        s.heard_since(-3.0),
        [
            "-3 ready",
            "-2 ready",
            "-1.5 paused",
            "10 resumed",
            "10 ready",
            "11 ready",
            "12 ready",
            "13 shift"
        ]
    );
    assert_eq!(s.place(), (1, 60.0));
}

#[test]
fn nothing_acts_once_she_has_left() {
    for leave in [Command::End, Command::Keep] {
        let mut s = Script::of([step("Glide", 60), step("Fan", 60)]);
        s.at(10.0).next().tell(leave);
        for command in [
            Command::Next,
            Command::Back,
            Command::More,
            Command::Undo,
            Command::Pause(PauseBy::Press),
            Command::Resume,
            Command::End,
        ] {
            does_nothing(&mut s, command);
        }
    }
}

#[test]
fn a_step_is_credited_with_all_its_visits_time_over_included_and_pauses_left_out() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60)]);
    // 20 s, a pause, 10 s more, and once again from the start.
    s.at(20.0).pause().at(120.0).resume().at(130.0).back();
    s.at(140.0).linger().at(230.0).next();
    assert_eq!(s.worked(0), 30.0 + 100.0);
    assert_eq!(s.session.paused(s.session.now()).as_secs_f64(), 100.0);
    s.at(235.0);
    assert_eq!(s.worked(1), 5.0);
    s.tell(Command::End);
    assert_eq!(s.worked(1), 5.0);
}

#[test]
fn skipped_is_taken_back_when_she_returns_to_the_step() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60)]);
    s.at(10.0).next();
    assert!(s.record(0).skipped);
    s.at(11.0).back().at(71.0);
    assert_eq!(s.step(), Some(2));
    assert!(!s.record(0).skipped);
}

#[test]
fn back_soon_after_undo_counts_the_step_and_not_the_return_to_it() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 60), step("Press", 60)]);
    s.at(80.0).next().at(85.0).undo().at(85.5).back();
    assert_eq!(s.place(), (2, 60.0));
}
