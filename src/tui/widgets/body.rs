//! The client from above, or from behind when sitting: the region worked now
//! and its side, which way the stroke goes, what comes next and what is done.
//! Left and right are the client's own. It knows a position and regions, no
//! session.

mod arrow;
mod last;
mod picture;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Painter, Shape as Drawn};

use crate::figure::share::is_hidden;
use crate::figure::{Figure, view};
use crate::routine::vocabulary::{Position, Region, Side};
use crate::tui::theme::Theme;
use arrow::Arrow;
pub use last::Last;
use picture::{Body, Frame, Ink, Mask};

/// Which way the head of a client who lies points on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Head {
    /// To its top: the screen stands at the head of the table, or the
    /// therapist looks from the feet.
    #[default]
    Up,
    /// To its bottom.
    Down,
}

/// A place on the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Where.
    pub region: Region,
    /// Whose half.
    pub side: Option<Side>,
    /// Where the stroke glides to.
    pub toward: Option<Region>,
}

/// The client and what is worked.
#[derive(Debug, Clone, Copy)]
pub struct BodyMap<'a> {
    /// How the client lies.
    pub position: Position,
    /// Which way the head points.
    pub head: Head,
    /// What is worked now: filled solid.
    pub now: Option<Spot>,
    /// What comes next: a loose pattern of dots.
    pub next: Option<Spot>,
    /// What has been worked: a few dots.
    pub worked: &'a [(Region, Option<Side>)],
    /// Colours.
    pub theme: &'a Theme,
}

/// From here on the caption below the figure has a row.
const CAPTIONED: u16 = 14;
/// Dots in a cell.
const DOTS_ACROSS: u16 = 2;
const DOTS_DOWN: u16 = 4;
/// Dots above each other in half a cell: a solid cell has four quarters.
const QUARTER: usize = 2;
/// One dot of so many each way: what is next, and what is worked.
const NEXT_EVERY: usize = 2;
const WORKED_EVERY: usize = 3;

impl BodyMap<'_> {
    /// The narrowest and the lowest that it is drawn in, in cells.
    pub const SMALLEST: (u16, u16) = (12, 12);

    /// Whether there is room to draw it.
    #[must_use]
    pub const fn fits(area: Rect) -> bool {
        area.width >= Self::SMALLEST.0 && area.height >= Self::SMALLEST.1
    }

    /// How many columns it fills at a height in rows, whatever the position
    /// but on the side: so that it keeps its place when the client turns.
    #[must_use]
    pub fn width_for(rows: u16) -> u16 {
        let down = f64::from(rows.saturating_sub(caption_rows(rows))) * f64::from(DOTS_DOWN);
        let across = down * picture::slimness(Figure::Straight);
        // At most a fraction of what it comes from: it fits.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive, and narrower than it is high"
        )]
        let columns = (across / f64::from(DOTS_ACROSS)).ceil() as u16;
        columns.max(Self::SMALLEST.0)
    }

    fn letters(&self, body: &Body, area: Rect, buf: &mut Buffer) {
        if !Figure::of(self.position).has_sides() {
            return;
        }
        let side = self.now.and_then(|now| now.side);
        for (letter, own, x) in [("L", Side::Left, 0.14), ("R", Side::Right, -0.14)] {
            let (x, y) = body.frame.place((x, 0.04));
            let cell = |dots: f64, per: u16, count: u16| {
                (0..count).find(|&cell| dots < f64::from((u32::from(cell) + 1) * u32::from(per)))
            };
            let (Some(column), Some(row)) = (
                cell(x, DOTS_ACROSS, area.width),
                cell(y, DOTS_DOWN, area.height),
            ) else {
                continue;
            };
            let style = if side == Some(own) || side == Some(Side::Both) {
                self.theme.bright().add_modifier(Modifier::BOLD)
            } else {
                self.theme.dim()
            };
            buf.set_span(
                area.x + column,
                area.y + row,
                &Span::styled(letter, style),
                1,
            );
        }
    }
}

/// Rows that the caption takes.
const fn caption_rows(rows: u16) -> u16 {
    if rows >= CAPTIONED { 1 } else { 0 }
}

impl Widget for &BodyMap<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if !BodyMap::fits(area) {
            return;
        }
        let caption = caption_rows(area.height);
        // What no position fills is not worth going through.
        let width = area.width.min(area.height);
        let figure = Rect {
            x: area.x + (area.width - width) / 2,
            width,
            height: area.height - caption,
            ..area
        };
        let frame = Frame::new(
            self.position,
            self.head,
            usize::from(figure.width) * usize::from(DOTS_ACROSS),
            usize::from(figure.height) * usize::from(DOTS_DOWN),
        );
        let body = Body::new(self.position, frame);
        let solid = Solid::new(self, &body);
        let fine = Fine::new(self, &body);
        Canvas::default()
            .background_color(self.theme.ground().bg.unwrap_or(Color::Reset))
            .x_bounds([0.0, 1.0])
            .y_bounds([0.0, 1.0])
            .marker(Marker::Braille)
            .paint(|context| {
                context.draw(&fine);
                context.marker(Marker::Quadrant);
                context.draw(&solid);
            })
            .render(figure, buf);
        self.letters(&body, figure, buf);
        if caption > 0 {
            let text = view(self.position);
            let width = u16::try_from(text.len())
                .unwrap_or(u16::MAX)
                .min(area.width);
            let x = area.x + (area.width - width) / 2;
            buf.set_stringn(
                x,
                area.bottom() - 1,
                text,
                usize::from(width),
                self.theme.dim(),
            );
        }
    }
}

