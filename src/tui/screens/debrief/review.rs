//! One session compared: with its plan, its two sides, and the same routine's
//! runs before it. It knows no screen.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use crate::routine::vocabulary::{Region, Side};
use crate::session::Outcome;
use crate::store::{Detail, Entry, LoggedCue, Prompts, SessionKey, Silence, Step, Store, Trouble};

/// So many runs stand beside a session.
pub const RUNS: usize = 5;

/// So many steps are marked as furthest off the plan.
const FURTHEST: usize = 3;

/// Closer to the plan than this is on it.
const ON_PLAN: Duration = Duration::from_secs(5);

/// A session and its steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The session.
    pub entry: Entry,
    /// Its planned steps, by number.
    pub steps: Vec<Step>,
    /// Its cues, in order.
    pub cues: Vec<LoggedCue>,
}

/// A session with what it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The session.
    pub run: Run,
    /// The same routine's runs before it, the latest first.
    pub before: Vec<Run>,
}

/// Reads a session and the runs before it; takes as long as the disk does.
///
/// # Errors
///
/// It is not there, or what stands in the way of reading.
pub fn load(store: &Store, key: SessionKey) -> Result<Review, Trouble> {
    let entry = store.entry(key)?;
    let count = u32::try_from(RUNS + 1).unwrap_or(u32::MAX);
    let mut before = Vec::new();
    for entry in store.runs_before(&entry.routine, key, count)? {
        if entry.key != key {
            let Detail { steps, cues } = store.detail(entry.key)?;
            before.push(Run { entry, steps, cues });
        }
    }
    before.truncate(RUNS);
    let Detail { steps, cues } = store.detail(key)?;
    Ok(Review {
        run: Run { entry, steps, cues },
        before,
    })
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Worked, to its end or beyond.
    Worked,
    /// Left by next with time remaining.
    Skipped,
    /// Taken out before the start.
    LeftOut,
    /// The session ended before it.
    NotReached,
}

/// How a run kept to its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace {
    /// The steps that were reached.
    pub(super) steps: usize,
    /// Those on the plan, within 5 s.
    pub(super) on_plan: usize,
    /// How far off a step was on average.
    pub(super) off: Duration,
}

/// What was heard of a run's cues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sounded {
    pub(super) cues: usize,
    pub(super) heard: usize,
    /// How far off the moment at which it was due a sound was heard at most;
    /// none where that was not kept.
    pub(super) off: Option<Duration>,
    /// How many were not heard for which reason.
    pub(super) silent: BTreeMap<Silence, usize>,
}

/// One region's two sides, worked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) left: Duration,
    pub(super) right: Duration,
}

/// How far a step was off its plan, over or under.
pub(super) const fn off(step: &Step) -> Duration {
    step.actual.abs_diff(step.planned)
}

impl Run {
    /// What became of each step.
    pub(super) fn fates(&self) -> Vec<Fate> {
        let over = self.entry.outcome == Outcome::Finished;
        let last = self
            .steps
            .iter()
            .rposition(|step| step.skipped || !step.actual.is_zero());
        let fate = |(n, step): (usize, &Step)| match step {
            step if step.left_out => Fate::LeftOut,
            step if step.skipped => Fate::Skipped,
            _ if !over && last.is_none_or(|last| n > last) => Fate::NotReached,
            _ => Fate::Worked,
        };
        self.steps.iter().enumerate().map(fate).collect()
    }

    fn reached(&self) -> impl Iterator<Item = (usize, &Step)> {
        self.fates()
            .into_iter()
            .zip(self.steps.iter().enumerate())
            .filter(|(fate, _)| matches!(fate, Fate::Worked | Fate::Skipped))
            .map(|(_, step)| step)
    }

    /// How it kept to its plan; none if no step was reached. A session cut
    /// short in a step is not off by what it never worked of it.
    pub(super) fn pace(&self) -> Option<Pace> {
        let offs: Vec<Duration> = self.compared().map(|(_, off)| off).collect();
        let count = u32::try_from(offs.len()).ok().filter(|&count| count > 0)?;
        Some(Pace {
            steps: offs.len(),
            on_plan: offs.iter().filter(|&&off| off <= ON_PLAN).count(),
            off: offs.iter().sum::<Duration>() / count,
        })
    }

