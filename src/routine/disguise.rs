//! Files that are no plain text although their names say so, by their first bytes. It opens none.

/// What a file is in place of plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disguise {
    /// Plain text in two bytes a letter, which some editors call "Unicode".
    Utf16,
    /// A zip archive; documents of today's word processors are such.
    Zip,
    /// A document of an older word processor.
    OldWord,
    /// Rich text.
    Rich,
    /// A PDF.
    Pdf,
    /// A web page.
    WebPage,
}

impl Disguise {
    /// What the bytes of a whole file show, if they show one of these.
    ///
    /// Sources of the marks: Unicode 15, 23.8 (byte order marks); APPNOTE.TXT 6.3.10, 4.3.7 (zip);
    /// [MS-CFB] 2.2 (compound files); ISO 32000-1, 7.5.2 (PDF); the RTF specification 1.9.1.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        const MARKS: &[(&[u8], Disguise)] = &[
            (b"\xff\xfe", Disguise::Utf16),
            (b"\xfe\xff", Disguise::Utf16),
            (b"PK\x03\x04", Disguise::Zip),
            (b"PK\x05\x06", Disguise::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Disguise::OldWord),
            (b"{\\rtf", Disguise::Rich),
            (b"%PDF-", Disguise::Pdf),
        ];
        let marked = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark));
        if let Some((_, disguise)) = marked {
            return Some(*disguise);
        }
        // Without a mark, a letter of the plain ones beside an empty byte.
        if let [first, second, ..] = bytes
            && ((*first == 0 && second.is_ascii_graphic())
                || (first.is_ascii_graphic() && *second == 0))
        {
            return Some(Self::Utf16);
        }
        let start = bytes.trim_ascii_start();
        let is_page = [&b"<!doctype html"[..], b"<html"].iter().any(|page| {
            let head = start.get(..page.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(page))
        });
        is_page.then_some(Self::WebPage)
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "text stored as UTF-16 (\"Unicode\")",
            Self::Zip => "a Word or LibreOffice document, or a zip archive",
            Self::OldWord => "a Word document",
            Self::Rich => "rich text",
            Self::Pdf => "a PDF",
            Self::WebPage => "a web page",
        }
    }

    /// What to do with it.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Utf16 => "save it again, and choose UTF-8 where your editor asks for an encoding",
            Self::Zip => {
                "open it, and save what you see as plain text (.txt, UTF-8); of a zip archive unpack the routine"
            }
            Self::OldWord | Self::Rich => {
                "open it, and save what you see as plain text (.txt, UTF-8), then name it .ron again"
            }
            Self::Pdf | Self::WebPage => "copy the routine out of it into a plain text file",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_routine_is_plain_text_whatever_it_begins_with() {
        for text in [
            "",
            "R",
            "Routine(",
            "\u{feff}Routine(",
            "// PK\n(",
            "{\"a\": 1}",
            "<x>",
        ] {
            assert_eq!(Disguise::of(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn another_kind_of_file_is_known_by_its_start() {
        let plain = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        let little: Vec<u8> = plain("Routine(")
            .iter()
            .flat_map(|unit| unit.to_le_bytes())
            .collect();
        let big: Vec<u8> = plain("\u{feff}(")
            .iter()
            .flat_map(|unit| unit.to_be_bytes())
            .collect();
        for (bytes, disguise) in [
            (little.as_slice(), Disguise::Utf16),
            (&big, Disguise::Utf16),
            (b"PK\x03\x04\x14\0", Disguise::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", Disguise::OldWord),
            (b"{\\rtf1\\ansi Routine(", Disguise::Rich),
            (b"%PDF-1.7", Disguise::Pdf),
            (b"\r\n<!DOCTYPE HTML><html>", Disguise::WebPage),
        ] {
            assert_eq!(Disguise::of(bytes), Some(disguise), "{bytes:?}");
        }
    }
}
