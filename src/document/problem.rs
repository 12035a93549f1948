//! What can be wrong with the way a file is written: brackets, commas, quotes. What the values mean is
//! read elsewhere. Every problem is a variant; all prose is in `Display`.

use std::fmt;
use std::ops::Range;

use super::tokens::Bracket;

/// One thing wrong with the text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The bytes that it is about; empty where something is missing.
    pub range: Range<usize>,
    /// A second place that explains the first.
    pub related: Option<Related>,
    /// The right text, where it is certain enough to offer.
    pub replacement: Option<Replacement>,
}

/// A second place that explains a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What stands there.
    pub role: RelatedRole,
    /// Its bytes.
    pub range: Range<usize>,
}

/// What stands at the second place of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelatedRole {
    /// The bracket that was opened there.
    OpenedHere,
    /// The first text that no longer fits while the bracket is open.
    LostHere,
    /// The end of the file's one value.
    EndedHere,
    /// The name whose value it is.
    NamedHere,
    /// Something before it that is wrong too, and may be all that is.
    SlippedHere,
}

/// Text to put in place of a range of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The bytes to replace; empty to insert.
    pub range: Range<usize>,
    /// What to put there.
    pub text: String,
}

/// What is wrong with the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A `"` has no partner on its line.
    UnclosedText,
    /// A closing `"` whose opening one is missing.
    UnopenedText,
    /// A raw text that does not end; the number of its `#`.
    UnclosedRawText(usize),
    /// Text in quotes that RON does not know: single or typographic ones.
    ForeignQuotes,
    /// A `/*` that does not end.
    UnclosedComment,
    /// Brackets nested beyond [`DEEPEST`](super::DEEPEST).
    TooDeep,
    /// A bracket that is never closed.
    Unclosed(Bracket),
    /// A block's name without the bracket after it.
    Unopened(Bracket),
    /// A closing bracket of the wrong kind.
    Mismatched {
        /// The kind that was open.
        open: Bracket,
        /// The kind that stands there.
        found: Bracket,
    },
    /// A closing bracket with nothing to close.
    Stray(Bracket),
    /// A line break inside plain `"..."`; ron would take it, the format does not.
    LineBreakInText,
    /// Words, or a time, without quotes.
    UnquotedText,
    /// No comma between two items.
    MissingComma,
    /// A comma without an item before it.
    ExtraComma,
    /// No colon between a name and its value.
    MissingColon,
    /// A colon in a list, where nothing is named.
    UnexpectedColon,
    /// A name without a value, or nothing at all in the file.
    MissingValue,
    /// A value without a name, among named ones.
    MissingName,
    /// A field's name in quotes.
    QuotedName,
    /// A number that is none.
    BadNumber,
    /// A backslash followed by something that means nothing.
    BadEscape,
    /// A comment that begins with what begins one elsewhere.
    ForeignComment(&'static str),
    /// A space that is none to ron, such as a no-break space.
    ForeignSpace,
    /// A semicolon or a full stop between two items.
    ForeignComma,
    /// A number with a comma in it.
    DecimalComma,
    /// A block whose content stands in another bracket than a round one.
    ForeignBracket(Bracket),
    /// An attribute, `#![...]`, that ron would not read.
    BadAttribute,
    /// Something that begins no value.
    Unexpected,
    /// Text behind the end of the file's one value.
    Trailing,
}

/// Which problems are worth saying while others stand: a lost quote makes nonsense of the brackets, and
/// a lost bracket of the commas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    Quote,
    Depth,
    Bracket,
    Rest,
}

impl Problem {
    pub(super) fn new(kind: ProblemKind, range: Range<usize>) -> Self {
        Self {
            kind,
            range,
            related: None,
            replacement: None,
        }
    }

    pub(super) fn related(mut self, role: RelatedRole, range: Range<usize>) -> Self {
        self.related = Some(Related { role, range });
        self
    }

