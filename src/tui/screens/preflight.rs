//! Pre-flight: three short lists, the cue test and the volume, and then "press
//! any key when you are in place". Answers live here and nowhere else.

mod alone;
mod picture;
mod today;

use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::preflight::Lists;
use crate::tui::widgets::list::{Marked, Move};

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
        let list = picture::seen(&rows, list);
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
}

/// The marks of `now`, those of lines that stood in `before`; none for a line
/// that is new.
fn kept<T: PartialEq>(before: &[T], marks: &[Mark], now: &[T]) -> Vec<Option<Mark>> {
    let known = |line: &T| before.iter().position(|other| other == line);
    now.iter()
        .map(|line| known(line).and_then(|index| marks.get(index).copied()))
        .collect()
}

/// Whether there was a list to turn to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// It is shown now.
    To,
    /// The lists end here.
    Out,
}
