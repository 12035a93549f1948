//! What happens when nobody does anything: the countdown, each boundary, each
//! cue. It is small and cheap to copy, so that the cues ahead are found by
//! letting a copy run.

use std::sync::Arc;
use std::time::Duration;

use super::event::{Close, CueId, DueCue, Event, Manner};
use super::visit::{Left, Timing, Visit};
use super::{Outcome, PauseBy};
use crate::cue::Cue;
use crate::plan::{Plan, Segment};
use crate::routine::Ends;

/// The countdown before the first step: three calls, one a second, at any
/// speed.
pub const GET_READY: Duration = Duration::from_secs(3);
const CALL_EVERY: Duration = Duration::from_secs(1);
const CALLS: u32 = 3;
/// How long after a hold's time is up it reminds once more, at any speed.
const REMINDER: Duration = Duration::from_secs(60);

/// Where a session stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Counting 3, 2, 1.
    GetReady {
        /// When the countdown began.
        since: Duration,
        /// How many of the three calls have been made.
        called: u32,
    },
    /// A step is worked.
    Running(Visit),
    /// Nothing moves.
    Paused {
        /// The step; none in get-ready.
        visit: Option<Visit>,
        /// Since when.
        since: Duration,
        /// What caused it.
        by: PauseBy,
    },
    /// The last step is over.
    Finished {
        /// When it was.
        at: Duration,
    },
    /// The therapist left before that.
    Left {
        /// When.
        at: Duration,
        /// In which way.
        outcome: Outcome,
    },
}

/// How long each step is to last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Times {
    /// As planned or last fitted.
    pub(super) given: Vec<Duration>,
    /// The same with what was added or taken by hand.
    pub(super) allotted: Vec<Duration>,
}

impl Times {
    fn of(plan: &Plan) -> Self {
        let given: Vec<Duration> = plan.segments.iter().map(|segment| segment.time).collect();
        Self {
            allotted: given.clone(),
            given,
        }
    }

    pub(super) fn allotted(&self, index: usize) -> Duration {
        self.allotted.get(index).copied().unwrap_or_default()
    }

    pub(super) fn given(&self, index: usize) -> Duration {
        self.given.get(index).copied().unwrap_or_default()
    }

    pub(super) fn allot(&mut self, index: usize, time: Duration) {
        if let Some(slot) = self.allotted.get_mut(index) {
            *slot = time;
        }
    }

    pub(super) fn sum_from(&self, index: usize) -> Duration {
        self.allotted
            .get(index..)
            .unwrap_or_default()
            .iter()
            .fold(Duration::ZERO, |sum, time| sum.saturating_add(*time))
    }
}

/// What time alone does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Boundary {
    Call,
    Start,
    Prepare,
    TimeUp,
    Remind,
}

/// The part of a session that time moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timeline {
    pub(super) plan: Arc<Plan>,
    pub(super) times: Arc<Times>,
    pub(super) state: State,
    pub(super) now: Duration,
    pub(super) epoch: u32,
    sounded: u32,
}

impl Timeline {
    pub(super) fn new(plan: Arc<Plan>) -> Self {
        Self {
            times: Arc::new(Times::of(&plan)),
            plan,
            state: State::GetReady {
                since: Duration::ZERO,
                called: 0,
            },
            now: Duration::ZERO,
            epoch: 0,
            sounded: 0,
        }
    }

    /// Follows another plan from now on; the caller has matched the steps.
    pub(super) fn follow(&mut self, plan: Arc<Plan>, times: Times) {
        self.plan = plan;
        self.times = Arc::new(times);
    }

    /// Lets time pass up to and with `at`.
    pub(super) fn advance(&mut self, at: Duration) -> Vec<Event> {
        let mut events = Vec::new();
        let until = at.max(self.now);
        while let Some((due, boundary)) = self.next_boundary() {
            if due > until {
                break;
            }
            self.now = due.max(self.now);
            self.cross(boundary, &mut events);
        }
        self.now = until;
        events
    }

    pub(super) fn deadline(&self) -> Option<Duration> {
        self.next_boundary().map(|(due, _)| due)
    }

    pub(super) fn visit(&self) -> Option<&Visit> {
        match &self.state {
            State::Running(visit) => Some(visit),
            State::Paused { visit, .. } => visit.as_ref(),
            _ => None,
        }
    }

    pub(super) fn segment(&self, index: usize) -> Option<&Segment> {
        self.plan.segments.get(index)
    }

    pub(super) fn left(&self, at: Duration) -> Option<Left> {
        let visit = self.visit()?;
        let allotted = self.times.allotted(visit.index);
        let position = visit.position(at);
        let left = allotted.saturating_sub(position);
        Some(match visit.timing {
            Timing::Waiting { .. } | Timing::Lingering if left.is_zero() => {
                Left::Over(position.saturating_sub(allotted))
            }
            _ => Left::Time(left),
        })
    }

    fn next_boundary(&self) -> Option<(Duration, Boundary)> {
        match &self.state {
            State::GetReady { since, called } if *called < CALLS => {
                Some((since.saturating_add(CALL_EVERY * *called), Boundary::Call))
            }
            State::GetReady { since, .. } => {
                Some((since.saturating_add(GET_READY), Boundary::Start))
            }
            State::Running(visit) => {
                let (position, boundary) = match visit.timing {
                    Timing::Timed {
                        prepare_at: Some(position),
                    } => (position, Boundary::Prepare),
                    Timing::Timed { prepare_at: None } => {
                        (self.times.allotted(visit.index), Boundary::TimeUp)
                    }
                    Timing::Waiting {
                        remind_at: Some(position),
                    } => (position, Boundary::Remind),
                    Timing::Waiting { remind_at: None } | Timing::Lingering => return None,
                };
                visit.reaches(position).map(|due| (due, boundary))
            }
            State::Paused { .. } | State::Finished { .. } | State::Left { .. } => None,
        }
    }

