//! How a text is laid out around a byte or a value: line ends, indentation, and which bytes belong to
//! which item of a bracket. It knows brackets and comments, not what is in a routine.

use std::ops::Range;

use crate::document::{Document, Node, NodeKind, TokenKind};

/// What a level is indented by where a text does not show it.
const INDENT: &str = "    ";

/// The line end nearest to a byte: of its line, else of the line before; `\n` in a text of one line.
pub(super) fn line_end(text: &str, byte: usize) -> &'static str {
    let (before, behind) = text.split_at_checked(byte).unwrap_or((text, ""));
    let is_crlf = match (behind.find('\n'), before.rfind('\n')) {
        (Some(0), _) => before.ends_with('\r'),
        (Some(at), _) => behind.get(at - 1..at) == Some("\r"),
        (None, Some(at)) => before.get(..at).is_some_and(|line| line.ends_with('\r')),
        (None, None) => false,
    };
    if is_crlf { "\r\n" } else { "\n" }
}

/// Where the line of a byte starts, a byte order mark left out.
pub(super) fn line_start(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or(text);
    match before.rfind('\n') {
        Some(at) => at + 1,
        None if text.starts_with('\u{feff}') => '\u{feff}'.len_utf8().min(byte),
        None => 0,
    }
}

/// The blanks that the line of a byte begins with, at most up to the byte.
pub(super) fn indent(text: &str, byte: usize) -> &str {
    let line = text.get(line_start(text, byte)..byte).unwrap_or("");
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len())
        .unwrap_or("")
}

/// The blanks before a byte, if nothing else stands before it on its line.
pub(super) fn starts_line(text: &str, byte: usize) -> Option<&str> {
    let line = text.get(line_start(text, byte)..byte)?;
    (indent(text, byte).len() == line.len()).then_some(line)
}

/// Where the rest of the line of a byte ends, its line break included, if only blanks stand there.
pub(super) fn ends_line(text: &str, byte: usize) -> Option<usize> {
    let rest = text.get(byte..)?;
    let blank = rest.trim_start_matches([' ', '\t', '\r']);
    let line_break = usize::from(blank.starts_with('\n'));
    (line_break == 1 || blank.is_empty()).then(|| byte + rest.len() - blank.len() + line_break)
}

/// What a level is indented by in this document.
pub(super) fn unit(document: &Document) -> &str {
    let text = document.text();
    let Some(root) = document.root() else {
        return INDENT;
    };
    let outer = indent(text, root.range().start);
    let inner = root.children().next().and_then(|field| {
        let blanks = starts_line(text, field.item_range().start)?;
        blanks.strip_prefix(outer).filter(|unit| !unit.is_empty())
    });
    match inner {
        Some(unit) if unit.starts_with('\t') => "\t",
        Some(unit) => unit,
        None => INDENT,
    }
}

/// All bytes that move with an item: from the comments above it to its comma and the comments behind
/// it on its line, if no other item stands there.
pub(super) fn extent(document: &Document, node: Node<'_>) -> Range<usize> {
    let item = node.item_range();
    let comments = node.leading_comments();
    let start = comments
        .first()
        .map_or(item.start, |comment| comment.range.start);
    start..extent_end(document, node)
}

fn extent_end(document: &Document, node: Node<'_>) -> usize {
    let comma = node.comma_after().map(|comma| comma.end);
    let end = comma.unwrap_or(node.range().end);
    let mut last = end;
    for token in document.tokens_in(end..document.text().len()) {
        match token.kind {
            TokenKind::Space if !breaks(document, &token.range) => {}
            TokenKind::LineComment => return token.range.end,
            TokenKind::BlockComment => last = token.range.end,
            TokenKind::Space | TokenKind::Close(_) => return last,
            _ => return end,
        }
    }
    last
}

/// Where an item's comma belongs: behind it and the comments in `/* */` behind it on its line.
pub(super) fn comma_place(document: &Document, node: Node<'_>) -> usize {
    let mut place = node.range().end;
    for token in document.tokens_in(place..document.text().len()) {
        match token.kind {
            TokenKind::Space if !breaks(document, &token.range) => {}
            TokenKind::BlockComment => place = token.range.end,
            TokenKind::Space | TokenKind::LineComment | TokenKind::Close(_) => return place,
            // What stands before another item is that one's.
            _ => return node.range().end,
        }
    }
    place
}

/// Whether a comment that ends with its line stands behind an item.
pub(super) fn ends_with_line_comment(document: &Document, node: Node<'_>) -> bool {
    let range = node.range().end..extent_end(document, node);
    let mut tokens = document.tokens_in(range).iter();
    tokens.any(|token| token.kind == TokenKind::LineComment)
}

/// Whether there is a line break in a range.
pub(super) fn breaks(document: &Document, range: &Range<usize>) -> bool {
    document.slice(range.clone()).contains('\n')
}

/// A bracket's items with what is between them.
#[derive(Debug, Clone)]
pub(super) struct List<'a> {
    pub(super) document: &'a Document,
    pub(super) items: Vec<Node<'a>>,
    /// Where its content starts: behind the opening bracket.
    pub(super) open: usize,
    /// Where its closing bracket starts.
    pub(super) close: usize,
}

