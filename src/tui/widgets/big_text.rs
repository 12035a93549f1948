//! Letters made of cells, read across a room: a bitmap face drawn with quarter
//! blocks at any whole multiple of four rows. It knows text, no routine.

use font8x8::{BASIC_FONTS, GREEK_FONTS, HIRAGANA_FONTS, LATIN_FONTS, MISC_FONTS, UnicodeFonts};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// Rows of one face step: eight pixels, two to a cell.
pub const ROWS_PER_SCALE: u16 = 4;
/// Pixels between two letters, and of a space.
const GAP: usize = 1;
const SPACE: usize = 3;
/// Every figure is this wide, so that a running time does not jitter.
const FIGURE: usize = 7;

/// A zero that is open inside.
const ZERO: [u8; 8] = [0x3E, 0x63, 0x63, 0x63, 0x63, 0x63, 0x3E, 0];

/// A line of text as columns of pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BigText {
    /// One byte a column, the lowest bit its top pixel.
    columns: Vec<u8>,
    scale: u16,
}

impl BigText {
    /// `text` at `scale` times four rows; none where a letter has no bitmap.
    #[must_use]
    pub fn new(text: &str, scale: u16) -> Option<Self> {
        let mut columns = Vec::new();
        for c in text.chars() {
            if !columns.is_empty() {
                columns.extend([0; GAP]);
            }
            columns.extend(letter(c)?);
        }
        Some(Self { columns, scale })
    }

    /// How many cells wide it is.
    #[must_use]
    pub fn width(&self) -> u16 {
        let pixels = self.columns.len() * usize::from(self.scale);
        u16::try_from(pixels.div_ceil(2)).unwrap_or(u16::MAX)
    }

    /// How many cells high it is.
    #[must_use]
    pub const fn height(&self) -> u16 {
        self.scale * ROWS_PER_SCALE
    }

    /// Draws it at the top left of `area`, cut at its edges. The gaps between
    /// the strokes take the style too: a figure that changes is then written
    /// without changing colours over and over.
    pub fn render_styled(&self, area: Rect, buf: &mut Buffer, style: Style) {
        let area = area.intersection(buf.area);
        for y in 0..area.height.min(self.height()) {
            for x in 0..area.width.min(self.width()) {
                let symbol = self.symbol(x, y);
                if let Some(cell) = buf.cell_mut((area.x + x, area.y + y)) {
                    cell.set_style(style);
                    if symbol != " " {
                        cell.set_symbol(symbol);
                    }
                }
            }
        }
    }

    fn symbol(&self, x: u16, y: u16) -> &'static str {
        let lit = |dx: u16, dy: u16| {
            let column = usize::from((2 * x + dx) / self.scale.max(1));
            let row = (2 * y + dy) / self.scale.max(1);
            self.columns
                .get(column)
                .is_some_and(|bits| row < 8 && bits >> row & 1 == 1)
        };
        match (lit(0, 0), lit(1, 0), lit(0, 1), lit(1, 1)) {
            (false, false, false, false) => " ",
            (true, false, false, false) => "▘",
            (false, true, false, false) => "▝",
            (true, true, false, false) => "▀",
            (false, false, true, false) => "▖",
            (true, false, true, false) => "▌",
            (false, true, true, false) => "▞",
            (true, true, true, false) => "▛",
            (false, false, false, true) => "▗",
            (true, false, false, true) => "▚",
            (false, true, false, true) => "▐",
            (true, true, false, true) => "▜",
            (false, false, true, true) => "▄",
            (true, false, true, true) => "▙",
            (false, true, true, true) => "▟",
            (true, true, true, true) => "█",
        }
    }
}

impl Widget for &BigText {
    fn render(self, area: Rect, buf: &mut Buffer) {
        self.render_styled(area, buf, Style::new());
    }
}

/// The columns of one letter, its empty edges cut off.
fn letter(c: char) -> Option<Vec<u8>> {
    if c == ' ' || c == '\u{a0}' {
        return Some(vec![0; SPACE]);
    }
    let rows = match c {
        // The face strikes its zero through: from afar that reads as an eight.
        '0' => Some(ZERO),
        // The face has no typographic quotes and dashes.
        '’' | '‘' => BASIC_FONTS.get('\''),
        '–' | '—' | '‑' => BASIC_FONTS.get('-'),
        _ => BASIC_FONTS
            .get(c)
            .or_else(|| LATIN_FONTS.get(c))
            .or_else(|| GREEK_FONTS.get(c))
            .or_else(|| MISC_FONTS.get(c))
            .or_else(|| HIRAGANA_FONTS.get(c)),
    }?;
    let column = |x: usize| {
        rows.iter()
            .enumerate()
            .fold(0u8, |bits, (y, row)| bits | (row >> x & 1) << y)
    };
    let columns: Vec<u8> = (0..8).map(column).collect();
    if c.is_ascii_digit() {
        return Some(columns.into_iter().take(FIGURE).collect());
    }
    let first = columns.iter().position(|&bits| bits != 0)?;
    let last = columns.iter().rposition(|&bits| bits != 0)?;
    columns.get(first..=last).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, scale: u16) -> Vec<String> {
        let big = BigText::new(text, scale).unwrap();
        let area = Rect::new(0, 0, big.width(), big.height());
        let mut buf = Buffer::empty(area);
        (&big).render(area, &mut buf);
        buf.content()
            .chunks(usize::from(big.width()))
            .map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect())
            .collect()
    }

    #[test]
    fn letters_are_four_rows_tall_at_the_smallest() {
        assert_eq!(drawn("Li", 1), ["▜▛  ▝▘", "▐▌  ▜▌", "▐▌▗▌▐▌", "▀▀▀▘▀▀"]);
    }

    #[test]
    fn figures_are_equally_wide() {
        let width = |text: &str| BigText::new(text, 2).unwrap().width();
        assert_eq!(width("1:11"), width("8:58"));
        assert_eq!(BigText::new("0:05", 4).unwrap().height(), 16);
    }

    #[test]
    fn a_script_without_bitmaps_is_refused() {
        assert_eq!(BigText::new("背中", 1), None);
    }
}
