//! One button that does it all: any key, any click.

use ashiatsu::cue::Cue;
use ashiatsu::tui::app::{Act, Before};
use crossterm::event::{KeyEventKind, MouseButton, MouseEventKind};

use crate::script::{EVENING, Script, key};

const ON: &str = "(one_button: On)";

/// In a hold, its 20 s not yet over.
fn begun() -> Script {
    Script::in_session_as_set(ON, EVENING).wait(6.0)
}

/// 10 s into the first stroke's 1:30.
fn stroke() -> Script {
    begun()
        .press("x")
        .sees("step 2 of 6")
        .wait(10.0)
        .sees("1:20")
}

#[test]
fn every_key_is_the_same_press() {
    // Those that mean something else otherwise among them: none of them moves a stroke.
    for name in [
        "x",
        "n",
        "p",
        "Space",
        ".",
        "b",
        "Right",
        "Left",
        "Page Down",
        "Page Up",
        "F5",
        "Enter",
        "Esc",
        "Tab",
        "k",
        "?",
        "q",
        "+",
        "-",
        "l",
        "u",
        "m",
        "Up",
        "Down",
        "F12",
    ] {
        let mut script = stroke();
        script.acts.clear();
        script = script.press(name).sees("step 2 of 6").sees("1:20");
        assert_eq!(script.press_cues(), [Cue::Shift], "{name}");
        script = script.wait(0.5).press(name).sees("PAUSED").sees("1:20");
        assert_eq!(script.press_cues(), [Cue::Paused], "{name}");
        script.wait(60.0).press(name).misses("PAUSED").sees("1:20");
    }
}

#[test]
fn a_second_press_pauses_within_1_2_s_whatever_it_is() {
    let again = |gap: f64| stroke().press("x").wait(gap).press("Page Down");
    again(1.199).sees("PAUSED").sees("1:19");
    again(1.201).misses("PAUSED").sees("1:19");
}

#[test]
fn any_button_of_the_mouse_is_a_press_and_the_wheel_is_none() {
    for button in [MouseButton::Left, MouseButton::Right, MouseButton::Middle] {
        let mut script = stroke();
        script.acts.clear();
        script = script.mouse(MouseEventKind::Down(button), 5, 5).mouse(
            MouseEventKind::Up(button),
            5,
            5,
        );
        assert_eq!(script.press_cues(), [Cue::Shift]);
        script
            .mouse(MouseEventKind::Down(button), 5, 5)
            .sees("PAUSED");
    }
    stroke()
        .mouse(MouseEventKind::ScrollDown, 5, 5)
        .mouse(MouseEventKind::ScrollDown, 5, 5)
        .misses("PAUSED");
}

#[test]
fn a_key_held_down_is_one_press() {
    let mut script = stroke();
    script.acts.clear();
    script.send(&key("x", KeyEventKind::Press));
    for _ in 0..30 {
        script = script.wait(0.04);
        script.send(&key("x", KeyEventKind::Repeat));
    }
    script.send(&key("x", KeyEventKind::Release));
    // Where the terminal does not tell, too.
    for _ in 0..30 {
        script = script.wait(0.04);
    }
    script.send(&key("y", KeyEventKind::Press));
    for _ in 0..30 {
        script = script.wait(0.04);
        script.send(&key("y", KeyEventKind::Press));
    }
    assert_eq!(script.press_cues(), [Cue::Shift, Cue::Shift]);
    script.misses("PAUSED");
}

#[test]
fn a_hold_ends_and_comes_back_as_it_was() {
    let script = begun().wait(20.0).sees("any key when ready").sees("+0:06");
    let script = script.press("x").sees("step 2 of 6").wait(1.0);
    let script = script.press("x").sees("step 1 of 6").sees("PAUSED");
    let script = script.sees("+0:06").sees("ready taken back");
    let script = script.wait(30.0).press("x").misses("PAUSED").sees("+0:06");
    script.wait(2.0).press("x").sees("step 2 of 6");
}

