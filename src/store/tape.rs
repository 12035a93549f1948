//! A session as it is recorded, whole and in memory: what led to where it
//! stands, and how much of that the file has. It knows no file.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::heard::Heard;
use super::wall::Wall;
use super::words::{Checklists, Kind, Prompts};
use super::{SessionKey, Step};
use crate::plan::{Plan, Speed, StepId};
use crate::routine::Aftercare;
use crate::session::{Command, CueId, Input, InputKind, Outcome, Position, Record, Session, State};

/// What is known of a session before it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The routine's file stem in the library.
    pub stem: String,
    /// The routine's own file, as the user named it; none for a shipped one.
    pub path: Option<String>,
    /// Whom it is for; a plan with a speed above 1 makes it a rehearsal.
    pub kind: Kind,
    /// The number of the first step, if not the routine's first.
    pub from: Option<usize>,
    /// How much the program tells.
    pub prompts: Prompts,
    /// What became of the checklists.
    pub checklists: Checklists,
    /// The steps that the user took out before the start.
    pub left_out: Vec<Step>,
    /// The routine's card for the client, for when the routine's file is gone.
    pub aftercare: Option<Aftercare>,
}

impl Meta {
    /// A practice session of the whole routine with that file stem.
    #[must_use]
    pub fn of(stem: impl Into<String>) -> Self {
        Self {
            stem: stem.into(),
            path: None,
            kind: Kind::Practice,
            from: None,
            prompts: Prompts::Full,
            checklists: Checklists::Skipped,
            left_out: Vec::new(),
            aftercare: None,
        }
    }
}

/// Which session time was which time on the wall; holds until the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) at: Duration,
    pub(super) wall: Wall,
}

/// Where a session goes on whose inputs can't be replayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Base {
    pub(super) position: Position,
    pub(super) records: BTreeMap<StepId, Record>,
    /// The seq of the first input after it.
    pub(super) seq: u64,
}

/// Where the fold begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Start {
    /// At get-ready, on the first plan.
    Ready,
    /// Where the session stood.
    From(Box<Base>, Arc<Plan>),
}

/// All of a session.
#[derive(Debug, Clone)]
pub(super) struct Tape {
    pub(super) key: SessionKey,
    pub(super) meta: Meta,
    /// The plan at the start.
    pub(super) plan: Arc<Plan>,
    pub(super) start: Start,
    pub(super) inputs: Vec<Input>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) fates: Vec<(CueId, Heard)>,
    /// The fold of the inputs, no later than the last of them.
    pub(super) session: Session,
}

impl Tape {
    pub(super) fn new(key: SessionKey, meta: Meta, plan: Arc<Plan>) -> Self {
        let kind = if plan.speed > Speed::REAL {
            Kind::Rehearsal
        } else {
            meta.kind
        };
        Self {
            key,
            meta: Meta { kind, ..meta },
            session: Session::new(Arc::clone(&plan)),
            plan,
            start: Start::Ready,
            inputs: Vec::new(),
            anchors: Vec::new(),
            fates: Vec::new(),
        }
    }

    /// Folds what is on it once more; none if its start does not fit its plan.
    pub(super) fn fold(start: &Start, first: &Arc<Plan>, inputs: &[Input]) -> Option<Session> {
        let mut session = match start {
            Start::Ready => Session::new(Arc::clone(first)),
            Start::From(base, plan) => {
                Session::resume_at(Arc::clone(plan), &base.position, base.records.clone())?
                    .that_began_with(Arc::clone(first))
            }
        };
        for input in inputs {
            session.apply(input);
        }
        Some(session)
    }

    pub(super) fn push(&mut self, input: Input) {
        self.session.apply(&input);
        self.inputs.push(input);
    }

    /// The session as it stands at `at`.
    pub(super) fn at(&self, at: Duration) -> Session {
        let mut session = self.session.clone();
        session.apply(&Input {
            seq: self.next_seq(),
            at,
            kind: InputKind::Advance,
        });
        session
    }

    /// The inputs without a last one that only kept the session for later.
    pub(super) fn worked(&self) -> &[Input] {
        match self.inputs.split_last() {
            Some((last, before)) if last.kind == InputKind::Command(Command::Keep) => before,
            _ => &self.inputs,
        }
    }

    pub(super) fn next_seq(&self) -> u64 {
        self.seq_after(self.inputs.len())
    }

    /// The number of the input that comes after the first so many.
    pub(super) fn seq_after(&self, inputs: usize) -> u64 {
        let base = match &self.start {
            Start::Ready => 0,
            Start::From(base, _) => base.seq,
        };
        let known = self.inputs.get(..inputs).unwrap_or(&self.inputs);
        known
            .last()
            .map_or(base, |input| input.seq.saturating_add(1))
    }

    /// When that was, on the wall.
    pub(super) fn wall(&self, at: Duration) -> Option<Wall> {
        let anchor = self
            .anchors
            .iter()
            .rev()
            .find(|anchor| anchor.at <= at)
            .or(self.anchors.first())?;
        Some(anchor.wall.after(at.saturating_sub(anchor.at)))
    }
}

/// How a session ended, if it has.
pub(super) const fn outcome(session: &Session) -> Option<(Outcome, Duration)> {
    match session.state() {
        State::Finished { at } => Some((Outcome::Finished, *at)),
        State::Left { at, outcome } => Some((*outcome, *at)),
        _ => None,
    }
}
