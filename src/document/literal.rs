//! What texts and numbers stand for, as ron reads them. It knows one literal at a time, nothing around it.

use std::ops::Range;

/// The value of a text, with the way back to the file: where each of its bytes was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    value: String,
    pieces: Vec<Piece>,
    bad_escapes: Vec<Range<usize>>,
    end: usize,
}

/// A run of the value, from `value` to the next piece, that was written at `written`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    value: usize,
    written: usize,
    spelling: Spelling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// Byte for byte.
    Literal,
    /// As one escape.
    Escape,
}

impl Decoded {
    /// The text that the literal stands for. An escape that means nothing is left out of it.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The byte in the file that an offset in the value comes from: for an escape its backslash, for the
    /// value's end the closing quote.
    #[must_use]
    pub fn byte_at(&self, offset: usize) -> usize {
        if offset >= self.value.len() {
            return self.end;
        }
        let after = self.pieces.partition_point(|piece| piece.value <= offset);
        match after.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some(Piece {
                written,
                spelling: Spelling::Escape,
                ..
            }) => *written,
            Some(piece) => piece.written + (offset - piece.value),
            None => self.end,
        }
    }

    /// The escapes that mean nothing, as bytes in the file.
    pub(super) fn bad_escapes(&self) -> &[Range<usize>] {
        &self.bad_escapes
    }

    fn push(&mut self, spelling: Spelling, written: usize, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece {
                value: self.value.len(),
                written,
                spelling,
            });
            self.value.push_str(text);
        }
    }
}

/// Reads what stands between the quotes of a raw text.
pub(super) fn raw(text: &str, content: Range<usize>) -> Decoded {
    let mut decoded = Decoded {
        end: content.end,
        ..Decoded::default()
    };
    decoded.push(
        Spelling::Literal,
        content.start,
        text.get(content).unwrap_or(""),
    );
    decoded
}

/// Reads what stands between the quotes of a plain text.
pub(super) fn plain(text: &str, content: Range<usize>) -> Decoded {
    let mut decoded = Decoded {
        end: content.end,
        ..Decoded::default()
    };
    let mut at = content.start;
    while let Some(rest) = text.get(at..content.end).filter(|rest| !rest.is_empty()) {
        let literal = rest.find('\\').unwrap_or(rest.len());
        let (before, escaped) = rest.split_at(literal);
        decoded.push(Spelling::Literal, at, before);
        at += literal;
        let Some(behind) = escaped.strip_prefix('\\') else {
            break;
        };
        let line_break = ["\n", "\r\n"]
            .into_iter()
            .find_map(|end| behind.strip_prefix(end));
        at += if let Some(next) = line_break {
            // A backslash at a line's end joins the lines.
            escaped.len() - next.trim_start_matches([' ', '\t', '\n', '\r']).len()
        } else if let Some((c, length)) = escape(escaped) {
            decoded.push(Spelling::Escape, at, c.encode_utf8(&mut [0; 4]));
            length
        } else {
            let length = 1 + behind.chars().next().map_or(0, char::len_utf8);
            decoded.bad_escapes.push(at..at + length);
            length
        };
    }
    decoded
}

/// The character that an escape stands for, and the bytes it takes up.
pub(super) fn escape(text: &str) -> Option<(char, usize)> {
    let c = match text.as_bytes().get(1)? {
        b'\'' => '\'',
        b'"' => '"',
        b'\\' => '\\',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'0' => '\0',
        b'x' => return bytes(text),
        b'u' => {
            let (digits, _) = text.get(2..)?.strip_prefix('{')?.split_once('}')?;
            let short =
                (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
            let code = short
                .then(|| u32::from_str_radix(digits, 16).ok())
                .flatten()?;
            return Some((char::from_u32(code)?, digits.len() + 4));
        }
        _ => return None,
    };
    Some((c, 2))
}

/// A character written as one to four `\xHH`, its bytes in UTF-8.
fn bytes(text: &str) -> Option<(char, usize)> {
    let mut read = Vec::new();
    while read.len() < 4 {
        let digits = text.get(read.len() * 4..)?.strip_prefix("\\x")?.get(..2)?;
        let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
        read.push(
            plain
                .then(|| u8::from_str_radix(digits, 16).ok())
                .flatten()?,
        );
        if let Some(c) = std::str::from_utf8(&read)
            .ok()
            .and_then(|s| s.chars().next())
        {
            return Some((c, read.len() * 4));
        }
    }
    None
}

/// Whether ron reads this as one number.
pub(super) fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let real = unsigned
        .strip_suffix("f32")
        .or_else(|| unsigned.strip_suffix("f64"))
        .unwrap_or(unsigned);
    matches!(real, "inf" | "NaN") || is_integer(unsigned, text.starts_with('-')) || is_real(real)
}

