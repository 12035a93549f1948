//! One problem in a text: where, what, what would be right. It draws itself
//! for a terminal or as JSON; it knows no file system and no screen.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::routine::text::printable;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The routine does not run.
    Error,
    /// Worth a look.
    Warning,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

/// Whether colour may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// A terminal that wants it.
    Yes,
    /// A pipe, or `NO_COLOR`.
    No,
}

/// A problem as an editor reads it.
#[derive(Debug, Serialize)]
pub struct Record {
    /// As it was given on the command line.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What would be right; empty where nothing can be said.
    pub help: String,
}

impl Diagnostic {
    /// The problem in `text` of the file called `path`, for an editor.
    #[must_use]
    pub fn record(&self, path: &str, text: &str) -> Record {
        let (line, column) = Lines::new(text).position(self.range.start);
        Record {
            file: printable(path),
            line,
            column,
            severity: self.severity,
            message: printable(&self.message),
            help: printable(self.help.as_deref().unwrap_or_default()),
        }
    }

    /// The problem on one line: `line:column: what`.
    #[must_use]
    pub fn one_line(&self, text: &str) -> String {
        let (line, column) = Lines::new(text).position(self.range.start);
        printable(&format!("{line}:{column}: {}", self.message))
    }

    /// The problem with `path:line:column`, the line itself, the mark under
    /// it, what is wrong and what would be right, ending in a line break.
    #[must_use]
    pub fn render(&self, path: &str, text: &str, colour: Colour) -> String {
        let lines = Lines::new(text);
        let (line, column) = lines.position(self.range.start);
        let written = lines.text(line);
        let start = lines.start(line);
        let from = self.range.start.saturating_sub(start).min(written.len());
        let to = self
            .range
            .end
            .saturating_sub(start)
            .clamp(from, written.len());
        let window = Window::around(written, from..to);
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let path = printable(path);
        let mut message = printable(&self.message);
        let help = self.help.as_deref().map(printable);
        let mut snippet = Snippet::source(window.text.as_str()).line_start(line);
        match window.columns {
            Columns::AsWritten => snippet = snippet.path(path.as_str()),
            Columns::Moved => message = format!("{path}:{line}:{column}: {message}"),
        }
        snippet = snippet.annotation(AnnotationKind::Primary.span(window.mark));
        let group = Group::with_title(level.primary_title(message.as_str()));
        let mut group = if written.trim().is_empty() {
            group.element(Origin::path(path.as_str()).line(line).char_column(column))
        } else {
            group.element(snippet)
        };
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

/// Whether the renderer, which counts the columns of what it is shown, counts
/// those of the line as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Columns {
    AsWritten,
    Moved,
}

/// A line, shortened where it is very long, and safe to print.
struct Window {
    text: String,
    mark: Range<usize>,
    columns: Columns,
}

impl Window {
    /// How much of a line is shown before and after a mark, in characters: a
    /// line without end would bury it.
    const REACH: usize = 300;

    fn around(line: &str, mark: Range<usize>) -> Self {
        let before = line.get(..mark.start).unwrap_or(line);
        let marked = line.get(mark.clone()).unwrap_or_default();
        let after = line.get(mark.end..).unwrap_or_default();
        let skip = before.chars().count().saturating_sub(Self::REACH);
        let part = |text: &mut String, chars: &mut dyn Iterator<Item = char>| {
            text.push_str(&printable(&chars.take(Self::REACH).collect::<String>()));
            text.len()
        };
        let mut text = String::new();
        let start = part(&mut text, &mut before.chars().skip(skip));
        // Short of its beginning, or with an escape in it.
        let columns = if text.chars().count() == before.chars().count() {
            Columns::AsWritten
        } else {
            Columns::Moved
        };
        let end = part(&mut text, &mut marked.chars());
        part(&mut text, &mut after.chars());
        Self {
            text,
            mark: start..end,
            columns,
        }
    }
}

/// Where each line of a text begins.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of `text`; a line ends with `\n`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self { text, starts }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= byte).max(1);
        let start = self.start(line);
        let column = self
            .text
            .get(start..)
            .unwrap_or_default()
            .char_indices()
            .take_while(|&(at, c)| start + at < byte && c != '\n')
            .count();
        (line, column + 1)
    }

    /// The byte at a line and column, both from 1; at most the line's end.
    #[must_use]
    pub fn byte(&self, line: usize, column: usize) -> usize {
        let start = self.start(line);
        let text = self.text(line);
        text.char_indices()
            .nth(column.saturating_sub(1))
            .map_or(start + text.len(), |(at, _)| start + at)
    }

    /// Where a line, from 1, begins; the text's end for one that is not there.
    #[must_use]
    pub fn start(&self, line: usize) -> usize {
        self.starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.text.len())
    }

    /// A line, from 1, without its end.
    #[must_use]
    pub fn text(&self, line: usize) -> &'a str {
        self.text
            .get(self.start(line)..)
            .unwrap_or_default()
            .lines()
            .next()
            .unwrap_or_default()
    }
}
