//! Time over a whole session: none is lost, none is made.

use std::sync::Arc;
use std::time::Duration;

use crate::made::*;
use crate::script::{both_sides, read, rest, routine, secs, step, step_with, transition};
use ashiatsu::plan::Plan;
use ashiatsu::session::{
    Command, Event, GET_READY, InputKind, Left, Manner, PauseBy, Session, State,
};

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
