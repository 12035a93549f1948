//! What a routine comes to once everything in it is written out.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test: what is missing shall fail loudly"
)]

#[path = "support/script.rs"]
mod script;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use ashiatsu::cue::Cue;
use ashiatsu::plan::{Facing, Options, Plan, PlanError, Segment, StepId, Work};
use ashiatsu::routine::vocabulary::{
    Position, Pressure, Region, Side, Stance, TransitionKind, With, Working,
};
use ashiatsu::routine::{Ends, Routine, Sound, read};
use script::{
    both_sides, hold, plan, rest, routine, routine_of, secs, step, step_with, transition,
};

/// Each step in a word or two: its name and its side.
fn outline(plan: &Plan) -> Vec<String> {
    plan.segments
        .iter()
        .map(|segment| match segment.side {
            Some(side) => format!("{} {side}", segment.name()),
            None => segment.name().to_owned(),
        })
        .collect()
}

fn opens(plan: &Plan) -> Vec<Cue> {
    plan.segments.iter().map(|segment| segment.opens).collect()
}

fn twins(plan: &Plan) -> Vec<Option<usize>> {
    plan.segments
        .iter()
        .map(|segment| segment.twin.and_then(|twin| plan.index_of(twin)))
        .collect()
}

fn times(plan: &Plan) -> Vec<u64> {
    plan.segments
        .iter()
        .map(|segment| segment.time.as_secs())
        .collect()
}

#[test]
fn both_sides_are_written_out_with_side_and_working_swapped() {
    let plan = plan([both_sides([
        step_with("Glide", 60, "side: Left, working: Right"),
        step_with("Cross", 60, "side: Right, working: Both"),
        step_with("Spine", 60, "side: Midline"),
        step_with("Wide", 60, "side: Both, working: Left"),
        transition("Rest", 10, "side: Left, working: Left"),
        step("Plain", 60),
    ])]);
    assert_eq!(
        outline(&plan),
        [
            "Glide left",
            "Cross right",
            "Spine midline",
            "Wide both",
            "Rest left",
            "Plain",
            "Glide right",
            "Cross left",
            "Spine midline",
            "Wide both",
            "Rest right",
            "Plain"
        ]
    );
    let working: Vec<Option<Working>> = plan.segments.iter().map(|s| s.working).collect();
    assert_eq!(
        working,
        [
            Some(Working::Right),
            Some(Working::Both),
            None,
            Some(Working::Left),
            Some(Working::Left),
            None,
            Some(Working::Left),
            Some(Working::Both),
            None,
            Some(Working::Right),
            Some(Working::Right),
            None
        ]
    );
    assert_eq!(plan.length(), secs(2.0 * 310.0));
}

#[test]
fn change_sides_at_the_end_of_the_list_comes_once() {
    let changes = || transition("ChangeSides", 15, "");
    let glide = || step_with("Glide", 60, "side: Left");
    assert_eq!(
        outline(&plan([both_sides([glide(), changes()])])),
        ["Glide left", "Change sides", "Glide right"]
    );
    // Anywhere else it is a transition like any other.
    assert_eq!(
        outline(&plan([both_sides([changes(), glide()])])),
        ["Change sides", "Glide left", "Change sides", "Glide right"]
    );
    // Another kind stays at the end of both.
    assert_eq!(
        outline(&plan([both_sides([glide(), rest(15)])])),
        ["Glide left", "Rest", "Glide right", "Rest"]
    );
}

#[test]
fn repeat_and_use_are_written_out_and_nest() {
    let routine = routine(
        "sequences: {
            \"inner\": [Step(stroke: \"In\", region: Back, side: Left, time: \"10s\")],
            \"outer\": [Use(\"inner\"), Step(stroke: \"Out\", region: Back, time: \"5s\")],
        },",
        [
            "Repeat(2, [Use(\"outer\")]),".to_owned(),
            "BothSides([Use(\"inner\")]),".to_owned(),
            "Repeat(1, [BothSides([Repeat(2, [Use(\"inner\")])])]),".to_owned(),
        ],
    );
    let plan = Plan::whole(&routine);
    assert_eq!(
        outline(&plan),
        [
            "In left", "Out", "In left", "Out", "In left", "In right", "In left", "In left",
            "In right", "In right"
        ]
    );
}

