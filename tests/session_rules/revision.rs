//! A routine that is changed while its session runs.

use ashiatsu::plan::{Plan, StepId};
use ashiatsu::session::State;

use crate::script::{Script, both_sides, hold, routine, step, step_with, transition};

/// The revision of the running plan that these items make.
fn changed<const N: usize>(s: &Script, items: [String; N]) -> Plan {
    s.session
        .plan()
        .revised(Plan::whole(&routine("prepare: \"0s\",", items)))
}

fn ids(plan: &Plan) -> Vec<StepId> {
    plan.segments.iter().map(|segment| segment.id).collect()
}

fn two() -> Script {
    Script::unwarned([step("Glide", 60), step("Fan", 60)])
}

#[test]
fn steps_that_are_the_same_keep_their_ids_and_new_ones_get_fresh_ids() {
    let s = two();
    let before = ids(s.session.plan());
    let revised = changed(&s, [step("New", 10), step("Fan", 30), step("Glide", 60)]);
    let after = ids(&revised);
    assert_eq!(&after[1..], [before[1], before[0]]);
    assert!(!before.contains(&after[0]));
    assert_eq!(revised.revision, s.session.plan().revision + 1);
    assert_eq!(
        revised
            .segments
            .iter()
            .map(|segment| segment.number)
            .collect::<Vec<_>>(),
        [1, 2, 3],
        "the number is for display"
    );
}

#[test]
fn an_id_is_never_given_again() {
    let mut s = two();
    s.at(5.0);
    let mut seen: Vec<StepId> = ids(s.session.plan());
    for name in ["One", "Two", "Three"] {
        let revised = changed(&s, [step("Glide", 60), step(name, 60)]);
        let fresh = ids(&revised)[1];
        assert!(!seen.contains(&fresh), "{name}");
        seen.push(fresh);
        s.revise(revised);
        assert_eq!(s.refusal(), None);
    }
}

#[test]
fn the_session_goes_on_in_its_step_with_the_new_times() {
    let mut s = two();
    s.at(20.0);
    let revised = changed(&s, [step("New", 10), step("Glide", 90), step("Fan", 30)]);
    s.revise(revised);
    assert_eq!(s.place(), (2, 70.0));
    s.at(90.0);
    assert_eq!(s.place(), (3, 30.0));
    assert_eq!(s.worked(1), 90.0, "the record stays with its step");
    assert_eq!(s.heard(), ["0 shift", "90 shift"]);
}

#[test]
fn adjustments_stay_with_their_steps() {
    let mut s = Script::unwarned([
        step("Open", 60),
        both_sides([step_with("Glide", 60, "side: Left, max: \"120s\"")]),
    ]);
    s.at(70.0).more().even();
    assert_eq!((s.lasts(1), s.lasts(2)), (90.0, 90.0));
    let revised = changed(
        &s,
        [both_sides([step_with(
            "Glide",
            70,
            "side: Left, max: \"120s\"",
        )])],
    );
    s.revise(revised);
    assert_eq!((s.lasts(0), s.lasts(1)), (100.0, 100.0));
    assert_eq!(s.place(), (1, 90.0));
}

#[test]
fn a_revision_without_the_current_step_is_refused() {
    let mut s = two();
    s.at(20.0).more();
    let before = s.session.clone();
    let revised = changed(&s, [step("Fan", 60), step("Other", 60)]);
    s.revise(revised);
    assert!(s.refusal().is_some());
    assert_eq!(s.session, before);
    s.at(91.0);
    assert_eq!(s.place(), (2, 59.0));
}

#[test]
fn a_revision_empties_the_undo() {
    let mut s = two();
    s.at(20.0).more();
    let revised = changed(&s, [step("Glide", 60), step("Fan", 60)]);
    s.revise(revised).undo();
    assert!(s.refusal().is_some());
    assert_eq!(s.place(), (1, 70.0));
}

#[test]
fn a_step_that_is_shorter_now_than_it_was_worked_ends_at_once() {
    let mut s = two();
    s.at(40.0);
    let revised = changed(&s, [step("Glide", 30), step("Fan", 60)]);
    s.revise(revised).at(40.5);
    assert_eq!(s.place(), (2, 59.5));
    assert_eq!(s.worked(0), 40.0);
}

#[test]
fn a_revision_in_a_pause_is_silent_and_stays_paused() {
    let mut s = two();
    s.at(20.0).pause();
    let revised = changed(&s, [step("Glide", 90), step("Fan", 60)]);
    s.revise(revised).at(200.0);
    assert!(s.is_paused());
    assert_eq!(s.place(), (1, 70.0));
    assert_eq!(s.heard(), ["0 shift", "20 paused"]);
}

#[test]
fn a_waiting_hold_that_is_none_any_more_goes_on() {
    let items = || [hold(30), step("Glide", 60)];
    let mut s = Script::unwarned(items());
    s.at(40.0);
    let revised = changed(&s, [transition("SitUp", 30, ""), step("Glide", 60)]);
    s.revise(revised);
    assert_eq!(s.refusal(), None);
    s.at(50.0);
    assert_eq!(s.place(), (2, 50.0));
}

#[test]
fn a_waiting_hold_that_is_longer_now_runs_again() {
    let mut s = Script::unwarned([hold(30), step("Glide", 60)]);
    s.at(40.0);
    let revised = changed(&s, [hold(60), step("Glide", 60)]);
    s.revise(revised);
    assert_eq!(s.place(), (1, 20.0));
    s.at(70.0);
    assert_eq!(s.heard(), ["0 turn", "30 hold", "60 hold"]);
    assert_eq!(s.place(), (1, -10.0));
}

#[test]
fn a_revision_in_get_ready_is_followed_from_the_start() {
    let mut s = two();
    s.at(-1.0);
    let revised = changed(&s, [step("Other", 30)]);
    s.revise(revised).at(10.0);
    assert_eq!(s.place(), (1, 20.0));
    assert!(matches!(s.session.state(), State::Running(_)));
}
