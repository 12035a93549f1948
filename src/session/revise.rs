//! A changed plan, while it is worked: adjustments stay with the steps that they were made for. It
//! does not know why the plan was changed.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::Session;
use super::event::{Event, Refusal};
use super::timeline::{State, Times};
use super::visit::Timing;
use crate::plan::{Plan, Segment, StepId};
use crate::routine::Ends;

impl Session {
    /// Follows a changed plan, if it has the step being worked.
    pub(super) fn revise(&mut self, plan: &Arc<Plan>, now: Duration) -> Vec<Event> {
        let current = self.segment().map(|segment| segment.id);
        let index = current.and_then(|id| plan.index_of(id));
        if (current.is_some() && index.is_none()) || plan.segments.is_empty() {
            return vec![Event::Refused {
                at: now,
                why: Refusal::StepGone,
            }];
        }
        let old = Arc::clone(self.plan());
        let times = &self.timeline.times;
        let places: HashMap<StepId, usize> = old
            .segments
            .iter()
            .enumerate()
            .map(|(index, segment)| (segment.id, index))
            .collect();
        // Adjustments stay with their ids, on top of the new planned time.
        let carried = |new: &Segment, list: &dyn Fn(usize) -> Duration| {
            places.get(&new.id).map_or(new.time, |&index| {
                let before = old
                    .segments
                    .get(index)
                    .map_or(new.time, |segment| segment.time);
                let adjusted = list(index);
                // One of the two differences is zero.
                let longer = new.time.saturating_add(adjusted.saturating_sub(before));
                let shorter = longer.saturating_sub(before.saturating_sub(adjusted));
                shorter.max(plan.spans.least.min(new.time))
            })
        };
        let revised = Times {
            given: plan
                .segments
                .iter()
                .map(|s| carried(s, &|i| times.given(i)))
                .collect(),
            allotted: plan
                .segments
                .iter()
                .map(|s| carried(s, &|i| times.allotted(i)))
                .collect(),
        };
        let event = self.timeline.cancel_cues();
        self.undo.clear();
        self.timeline.follow(Arc::clone(plan), revised);
        if let State::Running(visit)
        | State::Paused {
            visit: Some(visit), ..
        } = &mut self.timeline.state
            && let Some(index) = index
        {
            visit.index = index;
        }
        self.wait_no_more();
        self.timeline.plan_prepare();
        vec![
            event,
            Event::Revised {
                revision: plan.revision,
                at: now,
            },
        ]
    }

    /// A revised hold that has time left again, or is no hold any more, runs.
    fn wait_no_more(&mut self) {
        let Some(visit) = self.visit() else { return };
        let over = visit.position(self.now()) >= self.allotted(visit.index);
        let holds = self
            .segment()
            .is_some_and(|segment| segment.ends == Ends::WhenReady);
        if matches!(visit.timing, Timing::Waiting { .. }) && !(over && holds) {
            self.set_timing(Timing::Timed { prepare_at: None });
        }
    }
}
