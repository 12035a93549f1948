//! What the therapist wants, and what the session makes of it. A command that
//! means nothing now does nothing and says why.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::event::{Close, Event, Manner, Refusal, Undone};
use super::offer::{Evening, Fitting};
use super::timeline::State;
use super::visit::{Left, Timing, Visit};
use super::{BackTo, Outcome, Session, Step};
use crate::cue::Cue;
use crate::routine::Ends;

/// Within this much of a step's start, at any speed, back means the step
/// before.
const JUST_BEGUN: Duration = Duration::from_secs(3);

/// The therapist's intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// To the next step, now; on a hold that waits, ready.
    Next,
    /// To this step's start, or to the step before.
    Back,
    /// Ends a hold.
    Ready,
    /// 30 s more for this step.
    More,
    /// 30 s less for this step.
    Less,
    /// What was added here, for the other side too.
    Even,
    /// This step has no end until next.
    Linger,
    /// What follows is to last so long, the current step included.
    Fit {
        /// From now to the end, in session time.
        remaining: Duration,
    },
    /// Takes the last of these back.
    Undo,
    /// Everything stops.
    Pause(PauseBy),
    /// Everything goes on.
    Resume,
    /// The cue that opened this step, once more.
    Repeat,
    /// The session is over.
    End,
    /// The session is kept for later.
    Keep,
    /// The one press that does it all: ends a hold, resumes, else repeats the
    /// cue; within 1.2 s of another it takes that back and pauses.
    Press,
}

/// What caused a pause. Only a press is answered by a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PauseBy {
    /// The therapist.
    Press,
    /// Ctrl-Z or a signal.
    Signal,
    /// The machine slept.
    Sleep,
    /// The session was resumed after an interruption.
    Resumption,
}

pub(super) type Answer = Result<Vec<Event>, Refusal>;

impl Session {
    pub(super) fn obey(&mut self, command: Command, now: Duration) -> Vec<Event> {
        let answer = match command {
            Command::End => self.leave(Outcome::EndedEarly),
            Command::Keep => self.leave(Outcome::Interrupted),
            Command::Undo => self.take_back(),
            Command::Pause(by) => self.pause(by),
            Command::Resume => self.resume(),
            Command::Press => self.press(now),
            _ => self.work(command),
        };
        answer.unwrap_or_else(|why| vec![Event::Refused { at: now, why }])
    }

    /// The commands that need a step to work in.
    fn work(&mut self, command: Command) -> Answer {
        match self.state() {
            State::Running(_) | State::Paused { visit: Some(_), .. } => {}
            State::GetReady { .. } | State::Paused { visit: None, .. } => {
                return Err(Refusal::GettingReady);
            }
            State::Finished { .. } | State::Left { .. } => return Err(Refusal::Over),
        }
        let paused = matches!(self.state(), State::Paused { .. });
        match command {
            Command::Next => self.next(),
            Command::Back => self.back(),
            Command::More => self.more(),
            Command::Less => self.less(),
            Command::Fit { remaining } => self.fit(remaining),
            _ if paused => Err(Refusal::Paused),
            Command::Ready => self.ready(),
            Command::Even => self.even(),
            Command::Linger => self.linger(),
            _ => self.repeat(),
        }
    }

    fn current(&self) -> Result<&Visit, Refusal> {
        self.visit().ok_or(Refusal::Over)
    }

    fn time_left(&self) -> Duration {
        match self.left(self.now()) {
            Some(Left::Time(left)) => left,
            Some(Left::Over(_)) | None => Duration::ZERO,
        }
    }

    /// Makes what follows undoable, and cancels what was foreseen.
    fn begin(&mut self, what: Undone, back_to: BackTo) -> Vec<Event> {
        self.undo.push(Step {
            what,
            back_to,
            times: Arc::clone(&self.timeline.times),
        });
        vec![self.timeline.cancel_cues()]
    }

    /// Back to `visit` as it stands now.
    fn opened_again(&self, visit: &Visit) -> BackTo {
        BackTo::Visit {
            visit: visit.snapshot(self.now()),
            paused: match self.state() {
                State::Paused { by, .. } => Some(*by),
                _ => None,
            },
        }
    }

    pub(super) fn next(&mut self) -> Answer {
        let visit = self.current()?;
        if matches!(visit.timing, Timing::Waiting { .. }) {
            return self.ready();
        }
        let how = if self.time_left().is_zero() {
            Close::Done
        } else {
            Close::Skipped
        };
        self.move_on(Undone::Next, how)
    }

    pub(super) fn ready(&mut self) -> Answer {
        let visit = self.current()?;
        let segment = self.timeline.segment(visit.index);
        if segment.is_none_or(|segment| segment.ends == Ends::ByTime) {
            return Err(Refusal::NoHold);
        }
        self.move_on(Undone::Ready, Close::Done)
    }

