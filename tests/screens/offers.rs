//! Running late and running over: each press says what it does to the end by
//! the clock, u takes it back, and what can be done is on the screen while it
//! can be done. It is half past two.

use crate::letters::height_of;
use crate::script::{EVENING, Script};

/// In the first stroke, 10 s into its 1:30; the session ends at 14:35 and a
/// little.
fn stroke() -> Script {
    Script::in_session(EVENING).press("n").wait(10.0)
}

/// Two hours in which every step can change.
const LONG: &str = r#"Routine(format: 1, name: "Long", phases: [
    Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
        Step(stroke: "Arrive", region: Back, time: "20m"),
        BothSides([
            Step(stroke: "Heel friction", region: Back, side: Left, time: "20m", min: "12m", max: "30m"),
            Step(stroke: "Press", region: Hips, side: Left, time: "20m", min: "18m"),
        ]),
        Step(stroke: "Close", region: Back, time: "20m", min: "19m"),
    ]),
])"#;

#[test]
fn each_press_says_what_it_does_to_the_end_and_u_takes_it_back() {
    for (key, said, undone) in [
        (
            "+",
            "+30 s · ends 14:35 · 1:50 left now",
            "more time taken back · ends 14:35",
        ),
        (
            "-",
            "−30 s · ends 14:34 · 0:50 left now",
            "less time taken back · ends 14:35",
        ),
        (
            "n",
            "skipped · −1:20 · ends 14:34 · u takes it back",
            "next taken back · ends 14:35",
        ),
        (
            "p",
            "back · +10 s · ends 14:35 · u takes it back",
            "back taken back · ends 14:35",
        ),
        (
            "l",
            "no end until next · ends 14:35 at the earliest",
            "linger taken back · ends 14:35",
        ),
    ] {
        // From 14:30:13 on, with the first 20 s skipped: it ends at 14:35:03.
        let script = stroke().sees("ends 14:34").wait(20.0);
        let script = script.press("p").wait(10.0).press(key).sees(said);
        let script = script.wait(1.0).press("u").sees(undone).sees("1:20");
        script.wait(5.0).sees("1:15").misses(undone);
    }
}

#[test]
fn a_hold_that_is_ended_says_when_it_ends_and_waits_again_when_taken_back() {
    // 40 s over its 20 s.
    let script = Script::in_session(EVENING).wait(60.0).press("Enter");
    let script = script.sees("ready · ends 14:35 · u takes it back");
    let script = script.press("u").sees("ready taken back · ends 14:35");
    script.sees("TAKE YOUR TIME").sees("+0:40");
}

#[test]
fn f_shows_for_five_seconds_what_it_changed() {
    // The first step ends 1 min late; 28 min can be given by four steps and one.
    let late = || {
        Script::in_session(LONG)
            .sized(120, 40)
            .wait(600.0)
            .press("Space")
            .wait(132.0)
            .press("Space")
            .sees("2:12 behind")
    };
    let said = "fitted: 5 steps shorter, 2:12 saved · ends 16:30 · u takes it back";
    let script = late()
        .press("f")
        .sees(said)
        .sees("2 × Heel friction 20:00→19:");
    let script = script.wait(4.9).sees(said).wait(0.2).misses("fitted");
    script
        .sees("on time")
        .press("u")
        .sees("fit taken back · ends 16:32");
    // A narrow window says as much of it as it has room for, in whole words.
    let narrow = late().sized(40, 12).press("f");
    narrow
        .sees("fitted: 5 steps shorter, 2:12 saved")
        .misses("Heel");
}

#[test]
fn what_cannot_be_saved_is_said_beside_what_was() {
    let script = Script::in_session(EVENING).wait(60.0).press("n");
    let script = script.press("f").sees("as short as it goes · 0:35 over");
    script.sees("1 step shorter, 0:05 saved");
}

#[test]
fn more_time_on_one_side_is_offered_to_the_other_for_as_long_as_it_can_be_given() {
    let offer = "e same on right";
    for (columns, rows) in [(80, 24), (120, 40), (40, 12), (30, 8)] {
        let script = stroke().sized(columns, rows).misses(offer).press("+");
        // Beside the notice where there is room, and in any case after it.
        let script = script.wait(5.0).sees(offer).wait(60.0).sees(offer);
        let given = script.press("e").wait(6.0).misses(offer);
        given.press("u").wait(6.0).sees(offer);
    }
    // Lingered seconds are added time too.
    let lingers = stroke().press("l").wait(75.0).misses(offer);
    lingers.wait(10.0).sees(offer);
    // With the keys locked nothing is offered that would not act.
    stroke().press("+").press("k").wait(6.0).misses(offer);
    // On the second side there is nobody to give it to.
    let second = stroke().presses(&["n", "n"]).press("+").wait(6.0);
    second.sees("RIGHT").misses("e same");
}

#[test]
fn letters_do_not_jump_when_a_line_comes_and_goes() {
    for views in 0..2 {
        for (columns, rows) in [(80, 24), (120, 40), (200, 50), (40, 12), (30, 8)] {
            let mut script = stroke().wait(6.0).sized(columns, rows);
            for _ in 0..views {
                script.tap("Tab");
            }
            let height = |script: &Script| {
                let picture = script.picture();
                ["1:14", "LEFT"].map(|text| height_of(text, &picture))
            };
            let before = height(&script);
            let script = script.press("k").sees("locked");
            assert_eq!(height(&script), before, "{columns}x{rows}, view {views}");
        }
    }
}
