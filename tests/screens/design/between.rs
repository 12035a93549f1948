//! From the home screen to one file and to another, and what is carried between them.

use super::SMALL;
use crate::script::Script;

/// Marks the routine of that name at home.
fn marks(script: Script, name: &str) -> Script {
    let mut script = script.press("Home");
    for _ in 0..12 {
        if script
            .drawn()
            .lines()
            .any(|line| line.contains('▶') && line.contains(name))
        {
            return script;
        }
        script = script.press("Down");
    }
    panic!("{name} can't be marked:\n{}", script.drawn())
}

fn two_files() -> Script {
    let other = SMALL
        .replace("\"Small\"", "\"Other\"")
        .replace("Glide", "Push")
        .replace('\n', "\r\n");
    Script::at_home_with(&[("small.ron", SMALL), ("other.ron", &other)])
}

#[test]
fn what_was_cut_in_one_file_goes_into_another() {
    let script = marks(two_files(), "Small").press("d").sees("small.ron");
    let script = script
        .at_row("Glide")
        .presses(&["x", "Ctrl-S"])
        .sees("saved");
    let script = marks(script.press("Esc"), "Other")
        .press("d")
        .sees("other.ron");
    let script = script
        .at_row("Push")
        .presses(&["v", "Ctrl-S"])
        .sees("saved");
    let cut = "            // Slowly.\n            Step(stroke: \"Glide\", region: Back, time: \"2m\"), // long\n";
    assert_eq!(script.own("small.ron"), SMALL.replace(cut, ""));
    // It comes with its comments, and with the line ends of the file that it comes to.
    let (before, after) = (cut.replace("Glide", "Push"), cut);
    let other = SMALL
        .replace("\"Small\"", "\"Other\"")
        .replace("Glide", "Push")
        .replace(&before, &format!("{before}{after}"));
    assert_eq!(script.own("other.ron"), other.replace('\n', "\r\n"));
    // And once more, at home in the first.
    let script = marks(script.press("Esc"), "Small").press("d");
    let script = script
        .at_row("Rock")
        .presses(&["v", "Ctrl-S"])
        .sees("saved");
    assert!(script.own("small.ron").contains(cut));
}

#[test]
fn a_sample_is_opened_as_a_copy_and_later_that_copy_again() {
    let script = marks(Script::at_home_with(&[]), "First Steps").press("d");
    let script = script.sees("this is your own copy").sees("first-steps.ron");
    let script = script.presses(&["Down", "+", "Ctrl-S"]).sees("saved");
    let saved = script.own("first-steps.ron");
    // Marked is the copy now; the sample stands behind it.
    let mut script = script.press("Esc");
    script = script.press("End");
    let mut script = script;
    while !script
        .drawn()
        .lines()
        .any(|line| line.contains('▶') && line.contains("First Steps"))
    {
        script = script.press("Up");
    }
    let script = script.press("d").sees("this is your own copy");
    assert_eq!(script.designed(), saved);
    assert_eq!(script.own("first-steps.ron"), saved);
}
