//! Values as a routine file writes them: texts in quotes, times, and whole blocks. It knows no document.

use std::time::Duration;

use super::edit::New;
use crate::document::{Document, TextForm, TokenKind};
use crate::routine::time;

/// A text in quotes: in the form of what stood there before, if that can hold it; one that runs over
/// lines as a raw text.
pub(super) fn text(value: &str, before: Option<&str>, line_end: &str) -> String {
    let form = before.and_then(form);
    let hashes = match form {
        Some(TextForm::Raw(hashes)) => Some(hashes),
        _ if value.contains('\n') => Some(1),
        _ => None,
    };
    match hashes {
        Some(hashes) => raw(value, hashes, line_end),
        None => plain(value),
    }
}

/// How a text is quoted.
fn form(written: &str) -> Option<TextForm> {
    match Document::parse(written).tokens().first()?.kind {
        TokenKind::Text(form, _) => Some(form),
        _ => None,
    }
}

fn plain(value: &str) -> String {
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

fn raw(value: &str, least: usize, line_end: &str) -> String {
    // What follows a quote inside must have fewer than the quotes around it.
    let inside = value.split('"').skip(1).map(|rest| {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        hashes + 1
    });
    let hashes = "#".repeat(inside.max().unwrap_or(0).max(least));
    let value = value.replace('\n', line_end);
    format!("r{hashes}\"{value}\"{hashes}")
}

/// A time in quotes, in the way in which the one before it was written: `2m 30s`, `2m30s`, `150s` or `2:30`.
pub(super) fn time(value: Duration, before: Option<&str>) -> String {
    let quoted = |content: String| match before.and_then(form) {
        Some(TextForm::Raw(hashes)) => raw(&content, hashes, "\n"),
        _ => plain(&content),
    };
    let Some(before) = before.and_then(|before| before.split('"').nth(1)) else {
        return quoted(time::units(value));
    };
    let seconds = before.trim().strip_suffix('s').map(str::trim_end);
    let many = seconds.and_then(|seconds| seconds.parse::<u64>().ok());
    quoted(if before.contains(':') {
        time::clock(value)
    } else if many.is_some_and(|seconds| seconds > 60) {
        format!("{}s", value.as_secs())
    } else if before.contains(char::is_whitespace) || !has_two_units(before) {
        time::units(value)
    } else {
        time::units(value).replace(' ', "")
    })
}

fn has_two_units(time: &str) -> bool {
    time.chars().filter(char::is_ascii_alphabetic).count() > 1
}

/// A list of texts: on one line, or each on its own between the blanks of the bracket's line and a level
/// more.
pub(super) fn lines(texts: &[String], own_lines: Option<(&str, &str)>, line_end: &str) -> String {
    let texts = texts.iter().map(|text| plain(text));
    match own_lines {
        None => format!("[{}]", texts.collect::<Vec<_>>().join(", ")),
        Some((outer, unit)) => {
            let lines = texts.map(|text| format!("{line_end}{outer}{unit}{text},"));
            format!("[{}{line_end}{outer}]", lines.collect::<String>())
        }
    }
}

/// A block written anew, its lines indented by levels of `unit` besides their first.
pub(super) fn block(new: &New, unit: &str) -> String {
    match new {
        New::Step {
            stroke,
            region,
            time,
        } => format!(
            "Step(stroke: {}, region: {}, time: {})",
            plain(stroke),
            region.word(),
            self::time(*time, None)
        ),
        New::Transition { kind, time } => {
            let time = self::time(*time, None);
            format!("Transition(kind: {}, time: {time})", kind.word())
        }
        New::Use(name) => format!("Use({})", plain(name)),
        New::Phase {
            name,
            position,
            items,
        } => format!(
            "Phase(name: {}, position: {}, steps: {})",
            plain(name),
            position.word(),
            list(items, unit)
        ),
        New::Sequence { name, items } => format!("{}: {}", plain(name), list(items, unit)),
    }
}

fn list(items: &[New], unit: &str) -> String {
    let lines = items.iter().map(|item| {
        let block = block(item, unit).replace('\n', &format!("\n{unit}"));
        format!("\n{unit}{block},")
    });
    if items.is_empty() {
        return "[]".to_owned();
    }
    format!("[{}\n]", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_quotes_while_they_can_hold_it() {
        for (value, before, expected) in [
            ("a", None, r#""a""#),
            ("say \"a\\b\"", Some(r#""x""#), r#""say \"a\\b\"""#),
            ("say \"a\"", Some("r#\"x\"#"), "r#\"say \"a\"\"#"),
            ("say \"#a", Some("r#\"x\"#"), "r##\"say \"#a\"##"),
            ("a", Some("r##\"x\"##"), "r##\"a\"##"),
            ("a\"", Some("r\"x\""), "r#\"a\"\"#"),
            ("one\ntwo", Some("\"x\""), "r#\"one\r\ntwo\"#"),
        ] {
            let written = text(value, before, "\r\n");
            assert_eq!(written, expected);
            let read: String = ron::from_str(&written).unwrap();
            assert_eq!(read, value.replace('\n', "\r\n"));
        }
    }

    #[test]
    fn a_time_is_written_as_the_one_before_it() {
        for (before, expected) in [
            (None, "\"2m 30s\""),
            (Some("\"45s\""), "\"2m 30s\""),
            (Some("\"90s\""), "\"150s\""),
            (Some("\"1m30s\""), "\"2m30s\""),
            (Some("\"1m 30s\""), "\"2m 30s\""),
            (Some("\"1:30\""), "\"2:30\""),
            (Some("r#\"2m\"#"), "r#\"2m 30s\"#"),
            (Some("nonsense"), "\"2m 30s\""),
        ] {
            assert_eq!(time(Duration::from_secs(150), before), expected);
        }
    }
}
