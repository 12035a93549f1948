//! The home screen: the library on the left, found by typing; on the right what
//! is marked in it, or what is offered. It knows no routine's inside.

mod offer;
mod routine;
mod welcome;

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph, Widget};

use crate::library::{Entry, Heading, Library, Whose};
use crate::routine::text::printable;
use crate::routine::time::clock;
use crate::store::Resumable;
use crate::tui::theme::Theme;
use crate::tui::widgets::bands::within;
use crate::tui::widgets::list::{Marked, Move};
use crate::tui::widgets::text::{fit, fit_parts, width, wrap};

/// Whether letters are typed into the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// They are.
    Filter,
    /// They are keys.
    Nothing,
}

/// The home screen.
#[derive(Debug)]
pub struct Home {
    library: Library,
    filter: String,
    typing: Typing,
    /// The entries that the filter lets through, as indexes.
    shown: Vec<usize>,
    /// An interrupted session, offered above all routines.
    offered: Option<Resumable>,
    marked: Marked,
    greeting: Greeting,
}

/// Whether this is the first start, and nothing was pressed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Greeting {
    First,
    Over,
}

/// The routine that shows the program.
const TOUR: &str = "two-minute-tour";

impl Home {
    /// With every routine shown.
    #[must_use]
    pub fn new(library: Library) -> Self {
        let shown = (0..library.len()).collect();
        Self {
            library,
            filter: String::new(),
            typing: Typing::Nothing,
            shown,
            offered: None,
            marked: Marked::default(),
            greeting: Greeting::Over,
        }
    }

    /// Greets who starts the program for the first time: the tour is marked.
    pub fn greet(&mut self) {
        if let Some(index) = self.library.place_of_shipped(TOUR) {
            self.marked.index = index;
            self.greeting = Greeting::First;
        }
    }

    /// Whether it still greets.
    #[must_use]
    pub fn is_greeting(&self) -> bool {
        self.greeting == Greeting::First
    }

    /// Something else is wanted.
    pub const fn end_greeting(&mut self) {
        self.greeting = Greeting::Over;
    }

    /// Shows these routines from now on; the mark stays where it was.
    pub fn set_library(&mut self, library: Library) {
        let marked = self.marked;
        self.library = library;
        self.edit_filter(|_| {});
        self.marked = marked;
        self.marked.go(Move::By(0), self.count());
    }

    /// Marks the routine of that file, if it is shown.
    pub fn mark_file(&mut self, path: &Path) {
        let wanted = self.library.place_of_file(path);
        if let Some(index) = self.shown.iter().position(|&index| Some(index) == wanted) {
            self.marked.index = index + self.offers();
            self.greeting = Greeting::Over;
        }
    }

    /// Offers an interrupted session first.
    pub fn offer(&mut self, offered: Option<Resumable>) {
        if offered.is_some() {
            self.greeting = Greeting::Over;
        }
        self.offered = offered;
        self.marked.go(Move::By(0), self.count());
    }

    /// The interrupted session, if it is marked.
    #[must_use]
    pub fn resumable(&self) -> Option<&Resumable> {
        self.offer_shown().filter(|_| self.marked.index == 0)
    }

    /// How many rows the list has.
    fn count(&self) -> usize {
        self.shown.len() + self.offers()
    }

    /// The interrupted session, where no routine is looked for by name.
    fn offer_shown(&self) -> Option<&Resumable> {
        self.offered.as_ref().filter(|_| !self.is_filtered())
    }

    /// How many of them offer a session.
    fn offers(&self) -> usize {
        usize::from(self.offer_shown().is_some())
    }

    /// Where in the library the routine of a row is; none for an offer.
    fn place_of(&self, row: usize) -> Option<usize> {
        let shown = row.checked_sub(self.offers())?;
        self.shown.get(shown).copied()
    }

