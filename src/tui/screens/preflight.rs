//! Pre-flight: three short lists, the cue test and the volume, and then "press
//! any key when you are in place". Answers live here and nowhere else.

mod alone;
mod today;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget};

use crate::preflight::{Advice, Lists, NO_CLEARANCE};
use crate::tui::theme::Theme;
use crate::tui::widgets::bands::within;
use crate::tui::widgets::list::{Marked, Move};
use crate::tui::widgets::text::{fit, fit_parts, width, wrap};

pub use alone::{AloneRow, Level, Tick};
pub use today::{Choice, Offer};

/// One list of the three, what follows them, or what is chosen for today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// The room, once a day.
    Room,
    /// The client, at intake.
    Client,
    /// Before you step up.
    StepUp,
    /// In place.
    InPlace,
    /// What is chosen for this session.
    Today,
    /// Whether an end that is past for today means tomorrow.
    Tomorrow,
    /// Which regions are left alone.
    Alone,
}

impl Page {
    const fn next(self) -> Option<Self> {
        match self {
            Self::Room => Some(Self::Client),
            Self::Client => Some(Self::StepUp),
            Self::StepUp => Some(Self::InPlace),
            Self::InPlace | Self::Today | Self::Tomorrow | Self::Alone => None,
        }
    }

    const fn before(self) -> Option<Self> {
        match self {
            Self::Room | Self::Today | Self::Tomorrow | Self::Alone => None,
            Self::Client => Some(Self::Room),
            Self::StepUp => Some(Self::Client),
            Self::InPlace => Some(Self::StepUp),
        }
    }
}

/// A tick, or an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Not looked at.
    #[default]
    Open,
    /// Ticked; at a question, No.
    Fine,
    /// Yes: it says what to do.
    Yes,
}

/// The pre-flight screen.
#[derive(Debug)]
pub struct Preflight {
    lists: Lists,
    page: Page,
    marked: Marked,
    room: Vec<Mark>,
    client: Vec<Mark>,
    step_up: Vec<Mark>,
    offers: Vec<Offer>,
    /// What is asked before the lists.
    question: String,
    alone: Vec<AloneRow>,
    /// What leaving alone comes to, a line each.
    left: Vec<String>,
    /// Where one was before the pages that lie over the lists were opened.
    beneath: Vec<(Page, Marked)>,
}

/// What was clicked that is no line of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clicked {
    /// A choice for this session.
    Choice(Choice),
    /// The region that is marked now.
    Region,
}

/// What is said beside the lists.
#[derive(Debug)]
pub struct Beside<'a> {
    /// The routine's name and length.
    pub title: &'a str,
    /// How loud, and whether anything can be heard.
    pub sound: &'a str,
    /// What is chosen for this session alone, a line each.
    pub chosen: &'a [String],
    /// The keys, or a notice.
    pub foot: Line<'a>,
}

impl Preflight {
    /// With nothing ticked.
    #[must_use]
    pub fn new(lists: Lists) -> Self {
        Self {
            room: vec![Mark::Open; lists.room.len()],
            client: vec![Mark::Open; lists.client.len()],
            step_up: vec![Mark::Open; lists.step_up.len()],
            lists,
            page: Page::Room,
            marked: Marked::default(),
            offers: Vec::new(),
            question: String::new(),
            alone: Vec::new(),
            left: Vec::new(),
            beneath: Vec::new(),
        }
    }

