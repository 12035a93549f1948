//! One run of a plan: a deterministic fold over its inputs. The same plan and
//! the same inputs always give the same session, which is how an interrupted
//! one is resumed. It is told what time it is; it knows no clock, sound, disk
//! or screen.

mod begun;
mod command;
mod event;
mod offer;
mod position;
mod press;
mod revise;
mod timeline;
mod visit;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use command::{Command, PauseBy};
pub use event::{Close, CueId, DueCue, Event, FitResult, Manner, Refusal, Undone};
pub use offer::{Evening, Fitting};
pub use position::{Position, StepPosition};
pub use press::TWICE;
pub use timeline::{GET_READY, State};
pub use visit::{Left, Timing, Visit};

use crate::plan::{Plan, Segment, Speed, StepId};
use press::Pressed;
use timeline::{Timeline, Times};

/// The version of the rules by which inputs become a session. A stored
/// session of another version is not replayed.
pub const ENGINE: u32 = 1;

/// What the session is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// From 0, one more each: the order in which inputs were given.
    pub seq: u64,
    /// When, from the start of get-ready; stands still in sleep and between
    /// runs. One before the last counts as the last.
    pub at: Duration,
    /// What.
    pub kind: InputKind,
}

/// What an input says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InputKind {
    /// The therapist wants something.
    Command(Command),
    /// Time has passed.
    Advance,
    /// The machine slept, from this moment on.
    Slept,
    /// The routine was changed; the next plan.
    PlanRevised(Arc<Plan>),
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Its last step is over.
    Finished,
    /// The therapist ended it before.
    EndedEarly,
    /// It is kept for later.
    Interrupted,
}

/// What became of a step so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    /// All visits that are over, pauses left out, in session time.
    pub worked: Duration,
    /// How much of that it waited, as a hold whose time was up.
    #[serde(default)]
    pub waited: Duration,
    /// Left by next with time remaining.
    pub skipped: bool,
}

impl Record {
    /// What was worked in the routine's own time, where it ran at that speed. A rehearsal makes the
    /// strokes faster; nobody waits any faster: that is as long as it was.
    #[must_use]
    pub fn in_routine_time(&self, speed: Speed) -> Duration {
        let strokes = self.worked.saturating_sub(self.waited);
        speed.multiply(strokes).saturating_add(self.waited)
    }
}

/// What can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    what: Undone,
    back_to: BackTo,
    times: Arc<Times>,
}

/// Where taking back leads.
#[derive(Debug, Clone, PartialEq, Eq)]
enum BackTo {
    /// To this visit, opening it again.
    Visit {
        visit: Visit,
        /// What had caused the pause in which it was left, if in one.
        paused: Option<PauseBy>,
    },
    /// To this visit's time left, in place.
    TimeLeft(Visit),
    /// Only other steps' times.
    OtherTimes,
}

/// One run of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The plan at the start.
    begun_with: Arc<Plan>,
    timeline: Timeline,
    records: BTreeMap<StepId, Record>,
    undo: Vec<Step>,
    /// The last press that does it all; none once something else was wanted.
    pressed: Option<Pressed>,
    /// Every cue that fell due, for the log.
    cues: Vec<DueCue>,
    /// When the first step opened.
    started: Option<Duration>,
    /// Pauses that are over, in real time.
    paused: Duration,
}

impl Session {
    /// A session at the start of get-ready.
    #[must_use]
    pub fn new(plan: Arc<Plan>) -> Self {
        Self {
            begun_with: Arc::clone(&plan),
            timeline: Timeline::new(plan),
            records: BTreeMap::new(),
            undo: Vec::new(),
            pressed: None,
            cues: Vec::new(),
            started: None,
            paused: Duration::ZERO,
        }
    }

