//! The text of a routine, byte for byte, with a tree of positions over it: which bytes are which value,
//! where the comments stand, and what is wrong with the way it is written.
//!
//! The document is read to point into a text and to change it by splicing: find the bytes, replace
//! them, parse again. The tree itself never changes. serde and ron stay the authority on what a file
//! means: the document takes any text, and must not know what a routine is.

mod brackets;
mod items;
pub(crate) mod lines;
mod literal;
mod node;
mod place;
mod problem;
mod quotes;
mod tokens;
mod tree;

use std::ops::Range;
use std::sync::OnceLock;

pub use lines::LineColumn;
pub use literal::Decoded;
pub use node::Node;
pub use place::{Place, PlaceStep};
pub use problem::{Problem, ProblemKind, Related, RelatedRole, Replacement};
pub use tokens::{Bracket, Ending, TextForm, Token, TokenKind};
pub use tree::{DEEPEST, NodeKind};

/// A text with its tokens, its tree and its problems.
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    lines: lines::Lines,
    tokens: Vec<Token>,
    tree: tree::Tree,
    problems: Vec<Problem>,
    unlisted: usize,
    /// The values of each map by their keys, the maps by where they start; made when first asked for.
    by_key: OnceLock<node::ByKey>,
}

impl Document {
    /// Reads a text, any text, in time linear in its size.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = lines::Lines::new(text);
        let (tokens, noted) = tokens::tokens(text);
        let (tree, more) = tree::tree(text, &tokens, &lines);
        let (problems, unlisted) =
            problem::worth_saying(noted.and(more), |byte| lines.line_of(byte));
        Self {
            text: text.to_owned(),
            lines,
            tokens,
            tree,
            problems,
            unlisted,
            by_key: OnceLock::new(),
        }
    }

    /// The text as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a range of bytes; empty if the range is not one of this text's.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// All tokens: each byte belongs to exactly one, in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens that a range of bytes touches.
    #[must_use]
    pub fn tokens_in(&self, range: Range<usize>) -> &[Token] {
        let first = self
            .tokens
            .partition_point(|token| token.range.end <= range.start);
        let behind = self
            .tokens
            .partition_point(|token| token.range.start < range.end);
        self.tokens.get(first..behind).unwrap_or(&[])
    }

    /// The token that a byte belongs to; none behind the text's end.
    #[must_use]
    pub fn token_at(&self, byte: usize) -> Option<&Token> {
        self.tokens
            .get(self.tokens.partition_point(|token| token.range.end <= byte))
    }

    /// The problems worth saying, in the order of the text: of quotes alone while there are any; else of
    /// brackets; else all. None means that the text is well formed; ron may still refuse what it says.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many more problems of the same kind there are than are kept: beyond some thousand a file is
    /// something else than what it should be.
    #[must_use]
    pub fn unlisted(&self) -> usize {
        self.unlisted
    }

    /// The file's one value; none if the file holds nothing but comments.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_>> {
        Node::new(self, self.tree.root?)
    }

    /// The value at a place, whatever `Some(...)` is written around it.
    #[must_use]
    pub fn find(&self, place: &Place) -> Option<Node<'_>> {
        self.find_written(place).map(Node::unwrapped)
    }

    /// The field or item at a place as it is written, a `Some(...)` around its value included.
    #[must_use]
    pub fn find_written(&self, place: &Place) -> Option<Node<'_>> {
        place.steps().iter().try_fold(self.root()?, Node::step)
    }

    /// The value at a place, or of the longest part of its way that this text has: where to point at for
    /// something that is missing.
    #[must_use]
    pub fn nearest(&self, place: &Place) -> Option<Node<'_>> {
        let mut node = self.root()?;
        for step in place.steps() {
            let Some(next) = node.step(step) else { break };
            node = next;
        }
        Some(node.unwrapped())
    }

    /// The bytes of the field's name, or the map's key, that stands before the value at a place.
    #[must_use]
    pub fn key_range(&self, place: &Place) -> Option<Range<usize>> {
        Some(self.find_written(place)?.key()?.range())
    }

    /// The innermost value, or key, that a byte belongs to.
    #[must_use]
    pub fn node_at(&self, byte: usize) -> Option<Node<'_>> {
        let mut node = self.root().filter(|root| root.range().contains(&byte))?;
        while let Some(inner) = node.child_at(byte) {
            node = inner;
        }
        Some(node)
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.count()
    }

    /// The line and column, from 1 and in characters, of a byte; past the end, of the end.
    #[must_use]
    pub fn line_column(&self, byte: usize) -> LineColumn {
        self.lines.line_column(byte)
    }

    /// The byte at a line and column; past a line's end that end, past the last line the text's end.
    #[must_use]
    pub fn byte_of(&self, line: usize, column: usize) -> usize {
        self.lines.byte_of(LineColumn { line, column })
    }

    /// The text of a line, from 1, without its line break; empty past the last.
    #[must_use]
    pub fn line_text(&self, line: usize) -> &str {
        let text = self.slice(self.lines.range(line));
        text.strip_suffix('\r').unwrap_or(text)
    }
}
