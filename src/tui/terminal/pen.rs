//! Writes changed cells to the terminal in as few bytes as it can: it knows
//! where the cursor stands and which style holds, from one picture to the next,
//! and goes the shortest way. It knows cells, no picture.

use std::io::{self, Write};

use crossterm::cursor::{Hide, Show};
use crossterm::queue;
use crossterm::terminal::{Clear, ClearType as Cleared};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// Leaves no style behind.
pub(super) const PLAIN: &str = "\x1b[0m";

/// Each modifier with what switches it on.
const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// What the terminal draws with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ink {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// What shows on a space too: a line through it, and what swaps its colours.
const ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::REVERSED);

impl Ink {
    /// Whether a space looks the same in both: no letter is there to be coloured.
    fn is_as_blank_as(self, other: Self) -> bool {
        let shown = |ink: Self| ink.modifier.intersection(ON_BLANKS);
        self.bg == other.bg && shown(self) == shown(other) && shown(self).is_empty()
    }
}

/// As after [`PLAIN`].
const NONE: Ink = Ink {
    fg: Color::Reset,
    bg: Color::Reset,
    modifier: Modifier::empty(),
};

/// Where the cursor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Nobody knows.
    Unknown,
    /// In this row, in a column that depends on the terminal: at its edge, or
    /// after a letter that not all take to be as wide.
    Row(u16),
    /// In this cell if the last letter is as wide as it should be: what
    /// continues there is simply written.
    Likely(Position),
    /// In this cell.
    Cell(Position),
}

/// A terminal that is written to, in pieces: `out` sends them when it is flushed.
#[derive(Debug)]
pub(super) struct Pen<W> {
    out: W,
    size: Size,
    at: At,
    ink: Option<Ink>,
    /// Whether the cursor is seen; none where nobody knows.
    cursor: Option<Cursor>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Shown,
    Hidden,
}

impl<W: Write> Pen<W> {
    /// A pen for a window of that size.
    pub(super) const fn new(out: W, size: Size) -> Self {
        Self {
            out,
            size,
            at: At::Unknown,
            ink: None,
            cursor: None,
        }
    }

    /// Where it writes to.
    pub(super) const fn out(&mut self) -> &mut W {
        &mut self.out
    }

    /// The window's size, as far as it is known.
    pub(super) const fn size(&self) -> Size {
        self.size
    }

    /// The window is of that size now.
    pub(super) const fn resize(&mut self, size: Size) {
        self.size = size;
        self.at = At::Unknown;
    }

    /// Somebody else has written to the terminal.
    pub(super) const fn forget(&mut self) {
        self.at = At::Unknown;
        self.ink = None;
        self.cursor = None;
    }

    /// Goes to a cell by the shortest way.
    fn go(&mut self, to: Position) -> io::Result<()> {
        if matches!(self.at, At::Cell(at) | At::Likely(at) if at == to) {
            return Ok(());
        }
        let straight = Vec::from(format!(
            "\x1b[{};{}H",
            u32::from(to.y) + 1,
            u32::from(to.x) + 1
        ));
        let (row, from) = match self.at {
            At::Unknown => (None, None),
            At::Row(row) => (Some(row), None),
            At::Likely(at) => (Some(at.y), None),
            At::Cell(at) => (Some(at.y), Some(at.x)),
        };
        let way = row
            .and_then(|row| to.y.checked_sub(row))
            .and_then(|down| beside(down, from, to.x))
            .filter(|way| way.len() < straight.len());
        self.out.write_all(&way.unwrap_or(straight))?;
        self.at = At::Cell(to);
        Ok(())
    }

    /// Takes up a style: only what is different is said.
    fn take(&mut self, ink: Ink) -> io::Result<()> {
        if self.ink == Some(ink) {
            return Ok(());
        }
        let mut codes = Vec::new();
        let mut from = self.ink.unwrap_or(NONE);
        // What is on can only be put out together.
        if self.ink.is_none() || !(from.modifier - ink.modifier).is_empty() {
            codes.push("0".to_owned());
            from = NONE;
        }
        let on = ink.modifier - from.modifier;
        codes.extend(
            MODIFIERS
                .iter()
                .filter(|(modifier, _)| on.contains(*modifier))
                .map(|(_, code)| code.to_string()),
        );
        if from.fg != ink.fg {
            codes.push(colour(3, ink.fg));
        }
        if from.bg != ink.bg {
            codes.push(colour(4, ink.bg));
        }
        self.ink = Some(ink);
        write!(self.out, "\x1b[{}m", codes.join(";"))
    }