fn colour(style: Style) -> Color {
    style.fg.unwrap_or(Color::Reset)
}

/// What is worked now, in quarter cells.
struct Solid {
    quarters: Vec<(usize, usize)>,
    colour: Color,
}

impl Solid {
    fn new(map: &BodyMap<'_>, body: &Body) -> Self {
        let Some(now) = map.now else {
            return Self {
                quarters: Vec::new(),
                colour: Color::Reset,
            };
        };
        let lit = body.region(now.region, now.side, QUARTER);
        let arrows = body.arrows(now);
        let (cut, away): (Vec<&Arrow>, Vec<&Arrow>) = arrows
            .iter()
            .partition(|arrow| matches!(arrow, Arrow::Cut(_)));
        let cover =
            |arrows: &[&Arrow]| body.cover(arrows.iter().map(|arrow| arrow.shape()), QUARTER);
        let (cut, away) = (cover(&cut), cover(&away));
        let hatched = is_hidden(map.position, now.side);
        let rows = body.frame.rows / QUARTER;
        let quarters = (0..rows)
            .flat_map(|row| (0..body.frame.columns).map(move |column| (column, row)))
            .filter(|&(column, row)| {
                if lit.holds(column, row) {
                    !(cut.holds(column, row) || hatched && (column + row).is_multiple_of(2))
                } else {
                    // A gap tells the arrow from what it leaves.
                    away.holds(column, row) && !lit.is_near(column, row)
                }
            })
            .collect();
        Self {
            quarters,
            colour: colour(map.theme.bright()),
        }
    }
}

impl Drawn for Solid {
    fn draw(&self, painter: &mut Painter<'_, '_>) {
        for &(column, row) in &self.quarters {
            painter.paint(column, row, self.colour);
        }
    }
}

/// Everything else, in dots.
struct Fine {
    dots: Vec<(usize, usize, Ink)>,
    colours: [Color; 3],
}

impl Fine {
    fn new(map: &BodyMap<'_>, body: &Body) -> Self {
        let whole = body.whole();
        let none = |spot: Option<Spot>| spot.map(|spot| body.region(spot.region, spot.side, 1));
        let (now, next) = (none(map.now), none(map.next));
        let worked: Vec<Mask> = map
            .worked
            .iter()
            .map(|&(region, side)| body.region(region, side, 1))
            .collect();
        let covered = map
            .now
            .map(|now| body.cover(body.arrows(now).iter().map(Arrow::shape), 1));
        let has = |mask: &Option<Mask>, x: usize, y: usize| {
            mask.as_ref().is_some_and(|mask| mask.holds(x, y))
        };
        let mut dots: Vec<(usize, usize, Ink)> = whole
            .set()
            .filter_map(|(x, y)| {
                let ink = if whole.is_edge(x, y) {
                    Ink::Outline
                } else if has(&now, x, y) || has(&covered, x, y) {
                    Ink::None
                } else if has(&next, x, y) && body.sparse(x, y, NEXT_EVERY) {
                    Ink::Next
                } else if !has(&next, x, y)
                    && worked.iter().any(|mask| mask.holds(x, y))
                    && body.sparse(x, y, WORKED_EVERY)
                {
                    Ink::Worked
                } else {
                    Ink::None
                };
                (ink != Ink::None).then_some((x, y, ink))
            })
            .collect();
        dots.extend(body.marks(map.position).into_iter().filter_map(|at| {
            let (x, y) = body.dot_at(at)?;
            (!has(&now, x, y) && !has(&covered, x, y)).then_some((x, y, Ink::Mark))
        }));
        // The later one gives its colour to the cell.
        dots.sort_by_key(|&(_, _, ink)| ink);
        Self {
            dots,
            colours: [
                colour(map.theme.faint()),
                colour(map.theme.dim()),
                colour(map.theme.text()),
            ],
        }
    }
}

impl Drawn for Fine {
    fn draw(&self, painter: &mut Painter<'_, '_>) {
        let [faint, dim, text] = self.colours;
        for &(x, y, ink) in &self.dots {
            let colour = match ink {
                Ink::Next => text,
                Ink::Outline => dim,
                _ => faint,
            };
            painter.paint(x, y, colour);
        }
    }
}

#[cfg(test)]
mod tests;
