//! The log for other programs.

use serde::Serialize;

use crate::cue::Cue;
use crate::routine::time::Seconds;
use crate::session::Outcome;
use crate::store::{Detail, Entry, Kind, LoggedCue, Step, Wall};

/// A session, its fields as `ashiatsu log --format json` names them.
#[derive(Debug, Serialize)]
pub(super) struct Session<'a> {
    id: i64,
    routine: &'a str,
    kind: Kind,
    speed: Number,
    from: Option<u32>,
    started_at: Option<String>,
    ended_at: Option<String>,
    outcome: Outcome,
    planned_s: Seconds,
    actual_s: Seconds,
    paused_s: Seconds,
    steps: Vec<Step>,
    cues: Vec<Sounded>,
}

/// A number that is written without a fraction where it has none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Number {
    Whole(u32),
    Fraction(f64),
}

#[derive(Debug, Serialize)]
struct Sounded {
    cue: Cue,
    at: Option<String>,
    heard: bool,
}

impl From<LoggedCue> for Sounded {
    fn from(cue: LoggedCue) -> Self {
        Self {
            cue: cue.cue,
            at: cue.at.map(Wall::rfc3339),
            heard: cue.heard.is_yes(),
        }
    }
}

impl<'a> Session<'a> {
    pub(super) fn new(entry: &'a Entry, detail: Detail) -> Self {
        let thousandths = u32::from(entry.speed);
        Self {
            id: entry.key.0,
            routine: &entry.routine,
            kind: entry.kind,
            speed: match thousandths % 1000 {
                0 => Number::Whole(thousandths / 1000),
                _ => Number::Fraction(entry.speed.as_f64()),
            },
            from: entry.from,
            started_at: entry.started.map(Wall::rfc3339),
            ended_at: entry.ended.map(Wall::rfc3339),
            outcome: entry.outcome,
            planned_s: Seconds(entry.planned),
            actual_s: Seconds(entry.actual),
            paused_s: Seconds(entry.paused),
            steps: detail.steps,
            cues: detail.cues.into_iter().map(Sounded::from).collect(),
        }
    }
}
