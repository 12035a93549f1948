//! The practice log: each session as one entry, its steps and cues on demand,
//! and what the therapist adds to it afterwards.

use std::time::Duration;

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};

use super::lock::Lock;
use super::read::time;
use super::rows::{LoggedCue, Step};
use super::trouble::Trouble;
use super::wall::Wall;
use super::words::{Felt, Kind, Prompts, Reason};
use super::write::StoredCue;
use super::{SessionKey, Store};
use crate::plan::Speed;
use crate::session::Outcome;

/// A session in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name for good.
    pub key: SessionKey,
    /// The routine's name.
    pub routine: String,
    /// Whom it was for.
    pub kind: Kind,
    /// How many times faster than real.
    pub speed: Speed,
    /// The number of the first step, if not the routine's first.
    pub from: Option<u32>,
    /// When the first step opened, if it did.
    pub started: Option<Wall>,
    /// When it was over or interrupted.
    pub ended: Option<Wall>,
    /// How it ended.
    pub outcome: Outcome,
    /// By the plan at the start, in the routine's own time.
    pub planned: Duration,
    /// Worked, pauses left out, in the routine's own time.
    pub actual: Duration,
    /// Pauses, in real time.
    pub paused: Duration,
    /// How much the program told.
    pub prompts: Prompts,
    /// The therapist's note on her own work.
    pub note: Option<String>,
    /// Why it ended early, where that was said.
    pub reason: Option<Reason>,
    /// What the receiver felt; none where nobody was asked.
    pub felt: Option<Vec<Felt>>,
}

/// An entry's steps and cues.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail {
    /// Every planned step, by number.
    pub steps: Vec<Step>,
    /// Every cue that fell due, in order.
    pub cues: Vec<LoggedCue>,
}

const COLUMNS: &str = "id, routine, kind, speed, from_step, started_ms, started_s, ended_ms, \
    ended_s, outcome, planned, actual, paused, prompts, note, reason, felt";

/// The first millisecond of a day, as local times are compared; all days from
/// the beginning without one.
pub(super) fn first_ms(since: Option<Date>) -> i64 {
    since.map_or(i64::MIN, |day| {
        let midnight = day.at(0, 0, 0, 0);
        jiff::tz::Offset::UTC
            .to_timestamp(midnight)
            .map_or(i64::MIN, jiff::Timestamp::as_millisecond)
    })
}

