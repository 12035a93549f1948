//! A session in the log, of which only the day, the routine and the length matter.

use std::time::Duration;

use ashiatsu::plan::Speed;
use ashiatsu::session::Outcome;
use ashiatsu::store::{Entry, Kind, Prompts, SessionKey, Wall};

const DAY: i64 = 86_400_000;
const MINUTE: Duration = Duration::from_secs(60);

/// A moment at UTC+1, in milliseconds since 1970.
pub(crate) const fn wall(ms: i64) -> Wall {
    Wall { ms, offset_s: 3600 }
}

/// One of so many minutes, finished as planned, begun so many days before `last`.
pub(crate) fn entry(last: i64, days_ago: i64, routine: &str, minutes: u32) -> Entry {
    let ms = last - days_ago * DAY;
    Entry {
        key: SessionKey(ms),
        routine: routine.to_owned(),
        kind: Kind::Practice,
        speed: Speed::REAL,
        from: None,
        started: Some(wall(ms)),
        ended: Some(wall(ms + i64::from(minutes) * 60_000)),
        outcome: Outcome::Finished,
        planned: MINUTE * minutes,
        actual: MINUTE * minutes,
        paused: Duration::ZERO,
        prompts: Prompts::Full,
        note: None,
        reason: None,
        felt: None,
    }
}
