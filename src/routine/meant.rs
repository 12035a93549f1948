//! The time that a text most likely means which the format does not read: `2 min`, `1,5 h`, `two
//! minutes`. It only advises: what is a time is `time`'s to say.

use std::time::Duration;

use super::time::{self, TimeFault};

/// Hours, minutes and seconds, as people write them, in seconds.
const UNITS: &[(u64, &[&str])] = &[
    (
        3600,
        &[
            "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden",
        ],
    ),
    (
        60,
        &[
            "m", "min", "mins", "minute", "minutes", "minuten", "'", "\u{2032}", "\u{2019}",
        ],
    ),
    (
        1,
        &[
            "s",
            "sec",
            "secs",
            "second",
            "seconds",
            "sek",
            "sekunde",
            "sekunden",
            "\"",
            "''",
            "\u{2033}",
            "\u{201d}",
            "\u{2032}\u{2032}",
        ],
    ),
];

const NUMBERS: &[(&str, u64)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("sixty", 60),
    ("ninety", 90),
];

/// What would be right in place of a text that is no time.
pub(crate) fn help(text: &str, fault: TimeFault) -> String {
    match meant(text) {
        Some(meant) => format!("write \"{}\"", time::units(meant)),
        None => fault.help().to_owned(),
    }
}

/// The one time that `text` can mean; none where it may mean several, or nothing.
pub(super) fn meant(text: &str) -> Option<Duration> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    let seconds = if text.contains(':') {
        clock(&text)?
    } else {
        in_units(&text)?
    };
    let meant = Duration::from_secs(seconds);
    (!meant.is_zero() && meant <= time::LONGEST).then_some(meant)
}

/// `2:30 min`: a clock with a unit that says nothing more.
fn clock(text: &str) -> Option<u64> {
    let word = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    unit(word.trim())?;
    let digits = text.strip_suffix(word)?;
    Some(time::parse(digits).ok()?.as_secs())
}

/// Numbers with units, the largest first; the last may lack its own: `2m30`.
fn in_units(text: &str) -> Option<u64> {
    let (mut total, mut last) = (0_u64, None);
    let mut rest = text;
    while !rest.is_empty() {
        let (hundredths, behind) = number(rest)?;
        let behind = behind.trim_start();
        let end = behind
            .find(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == ',' || c == '.')
            .unwrap_or(behind.len());
        let (word, behind) = behind.split_at(end);
        let unit = match (word, last) {
            ("", Some(3600)) => 60,
            ("", Some(60)) => 1,
            _ => unit(word)?,
        };
        if last.is_some_and(|last| last <= unit) {
            return None;
        }
        let seconds = hundredths.checked_mul(unit)?;
        if seconds % 100 != 0 {
            return None;
        }
        total = total.checked_add(seconds / 100)?;
        last = Some(unit);
        rest = behind.trim_start_matches(['.', ',']).trim_start();
        let and = ["and ", "und ", "& "];
        rest = and
            .iter()
            .find_map(|and| rest.strip_prefix(and))
            .unwrap_or(rest);
    }
    Some(total)
}

fn unit(word: &str) -> Option<u64> {
    let known = UNITS.iter().find(|(_, words)| words.contains(&word));
    known.map(|(seconds, _)| *seconds)
}

/// A number in hundredths, and what stands behind it.
fn number(text: &str) -> Option<(u64, &str)> {
    if let Some(rest) = text.strip_prefix("half an ") {
        return Some((50, rest));
    }
    if let Some(found) = NUMBERS
        .iter()
        .find_map(|(word, number)| Some((number * 100, text.strip_prefix(word)?)))
        .filter(|(_, rest)| rest.starts_with(' '))
    {
        return Some(found);
    }
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    let whole: u64 = match digits {
        "" => 0,
        digits => digits.parse().ok()?,
    };
    let whole = whole.checked_mul(100)?;
    let quarters = [('\u{bc}', 25), ('\u{bd}', 50), ('\u{be}', 75)];
    for (sign, part) in quarters {
        if let Some(rest) = rest.trim_start().strip_prefix(sign) {
            return Some((whole.checked_add(part)?, rest));
        }
    }
    if digits.is_empty() {
        return None;
    }
    let Some(decimals) = rest.strip_prefix(['.', ',']) else {
        return Some((whole, rest));
    };
    let end = decimals.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = decimals.split_at(end.unwrap_or(decimals.len()));
    let part = match digits.len() {
        1 => digits.parse::<u64>().ok()? * 10,
        2 => digits.parse().ok()?,
        _ => return None,
    };
    Some((whole.checked_add(part)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_understood() {
        for (text, right) in [
            ("2 min", "2m"),
            ("2 min.", "2m"),
            ("2min", "2m"),
            ("2M", "2m"),
            ("2 minutes", "2m"),
            ("two minutes", "2m"),
            ("2 Minuten", "2m"),
            ("90 sec", "1m 30s"),
            ("1 Std. 5 Min.", "1h 5m"),
            ("1 hour 5 minutes", "1h 5m"),
            ("1 hour, 5 minutes and 10 seconds", "1h 5m 10s"),
            ("2m30", "2m 30s"),
            ("1h30", "1h 30m"),
            ("2'", "2m"),
            ("2'30''", "2m 30s"),
            ("2\u{2032}30\u{2033}", "2m 30s"),
            ("2:30 min", "2m 30s"),
            ("2.5m", "2m 30s"),
            ("2,5 min", "2m 30s"),
            ("1.25 h", "1h 15m"),
            ("1\u{bd}m", "1m 30s"),
            ("\u{bd} h", "30m"),
            ("half an hour", "30m"),
            ("2m.", "2m"),
        ] {
            assert_eq!(
                meant(text).map(time::units).as_deref(),
                Some(right),
                "{text}"
            );
        }
    }

    #[test]
    fn what_may_mean_several_times_is_left_to_the_author() {
        for text in [
            "",
            "2",
            "2.5",
            "min",
            "soon",
            "2-3m",
            "2 to 3 min",
            "-2m",
            "30s 2m",
            "2m 2m",
            "0.001s",
            "13h",
            "2.123m",
            "99999999999999999999999m",
            "2:30:10:5 min",
            "0 min",
            ":",
            "2m 30 40",
            "about 2m",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
