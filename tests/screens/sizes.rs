//! Whatever the routine, the name and the window: stroke, side and time are
//! there.

use ashiatsu::library::{Entry, Library};
use ashiatsu::plan::Plan;
use ashiatsu::routine::time::clock;
use ashiatsu::routine::vocabulary::Side;
use ashiatsu::tui::app::Before;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use ratatui::buffer::Buffer;

use crate::letters::{self, height_of, is_plain};
use crate::script::Script;

/// Windows from 30x8 to 130x45.
fn windows() -> impl Strategy<Value = (u16, u16)> {
    (30_u16..=130, 8_u16..=45)
}

/// Names of 1 to 60 characters in several scripts, with marks that combine and
/// letters two cells wide.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zäöüßéñ'-]{1,14}( [A-Za-zäöüßéñ'-]{1,14}){0,3}",
        "[A-Za-z]{60}",
        "[あ-んア-ン背中圧迫脚足裏]{1,60}",
        "[あ-ん]{1,12} [a-z]{1,12}",
        "([a-z]\u{301}|[a-z]\u{308}){1,30}",
        "[a-z]",
    ]
}

fn side_word(side: Side) -> &'static str {
    match side {
        Side::Left => "LEFT",
        Side::Right => "RIGHT",
        Side::Both => "BOTH",
        Side::Midline => "MIDLINE",
    }
}

/// That a person finds these three in the picture.
fn all_there(buf: &Buffer, name: &str, side: Option<Side>, time: &str) -> Result<(), String> {
    let found = |text: &str| is_plain(text, buf) || height_of(text, buf).is_some();
    let missing = [
        (!letters::reads(name, buf)).then_some(name),
        (!found(time)).then_some(time),
        side.map(side_word).filter(|word| !found(word)),
    ];
    let missing: Vec<&str> = missing.into_iter().flatten().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let (columns, rows) = (buf.area.width, buf.area.height);
    let picture = letters::rows(buf).join("\n");
    Err(format!("{columns}x{rows} lacks {missing:?}:\n{picture}"))
}

/// The same cases on every machine and in every run.
fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng)
}

#[test]
fn every_step_of_every_routine_that_ships_is_shown_whole_in_any_window() {
    let mut runner = runner(1);
    let window = windows();
    let mut steps = 0;
    for entry in Library::load(None).entries {
        let Entry { content, text, .. } = entry;
        let plan = Plan::whole(&content.unwrap());
        let mut script = Script::in_session(&text);
        for segment in &plan.segments {
            let corner = [(30, 8), (130, 45), (80, 24)][steps % 3];
            let any = window.new_tree(&mut runner).unwrap().current();
            for (columns, rows) in [corner, any] {
                script.resize(columns, rows);
                let shown = |script: &Script| {
                    let (name, time) = (segment.name(), clock(segment.time));
                    all_there(&script.picture(), name, segment.side, &time)
                };
                shown(&script).unwrap_or_else(|wrong| panic!("full: {wrong}"));
                script.tap("Tab");
                shown(&script).unwrap_or_else(|wrong| panic!("bare: {wrong}"));
                script.tap("Tab");
                script.tap("Tab");
            }
            steps += 1;
            script.tap("n");
        }
        assert!(script.shows("Finished"), "{} has more steps", plan.name);
    }
    assert!(steps > 100, "only {steps} steps");
}

#[test]
fn a_name_in_any_script_is_shown_whole_in_any_window() {
    let cases = (names(), windows(), 0..4_usize, prop::bool::ANY, 5_u64..7300);
    let result = runner(160).run(&cases, |(name, (columns, rows), side, bare, time)| {
        let side = [Side::Left, Side::Right, Side::Both, Side::Midline][side];
        let text = format!(
            r#"Routine(format: 1, name: "Any", phases: [
                Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
                    Step(stroke: "{name}", region: Back, side: {side:?}, time: "{time}s", cue: "Slow",
                         note: "A note that is long enough to need more than one line in a narrow window"),
                    Step(stroke: "Hold", region: Back, time: "30s"),
                ]),
            ])"#
        );
        let mut script = Script::running(&text, Before::Nothing).sized(columns, rows);
        script = script.wait(3.5);
        if bare {
            script.tap("Tab");
        }
        let left = letters_of_time(&script, time);
        prop_assert!(left.is_some(), "no time: {}", letters::rows(&script.picture()).join("\n"));
        all_there(&script.picture(), &name, Some(side), &left.unwrap()).map_err(TestCaseError::fail)
    });
    result.unwrap_or_else(|wrong| panic!("{wrong}"));
}

/// The time that is shown: the step's, less the second in which it began.
fn letters_of_time(script: &Script, time: u64) -> Option<String> {
    let picture = script.picture();
    [time, time - 1]
        .into_iter()
        .map(|seconds| clock(std::time::Duration::from_secs(seconds)))
        .find(|time| is_plain(time, &picture) || height_of(time, &picture).is_some())
}
