//! How large the letters of the session screen are: the largest that leave
//! room for what must stay.

use ratatui::layout::Rect;

use super::wanted::Wanted;
use crate::tui::widgets::big_text::{BigText, ROWS_PER_SCALE};
use crate::tui::widgets::text::{width, wrap};

/// Sizes of name and time, in steps of four rows, from what is wished for to
/// what is endured; 0 is plain text. The second-last keeps the time legible to
/// the end. Larger ones are taken only where everything else fits as well.
const FACES: [(u16, u16); 13] = [
    (4, 9),
    (4, 8),
    (3, 7),
    (3, 6),
    (2, 6),
    (2, 5),
    (2, 4),
    (2, 3),
    (1, 4),
    (1, 3),
    (1, 2),
    (1, 1),
    (0, 1),
];
/// From here on letters shrink below what is read at four metres: everything
/// else yields first.
pub(super) const SMALLEST_WISHED: (u16, u16) = (1, 2);

/// Cells between the time and the side.
pub(super) const GAP: u16 = 3;

/// The same where nothing moves: what is said of that needs room, and the
/// stroke is worth more than a time that stands still.
const STILL_FACES: [(u16, u16); 15] = [
    (4, 9),
    (4, 8),
    (3, 7),
    (3, 6),
    (2, 6),
    (2, 5),
    (2, 4),
    (2, 3),
    (1, 4),
    (1, 3),
    (1, 2),
    (1, 1),
    (1, 0),
    (0, 1),
    (0, 0),
];
/// How many lines larger letters leave room for where nothing moves.
const STILL_LINES: u16 = 4;

/// A status in letters made of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: &'static str,
    pub(super) scale: u16,
}

pub(super) struct Faces {
    pub(super) name_scale: u16,
    pub(super) time_scale: u16,
    pub(super) lines: Vec<String>,
    pub(super) side: SidePlace,
    pub(super) word: Option<Word>,
}

pub(super) enum SidePlace {
    /// Beside the time, at that scale.
    Big(u16),
    /// On a line of its own.
    Line,
    /// There is no side.
    None,
}

impl Faces {
    pub(super) fn name_rows(&self) -> u16 {
        let lines = u16::try_from(self.lines.len()).unwrap_or(1);
        lines * (self.name_scale * ROWS_PER_SCALE).max(1)
    }

    pub(super) fn time_rows(&self) -> u16 {
        (self.time_scale * ROWS_PER_SCALE).max(1)
    }

    pub(super) fn word_rows(&self) -> u16 {
        self.word.map_or(0, |word| word.scale * ROWS_PER_SCALE)
    }

    /// Rows of stroke, time and side, and of the status.
    pub(super) fn rows(&self) -> u16 {
        let side = u16::from(matches!(self.side, SidePlace::Line));
        self.name_rows() + self.time_rows() + side + self.word_rows()
    }
}

/// Letters that fit the width, or none.
fn faces(wanted: &Wanted<'_>, area: Rect, (name_scale, time_scale): (u16, u16)) -> Option<Faces> {
    let lines = name_lines(wanted.name, area.width, name_scale)?;
    let time_width = if time_scale == 0 {
        width(wanted.time)
    } else {
        BigText::new(wanted.time, time_scale)?.width()
    };
    if time_width > area.width {
        return None;
    }
    let side = match wanted.side {
        None => SidePlace::None,
        Some(word) => {
            let room = area.width.saturating_sub(time_width + GAP);
            // Room for whose side it is above the word.
            (1..time_scale)
                .rev()
                .find(|&scale| BigText::new(word, scale).is_some_and(|big| big.width() <= room))
                .map_or(SidePlace::Line, SidePlace::Big)
        }
    };
    Some(Faces {
        name_scale,
        time_scale,
        lines,
        side,
        word: None,
    })
}

/// The status in the largest letters that go with a time of that size.
fn word(words: &[&'static str], width: u16, time_scale: u16) -> Option<Word> {
    let largest = (time_scale / 2).max(1);
    words.iter().find_map(|&text| {
        let fits = |&scale: &u16| BigText::new(text, scale).is_some_and(|big| big.width() <= width);
        let scale = (1..=largest).rev().find(fits)?;
        Some(Word { text, scale })
    })
}

/// The name on one line, or on two; plain text on as many as it takes.
fn name_lines(name: &str, most: u16, scale: u16) -> Option<Vec<String>> {
    if scale == 0 {
        return Some(wrap(name, most));
    }
    let fits = |line: &str| BigText::new(line, scale).is_some_and(|big| big.width() <= most);
    if fits(name) {
        return Some(vec![name.to_owned()]);
    }
    // Break between the words that make the two lines most alike.
    name.match_indices(' ')
        .filter_map(|(at, _)| {
            let (first, second) = (name.get(..at)?, name.get(at + 1..)?);
            (fits(first) && fits(second)).then(|| {
                let uneven = width(first).abs_diff(width(second));
                (uneven, vec![first.to_owned(), second.to_owned()])
            })
        })
        .min_by_key(|(uneven, _)| *uneven)
        .map(|(_, lines)| lines)
}

/// The largest letters that leave room for what must stay.
pub(super) fn choose(area: Rect, wanted: &Wanted<'_>) -> Faces {
    if let Some(words) = wanted.status {
        let lines = wanted.line_rows().min(STILL_LINES);
        let largest = STILL_FACES.into_iter().find_map(|pair| {
            let faces = faces(wanted, area, pair)?;
            let word = word(words, area.width, pair.1)?;
            let faces = Faces {
                word: Some(word),
                ..faces
            };
            fits(&faces, area, wanted, lines).then_some(faces)
        });
        if let Some(faces) = largest {
            return faces;
        }
    }
    let lines = wanted.line_rows();
    let largest = FACES
        .into_iter()
        .filter_map(|pair| faces(wanted, area, pair))
        .find(|faces| fits(faces, area, wanted, lines));
    largest.unwrap_or_else(|| Faces {
        name_scale: 0,
        time_scale: 0,
        lines: wrap(wanted.name, area.width),
        side: if wanted.side.is_some() {
            SidePlace::Line
        } else {
            SidePlace::None
        },
        word: None,
    })
}

/// Whether letters leave room for what must stay, and large ones for `lines`
/// as well.
fn fits(faces: &Faces, area: Rect, wanted: &Wanted<'_>, lines: u16) -> bool {
    let beyond = faces.name_scale > SMALLEST_WISHED.0 || faces.time_scale > SMALLEST_WISHED.1;
    // Air between the blocks is part of what larger letters must leave.
    let others = if beyond { lines + 2 } else { 0 };
    faces.rows() + wanted.status_rows() + others <= area.height
}
