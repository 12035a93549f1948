//! How long each region is worked by the plan, left against right. It knows no
//! session: what was worked is the debrief's to say.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::time::Duration;

use super::long;
use crate::plan::Plan;
use crate::routine::vocabulary::{Region, Side};

/// Times by side.
#[derive(Debug, Clone, Copy, Default)]
struct Times {
    left: Duration,
    right: Duration,
    /// On both sides, the midline or no side.
    other: Duration,
}

impl Times {
    fn sum(self) -> Duration {
        self.left + self.right + self.other
    }
}

impl AddAssign for Times {
    fn add_assign(&mut self, more: Self) {
        self.left += more.left;
        self.right += more.right;
        self.other += more.other;
    }
}

pub(super) fn section(plan: &Plan) -> String {
    let mut regions: BTreeMap<Region, Times> = BTreeMap::new();
    let mut strokes = Times::default();
    let mut between = Duration::ZERO;
    for segment in &plan.segments {
        let Some(region) = segment.region() else {
            between += segment.time;
            continue;
        };
        let mut times = Times::default();
        match segment.side {
            Some(Side::Left) => times.left = segment.time,
            Some(Side::Right) => times.right = segment.time,
            Some(Side::Both | Side::Midline) | None => times.other = segment.time,
        }
        *regions.entry(region).or_default() += times;
        strokes += times;
    }
    let mut rows: Vec<String> = regions
        .iter()
        .map(|(region, &times)| row(region.human(), times))
        .collect();
    if !regions.is_empty() {
        rows.push(row("all strokes", strokes).replacen("<tr>", "<tr class=\"sum\">", 1));
    }
    let alone = |name: &str, time: Duration| {
        format!(
            "<tr><th scope=\"row\">{name}</th><td></td><td></td><td></td>\
             <td class=\"time\">{}</td></tr>\n",
            long(time)
        )
    };
    if !between.is_zero() {
        rows.push(alone("between strokes", between));
    }
    rows.push(alone("in all", plan.length()).replacen("<tr>", "<tr class=\"sum\">", 1));
    format!(
        "<section class=\"totals\">\n<h2>Where the time goes</h2>\n<table>\n\
         <thead>\n<tr><th scope=\"col\">Region</th><th scope=\"col\" class=\"time\">Left</th>\
         <th scope=\"col\" class=\"time\">Right</th>\
         <th scope=\"col\" class=\"time\">Both, middle</th>\
         <th scope=\"col\" class=\"time\">In all</th></tr>\n</thead>\n<tbody>\n{}</tbody>\n\
         </table>\n{}</section>\n",
        rows.concat(),
        compared(strokes),
    )
}

fn row(name: &str, times: Times) -> String {
    let cells: Vec<String> = [times.left, times.right, times.other, times.sum()]
        .iter()
        .map(|&time| {
            let time = if time.is_zero() {
                "–".to_owned()
            } else {
                long(time)
            };
            format!("<td class=\"time\">{time}</td>")
        })
        .collect();
    format!("<tr><th scope=\"row\">{name}</th>{}</tr>\n", cells.concat())
}

/// Left against right, in a sentence.
fn compared(Times { left, right, .. }: Times) -> String {
    if left.is_zero() && right.is_zero() {
        return String::new();
    }
    let more = long(left.abs_diff(right));
    let says = match left.cmp(&right) {
        Ordering::Equal => "Left and right are worked for the same time.".to_owned(),
        Ordering::Greater => format!("The left is worked {more} longer than the right."),
        Ordering::Less => format!("The right is worked {more} longer than the left."),
    };
    format!("<p>{says}</p>\n")
}
