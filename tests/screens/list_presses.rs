//! Presses and clicks at home and before a session.

use crate::script::{EVENING, Script, entry};
use ashiatsu::cue::Cue;
use ashiatsu::plan::Speed;
use ashiatsu::store::{Meta, Resumable, SessionKey};
use ashiatsu::tui::app::Before;
use std::time::Duration;

use crossterm::event::{MouseButton, MouseEventKind};

fn three() -> Script {
    let named = |name: &str| EVENING.replace("Slow Evening", name);
    Script::at_home(vec![
        entry("one", &named("First One")),
        entry("two", &named("Second One")),
        entry("three", &named("Third One")),
    ])
}

#[test]
fn the_mark_moves_and_enter_prepares() {
    let script = three()
        .presses(&["Down", "Down", "Down"])
        .sees("▶ Third One");
    let script = script
        .presses(&["k"])
        .sees("▶ Second One")
        .presses(&["Home"])
        .sees("▶ First One");
    let script = script
        .press("End")
        .press("Enter")
        .sees("Third One · 1 of 3 · the room");
    script.press("Esc").sees("First One");
}

#[test]
fn letters_typed_into_the_filter_are_no_keys() {
    let script = three().press("/").types("q");
    assert_eq!(script.left_with(), None);
    let script = script
        .sees("/ q")
        .press("Backspace")
        .types("SECOND")
        .sees("1 of 3");
    let script = script
        .press("Enter")
        .press("Enter")
        .sees("Second One · 1 of 3 · the room");
    script.press("Esc").sees("First One");
}

#[test]
fn esc_shows_all_again() {
    let script = three().press("/").types("third").misses("First One");
    script.press("Esc").sees("First One").sees("pick a routine");
}

#[test]
fn a_broken_routine_says_why_and_does_not_start() {
    let broken = EVENING.replace("region: LowBack", "regoin: LowBack");
    let script = Script::at_home(vec![entry("bad", &broken)]).sized(40, 12);
    script
        .press("Enter")
        .sees("broken")
        .sees("16:53: nothing in a step");
}

#[test]
fn a_click_marks_and_a_second_one_opens() {
    let script = three().click("Second One").sees("▶ Second One");
    script
        .click("▶ Second One")
        .sees("Second One · 1 of 3 · the room");
}

#[test]
fn the_wheel_moves_through_a_list_that_is_longer_than_the_window() {
    let entries = (1..=60).map(|n| {
        entry(
            "r",
            &EVENING.replace("Slow Evening", &format!("Number {n:02}")),
        )
    });
    let mut script = Script::at_home(entries.collect()).misses("Number 60");
    for _ in 0..70 {
        script = script.mouse(MouseEventKind::ScrollDown, 10, 10);
    }
    // What is clicked is what is under the mouse, although the list has moved.
    script
        .sees("▶ Number 60")
        .click("Number 55")
        .sees("▶ Number 55");
}

#[test]
fn clicks_tick_the_lists_and_begin() {
    let script = Script::running(EVENING, Before::Preflight)
        .click("Table stable")
        .sees("[x] Table stable");
    let script = script
        .press("Enter")
        .click("Kidney disorder")
        .sees("YES Kidney disorder");
    let script = script
        .presses(&["Enter", "Enter"])
        .sees("Press any key when you are in place");
    script
        .mouse(MouseEventKind::Down(MouseButton::Left), 3, 3)
        .sees("Get ready");
}

#[test]
fn any_key_begins_when_in_place_but_not_those_that_mean_something() {
    let in_place = || {
        Script::running(EVENING, Before::Preflight)
            .presses(&["Enter"; 3])
            .sees("Press any key")
    };
    for name in [
        "Space",
        "x",
        "Page Down",
        ".",
        "b",
        "n",
        "Enter",
        "F5",
        "Right",
    ] {
        in_place().press(name).sees("Get ready");
    }
    for name in ["t", "+", "-", "m"] {
        in_place().press(name).sees("Press any key");
    }
    in_place().press("Esc").sees("3 of 3");
    assert_eq!(in_place().press("q").left_with(), Some(0));
}

#[test]
fn a_yes_says_what_to_do_and_no_goes_on() {
    let script = Script::running(EVENING, Before::Preflight).press("Enter");
    let script = script.press("y").sees("Withhold: no session today.");
    let script = script
        .press("n")
        .misses("Withhold")
        .press("Down")
        .press("y");
    script.sees("Ask for medical clearance first.");
}

#[test]
fn t_plays_one_cue_after_another_and_names_it() {
    let mut script = Script::running(EVENING, Before::Preflight);
    script.acts.clear();
    script = script.press("t").sees("shift:").press("t").sees("side:");
    assert_eq!(script.press_cues(), [Cue::Shift, Cue::Side]);
}

#[test]
fn what_is_chosen_for_a_session_is_turned_in_place_and_left_where_one_was() {
    let script = Script::running(EVENING, Before::Preflight).presses(&["Enter", "Down"]);
    let before = script.picture();
    let mut script = script.press("o");
    for label in ["For", "Prompts", "Sound", "Volume"] {
        script = script.sees(label);
    }
    script
        .presses(&["Down", "Space"])
        .sees("Prompts       names")
        .press("Left")
        .sees("Prompts       full")
        .press("Up")
        .click("Volume")
        .sees("Volume        80")
        .press("-")
        .press("Esc")
        .wait(6.0)
        .looks_like(&before);
}

#[test]
fn questions_below_the_window_are_counted_and_those_without_an_answer_told() {
    let script = Script::running(EVENING, Before::Preflight).press("Enter");
    // Each Yes says what to do, which pushes others down.
    let script = script.misses("↓").presses(&["y"; 6]);
    let hidden = (1..16).rev().find(|n| script.shows(&format!("↓ {n} more")));
    assert!(hidden.is_some());
    script
        .presses(&["Enter", "Enter"])
        .sees("have no answer")
        .sees("Press any key when you are in place");
}

#[test]
fn a_routine_is_found_by_name_though_a_session_was_interrupted() {
    let mut script = three();
    script.app.offer(vec![Resumable {
        key: SessionKey(1),
        routine: "Evening".to_owned(),
        meta: Meta::of("evening"),
        speed: Speed::REAL,
        last: None,
        time_in: Duration::from_secs(90),
        step: None,
    }]);
    script
        .sees("▶ go on: Evening")
        .presses(&["/", "s", "e", "c", "o"])
        .press("Enter")
        .sees("▶ Second One")
        .misses("go on: ")
        .press("Esc")
        .sees("go on: ");
}

#[test]
fn help_goes_page_by_page() {
    let script = three().sized(60, 14).press("?").misses("Ctrl-Z");
    script
        .press("End")
        .sees("Ctrl-Z")
        .press("Page Up")
        .misses("Ctrl-Z")
        .press("Home")
        .sees("Page Up")
        .press("Page Down")
        .misses("a page up");
}
