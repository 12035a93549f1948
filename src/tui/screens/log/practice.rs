//! What the practice log's screen shows, as it is read from the store: every
//! session, what they come to, and how often receivers felt what. It knows no
//! screen.

use std::collections::VecDeque;

use jiff::civil::Date;

use crate::settings::Settings;
use crate::store::{Entry, Felt, Kind, Progress, RegionTotal, Store, Totals, Trouble};

/// The log as it was when it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeLog {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// What they come to; rehearsals left out.
    pub totals: Totals,
    /// Towards the goal of the settings, if there is one.
    pub progress: Option<Progress>,
    /// Strokes by region and side, in the body's order.
    pub regions: Vec<RegionTotal>,
    /// What receivers felt.
    pub felt: Trend,
    /// The day on which it was read.
    pub today: Date,
}

impl PracticeLog {
    /// The log of these sessions, newest first.
    #[must_use]
    pub fn new(
        entries: Vec<Entry>,
        regions: Vec<RegionTotal>,
        settings: &Settings,
        today: Date,
    ) -> Self {
        let totals = Totals::of(&entries);
        Self {
            progress: settings.goal.map(|goal| Progress::new(&totals, goal)),
            felt: Trend::of(&entries),
            totals,
            entries,
            regions,
            today,
        }
    }
}

/// Reads the log; takes as long as the disk does.
///
/// # Errors
///
/// What stands in the way of reading.
pub fn load(store: &Store, settings: &Settings, today: Date) -> Result<PracticeLog, Trouble> {
    let entries = store.log(None)?;
    let regions = store.regions(None)?;
    Ok(PracticeLog::new(entries, regions, settings, today))
}

/// So many sessions make one point of a trend.
pub(super) const GROUP: usize = 5;

/// So many points a trend has at most.
const POINTS: usize = 12;

/// How often receivers felt what, of those who were asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trend {
    /// Sessions after which the receiver was asked.
    pub asked: usize,
    /// Groups of five such sessions, the oldest first; the oldest may be
    /// smaller.
    pub groups: VecDeque<Group>,
}

/// Some sessions after which the receiver was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// How many.
    pub sessions: usize,
    /// In how many of them each was felt, in the order of [`Felt::ALL`].
    pub felt: [usize; 6],
}

impl Group {
    /// In how many of its sessions that was felt.
    #[must_use]
    pub fn count(&self, felt: Felt) -> usize {
        let place = Felt::ALL.iter().position(|known| *known == felt);
        place
            .and_then(|place| self.felt.get(place))
            .copied()
            .unwrap_or_default()
    }
}

impl Trend {
    /// Of these sessions, newest first; in a rehearsal nobody feels anything.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let asked: Vec<&Vec<Felt>> = entries
            .iter()
            .filter(|entry| entry.kind != Kind::Rehearsal)
            .filter_map(|entry| entry.felt.as_ref())
            .collect();
        let mut trend = Self {
            asked: asked.len(),
            groups: VecDeque::new(),
        };
        for chunk in asked.chunks(GROUP).take(POINTS) {
            let mut group = Group {
                sessions: chunk.len(),
                ..Group::default()
            };
            for (count, felt) in group.felt.iter_mut().zip(Felt::ALL) {
                *count = chunk.iter().filter(|words| words.contains(felt)).count();
            }
            trend.groups.push_front(group);
        }
        trend
    }
}
