//! The log for a spreadsheet: one line a session, times as spreadsheets read
//! them.

use std::fmt::Write as _;
use std::time::Duration;

use crate::session::Outcome;
use crate::store::{Entry, Reason, Wall};

const HEADING: &str = "started,ended,routine,kind,outcome,planned_s,actual_s,paused_s,speed,from,\
    prompts,ended_early_because,receiver_felt,note,id\r\n";

/// All of it, by RFC 4180. The mark at the beginning, which tells spreadsheets
/// that the text is UTF-8, is there only where it matters.
pub(super) fn write(entries: &[Entry]) -> String {
    let mut text = HEADING.to_owned();
    for entry in entries {
        line(&mut text, entry);
    }
    if text.is_ascii() {
        text
    } else {
        format!("\u{feff}{text}")
    }
}

fn line(text: &mut String, entry: &Entry) {
    let felt = entry.felt.as_ref().map(|felt| {
        let words: Vec<&str> = felt.iter().map(|felt| felt.word()).collect();
        match words.as_slice() {
            [] => "nothing".to_owned(),
            words => words.join(" "),
        }
    });
    // Writing into a String does not fail.
    let _ = write!(
        text,
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n",
        moment(entry.started),
        moment(entry.ended),
        cell(&entry.routine),
        entry.kind.word(),
        match entry.outcome {
            Outcome::Finished => "finished",
            Outcome::EndedEarly => "ended_early",
            Outcome::Interrupted => "interrupted",
        },
        seconds(entry.planned),
        seconds(entry.actual),
        seconds(entry.paused),
        entry.speed,
        entry.from.map(|from| from.to_string()).unwrap_or_default(),
        entry.prompts.word(),
        entry.reason.map_or("", Reason::word),
        felt.unwrap_or_default(),
        cell(entry.note.as_deref().unwrap_or_default()),
        entry.key.0,
    );
}

/// Date and time of day where it was: what spreadsheets know as a date.
fn moment(wall: Option<Wall>) -> String {
    wall.map(|wall| wall.civil().strftime("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// Up to three decimals.
fn seconds(time: Duration) -> String {
    let rounded = time.saturating_add(Duration::from_micros(500));
    match rounded.subsec_millis() {
        0 => rounded.as_secs().to_string(),
        millis => {
            let text = format!("{}.{millis:03}", rounded.as_secs());
            text.trim_end_matches('0').to_owned()
        }
    }
}

/// A text from outside: quoted where it must be, and never a formula.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_a_formula_and_never_two_cells() {
        assert_eq!(cell("Back basics"), "Back basics");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(cell("-2, slow"), "\"'-2, slow\"");
        assert_eq!(cell("the \"T\""), "\"the \"\"T\"\"\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }

    #[test]
    fn seconds_have_up_to_three_decimals() {
        assert_eq!(seconds(Duration::from_secs(90)), "90");
        assert_eq!(seconds(Duration::from_millis(1_500)), "1.5");
        assert_eq!(seconds(Duration::from_micros(1_234_600)), "1.235");
    }
}
