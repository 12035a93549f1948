//! A routine with nothing in it yet: what to do first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::Designer;
use crate::tui::theme::Theme;

const KEYS: [(&str, &str); 4] = [
    (
        "Enter",
        "its name, its length, what to get ready, the aftercare",
    ),
    ("i p", "a phase: how the client lies while you work"),
    ("i s", "then, on a phase: a step"),
    ("i q", "a sequence: steps to be used in several places"),
];

impl Designer {
    /// Whether the routine has no phase and no sequence.
    pub(super) fn is_bare(&self) -> bool {
        self.design.rows().len() == 1
    }

    /// Draws the routine's row, and what to do first.
    pub(super) fn render_bare(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        self.render_table(
            Rect {
                height: area.height.min(1),
                ..area
            },
            buf,
            theme,
        );
        let rest = Rect {
            y: area.y.saturating_add(2),
            height: area.height.saturating_sub(2),
            ..area
        };
        let keys = KEYS.map(|(key, does)| {
            Line::from(vec![
                Span::styled(format!("{key:<7}"), theme.bright()),
                Span::styled(does, theme.text()),
            ])
        });
        let mut lines = vec![
            Line::styled("This routine is empty. To begin:", theme.text()),
            Line::default(),
        ];
        lines.extend(keys);
        lines.push(Line::default());
        let last = "Nothing is written to the disk before Ctrl-S.";
        lines.push(Line::styled(last, theme.dim()));
        Paragraph::new(lines)
            .wrap(Wrap { trim: false })
            .render(rest, buf);
    }
}
