//! What makes `check` wonder about a routine that runs: each rule where it speaks, and beside it the
//! nearest routine where it is silent. And texts that are made to keep it busy.

use std::fmt::Write as _;

use ashiatsu::check::check;
use ashiatsu::diagnostic::Severity;
use ashiatsu::routine::read::NoSounds;

/// The warnings about a routine with this text between its brackets.
fn of_routine(inside: &str) -> Vec<String> {
    let text = format!("Routine(format: 1, name: \"Test\", {inside})");
    let checked = check(&text, &NoSounds);
    for diagnostic in &checked.diagnostics {
        assert_eq!(
            diagnostic.severity,
            Severity::Warning,
            "{}",
            diagnostic.message
        );
    }
    let said = checked.diagnostics.into_iter();
    said.map(|diagnostic| diagnostic.message).collect()
}

/// The warnings about a routine of one phase with these steps.
fn of_steps(steps: &str) -> Vec<String> {
    of_routine(&phase("", steps))
}

fn phase(fields: &str, steps: &str) -> String {
    format!("phases: [Phase(name: \"One\", position: Prone, {fields} steps: [{steps}])]")
}

const STEP: &str = "Step(stroke: \"Glide\", region: Back, time: \"1m\")";
const NOTHING: [&str; 0] = [];

#[test]
fn a_length_that_is_not_the_sum() {
    assert_eq!(
        of_routine(&format!("length: \"2m\", {}", phase("", STEP))),
        ["`length` says 2m, but the steps add up to 1m"]
    );
    assert_eq!(
        of_routine(&format!("length: \"1m\", {}", phase("", STEP))),
        NOTHING
    );
}

#[test]
fn a_region_worked_longer_on_one_side() {
    let step = |side, time| {
        format!("Step(stroke: \"Glide\", region: Calves, side: {side}, time: \"{time}\")")
    };
    let both = |left, right| format!("{}, {}", step("Left", left), step("Right", right));
    assert_eq!(
        of_steps(&both("1m", "2m")),
        ["calves: left gets 1m, right gets 2m"]
    );
    assert_eq!(of_steps(&both("1m", "1m")), NOTHING);
}

#[test]
fn both_sides_with_nothing_that_changes_sides() {
    let same = "nothing inside this BothSides says a side, so both rounds are the same";
    assert_eq!(of_steps(&format!("BothSides([{STEP}])")), [same]);
    let sided = "Step(stroke: \"Glide\", region: Calves, side: Left, time: \"1m\")";
    assert_eq!(of_steps(&format!("BothSides([{sided}])")), NOTHING);
    // The other foot works in the second round.
    let footed =
        "Step(stroke: \"Glide\", region: Back, working: Left, time: \"1m\", cue: \"{foot} foot\")";
    assert_eq!(of_steps(&format!("BothSides([{footed}])")), NOTHING);
    // In a sequence that is used twice it is told once, where it is written.
    let used = format!(
        "sequences: {{ \"s\": [BothSides([{STEP}])] }}, {}",
        phase(
            "",
            &format!("BothSides([{sided}, Use(\"s\")]), BothSides([{sided}, Use(\"s\")])")
        )
    );
    assert_eq!(of_routine(&used), [same]);
    let lying = |position| {
        format!(
            "phases: [BothSides([Phase(name: \"Side\", position: {position}, steps: [{STEP}])])]"
        )
    };
    assert_eq!(of_routine(&lying("Prone")), [same]);
    // Lying on the other side the second time: turned by a step of the phase itself.
    assert!(!of_routine(&lying("SideLyingLeft")).contains(&same.to_owned()));
}

#[test]
fn left_or_right_as_plain_words_within_both_sides() {
    let sided = |cue: &str| {
        format!("Step(stroke: \"Glide\", region: Calves, side: Left, time: \"1m\", cue: \"{cue}\")")
    };
    let plain = sided("Left calf");
    let said = ["this text says \"Left\", and will say so on the other side too"];
    assert_eq!(of_steps(&format!("BothSides([{plain}])")), said);
    let used = |cue: &str| {
        format!(
            "sequences: {{ \"s\": [{}] }}, {}",
            sided(cue),
            phase("", "BothSides([Use(\"s\")]), BothSides([Use(\"s\")])")
        )
    };
    assert_eq!(of_routine(&used("Left calf")), said);
    assert_eq!(of_routine(&used("{side} calf")), NOTHING);
    assert_eq!(
        of_steps(&format!(
            "BothSides([{}])",
            sided("{side} calf, leftover oil")
        )),
        NOTHING
    );
    // Without BothSides it says what it means.
    let right = "Step(stroke: \"Glide\", region: Calves, side: Right, time: \"1m\")";
    assert_eq!(of_steps(&format!("{plain}, {right}")), NOTHING);
}

