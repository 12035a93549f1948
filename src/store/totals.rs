//! What the log comes to: by week, by routine, by region, and towards a goal.
//! Rehearsals never count.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::{Date, Weekday};

use super::Store;
use super::log::{Entry, first_ms};
use super::read::time;
use super::trouble::Trouble;
use super::words::Kind;
use crate::routine::vocabulary::{Region, Side};
use crate::session::Outcome;
use crate::settings::Goal;

/// Sessions and the time worked in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Those that were finished or ended early; one still interrupted is none
    /// yet.
    pub sessions: u32,
    /// Worked, pauses left out; in interrupted ones too.
    pub worked: Duration,
}

impl Total {
    fn add(&mut self, entry: &Entry) {
        if entry.outcome != Outcome::Interrupted {
            self.sessions = self.sessions.saturating_add(1);
        }
        self.worked = self.worked.saturating_add(entry.actual);
    }
}

/// The log's totals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Everything.
    pub all: Total,
    /// By the Monday on which the week begins. Weeks without a session are
    /// not there.
    pub weeks: BTreeMap<Date, Total>,
    /// By the routine's name.
    pub routines: BTreeMap<String, Total>,
}

impl Totals {
    /// What `entries` come to.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let mut totals = Self::default();
        for entry in entries.iter().filter(|entry| entry.kind != Kind::Rehearsal) {
            totals.all.add(entry);
            if let Some(started) = entry.started {
                totals
                    .weeks
                    .entry(monday(started.date()))
                    .or_default()
                    .add(entry);
            }
            match totals.routines.get_mut(&entry.routine) {
                Some(total) => total.add(entry),
                None => totals
                    .routines
                    .entry(entry.routine.clone())
                    .or_default()
                    .add(entry),
            }
        }
        totals
    }
}

/// The Monday of a day's week; in the calendar's first week the day itself.
fn monday(day: Date) -> Date {
    let days = i64::from(day.weekday().since(Weekday::Monday));
    day.checked_sub(jiff::Span::new().days(days)).unwrap_or(day)
}

/// How far the log has come towards a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What counts.
    pub done: Total,
    /// What is wanted.
    pub goal: Goal,
}

impl Progress {
    /// How far `totals` are.
    #[must_use]
    pub const fn new(totals: &Totals, goal: Goal) -> Self {
        Self {
            done: totals.all,
            goal,
        }
    }
}

/// One region's time, in the routine's own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionTotal {
    /// Where.
    pub region: Region,
    /// Which side; none where the steps name none.
    pub side: Option<Side>,
    /// By the plans.
    pub planned: Duration,
    /// Worked.
    pub actual: Duration,
}

impl Store {
    /// Strokes by region and side from a day on, or all, in the body's order.
    ///
    /// # Errors
    ///
    /// What stands in the way of reading.
    pub fn regions(&self, since: Option<Date>) -> Result<Vec<RegionTotal>, Trouble> {
        let mut query = self.connection.prepare_cached(
            // A session's name is when it began: later ones have higher names.
            "SELECT region, side, sum(planned), sum(actual) FROM worked \
             WHERE session >= (SELECT min(id) FROM session \
             WHERE coalesce(started_ms, id) + 1000 * coalesce(started_s, 0) >= ?1) \
             GROUP BY region, side",
        )?;
        let mut rows = query.query([first_ms(since)])?;
        let mut totals = Vec::new();
        while let Some(row) = rows.next()? {
            let (region, side): (String, String) = (row.get(0)?, row.get(1)?);
            let region = Region::ALL.iter().find(|known| known.word() == region);
            totals.push(RegionTotal {
                region: *region.ok_or(Trouble::Unreadable)?,
                side: Side::ALL.iter().copied().find(|known| known.word() == side),
                planned: time(row.get(2)?)?,
                actual: time(row.get(3)?)?,
            });
        }
        totals.sort_by_key(|total| (total.region, total.side));
        Ok(totals)
    }
}
