//! One press that does it all: `--one-button`.

use ashiatsu::session::{Command, PauseBy, Refusal};

use crate::script::{Script, hold, rest, step, step_with, transition};

/// Presses the one button.
fn press(s: &mut Script) -> &mut Script {
    s.tell(Command::Press)
}

fn two() -> Script {
    Script::unwarned([step("Glide", 60), step("Fan", 60)])
}

fn held() -> Script {
    Script::unwarned([hold(30), step("Glide", 60)])
}

#[test]
fn in_a_stroke_it_plays_the_cue_again_and_moves_nothing() {
    let mut s = two();
    press(s.at(20.0));
    assert_eq!((s.place(), s.is_paused()), ((1, 40.0), false));
    s.at(25.0);
    assert_eq!(s.place(), (1, 35.0));
    assert_eq!(s.heard(), ["0 shift", "20 shift"]);
}

#[test]
fn a_second_within_1_2_s_pauses_and_one_later_does_not() {
    for (later, paused) in [(0.0, true), (1.199, true), (1.2, true), (1.201, false)] {
        let mut s = two();
        press(s.at(20.0));
        press(s.at(20.0 + later));
        assert_eq!(s.is_paused(), paused, "{later} s");
        let heard = if paused { "paused" } else { "shift" };
        assert!(s.heard()[2].ends_with(heard), "{later} s: {:?}", s.heard());
        assert_eq!(s.step(), Some(1));
    }
}

#[test]
fn however_many_come_in_a_panic_it_ends_in_a_pause() {
    for presses in 2..9_i32 {
        let mut s = two();
        for n in 0..presses {
            press(s.at(20.0 + f64::from(n) * 0.3));
        }
        assert!(s.is_paused(), "{presses} presses");
        assert_eq!(s.place(), (1, 39.7), "{presses} presses");
        assert_eq!(s.heard(), ["0 shift", "20 shift", "20.3 paused"]);
    }
}

#[test]
fn it_goes_on_after_a_pause() {
    let mut s = two();
    s.at(20.0).pause();
    press(s.at(300.0));
    assert_eq!((s.place(), s.is_paused()), ((1, 40.0), false));
    s.at(310.0);
    assert_eq!(s.place(), (1, 30.0));
    assert_eq!(s.heard(), ["0 shift", "20 paused", "300 resumed"]);
}

#[test]
fn going_on_by_mistake_is_taken_back_to_the_same_time_left() {
    let mut s = two();
    s.at(20.0).pause();
    press(s.at(300.0));
    press(s.at(301.1));
    assert_eq!((s.place(), s.is_paused()), ((1, 40.0), true));
    // What was worked in between was worked.
    assert!((s.worked(0) - 21.1).abs() < 1e-9);
    assert_eq!(
        s.heard(),
        ["0 shift", "20 paused", "300 resumed", "301.1 paused"]
    );
    press(s.at(310.0)).at(349.0);
    assert_eq!(s.place(), (1, 1.0));
}

#[test]
fn going_on_by_mistake_just_before_a_step_s_end_skips_nothing() {
    let mut s = two();
    s.at(59.5).pause();
    press(s.at(100.0));
    press(s.at(101.0));
    assert_eq!((s.place(), s.is_paused()), ((1, 0.5), true));
    assert_eq!(
        s.heard(),
        [
            "0 shift",
            "59.5 paused",
            "100 resumed",
            "100.5 shift",
            "101 paused"
        ]
    );
    press(s.at(200.0)).at(200.5);
    assert_eq!(s.place(), (2, 60.0));
}

#[test]
fn the_warning_that_fell_in_between_is_given_again() {
    let mut s = Script::of([step("Glide", 60), step("Fan", 60)]);
    s.at(49.5).pause();
    press(s.at(100.0));
    press(s.at(101.0));
    press(s.at(200.0)).at(201.0);
    let heard = [
        "100 resumed",
        "100.5 prepare",
        "101 paused",
        "200 resumed",
        "200.5 prepare",
    ];
    assert_eq!(s.heard()[2..], heard);
}

#[test]
fn it_ends_a_hold_that_waits() {
    let mut s = held();
    press(s.at(50.0));
    assert_eq!(s.place(), (2, 60.0));
    assert_eq!(s.heard(), ["0 turn", "30 hold", "50 shift"]);
}

#[test]
fn it_ends_a_hold_before_its_time_as_ready_does() {
    let mut s = held();
    press(s.at(10.0));
    assert_eq!(s.place(), (2, 60.0));
    assert!(!s.record(0).skipped);
}

