//! What the log says of a session: derived from the session itself and the
//! plan that it began with. It knows no file and no format.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::heard::Heard;
use super::tape::Tape;
use super::wall::Wall;
use crate::cue::Cue;
use crate::plan::{Plan, Segment};
use crate::routine::time::Seconds;
use crate::routine::vocabulary::{Region, Side};
use crate::session::Session;

/// A planned step and what became of it; the fields as `log --format json`
/// names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its place in the whole routine, from 1.
    pub number: usize,
    /// The stroke, or the transition in words.
    pub name: String,
    /// None for a transition.
    pub region: Option<Region>,
    /// Which side of the client.
    pub side: Option<Side>,
    /// By the plan at the start, in the routine's own time.
    #[serde(rename = "planned_s", with = "seconds")]
    pub planned: Duration,
    /// All visits, pauses left out, in the routine's own time; waiting as long as it was.
    #[serde(rename = "actual_s", with = "seconds")]
    pub actual: Duration,
    /// Left by next with time remaining.
    pub skipped: bool,
    /// Taken out before the start.
    pub left_out: bool,
}

impl Step {
    /// A step of `plan` that the user took out before the start.
    #[must_use]
    pub fn left_out(plan: &Plan, segment: &Segment) -> Self {
        Self {
            left_out: true,
            ..Self::of(plan, segment, segment.time)
        }
    }

    fn of(plan: &Plan, segment: &Segment, planned: Duration) -> Self {
        Self {
            number: segment.number,
            name: segment.name().to_owned(),
            region: segment.region(),
            side: segment.side,
            planned: plan.speed.multiply(planned),
            actual: Duration::ZERO,
            skipped: false,
            left_out: false,
        }
    }
}

/// A cue that fell due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedCue {
    /// What it meant.
    pub cue: Cue,
    /// When it was due; none where no wall clock was known.
    pub at: Option<Wall>,
    /// Whether the device took it, and when.
    pub heard: Heard,
}

/// Time planned and time worked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Worked {
    pub(super) planned: Duration,
    pub(super) actual: Duration,
}

/// All that the log has of a session.
pub(super) struct Rows {
    pub(super) started: Option<Wall>,
    pub(super) ended: Option<Wall>,
    pub(super) planned: Duration,
    pub(super) actual: Duration,
    pub(super) paused: Duration,
    pub(super) steps: Vec<Step>,
    pub(super) cues: Vec<LoggedCue>,
    pub(super) regions: BTreeMap<(Region, Option<Side>), Worked>,
}

/// What `tape` came to up to `at`; `session` is how it stands then.
pub(super) fn rows(tape: &Tape, session: &Session, at: Duration) -> Rows {
    let mut steps = steps(session, at);
    steps.extend(tape.meta.left_out.iter().cloned());
    steps.sort_by_key(|step| step.number);
    let mut regions: BTreeMap<(Region, Option<Side>), Worked> = BTreeMap::new();
    for step in steps.iter().filter(|step| !step.left_out) {
        if let Some(region) = step.region {
            let worked = regions.entry((region, step.side)).or_default();
            worked.planned += step.planned;
            worked.actual += step.actual;
        }
    }
    let heard: HashMap<_, _> = tape.fates.iter().copied().collect();
    let cues = session
        .cues()
        .iter()
        // What is withheld on purpose is not listed.
        .filter(|due| tape.meta.prompts.sounds(due.cue))
        .map(|due| LoggedCue {
            cue: due.cue,
            at: tape.wall(due.at),
            heard: heard.get(&due.id).copied().unwrap_or(Heard::No(None)),
        })
        .collect();
    Rows {
        started: session.started().and_then(|at| tape.wall(at)),
        ended: tape.wall(at),
        planned: tape.plan.speed.multiply(tape.plan.length()),
        actual: steps.iter().map(|step| step.actual).sum(),
        paused: session.paused(at),
        steps,
        cues,
        regions,
    }
}

/// Every step of the plan at the start, and those that a revision brought.
fn steps(session: &Session, at: Duration) -> Vec<Step> {
    let last = session.plan();
    session
        .steps_ever()
        .map(|(segment, planned)| {
            let record = session.record(segment.id, at);
            Step {
                actual: record.in_routine_time(last.speed),
                skipped: record.skipped,
                ..Step::of(last, segment, planned)
            }
        })
        .collect()
}

/// Times in the JSON of the log: seconds with up to three decimals.
mod seconds {
    use super::{Deserialize, Deserializer, Duration, Seconds, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        Seconds(*time).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        let seconds = f64::deserialize(from)?;
        Duration::try_from_secs_f64(seconds).map_err(serde::de::Error::custom)
    }
}
