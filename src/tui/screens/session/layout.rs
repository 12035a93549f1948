//! Where everything goes on the session screen, and how large its letters
//! are. Pure geometry: it knows texts by their widths alone.

use ratatui::layout::Rect;

use crate::tui::widgets::big_text::{BigText, ROWS_PER_SCALE};
use crate::tui::widgets::body::BodyMap;
use crate::tui::widgets::text::{width, wrap};

/// What wants a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    pub(super) time: &'a str,
    pub(super) side: Option<&'a str>,
    /// That it is paused, waits or lingers; it never yields.
    pub(super) status: Option<&'a str>,
    /// The body map.
    pub(super) body: Wants,
    /// How many rows the note would take; at most `NOTE_ROWS` are given.
    pub(super) note_rows: u16,
    /// Rows that are kept for the foot, whether anything stands there or not.
    pub(super) foot_rows: u16,
    /// The lines that yield, in any order.
    pub(super) lines: &'a [Yielding],
}

/// Where everything goes; what has no place is not drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Slots {
    pub(super) head: Option<Rect>,
    pub(super) name: Rect,
    /// None for plain text.
    pub(super) name_scale: Option<u16>,
    pub(super) name_lines: Vec<String>,
    pub(super) time: Rect,
    pub(super) time_scale: Option<u16>,
    /// The side in letters made of cells, beside the time.
    pub(super) big_side: Option<Rect>,
    pub(super) side_scale: Option<u16>,
    /// The side as a line of text, where there is no room for that.
    pub(super) side: Option<Rect>,
    pub(super) place: Option<Rect>,
    pub(super) cue: Option<Rect>,
    pub(super) note: Option<Rect>,
    pub(super) status: Option<Rect>,
    pub(super) next: Option<Rect>,
    pub(super) names: Option<Rect>,
    pub(super) timeline: Option<Rect>,
    pub(super) foot: Option<Rect>,
    pub(super) body: Option<Rect>,
    /// The lowest row of the time, for the breath pacer.
    pub(super) pacer: Option<Rect>,
}

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
const SMALLEST_WISHED: (u16, u16) = (1, 2);

/// The most rows that a note is given.
const NOTE_ROWS: u16 = 3;
/// Cells between the time and the side.
const GAP: u16 = 3;

struct Faces {
    name_scale: u16,
    time_scale: u16,
    lines: Vec<String>,
    side: SidePlace,
}

enum SidePlace {
    /// Beside the time, at that scale.
    Big(u16),
    /// On a line of its own.
    Line,
    /// There is no side.
    None,
}

impl Faces {
    fn name_rows(&self) -> u16 {
        let lines = u16::try_from(self.lines.len()).unwrap_or(1);
        lines * (self.name_scale * ROWS_PER_SCALE).max(1)
    }

    fn time_rows(&self) -> u16 {
        (self.time_scale * ROWS_PER_SCALE).max(1)
    }

