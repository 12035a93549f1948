//! A routine with nothing in it, to be filled. It knows texts, not files.

use super::layout;
use super::write;
use crate::document::{Document, ProblemKind};
use crate::routine::MAX_TEXT;
use crate::routine::text::{Lines, find_unsafe};

/// What a routine is called that has no name yet.
const NAMELESS: &str = "My Routine";

/// A text in which nothing stands, or comments alone, with a routine in it that has a name and nothing
/// else; none of a text in which something stands.
#[must_use]
pub fn begun(text: &str, name: &str) -> Option<String> {
    let document = Document::parse(text);
    let is_empty = document.tokens().iter().all(|token| token.kind.is_trivia());
    let mut problems = document.problems().iter();
    // That nothing stands there is one of them.
    if !is_empty || problems.any(|problem| problem.kind != ProblemKind::MissingValue) {
        return None;
    }
    let is_name = !name.trim().is_empty()
        && name.chars().count() <= MAX_TEXT
        && find_unsafe(name, Lines::One).is_none();
    let name = write::text(if is_name { name } else { NAMELESS }, None, "\n");
    let routine = format!("Routine(\n    format: 1,\n    name: {name},\n\n    phases: [],\n)\n");
    let line_end = layout::line_end(text, text.len());
    let routine = routine.replace('\n', line_end);
    let above = text.trim_end();
    Some(match above.trim_start_matches('\u{feff}') {
        "" => format!("{above}{routine}"),
        _ => format!("{above}{line_end}{line_end}{routine}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_stays_above() {
        let bare = "Routine(\n    format: 1,\n    name: \"A \\\"b\\\"\",\n\n    phases: [],\n)\n";
        assert_eq!(begun("", "A \"b\"").as_deref(), Some(bare));
        assert_eq!(begun(" \n\n", "A \"b\"").as_deref(), Some(bare));
        let marked = begun("\u{feff}\r\n", "A").unwrap();
        assert!(marked.starts_with("\u{feff}Routine(\r\n"), "{marked:?}");
        let noted = begun("// Mine.\n", "").unwrap();
        assert!(noted.starts_with("// Mine.\n\nRoutine(\n"), "{noted}");
        assert!(noted.contains(NAMELESS));
        assert!(begun("\u{7}", "\u{7}\u{202e}").is_none());
        assert_eq!(begun("1", "A"), None);
        assert_eq!(begun("/* open", "A"), None);
    }
}
