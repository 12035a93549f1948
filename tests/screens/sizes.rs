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
use crate::script::{EVENING, Script};

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

/// What a session is doing while it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Runs,
    GetsReady,
    Paused,
    Lingers,
    Waits,
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
    for entry in Library::load(None).entries().cloned() {
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
                if (columns, rows) == corner {
                    continue;
                }
                // In a pause as well, and that is read as far as the stroke.
                script.tap("Space");
                shown(&script).unwrap_or_else(|wrong| panic!("paused: {wrong}"));
                assert!(script.shows("PAUSED") || script.shows_large("PAUSED"));
                if columns >= 40 && rows >= 12 {
                    assert!(script.shows_large("PAUSED"), "{columns}x{rows}: small");
                }
                script.tap("Space");
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
    let states = (prop::bool::ANY, 0..5_usize);
    let cases = (names(), windows(), 0..4_usize, states, 5_u64..7300);
    let result = runner(240).run(&cases, |(name, (columns, rows), side, (bare, state), time)| {
        let state = [State::Runs, State::GetsReady, State::Paused, State::Lingers, State::Waits][state];
        let hold = if state == State::Waits { "hold: true," } else { "" };
        let side = [Side::Left, Side::Right, Side::Both, Side::Midline][side];
        let text = format!(
            r#"Routine(format: 1, name: "Any", phases: [
                Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
                    Step(stroke: "{name}", region: Back, side: {side:?}, time: "{time}s", cue: "Slow", {hold}
                         note: "A note that is long enough to need more than one line in a narrow window"),
                    Step(stroke: "Hold", region: Back, time: "30s"),
                ]),
            ])"#
        );
        let mut script = Script::running(&text, Before::Nothing).sized(columns, rows);
        if state != State::GetsReady {
            script = script.wait(3.5);
        }
        match state {
            State::Runs | State::GetsReady => {}
            State::Paused => script.tap("Space"),
            State::Lingers => script.tap("l"),
            State::Waits => _ = script.pass(f64::from(u32::try_from(time).unwrap())),
        }
        if bare {
            script.tap("Tab");
        }
        let left = match state {
            State::GetsReady => Some("3".to_owned()),
            State::Waits => Some("+0:00".to_owned()),
            _ => letters_of_time(&script, time),
        };
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

/// How tall a text is drawn, in rows; 0 if it is plain or not there.
fn tall(script: &Script, text: &str) -> u16 {
    height_of(text, &script.picture()).unwrap_or(0)
}

#[test]
fn at_four_metres_stroke_time_and_what_stands_still_are_read() {
    let stroke = |size| {
        Script::in_session(EVENING)
            .press("n")
            .wait(15.0)
            .sized(size, 24)
    };
    for columns in [80, 100] {
        let script = stroke(columns);
        assert!(tall(&script, "LEFT") >= 4);
        assert_eq!(tall(&script, "1:15"), 8);
        assert!(letters::reads("Gliding compression", &script.picture()));
        let script = script.press("Space");
        assert_eq!((tall(&script, "1:15"), tall(&script, "PAUSED")), (8, 4));
        let script = stroke(columns).press("l").wait(6.0);
        assert_eq!(tall(&script, "LINGERING"), 4);
        let waits = Script::in_session(EVENING).wait(25.0).sized(columns, 24);
        assert_eq!((tall(&waits, "Check in"), tall(&waits, "+0:05")), (4, 8));
        assert_eq!(tall(&waits, "TAKE YOUR TIME"), 4);
    }
    // In a window of half that what waits is still read.
    let waits = Script::in_session(EVENING).wait(25.0).sized(40, 12);
    assert_eq!((tall(&waits, "Check in"), tall(&waits, "READY?")), (4, 4));
    waits.sees("TAKE YOUR TIME · Enter when ready");
    for (columns, rows, least) in [(120, 40, 8), (200, 50, 8), (30, 8, 4)] {
        let script = stroke(80).press("Space").sized(columns, rows);
        assert!(tall(&script, "PAUSED") >= least, "{columns}x{rows}");
    }
}

#[test]
fn get_ready_shows_the_first_stroke_as_the_session_will_and_counts_down_large() {
    let text = EVENING.replace("hold: true, ", "");
    let script = |size: (u16, u16)| {
        let script = Script::running(&text, Before::Nothing).wait(0.5);
        script.sized(size.0, size.1)
    };
    for (size, name, figure) in [
        ((80, 24), 4, 8),
        ((120, 40), 8, 16),
        ((200, 50), 8, 24),
        ((40, 12), 4, 8),
        ((30, 8), 4, 4),
    ] {
        let script = script(size);
        assert!(tall(&script, "Check in") >= name, "{size:?}");
        assert!(tall(&script, "3") >= figure, "{size:?}");
        let script = script.wait(1.0);
        assert!(tall(&script, "2") >= figure, "{size:?}");
    }
}

#[test]
fn the_head_line_does_not_touch_the_name_under_a_note_of_two_rows() {
    let note = r#"note: "Stay on the muscle beside the spine, never on it. Slow as breath.""#;
    let text = format!(
        r#"Routine(format: 1, name: "Any", phases: [
            Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
                Step(stroke: "Glide", region: Back, side: Left, time: "2m", cue: "Slow", {note}),
                Step(stroke: "Hold", region: Back, time: "30s"),
            ]),
        ])"#
    );
    let script = Script::in_session(&text)
        .sees("step 1 of 2")
        .sees("breath.");
    let rows = letters::rows(&script.picture());
    let head = rows
        .iter()
        .position(|row| row.contains("step 1 of 2"))
        .unwrap();
    let below: String = rows[head + 1].chars().take(50).collect();
    assert_eq!(below.trim(), "");
}