    fn move_on(&mut self, what: Undone, how: Close) -> Answer {
        let visit = self.current()?;
        let index = visit.index;
        let back_to = self.opened_again(visit);
        let mut events = self.begin(what, back_to);
        self.timeline.close(how, &mut events);
        self.timeline.open(index + 1, Manner::Pressed, &mut events);
        Ok(events)
    }

    fn back(&mut self) -> Answer {
        let visit = self.current()?;
        let just_begun = visit.position(self.now()) < JUST_BEGUN;
        let index = if just_begun {
            visit.index.saturating_sub(1)
        } else {
            visit.index
        };
        let back_to = self.opened_again(visit);
        let mut events = self.begin(Undone::Back, back_to);
        self.timeline.close(Close::LeftBehind, &mut events);
        self.timeline.open(index, Manner::Pressed, &mut events);
        Ok(events)
    }

    fn more(&mut self) -> Answer {
        let visit = self.current()?;
        let index = visit.index;
        let nudge = self.plan().spans.nudge;
        let time = match visit.timing {
            Timing::Lingering => return Err(Refusal::Lingering),
            // Waiting: it runs that long again, from where it is.
            Timing::Waiting { .. } => visit.position(self.now()).saturating_add(nudge),
            Timing::Timed { .. } => self.allotted(index).saturating_add(nudge),
        };
        self.retime(Undone::More, index, time)
    }

    fn less(&mut self) -> Answer {
        let visit = self.current()?;
        let index = visit.index;
        if visit.timing == Timing::Lingering {
            return Err(Refusal::Lingering);
        }
        let spans = self.plan().spans;
        let left = self.time_left();
        if left <= spans.least {
            return Err(Refusal::AlmostOver);
        }
        let fewer = left.saturating_sub(spans.nudge).max(spans.least);
        let time = self
            .allotted(index)
            .saturating_sub(left.saturating_sub(fewer));
        self.retime(Undone::Less, index, time)
    }

    /// Gives the current step another time.
    fn retime(&mut self, what: Undone, index: usize, time: Duration) -> Answer {
        let now = self.now();
        let snapshot = self.current()?.snapshot(now);
        let mut events = self.begin(what, BackTo::TimeLeft(snapshot));
        Arc::make_mut(&mut self.timeline.times).allot(index, time);
        self.set_timing(Timing::Timed { prepare_at: None });
        self.timeline.plan_prepare();
        events.extend(self.retimed(now));
        Ok(events)
    }

    fn retimed(&self, at: Duration) -> Option<Event> {
        self.segment().map(|segment| Event::Retimed {
            step: segment.id,
            at,
            left: self.time_left(),
        })
    }

    pub(super) fn set_timing(&mut self, timing: Timing) {
        let now = self.now();
        if let State::Running(visit)
        | State::Paused {
            visit: Some(visit), ..
        } = &mut self.timeline.state
        {
            visit.turn(timing, now);
        }
    }

    fn linger(&mut self) -> Answer {
        let now = self.now();
        let visit = self.current()?;
        let segment = self.timeline.segment(visit.index).ok_or(Refusal::Over)?;
        let step = segment.id;
        if segment.ends == Ends::WhenReady {
            return Err(Refusal::WaitsAnyway);
        }
        if visit.timing == Timing::Lingering {
            return Err(Refusal::Lingering);
        }
        let snapshot = visit.snapshot(now);
        let mut events = self.begin(Undone::Linger, BackTo::TimeLeft(snapshot));
        self.set_timing(Timing::Lingering);
        events.push(Event::Lingering { step, at: now });
        Ok(events)
    }

    fn even(&mut self) -> Answer {
        let now = self.now();
        let Evening { step, index, time } = self.evening(now)?;
        let mut events = self.begin(Undone::Even, BackTo::OtherTimes);
        Arc::make_mut(&mut self.timeline.times).allot(index, time);
        self.timeline.plan_prepare();
        events.push(Event::Evened {
            step,
            at: now,
            time,
        });
        Ok(events)
    }

    fn fit(&mut self, remaining: Duration) -> Answer {
        let now = self.now();
        let first = self.current()?.index + 1;
        let Fitting { times, result, .. } = self.fitting(now, remaining)?;
        let mut events = self.begin(Undone::Fit, BackTo::OtherTimes);
        let lists = Arc::make_mut(&mut self.timeline.times);
        for list in [&mut lists.given, &mut lists.allotted] {
            for (slot, time) in list.iter_mut().skip(first).zip(&times) {
                *slot = *time;
            }
        }
        self.timeline.plan_prepare();
        events.push(Event::Fitted { at: now, result });
        Ok(events)
    }

