//! Where a text in quotes ends, and where it most likely should when its closing quote is lost. It knows
//! the habits of the format (plain text stays on its line, fields are `name: value`), not the structure.

use super::literal;
use super::problem::{Problem, ProblemKind};
use super::tokens::{Ending, Lexer, TextForm, TokenKind, is_ident, is_ident_start, run};

/// What is remembered between texts, so that no part of a file is searched twice.
#[derive(Default)]
pub(super) struct Recovery {
    /// The line, by its start, on which an end was already guessed: the next guess takes all of it.
    guessed: Option<usize>,
    /// How far the search for a closing quote on a later line came without finding one.
    searched: usize,
    /// The line, by its start, in which no wrong quote is closed any more.
    no_foreign: Option<usize>,
    /// For a number of `#`, the byte of the last quote with that many behind it.
    raw_closers: Option<Vec<usize>>,
    /// Whether the rest of the file is known to have no quote that looks like a closing one.
    closers: Closers,
}

#[derive(Default, PartialEq)]
enum Closers {
    #[default]
    Unknown,
    NoneAhead,
}

/// Where a search for a closing quote came to.
enum Scan {
    /// At the quote, as bytes from the search's start.
    Quote(usize),
    /// At the end of the line or of the text.
    LineEnd,
}

impl Recovery {
    pub(super) fn plain_text(&mut self, lexer: &mut Lexer<'_>) {
        let rest = lexer.text.get(lexer.at + 1..).unwrap_or("");
        match scan(rest, Lines::One) {
            Scan::Quote(length) => closed_plain(lexer, length),
            Scan::LineEnd => match self.later_quote(lexer.at + 1, rest) {
                Some(length) => {
                    lexer.report(Problem::new(
                        ProblemKind::LineBreakInText,
                        lexer.at..lexer.at + length + 2,
                    ));
                    closed_plain(lexer, length);
                }
                None => self.unclosed(lexer),
            },
        }
    }

    /// The closing quote of a text that runs over lines.
    fn later_quote(&mut self, start: usize, rest: &str) -> Option<usize> {
        if start < self.searched {
            return None;
        }
        let length = match scan(rest, Lines::Many) {
            Scan::Quote(length) => length,
            Scan::LineEnd => rest.len(),
        };
        self.searched = start + length;
        (length < rest.len() && is_one_text(rest, length)).then_some(length)
    }

    /// A line has an odd number of quotes: finds the text whose quote is lost, and ends it where it
    /// should have.
    fn unclosed(&mut self, lexer: &mut Lexer<'_>) {
        if self.guessed != Some(lexer.line_start) {
            let line = lexer
                .tokens
                .partition_point(|token| token.range.start < lexer.line_start);
            let suspect = lexer
                .tokens
                .iter()
                .enumerate()
                .skip(line)
                .find(|(_, token)| {
                    let behind = lexer.text.get(token.range.end..).unwrap_or("");
                    matches!(token.kind, TokenKind::Text(TextForm::Plain, _))
                        && !looks_closing(behind)
                });
            if let Some((token, _)) = suspect {
                lexer.rewind(token);
            }
            if let Some(first) = unopened(lexer) {
                self.guessed = Some(lexer.line_start);
                let value = lexer
                    .tokens
                    .get(first)
                    .map_or(lexer.at, |token| token.range.start);
                let problem = Problem::new(ProblemKind::UnopenedText, value..lexer.at + 1);
                lexer.report(problem.replace(value..value, "\""));
                return lexer.push(TokenKind::Unknown, 1);
            }
        }
        let start = lexer.at;
        let (length, wrong) = self.guess(lexer, 1);
        let end = start + 1 + length;
        let problem = Problem::new(ProblemKind::UnclosedText, start..start + 1);
        lexer.report(problem.replace(end..end + wrong, "\""));
        lexer.push(
            TokenKind::Text(TextForm::Plain, Ending::Missing),
            1 + length + wrong,
        );
    }

    /// How long the text is that opens here with so many bytes and has no end of its own; and how many
    /// bytes behind it are a quote of the wrong kind. The second guess on a line takes the rest of it.
    fn guess(&mut self, lexer: &Lexer<'_>, opening: usize) -> (usize, usize) {
        let line = lexer.rest_of_line().get(opening..).unwrap_or("");
        if self.guessed.replace(lexer.line_start) == Some(lexer.line_start) {
            return (without_closers(line), 0);
        }
        likely_end(line)
    }

