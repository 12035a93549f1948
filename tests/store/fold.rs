//! Folding what was stored gives the session that ran.

use std::sync::Arc;
use std::time::Duration;

use ashiatsu::plan::Plan;
use ashiatsu::session::{Command, InputKind, PauseBy};
use proptest::prelude::*;

use crate::rig::{PATIENCE, Told, assert_same, plan, recorder};
use crate::script::{routine, step};

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => Just(Command::Next),
        2 => Just(Command::Back),
        2 => Just(Command::Ready),
        2 => Just(Command::More),
        2 => Just(Command::Less),
        1 => Just(Command::Even),
        1 => Just(Command::Linger),
        2 => Just(Command::Undo),
        1 => Just(Command::Pause(PauseBy::Press)),
        1 => Just(Command::Pause(PauseBy::Signal)),
        2 => Just(Command::Resume),
        1 => Just(Command::Repeat),
        1 => (0u64..900_000).prop_map(|ms| Command::Fit { remaining: Duration::from_millis(ms) }),
    ]
}

/// What a test may tell a session.
#[derive(Debug, Clone)]
enum Act {
    Press(Command),
    Tick,
    Sleep,
    /// The routine's file was changed, with the step being worked or without.
    Revise(Option<usize>),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        12 => command().prop_map(Act::Press),
        6 => Just(Act::Tick),
        1 => Just(Act::Sleep),
        1 => prop::option::of(2usize..5).prop_map(Act::Revise),
    ]
}

/// The first plan's next revision; one of another routine without a first
/// step to begin at.
fn revised(before: &Plan, from: Option<usize>) -> Arc<Plan> {
    let fresh = match from {
        Some(from) => Plan::clone(&plan("1", Some(from))),
        None => Plan::whole(&routine("", [step("Elsewhere", 30)])),
    };
    Arc::new(before.revised(fresh))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_what_was_stored_gives_the_session_that_ran(
        acts in prop::collection::vec((0u64..40_000, act()), 0..50),
        leave in prop::option::of(prop_oneof![Just(Command::End), Just(Command::Keep)]),
        speed in prop_oneof![Just("1"), Just("7")],
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (recorder, reports) = recorder(folder.path());
        let mut told = Told::begin(recorder, plan(speed, None));
        let mut at = Duration::ZERO;
        for (gap, act) in acts {
            at += Duration::from_millis(gap);
            // A press reaches the session a little late now and then.
            let then = at.saturating_sub(Duration::from_millis(gap % 7));
            let kind = match act {
                Act::Press(command) => InputKind::Command(command),
                Act::Tick => InputKind::Advance,
                Act::Sleep => InputKind::Slept,
                Act::Revise(from) => InputKind::PlanRevised(revised(told.session.plan(), from)),
            };
            told.tell(then, kind);
        }
        if let Some(command) = leave {
            told.press(at, command);
        }
        told.recorder.shut_down(PATIENCE).unwrap();
        prop_assert_eq!(reports.try_iter().collect::<Vec<_>>(), []);
        assert_same(folder.path(), told.key, &told.session);
    }
}
