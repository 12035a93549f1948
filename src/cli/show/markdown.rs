//! The plan as a hand-out for a class.

use std::fmt::Write as _;

use crate::markup::markdown;
use crate::plan::{Plan, Segment, Work};
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
                     | No. | Start | Stroke | Region | Side | Pressure | Time | Cue and note |\n\
                     | --: | --: | :-- | :-- | :-- | :-- | --: | :-- |",
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
            "| {} | {} | {} | {} | {} | {} | {}{waits} | {} |",
            segment.number,
            clock(round_seconds(start)),
            markdown(segment.name()),
            segment.region().map_or("", Region::human),
            segment.side.map_or("", Side::human),
            pressure(segment),
            clock(round_seconds(segment.time)),
            says(segment),
        );
    }
    text
}

fn pressure(segment: &Segment) -> &'static str {
    match &segment.work {
        Work::Stroke {
            pressure: Some(pressure),
            ..
        } => pressure.human(),
        Work::Stroke { .. } | Work::Transition(_) => "",
    }
}

/// The cue, and below it in italics the coaching, line by line: a table's cell takes no line break but
/// this.
fn says(segment: &Segment) -> String {
    let cue = segment.cue.as_deref().unwrap_or_default().trim();
    let note = segment.note.as_deref().unwrap_or_default();
    let note = note.lines().map(str::trim).filter(|line| !line.is_empty());
    let cue = Some(markdown(cue)).filter(|cue| !cue.is_empty());
    let note = note.map(|line| format!("*{}*", markdown(line)));
    cue.into_iter().chain(note).collect::<Vec<_>>().join("<br>")
}
