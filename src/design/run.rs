//! Items cut out of a text: with their comments, ready to be put elsewhere. It knows text, commas and
//! indentation, not where the text came from or goes.

use std::ops::Range;

use super::layout::{self, List};
use crate::document::{Document, TokenKind};

/// Items that stand beside each other, from the first's comments to the last's comma and comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// As it is written.
    pub(super) text: String,
    /// The comma behind the last item, in this text.
    comma: Option<Range<usize>>,
    /// Where a comma belongs, if there is none.
    comma_place: usize,
    pub(super) begins: Begins,
    pub(super) ends: Ends,
    /// The blanks that its lines begin with, besides their own.
    indent: String,
    /// The line end of the text that it is from.
    line_end: &'static str,
}

/// What a run needs before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    Anywhere,
    /// Its comments stand above it: on another item's line they would become that one's.
    OnItsLine,
}

/// What a run needs behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Anywhere,
    /// It ends with a comment that another item on its line would take.
    BeforeNoItem,
    /// It ends with `// ...`.
    WithItsLine,
}

impl Run {
    /// Items of a bracket.
    pub(super) fn of(list: &List<'_>, items: Range<usize>) -> Option<Self> {
        let bottom = items.end.checked_sub(1)?;
        let (first_node, last_node) = (list.item(items.start)?, list.item(bottom)?);
        let (first, end) = (list.extent(items.start)?, list.extent(bottom)?.end);
        let document = list.document;
        let text = document.slice(first.start..end);
        let above = first.start..first_node.item_range().start;
        let comma = last_node.comma_after();
        let tail = document.tokens_in(last_node.range().end..end).last();
        let ends = match (tail.map(|token| token.kind), &comma) {
            (Some(TokenKind::LineComment), _) => Ends::WithItsLine,
            (Some(TokenKind::BlockComment), Some(comma)) if comma.end < end => Ends::BeforeNoItem,
            _ => Ends::Anywhere,
        };
        let relative = |byte: usize| byte.saturating_sub(first.start);
        Some(Self {
            text: text.to_owned(),
            comma: comma.map(|comma| relative(comma.start)..relative(comma.end)),
            comma_place: relative(layout::comma_place(document, last_node)),
            begins: if layout::breaks(document, &above) {
                Begins::OnItsLine
            } else {
                Begins::Anywhere
            },
            ends,
            indent: own_indent(document, first.start, text),
            line_end: layout::line_end(document.text(), first.start),
        })
    }

    /// What is written anew, without a comma and indentation.
    pub(super) fn new(text: String) -> Self {
        Self {
            comma: None,
            comma_place: text.len(),
            text,
            begins: Begins::Anywhere,
            ends: Ends::Anywhere,
            indent: String::new(),
            line_end: "\n",
        }
    }

    /// Whether its last item has a comma.
    pub(super) fn has_comma(&self) -> bool {
        self.comma.is_some()
    }

    /// Whether it runs over lines.
    pub(super) fn has_lines(&self) -> bool {
        self.text.contains('\n')
    }

    /// The same with other bytes in it, before the last item's comma.
    pub(super) fn replaced(mut self, range: Range<usize>, with: &str) -> Self {
        if self.text.get(range.clone()).is_some() && range.end <= self.comma_place {
            let shift = |byte: usize| byte + with.len() - range.len();
            self.text.replace_range(range.clone(), with);
            self.comma = self.comma.map(|comma| shift(comma.start)..shift(comma.end));
            self.comma_place = shift(self.comma_place);
        }
        self
    }

    /// Its text with or without the last comma, as it is indented.
    pub(super) fn written(&self, comma: Comma) -> String {
        let mut text = self.text.clone();
        match (comma, &self.comma) {
            (Comma::Yes, None) => text.insert(self.comma_place, ','),
            (Comma::No, Some(comma)) => text.replace_range(comma.clone(), ""),
            _ => {}
        }
        text
    }

    /// The same for lines that begin with `indent`, in a text with these line ends.
    pub(super) fn indented(&self, comma: Comma, indent: &str, line_end: &str) -> String {
        let text = reindented(&self.written(comma), &self.indent, indent);
        if self.line_end == line_end {
            return text;
        }
        text.replace("\r\n", "\n").replace('\n', line_end)
    }
}

/// Whether a run's last item is to have a comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comma {
    Yes,
    No,
}

impl Comma {
    pub(super) fn when(wanted: bool) -> Self {
        if wanted { Self::Yes } else { Self::No }
    }
}

/// The blanks that the lines of an item that starts at `start` have in common. Of one that does not begin
/// its line its column counts, if its lines are aligned with it.
fn own_indent(document: &Document, start: usize, text: &str) -> String {
    let line = document.slice(layout::line_start(document.text(), start)..start);
    let blanks = layout::indent(document.text(), start);
    if blanks.len() == line.len() {
        return blanks.to_owned();
    }
    let column = " ".repeat(line.chars().count());
    let inside = lines_inside(text);
    let aligned = |(at, line): (usize, &str)| {
        line.trim().is_empty() || inside.contains(&at) || line.starts_with(&column)
    };
    if lines(text).skip(1).all(aligned) {
        column
    } else {
        blanks.to_owned()
    }
}

