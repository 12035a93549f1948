//! The plan: a routine with everything expanded, as a flat list of steps
//! placed in time, each with the cue that opens it. A plan never changes; what
//! is adjusted while a session runs stands beside it, in the session. It knows
//! no clock.

pub mod alone;
pub mod expand;
pub mod fit;
mod revise;
mod speed;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use speed::{Speed, SpeedError};

use crate::cue::Cue;
use crate::document::Place;
use crate::routine::vocabulary::{
    Position, Pressure, Region, Side, Stance, TransitionKind, With, Working,
};
use crate::routine::{Ends, Routine, Sound};

/// What names a step for good. It is never reused, whatever becomes of the
/// step; the number that people see is for display alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StepId(pub u32);

impl StepId {
    /// The id of a fresh plan's step of that number; a plan has far fewer than
    /// 2^32.
    fn from_number(number: usize) -> Self {
        Self(u32::try_from(number).unwrap_or(u32::MAX))
    }
}

/// Whether a step stands as written or on the other side of a `BothSides`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Facing {
    /// As the file has it.
    AsWritten,
    /// Left and right swapped.
    Mirrored,
}

impl Facing {
    /// The other way round.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::AsWritten => Self::Mirrored,
            Self::Mirrored => Self::AsWritten,
        }
    }
}

/// Where in the document a step comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The step or transition as written.
    pub place: Place,
    /// Which of its copies this is, from 0, in the plan's order.
    pub copy: u32,
    /// Mirrored or not.
    pub facing: Facing,
}

/// What is done in a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// Hands or feet on the client.
    Stroke {
        /// Its name.
        stroke: String,
        /// Where.
        region: Region,
        /// Where it glides to.
        toward: Option<Region>,
        /// What touches.
        with: Option<With>,
        /// How the therapist stands.
        stance: Option<Stance>,
        /// How deep.
        pressure: Option<Pressure>,
        /// How long one stroke takes, in real time at any speed.
        pace: Option<Duration>,
    },
    /// What happens between strokes.
    Transition(TransitionKind),
}

/// A step or transition, placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its name for good.
    pub id: StepId,
    /// Its place in the whole plan, from 1.
    pub number: usize,
    /// Index into [`Plan::phases`].
    pub phase: usize,
    /// What is done.
    pub work: Work,
    /// Which side of the client.
    pub side: Option<Side>,
    /// Which of the therapist's feet or hands.
    pub working: Option<Working>,
    /// One line, its placeholders filled.
    pub cue: Option<String>,
    /// Coaching, its placeholders filled.
    pub note: Option<String>,
    /// What replaces the sound that opens it.
    pub sound: Option<Sound>,
    /// How long, in session time.
    pub time: Duration,
    /// The shortest it may become to fit, in session time.
    pub min: Duration,
    /// The longest it may become to fit, in session time.
    pub max: Duration,
    /// By time, or when the therapist is ready.
    pub ends: Ends,
    /// The cue that opens it.
    pub opens: Cue,
    /// The same step on the client's other side.
    pub twin: Option<StepId>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Segment {
    /// The stroke's name, or the transition in words.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.work {
            Work::Stroke { stroke, .. } => stroke,
            Work::Transition(kind) => kind.human(),
        }
    }

    /// The region; none for a transition.
    #[must_use]
    pub const fn region(&self) -> Option<Region> {
        match &self.work {
            Work::Stroke { region, .. } => Some(*region),
            Work::Transition(_) => None,
        }
    }

    /// Whether this is a transition.
    #[must_use]
    pub const fn is_transition(&self) -> bool {
        matches!(self.work, Work::Transition(_))
    }
}

/// A phase of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPhase {
    /// Its name.
    pub name: String,
    /// How the client lies.
    pub position: Position,
}

/// Spans that the speed divides along with the plan's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spans {
    /// How long before a step's end the warning falls; zero for none.
    pub prepare: Duration,
    /// What one press of more or less adds or takes: 30 s.
    pub nudge: Duration,
    /// What less leaves at least: 5 s.
    pub least: Duration,
    /// A transition of at most this has no warning, nor has the step before
    /// it: 20 s.
    pub brief: Duration,
}

/// Everything that a session is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The routine's name.
    pub name: String,
    /// How many times faster than written it runs.
    pub speed: Speed,
    /// What the speed divides besides the steps' times.
    pub spans: Spans,
    /// The phases, each at least once in `segments`' order.
    pub phases: Vec<PlanPhase>,
    /// The steps, never empty, from the first that is to be worked. Their
    /// numbers count from the routine's first step.
    pub segments: Vec<Segment>,
    /// 0 for the first plan of a session, one more for each revision.
    pub revision: u32,
    /// The next id that was never given.
    next_id: u32,
}

