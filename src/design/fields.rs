//! What a row holds, field by field: as it is written, as it is meant, and what kind of value belongs
//! there. It reads; the edits write.

use std::ops::Range;
use std::time::Duration;

use super::rows::Container;
use super::{Design, RowKind};
use crate::document::{Node, NodeKind};
use crate::routine::fault::MAX_AFTERCARE_HOURS;
use crate::routine::text::printable;
use crate::routine::vocabulary::{
    Level, Position, Pressure, Region, Side, Stance, TransitionKind, With, Working,
};
use crate::routine::{MAX_REPEAT, shape, time};

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As the file writes it. What has no name there is called `name` (of a sequence and a `Use`) and
    /// `times` (of a `Repeat`).
    pub name: &'static str,
    /// What kind of value belongs there.
    pub kind: FieldKind,
    /// Whether it may be left out.
    pub need: Need,
    /// Whether it is the row's own.
    pub within: Within,
    /// What stands there.
    pub state: FieldState,
    /// The word that the phase says for all its steps, where the step does not say its own.
    pub inherited: Option<String>,
    /// The bytes of its value, if it is written.
    pub range: Option<Range<usize>>,
}

/// Where a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// In the row itself.
    Row,
    /// In the `Aftercare( ... )` of the routine's row, which is written with its first field.
    Aftercare,
}

/// Whether a field may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It can't be cleared.
    Required,
    /// It can.
    Optional,
}

/// What kind of value a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A span of time, in whole seconds.
    Time,
    /// A text on one line.
    Text,
    /// A text that may run over lines.
    LongText,
    /// A list of texts on one line each. It is edited line by line.
    Lines,
    /// A word of a list.
    Word(Words),
    /// A whole number in this range, both ends included.
    Number(u32, u32),
    /// Yes, or left out.
    Flag,
    /// The name of a cue, or of a sound file in the routine's folder.
    Sound,
    /// The name of a sequence that there is.
    Sequence,
}

/// The lists of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// How much training a routine asks for.
    Level,
    /// How the client lies.
    Position,
    /// A part of the client's body.
    Region,
    /// The client's side.
    Side,
    /// The therapist's own foot or hand.
    Working,
    /// What touches.
    With,
    /// How the therapist stands.
    Stance,
    /// How deep.
    Pressure,
    /// What happens between strokes.
    Kind,
}

impl Words {
    /// The words as a file writes them, in the order in which they are taught.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Level => Level::WORDS,
            Self::Position => Position::WORDS,
            Self::Region => Region::WORDS,
            Self::Side => Side::WORDS,
            Self::Working => Working::WORDS,
            Self::With => With::WORDS,
            Self::Stance => Stance::WORDS,
            Self::Pressure => Pressure::WORDS,
            Self::Kind => TransitionKind::WORDS,
        }
    }

    /// A word as people read it; none for one that is not in the list.
    #[must_use]
    pub fn human(self, word: &str) -> Option<&'static str> {
        let at = self.words().iter().position(|known| *known == word)?;
        match self {
            Self::Level => Level::ALL.get(at).map(|word| word.human()),
            Self::Position => Position::ALL.get(at).map(|word| word.human()),
            Self::Region => Region::ALL.get(at).map(|word| word.human()),
            Self::Side => Side::ALL.get(at).map(|word| word.human()),
            Self::Working => Working::ALL.get(at).map(|word| word.human()),
            Self::With => With::ALL.get(at).map(|word| word.human()),
            Self::Stance => Stance::ALL.get(at).map(|word| word.human()),
            Self::Pressure => Pressure::ALL.get(at).map(|word| word.human()),
            Self::Kind => TransitionKind::ALL.get(at).map(|word| word.human()),
        }
    }
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldState {
    /// Nothing, or `None`.
    Absent,
    /// A value of the field's kind.
    Value(Value),
    /// Something else, as it is written: a time without a unit, a word that is none.
    Unread(String),
}

/// A value as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of [`FieldKind::Time`]: whole seconds.
    Time(Duration),
    /// Of [`FieldKind::Lines`], in the file's order.
    Lines(Vec<String>),
    /// Of a text, sound or sequence. Lines end with `\n` here, whatever the file has.
    Text(String),
    /// Of [`FieldKind::Word`], as a file writes it.
    Word(String),
    /// Of [`FieldKind::Number`].
    Number(u32),
    /// Of [`FieldKind::Flag`].
    Flag(bool),
}

