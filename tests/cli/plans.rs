//! Routines by name, and their plans as they are shown.

use serde_json::json;

use crate::SAMPLE;
use crate::program::Program;

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
                 | No. | Start | Stroke | Region | Side | Pressure | Time | Cue and note |\n\
                 | --: | --: | :-- | :-- | :-- | :-- | --: | :-- |\n\
                 | 7 | 9:30 | Quiet hold | sacrum |  |  | 0:30 |  |\n";
    assert!(
        done.out
            .starts_with("# Sample\n\n**10m**, intermediate, by Mika\n")
    );
    assert!(done.out.ends_with(table), "{}", done.out);
    let row = "| 4 | 2:45 | Gliding compression | low back | right |  | 2:00 | The right \\| beside \\*it\\* |\n";
    assert!(done.out.contains(row), "{}", done.out);
}

#[test]
fn the_hand_out_says_how_deep_and_what_to_mind() {
    let program = Program::new();
    let noted = r##"Routine(format: 1, name: "Noted", phases: [
        Phase(name: "Back", position: Prone, pressure: Light, steps: [
            Step(stroke: "Glide", region: Back, pressure: Medium, time: "5m", cue: "Slow",
                note: r#"  Never on the *spine*.

Breathe | wait <now>
- and look up"#),
            Step(stroke: "Sweep", region: Back, time: "4m", note: "Only a note"),
            Transition(kind: CheckIn, time: "1m", note: "Ask"),
        ]),
    ])"##;
    program.write("noted.ron", noted);
    let done = program.run(&["show", "noted.ron", "--format", "markdown"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    for row in [
        "| 1 | 0:00 | Glide | back |  | medium | 5:00 | Slow<br>*Never on the \\*spine\\*.*<br>\
         *Breathe \\| wait \\<now\\>*<br>*\\- and look up* |\n",
        "| 2 | 5:00 | Sweep | back |  | light | 4:00 | *Only a note* |\n",
        "| 3 | 9:00 | Check in |  |  |  | 1:00 | *Ask* |\n",
    ] {
        assert!(done.out.contains(row), "{row}{}", done.out);
    }
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
fn only_a_file_of_ones_own_can_be_watched() {
    let program = Program::new();
    let done = program.run(&["run", "Back Basics", "--watch"]);
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert_eq!(
        done.err,
        "error: --watch is for a file of your own; back-basics is part of the program\n\
         help: c on the home screen copies it to your own routines, to be changed\n"
    );
    let done = program.run(&["run", "back-basics", "--watch", "--resume"]);
    assert_eq!(done.code, 2, "{}", done.err);
    // A file that is one's own is watched: then only a terminal is missing.
    program.write("sample.ron", SAMPLE);
    let done = program.run(&["run", "sample.ron", "--watch"]);
    assert!(done.err.contains("terminal"), "{}", done.err);
}
