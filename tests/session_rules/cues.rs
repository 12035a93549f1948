//! The table of cues, row by row.

use ashiatsu::plan::Plan;
use ashiatsu::session::{Command, Event, Input, InputKind};

use crate::script::{
    Act, Script, both_sides, cue, hold, plan, rest, routine, routine_of, secs, step, step_with,
    transition,
};

#[test]
fn ready_calls_three_two_one() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(0.0);
    assert_eq!(
        s.heard_since(-3.0),
        ["-3 ready", "-2 ready", "-1 ready", "0 shift"]
    );
}

#[test]
fn shift_opens_every_step_and_finish_ends_the_last() {
    let mut s = Script::unwarned([step("Glide", 60), step("Fan", 30), step("Glide", 30)]);
    s.at(1000.0);
    assert_eq!(s.heard(), ["0 shift", "60 shift", "90 shift", "120 finish"]);
    assert!(s.is_finished());
}

#[test]
fn turn_opens_a_transition() {
    let mut s = Script::unwarned([rest(30), step("Glide", 30), hold(30)]);
    s.at(75.0);
    assert_eq!(s.heard(), ["0 turn", "30 shift", "60 turn"]);
}

#[test]
fn side_opens_the_first_step_of_the_second_side() {
    let mut s = Script::unwarned([both_sides([
        step_with("Glide", 30, "side: Left"),
        step_with("Fan", 30, "side: Left"),
    ])]);
    s.at(119.0);
    assert_eq!(s.heard(), ["0 shift", "30 shift", "60 side", "90 shift"]);
}

#[test]
fn side_comes_after_the_change_of_sides_and_after_a_transition_that_begins_the_side() {
    let mut s = Script::unwarned([both_sides([
        transition("Lubricate", 10, ""),
        step_with("Glide", 30, "side: Left"),
        transition("ChangeSides", 10, ""),
    ])]);
    s.at(100.0);
    assert_eq!(
        s.heard(),
        [
            "0 turn",
            "10 shift",
            "40 turn",
            "50 turn",
            "60 side",
            "90 finish"
        ]
    );
}

#[test]
fn side_comes_in_both_sides_whatever_the_steps_say_of_sides() {
    let mut s = Script::unwarned([both_sides([step("Glide", 30)])]);
    s.at(59.0);
    assert_eq!(s.heard(), ["0 shift", "30 side"]);
}

#[test]
fn side_opens_a_phase_that_is_worked_on_the_other_side() {
    let phases = "BothSides([
        Phase(name: \"Lying\", position: SideLyingLeft, steps: [
            Transition(kind: TurnClient, time: \"10s\"),
            Step(stroke: \"Hip\", region: Hips, time: \"20s\"),
            Step(stroke: \"Band\", region: ItBand, time: \"20s\"),
        ]),
    ])";
    let mut s = Script::with(Plan::whole(&routine_of("prepare: \"0s\",", phases)));
    s.at(99.0);
    assert_eq!(
        s.heard(),
        [
            "0 turn", "10 shift", "30 shift", "50 turn", "60 side", "80 shift"
        ]
    );
}

#[test]
fn side_opens_the_same_stroke_on_the_opposite_side_anywhere() {
    let mut s = Script::unwarned([
        step_with("Glide", 10, "side: Left"),
        step_with("Glide", 10, "side: Right"),
        rest(10),
        step_with("Glide", 10, "side: Left"),
    ]);
    s.at(39.0);
    assert_eq!(s.heard(), ["0 shift", "10 side", "20 turn", "30 side"]);
}

