//! Leaving regions alone: which steps go, what goes with them, what is warned
//! of, and what must still hold.

#![expect(
    clippy::unwrap_used,
    reason = "a test: what is wrong with it shall fail loudly"
)]

#[path = "support/script.rs"]
mod script;

use std::collections::BTreeSet;

use ashiatsu::cue::Cue;
use ashiatsu::library::Library;
use ashiatsu::plan::Plan;
use ashiatsu::plan::alone::{LeftAlone, Part};
use ashiatsu::routine::vocabulary::{Region, Side, TransitionKind};

use script::routine_of;

fn plan(phases: &str) -> Plan {
    Plan::whole(&routine_of("", phases))
}

fn phase(position: &str, steps: &str) -> String {
    format!("Phase(name: \"P\", position: {position}, steps: [{steps}]),")
}

fn step(stroke: &str, region: &str, fields: &str) -> String {
    format!("Step(stroke: \"{stroke}\", region: {region}, time: \"60s\", {fields}),")
}

fn kind(kind: &str) -> String {
    format!("Transition(kind: {kind}, time: \"30s\"),")
}

fn whole(region: Region) -> BTreeSet<Part> {
    BTreeSet::from([Part::whole(region)])
}

fn one(region: Region, side: Side) -> BTreeSet<Part> {
    let side = Some(side);
    BTreeSet::from([Part { region, side }])
}

/// "Glide left, Change sides, Glide right".
fn names(plan: &Plan) -> String {
    let name = |segment: &ashiatsu::plan::Segment| match segment.side {
        Some(side) => format!("{} {side}", segment.name()),
        None => segment.name().to_owned(),
    };
    let names: Vec<String> = plan.segments.iter().map(name).collect();
    names.join(", ")
}

fn leaving(plan: &Plan, parts: &BTreeSet<Part>) -> LeftAlone {
    plan.leaving_alone(parts).unwrap()
}

fn sides() -> Plan {
    let both = |stroke: &str, region: &str| {
        let step = step(stroke, region, "side: Left, min: \"40s\", max: \"90s\"");
        format!("BothSides([{step}{}]),", kind("ChangeSides"))
    };
    let steps = [
        step("Rest hands", "Back", ""),
        both("Glide", "Glutes"),
        both("Press", "LowBack"),
        step("Long glide", "Back", "toward: Shoulders"),
    ];
    plan(&phase("Prone", &steps.concat()))
}

#[test]
fn the_region_s_strokes_go_and_the_changes_of_sides_that_they_needed() {
    let plan = sides();
    let left = leaving(&plan, &whole(Region::LowBack));
    assert_eq!(
        names(&left.plan),
        "Rest hands, Glide left, Change sides, Glide right, Long glide"
    );
    let out: Vec<usize> = left.left_out.iter().map(|segment| segment.number).collect();
    assert_eq!(out, [5, 6, 7]);
    // What stays keeps its name for good and its number.
    let numbers: Vec<usize> = left.plan.segments.iter().map(|s| s.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 8]);
    for segment in &left.plan.segments {
        let before = plan.index_of(segment.id).unwrap();
        assert_eq!(plan.segments.get(before).unwrap().number, segment.number);
    }
}

#[test]
fn one_side_goes_alone_and_takes_a_change_of_sides_along_that_leads_nowhere() {
    let plan = sides();
    let left = leaving(&plan, &one(Region::Glutes, Side::Left));
    assert_eq!(
        names(&left.plan),
        "Rest hands, Glide right, Press left, Change sides, Press right, Long glide"
    );
    // Nothing was worked on the other side before: it is no "same again".
    let right = left.plan.segments.get(1).unwrap();
    assert_eq!((right.opens, right.twin), (Cue::Shift, None));
    let left = leaving(&plan, &one(Region::Glutes, Side::Right));
    assert_eq!(
        names(&left.plan),
        "Rest hands, Glide left, Press left, Change sides, Press right, Long glide"
    );
    let cross = BTreeSet::from([
        Part {
            region: Region::Glutes,
            side: Some(Side::Right),
        },
        Part {
            region: Region::LowBack,
            side: Some(Side::Left),
        },
    ]);
    let left = leaving(&plan, &cross);
    assert_eq!(
        names(&left.plan),
        "Rest hands, Glide left, Change sides, Press right, Long glide"
    );
}

