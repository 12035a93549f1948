//! A new plan for a session that runs: its steps take over the ids of the
//! steps that they are.

use std::collections::{HashMap, VecDeque};

use super::{Options, Plan, Segment, StepId, Work};
use crate::routine::Routine;
use crate::routine::vocabulary::{Region, Side, TransitionKind};

/// What makes two steps the same one for people: its phase, stroke (or kind),
/// region and side.
#[derive(PartialEq, Eq, Hash)]
enum Likeness<'a> {
    Stroke(&'a str, &'a str, Region, Option<Side>),
    Transition(&'a str, TransitionKind, Option<Side>),
}

fn likeness<'a>(plan: &'a Plan, segment: &'a Segment) -> Likeness<'a> {
    let phase = plan
        .phase_of(segment)
        .map_or("", |phase| phase.name.as_str());
    match &segment.work {
        Work::Stroke { stroke, region, .. } => {
            Likeness::Stroke(phase, stroke, *region, segment.side)
        }
        Work::Transition(kind) => Likeness::Transition(phase, *kind, segment.side),
    }
}

impl Options {
    /// The same for a routine that was changed: where they say at which step
    /// to begin, it is still that step, whatever its number is now; if it is
    /// gone, the first that came after it.
    #[must_use]
    pub fn carried(self, before: &Routine, after: &Routine) -> Self {
        let Some(first) = self.from else {
            return self;
        };
        let before = Plan::whole(before);
        let numbers: HashMap<StepId, usize> = before
            .revised(Plan::whole(after))
            .segments
            .iter()
            .map(|segment| (segment.id, segment.number))
            .collect();
        let mut known = before.segments.iter().skip(first.saturating_sub(1));
        let first = known.find_map(|segment| numbers.get(&segment.id).copied());
        Self {
            from: first.or(self.from),
            ..self
        }
    }
}

impl Plan {
    /// `fresh` as the next revision of this plan: steps that are the same take
    /// their ids along, in order; the others get ids that were never given.
    #[must_use]
    pub fn revised(&self, mut fresh: Self) -> Self {
        let mut known: HashMap<Likeness<'_>, VecDeque<StepId>> = HashMap::new();
        for segment in &self.segments {
            known
                .entry(likeness(self, segment))
                .or_default()
                .push_back(segment.id);
        }
        let mut next_id = self.next_id;
        let ids: Vec<(StepId, StepId)> = fresh
            .segments
            .iter()
            .map(|segment| {
                let id = known
                    .get_mut(&likeness(&fresh, segment))
                    .and_then(VecDeque::pop_front)
                    .unwrap_or_else(|| {
                        let id = StepId(next_id);
                        next_id = next_id.saturating_add(1);
                        id
                    });
                (segment.id, id)
            })
            .collect();
        let renamed: HashMap<StepId, StepId> = ids.iter().copied().collect();
        for (segment, (_, id)) in fresh.segments.iter_mut().zip(&ids) {
            segment.id = *id;
            segment.twin = segment.twin.and_then(|twin| renamed.get(&twin).copied());
        }
        fresh.revision = self.revision.saturating_add(1);
        fresh.next_id = next_id;
        fresh
    }
}
