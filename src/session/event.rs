//! What happens in a session, each event with its own time: however the time
//! was cut into inputs, the events are the same.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Outcome, PauseBy};
use crate::cue::Cue;
use crate::plan::StepId;

/// What names a cue for good, also before it falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CueId {
    /// Goes up with everything that may change what falls due.
    pub epoch: u32,
    /// Counts within the epoch.
    pub n: u32,
}

/// A cue and when it is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueCue {
    /// Its name for good.
    pub id: CueId,
    /// What it means.
    pub cue: Cue,
    /// When, in session time.
    pub at: Duration,
    /// The step that it belongs to; none in get-ready and at the finish.
    pub step: Option<StepId>,
    /// Whether it was foreseen.
    pub manner: Manner,
}

/// Why a cue sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Manner {
    /// Its time has come.
    Scheduled,
    /// A press asked for it: it sounds at once, what still sounds fades.
    Pressed,
}

/// How a visit to a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Close {
    /// Its time was up.
    ByTime,
    /// Next, with time remaining.
    Skipped,
    /// Next or ready, with its time used up.
    Done,
    /// The therapist went back or took a move back.
    LeftBehind,
    /// The session ended in it.
    SessionEnded,
}

/// What a fit came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FitResult {
    /// To the millisecond.
    Met,
    /// Even at its shortest, this much too long.
    StillLong(Duration),
    /// Even at its longest, this much too short.
    StillShort(Duration),
}

/// What was or can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Undone {
    /// Next.
    Next,
    /// Back.
    Back,
    /// Ready.
    Ready,
    /// 30 s more.
    More,
    /// 30 s less.
    Less,
    /// The same for the other side.
    Even,
    /// Linger.
    Linger,
    /// Fit.
    Fit,
}

impl fmt::Display for Undone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Next => "next",
            Self::Back => "back",
            Self::Ready => "ready",
            Self::More => "more time",
            Self::Less => "less time",
            Self::Even => "even",
            Self::Linger => "linger",
            Self::Fit => "fit",
        })
    }
}

/// Why a command did nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Only pause, resume and leave act before the first step.
    #[error("not before the first stroke")]
    GettingReady,
    /// It would be heard or makes no sense in a pause.
    #[error("paused")]
    Paused,
    /// Resume without a pause.
    #[error("not paused")]
    NotPaused,
    /// The session is over.
    #[error("the session is over")]
    Over,
    /// Ready where nothing waits.
    #[error("no hold here")]
    NoHold,
    /// More and less while lingering.
    #[error("lingering: no end to move")]
    Lingering,
    /// Less at five seconds.
    #[error("almost over")]
    AlmostOver,
    /// Linger on a hold.
    #[error("this step waits for you anyway")]
    WaitsAnyway,
    /// Even without a twin.
    #[error("this step has no other side")]
    NoOtherSide,
    /// Even when the twin is done.
    #[error("the other side is done")]
    OtherSideDone,
    /// Even with nothing added.
    #[error("no time added here")]
    NothingAdded,
    /// Even once more, with nothing added since.
    #[error("the other side has it already")]
    OtherSideHasIt,
    /// Even when the twin is at its longest.
    #[error("the other side has its most")]
    OtherSideFull,
    /// Nothing to take back.
    #[error("nothing to undo")]
    NothingToUndo,
    /// Fit at the last step.
    #[error("nothing left to fit")]
    NothingToFit,
    /// The step being worked is not in the revised plan.
    #[error("the changed routine lacks this step; the old plan goes on")]
    StepGone,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A step begins, or begins again.
    Opened {
        /// Which.
        step: StepId,
        /// When.
        at: Duration,
    },
    /// A visit to a step is over.
    Closed {
        /// Which.
        step: StepId,
        /// When.
        at: Duration,
        /// How long it was worked in this visit.
        worked: Duration,
        /// How much of that it waited, as a hold whose time was up.
        waited: Duration,
        /// How it ended.
        how: Close,
    },
    /// A hold's time is up: it waits from now on.
    TimeUp {
        /// Which.
        step: StepId,
        /// When.
        at: Duration,
    },
    /// A pause begins.
    Paused {
        /// When.
        at: Duration,
        /// What caused it.
        by: PauseBy,
    },
    /// A pause is over.
    Resumed {
        /// When.
        at: Duration,
        /// How long it was, in real time.
        paused_for: Duration,
    },
    /// The current step's time was changed.
    Retimed {
        /// Which.
        step: StepId,
        /// When.
        at: Duration,
        /// What is left of it now.
        left: Duration,
    },
    /// The current step has no end any more.
    Lingering {
        /// Which.
        step: StepId,
        /// When.
        at: Duration,
    },
    /// The other side was given the same.
    Evened {
        /// The step on the other side.
        step: StepId,
        /// When.
        at: Duration,
        /// How long it will last.
        time: Duration,
    },
    /// What follows was fitted.
    Fitted {
        /// When.
        at: Duration,
        /// How near it came.
        result: FitResult,
    },
    /// Something was taken back.
    Undone {
        /// What.
        what: Undone,
        /// When.
        at: Duration,
    },
    /// A revised plan is followed from now on.
    Revised {
        /// Its revision.
        revision: u32,
        /// When.
        at: Duration,
    },
    /// The last step is over.
    Finished {
        /// When.
        at: Duration,
    },
    /// The therapist left before that.
    Left {
        /// When.
        at: Duration,
        /// In which way.
        outcome: Outcome,
    },
    /// A command did nothing.
    Refused {
        /// When.
        at: Duration,
        /// Why.
        why: Refusal,
    },
    /// A cue falls due.
    Cue(DueCue),
    /// Every cue of an earlier epoch that has not fallen due is cancelled.
    CuesCancelled {
        /// The epoch from now on.
        epoch: u32,
    },
}
