//! What a row holds, field by field: as it is written, as it is meant, and what kind of value belongs
//! there. It reads; the edits write.

use std::ops::Range;
use std::time::Duration;

use super::Design;
use crate::routine::vocabulary::{
    Level, Position, Pressure, Region, Side, Stance, TransitionKind, With, Working,
};

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
    /// What stands there.
    pub state: FieldState,
    /// The word that the phase says for all its steps, where the step does not say its own.
    pub inherited: Option<String>,
    /// The bytes of its value, if it is written.
    pub range: Option<Range<usize>>,
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
            Self::Time(time) => crate::routine::time::units(*time),
            Self::Text(text) | Self::Word(text) => text.clone(),
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

impl Design {
    /// The fields of a row, in the order in which the format teaches them; none for a group without
    /// fields and for what can't be read.
    #[must_use]
    pub fn fields(&self, row: usize) -> Vec<Field> {
        let _ = row;
        Vec::new()
    }

    /// One field of a row.
    #[must_use]
    pub fn field(&self, row: usize, name: &str) -> Option<Field> {
        self.fields(row)
            .into_iter()
            .find(|field| field.name == name)
    }

    /// What is written in a field that the row has, decoded where it can be; cheaper than
    /// [`fields`](Self::fields) for a table of many rows.
    #[must_use]
    pub fn written(&self, row: usize, name: &str) -> Option<String> {
        let _ = (row, name);
        None
    }

    /// What a row is called: a stroke, a transition's kind in words, a phase's or sequence's name, a
    /// group in words. What can't be read is called as it is written, cut to one line.
    #[must_use]
    pub fn title(&self, row: usize) -> String {
        let _ = row;
        String::new()
    }

    /// The names of all sequences, in the file's order.
    #[must_use]
    pub fn sequence_names(&self) -> Vec<String> {
        Vec::new()
    }
}
