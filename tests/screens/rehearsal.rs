//! A routine that is changed and saved while it is rehearsed, `run --watch`.

use std::time::Duration;

use ashiatsu::plan::Options;
use ashiatsu::session::InputKind;
use ashiatsu::tui::app::{Act, Before, Kept};
use ashiatsu::tui::live::SoundOrder;

use crate::script::Script;

/// A routine of these steps; each with a name and a number of seconds.
fn routine(steps: &[(&str, u32)]) -> String {
    routine_with("", steps)
}

fn routine_with(fields: &str, steps: &[(&str, u32)]) -> String {
    let steps: Vec<String> = steps
        .iter()
        .map(|(name, seconds)| {
            let limits = format!("min: \"{}s\", max: \"{}s\"", seconds / 2, seconds * 2);
            format!("Step(stroke: \"{name}\", region: Back, time: \"{seconds}s\", {limits}),\n")
        })
        .collect();
    format!(
        "Routine(format: 1, name: \"Mine\", prepare: \"5s\", {fields} phases: [\n\
         Phase(name: \"All\", position: Prone, stance: Floor, steps: [\n{}])])",
        steps.concat()
    )
}

const THREE: [(&str, u32); 3] = [("Glide", 60), ("Fan", 60), ("Rock", 60)];

/// In get ready, then so many seconds into the session.
fn rehearsing(options: Options, seconds: f64) -> Script {
    let script = Script::rehearsing(&routine(&THREE), options, Before::Nothing);
    // A sound device opens for a quarter of a second, then 3, 2, 1.
    script.wait(3.25 + seconds)
}

#[test]
fn a_save_changes_what_comes_and_the_time_of_the_step_that_runs() {
    rehearsing(Options::default(), 10.0)
        .sees("Glide")
        .sees("0:50")
        .saves(&routine(&[("Glide", 90), ("Press", 30), ("Rock", 60)]))
        .sees("Glide")
        .sees("1:20")
        .sees("next  Press")
        .sees("the changed routine goes on")
        .wait(80.0)
        .sees("Press")
        .sees("0:30");
}

#[test]
fn a_step_that_moved_is_still_the_one_she_is_in() {
    rehearsing(Options::default(), 70.0)
        .sees("Fan")
        .sees("0:50")
        .sees("step 2 of 3")
        .saves(&routine(&[
            ("Open", 20),
            ("Glide", 60),
            ("Fan", 60),
            ("Rock", 60),
        ]))
        .sees("Fan")
        .sees("0:50")
        .sees("step 3 of 4")
        .press("p")
        .wait(1.0)
        .press("p")
        .sees("Glide");
}

#[test]
fn a_mistake_is_one_line_and_the_last_good_routine_goes_on() {
    let good = routine(&[("Glide", 60), ("Press", 60)]);
    let bad = good.replace("Press\", region", "Press\", regoin");
    rehearsing(Options::default(), 10.0)
        .saves(&bad)
        .sees("test.ron:4:23: nothing in a step is called `regoin`")
        .sees("0:50")
        .sees("next  Fan")
        // It stands until the file is good again.
        .wait(40.0)
        .sees("test.ron:4:23:")
        .saves(&good)
        .misses("test.ron")
        .sees("next  Press")
        .wait(6.0)
        .misses("changed");
}

#[test]
fn of_several_mistakes_the_first_is_shown_and_the_others_are_counted() {
    let bad = routine(&THREE).replace("region", "regoin");
    rehearsing(Options::default(), 10.0)
        .saves(&bad)
        .sees("test.ron:3:")
        .sees("and 2 more")
        .sized(60, 20)
        .sees("and 2 more");
}

#[test]
fn a_file_that_is_gone_is_said_and_comes_back() {
    let script = rehearsing(Options::default(), 10.0);
    let mut gone = crate::script::entry("test", "");
    gone.path = "notes/far/away/from/everything/that/is/close/test.ron".to_owned();
    let mut script = script;
    let now = script.now();
    script.app.saved(gone, &now);
    // The file's name is enough where its path would leave no room.
    script
        .sees("test.ron: there is no routine in this file")
        .misses("notes/")
        .saves(&routine(&THREE))
        .misses("test.ron")
        .misses("changed")
        .sees("0:50");
}

#[test]
fn a_step_that_is_gone_is_worked_to_its_end_first() {
    rehearsing(Options::default(), 10.0)
        .saves(&routine(&[("Fan", 30), ("Rock", 60)]))
        .sees("test.ron lacks this step: taken over at the next that it has")
        .sees("Glide")
        .sees("0:50")
        .wait(50.0)
        .sees("Fan")
        .sees("0:30")
        .sees("step 1 of 2")
        .misses("lacks");
}

#[test]
fn a_step_made_shorter_than_it_was_worked_ends_now() {
    rehearsing(Options::default(), 40.0)
        .saves(&routine(&[("Glide", 30), ("Fan", 60)]))
        .sees("Fan")
        .sees("1:00");
}

#[test]
fn in_a_pause_it_stays_paused() {
    rehearsing(Options::default(), 10.0)
        .press("Space")
        .saves(&routine(&[("Glide", 90), ("Fan", 60)]))
        .wait(30.0)
        .sees("PAUSED")
        .sees("1:20");
}