#[test]
fn the_second_side_opens_with_its_cue_whichever_stroke_is_its_first_now() {
    let inner = [
        step("Glide", "Glutes", "side: Left"),
        step("Press", "LowBack", "side: Left"),
        step("Fan", "MidBack", "side: Left"),
    ];
    let plan = plan(&phase(
        "Prone",
        &format!("BothSides([{}]),", inner.concat()),
    ));
    let opens = |left: &LeftAlone| -> Vec<Cue> {
        left.plan
            .segments
            .iter()
            .map(|segment| segment.opens)
            .collect()
    };
    let left = leaving(&plan, &whole(Region::Glutes));
    assert_eq!(
        names(&left.plan),
        "Press left, Fan left, Press right, Fan right"
    );
    assert_eq!(
        opens(&left),
        [Cue::Shift, Cue::Shift, Cue::Side, Cue::Shift]
    );
    let all_left: BTreeSet<Part> = plan
        .parts()
        .into_iter()
        .filter(|part| part.side == Some(Side::Left))
        .collect();
    let left = leaving(&plan, &all_left);
    assert_eq!(opens(&left), [Cue::Shift; 3]);
}

#[test]
fn what_lies_within_goes_too_and_what_is_wider_stays_and_is_named() {
    let steps = [
        step("Upper", "UpperBack", ""),
        step("Low", "LowBack", ""),
        step("Wide", "Back", ""),
        step("Far glide", "Sacrum", "toward: Shoulders"),
        step("Near", "Sacrum", "toward: LowBack"),
        step("Body", "FullBody", ""),
        step("Calf", "Calves", "toward: Hamstrings"),
    ];
    let plan = plan(&phase("Prone", &steps.concat()));
    let left = leaving(&plan, &whole(Region::Back));
    assert_eq!(names(&left.plan), "Far glide, Near, Body, Calf");
    let passes = |left: &LeftAlone, region| -> Vec<String> {
        let part = Part::whole(region);
        let over = left.plan.segments.iter().filter(|s| part.is_passed_by(s));
        over.map(|segment| segment.name().to_owned()).collect()
    };
    assert_eq!(passes(&left, Region::Back), ["Far glide", "Near", "Body"]);
    let left = leaving(&plan, &whole(Region::LowBack));
    assert_eq!(
        passes(&left, Region::LowBack),
        ["Wide", "Far glide", "Near", "Body"]
    );
}

#[test]
fn a_stroke_on_both_sides_goes_with_the_whole_region_and_is_named_for_one_side() {
    let steps = [
        step("Knead", "Calves", "side: Both"),
        step("Left", "Calves", "side: Left"),
        step("Right", "Calves", "side: Right"),
        step("Line", "Calves", "side: Midline"),
        step("End", "Back", ""),
    ];
    let plan = plan(&phase("Prone", &steps.concat()));
    let part = Part {
        region: Region::Calves,
        side: Some(Side::Left),
    };
    let left = leaving(&plan, &BTreeSet::from([part]));
    assert_eq!(
        names(&left.plan),
        "Knead both, Right right, Line midline, End"
    );
    let passed = left.plan.segments.iter().filter(|s| part.is_passed_by(s));
    assert_eq!(
        passed
            .map(ashiatsu::plan::Segment::name)
            .collect::<Vec<_>>(),
        ["Knead"]
    );
    let left = leaving(&plan, &whole(Region::Calves));
    assert_eq!(names(&left.plan), "End");
}

#[test]
fn nobody_steps_up_or_turns_the_client_for_nothing() {
    let prone = [
        kind("CheckIn"),
        kind("Mount"),
        step("Glide", "Back", "stance: TwoFeet"),
        kind("Dismount"),
    ];
    let supine = [
        kind("TurnClient"),
        kind("Lubricate"),
        kind("Mount"),
        step("Shin", "Shins", "stance: TwoFeet"),
        kind("Dismount"),
        step("Hands", "Arms", "stance: Floor"),
        kind("SitUp"),
    ];
    let both = phase("Prone", &prone.concat()) + &phase("Supine", &supine.concat());
    let plan = plan(&both);
    assert_eq!(
        names(&leaving(&plan, &whole(Region::Shins)).plan),
        "Check in, Mount, Glide, Dismount, Turn the client, Lubricate, Hands, Sit up"
    );
    assert_eq!(
        names(&leaving(&plan, &whole(Region::Back)).plan),
        "Check in, Lubricate, Mount, Shin, Dismount, Hands, Sit up"
    );
    let supine = BTreeSet::from([Part::whole(Region::Shins), Part::whole(Region::Arms)]);
    assert_eq!(
        names(&leaving(&plan, &supine).plan),
        "Check in, Mount, Glide, Dismount, Sit up"
    );
}

