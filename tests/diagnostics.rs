//! What an instructor reads of a broken routine: the exact words for many broken files, and for any
//! single slip of the hand a mark near it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says by failing what is wrong"
)]

use std::fmt::Write as _;

use ashiatsu::check::{self, Checked};
use ashiatsu::diagnostic::{Colour, Diagnostic, Lines, Severity};
use ashiatsu::routine::read::NoSounds;

#[path = "diagnostics/mutation.rs"]
mod mutation;

const TABLE: &str = include_str!("diagnostics/table.txt");
const CASE: &str = "===== ";
const ANSWER: &str = "-----\n";

fn diagnostics(text: &str) -> Vec<Diagnostic> {
    let Checked { diagnostics, .. } = check::check(text, &NoSounds);
    diagnostics
}

/// All that is said of a file, as the command line shows it.
fn shown(text: &str) -> String {
    let lines = Lines::new(text);
    let mut shown = String::new();
    for diagnostic in diagnostics(text) {
        shown.push_str(&diagnostic.render("my.ron", &lines, Colour::No));
    }
    shown
}

/// The cases of the table: what each is about, the file, what is said of it. `\t`, `\r` and the like
/// are written out in a file whose title ends in "(escaped)".
fn cases() -> impl Iterator<Item = (&'static str, String, &'static str)> {
    TABLE.split(CASE).skip(1).map(|case| {
        let (title, rest) = case.split_once('\n').unwrap();
        let (text, answer) = rest.split_once(ANSWER).unwrap();
        let text = if title.ends_with("(escaped)") {
            text.replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\\e", "\u{1b}")
                .replace("\\u{202e}", "\u{202e}")
                .replace("\\u{a0}", "\u{a0}")
                .replace("\\u{200b}", "\u{200b}")
                .replace("\\u{feff}", "\u{feff}")
        } else {
            text.to_owned()
        };
        (title, text, answer)
    })
}

#[test]
fn broken_files_are_told_exactly() {
    if std::env::var_os("WRITE_TABLE").is_some() {
        write_table();
    }
    assert!(cases().count() >= 60);
    for (title, text, answer) in cases() {
        assert_eq!(shown(&text).trim_end(), answer.trim_end(), "{title}");
    }
}

/// Writes what is said today into the table, for a person to read and judge.
fn write_table() {
    let mut table = TABLE.split(CASE).next().unwrap().to_owned();
    for (title, text, _) in cases() {
        let written = TABLE
            .split_once(&format!("{CASE}{title}\n"))
            .and_then(|(_, rest)| rest.split_once(ANSWER))
            .map(|(written, _)| written);
        let _ = write!(
            table,
            "{CASE}{title}\n{}{ANSWER}{}\n\n",
            written.unwrap(),
            shown(&text).trim_end()
        );
    }
    std::fs::write("tests/diagnostics/table.txt", table).unwrap();
}

/// Words that only programmers use.
#[test]
fn no_message_needs_a_programmer() {
    const JARGON: &[&str] = &[
        "syntax",
        "token",
        "pars",
        "struct",
        "enum",
        "variant",
        "identifier",
        "string",
        "integer",
        "boolean",
        "array",
        "tuple",
        "literal",
        "serde",
        "unexpected",
        "EOF",
        "delimiter",
        "invalid",
        "type ",
        "argument",
        "value for",
        "map",
    ];
    for (title, text, _) in cases() {
        for diagnostic in diagnostics(&text) {
            for word in JARGON {
                assert!(
                    !diagnostic.message.contains(word),
                    "{title}: {}",
                    diagnostic.message
                );
            }
        }
    }
}

#[test]
fn what_is_offered_mends_what_it_is_offered_for() {
    let mut offered = 0;
    for (title, text, _) in cases() {
        for diagnostic in diagnostics(&text) {
            let Some(replacement) = &diagnostic.replacement else {
                continue;
            };
            offered += 1;
            let mut mended = text.clone();
            mended.replace_range(replacement.range.clone(), &replacement.text);
            let still = diagnostics(&mended).iter().any(|other| {
                (other.range.start, &other.message) == (diagnostic.range.start, &diagnostic.message)
            });
            assert!(!still, "{title}: {diagnostic:?}\n{mended}");
        }
    }
    assert!(offered >= 25, "{offered}");
}

#[test]
fn errors_come_in_the_order_of_the_file_and_only_once() {
    for (title, text, _) in cases() {
        let all = diagnostics(&text);
        let starts: Vec<_> = all.iter().map(|one| one.range.start).collect();
        assert!(starts.is_sorted(), "{title}");
        for (at, one) in all.iter().enumerate() {
            assert!(!all[..at].contains(one), "{title}: {one:?} twice");
        }
        let errors = all.iter().any(|one| one.severity == Severity::Error);
        let warnings = all.iter().any(|one| one.severity == Severity::Warning);
        assert!(!(errors && warnings), "{title}");
    }
}

