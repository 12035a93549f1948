//! A picture of a terminal's cells as SVG: blocks as shapes, so that they meet
//! without gaps whatever the font, and all else as text that keeps to its
//! columns. It knows cells, not what they mean.

use std::collections::BTreeMap;
use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// A cell, in the picture's own units.
const WIDE: u16 = 10;
const HIGH: u16 = 20;
/// From the top of a cell to its text's base line.
const BASE: u16 = 15;
const FONT_SIZE: u16 = 16;
/// Around the cells.
const MARGIN: u16 = 12;
const FONTS: &str = "'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace";
/// Where the terminal's own colours would show.
const FALLBACK_GROUND: &str = "#0c0a09";
const FALLBACK_TEXT: &str = "#cdb9a0";

/// The picture of `buffer`; `about` says what is in it to who can't see it.
pub(crate) fn of(buffer: &Buffer, about: &str) -> String {
    let mut shapes = Shapes::default();
    let mut papers = Shapes::default();
    let ground = buffer.content.first().map_or_else(
        || FALLBACK_GROUND.to_owned(),
        |cell| colour(cell.bg, FALLBACK_GROUND),
    );
    let mut texts = String::new();
    let columns = usize::from(buffer.area.width.max(1));
    for (y, row) in (0u16..).zip(buffer.content.chunks(columns)) {
        let mut run = Run::default();
        let mut covered = 0;
        for (x, cell) in (0u16..).zip(row) {
            // The second half of a wide letter has a cell of its own.
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let mut ink = colour(cell.fg, FALLBACK_TEXT);
            let mut paper = colour(cell.bg, FALLBACK_GROUND);
            if cell.modifier.contains(Modifier::REVERSED) {
                std::mem::swap(&mut ink, &mut paper);
            }
            if paper != ground {
                papers.draw("█", x, y, &paper);
            }
            let wide = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
            covered = wide - 1;
            if shapes.draw(cell.symbol(), x, y, &ink) {
                run.end(y, &mut texts);
            } else {
                run.take(cell, x, wide, ink, y, &mut texts);
            }
        }
        run.end(y, &mut texts);
    }
    let width = buffer.area.width * WIDE + 2 * MARGIN;
    let height = buffer.area.height * HIGH + 2 * MARGIN;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n\
         <title>{about}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"{ground}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\">\n\
         <g shape-rendering=\"crispEdges\">\n{papers}{shapes}</g>\n\
         <g font-family=\"{FONTS}\" font-size=\"{FONT_SIZE}\">\n{texts}</g>\n\
         </g>\n</svg>\n",
        about = escaped(about),
        papers = papers.paths(),
        shapes = shapes.paths(),
    )
}

/// Letters of one look side by side.
#[derive(Default)]
struct Run {
    text: String,
    from: u16,
    columns: u16,
    ink: String,
    weight: Weight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Weight {
    #[default]
    Normal,
    Bold,
}

impl Run {
    fn take(&mut self, cell: &Cell, x: u16, wide: u16, ink: String, y: u16, texts: &mut String) {
        let weight = if cell.modifier.contains(Modifier::BOLD) {
            Weight::Bold
        } else {
            Weight::Normal
        };
        let blank = cell.symbol().trim().is_empty();
        let same = self.ink == ink && self.weight == weight;
        // Readers of SVG make one space of two.
        let gap = blank && self.text.ends_with(' ');
        if gap || !blank && !same {
            self.end(y, texts);
        }
        if self.text.is_empty() {
            if blank {
                return;
            }
            (self.from, self.columns, self.ink, self.weight) = (x, 0, ink, weight);
        }
        self.text.push_str(cell.symbol());
        self.columns += wide;
    }

    /// Writes the run, and begins anew.
    fn end(&mut self, y: u16, texts: &mut String) {
        let run = std::mem::take(self);
        let text = run.text.trim_end();
        if text.is_empty() {
            return;
        }
        let trailing = u16::try_from(run.text.len() - text.len()).unwrap_or(0);
        let bold = match run.weight {
            Weight::Normal => "",
            Weight::Bold => " font-weight=\"bold\"",
        };
        // A string takes any text; writing to it can't fail.
        let _ = writeln!(
            texts,
            "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{bold}>{}</text>",
            run.from * WIDE,
            y * HIGH + BASE,
            (run.columns - trailing) * WIDE,
            run.ink,
            escaped(text),
        );
    }
}

/// Rectangles by colour.
#[derive(Default)]
struct Shapes(BTreeMap<(String, Tone), Vec<Rectangle>>);

/// How much of the ground shows through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tone {
    Full,
    /// In quarters.
    Shade(u8),
}

#[derive(Debug, Clone, Copy)]
struct Rectangle {
    x: u16,
    y: u16,
    wide: u16,
    high: u16,
}

