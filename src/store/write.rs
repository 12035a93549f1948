//! A session's tape into the file: only what the file lacks, and all of that
//! or nothing.

use std::hash::Hasher;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::heard::{Heard, Silence, Timing};
use super::rows::{self, LoggedCue, Rows};
use super::tape::{Start, Tape, outcome};
use super::trouble::Trouble;
use super::wall::Wall;
use super::words::Kind;
use crate::cue::Cue;
use crate::plan::Plan;
use crate::session::{Command, InputKind, Outcome, Session};

/// How far the file has a tape.
#[derive(Debug, Clone, Default)]
pub(super) struct Mark {
    inputs: usize,
    anchors: usize,
    fates: usize,
    /// What the file has of the steps so far.
    records: String,
    /// The outcome that stands in the file.
    over: Option<(Outcome, Duration)>,
    holds: Holds,
}

/// What the file may have of the session beyond its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Holds {
    /// Nothing.
    #[default]
    Nothing,
    /// It was not this program that put the file there.
    Anything,
}

impl Mark {
    /// Of a tape that was read from the file.
    pub(super) fn of_stored(tape: &Tape) -> Self {
        Self {
            inputs: tape.inputs.len(),
            anchors: tape.anchors.len(),
            fates: tape.fates.len(),
            ..Self::default()
        }
    }

    /// Of a file that somebody put in the place of the one that was written.
    pub(super) fn of_another_file() -> Self {
        Self {
            holds: Holds::Anything,
            ..Self::default()
        }
    }

    /// Whether the file has all of a session that is over.
    pub(super) fn is_final(&self, tape: &Tape) -> bool {
        self.over.is_some()
            && self.inputs == tape.inputs.len()
            && self.anchors == tape.anchors.len()
            && self.fates == tape.fates.len()
    }

    /// Whether the file has nothing of the tape yet.
    pub(super) const fn is_empty(&self) -> bool {
        self.records.is_empty() && self.over.is_none()
    }

    /// Whether the file lacks what became of a cue.
    pub(super) const fn lacks_cues(&self, tape: &Tape) -> bool {
        self.fates < tape.fates.len()
    }

    /// Whether the file lacks something that somebody did.
    pub(super) const fn lacks_inputs(&self, tape: &Tape) -> bool {
        self.inputs < tape.inputs.len() || self.anchors < tape.anchors.len()
    }
}

/// How an input is stored; a revised plan stands beside it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Told {
    Command(Command),
    Slept,
    PlanRevised,
    Advance,
}

/// How a cue is stored: its word, when it was due in milliseconds, the offset
/// then, 1 if it was heard, and when or why not; a version before wrote the
/// first four.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredCue(
    Cue,
    Option<i64>,
    i32,
    u8,
    #[serde(default)] Option<Timing>,
    #[serde(default)] Option<Silence>,
);

impl From<&LoggedCue> for StoredCue {
    fn from(cue: &LoggedCue) -> Self {
        let heard = u8::from(cue.heard.is_yes());
        let (timing, silence) = (cue.heard.timing(), cue.heard.silence());
        let (ms, offset_s) = match cue.at {
            Some(Wall { ms, offset_s }) => (Some(ms), offset_s),
            None => (None, 0),
        };
        Self(cue.cue, ms, offset_s, heard, timing, silence)
    }
}

impl From<StoredCue> for LoggedCue {
    fn from(StoredCue(cue, ms, offset_s, heard, timing, silence): StoredCue) -> Self {
        Self {
            cue,
            at: ms.map(|ms| Wall { ms, offset_s }),
            heard: if heard == 0 {
                Heard::No(silence)
            } else {
                Heard::Yes(timing)
            },
        }
    }
}

/// A span in the file, in nanoseconds: up to 292 years.
pub(super) fn nanos(time: Duration) -> i64 {
    i64::try_from(time.as_nanos()).unwrap_or(i64::MAX)
}

/// Brings the file up to `tape` as it stands at `at`, in one transaction.
pub(super) fn keep(
    connection: &mut Connection,
    tape: &Tape,
    mark: &mut Mark,
    at: Duration,
) -> Result<(), Trouble> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut next = mark.clone();
    if !known(&change, tape)? {
        next = Mark::default();
        begin(&change, tape)?;
    } else if mark.holds == Holds::Anything {
        next = Mark::default();
        begin_again(&change, tape)?;
    }
    append(&change, tape, &mut next)?;
    let session = tape.at(at);
    match outcome(&session) {
        Some(over) if next.over == Some(over) && next.fates == mark.fates => {}
        Some(over) => {
            let (how, at) = over;
            let rows = rows::rows(tape, &session, at);
            log(&change, tape, how, &rows)?;
            if how == Outcome::Interrupted {
                if let Some(kept) = Tape::fold(&tape.start, &tape.plan, tape.worked()) {
                    stand(&change, tape, &mut next, &kept, at)?;
                }
            } else {
                forget(&change, tape)?;
            }
            next.over = Some(over);
        }
        None => {
            if next.over.take().is_some() {
                reopen(&change, tape)?;
            }
            stand(&change, tape, &mut next, &session, at)?;
        }
    }
    change.commit()?;
    *mark = next;
    Ok(())
}

