//! Lists of phases and steps, and what stands in them: blocks, and `BothSides`, `Repeat` and `Use` with
//! the values that they take.

use std::collections::HashMap;
use std::ops::Range;

use super::super::shape::{self, Field, Kind};
use super::super::slip::{Call, Slip};
use super::super::text::{Match, closest};
use super::{Found, Inspector, mark};
use crate::document::{Node, NodeKind, Replacement};

impl Inspector<'_> {
    /// A list of phases or steps.
    pub(super) fn list(&mut self, field: &'static Field, node: Node<'_>) {
        match node.kind() {
            NodeKind::List => self.entries(field.kind, node),
            NodeKind::Struct | NodeKind::Tuple if node.name().is_some() => {
                self.alone(field.kind, &[node]);
            }
            _ => self.report(mark(node), Slip::WrongKind(field)),
        }
    }

    fn entries(&mut self, kind: Kind, list: Node<'_>) {
        for node in list.children() {
            self.entry(kind, node);
        }
    }

    /// What should be a list, but has no brackets around it.
    fn alone(&mut self, kind: Kind, nodes: &[Node<'_>]) {
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else {
            return;
        };
        let range = first.range().start..last.range().end;
        let text = format!("[{}]", self.document.slice(range.clone()));
        self.add(Found {
            slip: Slip::NotInList(kind),
            range: mark(*first),
            replacement: Some(Replacement { range, text }),
            earlier: None,
        });
        for node in nodes {
            self.entry(kind, *node);
        }
    }

    fn entry(&mut self, kind: Kind, node: Node<'_>) {
        let entries = shape::entries(kind);
        match node.kind() {
            NodeKind::Missing | NodeKind::Error => {}
            NodeKind::Struct | NodeKind::Tuple | NodeKind::Unit => match node.name() {
                Some(name) => self.named_entry(kind, name, node),
                None => self.nameless_entry(kind, node),
            },
            NodeKind::Ident => {
                let name = node.text();
                match entries.iter().find(|entry| **entry == name) {
                    Some(entry) => self.report(node.range(), Slip::BareEntry(entry)),
                    None => {
                        self.unknown_entry(entries, name, node.range());
                    }
                }
            }
            NodeKind::Text if matches!(kind, Kind::Steps) => {
                let text = node.text();
                let slip = Slip::TextEntry(text.to_owned());
                self.mend(node.range(), slip, format!("Use({text})"));
            }
            _ => self.report(mark(node), Slip::NotEntry(entries)),
        }
    }

    fn nameless_entry(&mut self, kind: Kind, node: Node<'_>) {
        let entries = shape::entries(kind);
        let Some(meant) = guessed(node).filter(|meant| entries.contains(meant)) else {
            return self.report(mark(node), Slip::NamelessEntry(None, entries));
        };
        let bracket = mark(node);
        let slip = Slip::NamelessEntry(Some(meant), entries);
        self.mend(bracket, slip, format!("{meant}("));
        self.content(kind, meant, node);
    }

    fn named_entry(&mut self, kind: Kind, name: &str, node: Node<'_>) {
        let entries = shape::entries(kind);
        if let Some(entry) = entries.iter().find(|entry| **entry == name) {
            return self.content(kind, entry, node);
        }
        if let Some(entry) = shape::all_entries().find(|entry| *entry == name) {
            self.report(mark(node), Slip::Misplaced(entry, kind));
            return self.content(kind, entry, node);
        }
        if let Some(meant) = self.unknown_entry(entries, name, mark(node)) {
            self.content(kind, meant, node);
        }
    }

    /// Reports a name that is none, and returns the one that was most likely meant.
    fn unknown_entry(
        &mut self,
        entries: &'static [&'static str],
        name: &str,
        range: Range<usize>,
    ) -> Option<&'static str> {
        let meant = closest(name, entries.iter().copied());
        let slip = Slip::UnknownEntry {
            found: name.to_owned(),
            meant: meant.map(|(meant, _)| meant),
            entries,
        };
        match meant {
            Some((meant, Match::Certain)) => self.mend(range, slip, meant),
            _ => self.report(range, slip),
        }
        meant.map(|(meant, _)| meant)
    }

    /// What is in the brackets of an entry.
    fn content(&mut self, kind: Kind, entry: &'static str, node: Node<'_>) {
        if let Some(block) = shape::block(entry) {
            return self.fields(block, node);
        }
        if node.kind() == NodeKind::Struct {
            return self.report(mark(node), Slip::Call(entry, Call::Named));
        }
        let values: Vec<Node<'_>> = node.children().collect();
        match (entry, values.split_first()) {
            (_, None) => self.report(mark(node), Slip::Call(entry, Call::Empty)),
            ("Use", Some((name, rest))) => self.used(*name, rest),
            ("Repeat", Some((times, rest))) => self.repeat(node, *times, rest),
            _ => self.only_list(kind, entry, &values),
        }
    }

    fn used(&mut self, name: Node<'_>, rest: &[Node<'_>]) {
        if let Some(second) = rest.first() {
            return self.report(mark(*second), Slip::Call("Use", Call::TooMany));
        }
        match name.kind() {
            NodeKind::Text | NodeKind::Missing | NodeKind::Error => {}
            NodeKind::Ident | NodeKind::Number => self.quote(name, Slip::Unquoted),
            _ => self.report(mark(name), Slip::Call("Use", Call::Empty)),
        }
    }

    fn repeat(&mut self, node: Node<'_>, times: Node<'_>, rest: &[Node<'_>]) {
        match (times.kind(), rest) {
            (NodeKind::List, [count]) if count.kind() == NodeKind::Number => {
                let range = times.range().start..count.range().end;
                let text = format!("{}, {}", count.text(), times.text());
                self.add(Found {
                    slip: Slip::Call("Repeat", Call::Swapped),
                    range: mark(node),
                    replacement: Some(Replacement { range, text }),
                    earlier: None,
                });
                self.entries(Kind::Steps, times);
            }
            (NodeKind::List | NodeKind::Struct | NodeKind::Tuple, _) => {
                self.report(mark(node), Slip::Call("Repeat", Call::NoCount));
                for value in [times].iter().chain(rest) {
                    match value.kind() {
                        NodeKind::List => self.entries(Kind::Steps, *value),
                        _ => self.entry(Kind::Steps, *value),
                    }
                }
            }
            (_, []) => self.report(mark(node), Slip::Call("Repeat", Call::NoList)),
            (NodeKind::Number, [decimals, list @ ..])
                if decimals.kind() == NodeKind::Number
                    && times.range().end + 1 == decimals.range().start =>
            {
                let range = times.range().start..decimals.range().end;
                self.report(range, Slip::NotWhole("Repeat"));
                self.only_list(Kind::Steps, "Repeat", list);
            }
            (kind, _) => {
                if !matches!(kind, NodeKind::Missing | NodeKind::Error) {
                    self.whole("Repeat", None, times);
                }
                self.only_list(Kind::Steps, "Repeat", rest);
            }
        }
    }

    /// The one list of a `BothSides` or `Repeat`.
    fn only_list(&mut self, kind: Kind, entry: &'static str, values: &[Node<'_>]) {
        let is_list = |node: &Node<'_>| node.kind() == NodeKind::List;
        match values {
            [list] if is_list(list) => self.entries(kind, *list),
            [node] if matches!(node.kind(), NodeKind::Missing | NodeKind::Error) => {}
            [first, second, ..] if is_list(first) => {
                self.report(mark(*second), Slip::Call(entry, Call::TooMany));
                for list in values.iter().filter(|node| is_list(node)) {
                    self.entries(kind, *list);
                }
            }
            _ => self.alone(kind, values),
        }
    }

    /// Lists of steps by name.
    pub(super) fn sequences(&mut self, field: &'static Field, node: Node<'_>) {
        if node.kind() != NodeKind::Map {
            return self.report(mark(node), Slip::WrongKind(field));
        }
        let mut names = HashMap::new();
        for list in node.children() {
            if let Some(key) = list.key() {
                self.sequence_name(key, &mut names);
            }
            match list.kind() {
                NodeKind::List => self.entries(Kind::Steps, list),
                NodeKind::Missing | NodeKind::Error => {}
                NodeKind::Struct | NodeKind::Tuple => self.alone(Kind::Steps, &[list]),
                _ => self.report(mark(list), Slip::WrongKind(&shape::SEQUENCE)),
            }
        }
    }

    fn sequence_name(&mut self, key: Node<'_>, names: &mut HashMap<String, Range<usize>>) {
        if matches!(key.kind(), NodeKind::Ident | NodeKind::Number) {
            return self.quote(key, Slip::UnquotedSequence);
        }
        let Some(name) = key.decoded().map(|name| name.value().to_owned()) else {
            return;
        };
        if let Some(earlier) = names.insert(name.clone(), key.range()) {
            self.add(Found {
                slip: Slip::RepeatedSequence(name),
                range: key.range(),
                replacement: None,
                earlier: Some(earlier),
            });
        }
    }
}

/// What a bracket without a word before it most likely is, by its fields.
pub(in super::super) fn guessed(node: Node<'_>) -> Option<&'static str> {
    [
        ("stroke", "Step"),
        ("kind", "Transition"),
        ("position", "Phase"),
    ]
    .into_iter()
    .find(|(field, _)| node.field(field).is_some())
    .map(|(_, entry)| entry)
}
