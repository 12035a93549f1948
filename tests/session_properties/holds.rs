//! What holds of any plan and any inputs.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use crate::made::*;
use crate::script::secs;
use ashiatsu::plan::{Options, Plan};
use ashiatsu::session::{
    Command, DueCue, Event, FitResult, GET_READY, InputKind, PauseBy, Session, State,
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn however_time_is_cut_the_same_comes_out(
        asked in plans(),
        inputs in inputs(40),
        cuts in prop::collection::vec(0u64..1_200_000, 0..60),
    ) {
        let plan = asked.plan();
        let (mut whole, mut events) = run(&plan, &inputs);
        let end = whole.now() + secs(2000.0);
        events.extend(whole.apply(&input(0, end, InputKind::Advance)));

        let mut finer = inputs.clone();
        finer.extend(cuts.into_iter().map(|ms| {
            input(0, Duration::from_millis(ms), InputKind::Advance)
        }));
        finer.retain(|input| input.at <= end);
        // Stable: at one moment, what was given keeps its order.
        finer.sort_by_key(|input| input.at);
        finer.push(input(0, end, InputKind::Advance));
        let (cut, cut_events) = run(&plan, &finer);
        prop_assert_eq!(events, cut_events);
        prop_assert_eq!(whole, cut);
    }

    #[test]
    fn the_same_inputs_make_the_same_session(asked in plans(), inputs in inputs(60)) {
        let plan = asked.plan();
        let (session, events) = run(&plan, &inputs);
        let (again, same_events) = run(&plan, &inputs);
        prop_assert_eq!(&session, &Session::replay(Arc::clone(&plan), &inputs));
        prop_assert_eq!(&session, &again);
        prop_assert_eq!(session.cues(), cues(&events));
        prop_assert_eq!(events, same_events);
    }

    #[test]
    fn a_pause_adds_nothing_and_moves_everything_by_its_length(
        asked in plans(),
        inputs in inputs(25),
        pause in 0u64..10_000_000,
    ) {
        let plan = asked.plan();
        let (mut without, _) = run(&plan, &inputs);
        if !matches!(without.state(), State::Running(_)) {
            return Ok(());
        }
        let mut with = without.clone();
        let pause = Duration::from_millis(pause);
        let paused_before = with.paused(with.now());
        tell(&mut with, Command::Pause(PauseBy::Press));
        prop_assert_eq!(advance(&mut with, pause), []);
        prop_assert_eq!(with.left(with.now()), without.left(without.now()));
        prop_assert_eq!(worked(&with), worked(&without));
        tell(&mut with, Command::Resume);
        prop_assert_eq!(shown(&with), shown(&without));
        prop_assert_eq!(with.remaining(with.now()), without.remaining(without.now()));
        prop_assert_eq!(with.paused(with.now()), paused_before + pause);

        let what = |events: Vec<Event>, later: Duration| -> Vec<(&'static str, Duration)> {
            cues(&events).iter().map(|due| (due.cue.name(), due.at + later)).collect()
        };
        let after = what(advance(&mut without, secs(500.0)), pause);
        prop_assert_eq!(what(advance(&mut with, secs(500.0)), Duration::ZERO), after);
        prop_assert_eq!(worked(&with), worked(&without));
    }

    #[test]
    fn what_is_worked_and_what_is_paused_is_all_the_time_there_is(
        asked in plans(),
        inputs in inputs(60),
    ) {
        let plan = asked.plan();
        let (session, events) = run(&plan, &inputs);
        let Some(started) = session.started() else { return Ok(()) };
        let finished: Duration = {
            // Between a finish and its undoing nothing is worked.
            let mut over = Duration::ZERO;
            let mut since = None;
            for event in &events {
                match event {
                    Event::Finished { at } => since = Some(*at),
                    Event::Undone { at, .. } => {
                        over += since.take().map_or(Duration::ZERO, |since| *at - since);
                    }
                    _ => {}
                }
            }
            over + since.map_or(Duration::ZERO, |since| session.now() - since)
        };
        let before_start: Duration = events
            .iter()
            .map_while(|event| match event {
                Event::Opened { .. } => None,
                Event::Resumed { paused_for, .. } => Some(*paused_for),
                _ => Some(Duration::ZERO),
            })
            .sum();
        let paused = session.paused(session.now()) - before_start;
        prop_assert_eq!(worked(&session) + paused + finished, session.now() - started);
    }

    #[test]
    fn each_boundary_comes_once_and_in_order(asked in plans(), inputs in inputs(60)) {
        let plan = asked.plan();
        let (session, events) = run(&plan, &inputs);
        let cues = cues(&events);
        let ids: HashSet<_> = cues.iter().map(|due| due.id).collect();
        prop_assert_eq!(ids.len(), cues.len(), "an id was given twice");
        prop_assert!(cues.is_sorted_by_key(|due| due.at));
        // Steps open and close in turn.
        let mut open = None;
        for event in &events {
            match event {
                Event::Opened { step, .. } => {
                    prop_assert_eq!(open, None, "opened within another");
                    open = Some(*step);
                }
                Event::Closed { step, .. } => {
                    prop_assert_eq!(open, Some(*step));
                    open = None;
                }
                _ => {}
            }
        }
        prop_assert_eq!(open, session.segment().map(|segment| segment.id));
    }

    #[test]
    fn what_is_foreseen_comes_with_the_same_ids(
        asked in plans(),
        inputs in inputs(30),
        next in command(),
        horizon in 0u64..400_000,
    ) {
        let plan = asked.plan();
        let (mut session, _) = run(&plan, &inputs);
        let horizon = Duration::from_millis(horizon);
        let foreseen = session.upcoming(session.now(), horizon);
        let mut left_alone = session.clone();
        prop_assert_eq!(&foreseen, &cues(&advance(&mut left_alone, horizon)));

        // Anything done instead either cancels them all or none.
        let epoch = session.epoch();
        let events = tell(&mut session, next);
        let cancelled = events
            .iter()
            .any(|event| matches!(event, Event::CuesCancelled { .. }));
        prop_assert_eq!(cancelled, session.epoch() > epoch);
        // What was due at this very moment has come before the command.
        let mut after: Vec<DueCue> = cues(&events);
        after.extend(cues(&advance(&mut session, horizon)));
        for due in foreseen {
            prop_assert_eq!(after.contains(&due), !cancelled || due.at == left_alone.now() - horizon);
        }
    }

    #[test]
    fn a_pause_sounds_nothing_but_its_own_press(
        asked in plans(),
        before in inputs(20),
        within in prop::collection::vec((0u64..100_000, undoable()), 0..20),
    ) {
        let plan = asked.plan();
        let (mut session, _) = run(&plan, &before);
        tell(&mut session, Command::Pause(PauseBy::Press));
        if !matches!(session.state(), State::Paused { .. }) {
            return Ok(());
        }
        for (gap, command) in within {
            prop_assert_eq!(advance(&mut session, Duration::from_millis(gap)), []);
            for command in [command, Command::Undo] {
                let events = tell(&mut session, command);
                prop_assert_eq!(cues(&events), [], "{:?}", command);
            }
            prop_assert!(shown(&session).paused);
        }
    }

    #[test]
    fn undo_undoes(asked in plans(), before in inputs(30), command in undoable()) {
        let plan = asked.plan();
        let (mut session, _) = run(&plan, &before);
        // What falls due at this very moment comes first.
        advance(&mut session, Duration::ZERO);
        let was = shown(&session);
        let worked_before = worked(&session);
        if refused(&tell(&mut session, command)) {
            prop_assert_eq!(shown(&session), was, "refused, and yet something changed");
            return Ok(());
        }
        prop_assert!(!refused(&tell(&mut session, Command::Undo)));
        prop_assert_eq!(shown(&session), was);
        prop_assert_eq!(worked(&session), worked_before);
    }

    #[test]
    fn undo_undoes_everything_down_to_the_start(
        asked in plans(),
        before in inputs(20),
        commands in prop::collection::vec(undoable(), 1..12),
    ) {
        let plan = asked.plan();
        let (mut session, _) = run(&plan, &before);
        advance(&mut session, Duration::ZERO);
        let mut places = Vec::new();
        for command in commands {
            let was = shown(&session);
            if !refused(&tell(&mut session, command)) {
                places.push(was);
            }
        }
        for was in places.into_iter().rev() {
            prop_assert!(!refused(&tell(&mut session, Command::Undo)));
            prop_assert_eq!(shown(&session), was);
        }
    }

    #[test]
    fn a_fit_says_what_it_came_to_and_keeps_its_limits(
        asked in plans(),
        before in inputs(25),
        wanted in 0u64..1_500_000,
    ) {
        let plan = asked.plan();
        let (mut session, _) = run(&plan, &before);
        advance(&mut session, Duration::ZERO);
        let was = shown(&session);
        let remaining = Duration::from_millis(wanted);
        let events = tell(&mut session, Command::Fit { remaining });
        let Some(result) = events.iter().find_map(|event| match event {
            Event::Fitted { result, .. } => Some(*result),
            _ => None,
        }) else {
            prop_assert!(refused(&events));
            return Ok(());
        };
        let now = shown(&session);
        prop_assert_eq!((now.step, now.left, now.timing.is_some()), (was.step, was.left, true));
        let lasts = session.remaining(session.now());
        match result {
            FitResult::Met => prop_assert!(lasts.abs_diff(remaining) < MILLISECOND),
            FitResult::StillLong(by) => prop_assert_eq!(lasts, remaining + by),
            FitResult::StillShort(by) => prop_assert_eq!(lasts + by, remaining),
        }
        let current = session.visit().unwrap().index;
        for segment in session.coming() {
            let index = plan.index_of(segment.id).unwrap();
            let time = session.allotted(index);
            prop_assert!((segment.min..=segment.max).contains(&time));
            if let Some(twin) = segment.twin.and_then(|twin| plan.index_of(twin)) {
                if twin > current {
                    prop_assert_eq!(session.allotted(twin), time, "left and right");
                } else if twin < current {
                    let got = session.record(plan.segments[twin].id, session.now()).worked;
                    prop_assert_eq!(time, got.clamp(segment.min, segment.max));
                }
            }
        }
    }

    #[test]
    fn a_fit_within_reach_is_met(
        share in 0.0f64..=1.0,
        into in 0u64..60_000,
        speed in prop_oneof![Just("1"), Just("7"), Just("60")],
    ) {
        let options = Options { from: Some(2), fit: None, speed: speed.parse().unwrap() };
        let plan = Arc::new(Plan::new(&mixed(""), &options).unwrap());
        let mut session = Session::new(Arc::clone(&plan));
        let into = plan.speed.divide(Duration::from_millis(into));
        advance(&mut session, GET_READY + into);
        let left = plan.segments[0].time - into;
        let (_, rest) = plan.segments.split_first().unwrap();
        let shortest: Duration = rest.iter().map(|segment| segment.min).sum();
        let longest: Duration = rest.iter().map(|segment| segment.max).sum();
        let remaining = left + shortest + (longest - shortest).mul_f64(share).min(longest - shortest);
        let events = tell(&mut session, Command::Fit { remaining });
        let met = Event::Fitted { at: session.now(), result: FitResult::Met };
        prop_assert!(events.contains(&met), "{events:?}");
        prop_assert!(session.remaining(session.now()).abs_diff(remaining) < MILLISECOND);
    }

    #[test]
    fn two_presses_of_the_one_button_always_end_in_a_pause(
        asked in plans(),
        before in inputs(30),
        gap in 0u64..=1200,
        more in prop::collection::vec(0u64..=1200, 0..4),
    ) {
        let (mut session, _) = run(&asked.plan(), &before);
        let over = |session: &Session| {
            matches!(session.state(), State::Finished { .. } | State::Left { .. })
        };
        let was_over = over(&session);
        tell(&mut session, Command::Press);
        let pressed = session.now();
        for gap in std::iter::once(gap).chain(more) {
            advance(&mut session, Duration::from_millis(gap));
            tell(&mut session, Command::Press);
            let paused = matches!(session.state(), State::Paused { .. });
            // Where time alone ended it in between, there is nothing to pause.
            prop_assert!(paused || over(&session), "{:?}", session.state());
        }
        if !was_over && over(&session) {
            prop_assert!(session.now() > pressed);
        }
    }
}