    /// What was heard of its cues; none if none fell due.
    pub(super) fn sounded(&self) -> Option<Sounded> {
        let timings = self.cues.iter().filter_map(|cue| cue.heard.timing());
        let off = timings.map(|timing| timing.onset.unsigned_abs()).max();
        let mut silent = BTreeMap::new();
        for why in self.cues.iter().filter_map(|cue| cue.heard.silence()) {
            *silent.entry(why).or_default() += 1;
        }
        (!self.cues.is_empty()).then(|| Sounded {
            cues: self.cues.len(),
            heard: self.cues.iter().filter(|cue| cue.heard.is_yes()).count(),
            off: off.map(Duration::from_micros),
            silent,
        })
    }

    /// The steps that can be held against the plan, and how far off they are.
    fn compared(&self) -> impl Iterator<Item = (usize, Duration)> {
        let reached: Vec<(usize, &Step)> = self.reached().collect();
        let last = reached.last().map(|(n, _)| *n);
        let cut_short = self.entry.outcome != Outcome::Finished;
        reached
            .into_iter()
            .filter(move |(n, step)| {
                !(cut_short && Some(*n) == last && !step.skipped && step.actual < step.planned)
            })
            .map(|(n, step)| (n, off(step)))
    }

    /// The places of the steps furthest off the plan: three at most, and none
    /// that is on it.
    pub(super) fn furthest(&self) -> Vec<usize> {
        let mut offs: Vec<(usize, Duration)> =
            self.compared().filter(|(_, off)| *off > ON_PLAN).collect();
        offs.sort_by_key(|&(n, off)| (std::cmp::Reverse(off), n));
        offs.into_iter().take(FURTHEST).map(|(n, _)| n).collect()
    }

    /// Left and right of each region that has both or one.
    pub(super) fn sides(&self) -> BTreeMap<Region, Sides> {
        let mut sides: BTreeMap<Region, Sides> = BTreeMap::new();
        for step in self.steps.iter().filter(|step| !step.left_out) {
            let Some(region) = step.region else { continue };
            match step.side {
                Some(Side::Left) => sides.entry(region).or_default().left += step.actual,
                Some(Side::Right) => sides.entry(region).or_default().right += step.actual,
                Some(Side::Both | Side::Midline) | None => {}
            }
        }
        sides.retain(|_, worked| *worked != Sides::default());
        sides
    }
}

/// What names a step in every run of a routine: its words and the how-manieth
/// of them it is.
type Same<'a> = (&'a str, Option<Region>, Option<Side>, usize);

fn named(steps: &[Step]) -> impl Iterator<Item = (Same<'_>, &Step)> {
    let mut seen: HashMap<(&str, Option<Region>, Option<Side>), usize> = HashMap::new();
    steps.iter().map(move |step| {
        let words = (step.name.as_str(), step.region, step.side);
        let nth = seen.entry(words).or_default();
        *nth += 1;
        ((words.0, words.1, words.2, *nth), step)
    })
}

impl Review {
    /// What each step got in the runs before, the oldest first; none where
    /// a run had no such step, or did not reach it.
    pub(super) fn earlier(&self) -> Vec<Vec<Option<Duration>>> {
        let runs: Vec<HashMap<Same<'_>, Duration>> = self
            .before
            .iter()
            .rev()
            .map(|run| {
                named(&run.steps)
                    .filter(|(_, step)| !step.actual.is_zero())
                    .map(|(same, step)| (same, step.actual))
                    .collect()
            })
            .collect();
        named(&self.run.steps)
            .map(|(same, _)| runs.iter().map(|run| run.get(&same).copied()).collect())
            .collect()
    }

    /// The average over the runs before with everything told, and how many
    /// they are.
    pub(super) fn off_with_full_prompts(&self) -> Option<(Duration, usize)> {
        let offs: Vec<Duration> = self
            .before
            .iter()
            .filter(|run| run.entry.prompts == Prompts::Full)
            .filter_map(Run::pace)
            .map(|pace| pace.off)
            .collect();
        let count = u32::try_from(offs.len()).ok().filter(|&count| count > 0)?;
        Some((offs.iter().sum::<Duration>() / count, offs.len()))
    }
}
