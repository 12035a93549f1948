//! Plans and inputs of every kind, and what is seen of a session.

use std::sync::Arc;
use std::time::Duration;

use crate::script::{both_sides, hold, rest, routine, step, step_with, transition};
use ashiatsu::plan::{Options, Plan};
use ashiatsu::session::{
    Command, DueCue, Event, Input, InputKind, Left, PauseBy, Session, State, Timing,
};
use proptest::prelude::*;

pub(crate) const MILLISECOND: Duration = Duration::from_millis(1);

/// Something of everything: both sides, holds, brief and long transitions,
/// steps that can change and steps that can't.
pub(crate) fn mixed(prepare: &str) -> ashiatsu::routine::Routine {
    routine(
        prepare,
        [
            transition("Mount", 20, ""),
            step_with("Open", 60, "min: \"40s\", max: \"2m\""),
            both_sides([
                step_with("Glide", 90, "side: Left, min: \"31s\", max: \"3m\""),
                step_with("Fan", 45, "side: Left, min: \"30s\", max: \"1m\""),
                transition("ChangeSides", 25, "min: \"10s\", max: \"40s\""),
            ]),
            hold(30),
            step("Press", 15),
            step_with("Wait", 30, "hold: true, max: \"50s\""),
            rest(10),
            step_with("Close", 70, "min: \"61s\", max: \"83s\""),
            transition("SitUp", 30, "hold: true"),
        ],
    )
}

/// A plan in a line, for a failure that can be read.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    prepare: &'static str,
    from: Option<usize>,
    speed: &'static str,
}

impl Asked {
    pub(crate) fn plan(&self) -> Arc<Plan> {
        let options = Options {
            from: self.from,
            fit: None,
            speed: self.speed.parse().unwrap(),
        };
        Arc::new(Plan::new(&mixed(self.prepare), &options).unwrap())
    }
}

pub(crate) fn plans() -> impl Strategy<Value = Asked> {
    let prepare = prop_oneof![
        Just(""),
        Just("prepare: \"0s\","),
        Just("prepare: \"25s\",")
    ];
    let from = prop::option::of(1usize..=10);
    let speed = prop_oneof![Just("1"), Just("7"), Just("2.5")];
    (prepare, from, speed).prop_map(|(prepare, from, speed)| Asked {
        prepare,
        from,
        speed,
    })
}

/// Any intent; leaving is rare, or nothing else would be seen.
pub(crate) fn command() -> impl Strategy<Value = Command> {
    let pause = prop_oneof![
        Just(PauseBy::Press),
        Just(PauseBy::Signal),
        Just(PauseBy::Sleep)
    ];
    prop_oneof![
        6 => undoable(),
        2 => Just(Command::Undo),
        1 => pause.prop_map(Command::Pause),
        2 => Just(Command::Resume),
        1 => Just(Command::Repeat),
        2 => Just(Command::Press),
    ]
}

/// What can be taken back.
pub(crate) fn undoable() -> impl Strategy<Value = Command> {
    prop_oneof![
        2 => Just(Command::Next),
        1 => Just(Command::Back),
        2 => Just(Command::Ready),
        1 => Just(Command::More),
        1 => Just(Command::Less),
        1 => Just(Command::Even),
        1 => Just(Command::Linger),
        1 => (0u64..1_500_000).prop_map(|ms| Command::Fit {
            remaining: Duration::from_millis(ms)
        }),
    ]
}

pub(crate) fn kind() -> impl Strategy<Value = InputKind> {
    prop_oneof![
        20 => command().prop_map(InputKind::Command),
        8 => Just(InputKind::Advance),
        1 => Just(InputKind::Slept),
    ]
}

/// Inputs, each some time after the one before; often at the same moment, or
/// at a whole second, where the boundaries are.
pub(crate) fn inputs(most: usize) -> impl Strategy<Value = Vec<Input>> {
    let gap = prop_oneof![
        2 => Just(0u64),
        3 => (0u64..40).prop_map(|s| s * 1000),
        4 => 0u64..45_000,
    ];
    prop::collection::vec((gap, kind()), 0..most).prop_map(|steps| {
        let mut at = Duration::ZERO;
        steps
            .into_iter()
            .enumerate()
            .map(|(seq, (gap, kind))| {
                at += Duration::from_millis(gap);
                input(seq, at, kind)
            })
            .collect()
    })
}

pub(crate) fn input(seq: usize, at: Duration, kind: InputKind) -> Input {
    Input {
        seq: u64::try_from(seq).unwrap(),
        at,
        kind,
    }
}

/// The session and all events of these inputs.
pub(crate) fn run(plan: &Arc<Plan>, inputs: &[Input]) -> (Session, Vec<Event>) {
    let mut session = Session::new(Arc::clone(plan));
    let events = inputs
        .iter()
        .flat_map(|input| session.apply(input))
        .collect();
    (session, events)
}

pub(crate) fn tell(session: &mut Session, command: Command) -> Vec<Event> {
    let at = session.now();
    session.apply(&input(0, at, InputKind::Command(command)))
}

pub(crate) fn advance(session: &mut Session, by: Duration) -> Vec<Event> {
    let at = session.now() + by;
    session.apply(&input(0, at, InputKind::Advance))
}

pub(crate) fn cues(events: &[Event]) -> Vec<DueCue> {
    events.iter().filter_map(crate::script::cue).collect()
}

pub(crate) fn refused(events: &[Event]) -> bool {
    events
        .iter()
        .any(|event| matches!(event, Event::Refused { .. }))
}

/// Where one is, as the screen shows it, without what was worked before.
#[derive(Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) step: Option<usize>,
    pub(crate) left: Option<Left>,
    pub(crate) timing: Option<Timing>,
    pub(crate) paused: bool,
    pub(crate) times: Vec<Duration>,
}

pub(crate) fn shown(session: &Session) -> Shown {
    Shown {
        step: session.segment().map(|segment| segment.number),
        left: session.left(session.now()),
        timing: session.visit().map(|visit| visit.timing),
        paused: matches!(session.state(), State::Paused { .. }),
        times: (0..session.plan().segments.len())
            .map(|index| session.allotted(index))
            .collect(),
    }
}

/// All that was worked, on whatever step.
pub(crate) fn worked(session: &Session) -> Duration {
    session
        .plan()
        .segments
        .iter()
        .map(|segment| session.record(segment.id, session.now()).worked)
        .sum()
}

pub(crate) fn is_finished(event: &Event) -> bool {
    matches!(event, Event::Finished { .. })
}
