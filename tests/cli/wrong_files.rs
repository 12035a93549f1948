//! What is wrong in routine files, and how that is said.

use std::fs;

use serde_json::{Value, json};

use crate::SAMPLE;
use crate::program::Program;

/// A routine of this one step.
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
            "error: `Bakc` is not one of the words for `region`
 --> wrong.ron:6:43
  |
6 |             Step(stroke: \"Glide\", region: Bakc, time: \"2m\"),
  |                                           ^^^^
  |
  = help: did you mean Back?
",
        ),
        (
            r#"Step(stroke: "背中 glide", region: Back, tiem: "2m"),"#,
            "error: nothing in a step is called `tiem`
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
            "error: this step does not say which word to put in the place of {side}
 --> wrong.ron:6:74
  |
6 |             Step(stroke: \"Glide\", region: Back, time: \"2m\", cue: \"On the {side}\"),
  |                                                                          ^^^^^^
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
        let (said, how_on) = done
            .err
            .split_once("\nThis routine can't run yet: ")
            .unwrap();
        assert_eq!(said, told);
        assert!(how_on.contains("`ashiatsu design wrong.ron`"), "{how_on}");
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
        "warning: `length` says 1h, but the steps add up to 10m
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
            "error: this is no plain text, or its letters are stored in an outdated way\n --> latin1.ron:2:15\n",
        ),
        (
            "empty.ron",
            "error: there is no routine in this file\n--> empty.ron:1:1\n",
        ),
        (
            "blank.ron",
            "error: there is no routine in this file\n--> blank.ron:1:1\n",
        ),
        (
            "large.ron",
            "error: this file is larger than a routine may be (1 MB)\n--> large.ron:1:1\n",
        ),
        ("nested.ron", "too many lists in one another"),
        ("brackets.ron", "too many lists in one another"),
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

/// Of a file with thousands of mistakes the first thousand are listed, and the others are counted.
#[test]
fn what_is_not_listed_is_counted() {
    let steps = |count: usize, step: &str| with_step(&format!("{step},\n").repeat(count));
    let program = Program::new();
    let wrong = [
        // Names and words; commas; quotes, one a line; what a good spelling means.
        (
            "names.ron",
            "Step(stroke: \"Glide\", regoin: Back, time: \"9s\")",
        ),
        (
            "commas.ron",
            "Step(stroke: \"Glide\" region: Back, time: \"9s\")",
        ),
        (
            "quotes.ron",
            "Step(stroke: \"Glide, region: Back, time: 9s)",
        ),
        (
            "times.ron",
            "Step(stroke: \"Glide\", region: Back, time: \"0s\")",
        ),
    ];
    for (file, step) in wrong {
        program.write(file, steps(3500, step));
        let done = program.run(&["check", file]);
        assert_eq!(done.code, 1);
        let listed = done.out.matches("error: ").count();
        let (_, end) = done.out.rsplit_once("\n\nand ").unwrap();
        let expected = format!(
            "{} more in {file}: mend these first, then check it again\n\n\
             1 file checked: 3500 errors, no warnings\n",
            3500 - listed
        );
        assert_eq!(end, expected, "{file}");
        assert!((1000..=2000).contains(&listed), "{file}: {listed}");

        let records = program.run(&["check", "--format", "json", file]).json();
        let records = records.as_array().unwrap();
        assert_eq!(records.len(), listed + 1);
        let last = records.last().unwrap();
        assert_eq!(
            last["message"],
            format!("and {} more after this", 3500 - listed)
        );
        assert_eq!(last["severity"], "error");

        let done = program.run(&["show", file]);
        let more = format!(
            "and {} more in {file}: mend these first, then check it again\n",
            3500 - listed
        );
        assert!(done.err.contains(&more), "{file}");
    }

    // Warnings too, and the exit code says what it always says.
    let short = "Step(stroke: \"Glide\", region: Back, time: \"2s\")";
    program.write("short.ron", steps(3500, short));
    let done = program.run(&["check", "short.ron"]);
    assert_eq!(done.code, 0);
    assert!(done.out.contains("and 2500 more in short.ron"));
    assert!(done.out.ends_with("no errors, 3500 warnings\n"));
}

/// Names that lead elsewhere: to a routine, nowhere, in a circle, or to what is no file.
#[test]
fn a_link_is_what_it_leads_to() {
    let program = Program::new();
    program.write("good.ron", SAMPLE);
    program.make_pipe("pipe");
    for (name, to) in [
        ("link.ron", "good.ron"),
        ("further.ron", "link.ron"),
        ("nowhere.ron", "gone.ron"),
        ("circle.ron", "circle.ron"),
        ("to-pipe.ron", "pipe"),
        ("zero.ron", "/dev/zero"),
        ("null.ron", "/dev/null"),
        ("folder.ron", "empty"),
        ("memory.ron", "/proc/self/mem"),
    ] {
        std::os::unix::fs::symlink(to, program.path(name)).unwrap();
    }
    fs::create_dir(program.path("empty")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(program.path("socket.ron")).unwrap();
    for good in ["link.ron", "further.ron"] {
        let done = program.run(&["check", good]);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{}", done.out);
    }
    for (file, told) in [
        ("nowhere.ron", "error: there is no such file"),
        ("circle.ron", "error: this file can't be read ("),
        ("to-pipe.ron", "error: this is no plain file"),
        ("zero.ron", "error: this is no plain file"),
        ("null.ron", "error: this is no plain file"),
        ("socket.ron", "error: this is no plain file"),
        ("folder.ron", "folder"),
        ("memory.ron", "error: "),
    ] {
        for command in [["check", file], ["show", file], ["run", file]] {
            let done = program.run(&command);
            let said = format!("{}{}", done.out, done.err);
            assert_eq!(done.code, 1, "{command:?}: {said}");
            assert!(said.contains(told), "{command:?}: {said}");
            assert!(done.took.as_secs() < 2, "{command:?} took {:?}", done.took);
        }
    }
    // In the user's own folder, and what is remembered: the others are there all the same.
    let own = program.path(".config/ashiatsu/routines");
    fs::create_dir_all(&own).unwrap();
    for name in ["link", "nowhere", "circle", "to-pipe", "zero", "folder"] {
        let file = format!("{name}.ron");
        std::os::unix::fs::symlink(program.path(&file), own.join(&file)).unwrap();
    }
    let kept = program.path(".local/share/ashiatsu");
    fs::create_dir_all(&kept).unwrap();
    std::os::unix::fs::symlink(program.path("pipe"), kept.join("remembered.ron")).unwrap();
    std::os::unix::fs::symlink(program.path("pipe"), own.join("../settings.ron")).unwrap();
    for (name, code) in [("back-basics", 0), ("link", 0), ("zero", 1), ("circle", 1)] {
        let done = program.run(&["show", name]);
        assert_eq!(done.code, code, "{name}: {}{}", done.out, done.err);
        assert!(done.took.as_secs() < 2, "{name} took {:?}", done.took);
    }
}

/// An editor, a copy or a script may write while it is read: what comes is the old text, the new
/// one, or an error; never a hang.
#[test]
fn a_file_that_changes_while_it_is_read_is_read_or_refused() {
    let program = Program::new();
    let path = program.path("changing.ron");
    fs::write(&path, SAMPLE).unwrap();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let long = SAMPLE.replace(
        "Routine(",
        &format!("{}Routine(", "// line\n".repeat(100_000)),
    );
    let pipe = program.path("pipe");
    program.make_pipe("pipe");
    let writer = std::thread::spawn(move || {
        let aside = path.with_extension("new");
        while stopped.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
            // In place, shorter and longer; gone; a pipe in its stead; moved over it.
            fs::write(&path, &long).unwrap();
            fs::write(&path, "Routine(").unwrap();
            fs::remove_file(&path).unwrap();
            fs::hard_link(&pipe, &path).unwrap();
            fs::write(&aside, SAMPLE).unwrap();
            fs::rename(&aside, &path).unwrap();
            // Whole for as long as a reader may need.
            std::thread::park_timeout(std::time::Duration::from_millis(3));
        }
    });
    let mut codes = Vec::new();
    for _ in 0..40 {
        let done = program.run(&["check", "changing.ron"]);
        assert!(done.took.as_secs() < 10, "took {:?}", done.took);
        assert!(matches!(done.code, 0 | 1), "{}: {}", done.code, done.err);
        assert!(done.out.contains("1 file checked"), "{}", done.out);
        codes.push(done.code);
    }
    drop(stop);
    writer.join().unwrap();
    println!(
        "{} of {} were whole",
        codes.iter().filter(|code| **code == 0).count(),
        codes.len()
    );
}

#[test]
fn a_routine_of_the_library_is_told_from_a_file() {
    let program = Program::new();
    let done = program.run(&["check", "back-basics"]);
    assert_eq!(done.code, 1);
    let said =
        "back-basics is a routine of the library, and these are checked whenever they are read";
    assert!(done.out.contains(said), "{}", done.out);
    let done = program.run(&["check", "back-basic"]);
    assert!(done.out.contains("there is no such file"), "{}", done.out);
    assert!(!done.out.contains("is a routine of the library"));
}

#[test]
fn a_card_is_not_written_under_a_name_of_another_kind() {
    let program = Program::new();
    let done = program.run(&["aftercare", "-o", "card.PDF"]);
    assert_eq!(done.code, 1);
    assert!(
        done.err.contains("the card is not written as .PDF"),
        "{}",
        done.err
    );
    assert!(done.err.contains("print that page"), "{}", done.err);
    assert!(!program.path("card.PDF").exists());
}

#[test]
fn the_designer_shapes_files_and_makes_none_by_mistake() {
    let program = Program::new();
    for (asked, said) in [
        (
            "back-basics",
            "back-basics is a routine of the library, and this shapes files",
        ),
        ("mine", "to begin a new routine: ashiatsu design mine.ron"),
    ] {
        let shown = program.in_terminal(&["design", asked], &[]);
        assert!(shown.contains(said), "{shown}");
    }
}

/// As the screens do: that nothing runs, and where it can be mended; of a file that is not there, which
/// may be meant.
#[test]
fn what_stops_a_command_says_how_to_go_on() {
    let program = Program::new();
    program.write("my-routine.ron", SAMPLE.replace("format: 1,", "format: 1"));
    let done = program.run(&["show", "my-routine.ron"]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(
        done.err.contains("a comma is missing here")
            && done.err.ends_with(
                "This routine can't run yet: `ashiatsu design my-routine.ron` shows what is wrong \
                 beside its rows,\n`ashiatsu check --watch my-routine.ron` after each change in an \
                 editor.\n"
            ),
        "{}",
        done.err
    );
    let done = program.run(&["run", "./my-rutine.ron"]);
    assert!(
        done.err.contains("there is no such file")
            && done.err.contains("did you mean ./my-routine.ron?")
            && !done.err.contains("can't run yet"),
        "{}",
        done.err
    );
    program.write("letter.ron", "PK\u{3}\u{4}\u{14}");
    let done = program.run(&["check", "letter.ron"]);
    assert!(
        done.out.contains("a Word or LibreOffice document"),
        "{}",
        done.out
    );
    let done = program.run(&["show", "back-basics", "--fit", "25 min"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("this is no time; write \"25m\""),
        "{}",
        done.err
    );
}