#[test]
fn both_sides_within_both_sides_swap_twice() {
    let plan = plan([both_sides([
        both_sides([step_with("Glide", 10, "side: Left")]),
        step_with("Fan", 10, "side: Left"),
    ])]);
    assert_eq!(
        outline(&plan),
        [
            "Glide left",
            "Glide right",
            "Fan left",
            "Glide right",
            "Glide left",
            "Fan right"
        ]
    );
    assert_eq!(
        twins(&plan),
        [Some(1), Some(0), Some(5), Some(4), Some(3), Some(2)]
    );
}

#[test]
fn both_sides_around_phases_turn_the_client_over() {
    let plan = Plan::whole(&routine_of(
        "",
        "BothSides([
            Phase(name: \"Side\", position: SideLyingLeft, steps: [
                Step(stroke: \"Hip\", region: Hips, side: Right, working: Left, time: \"60s\"),
                Transition(kind: ChangeSides, time: \"15s\"),
            ]),
            Phase(name: \"Belly\", position: Prone, steps: [
                Step(stroke: \"Glide\", region: Back, time: \"60s\"),
            ]),
        ]),
        Phase(name: \"Other\", position: SideLyingRight, steps: [
            Step(stroke: \"Rock\", region: Hips, time: \"60s\"),
        ])",
    ));
    let phases: Vec<(&str, Position)> = plan
        .phases
        .iter()
        .map(|phase| (phase.name.as_str(), phase.position))
        .collect();
    assert_eq!(
        phases,
        [
            ("Side", Position::SideLyingLeft),
            ("Belly", Position::Prone),
            ("Side", Position::SideLyingRight),
            ("Belly", Position::Prone),
            ("Other", Position::SideLyingRight)
        ]
    );
    assert_eq!(
        outline(&plan),
        [
            "Hip right",
            "Change sides",
            "Glide",
            "Hip left",
            "Change sides",
            "Glide",
            "Rock"
        ]
    );
    let of_phase: Vec<usize> = plan.segments.iter().map(|segment| segment.phase).collect();
    assert_eq!(of_phase, [0, 0, 1, 2, 2, 3, 4]);
    assert_eq!(plan.segments[3].working, Some(Working::Right));
    assert_eq!(
        plan.phase_of(&plan.segments[3]).unwrap().position,
        Position::SideLyingRight
    );
}

#[test]
fn a_phase_says_once_what_holds_for_its_steps_after_use_is_expanded() {
    let plan = Plan::whole(&routine_of(
        "sequences: {
            \"plain\": [Step(stroke: \"Plain\", region: Back, time: \"10s\")],
        },",
        "Phase(name: \"One\", position: Prone, stance: OneFoot, with: Arch, pressure: Medium, steps: [
            Use(\"plain\"),
            Step(stroke: \"Own\", region: Back, time: \"10s\", stance: TwoFeet, with: Heel, pressure: Deep),
        ]),
        Phase(name: \"Two\", position: Prone, stance: Floor, steps: [Use(\"plain\")])",
    ));
    let held: Vec<(Option<Stance>, Option<With>, Option<Pressure>)> = plan
        .segments
        .iter()
        .map(|segment| match &segment.work {
            Work::Stroke {
                stance,
                with,
                pressure,
                ..
            } => (*stance, *with, *pressure),
            Work::Transition(_) => (None, None, None),
        })
        .collect();
    assert_eq!(
        held,
        [
            (
                Some(Stance::OneFoot),
                Some(With::Arch),
                Some(Pressure::Medium)
            ),
            (
                Some(Stance::TwoFeet),
                Some(With::Heel),
                Some(Pressure::Deep)
            ),
            (Some(Stance::Floor), None, None),
        ]
    );
}

#[test]
fn a_step_keeps_what_its_author_wrote() {
    let plan = plan([
        step_with(
            "Glide",
            60,
            "toward: Shoulders, pace: \"8s\", sound: \"turn\", min: \"30s\", max: \"2m\"",
        ),
        hold(45),
        step_with("Fixed", 50, ""),
    ]);
    let [glide, sit_up, fixed] = plan.segments.as_slice() else {
        panic!("three steps")
    };
    assert!(matches!(
        &glide.work,
        Work::Stroke { region: Region::Back, toward: Some(Region::Shoulders), pace: Some(pace), .. }
            if *pace == secs(8.0)
    ));
    assert_eq!(glide.sound, Some(Sound::Cue(Cue::Turn)));
    assert_eq!(glide.opens, Cue::Shift, "the sound is not the cue's name");
    assert_eq!((glide.min, glide.max), (secs(30.0), secs(120.0)));
    assert_eq!(glide.ends, Ends::ByTime);
    assert_eq!(sit_up.work, Work::Transition(TransitionKind::SitUp));
    assert_eq!(sit_up.ends, Ends::WhenReady);
    assert_eq!((fixed.min, fixed.max), (secs(50.0), secs(50.0)));
}

