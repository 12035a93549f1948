//! The sounds: each cue with its meaning, to be heard one by one, and below
//! them where and how loud they are, and how late they were. It makes no sound:
//! the app does.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::cue::Cue;
use crate::tui::theme::Theme;
use crate::tui::widgets::bands::within;
use crate::tui::widgets::list::{Marked, Move};
use crate::tui::widgets::text::{fit, fit_parts};

/// What is said after the chime, to balance the two.
pub const SAMPLE: &str = "Client's left. Gliding compression, mid back.";

/// Columns of a name and of a label.
const NAME: usize = 10;

/// What can be heard here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// A cue.
    Cue(Cue),
    /// A chime with a spoken line after it.
    Spoken,
}

impl Heard {
    /// How many there are.
    const COUNT: usize = Cue::ALL.len() + 1;

    fn at(index: usize) -> Self {
        Cue::ALL.get(index).copied().map_or(Self::Spoken, Self::Cue)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Cue(cue) => cue.name(),
            Self::Spoken => "voice",
        }
    }

    const fn meaning(self) -> &'static str {
        match self {
            Self::Cue(cue) => cue.meaning(),
            Self::Spoken => "A chime and what is spoken after it: to balance the two.",
        }
    }
}

/// The screen.
#[derive(Debug, Default)]
pub struct SoundsScreen {
    marked: Marked,
    late: Lateness,
}

/// How long after a press sounds were heard.
#[derive(Debug, Clone, Copy, Default)]
struct Lateness {
    sum: Duration,
    worst: Duration,
    count: u32,
}

/// What is said below the list, a label and a line each; and the keys.
#[derive(Debug)]
pub struct Beside<'a> {
    /// The rows.
    pub rows: Vec<(&'static str, String)>,
    /// The keys, or a notice.
    pub foot: Line<'a>,
}

impl SoundsScreen {
    /// Moves the mark.
    pub fn go(&mut self, to: Move) {
        self.marked.go(to, Heard::COUNT);
    }

    /// What is marked.
    #[must_use]
    pub fn marked(&self) -> Heard {
        Heard::at(self.marked.index)
    }

    /// Marks what is under the mouse, if something is.
    pub fn click(&mut self, area: Rect, at: Position) -> Option<Heard> {
        let [_, list, ..] = Self::areas(area);
        self.marked.index = self.marked.hit(list, at, Heard::COUNT)?;
        Some(self.marked())
    }

    /// A sound was heard so long after its press.
    pub fn note(&mut self, late: Duration) {
        self.late.sum += late;
        self.late.worst = self.late.worst.max(late);
        self.late.count = self.late.count.saturating_add(1);
    }

    /// How late sounds were, for the screen.
    #[must_use]
    pub fn late_line(&self) -> String {
        let Lateness { sum, worst, count } = self.late;
        match sum.checked_div(count) {
            None => "nothing heard yet".to_owned(),
            Some(mean) => format!(
                "{} ms after the press, at most {}, of {count}",
                mean.as_millis(),
                worst.as_millis()
            ),
        }
    }

    fn areas(area: Rect) -> [Rect; 4] {
        let head = if area.height >= 18 { 2 } else { 1 };
        let below = match area.height {
            12.. => 5,
            8.. => 3,
            _ => 0,
        };
        let gap = u16::from(area.height >= 19);
        let room = area.height.saturating_sub(head + gap + below + 1).max(1);
        let list = room.min(u16::try_from(Heard::COUNT).unwrap_or(u16::MAX));
        let [head, list, _, below, _, foot] = Layout::vertical([
            Constraint::Length(head),
            Constraint::Length(list),
            Constraint::Length(gap),
            Constraint::Length(below),
            Constraint::Fill(1),
            Constraint::Length(1),
        ])
        .areas(within(area));
        [head, list, below, foot]
    }

    /// Draws the screen.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, beside: Beside<'_>) {
        let [head, list, below, foot] = Self::areas(area);
        buf.set_stringn(
            head.x,
            head.y,
            "The sounds",
            usize::from(head.width),
            theme.bright(),
        );
        let top = self.marked.top(Heard::COUNT, usize::from(list.height));
        for (y, index) in (list.top()..list.bottom()).zip(top..Heard::COUNT) {
            let entry = Heard::at(index);
            let (pointer, style) = if index == self.marked.index {
                ("▶ ", theme.marked())
            } else {
                ("  ", theme.text())
            };
            let text = format!("{pointer}{:<NAME$}{}", entry.name(), entry.meaning());
            buf.set_string(list.x, y, fit(&text, list.width), style);
        }
        for (y, (label, line)) in (below.top()..below.bottom()).zip(&beside.rows) {
            let text = fit_parts(line, below.width.saturating_sub(12));
            let text = format!("  {label:<NAME$}{text}");
            buf.set_stringn(below.x, y, text, usize::from(below.width), theme.text());
        }
        beside.foot.render(foot, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lateness_is_a_mean_and_a_worst_of_what_was_heard() {
        let mut screen = SoundsScreen::default();
        assert_eq!(screen.late_line(), "nothing heard yet");
        for ms in [20, 30, 70] {
            screen.note(Duration::from_millis(ms));
        }
        assert_eq!(
            screen.late_line(),
            "40 ms after the press, at most 70, of 3"
        );
    }
}
