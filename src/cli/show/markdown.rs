//! The plan as a hand-out for a class.

use std::fmt::Write as _;

use crate::markup::markdown;
use crate::plan::Plan;
use crate::routine::time::{clock, round_seconds, units};
use crate::routine::vocabulary::{Region, Side};
use crate::routine::{Ends, Routine};

pub(super) fn write(routine: &Routine, plan: &Plan) -> String {
    let mut text = format!("# {}\n\n", markdown(&routine.name));
    let mut facts = vec![format!("**{}**", units(round_seconds(plan.length())))];
    facts.extend(routine.level.map(|level| level.human().to_owned()));
    facts.extend(
        routine
            .author
            .as_ref()
            .map(|author| format!("by {}", markdown(author))),
    );
    // Writing into a String does not fail.
    let _ = writeln!(text, "{}", facts.join(", "));
    if let Some(description) = &routine.description {
        let lines: Vec<String> = description.lines().map(markdown).collect();
        let _ = writeln!(text, "\n{}", lines.join("  \n"));
    }
    let mut phase = None;
    for (start, segment) in plan.placed() {
        if phase != Some(segment.phase) {
            phase = Some(segment.phase);
            if let Some(phase) = plan.phase_of(segment) {
                let _ = writeln!(
                    text,
                    "\n## {} ({})\n\n\
                     | No. | Start | Stroke | Region | Side | Time | Cue |\n\
                     | --: | --: | :-- | :-- | :-- | --: | :-- |",
                    markdown(&phase.name),
                    phase.position,
                );
            }
        }
        let waits = match segment.ends {
            Ends::ByTime => "",
            Ends::WhenReady => " (waits)",
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {}{waits} | {} |",
            segment.number,
            clock(round_seconds(start)),
            markdown(segment.name()),
            segment.region().map_or("", Region::human),
            segment.side.map_or("", Side::human),
            clock(round_seconds(segment.time)),
            segment.cue.as_deref().map(markdown).unwrap_or_default(),
        );
    }
    text
}
