//! The tree over the tokens: which values lie in which. It takes any text, notes what is wrong and goes
//! on behind it. It knows RON's grammar and nothing of routines.

use std::ops::Range;

use super::brackets::{Closing, Opened};
use super::lines::Lines;
use super::problem::{Noted, Problem, ProblemKind, RelatedRole};
use super::tokens::{Bracket, Token, TokenKind};

/// How many brackets may lie in one another. A routine as deep as the format allows (16 blocks) has 37.
pub const DEEPEST: usize = 64;

/// What a value is, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// `Name(field: value)`, or without the name.
    Struct,
    /// `Name(value, value)`, or without the name: tuples, newtypes, `Some(value)`, `Name()`.
    Tuple,
    /// `[value, value]`
    List,
    /// `{key: value}`
    Map,
    /// A text in quotes.
    Text,
    /// Bytes in quotes.
    Bytes,
    /// A number.
    Number,
    /// A word: a variant without content, `true`, `None`, a field's name.
    Ident,
    /// One character or byte in single quotes.
    Char,
    /// `()`
    Unit,
    /// Nothing, where a value should be; its range is empty.
    Missing,
    /// Something that is no value.
    Error,
}

/// A value in the arena.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) kind: NodeKind,
    pub(super) range: Range<usize>,
    /// The name before a struct's or tuple's bracket.
    pub(super) name: Option<Range<usize>>,
    pub(super) parent: Option<usize>,
    /// What names it: a field's name, or a map's key.
    pub(super) key: Option<usize>,
    /// The comma after it.
    pub(super) comma: Option<Range<usize>>,
    /// Its values, as a range of [`Tree::children`].
    pub(super) children: Range<usize>,
}

/// All values of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    pub(super) records: Vec<Record>,
    pub(super) children: Vec<usize>,
    pub(super) root: Option<usize>,
}

pub(super) fn tree(text: &str, tokens: &[Token], lines: &Lines) -> (Tree, Noted) {
    let mut significant = Vec::with_capacity(tokens.len());
    significant.extend(tokens.iter().filter(|token| !token.kind.is_trivia()));
    let mut tree = Tree::default();
    // About a value for every two of them; where it is more, it grows.
    tree.records.reserve(significant.len() / 2);
    let mut parser = Parser {
        text,
        lines,
        tokens: significant,
        at: 0,
        tree,
        problems: Noted::default(),
        open: Vec::new(),
        leaving: None,
        sloping: None,
    };
    parser.document();
    (parser.tree, parser.problems)
}

