//! The format as a table: which blocks there are, what their fields are called, what kind of value each
//! takes and which must be there. It describes; others read by it.

use super::text::{Match, closest};
use super::vocabulary::{
    Level, Position, Pressure, Region, Side, Stance, TransitionKind, With, Working,
};

/// A block with named fields: `Step(...)`.
#[derive(Debug)]
pub(crate) struct Block {
    /// As a file writes it.
    pub(crate) name: &'static str,
    /// As a message calls it.
    pub(crate) thing: &'static str,
    /// Its fields, in the order in which they are taught.
    pub(crate) fields: &'static [Field],
}

/// A field of a block.
#[derive(Debug)]
pub(crate) struct Field {
    /// As a file writes it.
    pub(crate) name: &'static str,
    /// What its value is.
    pub(crate) kind: Kind,
    /// Whether it may be left out.
    pub(crate) need: Need,
    /// A value as it might stand there.
    pub(crate) example: &'static str,
    /// What else people call it.
    pub(crate) aliases: &'static [&'static str],
}

/// Whether a field may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
}

/// What kind of value a field takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A whole number, not negative.
    Whole,
    /// `true` or `false`.
    Truth,
    /// Any text in quotes.
    Text,
    /// A time in quotes.
    Time,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of phases.
    Phases,
    /// A list of steps.
    Steps,
    /// Lists of steps by name.
    Sequences,
    /// The card's block.
    Aftercare,
}

/// The words of [`Kind::Truth`].
pub(crate) const TRUTH: &[&str] = &["true", "false"];

/// What may stand in `phases`.
pub(crate) const PHASE_ENTRIES: &[&str] = &["Phase", "BothSides"];
/// What may stand in `steps`.
pub(crate) const STEP_ENTRIES: &[&str] = &["Step", "Transition", "BothSides", "Repeat", "Use"];

const fn required(name: &'static str, kind: Kind, example: &'static str) -> Field {
    Field {
        name,
        kind,
        need: Need::Required,
        example,
        aliases: &[],
    }
}

const fn optional(name: &'static str, kind: Kind, example: &'static str) -> Field {
    Field {
        need: Need::Optional,
        ..required(name, kind, example)
    }
}

impl Field {
    const fn also(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }
}

/// The whole file.
pub(crate) static ROUTINE: Block = Block {
    name: "Routine",
    thing: "routine",
    fields: &[
        required("format", Kind::Whole, "1").also(&["version"]),
        required("name", Kind::Text, "\"Back basics\"").also(&["title"]),
        optional("author", Kind::Text, "\"Mika\"").also(&["by"]),
        optional("description", Kind::Text, "\"A first prone sequence.\"")
            .also(&["about", "notes"]),
        optional("level", Kind::Word(Level::WORDS), "Beginner").also(&["difficulty"]),
        optional("length", Kind::Time, "\"20m\"").also(&["duration", "time", "total"]),
        optional("prepare", Kind::Time, "\"10s\"").also(&["warning"]),
        optional("sequences", Kind::Sequences, "{ \"warm-up\": [ ... ] }"),
        required("phases", Kind::Phases, "[ Phase( ... ) ]").also(&["steps"]),
        optional("preparation", Kind::Texts, "[\"Table at its lowest\"]"),
        optional("contraindications", Kind::Texts, "[\"Fever\"]"),
        optional("self_check", Kind::Texts, "[\"No rings or anklets\"]"),
        optional("aftercare", Kind::Aftercare, "Aftercare(for_hours: 24)"),
    ],
};

/// The client's card.
pub(crate) static AFTERCARE: Block = Block {
    name: "Aftercare",
    thing: "aftercare",
    fields: &[
        optional("for_hours", Kind::Whole, "24").also(&["hours"]),
        optional("recommend", Kind::Texts, "[\"Drink lots of water\"]").also(&["do"]),
        optional("avoid", Kind::Texts, "[\"Lifting anything heavy\"]").also(&["dont", "do_not"]),
        optional(
            "caution",
            Kind::Texts,
            "[\"Pain that grows: call a doctor\"]",
        )
        .also(&["warning"]),
        optional("note", Kind::Text, "\"Treat yourself with love.\"").also(&["text"]),
    ],
};

