//! Lines and columns of a text. It knows nothing of RON.
//!
//! Lines end at `\n`, as ron counts them: the `\r` of a `\r\n` is the last character of its line, and a
//! lone `\r` ends nothing. Columns are characters, not bytes. Lines and columns count from 1. A byte
//! order mark at the start takes up no column, since no editor shows one.

/// A place in a text as an editor shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The character in its line, from 1.
    pub column: usize,
}

/// Where a text's lines begin, and which of its characters take more than one byte: both directions
/// of the search are then logarithmic, even in a file that is a single line.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// The byte that each line starts at; the first is behind a byte order mark.
    starts: Vec<usize>,
    /// The columns of white space that each line opens with; a tab counts as four.
    indents: Vec<usize>,
    wide: Vec<Wide>,
    length: usize,
}

/// One character of several bytes: where it starts and ends, and how many characters stand before it.
#[derive(Clone, Copy, Debug)]
struct Wide {
    start: usize,
    end: usize,
    character: usize,
}

const TAB: usize = 4;

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let first = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let mut starts = vec![first];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        let indents = starts
            .iter()
            .map(|&start| indent(text.get(start..).unwrap_or("")))
            .collect();
        let mut wide: Vec<Wide> = Vec::new();
        for (start, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            let character = wide
                .last()
                .map_or(start, |last| last.character + 1 + start - last.end);
            wide.push(Wide {
                start,
                end: start + c.len_utf8(),
                character,
            });
        }
        Self {
            starts,
            indents,
            wide,
            length: text.len(),
        }
    }

    /// How many lines there are; an empty text has one.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 1, that a byte is on.
    pub(super) fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte).max(1)
    }

    /// The bytes of a line, its `\n` left out; empty past the last.
    pub(crate) fn range(&self, line: usize) -> std::ops::Range<usize> {
        let Some(&start) = line.checked_sub(1).and_then(|at| self.starts.get(at)) else {
            return self.length..self.length;
        };
        let end = self.starts.get(line).map_or(self.length, |next| next - 1);
        start..end.max(start)
    }

    /// The columns of white space that a line opens with.
    pub(super) fn indent(&self, line: usize) -> usize {
        line.checked_sub(1)
            .and_then(|at| self.indents.get(at))
            .copied()
            .unwrap_or(0)
    }

    pub(crate) fn line_column(&self, byte: usize) -> LineColumn {
        let byte = byte.min(self.length);
        let line = self.line_of(byte);
        let start = self.range(line).start;
        let column = 1 + self
            .characters_before(byte)
            .saturating_sub(self.characters_before(start));
        LineColumn { line, column }
    }

    /// The byte at a line and column; past a line's end it is that end, past the last line the text's.
    pub(crate) fn byte_of(&self, at: LineColumn) -> usize {
        let range = self.range(at.line);
        let target = self
            .characters_before(range.start)
            .saturating_add(at.column.saturating_sub(1));
        let wide = self.wide.partition_point(|wide| wide.character < target);
        let byte = match wide.checked_sub(1).and_then(|last| self.wide.get(last)) {
            Some(last) => last.end.saturating_add(target - last.character - 1),
            None => target,
        };
        byte.clamp(range.start, range.end)
    }

    /// How many characters stand before a byte; the one that the byte is within does not.
    fn characters_before(&self, byte: usize) -> usize {
        let wide = self.wide.partition_point(|wide| wide.start < byte);
        match wide.checked_sub(1).and_then(|last| self.wide.get(last)) {
            Some(last) if byte < last.end => last.character,
            Some(last) => last.character + 1 + byte - last.end,
            None => byte,
        }
    }
}

fn indent(line: &str) -> usize {
    let blank = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blank.map(|c| if c == '\t' { TAB } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: usize, column: usize) -> LineColumn {
        LineColumn { line, column }
    }

    #[test]
    fn columns_count_characters_and_both_directions_agree() {
        let text = "a\u{e9}b\r\nzwei\u{1f9b6}\n\nend";
        let lines = Lines::new(text);
        let mut expected = at(1, 1);
        for (byte, c) in text.char_indices() {
            assert_eq!(lines.line_column(byte), expected, "byte {byte}");
            assert_eq!(lines.byte_of(expected), byte, "{expected:?}");
            expected = if c == '\n' {
                at(expected.line + 1, 1)
            } else {
                at(expected.line, expected.column + 1)
            };
        }
        assert_eq!(lines.line_column(text.len()), expected);
        assert_eq!(lines.byte_of(expected), text.len());
    }

    #[test]
    fn a_byte_within_a_character_is_at_that_character() {
        let lines = Lines::new("\u{1f9b6}x");
        assert_eq!(lines.line_column(2), at(1, 1));
        assert_eq!(lines.line_column(4), at(1, 2));
    }

    #[test]
    fn positions_past_an_end_stay_in_the_text() {
        let lines = Lines::new("ab\nc");
        assert_eq!(lines.byte_of(at(1, 99)), 2);
        assert_eq!(lines.byte_of(at(9, 1)), 4);
        assert_eq!(lines.byte_of(at(0, 0)), 4);
        assert_eq!(lines.line_column(99), at(2, 2));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let lines = Lines::new("\u{feff}ab");
        assert_eq!(lines.line_column(3), at(1, 1));
        assert_eq!(lines.line_column(0), at(1, 1));
        assert_eq!(lines.byte_of(at(1, 2)), 4);
    }

    #[test]
    fn a_lone_carriage_return_ends_no_line() {
        let lines = Lines::new("a\rb\r\nc");
        assert_eq!(lines.line_column(2), at(1, 3));
        assert_eq!(lines.line_column(5), at(2, 1));
        assert_eq!(lines.count(), 2);
    }
}
