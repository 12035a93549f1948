//! A choice by a letter, or by the marked line.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{Answer, choice};
use crate::desk::{Draft, NotSaved, Save};
use crate::tui::theme::Theme;

/// What can be written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Anew {
    Step,
    Transition,
    Phase,
    Sequence,
    Use,
}

/// What a menu offers.
#[derive(Debug, Clone)]
pub(in super::super) enum Choice {
    Stay,
    Insert(Anew),
    SaveAndLeave,
    DiscardAndLeave,
    Reload,
    Overwrite(Box<Save>),
    SaveAs,
    TakeDraft(Draft),
    DropDraft,
    Try(u32),
}

/// A choice by a letter, or by the marked line.
#[derive(Debug)]
pub(in super::super) struct Menu {
    title: String,
    items: Vec<(char, String, Choice)>,
    at: usize,
}

impl Menu {
    fn new(title: impl Into<String>, items: Vec<(char, &str, Choice)>) -> Self {
        Self {
            title: title.into(),
            items: items
                .into_iter()
                .map(|(key, does, choice)| (key, does.to_owned(), choice))
                .collect(),
            at: 0,
        }
    }

    pub(in super::super) fn insert() -> Self {
        Self::new(
            "Insert below",
            vec![
                ('s', "a step: a stroke", Choice::Insert(Anew::Step)),
                ('t', "a transition", Choice::Insert(Anew::Transition)),
                ('p', "a phase", Choice::Insert(Anew::Phase)),
                (
                    'q',
                    "a sequence, to be used by its name",
                    Choice::Insert(Anew::Sequence),
                ),
                ('u', "a sequence that there is", Choice::Insert(Anew::Use)),
            ],
        )
    }

    pub(in super::super) fn leave() -> Self {
        Self::new(
            "What you changed is not saved.",
            vec![
                ('s', "save and leave", Choice::SaveAndLeave),
                ('d', "discard it and leave", Choice::DiscardAndLeave),
                ('n', "stay", Choice::Stay),
            ],
        )
    }

    pub(in super::super) fn changed(why: &NotSaved, save: Save) -> Self {
        let mut items = Vec::new();
        if matches!(why, NotSaved::Changed) {
            items.push((
                'r',
                "read it again; what you wrote can be undone to",
                Choice::Reload,
            ));
        }
        items.push((
            'o',
            "overwrite it with yours",
            Choice::Overwrite(Box::new(save)),
        ));
        items.push(('a', "save yours under another name", Choice::SaveAs));
        items.push(('n', "neither, for now", Choice::Stay));
        Self::new(format!("Not saved: {why}."), items)
    }

    pub(in super::super) fn draft(draft: Draft) -> Self {
        Self::new(
            "There are edits of this file that were not saved. Go on with them?",
            vec![
                ('y', "yes, bring them back", Choice::TakeDraft(draft)),
                ('n', "no, drop them", Choice::DropDraft),
            ],
        )
    }

    pub(in super::super) fn speed(last: u32) -> Self {
        let speeds = [
            ('1', "as written", 1),
            ('2', "twice as fast", 2),
            ('5', "five times as fast", 5),
            ('0', "ten times as fast", 10),
            ('t', "twenty times as fast", 20),
        ];
        let mut menu = Self::new(
            "Rehearse from here",
            speeds
                .map(|(key, does, speed)| (key, does, Choice::Try(speed)))
                .into(),
        );
        menu.at = speeds
            .iter()
            .position(|(_, _, speed)| *speed == last)
            .unwrap_or(0);
        menu
    }

    pub(super) fn press(&mut self, key: &KeyEvent) -> Answer {
        match key.code {
            KeyCode::Up => self.at = self.at.saturating_sub(1),
            KeyCode::Down => self.at = (self.at + 1).min(self.items.len().saturating_sub(1)),
            KeyCode::Enter => {
                if let Some((_, _, choice)) = self.items.get(self.at) {
                    return Answer::Chosen(choice.clone());
                }
            }
            KeyCode::Esc => return Answer::Closed,
            KeyCode::Char(typed) => {
                let typed = typed.to_ascii_lowercase();
                if let Some((_, _, choice)) = self.items.iter().find(|item| item.0 == typed) {
                    return Answer::Chosen(choice.clone());
                }
            }
            _ => {}
        }
        Answer::Open
    }

    pub(super) fn lines(&self, area: Rect, theme: &Theme) -> (&str, Vec<Line<'static>>) {
        let items = self.items.iter().enumerate();
        let lines = items.map(|(n, (key, does, _))| {
            choice(n == self.at, &format!("{key}  {does}"), area, theme)
        });
        (&self.title, lines.collect())
    }
}