#[test]
fn side_is_not_for_another_stroke_region_or_side() {
    let glide = |side: &str| step_with("Glide", 10, side);
    for (first, second) in [
        (glide("side: Left"), step_with("Fan", 10, "side: Right")),
        (
            glide("side: Left"),
            "Step(stroke: \"Glide\", region: Hips, time: \"10s\", side: Right),".to_owned(),
        ),
        (glide("side: Left"), glide("side: Left")),
        (glide("side: Left"), glide("side: Both")),
        (glide("side: Midline"), glide("side: Midline")),
        (glide(""), glide("side: Right")),
    ] {
        let mut s = Script::unwarned([first, second.clone()]);
        s.at(19.0);
        assert_eq!(s.heard(), ["0 shift", "10 shift"], "{second}");
    }
    let mut s = Script::unwarned([
        glide("side: Left"),
        step("Between", 10),
        glide("side: Right"),
    ]);
    s.at(29.0);
    assert_eq!(s.heard(), ["0 shift", "10 shift", "20 shift"]);
}

#[test]
fn prepare_comes_ten_seconds_before_the_end_unless_the_routine_says_otherwise() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(60.0);
    assert_eq!(s.heard(), ["0 shift", "50 prepare", "60 finish"]);

    let mut s = Script::with(Plan::whole(&routine(
        "prepare: \"4s\",",
        [step("Glide", 60)],
    )));
    s.at(60.0);
    assert_eq!(s.heard(), ["0 shift", "56 prepare", "60 finish"]);

    let mut s = Script::unwarned([step("Glide", 60)]);
    s.at(60.0);
    assert_eq!(s.heard(), ["0 shift", "60 finish"]);
}

#[test]
fn prepare_needs_a_step_longer_than_twice_its_time() {
    let mut s = Script::of([step("Glide", 20), step("Fan", 21)]);
    s.at(41.0);
    assert_eq!(
        s.heard(),
        ["0 shift", "20 shift", "31 prepare", "41 finish"]
    );
}

#[test]
fn prepare_needs_a_transition_of_more_than_twenty_seconds() {
    let items = [rest(20), rest(21)];
    let mut s = Script::with(Plan::whole(&routine("prepare: \"5s\",", items)));
    s.at(41.0);
    assert_eq!(s.heard(), ["0 turn", "20 turn", "36 prepare", "41 finish"]);
}

#[test]
fn prepare_does_not_come_before_a_transition_of_twenty_seconds_or_less() {
    let mut s = Script::of([step("Glide", 60), rest(20), step("Glide", 60), rest(21)]);
    s.at(150.0);
    assert_eq!(
        s.heard(),
        ["0 shift", "60 turn", "80 shift", "130 prepare", "140 turn"]
    );
}

#[test]
fn prepare_does_not_come_in_a_hold() {
    let mut s = Script::of([step_with("Glide", 60, "hold: true"), step("Fan", 60)]);
    s.at(60.0);
    assert_eq!(s.heard(), ["0 shift", "60 hold"]);
}

#[test]
fn prepare_moves_with_the_time_as_adjusted() {
    let mut s = Script::of([step("Glide", 60), step("Fan", 60)]);
    s.at(20.0).more().at(90.0);
    assert_eq!(s.heard(), ["0 shift", "80 prepare", "90 shift"]);

    let mut s = Script::of([step("Glide", 90), step("Fan", 60)]);
    s.at(20.0).less().at(60.0);
    assert_eq!(s.heard(), ["0 shift", "50 prepare", "60 shift"]);
}

#[test]
fn prepare_comes_in_a_short_step_that_was_made_long_enough() {
    let mut s = Script::of([step("Glide", 15)]);
    s.at(5.0).more().at(45.0);
    assert_eq!(s.heard(), ["0 shift", "35 prepare", "45 finish"]);
}

#[test]
fn prepare_does_not_come_late_after_time_was_taken() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(40.0).less().at(45.0);
    assert_eq!(s.heard(), ["0 shift", "45 finish"]);
}

#[test]
fn prepare_comes_once_a_visit() {
    let mut s = Script::of([step("Glide", 60)]);
    // Lingering and taking it back, with the warning given already.
    s.at(52.0).linger().at(53.0).undo().at(61.0);
    assert_eq!(s.heard(), ["0 shift", "50 prepare", "61 finish"]);
}

#[test]
fn prepare_comes_again_on_another_visit() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(55.0).back().at(115.0);
    assert_eq!(
        s.heard(),
        [
            "0 shift",
            "50 prepare",
            "55 shift",
            "105 prepare",
            "115 finish"
        ]
    );
}

