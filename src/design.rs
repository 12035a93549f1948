//! A routine's text while its author shapes it: as a list of rows to look at, and edits that are
//! splices of the text. Comments, layout, quotes and line ends of all that an edit does not touch stay
//! byte for byte, and a step takes its comments along: those right above it, and the one on its line.
//!
//! An edit finds the bytes, replaces them and reads the text again; what would not come out as it was
//! meant is refused, and the text is as it was. It knows no clock, terminal or disk, and leaves it to
//! [`check`](crate::check) to say what is wrong with a routine.

mod begin;
mod blocks;
mod edit;
mod fields;
mod history;
mod layout;
mod lists;
mod outline;
mod refused;
mod rows;
mod run;
mod splice;
mod timing;
mod write;

use std::ops::Range;

pub use begin::begun;
pub use edit::{Clip, New, Shift, Spot, Wrap};
pub use fields::{Field, FieldKind, FieldState, Need, Value, Within, Words};
pub use outline::{Facing, Occurrence, Row, RowKind, TooBroken, Total};
pub use refused::Refused;

use crate::document::{Document, Place, Replacement};
use history::{Change, History};
use outline::Outline;
use splice::Splice;

/// The text being shaped, what it looks like as rows, and all that was done to it.
///
/// Rows are named by their index in [`rows`](Self::rows), which holds until the next edit. Row 0 is the
/// routine's head. Ranges of rows are selections: the rows must stand beside each other in one list; what
/// is in a group goes with it, whether or not the range names it.
#[derive(Debug, Clone)]
pub struct Design {
    document: Document,
    outline: Result<Outline, TooBroken>,
    history: History,
    saved: String,
    revision: u64,
    row: usize,
}

/// An edit that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The row where the cursor should stand now; [`Design::cursor`] has it too.
    pub row: usize,
    /// The rows that were inserted, moved or changed, with all in them; empty after a deletion.
    pub rows: Range<usize>,
    /// The bytes of the new text that were touched.
    pub changed: Range<usize>,
}

