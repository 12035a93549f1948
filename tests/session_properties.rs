//! What holds of every session, whatever is pressed and however time is cut.

#![expect(
    clippy::unwrap_used,
    clippy::unchecked_time_subtraction,
    reason = "a test: what is wrong with it, or with the session, shall fail loudly"
)]

#[path = "support/script.rs"]
mod script;

use std::collections::HashSet;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use ashiatsu::plan::{Options, Plan};
use ashiatsu::session::{
    Command, DueCue, Event, FitResult, GET_READY, Input, InputKind, Left, Manner, PauseBy, Session,
    State, Timing,
};
use proptest::prelude::*;
use script::{both_sides, hold, read, rest, routine, secs, step, step_with, transition};

const MILLISECOND: Duration = Duration::from_millis(1);

/// Something of everything: both sides, holds, brief and long transitions,
/// steps that can change and steps that can't.
fn mixed(prepare: &str) -> ashiatsu::routine::Routine {
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
struct Asked {
    prepare: &'static str,
    from: Option<usize>,
    speed: &'static str,
}

impl Asked {
    fn plan(&self) -> Arc<Plan> {
        let options = Options {
            from: self.from,
            fit: None,
            speed: self.speed.parse().unwrap(),
        };
        Arc::new(Plan::new(&mixed(self.prepare), &options).unwrap())
    }
}

fn plans() -> impl Strategy<Value = Asked> {
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
fn command() -> impl Strategy<Value = Command> {
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
fn undoable() -> impl Strategy<Value = Command> {
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

fn kind() -> impl Strategy<Value = InputKind> {
    prop_oneof![
        20 => command().prop_map(InputKind::Command),
        8 => Just(InputKind::Advance),
        1 => Just(InputKind::Slept),
    ]
}

/// Inputs, each some time after the one before; often at the same moment, or
/// at a whole second, where the boundaries are.
fn inputs(most: usize) -> impl Strategy<Value = Vec<Input>> {
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

fn input(seq: usize, at: Duration, kind: InputKind) -> Input {
    Input {
        seq: u64::try_from(seq).unwrap(),
        at,
        kind,
    }
}

/// The session and all events of these inputs.
fn run(plan: &Arc<Plan>, inputs: &[Input]) -> (Session, Vec<Event>) {
    let mut session = Session::new(Arc::clone(plan));
    let events = inputs
        .iter()
        .flat_map(|input| session.apply(input))
        .collect();
    (session, events)
}

fn tell(session: &mut Session, command: Command) -> Vec<Event> {
    let at = session.now();
    session.apply(&input(0, at, InputKind::Command(command)))
}

fn advance(session: &mut Session, by: Duration) -> Vec<Event> {
    let at = session.now() + by;
    session.apply(&input(0, at, InputKind::Advance))
}

fn cues(events: &[Event]) -> Vec<DueCue> {
    events.iter().filter_map(script::cue).collect()
}

fn refused(events: &[Event]) -> bool {
    events
        .iter()
        .any(|event| matches!(event, Event::Refused { .. }))
}

/// Where one is, as the screen shows it, without what was worked before.
#[derive(Debug, PartialEq)]
struct Shown {
    step: Option<usize>,
    left: Option<Left>,
    timing: Option<Timing>,
    paused: bool,
    times: Vec<Duration>,
}

fn shown(session: &Session) -> Shown {
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
fn worked(session: &Session) -> Duration {
    session
        .plan()
        .segments
        .iter()
        .map(|segment| session.record(segment.id, session.now()).worked)
        .sum()
}

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

proptest! {
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

/// Numbers without a pattern, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        // xorshift64 (Marsaglia, 2003).
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn after_ninety_minutes_and_two_hundred_pauses_the_time_left_is_exact() {
    let length = Duration::from_secs(90 * 60);
    // 91 steps of odd lengths, and the last makes it 90 minutes.
    let mut steps: String = (0..91)
        .map(|n| step(&format!("Step {n}"), 37 + (n * 29) % 41))
        .collect();
    let so_far: u64 = (0..91u64).map(|n| 37 + (n * 29) % 41).sum();
    steps.push_str(&step("Last", u32::try_from(90 * 60 - so_far).unwrap()));
    let plan = Arc::new(Plan::whole(&read(&format!(
        "Routine(format: 1, name: \"Long\", phases: [
            Phase(name: \"All\", position: Prone, steps: [{steps}])])"
    ))));
    assert_eq!(plan.length(), length);
    let starts: Vec<Duration> = plan.placed().map(|(start, _)| start).collect();

    let mut session = Session::new(Arc::clone(&plan));
    let mut dice = Dice(90);
    advance(&mut session, GET_READY);
    let mut active = Duration::ZERO;
    let mut paused = Duration::ZERO;
    // What the screen must show, from nothing but the sum of active time.
    let check = |session: &Session, active: Duration| {
        let now = session.now();
        let index = starts.partition_point(|start| *start <= active) - 1;
        assert_eq!(session.visit().unwrap().index, index);
        let left = starts[index] + plan.segments[index].time - active;
        assert_eq!(session.left(now), Some(Left::Time(left)));
        assert_eq!(session.remaining(now), length - active);
        assert_eq!(worked(session), active);
    };
    for _ in 0..200 {
        // 26.9 s of work on average, in ticks of a screen, cut anywhere.
        let stretch = Duration::from_micros(26_000_000 + dice.below(1_800_000));
        let mut gone = Duration::ZERO;
        while gone < stretch {
            let tick = Duration::from_micros(33_000 + dice.below(300_000)).min(stretch - gone);
            advance(&mut session, tick);
            gone += tick;
        }
        active += stretch;
        check(&session, active);
        tell(&mut session, Command::Pause(PauseBy::Press));
        let pause = Duration::from_micros(dice.below(90_000_000));
        advance(&mut session, pause / 3);
        check(&session, active);
        advance(&mut session, pause - pause / 3);
        tell(&mut session, Command::Resume);
        paused += pause;
        check(&session, active);
        assert_eq!(session.paused(session.now()), paused);
    }
    assert!(
        active > length - secs(120.0) && active < length,
        "{active:?}"
    );
    let end = session.now() + (length - active);
    assert!(
        !advance(&mut session, length - active - MILLISECOND)
            .iter()
            .any(is_finished)
    );
    assert!(advance(&mut session, MILLISECOND).iter().any(is_finished));
    assert_eq!(session.state(), &State::Finished { at: end });
    assert_eq!(end, GET_READY + length + paused);
}

fn is_finished(event: &Event) -> bool {
    matches!(event, Event::Finished { .. })
}

#[test]
fn left_alone_every_step_opens_once_at_its_planned_time() {
    let plan = Arc::new(Plan::whole(&routine(
        "",
        [
            transition("Mount", 20, ""),
            step("Open", 61),
            both_sides([step_with("Glide", 90, "side: Left"), rest(25)]),
            step("Close", 33),
        ],
    )));
    let (_, events) = run(&plan, &[input(0, secs(10_000.0), InputKind::Advance)]);
    let opened: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Opened { step, at } => Some((*at, *step)),
            _ => None,
        })
        .collect();
    let planned: Vec<_> = plan
        .placed()
        .map(|(start, segment)| (GET_READY + start, segment.id))
        .collect();
    assert_eq!(opened, planned);
    assert!(
        cues(&events)
            .iter()
            .all(|due| due.manner == Manner::Scheduled)
    );
}
