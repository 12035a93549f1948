//! A text as tokens: each byte belongs to exactly one, so that the tokens in a row are the text. It
//! knows where texts, comments and words end, not how they belong together.

use std::ops::Range;

use super::literal;

use super::problem::{Noted, Problem, ProblemKind};
use super::quotes;

/// A run of bytes that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes in the file.
    pub range: Range<usize>,
}

impl Token {
    /// What stands between the quotes of a text; for any other token all of it.
    pub(super) fn content(&self, text: &str) -> Range<usize> {
        let written = text.get(self.range.clone()).unwrap_or("");
        let first = written.chars().next().map_or(0, char::len_utf8);
        let last = written.chars().next_back().map_or(0, char::len_utf8);
        let (before, behind) = match self.kind {
            TokenKind::Text(TextForm::Raw(hashes), Ending::Closed) => (hashes + 2, hashes + 1),
            TokenKind::Text(TextForm::Raw(hashes), Ending::Missing) => (hashes + 2, 0),
            TokenKind::Text(_, Ending::Closed) => (first, last),
            TokenKind::Text(_, Ending::Missing) => (first, 0),
            _ => (0, 0),
        };
        let start = self.range.start + before;
        start..(self.range.end - behind).max(start)
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The mark that some editors put at a file's start.
    ByteOrderMark,
    /// White space, line breaks included.
    Space,
    /// `// ...`, its line break left out.
    LineComment,
    /// `/* ... */`, nested ones included.
    BlockComment,
    /// A word: a name, a variant, `true`; a raw one (`r#...`) too.
    Ident,
    /// A text in quotes.
    Text(TextForm, Ending),
    /// Bytes in quotes: `b"..."`, `br"..."`.
    Bytes,
    /// One character in single quotes, or one byte: `'x'`, `b'x'`.
    Char,
    /// Something that begins as a number does.
    Number,
    /// An opening bracket.
    Open(Bracket),
    /// A closing bracket.
    Close(Bracket),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `=`, in an attribute.
    Equals,
    /// `#`, in an attribute.
    Hash,
    /// `!`, in an attribute.
    Bang,
    /// Anything else.
    Unknown,
}

/// How a text is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// `"..."`, with escapes.
    Plain,
    /// `r#"..."#` with this many `#`, without escapes.
    Raw(usize),
    /// In quotes that RON does not know; they count as quotes all the same.
    Foreign,
}

/// Whether a text's closing quote is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is.
    Closed,
    /// It is not: the token ends where the text most likely should.
    Missing,
}

/// The kinds of bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bracket {
    /// `(` and `)`
    Round,
    /// `[` and `]`
    Square,
    /// `{` and `}`
    Curly,
}

impl Bracket {
    /// The character that opens it.
    #[must_use]
    pub fn opening(self) -> char {
        match self {
            Self::Round => '(',
            Self::Square => '[',
            Self::Curly => '{',
        }
    }

    /// The character that closes it.
    #[must_use]
    pub fn closing(self) -> char {
        match self {
            Self::Round => ')',
            Self::Square => ']',
            Self::Curly => '}',
        }
    }
}

impl TokenKind {
    /// Whether ron skips it: space, comments and the byte order mark.
    #[must_use]
    pub fn is_trivia(self) -> bool {
        matches!(self, Self::ByteOrderMark | Self::Space) || self.is_comment()
    }

    /// Whether it is a comment of either kind.
    #[must_use]
    pub fn is_comment(self) -> bool {
        matches!(self, Self::LineComment | Self::BlockComment)
    }
}

/// What ron takes for white space: `Pattern_White_Space` of Unicode.
fn is_space(c: char) -> bool {
    matches!(
        c,
        '\t'..='\r' | ' ' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}

/// What looks like a space, or can't be seen, and is neither space to ron nor part of a word.
fn is_foreign_space(c: char) -> bool {
    let unseen = matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    );
    !is_space(c) && (unseen || c.is_whitespace())
}

/// What begins a comment elsewhere; `#` is told apart from attributes before.
const COMMENT_MARKS: &[&str] = &["<!--", "--", "\\\\", "\\", "/"];

pub(super) fn is_ident_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

