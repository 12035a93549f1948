//! Each key of the designer's table, one by one: what a person would notice.

use ashiatsu::tui::app::Act;
use ashiatsu::tui::keys::{self, Key};

use super::{SMALL, after, on_glide};

/// Where the mark stands.
fn marked(drawn: &str) -> &str {
    let mut lines = drawn.lines();
    lines.find(|line| line.contains('▶')).unwrap_or_default()
}

/// That these presses on the row of Glide lead to that row.
fn leads_to(presses: &[&str], row: &str) {
    let drawn = on_glide().presses(presses).drawn();
    assert!(marked(&drawn).contains(row), "{presses:?}:\n{drawn}");
}

/// That these keys mean the same.
fn same(keys: &[&str], presses: &[&str]) {
    let texts: Vec<String> = keys
        .iter()
        .map(|key| after(&[&[*key], presses].concat()))
        .collect();
    assert!(
        texts.iter().all(|text| *text == texts[0] && *text != SMALL),
        "{keys:?}"
    );
}

fn glides(text: &str) -> usize {
    text.matches(
        "// Slowly.\n            Step(stroke: \"Glide\", region: Back, time: \"2m\"), // long",
    )
    .count()
}

/// What is asserted of a key of that name, as the help has it.
fn check(name: &str) {
    match name {
        "↑" => leads_to(&["Up"], "open"),
        "k" => leads_to(&["k"], "open"),
        "↓" => leads_to(&["Down"], "Rock"),
        "j" => leads_to(&["j"], "Rock"),
        "Page Up" => leads_to(&["Page Up"], "Small"),
        "Page Down" => leads_to(&["Page Down"], "Sit up"),
        "Home" => leads_to(&["Home"], "Small"),
        "End" => leads_to(&["End"], "Sit up"),
        "Enter" | "Tab" => drop(on_glide().press(name).sees("step: Glide").sees("▶ stroke")),
        "i" => drop(on_glide().press("i").sees("Insert below")),
        "Ins" | "Insert" => drop(on_glide().press("Insert").sees("Insert below")),
        "+" | "=" => assert!(after(&[name]).contains("\"2m 5s\"), // long")),
        "-" | "_" => assert!(after(&[name]).contains("\"1m 55s\"), // long")),
        "]" => assert!(after(&["]"]).contains("\"2m 15s\"), // long")),
        "[" => assert!(after(&["["]).contains("\"1m 45s\"), // long")),
        "Alt-↑" | "K" => {
            same(&["Alt-Up", "K"], &[]);
            let moved = after(&["K"]);
            assert!(
                moved.find("// Slowly.") < moved.find("Use(\"open\")"),
                "{moved}"
            );
        }
        "Alt-↓" | "J" => {
            same(&["Alt-Down", "J"], &[]);
            let moved = after(&["J"]);
            assert!(moved.find("Rock") < moved.find("// Slowly."), "{moved}");
        }
        "Space" => {
            let deleted = after(&["Space", "Down", "Delete"]);
            assert!(!deleted.contains("Glide") && !deleted.contains("Rock"));
            on_glide().presses(&["Space", "Down", "Space"]).misses("•");
        }
        "d" | "Ctrl-D" => assert_eq!(glides(&after(&[name])), 2),
        "Del" | "Delete" => assert_eq!(glides(&after(&["Delete"])), 0),
        "x" | "Ctrl-X" => {
            assert_eq!(glides(&after(&[name])), 0);
            let moved = after(&[name, "Down", "v"]);
            assert_eq!(glides(&moved), 1);
            assert!(moved.find("SitUp") < moved.find("// Slowly."), "{moved}");
        }
        "c" | "Ctrl-C" => {
            let script = on_glide().press(name).sees("1 row copied · v pastes");
            assert_eq!(script.designed(), SMALL);
            assert_eq!(script.left_with(), None, "it does not end the program");
            assert_eq!(glides(&script.press("v").designed()), 2);
        }
        "v" | "Ctrl-V" => {
            assert_eq!(glides(&after(&["c", name, name])), 3);
            on_glide().press(name).sees("There is nothing to paste");
        }
        "b" => assert!(after(&["b"]).contains("BothSides([")),
        "r" => assert!(after(&["r", "Enter"]).contains("Repeat(2, [")),
        "w" => assert_eq!(after(&["b", "w"]), SMALL),
        "s" => drop(on_glide().press("s").sees("to what length").sees("2m▏")),
        "u" => assert_eq!(after(&["+", "Delete", "u", "u"]), SMALL),
        "U" | "Ctrl-R" => assert_eq!(after(&["+", "u", name]), after(&["+"])),
        "Ctrl-S" | "F2" => {
            let script = on_glide()
                .presses(&["+", name])
                .sees("saved: ")
                .misses("not saved");
            assert!(script.on_disk().contains("2m 5s"));
        }
        "a" => saves_as(),
        "t" => drop(on_glide().press("t").sees("Rehearse from here")),
        "p" => drop(on_glide().press("p").sees("Glide").sees(": ")),
        "P" => drop(on_glide().press("P").sees("PAUSED")),
        "n" => leads_to(&["n"], "Small"),
        "!" => drop(on_glide().press("!").sees("nothing can be corrected")),
        "e" => edits_text(),
        "?" => drop(on_glide().press("?").sees("its fields: what it is")),
        "Esc" | "q" => assert_eq!(on_glide().press(name).left_with(), Some(0)),
        "Ctrl-Z" => {
            let script = on_glide().press(name);
            assert!(script.acts.iter().any(|act| matches!(act, Act::Suspend)));
        }
        name => panic!("nothing is asserted of {name}"),
    }
}

#[test]
fn each_key_does_what_the_help_says() {
    let all = keys::DESIGN.iter().flat_map(|binding| binding.keys);
    for name in all.map(|key| Key::label(*key)) {
        check(&name);
    }
}

/// Saved under another name, it is that file that is shaped from then on.
fn saves_as() {
    let script = on_glide()
        .presses(&["+", "a"])
        .sees("save as")
        .sees("small.ron▏");
    let script = script.presses(&["Backspace"; 9]).types("evening.ron");
    let script = script.press("Enter").sees("saved: ").sees("evening.ron");
    assert_eq!(script.on_disk(), SMALL, "the old file is as it was");
    let other = script.beside("evening.ron");
    assert!(other.contains("2m 5s"), "{other}");
    let script = script.presses(&["+", "Ctrl-S"]).sees("saved: ");
    assert!(script.beside("evening.ron").contains("2m 10s"));
    // Not over another file unasked.
    let script = script
        .presses(&["a"])
        .presses(&["Backspace"; 11])
        .types("small.ron");
    let script = script
        .press("Enter")
        .sees("there is such a file already")
        .press("n");
    assert_eq!(script.on_disk(), SMALL);
}

/// The text, at the row's place; Esc comes back to the row at the cursor.
fn edits_text() {
    let script = on_glide()
        .press("e")
        .sees("Step(stroke: \"Glide\"")
        .sees("Use(\"open\")");
    let script = script.types("/* so */").press("Down").press("Esc");
    let drawn = script.drawn();
    assert!(marked(&drawn).contains("Rock"), "{drawn}");
    assert_eq!(
        script.designed(),
        SMALL.replace("Step(stroke: \"Glide\"", "/* so */Step(stroke: \"Glide\"")
    );
}