    pub(super) fn raw_text(&mut self, lexer: &mut Lexer<'_>, hashes: usize) {
        let opening = hashes + 2;
        if let Some(length) = self.raw_end(lexer.text, lexer.at + opening, hashes) {
            return lexer.push(
                TokenKind::Text(TextForm::Raw(hashes), Ending::Closed),
                opening + length + 1 + hashes,
            );
        }
        let content = lexer.text.get(lexer.at + opening..).unwrap_or("");
        let quote = match self.closers {
            Closers::Unknown => content
                .match_indices('"')
                .map(|(at, _)| at)
                .find(|at| closes_at(content, *at)),
            Closers::NoneAhead => None,
        };
        let problem = Problem::new(
            ProblemKind::UnclosedRawText(hashes),
            lexer.at..lexer.at + opening,
        );
        let length = if let Some(length) = quote {
            let end = lexer.at + opening + length;
            lexer.report(problem.replace(end..end + 1, format!("\"{}", "#".repeat(hashes))));
            length + 1
        } else {
            self.closers = Closers::NoneAhead;
            lexer.report(problem);
            self.guess(lexer, opening).0
        };
        lexer.push(
            TokenKind::Text(TextForm::Raw(hashes), Ending::Missing),
            opening + length,
        );
    }

    /// Bytes in quotes: no routine has them, so an end that is lost is looked for nowhere.
    pub(super) fn bytes(&mut self, lexer: &mut Lexer<'_>, letters: usize, hashes: usize) {
        let opening = letters + hashes + 1;
        let rest = lexer.text.get(lexer.at + opening..).unwrap_or("");
        let length = match letters {
            2 => self.raw_end(lexer.text, lexer.at + opening, hashes),
            _ => match scan(rest, Lines::One) {
                Scan::Quote(length) => Some(length),
                Scan::LineEnd => None,
            },
        };
        if let Some(length) = length {
            return lexer.push(TokenKind::Bytes, opening + length + 1 + hashes);
        }
        lexer.report(Problem::new(
            ProblemKind::UnclosedText,
            lexer.at..lexer.at + opening,
        ));
        lexer.push(TokenKind::Bytes, lexer.rest_of_line().len());
    }

    /// Text in single or typographic quotes, or a quote that belongs to nothing.
    pub(super) fn foreign(&mut self, lexer: &mut Lexer<'_>) {
        let mut rest = lexer.text.get(lexer.at..).unwrap_or("").chars();
        let first = rest.next().unwrap_or('\'');
        let (inner, opening) = (rest.as_str(), first.len_utf8());
        let ends: &[char] = match first {
            '\'' => &['\'', '\n'],
            '`' => &['`', '\'', '\n'],
            '\u{ab}' | '\u{bb}' => &['\u{ab}', '\u{bb}', '"', '\n'],
            _ => &['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '"', '\n'],
        };
        let behind = |at: usize, quote: &str| inner.get(at + quote.len()..).unwrap_or("");
        let found = (self.no_foreign != Some(lexer.line_start))
            .then(|| {
                inner
                    .match_indices(ends)
                    .find(|(at, end)| *end == "\n" || looks_closing(behind(*at, end)))
            })
            .flatten()
            .filter(|(_, end)| *end != "\n");
        let Some((length, quote)) = found else {
            self.no_foreign = Some(lexer.line_start);
            return lexer.push(TokenKind::Unknown, opening);
        };
        let range = lexer.at..lexer.at + opening + length + quote.len();
        let mut problem = Problem::new(ProblemKind::ForeignQuotes, range.clone());
        let content = inner.get(..length).unwrap_or("");
        if !content.contains(['"', '\\']) {
            problem = problem.replace(range.clone(), format!("\"{content}\""));
        }
        lexer.report(problem);
        lexer.push(
            TokenKind::Text(TextForm::Foreign, Ending::Closed),
            range.len(),
        );
    }

    /// How long a raw text is that starts at a byte. Asks first whether its end comes at all, so that
    /// many that have none are not each searched to the end of the file.
    fn raw_end(&mut self, text: &str, start: usize, hashes: usize) -> Option<usize> {
        let closers = self.raw_closers.get_or_insert_with(|| raw_closers(text));
        if closers.get(hashes).is_none_or(|&last| last < start) {
            return None;
        }
        let ending = format!("\"{}", "#".repeat(hashes));
        text.get(start..)?.find(&ending)
    }
}

/// For each number of `#`, the last quote followed by at least that many.
fn raw_closers(text: &str) -> Vec<usize> {
    let mut last = Vec::new();
    for (at, _) in text.match_indices('"') {
        let hashes = run(text.get(at + 1..).unwrap_or(""), |c| c == '#');
        if last.len() <= hashes {
            last.resize(hashes + 1, 0);
        }
        if let Some(slot) = last.get_mut(hashes) {
            *slot = at;
        }
    }
    let mut latest = 0;
    for slot in last.iter_mut().rev() {
        latest = latest.max(*slot);
        *slot = latest;
    }
    last
}

#[derive(Clone, Copy, PartialEq)]
enum Lines {
    One,
    Many,
}

/// Looks for the quote that closes a plain text, past escapes.
fn scan(text: &str, lines: Lines) -> Scan {
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Scan::Quote(at),
            b'\n' if lines == Lines::One => return Scan::LineEnd,
            b'\\' if lines == Lines::Many || !text.get(at + 1..).is_some_and(starts_line_end) => {
                bytes.next();
            }
            _ => {}
        }
    }
    Scan::LineEnd
}

fn starts_line_end(text: &str) -> bool {
    text.starts_with('\n') || text.starts_with("\r\n")
}

