//! `{side}`, `{other}` and `{foot}` in cues and notes: found in what the
//! author wrote, filled with what the expanded step has.

use super::vocabulary::{Side, Working};

/// What is wrong with a brace in a text, and at which byte of the text it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Neither of the three.
    Unknown(String, usize),
    /// The step does not say what it stands for.
    Unfilled(&'static str, usize),
}

const SIDE: &str = "{side}";
const OTHER: &str = "{other}";
const FOOT: &str = "{foot}";

const fn side_word(side: Option<Side>) -> Option<&'static str> {
    match side {
        Some(Side::Left) => Some("left"),
        Some(Side::Right) => Some("right"),
        _ => None,
    }
}

const fn foot_word(working: Option<Working>) -> Option<&'static str> {
    match working {
        Some(Working::Left) => Some("left"),
        Some(Working::Right) => Some("right"),
        _ => None,
    }
}

/// Checks that every brace of `text` can be filled.
pub(super) fn check(text: &str, side: Option<Side>, working: Option<Working>) -> Result<(), Fault> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        rest = rest.get(at..).unwrap_or_default();
        let at = text.len() - rest.len();
        let (name, filled) = [
            (SIDE, side_word(side)),
            (OTHER, side_word(side)),
            (FOOT, foot_word(working)),
        ]
        .into_iter()
        .find(|(name, _)| rest.starts_with(name))
        .ok_or_else(|| Fault::Unknown(shown(rest), at))?;
        if filled.is_none() {
            return Err(Fault::Unfilled(name, at));
        }
        rest = rest.get(name.len()..).unwrap_or_default();
    }
    Ok(())
}

/// The brace and what belongs to it, short enough for a message.
fn shown(rest: &str) -> String {
    let end = rest.find('}').map_or(rest.len(), |at| at + 1);
    rest.get(..end).unwrap_or(rest).chars().take(20).collect()
}

/// The text with every placeholder filled for a step on `side`, worked with
/// `working`.
pub(crate) fn fill(text: &str, side: Option<Side>, working: Option<Working>) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let mut filled = text.to_owned();
    let other = side.map(Side::mirrored);
    for (name, word) in [
        (SIDE, side_word(side)),
        (OTHER, side_word(other)),
        (FOOT, foot_word(working)),
    ] {
        if let Some(word) = word {
            filled = filled.replace(name, word);
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirrored_step_reads_mirrored() {
        let cue = "Your {foot} foot on the {side}, not the {other}";
        assert_eq!(
            fill(cue, Some(Side::Left), Some(Working::Right)),
            "Your right foot on the left, not the right"
        );
        assert_eq!(
            fill(cue, Some(Side::Right), Some(Working::Left)),
            "Your left foot on the right, not the left"
        );
    }

    #[test]
    fn a_brace_that_cannot_be_filled_is_told() {
        let left = Some(Side::Left);
        assert_eq!(check("on the {side}", left, None), Ok(()));
        let unknown = |brace: &str, at| Err(Fault::Unknown(brace.to_owned(), at));
        let unfilled = |name, at| Err(Fault::Unfilled(name, at));
        assert_eq!(check("{foot}", left, None), unfilled("{foot}", 0));
        assert_eq!(
            check("{side}", Some(Side::Both), None),
            unfilled("{side}", 0)
        );
        assert_eq!(check("{hand} up", left, None), unknown("{hand}", 0));
        assert_eq!(check("{ side }", left, None), unknown("{ side }", 0));
        assert_eq!(check("the {side} up }", left, None), unknown("}", 14));
    }
}
