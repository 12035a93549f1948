//! The first start, beside the library: set the volume by ear, take the
//! two-minute tour. Nothing is in the way of who wants something else.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget};

use crate::tui::theme::Theme;
use crate::tui::widgets::text::wrap;

/// Draws it; `sound` says how loud it is, or why nothing is heard.
pub(super) fn render(area: Rect, buf: &mut Buffer, theme: &Theme, sound: &str) {
    let air = area.height >= 16;
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut say = |text: &str, style: Style, last: bool| {
        let wrapped = wrap(text, area.width);
        lines.extend(wrapped.into_iter().map(|line| Line::styled(line, style)));
        if last && air {
            lines.push(Line::default());
        }
    };
    say("Welcome.", theme.bright(), true);
    say("First, the volume.", theme.bright(), false);
    say(
        "Stand where you work. t plays a cue, + and - make it soft and clear.",
        theme.text(),
        false,
    );
    say(sound, theme.dim(), true);
    say("Then, the tour.", theme.bright(), false);
    say(
        "Two minutes, nobody on the table: how to pause, go on, and end a hold.",
        theme.text(),
        true,
    );
    say("Enter takes the tour.", theme.marked(), false);
    say("Or pick a routine with ↑ and ↓.", theme.dim(), false);
    Paragraph::new(lines).render(area, buf);
}
