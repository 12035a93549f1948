//! A value of the tree as its readers see it: what it is, what is in it, and which comments belong to
//! it. It reads the tree and the tokens, and changes neither.

use std::collections::HashMap;
use std::ops::Range;

use super::Document;
use super::literal::{self, Decoded};
use super::place::PlaceStep;
use super::tokens::{TextForm, Token, TokenKind};
use super::tree::{NodeKind, Record};

/// The values of maps by the maps' starts and their own keys; of several with one key the first.
pub(super) type ByKey = HashMap<usize, HashMap<Box<str>, usize>>;

fn by_key(document: &Document) -> ByKey {
    let mut maps = ByKey::new();
    let records = document.tree.records.iter();
    for record in records.filter(|record| record.kind == NodeKind::Map) {
        let values = document.tree.children.get(record.children.clone());
        let map = maps.entry(record.range.start).or_default();
        for &at in values.unwrap_or(&[]) {
            let key = Node::new(document, at).and_then(Node::key);
            if let Some(text) = key.and_then(Node::decoded) {
                map.entry(text.value().into()).or_insert(at);
            }
        }
    }
    maps
}

/// A value in a document.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    document: &'a Document,
    record: &'a Record,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.record, other.record)
    }
}

impl<'a> Node<'a> {
    pub(super) fn new(document: &'a Document, at: usize) -> Option<Self> {
        Some(Self {
            document,
            record: document.tree.records.get(at)?,
        })
    }

    fn other(self, at: usize) -> Option<Self> {
        Self::new(self.document, at)
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> NodeKind {
        self.record.kind
    }

    /// Its bytes: all of it, name, brackets and quotes included; without key and comma.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.record.range.clone()
    }