#[test]
fn prepare_comes_again_when_more_time_moves_it_into_the_future() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(55.0).more().at(90.0);
    assert_eq!(
        s.heard(),
        ["0 shift", "50 prepare", "80 prepare", "90 finish"]
    );
}

#[test]
fn prepare_comes_again_when_undo_moves_it_into_the_future() {
    let mut s = Script::of([step("Glide", 60)]);
    // From 15 s in to 30 s in all; taken back, 45 s are left again.
    s.at(15.0).less().at(25.0).undo();
    assert_eq!(s.place(), (1, 45.0));
    s.at(70.0);
    assert_eq!(
        s.heard(),
        ["0 shift", "20 prepare", "60 prepare", "70 finish"]
    );
}

#[test]
fn prepare_is_cancelled_by_linger() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(30.0).linger().at(500.0);
    assert_eq!(s.heard(), ["0 shift"]);
}

#[test]
fn prepare_heeds_how_long_the_next_transition_has_become() {
    let items = || {
        [
            step("Glide", 60),
            transition("Rest", 20, "min: \"20s\", max: \"60s\""),
            step("Fan", 60),
        ]
    };
    let mut s = Script::of(items());
    s.at(10.0).fit(50.0 + 40.0 + 60.0).at(60.0);
    assert_eq!(s.lasts(1), 40.0);
    assert_eq!(s.heard(), ["0 shift", "50 prepare", "60 turn"]);

    // Back to 20 s before it falls: it does not fall any more.
    let mut s = Script::of(items());
    s.at(10.0).fit(150.0).at(20.0).undo().at(60.0);
    assert_eq!(s.heard(), ["0 shift", "60 turn"]);

    // Given already: not again.
    let mut s = Script::of(items());
    s.at(10.0)
        .fit(150.0)
        .at(52.0)
        .fit(8.0 + 50.0 + 60.0)
        .at(60.0);
    assert_eq!(s.heard(), ["0 shift", "50 prepare", "60 turn"]);
}

#[test]
fn hold_sounds_when_its_time_is_up_once_more_after_a_minute_and_never_again() {
    let mut s = Script::of([hold(30), step("Glide", 60)]);
    s.at(3600.0);
    assert_eq!(s.heard(), ["0 turn", "30 hold", "90 hold"]);
    assert_eq!(s.place(), (1, -3570.0));
}

#[test]
fn the_reminder_of_a_hold_does_not_count_pauses() {
    let mut s = Script::of([hold(30), step("Glide", 60)]);
    s.at(50.0).pause().at(500.0).resume().at(3600.0);
    assert_eq!(
        s.heard(),
        ["0 turn", "30 hold", "50 paused", "500 resumed", "540 hold"]
    );
}

#[test]
fn paused_and_resumed_answer_the_presses() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(20.0).pause().at(30.0).resume();
    assert_eq!(s.heard(), ["0 shift", "20 paused", "30 resumed"]);
}

#[test]
fn finish_sounds_by_time_by_next_and_by_ready_but_not_when_she_leaves() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(30.0).next();
    assert_eq!(s.heard(), ["0 shift", "30 finish"]);

    let mut s = Script::of([hold(30)]);
    s.at(40.0).ready();
    assert_eq!(s.heard(), ["0 turn", "30 hold", "40 finish"]);

    for leave in [Command::End, Command::Keep] {
        let mut s = Script::of([step("Glide", 60)]);
        s.at(30.0).tell(leave).at(1000.0);
        assert_eq!(s.heard(), ["0 shift"], "{leave:?}");
    }
}

#[test]
fn the_log_lists_what_was_heard() {
    let mut s = Script::of([step("Glide", 60), hold(30)]);
    s.at(10.0).more().back().at(50.0).pause().at(60.0).resume();
    s.at(3600.0).next();
    assert_eq!(s.session.cues(), s.cues());
}

