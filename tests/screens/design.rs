//! The routine designer: what each key does to the routine, and what is asked.

mod between;
mod fresh;
mod lists;
mod table_keys;
mod typing;

use ashiatsu::desk::{self, Order};
use ashiatsu::tui::app::Act;

use crate::script::{Script, entry};

/// A routine with comments, a group and a sequence.
const SMALL: &str = r#"// A short one.
Routine(
    format: 1,
    name: "Small",
    length: "10m",
    sequences: {
        "open": [
            Step(stroke: "Compression", region: Back, time: "1m"),
        ],
    },
    phases: [
        Phase(name: "Back", position: Prone, stance: Floor, with: Hands, steps: [
            Use("open"),
            // Slowly.
            Step(stroke: "Glide", region: Back, time: "2m"), // long
            Step(stroke: "Rock", region: Hips, time: "1m"),
            Transition(kind: SitUp, time: "30s", hold: true),
        ]),
    ],
)
"#;

/// The designer on that text, saved already.
fn designing(text: &str) -> Script {
    Script::designing(text)
}

fn on_glide() -> Script {
    designing(SMALL).at_row("Glide")
}

/// The text after these keys on the row of Glide.
fn after(keys: &[&str]) -> String {
    on_glide().presses(keys).designed()
}

#[test]
fn the_table_shows_what_comes_when_and_what_it_comes_to() {
    let script = designing(SMALL);
    for text in [
        "Small",
        "sequence \"open\"",
        "use \"open\"",
        "Glide",
        "waits for you",
        "4:30 of 10:00 · 5:30 still free · 4 steps",
        "back 3:00 75 % · hips 1:00 25 %",
    ] {
        assert!(script.shows(text), "{text}");
    }
    script.sees("4:30");
}

