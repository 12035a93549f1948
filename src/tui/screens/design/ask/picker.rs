//! A word of a list, found by typing a part of it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{Answer, choice};
use crate::design::{FieldKind, Words};
use crate::routine::text::printable;
use crate::routine::vocabulary::{Position, Region, TransitionKind};
use crate::tui::theme::Theme;

/// What a word is for.
#[derive(Debug, Clone)]
pub(in super::super) enum Picking {
    /// The region of a new step with this stroke.
    Region(String),
    /// A new transition's kind.
    Kind,
    /// The position of a new phase of this name.
    Position(String),
    /// A sequence to be used.
    Use,
    /// The value of a field.
    Field(&'static str),
}

/// A word of a list, found by typing a part of it.
#[derive(Debug)]
pub(in super::super) struct Picker {
    title: String,
    /// As a file writes it, and as people read it.
    words: Vec<(String, String)>,
    filter: String,
    at: usize,
    picking: Picking,
}

impl Picker {
    fn new(title: &str, words: Vec<(String, String)>, now: &str, picking: Picking) -> Self {
        let at = words.iter().position(|(word, _)| word == now).unwrap_or(0);
        Self {
            title: title.to_owned(),
            words,
            filter: String::new(),
            at,
            picking,
        }
    }

    pub(in super::super) fn region(stroke: String, now: Region) -> Self {
        let words = known(Words::Region);
        Self::new("region", words, now.word(), Picking::Region(stroke))
    }

    pub(in super::super) fn kind() -> Self {
        let words = known(Words::Kind);
        Self::new(
            "transition",
            words,
            TransitionKind::Mount.word(),
            Picking::Kind,
        )
    }

    pub(in super::super) fn position(name: String, now: Position) -> Self {
        let words = known(Words::Position);
        Self::new(
            "how the client lies",
            words,
            now.word(),
            Picking::Position(name),
        )
    }

    pub(in super::super) fn sequence(names: Vec<String>) -> Self {
        Self::new("sequence", same(names), "", Picking::Use)
    }

    /// For a field that takes a word.
    pub(in super::super) fn field(
        name: &'static str,
        kind: FieldKind,
        now: &str,
        names: Vec<String>,
    ) -> Option<Self> {
        let words = match kind {
            FieldKind::Word(words) => known(words),
            FieldKind::Sequence => same(names),
            _ => return None,
        };
        Some(Self::new(name, words, now, Picking::Field(name)))
    }

    /// The words that what was typed leaves: those that begin with it first.
    fn left(&self) -> Vec<&(String, String)> {
        let wanted = self.filter.to_lowercase();
        let begins = |human: &str| human.to_lowercase().starts_with(&wanted);
        let has = |human: &str| human.to_lowercase().contains(&wanted);
        let first = self.words.iter().filter(|(_, human)| begins(human));
        let rest = self
            .words
            .iter()
            .filter(|(_, human)| !begins(human) && has(human));
        first.chain(rest).collect()
    }

    pub(super) fn press(&mut self, key: &KeyEvent) -> Answer {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let last = self.left().len().saturating_sub(1);
        match key.code {
            KeyCode::Up => self.at = self.at.saturating_sub(1),
            KeyCode::Down => self.at = (self.at + 1).min(last),
            KeyCode::PageUp | KeyCode::Home => self.at = 0,
            KeyCode::PageDown | KeyCode::End => self.at = last,
            KeyCode::Esc => return Answer::Closed,
            KeyCode::Char('c') if ctrl => return Answer::Closed,
            KeyCode::Enter => {
                if let Some((word, _)) = self.left().get(self.at) {
                    return Answer::Picked(self.picking.clone(), word.clone());
                }
            }
            KeyCode::Backspace => {
                self.filter.pop();
                self.at = 0;
            }
            KeyCode::Char(c) if !ctrl => {
                self.filter.push(c);
                if self.left().is_empty() {
                    self.filter.pop();
                } else {
                    self.at = 0;
                }
            }
            _ => {}
        }
        Answer::Open
    }

    pub(super) fn lines(&self, area: Rect, theme: &Theme) -> (&str, Vec<Line<'static>>) {
        let left = self.left();
        let rows = usize::from(area.height.saturating_sub(4)).clamp(1, 10);
        let top = self.at.saturating_sub(rows / 2);
        let top = top.min(left.len().saturating_sub(rows));
        let shown = left.iter().enumerate().skip(top).take(rows);
        let mut lines = vec![Line::styled(format!("{}▏", self.filter), theme.bright())];
        lines.extend(shown.map(|(n, (_, human))| choice(n == self.at, human, area, theme)));
        (&self.title, lines)
    }
}

fn known(words: Words) -> Vec<(String, String)> {
    let all = words.words().iter();
    all.map(|word| {
        let human = words.human(word).unwrap_or(word);
        ((*word).to_owned(), human.to_owned())
    })
    .collect()
}

fn same(names: Vec<String>) -> Vec<(String, String)> {
    let all = names.into_iter();
    all.map(|name| (name.clone(), printable(&name))).collect()
}
