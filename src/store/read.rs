//! From the file back to a session's tape.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Row};

use super::SessionKey;
use super::heard::{Heard, Silence, Timing};
use super::tape::{Anchor, Base, Meta, Start, Tape};
use super::trouble::Trouble;
use super::wall::Wall;
use super::words::{Checklists, Kind, Prompts};
use super::write::Told;
use super::{file, lock};
use crate::plan::Plan;
use crate::session::{CueId, ENGINE, Input, InputKind, Position};

/// What is stored of a session.
pub(super) struct Stored {
    pub(super) tape: Tape,
    /// The latest moment that is known, in session time.
    pub(super) at: Duration,
}

/// A span as the file has it.
pub(super) fn time(nanos: i64) -> Result<Duration, Trouble> {
    u64::try_from(nanos)
        .map(Duration::from_nanos)
        .map_err(|_| Trouble::Unreadable)
}

struct Found {
    engine: u32,
    meta: Meta,
    plan: i64,
    base: Option<String>,
    base_plan: Option<i64>,
}

/// Reads all of a session, folded up to its last input. One that other rules
/// made is given as its last position.
pub(super) fn stored(
    connection: &Connection,
    folder: &Path,
    key: SessionKey,
) -> Result<Stored, Trouble> {
    let found = connection
        .query_row(
            "SELECT engine, stem, path, kind, from_step, prompts, checklists, left_out, aftercare, \
             plan, base, base_plan FROM session WHERE id = ?1",
            [key.0],
            found,
        )
        .optional()?
        .ok_or(Trouble::Gone)??;
    let plan = plan(connection, found.plan)?;
    let mut inputs = inputs(connection, key)?;
    let beat: Option<(i64, Option<String>)> = connection
        .query_row(
            "SELECT at, position FROM beat WHERE session = ?1",
            [key.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let last = inputs.last().map_or(Duration::ZERO, |input| input.at);
    let at = match &beat {
        Some((at, _)) => time(*at)?.max(last),
        None => last,
    };
    let at = lock::last_beat(folder, key).map_or(at, |later| later.max(at));
    let start = if found.engine == ENGINE {
        match (found.base, found.base_plan) {
            (Some(base), Some(id)) => Start::From(
                Box::new(serde_json::from_str(&base)?),
                self::plan(connection, id)?,
            ),
            _ => Start::Ready,
        }
    } else {
        let position = beat
            .and_then(|(_, position)| position)
            .ok_or(Trouble::Unreadable)?;
        let position: Position = serde_json::from_str(&position)?;
        let seq = inputs.last().map_or(0, |input| input.seq.saturating_add(1));
        let followed = followed(connection, &found, &plan, &inputs, &position)?;
        inputs.clear();
        let records: Option<String> = connection
            .query_row(
                "SELECT records FROM progress WHERE session = ?1",
                [key.0],
                |row| row.get(0),
            )
            .optional()?;
        let records = records
            .map(|text| serde_json::from_str(&text))
            .transpose()?;
        let base = Base {
            position,
            records: records.unwrap_or_default(),
            seq,
        };
        Start::From(Box::new(base), followed)
    };
    let session = Tape::fold(&start, &plan, &inputs).ok_or(Trouble::Unreadable)?;
    let tape = Tape {
        key,
        meta: found.meta,
        plan,
        start,
        inputs,
        anchors: anchors(connection, key)?,
        fates: fates(connection, key)?,
        session,
    };
    Ok(Stored { tape, at })
}

/// The plan that was followed at a position.
fn followed(
    connection: &Connection,
    found: &Found,
    first: &Arc<Plan>,
    inputs: &[Input],
    position: &Position,
) -> Result<Arc<Plan>, Trouble> {
    let revised = inputs.iter().rev().find_map(|input| match &input.kind {
        InputKind::PlanRevised(plan) if plan.revision == position.revision => Some(plan),
        _ => None,
    });
    match (revised, found.base_plan) {
        (Some(plan), _) => Ok(Arc::clone(plan)),
        (None, Some(id)) => plan(connection, id),
        (None, None) => Ok(Arc::clone(first)),
    }
}

fn found(row: &Row<'_>) -> rusqlite::Result<Result<Found, Trouble>> {
    let kind: String = row.get(3)?;
    let prompts: String = row.get(5)?;
    let checklists: String = row.get(6)?;
    let left_out: String = row.get(7)?;
    let aftercare: Option<String> = row.get(8)?;
    let meta = || -> Result<Meta, Trouble> {
        Ok(Meta {
            stem: row.get(1)?,
            path: row.get(2)?,
            kind: Kind::from_word(&kind).ok_or(Trouble::Unreadable)?,
            from: row
                .get::<_, Option<u32>>(4)?
                .and_then(|from| from.try_into().ok()),
            prompts: Prompts::from_word(&prompts).ok_or(Trouble::Unreadable)?,
            checklists: Checklists::from_word(&checklists).ok_or(Trouble::Unreadable)?,
            left_out: serde_json::from_str(&left_out)?,
            aftercare: aftercare
                .map(|text| serde_json::from_str(&text))
                .transpose()?,
        })
    };
    let meta = match meta() {
        Ok(meta) => meta,
        Err(trouble) => return Ok(Err(trouble)),
    };
    Ok(Ok(Found {
        engine: row.get(0)?,
        meta,
        plan: row.get(9)?,
        base: row.get(10)?,
        base_plan: row.get(11)?,
    }))
}

fn plan(connection: &Connection, id: i64) -> Result<Arc<Plan>, Trouble> {
    let body: Option<String> = connection
        .query_row("SELECT body FROM plan WHERE id = ?1", [id], |row| {
            row.get(0)
        })
        .optional()?;
    let plan: Plan = serde_json::from_str(&body.ok_or(Trouble::Unreadable)?)?;
    if plan.segments.is_empty() {
        return Err(Trouble::Unreadable);
    }
    Ok(Arc::new(plan))
}

fn inputs(connection: &Connection, key: SessionKey) -> Result<Vec<Input>, Trouble> {
    let mut query = connection
        .prepare_cached("SELECT seq, at, what, plan FROM input WHERE session = ?1 ORDER BY seq")?;
    let mut rows = query.query([key.0])?;
    let mut inputs = Vec::new();
    while let Some(row) = rows.next()? {
        let told: String = row.get(2)?;
        let kind = match serde_json::from_str(&told)? {
            Told::Command(command) => InputKind::Command(command),
            Told::Slept => InputKind::Slept,
            Told::Advance => InputKind::Advance,
            Told::PlanRevised => {
                let id: Option<i64> = row.get(3)?;
                InputKind::PlanRevised(plan(connection, id.ok_or(Trouble::Unreadable)?)?)
            }
        };
        inputs.push(Input {
            seq: u64::try_from(row.get::<_, i64>(0)?).map_err(|_| Trouble::Unreadable)?,
            at: time(row.get(1)?)?,
            kind,
        });
    }
    Ok(inputs)
}

fn anchors(connection: &Connection, key: SessionKey) -> Result<Vec<Anchor>, Trouble> {
    let mut query = connection
        .prepare_cached("SELECT at, wall_ms, offset_s FROM anchor WHERE session = ?1 ORDER BY n")?;
    let mut rows = query.query([key.0])?;
    let mut anchors = Vec::new();
    while let Some(row) = rows.next()? {
        anchors.push(Anchor {
            at: time(row.get(0)?)?,
            wall: Wall {
                ms: row.get(1)?,
                offset_s: row.get(2)?,
            },
        });
    }
    Ok(anchors)
}

fn fates(connection: &Connection, key: SessionKey) -> Result<Vec<(CueId, Heard)>, Trouble> {
    // A file that can only be read keeps the version it has.
    let timing = if file::version(connection)? < file::WITH_TIMING {
        "NULL, NULL, NULL"
    } else {
        "taken, onset, why"
    };
    let mut query = connection.prepare_cached(&format!(
        "SELECT epoch, n, heard, {timing} FROM fate WHERE session = ?1"
    ))?;
    let mut rows = query.query([key.0])?;
    let mut fates = Vec::new();
    while let Some(row) = rows.next()? {
        let id = CueId {
            epoch: row.get(0)?,
            n: row.get(1)?,
        };
        let (heard, why): (i64, Option<String>) = (row.get(2)?, row.get(5)?);
        let timing = || -> rusqlite::Result<Option<Timing>> {
            let (taken, onset): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
            Ok(taken
                .zip(onset)
                .map(|(taken, onset)| Timing { taken, onset }))
        };
        let heard = if heard == 0 {
            Heard::No(why.as_deref().and_then(Silence::from_word))
        } else {
            Heard::Yes(timing()?)
        };
        fates.push((id, heard));
    }
    Ok(fates)
}