    /// Rows of stroke, time and side.
    fn rows(&self) -> u16 {
        let side = u16::from(matches!(self.side, SidePlace::Line));
        self.name_rows() + self.time_rows() + side
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

/// The last to yield first.
const ORDER: [Yielding; 9] = [
    Yielding::Message,
    Yielding::Place,
    Yielding::Timeline,
    Yielding::Head,
    Yielding::Next,
    Yielding::Cue,
    Yielding::Note,
    Yielding::Names,
    Yielding::Foot,
];

impl Wanted<'_> {
    fn status_rows(&self) -> u16 {
        u16::from(self.status.is_some())
    }

    /// Rows of the lines for which larger letters leave room: what comes and
    /// goes must not change the letters.
    fn line_rows(&self) -> u16 {
        let lasting = |line: &&Yielding| !matches!(line, Yielding::Foot | Yielding::Message);
        let lines = self.lines.iter().filter(lasting).count();
        u16::try_from(lines).unwrap_or(u16::MAX) + self.foot_rows
    }
}

/// The largest letters that leave room for what must stay.
fn choose(area: Rect, wanted: &Wanted<'_>) -> Faces {
    let status = wanted.status_rows();
    for pair in FACES {
        let Some(faces) = faces(wanted, area, pair) else {
            continue;
        };
        let beyond = pair.0 > SMALLEST_WISHED.0 || pair.1 > SMALLEST_WISHED.1;
        // Air between the blocks is part of what larger letters must leave.
        let others = if beyond { wanted.line_rows() + 2 } else { 0 };
        if faces.rows() + status + others <= area.height {
            return faces;
        }
    }
    Faces {
        name_scale: 0,
        time_scale: 0,
        lines: wrap(wanted.name, area.width),
        side: if wanted.side.is_some() {
            SidePlace::Line
        } else {
            SidePlace::None
        },
    }
}

/// How wide the breath pacer is, in cells: wide enough to be seen, coarse
/// enough to be drawn seldom.
pub(super) const PACER: u16 = 16;
/// Cells between the text and the body map.
const BODY_GAP: u16 = 2;

/// How many columns the body map gets: only where stroke, side and time keep
/// the letters that are read at four metres and every line but note, names and
/// hints stays. It does not depend on the step's own place or position, so
/// that nothing jumps when the client turns.
fn body_columns(area: Rect, wanted: &Wanted<'_>) -> Option<u16> {
    if wanted.body == Wants::Nothing {
        return None;
    }
    let stays = |line: &&Yielding| {
        !matches!(
            line,
            Yielding::Note | Yielding::Names | Yielding::Foot | Yielding::Message
        )
    };
    let lines = u16::try_from(wanted.lines.iter().filter(stays).count()).ok()?;
    // The map stands between the head line and what spans the whole width.
    let rows = area.height.checked_sub(5)?;
    let columns = BodyMap::width_for(rows).min(area.width * 3 / 8);
    let left = Rect {
        width: area.width.checked_sub(columns + BODY_GAP)?,
        ..area
    };
    let faces = choose(left, wanted);
    let large = faces.name_scale >= SMALLEST_WISHED.0 && faces.time_scale >= SMALLEST_WISHED.1;
    let (least_columns, least_rows) = BodyMap::SMALLEST;
    let room = faces.rows() + wanted.status_rows() + lines <= area.height;
    (large && room && columns >= least_columns && rows >= least_rows).then_some(columns)
}

/// Whether something is wanted that is no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    It,
    Nothing,
}

/// The lines that stay, and how many rows are left for air.
fn keep(area: Rect, wanted: &Wanted<'_>, faces: &Faces) -> (Vec<Yielding>, u16) {
    let mut spare = area
        .height
        .saturating_sub(faces.rows() + wanted.status_rows());
    let kept = ORDER
        .into_iter()
        .filter(|&line| {
            // The air between large letters is worth more than the hints.
            let air = u16::from(line == Yielding::Foot && faces.name_scale > 0);
            let fits = wanted.lines.contains(&line) && spare > air;
            spare -= u16::from(fits);
            fits
        })
        .collect();
    (kept, spare)
}