#[test]
fn ending_a_hold_by_mistake_is_taken_back_exactly() {
    let mut s = held();
    press(s.at(50.0));
    press(s.at(51.1));
    // 20 s over, as it was, and only the pause is heard.
    assert_eq!((s.place(), s.is_paused()), ((1, -20.0), true));
    assert_eq!(s.heard(), ["0 turn", "30 hold", "50 shift", "51.1 paused"]);
    assert!((s.worked(1) - 1.1).abs() < 1e-9);
    assert!((s.worked(0) - 50.0).abs() < 1e-9);
    // Nothing is left to undo of it.
    assert_eq!(s.session.can_undo(), None);
    // It goes on waiting; 40 of the 60 seconds to the reminder are to come.
    press(s.at(100.0)).at(200.0);
    assert_eq!(s.place(), (1, -120.0));
    assert_eq!(s.heard_since(52.0), ["100 resumed", "140 hold"]);
    press(s.at(210.0));
    assert_eq!(s.place(), (2, 60.0));
}

#[test]
fn a_held_stroke_comes_back_with_its_time_left() {
    let mut s = Script::unwarned([step_with("Glide", 60, "hold: true"), step("Fan", 60)]);
    press(s.at(10.0));
    press(s.at(10.4));
    assert_eq!((s.place(), s.is_paused()), ((1, 50.0), true));
    press(s.at(20.0)).at(70.0);
    assert_eq!(s.place(), (1, 0.0));
}

#[test]
fn an_older_ready_stays_to_be_undone() {
    let mut s = Script::unwarned([hold(30), hold(30), step("Glide", 60)]);
    press(s.at(40.0));
    press(s.at(50.0));
    press(s.at(50.5));
    assert_eq!((s.place(), s.is_paused()), ((2, 20.0), true));
    s.undo();
    assert_eq!(s.place(), (1, -10.0));
}

#[test]
fn a_step_that_ended_meanwhile_does_not_keep_the_hold_from_coming_back() {
    // At 60 times the speed a step is over before the second press.
    let mut s = Script::sped("60", [hold(60), step("Glide", 30), step("Fan", 600)]);
    press(s.at(5.0));
    press(s.at(6.0));
    assert_eq!((s.place(), s.is_paused()), ((1, -4.0), true));
}

#[test]
fn a_finish_by_press_is_taken_back_too() {
    let mut s = Script::unwarned([step("Glide", 60), transition("SitUp", 30, "hold: true")]);
    press(s.at(100.0));
    assert!(s.is_finished());
    press(s.at(101.0));
    assert_eq!((s.place(), s.is_paused()), ((2, -10.0), true));
    press(s.at(110.0)).at(115.0);
    assert_eq!(s.place(), (2, -15.0));
}

#[test]
fn a_finish_by_time_stays() {
    let mut s = Script::unwarned([step("Glide", 60)]);
    press(s.at(59.5));
    press(s.at(60.5));
    assert!(s.is_finished());
    assert_eq!(s.refusal(), Some(Refusal::Over));
}

#[test]
fn getting_ready_one_says_no_and_two_pause() {
    let mut s = two();
    press(s.at(-2.0));
    assert_eq!(s.refusal(), Some(Refusal::GettingReady));
    press(s.at(-1.0));
    assert!(s.is_paused());
    // It counts from 3 again; going on by mistake is taken back there too.
    press(s.at(10.0));
    press(s.at(11.0));
    assert!(s.is_paused());
    press(s.at(20.0)).at(23.0);
    assert_eq!(s.place(), (1, 60.0));
}

#[test]
fn the_second_pauses_across_the_start_of_a_step() {
    let mut s = Script::unwarned([rest(60), step("Fan", 60)]);
    press(s.at(59.5));
    press(s.at(60.5));
    assert_eq!((s.place(), s.is_paused()), ((2, 59.5), true));
}

#[test]
fn after_anything_else_a_press_is_a_first_one() {
    let mut s = two();
    press(s.at(20.0));
    s.at(20.2).tell(Command::Pause(PauseBy::Signal));
    press(s.at(20.4));
    assert!(!s.is_paused());
}

#[test]
fn a_step_that_lingers_past_its_time_waits_for_it() {
    let mut s = two();
    s.at(20.0).linger();
    press(s.at(30.0));
    assert_eq!(s.place(), (1, 30.0));
    press(s.at(90.0));
    assert_eq!(s.place(), (2, 60.0));
    press(s.at(91.0));
    assert_eq!((s.place(), s.is_paused()), ((1, -30.0), true));
}
