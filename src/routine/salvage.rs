//! What can still be read of a file whose shape has slips, so that what its values mean is checked in
//! the same run. What can't be read is filled with something harmless: nothing is told of it twice. The
//! result is only ever checked, never run.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::file;
use super::inspect::{field_name, guessed, meant_field, some, written_names};
use super::shape::{self, Block};
use super::text::did_you_mean;
use super::time;
use super::vocabulary::{Position, Region, Side, TransitionKind, Working};
use crate::document::{Document, Node, NodeKind};

/// As much of the routine as can be read.
pub(super) fn salvage(document: &Document) -> Option<file::Routine> {
    let root = Fields::new(&shape::ROUTINE, document.root()?);
    let sequences = root.node("sequences");
    let reader = Reader {
        sequences: match sequences {
            Some(node) if node.kind() != NodeKind::Map => Sequences::Unknown,
            _ => Sequences::Known,
        },
    };
    Some(file::Routine {
        format: super::FORMAT,
        name: root.text("name"),
        author: root.value("author"),
        description: root.value("description"),
        level: None,
        length: root.value("length"),
        prepare: root.value("prepare"),
        sequences: sequences.map(|node| reader.sequences(node)),
        phases: root
            .node("phases")
            .map_or_else(|| vec![anything_phase()], |node| reader.phases(node)),
        preparation: root.texts("preparation"),
        contraindications: root.texts("contraindications"),
        self_check: root.texts("self_check"),
        aftercare: root.node("aftercare").map(aftercare),
    })
}

/// The value of a node, if it can be read.
fn read<T: DeserializeOwned>(node: Node<'_>) -> Option<T> {
    ron::from_str(node.text()).ok()
}

/// A block's fields, by the names that they have or were meant to have; of several the first.
struct Fields<'a>(BTreeMap<&'static str, Node<'a>>);

impl<'a> Fields<'a> {
    fn new(block: &'static Block, node: Node<'a>) -> Self {
        let written = written_names(node);
        let named = |value: Node<'a>| Some((value, field_name(value.key()?)?));
        let mut fields = BTreeMap::new();
        let mut misnamed = Vec::new();
        for (value, name) in node.children().filter_map(named) {
            match block.field(name) {
                Some(field) => _ = fields.entry(field.name).or_insert(value),
                None => misnamed.push((value, name)),
            }
        }
        for (value, name) in misnamed {
            if let Some((field, _)) = meant_field(block, &written, name) {
                fields.entry(field.name).or_insert(value);
            }
        }
        Self(fields)
    }

    /// The value of a field, without a `Some(...)` around it; none for `None`.
    fn node(&self, name: &str) -> Option<Node<'a>> {
        let node = *self.0.get(name)?;
        let node = some(node).unwrap_or(node);
        (node.name() != Some("None")).then_some(node)
    }

    fn value<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.node(name).and_then(read)
    }

    /// A field's value, or something that says as much where it is there but can't be read.
    fn or<T: DeserializeOwned>(&self, name: &str, something: T) -> Option<T> {
        Some(read(self.node(name)?).unwrap_or(something))
    }

    fn text(&self, name: &str) -> String {
        self.value(name).unwrap_or_else(|| "?".to_owned())
    }

    fn texts(&self, name: &str) -> Option<Vec<String>> {
        let node = self.node(name)?;
        if node.kind() != NodeKind::List {
            return None;
        }
        let line = |node| read(node).unwrap_or_else(|| "?".to_owned());
        Some(node.children().map(line).collect())
    }

    /// `time`, `min` and `max`. They are compared only where `time` can be read.
    fn times(&self) -> (String, Option<String>, Option<String>) {
        let limit = |name| self.value::<String>(name);
        if let Some(time) = self.value::<String>("time") {
            return (time, limit("min"), limit("max"));
        }
        let unreadable = |text: &String| time::parse(text).is_err();
        (
            "1s".to_owned(),
            limit("min").filter(unreadable),
            limit("max").filter(unreadable),
        )
    }
}

/// Whether the names of the sequences can be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sequences {
    Known,
    Unknown,
}

#[derive(Clone, Copy)]
struct Reader {
    sequences: Sequences,
}

impl Reader {
    fn sequences(self, node: Node<'_>) -> file::Sequences {
        let mut sequences: Vec<(String, Vec<file::Item>)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for list in node.children().filter(|_| node.kind() == NodeKind::Map) {
            let Some(key) = list.key() else { continue };
            let name = match key.kind() {
                NodeKind::Text => key.decoded().map(|name| name.value().to_owned()),
                NodeKind::Ident | NodeKind::Number => Some(key.text().to_owned()),
                _ => None,
            };
            let Some(name) = name else { continue };
            if seen.insert(name.clone()) {
                sequences.push((name, self.items(list)));
            }
        }
        file::Sequences(sequences)
    }

