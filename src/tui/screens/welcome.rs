//! The first start: set the volume by ear, take the two-minute tour. It is
//! offered once and never again.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget};

use crate::tui::theme::Theme;
use crate::tui::widgets::text::wrap;

/// Draws it; `sound` says how loud it is, or why nothing is heard.
pub fn render(area: Rect, buf: &mut Buffer, theme: &Theme, sound: &str, foot: Line<'_>) {
    let margin = if area.width >= 60 { 2 } else { 0 };
    let [body, below] = Layout::vertical([Constraint::Min(1), Constraint::Length(1)])
        .areas(area.inner(Margin::new(margin, 0)));
    let air = area.height >= 16;
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut say = |text: &str, style: Style, after: bool| {
        let most = body.width.min(72);
        lines.extend(
            wrap(text, most)
                .into_iter()
                .map(|line| Line::styled(line, style)),
        );
        if after && air {
            lines.push(Line::default());
        }
    };
    say("Welcome to ashiatsu.", theme.bright(), true);
    say(
        "It walks you through a timed session: large on the screen, and by ear, so that your eyes can stay closed.",
        theme.text(),
        true,
    );
    say("First, the volume.", theme.bright(), false);
    say(
        "Stand where you work. Press t to hear a cue, + and - until it is soft and clear.",
        theme.text(),
        false,
    );
    say(sound, theme.dim(), true);
    say("Then, the two-minute tour.", theme.bright(), false);
    say(
        "Nobody on the table: it shows how to pause, go on, and end a hold.",
        theme.text(),
        true,
    );
    say(
        "Enter starts the tour. Esc goes to the routines.",
        theme.marked(),
        false,
    );
    Paragraph::new(lines).render(body, buf);
    foot.render(below, buf);
}
