//! A drawing that is taller than its window, and the part of it that is seen.
//! It knows rows alone.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget};

use crate::tui::theme::Theme;

/// More rows than anybody scrolls through; a drawing ends there.
const TALLEST: usize = 4000;

/// A drawing of its own height.
#[derive(Debug, Clone)]
pub struct Sheet {
    buffer: Buffer,
    /// The rows drawn so far.
    used: u16,
}

impl Sheet {
    /// An empty one with room for `rows`.
    #[must_use]
    pub fn new(width: u16, rows: usize, theme: &Theme) -> Self {
        let height = u16::try_from(rows.min(TALLEST)).unwrap_or(u16::MAX);
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        buffer.set_style(buffer.area, theme.ground());
        Self { buffer, used: 0 }
    }

    /// Of these lines.
    #[must_use]
    pub fn of(lines: Vec<Line<'_>>, width: u16, theme: &Theme) -> Self {
        let mut sheet = Self::new(width, lines.len(), theme);
        sheet.lines(lines);
        sheet
    }

    /// Draws lines below what there is.
    pub fn lines(&mut self, lines: Vec<Line<'_>>) {
        let area = self.take(u16::try_from(lines.len()).unwrap_or(u16::MAX));
        Paragraph::new(lines).render(area, &mut self.buffer);
    }

    /// Draws a widget of that height below what there is.
    pub fn widget(&mut self, height: u16, widget: impl Widget) {
        let area = self.take(height);
        if !area.is_empty() {
            widget.render(area, &mut self.buffer);
        }
    }

    fn take(&mut self, height: u16) -> Rect {
        let area = Rect {
            y: self.used,
            height,
            ..self.buffer.area
        }
        .intersection(self.buffer.area);
        self.used = self.used.saturating_add(area.height);
        area
    }

    /// The last row that can stand at the top of a window of `rows`.
    #[must_use]
    pub fn last_top(&self, rows: u16) -> usize {
        usize::from(self.used.saturating_sub(rows))
    }

    /// Shows it from row `top` on; where more follows, the last row says so.
    pub fn show(&self, top: usize, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let area = area.intersection(buf.area);
        let top = u16::try_from(top.min(self.last_top(area.height))).unwrap_or(0);
        let more = self.used.saturating_sub(top.saturating_add(area.height));
        let says_more = more > 0 && area.height > 1;
        let rows = area.height - u16::from(says_more);
        for y in 0..rows.min(self.used.saturating_sub(top)) {
            for x in 0..area.width.min(self.buffer.area.width) {
                let from = self.buffer.cell((x, top + y));
                if let (Some(from), Some(to)) = (from, buf.cell_mut((area.x + x, area.y + y))) {
                    *to = from.clone();
                }
            }
        }
        if says_more {
            let row = Rect {
                y: area.bottom() - 1,
                height: 1,
                ..area
            };
            Line::styled(format!("↓ {} more", more + 1), theme.bright()).render(row, buf);
        }
    }
}