    fn cross(&mut self, boundary: Boundary, events: &mut Vec<Event>) {
        let now = self.now;
        match (boundary, &mut self.state) {
            (Boundary::Call, State::GetReady { called, .. }) => {
                *called += 1;
                events.push(self.cue(Cue::Ready, Manner::Scheduled));
            }
            (Boundary::Start, _) => self.open(0, Manner::Scheduled, events),
            (Boundary::Prepare, State::Running(visit)) => {
                visit.timing = Timing::Timed { prepare_at: None };
                events.push(self.cue(Cue::Prepare, Manner::Scheduled));
            }
            (Boundary::Remind, State::Running(visit)) => {
                visit.timing = Timing::Waiting { remind_at: None };
                events.push(self.cue(Cue::Hold, Manner::Scheduled));
            }
            (Boundary::TimeUp, State::Running(visit)) => {
                let index = visit.index;
                let ends = self
                    .plan
                    .segments
                    .get(index)
                    .map(|segment| (segment.ends, segment.id));
                match ends {
                    Some((Ends::WhenReady, step)) => {
                        let remind_at = Some(visit.position(now).saturating_add(REMINDER));
                        visit.turn(Timing::Waiting { remind_at }, now);
                        events.push(Event::TimeUp { step, at: now });
                        events.push(self.cue(Cue::Hold, Manner::Scheduled));
                    }
                    Some((Ends::ByTime, _)) | None => {
                        self.close(Close::ByTime, events);
                        self.open(index + 1, Manner::Scheduled, events);
                    }
                }
            }
            _ => {}
        }
    }

    /// Ends the visit to the current step.
    pub(super) fn close(&mut self, how: Close, events: &mut Vec<Event>) {
        let at = self.now;
        if let Some(visit) = self.visit()
            && let Some(segment) = self.segment(visit.index)
        {
            events.push(Event::Closed {
                step: segment.id,
                at,
                worked: visit.worked(at),
                waited: visit.waited(at),
                how,
            });
        }
    }

    /// Opens the step of that index; past the last one, finishes. A pause goes
    /// on, and is silent.
    pub(super) fn open(&mut self, index: usize, manner: Manner, events: &mut Vec<Event>) {
        let visit = Visit::new(
            index,
            None,
            Duration::ZERO,
            Timing::Timed { prepare_at: None },
        );
        self.enter(visit, manner, events);
        self.plan_prepare();
    }

    /// Goes to a visit as it stands.
    pub(super) fn enter(&mut self, mut visit: Visit, manner: Manner, events: &mut Vec<Event>) {
        let at = self.now;
        let Some((step, opens)) = self
            .segment(visit.index)
            .map(|segment| (segment.id, segment.opens))
        else {
            let silent = matches!(self.state, State::Paused { .. });
            if let State::Paused { since, .. } = self.state {
                events.push(Event::Resumed {
                    at,
                    paused_for: at.saturating_sub(since),
                });
            }
            self.state = State::Finished { at };
            events.push(Event::Finished { at });
            if !silent {
                events.push(self.cue(Cue::Finish, manner));
            }
            return;
        };
        events.push(Event::Opened { step, at });
        if let State::Paused { visit: paused, .. } = &mut self.state {
            *paused = Some(visit);
            return;
        }
        visit.thaw(at);
        self.state = State::Running(visit);
        events.push(self.cue(opens, manner));
    }

    /// Decides when the current step's warning falls, by its own time and the
    /// next one's: only if that is still to come, so that one that has been
    /// given is not given again.
    pub(super) fn plan_prepare(&mut self) {
        let now = self.now;
        let Some(visit) = self.visit() else { return };
        let position = visit.position(now);
        let prepare_at = self
            .prepare_position(visit.index)
            .filter(|&prepare| prepare > position);
        if let State::Running(visit)
        | State::Paused {
            visit: Some(visit), ..
        } = &mut self.state
            && let Timing::Timed { prepare_at: slot } = &mut visit.timing
        {
            *slot = prepare_at;
        }
    }

    /// How far into a step its warning falls, by the rules of the cue table.
    fn prepare_position(&self, index: usize) -> Option<Duration> {
        let spans = &self.plan.spans;
        let segment = self.segment(index)?;
        let time = self.times.allotted(index);
        let brief = |index: usize| {
            self.segment(index).is_some_and(|segment| {
                segment.is_transition() && self.times.allotted(index) <= spans.brief
            })
        };
        let warned = !spans.prepare.is_zero()
            && segment.ends == Ends::ByTime
            && time > spans.prepare * 2
            && !brief(index)
            && !brief(index + 1);
        warned.then(|| time.saturating_sub(spans.prepare))
    }

    /// A cue that falls due now.
    pub(super) fn cue(&mut self, cue: Cue, manner: Manner) -> Event {
        let id = CueId {
            epoch: self.epoch,
            n: self.sounded,
        };
        self.sounded += 1;
        let step = self
            .visit()
            .and_then(|visit| self.segment(visit.index))
            .map(|segment| segment.id);
        Event::Cue(DueCue {
            id,
            cue,
            at: self.now,
            step,
            manner,
        })
    }

    /// What was foreseen does not hold any more.
    pub(super) fn cancel_cues(&mut self) -> Event {
        self.epoch += 1;
        self.sounded = 0;
        Event::CuesCancelled { epoch: self.epoch }
    }
}
