//! A window that has lost the focus: the clicker's keys go elsewhere.

use crossterm::event::Event;

use crate::script::{EVENING, Script, entry};

fn lost(mut script: Script) -> Script {
    script.send(&Event::FocusLost);
    script
}

fn stroke() -> Script {
    Script::in_session(EVENING).press("n").wait(10.0)
}

#[test]
fn it_is_said_until_it_is_back() {
    let mut script =
        lost(stroke()).sees("this window has no focus: the clicker's keys go elsewhere");
    script = script.wait(30.0).sees("no focus");
    script.send(&Event::FocusGained);
    script.misses("no focus");
}

#[test]
fn a_key_that_comes_here_goes_nowhere_else() {
    // After Ctrl-Z and fg, terminals tell nothing.
    lost(stroke()).press("r").misses("no focus");
}

#[test]
fn it_fits_in_every_window() {
    for (columns, rows) in [(30, 8), (40, 12), (60, 20), (80, 24), (200, 50)] {
        for tabs in 0..3 {
            let views = ["Tab"; 3];
            let script = stroke().presses(&views[..tabs]).sized(columns, rows);
            lost(script).sees("no focus");
        }
    }
}

#[test]
fn it_wakes_nobody() {
    let mut paused = stroke().press("Space");
    paused.send(&Event::FocusLost);
    assert_eq!(paused.app.next_change(&paused.now()), None);
    let text = EVENING.replace(r#"pace: "8s","#, "");
    let mut script = lost(Script::in_session(&text).press("n").wait(10.0));
    assert_eq!(script.pass(20.0), 20);
}

#[test]
fn elsewhere_it_is_nobody_s_concern() {
    lost(Script::at_home(vec![entry("evening", EVENING)])).misses("focus");
}
