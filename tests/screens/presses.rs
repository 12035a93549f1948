//! What each key does, as a user would notice it; and what does nothing: keys
//! held down, pasted text, locked keys.

use ashiatsu::cue::Cue;
use ashiatsu::plan::Plan;
use ashiatsu::tui::app::{Act, Before};
use ashiatsu::tui::keys::{self, Key};
use ashiatsu::tui::live::SoundOrder;
use ashiatsu::tui::screens::aftercare::Form;
use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEventKind};

use crate::script::{EVENING, Script, entry, key};

/// In the first stroke, 10 s into its 1:30: it waits on a hold before.
fn stroke() -> Script {
    Script::in_session(EVENING)
        .press("n")
        .wait(10.0)
        .sees("1:20")
}

#[test]
fn space_and_the_clickers_blank_pause_and_resume() {
    for name in ["Space", ".", "b", "B"] {
        let mut script = stroke();
        script.acts.clear();
        script = script.press(name).sees("PAUSED").wait(60.0).sees("1:20");
        assert_eq!(script.press_cues(), [Cue::Paused]);
        script = script.press(name).misses("PAUSED").wait(1.0).sees("1:19");
        assert!(script.press_cues().contains(&Cue::Resumed));
    }
}

#[test]
fn right_n_and_page_down_go_to_the_next_step() {
    for name in ["Right", "n", "Page Down"] {
        let mut script = stroke();
        script.acts.clear();
        script = script.press(name).sees("step 3 of 6").sees("0:20");
        assert_eq!(script.press_cues(), [Cue::Turn]);
    }
}

#[test]
fn next_on_a_hold_that_waits_is_ready() {
    let script = Script::in_session(EVENING).wait(25.0).sees("+0:05");
    script
        .press("n")
        .sees("step 2 of 6")
        .press("u")
        .sees("step 1 of 6")
        .sees("ready taken back");
}

#[test]
fn left_p_and_page_up_go_back() {
    for name in ["Left", "p", "Page Up"] {
        // To the step's start; within its first 3 s to the one before.
        let script = stroke().press(name).sees("step 2 of 6").sees("1:30");
        script.press(name).sees("step 1 of 6");
    }
}

#[test]
fn enter_ends_a_hold() {
    for name in ["Enter", "F5"] {
        let script = Script::in_session(EVENING)
            .wait(21.0)
            .sees("TAKE YOUR TIME");
        script.press(name).sees("step 2 of 6");
    }
}

#[test]
fn enter_resumes_when_paused() {
    for name in ["Enter", "F5"] {
        stroke()
            .press("Space")
            .press(name)
            .misses("PAUSED")
            .sees("step 2 of 6");
    }
}

#[test]
fn enter_elsewhere_repeats_the_cue() {
    for name in ["Enter", "F5", "r"] {
        let mut script = stroke();
        script.acts.clear();
        script = script.press(name).sees("step 2 of 6").sees("1:20");
        assert_eq!(script.press_cues(), [Cue::Shift]);
    }
}

#[test]
fn plus_and_minus_move_the_end_by_half_a_minute() {
    for (more, less) in [("+", "-"), ("=", "_")] {
        let script = stroke().press(more).sees("1:50").sees("1:50 left now");
        script.press(less).press(less).sees("0:50");
    }
}

#[test]
fn less_stops_before_the_end_and_says_why() {
    stroke()
        .wait(77.0)
        .sees("0:03")
        .press("-")
        .sees("almost over")
        .sees("0:03");
}

#[test]
fn l_lingers_until_next() {
    let script = stroke()
        .press("l")
        .wait(90.0)
        .sees("step 2 of 6")
        .sees("LINGERING");
    script.press("n").sees("step 3 of 6");
}

#[test]
fn e_gives_the_other_side_the_same() {
    let script = stroke().press("e").sees("no time added here");
    let script = script.press("+").press("e").sees("right gets 2:00 too");
    script.press("n").press("n").sees("2:00");
}