    fn heading_of(&self, row: usize) -> Option<Heading<'_>> {
        self.library.heading(self.place_of(row)?)
    }

    /// The marked routine.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.library.entry(self.place_of(self.marked.index)?)
    }

    /// Whether letters are typed into the filter.
    #[must_use]
    pub const fn typing(&self) -> Typing {
        self.typing
    }

    /// Begins or ends typing into the filter.
    pub const fn set_typing(&mut self, typing: Typing) {
        self.greeting = Greeting::Over;
        self.typing = typing;
    }

    /// Whether a filter hides anything.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        !self.filter.is_empty()
    }

    /// Changes the filter.
    pub fn edit_filter(&mut self, change: impl FnOnce(&mut String)) {
        change(&mut self.filter);
        let wanted = self.filter.to_lowercase();
        let library = &self.library;
        if !wanted.is_empty() {
            library.read(0..library.len());
        }
        let matches = |index| library.entry(index).is_some_and(|it| matches(it, &wanted));
        self.shown = (0..library.len())
            // What is not asked for need not be read.
            .filter(|&index| wanted.is_empty() || matches(index))
            .collect();
        self.marked = Marked::default();
    }

    /// Moves the mark.
    pub fn go(&mut self, to: Move) {
        self.greeting = Greeting::Over;
        self.marked.go(to, self.count());
    }

    /// Marks the entry under the mouse; whether it was marked already.
    pub fn click(&mut self, area: Rect, at: Position) -> Option<Clicked> {
        let list = Self::columns(area).list;
        let index = self.marked.hit(list, at, self.count())?;
        let clicked = if index == self.marked.index {
            Clicked::Again
        } else {
            Clicked::First
        };
        self.marked.index = index;
        self.greeting = Greeting::Over;
        Some(clicked)
    }

    /// How many entries a page has.
    #[must_use]
    pub fn page(area: Rect) -> isize {
        isize::try_from(Self::columns(area).list.height.max(2) - 1).unwrap_or(1)
    }

    fn columns(area: Rect) -> Columns {
        let [head, body, foot] = Layout::vertical([
            Constraint::Length(if area.height >= 12 { 2 } else { 1 }),
            Constraint::Min(1),
            Constraint::Length(1),
        ])
        .areas(within(area));
        let wide = area.width >= 70;
        let [list, detail] = if wide {
            Layout::horizontal([Constraint::Percentage(42), Constraint::Fill(1)]).areas(body)
        } else if area.height >= 18 {
            Layout::vertical([Constraint::Percentage(45), Constraint::Fill(1)]).areas(body)
        } else {
            [body, Rect::ZERO]
        };
        let detail = if wide && detail.width > 3 {
            Rect {
                x: detail.x + 2,
                width: detail.width - 2,
                ..detail
            }
        } else {
            detail
        };
        Columns {
            head,
            list,
            detail,
            foot,
        }
    }

    /// Draws the screen.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, sound: &str, foot: Line<'_>) {
        let columns = Self::columns(area);
        self.render_head(columns.head, buf, theme);
        self.render_list(columns.list, buf, theme);
        if self.is_greeting() && !columns.detail.is_empty() {
            let beside = beside_the_list(columns.detail, buf, theme);
            welcome::render(beside, buf, theme, sound);
        } else if let Some(offered) = self.resumable() {
            let beside = beside_the_list(columns.detail, buf, theme);
            offer::render(offered, beside, buf, theme);
        } else if let Some(entry) = self.entry()
            && !columns.detail.is_empty()
        {
            let beside = beside_the_list(columns.detail, buf, theme);
            routine::render(entry, beside, buf, theme);
        }
        foot.render(columns.foot, buf);
    }

    fn render_head(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut spans = vec![Span::styled("ashiatsu", theme.bright())];
        if self.typing == Typing::Filter || !self.filter.is_empty() {
            let cursor = if self.typing == Typing::Filter {
                "▏"
            } else {
                ""
            };
            spans.push(Span::styled(
                format!("   / {}{cursor}", self.filter),
                theme.text(),
            ));
            spans.push(Span::styled(
                format!("   {} of {}", self.shown.len(), self.library.len()),
                theme.dim(),
            ));
        } else {
            let room = area.width.saturating_sub(11);
            // In a narrow window nothing beside the list says so.
            let asks = if self.is_greeting() && area.width < 60 {
                "Enter takes the tour"
            } else {
                "pick a routine"
            };
            let asks = fit_parts(asks, room);
            spans.push(Span::styled(format!("   {asks}"), theme.dim()));
        }
        Line::from(spans).render(area, buf);
    }

    fn render_list(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        if self.shown.is_empty() {
            let nothing = wrap("nothing of that name; Esc shows all", area.width);
            let lines = nothing.into_iter();
            let lines: Vec<_> = lines.map(|line| Line::styled(line, theme.dim())).collect();
            Paragraph::new(lines).render(area, buf);
        }
        let top = self.marked.top(self.count(), usize::from(area.height));
        let rows = (area.top()..area.bottom()).zip(top..self.count());
        let in_view = rows.clone().filter_map(|(_, row)| self.place_of(row));
        self.library.read(in_view);
        for (y, row) in rows {
            let marked = row == self.marked.index;
            let line = Rect::new(area.x, y, area.width, 1);
            let Some(heading) = self.heading_of(row) else {
                if let Some(offered) = self.offer_shown() {
                    let mark = if marked { "▶ " } else { "  " };
                    let text = format!("{mark}{}", offer::line(offered));
                    let style = if marked {
                        theme.marked()
                    } else {
                        theme.bright()
                    };
                    Line::styled(fit(&text, line.width), style).render(line, buf);
                }
                continue;
            };
            let style = if marked { theme.marked() } else { theme.text() };
            let (right, right_style) = match heading.length {
                Some(length) => (clock(length), theme.dim()),
                None => ("broken".to_owned(), theme.warn()),
            };
            let mark = if marked { "▶ " } else { "  " };
            let own = match heading.whose {
                Whose::Shipped => "",
                Whose::Own => " (yours)",
            };
            let room = area.width.saturating_sub(width(&right) + 1);
            let name = format!("{mark}{}{own}", printable(heading.name));
            Line::styled(fit(&name, room), style).render(
                Rect {
                    width: room,
                    ..line
                },
                buf,
            );
            let at = line.right().saturating_sub(width(&right)).max(line.x);
            buf.set_stringn(at, y, &right, usize::from(line.width), right_style);
        }
    }
}

struct Columns {
    head: Rect,
    list: Rect,
    detail: Rect,
    foot: Rect,
}

/// What a click hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clicked {
    /// An entry that is marked from now on.
    First,
    /// The marked entry.
    Again,
}

fn matches(entry: &Entry, wanted: &str) -> bool {
    let mut texts = vec![entry.stem.to_lowercase(), entry.name().to_lowercase()];
    if let Ok(routine) = &entry.content {
        texts.extend(routine.author.as_ref().map(|author| author.to_lowercase()));
        texts.extend(routine.level.map(|level| level.human().to_owned()));
    }
    texts.iter().any(|text| text.contains(wanted))
}

/// Sets what stands beside the list apart from it, and gives what is left.
fn beside_the_list(area: Rect, buf: &mut Buffer, theme: &Theme) -> Rect {
    if area.x == 0 {
        return area;
    }
    let block = Block::new()
        .borders(Borders::LEFT)
        .border_style(theme.faint());
    let inner = block.inner(area);
    block.render(area, buf);
    Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(1),
        ..inner
    }
}
