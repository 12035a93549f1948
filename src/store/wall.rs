//! A moment on the wall clock, as the log has it: to the millisecond, with the
//! offset of the place where it was. It asks no clock.

use std::time::Duration;

use jiff::ZonedDateTime;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Timestamp, tz};

/// A moment on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wall {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    pub ms: i64,
    /// The place's offset from UTC then, in seconds, east positive.
    pub offset_s: i32,
}

impl Wall {
    /// That much later, by the same offset.
    #[must_use]
    pub fn after(self, time: Duration) -> Self {
        let nanos = time.as_nanos().saturating_add(500_000) / 1_000_000;
        Self {
            ms: self
                .ms
                .saturating_add(i64::try_from(nanos).unwrap_or(i64::MAX)),
            ..self
        }
    }

    /// Date and time of day in its own place; the earliest there is for a
    /// moment that no calendar has.
    #[must_use]
    pub fn civil(self) -> DateTime {
        let Ok(moment) = Timestamp::from_millisecond(self.ms) else {
            return DateTime::MIN;
        };
        self.offset().to_datetime(moment)
    }

    /// The day in its own place.
    #[must_use]
    pub fn date(self) -> Date {
        self.civil().date()
    }

    fn offset(self) -> Offset {
        Offset::from_seconds(self.offset_s).unwrap_or(Offset::UTC)
    }

    /// `2026-11-23T17:40:05.120+01:00`, as RFC 3339 has it.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let moment = Timestamp::from_millisecond(self.ms).unwrap_or(Timestamp::UNIX_EPOCH);
        let zone = tz::TimeZone::fixed(self.offset());
        moment
            .to_zoned_datetime(zone)
            .strftime("%Y-%m-%dT%H:%M:%S%.3f%:z")
            .to_string()
    }
}

impl From<&ZonedDateTime> for Wall {
    fn from(time: &ZonedDateTime) -> Self {
        Self {
            ms: time.timestamp().as_millisecond(),
            offset_s: time.offset().seconds(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_the_place_had_it() {
        let wall = Wall {
            ms: 1_795_455_605_120,
            offset_s: 3600,
        };
        assert_eq!(wall.rfc3339(), "2026-11-23T18:40:05.120+01:00");
        assert_eq!(wall.date(), Date::constant(2026, 11, 23));
        let later = wall.after(Duration::from_millis(879_999));
        assert_eq!(later.rfc3339(), "2026-11-23T18:54:45.119+01:00");
        let behind = Wall {
            ms: 1_795_455_605_120,
            offset_s: -12_600,
        };
        assert_eq!(behind.rfc3339(), "2026-11-23T14:10:05.120-03:30");
    }
}
