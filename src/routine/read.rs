//! RON text to routine. ron and serde are the authority on syntax and on the
//! kinds of values; `build` is the one on meaning. What either refuses becomes
//! a diagnostic in words that an instructor understands.

use ron::error::{Error as RonError, SpannedError};
use ron::extensions::Extensions;

use super::build::{self, Finding};
use super::fault::Fault;
use super::text::did_you_mean;
use super::{FORMAT, MAX_BYTES, MAX_NESTING, Routine, file};
use crate::diagnostic::{Diagnostic, Lines, Severity};
use crate::document::{Document, NodeKind, Place};

pub use super::build::{NoSounds, SoundFolder, SoundState};

/// The routine that `text` means.
///
/// # Errors
///
/// What is wrong, each with its place in the text; never empty.
pub fn read(text: &str, sounds: &dyn SoundFolder) -> Result<Routine, Vec<Diagnostic>> {
    if text.len() > MAX_BYTES {
        return Err(vec![problem(0..0, &Fault::TooLarge)]);
    }
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let skipped = text.len() - body.len();
    if body.trim().is_empty() {
        return Err(vec![problem(0..0, &Fault::Empty)]);
    }
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    // A newer format may have fields that this version would call wrong.
    if let Ok(head) = options.from_str::<file::Head>(body)
        && head.format > FORMAT
    {
        let at = Locator::new(text).locate(&Place::root().field("format"));
        return Err(vec![problem(at, &Fault::NewerFormat)]);
    }
    let document = Locator::new(text);
    let written = document.problems();
    if !written.is_empty() {
        return Err(written);
    }
    let file = match options.from_str::<file::Routine>(body) {
        Ok(file) => file,
        Err(error) => return Err(vec![from_ron(&error, body, skipped)]),
    };
    build::build(file, sounds).map_err(|findings| {
        findings
            .into_iter()
            .map(|Finding { place, fault }| problem(document.locate(&place), &fault))
            .collect()
    })
}

/// The diagnostic for a fault.
fn problem(range: std::ops::Range<usize>, fault: &Fault) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        range,
        message: fault.to_string(),
        help: fault.help(),
    }
}

/// Finds where in a text the value of a place is written.
#[derive(Debug)]
pub struct Locator {
    document: Document,
}

impl Locator {
    /// For places in `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            document: Document::parse(text),
        }
    }

    /// What is wrong with the way the text is written.
    fn problems(&self) -> Vec<Diagnostic> {
        let from = |problem: &crate::document::Problem| Diagnostic {
            severity: Severity::Error,
            range: problem.range.clone(),
            message: problem.to_string(),
            help: problem
                .replacement
                .as_ref()
                .map(|replacement| replacement.text.trim())
                .filter(|text| !text.is_empty())
                .map(|text| format!("write {text}")),
        };
        self.document.problems().iter().map(from).collect()
    }

    /// The bytes of the value at `place`, or where it would stand.
    #[must_use]
    pub fn locate(&self, place: &Place) -> std::ops::Range<usize> {
        let node = self
            .document
            .find(place)
            .or_else(|| self.document.nearest(place));
        match node {
            // A whole step or list is marked by its name or opening bracket.
            Some(node) if node.kind() == NodeKind::Struct || node.kind() == NodeKind::Tuple => {
                node.name_range().unwrap_or_else(|| node.range())
            }
            Some(node) if node.kind() == NodeKind::List => {
                let start = node.range().start;
                start..start + 1
            }
            Some(node) => node.range(),
            None => 0..0,
        }
    }
}

/// ron's own error, in plain words, at ron's position.
fn from_ron(error: &SpannedError, body: &str, skipped: usize) -> Diagnostic {
    let lines = Lines::new(body);
    let start = lines.byte(error.span.start.line, error.span.start.col);
    let end = lines
        .byte(error.span.end.line, error.span.end.col)
        .max(start);
    problem(start + skipped..end + skipped, &plain(&error.code))
}

