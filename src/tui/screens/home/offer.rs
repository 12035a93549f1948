//! An interrupted session, offered above the library: "Back Basics, 12:40 in,
//! Heel friction, client's left".

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget};

use crate::routine::text::printable;
use crate::routine::time::{clock, clock_left};
use crate::routine::vocabulary::Side;
use crate::session::Left;
use crate::store::{Resumable, StandsAt};
use crate::tui::theme::Theme;
use crate::tui::widgets::text::wrap;

/// The step that it stands at, in words.
fn step(at: &StandsAt) -> String {
    let side = match at.side {
        Some(Side::Left) => ", client’s left",
        Some(Side::Right) => ", client’s right",
        Some(Side::Both | Side::Midline) | None => "",
    };
    format!("{}{side}", at.name)
}

/// On one line of the list.
pub(super) fn line(offered: &Resumable) -> String {
    printable(&format!("go on: {}", offered.routine))
}

/// What one sees of it beside the list.
pub(super) fn render(offered: &Resumable, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut say = |text: &str, style: Style| {
        if text.is_empty() {
            lines.push(Line::default());
        }
        for line in wrap(&printable(text), area.width) {
            lines.push(Line::styled(line, style));
        }
    };
    say("An interrupted session", theme.bright());
    say(
        &format!("{}, {} in", offered.routine, clock(offered.time_in)),
        theme.text(),
    );
    if let Some(at) = &offered.step {
        let left = match at.left {
            Left::Time(left) => format!("{} left", clock_left(left)),
            Left::Over(over) => format!("{} over", clock(over)),
        };
        say(
            &format!("step {}: {} · {left}", at.number, step(at)),
            theme.text(),
        );
    } else {
        say("just before the first step", theme.text());
    }
    if let Some(last) = offered.last {
        let when = last.civil().strftime("%A %-d %B, %H:%M").to_string();
        say(&format!("last worked {when}"), theme.dim());
    }
    say("", theme.text());
    say("Enter goes on with it, paused.", theme.marked());
    Paragraph::new(lines).render(area, buf);
}
