//! The shell's clock: the one place that asks what time it is.

pub mod sleep;
pub mod until;

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

/// Time since the program began, on a clock that stands still in sleep.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// A clock that begins now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn new() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    /// Time since it began.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.start.elapsed()
    }

    /// That time as an instant, for the system's own waiting; the beginning
    /// where the system can't name an instant that far.
    #[must_use]
    pub fn instant(&self, at: Duration) -> Instant {
        self.start.checked_add(at).unwrap_or(self.start)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

/// The time on the wall, where the machine is.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub fn wall() -> ZonedDateTime {
    Timestamp::now().to_zoned_datetime(zone())
}

/// How long the machine is taken to stay in its zone: who travels is noticed.
const STAYS: Duration = Duration::from_secs(300);

/// The zone the machine is in.
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn zone() -> TimeZone {
    static FOUND: Mutex<Option<(Instant, TimeZone)>> = Mutex::new(None);
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    match &*found {
        Some((at, zone)) if at.elapsed() < STAYS => zone.clone(),
        _ => {
            let zone = local_rules().unwrap_or_else(TimeZone::system);
            *found = Some((Instant::now(), zone.clone()));
            zone
        }
    }
}

/// The rules of the machine's own zone, from their file. Its name would be known
/// too by [`TimeZone::system`], which lists every zone there is for it: some
/// milliseconds before the first picture. None where a zone is asked for by name,
/// or there is no such file.
fn local_rules() -> Option<TimeZone> {
    if cfg!(not(unix)) || std::env::var_os("TZ").is_some() {
        return None;
    }
    let rules = std::fs::read("/etc/localtime").ok()?;
    TimeZone::tzif("local", &rules).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_as_late_as_the_system_says() {
        let (ours, theirs) = (zone(), TimeZone::system());
        // In winter and in summer, of either half of the earth.
        for second in [1_768_000_000, 1_784_000_000] {
            let at = Timestamp::from_second(second).unwrap();
            assert_eq!(ours.to_offset(at), theirs.to_offset(at));
        }
    }
}