/// Whatever a file or its name holds, it can't command the reader's terminal.
#[test]
fn no_control_character_reaches_the_terminal() {
    let harmless = |said: &str| {
        said.chars()
            .all(|c| c == '\n' || !ashiatsu::routine::text::is_unsafe(c))
    };
    let bad: Vec<char> = ('\0'..='\u{9f}')
        .filter(|c| c.is_control())
        .chain(['\u{202e}', '\u{2066}', '\u{200f}', '\u{2028}', '\u{feff}'])
        .collect();
    for (title, text, _) in cases() {
        for (nth, c) in bad.iter().enumerate() {
            let mut text = text.clone();
            let mut at = (nth * 37) % text.len();
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert(at, *c);
            let lines = Lines::new(&text);
            let name = format!("a{c}b.ron");
            for diagnostic in diagnostics(&text) {
                let drawn = diagnostic.render(&name, &lines, Colour::No);
                assert!(harmless(&drawn), "{title} with {c:?}: {drawn:?}");
                let line = diagnostic.one_line(&text);
                assert!(harmless(&line) && !line.contains('\n'), "{line:?}");
                let record = diagnostic.record(&name, &lines);
                let json = serde_json::to_string(&record).unwrap();
                assert!(harmless(&json), "{json:?}");
                for said in [&record.file, &record.message, &record.help] {
                    assert!(harmless(said), "{said:?}");
                }
            }
        }
    }
}

#[test]
fn a_single_slip_is_marked_near_it() {
    let count = match std::env::var("MUTATIONS") {
        Ok(count) => count.parse().unwrap(),
        Err(_) => 1500,
    };
    let tally = mutation::run(count, 1);
    println!("{tally}");
    assert_eq!(tally.accepted_though_ron_refuses, [""; 0]);
    assert!(tally.near() >= 97.0, "{tally}");
}

/// Spellings that ron takes and that few people use: nothing is refused that ron would read.
#[test]
fn odd_but_right_spellings_are_read() {
    let odd = r##"#![enable(implicit_some)]
        (
            r#format: 0x1, name: r#"Back"#, author: None, description: Some("Two
lines"), level: Some(Beginner), length: Some("1m"), sequences: Some({ "a\u{62}": [Use("c"),], r"c": [
                Transition(kind: Settle, time: "0:10", hold: Some(true)) /* here */ ] }),
            phases: [BothSides([Phase(name: "P", position: Prone, stance: None, steps: [
                Repeat(0b1, [Use("ab")],), Step(stroke: "S", region: Back, side: Some(r#Left), time: "20s",
                    hold: None, toward: Some(Neck)) ]), ],),],
            preparation: Some([]), self_check: None, aftercare: Some((for_hours: Some(1_0), note: None)),
        )"##;
    let odd = odd.replace("Some(\"Two\nlines\")", "Some(r\"Two\nlines\")");
    let Checked {
        routine,
        diagnostics,
        ..
    } = check::check(&odd, &NoSounds);
    let lines = Lines::new(&odd);
    let said: Vec<_> = diagnostics
        .iter()
        .map(|one| one.render("odd", &lines, Colour::No))
        .collect();
    let routine = routine.unwrap_or_else(|| panic!("{}", said.concat()));
    assert_eq!(routine.aftercare.for_hours, 10);
}

/// As many characters as a text may have are as many however its lines end.
#[test]
fn a_text_is_as_long_whatever_its_line_ends() {
    let longest = "x\n".repeat(ashiatsu::routine::MAX_TEXT / 2);
    for (note, refused) in [(longest.clone(), false), (format!("{longest}x"), true)] {
        let text = format!(
            "Routine(format: 1, name: \"Back\", phases: [Phase(name: \"P\", position: Prone, steps: [\n\
             Step(stroke: \"Glide\", region: Back, time: \"2m\", note: r#\"{note}\"#)])])\n"
        );
        for text in [text.replace('\n', "\r\n"), text] {
            assert_eq!(check::check(&text, &NoSounds).routine.is_none(), refused);
        }
    }
}

/// The same from end to end, the file's own name included.
#[cfg(unix)]
#[test]
fn no_name_of_a_file_commands_the_terminal() {
    use std::os::unix::ffi::OsStrExt as _;

    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"a\x1b[2J\x9b\xc2\x9b1m\xe2\x80\xae.ron");
    let file = folder.path().join(name);
    let text = "Routine(format: 1, na\u{1b}me: \"\u{9b}2J\", phases: [\u{202e}], \"\u{7}\": 1)";
    std::fs::write(&file, text).unwrap();
    let missing = folder.path().join("\u{1b}]0;x\u{7}.ron");
    for format in ["human", "json"] {
        let said = std::process::Command::new(env!("CARGO_BIN_EXE_ashiatsu"))
            .args(["check", "--format", format])
            .args([&file, &missing])
            .output()
            .unwrap();
        assert_eq!(said.status.code(), Some(1));
        for stream in [said.stdout, said.stderr] {
            let text = String::from_utf8(stream).unwrap();
            let bad = |c: char| c != '\n' && ashiatsu::routine::text::is_unsafe(c);
            assert!(!text.contains(bad), "{format}: {text:?}");
        }
    }
}

/// A chain of sequences as long as a file may hold must not use up the stack.
#[test]
fn sequences_that_use_one_another_by_the_thousand_are_told_to_be_too_deep() {
    const COUNT: usize = 30_000;
    let mut text = String::from("Routine(format: 1, name: \"Chain\", sequences: {");
    for number in 0..COUNT {
        let _ = write!(text, "\"s{number}\": [Use(\"s{}\")], ", number + 1);
    }
    let _ = write!(
        text,
        "\"s{COUNT}\": [Step(stroke: \"A\", region: Back, time: \"1m\")]}}, \
         phases: [Phase(name: \"P\", position: Prone, steps: [Use(\"s0\")])])"
    );
    let told = diagnostics(&text);
    assert!(
        told.iter().all(|one| one.message.contains("16")),
        "{told:?}"
    );
    assert!((1..=2).contains(&told.len()), "{told:?}");
}
