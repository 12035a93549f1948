//! An end by the clock: what pre-flight says of it, the fit that it offers, and
//! what the session makes of it. It is half past two.

use ashiatsu::tui::app::Before;

use crate::script::Script;

/// Forty minutes, that can last from twenty to sixty.
const SUPPLE: &str = r#"Routine(format: 1, name: "Supple", phases: [
    Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
        BothSides([
            Step(stroke: "Glide", region: Back, side: Left, time: "10m", min: "5m", max: "15m"),
            Step(stroke: "Press", region: Hips, side: Left, time: "10m", min: "5m", max: "15m"),
        ]),
    ]),
])"#;

/// In place, before the first step.
fn in_place(until: &str) -> Script {
    Script::running_until(SUPPLE, Before::Preflight, until)
        .sees("1 of 3")
        .presses(&["Enter"; 3])
        .sees("Press any key")
}

#[test]
fn pre_flight_says_that_it_does_not_fit_and_offers_the_fit_but_never_hurries_by_itself() {
    let script = in_place("15:00");
    let script = script.sees("until 15:00 · as written it ends 15:10 · f fits it");
    let unfitted = script.press("Enter").wait(4.0);
    unfitted
        .sees("10:00")
        .sees("ends 15:10 · 10:03 behind · f saves 10:00");
}

#[test]
fn the_fit_that_is_taken_is_made_at_the_start_and_ends_to_the_second() {
    let script = in_place("15:00").press("f");
    let script = script.sees("fitted: 4 steps shorter · 29:57 in all");
    // Two minutes more at the lists are taken from the strokes, not from the end.
    let script = script.wait(120.0).sees("27:57 in all");
    let mut script = script.press("Enter").wait(4.0).sees("ends 15:00 · on time");
    let left = 1800.0 - script.now().mono.as_secs_f64();
    script = script.wait(left - 0.01).misses("Finished.").wait(0.02);
    script.sees("Finished.");
}

#[test]
fn where_the_end_cannot_be_met_it_says_the_shortest_and_when_that_ends() {
    let script = in_place("14:40")
        .sees("f shortens it")
        .sees("goes: 20:00, ends 14:50");
    script
        .press("f")
        .sees("until 14:40 · as short as it goes: 20:00, ends 14:50");
    let script = in_place("16:00").sees("f stretches it");
    script.sees("1:00:00, ends 15:30");
}

#[test]
fn an_end_that_is_past_for_today_is_asked_about() {
    let asked = || {
        Script::running_until(SUPPLE, Before::Preflight, "14:30")
            .sees("14:30 is past for today")
            .sees("14:30 tomorrow, 24h from")
            .press("Enter")
            .press("Space")
            .sees("is past for today")
    };
    asked().press("y").sees("1 of 3").sees("until 14:30");
    asked().press("n").sees("1 of 3").misses("until");
    assert_eq!(asked().press("q").left_with(), Some(0));
    // Straight to the countdown, but not past the question.
    let straight = || Script::running_until(SUPPLE, Before::Nothing, "14:15");
    straight()
        .sees("is past")
        .misses("Get ready")
        .press("n")
        .sees("Get ready");
    straight().press("y").sees("Get ready");
    Script::running_until(SUPPLE, Before::Nothing, "15:00").sees("Get ready");
}

#[test]
fn the_quarter_hours_that_can_be_reached_are_offered_in_turn() {
    let script = Script::running(SUPPLE, Before::Preflight).press("o");
    let mut script = script.goes_to("Until").sees("Until         off");
    for quarter in ["15:00 ·", "15:15 ·", "15:30 ·", "15:45 ·", "off"] {
        script = script
            .press("Space")
            .sees(&format!("Until         {quarter}"));
    }
    let script = script
        .press("Left")
        .sees("15:45")
        .press("Left")
        .press("Left");
    script
        .sees("15:15 · as written it ends 15:10 · f fits it")
        .press("f")
        .sees("fitted: 4 steps longer");
}

#[test]
fn in_the_session_f_is_offered_while_it_helps() {
    let script = Script::running_until(SUPPLE, Before::Nothing, "15:10").wait(3.25);
    let script = script.sees("ends 15:10").misses("f fits").press("Space");
    // A pause of a minute; nothing that moves is shown in it.
    let script = script.wait(60.0).misses("behind").press("Space").wait(0.5);
    let script = script.sees("1:03 behind · f fits").press("f").wait(0.5);
    let script = script.sees("on time").press("u").wait(6.0).sees("f fits");
    // In the last step nothing is left to give.
    let script = script.presses(&["n"; 3]).press("+").press("+");
    script.wait(6.0).sees("ahead").misses("f fits");
    // Without an end by the clock nobody waits, and nothing is offered.
    Script::in_session(SUPPLE)
        .press("Space")
        .wait(60.0)
        .press("Space")
        .sees("1:00 behind")
        .misses("f fits");
}

#[test]
fn what_can_be_given_is_said_where_that_is_not_all() {
    let script = Script::running_until(SUPPLE, Before::Nothing, "14:45").wait(3.25);
    // Ten minutes of Glide run: its other side gets the same, Press can give ten.
    script
        .sees("ends 15:10 · 25:03 behind · f saves 10:00")
        .press("f")
        .sees("15:03 behind")
        .misses("f saves");
}

#[test]
fn pre_flight_wakes_once_a_minute_with_an_end_and_never_without() {
    let mut script = in_place("15:00");
    assert_eq!(script.pass(600.0), 10);
    script = script.sees("as written it ends 15:20");
    let mut off = Script::running(SUPPLE, Before::Preflight);
    assert_eq!(off.pass(600.0), 0);
    drop(script);
}