pub(super) fn is_ident(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// How many bytes of a text's start hold to a rule.
pub(super) fn run(text: &str, rule: impl Fn(char) -> bool) -> usize {
    text.find(|c| !rule(c)).unwrap_or(text.len())
}

/// Splits a text into tokens.
pub(super) fn tokens(text: &str) -> (Vec<Token>, Noted) {
    let mut lexer = Lexer {
        text,
        at: 0,
        line_start: 0,
        // Room for a token every three bytes, as in a routine; where there are more, it grows.
        tokens: Vec::with_capacity(text.len() / 3),
        problems: Noted::default(),
    };
    let mut quotes = quotes::Recovery::default();
    while let Some(rest) = text.get(lexer.at..).filter(|rest| !rest.is_empty()) {
        lexer.token(rest, &mut quotes);
    }
    (lexer.tokens, lexer.problems)
}

/// The text, how far it is read, and what was found.
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Where the line of `at` starts.
    pub(super) line_start: usize,
    pub(super) tokens: Vec<Token>,
    pub(super) problems: Noted,
}

impl Lexer<'_> {
    /// Takes the next bytes as one token.
    pub(super) fn push(&mut self, kind: TokenKind, length: usize) {
        let range = self.at..(self.at + length).min(self.text.len());
        self.at = range.end;
        if let Some(last) = self
            .text
            .get(range.clone())
            .and_then(|taken| taken.rfind('\n'))
        {
            self.line_start = range.start + last + 1;
        }
        self.tokens.push(Token { kind, range });
    }

    /// Goes back to a token's start, as if it and all after it had not been read.
    pub(super) fn rewind(&mut self, token: usize) {
        if let Some(start) = self.tokens.get(token).map(|token| token.range.start) {
            self.tokens.truncate(token);
            self.at = start;
            self.problems.rewind(start);
        }
    }

    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.add(problem);
    }

    /// The text of a line from here on, without its line break.
    pub(super) fn rest_of_line(&self) -> &str {
        let rest = self.text.get(self.at..).unwrap_or("");
        let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
        line.strip_suffix('\r').unwrap_or(line)
    }

    fn token(&mut self, rest: &str, quotes: &mut quotes::Recovery) {
        let Some(first) = rest.chars().next() else {
            return;
        };
        let kind = match first {
            '\u{feff}' if self.at == 0 => TokenKind::ByteOrderMark,
            '(' => TokenKind::Open(Bracket::Round),
            '[' => TokenKind::Open(Bracket::Square),
            '{' => TokenKind::Open(Bracket::Curly),
            ')' => TokenKind::Close(Bracket::Round),
            ']' => TokenKind::Close(Bracket::Square),
            '}' => TokenKind::Close(Bracket::Curly),
            ',' => TokenKind::Comma,
            ':' => TokenKind::Colon,
            '=' => TokenKind::Equals,
            '!' => TokenKind::Bang,
            '#' => return self.hash(rest),
            '/' if rest.starts_with("//") => {
                return self.push(TokenKind::LineComment, self.rest_of_line().len());
            }
            '/' if rest.starts_with("/*") => return self.block_comment(rest),
            '/' | '\\' | '-' | '<' if self.foreign_comment(rest) => return,
            '"' => return quotes.plain_text(self),
            '\'' | '`' | '\u{2018}' | '\u{201a}' | '\u{201c}' | '\u{201e}' | '\u{ab}'
            | '\u{bb}' => {
                return self.quoted(rest, quotes);
            }
            'b' | 'r' if self.prefixed(rest, quotes) => return,
            c if is_space(c) => return self.push(TokenKind::Space, run(rest, is_space)),
            c if is_foreign_space(c) => return self.foreign_space(rest),
            c if is_ident_start(c) => return self.push(TokenKind::Ident, run(rest, is_ident)),
            _ if starts_number(rest) => {
                return self.push(
                    TokenKind::Number,
                    run(rest, |c| is_ident(c) || matches!(c, '.' | '+' | '-')),
                );
            }
            _ => TokenKind::Unknown,
        };
        self.push(kind, first.len_utf8());
    }

    /// Texts, bytes and words that begin with `b` or `r`; takes nothing if it is an ordinary word.
    fn prefixed(&mut self, rest: &str, quotes: &mut quotes::Recovery) -> bool {
        let letters = if rest.starts_with("br") { 2 } else { 1 };
        let behind = rest.get(letters..).unwrap_or("");
        let hashes = if letters == 2 || rest.starts_with('r') {
            run(behind, |c| c == '#')
        } else {
            0
        };
        if behind
            .get(hashes..)
            .is_some_and(|text| text.starts_with('"'))
        {
            if rest.starts_with('r') {
                quotes.raw_text(self, hashes);
            } else {
                quotes.bytes(self, letters, hashes);
            }
            return true;
        }
        if let Some(length) = rest.strip_prefix('b').and_then(character) {
            self.push(TokenKind::Char, 1 + length);
            return true;
        }
        // A raw word may hold characters that a plain one may not.
        let raw = rest.strip_prefix("r#").map_or(0, |word| {
            run(word, |c| is_ident(c) || matches!(c, '.' | '+' | '-'))
        });
        if raw > 0 {
            self.push(TokenKind::Ident, 2 + raw);
        }
        raw > 0
    }

    /// One character, or a text in the wrong quotes.
    fn quoted(&mut self, rest: &str, quotes: &mut quotes::Recovery) {
        match character(rest) {
            Some(length) => self.push(TokenKind::Char, length),
            None => quotes.foreign(self),
        }
    }

    fn hash(&mut self, rest: &str) {
        let behind = rest.get(1..).unwrap_or("").trim_start_matches(is_space);
        if behind.starts_with('!') || !(self.begins_line() || self.follows_item()) {
            return self.push(TokenKind::Hash, 1);
        }
        self.comment(ProblemKind::ForeignComment("#"), run(rest, |c| c == '#'));
    }

    /// A comment that begins with what begins one elsewhere, on its own line or behind an item.
    fn foreign_comment(&mut self, rest: &str) -> bool {
        let mark = COMMENT_MARKS.iter().find(|mark| rest.starts_with(**mark));
        let Some(mark) = mark.filter(|mark| {
            let behind = rest.get(mark.len()..).unwrap_or("");
            self.begins_line() || (self.follows_item() && behind.starts_with(is_space))
        }) else {
            return false;
        };
        self.comment(ProblemKind::ForeignComment(mark), mark.len());
        true
    }

    /// Takes the rest of the line as a comment whose mark, of so many bytes, is wrong.
    fn comment(&mut self, problem: ProblemKind, mark: usize) {
        let mark = self.at..self.at + mark;
        self.push(TokenKind::LineComment, self.rest_of_line().len());
        self.report(Problem::new(problem, mark.clone()).replace(mark, "//"));
    }

    /// Whether nothing but space stands before this on its line.
    fn begins_line(&self) -> bool {
        self.tokens.last().is_none_or(|before| {
            before.kind == TokenKind::ByteOrderMark
                || (before.kind == TokenKind::Space && before.range.start <= self.line_start)
        })
    }

    /// Whether the last that stands before this is a comma or an opening bracket.
    fn follows_item(&self) -> bool {
        let mut before = self.tokens.iter().rev();
        let before = before.find(|token| token.kind != TokenKind::Space);
        before.is_some_and(|token| matches!(token.kind, TokenKind::Comma | TokenKind::Open(_)))
    }

    /// Characters that look like a space, or like nothing, and that ron does not pass over.
    fn foreign_space(&mut self, rest: &str) {
        let length = run(rest, is_foreign_space);
        let range = self.at..self.at + length;
        let seen = rest.get(..length).unwrap_or("");
        let space = if seen.contains(char::is_whitespace) {
            " "
        } else {
            ""
        };
        self.report(Problem::new(ProblemKind::ForeignSpace, range.clone()).replace(range, space));
        self.push(TokenKind::Space, length);
    }

    fn block_comment(&mut self, rest: &str) {
        let (mut depth, mut at) = (0_usize, 0);
        while let Some(next) = rest
            .get(at..)
            .and_then(|inner| Some(at + inner.find(['/', '*'])?))
        {
            let inner = rest.get(next..).unwrap_or("");
            at = next + 2;
            if inner.starts_with("/*") {
                depth += 1;
            } else if inner.starts_with("*/") {
                depth -= 1;
                if depth == 0 {
                    return self.push(TokenKind::BlockComment, at);
                }
            } else {
                at = next + 1;
            }
        }
        self.report(Problem::new(
            ProblemKind::UnclosedComment,
            self.at..self.at + 2,
        ));
        self.push(TokenKind::BlockComment, rest.len());
    }
}

/// The bytes of a character in single quotes at a text's start.
fn character(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('\'')?;
    let length = match inner.chars().next()? {
        '\\' => {
            literal::escape(inner)
                .filter(|(_, length)| !inner.starts_with("\\x") || *length == 4)?
                .1
        }
        c => c.len_utf8(),
    };
    inner.get(length..)?.starts_with('\'').then_some(length + 2)
}

fn starts_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']);
    let digits = unsigned.unwrap_or(text);
    let digits = digits.strip_prefix('.').unwrap_or(digits);
    let word = unsigned.is_some_and(|word| word.starts_with("inf") || word.starts_with("NaN"));
    digits.starts_with(|c: char| c.is_ascii_digit()) || word
}
