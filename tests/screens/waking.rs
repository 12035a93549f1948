//! When the loop wakes: at the next second, at what a session does next, when
//! a line goes by itself; never while nothing moves.

use std::time::Duration;

use ashiatsu::tui::app::{Before, Hearing};
use ashiatsu::tui::theme::{Depth, Theme};

use crate::script::{EVENING, Script, entry};

/// In a stroke without a pace: nothing breathes.
fn stroke() -> Script {
    let text = EVENING.replace(PACE, "");
    assert_ne!(text, EVENING);
    Script::in_session(&text).press("n").wait(10.0)
}

const PACE: &str = r#"pace: "8s","#;

/// Seconds until the loop wakes by itself.
fn next(script: &Script) -> Option<f64> {
    let now = script.now();
    let next = script.app.next_change(&now)?;
    Some(next.checked_sub(now.mono)?.as_secs_f64())
}

#[test]
fn a_running_session_wakes_at_every_second_and_not_between() {
    let mut script = stroke().wait(0.25);
    assert_eq!(next(&script), Some(0.75));
    let wakes = script.pass(20.0);
    assert_eq!(wakes, 20);
}

#[test]
fn a_lingering_step_wakes_at_every_second() {
    // The notice that it has no end goes at a second that wakes anyway.
    let wakes = stroke().press("l").pass(60.0);
    assert_eq!(wakes, 60);
}

#[test]
fn a_stroke_with_a_pace_breathes_seldom_enough() {
    let mut script = Script::in_session(EVENING).press("n").wait(10.0);
    let before = script.picture();
    let wakes = script.pass(20.0);
    assert!((40..=20 * 14).contains(&wakes), "{wakes}");
    assert_ne!(script.picture(), before);
    // A small window has no room for it, and wakes as seldom as without.
    let mut small = Script::in_session(EVENING)
        .press("n")
        .wait(10.0)
        .sized(40, 12);
    assert_eq!(small.pass(20.0), 20);
    assert_eq!(
        next(
            &Script::in_session(EVENING)
                .press("n")
                .wait(6.0)
                .press("Space")
        ),
        None
    );
}

#[test]
fn a_pause_never_wakes() {
    let script = stroke().press("Space");
    assert_eq!(next(&script), None);
    // Nor does one that came with a notice, once that is gone.
    let mut script = stroke().press("+").press("Space");
    assert_eq!(next(&script), Some(5.0));
    assert_eq!(script.pass(3600.0), 1);
    assert_eq!(next(&script), None);
}

#[test]
fn a_pause_in_get_ready_never_wakes() {
    let script = Script::running(EVENING, Before::Nothing)
        .wait(1.0)
        .press("Space");
    assert_eq!(next(&script), None);
}

#[test]
fn home_lists_and_the_card_never_wake() {
    assert_eq!(
        next(&Script::at_home(vec![entry("evening", EVENING)])),
        None
    );
    assert_eq!(next(&Script::running(EVENING, Before::Preflight)), None);
    assert_eq!(next(&stroke().presses(&["q", "q"])), None);
}

#[test]
fn a_notice_goes_by_itself() {
    let script = stroke().press("k").sees("keys are locked");
    script
        .wait(4.9)
        .sees("keys are locked")
        .wait(0.1)
        .misses("keys are locked");
}

#[test]
fn a_notice_goes_in_a_pause_too() {
    let script = stroke().press("Space").press("k").sees("keys are locked");
    assert_eq!(next(&script), Some(5.0));
    script.wait(5.0).misses("keys are locked");
}

#[test]
fn a_shift_without_sound_swells_the_border_for_two_seconds_and_is_gone() {
    let silent = Hearing::Silent("no output device".to_owned());
    let mut script = stroke().hear(silent).press("n").wait(1.0);
    let ground = Theme::new(Depth::True).ground().bg;
    let lit = |script: &Script| {
        let picture = script.picture();
        let corners = [(0, 0), (79, 0), (0, 23), (79, 23)];
        corners.map(|at| Some(picture[at].bg) != ground)
    };
    assert_eq!(lit(&script), [true; 4], "no swell");
    script = script.wait(1.5);
    assert_eq!(lit(&script), [false; 4], "it stays");
    assert_eq!(script.pass(10.0), 10);
}

#[test]
fn a_swell_changes_in_a_few_steps_whatever_else_moves() {
    // In a stroke that breathes, at a window with room for it.
    let silent = Hearing::Silent("no output device".to_owned());
    let mut script = Script::in_session(EVENING)
        .sized(120, 40)
        .hear(silent)
        .press("n");
    let mut seen = vec![script.picture()[(0, 0)].bg];
    for _ in 0..50 {
        script = script.wait(0.05);
        let now = script.picture()[(0, 0)].bg;
        if seen.last() != Some(&now) {
            seen.push(now);
        }
    }
    // It rises in two steps and falls by the same, to the ground.
    assert_eq!(seen.len(), 5, "{seen:?}");
    assert_eq!((seen[0], seen[1]), (seen[4], seen[3]));
}

#[test]
fn the_time_shown_never_lags_behind_the_session() {
    let mut script = stroke();
    for left in (61..=80).rev() {
        script = script.sees(&format!("1:{:02}", left - 60)).wait(1.0);
    }
    assert!(script.now().mono > Duration::ZERO);
}