impl<'a> List<'a> {
    /// Of a list, a map, or a block's fields; none of anything else, or if a bracket is missing.
    pub(super) fn of(document: &'a Document, node: Node<'a>) -> Option<Self> {
        let bracketed = matches!(
            node.kind(),
            NodeKind::List | NodeKind::Map | NodeKind::Struct | NodeKind::Tuple | NodeKind::Unit
        );
        let range = node.range();
        let mut tokens = document.tokens_in(range.clone()).iter();
        let open = tokens.find(|token| matches!(token.kind, TokenKind::Open(_)))?;
        let last = document.token_at(range.end.checked_sub(1)?)?;
        let closed = matches!(last.kind, TokenKind::Close(_));
        (bracketed && closed).then(|| Self {
            document,
            items: node.children().collect(),
            open: open.range.end,
            close: last.range.start,
        })
    }

    pub(super) fn text(&self) -> &'a str {
        self.document.text()
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn item(&self, at: usize) -> Option<Node<'a>> {
        self.items.get(at).copied()
    }

    pub(super) fn extent(&self, at: usize) -> Option<Range<usize>> {
        self.item(at).map(|node| extent(self.document, node))
    }

    /// The bytes before an item that belong to none; of the number of items those before the closing
    /// bracket.
    pub(super) fn gap(&self, at: usize) -> Range<usize> {
        let start = match at.checked_sub(1).and_then(|before| self.extent(before)) {
            Some(before) => before.end,
            None => self.open,
        };
        let end = self.extent(at).map_or(self.close, |item| item.start);
        start..end.max(start)
    }

    /// Whether a gap holds a line break.
    pub(super) fn breaks(&self, at: usize) -> bool {
        breaks(self.document, &self.gap(at))
    }

    /// Whether a gap holds an empty line.
    pub(super) fn is_spaced(&self, at: usize) -> bool {
        let gap = self.document.slice(self.gap(at));
        let inner = gap
            .split_once('\n')
            .and_then(|(_, rest)| rest.rsplit_once('\n'));
        inner.is_some_and(|(lines, _)| lines.split('\n').any(|line| line.trim().is_empty()))
    }

    /// The blanks that begin the lines of items: those of the nearest item that begins its line, or else
    /// one level more than the opening bracket's line.
    pub(super) fn indent(&self, near: usize) -> String {
        let text = self.text();
        let before = (0..near.min(self.len())).rev();
        let blanks = before.chain(near..self.len()).take(64).find_map(|at| {
            let start = self.extent(at)?.start;
            self.breaks(at).then(|| indent(text, start))
        });
        blanks.map_or_else(
            || format!("{}{}", self.outer(), unit(self.document)),
            str::to_owned,
        )
    }

    /// Of a block: whether its fields stand on lines of their own, and the blanks before them; else
    /// those of the block's line.
    pub(super) fn lines_of_fields(&self) -> (bool, String) {
        if self.breaks(0) {
            (true, self.indent(0))
        } else {
            (false, self.outer().to_owned())
        }
    }

    /// The blanks that begin the line of the opening bracket.
    pub(super) fn outer(&self) -> &'a str {
        indent(self.text(), self.open)
    }

    /// Where an empty bracket's content may start: behind the comments on the opening bracket's line.
    pub(super) fn content(&self) -> usize {
        let mut content = self.open;
        for token in self.document.tokens_in(self.open..self.close) {
            match token.kind {
                TokenKind::Space if !breaks(self.document, &token.range) => {}
                kind if kind.is_comment() => content = token.range.end,
                _ => break,
            }
        }
        content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_line_end_counts() {
        assert_eq!(line_end("a\r\nb\nc", 0), "\r\n");
        assert_eq!(line_end("a\r\nb\nc", 1), "\r\n");
        assert_eq!(line_end("a\r\nb\nc", 2), "\r\n");
        assert_eq!(line_end("a\r\nb\nc", 3), "\n");
        assert_eq!(line_end("a\r\nb\nc", 6), "\n");
        assert_eq!(line_end("a\r\nb", 4), "\r\n");
        assert_eq!(line_end("ab", 1), "\n");
    }

    #[test]
    fn a_level_is_what_the_text_shows() {
        for (text, expected) in [
            ("Routine(\n  a: 1,\n)", "  "),
            ("Routine(\n\ta: 1,\n)", "\t"),
            ("Routine(a: 1,\n        b: 2)", "    "),
            ("Routine(a: 1)", "    "),
            ("  Routine(\n     a: 1,\n  )", "   "),
        ] {
            assert_eq!(unit(&Document::parse(text)), expected, "{text}");
        }
    }

    #[test]
    fn an_item_has_its_comments_and_no_others() {
        let text = "[ // list\n // a1\n /* a2 */ a, /* a3 */ // a4\n // b1\n b /* b2 */,/* c1 */ c\n // end\n]";
        let document = Document::parse(text);
        let list = List::of(&document, document.root().unwrap()).unwrap();
        let items: Vec<&str> = (0..3)
            .map(|at| document.slice(list.extent(at).unwrap()))
            .collect();
        assert_eq!(
            items,
            [
                "// a1\n /* a2 */ a, /* a3 */ // a4",
                "// b1\n b /* b2 */,",
                "/* c1 */ c"
            ]
        );
        let gaps: Vec<&str> = (0..4).map(|at| document.slice(list.gap(at))).collect();
        assert_eq!(gaps, [" // list\n ", "\n ", "", "\n // end\n"]);
    }
}