fn known(change: &Transaction<'_>, tape: &Tape) -> Result<bool, Trouble> {
    let mut find = change.prepare_cached("SELECT 1 FROM session WHERE id = ?1")?;
    Ok(find.exists([tape.key.0])?)
}

fn begin(change: &Transaction<'_>, tape: &Tape) -> Result<(), Trouble> {
    let meta = &tape.meta;
    let plan = plan_id(change, &tape.plan)?;
    let aftercare = meta.aftercare.as_ref().map(serde_json::to_string);
    let (base, base_plan) = match &tape.start {
        Start::Ready => (None, None),
        Start::From(base, plan) => (
            Some(serde_json::to_string(base)?),
            Some(plan_id(change, plan)?),
        ),
    };
    change.execute(
        "INSERT INTO session (id, engine, program, routine, stem, path, kind, speed, from_step, \
         prompts, checklists, left_out, aftercare, plan, base, base_plan) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        params![
            tape.key.0,
            crate::session::ENGINE,
            env!("CARGO_PKG_VERSION"),
            tape.plan.name,
            meta.stem,
            meta.path,
            meta.kind.word(),
            u32::from(tape.plan.speed),
            meta.from.and_then(|from| i64::try_from(from).ok()),
            meta.prompts.word(),
            meta.checklists.word(),
            serde_json::to_string(&meta.left_out)?,
            aftercare.transpose()?,
            plan,
            base,
            base_plan,
        ],
    )?;
    Ok(())
}

/// All of the session is written anew; what was said of it later stays.
fn begin_again(change: &Transaction<'_>, tape: &Tape) -> Result<(), Trouble> {
    for table in ["input", "beat", "progress", "anchor", "fate", "detail"] {
        change.execute(
            &format!("DELETE FROM {table} WHERE session = ?1"),
            [tape.key.0],
        )?;
    }
    reopen(change, tape)
}

/// The session goes on: what only held for its end goes.
fn reopen(change: &Transaction<'_>, tape: &Tape) -> Result<(), Trouble> {
    change.execute(
        "UPDATE session SET outcome = NULL, aftercare = ?2 WHERE id = ?1",
        params![
            tape.key.0,
            tape.meta
                .aftercare
                .as_ref()
                .map(serde_json::to_string)
                .transpose()?
        ],
    )?;
    change.execute("DELETE FROM worked WHERE session = ?1", [tape.key.0])?;
    Ok(())
}

/// A session that was interrupted goes on by `tape`: its outcome goes, and
/// the input that kept it for later; rules that have changed leave only its
/// place.
pub(super) fn go_on(connection: &mut Connection, tape: &Tape, mark: &Mark) -> Result<(), Trouble> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if !known(&change, tape)? {
        return Err(Trouble::Gone);
    }
    reopen(&change, tape)?;
    let key = tape.key.0;
    if let Start::From(base, plan) = &tape.start {
        let plan = plan_id(&change, plan)?;
        change.execute(
            "UPDATE session SET engine = ?2, base = ?3, base_plan = ?4 WHERE id = ?1",
            params![
                key,
                crate::session::ENGINE,
                serde_json::to_string(base)?,
                plan
            ],
        )?;
    }
    // More may have come already than the file is to keep.
    let kept = mark.inputs.min(tape.inputs.len());
    let next = tape.seq_after(kept);
    let first = tape.inputs.first().filter(|_| kept > 0);
    let first = first.map_or(next, |input| input.seq);
    change.execute(
        "DELETE FROM input WHERE session = ?1 AND (seq >= ?2 OR seq < ?3)",
        params![key, seq(next), seq(first)],
    )?;
    Ok(change.commit()?)
}

fn seq(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

/// What the file lacks of what came in.
fn append(change: &Transaction<'_>, tape: &Tape, mark: &mut Mark) -> Result<(), Trouble> {
    let key = tape.key.0;
    for input in tape.inputs.iter().skip(mark.inputs) {
        let (told, plan) = match &input.kind {
            InputKind::Command(command) => (Told::Command(*command), None),
            InputKind::Slept => (Told::Slept, None),
            InputKind::PlanRevised(plan) => (Told::PlanRevised, Some(plan_id(change, plan)?)),
            InputKind::Advance => (Told::Advance, None),
        };
        change
            .prepare_cached(
                "INSERT INTO input (session, seq, at, what, plan) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                key,
                seq(input.seq),
                nanos(input.at),
                serde_json::to_string(&told)?,
                plan
            ])?;
    }
    mark.inputs = tape.inputs.len();
    for (n, anchor) in tape.anchors.iter().enumerate().skip(mark.anchors) {
        change
            .prepare_cached(
                "INSERT INTO anchor (session, n, at, wall_ms, offset_s) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                key,
                i64::try_from(n).unwrap_or(i64::MAX),
                nanos(anchor.at),
                anchor.wall.ms,
                anchor.wall.offset_s
            ])?;
    }
    mark.anchors = tape.anchors.len();
    for (id, heard) in tape.fates.iter().skip(mark.fates) {
        change
            .prepare_cached(
                "INSERT OR REPLACE INTO fate (session, epoch, n, heard, taken, onset, why) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                key,
                id.epoch,
                id.n,
                i64::from(heard.is_yes()),
                heard.timing().map(|timing| timing.taken),
                heard.timing().map(|timing| timing.onset),
                heard.silence().map(Silence::word),
            ])?;
    }
    mark.fates = tape.fates.len();
    Ok(())
}

