//! Taking back.

use crate::script::{Act, Script, both_sides, hold, rest, step, step_with};

fn three() -> Script {
    Script::unwarned([step("Glide", 60), step("Fan", 60), step("Press", 60)])
}

#[test]
fn undoing_next_restores_step_and_time_left_and_sounds_what_opens_the_step() {
    let mut s = Script::unwarned([rest(60), step("Fan", 60)]);
    s.at(20.0).next().at(25.0).undo();
    assert_eq!(s.place(), (1, 40.0));
    assert_eq!(s.heard(), ["0 turn", "20 shift", "25 turn"]);
    s.at(65.0);
    assert_eq!(s.place(), (2, 60.0));
}

#[test]
fn undoing_back_restores_step_and_time_left() {
    let mut s = three();
    s.at(62.0).back().at(80.0).undo();
    assert_eq!(s.place(), (2, 58.0));
    assert_eq!(s.heard(), ["0 shift", "60 shift", "62 shift", "80 shift"]);
}

#[test]
fn undoing_ready_waits_again() {
    let mut s = Script::unwarned([hold(30), step("Glide", 60)]);
    s.at(50.0).ready().at(55.0).undo();
    assert_eq!(s.place(), (1, -20.0));
    s.at(600.0);
    // 20 of the 60 seconds to the reminder have passed.
    assert_eq!(
        s.heard(),
        ["0 turn", "30 hold", "50 shift", "55 turn", "95 hold"]
    );
    s.ready();
    assert_eq!(s.step(), Some(2));
}

#[test]
fn undoing_more_less_or_linger_restores_the_time_left_and_is_silent() {
    let acts: [Act; 3] = [|s| _ = s.more(), |s| _ = s.less(), |s| _ = s.linger()];
    for act in acts {
        let mut s = three();
        s.at(10.0);
        act(&mut s);
        s.at(15.0).undo();
        assert_eq!(s.place(), (1, 50.0));
        assert_eq!(s.lasts(0), 60.0);
        assert_eq!(s.heard(), ["0 shift"]);
        s.at(65.0);
        assert_eq!(s.place(), (2, 60.0));
        assert_eq!(s.worked(0), 65.0);
    }
}

#[test]
fn undoing_linger_long_after_the_time_was_up_restores_the_time_left() {
    let mut s = three();
    s.at(50.0).linger().at(500.0).undo();
    assert_eq!(s.place(), (1, 10.0));
    s.at(510.0);
    assert_eq!(s.place(), (2, 60.0));
    assert_eq!(s.worked(0), 510.0);
}

#[test]
fn undoing_more_on_a_waiting_hold_waits_again() {
    let mut s = Script::unwarned([hold(30), step("Glide", 60)]);
    s.at(40.0).more().at(45.0).undo();
    assert_eq!(s.place(), (1, -10.0));
    s.at(1000.0);
    assert_eq!(s.heard(), ["0 turn", "30 hold", "95 hold"]);
}

#[test]
fn undoing_fit_or_even_restores_the_other_times_and_never_moves() {
    let both = || {
        Script::unwarned([
            both_sides([step_with("Glide", 60, "side: Left, max: \"200s\"")]),
            step_with("Close", 60, "min: \"30s\", max: \"90s\""),
        ])
    };
    let acts: [Act; 2] = [|s| _ = s.even(), |s| _ = s.fit(200.0)];
    for act in acts {
        let mut s = both();
        s.at(10.0).more();
        let before = s.all_last();
        act(&mut s);
        assert_ne!(s.all_last(), before);
        s.at(30.0).undo();
        assert_eq!(s.place(), (1, 60.0), "20 s later, as if nothing had been");
        assert_eq!(s.all_last(), before);
        assert_eq!(s.heard(), ["0 shift"]);
    }
}

#[test]
fn undo_goes_back_through_everything_that_was_done() {
    let mut s = three();
    s.at(10.0).more().at(20.0).next().at(25.0).less().at(30.0);
    s.undo();
    assert_eq!(s.place(), (2, 55.0));
    s.undo();
    assert_eq!(s.place(), (1, 70.0));
    s.undo();
    assert_eq!(s.place(), (1, 50.0));
    s.undo();
    assert!(s.refusal().is_some());
}

#[test]
fn seconds_stay_with_the_step_in_which_they_were_worked() {
    let mut s = three();
    s.at(20.0).next().at(25.0).undo().at(35.0);
    assert_eq!((s.worked(0), s.worked(1)), (30.0, 5.0));
}

#[test]
fn undo_is_emptied_when_a_step_ends_by_time() {
    let mut s = three();
    s.at(10.0).more().at(91.0);
    assert_eq!(s.step(), Some(2));
    let before = s.session.clone();
    s.undo();
    assert!(s.refusal().is_some());
    assert_eq!(s.session, before);
    assert_eq!(s.session.can_undo(), None);
}

#[test]
fn a_hold_that_begins_to_wait_empties_nothing() {
    let mut s = Script::unwarned([hold(30), step("Glide", 60)]);
    s.at(10.0).more().at(70.0).undo();
    assert_eq!(s.place(), (1, 20.0));
}

#[test]
fn a_finish_by_next_or_ready_can_be_undone() {
    let mut s = Script::unwarned([step("Glide", 60)]);
    s.at(20.0).next();
    assert!(s.is_finished());
    s.at(100.0).undo();
    assert_eq!(s.place(), (1, 40.0));
    assert!(!s.record(0).skipped);
    assert_eq!(s.heard(), ["0 shift", "20 finish", "100 shift"]);
    s.at(140.0);
    assert!(s.is_finished());
    assert_eq!(s.worked(0), 60.0);

    let mut s = Script::unwarned([hold(30)]);
    s.at(40.0).ready();
    assert!(s.is_finished());
    s.at(50.0).undo();
    assert_eq!(s.place(), (1, -10.0));
}

#[test]
fn a_finish_by_time_cannot_be_undone() {
    let mut s = Script::unwarned([step("Glide", 60)]);
    s.at(20.0).more().at(100.0).undo();
    assert!(s.is_finished());
    assert!(s.refusal().is_some());
}

#[test]
fn undo_itself_cannot_be_undone() {
    let mut s = three();
    s.at(20.0).next().undo().undo();
    assert!(s.refusal().is_some());
    assert_eq!(s.place(), (1, 40.0));
}

#[test]
fn undo_within_a_pause_is_silent_and_stays_paused() {
    let mut s = three();
    s.at(20.0).next().at(25.0).pause().at(30.0).undo().at(50.0);
    assert!(s.is_paused());
    assert_eq!(s.place(), (1, 40.0));
    assert_eq!(s.heard(), ["0 shift", "20 shift", "25 paused"]);
    s.resume().at(60.0);
    assert_eq!(s.place(), (1, 30.0));
    assert_eq!(s.heard_since(26.0), ["50 resumed"]);
}
