//! The practice log: every session in a list with the marked one's detail
//! beside it, and what they come to. It reads and writes no file: it is given
//! the log, and answers presses with what it wishes for.

mod list;
mod practice;
mod totals;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Clear, Paragraph, Widget};

pub use practice::{Group, PracticeLog, Trend, load};

use crate::routine::text::printable;
use crate::routine::time::{round_seconds, units};
use crate::session::Outcome;
use crate::store::{Entry, SessionKey, Trouble};
use crate::tui::keys::{self, InList, Key};
use crate::tui::theme::Theme;
use crate::tui::widgets::bands::Bands;
use crate::tui::widgets::field::{Field, Typed};
use crate::tui::widgets::list::{Marked, Move};
use crate::tui::widgets::text::{fit, fit_parts, width, wrap};

/// What the screen wishes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// That session, step by step.
    OpenDebrief(SessionKey),
    /// Keep this note with that session; an empty one is none.
    SaveNote(SessionKey, String),
    /// Delete that session for good: it was asked.
    Delete(SessionKey),
    /// Back.
    Close,
    /// What lists have in common: help, to the shell.
    Other(InList),
}

/// The most characters of a note.
const NOTE: usize = 400;

/// What stands beside the box of a note.
const NOTE_HINT: &str = "about your own work; no client names or health";

/// Which of the two is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    #[default]
    Sessions,
    Totals,
}

/// What is open over the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Open {
    Nothing,
    /// A note that is typed, and why it could not be kept as it stood before.
    Note(SessionKey, Field, Option<Trouble>),
    Delete(SessionKey),
}

/// The log, or why there is none to show.
#[derive(Debug, Clone)]
enum Content {
    Awaited,
    Here(Box<PracticeLog>),
    Amiss(Trouble),
}

/// The practice log's screen.
#[derive(Debug, Clone)]
pub struct LogScreen {
    content: Content,
    marked: Marked,
    view: View,
    /// Rows that the totals are scrolled down.
    top: usize,
    open: Open,
    /// Notes that could not be kept while another was typed.
    unkept: Vec<(SessionKey, String)>,
}

impl Default for LogScreen {
    fn default() -> Self {
        Self::new()
    }
}

