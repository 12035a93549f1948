//! What a key sends: press it, and the page says its name, what it means in a
//! session, and how that stands in the settings; then choose what it shall mean.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use crate::tui::keys::{InSession, Key, MEANINGS, SessionKeys};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{Marked, Move};
use crate::tui::widgets::text::{fit, wrap};

/// The page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum KeysPage {
    /// It waits for a key.
    #[default]
    Listening,
    /// This one was pressed, and this choice is marked.
    Found(Key, Marked),
}

/// What comes of a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Nothing,
    /// A key is to mean this; none: what the program has for it.
    Mean(Key, Option<InSession>),
    Close,
    Suspend,
}

/// What can be chosen for a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Nothing: another key is to be heard.
    Another,
    /// This.
    Mean(&'static str, InSession),
    /// What the program has for it.
    Default,
}

fn choices() -> impl Iterator<Item = Choice> {
    let meanings = MEANINGS
        .iter()
        .map(|&(word, action)| Choice::Mean(word, action));
    std::iter::once(Choice::Another)
        .chain(meanings)
        .chain(std::iter::once(Choice::Default))
}

impl KeysPage {
    pub(super) fn press(&mut self, key: Key, held: bool) -> Answer {
        match key {
            // Neither can be set.
            Key::Ctrl('c') => return Answer::Close,
            Key::Ctrl('z') => return Answer::Suspend,
            _ => {}
        }
        let Self::Found(found, marked) = self else {
            if !held {
                *self = Self::Found(key, Marked::default());
            }
            return Answer::Nothing;
        };
        match key {
            Key::Code(KeyCode::Up) => marked.go(Move::By(-1), choices().count()),
            Key::Code(KeyCode::Down) => marked.go(Move::By(1), choices().count()),
            _ if held => {}
            Key::Code(KeyCode::Esc) => return Answer::Close,
            Key::Code(KeyCode::Enter) => {
                let (found, index) = (*found, marked.index);
                return self.choose(found, index);
            }
            // Another button of the same clicker.
            _ => *self = Self::Found(key, Marked::default()),
        }
        Answer::Nothing
    }

    fn choose(&mut self, key: Key, index: usize) -> Answer {
        *self = Self::Listening;
        if key.name().is_none() {
            return Answer::Nothing;
        }
        match choices().nth(index) {
            Some(Choice::Mean(_, action)) => Answer::Mean(key, Some(action)),
            Some(Choice::Default) => Answer::Mean(key, None),
            Some(Choice::Another) | None => Answer::Nothing,
        }
    }

    pub(super) fn click(
        &mut self,
        area: Rect,
        at: Position,
        keys: &SessionKeys,
    ) -> Option<(Key, Option<InSession>)> {
        let Self::Found(key, marked) = *self else {
            return None;
        };
        let list = areas(&said(key, keys, area.width), area).1;
        let index = marked.hit(list, at, choices().count())?;
        match self.choose(key, index) {
            Answer::Mean(key, action) => Some((key, action)),
            _ => None,
        }
    }

    pub(super) const fn hints(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Listening => &[("any key", "shows what it sends"), ("Ctrl-C", "back")],
            Self::Found(..) => &[("↑ ↓", "choose"), ("Enter", "sets it"), ("Esc", "back")],
        }
    }

    pub(super) fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, keys: &SessionKeys) {
        let Self::Found(key, marked) = *self else {
            let mut lines = Vec::new();
            let texts = [
                (
                    "Press a key, or a button of your clicker or pedal.",
                    theme.marked(),
                ),
                (
                    "Here it does nothing but show what it sends; then you choose what it means \
                     in a session.",
                    theme.text(),
                ),
            ];
            for (text, style) in texts {
                for line in wrap(text, area.width.min(72)) {
                    lines.push(Line::styled(line, style));
                }
                lines.push(Line::default());
            }
            Paragraph::new(lines).render(area, buf);
            return;
        };
        let said = said(key, keys, area.width);
        let (top, list) = areas(&said, area);
        let lines: Vec<Line<'_>> = said
            .iter()
            .enumerate()
            .map(|(n, line)| {
                let style = if n == 0 { theme.bright() } else { theme.text() };
                Line::styled(line.as_str(), style)
            })
            .collect();
        Paragraph::new(lines).render(top, buf);
        if key.name().is_none() {
            return;
        }
        let first = marked.top(choices().count(), usize::from(list.height));
        let rows = choices().enumerate().skip(first);
        for (y, (index, choice)) in (list.top()..list.bottom()).zip(rows) {
            let (word, does, sign) = match choice {
                Choice::Another => ("listen to another key", "", " "),
                Choice::Mean(word, action) if keys.meaning(key) == Some(action) => {
                    (word, keys.does(action), "*")
                }
                Choice::Mean(word, action) => (word, keys.does(action), " "),
                Choice::Default => ("as the program has it", "", " "),
            };
            let (pointer, style) = if index == marked.index {
                ("▶", theme.marked())
            } else {
                (" ", theme.text())
            };
            let room = list.width.saturating_sub(14);
            let spans = vec![
                Span::styled(format!("{pointer} {sign} {word:<8}"), style),
                Span::styled(format!("  {}", fit(does, room)), theme.dim()),
            ];
            let row = Rect {
                y,
                height: 1,
                ..list
            };
            Line::from(spans).render(row, buf);
        }
    }
}

/// What is said of a key.
fn said(key: Key, keys: &SessionKeys, most: u16) -> Vec<String> {
    let most = most.min(72);
    let Some(name) = key.name() else {
        return wrap("This key is known by no name: it can't be set.", most);
    };
    let mut lines = wrap(&format!("It sends {name}."), most);
    let meaning = keys.meaning(key);
    let does = match meaning {
        Some(action) => format!("In a session: {}.", keys.does(action)),
        None => "In a session it means nothing yet.".to_owned(),
    };
    lines.extend(wrap(&does, most));
    if keys.own(key).is_some() {
        let word = MEANINGS
            .iter()
            .find(|(_, action)| Some(*action) == meaning)
            .map_or("", |(word, _)| *word);
        let written = format!("So your settings have it: keys: {{{name:?}: {word}}}");
        lines.extend(wrap(&written, most));
    }
    lines
}

/// Where that stands, and where the choices do.
fn areas(said: &[String], area: Rect) -> (Rect, Rect) {
    let gap = u16::from(area.height >= 14);
    let lines = u16::try_from(said.len()).unwrap_or(u16::MAX);
    let [top, _, list] = Layout::vertical([
        Constraint::Length(lines),
        Constraint::Length(gap),
        Constraint::Min(1),
    ])
    .areas(area);
    (top, list)
}
