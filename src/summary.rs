//! Planned against actual, for the therapist alone: in all, by region, left
//! against right. Derived from the session; it knows no screen.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::plan::Speed;
use crate::routine::vocabulary::{Region, Side};
use crate::session::Session;

/// Time planned and time worked, in the routine's own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// By the plan at the start. A step that a revision brought counts by its
    /// revision, and in no plan of the whole.
    pub planned: Duration,
    /// Worked, pauses left out.
    pub actual: Duration,
}

impl Share {
    fn add(&mut self, planned: Duration, actual: Duration) {
        self.planned += planned;
        self.actual += actual;
    }
}

/// One region's shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RegionShare {
    /// All sides together.
    pub all: Share,
    /// The client's left.
    pub left: Share,
    /// The client's right.
    pub right: Share,
}

/// What a session came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Everything, transitions included.
    pub all: Share,
    /// All pauses, in real time.
    pub paused: Duration,
    /// Strokes by region, in the body's order.
    pub regions: BTreeMap<Region, RegionShare>,
    /// Transitions together.
    pub transitions: Share,
}

impl Summary {
    /// What `session` came to up to `at`.
    #[must_use]
    pub fn new(session: &Session, at: Duration) -> Self {
        let plan = session.plan();
        let routine_time = |time: Duration| Speed::multiply(plan.speed, time);
        let mut summary = Self {
            all: Share {
                planned: routine_time(session.begun_with().length()),
                actual: Duration::ZERO,
            },
            paused: session.paused(at),
            regions: BTreeMap::new(),
            transitions: Share::default(),
        };
        for (segment, planned) in session.steps_ever() {
            let planned = routine_time(planned);
            let actual = session.record(segment.id, at).in_routine_time(plan.speed);
            summary.all.actual += actual;
            let Some(region) = segment.region() else {
                summary.transitions.add(planned, actual);
                continue;
            };
            let share = summary.regions.entry(region).or_default();
            share.all.add(planned, actual);
            match segment.side {
                Some(Side::Left) => share.left.add(planned, actual),
                Some(Side::Right) => share.right.add(planned, actual),
                Some(Side::Both | Side::Midline) | None => {}
            }
        }
        summary
    }
}
