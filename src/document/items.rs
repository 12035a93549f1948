//! One item of a bracket: a value with its name, colon and comma, and what of these is missing. It
//! knows how hands write fields, not which fields there are.

use std::ops::Range;

use super::literal;
use super::problem::{Problem, ProblemKind, RelatedRole};
use super::tokens::{Bracket, TokenKind};
use super::tree::{NodeKind, Parser};

impl Parser<'_> {
    /// A struct's fields are all named, by plain words.
    pub(super) fn check_name(&mut self, child: usize) {
        let Some(record) = self.tree.records.get(child) else {
            return;
        };
        let (kind, range) = (record.kind, record.range.clone());
        match record.key.map(|key| self.record(key)) {
            None if !matches!(kind, NodeKind::Missing | NodeKind::Error) => {
                self.report(Problem::new(ProblemKind::MissingName, range));
            }
            Some((NodeKind::Text, key)) => {
                let word = self
                    .text
                    .get(key.clone())
                    .unwrap_or("")
                    .trim_matches('"')
                    .to_owned();
                self.report(Problem::new(ProblemKind::QuotedName, key.clone()).replace(key, word));
            }
            None | Some((NodeKind::Ident | NodeKind::Missing | NodeKind::Error, _)) => {}
            Some((_, key)) => self.report(Problem::new(ProblemKind::Unexpected, key)),
        }
    }

    /// One item of a bracket: a value, or a name, a colon and a value.
    pub(super) fn item(&mut self, bracket: Bracket, before: &[usize]) -> usize {
        let first = if bracket == Bracket::Square {
            self.block()
        } else {
            self.value()
        };
        let colon = self.colon(first, bracket);
        let named = colon > 0;
        if !named && !self.lacks_colon(first, bracket, before) {
            self.settle(first);
            if bracket == Bracket::Curly && self.record(first).0 != NodeKind::Missing {
                let end = self.record(first).1.end;
                self.report(Problem::new(
                    ProblemKind::MissingColon,
                    self.record(first).1,
                ));
                let value = self.leaf(NodeKind::Missing, end..end);
                return self.name(value, first);
            }
            return first;
        }
        let key = self.record(first).1;
        if named {
            let (is_colon, mark) = (self.peek() == Some(TokenKind::Colon), self.here());
            self.at += colon;
            if bracket == Bracket::Square {
                self.report(Problem::new(ProblemKind::UnexpectedColon, mark));
            } else if !is_colon {
                self.report(
                    Problem::new(ProblemKind::MissingColon, key.clone())
                        .replace(key.end..self.end(), ":"),
                );
            }
            while let Some(TokenKind::Colon | TokenKind::Equals) = self.peek() {
                let second = self.advance();
                self.report(
                    Problem::new(ProblemKind::Unexpected, second.clone()).replace(second, ""),
                );
            }
        } else {
            self.report(
                Problem::new(ProblemKind::MissingColon, key.clone()).replace(key.end..key.end, ":"),
            );
        }
        self.check_number(first);
        let end = self.end();
        let next_field =
            self.kind(0) == Some(TokenKind::Ident) && self.kind(1) == Some(TokenKind::Colon);
        let missing = (next_field && !self.same_line())
            || matches!(
                self.peek(),
                None | Some(TokenKind::Comma | TokenKind::Close(_))
            );
        let value = if missing {
            self.report(
                Problem::new(ProblemKind::MissingValue, end..end)
                    .related(RelatedRole::NamedHere, key),
            );
            self.leaf(NodeKind::Missing, end..end)
        } else {
            let value = self.value();
            self.settle(value);
            value
        };
        self.name(value, first)
    }

    /// How many tokens are the colon behind a value, or what stands in its place; none that is no name.
    fn colon(&self, first: usize, bracket: Bracket) -> usize {
        let mark = self.text.get(self.here()).unwrap_or("");
        let arrow = usize::from(self.text.get(self.range(1)) == Some(">"));
        let length = match self.peek() {
            Some(TokenKind::Colon) => return 1,
            Some(TokenKind::Equals) => return 1 + arrow,
            Some(TokenKind::Unknown) if matches!(mark, ";" | "\u{ff1a}") => 1,
            Some(TokenKind::Unknown) if mark == "-" && arrow == 1 => 2,
            _ => return 0,
        };
        let alone = matches!(
            self.kind(length + 1),
            None | Some(TokenKind::Comma | TokenKind::Close(_) | TokenKind::Open(_))
        );
        let value = match self.kind(length) {
            Some(TokenKind::Text(..) | TokenKind::Open(_)) => true,
            Some(TokenKind::Ident | TokenKind::Number) => alone,
            _ => false,
        };
        let is_name = bracket != Bracket::Square && self.record(first).0 == NodeKind::Ident;
        if is_name && value && self.same_line() {
            length
        } else {
            0
        }
    }

    /// Whether the token at hand stands where a comma should: the next begins an item, or a line.
    fn foreign_comma(&self) -> bool {
        let mark = self.text.get(self.here()).unwrap_or("");
        let line = self.lines.line_of(self.here().end);
        let next = match self.kind(1) {
            Some(TokenKind::Ident) => matches!(
                self.kind(2),
                Some(TokenKind::Colon | TokenKind::Equals | TokenKind::Open(_))
            ),
            None | Some(TokenKind::Text(..) | TokenKind::Open(_) | TokenKind::Close(_)) => true,
            Some(_) => false,
        };
        self.peek() == Some(TokenKind::Unknown)
            && matches!(mark, ";" | "." | "\u{ff0c}" | "\u{ff1b}" | "\u{3001}")
            && (next || self.lines.line_of(self.range(1).start) > line)
    }

    fn name(&mut self, value: usize, key: usize) -> usize {
        self.update(value, |value| value.key = Some(key));
        self.update(key, |key| key.parent = Some(value));
        value
    }

    /// Whether the value just read is a name whose colon is missing: `time "2m"`, `steps [`.
    fn lacks_colon(&self, first: usize, bracket: Bracket, before: &[usize]) -> bool {
        let (kind, next) = (self.record(first).0, self.peek());
        let after_field = || {
            before
                .last()
                .and_then(|&at| self.tree.records.get(at))
                .is_some_and(|at| at.key.is_some())
        };
        let before_field = || {
            (1..4).map(|ahead| self.kind(ahead)).eq([
                TokenKind::Comma,
                TokenKind::Ident,
                TokenKind::Colon,
            ]
            .map(Some))
        };
        let alone = || {
            matches!(
                self.kind(1),
                None | Some(TokenKind::Comma | TokenKind::Close(_) | TokenKind::Open(_))
            )
        };
        self.same_line()
            && match (bracket, kind, next) {
                (
                    Bracket::Round | Bracket::Curly,
                    NodeKind::Ident,
                    Some(TokenKind::Text(..) | TokenKind::Open(_)),
                )
                | (
                    Bracket::Curly,
                    NodeKind::Text,
                    Some(TokenKind::Text(..) | TokenKind::Open(_)),
                ) => true,
                (Bracket::Round, NodeKind::Ident, Some(TokenKind::Ident | TokenKind::Number)) => {
                    (after_field() && alone()) || before_field()
                }
                _ => false,
            }
    }

    /// Checks a word or number that is a value. Words behind it on its line that belong to nothing are
    /// most likely the rest of a text without quotes.
    pub(super) fn settle(&mut self, node: usize) {
        let (kind, range) = self.record(node);
        if !matches!(kind, NodeKind::Ident | NodeKind::Number | NodeKind::Error) {
            return;
        }
        let start = self.at;
        while self.same_line() {
            match self.peek() {
                Some(TokenKind::Ident)
                    if matches!(self.kind(1), Some(TokenKind::Colon | TokenKind::Open(_))) =>
                {
                    break;
                }
                // A full stop may as well end a sentence.
                Some(TokenKind::Unknown)
                    if self.foreign_comma()
                        && (self.text.get(self.here()) != Some(".")
                            || self.kind(2) == Some(TokenKind::Colon)) =>
                {
                    break;
                }
                Some(
                    TokenKind::Ident | TokenKind::Number | TokenKind::Unknown | TokenKind::Bang,
                ) => self.at += 1,
                Some(TokenKind::Colon) if self.kind(1) == Some(TokenKind::Number) => self.at += 1,
                _ => break,
            }
        }
        if self.at == start {
            return self.check_number(node);
        }
        let range = range.start..self.end();
        if kind != NodeKind::Error {
            self.unquoted(range.clone());
        }
        self.update(node, |record| {
            (record.kind, record.range) = (NodeKind::Error, range);
        });
    }

    fn check_number(&mut self, node: usize) {
        let (kind, range) = self.record(node);
        let written = self.text.get(range.clone()).unwrap_or("");
        if kind != NodeKind::Number || literal::is_number(written) {
            return;
        }
        if written.ends_with(char::is_alphabetic) {
            self.unquoted(range);
        } else {
            self.report(Problem::new(ProblemKind::BadNumber, range));
        }
    }

    fn unquoted(&mut self, range: Range<usize>) {
        let written = self.text.get(range.clone()).unwrap_or("");
        let quoted = format!("\"{written}\"");
        let mut problem = Problem::new(ProblemKind::UnquotedText, range.clone());
        if !written.contains('\\') {
            problem = problem.replace(range, quoted);
        }
        self.report(problem);
    }

    /// The comma after an item, or the lack of one.
    pub(super) fn separator(&mut self, child: usize) {
        match self.peek() {
            Some(TokenKind::Comma) if self.decimal_comma(child) => {
                let start = self.record(child).1.start;
                self.at += 2;
                let range = start..self.end();
                self.report(Problem::new(ProblemKind::DecimalComma, range.clone()));
                self.update(child, |child| {
                    (child.kind, child.range) = (NodeKind::Error, range);
                });
                self.separator(child);
            }
            Some(TokenKind::Comma) => {
                let comma = self.advance();
                self.update(child, |child| child.comma = Some(comma));
            }
            None | Some(TokenKind::Close(_)) => {}
            Some(_) if self.record(child).0 == NodeKind::Missing => {}
            Some(_) if self.foreign_comma() => {
                let mark = self.advance();
                self.report(
                    Problem::new(ProblemKind::ForeignComma, mark.clone()).replace(mark, ","),
                );
            }
            Some(_) => {
                let end = self.end();
                self.report(
                    Problem::new(ProblemKind::MissingComma, end..end).replace(end..end, ","),
                );
            }
        }
    }

    /// Whether a named number goes on behind the comma at hand, as decimals are written in German.
    fn decimal_comma(&self, child: usize) -> bool {
        let named = self
            .tree
            .records
            .get(child)
            .is_some_and(|it| it.key.is_some());
        let (kind, range) = self.record(child);
        let (comma, digits) = (self.here(), self.range(1));
        named
            && kind == NodeKind::Number
            && self.kind(1) == Some(TokenKind::Number)
            && range.end == comma.start
            && comma.end == digits.start
    }
}