fn is_real(text: &str) -> bool {
    let mut before = '.';
    for c in text.chars() {
        if !matches!(c, '0'..='9' | 'e' | 'E' | '.' | '+' | '-' | '_')
            || (c == '_' && before == '.')
        {
            return false;
        }
        // Between a point and the first digit behind it ron takes no underscore; signs change nothing.
        if c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E') {
            before = c;
        }
    }
    text.replace('_', "").parse::<f64>().is_ok()
}

fn is_integer(text: &str, negative: bool) -> bool {
    let bases = [("0x", 16), ("0o", 8), ("0b", 2)];
    let prefixed = bases
        .into_iter()
        .find_map(|(prefix, radix)| Some((text.strip_prefix(prefix)?, radix)));
    let (written, radix) = prefixed.unwrap_or((text, 10));
    let (digits, width) = written.split_at(written.find(['i', 'u']).unwrap_or(written.len()));
    let limit = match (width, negative) {
        ("i8", _) => (1 << 7) - 1,
        ("i16", _) => (1 << 15) - 1,
        ("i32", _) => (1 << 31) - 1,
        ("i64", _) | ("", true) => (1 << 63) - 1,
        ("u8", false) => (1 << 8) - 1,
        ("u16", false) => (1 << 16) - 1,
        ("u32", false) => (1 << 32) - 1,
        ("u64" | "", false) => (1 << 64) - 1,
        ("u8" | "u16" | "u32" | "u64", true) => 0,
        _ => return false,
    };
    let limit: u128 = if negative && limit > 0 {
        limit + 1
    } else {
        limit
    };
    let plain = digits
        .bytes()
        .all(|b| b == b'_' || b.is_ascii_alphanumeric())
        && !digits.starts_with('_');
    plain && u128::from_str_radix(&digits.replace('_', ""), radix).is_ok_and(|value| value <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_leads_back_to_the_bytes_it_was_written_with() {
        let text = r#""a\tb\u{e9}c\\""#;
        let decoded = plain(text, 1..text.len() - 1);
        assert_eq!(decoded.value(), "a\tb\u{e9}c\\");
        let back: Vec<usize> = decoded
            .value()
            .char_indices()
            .map(|(at, _)| decoded.byte_at(at))
            .collect();
        assert_eq!(back, [1, 2, 4, 5, 11, 12]);
        assert_eq!(decoded.byte_at(decoded.value().len()), text.len() - 1);
    }

    #[test]
    fn escapes_are_those_that_ron_reads() {
        for written in [
            r"\'",
            r"\\",
            r"\n",
            r"\x41",
            r"\xc3\xa9",
            r"\u{1F9B6}",
            r"\0",
            r"\q",
            r"\x4",
            r"\xff",
            r"\u{}",
            r"\u41",
            r"\u{1234567}",
            r"\u{d800}",
            r"\x+1",
            r"\u{+1}",
            "\\\n  x",
            "\\\r\n",
            r"\xc3\n",
        ] {
            let text = format!("\"{written}\"");
            let decoded = plain(&text, 1..text.len() - 1);
            match ron::from_str::<String>(&text) {
                Ok(value) => assert_eq!(
                    (decoded.value(), decoded.bad_escapes()),
                    (value.as_str(), [].as_slice())
                ),
                Err(error) => assert!(!decoded.bad_escapes().is_empty(), "{text}: {error}"),
            }
        }
    }

    #[test]
    fn numbers_are_those_that_ron_reads() {
        for text in [
            "1",
            "-1",
            "+1",
            "1_000",
            "1__0_",
            "_1",
            "1.5",
            ".5",
            "5.",
            "1e5",
            "1e-5",
            "1.5f32",
            "1f64",
            "0x1F",
            "0xg",
            "0b102",
            "0b101",
            "0o17",
            "5u8",
            "300u8",
            "-1u8",
            "-128i8",
            "-129i8",
            "128i8",
            "1a",
            "1-2",
            "1.5.",
            "+inf",
            "-NaN",
            "-inff32",
            "1._5",
            "1_.5",
            "1e_5",
            "99999999999999999999",
            "0xFFFFFFFFFFFFFFFFFF",
            "-0x80",
            "2m",
            "1.e5",
            "1..2",
            "+",
            "-.5",
            "0x",
            "0x_1",
            "1i",
            "1u128",
        ] {
            let ron_reads = ron::from_str::<ron::Value>(text)
                .is_ok_and(|value| matches!(value, ron::Value::Number(_)));
            assert_eq!(is_number(text), ron_reads, "{text}");
        }
    }
}
