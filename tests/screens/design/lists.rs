//! The lists of the room, the questions and the client's card, line by line.

use super::{SMALL, designing};
use crate::script::Script;

/// In the list of that name of a routine.
fn in_list(text: &str, label: &str) -> Script {
    designing(text)
        .presses(&["Home", "Enter"])
        .goes_to(label)
        .press("Enter")
}

/// What a test's text says in place of nothing.
fn with(lists: &str) -> String {
    let end = SMALL.rfind(')').unwrap();
    format!("{}{lists}{}", &SMALL[..end], &SMALL[end..])
}

const ROOM: &str = "    preparation: [
        // Warm them first.
        \"Two towels\",
        \"Oil\", // unscented
        \"Music\",
    ],
";

#[test]
fn lines_are_added_one_after_another() {
    let script = in_list(SMALL, "preparation").sees("+ a new line");
    let script = script.press("Enter").types("Two towels").press("Enter");
    let script = script.press("Enter").types("Oil").press("Enter");
    let script = script
        .sees("– Two towels")
        .sees("– Oil")
        .sees("▶ + a new line");
    let script = script.presses(&["Up", "Up", "i"]).types("Music");
    let text = script.press("Enter").designed();
    let expected = "    preparation: [\"Two towels\", \"Music\", \"Oil\"],\n";
    assert_eq!(text, with(expected));
}

#[test]
fn a_line_is_changed_moved_and_deleted_with_its_comments() {
    let text = with(ROOM);
    let script = in_list(&text, "preparation")
        .press("Enter")
        .sees("Two towels▏");
    let changed = script.types(", warm").press("Enter").designed();
    assert_eq!(changed, text.replace("Two towels", "Two towels, warm"));
    let moved = in_list(&text, "preparation").presses(&["J", "J"]);
    let lines = "        \"Oil\", // unscented\n        \"Music\",\n        // Warm them first.\n        \"Two towels\",\n";
    assert!(moved.designed().contains(lines), "{}", moved.designed());
    let back = moved.sees("▶ – Two towels").presses(&["K", "K"]);
    assert_eq!(back.designed(), text);
    back.press("K").sees("It is the first already");
    let script = in_list(&text, "preparation").presses(&["Down", "x"]);
    assert_eq!(
        script.designed(),
        text.replace("        \"Oil\", // unscented\n", "")
    );
    let script = script.press("u").sees("– Oil");
    assert_eq!(script.designed(), text);
    assert!(!script.press("U").designed().contains("Oil"));
}

#[test]
fn a_line_that_can_t_be_is_said_and_not_written() {
    let script = in_list(SMALL, "contraindications").presses(&["Enter", "Enter"]);
    let script = script.sees("Nothing is written there").press("Esc");
    assert_eq!(script.designed(), SMALL);
    let broken = with("    self_check: [7],\n");
    let script = in_list(&broken, "self-check");
    assert_eq!(script.sees("it can't be read").designed(), broken);
}

#[test]
fn the_card_says_what_is_built_in_until_it_is_changed() {
    let script = designing(SMALL).presses(&["Home", "Enter", "End"]);
    let script = script.sees("Treat yourself with love");
    let script = script.goes_up_to("aftercare: do ").sees("lines (built in)");
    let script = script.press("Enter").sees("Drink lots of water").press("b");
    let script = script.sees("▶ – Drink lots").press("x").designed();
    assert!(
        script.contains("aftercare: Aftercare(\n        recommend: [\n            \"Do gentle")
    );
    let script = in_list(SMALL, "aftercare: hours").press("Ctrl-U");
    let script = script.types("900").press("Enter").sees("from 1 to 672");
    let script = script.press("Ctrl-U").types("48").press("Enter");
    assert!(script.designed().contains("for_hours: 48"));
    // What is cleared is built in again.
    assert_eq!(script.press("x").sees("24 (built in)").designed(), SMALL);
}

#[test]
fn an_undo_that_leads_elsewhere_leaves_the_list() {
    let script = designing(SMALL).at_row("Glide").press("+");
    let script = script.presses(&["Home", "Enter"]).goes_to("preparation");
    let script = script.presses(&["Enter", "u"]);
    assert_eq!(script.designed(), SMALL);
    script.sees("step: Glide");
}

#[test]
fn pictures_of_lists() {
    let script = in_list(&with(ROOM), "preparation").press("Down");
    insta::assert_snapshot!("design-list-80x24", script.drawn());
    let script = in_list(SMALL, "aftercare: do not");
    insta::assert_snapshot!("design-card-80x24", script.drawn());
    insta::assert_snapshot!("design-card-120x40", script.sized(120, 40).drawn());
    let script = designing(SMALL).presses(&["Home", "Enter", "End"]);
    insta::assert_snapshot!("design-head-80x24", script.drawn());
    for columns in [1, 5, 20, 60, 100, 200] {
        for rows in [1, 2, 4, 7, 10, 22, 60] {
            let script = in_list(SMALL, "aftercare: do ").sized(columns, rows);
            script.press("End").press("Enter").drawn();
        }
    }
}
