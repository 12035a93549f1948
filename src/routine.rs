//! The routine as its author means it: phases, steps and transitions, valid by
//! construction. What stands here has passed every check of
//! `routines/README.md`; it knows no file, clock or screen.

pub mod anatomy;
pub mod build;
pub mod disguise;
pub mod fault;
mod file;
mod inspect;
pub(crate) mod meant;
pub(crate) mod measure;
pub(crate) mod placeholder;
pub mod read;
mod refused;
mod salvage;
pub(crate) mod shape;
mod slip;
pub mod text;
pub mod time;
pub mod vocabulary;
pub(crate) mod written;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::cue::Cue;
use crate::document::Place;
use vocabulary::{Level, Position, Pressure, Region, Side, Stance, TransitionKind, With, Working};

/// The newest routine format that this program reads.
pub const FORMAT: u32 = 1;
/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// The most steps that a routine may have once everything is expanded.
pub const MAX_STEPS: usize = 10_000;
/// How deep `BothSides`, `Repeat` and `Use` may nest.
pub const MAX_NESTING: usize = 16;
/// The longest text, in characters.
pub const MAX_TEXT: usize = 500;
/// The most times that `Repeat` may repeat.
pub const MAX_REPEAT: u32 = 99;
/// The warning before a shift, unless a routine says otherwise.
pub const DEFAULT_PREPARE: Duration = Duration::from_secs(10);

/// A whole routine, as written: nothing is expanded yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    /// What the library lists.
    pub name: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// What it is for, in the author's words.
    pub description: Option<String>,
    /// How much training it asks for.
    pub level: Option<Level>,
    /// How long it is meant to last; the true sum may differ (a warning).
    pub length: Option<Duration>,
    /// How long before a shift the warning falls; zero for none.
    pub prepare: Duration,
    /// Named lists of items, in the file's order.
    pub sequences: Vec<Sequence>,
    /// The phases, in order.
    pub phases: Vec<PhaseItem>,
    /// Lines added to the list of the room.
    pub preparation: Vec<String>,
    /// Questions added to the intake.
    pub contraindications: Vec<String>,
    /// Lines added to what one checks before stepping up.
    pub self_check: Vec<String>,
    /// The client's card.
    pub aftercare: Aftercare,
}

/// A list of items that is written once and used by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The name in `Use("name")`.
    pub name: String,
    /// What it stands for.
    pub items: Vec<Item>,
    /// Where it is written.
    pub place: Place,
}

/// What may stand in `phases`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhaseItem {
    /// One phase.
    Phase(Phase),
    /// Phases worked on one side of the client, then mirrored on the other.
    BothSides(Vec<PhaseItem>, Place),
}

/// A stretch of a session in one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Shown above the timeline.
    pub name: String,
    /// How the client lies.
    pub position: Position,
    /// Default for its steps.
    pub stance: Option<Stance>,
    /// Default for its steps.
    pub with: Option<With>,
    /// Default for its steps.
    pub pressure: Option<Pressure>,
    /// What is done, in order.
    pub items: Vec<Item>,
    /// Where it is written.
    pub place: Place,
}

/// What may stand in a list of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A stroke.
    Step(Step),
    /// What happens between strokes.
    Transition(Transition),
    /// A list worked on one side, then mirrored on the other.
    BothSides(Vec<Item>, Place),
    /// A list worked several times.
    Repeat(u32, Vec<Item>, Place),
    /// A sequence, by its index in [`Routine::sequences`].
    Use(usize, Place),
}

/// A stroke, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The stroke's name.
    pub stroke: String,
    /// Where on the client.
    pub region: Region,
    /// The region that the stroke glides to.
    pub toward: Option<Region>,
    /// What of the foot or hand touches.
    pub with: Option<With>,
    /// How the therapist stands.
    pub stance: Option<Stance>,
    /// How deep.
    pub pressure: Option<Pressure>,
    /// How long one stroke takes, for the breath pacer.
    pub pace: Option<Duration>,
    /// What steps and transitions share.
    pub common: Common,
}

/// A transition, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// What happens.
    pub kind: TransitionKind,
    /// What steps and transitions share.
    pub common: Common,
}

/// What steps and transitions share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    /// How long; above zero.
    pub time: Duration,
    /// The shortest it may become to fit; at most `time`.
    pub min: Duration,
    /// The longest it may become to fit; at least `time`.
    pub max: Duration,
    /// Whether it moves on by itself.
    pub ends: Ends,
    /// Which side of the client.
    pub side: Option<Side>,
    /// Which of the therapist's feet or hands.
    pub working: Option<Working>,
    /// One line, shown and spoken; placeholders not yet filled.
    pub cue: Option<String>,
    /// Coaching, shown small; placeholders not yet filled.
    pub note: Option<String>,
    /// What replaces the sound that opens the step.
    pub sound: Option<Sound>,
    /// Where it is written.
    pub place: Place,
}

/// Whether a step ends by its time or waits for the therapist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Ends {
    /// When its time is up.
    ByTime,
    /// When the therapist says that she is ready (`hold: true`).
    WhenReady,
}

/// A sound that opens a step instead of the usual one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sound {
    /// One of the nine.
    Cue(Cue),
    /// A file, relative to the routine's own folder.
    File(String),
}

/// The client's card: what to do and not to do afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Aftercare {
    /// For how many hours it holds.
    pub for_hours: u32,
    /// What does good.
    pub recommend: Vec<String>,
    /// What to leave.
    pub avoid: Vec<String>,
    /// What to be careful with.
    pub caution: Vec<String>,
    /// The therapist's own words.
    pub note: String,
}

impl Default for Aftercare {
    /// The card of every routine that does not write its own. The lists of
    /// what to do and not to do are the founding document's; the cautions are
    /// from the FDA's warning of 2012 on burns with menthol rubs and from
    /// common advice on when to see a doctor.
    fn default() -> Self {
        let owned = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
        Self {
            for_hours: 24,
            recommend: owned(&[
                "Drink lots of water.",
                "Do gentle stretches.",
                "Treat yourself with a nice hot shower or sit in a sauna.",
                "Use Biofreeze on the lower lumbar area as needed.",
            ]),
            avoid: owned(&[
                "Lift heavy objects, even a child over 35 lb (about 16 kg).",
                "Do sports with rough contact or that twist the back muscles.",
                "Sit for long in a hard chair.",
                "Drink heavy alcohol.",
            ]),
            caution: owned(&[
                "No heat (shower, sauna, heating pad) on skin with Biofreeze, and no Biofreeze on broken skin.",
                "No sauna when dizzy, or with a heart or blood-pressure condition.",
                "Sit up and stand up slowly.",
                "See a doctor for pain that is severe or grows, numbness, weakness, a swollen calf or dark urine.",
            ]),
            note: "Treat yourself with love, and hold off on anything strenuous for at least 24 hours."
                .to_owned(),
        }
    }
}