impl Value {
    /// As one types it: `1m 30s`, a text without its quotes, a word as a file has it.
    #[must_use]
    pub fn typed(&self) -> String {
        match self {
            Self::Time(time) => time::units(*time),
            Self::Text(text) | Self::Word(text) => text.clone(),
            Self::Lines(lines) => lines.join("\n"),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

impl Field {
    /// What stands there, as one would type it again; empty where nothing does.
    #[must_use]
    pub fn typed(&self) -> String {
        match &self.state {
            FieldState::Absent => String::new(),
            FieldState::Value(value) => value.typed(),
            FieldState::Unread(written) => written.clone(),
        }
    }
}

/// A field as the format has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spec {
    pub(super) name: &'static str,
    pub(super) kind: FieldKind,
    pub(super) need: Need,
    pub(super) within: Within,
}

/// The block within a routine's own.
pub(super) const AFTERCARE: &str = "aftercare";
/// What stands for the value without a name in `Repeat(...)`.
pub(super) const TIMES: &str = "times";
/// What stands for a sequence's name, and the one in `Use(...)`.
pub(super) const NAME: &str = "name";

/// The fields of a kind of row, in the order in which the format teaches them.
pub(super) fn specs(kind: RowKind) -> Vec<Spec> {
    let only = |name, kind| {
        vec![Spec {
            name,
            kind,
            need: Need::Required,
            within: Within::Row,
        }]
    };
    let block = match kind {
        RowKind::Routine => &shape::ROUTINE,
        RowKind::Phase => &shape::PHASE,
        RowKind::Step => &shape::STEP,
        RowKind::Transition => &shape::TRANSITION,
        RowKind::Sequence => return only(NAME, FieldKind::Text),
        RowKind::Use => return only(NAME, FieldKind::Sequence),
        RowKind::Repeat => return only(TIMES, FieldKind::Number(1, MAX_REPEAT)),
        RowKind::BothSides | RowKind::Unknown => return Vec::new(),
    };
    let of = |block: &'static shape::Block, within: Within| {
        let fields = block.fields.iter();
        fields.filter_map(move |field| {
            Some(Spec {
                name: field.name,
                kind: field_kind(field)?,
                need: match field.need {
                    shape::Need::Required => Need::Required,
                    shape::Need::Optional => Need::Optional,
                },
                within,
            })
        })
    };
    let mut known: Vec<Spec> = of(block, Within::Row).collect();
    if kind == RowKind::Routine {
        // No field of a routine's own has the name of one of these.
        known.extend(of(&shape::AFTERCARE, Within::Aftercare));
    }
    known
}

/// What kind of value a field takes; none for phases, blocks and the format's number.
fn field_kind(field: &shape::Field) -> Option<FieldKind> {
    Some(match field.kind {
        shape::Kind::Time => FieldKind::Time,
        shape::Kind::Truth => FieldKind::Flag,
        shape::Kind::Texts => FieldKind::Lines,
        shape::Kind::Whole if field.name == "for_hours" => {
            FieldKind::Number(1, MAX_AFTERCARE_HOURS)
        }
        shape::Kind::Text => match field.name {
            "note" | "description" => FieldKind::LongText,
            "sound" => FieldKind::Sound,
            _ => FieldKind::Text,
        },
        shape::Kind::Word(_) => FieldKind::Word(match field.name {
            "level" => Words::Level,
            "position" => Words::Position,
            "region" | "toward" => Words::Region,
            "side" => Words::Side,
            "working" => Words::Working,
            "with" => Words::With,
            "stance" => Words::Stance,
            "pressure" => Words::Pressure,
            "kind" => Words::Kind,
            _ => return None,
        }),
        _ => return None,
    })
}

/// What stands in a value.
pub(super) fn state(kind: FieldKind, node: Option<Node<'_>>) -> FieldState {
    let Some(node) = node.map(Node::unwrapped) else {
        return FieldState::Absent;
    };
    if node.name() == Some("None") || node.kind() == NodeKind::Missing {
        return FieldState::Absent;
    }
    let decoded = node.decoded();
    let text = || {
        decoded
            .as_ref()
            .map(|text| text.value().replace("\r\n", "\n"))
    };
    let value = match kind {
        FieldKind::Time => decoded
            .as_ref()
            .and_then(|text| time::parse(text.value()).ok())
            .map(Value::Time),
        FieldKind::Text | FieldKind::LongText | FieldKind::Sound | FieldKind::Sequence => {
            text().map(Value::Text)
        }
        FieldKind::Lines => lines(node).map(Value::Lines),
        FieldKind::Word(words) => node
            .name()
            .filter(|word| node.kind() == NodeKind::Ident && words.words().contains(word))
            .map(|word| Value::Word(word.to_owned())),
        FieldKind::Number(..) => node.text().parse().ok().map(Value::Number),
        FieldKind::Flag => match node.text() {
            "true" => Some(Value::Flag(true)),
            "false" => Some(Value::Flag(false)),
            _ => None,
        },
    };
    let unread = || match kind {
        FieldKind::Time => text().unwrap_or_else(|| node.text().to_owned()),
        _ => node.text().to_owned(),
    };
    value.map_or_else(|| FieldState::Unread(unread()), FieldState::Value)
}

/// The texts of a list; none if something else stands in it.
fn lines(node: Node<'_>) -> Option<Vec<String>> {
    let is_list = node.kind() == NodeKind::List;
    let texts = node.children().map(|line| {
        let line = line.unwrapped().decoded()?;
        Some(line.value().to_owned())
    });
    texts.collect::<Option<_>>().filter(|_| is_list)
}

impl Design {
    /// The fields of a row, in the order in which the format teaches them; none for a group without
    /// fields and for what can't be read. Behind the head's own stand those of its `aftercare`.
    #[must_use]
    pub fn fields(&self, row: usize) -> Vec<Field> {
        let Some(kind) = self.rows().get(row).map(|row| row.kind) else {
            return Vec::new();
        };
        let specs = specs(kind).into_iter();
        specs.map(|spec| self.read(row, kind, spec)).collect()
    }

