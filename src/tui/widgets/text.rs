//! Lines of text that fit: wrapped between words, ended by an ellipsis, and
//! measured as a terminal does, whatever the script.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells wide a text is.
#[must_use]
pub fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// The text in at most `most` cells; what is left out becomes an ellipsis,
/// after a whole word where there is one.
#[must_use]
pub fn fit(text: &str, most: u16) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let Some(room) = most.checked_sub(1) else {
        return String::new();
    };
    let cut = take(text, room);
    let whole = match text.get(cut.len()..).and_then(|rest| rest.chars().next()) {
        Some(' ') | None => cut,
        Some(_) => cut.rfind(' ').and_then(|at| cut.get(..at)).unwrap_or(cut),
    };
    format!(
        "{}…",
        whole
            .trim_end_matches([' ', '·', ',', ':', ';', '→'])
            .trim_end()
    )
}

/// A line whose parts are set apart by ` · `: as many whole parts as fit, at
/// least the first.
#[must_use]
pub fn fit_parts(text: &str, most: u16) -> String {
    let mut kept = text;
    while width(kept) > most {
        match kept.rfind(" · ").and_then(|at| kept.get(..at)) {
            Some(fewer) => kept = fewer,
            None => return fit(kept, most),
        }
    }
    kept.to_owned()
}

/// The longest beginning of whole characters, as people see them, in at most
/// `most` cells.
fn take(text: &str, most: u16) -> &str {
    let mut used = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > most {
            break;
        }
        end = at + grapheme.len();
    }
    text.get(..end).unwrap_or_default()
}

/// The text in lines of at most `most` cells, broken between words; a word
/// that is longer than a line is broken where the line ends.
#[must_use]
pub fn wrap(text: &str, most: u16) -> Vec<String> {
    let most = most.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word = word;
        let gap = u16::from(!line.is_empty());
        if width(&line) + gap + width(word) <= most {
            if gap > 0 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        while width(word) > most {
            let mut head = take(word, most);
            if head.is_empty() {
                // Wider than the whole line: it goes nowhere.
                head = word.graphemes(true).next().unwrap_or(word);
            }
            lines.push(head.to_owned());
            word = word.get(head.len()..).unwrap_or_default();
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words() {
        assert_eq!(wrap("Gliding compression", 12), ["Gliding", "compression"]);
        assert_eq!(wrap("Kompression", 4), ["Komp", "ress", "ion"]);
        assert_eq!(wrap("背中の圧迫", 4), ["背中", "の圧", "迫"]);
        assert_eq!(wrap("", 4), Vec::<String>::new());
        assert_eq!(wrap("背", 1), ["背"]);
    }

    #[test]
    fn parts_stay_whole() {
        let place = "low back → upper back · heel · deep";
        assert_eq!(fit_parts(place, 40), place);
        assert_eq!(fit_parts(place, 30), "low back → upper back · heel");
        assert_eq!(fit_parts(place, 12), "low back…");
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis_after_a_word() {
        assert_eq!(fit("Long slow glide", 20), "Long slow glide");
        assert_eq!(fit("Long slow glide", 12), "Long slow…");
        assert_eq!(fit("Effleurage", 5), "Effl…");
        assert_eq!(fit("Effleurage", 0), "");
        assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
    }
}
