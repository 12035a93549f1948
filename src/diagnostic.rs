//! One problem in a text: where, what, what would be right. It draws itself
//! for a terminal or as JSON; it knows no file system and no screen.

mod drawing;

use std::ops::Range;

use serde::Serialize;

pub use crate::document::Replacement;
use crate::document::{LineColumn, lines};
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

/// Where each line of a text begins, as the [`document`](crate::document) counts lines and columns.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    table: lines::Lines,
}

impl<'a> Lines<'a> {
    /// The lines of `text`; a line ends with `\n`. A byte order mark at the start is no character of
    /// the first: editors don't show it.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let table = lines::Lines::new(text);
        Self { text, table }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let LineColumn { line, column } = self.table.line_column(byte);
        (line, column)
    }

    /// The byte at a line and column, both from 1; at most the line's end.
    #[must_use]
    pub fn byte(&self, line: usize, column: usize) -> usize {
        self.table.byte_of(LineColumn { line, column })
    }

    /// Where a line, from 1, begins, behind a byte order mark; the text's end for one that is not there.
    #[must_use]
    pub fn start(&self, line: usize) -> usize {
        self.table.range(line).start
    }

    /// A line, from 1, without its end.
    #[must_use]
    pub fn text(&self, line: usize) -> &'a str {
        let text = self.text.get(self.table.range(line)).unwrap_or_default();
        text.strip_suffix('\r').unwrap_or(text)
    }
}
