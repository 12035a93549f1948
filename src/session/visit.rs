//! One visit to a step: how far into it one is, and what its time does next.
//! Positions come from timestamps; nothing is added up tick by tick.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A visit to a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The step, as an index into the plan's segments.
    pub index: usize,
    /// What its time does.
    pub timing: Timing,
    /// Since when its clock runs; none while paused.
    pub(super) since: Option<Duration>,
    /// How far into the step one was then.
    pub(super) carried: Duration,
    /// How long it was worked in this visit before that.
    pub(super) before: Duration,
    /// How much of what was worked in this visit was waiting that is over.
    pub(super) waited: Duration,
    /// While it waits: how long it had been worked in this visit when that began.
    pub(super) waits_from: Option<Duration>,
}

/// What a step's time does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timing {
    /// It counts down.
    Timed {
        /// How far into the step the warning falls; none if there is none, or
        /// none any more.
        prepare_at: Option<Duration>,
    },
    /// A hold whose time is up: it counts over until the therapist is ready.
    Waiting {
        /// How far into the step it reminds once more; none when it has.
        remind_at: Option<Duration>,
    },
    /// No end until next.
    Lingering,
}

/// What is left of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// This long.
    Time(Duration),
    /// Its time is up, this long ago.
    Over(Duration),
}

impl Visit {
    /// A visit that begins at `at`, `carried` into the step; frozen without
    /// `at`.
    pub(super) const fn new(
        index: usize,
        at: Option<Duration>,
        carried: Duration,
        timing: Timing,
    ) -> Self {
        Self {
            index,
            timing,
            since: at,
            carried,
            before: Duration::ZERO,
            waited: Duration::ZERO,
            waits_from: match timing {
                Timing::Waiting { .. } => Some(Duration::ZERO),
                Timing::Timed { .. } | Timing::Lingering => None,
            },
        }
    }

    /// Gives its time something else to do from `at` on.
    pub(super) fn turn(&mut self, timing: Timing, at: Duration) {
        self.waited = self.waited(at);
        self.waits_from = matches!(timing, Timing::Waiting { .. }).then(|| self.worked(at));
        self.timing = timing;
    }

    fn running(&self, at: Duration) -> Duration {
        self.since
            .map_or(Duration::ZERO, |since| at.saturating_sub(since))
    }

    /// How far into the step one is at `at`.
    #[must_use]
    pub fn position(&self, at: Duration) -> Duration {
        self.carried + self.running(at)
    }

    /// How long it was worked in this visit up to `at`.
    #[must_use]
    pub fn worked(&self, at: Duration) -> Duration {
        self.before + self.running(at)
    }

    /// How much of that was waiting, as a hold whose time was up.
    #[must_use]
    pub fn waited(&self, at: Duration) -> Duration {
        let open = self
            .waits_from
            .map_or(Duration::ZERO, |from| self.worked(at).saturating_sub(from));
        self.waited + open
    }

    /// When a position is reached; never, while frozen.
    pub(super) fn reaches(&self, position: Duration) -> Option<Duration> {
        self.since
            .map(|since| since.saturating_add(position.saturating_sub(self.carried)))
    }

    /// Stops its clock at `at`.
    pub(super) fn freeze(&mut self, at: Duration) {
        self.before = self.worked(at);
        self.carried = self.position(at);
        self.since = None;
    }

    /// Lets its clock run from `at` on.
    pub(super) const fn thaw(&mut self, at: Duration) {
        self.since = Some(at);
    }

    /// The same step, state and time left as at `at`, but not the seconds
    /// worked: they stay with the visit in which they were worked.
    pub(super) fn snapshot(&self, at: Duration) -> Self {
        Self::new(self.index, None, self.position(at), self.timing)
    }
}