impl Store {
    /// The log from a day on, or all of it, newest first.
    ///
    /// # Errors
    ///
    /// What stands in the way of reading.
    pub fn log(&self, since: Option<Date>) -> Result<Vec<Entry>, Trouble> {
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM session WHERE outcome IS NOT NULL \
             AND coalesce(started_ms, id) + 1000 * coalesce(started_s, 0) >= ?1 \
             ORDER BY coalesce(started_ms, id) DESC, id DESC"
        ))?;
        let mut rows = query.query([first_ms(since)])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(entry(row)?);
        }
        Ok(entries)
    }

    /// The latest `count` entries of one routine up to and with `key`, newest
    /// first.
    ///
    /// # Errors
    ///
    /// What stands in the way of reading.
    pub fn runs_before(
        &self,
        routine: &str,
        key: SessionKey,
        count: u32,
    ) -> Result<Vec<Entry>, Trouble> {
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM session WHERE outcome IS NOT NULL AND routine = ?1 \
             AND id <= ?2 ORDER BY id DESC LIMIT ?3"
        ))?;
        let mut rows = query.query(params![routine, key.0, count])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(entry(row)?);
        }
        Ok(entries)
    }

    /// One entry.
    ///
    /// # Errors
    ///
    /// It is not there, or what stands in the way of reading.
    pub fn entry(&self, key: SessionKey) -> Result<Entry, Trouble> {
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM session WHERE id = ?1 AND outcome IS NOT NULL"
        ))?;
        let mut rows = query.query([key.0])?;
        match rows.next()? {
            Some(row) => entry(row),
            None => Err(Trouble::Gone),
        }
    }

    /// The steps and cues of an entry.
    ///
    /// # Errors
    ///
    /// It is not there, or what stands in the way of reading.
    pub fn detail(&self, key: SessionKey) -> Result<Detail, Trouble> {
        let (steps, cues): (String, String) = self
            .connection
            .prepare_cached("SELECT steps, cues FROM detail WHERE session = ?1")?
            .query_row([key.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .ok_or(Trouble::Gone)?;
        let cues: Vec<StoredCue> = serde_json::from_str(&cues)?;
        Ok(Detail {
            steps: serde_json::from_str(&steps)?,
            cues: cues.into_iter().map(LoggedCue::from).collect(),
        })
    }

    /// Writes the therapist's note on her own work; an empty one is none.
    ///
    /// # Errors
    ///
    /// It is not there, or what stands in the way of writing.
    pub fn set_note(&self, key: SessionKey, note: &str) -> Result<(), Trouble> {
        let note = Some(note.trim()).filter(|note| !note.is_empty());
        self.set("UPDATE session SET note = ?2 WHERE id = ?1", key, note)
    }

    /// Writes why the session ended early.
    ///
    /// # Errors
    ///
    /// It is not there, or what stands in the way of writing.
    pub fn set_reason(&self, key: SessionKey, reason: Option<Reason>) -> Result<(), Trouble> {
        let word = reason.map(Reason::word);
        self.set("UPDATE session SET reason = ?2 WHERE id = ?1", key, word)
    }

    /// Writes what the receiver felt: nothing wrong, or these; none where
    /// nobody was asked.
    ///
    /// # Errors
    ///
    /// It is not there, or what stands in the way of writing.
    pub fn set_felt(&self, key: SessionKey, felt: Option<&[Felt]>) -> Result<(), Trouble> {
        let words = felt.map(|felt| {
            let words: Vec<&str> = felt.iter().map(|felt| felt.word()).collect();
            words.join(" ")
        });
        let sql = "UPDATE session SET felt = ?2 WHERE id = ?1";
        self.set(sql, key, words.as_deref())
    }

    fn set(&self, sql: &str, key: SessionKey, value: Option<&str>) -> Result<(), Trouble> {
        match self.connection.execute(sql, params![key.0, value])? {
            0 => Err(Trouble::Gone),
            _ => Ok(()),
        }
    }

    /// Deletes a session for good, with all that was kept of it.
    ///
    /// # Errors
    ///
    /// It is not there, it runs now, or what stands in the way of writing.
    pub fn delete(&mut self, key: SessionKey) -> Result<(), Trouble> {
        let lock = Lock::take(&self.folder, key)?;
        let change = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for table in [
            "input", "beat", "progress", "anchor", "fate", "detail", "worked",
        ] {
            change.execute(&format!("DELETE FROM {table} WHERE session = ?1"), [key.0])?;
        }
        let gone = change.execute("DELETE FROM session WHERE id = ?1", [key.0])?;
        change.execute(
            "DELETE FROM plan WHERE id NOT IN (SELECT plan FROM session \
             UNION SELECT base_plan FROM session WHERE base_plan IS NOT NULL \
             UNION SELECT plan FROM input WHERE plan IS NOT NULL)",
            [],
        )?;
        change.commit()?;
        lock.discard();
        if gone == 0 {
            Err(Trouble::Gone)
        } else {
            Ok(())
        }
    }
}

fn wall(ms: Option<i64>, offset: Option<i32>) -> Option<Wall> {
    Some(Wall {
        ms: ms?,
        offset_s: offset?,
    })
}

fn entry(row: &Row<'_>) -> Result<Entry, Trouble> {
    let kind: String = row.get(2)?;
    let speed: u32 = row.get(3)?;
    let outcome: String = row.get(9)?;
    let prompts: String = row.get(13)?;
    let reason: Option<String> = row.get(15)?;
    let felt: Option<String> = row.get(16)?;
    Ok(Entry {
        key: SessionKey(row.get(0)?),
        routine: row.get(1)?,
        kind: Kind::from_word(&kind).ok_or(Trouble::Unreadable)?,
        speed: Speed::try_from(speed).map_err(|_| Trouble::Unreadable)?,
        from: row.get(4)?,
        started: wall(row.get(5)?, row.get(6)?),
        ended: wall(row.get(7)?, row.get(8)?),
        outcome: match outcome.as_str() {
            "finished" => Outcome::Finished,
            "ended_early" => Outcome::EndedEarly,
            "interrupted" => Outcome::Interrupted,
            _ => return Err(Trouble::Unreadable),
        },
        planned: time(row.get(10)?)?,
        actual: time(row.get(11)?)?,
        paused: time(row.get(12)?)?,
        prompts: Prompts::from_word(&prompts).ok_or(Trouble::Unreadable)?,
        note: row.get(14)?,
        reason: reason.as_deref().and_then(Reason::from_word),
        felt: felt.map(|words| words.split(' ').filter_map(Felt::from_word).collect()),
    })
}