/// The lines of a text with where each starts.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

/// The starts of lines that lie inside of a text or a comment: their blanks are not layout.
fn lines_inside(text: &str) -> Vec<usize> {
    if !text.contains("/*") && !text.contains('"') {
        return Vec::new();
    }
    let document = Document::parse(text);
    let tokens = document.tokens().iter();
    let others = tokens.filter(|token| token.kind != TokenKind::Space);
    let breaks = others.flat_map(|token| {
        let start = token.range.start;
        let text = document.slice(token.range.clone());
        text.match_indices('\n').map(move |(at, _)| start + at + 1)
    });
    breaks.collect()
}

/// The text with its lines, but for the first, indented by other blanks. What is aligned in them stays so;
/// lines inside of texts and comments stay as they are.
pub(super) fn reindented(text: &str, from: &str, to: &str) -> String {
    if from == to || !text.contains('\n') {
        return text.to_owned();
    }
    let inside = lines_inside(text);
    let mut levels = Levels {
        to,
        known: Vec::new(),
    };
    let mut new = String::with_capacity(text.len());
    for (at, line) in lines(text) {
        let is_blank = line.trim().is_empty();
        match line.strip_prefix(from) {
            Some(rest) if at > 0 && !is_blank && inside.binary_search(&at).is_err() => {
                let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
                let (more, rest) = rest.split_at(blanks);
                new.push_str(to);
                new.push_str(&levels.converted(more));
                new.push_str(rest);
            }
            _ => new.push_str(line),
        }
    }
    new
}

/// Blanks beyond the common ones, in the way of the text that they come to.
struct Levels<'a> {
    to: &'a str,
    /// The blanks of the lines around the one at hand, and what became of them.
    known: Vec<(String, String)>,
}

impl Levels<'_> {
    /// A tab for each whole level where there are tabs, spaces where there are spaces; what is less than
    /// a level aligns, and stays.
    fn converted(&mut self, blanks: &str) -> String {
        const LEVEL: &str = "    ";
        while let Some((outer, _)) = self.known.last()
            && !blanks.starts_with(outer.as_str())
        {
            self.known.pop();
        }
        let (outer, new) = self.known.last().cloned().unwrap_or_default();
        let more = blanks.strip_prefix(outer.as_str()).unwrap_or(blanks);
        let is_level = !more.contains('\t') && more.len().is_multiple_of(LEVEL.len());
        let more = if self.to.starts_with('\t') && is_level {
            more.replace(LEVEL, "\t")
        } else if self.to.starts_with(' ') {
            more.replace('\t', LEVEL)
        } else {
            more.to_owned()
        };
        let new = new + &more;
        self.known.push((blanks.to_owned(), new.clone()));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, items: Range<usize>) -> Run {
        let document = Document::parse(text);
        let list = List::of(&document, document.root().unwrap()).unwrap();
        Run::of(&list, items).unwrap()
    }

    #[test]
    fn a_comma_comes_and_goes_without_a_comment() {
        let last = run("[a,\n // b\n b // c\n]", 1..2);
        assert_eq!(last.written(Comma::No), "// b\n b // c");
        assert_eq!(last.written(Comma::Yes), "// b\n b, // c");
        let first = run("[a /* x */, /* y */\n b]", 0..1);
        assert_eq!(first.written(Comma::No), "a /* x */ /* y */");
        assert_eq!(first.ends, Ends::BeforeNoItem);
        let block = run("[a /* x */]", 0..1);
        assert_eq!(block.written(Comma::Yes), "a /* x */,");
    }

    #[test]
    fn lines_are_indented_anew_but_not_those_inside_texts_and_comments() {
        let text = "[\n    A(\n        x: r#\"one\n    two\"#, /* three\n    four */\n      y,\n\n    ),\n]";
        let run = run(text, 0..1);
        assert_eq!(
            run.indented(Comma::Yes, "  ", "\n"),
            "A(\n      x: r#\"one\n    two\"#, /* three\n    four */\n    y,\n\n  ),"
        );
    }

    #[test]
    fn alignment_with_an_item_within_a_line_is_kept() {
        let run = run("[A(x: 1,\n   y: 2), B]", 0..1);
        assert_eq!(
            run.indented(Comma::No, "    ", "\n"),
            "A(x: 1,\n      y: 2)"
        );
    }

    #[test]
    fn tabs_and_spaces_follow_the_text_that_they_come_to() {
        let spaces = run(
            "[\n    A(\n        x(a,\n          b),\n         y,\n    ),\n]",
            0..1,
        );
        assert_eq!(
            spaces.indented(Comma::No, "\t\t", "\r\n"),
            "A(\r\n\t\t\tx(a,\r\n\t\t\t  b),\r\n\t\t\t y,\r\n\t\t)"
        );
        let tabs = run("[\n\tA(\n\t\tx,\n\t),\n]", 0..1);
        assert_eq!(tabs.indented(Comma::No, "  ", "\n"), "A(\n      x,\n  )");
    }
}