    /// One field of a row.
    #[must_use]
    pub fn field(&self, row: usize, name: &str) -> Option<Field> {
        let kind = self.rows().get(row)?.kind;
        let spec = specs(kind).into_iter().find(|spec| spec.name == name)?;
        Some(self.read(row, kind, spec))
    }

    fn read(&self, row: usize, kind: RowKind, spec: Spec) -> Field {
        let node = self.value_node(row, spec.name);
        let state = state(spec.kind, node);
        let inherits = kind == RowKind::Step && state == FieldState::Absent;
        Field {
            name: spec.name,
            kind: spec.kind,
            need: spec.need,
            within: spec.within,
            inherited: inherits.then(|| self.inherited(row, spec)).flatten(),
            state,
            range: node.map(|node| node.unwrapped().range()),
        }
    }

    /// The word that the phase around a row says for all its steps.
    fn inherited(&self, row: usize, spec: Spec) -> Option<String> {
        let mut at = self.rows().get(row)?.parent?;
        while self.rows().get(at)?.kind != RowKind::Phase {
            at = self.rows().get(at)?.parent?;
        }
        let mut given = specs(RowKind::Phase).into_iter();
        given.find(|given| given.need == Need::Optional && given.name == spec.name)?;
        match state(spec.kind, self.value_node(at, spec.name)) {
            FieldState::Value(Value::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The value of a row's field as it is written.
    pub(super) fn value_node(&self, row: usize, name: &str) -> Option<Node<'_>> {
        let node = self.node(row)?;
        match self.rows().get(row)?.kind {
            RowKind::Sequence if name == NAME => node.key(),
            RowKind::Use if name == NAME => node.children().next(),
            RowKind::Repeat if name == TIMES => node.children().next(),
            RowKind::Routine if shape::AFTERCARE.field(name).is_some() => {
                node.field(AFTERCARE)?.unwrapped().field(name)
            }
            _ => node.field(name),
        }
    }

    /// What is written in a field that the row has, decoded where it is a text; cheaper than
    /// [`fields`](Self::fields) for a table of many rows.
    #[must_use]
    pub fn written(&self, row: usize, name: &str) -> Option<String> {
        let node = self.value_node(row, name)?.unwrapped();
        let decoded = node.decoded().map(|text| text.value().to_owned());
        let written = decoded.unwrap_or_else(|| node.text().to_owned());
        (node.name() != Some("None") && node.kind() != NodeKind::Missing).then_some(written)
    }

    /// What a row is called, on one line and safe to print: a stroke, a transition's kind in words, a
    /// phase's or sequence's name, a group in words. What can't be read is called as it is written.
    #[must_use]
    pub fn title(&self, row: usize) -> String {
        let Some(kind) = self.rows().get(row).map(|row| row.kind) else {
            return String::new();
        };
        let named = match kind {
            RowKind::Routine | RowKind::Sequence | RowKind::Phase | RowKind::Use => {
                self.written(row, NAME)
            }
            RowKind::Step => self.written(row, "stroke"),
            RowKind::Transition => self.written(row, "kind").map(|kind| {
                let human = Words::Kind.human(&kind);
                human.map_or(kind.clone(), str::to_owned)
            }),
            RowKind::BothSides => Some("Both sides".to_owned()),
            RowKind::Repeat => self
                .written(row, TIMES)
                .map(|times| format!("{times} times")),
            RowKind::Unknown => None,
        };
        let raw = || {
            let node = self.node(row);
            let line = node.and_then(|node| node.text().lines().next());
            line.unwrap_or("").chars().take(40).collect()
        };
        printable(&named.unwrap_or_else(raw))
    }

    /// The names of all sequences, in the file's order.
    #[must_use]
    pub fn sequence_names(&self) -> Vec<String> {
        let rows = self.children(Container::Sequences);
        rows.filter_map(|row| self.written(row, NAME)).collect()
    }
}
