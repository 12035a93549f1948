//! How many times faster than written a rehearsal runs.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A speed from 1 to 60, in thousandths so that arithmetic stays whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Speed(u32);

/// What is no speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a speed goes from 1 to 60")]
pub struct SpeedError;

impl Speed {
    /// As written.
    pub const REAL: Self = Self(1000);
    const FASTEST: u32 = 60_000;

    /// A time of the routine, in session time. Whole nanoseconds, rounded
    /// down; never zero unless it was.
    #[must_use]
    pub fn divide(self, time: Duration) -> Duration {
        let nanos = time.as_nanos() * 1000 / u128::from(self.0);
        from_nanos(if time.is_zero() { 0 } else { nanos.max(1) })
    }

    /// The same, rounded up.
    pub(super) fn divide_up(self, time: Duration) -> Duration {
        from_nanos((time.as_nanos() * 1000).div_ceil(u128::from(self.0)))
    }

    /// A span of session time, in the routine's own time.
    #[must_use]
    pub fn multiply(self, time: Duration) -> Duration {
        from_nanos(time.as_nanos() * u128::from(self.0) / 1000)
    }

    /// The speed as a number, for records.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

/// A duration of that many nanoseconds; the longest there is for more than
/// five hundred years.
pub(super) fn from_nanos(nanos: u128) -> Duration {
    u64::try_from(nanos).map_or(Duration::MAX, Duration::from_nanos)
}

impl Default for Speed {
    fn default() -> Self {
        Self::REAL
    }
}

impl TryFrom<u32> for Speed {
    type Error = SpeedError;

    fn try_from(thousandths: u32) -> Result<Self, SpeedError> {
        if (Self::REAL.0..=Self::FASTEST).contains(&thousandths) {
            Ok(Self(thousandths))
        } else {
            Err(SpeedError)
        }
    }
}

impl From<Speed> for u32 {
    fn from(speed: Speed) -> Self {
        speed.0
    }
}

impl FromStr for Speed {
    type Err = SpeedError;

    fn from_str(text: &str) -> Result<Self, SpeedError> {
        let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 2
            || fraction.len() > 3
            || !digits(whole)
            || !digits(fraction)
        {
            return Err(SpeedError);
        }
        let thousandths = format!("{whole}{fraction:0<3}");
        thousandths
            .parse::<u32>()
            .map_err(|_| SpeedError)?
            .try_into()
    }
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speed_is_a_number_from_1_to_60() {
        assert_eq!("1".parse(), Ok(Speed::REAL));
        assert_eq!("1.5".parse(), Ok(Speed(1500)));
        assert_eq!("60".parse(), Ok(Speed(60_000)));
        for wrong in [
            "0", "0.5", "61", "60.001", "-2", "fast", "", "1.2345", ".5", "1e1",
        ] {
            assert_eq!(wrong.parse::<Speed>(), Err(SpeedError), "{wrong}");
        }
    }

    #[test]
    fn dividing_and_multiplying_agree_to_the_millisecond() {
        for text in ["1", "7", "12.5", "60"] {
            let speed: Speed = text.parse().unwrap();
            let time = Duration::from_secs(5400);
            let back = speed.multiply(speed.divide(time));
            assert!(
                time.abs_diff(back) < Duration::from_millis(1),
                "{text}: {back:?}"
            );
        }
    }
}