/// How far the tokens are read, and what is open there.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a Lines,
    /// Without trivia.
    pub(super) tokens: Vec<&'a Token>,
    pub(super) at: usize,
    pub(super) tree: Tree,
    pub(super) problems: Noted,
    pub(super) open: Vec<Opened>,
    /// While a closing bracket closes one further out: how many brackets are open there.
    pub(super) leaving: Option<usize>,
    /// The first bracket whose closing one stands further left than the line that opened it.
    pub(super) sloping: Option<(Opened, Range<usize>)>,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<TokenKind> {
        self.kind(0)
    }

    pub(super) fn kind(&self, ahead: usize) -> Option<TokenKind> {
        self.tokens.get(self.at + ahead).map(|token| token.kind)
    }

    pub(super) fn range(&self, ahead: usize) -> Range<usize> {
        self.tokens
            .get(self.at + ahead)
            .map_or(self.text.len()..self.text.len(), |token| {
                token.range.clone()
            })
    }

    /// The bytes of the token at hand.
    pub(super) fn here(&self) -> Range<usize> {
        self.range(0)
    }

    /// The end of the last token read.
    pub(super) fn end(&self) -> usize {
        self.at
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .map_or(0, |token| token.range.end)
    }

    pub(super) fn advance(&mut self) -> Range<usize> {
        let range = self.here();
        self.at += 1;
        range
    }

    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.add(problem);
    }

    /// Whether the token at hand is on the line that the last one ends on.
    pub(super) fn same_line(&self) -> bool {
        self.lines.line_of(self.end()) == self.lines.line_of(self.here().start)
    }

    pub(super) fn leaf(&mut self, kind: NodeKind, range: Range<usize>) -> usize {
        let record = Record {
            kind,
            range,
            name: None,
            parent: None,
            key: None,
            comma: None,
            children: 0..0,
        };
        self.tree.records.push(record);
        self.tree.records.len() - 1
    }

    pub(super) fn record(&self, node: usize) -> (NodeKind, Range<usize>) {
        self.tree
            .records
            .get(node)
            .map_or((NodeKind::Error, 0..0), |record| {
                (record.kind, record.range.clone())
            })
    }

    pub(super) fn update(&mut self, node: usize, change: impl FnOnce(&mut Record)) {
        if let Some(record) = self.tree.records.get_mut(node) {
            change(record);
        }
    }

    fn document(&mut self) {
        while self.peek() == Some(TokenKind::Hash) && self.kind(1) == Some(TokenKind::Bang) {
            self.attribute();
        }
        if self.peek().is_none() {
            return self.report(Problem::new(
                ProblemKind::MissingValue,
                self.text.len()..self.text.len(),
            ));
        }
        while let Some(TokenKind::Close(bracket)) = self.peek() {
            let range = self.advance();
            self.report(
                Problem::new(ProblemKind::Stray(bracket), range.clone()).replace(range, ""),
            );
        }
        let root = self.block();
        self.settle(root);
        self.tree.root = Some(root);
        let trailing = self.here();
        if let Some(kind) = self.peek() {
            let kind = match kind {
                TokenKind::Close(bracket) => ProblemKind::Stray(bracket),
                _ => ProblemKind::Trailing,
            };
            let end = self.record(root).1.end;
            self.report(Problem::new(kind, trailing).related(RelatedRole::EndedHere, end..end));
        }
    }

    /// `#![enable(...)]`, `#![type = "..."]` or `#![schema = "..."]`. What may be enabled is ron's to say.
    fn attribute(&mut self) {
        let start = self.here().start;
        self.at += 2;
        let from = self.at;
        while !matches!(self.peek(), None | Some(TokenKind::Close(Bracket::Square))) {
            self.at += 1;
        }
        let closed = self.peek().is_some();
        let is_listed = |pair: &[TokenKind]| {
            pair.first() == Some(&TokenKind::Ident)
                && pair.get(1).is_none_or(|comma| *comma == TokenKind::Comma)
        };
        let inner = self.tokens.get(from..self.at).unwrap_or(&[]);
        let word = inner
            .get(1)
            .and_then(|token| self.text.get(token.range.clone()))
            .unwrap_or("");
        let kinds: Vec<TokenKind> = inner.iter().map(|token| token.kind).collect();
        let good = match kinds.as_slice() {
            [
                TokenKind::Open(Bracket::Square),
                TokenKind::Ident,
                TokenKind::Open(Bracket::Round),
                names @ ..,
                TokenKind::Close(Bracket::Round),
            ] => word == "enable" && !names.is_empty() && names.chunks(2).all(is_listed),
            [
                TokenKind::Open(Bracket::Square),
                TokenKind::Ident,
                TokenKind::Equals,
                TokenKind::Text(..),
            ] => matches!(word, "type" | "schema"),
            _ => false,
        };
        self.at += usize::from(closed);
        if !(good && closed) {
            self.report(Problem::new(ProblemKind::BadAttribute, start..self.end()));
        }
    }

    /// One value. Takes nothing where none begins: at a comma, a colon, a closing bracket, the end.
    pub(super) fn value(&mut self) -> usize {
        if let Some(bracket) = self.foreign_bracket() {
            let name = self.advance();
            let whole = name.start..self.here().end;
            self.report(Problem::new(ProblemKind::ForeignBracket(bracket), whole));
            return self.bracketed(bracket, Some(name));
        }
        let kind = match self.peek() {
            Some(TokenKind::Open(bracket)) => return self.bracketed(bracket, None),
            Some(TokenKind::Ident) if self.kind(1) == Some(TokenKind::Open(Bracket::Round)) => {
                let name = self.advance();
                return self.bracketed(Bracket::Round, Some(name));
            }
            None | Some(TokenKind::Comma | TokenKind::Colon | TokenKind::Close(_)) => {
                let end = self.end();
                self.report(Problem::new(ProblemKind::MissingValue, end..end));
                return self.leaf(NodeKind::Missing, end..end);
            }
            Some(TokenKind::Ident) => NodeKind::Ident,
            Some(TokenKind::Text(..)) => NodeKind::Text,
            Some(TokenKind::Bytes) => NodeKind::Bytes,
            Some(TokenKind::Char) => NodeKind::Char,
            Some(TokenKind::Number) => NodeKind::Number,
            Some(_) => NodeKind::Error,
        };
        let range = self.advance();
        if kind == NodeKind::Error {
            self.report(Problem::new(ProblemKind::Unexpected, range.clone()));
        }
        self.leaf(kind, range)
    }

    /// The bracket behind the word at hand, where the word can only be a block's name: `Step{`.
    fn foreign_bracket(&self) -> Option<Bracket> {
        if self.peek() != Some(TokenKind::Ident) {
            return None;
        }
        let (word, behind) = (self.here(), self.range(1));
        let name = self.text.get(word.clone()).unwrap_or("");
        let Some(TokenKind::Open(bracket)) = self.kind(1) else {
            return None;
        };
        let is_next = match bracket {
            Bracket::Round => false,
            Bracket::Square => word.end == behind.start,
            Bracket::Curly => self.lines.line_of(word.end) == self.lines.line_of(behind.start),
        };
        (is_next && name.starts_with(char::is_uppercase)).then_some(bracket)
    }

    /// A value where only blocks have names: a word before a field lacks its bracket, `Step time: "2m")`.
    pub(super) fn block(&mut self) -> usize {
        let words = [TokenKind::Ident, TokenKind::Ident, TokenKind::Colon].map(Some);
        let is_root = self.open.is_empty();
        let one_line =
            || self.lines.line_of(self.here().start) == self.lines.line_of(self.range(1).start);
        if !(0..3).map(|ahead| self.kind(ahead)).eq(words) || !(is_root || one_line()) {
            return self.value();
        }
        let name = self.advance();
        let gap = name.end..self.here().start;
        let gap = if is_root { gap.start..gap.start } else { gap };
        self.report(
            Problem::new(ProblemKind::Unopened(Bracket::Round), name.clone()).replace(gap, "("),
        );
        self.content(Bracket::Round, name.clone(), Some(name))
    }

    /// A bracket and all in it, to its closing one.
    fn bracketed(&mut self, bracket: Bracket, name: Option<Range<usize>>) -> usize {
        let range = self.advance();
        self.content(bracket, range, name)
    }

    /// What is in a bracket, with its closing one. The range is the opening one's.
    fn content(
        &mut self,
        bracket: Bracket,
        range: Range<usize>,
        name: Option<Range<usize>>,
    ) -> usize {
        let start = name.as_ref().map_or(range.start, |name| name.start);
        if self.open.len() >= DEEPEST {
            self.skip_nested();
            self.report(Problem::new(ProblemKind::TooDeep, range));
            return self.leaf(NodeKind::Error, start..self.end());
        }
        self.open.push(Opened {
            bracket,
            range,
            start,
        });
        let mut children = Vec::new();
        loop {
            match self.peek() {
                Some(TokenKind::Close(found)) => match self.closing(found) {
                    Closing::This => break self.at += 1,
                    Closing::Nothing => self.at += 1,
                    Closing::Outer => break self.unclosed(&children),
                },
                None => break self.unclosed(&children),
                Some(TokenKind::Comma) => {
                    let comma = self.advance();
                    self.report(
                        Problem::new(ProblemKind::ExtraComma, comma.clone()).replace(comma, ""),
                    );
                }
                Some(_) => {
                    let child = self.item(bracket, &children);
                    children.push(child);
                    self.separator(child);
                }
            }
        }
        self.open.pop();
        self.close(bracket, name, start, children)
    }

    /// Passes over a bracket's content without a look inside.
    fn skip_nested(&mut self) {
        let mut depth = 1_usize;
        while let Some(kind) = self.peek().filter(|_| depth > 0) {
            match kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Makes the node of a bracket whose content is read.
    fn close(
        &mut self,
        bracket: Bracket,
        name: Option<Range<usize>>,
        start: usize,
        children: Vec<usize>,
    ) -> usize {
        let keyed = children.iter().any(|&child| {
            self.tree
                .records
                .get(child)
                .is_some_and(|child| child.key.is_some())
        });
        let kind = match bracket {
            Bracket::Square => NodeKind::List,
            Bracket::Curly => NodeKind::Map,
            Bracket::Round if keyed => NodeKind::Struct,
            Bracket::Round if children.is_empty() && name.is_none() => NodeKind::Unit,
            Bracket::Round => NodeKind::Tuple,
        };
        let node = self.leaf(kind, start..self.end());
        for &child in &children {
            if kind == NodeKind::Struct {
                self.check_name(child);
            }
            self.update(child, |child| child.parent = Some(node));
        }
        let first = self.tree.children.len();
        self.tree.children.extend(children);
        let range = first..self.tree.children.len();
        self.update(node, |record| {
            (record.name, record.children) = (name, range);
        });
        node
    }
}
