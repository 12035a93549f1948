//! The plan that a session began with, whatever was revised since, and every
//! step that it ever offered. It computes no position.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use super::Session;
use crate::plan::{Plan, Segment, StepId};

impl Session {
    /// The plan that it began with.
    #[must_use]
    pub const fn begun_with(&self) -> &Arc<Plan> {
        &self.begun_with
    }

    /// The same session, which began with that plan: one that stands where
    /// another stood knows the last revision only.
    #[must_use]
    pub fn that_began_with(mut self, plan: Arc<Plan>) -> Self {
        self.begun_with = plan;
        self
    }

    /// Every step that it has, and those of the plan that it began with which
    /// a revision took away; each with how long it was planned at the start,
    /// in session time. One that a revision brought is planned as it brought it.
    pub fn steps_ever(&self) -> impl Iterator<Item = (&Segment, Duration)> {
        let (first, last) = (&self.begun_with.segments, &self.plan().segments);
        let planned: HashMap<StepId, Duration> = first
            .iter()
            .map(|segment| (segment.id, segment.time))
            .collect();
        let kept: HashSet<StepId> = last.iter().map(|segment| segment.id).collect();
        let gone = first
            .iter()
            .filter(move |segment| !kept.contains(&segment.id));
        last.iter().chain(gone).map(move |segment| {
            let time = planned.get(&segment.id).copied();
            (segment, time.unwrap_or(segment.time))
        })
    }
}