    fn put(&mut self, at: Position, cell: &Cell) -> io::Result<()> {
        self.go(at)?;
        let symbol = cell.symbol();
        let ink = Ink {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        };
        if symbol != " " || self.ink.is_none_or(|held| !ink.is_as_blank_as(held)) {
            self.take(ink)?;
        }
        self.out.write_all(symbol.as_bytes())?;
        let next = Position::new(at.x.saturating_add(1), at.y);
        self.at = if next.x >= self.size.width {
            At::Row(at.y)
        } else if is_surely_one_cell(symbol) {
            At::Cell(next)
        } else {
            At::Likely(next)
        };
        Ok(())
    }
}

/// The way so many rows down to a column, from one that is known or not. None
/// where a longer one would be needed than it is worth.
fn beside(down: u16, from: Option<u16>, to: u16) -> Option<Vec<u8>> {
    // Elsewhere a line feed may go to the line's beginning too.
    let mut way = match down {
        0 => Vec::new(),
        1..=3 if cfg!(unix) => vec![b'\n'; usize::from(down)],
        _ => Vec::from(format!("\x1b[{down}B")),
    };
    let right = |by: u16| match by {
        0 => Vec::new(),
        1 => Vec::from("\x1b[C"),
        _ => Vec::from(format!("\x1b[{by}C")),
    };
    let mut ways = vec![[b"\r".to_vec(), right(to)].concat()];
    if let Some(from) = from {
        ways.push(match from.checked_sub(to) {
            None | Some(0) => right(to - from),
            Some(left @ 1..=3) => vec![b'\x08'; usize::from(left)],
            Some(left) => Vec::from(format!("\x1b[{left}D")),
        });
    }
    way.extend(ways.into_iter().min_by_key(Vec::len)?);
    Some(way)
}

/// Whether every terminal gives it one cell: what is typed, what lines and
/// large letters are made of.
fn is_surely_one_cell(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    let first = letters.next();
    letters.next().is_none()
        && matches!(
            first,
            Some(' '..='~' | '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}')
        )
}

/// A colour as its code in front (3) or behind (4).
fn colour(place: u8, colour: Color) -> String {
    let indexed = |index: u8| format!("{place}8;5;{index}");
    match colour {
        Color::Reset => format!("{place}9"),
        Color::Rgb(red, green, blue) => format!("{place}8;2;{red};{green};{blue}"),
        Color::Indexed(index) => indexed(index),
        Color::Black => indexed(0),
        Color::Red => indexed(1),
        Color::Green => indexed(2),
        Color::Yellow => indexed(3),
        Color::Blue => indexed(4),
        Color::Magenta => indexed(5),
        Color::Cyan => indexed(6),
        Color::Gray => indexed(7),
        Color::DarkGray => indexed(8),
        Color::LightRed => indexed(9),
        Color::LightGreen => indexed(10),
        Color::LightYellow => indexed(11),
        Color::LightBlue => indexed(12),
        Color::LightMagenta => indexed(13),
        Color::LightCyan => indexed(14),
        Color::White => indexed(15),
    }
}

impl<W: Write> Backend for Pen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (index, (x, y, cell)) in content.enumerate() {
            if index == 0 {
                // Should anybody have written in between, that is over here.
                self.at = At::Unknown;
            }
            self.put(Position::new(x, y), cell)?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor != Some(Cursor::Hidden) {
            self.cursor = Some(Cursor::Hidden);
            queue!(self.out, Hide)?;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor != Some(Cursor::Shown) {
            self.cursor = Some(Cursor::Shown);
            queue!(self.out, Show)?;
        }
        Ok(())
    }

    /// Where it is put back to after the window was cleared: nobody sees it.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        // What is cleared takes the colour that holds.
        self.take(NONE)?;
        queue!(
            self.out,
            Clear(match clear_type {
                ClearType::All => Cleared::All,
                ClearType::AfterCursor => Cleared::FromCursorDown,
                ClearType::BeforeCursor => Cleared::FromCursorUp,
                ClearType::CurrentLine => Cleared::CurrentLine,
                ClearType::UntilNewLine => Cleared::UntilNewLine,
            })
        )
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use ratatui::{Terminal, TerminalOptions};

    use super::*;

    const WINDOW: Size = Size {
        width: 20,
        height: 6,
    };

    fn terminal() -> Terminal<Pen<Vec<u8>>> {
        let pen = Pen::new(Vec::new(), WINDOW);
        Terminal::with_options(pen, TerminalOptions::default()).unwrap()
    }

    /// What was sent since the last time.
    fn sent(terminal: &mut Terminal<Pen<Vec<u8>>>) -> String {
        String::from_utf8(std::mem::take(&mut terminal.backend_mut().out)).unwrap()
    }

    fn colour_seen(colour: Color) -> vt100::Color {
        match colour {
            Color::Reset => vt100::Color::Default,
            Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
            Color::Gray => vt100::Color::Idx(7),
            Color::LightYellow => vt100::Color::Idx(11),
            other => panic!("{other} is not drawn here"),
        }
    }