/// Where a session that can be resumed stands.
fn stand(
    change: &Transaction<'_>,
    tape: &Tape,
    mark: &mut Mark,
    session: &Session,
    at: Duration,
) -> Result<(), Trouble> {
    let position = session.position(at);
    let position = position.as_ref().map(serde_json::to_string).transpose()?;
    change
        .prepare_cached(
            "INSERT INTO beat (session, at, position) VALUES (?1, ?2, ?3) \
             ON CONFLICT (session) DO UPDATE SET at = excluded.at, position = excluded.position",
        )?
        .execute(params![tape.key.0, nanos(at), position])?;
    let records = serde_json::to_string(session.records())?;
    if records != mark.records {
        change
            .prepare_cached(
                "INSERT INTO progress (session, records) VALUES (?1, ?2) \
                 ON CONFLICT (session) DO UPDATE SET records = excluded.records",
            )?
            .execute(params![tape.key.0, records])?;
        mark.records = records;
    }
    Ok(())
}

/// What only a session that can still be resumed needs.
fn forget(change: &Transaction<'_>, tape: &Tape) -> Result<(), Trouble> {
    for table in ["beat", "progress"] {
        change.execute(
            &format!("DELETE FROM {table} WHERE session = ?1"),
            [tape.key.0],
        )?;
    }
    change.execute(
        "UPDATE session SET aftercare = NULL WHERE id = ?1",
        [tape.key.0],
    )?;
    Ok(())
}

/// Writes what the log says of the session.
pub(super) fn log(
    change: &Transaction<'_>,
    tape: &Tape,
    how: Outcome,
    rows: &Rows,
) -> Result<(), Trouble> {
    let key = tape.key.0;
    change.execute(
        "UPDATE session SET outcome = ?2, started_ms = ?3, started_s = ?4, ended_ms = ?5, \
         ended_s = ?6, planned = ?7, actual = ?8, paused = ?9 WHERE id = ?1",
        params![
            key,
            outcome_word(how),
            rows.started.map(|wall| wall.ms),
            rows.started.map(|wall| wall.offset_s),
            rows.ended.map(|wall| wall.ms),
            rows.ended.map(|wall| wall.offset_s),
            nanos(rows.planned),
            nanos(rows.actual),
            nanos(rows.paused),
        ],
    )?;
    let cues: Vec<StoredCue> = rows.cues.iter().map(StoredCue::from).collect();
    change.execute(
        "INSERT OR REPLACE INTO detail (session, steps, cues) VALUES (?1, ?2, ?3)",
        params![
            key,
            serde_json::to_string(&rows.steps)?,
            serde_json::to_string(&cues)?
        ],
    )?;
    if tape.meta.kind == Kind::Rehearsal {
        return Ok(());
    }
    let mut insert = change.prepare_cached(
        "INSERT OR REPLACE INTO worked (session, region, side, planned, actual) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for ((region, side), worked) in &rows.regions {
        insert.execute(params![
            key,
            region.word(),
            side.map_or("", crate::routine::vocabulary::Side::word),
            nanos(worked.planned),
            nanos(worked.actual),
        ])?;
    }
    Ok(())
}

/// An outcome's word in the log.
pub(super) const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Finished => "finished",
        Outcome::EndedEarly => "ended_early",
        Outcome::Interrupted => "interrupted",
    }
}

/// The id of an equal plan in the file, or of this one, put there now.
fn plan_id(change: &Transaction<'_>, plan: &Plan) -> Result<i64, Trouble> {
    let body = serde_json::to_string(plan)?;
    // Only narrows the search: any other hash would merely keep a plan twice.
    #[expect(
        deprecated,
        reason = "the one hash of the standard library that is the same each time"
    )]
    let mut hasher = std::hash::SipHasher::new();
    hasher.write(body.as_bytes());
    let hash = hasher.finish().cast_signed();
    let found: Option<i64> = change
        .query_row(
            "SELECT id FROM plan WHERE hash = ?1 AND body = ?2",
            params![hash, body],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    change.execute(
        "INSERT INTO plan (hash, body) VALUES (?1, ?2)",
        params![hash, body],
    )?;
    Ok(change.last_insert_rowid())
}