#[test]
fn placeholders_are_filled_as_the_step_has_it() {
    let plan = plan([both_sides([step_with(
        "Glide",
        60,
        "side: Left, working: Right,
         cue: \"Your {foot} foot, the {side} side\", note: \"Away from the {other} hip\"",
    )])]);
    let said: Vec<(&str, &str)> = plan
        .segments
        .iter()
        .map(|s| (s.cue.as_deref().unwrap(), s.note.as_deref().unwrap()))
        .collect();
    assert_eq!(
        said,
        [
            ("Your right foot, the left side", "Away from the right hip"),
            ("Your left foot, the right side", "Away from the left hip")
        ]
    );
}

#[test]
fn ids_are_distinct_and_numbers_count_from_one() {
    let plan = plan([
        "Repeat(3, [Step(stroke: \"Rock\", region: Hips, time: \"10s\")]),".to_owned(),
        both_sides([step("Glide", 10)]),
    ]);
    let numbers: Vec<usize> = plan.segments.iter().map(|s| s.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    let mut ids: Vec<StepId> = plan.segments.iter().map(|s| s.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 5);
    for (index, segment) in plan.segments.iter().enumerate() {
        assert_eq!(plan.index_of(segment.id), Some(index));
    }
}

#[test]
fn every_step_knows_where_it_comes_from() {
    let plan = plan([
        "Repeat(2, [Step(stroke: \"Rock\", region: Hips, time: \"10s\")]),".to_owned(),
        both_sides([step("Glide", 10)]),
    ]);
    let origins: Vec<(String, u32, Facing)> = plan
        .segments
        .iter()
        .map(|segment| {
            let origin = &segment.origin;
            (origin.place.to_string(), origin.copy, origin.facing)
        })
        .collect();
    let [rock, again, left, right] = origins.as_slice() else {
        panic!("four steps")
    };
    assert_eq!(rock.0, again.0);
    assert_eq!(left.0, right.0);
    assert_ne!(rock.0, left.0);
    assert_eq!((rock.1, again.1), (0, 1));
    assert_eq!((rock.2, again.2), (Facing::AsWritten, Facing::AsWritten));
    assert_eq!((left.1, left.2), (0, Facing::AsWritten));
    assert_eq!((right.1, right.2), (1, Facing::Mirrored));
}

#[test]
fn the_two_sides_of_a_step_are_twins() {
    let plan = plan([
        both_sides([
            step_with("Glide", 10, "side: Left"),
            step_with("Fan", 10, "side: Left"),
            transition("ChangeSides", 10, ""),
        ]),
        step("Close", 10),
    ]);
    assert_eq!(
        twins(&plan),
        [Some(3), Some(4), None, Some(0), Some(1), None]
    );
}

#[test]
fn every_round_of_a_repeated_both_sides_has_its_own_twins_and_its_own_side() {
    let plan = plan([format!(
        "Repeat(2, [{}]),",
        both_sides([step_with("Glide", 10, "side: Both"), step("Fan", 10)])
    )]);
    assert_eq!(twins(&plan), [2, 3, 0, 1, 6, 7, 4, 5].map(Some).to_vec());
    assert_eq!(
        opens(&plan),
        [
            Cue::Shift,
            Cue::Shift,
            Cue::Side,
            Cue::Shift,
            Cue::Shift,
            Cue::Shift,
            Cue::Side,
            Cue::Shift
        ]
    );
}

#[test]
fn each_step_is_placed_after_the_ones_before() {
    let plan = plan([step("Glide", 60), rest(30), hold(15), step("Fan", 45)]);
    let starts: Vec<u64> = plan.placed().map(|(start, _)| start.as_secs()).collect();
    assert_eq!(starts, [0, 60, 90, 105]);
    assert_eq!(plan.length(), secs(150.0), "a hold counts its time");
}

fn supple() -> Routine {
    routine(
        "",
        [
            step_with("Open", 60, "min: \"30s\", max: \"90s\""),
            both_sides([step_with(
                "Glide",
                120,
                "side: Left, min: \"60s\", max: \"180s\"",
            )]),
            step("Close", 60),
        ],
    )
}

#[test]
fn from_leaves_out_what_comes_before_and_keeps_numbers_and_cues() {
    let options = Options {
        from: Some(3),
        ..Options::default()
    };
    let whole = Plan::whole(&supple());
    let plan = Plan::new(&supple(), &options).unwrap();
    assert_eq!(plan.segments, whole.segments[2..]);
    assert_eq!(plan.segments[0].number, 3);
    assert_eq!(plan.segments[0].opens, Cue::Side);
    assert_eq!(plan.length(), secs(180.0));
}

#[test]
fn from_must_be_among_the_steps() {
    for asked in [0, 5, usize::MAX] {
        let options = Options {
            from: Some(asked),
            ..Options::default()
        };
        assert_eq!(
            Plan::new(&supple(), &options),
            Err(PlanError::NoSuchStep { asked, last: 4 })
        );
    }
}

#[test]
fn fit_meets_the_length_with_one_share_for_all() {
    let fitted = |length: f64, from: Option<usize>| {
        let options = Options {
            from,
            fit: Some(secs(length)),
            ..Options::default()
        };
        Plan::new(&supple(), &options)
    };
    assert_eq!(times(&fitted(360.0, None).unwrap()), [60, 120, 120, 60]);
    assert_eq!(times(&fitted(285.0, None).unwrap()), [45, 90, 90, 60]);
    assert_eq!(times(&fitted(435.0, None).unwrap()), [75, 150, 150, 60]);
    // What remains from there on.
    assert_eq!(times(&fitted(150.0, Some(3)).unwrap()), [90, 60]);
    for length in [210.0, 211.0, 333.333, 359.999, 360.001, 509.9, 510.0] {
        let plan = fitted(length, None).unwrap();
        assert!(plan.length().abs_diff(secs(length)) < Duration::from_millis(1));
        assert_eq!(plan.segments[1].time, plan.segments[2].time);
    }
}

#[test]
fn a_length_out_of_reach_is_refused_with_the_shortest_and_the_longest() {
    for length in [0.0, 209.0, 511.0, 1e9] {
        let options = Options {
            fit: Some(secs(length)),
            ..Options::default()
        };
        let error = Plan::new(&supple(), &options).unwrap_err();
        let said = error.to_string();
        assert!(said.contains("3m 30s") && said.contains("8m 30s"), "{said}");
    }
}

#[test]
fn speed_divides_the_fitted_times() {
    let options = Options {
        fit: Some(secs(435.0)),
        speed: "5".parse().unwrap(),
        from: None,
    };
    let plan = Plan::new(&supple(), &options).unwrap();
    assert_eq!(times(&plan), [15, 30, 30, 12]);
    let open = &plan.segments[0];
    assert_eq!((open.min, open.max), (secs(6.0), secs(18.0)));
    assert_eq!(plan.length(), secs(87.0));
}

fn shipped() -> Vec<(String, Routine)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("routines");
    let mut routines: Vec<(String, Routine)> = std::fs::read_dir(folder)
        .expect("the routines")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("text");
            let name = path.file_name().expect("a name").display().to_string();
            let routine = read::read(&text, &read::NoSounds)
                .unwrap_or_else(|faults| panic!("{name}: {faults:#?}"));
            (name, routine)
        })
        .collect();
    routines.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(routines.len() >= 6, "{routines:?}");
    routines
}

