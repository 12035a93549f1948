//! What can be wrong with the names in a routine and with the kinds of its values, in words for people
//! who do not program. What the values mean is `fault`'s; where they stand is the diagnostic's.

use std::fmt;

use super::shape::{Block, Field, Kind, TRUTH};

/// A name or a value that the format does not have there.
#[derive(Debug, Clone)]
pub(super) enum Slip {
    /// Fields that must be there are not.
    Missing(&'static Block, Vec<&'static Field>),
    /// A field that does not exist.
    UnknownField {
        block: &'static Block,
        found: String,
        meant: Option<&'static Field>,
    },
    /// A field given twice.
    RepeatedField(String, &'static Block),
    /// A sequence name given twice.
    RepeatedSequence(String),
    /// A word that is not in the list.
    UnknownWord {
        field: &'static Field,
        found: String,
        meant: Option<&'static str>,
        words: &'static [&'static str],
    },
    /// A word of the list, in quotes.
    QuotedWord(String),
    /// A number in quotes.
    QuotedNumber(String),
    /// A text or time without quotes.
    Unquoted(String),
    /// A time in words, without quotes; how it is written.
    WordyTime(String),
    /// A time that is a number only.
    BareTime(String),
    /// Another kind of value than the field takes.
    WrongKind(&'static Field),
    /// A number that is negative, has a fraction, or is larger than any that has a meaning.
    NotWhole(&'static str),
    /// `Some(...)` or `None` where a value must be.
    Optional(&'static Field),
    /// Phases or steps without the list around them.
    NotInList(Kind),
    /// A text without the list around it.
    TextNotInList(&'static Field),
    /// A text in a list of texts is something else.
    NotText(&'static Field),
    /// A block with another name than the format gives it.
    WrongName { found: String, right: &'static str },
    /// The file is something else than a routine.
    NotRoutine,
    /// Values without names in a block of named fields.
    Unnamed(&'static Block),
    /// A block that may stand elsewhere, not here.
    Misplaced(&'static str, Kind),
    /// A word before a bracket that names nothing.
    UnknownEntry {
        found: String,
        meant: Option<&'static str>,
        entries: &'static [&'static str],
    },
    /// A bracket without a word before it.
    NamelessEntry(Option<&'static str>, &'static [&'static str]),
    /// A word without the bracket behind it.
    BareEntry(&'static str),
    /// A text among steps.
    TextEntry(String),
    /// Something among steps that is none.
    NotEntry(&'static [&'static str]),
    /// `BothSides`, `Repeat` or `Use` with other values than it takes.
    Call(&'static str, Call),
    /// The key of a sequence is no text.
    UnquotedSequence(String),
}

/// What is wrong with the values of `BothSides`, `Repeat` or `Use`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// None are there.
    Empty,
    /// One or more too many.
    TooMany,
    /// They have names.
    Named,
    /// How many times is missing.
    NoCount,
    /// What to repeat is missing.
    NoList,
    /// Both are there, the wrong way round.
    Swapped,
}

/// How `BothSides`, `Repeat` and `Use` are written.
pub(super) fn call_example(name: &str) -> &'static str {
    match name {
        "Repeat" => "Repeat(2, [ ... ])",
        "Use" => "Use(\"warm-up\")",
        _ => "BothSides([ ... ])",
    }
}

/// Lists up to this many words are told whole even where one was probably meant.
const SHORT: usize = 12;

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(block, fields) => {
                let names: Vec<String> = fields
                    .iter()
                    .map(|field| format!("no `{}`", field.name))
                    .collect();
                write!(f, "this {} has {}", block.thing, joined(&names, "and"))
            }
            Self::UnknownField { block, found, .. } => {
                write!(
                    f,
                    "nothing in {} is called `{found}`",
                    with_article(block.thing)
                )
            }
            Self::RepeatedField(name, block) => {
                write!(f, "this {} has `{name}` twice", block.thing)
            }
            Self::RepeatedSequence(name) => write!(f, "two sequences are called \"{name}\""),
            Self::UnknownWord { field, found, .. } => {
                write!(f, "`{found}` is not one of the words for `{}`", field.name)
            }
            Self::QuotedWord(word) => write!(f, "`{word}` must not have quotes around it"),
            Self::QuotedNumber(number) => {
                write!(f, "the number {number} must not have quotes around it")
            }
            Self::Unquoted(_) | Self::WordyTime(_) => f.write_str("this needs quotes around it"),
            Self::BareTime(number) => {
                write!(
                    f,
                    "{number} of what? A number alone may be minutes or seconds"
                )
            }
            Self::WrongKind(field) => {
                write!(f, "`{}` takes {}", field.name, wanted(field.kind))
            }
            Self::NotWhole(name) => write!(f, "`{name}` takes a whole number"),
            Self::Optional(field) => write!(f, "`{}` takes its value alone", field.name),
            Self::NotInList(Kind::Phases) => {
                f.write_str("phases need square brackets around them, even a single one")
            }
            Self::NotInList(_) => {
                f.write_str("steps need square brackets around them here, even a single one")
            }
            Self::TextNotInList(field) => write!(
                f,
                "`{}` needs square brackets around its texts, even around a single one",
                field.name
            ),
            Self::NotText(field) => {
                write!(f, "in `{}`, every line is a text in quotes", field.name)
            }
            Self::WrongName { found, right } => {
                write!(f, "`{right}` is expected here, not `{found}`")
            }
            Self::NotRoutine => f.write_str("a routine is written Routine( ... )"),
            Self::Unnamed(block) => {
                write!(
                    f,
                    "in {}, every value needs its name before it",
                    with_article(block.thing)
                )
            }
            Self::Misplaced(name, Kind::Phases) => {
                write!(f, "`{name}` can't stand directly in `phases`")
            }
            Self::Misplaced(name, _) => write!(f, "`{name}` can't stand among steps"),
            Self::UnknownEntry { found, .. } => write!(f, "there is nothing called `{found}`"),
            Self::NamelessEntry(..) => {
                f.write_str("what is this? A word is missing before the bracket")
            }
            Self::BareEntry(name) => write!(f, "`{name}` alone says too little"),
            Self::TextEntry(_) => f.write_str("a text can't stand here alone"),
            Self::NotEntry(_) => f.write_str("this can't stand here"),
            Self::Call(name, Call::Empty) if *name == "Use" => {
                f.write_str("this `Use` does not say which sequence")
            }
            Self::Call(name, Call::Empty) => write!(f, "there is nothing in this `{name}`"),
            Self::Call("Use", Call::TooMany) => f.write_str("a `Use` names one sequence only"),
            Self::Call(name, Call::TooMany) => write!(f, "a `{name}` has one list only"),
            Self::Call(name, Call::Named) => {
                write!(f, "what is in `{name}` takes no name before it")
            }
            Self::Call(name, Call::NoCount) => {
                write!(f, "this `{name}` does not say how many times")
            }
            Self::Call(name, Call::NoList) => write!(f, "this `{name}` does not say what"),
            Self::Call(name, Call::Swapped) => {
                write!(f, "`{name}` says first how many times, then what")
            }
            Self::UnquotedSequence(_) => f.write_str("a sequence's name needs quotes around it"),
        }
    }
}

impl Slip {
    /// What would be right.
    pub(super) fn help(&self) -> String {
        match self {
            Self::Missing(_, fields) => {
                let examples: Vec<String> = fields.iter().map(|field| example(field)).collect();
                format!("write for example {}", examples.join(", "))
            }
            Self::UnknownField { block, meant, .. } => match meant {
                Some(field) => format!("did you mean `{}`?", field.name),
                None => format!(
                    "{} can have {}",
                    with_article(block.thing),
                    listed(block.fields.iter().map(|field| field.name), "and")
                ),
            },
            Self::RepeatedField(..) => "keep one, and take the other away".to_owned(),
            Self::RepeatedSequence(_) => "give one of them another name".to_owned(),
            Self::UnknownWord { meant, words, .. } => word_help(*meant, words),
            Self::QuotedWord(text) | Self::QuotedNumber(text) | Self::WordyTime(text) => {
                format!("write {text}")
            }
            Self::Unquoted(text) | Self::UnquotedSequence(text) => {
                format!("write \"{}\"", text.trim())
            }
            Self::BareTime(number) => {
                let number = number.trim_start_matches(['-', '+']);
                if number.bytes().all(|byte| byte.is_ascii_digit()) {
                    format!("write \"{number}m\" for minutes or \"{number}s\" for seconds")
                } else {
                    "write for example \"1m 30s\" or \"90s\"".to_owned()
                }
            }
            Self::WrongKind(Field {
                kind: Kind::Word(words),
                ..
            }) => word_help(None, words),
            Self::WrongKind(Field {
                kind: Kind::Truth, ..
            }) => word_help(None, TRUTH),
            Self::WrongKind(field) | Self::NotText(field) => {
                format!("write for example {}", example(field))
            }
            Self::NotWhole(name) => format!(
                "write for example {}",
                match *name {
                    "Repeat" => "Repeat(2, [ ... ])",
                    "format" => "format: 1",
                    _ => "for_hours: 24",
                }
            ),
            Self::Optional(field) => format!("write for example {}", example(field)),
            Self::NotInList(_) | Self::TextNotInList(_) => {
                "write [ before it and ] after it".to_owned()
            }
            Self::WrongName { right, .. } => format!("write {right}( ... )"),
            Self::NotRoutine => "`ashiatsu new FILE` writes one to start from".to_owned(),
            Self::Unnamed(block) => {
                let examples: Vec<String> = block
                    .fields
                    .iter()
                    .filter(|field| field.need == super::shape::Need::Required)
                    .map(example)
                    .collect();
                format!(
                    "write for example {}({}, ...)",
                    block.name,
                    examples.join(", ")
                )
            }
            Self::Misplaced(_, Kind::Phases) => {
                "put it into a phase: Phase(name: \"Back\", position: Prone, steps: [ ... ])"
                    .to_owned()
            }
            Self::Misplaced(..) => {
                "close the steps and the phase before it, and write it in `phases`".to_owned()
            }
            Self::UnknownEntry { meant, entries, .. } => word_help(*meant, entries),
            Self::NamelessEntry(Some(meant), _) => format!("write {meant}( ... )"),
            Self::NamelessEntry(None, entries) | Self::NotEntry(entries) => {
                word_help(None, entries)
            }
            Self::BareEntry(name) => match super::shape::block(name) {
                Some(block) => {
                    let first = block.fields.first().map(example).unwrap_or_default();
                    format!("write for example {name}({first}, ...)")
                }
                None => format!("write for example {}", call_example(name)),
            },
            Self::TextEntry(text) => {
                format!("to work through a sequence, write Use({text})")
            }
            Self::Call(name, _) => format!("write for example {}", call_example(name)),
        }
    }
}

/// The field with a value as it might stand there.
fn example(field: &Field) -> String {
    format!("{}: {}", field.name, field.example)
}

/// What a kind of value is called.
const fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Whole => "a whole number",
        Kind::Truth | Kind::Word(_) => "one word, without quotes",
        Kind::Text => "a text in quotes",
        Kind::Time => "a time in quotes",
        Kind::Texts => "a list of texts, in square brackets",
        Kind::Phases => "a list of phases, in square brackets",
        Kind::Steps => "a list of steps, in square brackets",
        Kind::Sequences => "lists of steps, each with a name, in curly brackets",
        Kind::Aftercare => "Aftercare( ... )",
    }
}

fn word_help(meant: Option<&str>, words: &[&str]) -> String {
    let all = || listed(words.iter().copied(), "or");
    match meant {
        Some(meant) if words.len() > SHORT => format!("did you mean {meant}?"),
        Some(meant) => format!("did you mean {meant}? It can be {}", all()),
        None => format!("it can be {}", all()),
    }
}

fn listed<'a>(words: impl Iterator<Item = &'a str>, last: &str) -> String {
    let words: Vec<String> = words.map(str::to_owned).collect();
    joined(&words, last)
}

/// `a, b and c`.
fn joined(words: &[String], last: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, before)) => format!("{} {last} {end}", before.join(", ")),
    }
}

fn with_article(thing: &str) -> String {
    match thing {
        "aftercare" => "the aftercare".to_owned(),
        _ => format!("a {thing}"),
    }
}