#[test]
fn f_fits_what_is_left_to_the_planned_end() {
    // 40 s behind: both sides and the last step can give 65.
    let script = Script::in_session(EVENING).wait(60.0);
    let script = script.sees("0:40 behind").press("f").sees("fitted");
    script.sees("on time").press("n").sees("on time").press("u");
}

#[test]
fn f_says_what_cannot_be_fitted() {
    // The right side gets what the left one gets: only the last step is left to give, 5 s.
    let script = Script::in_session(EVENING)
        .wait(60.0)
        .press("n")
        .sees("0:40 behind");
    script
        .press("f")
        .sees("as short as it goes · 0:35 over")
        .sees("0:35 behind");
}

#[test]
fn u_takes_back() {
    let script = stroke().press("n").wait(5.0).press("u");
    script
        .sees("step 2 of 6")
        .sees("1:20")
        .sees("next taken back")
        .press("+")
        .press("u")
        .sees("more time taken back");
}

#[test]
fn m_mutes_and_sounds_again() {
    let script = stroke().press("m").sees("muted");
    assert!(script.muted());
    let mut script = script;
    script.acts.clear();
    script.tap("n");
    assert!(script.press_cues().is_empty(), "a cue although muted");
    assert!(!script.press("m").sees("sound on").muted());
}

#[test]
fn up_and_down_set_the_volume() {
    let mut script = stroke()
        .press("Up")
        .sees("volume 80")
        .presses(&["Down", "Down"])
        .sees("volume 60");
    let last = script
        .orders()
        .into_iter()
        .rev()
        .find(|order| matches!(order, SoundOrder::Volume(_)));
    assert_eq!(last, Some(SoundOrder::Volume(60)));
}

#[test]
fn tab_goes_through_the_views() {
    let script = stroke()
        .sees("next")
        .press("Tab")
        .misses("next")
        .misses("Slow Evening")
        .sees("LEFT");
    let script = script
        .press("Tab")
        .sees("Gliding compression · right")
        .sees("LEFT")
        .sees("1:20");
    script.press("Tab").sees("next");
}

#[test]
fn locked_keys_do_nothing_but_space_enter_the_clickers_and_ctrl_c() {
    let locked = || {
        stroke()
            .press("k")
            .sees("keys are locked")
            .wait(6.0)
            .sees("1:14")
    };
    for name in [
        "n", "p", "Right", "Left", "+", "-", "l", "e", "f", "u", "r", "m", "Up", "Down", "Tab",
        "?", "q",
    ] {
        let mut script = locked();
        script.acts.clear();
        script = script
            .press(name)
            .sees("keys are locked")
            .sees("1:14")
            .sees("next")
            .sees("step 2 of 6");
        assert!(script.acts.is_empty(), "{name}: {:?}", script.acts);
    }
    locked().press("Space").sees("PAUSED");
    locked().press(".").sees("PAUSED");
    locked().press("Space").press("Enter").misses("PAUSED");
    locked().press("Page Down").sees("step 3 of 6");
    locked().press("Page Up").sees("1:30");
    locked().press("Ctrl-C").sees("Leave the session?");
    locked()
        .press("k")
        .sees("keys are unlocked")
        .press("n")
        .sees("step 3 of 6");
}

#[test]
fn help_opens_and_closes_and_lists_every_key() {
    let mut script = stroke().sized(100, 40).press("?");
    for binding in keys::SESSION {
        assert!(script.shows(binding.does), "help lacks {:?}", binding.does);
    }
    script = script.press("Esc").misses("keys · Esc closes");
    assert!(script.left_with().is_none());
}

#[test]
fn a_sessions_keys_act_through_its_help() {
    stroke()
        .press("?")
        .press("Space")
        .sees("PAUSED")
        .misses("Esc closes");
}

