//! One problem in a text: where, what, what would be right. It draws itself
//! for a terminal or as JSON; it knows no file system and no screen.

mod drawing;

use std::ops::Range;

use serde::Serialize;

pub use crate::document::Replacement;
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
    /// A second place that explains the first.
    pub related: Option<Related>,
    /// The right text, where it is certain.
    pub replacement: Option<Replacement>,
}

/// A second place that explains a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// What stands there, in a few words.
    pub label: String,
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
    /// An error at a range of bytes, with nothing more to say.
    #[must_use]
    pub fn error(range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            range,
            message: message.into(),
            help: None,
            related: None,
            replacement: None,
        }
    }

    /// The same with what would be right.
    #[must_use]
    pub fn with_help(self, help: Option<String>) -> Self {
        Self { help, ..self }
    }

    /// The problem in `text` of the file called `path`, for an editor.
    #[must_use]
    pub fn record(&self, path: &str, lines: &Lines<'_>) -> Record {
        let (line, column) = lines.position(self.range.start);
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