    /// Other lists in place of these, as after the routine was changed. What
    /// was answered stays answered; a list with a line that is new, and was
    /// passed already, is shown again.
    pub fn change(&mut self, lists: Lists) {
        let room = kept(&self.lists.room, &self.room, &lists.room);
        let client = kept(&self.lists.client, &self.client, &lists.client);
        let step_up = kept(&self.lists.step_up, &self.step_up, &lists.step_up);
        let pages = [
            (Page::Room, &room),
            (Page::Client, &client),
            (Page::StepUp, &step_up),
        ];
        let asked_again = pages
            .into_iter()
            .find(|(_, marks)| marks.contains(&None))
            .map(|(page, _)| page)
            .filter(|page| *page < self.page);
        if let Some(page) = asked_again {
            self.page = page;
            self.marked = Marked::default();
        }
        let marks = |kept: Vec<Option<Mark>>| kept.into_iter().map(Option::unwrap_or_default);
        self.room = marks(room).collect();
        self.client = marks(client).collect();
        self.step_up = marks(step_up).collect();
        self.lists = lists;
        self.go(Move::By(0));
    }

    /// Asks this, with yes or no, before the lists.
    pub fn ask(&mut self, question: String) {
        self.question = question;
        self.page = Page::Tomorrow;
    }

    /// The question is answered: the lists come.
    pub const fn answered(&mut self) {
        self.page = Page::Room;
    }

    /// The list that is shown.
    #[must_use]
    pub const fn page(&self) -> Page {
        self.page
    }

    /// To the next list; false when there is none.
    pub fn forward(&mut self) -> Moved {
        self.turn(self.page.next())
    }

    /// To the list before; false at the first.
    pub fn backward(&mut self) -> Moved {
        self.turn(self.page.before())
    }

    fn turn(&mut self, page: Option<Page>) -> Moved {
        self.marked = Marked::default();
        match page {
            Some(page) => {
                self.page = page;
                Moved::To
            }
            None => Moved::Out,
        }
    }

    fn marks(&mut self) -> &mut [Mark] {
        match self.page {
            Page::Room => &mut self.room,
            Page::Client => &mut self.client,
            Page::StepUp => &mut self.step_up,
            Page::InPlace | Page::Today | Page::Tomorrow | Page::Alone => &mut [],
        }
    }

    /// Moves the mark.
    pub fn go(&mut self, to: Move) {
        let count = match self.page {
            Page::Today => self.offers.len(),
            Page::Alone => self.alone.len(),
            _ => self.marks().len(),
        };
        self.marked.go(to, count);
    }

    /// Ticks the marked line, or turns No into Yes and back.
    pub fn toggle(&mut self) {
        let (index, page) = (self.marked.index, self.page);
        if let Some(mark) = self.marks().get_mut(index) {
            *mark = match (page, *mark) {
                (Page::Client, Mark::Open | Mark::Fine) => Mark::Yes,
                (Page::Client, Mark::Yes) | (_, Mark::Open) => Mark::Fine,
                (_, Mark::Fine | Mark::Yes) => Mark::Open,
            };
        }
    }

    /// Answers the marked line and goes to the one below.
    pub fn answer(&mut self, answer: Mark) {
        let (index, page) = (self.marked.index, self.page);
        if page == Page::Client
            && let Some(mark) = self.marks().get_mut(index)
        {
            *mark = answer;
            // A Yes stays in view: it says what to do.
            if answer == Mark::Fine {
                self.go(Move::By(1));
            }
        }
    }

    /// Shows what can be chosen for this session.
    pub fn open_today(&mut self, offers: Vec<Offer>) {
        self.lay_over(Page::Today);
        self.offers = offers;
    }

    /// Shows which regions can be left alone, and what the ticks come to.
    pub fn open_alone(&mut self, rows: Vec<AloneRow>, left: Vec<String>) {
        self.lay_over(Page::Alone);
        self.set_alone(rows, left);
    }

    fn lay_over(&mut self, page: Page) {
        self.beneath.push((self.page, self.marked));
        self.page = page;
        self.marked = Marked::default();
    }

    /// Back to the page that was shown before.
    pub fn close_over(&mut self) {
        if let Some(beneath) = self.beneath.pop() {
            (self.page, self.marked) = beneath;
        }
    }

