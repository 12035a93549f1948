//! The commands as a user types them: what they print, where, and the exit
//! code.

#[path = "cli/program.rs"]
mod program;

use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use program::Program;
use serde_json::{Value, json};

/// A routine of 7 steps with both sides in it.
const SAMPLE: &str = r#"Routine(
    format: 1,
    name: "Sample",
    level: Intermediate,
    author: "Mika",
    length: "10m",
    phases: [
        Phase(name: "Back", position: Prone, stance: OneFoot, steps: [
            Transition(kind: Mount, time: "30s", hold: true),
            BothSides([
                Step(stroke: "Gliding compression", region: LowBack, side: Left, working: Left,
                     time: "2m", min: "1m", max: "3m", cue: "The {side} | beside *it*"),
                Transition(kind: ChangeSides, time: "15s"),
            ]),
            Step(stroke: "Long glide", region: Back, time: "4m", max: "5m"),
            Transition(kind: Dismount, time: "45s"),
        ]),
        Phase(name: "Close", position: Prone, stance: Floor, steps: [
            Step(stroke: "Quiet hold", region: Sacrum, time: "30s"),
        ]),
    ],
)
"#;

/// `SAMPLE` as one step with a mistake in it.
fn with_step(step: &str) -> String {
    format!(
        "Routine(\n    format: 1,\n    name: \"Wrong\",\n    phases: [\n        \
         Phase(name: \"Back\", position: Prone, steps: [\n            {step}\n        ]),\n    ],\n)\n"
    )
}

