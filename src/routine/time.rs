//! Times as a routine writes them ("2m 30s", "2:30") and as people read them.
//! It knows spans of time only, never a clock.

use std::time::Duration;

use serde::{Serialize, Serializer};

/// The longest time that may be written, and that a routine may last.
pub const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);

const SECOND: u64 = 1;
const MINUTE: u64 = 60;
const HOUR: u64 = 3600;

/// Why a text is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeFault {
    /// Nothing between the quotes.
    #[error("no time is written here")]
    Empty,
    /// A bare number: minutes or seconds?
    #[error("a number alone does not say whether it means minutes or seconds")]
    NoUnit,
    /// `1.5m`: only whole units.
    #[error("a time has no fractions")]
    Fraction,
    /// Below zero.
    #[error("a time can't be negative")]
    Negative,
    /// `2:75`, `1m 90s`: the smaller unit runs over.
    #[error("seconds and minutes go up to 59 here")]
    Overflow,
    /// More than twelve hours.
    #[error("a time can be 12 hours at most")]
    TooLong,
    /// Anything else.
    #[error("this is no time")]
    Unreadable,
}

impl TimeFault {
    /// What would be right.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::NoUnit => "write a unit, for example \"2m\" or \"90s\"",
            Self::Fraction => "write whole minutes and seconds, for example \"1m 30s\"",
            Self::Overflow => "write for example \"3:15\" or \"75s\"",
            Self::TooLong => "split the work over several routines",
            Self::Empty | Self::Negative | Self::Unreadable => {
                "write for example \"90s\", \"2m 30s\", \"1h 5m\" or \"2:30\""
            }
        }
    }
}

/// Reads `"90s"`, `"2m 30s"`, `"1h 5m"`, `"2:30"` or `"1:05:00"`: whole seconds.
///
/// # Errors
///
/// What is wrong with the text, as a [`TimeFault`].
pub fn parse(text: &str) -> Result<Duration, TimeFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TimeFault::Empty);
    }
    if text.starts_with('-') {
        return Err(TimeFault::Negative);
    }
    if has_fraction(text) {
        return Err(TimeFault::Fraction);
    }
    let seconds = if text.contains(':') {
        parse_clock(text)?
    } else {
        parse_units(text)?
    };
    let time = Duration::from_secs(seconds);
    if time > LONGEST {
        return Err(TimeFault::TooLong);
    }
    Ok(time)
}

/// `1.5m`, `1½m`; not `2 min.`, whose point shortens a word.
fn has_fraction(text: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut points = text.match_indices(['.', ',']);
    text.contains(['½', '¼', '¾'])
        || points.any(|(at, point)| {
            let (before, behind) = text.split_at(at);
            digit(before.chars().next_back()) || digit(behind.chars().nth(point.len()))
        })
}

/// Digits alone, small enough to be multiplied by 3600 without overflow.
fn parse_number(digits: &str) -> Result<u64, TimeFault> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(TimeFault::Unreadable);
    }
    match digits.parse::<u64>() {
        Ok(number) if number <= LONGEST.as_secs() => Ok(number),
        _ => Err(TimeFault::TooLong),
    }
}

fn parse_clock(text: &str) -> Result<u64, TimeFault> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [minutes, seconds] => (None, *minutes, *seconds),
        [hours, minutes, seconds] => (Some(*hours), *minutes, *seconds),
        _ => return Err(TimeFault::Unreadable),
    };
    if seconds.len() != 2 || (hours.is_some() && minutes.len() != 2) {
        return Err(TimeFault::Unreadable);
    }
    let hours_number = hours.map_or(Ok(0), parse_number)?;
    let minutes_number = parse_number(minutes)?;
    let seconds_number = parse_number(seconds)?;
    if seconds_number > 59 || (hours.is_some() && minutes_number > 59) {
        return Err(TimeFault::Overflow);
    }
    Ok(hours_number * HOUR + minutes_number * MINUTE + seconds_number)
}

fn parse_units(text: &str) -> Result<u64, TimeFault> {
    let mut total = 0;
    let mut last_unit = None;
    let mut rest = text;
    while !rest.is_empty() {
        let digits_end = rest
            .find(|c: char| !c.is_ascii_digit())
            .ok_or(TimeFault::NoUnit)?;
        let (digits, tail) = rest.split_at(digits_end);
        let number = parse_number(digits)?;
        let tail = tail.trim_start();
        let word_end = tail
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(tail.len());
        let (word, tail) = tail.split_at(word_end);
        let unit = match word {
            "h" => HOUR,
            "m" => MINUTE,
            "s" => SECOND,
            _ => return Err(TimeFault::Unreadable),
        };
        if let Some(last) = last_unit {
            if unit >= last {
                return Err(TimeFault::Unreadable);
            }
            if number > 59 {
                return Err(TimeFault::Overflow);
            }
        }
        last_unit = Some(unit);
        total += number * unit;
        rest = tail.trim_start();
    }
    Ok(total)
}

