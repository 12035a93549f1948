//! Noticing that the machine slept: a clock that counts sleep runs ahead of
//! one that does not.

use std::time::Duration;

/// Less than this is the two clocks being read one after the other.
const LEAST: Duration = Duration::from_secs(1);

/// The machine slept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slept {
    /// The last moment at which it was known to be awake before, on the
    /// program's clock.
    pub since: Duration,
    /// For how long.
    pub lasted: Duration,
}

/// Compares the two clocks each time that the loop comes round.
#[derive(Debug, Clone, Copy, Default)]
pub struct SleepWatch {
    last: Option<(Duration, Duration)>,
}

impl SleepWatch {
    /// A watch that has seen nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { last: None }
    }

    /// Looks at the clocks: `awake` is the program's, which stands still in
    /// sleep. Says if the machine slept since the last look. Where the system
    /// has no clock that counts sleep it never does.
    pub fn look(&mut self, awake: Duration) -> Option<Slept> {
        self.compare(awake, counting_sleep()?)
    }

    /// The same with both clocks given.
    fn compare(&mut self, awake: Duration, always: Duration) -> Option<Slept> {
        let (awake_before, always_before) = self.last.replace((awake, always))?;
        let passed = always.saturating_sub(always_before);
        let lasted = passed.saturating_sub(awake.saturating_sub(awake_before));
        (lasted >= LEAST).then_some(Slept {
            since: awake_before,
            lasted,
        })
    }
}

/// A clock that goes on in sleep.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn counting_sleep() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(target_vendor = "apple")]
    const CLOCK: ClockId = ClockId::Monotonic;
    #[cfg(not(target_vendor = "apple"))]
    const CLOCK: ClockId = ClockId::Boottime;
    let time = clock_gettime(CLOCK);
    let seconds = u64::try_from(time.tv_sec).ok()?;
    let nanos = u32::try_from(time.tv_nsec).ok()?;
    Some(Duration::new(seconds, nanos))
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn counting_sleep() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_closed_lid_is_noticed_on_waking() {
        let mut watch = SleepWatch::new();
        assert_eq!(watch.compare(s(5), s(1000)), None);
        assert_eq!(watch.compare(s(6), s(1001)), None);
        let slept = watch.compare(s(7), s(4602));
        assert_eq!(
            slept,
            Some(Slept {
                since: s(6),
                lasted: s(3600)
            })
        );
        assert_eq!(watch.compare(s(8), s(4603)), None, "told once");
    }

    #[test]
    fn a_stall_or_a_late_look_is_no_sleep() {
        let mut watch = SleepWatch::new();
        assert_eq!(watch.compare(s(5), s(1000)), None);
        assert_eq!(watch.compare(s(605), s(1600)), None);
        let jitter = Duration::from_millis(900);
        assert_eq!(watch.compare(s(606), s(1601) + jitter), None);
    }

    #[test]
    fn the_machine_that_runs_this_is_awake() {
        let clock = crate::clock::Clock::new();
        let mut watch = SleepWatch::new();
        assert_eq!(watch.look(clock.now()), None);
        assert_eq!(watch.look(clock.now()), None);
    }
}
