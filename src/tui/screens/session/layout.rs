//! Where everything goes on the session screen. Pure geometry: it knows texts
//! by their widths alone.

use ratatui::layout::Rect;

use super::faces::{Faces, GAP, SMALLEST_WISHED, SidePlace, Word, choose};
use super::wanted::{Wanted, Wants, Yielding};
use crate::tui::widgets::big_text::BigText;
use crate::tui::widgets::body::BodyMap;

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
    /// The status in letters made of cells.
    pub(super) word: Option<(Word, Rect)>,
    pub(super) next: Option<Rect>,
    pub(super) names: Option<Rect>,
    pub(super) timeline: Option<Rect>,
    pub(super) foot: Option<Rect>,
    pub(super) body: Option<Rect>,
    /// The lowest row of the time, for the breath pacer, where no line needs it.
    pub(super) pacer: Option<Rect>,
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

/// The same where nothing moves: where on the body is known, when it ends is
/// not.
const STILL_ORDER: [Yielding; 9] = [
    Yielding::Message,
    Yielding::Head,
    Yielding::Timeline,
    Yielding::Next,
    Yielding::Cue,
    Yielding::Place,
    Yielding::Note,
    Yielding::Names,
    Yielding::Foot,
];
/// Rows of air: below the head line and above the time.
const AIR: u16 = 2;

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
    let stays = |line: &&Yielding| match line {
        Yielding::Note | Yielding::Names | Yielding::Foot | Yielding::Message => false,
        // It must not come and go with each pause.
        Yielding::Place | Yielding::Cue | Yielding::Next | Yielding::Timeline => {
            wanted.status.is_none()
        }
        Yielding::Head => true,
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

/// The lines that stay, and how many rows are left for air.
fn keep(area: Rect, wanted: &Wanted<'_>, faces: &Faces, width: u16) -> (Vec<Yielding>, u16) {
    let mut spare = area
        .height
        .saturating_sub(faces.rows() + wanted.status_rows());
    let order = if wanted.status.is_some() {
        STILL_ORDER
    } else {
        ORDER
    };
    let kept = order
        .into_iter()
        .filter(|&line| {
            // The air around large letters is worth more than note, names and
            // hints, and a note's second row more than the names.
            let air = if faces.name_scale > 0 { AIR } else { 0 };
            let needed = match line {
                Yielding::Names => air + 2 * wanted.more_note_rows(width).min(1),
                Yielding::Note | Yielding::Foot => air,
                _ => 0,
            };
            let fits = wanted.lines.contains(&line) && spare > needed;
            spare -= u16::from(fits);
            fits
        })
        .collect();
    (kept, spare)
}

/// How the rows are used that nothing needs.
struct Air {
    below_head: u16,
    before_time: u16,
    /// Rows of the note after its first.
    more_note: u16,
    rest: u16,
}

impl Air {
    /// A row between large letters and one below the head line, then the note
    /// to its end, then air elsewhere.
    fn of(spare: u16, kept: &[Yielding], more_note: u16, faces: &Faces) -> Self {
        let mut rest = spare;
        let mut take = |most: u16| {
            let rows = rest.min(most);
            rest -= rows;
            rows
        };
        let large_name = faces.name_scale > 0 && kept.contains(&Yielding::Head);
        let before_time = take(u16::from(faces.time_scale > 0));
        let below_head = take(u16::from(large_name));
        let more_note = if kept.contains(&Yielding::Note) {
            take(more_note)
        } else {
            0
        };
        Self {
            below_head,
            before_time,
            more_note,
            rest,
        }
    }
}

/// Gives everything its place in `area`.
pub(super) fn arrange(area: Rect, wanted: &Wanted<'_>) -> Slots {
    let body = body_columns(area, wanted);
    let text = Rect {
        width: body.map_or(area.width, |columns| area.width - columns - BODY_GAP),
        ..area
    };
    let faces = choose(text, wanted);
    let (kept, spare) = keep(area, wanted, &faces, text.width);
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
    let Air {
        below_head,
        before_time,
        more_note,
        mut rest,
    } = Air::of(spare, &kept, wanted.more_note_rows(text.width), &faces);
    let mut breathe = |y: &mut u16, most: u16| {
        let rows = rest.min(most);
        rest -= rows;
        *y += rows;
    };
    if keeps(Yielding::Head) {
        slots.head = Some(Rect::new(area.x, y, area.width, 1));
        y += 1 + below_head;
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
    y += before_time;
    // The side stands above a time in plain text: it is asked for first.
    if matches!(faces.side, SidePlace::Line) {
        slots.side = Some(Rect::new(text.x, y, text.width, 1).intersection(text));
        y += 1;
    }
    let time_rows = faces.time_rows();
    slots.time = Rect::new(text.x, y, text.width, time_rows).intersection(text);
    slots.time_scale = (faces.time_scale > 0).then_some(faces.time_scale);
    if let SidePlace::Big(scale) = faces.side {
        slots.big_side = Some(beside_time(slots.time, wanted, faces.time_scale, scale));
        slots.side_scale = Some(scale);
    }
    y += time_rows;
    let word = Rect::new(text.x, y, text.width, faces.word_rows()).intersection(text);
    slots.word = faces.word.map(|said| (said, word));
    y += faces.word_rows();
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
    use_free_row(&mut slots, wanted);
    slots
}

/// Figures leave their lowest pixels free: from scale 2 on that is a row. A line
/// that has no other place stands there before the pacer does: a message, else
/// the cue.
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
    } else if wanted.lines.contains(&Yielding::Cue) && slots.cue.is_none() && free.is_some() {
        slots.cue = free;
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