const MOUNT: &str = "Transition(kind: Mount, time: \"30s\")";
const DISMOUNT: &str = "Transition(kind: Dismount, time: \"30s\")";
const ON_TABLE: &str = "Step(stroke: \"Glide\", region: Back, stance: OneFoot, time: \"1m\")";

#[test]
fn work_on_the_table_that_nobody_stepped_up_to() {
    let said = ["this step stands on the table, but nobody has stepped up before it"];
    assert_eq!(of_steps(ON_TABLE), said);
    assert_eq!(of_steps(&format!("{MOUNT}, {ON_TABLE}")), NOTHING);
    assert_eq!(
        of_steps(&format!("{MOUNT}, {ON_TABLE}, {DISMOUNT}, {ON_TABLE}")),
        said
    );
    // Once for a stay.
    assert_eq!(of_steps(&format!("{ON_TABLE}, {ON_TABLE}")), said);
    let floor = "Step(stroke: \"Glide\", region: Back, stance: Floor, time: \"1m\")";
    assert_eq!(of_steps(floor), NOTHING);
}

#[test]
fn a_client_who_turns_below_the_therapist() {
    let said = ["the client turns or sits up while the therapist is still on the table"];
    for turn in ["TurnClient", "SitUp"] {
        let turn = format!("Transition(kind: {turn}, time: \"30s\")");
        assert_eq!(of_steps(&format!("{MOUNT}, {ON_TABLE}, {turn}")), said);
        assert_eq!(
            of_steps(&format!("{MOUNT}, {ON_TABLE}, {DISMOUNT}, {turn}")),
            NOTHING
        );
    }
}

#[test]
fn another_position_that_nothing_turns_the_client_to() {
    let two = |end: &str, to: &str, begin: &str| {
        of_routine(&format!(
            "phases: [Phase(name: \"One\", position: Prone, steps: [{STEP}{end}]), \
             Phase(name: \"Two\", position: {to}, steps: [{begin}{STEP}])]"
        ))
    };
    let turn = "Transition(kind: TurnClient, time: \"30s\")";
    let sit = "Transition(kind: SitUp, time: \"30s\")";
    let supine = ["the client is supine from here, but nothing turns the client"];
    let sitting = ["the client is sitting from here, but nothing turns the client"];
    assert_eq!(two("", "Supine", ""), supine);
    assert_eq!(two("", "Sitting", ""), sitting);
    assert_eq!(two(&format!(", {turn}"), "Supine", ""), NOTHING);
    assert_eq!(two("", "Supine", &format!("{turn}, ")), NOTHING);
    assert_eq!(two("", "Sitting", &format!("{sit}, ")), NOTHING);
    // Who sits up does not lie on the back.
    assert_eq!(two("", "Supine", &format!("{sit}, ")), supine);
    assert_eq!(two("", "Prone", ""), NOTHING);
}

#[test]
fn both_feet_at_a_beginners_level() {
    let at = |level: &str, stance: &str| {
        let steps = format!(
            "{MOUNT}, Step(stroke: \"Glide\", region: Back, stance: {stance}, time: \"1m\")"
        );
        of_routine(&format!("level: {level}, {}", phase("", &steps)))
    };
    let said = ["two-footed work is not for beginners"];
    assert_eq!(at("Beginner", "TwoFeet"), said);
    assert_eq!(at("Intermediate", "TwoFeet"), NOTHING);
    assert_eq!(at("Beginner", "OneFoot"), NOTHING);
}

#[test]
fn deep_pressure_where_it_is_risky() {
    let at = |region: &str, pressure: &str| {
        of_steps(&format!(
            "Step(stroke: \"Glide\", region: {region}, pressure: {pressure}, time: \"1m\")"
        ))
    };
    for (region, said) in [
        ("Neck", "neck"),
        ("Abdomen", "abdomen"),
        ("LowBack", "low back"),
    ] {
        assert_eq!(
            at(region, "Deep"),
            [format!("deep pressure on the {said} is risky")]
        );
        assert_eq!(at(region, "Medium"), NOTHING);
    }
    assert_eq!(at("Back", "Deep"), NOTHING);
}

