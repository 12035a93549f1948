//! A text from outside as it must be written in Markdown and in HTML, so that
//! it stays a text there. It knows nothing of what the text says.

use std::borrow::Cow;

use crate::routine::text::printable;

/// One line of text inside a line of Markdown: no character of it marks
/// anything up, in a table's cell neither. Blanks in front are left out.
#[must_use]
pub fn markdown(text: &str) -> String {
    let text = printable(text);
    // Blanks in front make code of a line, and hide what begins it.
    let text = text.trim_start_matches(' ');
    let mut marked = String::with_capacity(text.len());
    // "1. " and "- " begin a list, "# " a heading: only where a line begins.
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    for (n, c) in text.chars().enumerate() {
        let begins = match c {
            '+' | '-' | '=' => n == 0,
            '.' | ')' => n == digits && digits > 0,
            _ => false,
        };
        let marks = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!'
        );
        if begins || marks {
            marked.push('\\');
        }
        marked.push(c);
    }
    marked
}

/// One line of text inside HTML, in an element or in a quoted attribute.
#[must_use]
pub fn html(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    for c in printable(text).chars() {
        let written: Cow<'_, str> = match c {
            '&' => "&amp;".into(),
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '"' => "&quot;".into(),
            '\'' => "&#39;".into(),
            c => c.to_string().into(),
        };
        marked.push_str(&written);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_marks_anything_up() {
        assert_eq!(markdown("a | *b* [c](d)"), "a \\| \\*b\\* \\[c\\](d)");
        assert_eq!(markdown("- not a list"), "\\- not a list");
        assert_eq!(markdown("12. July"), "12\\. July");
        assert_eq!(markdown("  - nested"), "\\- nested");
        assert_eq!(markdown("\t+ item"), "\\+ item");
        assert_eq!(markdown(" \t 1) one"), "1\\) one");
        assert_eq!(markdown("    ==="), "\\===");
        assert_eq!(markdown("    code *x*"), "code \\*x\\*");
        assert_eq!(markdown("\u{3000}x"), "\u{3000}x");
        assert_eq!(markdown("35 lb (16 kg). Yes."), "35 lb (16 kg). Yes.");
        assert_eq!(
            html("<script>alert(\"1\")</script> & 'b'"),
            "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;b&#39;"
        );
    }

    #[test]
    fn nothing_in_a_text_commands_a_terminal() {
        assert_eq!(markdown("a\u{1b}[2J"), "a\\\\u{1b}\\[2J");
        assert_eq!(html("a\u{202e}b"), "a\\u{202e}b");
    }
}
