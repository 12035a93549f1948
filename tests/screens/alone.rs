//! Regions left alone: ticked before a session, dropped from it, named where
//! something still passes over them, in the log, and forgotten.

use ashiatsu::routine::time::round_seconds;
use ashiatsu::routine::vocabulary::{Region, Side};
use ashiatsu::tui::app::{Act, Before, Kept};

use crate::script::{Script, entry};

/// Ten minutes: low back on both sides, and two strokes that pass over it.
const BACK: &str = r#"Routine(format: 1, name: "Back", phases: [
    Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
        Step(stroke: "Arrive", region: Shoulders, time: "2m", max: "3m"),
        BothSides([
            Step(stroke: "Press", region: LowBack, side: Left, time: "1m"),
            Transition(kind: ChangeSides, time: "30s"),
        ]),
        Step(stroke: "Long glide", region: Back, side: Both, time: "2m 30s"),
        Step(stroke: "Sweep", region: Sacrum, toward: Neck, time: "2m", max: "10m"),
        Step(stroke: "Leave", region: Shoulders, time: "1m"),
    ]),
])"#;

fn at_the_page() -> Script {
    Script::running(BACK, Before::Preflight)
        .press("a")
        .sees("leave alone today")
        .sees("nothing is left alone")
}

/// A step that was left out: its number, region and side.
type Out = (usize, Option<Region>, Option<Side>);

/// What is kept of the session that began: the plan's length in seconds, and
/// the steps that were left out.
fn begun(script: &Script) -> (u64, Vec<Out>) {
    let kept = script.acts.iter().find_map(|act| match act {
        Act::Keep(Kept::Begin(meta, plan, _)) => Some((meta, plan)),
        _ => None,
    });
    let (meta, plan) = kept.expect("a session begins");
    assert!(meta.left_out.iter().all(|step| step.left_out));
    let out = meta.left_out.iter();
    let out = out.map(|step| (step.number, step.region, step.side));
    (round_seconds(plan.length()).as_secs(), out.collect())
}

#[test]
fn what_is_ticked_is_dropped_and_its_time_goes_to_the_others() {
    let script = at_the_page()
        .sees("[ ] low back")
        .sees("[ ] low back, left");
    let script = script.click("[ ] low back").sees("[x] low back, left");
    let script = script
        .sees("left alone: low back · 3 steps, 2:30 · the others fill it to 10:00")
        .sees("still passes over low back: Long glide both (step 5), Sweep (step 6)");
    let script = script
        .press("Enter")
        .sees("1 of 3")
        .sees("left alone: low back");
    let mut script = script
        .presses(&["Enter"; 3])
        .sees("still passes over low back");
    script.acts.clear();
    let mut script = script.press("Enter").wait(4.0).sees("Arrive");
    assert_eq!(
        begun(&script),
        (
            600,
            vec![
                (2, Some(Region::LowBack), Some(Side::Left)),
                (3, None, None),
                (4, Some(Region::LowBack), Some(Side::Right)),
            ]
        )
    );
    // The steps keep their numbers.
    script.tap("n");
    script.sees("step 5 of 7");
}

#[test]
fn the_time_need_not_go_to_the_others() {
    let script = at_the_page().click("[ ] low back");
    let script = script.click("[x] give their time").sees("· 7:30 in all");
    let script = script.press("Esc").presses(&["Enter"; 4]).wait(4.0);
    assert_eq!(begun(&script).0, 450);
    let stiff = BACK.replace("max: \"3m\"", "").replace("max: \"10m\"", "");
    let script = Script::running(&stiff, Before::Preflight).press("a");
    script
        .click("[ ] low back")
        .sees("no other can grow: 7:30 in all");
}

#[test]
fn one_side_can_be_left_alone_and_a_tick_can_be_taken_off() {
    let script = at_the_page().click("low back, left").sees("[ ] low back");
    let script = script.sees("left alone: low back left · 2 steps");
    let script = script.click("low back, left").sees("nothing is left alone");
    // All of it, then one side after all.
    let script = script.click("[ ] low back").click("low back, right");
    let script = script.sees("left alone: low back left ·");
    script
        .press("Esc")
        .presses(&["o", "End"])
        .sees("Leave alone   low back left");
}

#[test]
fn with_nothing_left_it_cannot_start_and_says_so() {
    let script = at_the_page()
        .click("[ ] shoulders")
        .click("[ ] low back")
        .click("[ ] back")
        .click("[ ] sacrum")
        .sees("nothing is left");
    let script = script
        .press("Enter")
        .presses(&["Enter"; 4])
        .sees("it cannot start");
    let script = script.wait(10.0).misses("Get ready").press("a");
    let script = script.click("[x] sacrum").press("Enter").press("Enter");
    script.sees("Get ready");
}

#[test]
fn a_yes_that_asks_for_it_says_where() {
    let script = Script::running(BACK, Before::Preflight).press("Enter");
    let script = script
        .click("Varicose veins")
        .sees("a leaves its strokes out");
    script
        .press("a")
        .sees("leave alone today")
        .press("Esc")
        .sees("2 of 3");
}

#[test]
fn it_is_forgotten_after_the_session_and_never_remembered() {
    let script = Script::at_home(vec![entry("back", BACK)]).press("Enter");
    let script = script.press("a").click("[ ] low back").press("Esc");
    let script = script.presses(&["Enter"; 4]).wait(4.0);
    let remembered = |act: &Act| matches!(act, Act::Remember(_));
    assert!(!script.acts.iter().any(remembered));
    let script = script.presses(&["q", "q"]).wait(1.0).press("q");
    let script = script.press("Enter").sees("1 of 3").misses("left alone");
    script
        .press("a")
        .sees("nothing is left alone")
        .sees("[ ] low back");
}

#[test]
fn every_region_can_be_reached_in_a_small_window() {
    for (columns, rows) in [(40, 12), (30, 8), (80, 24)] {
        let mut script = at_the_page().sized(columns, rows);
        for region in ["shoulders", "back", "low back", "low back, left", "sacrum"] {
            for _ in 0..10 {
                script.tap("Up");
            }
            for _ in 0..10 {
                if !script.shows(region) {
                    script.tap("Down");
                }
            }
            script = script.sees(region);
        }
        script.click("[ ] sacrum").sees("left alone: sacrum");
    }
}

#[test]
fn an_end_by_the_clock_goes_by_what_is_left() {
    let script = Script::running_until(BACK, Before::Preflight, "14:39").press("a");
    let script = script.click("[ ] low back").click("[x] give their time");
    let script = script.press("Esc").presses(&["Enter"; 3]);
    let script = script.sees("until 14:39 · as written it ends 14:37 · f fits it");
    let script = script
        .press("f")
        .press("Enter")
        .wait(4.0)
        .sees("ends 14:39 · on time");
    script
        .wait(531.0)
        .misses("Finished.")
        .wait(5.1)
        .sees("Finished.");
}