impl LogScreen {
    /// Before the log is read.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            content: Content::Awaited,
            marked: Marked { index: 0 },
            view: View::Sessions,
            top: 0,
            open: Open::Nothing,
            unkept: Vec::new(),
        }
    }

    /// A note could not be kept: its text is still there to be kept once more.
    pub fn note_refused(&mut self, key: SessionKey, note: String, why: &Trouble) {
        if self.is_typing() {
            self.unkept.retain(|(other, _)| *other != key);
            self.unkept.push((key, note));
        } else {
            self.open = Open::Note(key, Field::new(&note, NOTE), Some(why.clone()));
        }
    }

    /// Shows the log as it was read, or what stood in the way. The mark stays
    /// on its session, or where that was.
    pub fn set(&mut self, log: Result<PracticeLog, Trouble>) {
        let marked = self.entry().map(|entry| entry.key);
        self.content = match log {
            Ok(log) => Content::Here(Box::new(log)),
            Err(trouble) => Content::Amiss(trouble),
        };
        let again = self
            .entries()
            .iter()
            .position(|entry| Some(entry.key) == marked);
        match again {
            Some(index) => self.marked.index = index,
            None => self.marked.go(Move::By(0), self.entries().len()),
        }
        let gone = |key: SessionKey| !self.entries().iter().any(|entry| entry.key == key);
        if let Open::Delete(key) = self.open
            && gone(key)
        {
            self.open = Open::Nothing;
        }
    }

    fn entries(&self) -> &[Entry] {
        match &self.content {
            Content::Here(log) => &log.entries,
            Content::Awaited | Content::Amiss(_) => &[],
        }
    }

    /// The marked session.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.entries().get(self.marked.index)
    }

    /// Which keys there are now, in words.
    #[must_use]
    pub fn hints(&self) -> Vec<(String, &'static str)> {
        if self.open != Open::Nothing {
            return Vec::new();
        }
        let marked = self.view == View::Sessions && !self.entries().is_empty();
        keys::hints(keys::LOG)
            .filter(|(_, hint)| marked || !matches!(*hint, "step by step" | "note" | "delete"))
            .map(|(key, hint)| match (hint, self.view) {
                ("totals", View::Totals) => (key, "sessions"),
                _ => (key, hint),
            })
            .collect()
    }

    /// Whether letters are typed into a note; they go to [`Self::edit`] then.
    #[must_use]
    pub const fn is_typing(&self) -> bool {
        matches!(self.open, Open::Note(..))
    }

    /// A key press while a note is typed: as the terminal told it, with
    /// capitals.
    pub fn edit(&mut self, event: &KeyEvent) -> Option<Wish> {
        let Open::Note(key, field, _) = &mut self.open else {
            return None;
        };
        let wish = match field.press(event) {
            Typed::On => return None,
            Typed::Done => Some(Wish::SaveNote(*key, field.text().trim().to_owned())),
            Typed::Left => None,
        };
        self.open = Open::Nothing;
        wish
    }

    /// Pasted text, while a note is typed.
    pub fn paste(&mut self, text: &str) {
        if let Open::Note(_, field, _) = &mut self.open {
            field.insert(text);
        }
    }

    /// A press, or the same held down.
    pub fn press(&mut self, key: Key, held: bool, area: Rect, theme: &Theme) -> Option<Wish> {
        if let Open::Delete(session) = self.open {
            if held {
                return None;
            }
            self.open = Open::Nothing;
            return (key == Key::Char('y')).then_some(Wish::Delete(session));
        }
        let action = keys::meaning(keys::LOG, key)?;
        let page = self.page(area);
        let to = match action {
            InList::Up => Move::By(-1),
            InList::Down => Move::By(1),
            InList::PageUp => Move::By(-page),
            InList::PageDown => Move::By(page),
            InList::First => Move::First,
            InList::Last => Move::Last,
            _ if held => return None,
            _ => return self.act(action),
        };
        self.go(to, area, theme);
        None
    }

    /// Moves the mark, or the totals under the window.
    pub fn go(&mut self, to: Move, area: Rect, theme: &Theme) {
        match (self.view, &self.content) {
            (View::Totals, Content::Here(log)) => {
                let body = Bands::of(area).body;
                let last = totals::last_top(log, body, theme);
                self.top = match to {
                    Move::By(by) => self.top.saturating_add_signed(by).min(last),
                    Move::First => 0,
                    Move::Last => last,
                };
            }
            _ => self.marked.go(to, self.entries().len()),
        }
    }

    fn act(&mut self, action: InList) -> Option<Wish> {
        let marked = self
            .entry()
            .filter(|_| self.view == View::Sessions)
            .map(|entry| (entry.key, entry.note.clone().unwrap_or_default()));
        match (action, marked) {
            (InList::Enter, Some((key, _))) => return Some(Wish::OpenDebrief(key)),
            (InList::Note, Some((key, note))) => {
                let unkept = self.unkept.iter().position(|(other, _)| *other == key);
                let note = unkept.map_or(note, |at| self.unkept.swap_remove(at).1);
                self.open = Open::Note(key, Field::new(&note, NOTE), None);
            }
            (InList::Delete, Some((key, _))) => self.open = Open::Delete(key),
            (InList::View, _) => {
                self.top = 0;
                self.view = match self.view {
                    View::Sessions => View::Totals,
                    View::Totals => View::Sessions,
                };
            }
            (InList::Close | InList::Quit, _) => return Some(Wish::Close),
            (InList::Enter | InList::Note | InList::Delete, None) => {}
            (other, _) => return Some(Wish::Other(other)),
        }
        None
    }

    /// A click marks; on the marked session it opens it.
    pub fn click(&mut self, area: Rect, at: Position) -> Option<Wish> {
        if self.open != Open::Nothing || self.view == View::Totals {
            return None;
        }
        let list = list::Columns::of(Bands::of(area).body).list;
        let index = self.marked.hit(list, at, self.entries().len())?;
        if index == self.marked.index {
            return self.entry().map(|entry| Wish::OpenDebrief(entry.key));
        }
        self.marked.index = index;
        None
    }

    fn page(&self, area: Rect) -> isize {
        let body = Bands::of(area).body;
        let rows = match self.view {
            View::Sessions => list::Columns::of(body).list.height,
            View::Totals => body.height,
        };
        isize::try_from(rows.max(2) - 1).unwrap_or(1)
    }

    /// Draws the screen; `foot` is the row of hints or a notice.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, foot: Line<'_>) {
        let areas = Bands::of(area);
        self.head(areas.head.width, theme).render(areas.head, buf);
        match &self.content {
            Content::Awaited => say(&["reading the log …"], areas.body, buf, theme),
            Content::Amiss(trouble) => {
                let why = format!("The practice log can't be read: {trouble}.");
                say(
                    &[&why, "Sessions run all the same."],
                    areas.body,
                    buf,
                    theme,
                );
            }
            Content::Here(log) if log.entries.is_empty() => say(&EMPTY, areas.body, buf, theme),
            Content::Here(log) => match self.view {
                View::Sessions => list::render(&log.entries, self.marked, areas.body, buf, theme),
                View::Totals => totals::render(log, self.top, areas.body, buf, theme),
            },
        }
        foot.render(areas.foot, buf);
        match &self.open {
            Open::Nothing => {}
            Open::Note(_, field, why) => note_box(field, why.as_ref(), area, buf, theme),
            Open::Delete(_) => self.question(area, buf, theme),
        }
    }

    fn head(&self, most: u16, theme: &Theme) -> Line<'static> {
        let title = "practice log";
        let mut spans = vec![Span::styled(fit(title, most), theme.bright())];
        if let Content::Here(log) = &self.content
            && !log.entries.is_empty()
        {
            let all = log.totals.all;
            let sessions = counted(all.sessions, "session");
            let kept = |entry: &&Entry| entry.outcome == Outcome::Interrupted;
            // Their time counts already, they do not yet.
            let sessions = match log.entries.iter().filter(kept).count() {
                0 => sessions,
                some => format!("{sessions} and {some} kept for later"),
            };
            let worked = units(round_seconds(all.worked));
            let rest = match self.view {
                View::Sessions => format!("{sessions} · {worked} worked"),
                View::Totals => format!("what it comes to · {sessions}"),
            };
            let room = most.saturating_sub(width(title) + 3);
            let rest = fit_parts(&rest, room);
            // Half a fact says nothing.
            if !rest.ends_with('…') {
                spans.push(Span::styled(format!("   {rest}"), theme.dim()));
            }
        }
        Line::from(spans)
    }

    fn question(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let Some(entry) = self.entry() else {
            return;
        };
        let mut text = format!(
            "Delete {} of {} for good?",
            list::name(entry),
            list::day(entry)
        );
        if entry.outcome == Outcome::Interrupted {
            text.push_str(" It could still be resumed.");
        }
        let lines = [
            (text, theme.bright()),
            ("y deletes it".to_owned(), theme.text()),
            ("Esc keeps it".to_owned(), theme.text()),
        ];
        at_the_bottom("", &lines, area, buf, theme);
    }
}

