//! What the document finds wrong with the way a file is written, as diagnostics: what would be right,
//! and the second place that explains the first.

use std::ops::Range;

use super::fault::Fault;
use crate::diagnostic::{Diagnostic, Related};
use crate::document::{Document, Problem, ProblemKind, RelatedRole};

/// What a correction may cover to be worth repeating in words, in bytes.
const SHORT: usize = 60;

/// The diagnostic of one problem.
pub(crate) fn diagnostic(document: &Document, problem: &Problem) -> Diagnostic {
    let message = match problem.kind {
        ProblemKind::Trailing => "the routine has ended before this; nothing may follow".to_owned(),
        ProblemKind::MissingValue => "nothing is written here: a value is missing".to_owned(),
        ProblemKind::MissingName => "the name before this value is missing".to_owned(),
        ProblemKind::LineBreakInText => "this text runs over a line's end".to_owned(),
        ProblemKind::BadAttribute => "this does not belong here".to_owned(),
        // So many brackets are far more than the lists that a routine may have.
        ProblemKind::TooDeep => Fault::TooDeep.to_string(),
        _ => problem.to_string(),
    };
    Diagnostic {
        related: related(problem),
        replacement: problem.replacement.clone(),
        ..Diagnostic::error(problem.range.clone(), message).with_help(help(document, problem))
    }
}

/// The second place: of a bracket that is never closed, rather where to close it than where that shows.
fn related(problem: &Problem) -> Option<Related> {
    if let (ProblemKind::Unclosed(bracket), Some(replacement)) =
        (&problem.kind, &problem.replacement)
    {
        return Some(Related {
            range: replacement.range.clone(),
            label: format!("most likely it ends here: write {}", bracket.closing()),
        });
    }
    problem.related.as_ref().map(|related| Related {
        range: related.range.clone(),
        label: label(related.role).to_owned(),
    })
}

/// Whether a problem makes nonsense of the rest, so that nothing else should be said.
pub(crate) fn hides_the_rest(kind: &ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::UnclosedText
            | ProblemKind::UnopenedText
            | ProblemKind::UnclosedRawText(_)
            | ProblemKind::ForeignQuotes
            | ProblemKind::UnclosedComment
            | ProblemKind::TooDeep
            | ProblemKind::Unclosed(_)
            | ProblemKind::Unopened(_)
            | ProblemKind::ForeignBracket(_)
            | ProblemKind::Mismatched { .. }
            | ProblemKind::Stray(_)
    )
}

const fn label(role: RelatedRole) -> &'static str {
    match role {
        RelatedRole::OpenedHere => "the bracket that is open here",
        RelatedRole::LostHere => "this no longer fits inside it",
        RelatedRole::SlippedHere => "or the mistake is here",
        RelatedRole::EndedHere => "the end of the routine",
        RelatedRole::NamedHere => "the value of this",
    }
}

fn help(document: &Document, problem: &Problem) -> Option<String> {
    let fixed = match &problem.kind {
        ProblemKind::MissingComma => return Some("write a comma before the next one".to_owned()),
        ProblemKind::LineBreakInText => {
            return Some("close the quotes on the same line; a note or description of several lines is written r#\"...\"#".to_owned());
        }
        ProblemKind::MissingName => {
            return Some("write for example time: \"2m 30s\"".to_owned());
        }
        ProblemKind::Unclosed(_) if problem.replacement.is_some() => return None,
        ProblemKind::Unclosed(bracket) => {
            let close = bracket.closing();
            return Some(format!("write {close} where it ends"));
        }
        ProblemKind::UnclosedRawText(hashes) => {
            return Some(format!("write \"{} where it ends", "#".repeat(*hashes)));
        }
        ProblemKind::UnclosedComment => return Some("write */ where it ends".to_owned()),
        ProblemKind::ForeignComment(mark) => return Some(format!("write // in place of {mark}")),
        ProblemKind::ForeignSpace => return Some("delete it and press the space bar".to_owned()),
        ProblemKind::ForeignComma => {
            let mark = document.slice(problem.range.clone());
            return Some(format!("write , in place of {mark}"));
        }
        ProblemKind::DecimalComma => return Some("write a whole number".to_owned()),
        ProblemKind::ForeignBracket(bracket) => {
            let found = document.slice(problem.range.clone());
            let name = found.trim_end_matches(bracket.opening()).trim_end();
            let inside = match name {
                "BothSides" => "[ ... ]",
                "Repeat" => "2, [ ... ]",
                _ => " ... ",
            };
            return Some(format!("write {name}({inside})"));
        }
        ProblemKind::Unexpected if problem.replacement.is_some() => {
            return Some("delete it".to_owned());
        }
        ProblemKind::Unexpected => {
            return Some("delete it; what is part of a text stands in quotes".to_owned());
        }
        ProblemKind::Trailing => {
            return Some("delete it, or move it before the last closing bracket".to_owned());
        }
        ProblemKind::Stray(_) | ProblemKind::ExtraComma => return Some("delete it".to_owned()),
        ProblemKind::TooDeep => return Fault::TooDeep.help(),
        _ => corrected(document, problem)?,
    };
    let fits = fixed.len() <= SHORT && !fixed.contains('\n') && !fixed.trim().is_empty();
    fits.then(|| format!("write {}", fixed.trim()))
}

/// What stands at the problem once its replacement is made.
fn corrected(document: &Document, problem: &Problem) -> Option<String> {
    let replacement = problem.replacement.as_ref()?;
    let start = problem.range.start.min(replacement.range.start);
    let end = problem.range.end.max(replacement.range.end);
    let part = |range: Range<usize>| document.slice(range);
    Some(format!(
        "{}{}{}",
        part(start..replacement.range.start),
        replacement.text,
        part(replacement.range.end..end)
    ))
}
