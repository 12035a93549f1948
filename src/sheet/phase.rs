//! A phase on the sheet: its heading beside its picture, then its steps. It
//! knows one phase at a time.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Placed, long, map};
use crate::figure;
use crate::markup::html;
use crate::plan::{Plan, Segment, Work};
use crate::routine::Ends;
use crate::routine::time::{clock, round_seconds};
use crate::routine::vocabulary::{Region, Side, With, Working};

pub(super) fn section(plan: &Plan, number: usize, steps: &Placed) -> String {
    let Some(&(start, first)) = steps.first() else {
        return String::new();
    };
    let Some(phase) = plan.phase_of(first) else {
        return String::new();
    };
    let length = steps.iter().map(|(_, step)| step.time).sum();
    let segments: Vec<&Segment> = steps.iter().map(|&(_, step)| step).collect();
    let picture = map::picture(number, phase.position, &segments);
    let worked = if picture.is_empty() {
        String::new()
    } else {
        worked(&segments)
    };
    // The client's position is said in both words: the trade's, and what one
    // sees.
    let seen = figure::view(phase.position);
    let rows: Vec<String> = steps
        .iter()
        .map(|&(start, step)| row(&clock(round_seconds(start)), step))
        .collect();
    format!(
        "<section class=\"phase\" aria-labelledby=\"phase-{number}\">\n\
         <div class=\"opening\">\n<div>\n<h2 id=\"phase-{number}\">{name}</h2>\n\
         <p class=\"when\">{from}–{to}, <strong>{length}</strong></p>\n\
         <p>The client: <strong>{position}</strong>, {seen}</p>\n{worked}</div>\n{picture}</div>\n\
         <table class=\"steps\">\n<colgroup><col class=\"c-number\"><col class=\"c-start\">\
         <col class=\"c-time\"><col class=\"c-stroke\"><col class=\"c-side\">\
         <col class=\"c-where\"><col class=\"c-says\"></colgroup>\n\
         <thead>\n<tr><th scope=\"col\" class=\"number\">No.</th>\
         <th scope=\"col\" class=\"time\">Start</th><th scope=\"col\" class=\"time\">Time</th>\
         <th scope=\"col\">Stroke</th><th scope=\"col\">Side</th>\
         <th scope=\"col\">Where and how</th><th scope=\"col\">Cue and note</th></tr>\n</thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</section>\n",
        name = html(&phase.name),
        from = clock(round_seconds(start)),
        to = clock(round_seconds(start.saturating_add(length))),
        length = long(length),
        position = phase.position,
        rows = rows.concat(),
    )
}

/// The regions with the time on each side.
fn worked(segments: &[&Segment]) -> String {
    let mut regions: BTreeMap<Region, BTreeMap<Option<Side>, Duration>> = BTreeMap::new();
    for segment in segments {
        if let Some(region) = segment.region() {
            let sides = regions.entry(region).or_default();
            *sides.entry(segment.side).or_default() += segment.time;
        }
    }
    let items: Vec<String> = regions
        .iter()
        .map(|(region, sides)| {
            let times: Vec<String> = sides
                .iter()
                .map(|(side, time)| match side {
                    Some(side) => format!("{side} {}", long(*time)),
                    None => long(*time),
                })
                .collect();
            format!("<li><strong>{region}</strong> {}</li>\n", times.join(", "))
        })
        .collect();
    format!("<ul class=\"worked\">\n{}</ul>\n", items.concat())
}

fn row(start: &str, step: &Segment) -> String {
    let waits = match step.ends {
        Ends::ByTime => "",
        Ends::WhenReady => "<small>waits for you</small>",
    };
    let class = match step.work {
        Work::Stroke { .. } => "stroke",
        Work::Transition(_) => "between",
    };
    format!(
        "<tr class=\"{class}\"><td class=\"number\">{number}</td><td class=\"time\">{start}</td>\
         <td class=\"time\">{time}{waits}</td><th scope=\"row\">{name}{by}</th>\
         <td class=\"side\">{side}</td><td>{place}{how}</td><td>{says}</td></tr>\n",
        number = step.number,
        time = clock(round_seconds(step.time)),
        name = html(step.name()),
        by = small(&by(step)),
        side = step.side.map_or("", Side::human),
        place = place(step),
        how = small(&how(step)),
        says = says(step),
    )
}

fn small(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("<small>{text}</small>")
    }
}

/// What touches, which of the two, and how one stands.
fn by(step: &Segment) -> String {
    let (with, stance) = match &step.work {
        Work::Stroke { with, stance, .. } => (*with, *stance),
        Work::Transition(_) => (None, None),
    };
    let (one, both) = match with {
        Some(With::Hands) => ("hand", "both hands"),
        Some(With::Forearms) => ("forearm", "both forearms"),
        _ => ("foot", "both feet"),
    };
    let working = step.working.map(|working| match working {
        Working::Left | Working::Right => format!("your {working} {one}"),
        Working::Both => both.to_owned(),
    });
    // "your left hand" has said it.
    let with =
        with.filter(|with| working.is_none() || !matches!(with, With::Hands | With::Forearms));
    let parts = [
        working,
        with.map(|with| with.human().to_owned()),
        stance.map(|stance| stance.human().to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The region, and where the stroke glides to.
fn place(step: &Segment) -> String {
    match &step.work {
        Work::Stroke { region, toward, .. } => match toward {
            Some(toward) => format!("{region} <span class=\"toward\">→ {toward}</span>"),
            None => region.to_string(),
        },
        Work::Transition(_) => String::new(),
    }
}

/// How deep, and how slowly.
fn how(step: &Segment) -> String {
    let Work::Stroke { pressure, pace, .. } = &step.work else {
        return String::new();
    };
    let parts = [
        pressure.map(|pressure| pressure.human().to_owned()),
        pace.map(|pace| format!("{} a stroke", long(pace))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What is said, and the coaching.
fn says(step: &Segment) -> String {
    let cue = step.cue.as_deref().map(str::trim).unwrap_or_default();
    let note = step.note.as_deref().map(str::trim).unwrap_or_default();
    let lines: Vec<String> = note.lines().map(html).collect();
    format!("{}{}", html(cue), small(&lines.join("<br>")))
}