#[test]
fn check_says_where_what_and_what_would_be_right() {
    let program = Program::new();
    for (step, told) in [
        (
            r#"Step(stroke: "Glide", region: Back, time: "2"),"#,
            "error: a number alone does not say whether it means minutes or seconds
 --> wrong.ron:6:55
  |
6 |             Step(stroke: \"Glide\", region: Back, time: \"2\"),
  |                                                       ^^^
  |
  = help: write a unit, for example \"2m\" or \"90s\"
",
        ),
        (
            r#"Step(stroke: "Glide", region: Bakc, time: "2m"),"#,
            "error: `Bakc` is not a word that fits here
 --> wrong.ron:6:43
  |
6 |             Step(stroke: \"Glide\", region: Bakc, time: \"2m\"),
  |                                           ^^^^
  |
  = help: did you mean Back? One of Head, Neck, Shoulders, UpperBack, MidBack, LowBack, Back, \
             Sides, Sacrum, Hips, Glutes, ItBand, Hamstrings, Calves, Legs, Feet, Quads, Shins, \
             Arms, Hands, Chest, Abdomen, FullBody
",
        ),
        (
            r#"Step(stroke: "背中 glide", region: Back, tiem: "2m"),"#,
            "error: a step has no field `tiem`
 --> wrong.ron:6:52
  |
6 |             Step(stroke: \"背中 glide\", region: Back, tiem: \"2m\"),
  |                                                      ^^^^
  |
  = help: did you mean `time`?
",
        ),
        (
            r#"Step(stroke: "Glide", region: Back, time: "2m", cue: "On the {side}"),"#,
            "error: this step can't fill {side}
 --> wrong.ron:6:66
  |
6 |             Step(stroke: \"Glide\", region: Back, time: \"2m\", cue: \"On the {side}\"),
  |                                                                  ^^^^^^^^^^^^^^^
  |
  = help: say which side: side: Left or side: Right
",
        ),
        (
            r#"Use("warm-up"),"#,
            "error: there is no sequence \"warm-up\"
 --> wrong.ron:6:17
  |
6 |             Use(\"warm-up\"),
  |                 ^^^^^^^^^
  |
  = help: write it under `sequences` first
",
        ),
    ] {
        program.write("wrong.ron", with_step(step));
        let done = program.run(&["check", "wrong.ron"]);
        assert_eq!(
            done.out,
            format!("{told}\n1 file checked: 1 error, no warnings\n")
        );
        assert_eq!((done.code, done.err.as_str()), (1, ""), "{step}");

        // What runs it refuses it in the same words, where errors go.
        let done = program.run(&["show", "wrong.ron"]);
        assert_eq!((done.code, done.out.as_str()), (1, ""), "{step}");
        assert_eq!(done.err, told);
    }
}

#[test]
fn check_tells_editors_in_json() {
    let program = Program::new();
    program.write(
        "wrong.ron",
        with_step(r#"Step(stroke: "背中", region: Back, time: "2:75"),"#),
    );
    program.write("good.ron", SAMPLE);
    let done = program.run(&["check", "--format", "json", "good.ron", "wrong.ron"]);
    assert_eq!((done.code, done.err.as_str()), (1, ""));
    assert_eq!(
        done.json(),
        json!([{
            "file": "wrong.ron",
            "line": 6,
            "column": 52,
            "severity": "error",
            "message": "seconds and minutes go up to 59 here",
            "help": "write for example \"3:15\" or \"75s\"",
        }])
    );
    let done = program.run(&["check", "--format", "json", "good.ron"]);
    assert_eq!((done.code, done.json()), (0, json!([])));
}

#[test]
fn a_warning_alone_is_no_failure_unless_asked() {
    let program = Program::new();
    program.write("odd.ron", SAMPLE.replace("10m", "1h"));
    let done = program.run(&["check", "odd.ron"]);
    assert_eq!(done.code, 0);
    assert_eq!(
        done.out,
        "warning: `length` says 1h, but the steps sum to 10m
 --> odd.ron:6:13
  |
6 |     length: \"1h\",
  |             ^^^^
  |
  = help: write length: \"10m\" (by phase: Back 9m 30s, Close 30s)

1 file checked: no errors, 1 warning
"
    );
    let strict = program.run(&["check", "--strict", "odd.ron"]);
    assert_eq!((strict.code, strict.out), (1, done.out));
}

#[test]
fn a_folder_stands_for_the_routines_in_it() {
    let program = Program::new();
    for name in ["all/b.ron", "all/deep/a.ron", "all/.git/c.ron", "all/d.txt"] {
        program.write(name, SAMPLE.replace("10m", "1h"));
    }
    let done = program.run(&["check", "all", "--format", "json"]);
    let files: Vec<Value> = done
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record["file"].clone())
        .collect();
    assert_eq!(files, ["all/b.ron", "all/deep/a.ron"]);

    fs::create_dir(program.path("none")).unwrap();
    let done = program.run(&["check", "none"]);
    assert_eq!(done.code, 1);
    assert!(
        done.out
            .starts_with("error: no file in this folder ends in .ron\n--> none:1:1\n"),
        "{}",
        done.out
    );
}

#[test]
fn whatever_a_file_holds_the_error_is_clear_quick_and_harmless() {
    let program = Program::new();
    let nested = |what: &str, depth: usize| {
        let (open, close) = (what.repeat(depth), "]), ".repeat(depth));
        with_step(&format!("{open}Use(\"x\"){close}"))
    };
    program.write(
        "escape.ron",
        with_step("Step(stroke: \"\u{1b}[2J\u{9b}3m\u{202e}\", region: Back, time: \"1m\"),"),
    );
    program.write("escape2.ron", "\u{1b}]0;title\u{7}Routine(");
    program.write(
        "latin1.ron",
        b"Routine(\n    name: \"Caf\xe9\",\n)".as_slice(),
    );
    program.write("empty.ron", "");
    program.write("blank.ron", " \n\n");
    program.write("large.ron", "// lorem ipsum\n".repeat(2_000_000 / 15));
    program.write("nested.ron", nested("Repeat(2, [", 50_000));
    program.write("brackets.ron", "[".repeat(50_000));
    program.write(
        "explodes.ron",
        with_step(&nested("Repeat(99, [", 1).lines().nth(5).unwrap().replace(
            "Use(\"x\")",
            &format!(
                "{}Step(stroke: \"Glide\", region: Back, time: \"1s\"){}",
                "Repeat(99, [".repeat(12),
                "]), ".repeat(12)
            ),
        )),
    );
    fs::create_dir(program.path("folder.ron")).unwrap();
    program.make_pipe("pipe.ron");
    for (file, told) in [
        ("escape.ron", "that can't be shown (\\u{1b})"),
        ("escape2.ron", ""),
        (
            "latin1.ron",
            "error: this file is not text in UTF-8\n --> latin1.ron:2:15\n",
        ),
        (
            "empty.ron",
            "error: this file is empty\n--> empty.ron:1:1\n",
        ),
        (
            "blank.ron",
            "error: this file is empty\n--> blank.ron:1:1\n",
        ),
        (
            "large.ron",
            "error: this file is larger than a routine may be (1 MiB)\n--> large.ron:1:1\n",
        ),
        ("nested.ron", "nested"),
        ("brackets.ron", "nested"),
        ("explodes.ron", "more than a billion steps"),
        ("folder.ron", "--> folder.ron:1:1\n"),
        (
            "pipe.ron",
            "error: this is no plain file\n--> pipe.ron:1:1\n",
        ),
        (
            "missing.ron",
            "error: there is no such file\n--> missing.ron:1:1\n",
        ),
        (
            "name\u{1b}[2J.ron",
            "error: there is no such file\n--> name\\u{1b}[2J.ron:1:1\n",
        ),
    ] {
        for command in [
            ["check", file],
            ["show", file],
            ["run", file],
            ["aftercare", file],
        ] {
            let done = program.run(&command);
            eprintln!("{command:?}: {:?}", done.took);
            let said = format!("{}{}", done.out, done.err);
            assert_eq!(done.code, 1, "{command:?}: {said}");
            assert!(
                said.contains("error: ") && said.contains(told),
                "{command:?}: {said}"
            );
            assert!(
                !said.contains(|c: char| c.is_control() && c != '\n'),
                "{command:?}: {said:?}"
            );
            assert!(done.took.as_secs() < 2, "{command:?} took {:?}", done.took);
            assert!(said.len() < 5000, "{command:?}: {} bytes", said.len());
            match command[0] {
                "check" => assert_eq!(done.err, "", "{file}"),
                _ => assert_eq!(done.out, "", "{file}"),
            }
        }
    }
}

#[test]
fn what_was_typed_wrong_comes_back_harmless() {
    let program = Program::new();
    let typed = ["run", "back-basics", "b\u{1b}[2J\u{9b}3J\u{202e}"];
    assert_eq!(program.run(&typed).code, 2);
    let shown = program.in_terminal(&typed, &[]);
    assert!(shown.contains("unexpected argument 'b"), "{shown:?}");
    for command in ["\u{1b}", "\u{9b}", "\u{202e}"] {
        assert!(!shown.contains(command), "{shown:?}");
    }
}

#[test]
fn show_lists_every_step_as_it_will_run() {
    let program = Program::new();
    program.write("sample.ron", SAMPLE);
    let done = program.run(&["show", "sample.ron"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(
        done.out,
        "Sample
10m, 7 steps, intermediate, by Mika

  No.  Start  Stroke               Region    Side   Time
Back (prone)
    1   0:00  Mount                                 0:30 waits for you
    2   0:30  Gliding compression  low back  left   2:00
    3   2:30  Change sides                          0:15
    4   2:45  Gliding compression  low back  right  2:00
    5   4:45  Long glide           back             4:00
    6   8:45  Dismount                              0:45
Close (prone)
    7   9:30  Quiet hold           sacrum           0:30
"
    );
}

#[test]
fn show_gives_a_hand_out_in_markdown() {
    let program = Program::new();
    program.write("sample.ron", SAMPLE);
    let done = program.run(&["show", "sample.ron", "--format", "markdown"]);
    assert_eq!(done.code, 0);
    let table = "\n## Close (prone)\n\n\
                 | No. | Start | Stroke | Region | Side | Time | Cue |\n\
                 | --: | --: | :-- | :-- | :-- | --: | :-- |\n\
                 | 7 | 9:30 | Quiet hold | sacrum |  | 0:30 |  |\n";
    assert!(
        done.out
            .starts_with("# Sample\n\n**10m**, intermediate, by Mika\n")
    );
    assert!(done.out.ends_with(table), "{}", done.out);
    let row = "| 4 | 2:45 | Gliding compression | low back | right | 2:00 | The right \\| beside \\*it\\* |\n";
    assert!(done.out.contains(row), "{}", done.out);
}

#[test]
fn show_gives_other_programs_every_number() {
    let program = Program::new();
    program.write("sample.ron", SAMPLE);
    let done = program.run(&["show", "sample.ron", "--format", "json"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let shown = done.json();
    assert_eq!(shown["name"], "Sample");
    assert_eq!(shown["length_s"], 600);
    assert_eq!(shown["steps"].as_array().unwrap().len(), 7);
    assert_eq!(
        shown["steps"][0],
        json!({
            "number": 1, "start_s": 0, "time_s": 30, "phase": "Back", "position": "Prone",
            "name": "Mount", "region": null, "side": null, "hold": true, "min_s": 30, "max_s": 30,
        })
    );
    assert_eq!(
        shown["steps"][3],
        json!({
            "number": 4, "start_s": 165, "time_s": 120, "phase": "Back", "position": "Prone",
            "name": "Gliding compression", "region": "LowBack", "side": "Right", "hold": false,
            "min_s": 60, "max_s": 180,
        })
    );
}

#[test]
fn fit_changes_what_may_change_and_names_its_limits() {
    let program = Program::new();
    program.write("sample.ron", SAMPLE);
    let done = program.run(&["show", "sample.ron", "--format", "json", "--fit", "10m 50s"]);
    let shown = done.json();
    assert_eq!(shown["length_s"], 650);
    // 50 of the 180 seconds of room: each limit is neared by the same share.
    let times: Vec<f64> = [1, 3, 4]
        .map(|step: usize| shown["steps"][step]["time_s"].as_f64().unwrap())
        .to_vec();
    assert_eq!(times, [136.667, 136.667, 256.667]);
    assert_eq!(shown["steps"][6]["time_s"], 30);

    for (fit, told) in [
        ("2h", "error: this can last from 8m to 13m, not 2h\n"),
        ("7m", "error: this can last from 8m to 13m, not 7m\n"),
    ] {
        for command in ["show", "run"] {
            let done = program.run(&[command, "sample.ron", "--fit", fit]);
            assert_eq!((done.code, done.out.as_str()), (1, ""));
            assert_eq!(
                done.err,
                format!("{told}help: only steps that have `min` or `max` change their length\n")
            );
        }
    }
    let done = program.run(&["show", "sample.ron", "--fit", "90"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains(
            "a number alone does not say whether it means minutes or seconds; write a unit"
        ),
        "{}",
        done.err
    );
}

#[test]
fn the_users_own_routines_come_first_and_a_name_is_found_in_any_case() {
    let program = Program::new();
    let named = |arguments: &[&str]| program.run(arguments).json()["name"].clone();
    assert_eq!(
        named(&["show", "back-basics", "--format", "json"]),
        "Back Basics"
    );
    assert_eq!(
        named(&["show", "BACK-Basics", "--format", "json"]),
        "Back Basics"
    );
    assert_eq!(
        named(&["show", "first steps", "--format", "json"]),
        "First Steps"
    );

    program.write(".config/ashiatsu/routines/Back-Basics.ron", SAMPLE);
    assert_eq!(
        named(&["show", "back-basics", "--format", "json"]),
        "Sample"
    );
    assert_eq!(named(&["show", "sAMPLE", "--format", "json"]), "Sample");

    let told = |name: &str| {
        let done = program.run(&["show", name]);
        assert_eq!((done.code, done.out.as_str()), (1, ""));
        done.err
    };
    assert_eq!(
        told("prone-flwo"),
        "error: there is no routine called \"prone-flwo\"\nhelp: did you mean prone-flow?\n"
    );
    assert_eq!(
        told("swedish"),
        "error: there is no routine called \"swedish\"\n\
         help: there are Back-Basics, two-minute-tour, first-steps, back-basics, \
         gluteals-and-legs, prone-flow, full-body; a file's name ends in .ron\n"
    );
    program.write("mine.ron", SAMPLE);
    assert_eq!(
        told("mine"),
        "error: there is no routine called \"mine\"\nhelp: for the file here, write mine.ron\n"
    );
}

#[test]
fn a_session_needs_a_terminal_but_first_a_routine_that_can_run() {
    let program = Program::new();
    for (arguments, code, told) in [
        (
            &["run", "two-minute-tour"][..],
            2,
            "error: a session is shown in a terminal, and this is none\n",
        ),
        (
            &[],
            2,
            "error: the home screen is shown in a terminal, and this is none\n",
        ),
        (
            &["run", "nope"],
            1,
            "error: there is no routine called \"nope\"\n",
        ),
        (
            &["run", "two-minute-tour", "--from", "0"],
            1,
            "error: there is no step 0: this routine has steps 1 to 8\n",
        ),
        (
            &["run", "two-minute-tour", "--speed", "61"],
            2,
            "error: invalid value '61' for '--speed <N>': a speed goes from 1 to 60\n",
        ),
        (
            &["run", "two-minute-tour", "--volume", "101"],
            2,
            "error: invalid value '101' for '--volume <0..100>'",
        ),
        (
            &["run", "two-minute-tour", "--fit", "0s"],
            1,
            "error: this can last ",
        ),
        (&["fly"], 2, "error: unrecognized subcommand 'fly'\n"),
    ] {
        let done = program.run(arguments);
        assert_eq!(
            (done.code, done.out.as_str()),
            (code, ""),
            "{arguments:?}: {}",
            done.err
        );
        assert!(done.err.starts_with(told), "{arguments:?}: {}", done.err);
    }
}

#[test]
fn the_card_says_what_the_routine_says() {
    let program = Program::new();
    let own =
        "    aftercare: Aftercare(for_hours: 48, avoid: [\"Ski <fast>\"], note: \"Rest.\"),\n)\n";
    program.write(
        "own.ron",
        SAMPLE.replace("    ],\n)\n", &format!("    ],\n{own}")),
    );
    let done = program.run(&["aftercare", "own.ron"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(
        done.out
            .starts_with("AFTER YOUR MASSAGE\nFor the first 48 hours, until "),
        "{}",
        done.out
    );
    assert!(
        done.out.contains("\nDo\n  - Drink lots of water.\n"),
        "{}",
        done.out
    );
    assert!(
        done.out.contains("\nDo not\n  - Ski <fast>\n"),
        "{}",
        done.out
    );
    assert!(done.out.ends_with("\nRest.\n"), "{}", done.out);
    let page = program
        .run(&["aftercare", "own.ron", "--format", "html"])
        .out;
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Ski &lt;fast&gt;"));
}

#[test]
fn nothing_is_ever_overwritten() {
    let program = Program::new();
    for (first, again) in [
        (
            &["aftercare", "-o", "card.html"][..],
            &["aftercare", "back-basics", "-o", "card.html"][..],
        ),
        (&["new", "mine.ron"], &["new", "mine.ron"]),
    ] {
        let done = program.run(first);
        assert_eq!(
            (done.code, done.out.as_str(), done.err.as_str()),
            (0, "", "")
        );
        let file = first.last().unwrap();
        let written = program.read(file);
        assert!(!written.is_empty());
        program.write(file, "mine now");
        let done = program.run(again);
        assert_eq!((done.code, done.out.as_str()), (1, ""));
        assert_eq!(
            done.err,
            format!(
                "error: {file} is already there, and nothing is written over it\nhelp: give another name\n"
            )
        );
        assert_eq!(program.read(file), "mine now");
    }
    let done = program.run(&["aftercare", "-o", "nowhere/card.html"]);
    assert_eq!(done.code, 1);
    assert_eq!(
        done.err,
        "error: nowhere/card.html can't be written: there is no such folder\n\
         help: make the folder first, or give another name\n"
    );
}

#[test]
fn a_files_ending_says_how_the_card_is_written() {
    let program = Program::new();
    for (file, begins) in [
        ("card.html", "<!DOCTYPE html>"),
        ("card.md", "# After"),
        ("card.txt", "AFTER"),
        ("card", "AFTER"),
    ] {
        assert_eq!(program.run(&["aftercare", "-o", file]).code, 0);
        assert!(program.read(file).starts_with(begins), "{file}");
    }
    let said = &["aftercare", "--format", "markdown", "-o", "other.html"];
    assert_eq!(program.run(said).code, 0);
    assert!(program.read("other.html").starts_with("# After"));
}

#[test]
fn what_new_writes_is_a_routine_without_a_doubt() {
    let program = Program::new();
    assert_eq!(program.run(&["new", "mine.ron"]).code, 0);
    let done = program.run(&["check", "--strict", "mine.ron"]);
    assert_eq!(
        (done.code, done.out.as_str()),
        (0, "1 file checked: no errors, no warnings\n")
    );
    // The lines that are offered behind slashes are right as well.
    let all = program
        .read("mine.ron")
        .lines()
        .map(|line| {
            let field = line.trim_start().strip_prefix("// ").filter(|rest| {
                rest.split_once(": ").is_some_and(|(name, value)| {
                    name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                        && value.contains([',', '('])
                        && !name.is_empty()
                })
            });
            field.unwrap_or(line).to_owned() + "\n"
        })
        .collect::<String>();
    assert!(
        all.lines().any(|line| line.starts_with("aftercare: ")),
        "{all}"
    );
    program.write("all.ron", all);
    let done = program.run(&["check", "--strict", "all.ron"]);
    assert_eq!(done.code, 0, "{}", done.out);
}

#[test]
fn sounds_are_listed_even_where_none_is_heard() {
    let program = Program::new();
    program.write(
        ".config/ashiatsu/settings.ron",
        "Settings(sound: Muted, volumn: 3)",
    );
    let done = program.run(&["sounds"]);
    assert_eq!(done.code, 1);
    assert_eq!(done.out.lines().count(), 9);
    assert!(
        done.out.contains("shift    A new stroke begins.\n"),
        "{}",
        done.out
    );
    assert_eq!(
        done.err,
        "warning: settings: there is no `volumn`; did you mean `volume`?\n\
         error: no sound can be heard: your settings mute it\n\
         help: write sound: On in your settings file\n"
    );
    let done = program.run(&["sounds", "Hold"]);
    assert_eq!(
        done.out,
        "hold     The time is up; it waits until you are ready.\n"
    );
    let done = program.run(&["sounds", "shfit"]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert_eq!(
        done.err,
        "error: there is no sound called \"shfit\"\nhelp: did you mean shift?\n"
    );
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let program = Program::new();
    for arguments in [
        &["show", "full-body", "--format", "json"][..],
        &["completions", "zsh"],
        &["man"],
        &["--help"],
    ] {
        let mut child = program
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut told)
            .unwrap();
        assert!(child.wait().unwrap().success(), "{arguments:?}");
        assert_eq!(told, "", "{arguments:?}");
    }
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let program = Program::new();
    program.write("odd.ron", SAMPLE.replace("10m", "1h"));
    for arguments in [&["check", "odd.ron"][..], &["show", "nope"], &["fly"]] {
        assert!(
            program.in_terminal(arguments, &[]).contains("\u{1b}["),
            "{arguments:?}"
        );
        let plain = program.in_terminal(arguments, &[("NO_COLOR", "1")]);
        assert!(
            !plain.is_empty() && !plain.contains('\u{1b}'),
            "{arguments:?}: {plain:?}"
        );
        let piped = program.run(arguments);
        assert!(
            !format!("{}{}", piped.out, piped.err).contains('\u{1b}'),
            "{arguments:?}"
        );
    }
}

#[test]
fn every_command_explains_itself() {
    let program = Program::new();
    let all = program.run(&["--help"]);
    assert_eq!((all.code, all.err.as_str()), (0, ""));
    let page = program.run(&["man"]).out;
    for command in [
        "run",
        "show",
        "check",
        "new",
        "aftercare",
        "sounds",
        "completions",
        "man",
    ] {
        assert!(
            all.out.contains(&format!("\n  {command} ")),
            "{command}: {}",
            all.out
        );
        assert!(page.contains(&format!("\n.SS {command}\n")), "{command}");
        let done = program.run(&[command, "--help"]);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{command}");
        assert!(
            done.out.contains("Usage: ashiatsu "),
            "{command}: {}",
            done.out
        );
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let done = program.run(&["completions", shell]);
        assert_eq!(done.code, 0);
        assert!(done.out.contains("skip-preflight"), "{shell}");
    }
}
