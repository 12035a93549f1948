//! Fitting steps to a length: one factor for all, in whole nanoseconds, so
//! that equal steps stay equal and the length is met.

use std::time::Duration;

use super::Segment;
use super::speed::from_nanos;
use crate::routine::time::units;

/// How far a step may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Its usual time.
    pub time: Duration,
    /// The shortest; at most `time`.
    pub min: Duration,
    /// The longest; at least `time`.
    pub max: Duration,
}

impl Limits {
    /// Those of a step as planned.
    #[must_use]
    pub const fn of(segment: &Segment) -> Self {
        Self {
            time: segment.time,
            min: segment.min,
            max: segment.max,
        }
    }

    /// A step that may not change.
    #[must_use]
    pub const fn fixed(time: Duration) -> Self {
        Self {
            time,
            min: time,
            max: time,
        }
    }
}

/// A length that can't be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this can last {}, not {}", range(*.shortest, *.longest), units(*.asked))]
pub struct FitError {
    /// As asked.
    pub asked: Duration,
    /// With every step at its `min`.
    pub shortest: Duration,
    /// With every step at its `max`.
    pub longest: Duration,
}

fn range(shortest: Duration, longest: Duration) -> String {
    if shortest == longest {
        format!("{} only", units(shortest))
    } else {
        format!("from {} to {}", units(shortest), units(longest))
    }
}

/// The steps' times so that their sum is `length`.
///
/// # Errors
///
/// The shortest and longest sum where `length` is beyond them.
pub fn exactly(steps: &[Limits], length: Duration) -> Result<Vec<Duration>, FitError> {
    let shortest = steps.iter().map(|step| step.min).sum();
    let longest = steps.iter().map(|step| step.max).sum();
    if (shortest..=longest).contains(&length) {
        Ok(as_near_as_can_be(steps, length))
    } else {
        Err(FitError {
            asked: length,
            shortest,
            longest,
        })
    }
}

/// The steps' times so that their sum comes as near to `length` as their
/// limits let it.
#[must_use]
pub fn as_near_as_can_be(steps: &[Limits], length: Duration) -> Vec<Duration> {
    let usual: u128 = steps.iter().map(|step| step.time.as_nanos()).sum();
    let wanted = length.as_nanos();
    let limit = |step: &Limits| if wanted > usual { step.max } else { step.min };
    let room: u128 = steps
        .iter()
        .map(|step| step.time.abs_diff(limit(step)).as_nanos())
        .sum();
    if room == 0 {
        return steps.iter().map(|step| step.time).collect();
    }
    let needed = wanted.abs_diff(usual).min(room);
    steps
        .iter()
        .map(|step| {
            let limit = limit(step);
            // At most 12 hours each: the product stays far below 2^128.
            let change = step.time.abs_diff(limit).as_nanos() * needed / room;
            if limit > step.time {
                step.time.saturating_add(from_nanos(change))
            } else {
                step.time.saturating_sub(from_nanos(change))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn secs(s: u64) -> Duration {
        Duration::from_secs(s)
    }

    fn limits() -> impl Strategy<Value = Limits> {
        (1u64..1000, 0u64..1000, 0u64..1000).prop_map(|(time, less, more)| Limits {
            time: secs(time),
            min: secs(time.saturating_sub(less).max(1)),
            max: secs(time + more),
        })
    }

    #[test]
    fn one_factor_for_all() {
        let step = |time, min, max| Limits {
            time: secs(time),
            min: secs(min),
            max: secs(max),
        };
        let steps = [step(60, 60, 60), step(120, 60, 180), step(120, 90, 120)];
        // 45 of the 90 seconds that can go: half of each step's room.
        let times = exactly(&steps, secs(255)).unwrap();
        assert_eq!(times, [secs(60), secs(90), secs(105)]);
        assert_eq!(
            exactly(&steps, secs(400)).unwrap_err().to_string(),
            "this can last from 3m 30s to 6m, not 6m 40s"
        );
    }

    proptest! {
        #[test]
        fn a_length_within_reach_is_met_within_a_millisecond(
            steps in prop::collection::vec(limits(), 1..60),
            share in 0.0f64..=1.0,
        ) {
            let shortest: Duration = steps.iter().map(|s| s.min).sum();
            let longest: Duration = steps.iter().map(|s| s.max).sum();
            let length = shortest + longest.saturating_sub(shortest).mul_f64(share);
            let times = exactly(&steps, length.clamp(shortest, longest)).unwrap();
            let sum: Duration = times.iter().sum();
            prop_assert!(sum.abs_diff(length) < Duration::from_millis(1));
            for (step, time) in steps.iter().zip(&times) {
                prop_assert!((step.min..=step.max).contains(time));
            }
            for (a, b) in steps.iter().zip(&times) {
                for (c, d) in steps.iter().zip(&times) {
                    prop_assert!(a != c || b == d, "equal steps stay equal");
                }
            }
        }

        #[test]
        fn beyond_reach_it_comes_as_near_as_it_can(
            steps in prop::collection::vec(limits(), 1..20),
        ) {
            let longest: Vec<Duration> = steps.iter().map(|s| s.max).collect();
            prop_assert_eq!(as_near_as_can_be(&steps, Duration::from_secs(1_000_000)), longest);
            let shortest: Vec<Duration> = steps.iter().map(|s| s.min).collect();
            prop_assert_eq!(as_near_as_can_be(&steps, Duration::ZERO), shortest);
        }
    }
}