#[test]
fn cues_are_known_ahead_by_the_ids_that_they_will_have() {
    let mut s = Script::of([
        step("Glide", 60),
        rest(30),
        both_sides([step_with("Fan", 60, "side: Left")]),
        hold(30),
    ]);
    let mut moments: Vec<(f64, Option<Command>)> = vec![(-3.0, None), (-1.5, None), (0.0, None)];
    moments.extend([
        (20.0, Some(Command::More)),
        (30.0, Some(Command::Next)),
        (31.0, Some(Command::Undo)),
        (32.0, Some(Command::Back)),
        (40.0, Some(Command::Linger)),
        (45.0, Some(Command::Undo)),
    ]);
    for (at, command) in moments {
        s.at(at);
        if let Some(command) = command {
            s.tell(command);
        }
        let now = s.session.now();
        let foreseen = s.session.upcoming(now, secs(1000.0));
        let mut later = s.session.clone();
        let came: Vec<_> = later
            .apply(&Input {
                seq: 99,
                at: now + secs(1000.0),
                kind: InputKind::Advance,
            })
            .iter()
            .filter_map(cue)
            .collect();
        assert_eq!(foreseen, came, "at {at}");
        assert!(command == Some(Command::Linger) || !foreseen.is_empty());
    }
}

#[test]
fn the_horizon_bounds_what_is_foreseen() {
    let mut s = Script::of([step("Glide", 60), step("Fan", 60)]);
    s.at(45.0);
    let names = |horizon: f64| -> Vec<&str> {
        s.session
            .upcoming(s.session.now(), secs(horizon))
            .iter()
            .map(|due| due.cue.name())
            .collect()
    };
    assert_eq!(names(4.9), [""; 0]);
    assert_eq!(names(5.0), ["prepare"]);
    assert_eq!(names(15.0), ["prepare", "shift"]);
}

#[test]
fn what_changes_the_cues_ahead_cancels_those_foreseen() {
    let items = || [step("Glide", 60), step("Fan", 60)];
    let fresh = || plan(items());
    let acts: [(&str, Act); 8] = [
        ("pause", |s| _ = s.pause()),
        ("next", |s| _ = s.next()),
        ("back", |s| _ = s.back()),
        ("more", |s| _ = s.more()),
        ("less", |s| _ = s.less()),
        ("linger", |s| _ = s.linger()),
        ("undo", |s| _ = s.undo()),
        ("end", |s| _ = s.tell(Command::End)),
    ];
    let check = |name: &str, act: &dyn Fn(&mut Script)| {
        let mut s = Script::of(items());
        s.at(10.0).more().at(20.0);
        let foreseen = s.session.upcoming(s.session.now(), secs(600.0));
        assert!(!foreseen.is_empty());
        act(&mut s);
        assert_eq!(s.refusal(), None, "{name}");
        assert!(
            foreseen.iter().all(|due| due.id.epoch < s.session.epoch()),
            "{name}"
        );
        assert!(
            s.last.iter().any(|event| matches!(
                event,
                Event::CuesCancelled { epoch } if *epoch == s.session.epoch()
            )),
            "{name}"
        );
        s.at(1000.0);
        let came: Vec<_> = s.cues().into_iter().map(|due| due.id).collect();
        assert!(foreseen.iter().all(|due| !came.contains(&due.id)), "{name}");
    };
    for (name, act) in acts {
        check(name, &act);
    }
    check("revision", &|s| {
        let revised = s.session.plan().revised(fresh());
        s.revise(revised);
    });
}

#[test]
fn what_does_nothing_cancels_nothing() {
    let mut s = Script::of([step("Glide", 60)]);
    s.at(10.0);
    let before = s.session.epoch();
    s.ready().undo().even().resume();
    assert_eq!(s.session.epoch(), before);
}

#[test]
fn prepare_does_not_come_twice_where_other_times_change_at_its_very_moment() {
    let mut s = Script::of([
        step("Glide", 60),
        step_with("Fan", 60, "min: \"30s\", max: \"90s\""),
    ]);
    s.at(50.0).fit(80.0).undo().at(59.0);
    assert_eq!(s.heard(), ["0 shift", "50 prepare"]);
}