    /// Its text as it is written.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.document.slice(self.range())
    }

    /// The bytes of the word before a struct's or tuple's bracket, or of a word that stands alone.
    #[must_use]
    pub fn name_range(self) -> Option<Range<usize>> {
        let alone = (self.record.kind == NodeKind::Ident).then(|| self.range());
        self.record.name.clone().or(alone)
    }

    /// That word, a raw one's `r#` left out.
    #[must_use]
    pub fn name(self) -> Option<&'a str> {
        let name = self.document.slice(self.name_range()?);
        Some(name.strip_prefix("r#").unwrap_or(name))
    }

    /// The value that it is in; for a key the value that it names.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.other(self.record.parent?)
    }

    /// The field's name or map's key before it.
    #[must_use]
    pub fn key(self) -> Option<Self> {
        self.other(self.record.key?)
    }

    /// Its bytes with its key's: the whole item, without the comma.
    #[must_use]
    pub fn item_range(self) -> Range<usize> {
        let start = self
            .key()
            .map_or(self.record.range.start, |key| key.record.range.start);
        start..self.record.range.end
    }

    /// The values in it, in order.
    #[must_use]
    pub fn children(self) -> impl DoubleEndedIterator<Item = Self> {
        let children = self
            .document
            .tree
            .children
            .get(self.record.children.clone())
            .unwrap_or(&[]);
        children.iter().filter_map(move |&at| self.other(at))
    }

    /// The value of the field with this name; of several the first.
    #[must_use]
    pub fn field(self, name: &str) -> Option<Self> {
        let mut fields = self
            .children()
            .filter(|_| self.record.kind == NodeKind::Struct);
        fields.find(|value| value.key().and_then(Self::name) == Some(name))
    }

    /// What a text stands for, its escapes resolved; none if this is no text.
    #[must_use]
    pub fn decoded(self) -> Option<Decoded> {
        let token = self
            .document
            .token_at(self.record.range.start)
            .filter(|_| self.record.kind == NodeKind::Text)?;
        let content = token.content(self.document.text());
        match token.kind {
            TokenKind::Text(TextForm::Plain, _) => {
                Some(literal::plain(self.document.text(), content))
            }
            TokenKind::Text(..) => Some(literal::raw(self.document.text(), content)),
            _ => None,
        }
    }

    /// The bytes of the comma after it.
    #[must_use]
    pub fn comma_after(self) -> Option<Range<usize>> {
        self.record.comma.clone()
    }

    /// The comments directly above it, in the order of the text: those that begin their line, with no
    /// blank line between them and it; and those before it on its own line.
    #[must_use]
    pub fn leading_comments(self) -> Vec<&'a Token> {
        let start = self.item_range().start;
        let before = self
            .document
            .tokens
            .partition_point(|token| token.range.start < start);
        let (mut comments, mut on_line) = (Vec::new(), Vec::new());
        let mut beside = true;
        for token in self
            .document
            .tokens
            .get(..before)
            .unwrap_or(&[])
            .iter()
            .rev()
        {
            let breaks = self.breaks(token);
            match token.kind {
                kind if kind.is_comment() => on_line.push(token),
                TokenKind::Space if breaks > 0 => {
                    comments.append(&mut on_line);
                    beside = false;
                    if breaks > 1 {
                        break;
                    }
                }
                TokenKind::Space | TokenKind::ByteOrderMark => {}
                // What follows something else on its line is about that, unless the value is there too.
                _ if beside => break,
                _ => {
                    on_line.clear();
                    break;
                }
            }
        }
        comments.append(&mut on_line);
        comments.reverse();
        comments
    }

    /// The comment behind it on its line, before or after its comma; one that stands before another
    /// value is that one's.
    #[must_use]
    pub fn trailing_comment(self) -> Option<&'a Token> {
        let tokens = &self.document.tokens;
        let first = tokens.partition_point(|token| token.range.start < self.record.range.end);
        let comma = self
            .record
            .comma
            .as_ref()
            .map_or(self.record.range.end, |comma| comma.start);
        for (at, token) in tokens.iter().enumerate().skip(first) {
            match token.kind {
                TokenKind::Comma if token.range.start == comma => {}
                TokenKind::Space if self.breaks(token) == 0 => {}
                TokenKind::LineComment => return Some(token),
                TokenKind::BlockComment => {
                    let mut behind = tokens.iter().skip(at + 1);
                    let next = behind
                        .find(|next| next.kind != TokenKind::Space || self.breaks(next) > 0)
                        .map(|next| next.kind);
                    let last = matches!(next, None | Some(TokenKind::Space | TokenKind::Close(_)));
                    return (last || token.range.start < comma).then_some(token);
                }
                _ => break,
            }
        }
        None
    }

    /// How many line breaks are in a token of white space.
    fn breaks(self, token: &Token) -> usize {
        match token.kind {
            TokenKind::Space => self
                .document
                .slice(token.range.clone())
                .matches('\n')
                .count(),
            _ => 0,
        }
    }

    /// All that moves with it: from its leading comments to its comma and trailing comment.
    #[must_use]
    pub fn extent(self) -> Range<usize> {
        let item = self.item_range();
        let start = self
            .leading_comments()
            .first()
            .map_or(item.start, |comment| comment.range.start);
        let comma = self.comma_after().map_or(item.end, |comma| comma.end);
        start
            ..self
                .trailing_comment()
                .map_or(comma, |comment| comment.range.end.max(comma))
    }

    /// The value inside any `Some(...)` around it.
    #[must_use]
    pub fn unwrapped(self) -> Self {
        let mut node = self;
        while node.record.kind == NodeKind::Tuple && node.name() == Some("Some") {
            let mut inner = node.children();
            let (Some(only), None) = (inner.next(), inner.next()) else {
                break;
            };
            node = only;
        }
        node
    }

    /// The value one step further in.
    pub(super) fn step(self, step: &PlaceStep) -> Option<Self> {
        let node = self.unwrapped();
        match (step, node.record.kind) {
            (PlaceStep::Field(name), NodeKind::Struct) => node.field(name),
            (PlaceStep::Index(index), NodeKind::List | NodeKind::Tuple) => {
                let children = node
                    .document
                    .tree
                    .children
                    .get(node.record.children.clone())?;
                node.other(*children.get(*index)?)
            }
            (PlaceStep::Key(key), NodeKind::Map) => {
                let by_key = node.document.by_key.get_or_init(|| by_key(node.document));
                node.other(*by_key.get(&node.record.range.start)?.get(&**key)?)
            }
            _ => None,
        }
    }

    /// The value in it, or the key of one, that a byte belongs to.
    pub(super) fn child_at(self, byte: usize) -> Option<Self> {
        let children = self
            .document
            .tree
            .children
            .get(self.record.children.clone())?;
        let starts_by = |at: &usize| {
            self.other(*at)
                .is_some_and(|child| child.item_range().start <= byte)
        };
        let child =
            self.other(*children.get(children.partition_point(starts_by).checked_sub(1)?)?)?;
        [Some(child), child.key()]
            .into_iter()
            .flatten()
            .find(|node| node.range().contains(&byte))
    }
}