    /// How the regions stand now.
    pub fn set_alone(&mut self, rows: Vec<AloneRow>, left: Vec<String>) {
        self.alone = rows;
        self.left = left;
    }

    /// Which entry is marked, from 0.
    #[must_use]
    pub const fn marked(&self) -> usize {
        self.marked.index
    }

    /// How the choices stand now.
    pub fn set_offers(&mut self, offers: Vec<Offer>) {
        self.offers = offers;
    }

    /// The marked choice, where choices are shown.
    #[must_use]
    pub fn chosen(&self) -> Option<Choice> {
        let offers = (self.page == Page::Today).then_some(&self.offers)?;
        offers.get(self.marked.index).map(|offer| offer.choice)
    }

    /// Marks and toggles the line under the mouse; gives what is to be toggled
    /// outside of the lists.
    pub fn click(&mut self, area: Rect, at: Position) -> Option<Clicked> {
        let list = self.areas(area).list;
        let width = list.width;
        let rows = self.rows(width);
        let top = self.top(&rows, list.height);
        if !list.contains(at) {
            return None;
        }
        let line = top + usize::from(at.y - list.y);
        let row = rows.get(line)?;
        self.marked.index = row.entry;
        self.toggle();
        if self.page == Page::Alone {
            return Some(Clicked::Region);
        }
        self.chosen().map(Clicked::Choice)
    }

    fn areas(&self, area: Rect) -> Areas {
        let inner = within(area);
        let [head, list, below, foot] = Layout::vertical([
            Constraint::Length(if area.height >= 14 { 3 } else { 1 }),
            Constraint::Min(1),
            Constraint::Length(match area.height {
                // What the ticks come to is what this page is for.
                _ if self.page == Page::Alone => self.left_rows(area.height, inner.width),
                20.. => 4,
                12.. => 3,
                _ => 0,
            }),
            Constraint::Length(1),
        ])
        .areas(inner);
        Areas {
            head,
            list,
            below,
            foot,
        }
    }

    /// Rows for what leaving alone comes to: at most half of the window.
    fn left_rows(&self, height: u16, room: u16) -> u16 {
        let lines = self.left.iter().flat_map(|line| wrap(line, room)).count();
        u16::try_from(lines)
            .unwrap_or(u16::MAX)
            .max(1)
            .min(height / 2)
    }

    fn rows(&self, width: u16) -> Vec<Row> {
        let room = width.saturating_sub(6).max(10);
        let mut rows = Vec::new();
        let mut add = |entry: usize, sign: &str, text: &str, advice: Option<&str>| {
            for (n, line) in wrap(text, room).into_iter().enumerate() {
                let sign = if n == 0 { sign } else { "    " };
                rows.push(Row {
                    entry,
                    text: format!("{sign}{line}"),
                    advice: false,
                });
            }
            if let Some(advice) = advice {
                for line in wrap(advice, room) {
                    rows.push(Row {
                        entry,
                        text: format!("    {line}"),
                        advice: true,
                    });
                }
            }
        };
        let tick = |mark: Option<&Mark>| match mark {
            Some(Mark::Fine | Mark::Yes) => "[x] ",
            _ => "[ ] ",
        };
        match self.page {
            Page::Room | Page::StepUp => {
                let (lines, marks) = match self.page {
                    Page::Room => (&self.lists.room, &self.room),
                    _ => (&self.lists.step_up, &self.step_up),
                };
                for (n, line) in lines.iter().enumerate() {
                    add(n, tick(marks.get(n)), line, None);
                }
            }
            Page::Client => {
                for (n, question) in self.lists.client.iter().enumerate() {
                    let (sign, advice) = match self.client.get(n) {
                        Some(Mark::Yes) => ("YES ", Some(advised(question.advice))),
                        Some(Mark::Fine) => ("no  ", None),
                        _ => ("?   ", None),
                    };
                    add(n, sign, &question.asks, advice);
                }
            }
            Page::Today => {
                for (n, offer) in self.offers.iter().enumerate() {
                    rows.extend(offer.lines(room).into_iter().map(|text| Row {
                        entry: n,
                        text,
                        advice: false,
                    }));
                    if n == self.marked.index {
                        let about = wrap(offer.choice.about(), room);
                        rows.extend(about.into_iter().map(|line| Row {
                            entry: n,
                            text: format!("    {line}"),
                            advice: false,
                        }));
                    }
                }
            }
            Page::Alone => {
                for (n, row) in self.alone.iter().enumerate() {
                    add(n, row.sign(), &row.text, None);
                }
            }
            Page::InPlace | Page::Tomorrow => {}
        }
        rows
    }