#[test]
fn every_shipped_routine_lasts_what_it_says() {
    for (name, routine) in shipped() {
        assert_eq!(
            Some(Plan::whole(&routine).length()),
            routine.length,
            "{name}"
        );
    }
}

#[test]
fn every_shipped_routine_treats_left_and_right_alike() {
    for (name, routine) in shipped() {
        let mut balance: BTreeMap<Region, (Duration, Duration)> = BTreeMap::new();
        let plan = Plan::whole(&routine);
        for segment in &plan.segments {
            let Some(region) = segment.region() else {
                continue;
            };
            let (left, right) = balance.entry(region).or_default();
            match segment.side {
                Some(Side::Left) => *left += segment.time,
                Some(Side::Right) => *right += segment.time,
                Some(Side::Both | Side::Midline) | None => {}
            }
        }
        for (region, (left, right)) in balance {
            assert_eq!(left, right, "{name}: {region}");
        }
    }
}

#[test]
fn in_every_shipped_routine_twins_point_at_each_other_and_last_alike() {
    for (name, routine) in shipped() {
        let plan = Plan::whole(&routine);
        for segment in &plan.segments {
            let Some(twin) = segment.twin else { continue };
            let twin: &Segment = &plan.segments[plan.index_of(twin).expect("a twin")];
            assert_eq!(twin.twin, Some(segment.id), "{name} {}", segment.number);
            assert_eq!(twin.time, segment.time, "{name} {}", segment.number);
            assert_eq!(twin.name(), segment.name(), "{name} {}", segment.number);
        }
    }
}
