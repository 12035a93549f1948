//! The plan for other programs.

use serde::Serialize;

use crate::plan::Plan;
use crate::routine::Ends;
use crate::routine::time::Seconds;
use crate::routine::vocabulary::{Position, Region, Side};

/// A plan, its fields as `ashiatsu show --format json` names them.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    name: &'a str,
    length_s: Seconds,
    steps: Vec<Step<'a>>,
}

#[derive(Debug, Serialize)]
struct Step<'a> {
    number: usize,
    start_s: Seconds,
    time_s: Seconds,
    phase: Option<&'a str>,
    position: Option<Position>,
    name: &'a str,
    region: Option<Region>,
    side: Option<Side>,
    hold: bool,
    min_s: Seconds,
    max_s: Seconds,
}

impl<'a> Shown<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        let steps = plan
            .placed()
            .map(|(start, segment)| {
                let phase = plan.phase_of(segment);
                Step {
                    number: segment.number,
                    start_s: Seconds(start),
                    time_s: Seconds(segment.time),
                    phase: phase.map(|phase| phase.name.as_str()),
                    position: phase.map(|phase| phase.position),
                    name: segment.name(),
                    region: segment.region(),
                    side: segment.side,
                    hold: segment.ends == Ends::WhenReady,
                    min_s: Seconds(segment.min),
                    max_s: Seconds(segment.max),
                }
            })
            .collect();
        Self {
            name: &plan.name,
            length_s: Seconds(plan.length()),
            steps,
        }
    }
}
