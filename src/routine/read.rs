//! RON text to routine. ron and serde are the authority on syntax and on the kinds of values; `build`
//! is the one on meaning. What they refuse is told as a diagnostic in words that an instructor
//! understands, all of it at once: problems that hide others alone, else everything.

use std::ops::Range;

use ron::extensions::Extensions;

use super::build::{self, Finding};
use super::fault::Fault;
use super::inspect::{self, Found};
use super::meant::meant;
use super::slip::Slip;
use super::text::{Match, closest};
use super::time;
use super::{FORMAT, MAX_BYTES, MAX_NESTING, Routine, file, refused, salvage, written};
use crate::diagnostic::{Diagnostic, Related, Replacement};
use crate::document::{Document, Node, NodeKind, Place, PlaceStep};

pub use super::build::{NoSounds, SoundFolder, SoundState};

/// The most that is told of one file: beyond it the file is something else than a routine.
pub const MOST: usize = 1000;

/// What is wrong with a text that is no routine.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Each with its place in the text and in the text's order, at most [`MOST`]; never empty.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more there are than these.
    pub more: usize,
}

impl Refused {
    fn new(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            diagnostics,
            more: 0,
        }
    }

    /// In the text's order, nothing twice, and no more than may be told.
    fn in_order(mut self) -> Self {
        self.diagnostics
            .sort_by_key(|diagnostic| (diagnostic.range.start, diagnostic.range.end));
        self.diagnostics
            .dedup_by(|a, b| a.range == b.range && a.message == b.message);
        self.more += self.diagnostics.len().saturating_sub(MOST);
        self.diagnostics.truncate(MOST);
        self
    }
}

/// The routine that `text` means.
///
/// # Errors
///
/// What is wrong, each with its place in the text and in the text's order; never empty.
pub fn read(text: &str, sounds: &dyn SoundFolder) -> Result<Routine, Vec<Diagnostic>> {
    match read_with_places(text, sounds) {
        Ok((routine, _)) => Ok(routine),
        Err(refused) => Err(refused.diagnostics),
    }
}

/// The routine that `text` means, with what finds its places in the text again.
///
/// # Errors
///
/// What is wrong.
pub fn read_with_places(
    text: &str,
    sounds: &dyn SoundFolder,
) -> Result<(Routine, Locator), Refused> {
    let only = |diagnostic| Err(Refused::new(vec![diagnostic]));
    if text.len() > MAX_BYTES {
        return only(plain(0..0, &Fault::TooLarge));
    }
    let locator = Locator::new(text);
    let document = &locator.document;
    if document.tokens().iter().all(|token| token.kind.is_trivia()) {
        return only(plain(0..0, &Fault::Empty));
    }
    // A newer format may have fields that this version would call wrong.
    if let Some(range) = locator.newer_format() {
        return only(plain(range, &Fault::NewerFormat));
    }
    // Notes, a list, or a file of another kind: nothing in it is worth more words.
    if let Some(root) = document
        .root()
        .filter(|root| root.kind() == NodeKind::Error)
    {
        let start = root.range().start;
        let range = start
            ..start
                + document
                    .slice(root.range())
                    .lines()
                    .next()
                    .map_or(0, str::len);
        let slip = Slip::NotRoutine;
        return only(Diagnostic::error(range, slip.to_string()).with_help(Some(slip.help())));
    }
    let problems = document.problems();
    let mut told: Vec<Diagnostic> = problems
        .iter()
        .map(|problem| match inspect::reworded(document, problem) {
            Some(found) => slipped(found),
            None => written::diagnostic(document, problem),
        })
        .collect();
    let mut more = document.unlisted();
    if problems
        .iter()
        .any(|problem| written::hides_the_rest(&problem.kind))
    {
        return Err(Refused {
            diagnostics: told,
            more,
        }
        .in_order());
    }
    let (found, unlisted) = inspect::inspect(document);
    more += unlisted;
    told.extend(found.into_iter().map(slipped));
    if told.is_empty() {
        let file = authoritative(text)?;
        return match build::build(file, sounds) {
            Ok(routine) => Ok((routine, locator)),
            Err(findings) => Err(locator.faults(findings).in_order()),
        };
    }
    if let Some(file) = salvage::salvage(document)
        && let Err(findings) = build::build(file, sounds)
    {
        told.sort_by_key(|diagnostic| diagnostic.range.start);
        let faults = locator.faults(findings);
        more += faults.more;
        let new = faults
            .diagnostics
            .into_iter()
            .filter(|fault| !overlaps(&told, &fault.range));
        told = new.collect::<Vec<_>>().into_iter().chain(told).collect();
    }
    Err(Refused {
        diagnostics: told,
        more,
    }
    .in_order())
}

/// What ron and serde make of the text.
fn authoritative(text: &str) -> Result<file::Routine, Refused> {
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let skipped = text.len() - body.len();
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .from_str(body)
        .map_err(|error| Refused::new(vec![refused::diagnostic(&error, body, skipped)]))
}

/// Whether something is told already of these bytes. `told` is in order of its beginnings.
fn overlaps(told: &[Diagnostic], range: &Range<usize>) -> bool {
    let end = told.partition_point(|other| other.range.start < range.end.max(range.start + 1));
    told.get(..end)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take(8)
        .any(|other| other.range.end > range.start)
}

/// A fault without anything more to show.
fn plain(range: Range<usize>, fault: &Fault) -> Diagnostic {
    Diagnostic::error(range, fault.to_string()).with_help(fault.help())
}

fn slipped(found: Found) -> Diagnostic {
    Diagnostic {
        related: found.earlier.map(|range| Related {
            range,
            label: "the first one".to_owned(),
        }),
        replacement: found.replacement,
        ..Diagnostic::error(found.range, found.slip.to_string()).with_help(Some(found.slip.help()))
    }
}