#[test]
fn help_scrolls_to_its_end_and_back_at_once() {
    let script = stroke().sized(40, 12).press("?").misses("Ctrl-Z");
    let script = script.presses(&["Down"; 80]).sees("Ctrl-Z");
    script.presses(&["Up"; 3]).misses("Ctrl-Z");
}

#[test]
fn q_asks_and_esc_goes_on() {
    for name in ["q", "Ctrl-C"] {
        let script = stroke()
            .press(name)
            .sees("Leave the session?")
            .wait(5.0)
            .sees("1:15");
        let script = script
            .press("Esc")
            .misses("Leave the session?")
            .sees("step 2 of 6");
        assert_eq!(script.left_with(), None);
    }
}

#[test]
fn q_or_ctrl_c_pressed_again_ends_here_and_the_card_stays() {
    for (first, second) in [("q", "q"), ("Ctrl-C", "Ctrl-C"), ("q", "Ctrl-C")] {
        let script = stroke()
            .press(first)
            .press(second)
            .sees("Ended early.")
            .sees("Drink lots of water");
        let script = script
            .wait(36_000.0)
            .sees("Ended early.")
            .press("Esc")
            .sees("Ended early.");
        assert_eq!(script.left_with(), None);
        assert_eq!(script.press("q").left_with(), Some(0));
    }
}

#[test]
fn ctrl_c_twice_at_once_is_one_press() {
    let mut script = stroke();
    script.send(&key("Ctrl-C", KeyEventKind::Press));
    script = script.wait(0.05);
    script.send(&key("Ctrl-C", KeyEventKind::Press));
    script.sees("Leave the session?");
}

#[test]
fn esc_does_nothing_by_itself() {
    let mut script = stroke();
    script.acts.clear();
    let script = script
        .presses(&["Esc", "Esc", "Esc"])
        .sees("step 2 of 6")
        .sees("1:20");
    assert!(script.acts.is_empty());
}

#[test]
fn ctrl_z_asks_to_stop() {
    let mut script = stroke();
    script.acts.clear();
    script.tap("Ctrl-Z");
    assert!(matches!(script.acts.as_slice(), [Act::Suspend]));
    // The shell pauses first: nothing is heard of it.
    let now = script.now();
    script.acts = script.app.pause_for_signal(&now);
    assert!(script.press_cues().is_empty());
    script.sees("PAUSED");
}

#[test]
fn every_key_of_the_table_does_something_or_says_why_not() {
    for binding in keys::SESSION {
        for key in binding.keys {
            let name = match key {
                Key::Char(' ') => "Space".to_owned(),
                Key::Char(c) => c.to_string(),
                Key::Ctrl(c) => format!("Ctrl-{c}"),
                Key::Alt(code) => format!("Alt-{code}"),
                Key::Code(code) => match key.label().as_str() {
                    "↑" => "Up".to_owned(),
                    "↓" => "Down".to_owned(),
                    "←" => "Left".to_owned(),
                    "→" => "Right".to_owned(),
                    _ => code.to_string(),
                },
            };
            if name == "Esc" {
                continue;
            }
            let mut script = stroke();
            let before = script.picture();
            script.acts.clear();
            script.tap(&name);
            assert!(
                script.picture() != before || !script.acts.is_empty(),
                "{name} ({}) does nothing",
                binding.does
            );
        }
    }
}

#[test]
fn a_key_held_down_is_one_press() {
    // As terminals without event kinds send it: many presses, close together.
    let mut script = stroke();
    for _ in 0..40 {
        script.send(&key("n", KeyEventKind::Press));
        script = script.wait(0.033);
    }
    let mut script = script.sees("step 3 of 6").wait(0.1);
    // As others send it.
    script.send(&key("n", KeyEventKind::Press));
    for _ in 0..5 {
        script = script.wait(0.5);
        script.send(&key("n", KeyEventKind::Repeat));
    }
    script.send(&key("n", KeyEventKind::Release));
    script.sees("step 4 of 6");
}

