//! The plan for a terminal: columns of text.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::plan::{Plan, Segment};
use crate::routine::time::{clock, round_seconds, units};
use crate::routine::vocabulary::{Region, Side};
use crate::routine::{Ends, Routine};

/// Where a column's text stands.
#[derive(Clone, Copy)]
enum Align {
    Left,
    Right,
}

const COLUMNS: [(&str, Align); 6] = [
    ("No.", Align::Right),
    ("Start", Align::Right),
    ("Stroke", Align::Left),
    ("Region", Align::Left),
    ("Side", Align::Left),
    ("Time", Align::Right),
];

/// A column is not made wider than this for one text that is; in cells.
const WIDEST: usize = 30;

/// A step's place in each column.
type Row = [String; COLUMNS.len()];

pub(super) fn draw(routine: &Routine, plan: &Plan) -> String {
    let rows: Vec<(&Segment, Row)> = plan
        .placed()
        .map(|(start, segment)| {
            let row = [
                segment.number.to_string(),
                clock(round_seconds(start)),
                segment.name().to_owned(),
                segment.region().map_or("", Region::human).to_owned(),
                segment.side.map_or("", Side::human).to_owned(),
                clock(round_seconds(segment.time)),
            ];
            (segment, row)
        })
        .collect();
    let mut widths = COLUMNS.map(|(heading, _)| heading.width());
    for (_, row) in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width().min(WIDEST));
        }
    }
    let mut text = head(routine, plan);
    text.push('\n');
    line(
        &mut text,
        &COLUMNS.map(|(heading, _)| heading.to_owned()),
        &widths,
        "",
    );
    let mut phase = None;
    for (segment, row) in &rows {
        if phase != Some(segment.phase) {
            phase = Some(segment.phase);
            if let Some(phase) = plan.phase_of(segment) {
                // Writing into a String does not fail.
                let _ = writeln!(text, "{} ({})", phase.name, phase.position);
            }
        }
        let after = match segment.ends {
            Ends::ByTime => "",
            Ends::WhenReady => "waits for you",
        };
        line(&mut text, row, &widths, after);
    }
    text
}

/// The routine's name, and on the next line what the library says of it.
pub(super) fn head(routine: &Routine, plan: &Plan) -> String {
    let mut facts = vec![units(round_seconds(plan.length()))];
    facts.push(match plan.segments.len() {
        1 => "1 step".to_owned(),
        steps => format!("{steps} steps"),
    });
    facts.extend(routine.level.map(|level| level.human().to_owned()));
    facts.extend(routine.author.as_ref().map(|author| format!("by {author}")));
    format!("{}\n{}\n", routine.name, facts.join(", "))
}

fn line(text: &mut String, row: &Row, widths: &[usize; COLUMNS.len()], after: &str) {
    let mut line = String::from(" ");
    for ((cell, width), (_, align)) in row.iter().zip(widths).zip(COLUMNS) {
        let gap = " ".repeat(width.saturating_sub(cell.width()));
        let _ = match align {
            Align::Left => write!(line, " {cell}{gap} "),
            Align::Right => write!(line, " {gap}{cell} "),
        };
    }
    line.push_str(after);
    text.push_str(line.trim_end());
    text.push('\n');
}
