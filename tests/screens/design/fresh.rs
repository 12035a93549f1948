//! A routine that is begun: a file that is empty, or not there yet.

use super::designing;
use crate::script::Script;

#[test]
fn an_empty_file_is_a_routine_to_be_filled() {
    for text in ["", "\n \n"] {
        let script = designing(text)
            .sees("This routine is empty")
            .sees("small.ron · new");
        // It is called as its file is, and nothing is wrong with that.
        let script = script.sees("Small").misses("✗");
        assert_eq!(script.press("Esc").left_with(), Some(0));
    }
    let script = designing("").presses(&["i", "p"]).types("Back");
    let script = script
        .presses(&["Enter", "Enter"])
        .misses("This routine is empty");
    let script = script.sees("nothing is in it yet · i puts something in");
    let script = script.sees("not saved").press("Ctrl-S").sees("saved: ");
    let expected = "Routine(
    format: 1,
    name: \"Small\",

    phases: [
        Phase(name: \"Back\", position: Prone, steps: []),
    ],
)
";
    assert_eq!(script.on_disk(), expected);
}

#[test]
fn what_is_not_edited_is_not_written() {
    let script = designing("").press("Esc");
    assert_eq!(script.on_disk(), "");
    assert_eq!(script.left_with(), Some(0));
}

#[test]
fn comments_alone_stay_above_the_routine() {
    let script = designing("// For Anna.\n")
        .sees("This routine is empty")
        .press("Ctrl-S");
    assert!(script.on_disk().starts_with("// For Anna.\n\nRoutine(\n"));
}

#[test]
fn a_file_that_is_not_there_yet_is_written_by_the_first_save() {
    let script = Script::designing_new()
        .sees("This routine is empty")
        .press("Ctrl-S");
    assert!(script.sees("saved: ").on_disk().starts_with("Routine("));
}

#[test]
fn a_step_without_a_phase_says_what_comes_first() {
    let script = designing("").presses(&["i", "s"]);
    script
        .sees("that goes into a phase: i p writes one")
        .misses("stroke");
}

#[test]
fn pictures_of_a_new_routine() {
    insta::assert_snapshot!("design-new-80x24", designing("").drawn());
    insta::assert_snapshot!("design-new-40x12", designing("").sized(40, 12).drawn());
    insta::assert_snapshot!("design-new-120x40", designing("").sized(120, 40).drawn());
    for columns in [1, 5, 20, 60, 200] {
        for rows in [1, 2, 3, 4, 7, 10, 22, 60] {
            designing("").sized(columns, rows).drawn();
        }
    }
}