impl Shapes {
    /// Draws a symbol that is a shape; whether it is one.
    fn draw(&mut self, symbol: &str, column: u16, row: u16, ink: &str) -> bool {
        let mut chars = symbol.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else {
            return false;
        };
        let eighth;
        let (parts, tone): (&[Rectangle], Tone) = match c {
            // Lower and left blocks, an eighth of a cell each.
            '\u{2581}'..='\u{2587}' => {
                let high = (u32::from(c) - 0x2580) * u32::from(HIGH) / 8;
                let high = u16::try_from(high).unwrap_or(HIGH);
                eighth = [part(0, HIGH - high, WIDE, high)];
                (&eighth, Tone::Full)
            }
            '\u{2589}'..='\u{258e}' if c != '▌' => {
                let wide = (0x2590 - u32::from(c)) * u32::from(WIDE) / 8;
                let wide = u16::try_from(wide).unwrap_or(WIDE);
                eighth = [part(0, 0, wide, HIGH)];
                (&eighth, Tone::Full)
            }
            '━' => (&[part(0, 9, 10, 2)], Tone::Full),
            '╸' => (&[part(0, 9, 5, 2)], Tone::Full),
            '╺' => (&[part(5, 9, 5, 2)], Tone::Full),
            '░' => (&[WHOLE], Tone::Shade(1)),
            '▒' => (&[WHOLE], Tone::Shade(2)),
            '▓' => (&[WHOLE], Tone::Shade(3)),
            '─' => (&[part(0, 10, 10, 1)], Tone::Full),
            '│' => (&[part(5, 0, 1, 20)], Tone::Full),
            '┌' => (&[part(5, 10, 5, 1), part(5, 10, 1, 10)], Tone::Full),
            '┐' => (&[part(0, 10, 6, 1), part(5, 10, 1, 10)], Tone::Full),
            '└' => (&[part(5, 10, 5, 1), part(5, 0, 1, 11)], Tone::Full),
            '┘' => (&[part(0, 10, 6, 1), part(5, 0, 1, 11)], Tone::Full),
            '▏' => (&[part(0, 0, 1, 20)], Tone::Full),
            '▘' => (&[UPPER_LEFT], Tone::Full),
            '▝' => (&[UPPER_RIGHT], Tone::Full),
            '▀' => (&[UPPER], Tone::Full),
            '▖' => (&[LOWER_LEFT], Tone::Full),
            '▌' => (&[part(0, 0, 5, 20)], Tone::Full),
            '▞' => (&[UPPER_RIGHT, LOWER_LEFT], Tone::Full),
            '▛' => (&[UPPER, LOWER_LEFT], Tone::Full),
            '▗' => (&[LOWER_RIGHT], Tone::Full),
            '▚' => (&[UPPER_LEFT, LOWER_RIGHT], Tone::Full),
            '▐' => (&[part(5, 0, 5, 20)], Tone::Full),
            '▜' => (&[UPPER, LOWER_RIGHT], Tone::Full),
            '▙' => (&[UPPER_LEFT, LOWER], Tone::Full),
            '▟' => (&[UPPER_RIGHT, LOWER], Tone::Full),
            '█' => (&[WHOLE], Tone::Full),
            _ => return false,
        };
        let list = self.0.entry((ink.to_owned(), tone)).or_default();
        for part in parts {
            let x = column * WIDE + part.x;
            let y = row * HIGH + part.y;
            // What continues a rectangle to the left makes it longer.
            let before = list
                .iter_mut()
                .find(|r| r.y == y && r.high == part.high && r.x + r.wide == x);
            match before {
                Some(before) => before.wide += part.wide,
                None => list.push(Rectangle { x, y, ..*part }),
            }
        }
        true
    }

    fn paths(&self) -> String {
        let mut paths = String::new();
        for ((ink, tone), list) in &self.0 {
            let opacity = match tone {
                Tone::Full => String::new(),
                Tone::Shade(quarters) => {
                    format!(" fill-opacity=\"{}\"", f32::from(*quarters) / 4.0)
                }
            };
            let mut path = String::new();
            for Rectangle { x, y, wide, high } in list {
                let _ = write!(path, "M{x} {y}h{wide}v{high}h-{wide}z");
            }
            let _ = writeln!(paths, "<path fill=\"{ink}\"{opacity} d=\"{path}\"/>");
        }
        paths
    }
}

const fn part(x: u16, y: u16, wide: u16, high: u16) -> Rectangle {
    Rectangle { x, y, wide, high }
}

const WHOLE: Rectangle = part(0, 0, 10, 20);
const UPPER: Rectangle = part(0, 0, 10, 10);
const LOWER: Rectangle = part(0, 10, 10, 10);
const UPPER_LEFT: Rectangle = part(0, 0, 5, 10);
const UPPER_RIGHT: Rectangle = part(5, 0, 5, 10);
const LOWER_LEFT: Rectangle = part(0, 10, 5, 10);
const LOWER_RIGHT: Rectangle = part(5, 10, 5, 10);

/// A colour as it is seen; the sixteen as the console's own hardware (VGA) has
/// them.
fn colour(colour: Color, fallback: &str) -> String {
    let named = match colour {
        Color::Rgb(red, green, blue) => return format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Black => "#000000",
        Color::Gray => "#aaaaaa",
        Color::DarkGray => "#555555",
        Color::White => "#ffffff",
        Color::Yellow => "#aa5500",
        Color::LightYellow => "#ffff55",
        Color::LightRed => "#ff5555",
        _ => fallback,
    };
    named.to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