fn plain(error: &RonError) -> Fault {
    match error {
        RonError::MissingStructField { field, outer } => Fault::MissingField {
            thing: thing(outer.as_deref()),
            field: (*field).to_owned(),
        },
        RonError::NoSuchStructField {
            expected,
            found,
            outer,
        } => Fault::UnknownField {
            thing: thing(outer.as_deref()),
            meant: did_you_mean(found, expected.iter().copied()).map(str::to_owned),
            found: found.clone(),
            fields: expected.iter().map(|&field| field.to_owned()).collect(),
        },
        RonError::DuplicateStructField { field, .. } => Fault::RepeatedField((*field).to_owned()),
        RonError::NoSuchEnumVariant {
            expected, found, ..
        } => Fault::UnknownWord {
            meant: did_you_mean(found, expected.iter().copied()).map(str::to_owned),
            found: found.clone(),
            words: expected.iter().map(|&word| word.to_owned()).collect(),
        },
        RonError::ExpectedIdentifier => Fault::QuotedWord,
        RonError::ExpectedString => Fault::BareText,
        RonError::ExceededRecursionLimit => Fault::TooDeep,
        RonError::Message(message) => match message.strip_prefix(file::REPEATED_SEQUENCE) {
            Some(name) => Fault::RepeatedSequence(name.to_owned()),
            None => Fault::Syntax(message.clone()),
        },
        other => Fault::Syntax(syntax(other)),
    }
}

/// What a struct of that name is called in a message.
fn thing(outer: Option<&str>) -> String {
    outer.unwrap_or("routine").to_lowercase()
}

/// RON's syntax without RON's words.
fn syntax(error: &RonError) -> String {
    match error {
        RonError::Eof => {
            "the file ends before it is complete: a bracket or quote is still open".to_owned()
        }
        RonError::ExpectedComma => "a comma is missing before this".to_owned(),
        RonError::ExpectedArray => "a list in square brackets is expected here: [ ... ]".to_owned(),
        RonError::ExpectedArrayEnd => "a closing ] is missing, or a comma before this".to_owned(),
        RonError::ExpectedMap => {
            "sequences by name are expected here: { \"name\": [ ... ] }".to_owned()
        }
        RonError::ExpectedMapColon => "a colon is missing before this".to_owned(),
        RonError::ExpectedMapEnd => "a closing } is missing, or a comma before this".to_owned(),
        RonError::ExpectedStructLike | RonError::ExpectedNamedStructLike(_) => {
            "an opening ( is expected here".to_owned()
        }
        RonError::ExpectedStructLikeEnd | RonError::ExpectedOptionEnd => {
            "a closing ) is missing, or a comma before this".to_owned()
        }
        RonError::ExpectedStringEnd => "these quotes are never closed".to_owned(),
        RonError::ExpectedBoolean => "true or false is expected here, without quotes".to_owned(),
        RonError::ExpectedInteger
        | RonError::InvalidIntegerDigit { .. }
        | RonError::IntegerOutOfBounds => "a whole number is expected here".to_owned(),
        RonError::ExpectedDifferentStructName { expected, found } => {
            format!("{expected}( ... ) is expected here, not {found}")
        }
        RonError::InvalidEscape(_) => {
            "a backslash in a text begins a code; write \\\\ for a plain one".to_owned()
        }
        RonError::UnclosedBlockComment => "this comment is never closed: */ is missing".to_owned(),
        RonError::TrailingCharacters => {
            "the routine is complete before this; delete what follows".to_owned()
        }
        RonError::UnexpectedChar(c) => format!("{c:?} does not belong here"),
        RonError::InvalidValueForType { expected, found } => {
            format!("{expected} is expected here, not {found}")
        }
        RonError::ExpectedDifferentLength { expected, found } => {
            format!("{expected} is expected here, not {found} values")
        }
        other => format!("this can't be read ({other})"),
    }
}

/// Nesting that serde may pass: each of the routine's levels costs it a few.
const _: () = assert!(MAX_NESTING * 4 < 128, "ron's own limit must not come first");