#[test]
fn she_stays_up_where_only_the_work_on_the_floor_between_is_gone() {
    let steps = [
        kind("Mount"),
        step("Up", "Back", "stance: TwoFeet"),
        kind("Dismount"),
        step("Down", "Neck", "stance: Floor"),
        kind("CleanFeet"),
        kind("Mount"),
        step("Again", "Legs", "stance: TwoFeet"),
        kind("Dismount"),
    ];
    let plan = plan(&phase("Prone", &steps.concat()));
    assert_eq!(
        names(&leaving(&plan, &whole(Region::Neck)).plan),
        "Mount, Up, Clean feet, Again, Dismount"
    );
}

#[test]
fn with_nothing_left_there_is_no_plan() {
    let plan = sides();
    let all = BTreeSet::from([Part::whole(Region::FullBody)]);
    assert_eq!(plan.leaving_alone(&all), None);
    assert_eq!(plan.leaving_alone(&plan.parts()), None);
    let none = leaving(&plan, &BTreeSet::new());
    assert_eq!((none.plan, none.left_out), (plan, Vec::new()));
}

#[test]
fn whatever_is_left_out_of_a_routine_that_ships_what_stays_can_be_worked() {
    for entry in Library::load(None).entries().cloned() {
        let plan = Plan::whole(&entry.content.unwrap());
        let parts: Vec<Part> = plan.parts().into_iter().collect();
        let pairs = parts
            .iter()
            .flat_map(|a| parts.iter().map(move |b| BTreeSet::from([*a, *b])));
        for alone in pairs {
            let Some(left) = plan.leaving_alone(&alone) else {
                continue;
            };
            let what = || format!("{} without {alone:?}: {}", plan.name, names(&left.plan));
            assert_eq!(
                left.plan.segments.len() + left.left_out.len(),
                plan.segments.len(),
                "{}",
                what()
            );
            stands_where_she_must(&left.plan).unwrap_or_else(|why| panic!("{why}: {}", what()));
            lies_as_she_must(&plan, &left.plan).unwrap_or_else(|why| panic!("{why}: {}", what()));
            // With the freed time given to the others sides stay equal.
            let longer = left.plan.clone().nearest(plan.length());
            for segment in &longer.segments {
                assert!((segment.min..=segment.max).contains(&segment.time));
                if let Some(twin) = segment.twin {
                    let twin = longer.index_of(twin).unwrap();
                    assert_eq!(longer.segments.get(twin).unwrap().time, segment.time);
                }
            }
            assert!(longer.length() <= plan.length());
        }
    }
}

/// Standing work only after a mount, and no mount or dismount twice in a row.
fn stands_where_she_must(plan: &Plan) -> Result<(), String> {
    use ashiatsu::plan::Work;
    let mut up = false;
    for segment in &plan.segments {
        match &segment.work {
            Work::Transition(TransitionKind::Mount) if up => return Err("mounts twice".into()),
            Work::Transition(TransitionKind::Dismount) if !up => {
                return Err("dismounts from the floor".into());
            }
            Work::Transition(TransitionKind::Mount) => up = true,
            Work::Transition(TransitionKind::Dismount) => up = false,
            Work::Transition(TransitionKind::TurnClient | TransitionKind::SitUp) if up => {
                return Err("the client moves under her".into());
            }
            Work::Stroke {
                stance: Some(stance),
                ..
            } if stance.is_on_table() != up => {
                return Err(format!("step {} where she does not stand", segment.number));
            }
            _ => {}
        }
    }
    if up {
        Err("stays on the table".into())
    } else {
        Ok(())
    }
}

/// The position changes only by a turn or by sitting up, and no turn is for
/// nothing.
fn lies_as_she_must(whole: &Plan, plan: &Plan) -> Result<(), String> {
    let position = |at: usize| {
        let segment = plan.segments.get(at)?;
        (!segment.is_transition()).then(|| plan.phase_of(segment).map(|phase| phase.position))?
    };
    let strokes: Vec<usize> = (0..plan.segments.len())
        .filter(|&at| position(at).is_some())
        .collect();
    for pair in strokes.windows(2) {
        let [one, other] = pair else { continue };
        let turns = plan
            .segments
            .iter()
            .take(*other)
            .skip(*one)
            .filter(|s| s.name() == "Turn the client" || s.name() == "Sit up")
            .count();
        let changes = position(*one) != position(*other);
        if changes && turns != 1 {
            return Err(format!("{turns} turns for one change"));
        }
        if !changes && turns > 0 && plan.segments.len() < whole.segments.len() {
            return Err("turned for nothing".into());
        }
    }
    Ok(())
}