/// Finds where in a text the value of a place is written.
#[derive(Debug)]
pub struct Locator {
    document: Document,
}

impl Locator {
    /// For places in `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            document: Document::parse(text),
        }
    }

    /// Where a newer format than this program's is written.
    fn newer_format(&self) -> Option<Range<usize>> {
        let node = self.document.find(&Place::root().field("format"))?;
        let format: u32 = node.text().parse().ok()?;
        (format > FORMAT).then(|| node.range())
    }

    /// The bytes of the value at `place`, or where it would stand.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Range<usize> {
        let node = self
            .document
            .find(place)
            .or_else(|| self.find_alone(place))
            .or_else(|| self.document.nearest(place));
        node.map_or(0..0, inspect::mark)
    }

    /// The value at a place whose way leads through a list that is not written: a single item stands
    /// in its place.
    fn find_alone(&self, place: &Place) -> Option<Node<'_>> {
        let steps = place.steps();
        let alone = |at: usize| {
            let (before, rest) = steps.split_at_checked(at)?;
            let (first, behind) = rest.split_first()?;
            let without = before.iter().chain(behind).cloned().collect();
            (*first == PlaceStep::Index(0))
                .then_some(())
                .and_then(|()| self.document.find(&without))
        };
        (0..steps.len()).find_map(alone)
    }

    fn faults(&self, findings: Vec<Finding>) -> Refused {
        let more = findings.len().saturating_sub(MOST);
        let told = findings.into_iter().take(MOST);
        Refused {
            diagnostics: told.map(|finding| self.fault(&finding)).collect(),
            more,
        }
    }

    /// A fault of meaning, with the bytes that it is about and what would be right.
    fn fault(&self, Finding { place, fault }: &Finding) -> Diagnostic {
        let range = self.locate(place);
        let mut diagnostic = plain(range.clone(), fault);
        match fault {
            Fault::UnknownPlaceholder { brace, byte } => {
                diagnostic.range = self.within(&range, *byte, brace.len());
            }
            Fault::UnfilledPlaceholder { name, byte } => {
                diagnostic.range = self.within(&range, *byte, name.len());
            }
            Fault::UnsafeText(c) => {
                diagnostic.range = self.part(&range, |text| Some((text.find(*c)?, c.len_utf8())));
            }
            Fault::UnknownSequence {
                found,
                meant: Some(meant),
            } => self.offer_sequence(&mut diagnostic, found, meant),
            Fault::Time(_) => self.offer_time(&mut diagnostic),
            Fault::BrokenText => {
                let written = self.document.slice(range.clone());
                if let Some(at) = written.find("\\n").filter(|_| !written.contains('\n')) {
                    diagnostic.range = range.start + at..range.start + at + 2;
                    "in a text, \\n begins a new line".clone_into(&mut diagnostic.message);
                    let help =
                        "between a folder and a file write /; a backslash itself is written \\\\";
                    diagnostic.help = Some(help.to_owned());
                }
            }
            Fault::MinOverTime | Fault::MaxUnderTime => {
                let time = place.parent().map(|step| step.field("time"));
                diagnostic.related = time.map(|time| Related {
                    range: self.locate(&time),
                    label: "the usual length".to_owned(),
                });
            }
            _ => {}
        }
        diagnostic
    }

    /// The bytes of a part of a text that `find` finds by its start and length.
    fn part(
        &self,
        range: &Range<usize>,
        find: impl FnOnce(&str) -> Option<(usize, usize)>,
    ) -> Range<usize> {
        match find(self.document.slice(range.clone())) {
            Some((at, length)) => range.start + at..range.start + at + length,
            None => range.clone(),
        }
    }

    /// Says how the time is written that was most likely meant.
    fn offer_time(&self, diagnostic: &mut Diagnostic) {
        let range = diagnostic.range.clone();
        let written = self.document.node_at(range.start).and_then(Node::decoded);
        let Some(meant) = written.and_then(|text| meant(text.value())) else {
            return;
        };
        let text = format!("\"{}\"", time::units(meant));
        diagnostic.help = Some(format!("write {text}"));
        diagnostic.replacement = Some(Replacement { range, text });
    }

    /// The bytes in the file of a part of the text that stands there, escapes and all.
    fn within(&self, range: &Range<usize>, byte: usize, length: usize) -> Range<usize> {
        let node = self.document.node_at(range.start);
        node.and_then(Node::decoded).map_or_else(
            || range.clone(),
            |text| text.byte_at(byte)..text.byte_at(byte + length),
        )
    }

    fn offer_sequence(&self, diagnostic: &mut Diagnostic, found: &str, meant: &str) {
        let sequences = Place::root().field("sequences");
        if let Some(range) = self.document.key_range(&sequences.key(meant.to_owned())) {
            diagnostic.related = Some(Related {
                range,
                label: "the nearest that there is".to_owned(),
            });
        }
        let names: Vec<String> = self
            .document
            .find(&sequences)
            .into_iter()
            .flat_map(Node::children)
            .filter_map(|list| Some(list.key()?.decoded()?.value().to_owned()))
            .collect();
        let nearest = closest(found, names.iter().map(String::as_str));
        if nearest == Some((meant, Match::Certain)) {
            diagnostic.replacement = Some(Replacement {
                range: diagnostic.range.clone(),
                text: format!("{meant:?}"),
            });
        }
    }
}

/// Nesting that serde may pass: each of the routine's levels costs it a few.
const _: () = assert!(MAX_NESTING * 4 < 128, "ron's own limit must not come first");
