//! Recall practice: the less is told, the more is recalled.

use ashiatsu::cue::Cue;
use ashiatsu::tui::app::Before;
use ashiatsu::tui::live::SoundOrder;

use crate::script::{EVENING, Script};

/// In the second step, with so many presses of r in pre-flight.
fn with(presses: usize) -> Script {
    let mut script = Script::running(EVENING, Before::Preflight);
    for _ in 0..presses {
        script = script.press("r").wait(1.0);
    }
    for _ in 0..4 {
        script = script.press("Enter").wait(1.0);
    }
    script.wait(5.0).press("n").wait(1.0)
}

/// The cues that the speaker is told of from here on.
fn cues(script: &mut Script) -> Vec<Cue> {
    let orders = script.orders();
    orders
        .iter()
        .filter_map(|order| match order {
            SoundOrder::Schedule(chime) | SoundOrder::Press(chime) => Some(chime.cue),
            _ => None,
        })
        .collect()
}

#[test]
fn with_names_there_is_no_cue_line() {
    with(0).sees("Sink in");
    with(1).misses("Sink in").sees("next");
}

#[test]
fn with_chimes_the_next_stroke_is_hidden_until_it_is_asked_for() {
    with(1).sees("next  Change sides");
    with(2)
        .misses("Change sides")
        .press("r")
        .sees("next: Change sides");
    // Nor is it read off the list of steps.
    with(2).press("Tab").press("Tab").misses("Change sides");
}

#[test]
fn with_none_only_start_holds_and_end_sound() {
    let mut all = with(0);
    all.pass(600.0);
    assert!(cues(&mut all).contains(&Cue::Shift));
    let mut none = with(3);
    none.pass(600.0);
    let heard = cues(&mut none);
    assert!(heard.contains(&Cue::Ready), "{heard:?}");
    for withheld in [Cue::Shift, Cue::Side, Cue::Turn, Cue::Prepare] {
        assert!(!heard.contains(&withheld), "{heard:?}");
    }
}
