//! Help over a screen, made from the same table as its keys.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Flex, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph, Widget};

use crate::tui::theme::Theme;
use crate::tui::widgets::text::{fit, width};

/// The rows of a help: keys and what they do.
pub type Rows = Vec<(String, &'static str)>;

/// Draws the help in the middle of `area`, from row `top` on.
pub fn render(rows: &Rows, top: usize, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let keys = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    let widest = rows.iter().map(|(_, does)| width(does)).max().unwrap_or(0) + keys + 6;
    let height = u16::try_from(rows.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let [row] = Layout::vertical([Constraint::Max(height)])
        .flex(Flex::Center)
        .areas(area);
    let [place] = Layout::horizontal([Constraint::Max(widest)])
        .flex(Flex::Center)
        .areas(row);
    // From edge to edge: half a word beside it would only be noise.
    Clear.render(row, buf);
    buf.set_style(row, theme.ground());
    let block = Block::bordered()
        .title(" keys · Esc closes ")
        .border_style(theme.dim())
        .title_style(theme.text());
    let inner = block.inner(place);
    block.render(place, buf);
    let last = rows.len().saturating_sub(usize::from(inner.height));
    let lines: Vec<Line> = rows
        .iter()
        .skip(top.min(last))
        .map(|(key, does)| {
            let pad = " ".repeat(usize::from(keys.saturating_sub(width(key))));
            let room = inner.width.saturating_sub(keys + 4);
            Line::from(vec![
                Span::styled(format!(" {key}{pad}  "), theme.bright()),
                Span::styled(fit(does, room), theme.text()),
            ])
        })
        .collect();
    Paragraph::new(lines).render(inner, buf);
}