    /// A terminal that was sent all this shows just that picture.
    fn assert_shows(screen: &vt100::Screen, picture: &Buffer) {
        for (index, cell) in picture.content().iter().enumerate() {
            let (x, y) = picture.pos_of(index);
            let seen = screen.cell(y, x).unwrap();
            let symbol = if seen.has_contents() {
                seen.contents()
            } else {
                " "
            };
            assert_eq!(symbol, cell.symbol(), "at {x},{y}");
            assert_eq!(seen.bgcolor(), colour_seen(cell.bg), "at {x},{y}");
            assert_eq!(seen.inverse(), cell.modifier.contains(Modifier::REVERSED));
            if symbol != " " || seen.inverse() {
                assert_eq!(seen.fgcolor(), colour_seen(cell.fg), "at {x},{y}");
                assert_eq!(seen.bold(), cell.modifier.contains(Modifier::BOLD));
            }
        }
    }

    fn style() -> impl Strategy<Value = Style> {
        let colour = prop_oneof![
            Just(Color::Reset),
            Just(Color::Gray),
            Just(Color::LightYellow),
            Just(Color::Rgb(236, 190, 120)),
            Just(Color::Rgb(12, 10, 9)),
        ];
        let modifier = prop_oneof![
            Just(Modifier::empty()),
            Just(Modifier::BOLD),
            Just(Modifier::REVERSED),
            Just(Modifier::BOLD | Modifier::REVERSED),
        ];
        (colour.clone(), colour, modifier)
            .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
    }

    fn word() -> impl Strategy<Value = &'static str> {
        prop_oneof![
            Just(" "),
            Just("x"),
            Just("█▌ ▐█"),
            Just("left · rücken"),
            Just("────────────────────"),
        ]
    }

    proptest! {
        #[test]
        fn a_terminal_shows_what_was_drawn(
            pictures in prop::collection::vec(
                prop::collection::vec((0..20_u16, 0..6_u16, word(), style()), 0..6),
                1..8,
            ),
        ) {
            let mut terminal = terminal();
            let mut seen = vt100::Parser::new(6.try_into().unwrap(), 20.try_into().unwrap(), 0);
            // As the program has it: a line that is full is not broken.
            seen.process(b"\x1b[?7l");
            for words in pictures {
                let mut picture = Buffer::empty(Rect::from((Position::ORIGIN, WINDOW)));
                for (x, y, word, style) in words {
                    picture.set_string(x, y, word, style);
                }
                terminal
                    .draw(|frame| frame.buffer_mut().clone_from(&picture))
                    .unwrap();
                seen.process(sent(&mut terminal).as_bytes());
                assert_shows(seen.screen(), &picture);
            }
        }
    }

    #[test]
    fn a_change_is_sent_in_few_bytes() {
        let amber = Style::new()
            .fg(Color::Rgb(236, 190, 120))
            .bg(Color::Rgb(12, 10, 9));
        let mut terminal = terminal();
        let mut draw = |text: &str| {
            terminal
                .draw(|frame| {
                    for y in 2..4 {
                        frame.buffer_mut().set_string(4, y, text, amber);
                    }
                })
                .unwrap();
            sent(&mut terminal)
        };
        draw("██ ██");
        assert_eq!(draw("██ ██"), "");
        assert_eq!(draw("█ █ █"), "\x1b[3;6H █ \n\x08\x08\x08 █ ");
    }

    #[test]
    fn after_a_letter_of_doubtful_width_the_way_begins_at_the_edge() {
        let mut pen = Pen::new(Vec::new(), WINDOW);
        let (wide, plain) = (Cell::new("背"), Cell::new("x"));
        pen.draw([(3, 1, &wide), (5, 1, &plain), (7, 1, &plain)].into_iter())
            .unwrap();
        pen.flush().unwrap();
        let sent = String::from_utf8(pen.out).unwrap();
        assert_eq!(sent, "\x1b[2;4H\x1b[0m背\r\x1b[5Cx\x1b[Cx");
    }

    #[test]
    fn after_somebody_else_wrote_nothing_is_taken_for_granted() {
        let mut pen = Pen::new(Vec::new(), WINDOW);
        let cell = Cell::new("x");
        for _ in 0..2 {
            pen.hide_cursor().unwrap();
            pen.draw([(3, 1, &cell)].into_iter()).unwrap();
            pen.flush().unwrap();
            let sent = String::from_utf8(std::mem::take(&mut pen.out)).unwrap();
            assert_eq!(sent, "\x1b[?25l\x1b[2;4H\x1b[0mx");
            pen.forget();
        }
    }
}