    fn phases(self, node: Node<'_>) -> Vec<file::PhaseItem> {
        listed(node, anything_phase, |node| self.phase(node))
    }

    fn phase(self, node: Node<'_>) -> file::PhaseItem {
        match entry(node, shape::PHASE_ENTRIES) {
            Some("Phase") => {
                let fields = Fields::new(&shape::PHASE, node);
                file::PhaseItem::Phase {
                    name: fields.text("name"),
                    position: fields.value("position").unwrap_or(Position::Prone),
                    stance: None,
                    with: None,
                    pressure: None,
                    steps: fields
                        .node("steps")
                        .map_or_else(|| vec![anything()], |node| self.items(node)),
                }
            }
            Some("BothSides") => file::PhaseItem::BothSides(
                node.children()
                    .next()
                    .map_or_else(|| vec![anything_phase()], |list| self.phases(list)),
            ),
            _ => anything_phase(),
        }
    }

    fn items(self, node: Node<'_>) -> Vec<file::Item> {
        listed(node, anything, |node| self.item(node))
    }

    fn item(self, node: Node<'_>) -> file::Item {
        let value = |at: usize| node.children().nth(at);
        let list = |at| value(at).map_or_else(|| vec![anything()], |list| self.items(list));
        match entry(node, shape::STEP_ENTRIES) {
            Some("Step") => step(&Fields::new(&shape::STEP, node)),
            Some("Transition") => transition(&Fields::new(&shape::TRANSITION, node)),
            Some("BothSides") => file::Item::BothSides(list(0)),
            Some("Repeat") => {
                file::Item::Repeat(value(0).and_then(read::<u32>).unwrap_or(1), list(1))
            }
            Some("Use") if self.sequences == Sequences::Known => {
                match value(0).and_then(read::<String>) {
                    Some(name) => file::Item::Use(name),
                    None => anything(),
                }
            }
            _ => anything(),
        }
    }
}

/// What each item of a list was read as; of a single item without a list, that one.
fn listed<T>(node: Node<'_>, anything: fn() -> T, item: impl Fn(Node<'_>) -> T) -> Vec<T> {
    match node.kind() {
        NodeKind::List => node.children().map(item).collect(),
        NodeKind::Struct | NodeKind::Tuple => vec![item(node)],
        _ => vec![anything()],
    }
}

/// Which of `entries` a node is, or was meant to be.
fn entry(node: Node<'_>, entries: &'static [&'static str]) -> Option<&'static str> {
    if !matches!(node.kind(), NodeKind::Struct | NodeKind::Tuple) {
        return None;
    }
    match node.name() {
        Some(name) => entries
            .iter()
            .copied()
            .find(|entry| *entry == name)
            .or_else(|| did_you_mean(name, entries.iter().copied())),
        None => guessed(node),
    }
}

fn step(fields: &Fields<'_>) -> file::Item {
    let (time, min, max) = fields.times();
    file::Item::Step {
        stroke: fields.text("stroke"),
        region: fields.value("region").unwrap_or(Region::Back),
        time,
        side: fields.or("side", Side::Left),
        toward: None,
        with: None,
        working: fields.or("working", Working::Left),
        stance: None,
        pressure: None,
        pace: fields.value("pace"),
        cue: fields.value("cue"),
        note: fields.value("note"),
        sound: fields.value("sound"),
        min,
        max,
        hold: None,
    }
}

fn transition(fields: &Fields<'_>) -> file::Item {
    let (time, min, max) = fields.times();
    file::Item::Transition {
        kind: fields.value("kind").unwrap_or(TransitionKind::Settle),
        time,
        side: fields.or("side", Side::Left),
        working: fields.or("working", Working::Left),
        cue: fields.value("cue"),
        note: fields.value("note"),
        sound: fields.value("sound"),
        min,
        max,
        hold: None,
    }
}

/// A step about which there is nothing to say.
fn anything() -> file::Item {
    file::Item::Transition {
        kind: TransitionKind::Settle,
        time: "1s".to_owned(),
        side: None,
        working: None,
        cue: None,
        note: None,
        sound: None,
        min: None,
        max: None,
        hold: None,
    }
}

fn anything_phase() -> file::PhaseItem {
    file::PhaseItem::Phase {
        name: "?".to_owned(),
        position: Position::Prone,
        stance: None,
        with: None,
        pressure: None,
        steps: vec![anything()],
    }
}

fn aftercare(node: Node<'_>) -> file::Aftercare {
    let fields = Fields::new(&shape::AFTERCARE, node);
    file::Aftercare {
        for_hours: fields.value("for_hours"),
        recommend: fields.texts("recommend"),
        avoid: fields.texts("avoid"),
        caution: fields.texts("caution"),
        note: fields.value("note"),
    }
}
