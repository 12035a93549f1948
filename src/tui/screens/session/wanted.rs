//! What wants a place on the session screen. It knows texts by their widths
//! alone, and not where anything goes.

use crate::tui::widgets::text::wrap;

/// What wants a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    pub(super) time: &'a str,
    pub(super) side: Option<&'a str>,
    /// That it is paused, waits or lingers, in large letters: from the words
    /// that say it best to those that fit anywhere. With it comes a line on how
    /// to go on, which never yields.
    pub(super) status: Option<&'a [&'static str]>,
    /// The body map.
    pub(super) body: Wants,
    /// The note; at most `NOTE_ROWS` of it are shown.
    pub(super) note: Option<&'a str>,
    /// Rows that are kept for the foot, whether anything stands there or not.
    pub(super) foot_rows: u16,
    /// The lines that yield, in any order.
    pub(super) lines: &'a [Yielding],
}

/// Whether something is wanted that is no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    It,
    Nothing,
}

/// What may yield.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Yielding {
    Place,
    Timeline,
    Head,
    Next,
    Cue,
    Note,
    Names,
    /// Which keys there are.
    Foot,
    /// What just happened, or what is wrong: in the foot's place.
    Message,
}

/// The most rows that a note is given.
const NOTE_ROWS: u16 = 3;
impl Wanted<'_> {
    /// Rows of the note after its first, where it is so wide.
    pub(super) fn more_note_rows(&self, width: u16) -> u16 {
        let note = self.note.filter(|_| self.lines.contains(&Yielding::Note));
        let rows = note.map_or(0, |note| wrap(note, width).len());
        u16::try_from(rows)
            .unwrap_or(u16::MAX)
            .min(NOTE_ROWS)
            .saturating_sub(1)
    }

    pub(super) fn status_rows(&self) -> u16 {
        u16::from(self.status.is_some())
    }

    /// Rows of the lines for which larger letters leave room: what comes and
    /// goes must not change the letters.
    pub(super) fn line_rows(&self) -> u16 {
        let lasting = |line: &&Yielding| !matches!(line, Yielding::Foot | Yielding::Message);
        let lines = self.lines.iter().filter(lasting).count();
        u16::try_from(lines).unwrap_or(u16::MAX) + self.foot_rows
    }
}
