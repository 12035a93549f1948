//! The shell's clock: the one place that asks what time it is.

pub mod sleep;
pub mod until;

use std::time::{Duration, Instant};

use jiff::ZonedDateTime;

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
    ZonedDateTime::now()
}
