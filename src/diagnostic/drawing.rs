//! A problem drawn for a terminal: the lines that it is about, with the marks under the right
//! characters, whatever tabs, wide characters or escapes stand before them.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Colour, Diagnostic, Lines, Severity};
use crate::routine::text::printable;

impl Diagnostic {
    /// The problem with `path:line:column`, the line itself, the mark under
    /// it, what is wrong and what would be right, ending in a line break.
    #[must_use]
    pub fn render(&self, path: &str, lines: &Lines<'_>, colour: Colour) -> String {
        let (line, column) = lines.position(self.range.start);
        let window = Window::around(lines, line, &self.range);
        let path = printable(path);
        let mut message = printable(&self.message);
        if window.columns == Columns::Moved {
            message = format!("{path}:{line}:{column}: {message}");
        }
        let help = self.help.as_deref().map(printable);
        let related = self.related.as_ref().map(|related| {
            let (line, _) = lines.position(related.range.start);
            let window = Window::around(lines, line, &related.range);
            (line, window, &related.range, printable(&related.label))
        });
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(message.as_str()));
        if lines.text(line).trim().is_empty() {
            group = group.element(Origin::path(path.as_str()).line(line).char_column(column));
        } else {
            let mut snippet = window.snippet(&path, line);
            snippet = snippet.annotation(AnnotationKind::Primary.span(window.marked(&self.range)));
            if let Some((second, _, range, label)) = &related
                && *second == line
            {
                snippet = snippet.annotation(context(window.marked(range), label));
            }
            group = group.element(snippet);
        }
        if let Some((second, window, range, label)) = &related
            && *second != line
        {
            let snippet = window.snippet(&path, *second);
            group = group.element(snippet.annotation(context(window.marked(range), label)));
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = match colour {
            Colour::Yes => Renderer::styled(),
            Colour::No => Renderer::plain(),
        };
        let mut drawn = renderer.render(&[group]);
        drawn.push('\n');
        drawn
    }
}

fn context(range: Range<usize>, label: &str) -> Annotation<'_> {
    AnnotationKind::Context.span(range).label(label)
}

/// The character's beginning at or before a byte; at most the text's end.
fn boundary(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether the renderer, which counts the columns of what it is shown, counts
/// those of the line as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Columns {
    AsWritten,
    Moved,
}

/// A line, shortened where it is very long, and safe to print.
struct Window<'a> {
    /// The part of the line that is shown, as it is written.
    written: &'a str,
    /// Where that begins in the text.
    start: usize,
    text: String,
    columns: Columns,
}

impl<'a> Window<'a> {
    /// How much of a line is shown before and after a mark's beginning and
    /// end, in characters: a line without end would bury it.
    const REACH: usize = 300;

    fn around(lines: &Lines<'a>, line: usize, mark: &Range<usize>) -> Self {
        let whole = lines.text(line);
        let offset = |byte: usize| boundary(whole, byte.saturating_sub(lines.start(line)));
        let before = whole.get(..offset(mark.start)).unwrap_or_default();
        let behind = |from: usize| {
            let rest = whole.get(from..).unwrap_or_default();
            let reach = rest.char_indices().nth(Self::REACH);
            reach.map_or(whole.len(), |(at, _)| from + at)
        };
        let first = match before.char_indices().rev().nth(Self::REACH - 1) {
            Some((at, _)) => at,
            None => 0,
        };
        let last = behind(offset(mark.end).min(behind(before.len())));
        let written = whole.get(first..last).unwrap_or_default();
        // Short of its beginning, or with an escape in it.
        let columns = if printable(before).chars().count() == before.chars().count() && first == 0 {
            Columns::AsWritten
        } else {
            Columns::Moved
        };
        Self {
            written,
            start: lines.start(line) + first,
            text: printable(written),
            columns,
        }
    }

    /// Where a range of the text's bytes stands in what is shown.
    fn marked(&self, range: &Range<usize>) -> Range<usize> {
        let shown = |byte: usize| {
            let at = boundary(self.written, byte.saturating_sub(self.start));
            printable(self.written.get(..at).unwrap_or_default()).len()
        };
        let start = shown(range.start);
        start..shown(range.end).max(start)
    }

    fn snippet<'b>(&'b self, path: &'b str, line: usize) -> Snippet<'b, Annotation<'b>> {
        let snippet = Snippet::source(self.text.as_str()).line_start(line);
        match self.columns {
            Columns::AsWritten => snippet.path(path),
            Columns::Moved => snippet,
        }
    }
}