/// Takes a plain text whose closing quote is known, and reads its escapes.
fn closed_plain(lexer: &mut Lexer<'_>, length: usize) {
    let content = lexer.at + 1..lexer.at + 1 + length;
    if lexer
        .text
        .get(content.clone())
        .is_some_and(|text| text.contains('\\'))
    {
        for bad in literal::plain(lexer.text, content).bad_escapes() {
            let mut problem = Problem::new(ProblemKind::BadEscape, bad.clone());
            // Before x or u something else may have been meant.
            if !lexer
                .text
                .get(bad.start + 1..)
                .is_some_and(|escaped| escaped.starts_with(['x', 'u']))
            {
                problem = problem.replace(bad.start..bad.start + 1, "\\\\");
            }
            lexer.report(problem);
        }
    }
    lexer.push(TokenKind::Text(TextForm::Plain, Ending::Closed), length + 2);
}

/// Whether what follows a quote is what follows a whole text.
fn looks_closing(behind: &str) -> bool {
    let next = behind.trim_start_matches([' ', '\t']);
    let starts = [",", ")", "]", "}", ":", "\n", "\r\n", "//", "/*"];
    next.is_empty() || starts.iter().any(|start| next.starts_with(start))
}

fn closes_at(text: &str, quote: usize) -> bool {
    looks_closing(text.get(quote + 1..).unwrap_or(""))
}

/// Whether what stands before a quote on a later line is all one text, and not fields of a routine
/// between one lost quote and another.
fn is_one_text(text: &str, quote: usize) -> bool {
    let is_field = |line: &str| {
        let word = line.trim_start();
        let name = run(word, |c| c == '_' || c.is_ascii_lowercase());
        name > 0
            && word
                .get(name..)
                .is_some_and(|behind| behind.trim_start().starts_with(':'))
    };
    closes_at(text, quote)
        && !text
            .get(..quote)
            .unwrap_or("")
            .lines()
            .skip(1)
            .any(is_field)
}

/// The first token of the words before a quote that has only a closing look: `name: Back",`.
fn unopened(lexer: &Lexer<'_>) -> Option<usize> {
    let mut first = None;
    for (at, token) in lexer.tokens.iter().enumerate().rev() {
        match token.kind {
            TokenKind::Ident | TokenKind::Number | TokenKind::Unknown | TokenKind::Bang => {
                first = Some(at);
            }
            TokenKind::Comma if first.is_some() => {}
            TokenKind::Space if token.range.start >= lexer.line_start => {}
            _ => break,
        }
    }
    let behind = lexer.text.get(lexer.at + 1..).unwrap_or("");
    first.filter(|_| looks_closing(behind))
}

/// How long a text without a closing quote most likely is, given the rest of its line; and how many
/// bytes behind that are a quote of the wrong kind.
fn likely_end(line: &str) -> (usize, usize) {
    const TYPOGRAPHIC: char = '\u{201d}';
    if let Some((at, _)) = line.match_indices(TYPOGRAPHIC).find(|(at, quote)| {
        looks_closing(line.get(at + quote.len()..).unwrap_or("")) //
    }) {
        return (at, TYPOGRAPHIC.len_utf8());
    }
    let next_item = |at: usize| {
        let item = line.get(at + 1..).unwrap_or("").trim_start();
        let name = if item.starts_with(is_ident_start) {
            run(item, is_ident)
        } else {
            0
        };
        let value = item
            .get(name..)
            .unwrap_or("")
            .trim_start()
            .strip_prefix(':')
            .map(str::trim_start);
        let is_value =
            |c: char| c.is_ascii_digit() || c.is_uppercase() || matches!(c, '"' | '[' | '{' | '(');
        item.starts_with('"')
            || (name > 0 && value.is_some_and(|value| value.starts_with(is_value)))
    };
    if let Some((at, _)) = line.match_indices(',').find(|(at, _)| next_item(*at)) {
        return (at, 0);
    }
    (without_closers(line), 0)
}

/// How much of a line is left without the comment, commas and brackets that it ends with; a bracket that
/// was opened in it stays.
fn without_closers(line: &str) -> usize {
    let mut text = line
        .find(" //")
        .map_or(line, |comment| line.get(..comment).unwrap_or(line))
        .trim_end();
    if let Some(before) = text
        .strip_suffix(['[', '{', '('])
        .and_then(|key| key.trim_end().strip_suffix(':'))
    {
        text = before.trim_end();
    }
    let mut surplus = [('(', ')'), ('[', ']'), ('{', '}')].map(|(open, close)| {
        (
            close,
            text.matches(close)
                .count()
                .saturating_sub(text.matches(open).count()),
        )
    });
    loop {
        text = text.trim_end();
        let Some(last) = text.chars().next_back() else {
            break;
        };
        let strays = surplus
            .iter_mut()
            .find(|(close, count)| *close == last && *count > 0);
        match strays {
            Some((_, count)) => *count -= 1,
            None if last == ',' => {}
            None => break,
        }
        text = text.get(..text.len() - 1).unwrap_or("");
    }
    text.len()
}