#[test]
fn presses_a_tenth_of_a_second_apart_are_two() {
    let mut script = stroke();
    for _ in 0..2 {
        script.send(&key("n", KeyEventKind::Press));
        script = script.wait(0.1);
    }
    script.sees("step 4 of 6");
}

#[test]
fn pasted_text_is_ignored() {
    let mut script = stroke();
    let before = script.picture();
    script.acts.clear();
    script.send(&Event::Paste("nnnqq \r".to_owned()));
    assert_eq!(script.picture(), before);
    assert!(script.acts.is_empty());
}

#[test]
fn in_get_ready_only_pause_resume_and_leave_act() {
    let mut script = Script::running(EVENING, Before::Nothing).wait(1.0);
    for name in ["n", "p", "+", "-", "l", "e", "f", "u", "r"] {
        script = script
            .press(name)
            .sees("not before the first stroke")
            .sees("Get ready");
    }
    let script = script
        .press("Space")
        .sees("PAUSED")
        .wait(60.0)
        .press("Space")
        .sees("3");
    let script = script
        .press("q")
        .sees("Leave the session?")
        .press("q")
        .sees("Ended early.");
    assert_eq!(script.press("q").left_with(), Some(0));
}

#[test]
fn a_finish_by_press_can_be_undone_from_the_card() {
    let script = stroke()
        .presses(&["n"; 4])
        .wait(4.0)
        .press("n")
        .sees("Finished.");
    let script = script.wait(100.0).press("u").sees("Hold").sees("0:26");
    script.wait(1.0).sees("0:25");
}

#[test]
fn an_end_before_the_end_stays() {
    stroke()
        .presses(&["q", "q"])
        .press("u")
        .sees("Ended early.");
}

#[test]
fn the_card_is_saved_in_the_form_that_is_asked_for() {
    for (name, form) in [("t", Form::Text), ("m", Form::Markdown), ("h", Form::Html)] {
        let mut script = stroke().presses(&["q", "q", "w"]).sees("save the card as");
        script.acts.clear();
        script.tap(name);
        assert!(matches!(script.acts.as_slice(), [Act::SaveCard(asked)] if *asked == form));
    }
    let mut script = stroke().presses(&["q", "q", "w"]);
    script.acts.clear();
    script = script
        .press("Esc")
        .sees("Ended early.")
        .misses("save the card as");
    assert!(script.acts.is_empty());
}

#[test]
fn every_line_of_the_card_can_be_scrolled_to() {
    for keys in [["Down"; 120], ["Page Down"; 120]] {
        let mut script = stroke().presses(&["q", "q"]).sized(40, 12);
        let mut seen = String::new();
        for name in keys {
            seen.push_str(&crate::letters::rows(&script.picture()).join("\n"));
            script.tap(name);
        }
        for words in ["Drink lots of water", "dark urine", "For you alone"] {
            assert!(seen.contains(words), "{words} is never shown");
        }
    }
}

#[test]
fn a_whole_session_is_walked_through_step_by_step() {
    let mut script = Script::in_session(EVENING);
    let plan = Plan::whole(&entry("evening", EVENING).content.unwrap());
    for segment in &plan.segments {
        script = script.sees(&format!("step {} of 6", segment.number));
        if segment.number == 1 {
            script = script.wait(segment.time.as_secs_f64()).press("Enter");
            continue;
        }
        script = script.wait(segment.time.as_secs_f64() - 0.001);
        script = script.sees("0:01").wait(0.001);
    }
    script
        .sees("Finished. Step down slowly.")
        .sees("until Tuesday 3 March, 14:35");
}

#[test]
fn a_click_outside_of_everything_does_nothing() {
    let mut script = stroke();
    let before = script.picture();
    for (x, y) in [(0, 0), (79, 23), (200, 90), (u16::MAX, u16::MAX)] {
        script = script.mouse(MouseEventKind::Down(MouseButton::Left), x, y);
    }
    assert_eq!(script.picture(), before);
}