/// A stretch in one position.
pub(crate) static PHASE: Block = Block {
    name: "Phase",
    thing: "phase",
    fields: &[
        required("name", Kind::Text, "\"Back\"").also(&["title"]),
        required("position", Kind::Word(Position::WORDS), "Prone").also(&["lying"]),
        optional("stance", STANCE, "OneFoot").also(&["standing"]),
        optional("with", WITH, "Sole").also(&["using", "tool"]),
        optional("pressure", PRESSURE, "Medium").also(&["depth"]),
        required("steps", Kind::Steps, "[ ... ]").also(&["items", "strokes"]),
    ],
};

/// A stroke.
pub(crate) static STEP: Block = Block {
    name: "Step",
    thing: "step",
    fields: &[
        required("stroke", Kind::Text, "\"Effleurage\"").also(&["name", "title"]),
        required("region", REGION, "MidBack").also(&["area", "part", "where", "on"]),
        required("time", Kind::Time, "\"2m 30s\"").also(TIME_ALIASES),
        SIDE,
        optional("toward", REGION, "Shoulders").also(&["to", "towards"]),
        optional("with", WITH, "Sole").also(&["using", "tool"]),
        WORKING,
        optional("stance", STANCE, "OneFoot").also(&["standing"]),
        optional("pressure", PRESSURE, "Medium").also(&["depth"]),
        optional("pace", Kind::Time, "\"8s\"").also(&["breath", "tempo"]),
        CUE,
        NOTE,
        SOUND,
        MIN,
        MAX,
        HOLD,
    ],
};

/// What happens between strokes.
pub(crate) static TRANSITION: Block = Block {
    name: "Transition",
    thing: "transition",
    fields: &[
        required("kind", Kind::Word(TransitionKind::WORDS), "Mount").also(&["type", "name"]),
        required("time", Kind::Time, "\"30s\"").also(TIME_ALIASES),
        SIDE,
        WORKING,
        CUE,
        NOTE,
        SOUND,
        MIN,
        MAX,
        HOLD,
    ],
};

const REGION: Kind = Kind::Word(Region::WORDS);
const STANCE: Kind = Kind::Word(Stance::WORDS);
const WITH: Kind = Kind::Word(With::WORDS);
const PRESSURE: Kind = Kind::Word(Pressure::WORDS);
const TIME_ALIASES: &[&str] = &["duration", "length", "minutes", "seconds", "for"];
const SIDE: Field = optional("side", Kind::Word(Side::WORDS), "Left");
const WORKING: Field =
    optional("working", Kind::Word(Working::WORDS), "Left").also(&["foot", "hand"]);
const CUE: Field = optional("cue", Kind::Text, "\"Slow glide to the shoulders\"").also(&["say"]);
const NOTE: Field = optional("note", Kind::Text, "\"Never on the spine.\"").also(&["notes"]);
const SOUND: Field = optional("sound", Kind::Text, "\"shift\"").also(&["audio"]);
const MIN: Field = optional("min", Kind::Time, "\"1m\"").also(&["minimum", "shortest"]);
const MAX: Field = optional("max", Kind::Time, "\"3m\"").also(&["maximum", "longest"]);
const HOLD: Field = optional("hold", Kind::Truth, "true").also(&["wait"]);

impl Block {
    /// The field of exactly this name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that was most likely meant by a name that is none, of those that `free` leaves.
    pub(crate) fn meant(
        &self,
        found: &str,
        free: impl Fn(&Field) -> bool,
    ) -> Option<(&'static Field, Match)> {
        let fields = || self.fields.iter().filter(|field| free(field));
        let lower = found.to_lowercase();
        let alias = fields().find(|field| field.aliases.contains(&lower.as_str()));
        if let Some(field) = alias {
            return Some((field, Match::Likely));
        }
        let (name, certainty) = closest(found, fields().map(|field| field.name))?;
        Some((self.field(name)?, certainty))
    }
}

/// The block that a word before a bracket names.
pub(crate) fn block(name: &str) -> Option<&'static Block> {
    [&STEP, &TRANSITION, &PHASE, &ROUTINE, &AFTERCARE]
        .into_iter()
        .find(|block| block.name == name)
}

/// The list that a sequence's name stands for, as if it were a field.
pub(crate) static SEQUENCE: Field = required("a sequence", Kind::Steps, "[ ... ]");

/// All words that may stand in one list or another.
pub(crate) fn all_entries() -> impl Iterator<Item = &'static str> {
    PHASE_ENTRIES.iter().chain(STEP_ENTRIES).copied()
}

/// Which words may stand in the list of a kind.
pub(crate) const fn entries(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Phases => PHASE_ENTRIES,
        _ => STEP_ENTRIES,
    }
}
