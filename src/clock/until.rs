//! An end by the clock on the wall, as it is typed, and the moment that it
//! means. It asks no clock: it is told what time it is.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use jiff::{ToSpan, ZonedDateTime};

/// Hours and minutes, from 00:00 to 23:59.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Until(Time);

/// What is no time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time of day is written as 15:30, from 00:00 to 23:59")]
pub struct NoTimeOfDay;

/// On which day an end falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Still to come today.
    Today,
    /// Past today, so the day after.
    Tomorrow,
}

/// The moment at which a session is to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// When.
    pub at: ZonedDateTime,
    /// Whether that is today.
    pub day: Day,
}

impl Until {
    /// The next moment after `now` at which clocks there show this; none only
    /// at the end of all calendars. A time that the clocks leap over in spring
    /// is taken to be as much later; of one that they show twice in autumn, the
    /// first that is still to come.
    #[must_use]
    pub fn after(self, now: &ZonedDateTime) -> Option<End> {
        let on = |date: jiff::civil::Date| {
            let zone = now.time_zone();
            let both = zone.to_ambiguous_zoned_datetime(date.to_datetime(self.0));
            let earlier = both.clone().compatible().ok();
            let later = both.later().ok();
            earlier.into_iter().chain(later).find(|moment| moment > now)
        };
        let today = now.date();
        if let Some(at) = on(today) {
            return Some(End {
                at,
                day: Day::Today,
            });
        }
        on(today.checked_add(1.day()).ok()?).map(|at| End {
            at,
            day: Day::Tomorrow,
        })
    }
}

impl FromStr for Until {
    type Err = NoTimeOfDay;

    fn from_str(text: &str) -> Result<Self, NoTimeOfDay> {
        let (hours, minutes) = text.trim().split_once(':').ok_or(NoTimeOfDay)?;
        let number = |text: &str, least: usize| {
            let figures = text.bytes().all(|b| b.is_ascii_digit());
            ((least..=2).contains(&text.len()) && figures)
                .then(|| text.parse::<i8>().ok())
                .flatten()
                .ok_or(NoTimeOfDay)
        };
        Time::new(number(hours, 1)?, number(minutes, 2)?, 0, 0)
            .map(Self)
            .map_err(|_| NoTimeOfDay)
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn until(text: &str) -> Until {
        text.parse().unwrap()
    }

    fn now(text: &str) -> ZonedDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn it_is_written_with_24_hours() {
        assert_eq!(until("15:07").to_string(), "15:07");
        assert_eq!(until("9:05").to_string(), "09:05");
        assert_eq!(until(" 00:00 ").to_string(), "00:00");
        for wrong in [
            "24:00", "25:61", "12:60", "15", "15:7", "3pm", "15:07:00", "-1:30", "+1:30", ":30",
            "015:30", "", "1５:07",
        ] {
            assert_eq!(wrong.parse::<Until>(), Err(NoTimeOfDay), "{wrong}");
        }
    }

    #[test]
    fn what_is_past_today_means_tomorrow() {
        let here = now("2026-03-02T14:30:20+01:00[Europe/Berlin]");
        let end = until("15:07").after(&here).unwrap();
        assert_eq!(end.day, Day::Today);
        assert_eq!(
            end.at.to_string(),
            "2026-03-02T15:07:00+01:00[Europe/Berlin]"
        );
        for past in ["14:30", "00:30"] {
            let end = until(past).after(&here).unwrap();
            assert_eq!(end.day, Day::Tomorrow, "{past}");
            assert_eq!(end.at.date().day(), 3);
        }
    }

    #[test]
    fn where_the_clocks_change_it_is_what_they_show() {
        // Berlin, 29 March 2026: 02:00 is followed by 03:00.
        let evening = now("2026-03-28T23:30:00+01:00[Europe/Berlin]");
        let end = until("03:10").after(&evening).unwrap().at;
        assert_eq!(evening.duration_until(&end).as_mins(), 160);
        let leapt = until("02:10").after(&evening).unwrap().at;
        assert_eq!(leapt.strftime("%H:%M").to_string(), "03:10");
        // 25 October 2026: 02:30 comes twice.
        let first = now("2026-10-25T01:30:00+02:00[Europe/Berlin]");
        let end = until("02:30").after(&first).unwrap().at;
        assert_eq!(first.duration_until(&end).as_mins(), 60);
        let between = now("2026-10-25T02:40:00+02:00[Europe/Berlin]");
        let end = until("02:30").after(&between).unwrap();
        assert_eq!(between.duration_until(&end.at).as_mins(), 50);
        assert_eq!(end.day, Day::Today);
    }
}
