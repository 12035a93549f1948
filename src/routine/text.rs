//! What may stand in a text that a routine brings: it is shown on a terminal,
//! so nothing in it may command or fool one. It knows no file.

use std::fmt::Write as _;

/// Why a character may not be shown.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    c.is_control() || changes_direction(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// Characters that turn the reading direction: what is read is then not what
/// is written. Source: Unicode Standard Annex #9, explicit formatting.
const fn changes_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The first character that may not be shown, with its byte position. Line
/// breaks count only where `lines` is [`Lines::One`].
#[must_use]
pub fn find_unsafe(text: &str, lines: Lines) -> Option<(usize, char)> {
    text.char_indices()
        .find(|&(_, c)| is_unsafe(c) && !(lines == Lines::Many && matches!(c, '\n' | '\r')))
}

/// How many characters a text has; a line's end is one, however it is stored.
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().count() - text.matches("\r\n").count()
}

/// Whether a text may run over several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// One line.
    One,
    /// As many as the author wrote.
    Many,
}

/// A text from outside made safe to print: whatever could command the terminal
/// stands there as a visible escape such as `\u{1b}`; tabs become spaces.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\t' {
            safe.push(' ');
        } else if is_unsafe(c) {
            // Writing into a String does not fail.
            let _ = write!(safe, "{}", c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    safe
}

/// The one of `words` that `found` was most likely meant to be.
#[must_use]
pub fn did_you_mean<'a>(found: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest(found, words).map(|(word, _)| word)
}

/// How sure one may be of a word that stands for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// No other word comes near.
    Certain,
    /// Another word is as near, or the words only mean the same.
    Likely,
}

/// The same, with how sure one may be: whether it may be put there without a question.
#[must_use]
pub fn closest<'a>(
    found: &str,
    words: impl IntoIterator<Item = &'a str>,
) -> Option<(&'a str, Match)> {
    // Longer words cost more than anyone mistypes; do not compare novels.
    if found.chars().count() > 40 {
        return None;
    }
    let plain = |word: &str| word.to_lowercase().replace(['_', '-', ' '], "");
    let found = plain(found);
    let letters = found.chars().count();
    let mut best: Option<(usize, &str, Match)> = None;
    for word in words {
        let (word_plain, most) = (plain(word), 1 + word.len() / 4);
        // At least as far apart as their lengths.
        if letters.abs_diff(word_plain.chars().count()) > most {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&found, &word_plain);
        if distance > most {
            continue;
        }
        match &mut best {
            Some((least, ..)) if distance > *least => {}
            Some((least, _, certainty)) if distance == *least => *certainty = Match::Likely,
            _ => best = Some((distance, word, Match::Certain)),
        }
    }
    best.map(|(_, word, certainty)| (word, certainty))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_a_terminal_is_found() {
        assert_eq!(find_unsafe("a\u{1b}[2J", Lines::One), Some((1, '\u{1b}')));
        assert_eq!(find_unsafe("\u{9b}2J", Lines::One), Some((0, '\u{9b}')));
        assert_eq!(
            find_unsafe("ab\u{202e}c", Lines::Many),
            Some((2, '\u{202e}'))
        );
        assert_eq!(find_unsafe("a\nb", Lines::Many), None);
        assert_eq!(find_unsafe("a\nb", Lines::One), Some((1, '\n')));
        assert_eq!(find_unsafe("背中 é", Lines::One), None);
    }

    #[test]
    fn a_line_end_is_one_character() {
        assert_eq!(length("é\nb\n"), 4);
        assert_eq!(length("é\r\nb\r\n"), 4);
        assert_eq!(length("\r\r\n"), 2);
    }

    #[test]
    fn what_is_printed_is_harmless() {
        assert_eq!(printable("a\u{1b}b\tc"), "a\\u{1b}b c");
    }

    #[test]
    fn a_slip_finds_its_word() {
        let words = ["Left", "Right", "Both", "Midline"];
        assert_eq!(did_you_mean("left", words), Some("Left"));
        assert_eq!(did_you_mean("Rigth", words), Some("Right"));
        assert_eq!(
            did_you_mean("upper_back", ["Back", "UpperBack"]),
            Some("UpperBack")
        );
        assert_eq!(did_you_mean("Nose", words), None);
    }

    #[test]
    fn only_a_word_without_a_rival_is_certain() {
        let limits = ["min", "max"];
        assert_eq!(closest("mix", limits), Some(("min", Match::Likely)));
        assert_eq!(closest("mim", limits), Some(("min", Match::Certain)));
    }
}
