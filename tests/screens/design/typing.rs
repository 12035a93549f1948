//! The text itself: what is typed, and how it is undone.

use super::{SMALL, on_glide};
use crate::script::Script;

/// In the text, at the step's line.
fn in_text() -> Script {
    on_glide().press("e").press("Home")
}

/// The text with something before the step.
fn with(typed: &str) -> String {
    let line = "            Step(stroke: \"Glide\"";
    SMALL.replace(line, &format!("{typed}{line}"))
}

/// What each press of undo leads back to, until nothing is left to undo.
fn undone(mut script: Script) -> Vec<String> {
    let mut texts = Vec::new();
    for _ in 0..20 {
        script = script.press("Ctrl-U");
        if script.shows("There is nothing to undo") {
            return texts;
        }
        texts.push(script.designed());
    }
    panic!("it is undone without end")
}

#[test]
fn a_word_is_undone_at_once() {
    let script = in_text().types("/* so and so */");
    assert_eq!(script.designed(), with("/* so and so */"));
    let expected = ["/* so and so ", "/* so and ", "/* so ", "/* ", ""];
    assert_eq!(undone(script), expected.map(with));
}

#[test]
fn what_was_undone_is_done_again_word_by_word() {
    let script = in_text().types("/* so */").presses(&["Ctrl-U"; 3]);
    assert_eq!(script.designed(), SMALL);
    let script = script.press("Ctrl-R");
    assert_eq!(script.designed(), with("/* "));
    let script = script.presses(&["Ctrl-R"; 2]);
    assert_eq!(script.designed(), with("/* so */"));
    // A letter after an undo is a step of its own.
    let script = script.press("Ctrl-U").types("x");
    assert_eq!(script.designed(), with("/* so x"));
    assert_eq!(script.press("Ctrl-U").designed(), with("/* so "));
}

#[test]
fn a_move_a_save_and_another_kind_of_key_end_the_word() {
    let script = in_text()
        .types("ab")
        .presses(&["Left", "Right"])
        .types("cd");
    assert_eq!(undone(script), ["ab", ""].map(with));
    let script = in_text().types("ab").press("Ctrl-S").types("cd");
    assert_eq!(undone(script), ["ab", ""].map(with));
    let script = in_text()
        .types("abcd")
        .presses(&["Backspace"; 3])
        .types("x");
    assert_eq!(undone(script), ["a", "abcd", ""].map(with));
    let script = in_text()
        .types("ab")
        .presses(&["Left"; 2])
        .presses(&["Delete"; 2]);
    assert_eq!(undone(script), ["ab", ""].map(with));
    let script = in_text().types("ab").press("Enter").types("cd");
    assert_eq!(undone(script), ["ab\n", "ab", ""].map(with));
}

#[test]
fn what_is_typed_and_taken_away_leaves_nothing_to_undo() {
    let script = in_text().presses(&["Delete"; 2]).types("  ");
    assert_eq!(script.designed(), SMALL);
    let back = SMALL.replace(
        "            Step(stroke: \"Glide\"",
        "          Step(stroke: \"Glide\"",
    );
    assert_eq!(undone(script), [back, SMALL.to_owned()]);
}

#[test]
fn a_key_that_changes_nothing_after_an_undo_loses_no_way_back() {
    // Delete at the end of the text, Backspace at its beginning.
    for (key, moves) in [("Delete", "Down"), ("Backspace", "Up")] {
        let script = in_text().types("/* so */").press("Ctrl-U");
        assert_eq!(script.designed(), with("/* so "));
        let script = script.presses(&[moves; 30]).press("Home");
        let script = script.presses(&[key; 3]);
        assert_eq!(script.designed(), with("/* so "), "{key}");
        let script = script.press("Ctrl-R");
        assert_eq!(script.designed(), with("/* so */"), "{key}");
        let expected = ["/* so ", "/* ", ""];
        assert_eq!(undone(script), expected.map(with), "{key}");
    }
}

#[test]
fn what_is_typed_in_a_text_of_letters_beyond_ascii_is_undone() {
    let script = in_text().types("// äöü 你好");
    assert_eq!(undone(script), ["// äöü ", "// ", ""].map(with));
}
