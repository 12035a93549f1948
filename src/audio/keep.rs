//! When the device should be open, and how soon to try again when it does not
//! open. Pure: time comes in as an argument.

use std::time::{Duration, Instant};

/// What silence may cost between two cues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The device is opened some time before each cue and closed after it.
    OpenAhead {
        /// How long before a cue the device is opened.
        lead: Duration,
    },
    /// The device stays open until it is muted.
    AlwaysOpen,
}

impl Keep {
    /// Opens this long ahead unless told otherwise: it leaves room to notice in
    /// 2 s that a device has frozen and to open it again before the cue.
    pub const LEAD: Duration = Duration::from_secs(4);
}

impl Default for Keep {
    fn default() -> Self {
        Self::OpenAhead { lead: Self::LEAD }
    }
}

/// An open device is kept this long after the last sound: presses come in pairs.
const LINGER: Duration = Duration::from_secs(2);

/// A fade to silence is over after this.
const FADED: Duration = Duration::from_millis(150);

/// What bears on whether the device should be open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    /// When the next sound is due.
    pub(super) next_due: Option<Instant>,
    /// When the last sound that began is over.
    pub(super) sounds_until: Instant,
    /// Until when a press is expected.
    pub(super) awake_until: Instant,
    /// Since when nothing is to be heard, if that is so.
    pub(super) muted_since: Option<Instant>,
}

/// What should be, and until when that answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Open { until: Option<Instant> },
    Closed { until: Option<Instant> },
}

impl Keep {
    pub(super) fn wanted(self, now: Instant, need: &Need) -> Wanted {
        if let Some(since) = need.muted_since {
            return if now < since + FADED {
                Wanted::Open {
                    until: Some(since + FADED),
                }
            } else {
                Wanted::Closed { until: None }
            };
        }
        let Self::OpenAhead { lead } = self else {
            return Wanted::Open { until: None };
        };
        let open_from = need.next_due.and_then(|due| due.checked_sub(lead));
        let close_at = (need.sounds_until + LINGER).max(need.awake_until);
        match (open_from, need.next_due) {
            // The next cue decides again when it has begun or was dropped.
            (Some(from), _) if from <= now => Wanted::Open { until: None },
            // A lead longer than the clock's whole past: open now.
            (None, Some(_)) => Wanted::Open { until: None },
            (from, _) if now < close_at => {
                // No closing for a moment between two cues that are near.
                let reopened = from.is_some_and(|from| from <= close_at);
                Wanted::Open {
                    until: if reopened { from } else { Some(close_at) },
                }
            }
            (from, _) => Wanted::Closed { until: from },
        }
    }
}

/// How long to wait before the next try to open a device that did not open.
#[derive(Debug)]
pub(super) struct Backoff(Duration);

impl Backoff {
    const FIRST: Duration = Duration::from_millis(250);
    /// Below 3 s by what opening takes, 1.4 s at a server that has just begun,
    /// so that sound is back within 3 s of its server.
    const LONGEST: Duration = Duration::from_millis(1500);

    pub(super) const fn new() -> Self {
        Self(Self::FIRST)
    }

    /// The wait after one more failure.
    pub(super) fn after_failure(&mut self) -> Duration {
        let wait = self.0;
        self.0 = (self.0 * 2).min(Self::LONGEST);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(
        clippy::disallowed_methods,
        reason = "any instant will do as the origin"
    )]
    fn origin() -> Instant {
        Instant::now() + Duration::from_secs(3600)
    }

    fn secs(from: Instant, secs: u64) -> Instant {
        from + Duration::from_secs(secs)
    }

    const AHEAD: Keep = Keep::OpenAhead {
        lead: Duration::from_secs(4),
    };

    fn need(at: Instant) -> Need {
        Need {
            next_due: None,
            sounds_until: at,
            awake_until: at,
            muted_since: None,
        }
    }

    #[test]
    fn opens_ahead_of_a_cue_and_closes_after_it() {
        let t = origin();
        let mut need = Need {
            next_due: Some(secs(t, 110)),
            ..need(t)
        };
        let asked = |at, need: &Need| AHEAD.wanted(secs(t, at), need);
        assert_eq!(
            asked(100, &need),
            Wanted::Closed {
                until: Some(secs(t, 106))
            }
        );
        assert_eq!(asked(106, &need), Wanted::Open { until: None });
        need.next_due = None;
        need.sounds_until = secs(t, 111);
        assert_eq!(
            asked(111, &need),
            Wanted::Open {
                until: Some(secs(t, 113))
            }
        );
        assert_eq!(asked(113, &need), Wanted::Closed { until: None });
    }

    #[test]
    fn does_not_close_for_a_moment_between_near_cues() {
        let t = origin();
        let need = Need {
            next_due: Some(secs(t, 17)),
            sounds_until: secs(t, 11),
            ..need(t)
        };
        assert_eq!(
            AHEAD.wanted(secs(t, 11), &need),
            Wanted::Open {
                until: Some(secs(t, 13))
            }
        );
        assert_eq!(
            AHEAD.wanted(secs(t, 13), &need),
            Wanted::Open { until: None }
        );
    }

    #[test]
    fn stays_open_while_a_press_is_expected() {
        let t = origin();
        let need = Need {
            awake_until: secs(t, 30),
            ..need(t)
        };
        assert_eq!(
            AHEAD.wanted(secs(t, 29), &need),
            Wanted::Open {
                until: Some(secs(t, 30))
            }
        );
        assert_eq!(
            AHEAD.wanted(secs(t, 30), &need),
            Wanted::Closed { until: None }
        );
    }

    #[test]
    fn muted_is_closed_for_good_once_the_fade_is_over() {
        let t = origin();
        for keep in [AHEAD, Keep::AlwaysOpen] {
            let need = Need {
                next_due: Some(secs(t, 1)),
                muted_since: Some(t),
                ..need(t)
            };
            assert!(matches!(
                keep.wanted(t, &need),
                Wanted::Open { until: Some(_) }
            ));
            assert_eq!(
                keep.wanted(secs(t, 1), &need),
                Wanted::Closed { until: None }
            );
        }
    }

    #[test]
    fn retries_double_and_never_wait_two_seconds() {
        let mut backoff = Backoff::new();
        let waits: Vec<u128> = (0..6)
            .map(|_| backoff.after_failure().as_millis())
            .collect();
        assert_eq!(waits, [250, 500, 1000, 1500, 1500, 1500]);
    }
}