/// `2:05`, or `1:02:05` from an hour up. Fractions of a second are dropped.
#[must_use]
pub fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / HOUR, seconds / MINUTE % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// The same, a started second counted whole: what is left never reads 0:00
/// before it is over.
#[must_use]
pub fn clock_left(time: Duration) -> String {
    clock(ceil_seconds(time))
}

/// Up to the next whole second.
#[must_use]
pub fn ceil_seconds(time: Duration) -> Duration {
    if time.subsec_nanos() == 0 {
        time
    } else {
        Duration::from_secs(time.as_secs().saturating_add(1))
    }
}

/// To the nearest whole second.
#[must_use]
pub fn round_seconds(time: Duration) -> Duration {
    Duration::from_secs(time.saturating_add(Duration::from_millis(500)).as_secs())
}

/// As a routine would write it: `1h 5m`, `2m 30s`, `45s`; `0s` for none.
#[must_use]
pub fn units(time: Duration) -> String {
    let seconds = time.as_secs();
    let parts = [
        (seconds / HOUR, "h"),
        (seconds / MINUTE % 60, "m"),
        (seconds % 60, "s"),
    ];
    let written: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    if written.is_empty() {
        "0s".to_owned()
    } else {
        written.join(" ")
    }
}

/// A time as records have it: seconds as a number with up to three decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(pub Duration);

impl Serialize for Seconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded = self.0.saturating_add(Duration::from_micros(500));
        if rounded.subsec_millis() == 0 {
            return serializer.serialize_u64(rounded.as_secs());
        }
        // Divided once, so that it prints as it is. Beyond 49 days nobody
        // counts milliseconds.
        match u32::try_from(rounded.as_millis()) {
            Ok(millis) => serializer.serialize_f64(f64::from(millis) / 1000.0),
            Err(_) => serializer.serialize_u64(rounded.as_secs()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_way_of_writing_a_time() {
        for (text, seconds) in [
            ("90s", 90),
            ("2m 30s", 150),
            ("2m30s", 150),
            ("1h 5m", 3900),
            ("1h 5s", 3605),
            ("2:30", 150),
            ("1:05:00", 3900),
            ("90:00", 5400),
            ("0s", 0),
            ("12h", 43200),
            (" 45s ", 45),
            ("2 m", 120),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_time() {
        for (text, fault) in [
            ("", TimeFault::Empty),
            ("2", TimeFault::NoUnit),
            ("2m 30", TimeFault::NoUnit),
            ("1.5m", TimeFault::Fraction),
            ("1,5m", TimeFault::Fraction),
            ("-2m", TimeFault::Negative),
            ("2:75", TimeFault::Overflow),
            ("1:75:00", TimeFault::Overflow),
            ("1m 90s", TimeFault::Overflow),
            ("13h", TimeFault::TooLong),
            ("99999999999999999999h", TimeFault::TooLong),
            ("2:5", TimeFault::Unreadable),
            ("1:5:00", TimeFault::Unreadable),
            (":30", TimeFault::Unreadable),
            ("30s 2m", TimeFault::Unreadable),
            ("2m 2m", TimeFault::Unreadable),
            ("two minutes", TimeFault::Unreadable),
            ("2min", TimeFault::Unreadable),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn what_is_left_counts_a_started_second_whole() {
        assert_eq!(clock_left(Duration::from_millis(59_001)), "1:00");
        assert_eq!(clock_left(Duration::from_millis(1)), "0:01");
        assert_eq!(clock_left(Duration::ZERO), "0:00");
        assert_eq!(clock(Duration::from_secs(3725)), "1:02:05");
    }

    #[test]
    fn what_is_written_reads_back() {
        for seconds in [0, 1, 59, 60, 61, 3599, 3600, 3661, 43200] {
            let time = Duration::from_secs(seconds);
            assert_eq!(parse(&units(time)), Ok(time));
            assert_eq!(parse(&clock(time)), Ok(time));
        }
    }

    #[test]
    fn a_record_has_up_to_three_decimals() {
        for (nanos, written) in [
            (0, "0"),
            (90_000_000_000, "90"),
            (1_500_000_000, "1.5"),
            (1_234_567_890, "1.235"),
            (59_999_600_000, "60"),
            (43_199_001_000_000, "43199.001"),
        ] {
            let time = Seconds(Duration::from_nanos(nanos));
            assert_eq!(serde_json::to_string(&time).unwrap(), written);
        }
    }
}
