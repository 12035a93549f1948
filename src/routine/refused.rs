//! What ron itself refuses although nothing was found wrong before: at ron's position, in plain words.

use ron::error::{Error as RonError, SpannedError};

use super::text::did_you_mean;
use crate::diagnostic::{Diagnostic, Lines};

/// ron's own error. `body` is what ron read, `skipped` the bytes of the file before it.
pub(super) fn diagnostic(error: &SpannedError, body: &str, skipped: usize) -> Diagnostic {
    let lines = Lines::new(body);
    let start = lines.byte(error.span.start.line, error.span.start.col);
    let end = lines
        .byte(error.span.end.line, error.span.end.col)
        .max(start);
    Diagnostic::error(start + skipped..end + skipped, message(&error.code))
        .with_help(help(&error.code))
}

/// RON's errors without RON's words.
fn message(error: &RonError) -> String {
    match error {
        RonError::MissingStructField { field, .. } => format!("`{field}` is missing here"),
        RonError::NoSuchStructField { found, .. } => format!("nothing here is called `{found}`"),
        RonError::DuplicateStructField { field, .. } => format!("`{field}` is given twice"),
        RonError::NoSuchEnumVariant { found, .. } => format!("`{found}` does not fit here"),
        RonError::ExpectedIdentifier => "a word without quotes is expected here".to_owned(),
        RonError::ExpectedString => "a text in quotes is expected here".to_owned(),
        RonError::ExceededRecursionLimit => "the brackets are nested too deeply".to_owned(),
        RonError::Message(message) => message.clone(),
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

fn help(error: &RonError) -> Option<String> {
    match error {
        RonError::NoSuchStructField {
            expected, found, ..
        }
        | RonError::NoSuchEnumVariant {
            expected, found, ..
        } => Some(match did_you_mean(found, expected.iter().copied()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("it can be {}", expected.join(", ")),
        }),
        _ => None,
    }
}