impl Design {
    /// Takes a text, any text, as it is saved.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let document = Document::parse(text);
        Self {
            outline: Outline::of(&document),
            saved: text.to_owned(),
            document,
            history: History::default(),
            revision: 0,
            row: 0,
        }
    }

    /// The text as it is now.
    #[must_use]
    pub fn text(&self) -> &str {
        self.document.text()
    }

    /// The text with its tokens and tree, to point into it.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// A number that is another after each edit, undo and redo.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the text is another than the saved one.
    #[must_use]
    pub fn is_modified(&self) -> bool {
        self.text() != self.saved
    }

    /// The text as it was last saved.
    #[must_use]
    pub fn saved_text(&self) -> &str {
        &self.saved
    }

    /// Notes that the text as it is now is what is saved.
    pub fn mark_saved(&mut self) {
        self.document.text().clone_into(&mut self.saved);
    }

    /// The row where the cursor stands.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.row
    }

    /// Moves the cursor, at most to the last row. An undo of the next edit brings it back here.
    pub fn set_cursor(&mut self, row: usize) {
        self.row = row.min(self.rows().len().saturating_sub(1));
    }

    /// Why there are no rows: the first thing that makes nonsense of the rest of the text.
    #[must_use]
    pub fn too_broken(&self) -> Option<&TooBroken> {
        self.outline.as_ref().err()
    }

    /// The rows in the text's order; empty while the text is [too broken](Self::too_broken).
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        self.outline.as_ref().map_or(&[], |outline| &outline.rows)
    }

    /// How long the whole routine lasts as it is written now.
    #[must_use]
    pub fn total(&self) -> Total {
        self.outline
            .as_ref()
            .map_or_else(|_| Total::default(), |outline| outline.total)
    }

    /// Whether there is something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.history.done.is_empty()
    }

    /// Whether there is something to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.history.undone.is_empty()
    }

    /// Takes the last edit back; the cursor returns to where it was before it.
    ///
    /// # Errors
    ///
    /// Nothing was edited.
    pub fn undo(&mut self) -> Result<Edited, Refused> {
        let change = self.history.done.pop().ok_or(Refused::NothingToUndo)?;
        let (edited, splices) = self.step(&change.splices, change.before);
        self.history.undone.push(Change { splices, ..change });
        Ok(edited)
    }

    /// Makes the last edit that was taken back again.
    ///
    /// # Errors
    ///
    /// Nothing was taken back since the last edit.
    pub fn redo(&mut self) -> Result<Edited, Refused> {
        let change = self.history.undone.pop().ok_or(Refused::NothingToRedo)?;
        let (edited, splices) = self.step(&change.splices, change.after);
        self.history.done.push(Change { splices, ..change });
        Ok(edited)
    }

    /// Puts another text in the place of this one, as typed by hand: what is equal at its beginning and
    /// end is left alone. Any text may come of it.
    ///
    /// # Errors
    ///
    /// None so far; it is an edit like others.
    pub fn replace_text(&mut self, text: &str) -> Result<Edited, Refused> {
        let splices: Vec<Splice> = splice::difference(self.text(), text).into_iter().collect();
        Ok(self.make(&splices))
    }

    /// The same as a part of the last edit: both are undone at once. Without one before it, or after an
    /// undo, it is an edit of its own.
    ///
    /// # Errors
    ///
    /// As of [`replace_text`](Self::replace_text).
    pub fn replace_text_further(&mut self, text: &str) -> Result<Edited, Refused> {
        let splices: Vec<Splice> = splice::difference(self.text(), text).into_iter().collect();
        // Only what is sure to be replaced may be taken off the history.
        let last = if splices.is_empty() || self.can_redo() {
            None
        } else {
            self.history.done.pop()
        };
        let Some(last) = last else {
            return Ok(self.make(&splices));
        };
        let (base, _) = splice::apply(self.text(), &last.splices);
        let (edited, _) = self.step(&splices, self.row);
        // What is taken away again was no edit.
        if let Some(back) = splice::difference(text, &base) {
            self.note(last.before, vec![back]);
        }
        Ok(edited)
    }

    /// Makes a diagnostic's certain correction. It may be made while the text is broken.
    ///
    /// # Errors
    ///
    /// The replacement is of another text.
    pub fn apply(&mut self, replacement: &Replacement) -> Result<Edited, Refused> {
        let Replacement { range, text } = replacement;
        let splices = vec![Splice::new(range.clone(), text.clone())];
        let splices = splice::ordered(self.text(), splices).ok_or(Refused::Outdated)?;
        Ok(self.make(&splices))
    }

    /// Makes one edit of ordered splices, without a look at what comes of it.
    fn make(&mut self, splices: &[Splice]) -> Edited {
        if splices.is_empty() {
            return Edited {
                row: self.row,
                rows: self.row..self.row,
                changed: 0..0,
            };
        }
        let before = self.row;
        let (edited, splices) = self.step(splices, before);
        self.note(before, splices);
        edited
    }

    /// Notes an edit that was made: where the cursor stood before it, and its way back.
    fn note(&mut self, before: usize, splices: Vec<Splice>) {
        self.history.undone.clear();
        self.history.done.push(Change {
            splices,
            before,
            after: self.row,
        });
    }

    /// Makes ordered splices and gives their way back.
    fn step(&mut self, splices: &[Splice], row: usize) -> (Edited, Vec<Splice>) {
        let (text, back) = splice::apply(self.text(), splices);
        self.document = Document::parse(&text);
        self.outline = Outline::of(&self.document);
        self.revision += 1;
        self.set_cursor(row);
        let edited = Edited {
            row: self.row,
            rows: self.row..self.row,
            changed: splice::changed(&back),
        };
        (edited, back)
    }

    /// The row that a byte belongs to, for diagnostics: the innermost. Row 0 for what is in none.
    #[must_use]
    pub fn row_at(&self, byte: usize) -> usize {
        self.outline
            .as_ref()
            .map_or(0, |outline| outline.row_at(byte))
    }

    /// The row of a step or group's place, as plans and doubts name it.
    #[must_use]
    pub fn row_of(&self, place: &Place) -> Option<usize> {
        let node = self.document.find_written(place)?;
        Some(self.row_at(node.range().start))
    }
}
