//! What the designer asks in between: a choice by a letter, a word found by typing, a line of text.
//! It knows what was asked, and nothing of the routine.

mod menu;
mod picker;
mod prompt;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Clear, Paragraph, Widget};

use crate::tui::theme::Theme;
use crate::tui::widgets::text::fit;

pub(super) use menu::{Anew, Choice, Menu};
pub(super) use picker::{Picker, Picking};
pub(super) use prompt::{Place, Prompt, Typing};

/// Something that is asked.
#[derive(Debug)]
pub(super) enum Ask {
    Menu(Menu),
    Picker(Picker),
    Prompt(Prompt),
}

/// What came of a key.
#[derive(Debug)]
pub(super) enum Answer {
    /// Still asked.
    Open,
    /// Not wanted after all.
    Closed,
    Chosen(Choice),
    Picked(Picking, String),
    Typed(Typing, String),
}

impl Ask {
    pub(super) fn press(&mut self, key: &KeyEvent) -> Answer {
        match self {
            Self::Menu(menu) => menu.press(key),
            Self::Picker(picker) => picker.press(key),
            Self::Prompt(prompt) => prompt.press(key),
        }
    }

    pub(super) fn hints(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Menu(_) => &[("↑ ↓ Enter", "chooses"), ("Esc", "back")],
            Self::Picker(_) => &[
                ("letters", "find a word"),
                ("↑ ↓ Enter", "takes it"),
                ("Esc", "back"),
            ],
            Self::Prompt(prompt) if prompt.runs_over_lines() => &[
                ("Enter", "takes it"),
                ("Alt-Enter", "goes on on a new line"),
                ("Esc", "leaves it as it was"),
            ],
            Self::Prompt(_) => &[("Enter", "takes it"), ("Esc", "leaves it as it was")],
        }
    }

    /// Draws it over the bottom of `area`.
    pub(super) fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let (title, lines) = self.lines(area, theme);
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let height = height.saturating_add(2).min(area.height);
        let place = Rect {
            y: area.bottom() - height,
            height,
            ..area
        };
        Clear.render(place, buf);
        buf.set_style(place, theme.ground());
        let block = Block::new()
            .borders(Borders::TOP)
            .border_style(theme.dim())
            .title_style(theme.bright())
            .title(format!(" {} ", fit(title, place.width.saturating_sub(4))));
        let inner = block.inner(place);
        block.render(place, buf);
        Paragraph::new(lines).render(inner, buf);
    }

    fn lines(&self, area: Rect, theme: &Theme) -> (&str, Vec<Line<'static>>) {
        match self {
            Self::Menu(menu) => menu.lines(area, theme),
            Self::Picker(picker) => picker.lines(area, theme),
            Self::Prompt(prompt) => prompt.lines(area, theme),
        }
    }
}

/// One of several lines, marked or not.
fn choice(marked: bool, text: &str, area: Rect, theme: &Theme) -> Line<'static> {
    let (mark, style) = if marked {
        ("▶ ", theme.marked())
    } else {
        ("  ", theme.text())
    };
    Line::styled(fit(&format!("{mark}{text}"), area.width), style)
}
