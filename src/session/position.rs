//! Where a session stands, in few words: enough to go on from there without
//! the inputs that led to it, where the rules by which inputs become a session
//! have changed since. What can't be gone back to is lost: nothing can be
//! undone.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{PauseBy, Record, Session, State, Timing, Visit};
use crate::plan::{Plan, StepId};

/// Where a session stands at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The moment, in session time.
    pub at: Duration,
    /// When the first step opened, in session time; none in get-ready.
    pub started: Option<Duration>,
    /// All pauses so far, an open one included, in real time.
    pub paused: Duration,
    /// The revision of the plan that is followed.
    pub revision: u32,
    /// The step; none in get-ready.
    pub step: Option<StepPosition>,
}

/// Where in a step it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPosition {
    /// The step.
    pub id: StepId,
    /// How long the step is to last as adjusted, in session time.
    pub allotted: Duration,
    /// How far into it, in session time.
    pub into: Duration,
    /// How long it was worked in this visit, in session time.
    pub worked: Duration,
    /// How much of that it waited, as a hold whose time was up.
    #[serde(default)]
    pub waited: Duration,
    /// What its time does.
    pub timing: Timing,
}

impl Session {
    /// Where it stands at `at`, without letting time pass up to then; none
    /// when it is over.
    #[must_use]
    pub fn position(&self, at: Duration) -> Option<Position> {
        if matches!(self.state(), State::Finished { .. } | State::Left { .. }) {
            return None;
        }
        let step = self
            .visit()
            .zip(self.segment())
            .map(|(visit, segment)| StepPosition {
                id: segment.id,
                allotted: self.allotted(visit.index),
                into: visit.position(at),
                worked: visit.worked(at),
                waited: visit.waited(at),
                timing: visit.timing,
            });
        Some(Position {
            at,
            started: self.started(),
            paused: self.paused(at),
            revision: self.plan().revision,
            step,
        })
    }

    /// What became of each step whose visits are over.
    #[must_use]
    pub const fn records(&self) -> &BTreeMap<StepId, Record> {
        &self.records
    }

    /// A session that stands where another stood, paused, with nothing to
    /// undo; none if the plan lacks the step.
    #[must_use]
    pub fn resume_at(
        plan: Arc<Plan>,
        position: &Position,
        records: BTreeMap<StepId, Record>,
    ) -> Option<Self> {
        let mut session = Self::new(plan);
        let visit = match &position.step {
            None => None,
            Some(place) => {
                let index = session.plan().index_of(place.id)?;
                Arc::make_mut(&mut session.timeline.times).allot(index, place.allotted);
                let mut visit = Visit::new(index, None, place.into, place.timing);
                visit.before = place.worked;
                visit.waited = place.waited;
                visit.waits_from = visit.waits_from.map(|_| place.worked);
                Some(visit)
            }
        };
        session.records = records;
        session.started = position.started;
        session.paused = position.paused;
        session.timeline.now = position.at;
        session.timeline.state = State::Paused {
            visit,
            since: position.at,
            by: PauseBy::Resumption,
        };
        Some(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Input, InputKind, Left};

    const ROUTINE: &str = r#"Routine(format: 1, name: "Two", phases: [
        Phase(name: "Back", position: Prone, steps: [
            Step(stroke: "Glide", region: Back, side: Left, time: "2m"),
            Step(stroke: "Press", region: Hips, side: Left, time: "1m"),
        ]),
    ])"#;

    #[test]
    fn it_goes_on_at_the_same_step_with_the_same_time_left() {
        let routine = crate::routine::read::read(ROUTINE, &crate::routine::read::NoSounds).unwrap();
        let plan = Arc::new(Plan::whole(&routine));
        let input = |seq, at, kind| Input {
            seq,
            at: Duration::from_secs(at),
            kind,
        };
        let mut session = Session::new(Arc::clone(&plan));
        session.apply(&input(0, 23, InputKind::Command(Command::Next)));
        session.apply(&input(1, 33, InputKind::Command(Command::More)));
        session.apply(&input(2, 43, InputKind::Advance));
        let at = session.now();
        let position = session.position(at).unwrap();
        let mut again = Session::resume_at(plan, &position, session.records().clone()).unwrap();
        assert_eq!(again.left(at), Some(Left::Time(Duration::from_secs(70))));
        assert_eq!(again.left(at), session.left(at));
        assert!(matches!(
            again.state(),
            State::Paused {
                by: PauseBy::Resumption,
                ..
            }
        ));
        assert_eq!(again.can_undo(), None);
        again.apply(&input(3, 50, InputKind::Command(Command::Resume)));
        again.apply(&input(4, 60, InputKind::Advance));
        assert_eq!(
            again.left(Duration::from_secs(60)),
            Some(Left::Time(Duration::from_mins(1)))
        );
        let first = again.plan().segments[0].id;
        let second = again.plan().segments[1].id;
        assert_eq!(again.record(first, at).worked, Duration::from_secs(20));
        assert!(again.record(first, at).skipped);
        assert_eq!(
            again.record(second, again.now()).worked,
            Duration::from_secs(30)
        );
    }

    #[test]
    fn what_a_hold_waited_goes_on_being_waiting() {
        let text = ROUTINE.replace(r#"time: "2m""#, r#"time: "2m", hold: true"#);
        let routine = crate::routine::read::read(&text, &crate::routine::read::NoSounds).unwrap();
        let plan = Arc::new(Plan::whole(&routine));
        let input = |seq, at, kind| Input {
            seq,
            at: Duration::from_secs(at),
            kind,
        };
        let mut session = Session::new(Arc::clone(&plan));
        session.apply(&input(0, 3 + 120 + 30, InputKind::Advance));
        let at = session.now();
        let position = session.position(at).unwrap();
        let hold = plan.segments[0].id;
        let mut again = Session::resume_at(plan, &position, session.records().clone()).unwrap();
        assert_eq!(again.record(hold, at), session.record(hold, at));
        again.apply(&input(1, 200, InputKind::Command(Command::Resume)));
        again.apply(&input(2, 212, InputKind::Command(Command::Ready)));
        let record = again.record(hold, again.now());
        assert_eq!(record.waited, Duration::from_secs(42));
        assert_eq!(record.worked, Duration::from_secs(162));
    }
}