#[test]
fn it_is_said_on_the_screen() {
    Script::running_as_set(ON, EVENING, Before::Nothing).sees("one button");
    let script = begun().sees("any key ready").sees("twice pause");
    let script = script.sees("Ctrl-C leave").misses("Space");
    let script = script.presses(&["x", "x"]).wait(6.0);
    script
        .sees("PAUSED")
        .sees("any key goes on")
        .misses("Space");
}

#[test]
fn getting_ready_two_pause() {
    let script = Script::running_as_set(ON, EVENING, Before::Nothing).wait(0.5);
    let script = script.press("x").sees("not before the first stroke");
    script.press("x").sees("PAUSED").wait(9.0).sees("PAUSED");
}

#[test]
fn ctrl_c_leaves_and_the_question_s_keys_answer_it() {
    let asked = || stroke().press("Ctrl-c").sees("Leave the session?");
    asked()
        .press("Esc")
        .misses("Leave the session?")
        .sees("1:20");
    assert!(
        asked()
            .press("k")
            .acts
            .iter()
            .any(|act| matches!(act, Act::Quit(0)))
    );
    asked().press("q").sees("Ended early");
    asked().press("Ctrl-c").sees("Ended early");
    // Anything else goes on and is a press like any.
    let mut script = asked();
    script.acts.clear();
    script = script.press("Page Down").misses("Leave the session?");
    assert_eq!(script.press_cues(), [Cue::Shift]);
    script.press("Page Down").sees("PAUSED");
    let script = asked().mouse(MouseEventKind::Down(MouseButton::Left), 0, 0);
    script.misses("Leave the session?").sees("1:20");
}

#[test]
fn ctrl_z_goes_to_the_shell() {
    let script = stroke().press("Ctrl-z");
    assert!(script.acts.iter().any(|act| matches!(act, Act::Suspend)));
}

#[test]
fn at_the_card_keys_are_themselves_but_for_a_finish_in_a_panic() {
    let last = EVENING.replace(
        "\"30s\", min: \"25s\", max: \"40s\",",
        "\"5s\", hold: true,",
    );
    assert_ne!(last, EVENING);
    let at_the_end = || {
        let script = Script::in_session_as_set(ON, &last).press("x");
        script.wait(300.0).sees("Hold").sees("any key when ready")
    };
    let script = at_the_end().press("x").sees("Finished");
    script.wait(1.0).press("q").sees("PAUSED").sees("Hold");
    let script = at_the_end().press("x").sees("Finished").wait(1.3);
    assert_eq!(script.press("q").left_with(), Some(0));
}

#[test]
fn what_is_hidden_is_told_by_a_press() {
    let mut script = Script::running_as_set(ON, EVENING, Before::Preflight);
    for _ in 0..2 {
        script = script.press("r").wait(1.0);
    }
    for _ in 0..4 {
        script = script.press("Enter").wait(1.0);
    }
    let script = script.wait(5.0).press("x").wait(2.0).sees("any key asks");
    script.press("x").sees("next: Change sides");
}

#[test]
fn it_can_be_chosen_before_a_session() {
    let script = Script::running(EVENING, Before::Preflight)
        .press("o")
        .click("One button")
        .sees("One button    on");
    let script = script.presses(&["Enter", "Enter", "Enter", "Enter", "Enter"]);
    script
        .sees("one button")
        .wait(5.0)
        .press("q")
        .sees("step 2 of 6");
    // And be chosen against what is set.
    let script = Script::running_as_set(ON, EVENING, Before::Preflight)
        .press("o")
        .sees("One button    on")
        .click("One button")
        .sees("One button    off");
    let script = script.presses(&["Enter", "Enter", "Enter", "Enter", "Enter"]);
    script.wait(5.0).press("q").sees("Leave the session?");
}

#[test]
fn in_a_pause_of_its_own_nothing_wakes() {
    let script = stroke().presses(&["x", "x"]).wait(10.0);
    assert_eq!(script.app.next_change(&script.now()), None);
}
