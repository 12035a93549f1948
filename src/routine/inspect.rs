//! Walks a document against the format's shape, and finds every name and every kind of value that does
//! not fit, not only the first. What the values mean is `build`'s; what ron takes, it may not refuse.

mod entries;
mod values;

pub(super) use entries::guessed;

use std::collections::HashSet;
use std::ops::Range;

use super::meant::meant;
use super::read::MOST;
use super::shape::{self, Block, Field, Kind, Need};
use super::slip::Slip;
use super::text::{Match, closest};
use super::time;
use crate::document::{Document, Node, NodeKind, Problem, ProblemKind, Replacement};

/// What is wrong, and where.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) slip: Slip,
    pub(super) range: Range<usize>,
    /// The right text, where it is certain.
    pub(super) replacement: Option<Replacement>,
    /// Where the same thing stands already.
    pub(super) earlier: Option<Range<usize>>,
}

/// All that is wrong with the names and kinds of values, in no order; and how much more there is.
pub(super) fn inspect(document: &Document) -> (Vec<Found>, usize) {
    let mut inspector = Inspector {
        document,
        told: document
            .problems()
            .iter()
            .map(|problem| problem.range.clone())
            .collect(),
        found: Vec::new(),
        more: 0,
    };
    if let Some(root) = document.root() {
        inspector.root(root);
    }
    (inspector.found, inspector.more)
}

struct Inspector<'a> {
    document: &'a Document,
    /// Where the document has found something wrong already, in order.
    told: Vec<Range<usize>>,
    found: Vec<Found>,
    more: usize,
}

impl Inspector<'_> {
    fn report(&mut self, range: Range<usize>, slip: Slip) {
        self.add(Found {
            slip,
            range,
            replacement: None,
            earlier: None,
        });
    }

    /// Reports what becomes right by putting `text` in the place of `range`.
    fn mend(&mut self, range: Range<usize>, slip: Slip, text: impl Into<String>) {
        let text = text.into();
        self.add(Found {
            slip,
            replacement: Some(Replacement {
                range: range.clone(),
                text,
            }),
            range,
            earlier: None,
        });
    }

    fn add(&mut self, found: Found) {
        if self.is_told(&found.range) {
            return;
        }
        if self.found.len() < MOST {
            self.found.push(found);
        } else {
            self.more += 1;
        }
    }

    /// Whether the document has told of these bytes.
    fn is_told(&self, range: &Range<usize>) -> bool {
        let first = self.told.partition_point(|told| told.end < range.start);
        self.told
            .get(first..)
            .unwrap_or(&[])
            .iter()
            .take_while(|told| told.start <= range.end)
            .any(|told| told.start < range.end || told.is_empty())
    }

    fn root(&mut self, node: Node<'_>) {
        let block = &shape::ROUTINE;
        match node.kind() {
            NodeKind::Struct => {
                // Any other block of the format has lost the routine around it.
                match node.name() {
                    Some(name) if name != block.name && shape::block(name).is_some() => {
                        self.report(mark(node), Slip::NotRoutine);
                    }
                    _ => self.named(block, node),
                }
            }
            NodeKind::Tuple if node.children().next().is_none() => self.named(block, node),
            NodeKind::Unit => self.fields(block, node),
            NodeKind::Missing | NodeKind::Error => {}
            _ => self.report(mark(node), Slip::NotRoutine),
        }
    }

    /// A block whose name may be left out, but not be another.
    fn named(&mut self, block: &'static Block, node: Node<'_>) {
        if let Some(name) = node.name().filter(|name| *name != block.name) {
            let slip = Slip::WrongName {
                found: name.to_owned(),
                right: block.name,
            };
            self.mend(mark(node), slip, block.name);
        }
        self.fields(block, node);
    }

    /// The fields of a block.
    fn fields(&mut self, block: &'static Block, node: Node<'_>) {
        if node.kind() == NodeKind::Tuple && node.children().next().is_some() {
            return self.report(mark(node), Slip::Unnamed(block));
        }
        let written = written_names(node);
        let mut given: Vec<(&str, Range<usize>)> = Vec::new();
        let mut complete = true;
        for value in node.children() {
            let Some(key) = value.key() else {
                complete = false;
                continue;
            };
            let Some(name) = field_name(key) else {
                complete = false;
                continue;
            };
            let Some(field) = self.field(block, &written, key.range(), name) else {
                continue;
            };
            if let Some((_, earlier)) = given.iter().find(|(name, _)| *name == field.name) {
                let earlier = Some(earlier.clone());
                self.add(Found {
                    slip: Slip::RepeatedField(field.name.to_owned(), block),
                    range: key.range(),
                    replacement: None,
                    earlier,
                });
            } else {
                given.push((field.name, key.range()));
            }
            self.value(field, value);
        }
        let missing: Vec<&'static Field> = block
            .fields
            .iter()
            .filter(|field| field.need == Need::Required)
            .filter(|field| given.iter().all(|(name, _)| *name != field.name))
            .collect();
        if complete && !missing.is_empty() {
            self.report(mark(node), Slip::Missing(block, missing));
        }
    }

    /// The field that a name stands for; one that is none is reported.
    fn field(
        &mut self,
        block: &'static Block,
        written: &HashSet<&str>,
        range: Range<usize>,
        name: &str,
    ) -> Option<&'static Field> {
        if let Some(field) = block.field(name) {
            return Some(field);
        }
        let meant = meant_field(block, written, name);
        let slip = Slip::UnknownField {
            block,
            found: name.to_owned(),
            meant: meant.map(|(field, _)| field),
        };
        match meant {
            Some((field, Match::Certain)) => self.mend(range, slip, field.name),
            _ => self.report(range, slip),
        }
        meant.map(|(field, _)| field)
    }

    /// Whether a value is of the kind that its field takes.
    fn value(&mut self, field: &'static Field, written: Node<'_>) {
        if matches!(written.kind(), NodeKind::Missing | NodeKind::Error)
            || self.is_told_as_value(written)
        {
            return;
        }
        let Some(node) = self.without_option(field, written) else {
            return;
        };
        match field.kind {
            Kind::Whole => self.whole(field.name, Some(field), node),
            Kind::Truth => self.word(field, shape::TRUTH, node),
            Kind::Text | Kind::Time => self.text(field, node),
            Kind::Word(words) => self.word(field, words, node),
            Kind::Texts => self.texts(field, node),
            Kind::Phases | Kind::Steps => self.list(field, node),
            Kind::Sequences => self.sequences(field, node),
            Kind::Aftercare => match node.kind() {
                NodeKind::Struct => self.named(&shape::AFTERCARE, node),
                NodeKind::Tuple | NodeKind::Unit => self.fields(&shape::AFTERCARE, node),
                _ => self.report(mark(node), Slip::WrongKind(field)),
            },
        }
    }

    /// Whether the document has told of a value that has no values in it.
    fn is_told_as_value(&self, node: Node<'_>) -> bool {
        node.children().next().is_none() && self.is_told(&node.range())
    }

    /// The value inside the one `Some(...)` that an optional field may have; none for `None`.
    fn without_option<'n>(&mut self, field: &'static Field, node: Node<'n>) -> Option<Node<'n>> {
        let is_none = node.kind() == NodeKind::Ident && node.name() == Some("None");
        let inner = some(node);
        if field.need == Need::Required && (is_none || inner.is_some()) {
            match inner {
                Some(inner) => self.mend(node.range(), Slip::Optional(field), inner.text()),
                None => self.report(node.range(), Slip::Optional(field)),
            }
            return None;
        }
        if is_none {
            return None;
        }
        Some(inner.unwrap_or(node))
    }
}

