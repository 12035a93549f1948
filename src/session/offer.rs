//! What fit and even would come to at a moment, so that a screen can offer
//! them before they are pressed. Nothing is changed here.

use std::collections::HashMap;
use std::time::Duration;

use super::event::{FitResult, Refusal};
use super::visit::Left;
use super::{Session, State};
use crate::plan::{StepId, fit};

/// How near to the asked length a fit must come.
const TOLERANCE: Duration = Duration::from_millis(1);

/// What fit would make of the steps to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    /// How long each step after the current one would last.
    pub times: Vec<Duration>,
    /// How near it would come.
    pub result: FitResult,
    /// From then to the end, the current step included.
    pub lasting: Duration,
}

/// What even would give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evening {
    /// The step on the other side.
    pub step: StepId,
    /// Its index in the plan.
    pub index: usize,
    /// How long it would last.
    pub time: Duration,
}

impl Session {
    /// What a fit to `remaining` would come to at `at`.
    ///
    /// # Errors
    ///
    /// Why it would do nothing.
    pub fn fitting(&self, at: Duration, remaining: Duration) -> Result<Fitting, Refusal> {
        let visit = self.visit().ok_or(Refusal::Over)?;
        let index = visit.index;
        let lasts = self.allotted(index).max(visit.position(at));
        let segments = &self.plan().segments;
        let places: HashMap<StepId, usize> = segments
            .iter()
            .enumerate()
            .map(|(index, segment)| (segment.id, index))
            .collect();
        let limits: Vec<fit::Limits> = self
            .coming()
            .iter()
            .map(|segment| {
                // The second side gets what the first really got.
                let first_side =
                    segment
                        .twin
                        .and_then(|twin| match places.get(&twin)?.cmp(&index) {
                            std::cmp::Ordering::Less => Some(self.record(twin, at).worked),
                            std::cmp::Ordering::Equal => Some(lasts),
                            std::cmp::Ordering::Greater => None,
                        });
                first_side.map_or_else(
                    || fit::Limits::of(segment),
                    |got| fit::Limits::fixed(got.clamp(segment.min, segment.max)),
                )
            })
            .collect();
        if limits.is_empty() {
            return Err(Refusal::NothingToFit);
        }
        let left = match self.left(at) {
            Some(Left::Time(left)) => left,
            Some(Left::Over(_)) | None => Duration::ZERO,
        };
        let times = fit::as_near_as_can_be(&limits, remaining.saturating_sub(left));
        // The current step counts as well: alone it may be too long already.
        let lasting = times
            .iter()
            .fold(left, |sum, time| sum.saturating_add(*time));
        let result = if lasting.abs_diff(remaining) < TOLERANCE {
            FitResult::Met
        } else if lasting > remaining {
            FitResult::StillLong(lasting.saturating_sub(remaining))
        } else {
            FitResult::StillShort(remaining.saturating_sub(lasting))
        };
        Ok(Fitting {
            times,
            result,
            lasting,
        })
    }

    /// What even would give at `at`.
    ///
    /// # Errors
    ///
    /// Why it would do nothing.
    pub fn evening(&self, at: Duration) -> Result<Evening, Refusal> {
        if matches!(self.state(), State::Paused { .. }) {
            return Err(Refusal::Paused);
        }
        let visit = self.visit().ok_or(Refusal::Over)?;
        let index = visit.index;
        // Lingered seconds are added time as well.
        let lasts = self.allotted(index).max(visit.position(at));
        let twin = self
            .timeline
            .segment(index)
            .and_then(|segment| segment.twin)
            .and_then(|twin| self.plan().index_of(twin))
            .ok_or(Refusal::NoOtherSide)?;
        if twin < index {
            return Err(Refusal::OtherSideDone);
        }
        let added = lasts.saturating_sub(self.timeline.times.given(index));
        if added.is_zero() {
            return Err(Refusal::NothingAdded);
        }
        let segment = self.timeline.segment(twin).ok_or(Refusal::NoOtherSide)?;
        let given = self.timeline.times.given(twin);
        let (wanted, has) = (given.saturating_add(added), self.allotted(twin));
        if wanted <= has {
            return Err(Refusal::OtherSideHasIt);
        }
        let time = wanted.min(segment.max);
        if time <= has {
            return Err(Refusal::OtherSideFull);
        }
        Ok(Evening {
            step: segment.id,
            index: twin,
            time,
        })
    }
}