    fn top(&self, rows: &[Row], height: u16) -> usize {
        let first = rows
            .iter()
            .position(|row| row.entry == self.marked.index)
            .unwrap_or(0);
        let last = rows
            .iter()
            .rposition(|row| row.entry == self.marked.index)
            .unwrap_or(0);
        let height = usize::from(height);
        // The last line of the marked entry is what to do: it is in view.
        Marked { index: first }
            .top(rows.len(), height)
            .max((last + 1).saturating_sub(height))
    }

    /// What this is; in a narrow window without the routine's name.
    fn heading(&self, routine: &str, most: u16) -> String {
        let (title, _) = self.title();
        let whole = format!("{routine} · {title}");
        if width(&whole) <= most {
            whole
        } else {
            fit(title, most)
        }
    }

    fn title(&self) -> (&'static str, &'static str) {
        match self.page {
            Page::Room => ("1 of 3 · the room", "Once a day."),
            Page::Client => (
                "2 of 3 · the client",
                "At intake, dressed, away from the screen. n no, y yes.",
            ),
            Page::StepUp => (
                "3 of 3 · before you step up",
                "Of your tools and of yourself.",
            ),
            Page::InPlace => ("Ready", ""),
            Page::Today => ("this session", "What is chosen for today."),
            Page::Tomorrow => ("until when?", ""),
            Page::Alone => (
                "leave alone today",
                "Ticked is left out of this session, and forgotten after it.",
            ),
        }
    }