    /// The session that these inputs made. There is no other way to compute a
    /// position.
    #[must_use]
    pub fn replay<'a>(plan: Arc<Plan>, inputs: impl IntoIterator<Item = &'a Input>) -> Self {
        let mut session = Self::new(plan);
        for input in inputs {
            session.apply(input);
        }
        session
    }

    /// Folds one input in and tells what happened, in order.
    pub fn apply(&mut self, input: &Input) -> Vec<Event> {
        let mut events = self.timeline.advance(input.at);
        // An event of the time that has passed comes before the command.
        self.note(&events);
        let now = self.timeline.now;
        if !matches!(
            input.kind,
            InputKind::Advance | InputKind::Command(Command::Press)
        ) {
            self.pressed = None;
        }
        let answer = match &input.kind {
            InputKind::Advance => Vec::new(),
            InputKind::Slept => self.suspend(PauseBy::Sleep, now),
            InputKind::PlanRevised(plan) => self.revise(plan, now),
            InputKind::Command(command) => self.obey(*command, now),
        };
        self.note(&answer);
        events.extend(answer);
        events
    }

    /// Keeps what the events mean for records and log.
    fn note(&mut self, events: &[Event]) {
        for event in events {
            match event {
                Event::Opened { step, at } => {
                    self.started.get_or_insert(*at);
                    self.records.entry(*step).or_default().skipped = false;
                }
                Event::Closed {
                    step,
                    worked,
                    waited,
                    how,
                    ..
                } => {
                    let record = self.records.entry(*step).or_default();
                    record.worked += *worked;
                    record.waited += *waited;
                    record.skipped = *how == Close::Skipped;
                    if *how == Close::ByTime {
                        self.undo.clear();
                    }
                }
                Event::Resumed { paused_for, .. } => self.paused += *paused_for,
                Event::Cue(due) => self.cues.push(due.clone()),
                _ => {}
            }
        }
    }

    /// The plan, as last revised.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.timeline.plan
    }

    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.timeline.state
    }

    /// The time of the last input.
    #[must_use]
    pub const fn now(&self) -> Duration {
        self.timeline.now
    }

    /// The step being worked or paused in, if any.
    #[must_use]
    pub fn visit(&self) -> Option<&Visit> {
        self.timeline.visit()
    }

    /// The step being worked or paused in, if any.
    #[must_use]
    pub fn segment(&self) -> Option<&Segment> {
        self.visit()
            .and_then(|visit| self.plan().segments.get(visit.index))
    }

    /// The steps that come after the current one; all, before the first.
    #[must_use]
    pub fn coming(&self) -> &[Segment] {
        let segments = self.plan().segments.as_slice();
        match (self.state(), self.visit()) {
            (_, Some(visit)) => segments.get(visit.index + 1..).unwrap_or_default(),
            (State::GetReady { .. } | State::Paused { .. }, None) => segments,
            _ => &[],
        }
    }

    /// What is left of the current step, or how far it is over, at `at`.
    #[must_use]
    pub fn left(&self, at: Duration) -> Option<Left> {
        self.timeline.left(at)
    }

    /// How long a step of the plan is to last as adjusted, in session time.
    #[must_use]
    pub fn allotted(&self, index: usize) -> Duration {
        self.timeline.times.allotted(index)
    }

    /// How long the session still lasts at `at` if nobody does anything: what
    /// is left of the current step and all that follow. Countdown not included.
    #[must_use]
    pub fn remaining(&self, at: Duration) -> Duration {
        let current = match self.left(at) {
            Some(Left::Time(left)) => left,
            Some(Left::Over(_)) | None => Duration::ZERO,
        };
        let first = match (self.state(), self.visit()) {
            (_, Some(visit)) => visit.index + 1,
            (State::GetReady { .. } | State::Paused { .. }, None) => 0,
            _ => return Duration::ZERO,
        };
        current.saturating_add(self.timeline.times.sum_from(first))
    }

    /// When the first step opened, if it has.
    #[must_use]
    pub const fn started(&self) -> Option<Duration> {
        self.started
    }

    /// All pauses up to `at`, in real time.
    #[must_use]
    pub fn paused(&self, at: Duration) -> Duration {
        let open = match self.state() {
            State::Paused { since, .. } => at.saturating_sub(*since),
            _ => Duration::ZERO,
        };
        self.paused + open
    }

    /// What became of a step up to `at`; nothing yet for one never opened.
    #[must_use]
    pub fn record(&self, step: StepId, at: Duration) -> Record {
        let mut record = self.records.get(&step).copied().unwrap_or_default();
        if let (Some(visit), Some(segment)) = (self.visit(), self.segment())
            && segment.id == step
        {
            record.worked += visit.worked(at);
            record.waited += visit.waited(at);
        }
        record
    }

    /// Every cue that fell due so far, for the log.
    #[must_use]
    pub fn cues(&self) -> &[DueCue] {
        &self.cues
    }

    /// Whether anything can be taken back.
    #[must_use]
    pub fn can_undo(&self) -> Option<Undone> {
        self.undo.last().map(|step| step.what)
    }

    /// When it next changes by itself; never, while paused or at the end.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.timeline.deadline()
    }

    /// Every cue with an id of an earlier epoch that has not fallen due will
    /// not: it is cancelled.
    #[must_use]
    pub const fn epoch(&self) -> u32 {
        self.timeline.epoch
    }

    /// The cues that fall due within `horizon` from `at`, if nobody does
    /// anything; the ids are those that they will have.
    #[must_use]
    pub fn upcoming(&self, at: Duration, horizon: Duration) -> Vec<DueCue> {
        let mut ahead = self.timeline.clone();
        ahead
            .advance(at.saturating_add(horizon))
            .into_iter()
            .filter_map(|event| match event {
                Event::Cue(due) => Some(due),
                _ => None,
            })
            .collect()
    }
}
