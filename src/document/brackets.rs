//! Which bracket a closing one closes when they do not fit, and which one is never closed. Indentation
//! is the witness: hands lose brackets more often than they lose columns.

use std::ops::Range;

use super::problem::{Problem, ProblemKind, RelatedRole};
use super::tokens::{Bracket, TokenKind};
use super::tree::{NodeKind, Parser};

/// An open bracket.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) bracket: Bracket,
    pub(super) range: Range<usize>,
    /// Where its value starts: at its name, if it has one.
    pub(super) start: usize,
}

/// What a closing bracket closes.
pub(super) enum Closing {
    /// The innermost open bracket.
    This,
    /// One further out: the innermost is never closed.
    Outer,
    /// None.
    Nothing,
}

impl Parser<'_> {
    /// Decides about the closing bracket at hand, and reports what is wrong with it.
    pub(super) fn closing(&mut self, found: Bracket) -> Closing {
        let depth = self.open.len();
        if let Some(target) = self.leaving.take().filter(|target| *target < depth) {
            self.leaving = Some(target);
            return Closing::Outer;
        }
        let Some(innermost) = self.open.last().cloned() else {
            return Closing::Nothing;
        };
        let range = self.here();
        if innermost.bracket == found {
            let sloped = self
                .column_if_first(range.start)
                .is_some_and(|column| column < self.indent(innermost.start));
            if sloped && self.sloping.is_none() {
                self.sloping = Some((innermost, range));
            }
            return Closing::This;
        }
        let outer = self.open.iter().rposition(|open| open.bracket == found);
        let outer = outer.and_then(|at| Some((at + 1, self.open.get(at)?)));
        let belongs = self.line(innermost.start) == self.line(range.start)
            || self
                .column_if_first(range.start)
                .is_some_and(|column| column == self.indent(innermost.start));
        // Indentation cannot tell the innermost from one that opened on its line.
        let mistaken = |open: &Opened| {
            belongs
                && !self.on_line_of(open, innermost.start)
                && !self.on_line_of(open, range.start)
        };
        match outer {
            Some((target, open))
                if self.ends_at(open, &innermost, range.start) && !mistaken(open) =>
            {
                self.leaving = Some(target);
                Closing::Outer
            }
            _ if belongs => {
                let kind = ProblemKind::Mismatched {
                    open: innermost.bracket,
                    found,
                };
                let problem = Problem::new(kind, range.clone())
                    .related(RelatedRole::OpenedHere, innermost.range);
                self.report(problem.replace(range, innermost.bracket.closing().to_string()));
                Closing::This
            }
            _ => {
                let mut problem = Problem::new(ProblemKind::Stray(found), range.clone())
                    .related(RelatedRole::OpenedHere, innermost.range);
                // Behind a value it is rather the opening one that is missing.
                let before = self
                    .at
                    .checked_sub(1)
                    .and_then(|before| self.tokens.get(before));
                if before.is_some_and(|before| matches!(before.kind, TokenKind::Close(_))) {
                    problem = problem.replace(range, "");
                }
                self.report(problem);
                Closing::Nothing
            }
        }
    }

    /// Reports that the innermost bracket is never closed, and where that begins to show.
    pub(super) fn unclosed(&mut self, children: &[usize]) {
        let Some(opened) = self.open.last().cloned() else {
            return;
        };
        let at_end = self.peek().is_none();
        if let Some((sloping, close)) = self.sloping.take().filter(|_| at_end) {
            // All brackets fit, but one too few closes: an inner one took what was an outer one's.
            let problem = Problem::new(ProblemKind::Unclosed(sloping.bracket), sloping.range);
            return self.report(problem.related(RelatedRole::LostHere, close));
        }
        let lost = children
            .iter()
            .position(|&child| self.escapes(&opened, child, children));
        let kept = match lost {
            Some(at) => at.checked_sub(1),
            None => children.len().checked_sub(1),
        };
        let end_of = |at: usize| Some(self.tree.records.get(*children.get(at)?)?.range.end);
        let start_of = |at: usize| Some(self.tree.records.get(*children.get(at)?)?.range.clone());
        let lost_range = lost.and_then(start_of).unwrap_or_else(|| self.here());
        let end = kept.and_then(end_of);
        let mut problem = Problem::new(ProblemKind::Unclosed(opened.bracket), opened.range)
            .related(RelatedRole::LostHere, lost_range);
        if let Some(end) = end.filter(|_| lost.is_some() || !at_end) {
            problem = problem.replace(end..end, opened.bracket.closing().to_string());
        } else if lost.is_none() && self.open.len() == 1 && !children.is_empty() {
            // The outermost, and all in it fits.
            let end = self.end();
            problem = problem.replace(end..end, opened.bracket.closing().to_string());
        }
        self.report(problem);
    }

    /// Whether an item shows that its bracket should have been closed before it: it begins a line no
    /// further in than the bracket's, or it is a named block without a field's name among fields.
    fn escapes(&self, opened: &Opened, child: usize, children: &[usize]) -> bool {
        let Some(node) = self.tree.records.get(child) else {
            return false;
        };
        let start = node
            .key
            .and_then(|key| self.tree.records.get(key))
            .map_or(node.range.start, |key| key.range.start);
        let outdented = self.line(start) > self.line(opened.start)
            && self
                .column_if_first(start)
                .is_some_and(|column| column <= self.indent(opened.start));
        let block = node.name.is_some()
            && node.key.is_none()
            && matches!(node.kind, NodeKind::Struct | NodeKind::Tuple);
        let first = children
            .first()
            .and_then(|&first| self.tree.records.get(first));
        outdented || (block && first.is_some_and(|first| first.key.is_some()))
    }

    /// Whether a closing bracket may well be an open one's: it, or else the next line, is no further in
    /// than the open one's line, and the next line does not close the innermost one.
    fn ends_at(&self, open: &Opened, innermost: &Opened, close: usize) -> bool {
        if self.on_line_of(open, close) {
            return true;
        }
        let next_line = self.lines.range(self.line(close) + 1).start;
        let next = self.tokens.get(
            self.tokens
                .partition_point(|token| token.range.start < next_line),
        );
        match (self.column_if_first(close), next) {
            (Some(column), _) => column <= self.indent(open.start),
            (None, Some(next)) if next.kind == TokenKind::Close(innermost.bracket) => false,
            (None, Some(next)) => self.indent(next.range.start) <= self.indent(open.start),
            (None, None) => true,
        }
    }

    fn on_line_of(&self, open: &Opened, byte: usize) -> bool {
        self.line(open.start) == self.line(byte)
    }

    fn line(&self, byte: usize) -> usize {
        self.lines.line_of(byte)
    }

    /// The columns of white space before the line of a byte.
    fn indent(&self, byte: usize) -> usize {
        self.lines.indent(self.line(byte))
    }

    /// The indentation of a token, if it is the first on its line.
    fn column_if_first(&self, start: usize) -> Option<usize> {
        let before = self
            .tokens
            .partition_point(|token| token.range.start < start);
        let first = before.checked_sub(1).and_then(|at| self.tokens.get(at));
        let first = first.is_none_or(|before| self.line(before.range.end) < self.line(start));
        first.then(|| self.indent(start))
    }
}