    /// Draws the screen.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, beside: Beside<'_>) {
        let areas = self.areas(area);
        let (_, how) = self.title();
        let mut head = vec![Line::styled(
            self.heading(beside.title, areas.head.width),
            theme.bright(),
        )];
        if areas.head.height > 1 {
            head.push(Line::styled(how, theme.dim()));
        }
        Paragraph::new(head).render(areas.head, buf);
        if self.page == Page::InPlace {
            self.render_in_place(areas.list, buf, theme, beside.chosen);
        } else if self.page == Page::Tomorrow {
            let lines = wrap(&self.question, areas.list.width);
            let lines = lines
                .into_iter()
                .map(|line| Line::styled(line, theme.bright()));
            Paragraph::new(lines.collect::<Vec<_>>()).render(areas.list, buf);
        } else {
            let rows = self.rows(areas.list.width);
            let top = self.top(&rows, areas.list.height);
            for (y, row) in (areas.list.top()..areas.list.bottom()).zip(rows.iter().skip(top)) {
                let marked = row.entry == self.marked.index;
                let style = match (row.advice, marked) {
                    (true, _) => theme.warn().add_modifier(Modifier::BOLD),
                    (false, true) => theme.marked(),
                    (false, false) => theme.text(),
                };
                let pointer = if marked && !row.text.starts_with("    ") {
                    "▶ "
                } else {
                    "  "
                };
                let text = format!("{pointer}{}", row.text);
                buf.set_stringn(areas.list.x, y, text, usize::from(areas.list.width), style);
            }
        }
        beside.foot.render(areas.foot, buf);
        if self.page == Page::Alone {
            self.render_left(areas.below, buf, theme);
            return;
        }
        let sound = fit_parts(beside.sound, areas.below.width);
        let mut below = vec![Line::styled(sound, theme.text())];
        let room = usize::from(areas.below.height.saturating_sub(1));
        let mut sentences = NO_CLEARANCE;
        // Whole sentences only; the first is the one that counts.
        while wrap(sentences, areas.below.width).len() > room {
            match sentences.trim_end_matches('.').rfind(". ") {
                Some(at) => sentences = sentences.get(..=at).unwrap_or_default(),
                None => break,
            }
        }
        for line in wrap(sentences, areas.below.width) {
            below.push(Line::styled(line, theme.dim()));
        }
        Paragraph::new(below).render(areas.below, buf);
    }

    /// What leaving alone comes to.
    fn render_left(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut lines: Vec<Line> = Vec::new();
        for (n, line) in self.left.iter().enumerate() {
            let style = if n == 0 { theme.bright() } else { theme.warn() };
            let wrapped = wrap(line, area.width);
            lines.extend(wrapped.into_iter().map(|line| Line::styled(line, style)));
        }
        if lines.is_empty() {
            lines.push(Line::styled(
                fit("nothing is left alone", area.width),
                theme.dim(),
            ));
        }
        let room = usize::from(area.height);
        if lines.len() > room {
            lines.truncate(room.saturating_sub(1));
            lines.push(Line::styled("…", theme.warn()));
        }
        Paragraph::new(lines).render(area, buf);
    }

    fn render_in_place(&self, area: Rect, buf: &mut Buffer, theme: &Theme, chosen: &[String]) {
        let yes: Vec<String> = self
            .lists
            .client
            .iter()
            .zip(&self.client)
            .filter(|(_, mark)| **mark == Mark::Yes)
            .map(|(question, _)| format!("{} {}", question.advice.what_to_do(), question.asks))
            .collect();
        let sentence = wrap("Press any key when you are in place.", area.width);
        // How to go on is always in view; what was answered with Yes comes first.
        let room = usize::from(area.height).saturating_sub(sentence.len() + 1);
        let mut lines: Vec<Line> = yes
            .iter()
            .flat_map(|text| wrap(text, area.width))
            .map(|line| Line::styled(line, theme.warn().add_modifier(Modifier::BOLD)))
            .collect();
        let chosen = chosen.iter().flat_map(|line| wrap(line, area.width));
        lines.extend(chosen.map(|line| Line::styled(line, theme.bright())));
        if lines.len() > room {
            lines.truncate(room.saturating_sub(1));
            let more = "… Esc shows all";
            lines.push(Line::styled(fit(more, area.width), theme.warn()));
        }
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        for line in sentence {
            lines.push(Line::styled(line, theme.marked()));
        }
        lines.push(Line::default());
        let then = "Then 3, 2, 1, and the first step begins. Esc goes back to the lists.";
        for line in wrap(then, area.width) {
            lines.push(Line::styled(line, theme.dim()));
        }
        Paragraph::new(lines).render(area, buf);
    }
}

/// The marks of `now`, those of lines that stood in `before`; none for a line
/// that is new.
fn kept<T: PartialEq>(before: &[T], marks: &[Mark], now: &[T]) -> Vec<Option<Mark>> {
    let known = |line: &T| before.iter().position(|other| other == line);
    now.iter()
        .map(|line| known(line).and_then(|index| marks.get(index).copied()))
        .collect()
}

/// What to do after a Yes, and where.
const fn advised(advice: Advice) -> &'static str {
    match advice {
        Advice::LeaveArea => "Leave that area alone: a leaves its strokes out.",
        other => other.what_to_do(),
    }
}

/// Whether there was a list to turn to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// It is shown now.
    To,
    /// The lists end here.
    Out,
}

struct Areas {
    head: Rect,
    list: Rect,
    below: Rect,
    foot: Rect,
}

struct Row {
    entry: usize,
    text: String,
    advice: bool,
}
