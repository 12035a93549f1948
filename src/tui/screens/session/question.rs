//! The question before a session is left, drawn over it. What a key answers is
//! not its business.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Flex, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Clear, Paragraph, Widget};

use crate::tui::theme::Theme;
use crate::tui::widgets::text::{fit, wrap};

/// Draws it over the bottom of `area`.
pub fn render(area: Rect, buf: &mut Buffer, theme: &Theme) {
    let room = area.width.saturating_sub(4).clamp(1, 40);
    let mut lines = vec![Line::styled(
        fit("Leave the session?", room),
        theme.bright(),
    )];
    for (key, does) in [
        ("Esc", "go on"),
        ("k", "keep it for later"),
        ("q", "end here: the aftercare card"),
    ] {
        for (n, line) in wrap(does, room.saturating_sub(6)).iter().enumerate() {
            let key = if n == 0 { key } else { "" };
            lines.push(Line::styled(format!("  {key:<4}{line}"), theme.text()));
        }
    }
    // At the bottom: the session runs on behind it, and its time is seen.
    let borders = if area.height >= 16 {
        Borders::ALL
    } else {
        Borders::TOP
    };
    let block = Block::new().borders(borders).border_style(theme.dim());
    let frame = if area.height >= 16 { 2 } else { 1 };
    let height = u16::try_from(lines.len()).unwrap_or(3) + frame;
    let [row] = Layout::vertical([Constraint::Max(height)])
        .flex(Flex::End)
        .areas(area);
    let [place] = Layout::horizontal([Constraint::Max(room + 4)])
        .flex(Flex::Center)
        .areas(row);
    // From edge to edge: half a word beside it would only be noise.
    Clear.render(row, buf);
    buf.set_style(row, theme.ground());
    let inner = block.inner(place);
    block.render(place, buf);
    Paragraph::new(lines).render(inner, buf);
}