    pub(super) fn replace(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.replacement = Some(Replacement {
            range,
            text: text.into(),
        });
        self
    }

    pub(super) fn tier(&self) -> Tier {
        match self.kind {
            ProblemKind::UnclosedText
            | ProblemKind::UnopenedText
            | ProblemKind::UnclosedRawText(_)
            | ProblemKind::ForeignQuotes
            | ProblemKind::UnclosedComment => Tier::Quote,
            ProblemKind::TooDeep => Tier::Depth,
            ProblemKind::Unclosed(_)
            | ProblemKind::Unopened(_)
            | ProblemKind::ForeignBracket(_)
            | ProblemKind::Mismatched { .. }
            | ProblemKind::Stray(_) => Tier::Bracket,
            _ => Tier::Rest,
        }
    }
}

/// Problems as they are found. Beyond so many the file is something else than a routine: of those only
/// the place is kept.
#[derive(Debug, Default)]
pub(super) struct Noted {
    kept: Vec<Problem>,
    /// Where each that found no room begins.
    beyond: Vec<(usize, Tier)>,
}

impl Noted {
    const ROOM: usize = 1000;

    /// Adds one. There is always room for what outranks the least of them, up to twice as many.
    pub(super) fn add(&mut self, problem: Problem) {
        let room = if problem.tier() == Tier::Rest {
            Self::ROOM
        } else {
            2 * Self::ROOM
        };
        if self.kept.len() < room {
            self.kept.push(problem);
        } else {
            self.beyond.push((problem.range.start, problem.tier()));
        }
    }

    /// Takes back what was found from a byte on.
    pub(super) fn rewind(&mut self, start: usize) {
        let kept = self
            .kept
            .iter()
            .rposition(|problem| problem.range.start < start);
        self.kept.truncate(kept.map_or(0, |last| last + 1));
        let kept = self.beyond.iter().rposition(|(at, _)| *at < start);
        self.beyond.truncate(kept.map_or(0, |last| last + 1));
    }

    /// These and what was found later.
    pub(super) fn and(mut self, more: Self) -> Self {
        self.kept.extend(more.kept);
        self.beyond.extend(more.beyond);
        self
    }
}

/// The problems worth saying, in the order of the text: of quotes alone while there are any, one a line;
/// else the brackets of a wrong kind behind a block's name; else the first bracket never closed; else
/// the other brackets; else all the rest. And how many more there are of that kind.
pub(super) fn worth_saying(
    noted: Noted,
    line_of: impl Fn(usize) -> usize,
) -> (Vec<Problem>, usize) {
    let Noted {
        kept: mut problems,
        beyond,
    } = noted;
    let Some(tier) = problems.iter().map(Problem::tier).min() else {
        return (problems, 0);
    };
    let slip = problems
        .iter()
        .filter(|problem| problem.tier() == Tier::Rest)
        .map(|problem| problem.range.clone())
        .min_by_key(|range| range.start);
    problems.retain(|problem| problem.tier() == tier);
    // A bracket of the wrong kind behind a block's name explains what it makes of the others.
    let foreign = |problem: &Problem| matches!(problem.kind, ProblemKind::ForeignBracket(_));
    if problems.iter().any(foreign) {
        problems.retain(foreign);
    }
    // The first found of the unclosed is the innermost of the earliest: the parser leaves inner ones first.
    if let Some(first) = problems
        .iter()
        .position(|problem| matches!(problem.kind, ProblemKind::Unclosed(_)))
    {
        return (problems.drain(first..=first).collect(), 0);
    }
    problems.sort_by_key(|problem| (problem.range.start, problem.range.end));
    match tier {
        Tier::Quote => problems.dedup_by_key(|problem| line_of(problem.range.start)),
        Tier::Depth => problems.truncate(1),
        Tier::Bracket => doubt(&mut problems, slip),
        Tier::Rest => {}
    }
    let mut more: Vec<usize> = beyond
        .into_iter()
        .filter(|(_, of)| *of == tier)
        .map(|(start, _)| start)
        .collect();
    match tier {
        Tier::Quote => {
            let told = problems.last().map(|last| line_of(last.range.start));
            more.retain(|start| Some(line_of(*start)) > told);
            more.sort_unstable();
            more.dedup_by_key(|start| line_of(*start));
        }
        Tier::Depth => more.clear(),
        Tier::Bracket | Tier::Rest => {}
    }
    (problems, more.len())
}