/// What an empty log says.
const EMPTY: [&str; 3] = [
    "Nothing here yet, and that is fine: every log begins empty.",
    "Work a routine, and the session stands here when it is over: step by step, \
     planned against worked, left against right.",
    "Schools recommend about 20 practice sessions after class. A goal of your own goes \
     into the settings: goal: Goal(sessions: 20, hours: 30).",
];

fn counted(n: u32, what: &str) -> String {
    match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// Paragraphs, where there is nothing else: as many whole ones as fit, at
/// least the first.
fn say(texts: &[&str], area: Rect, buf: &mut Buffer, theme: &Theme) {
    let rows = usize::from(area.height);
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let style = if n == 0 { theme.text() } else { theme.dim() };
        let paragraph = wrap(text, area.width.min(72));
        if n > 0 {
            if lines.len() + 1 + paragraph.len() > rows {
                break;
            }
            lines.push(Line::default());
        }
        lines.extend(paragraph.into_iter().map(|line| Line::styled(line, style)));
    }
    Paragraph::new(lines).render(area, buf);
}

/// The box in which a note is typed, and what it is about.
fn note_box(field: &Field, why: Option<&Trouble>, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let mut lines = vec![
        (NOTE_HINT.to_owned(), theme.dim()),
        (field.shown(), theme.bright()),
    ];
    if let Some(why) = why {
        let why = printable(&format!("The note is not kept: {why}."));
        lines.push((why, theme.text()));
    }
    lines.push((
        "Enter keeps it · Esc leaves it as it was".to_owned(),
        theme.dim(),
    ));
    at_the_bottom(" your note ", &lines, area, buf, theme);
}

/// Lines in a frame at the bottom, over what is there. Where there is too
/// little room for all, the end of the longest one is seen.
fn at_the_bottom(
    title: &str,
    texts: &[(String, Style)],
    area: Rect,
    buf: &mut Buffer,
    theme: &Theme,
) {
    let borders = if area.height >= 16 {
        Borders::ALL
    } else {
        Borders::TOP
    };
    let most = area
        .width
        .saturating_sub(if borders == Borders::ALL { 4 } else { 0 });
    let frame = if borders == Borders::ALL { 2 } else { 1 };
    let mut parts: Vec<Vec<Line<'_>>> = texts
        .iter()
        .map(|(text, style)| {
            wrap(text, most)
                .into_iter()
                .map(|line| Line::styled(line, *style))
                .collect()
        })
        .collect();
    let room = usize::from(area.height.saturating_sub(frame));
    let all: usize = parts.iter().map(Vec::len).sum();
    if let Some(longest) = parts.iter_mut().max_by_key(|part| part.len()) {
        let over = all
            .saturating_sub(room)
            .min(longest.len().saturating_sub(1));
        longest.drain(..over);
    }
    let lines: Vec<Line<'_>> = parts.into_iter().flatten().collect();
    let height = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .saturating_add(frame)
        .min(area.height);
    let place = Rect {
        y: area.bottom() - height,
        height,
        ..area
    };
    Clear.render(place, buf);
    buf.set_style(place, theme.ground());
    let block = Block::new()
        .borders(borders)
        .title(title)
        .title_style(theme.text())
        .border_style(theme.dim());
    let inner = block.inner(place);
    block.render(place, buf);
    let inner = match borders {
        Borders::ALL => inner.inner(Margin::new(1, 0)),
        _ => inner,
    };
    Paragraph::new(lines).render(inner, buf);
}