#[test]
fn it_is_as_fast_as_before() {
    let options = Options {
        speed: "10".parse().unwrap(),
        ..Options::default()
    };
    rehearsing(options, 2.0)
        .sees("Glide")
        .sees("step 1 of 3 · ×10")
        .saves(&routine(&[("Glide", 120), ("Press", 60)]))
        .wait(9.5)
        .sees("Glide")
        .wait(1.0)
        .sees("Press");
}

#[test]
fn it_begins_at_the_step_it_began_at_whatever_its_number_is_now() {
    let options = Options {
        from: Some(2),
        ..Options::default()
    };
    // What came before is gone: she began at what is the first step now.
    rehearsing(options, 10.0)
        .sees("Fan")
        .saves(&routine(&[("Fan", 90), ("Rock", 60)]))
        .sees("Fan")
        .sees("1:20")
        .sees("step 1 of 2")
        // And what is put before it is not worked.
        .saves(&routine(&[("Open", 20), ("Fan", 90), ("Rock", 60)]))
        .sees("step 2 of 3")
        .press("p")
        .wait(1.0)
        .press("p")
        .sees("Fan");
}

#[test]
fn it_is_fitted_to_the_same_length() {
    let options = Options {
        fit: Some(Duration::from_secs(240)),
        ..Options::default()
    };
    rehearsing(options, 0.0)
        .sees("1:20")
        .saves(&routine(&[("Glide", 60), ("Fan", 60)]))
        .sees("2:00")
        // Too short to be stretched that far: the last one goes on.
        .saves(&routine(&[("Glide", 30), ("Fan", 30)]))
        .sees("test.ron: ")
        .sees("2:00");
}

#[test]
fn nobody_is_late_for_an_end_that_was_moved_by_the_file() {
    rehearsing(Options::default(), 10.0)
        .sees("on time")
        .saves(&routine(&[("Glide", 60), ("Fan", 60), ("Rock", 600)]))
        .sees("on time")
        .press("+")
        .sees("0:30 behind");
}

#[test]
fn in_pre_flight_the_new_routine_is_the_one_that_begins() {
    let script = Script::rehearsing(&routine(&THREE), Options::default(), Before::Preflight)
        .press("Space")
        .sees("[x] Bars checked")
        .saves(&routine(&[("Press", 45)]).replace("Mine", "Yours"))
        .sees("Yours")
        .sees("[x] Bars checked")
        .sees("the changed routine is taken over")
        .saves("Routine(")
        .sees("test.ron:1:");
    let script = (0..4).fold(script, |script, _| script.press("Enter").wait(1.0));
    script.wait(4.0).sees("Press");
}

#[test]
fn a_question_that_is_new_is_asked_before_anybody_is_in_place() {
    let script = Script::rehearsing(&routine(&THREE), Options::default(), Before::Preflight);
    let script = (0..3).fold(script, |script, _| script.press("Enter").wait(1.0));
    script
        .sees("Press any key when you are in place")
        .saves(&routine_with(
            "contraindications: [\"Cortisone this week\"],",
            &THREE,
        ))
        .sees("2 of 3")
        .press("End")
        .misses("in place")
        // Another save that asks nothing new leaves her where she is.
        .press("Enter")
        .sees("3 of 3")
        .saves(&routine_with(
            "contraindications: [\"Cortisone this week\"],",
            &[("Press", 45)],
        ))
        .sees("3 of 3");
}

#[test]
fn after_the_end_a_save_waits_for_an_undo() {
    rehearsing(Options::default(), 10.0)
        .press("n")
        .wait(1.0)
        .press("n")
        .wait(1.0)
        .press("n")
        .sees("Finished")
        .saves(&routine(&[("Glide", 60), ("Fan", 60), ("Rock", 90)]))
        .sees("Finished")
        .press("u")
        .sees("Rock")
        .sees("1:29");
}

/// What the store is given of a revision: the plan itself, numbered.
#[test]
fn what_is_kept_is_the_plan_that_is_followed() {
    let mut script = rehearsing(Options::default(), 10.0);
    script.acts.clear();
    let script = script.saves(&routine(&[("Glide", 90), ("Press", 60)]));
    let kept = script.acts.iter().find_map(|act| match act {
        Act::Keep(Kept::Input(input)) => Some(input),
        _ => None,
    });
    let InputKind::PlanRevised(plan) = &kept.expect("it is kept").kind else {
        panic!("{kept:?}");
    };
    assert_eq!(plan.revision, 1);
    assert_eq!(plan.segments[1].name(), "Press");
}

#[test]
fn the_speaker_forgets_what_it_foresaw_and_is_told_anew() {
    let mut script = rehearsing(Options::default(), 50.0);
    script.acts.clear();
    let mut script = script.saves(&routine(&[("Glide", 58), ("Press", 60)]));
    let first = script.acts.first();
    assert!(matches!(first, Some(Act::ReloadSounds(_))), "{first:?}");
    let orders = script.orders();
    assert!(matches!(
        orders.as_slice(),
        [
            SoundOrder::CancelForeseen,
            SoundOrder::Schedule(_),
            SoundOrder::Schedule(_)
        ]
    ));
}

#[test]
fn a_save_that_changes_nothing_takes_nothing_back() {
    rehearsing(Options::default(), 10.0)
        .press("+")
        .wait(6.0)
        .saves(&routine(&THREE))
        .misses("changed")
        .press("u")
        .sees("more time taken back");
}
