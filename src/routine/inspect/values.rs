//! Values without blocks in them: numbers, words, texts and lists of texts.

use super::super::shape::{Field, Kind};
use super::super::slip::Slip;
use super::super::text::{Match, closest};
use super::{Inspector, mark};
use crate::document::{Node, NodeKind};

impl Inspector<'_> {
    /// A whole number; `field` is the field that takes it, if it is one.
    pub(super) fn whole(
        &mut self,
        name: &'static str,
        field: Option<&'static Field>,
        node: Node<'_>,
    ) {
        match node.kind() {
            // ron knows best which spellings of a number there are.
            NodeKind::Number if ron::from_str::<u32>(node.text()).is_ok() => {}
            NodeKind::Text => {
                let number = node.decoded().map(|text| text.value().trim().to_owned());
                match number.filter(|number| number.parse::<u32>().is_ok()) {
                    Some(number) => {
                        self.mend(node.range(), Slip::QuotedNumber(number.clone()), number);
                    }
                    None => self.report(node.range(), Slip::NotWhole(name)),
                }
            }
            NodeKind::Number => self.report(node.range(), Slip::NotWhole(name)),
            _ => {
                let slip = field.map_or(Slip::NotWhole(name), Slip::WrongKind);
                self.report(mark(node), slip);
            }
        }
    }

    /// One of a list of words.
    pub(super) fn word(
        &mut self,
        field: &'static Field,
        words: &'static [&'static str],
        node: Node<'_>,
    ) {
        let found = match node.kind() {
            NodeKind::Ident => node.name().map(str::to_owned),
            NodeKind::Text => node.decoded().map(|text| text.value().trim().to_owned()),
            _ => None,
        };
        let Some(found) = found else {
            return self.report(mark(node), Slip::WrongKind(field));
        };
        if words.contains(&found.as_str()) {
            if node.kind() == NodeKind::Text {
                self.mend(node.range(), Slip::QuotedWord(found.clone()), found);
            }
            return;
        }
        let meant = match (field.kind, found.to_lowercase().as_str()) {
            (Kind::Truth, "yes" | "on") => Some(("true", Match::Certain)),
            (Kind::Truth, "no" | "off") => Some(("false", Match::Certain)),
            _ => closest(&found, words.iter().copied()),
        };
        let slip = Slip::UnknownWord {
            field,
            found,
            meant: meant.map(|(word, _)| word),
            words,
        };
        match meant {
            Some((word, Match::Certain)) => self.mend(node.range(), slip, word),
            _ => self.report(node.range(), slip),
        }
    }

    /// A text or a time in quotes.
    pub(super) fn text(&mut self, field: &'static Field, node: Node<'_>) {
        match (node.kind(), field.kind) {
            (NodeKind::Text, _) => {}
            (NodeKind::Number, Kind::Time) => {
                self.report(node.range(), Slip::BareTime(node.text().to_owned()));
            }
            (NodeKind::Number | NodeKind::Ident, Kind::Text) => self.quote(node, Slip::Unquoted),
            _ => self.report(mark(node), Slip::WrongKind(field)),
        }
    }

    /// Reports a word or number that needs quotes.
    pub(super) fn quote(&mut self, node: Node<'_>, slip: impl FnOnce(String) -> Slip) {
        let written = node.text();
        self.mend(
            node.range(),
            slip(written.to_owned()),
            format!("\"{written}\""),
        );
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, field: &'static Field, node: Node<'_>) {
        match node.kind() {
            NodeKind::List => {
                for line in node.children() {
                    match line.kind() {
                        NodeKind::Text | NodeKind::Missing | NodeKind::Error => {}
                        NodeKind::Ident | NodeKind::Number => self.quote(line, Slip::Unquoted),
                        _ => self.report(mark(line), Slip::NotText(field)),
                    }
                }
            }
            NodeKind::Text => {
                let list = format!("[{}]", node.text());
                self.mend(node.range(), Slip::TextNotInList(field), list);
            }
            _ => self.report(mark(node), Slip::WrongKind(field)),
        }
    }
}