/// Takes back what is offered for closing brackets where there are several, or where something before
/// them is wrong too: then an opening one may be missing, and that place is shown.
fn doubt(problems: &mut [Problem], slip: Option<Range<usize>>) {
    let alone = problems.len() == 1;
    let mut slip = slip;
    for problem in problems {
        let closing = matches!(
            problem.kind,
            ProblemKind::Mismatched { .. } | ProblemKind::Stray(_)
        );
        let before = slip
            .as_ref()
            .is_some_and(|slip| slip.start < problem.range.start);
        if closing && (!alone || before) {
            problem.replacement = None;
        }
        if before && closing {
            problem.related = slip.take().map(|range| Related {
                role: RelatedRole::SlippedHere,
                range,
            });
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnclosedText => f.write_str("this quote has no partner on its line"),
            Self::UnopenedText => f.write_str("this text has no opening quote"),
            Self::UnclosedRawText(hashes) => {
                write!(
                    f,
                    "this text never ends: its end is written \"{}",
                    "#".repeat(*hashes)
                )
            }
            Self::ForeignQuotes => {
                f.write_str("a text needs straight double quotes around it, \"...\"")
            }
            Self::UnclosedComment => f.write_str("this comment never ends: its end is written */"),
            Self::TooDeep => write!(
                f,
                "too many brackets in one another; {} is the most",
                super::DEEPEST
            ),
            Self::Unclosed(bracket) => write!(f, "this `{}` is never closed", bracket.opening()),
            Self::Unopened(bracket) => write!(f, "`{}` is missing after this", bracket.opening()),
            Self::Mismatched { open, found } => {
                write!(
                    f,
                    "`{}` closes nothing here; `{}` would",
                    found.closing(),
                    open.closing()
                )
            }
            Self::Stray(bracket) => write!(f, "this `{}` closes nothing", bracket.closing()),
            Self::LineBreakInText => {
                f.write_str("a line break inside \"...\"; only r#\"...\"# may run over lines")
            }
            Self::UnquotedText => f.write_str("this needs quotes around it"),
            Self::MissingComma => f.write_str("a comma is missing here"),
            Self::ExtraComma => f.write_str("a comma with nothing before it"),
            Self::MissingColon => f.write_str("a colon is missing after this"),
            Self::UnexpectedColon => f.write_str("nothing in a list has a name before it"),
            Self::MissingValue => f.write_str("a value is missing here"),
            Self::MissingName => {
                f.write_str("this value has no name: a field is written `name: value`")
            }
            Self::QuotedName => f.write_str("a field's name must not have quotes around it"),
            Self::BadNumber => f.write_str("this is not a number"),
            Self::BadEscape => {
                f.write_str("this backslash means nothing; a backslash itself is written \\\\")
            }
            Self::ForeignComment(mark) => {
                write!(f, "a comment begins with //, not with {mark}")
            }
            Self::ForeignSpace => {
                f.write_str("this is no plain space, though it may look like one")
            }
            Self::ForeignComma => f.write_str("a comma belongs here"),
            Self::DecimalComma => f.write_str("a number has no comma in it"),
            Self::ForeignBracket(bracket) => {
                write!(f, "`(` belongs here, not `{}`", bracket.opening())
            }
            Self::BadAttribute => f.write_str("nothing like this can stand before a file's text"),
            Self::Unexpected => f.write_str("this does not belong here"),
            Self::Trailing => f.write_str("the text has ended before this; nothing may follow"),
        }
    }
}
