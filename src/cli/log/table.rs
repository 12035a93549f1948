//! The log for people at a terminal.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::routine::text::printable;
use crate::routine::time::{clock, round_seconds, units};
use crate::session::Outcome;
use crate::store::{Entry, Kind, Progress, Total, Totals};

/// A routine's name is cut at this, in cells.
const WIDEST: usize = 30;

/// The sessions, newest first, and below what they come to.
pub(super) fn draw(entries: &[Entry], progress: Option<Progress>) -> String {
    if entries.is_empty() {
        let mut text = "No sessions yet.\n".to_owned();
        goal(&mut text, progress);
        return text;
    }
    let names: Vec<String> = entries.iter().map(|entry| name(&entry.routine)).collect();
    let widest = names
        .iter()
        .map(|name| name.width())
        .chain(["Routine".width()])
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    // Writing into a String does not fail.
    let _ = writeln!(
        text,
        "{:<16}  {}  {:<9}  {:>8}  {:>8}  Ended",
        "Started",
        padded("Routine", widest),
        "Kind",
        "Worked",
        "Planned",
    );
    for (entry, name) in entries.iter().zip(&names) {
        let started = entry
            .started
            .map(|wall| wall.civil().strftime("%Y-%m-%d %H:%M").to_string())
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "{started:<16}  {}  {:<9}  {:>8}  {:>8}  {}",
            padded(name, widest),
            entry.kind.human(),
            clock(round_seconds(entry.actual)),
            clock(round_seconds(entry.planned)),
            ended(entry),
        );
    }
    let totals = Totals::of(entries);
    let rehearsals = entries
        .iter()
        .filter(|entry| entry.kind == Kind::Rehearsal)
        .count();
    let _ = write!(text, "\n{}", total(totals.all));
    let _ = match rehearsals {
        0 => writeln!(text),
        1 => writeln!(text, ", and 1 rehearsal"),
        n => writeln!(text, ", and {n} rehearsals"),
    };
    goal(&mut text, progress);
    text
}

fn ended(entry: &Entry) -> String {
    match (entry.outcome, entry.reason) {
        (Outcome::Finished, _) => "finished".to_owned(),
        (Outcome::Interrupted, _) => "interrupted".to_owned(),
        (Outcome::EndedEarly, None) => "early".to_owned(),
        (Outcome::EndedEarly, Some(why)) => format!("early: {}", why.human()),
    }
}

fn total(total: Total) -> String {
    let sessions = match total.sessions {
        1 => "1 session".to_owned(),
        n => format!("{n} sessions"),
    };
    format!("{sessions}, {} worked", units(round_seconds(total.worked)))
}

fn goal(text: &mut String, progress: Option<Progress>) {
    let Some(Progress { done, goal }) = progress else {
        return;
    };
    let mut parts = Vec::new();
    parts.extend(
        goal.sessions
            .map(|wanted| format!("{} of {wanted} sessions", done.sessions)),
    );
    parts.extend(
        goal.hours
            .map(|wanted| format!("{} of {wanted}h", units(round_seconds(done.worked)))),
    );
    if !parts.is_empty() {
        let _ = writeln!(text, "Goal: {}", parts.join(", "));
    }
}

/// A routine's name, safe to print, cut if it is too wide.
fn name(name: &str) -> String {
    let name = printable(name);
    if name.width() <= WIDEST {
        return name;
    }
    let mut width = 0;
    let mut cut: String = name
        .chars()
        .take_while(|c| {
            width += c.width().unwrap_or_default();
            width < WIDEST
        })
        .collect();
    cut.push('…');
    cut
}

fn padded(text: &str, width: usize) -> String {
    let gap = " ".repeat(width.saturating_sub(text.width()));
    format!("{text}{gap}")
}
