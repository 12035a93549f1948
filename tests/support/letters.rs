//! Reads a picture back as a person would: plain text, and letters made of
//! cells.

use ashiatsu::tui::widgets::big_text::BigText;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// The largest letters that any screen uses.
const LARGEST: u16 = 12;

/// The rows of a picture, what stands behind a wide letter left out.
pub(crate) fn rows(buf: &Buffer) -> Vec<String> {
    let area = buf.area;
    (area.top()..area.bottom())
        .map(|y| {
            let mut row = String::new();
            let mut x = area.left();
            while x < area.right() {
                let symbol = buf[(x, y)].symbol();
                row.push_str(symbol);
                x += u16::try_from(symbol.width()).unwrap().max(1);
            }
            row
        })
        .collect()
}

/// How tall `text` is drawn in letters made of cells, in rows, if it is.
pub(crate) fn height_of(text: &str, buf: &Buffer) -> Option<u16> {
    (1..=LARGEST).rev().find_map(|scale| {
        let big = BigText::new(text, scale)?;
        let (width, height) = (big.width(), big.height());
        if width > buf.area.width || height > buf.area.height {
            return None;
        }
        let mut drawn = Buffer::empty(Rect::new(0, 0, width, height));
        ratatui::widgets::Widget::render(&big, drawn.area, &mut drawn);
        (0..=buf.area.height - height)
            .flat_map(|y| (0..=buf.area.width - width).map(move |x| (x, y)))
            .any(|at| stands_at(&drawn, buf, at))
            .then_some(height)
    })
}

fn stands_at(drawn: &Buffer, buf: &Buffer, (x, y): (u16, u16)) -> bool {
    let area = drawn.area;
    let is_empty = |dy: u16| (0..area.width).all(|dx| drawn[(dx, dy)].symbol() == " ");
    (0..area.height).all(|dy| {
        // In the row that figures leave free the breath pacer may stand.
        (dy + 1 == area.height && is_empty(dy))
            || (0..area.width).all(|dx| drawn[(dx, dy)].symbol() == buf[(x + dx, y + dy)].symbol())
    })
}

/// Whether `text` stands on one row, plain.
pub(crate) fn is_plain(text: &str, buf: &Buffer) -> bool {
    rows(buf).iter().any(|row| row.contains(text))
}

/// Whether `name` can be read, in letters of any size, whole and in order, on
/// as many rows as it takes.
pub(crate) fn reads(name: &str, buf: &Buffer) -> bool {
    if height_of(name, buf).is_some() {
        return true;
    }
    let on_two_lines = name.match_indices(' ').any(|(at, _)| {
        height_of(&name[..at], buf).is_some() && height_of(&name[at + 1..], buf).is_some()
    });
    // Broken between words, or where a row ends.
    let squeezed = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    on_two_lines || squeezed(&rows(buf).concat()).contains(&squeezed(name))
}