/// A phase's defaults come after `Use` is expanded: the first use may be harmless and the second not.
#[test]
fn what_a_sequence_is_in_one_of_its_phases_alone() {
    let routine = |first: &str, second: &str| {
        of_routine(&format!(
            "level: Beginner, \
             sequences: {{ \"s\": [Step(stroke: \"Glide\", region: Neck, time: \"1m\")] }}, \
             phases: [Phase(name: \"One\", position: Prone, {first} steps: [{MOUNT}, Use(\"s\")]), \
             Phase(name: \"Two\", position: Prone, {second} steps: [Use(\"s\"), Use(\"s\")])]"
        ))
    };
    let light = "pressure: Light, stance: OneFoot,";
    let deep = "pressure: Deep, stance: TwoFeet,";
    let mut said = routine(light, deep);
    said.sort();
    assert_eq!(
        said,
        [
            "deep pressure on the neck is risky",
            "two-footed work is not for beginners"
        ]
    );
    let mut turned = routine(deep, light);
    turned.sort();
    assert_eq!(turned, said, "whichever comes first");
    assert_eq!(routine(light, light), NOTHING);
}

#[test]
fn a_step_too_short_for_its_warning() {
    let lasting =
        |fields: &str| of_steps(&format!("Step(stroke: \"Glide\", region: Back, {fields})"));
    let said = ["this step is too short for the warning before its end (10s)"];
    assert_eq!(lasting("time: \"20s\""), said);
    assert_eq!(lasting("time: \"21s\""), NOTHING);
    assert_eq!(lasting("time: \"20s\", hold: true"), NOTHING);
    assert_eq!(of_steps("Transition(kind: Mount, time: \"5s\")"), NOTHING);
    let silent = format!(
        "prepare: \"0s\", {}",
        phase("", "Step(stroke: \"Glide\", region: Back, time: \"5s\")")
    );
    assert_eq!(of_routine(&silent), NOTHING);
}

#[test]
fn a_sequence_that_nothing_uses() {
    let routine = |steps: &str| {
        format!(
            "sequences: {{ \"Warm up\": [{STEP}] }}, {}",
            phase("", steps)
        )
    };
    assert_eq!(
        of_routine(&routine(STEP)),
        ["the sequence \"Warm up\" is never used"]
    );
    assert_eq!(of_routine(&routine("Use(\"Warm up\")")), NOTHING);
}

#[test]
fn names_and_cues_too_long_to_read_across_a_room() {
    let step = |name: usize, cue: usize| {
        let (name, cue) = ("n".repeat(name), "ü".repeat(cue));
        of_steps(&format!(
            "Step(stroke: \"{name}\", region: Back, time: \"1m\", cue: \"{cue}\")"
        ))
    };
    assert_eq!(step(24, 60), NOTHING);
    assert_eq!(
        step(25, 60),
        ["this name has 25 characters; over 24 it can't be read across a room"]
    );
    assert_eq!(
        step(24, 61),
        ["this cue has 61 characters; over 60 it can't be read across a room"]
    );
}

/// A few kilobytes that stand for more steps than there are atoms, in sequences that nothing uses.
#[test]
fn sequences_that_use_others_many_times_over_are_read_once() {
    let mut sequences = format!("\"s0\": [{STEP}],");
    for at in 1..10 {
        let uses = format!("Use(\"s{}\"),", at - 1).repeat(40);
        write!(sequences, "\"s{at}\": [{uses}],").unwrap();
    }
    sequences += "\"top\": [BothSides([Use(\"s9\")])],";
    let said = of_routine(&format!(
        "sequences: {{ {sequences} }}, {}",
        phase("", STEP)
    ));
    assert_eq!(
        said,
        [
            "the sequence \"top\" is never used",
            "nothing inside this BothSides says a side, so both rounds are the same"
        ]
    );
}

/// Each of these took half a minute and more, optimised, as long as the work grew with the square of the
/// text's length.
#[test]
fn many_unknown_names_are_told_without_end_and_without_delay() {
    const MANY: usize = 12_000;
    let many = |entry: &dyn Fn(usize) -> String| -> String { (0..MANY).map(entry).collect() };
    let written = |inside: &str| format!("Routine(format: 1, name: \"Test\", {inside})");
    let fields = many(&|n| format!("tine{n}: 1, "));
    let step = format!("Step(stroke: \"Glide\", region: Back, time: \"1m\", {fields})");
    let strange = written(&phase("", &step));
    let with_sequences =
        |all: &str| written(&format!("sequences: {{ {all} }}, {}", phase("", STEP)));
    let lost = with_sequences(&many(&|n| format!("\"s{n}\": [Use(\"t{n}\")], ")));
    let unused = with_sequences(&many(&|n| format!("\"s{n}\": [{STEP}], ")));
    for text in [strange, lost, unused] {
        let checked = check(&text, &NoSounds);
        let said = checked.diagnostics.len() + checked.more;
        assert!(said >= MANY, "{said}: {:?}", checked.diagnostics.first());
    }
}
