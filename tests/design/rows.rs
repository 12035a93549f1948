//! What the table shows of a text: rows, fields, lengths and places in the plan.

use std::fmt::Write;
use std::time::Duration;

use ashiatsu::check::check;
use ashiatsu::design::{Design, FieldState, RowKind};
use ashiatsu::document::Place;
use ashiatsu::plan::Plan;
use ashiatsu::routine::read::NoSounds;
use ashiatsu::routine::time::clock;

use crate::{GROUNDING, row};

const SHIPPED: [&str; 6] = [
    include_str!("../../routines/back-basics.ron"),
    include_str!("../../routines/first-steps.ron"),
    include_str!("../../routines/full-body.ron"),
    include_str!("../../routines/gluteals-and-legs.ron"),
    include_str!("../../routines/prone-flow.ron"),
    include_str!("../../routines/two-minute-tour.ron"),
];

#[test]
fn the_sample_as_a_table() {
    let design = Design::new(GROUNDING);
    let mut table = String::new();
    for (at, row) in design.rows().iter().enumerate() {
        let place = row.occurrences.iter().map(|one| {
            let start = one.start.map_or("?".to_owned(), clock);
            format!("{}+{} at {start} {:?}", one.number, one.steps, one.facing)
        });
        let _ = writeln!(
            table,
            "{}{:?} {}, {}: {}",
            "  ".repeat(row.depth),
            row.kind,
            design.title(at),
            row.length.map_or("?".to_owned(), clock),
            place.collect::<Vec<_>>().join("; ")
        );
    }
    insta::assert_snapshot!(table);
}

#[test]
fn what_the_rows_say_of_the_plan_is_what_the_plan_is() {
    for text in SHIPPED.into_iter().chain([GROUNDING]) {
        let design = Design::new(text);
        let routine = check(text, &NoSounds).routine.unwrap();
        let plan = Plan::whole(&routine);
        assert_eq!(design.total().length, plan.length());
        assert_eq!(design.total().steps, plan.segments.len() as u64);
        let mut met = vec![0; design.rows().len()];
        for (start, segment) in plan.placed() {
            let row = design.row_of(&segment.origin.place).unwrap();
            assert_eq!(design.place(row).unwrap(), segment.origin.place);
            let here = design.rows()[row].occurrences[segment.origin.copy as usize];
            assert_eq!((here.number, here.steps), (segment.number, 1));
            assert_eq!(here.start, Some(start));
            assert_eq!(here.facing, segment.origin.facing);
            assert_eq!(design.rows()[row].length, Some(segment.time));
            met[row] += 1;
        }
        for (row, met) in design.rows().iter().zip(met) {
            if row.kind.is_timed() {
                assert_eq!(row.occurrences.len(), met);
            }
        }
        for (at, row) in design.rows().iter().enumerate() {
            assert_eq!(design.row_at(row.range.start), at);
            assert_eq!(design.row_of(&design.place(at).unwrap()), Some(at));
        }
    }
}

#[test]
fn fields_say_what_is_written_and_what_the_phase_gives() {
    let design = Design::new(GROUNDING);
    let mut table = String::new();
    for title in [
        "Grounding Back Flow",
        "warm-up",
        "Back",
        "Gliding compression",
        "Change sides",
        "2 times",
    ] {
        let at = row(&design, title);
        let _ = writeln!(table, "{title}");
        for field in design.fields(at) {
            let _ = write!(table, "  {}: {:?}", field.name, field.state);
            let _ = match field.inherited {
                Some(word) => writeln!(table, ", from the phase {word}"),
                None => writeln!(table),
            };
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn what_cannot_be_read_is_a_row_all_the_same() {
    let text = "Routine(format: 1, name: \"A\", phases: [Phase(name: \"P\", position: Prone, steps: [
        Step(stroke: \"A\", region: Bck, time: \"2\"), Stp(stroke: \"B\"), \"C\", Use(\"nowhere\"),
        Step(stroke: \"D\", region: Back, time: \"1m\"), Repeat(many, [Step(stroke: \"E\", region: Back, time: \"1m\")]),
    ])])";
    let design = Design::new(text);
    let kinds: Vec<RowKind> = design.rows().iter().map(|row| row.kind).collect();
    assert_eq!(
        kinds,
        [
            RowKind::Routine,
            RowKind::Phase,
            RowKind::Step,
            RowKind::Unknown,
            RowKind::Unknown,
            RowKind::Use,
            RowKind::Step,
            RowKind::Repeat,
            RowKind::Step,
        ]
    );
    let field = |row, name| design.field(row, name).unwrap().state;
    assert_eq!(field(2, "time"), FieldState::Unread("2".to_owned()));
    assert_eq!(field(2, "region"), FieldState::Unread("Bck".to_owned()));
    assert_eq!(design.title(3), "Stp(stroke: \"B\")");
    assert_eq!(design.rows()[2].length, None);
    assert_eq!(design.rows()[6].length, Some(Duration::from_secs(60)));
    assert_eq!(
        design.rows()[6].occurrences[0].start,
        None,
        "who knows when"
    );
    assert_eq!(design.rows()[6].occurrences[0].number, 2);
    assert_eq!(design.rows()[1].length, None);
    assert_eq!(design.total().length, Duration::from_secs(120));
    assert!(design.total().unread > 0);
}

#[test]
fn a_routine_without_an_end_has_rows_and_no_places() {
    let text = "Routine(format: 1, name: \"A\", sequences: {\"a\": [Use(\"b\")], \"b\": [Use(\"a\")]}, phases: [
        Phase(name: \"P\", position: Prone, steps: [Use(\"a\"), Repeat(99, [Repeat(99, [Repeat(99, [Repeat(99, [])])])])]),
    ])";
    let design = Design::new(text);
    assert_eq!(design.rows().len(), 11);
    assert!(design.rows().iter().all(|row| row.occurrences.is_empty()));
    let huge = text
        .replace("Use(\"a\"), ", "")
        .replace("[])", "[Step(stroke: \"A\", region: Back, time: \"1s\")])");
    let design = Design::new(&huge);
    assert_eq!(design.total().steps, 99_u64.pow(4));
    assert!(design.rows().iter().all(|row| row.occurrences.is_empty()));
    assert_eq!(
        design.place(3).unwrap(),
        Place::root().field("sequences").key("b")
    );
}

#[test]
fn sequences_that_use_one_another_by_the_thousand_are_rows_all_the_same() {
    const COUNT: usize = 5000;
    let mut text = "Routine(format: 1, name: \"A\", sequences: {".to_owned();
    for number in 0..COUNT {
        let _ = write!(text, "\"s{number}\": [Use(\"s{}\")], ", number + 1);
    }
    text += "}, phases: [Phase(name: \"P\", position: Prone, steps: [Use(\"s0\")])])";
    let design = Design::new(&text);
    assert_eq!(design.rows().len(), 1 + 2 * COUNT + 2);
    assert_eq!(design.rows()[0].length, None);
}
