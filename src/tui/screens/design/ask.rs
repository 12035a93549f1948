//! What the designer asks in between: a choice by a letter, a word found by typing, a line of text.
//! It knows what was asked, and nothing of the routine.

use std::path::Path;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Clear, Paragraph, Widget};

use crate::design::{FieldKind, Words};
use crate::desk::{Draft, NotSaved, Save};
use crate::routine::MAX_TEXT;
use crate::routine::text::printable;
use crate::routine::time;
use crate::routine::vocabulary::{Position, Region, TransitionKind};
use crate::tui::theme::Theme;
use crate::tui::widgets::field::{Field, Typed};
use crate::tui::widgets::text::{fit, wrap};

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

/// What can be written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anew {
    Step,
    Transition,
    Phase,
    Sequence,
    Use,
}

/// What a menu offers.
#[derive(Debug, Clone)]
pub(super) enum Choice {
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
pub(super) struct Menu {
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

    pub(super) fn insert() -> Self {
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

    pub(super) fn leave() -> Self {
        Self::new(
            "What you changed is not saved.",
            vec![
                ('s', "save and leave", Choice::SaveAndLeave),
                ('d', "discard it and leave", Choice::DiscardAndLeave),
                ('n', "stay", Choice::Stay),
            ],
        )
    }

    pub(super) fn changed(why: &NotSaved, save: Save) -> Self {
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

    pub(super) fn draft(draft: Draft) -> Self {
        Self::new(
            "There are edits of this file that were not saved. Go on with them?",
            vec![
                ('y', "yes, bring them back", Choice::TakeDraft(draft)),
                ('n', "no, drop them", Choice::DropDraft),
            ],
        )
    }

    pub(super) fn speed(last: u32) -> Self {
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

    fn press(&mut self, key: &KeyEvent) -> Answer {
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
}

/// What a word is for.
#[derive(Debug, Clone)]
pub(super) enum Picking {
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
pub(super) struct Picker {
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

    pub(super) fn region(stroke: String, now: Region) -> Self {
        let words = known(Words::Region);
        Self::new("region", words, now.word(), Picking::Region(stroke))
    }

    pub(super) fn kind() -> Self {
        let words = known(Words::Kind);
        Self::new(
            "transition",
            words,
            TransitionKind::Mount.word(),
            Picking::Kind,
        )
    }

    pub(super) fn position(name: String, now: Position) -> Self {
        let words = known(Words::Position);
        Self::new(
            "how the client lies",
            words,
            now.word(),
            Picking::Position(name),
        )
    }

    pub(super) fn sequence(names: Vec<String>) -> Self {
        Self::new("sequence", same(names), "", Picking::Use)
    }

    /// For a field that takes a word.
    pub(super) fn field(
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

    fn press(&mut self, key: &KeyEvent) -> Answer {
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

/// What a line is for.
#[derive(Debug, Clone)]
pub(super) enum Typing {
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
pub(super) enum Place {
    /// One that comes to stand there.
    New(usize),
    /// The one that stands there.
    Old(usize),
}

/// A line that is typed.
#[derive(Debug)]
pub(super) struct Prompt {
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
    pub(super) fn new(title: &str, text: &str, typing: Typing) -> Self {
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

    pub(super) fn repeat() -> Self {
        Self::new("how often", "2", Typing::Repeat)
    }

    pub(super) fn length(now: Option<Duration>) -> Self {
        let now = now.map(time::units).unwrap_or_default();
        Self::new("to what length", &now, Typing::Length)
    }

    pub(super) fn save_as(path: &Path) -> Self {
        Self::new("save as", &path.to_string_lossy(), Typing::SaveAs)
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.field.insert(text);
    }

    /// Says why what was typed is not taken.
    pub(super) fn refuse(&mut self, why: String) {
        self.wrong = Some(why);
    }

    fn press(&mut self, key: &KeyEvent) -> Answer {
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
            Self::Prompt(Prompt {
                typing: Typing::Field("note" | "description"),
                ..
            }) => &[
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
            .title(format!(" {} ", fit(&title, place.width.saturating_sub(4))));
        let inner = block.inner(place);
        block.render(place, buf);
        Paragraph::new(lines).render(inner, buf);
    }

    fn lines(&self, area: Rect, theme: &Theme) -> (String, Vec<Line<'static>>) {
        let marked = |here: bool, text: String| {
            let (mark, style) = if here {
                ("▶ ", theme.marked())
            } else {
                ("  ", theme.text())
            };
            Line::styled(fit(&format!("{mark}{text}"), area.width), style)
        };
        match self {
            Self::Menu(menu) => {
                let items = menu.items.iter().enumerate();
                let lines =
                    items.map(|(n, (key, does, _))| marked(n == menu.at, format!("{key}  {does}")));
                (menu.title.clone(), lines.collect())
            }
            Self::Picker(picker) => {
                let left = picker.left();
                let rows = usize::from(area.height.saturating_sub(4)).clamp(1, 10);
                let top = picker.at.saturating_sub(rows / 2);
                let top = top.min(left.len().saturating_sub(rows));
                let shown = left.iter().enumerate().skip(top).take(rows);
                let mut lines = vec![Line::styled(format!("{}▏", picker.filter), theme.bright())];
                lines.extend(shown.map(|(n, (_, human))| marked(n == picker.at, human.clone())));
                (picker.title.clone(), lines)
            }
            Self::Prompt(prompt) => {
                let shown = wrap_typed(&prompt.field.shown(), area.width);
                let mut lines: Vec<_> = shown
                    .into_iter()
                    .map(|line| Line::styled(line, theme.bright()))
                    .collect();
                if let Some(wrong) = &prompt.wrong {
                    let wrong = wrap(wrong, area.width).into_iter();
                    lines.extend(wrong.map(|line| Line::styled(line, theme.warn())));
                }
                (prompt.title.clone(), lines)
            }
        }
    }
}

/// What is typed, with all its blanks, in lines.
fn wrap_typed(text: &str, most: u16) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        if let Some(line) = lines.last_mut() {
            line.push(c);
            if crate::tui::widgets::text::width(line) >= most {
                lines.push(String::new());
            }
        }
    }
    lines
}