/// What several words without quotes are where the format takes one word: misspelt, and no text that
/// lacks its quotes.
pub(super) fn reworded(document: &Document, problem: &Problem) -> Option<Found> {
    if !matches!(
        problem.kind,
        ProblemKind::UnquotedText | ProblemKind::DecimalComma
    ) {
        return None;
    }
    let node = document.node_at(problem.range.start)?;
    let found = document.slice(problem.range.clone());
    let told = |slip| Found {
        slip,
        range: problem.range.clone(),
        replacement: None,
        earlier: None,
    };
    let parent = node.parent()?;
    let Some(key) = node.key() else {
        let is_count = parent.name() == Some("Repeat") && parent.children().next() == Some(node);
        return is_count.then(|| told(Slip::NotWhole("Repeat")));
    };
    let field = shape::block(parent.name()?)?.field(field_name(key)?)?;
    let words = match field.kind {
        Kind::Word(words) => words,
        Kind::Whole => return Some(told(Slip::NotWhole(field.name))),
        Kind::Time if problem.kind == ProblemKind::DecimalComma => {
            return Some(told(Slip::BareTime(found.to_owned())));
        }
        Kind::Time if time::parse(found).is_err() => {
            let text = format!("\"{}\"", time::units(meant(found)?));
            let replacement = Replacement {
                range: problem.range.clone(),
                text: text.clone(),
            };
            return Some(Found {
                replacement: Some(replacement),
                ..told(Slip::WordyTime(text))
            });
        }
        _ => return None,
    };
    let meant = closest(found, words.iter().copied());
    let replacement = meant.filter(|(_, certainty)| *certainty == Match::Certain);
    Some(Found {
        slip: Slip::UnknownWord {
            field,
            found: found.to_owned(),
            meant: meant.map(|(word, _)| word),
            words,
        },
        range: problem.range.clone(),
        replacement: replacement.map(|(word, _)| Replacement {
            range: problem.range.clone(),
            text: word.to_owned(),
        }),
        earlier: None,
    })
}

/// What `Some(...)` holds.
pub(super) fn some(node: Node<'_>) -> Option<Node<'_>> {
    let is_some = node.kind() == NodeKind::Tuple && node.name() == Some("Some");
    let mut inner = node.children().filter(|_| is_some);
    let only = inner.next()?;
    inner.next().is_none().then_some(only)
}

/// The name of a field, whether or not it stands in quotes.
pub(super) fn field_name(key: Node<'_>) -> Option<&str> {
    match key.kind() {
        NodeKind::Ident => key.name(),
        NodeKind::Text => Some(key.text().trim_matches('"')),
        _ => None,
    }
}

/// The names of all fields that a block says.
pub(super) fn written_names(node: Node<'_>) -> HashSet<&str> {
    node.children()
        .filter_map(|value| value.key()?.name())
        .collect()
}

/// The field that was most likely meant by a name that is none: one that is not among the `written`,
/// if there is such a one.
pub(super) fn meant_field(
    block: &'static Block,
    written: &HashSet<&str>,
    name: &str,
) -> Option<(&'static Field, Match)> {
    block
        .meant(name, |field| !written.contains(field.name))
        .or_else(|| block.meant(name, |_| true))
}

/// What is marked of a value: of a block its name, of a list its bracket.
pub(super) fn mark(node: Node<'_>) -> Range<usize> {
    let range = node.range();
    match node.kind() {
        NodeKind::Struct | NodeKind::Tuple | NodeKind::List | NodeKind::Map | NodeKind::Unit => {
            let bracket = range.start..(range.start + 1).min(range.end);
            node.name_range().unwrap_or(bracket)
        }
        _ => range,
    }
}