/// What turns a routine into the plan of one session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// The number of the first step, from 1.
    pub from: Option<usize>,
    /// How long the session is to last, in routine time.
    pub fit: Option<Duration>,
    /// How many times faster.
    pub speed: Speed,
}

/// Why a plan can't be made as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// `from` is not among the steps.
    #[error("there is no step {asked}: this routine has steps 1 to {last}")]
    NoSuchStep {
        /// As asked.
        asked: usize,
        /// The last there is.
        last: usize,
    },
    /// The length can't be reached.
    #[error(transparent)]
    Fit(#[from] fit::FitError),
}

impl Plan {
    /// The plan of `routine` as asked: from a step on, then fitted, then sped
    /// up.
    ///
    /// # Errors
    ///
    /// A first step that is not there, or a length that can't be reached.
    pub fn new(routine: &Routine, options: &Options) -> Result<Self, PlanError> {
        let mut plan = Self::whole(routine);
        if let Some(from) = options.from {
            plan = plan.from(from)?;
        }
        if let Some(length) = options.fit {
            plan = plan.fitted(length)?;
        }
        Ok(plan.at(options.speed))
    }

    /// The plan of the whole routine at its own speed and length.
    #[must_use]
    pub fn whole(routine: &Routine) -> Self {
        let expand::Expanded { phases, segments } = expand::expand(routine);
        let StepId(next_id) = StepId::from_number(segments.len() + 1);
        Self {
            name: routine.name.clone(),
            speed: Speed::REAL,
            spans: Spans {
                prepare: routine.prepare,
                nudge: Duration::from_secs(30),
                least: Duration::from_secs(5),
                brief: Duration::from_secs(20),
            },
            phases,
            segments,
            revision: 0,
            next_id,
        }
    }

    fn from(mut self, number: usize) -> Result<Self, PlanError> {
        let last = self.segments.len();
        if !(1..=last).contains(&number) {
            return Err(PlanError::NoSuchStep {
                asked: number,
                last,
            });
        }
        self.segments.drain(..number - 1);
        Ok(self)
    }

    fn fitted(mut self, length: Duration) -> Result<Self, PlanError> {
        let limits: Vec<fit::Limits> = self.segments.iter().map(fit::Limits::of).collect();
        let times = fit::exactly(&limits, length)?;
        for (segment, time) in self.segments.iter_mut().zip(times) {
            segment.time = time;
        }
        Ok(self)
    }

    /// The same plan, as near to `length` as its steps' limits let it come, in
    /// session time.
    #[must_use]
    pub fn nearest(mut self, length: Duration) -> Self {
        let limits: Vec<fit::Limits> = self.segments.iter().map(fit::Limits::of).collect();
        let times = fit::as_near_as_can_be(&limits, length);
        for (segment, time) in self.segments.iter_mut().zip(times) {
            segment.time = time;
        }
        self
    }

    /// How long it lasts with every step at its shortest, in session time.
    #[must_use]
    pub fn shortest(&self) -> Duration {
        self.segments.iter().map(|segment| segment.min).sum()
    }

    /// How long it lasts with every step at its longest, in session time.
    #[must_use]
    pub fn longest(&self) -> Duration {
        self.segments.iter().map(|segment| segment.max).sum()
    }

    fn at(mut self, speed: Speed) -> Self {
        if speed == Speed::REAL {
            return self;
        }
        for segment in &mut self.segments {
            for time in [&mut segment.time, &mut segment.min, &mut segment.max] {
                *time = speed.divide(*time);
            }
        }
        for span in [
            &mut self.spans.nudge,
            &mut self.spans.least,
            &mut self.spans.brief,
        ] {
            *span = speed.divide(*span);
        }
        // Rounded up: a step of twice this must not become the longer one.
        self.spans.prepare = speed.divide_up(self.spans.prepare);
        self.speed = speed;
        self
    }

    /// How long it lasts as planned, in session time; holds count their time.
    #[must_use]
    pub fn length(&self) -> Duration {
        self.segments.iter().map(|segment| segment.time).sum()
    }

    /// The index of the step of that id.
    #[must_use]
    pub fn index_of(&self, id: StepId) -> Option<usize> {
        self.segments.iter().position(|segment| segment.id == id)
    }

    /// The name of a segment's phase.
    #[must_use]
    pub fn phase_of(&self, segment: &Segment) -> Option<&PlanPhase> {
        self.phases.get(segment.phase)
    }

    /// Each segment with the time at which it is planned to open.
    pub fn placed(&self) -> impl Iterator<Item = (Duration, &Segment)> {
        self.segments.iter().scan(Duration::ZERO, |start, segment| {
            let opens = *start;
            *start += segment.time;
            Some((opens, segment))
        })
    }
}