#[test]
fn a_key_each() {
    let lines = |text: &str| text.lines().filter(|line| line.contains("Glide")).count();
    assert!(after(&["+"]).contains(r#"time: "2m 5s"), // long"#));
    assert!(after(&["-", "["]).contains(r#"time: "1m 40s"), // long"#));
    assert!(after(&["]"]).contains("2m 15s"));
    assert_eq!(lines(&after(&["d"])), 2);
    assert_eq!(lines(&after(&["Delete"])), 0);
    assert!(!after(&["Delete"]).contains("Slowly"));
    assert_eq!(after(&["Delete", "u"]), SMALL);
    assert_eq!(lines(&after(&["Delete", "u", "U"])), 0);
    let moved = after(&["J"]);
    assert!(moved.find("Rock") < moved.find("// Slowly."), "{moved}");
    assert_eq!(after(&["J", "K"]), SMALL);
    let moved = after(&["x", "Down", "v"]);
    assert!(moved.find("SitUp") < moved.find("// Slowly."), "{moved}");
    let copied = after(&["c", "Down", "v"]);
    assert_eq!(copied.matches("// Slowly.").count(), 2);
    let both = after(&["b"]);
    assert!(both.contains("BothSides(["), "{both}");
    assert_eq!(after(&["b", "w"]), SMALL);
    let twice = after(&["r", "Enter"]);
    assert!(twice.contains("Repeat(2, ["), "{twice}");
    let marked = after(&["Space", "Down", "r", "Backspace", "3", "Enter"]);
    assert!(marked.contains("Repeat(3, ["), "{marked}");
    assert!(marked.find("Rock") < marked.rfind("]),\n            Transition"));
}

#[test]
fn a_phase_is_brought_to_a_length() {
    let script = designing(SMALL).at_row("Back").presses(&["s", "Ctrl-U"]);
    let script = script.types("8m").press("Enter");
    script.sees("8:00 of 10:00");
}

#[test]
fn fields_are_typed_and_words_are_found() {
    let script = on_glide().press("Enter").sees("step: Glide").sees("stroke");
    // The first field is the stroke.
    let script = script.press("Enter").press("Ctrl-U").types("Long Glide");
    let script = script.press("Enter").press("Down").press("Enter");
    let text = script.types("calv").press("Enter").designed();
    assert!(
        text.contains(r#"Step(stroke: "Long Glide", region: Calves, time: "2m"), // long"#),
        "{text}"
    );
}

#[test]
fn a_value_that_can_t_be_is_said_and_asked_again() {
    let script = on_glide().presses(&["Enter", "Down", "Down"]);
    let script = script
        .sees("▶ time")
        .presses(&["Enter", "Ctrl-U"])
        .types("soon");
    let script = script.press("Enter").sees("No time");
    assert_eq!(script.presses(&["Esc", "Esc"]).designed(), SMALL);
}

#[test]
fn a_step_a_transition_a_phase_and_a_use_are_put_in() {
    let script = on_glide()
        .presses(&["i", "s"])
        .types("Knead")
        .press("Enter");
    let script = script
        .types("shoul")
        .press("Enter")
        .sees("how long")
        .press("Enter");
    let script = script
        .presses(&["i", "t"])
        .types("check")
        .presses(&["Enter", "Enter"]);
    let script = script.presses(&["i", "u", "Enter"]);
    let script = script
        .presses(&["i", "p"])
        .types("Front")
        .presses(&["Enter"]);
    let text = script.types("supine").press("Enter").designed();
    assert!(
        text.contains(r#"Step(stroke: "Knead", region: Shoulders, time: "2m"),"#),
        "{text}"
    );
    assert!(
        text.contains(r#"Transition(kind: CheckIn, time: "30s"),"#),
        "{text}"
    );
    assert_eq!(text.matches("Use(\"open\")").count(), 2);
    assert!(
        text.contains(r#"Phase(name: "Front", position: Supine"#),
        "{text}"
    );
}

#[test]
fn a_problem_stands_beside_its_row_and_one_key_corrects_it() {
    let script = designing(&SMALL.replace("region: Hips", "region: Hip"));
    let script = script.sees("there is 1 problem").press("n").sees("✗");
    let script = script.sees("! corrects it").press("!");
    assert_eq!(script.designed(), SMALL);
}

#[test]
fn until_an_edit_was_looked_at_the_signs_stay_with_their_rows() {
    let wrong = SMALL.replace("region: Hips", "region: Hip");
    let rows = |script: &Script| -> Vec<String> {
        let drawn = script.drawn();
        let signed = drawn.lines().filter(|line| line.trim_end().ends_with('✗'));
        signed.map(str::to_owned).collect()
    };
    let of_rock = |script: &Script| {
        let rows = rows(script);
        rows.len() == 1 && rows[0].contains("Rock")
    };
    let script = designing(&wrong).at_row("Glide").with_a_slow_disk();
    assert!(of_rock(&script), "{}", script.drawn());
    for keys in [
        &["d"][..],
        &["Delete"],
        &["i", "u", "Enter"],
        &["+"],
        &["u"],
    ] {
        let script = designing(&wrong).at_row("Glide").with_a_slow_disk();
        let script = script.presses(keys);
        assert!(of_rock(&script), "{keys:?}\n{}", script.drawn());
    }
    // What moves takes the sign along, or has none until it was looked at.
    let script = designing(&wrong).at_row("Rock").with_a_slow_disk();
    let script = script.press("J");
    assert!(
        rows(&script).is_empty() || of_rock(&script),
        "{}",
        script.drawn()
    );
    let script = designing(&wrong).at_row("Rock").with_a_slow_disk();
    assert!(rows(&script.press("Delete")).is_empty());
}

#[test]
fn a_text_that_is_too_broken_is_mended_as_text() {
    let broken = SMALL.replace("\"Small\",", "\"Small,");
    let script = designing(&broken).sees("name: \"Small").misses("▶");
    // The cursor stands at the problem's line; it is mended there.
    let script = script.presses(&["End", "Left"]).types("\"").press("Esc");
    assert_eq!(script.designed(), SMALL);
}

#[test]
fn what_is_not_saved_is_asked_about() {
    let script = on_glide()
        .presses(&["+", "Esc"])
        .sees("is not saved")
        .press("n");
    let script = script.presses(&["Esc", "d"]);
    assert_eq!(script.left_with(), Some(0));
    assert_eq!(script.on_disk(), SMALL);
    let script = on_glide().presses(&["+", "Esc", "s"]);
    assert_eq!(script.left_with(), Some(0));
    assert!(script.on_disk().contains("2m 5s"));
    // Nothing to lose, nothing to ask.
    assert_eq!(on_glide().presses(&["+", "u", "Esc"]).left_with(), Some(0));
}

#[test]
fn a_file_that_somebody_else_saved_is_not_overwritten_unasked() {
    let script = on_glide().press("+");
    script.writes_beside("// Another hand.\n");
    let script = script.press("Ctrl-S").sees("changed on the disk");
    assert_eq!(script.on_disk(), "// Another hand.\n");
    let script = script.presses(&["n", "Ctrl-S", "o"]).sees("saved");
    assert!(script.on_disk().contains("2m 5s"));
    let script = script.press("+");
    script.writes_beside(SMALL);
    let script = script.presses(&["Ctrl-S", "r"]).sees("read again");
    assert_eq!(script.designed(), SMALL);
    assert!(script.press("u").designed().contains("2m 10s"));
}

#[test]
fn edits_that_were_not_saved_are_offered_again() {
    let script = on_glide().press("+").starts_again();
    let script = script.sees("not saved").press("y");
    assert!(script.designed().contains("2m 5s"));
    let script = script.press("Ctrl-S").starts_again().misses("not saved");
    assert!(script.designed().contains("2m 5s"));
    let script = script
        .press("Delete")
        .starts_again()
        .press("n")
        .starts_again();
    script.misses("not saved");
}

#[test]
fn a_rehearsal_begins_here_and_comes_back_and_is_not_kept() {
    let script = on_glide().presses(&["t", "1"]).wait(4.0).sees("Glide");
    assert!(!script.acts.iter().any(|act| matches!(act, Act::Keep(_))));
    let script = script.press("q").sees("sequence \"open\"").sees("▶");
    let mut script = script
        .press("P")
        .sees("PAUSED")
        .sees("Glide")
        .press("Esc")
        .sees("still free");
    script.acts.clear();
    let script = script.press("p");
    let heard = script.acts.iter().any(|act| {
        matches!(act, Act::Sound(ashiatsu::tui::live::SoundOrder::Press(chime)) if chime.line.is_some())
    });
    assert!(heard, "{:?}", script.acts);
}

#[test]
fn what_was_copied_goes_into_another_file() {
    let script = on_glide()
        .press("c")
        .opens_instead(&SMALL.replace("Glide", "Push"));
    let text = script.at_row("Rock").press("v").designed();
    assert!(text.contains("Glide") && text.contains("Push"), "{text}");
}

#[test]
fn home_opens_the_designer_and_a_sample_as_a_copy() {
    let script = Script::at_home(vec![entry("small", SMALL)]).press("d");
    let copied = script
        .acts
        .iter()
        .any(|act| matches!(act, Act::Desk(Order::Copy(entry)) if entry.stem == "small"));
    assert!(copied);
}

#[test]
fn pictures() {
    for (columns, rows) in [(80, 24), (120, 40), (40, 12)] {
        let script = on_glide().sized(columns, rows);
        insta::assert_snapshot!(format!("design-{columns}x{rows}"), script.drawn());
    }
    let script = on_glide().press("Enter");
    insta::assert_snapshot!("design-fields-80x24", script.drawn());
    let script = on_glide().press("i");
    insta::assert_snapshot!("design-insert-80x24", script.drawn());
    let script = designing(&SMALL.replace("\"Small\",", "\"Small,"));
    insta::assert_snapshot!("design-broken-80x24", script.drawn());
}

#[test]
fn every_size_can_be_drawn() {
    for columns in [1, 5, 20, 59, 60, 99, 100, 200] {
        for rows in [1, 2, 4, 7, 10, 16, 22, 60] {
            let script = on_glide().sized(columns, rows);
            script.drawn();
            for keys in [&["Enter"][..], &["i"], &["e"], &["t"], &["Enter", "Enter"]] {
                on_glide().sized(columns, rows).presses(keys).drawn();
            }
        }
    }
}

/// What the desk does is held by its own tests; here it is done at once.
#[test]
fn looking_says_which_edit_it_is_of() {
    let looked = desk::look(std::path::Path::new("a.ron"), 7, SMALL);
    assert_eq!(looked.revision, 7);
    assert!(looked.plan.is_some());
}
