//! Help over a screen, made from the same table as its keys.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Flex, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph, Widget};

use crate::tui::theme::Theme;
use crate::tui::widgets::text::{width, wrap};

/// The rows of a help: keys and what they do.
pub type Rows = Vec<(String, &'static str)>;

/// Where the help stands in a window, and its lines.
struct Sheet {
    place: Rect,
    lines: Vec<Line<'static>>,
}

impl Sheet {
    fn new(rows: &Rows, area: Rect, theme: &Theme) -> Self {
        let keys = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
        let widest = rows.iter().map(|(_, does)| width(does)).max().unwrap_or(0) + keys + 6;
        let [column] = Layout::horizontal([Constraint::Max(widest)])
            .flex(Flex::Center)
            .areas(area);
        let lines = lines(rows, keys, column.width.saturating_sub(2), theme);
        let height = u16::try_from(lines.len())
            .unwrap_or(u16::MAX)
            .saturating_add(2);
        let [place] = Layout::vertical([Constraint::Max(height)])
            .flex(Flex::Center)
            .areas(column);
        Self { place, lines }
    }

    /// How many lines it can be scrolled.
    fn last(&self) -> usize {
        let rows = self.place.height.saturating_sub(2);
        self.lines.len().saturating_sub(usize::from(rows))
    }
}

/// The last line that can stand at the top of the help.
#[must_use]
pub fn last_top(rows: &Rows, area: Rect, theme: &Theme) -> usize {
    Sheet::new(rows, area, theme).last()
}

/// How many lines Page Down goes on: one of those seen stays.
#[must_use]
pub fn page(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(3).max(1))
}

/// Draws the help in the middle of `area`, from line `top` on.
pub fn render(rows: &Rows, top: usize, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let sheet = Sheet::new(rows, area, theme);
    let place = sheet.place;
    // From edge to edge: half a word beside it would only be noise.
    let row = Rect {
        x: area.x,
        width: area.width,
        ..place
    };
    Clear.render(row, buf);
    buf.set_style(row, theme.ground());
    let last = sheet.last();
    let title = match (last, place.width) {
        (_, ..20) => " keys ",
        (0, _) => " keys · Esc closes ",
        (_, ..32) => " keys · ↓ more ",
        _ => " keys · ↓ more · Esc closes ",
    };
    let block = Block::bordered()
        .title(title)
        .border_style(theme.dim())
        .title_style(theme.text());
    let inner = block.inner(place);
    block.render(place, buf);
    let shown: Vec<Line> = sheet.lines.into_iter().skip(top.min(last)).collect();
    Paragraph::new(shown).render(inner, buf);
}

/// Key and what it does, beside each other; below each other where that
/// leaves no room for words.
fn lines(rows: &Rows, keys: u16, most: u16, theme: &Theme) -> Vec<Line<'static>> {
    let room = most.saturating_sub(keys + 4);
    let mut lines = Vec::new();
    for (key, does) in rows {
        if room < 12 {
            lines.push(Line::styled(format!(" {key}"), theme.bright()));
            for line in wrap(does, most.saturating_sub(4)) {
                lines.push(Line::styled(format!("   {line}"), theme.text()));
            }
            continue;
        }
        for (n, line) in wrap(does, room).into_iter().enumerate() {
            let key = if n == 0 { key.as_str() } else { "" };
            let pad = " ".repeat(usize::from(keys.saturating_sub(width(key))));
            lines.push(Line::from(vec![
                Span::styled(format!(" {key}{pad}  "), theme.bright()),
                Span::styled(line, theme.text()),
            ]));
        }
    }
    lines
}
