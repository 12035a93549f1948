//! One press that does it all, for hands that are not free: it ends a hold,
//! goes on after a pause, else plays the cue again, at once. One more soon
//! after it takes that back and pauses. So a stray press skips no stroke, and
//! who presses in a panic always ends in a pause.

use std::time::Duration;

use super::command::Answer;
use super::event::{Close, Event, Manner, Refusal, Undone};
use super::timeline::State;
use super::visit::{Left, Timing, Visit};
use super::{PauseBy, Session};
use crate::cue::Cue;
use crate::routine::Ends;

/// A press within this long after another, at any speed, means pause.
pub const TWICE: Duration = Duration::from_millis(1200);

/// The last press, while nothing else was wanted since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pressed {
    at: Duration,
    did: Did,
}

/// What a press did, as far as it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Did {
    /// It moved nothing.
    Nothing,
    /// It ended what waited here.
    Left(Visit, Undone),
    /// It went on with this step.
    Resumed(Visit),
}

impl Session {
    pub(super) fn press(&mut self, now: Duration) -> Answer {
        let last = self.pressed.take();
        let soon = last.filter(|last| now.saturating_sub(last.at) <= TWICE);
        let (did, answer) = match soon {
            Some(last) => (Did::Nothing, self.take_back_and_pause(last.did, now)),
            None => self.press_once(now),
        };
        self.pressed = Some(Pressed { at: now, did });
        answer
    }

    /// When a press does not mean pause any more, if one still does.
    #[must_use]
    pub fn pressed_until(&self) -> Option<Duration> {
        let pressed = self.pressed.as_ref()?;
        let until = pressed.at.saturating_add(TWICE);
        (until >= self.now()).then_some(until)
    }

    fn press_once(&mut self, now: Duration) -> (Did, Answer) {
        match self.state() {
            State::Paused { visit, .. } => {
                let did = visit.clone().map_or(Did::Nothing, Did::Resumed);
                (did, self.resume())
            }
            State::Running(visit) => {
                let holds = self
                    .segment()
                    .is_some_and(|segment| segment.ends == Ends::WhenReady);
                // A step that lingers on past its time waits for her too: nothing
                // else would end it.
                let lingers = visit.timing == Timing::Lingering
                    && matches!(self.left(now), Some(Left::Over(_)));
                let here = visit.snapshot(now);
                if holds {
                    (Did::Left(here, Undone::Ready), self.ready())
                } else if lingers {
                    (Did::Left(here, Undone::Next), self.next())
                } else {
                    (Did::Nothing, self.repeat())
                }
            }
            State::GetReady { .. } => (Did::Nothing, Err(Refusal::GettingReady)),
            State::Finished { .. } | State::Left { .. } => (Did::Nothing, Err(Refusal::Over)),
        }
    }

    /// Pauses where one was before the last press: same step, same time left.
    /// What was worked since then stays where it was worked.
    fn take_back_and_pause(&mut self, did: Did, now: Duration) -> Answer {
        let by = PauseBy::Press;
        let (visit, undone) = match did {
            Did::Nothing => return self.pause(by),
            Did::Resumed(visit) => (visit, None),
            Did::Left(visit, what) => (visit, Some(what)),
        };
        if matches!(self.state(), State::Left { .. }) {
            return Err(Refusal::Over);
        }
        // It is not to be undone once more. Where the stack was emptied
        // since, nothing is on it.
        if undone.is_some() && self.can_undo() == undone {
            self.undo.pop();
        }
        let mut events = vec![self.timeline.cancel_cues(), Event::Paused { at: now, by }];
        events.extend(undone.map(|what| Event::Undone { what, at: now }));
        match &mut self.timeline.state {
            // Nothing but time has passed in it.
            State::Running(running) if undone.is_none() && running.index == visit.index => {
                running.freeze(now);
                running.carried = visit.carried;
                running.turn(visit.timing, now);
                let visit = Some(running.clone());
                self.timeline.state = State::Paused {
                    visit,
                    since: now,
                    by,
                };
            }
            _ => {
                self.timeline.close(Close::LeftBehind, &mut events);
                self.timeline.state = State::Paused {
                    visit: None,
                    since: now,
                    by,
                };
                // In a pause it opens in silence.
                let visit = visit.snapshot(now);
                self.timeline.enter(visit, Manner::Pressed, &mut events);
            }
        }
        events.push(self.timeline.cue(Cue::Paused, Manner::Pressed));
        Ok(events)
    }
}