/// Gives everything its place in `area`.
pub(super) fn arrange(area: Rect, wanted: &Wanted<'_>) -> Slots {
    let body = body_columns(area, wanted);
    let text = Rect {
        width: body.map_or(area.width, |columns| area.width - columns - BODY_GAP),
        ..area
    };
    let faces = choose(text, wanted);
    let (kept, spare) = keep(area, wanted, &faces);
    let keeps = |line: Yielding| kept.contains(&line);
    let mut slots = Slots::default();

    // From the bottom: foot, timeline with its names, next.
    let mut bottom = area.bottom();
    let mut from_bottom = |present: bool| {
        present.then(|| {
            bottom -= 1;
            Rect::new(area.x, bottom, area.width, 1)
        })
    };
    slots.foot = from_bottom(keeps(Yielding::Foot) || keeps(Yielding::Message));
    slots.timeline = from_bottom(keeps(Yielding::Timeline));
    slots.names = from_bottom(keeps(Yielding::Names));
    slots.next = from_bottom(keeps(Yielding::Next));
    if let Some(columns) = body {
        let top = area.y + u16::from(keeps(Yielding::Head));
        let rows = bottom.saturating_sub(top);
        slots.body = Some(Rect::new(area.right() - columns, top, columns, rows));
    }

    // From the top: head, name, time with the side, and what belongs to them.
    let mut y = area.y;
    // A row between large letters, then the note to its end, then other air.
    let before_time = if faces.time_scale > 0 {
        spare.min(1)
    } else {
        0
    };
    let more_note = if keeps(Yielding::Note) {
        let rows = wanted.note_rows.min(NOTE_ROWS);
        rows.saturating_sub(1).min(spare - before_time)
    } else {
        0
    };
    let mut air = spare - before_time - more_note;
    let mut breathe = |y: &mut u16, most: u16| {
        let rows = air.min(most);
        air -= rows;
        *y += rows;
    };
    if keeps(Yielding::Head) {
        slots.head = Some(Rect::new(area.x, y, area.width, 1));
        y += 1;
        breathe(&mut y, 1);
    }
    let mut name_rows = faces.name_rows();
    if faces.name_scale == 0 {
        // Plain text takes what stroke, side and time leave, at least a row.
        let others = faces.rows() - name_rows + wanted.status_rows();
        name_rows = name_rows.min(area.height.saturating_sub(others)).max(1);
    }
    slots.name = Rect::new(text.x, y, text.width, name_rows).intersection(text);
    slots.name_scale = (faces.name_scale > 0).then_some(faces.name_scale);
    slots.name_lines.clone_from(&faces.lines);
    y += name_rows;
    if faces.time_scale > 0 {
        y += before_time;
    }
    // The side stands above a time in plain text: it is asked for first.
    if matches!(faces.side, SidePlace::Line) {
        slots.side = Some(Rect::new(text.x, y, text.width, 1).intersection(text));
        y += 1;
    }
    let time_rows = faces.time_rows();
    slots.time = Rect::new(text.x, y, text.width, time_rows).intersection(text);
    slots.time_scale = (faces.time_scale > 0).then_some(faces.time_scale);
    use_free_row(&mut slots, wanted);
    if let SidePlace::Big(scale) = faces.side {
        slots.big_side = Some(beside_time(slots.time, wanted, faces.time_scale, scale));
        slots.side_scale = Some(scale);
    }
    y += time_rows;
    let line = |y: &mut u16| {
        let slot = Rect::new(text.x, *y, text.width, 1).intersection(text);
        *y += 1;
        Some(slot)
    };
    if wanted.status.is_some() {
        slots.status = line(&mut y);
    } else if faces.time_scale > 0 {
        breathe(&mut y, 1);
    }
    if keeps(Yielding::Place) {
        slots.place = line(&mut y);
    }
    if keeps(Yielding::Cue) {
        slots.cue = line(&mut y);
    }
    if keeps(Yielding::Note) {
        let rows = (1 + more_note).min(bottom.saturating_sub(y)).max(1);
        slots.note = Some(Rect::new(text.x, y, text.width, rows).intersection(text));
    }
    slots
}

/// Figures leave their lowest pixels free: from scale 2 on that is a row. A line
/// that has no other place stands there before the pacer does.
fn use_free_row(slots: &mut Slots, wanted: &Wanted<'_>) {
    let free = slots.time_scale.filter(|&scale| scale >= 2).map(|_| {
        let row = slots.time.bottom().saturating_sub(1);
        Rect {
            y: row,
            height: 1,
            ..slots.time
        }
        .intersection(slots.time)
    });
    if wanted.lines.contains(&Yielding::Message) && slots.foot.is_none() {
        slots.foot = free;
    } else {
        slots.pacer = free.map(|row| Rect {
            width: PACER.min(row.width),
            ..row
        });
    }
}

/// The place of the side beside the time.
fn beside_time(time: Rect, wanted: &Wanted<'_>, time_scale: u16, side_scale: u16) -> Rect {
    let big = |text: &str, scale| BigText::new(text, scale).map_or(0, |big| big.width());
    // Where it stands does not depend on the figures, so that it stays put.
    let steady = steady_width(wanted.time, time_scale).max(big(wanted.time, time_scale));
    let needed = wanted.side.map_or(0, |word| big(word, side_scale));
    let x = (time.x + steady + GAP * 2).min(time.right().saturating_sub(needed));
    Rect {
        x,
        width: time.right() - x,
        ..time
    }
}

/// The width of a time with as many figures, at its widest.
fn steady_width(time: &str, scale: u16) -> u16 {
    let widest: String = time
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    BigText::new(&widest, scale).map_or(0, |big| big.width())
}
