//! Inputs that no clock and no key brings.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use crate::made::*;
use crate::script::{both_sides, hold, routine, secs, step_with};
use ashiatsu::plan::Plan;
use ashiatsu::session::{Command, InputKind, PauseBy, Session};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_input_whatever_panics(
        asked in plans(),
        steps in prop::collection::vec((odd_time(), odd_kind()), 0..60),
    ) {
        let plan = asked.plan();
        let mut session = Session::new(Arc::clone(&plan));
        for (seq, (at, kind)) in steps.into_iter().enumerate() {
            session.apply(&input(seq, at, kind.kind()));
            for moment in [Duration::ZERO, session.now(), at, Duration::MAX] {
                black_box(session.left(moment));
                black_box(session.remaining(moment));
                black_box(session.paused(moment));
                for segment in &plan.segments {
                    black_box(session.record(segment.id, moment));
                }
            }
            black_box(session.upcoming(at, Duration::MAX));
            black_box(session.upcoming(session.now(), secs(5.0)));
            black_box(session.deadline());
            black_box(session.coming());
            black_box(session.can_undo());
        }
    }
}

/// Moments that no clock shows, among some that one does.
fn odd_time() -> impl Strategy<Value = Duration> {
    prop_oneof![
        12 => (0u64..600_000).prop_map(Duration::from_millis),
        2 => any::<u64>().prop_map(Duration::from_nanos),
        1 => any::<u64>().prop_map(Duration::from_secs),
        1 => Just(Duration::ZERO),
        1 => Just(Duration::MAX),
        1 => (0u64..120).prop_map(|s| Duration::MAX.saturating_sub(Duration::from_secs(s))),
    ]
}

#[derive(Debug, Clone)]
enum Odd {
    Told(Command),
    Advance,
    Slept,
    Revised(Asked),
}

impl Odd {
    fn kind(&self) -> InputKind {
        match self {
            Self::Told(command) => InputKind::Command(*command),
            Self::Advance => InputKind::Advance,
            Self::Slept => InputKind::Slept,
            // Unmatched: ids may be gone, or mean another step.
            Self::Revised(asked) => InputKind::PlanRevised(asked.plan()),
        }
    }
}

fn odd_kind() -> impl Strategy<Value = Odd> {
    prop_oneof![
        20 => command().prop_map(Odd::Told),
        2 => odd_time().prop_map(|remaining| Odd::Told(Command::Fit { remaining })),
        1 => Just(Odd::Told(Command::Keep)),
        1 => Just(Odd::Told(Command::End)),
        4 => Just(Odd::Advance),
        2 => Just(Odd::Slept),
        2 => plans().prop_map(Odd::Revised),
    ]
}

#[test]
fn the_end_of_all_time_ends_a_session_in_an_orderly_way() {
    // Each of these once reached past the longest duration there is.
    let plan = Arc::new(Plan::whole(&routine(
        "",
        [
            hold(30),
            both_sides([step_with("Glide", 60, "side: Left, max: \"90s\"")]),
        ],
    )));
    let end = Duration::MAX;
    let near = end.saturating_sub(secs(10.0));
    let scripts: [&[(Duration, Command)]; 4] = [
        // Get-ready begins where no three seconds are left.
        &[
            (secs(1.0), Command::Pause(PauseBy::Press)),
            (near + secs(9.0), Command::Resume),
            (end, Command::Repeat),
        ],
        // A hold that waited all that time is given more, and then not.
        &[
            (near, Command::More),
            (end, Command::Back),
            (end, Command::More),
            (end, Command::Next),
        ],
        // Lingering all that time, and the same for the other side.
        &[
            (secs(40.0), Command::Next),
            (secs(50.0), Command::Linger),
            (end, Command::Even),
            (end, Command::Fit { remaining: end }),
            (end, Command::Undo),
        ],
        &[
            (end, Command::More),
            (end, Command::More),
            (end, Command::Less),
            (end, Command::Next),
            (end, Command::Back),
        ],
    ];
    for script in scripts {
        let mut session = Session::new(Arc::clone(&plan));
        for (seq, (at, command)) in script.iter().enumerate() {
            session.apply(&input(seq, *at, InputKind::Command(*command)));
            black_box(session.remaining(end));
            black_box(session.upcoming(*at, end));
            black_box(session.deadline());
        }
        assert_eq!(session.now(), script.last().unwrap().0);
    }
}