    fn take_back(&mut self) -> Answer {
        match self.state() {
            State::GetReady { .. } | State::Paused { visit: None, .. } => {
                return Err(Refusal::GettingReady);
            }
            State::Left { .. } => return Err(Refusal::Over),
            State::Running(_) | State::Paused { .. } | State::Finished { .. } => {}
        }
        let Step {
            what,
            back_to,
            times,
        } = self.undo.pop().ok_or(Refusal::NothingToUndo)?;
        let now = self.now();
        let mut events = vec![self.timeline.cancel_cues(), Event::Undone { what, at: now }];
        self.timeline.times = times;
        match back_to {
            BackTo::Visit { visit, paused } => {
                self.timeline.close(Close::LeftBehind, &mut events);
                // She finished in a pause and never resumed: it goes on.
                if let (State::Finished { .. }, Some(by)) = (self.state(), paused) {
                    self.timeline.state = State::Paused {
                        visit: None,
                        since: now,
                        by,
                    };
                    events.push(Event::Paused { at: now, by });
                }
                self.timeline.enter(visit, Manner::Pressed, &mut events);
                self.timeline.plan_prepare();
            }
            BackTo::TimeLeft(snapshot) => {
                if let State::Running(visit)
                | State::Paused {
                    visit: Some(visit), ..
                } = &mut self.timeline.state
                {
                    let running = visit.since.is_some();
                    visit.freeze(now);
                    visit.carried = snapshot.carried;
                    visit.turn(snapshot.timing, now);
                    if running {
                        visit.thaw(now);
                    }
                }
                self.timeline.plan_prepare();
                events.extend(self.retimed(now));
            }
            BackTo::OtherTimes => self.timeline.plan_prepare(),
        }
        Ok(events)
    }

    pub(super) fn repeat(&mut self) -> Answer {
        let opens = self.segment().ok_or(Refusal::Over)?.opens;
        Ok(vec![
            self.timeline.cancel_cues(),
            self.timeline.cue(opens, Manner::Pressed),
        ])
    }

    pub(super) fn pause(&mut self, by: PauseBy) -> Answer {
        match self.state() {
            State::Paused { .. } => Err(Refusal::Paused),
            State::Finished { .. } | State::Left { .. } => Err(Refusal::Over),
            State::GetReady { .. } | State::Running(_) => Ok(self.suspend(by, self.now())),
        }
    }

    /// Stops everything, if it is not stopped already.
    pub(super) fn suspend(&mut self, by: PauseBy, now: Duration) -> Vec<Event> {
        let visit = match &self.timeline.state {
            State::GetReady { .. } => None,
            State::Running(visit) => {
                let mut visit = visit.clone();
                visit.freeze(now);
                Some(visit)
            }
            State::Paused { .. } | State::Finished { .. } | State::Left { .. } => {
                return Vec::new();
            }
        };
        let mut events = vec![self.timeline.cancel_cues(), Event::Paused { at: now, by }];
        self.timeline.state = State::Paused {
            visit,
            since: now,
            by,
        };
        if by == PauseBy::Press {
            events.push(self.timeline.cue(Cue::Paused, Manner::Pressed));
        }
        events
    }

    pub(super) fn resume(&mut self) -> Answer {
        let now = self.now();
        let State::Paused { visit, since, .. } = &self.timeline.state else {
            return Err(match self.state() {
                State::Finished { .. } | State::Left { .. } => Refusal::Over,
                _ => Refusal::NotPaused,
            });
        };
        let paused_for = now.saturating_sub(*since);
        let state = match visit {
            Some(visit) => {
                let mut visit = visit.clone();
                visit.thaw(now);
                State::Running(visit)
            }
            None => State::GetReady {
                since: now,
                called: 0,
            },
        };
        self.timeline.state = state;
        Ok(vec![
            self.timeline.cancel_cues(),
            Event::Resumed {
                at: now,
                paused_for,
            },
            self.timeline.cue(Cue::Resumed, Manner::Pressed),
        ])
    }

    fn leave(&mut self, outcome: Outcome) -> Answer {
        let at = self.now();
        let paused_since = match self.state() {
            State::Finished { .. } | State::Left { .. } => return Err(Refusal::Over),
            State::Paused { since, .. } => Some(*since),
            State::GetReady { .. } | State::Running(_) => None,
        };
        let mut events = vec![self.timeline.cancel_cues()];
        if let Some(since) = paused_since {
            events.push(Event::Resumed {
                at,
                paused_for: at.saturating_sub(since),
            });
        }
        self.timeline.close(Close::SessionEnded, &mut events);
        self.timeline.state = State::Left { at, outcome };
        events.push(Event::Left { at, outcome });
        Ok(events)
    }
}
