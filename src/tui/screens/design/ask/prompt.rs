//! A line that is typed, and why what was typed is not taken.

use std::path::Path;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Answer;
use crate::routine::MAX_TEXT;
use crate::routine::time;
use crate::routine::vocabulary::{Region, TransitionKind};
use crate::tui::theme::Theme;
use crate::tui::widgets::field::{Field, Typed};
use crate::tui::widgets::text::{width, wrap};

/// What a line is for.
#[derive(Debug, Clone)]
pub(in super::super) enum Typing {
    /// A new step's stroke.
    Stroke,
    /// The time of a new step.
    StepTime(String, Region),
    /// The time of a new transition.
    TransitionTime(TransitionKind),
    /// A new phase's name.
    Phase,
    /// A new sequence's name.
    Sequence,
    /// How often rows are repeated.
    Repeat,
    /// How long something is to last.
    Length,
    /// Where it is saved.
    SaveAs,
    /// The value of a field.
    Field(&'static str),
    /// A line of a list.
    Line(&'static str, Place),
}

/// Which line of a list is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Place {
    /// One that comes to stand there.
    New(usize),
    /// The one that stands there.
    Old(usize),
}

/// A line that is typed.
#[derive(Debug)]
pub(in super::super) struct Prompt {
    title: String,
    field: Field,
    typing: Typing,
    /// Why what was typed is not taken.
    wrong: Option<String>,
}

/// Stands for a line's end in a text that runs over lines.
const LINE_END: char = '⏎';
/// The longest name of a file.
const PATH: usize = 4096;

impl Prompt {
    pub(in super::super) fn new(title: &str, text: &str, typing: Typing) -> Self {
        let most = match typing {
            Typing::SaveAs => PATH,
            _ => MAX_TEXT,
        };
        Self {
            title: title.to_owned(),
            field: match typing {
                // What is only proposed is typed over.
                Typing::StepTime(..)
                | Typing::TransitionTime(_)
                | Typing::Repeat
                | Typing::Length => Field::offering(text, most),
                _ => Field::new(&text.replace('\n', "⏎"), most),
            },
            typing,
            wrong: None,
        }
    }

    pub(in super::super) fn repeat() -> Self {
        Self::new("how often", "2", Typing::Repeat)
    }

    pub(in super::super) fn length(now: Option<Duration>) -> Self {
        let now = now.map(time::units).unwrap_or_default();
        Self::new("to what length", &now, Typing::Length)
    }

    pub(in super::super) fn save_as(path: &Path) -> Self {
        Self::new("save as", &path.to_string_lossy(), Typing::SaveAs)
    }

    pub(in super::super) fn insert(&mut self, text: &str) {
        self.field.insert(text);
    }

    /// Says why what was typed is not taken.
    pub(in super::super) fn refuse(&mut self, why: String) {
        self.wrong = Some(why);
    }

    pub(super) fn press(&mut self, key: &KeyEvent) -> Answer {
        self.wrong = None;
        if key.code == KeyCode::Enter && key.modifiers.contains(KeyModifiers::ALT) {
            self.field.insert(LINE_END.encode_utf8(&mut [0; 4]));
            return Answer::Open;
        }
        if let Some(by) = self.nudged(key) {
            self.field = Field::new(&time::units(by), MAX_TEXT);
            return Answer::Open;
        }
        match self.field.press(key) {
            Typed::On => Answer::Open,
            Typed::Left => Answer::Closed,
            Typed::Done => {
                let text = self.field.text().replace(LINE_END, "\n");
                Answer::Typed(self.typing.clone(), text)
            }
        }
    }

    /// A time that + or - has changed by 5 s.
    fn nudged(&self, key: &KeyEvent) -> Option<Duration> {
        let is_time = matches!(
            self.typing,
            Typing::StepTime(..)
                | Typing::TransitionTime(_)
                | Typing::Length
                | Typing::Field("time" | "min" | "max" | "pace" | "length" | "prepare")
        );
        let five = Duration::from_secs(5);
        let now = time::parse(&self.field.text()).ok().filter(|_| is_time)?;
        match key.code {
            KeyCode::Char('+') => Some(now + five),
            KeyCode::Char('-') => Some(now.saturating_sub(five)).filter(|time| !time.is_zero()),
            _ => None,
        }
    }

    /// Whether what is typed may run over lines.
    pub(super) fn runs_over_lines(&self) -> bool {
        matches!(self.typing, Typing::Field("note" | "description"))
    }

    pub(super) fn lines(&self, area: Rect, theme: &Theme) -> (&str, Vec<Line<'static>>) {
        let shown = wrap_typed(&self.field.shown(), area.width);
        let mut lines: Vec<_> = shown
            .into_iter()
            .map(|line| Line::styled(line, theme.bright()))
            .collect();
        if let Some(wrong) = &self.wrong {
            let wrong = wrap(wrong, area.width).into_iter();
            lines.extend(wrong.map(|line| Line::styled(line, theme.warn())));
        }
        (&self.title, lines)
    }
}

/// What is typed, with all its blanks, in lines.
fn wrap_typed(text: &str, most: u16) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        if let Some(line) = lines.last_mut() {
            line.push(c);
            if width(line) >= most {
                lines.push(String::new());
            }
        }
    }
    lines
}
