//! The debrief, for the therapist alone: one session step by step, planned
//! against worked, left against right, the runs before it beside it; what the
//! receiver felt and why it ended early, a tap each. It reads and writes no
//! file: it is given the session, and answers presses with what it wishes for.

mod picture;
mod review;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Widget};

pub use review::{RUNS, Review, Run, load};

use crate::routine::text::printable;
use crate::session::Outcome;
use crate::store::{Felt, Kind, Reason, SessionKey, Trouble};
use crate::tui::keys::{self, InList, Key};
use crate::tui::theme::Theme;
use crate::tui::widgets::bands::Bands;
use crate::tui::widgets::sheet::Sheet;
use crate::tui::widgets::text::{fit, width, wrap};

/// What the screen wishes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Keep what the receiver felt; none if nobody was asked.
    SetFelt(SessionKey, Option<Vec<Felt>>),
    /// Keep why the session ended early; none if that is not to be said.
    SetReason(SessionKey, Option<Reason>),
    /// Back.
    Close,
    /// What lists have in common: help, to the shell.
    Other(InList),
}

/// The session, or why there is none to show.
#[derive(Debug, Clone)]
enum Content {
    Awaited,
    Here(Box<Review>),
    Amiss(Trouble),
}

/// The debrief's screen.
#[derive(Debug, Clone)]
pub struct DebriefScreen {
    content: Content,
    /// What the file was last seen to have of the taps.
    kept: Option<(Option<Vec<Felt>>, Option<Reason>)>,
    /// Rows scrolled down.
    top: usize,
}

impl Default for DebriefScreen {
    fn default() -> Self {
        Self::new()
    }
}

impl DebriefScreen {
    /// Before the session is read.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            content: Content::Awaited,
            kept: None,
            top: 0,
        }
    }

    /// Shows the session as it was read, or what stood in the way.
    pub fn set(&mut self, review: Result<Review, Trouble>) {
        self.content = match review {
            Ok(review) => {
                let entry = &review.run.entry;
                self.kept = Some((entry.felt.clone(), entry.reason));
                Content::Here(Box::new(review))
            }
            Err(trouble) => Content::Amiss(trouble),
        };
    }

    /// A tap could not be kept: what is shown is what the file has.
    pub fn refused(&mut self, key: SessionKey) {
        if let Content::Here(review) = &mut self.content
            && review.run.entry.key == key
            && let Some((felt, reason)) = &self.kept
        {
            review.run.entry.felt.clone_from(felt);
            review.run.entry.reason = *reason;
        }
    }

    /// The session that is shown.
    #[must_use]
    pub fn key(&self) -> Option<SessionKey> {
        match &self.content {
            Content::Here(review) => Some(review.run.entry.key),
            Content::Awaited | Content::Amiss(_) => None,
        }
    }

    /// A press, or the same held down.
    pub fn press(&mut self, key: Key, held: bool, area: Rect, theme: &Theme) -> Option<Wish> {
        let action = keys::meaning(keys::DEBRIEF, key)?;
        let page = isize::try_from(Areas::of(area).first.height.max(2) - 1).unwrap_or(1);
        match action {
            InList::Up => self.scroll(-1, area, theme),
            InList::Down => self.scroll(1, area, theme),
            InList::PageUp => self.scroll(-page, area, theme),
            InList::PageDown => self.scroll(page, area, theme),
            InList::First => self.top = 0,
            InList::Last => self.scroll(isize::MAX, area, theme),
            _ if held => {}
            InList::Felt(felt) => return self.toggle(felt),
            InList::AllWell => return self.all_well(),
            InList::Because(reason) => return self.because(reason),
            InList::Close | InList::Quit => return Some(Wish::Close),
            other => return Some(Wish::Other(other)),
        }
        None
    }

    /// Scrolls by so many rows, as far as there is anything.
    pub fn scroll(&mut self, by: isize, area: Rect, theme: &Theme) {
        let Content::Here(review) = &self.content else {
            return;
        };
        let last = sheets(review, &Areas::of(area), theme)
            .iter()
            .map(|(sheet, place)| sheet.last_top(place.height))
            .max()
            .unwrap_or_default();
        // From where it is seen: the window may have grown since.
        self.top = self.top.min(last).saturating_add_signed(by).min(last);
    }

    /// The session, if a receiver could feel anything in it.
    fn felt_by_somebody(&mut self) -> Option<&mut Run> {
        match &mut self.content {
            Content::Here(review) if review.run.entry.kind != Kind::Rehearsal => {
                Some(&mut review.run)
            }
            _ => None,
        }
    }

    fn toggle(&mut self, felt: Felt) -> Option<Wish> {
        let entry = &mut self.felt_by_somebody()?.entry;
        let words = entry.felt.get_or_insert_default();
        match words.iter().position(|word| *word == felt) {
            Some(at) => {
                words.remove(at);
            }
            None => words.push(felt),
        }
        words.sort_unstable();
        Some(Wish::SetFelt(entry.key, entry.felt.clone()))
    }

    fn all_well(&mut self) -> Option<Wish> {
        let entry = &mut self.felt_by_somebody()?.entry;
        entry.felt = match &entry.felt {
            Some(words) if words.is_empty() => None,
            _ => Some(Vec::new()),
        };
        Some(Wish::SetFelt(entry.key, entry.felt.clone()))
    }

    fn because(&mut self, reason: Reason) -> Option<Wish> {
        let Content::Here(review) = &mut self.content else {
            return None;
        };
        let entry = &mut review.run.entry;
        if entry.outcome != Outcome::EndedEarly {
            return None;
        }
        entry.reason = (entry.reason != Some(reason)).then_some(reason);
        Some(Wish::SetReason(entry.key, entry.reason))
    }

    /// Draws the screen; `foot` is the row of hints or a notice.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, foot: Line<'_>) {
        let areas = Areas::of(area);
        let title = match &self.content {
            Content::Here(review) => printable(&review.run.entry.routine),
            Content::Awaited | Content::Amiss(_) => "step by step".to_owned(),
        };
        let title = fit(&title, areas.head.width);
        let alone = "   for you alone";
        let mut head = vec![Span::styled(title.clone(), theme.bright())];
        if width(&title) + width(alone) <= areas.head.width {
            head.push(Span::styled(alone, theme.dim()));
        }
        Line::from(head).render(areas.head, buf);
        match &self.content {
            Content::Awaited => self.say("reading the session …", areas.first, buf, theme),
            Content::Amiss(trouble) => {
                let why = format!("The session can't be shown: {trouble}.");
                self.say(&why, areas.first, buf, theme);
            }
            Content::Here(review) => {
                if !areas.second.is_empty() {
                    Block::new()
                        .borders(Borders::LEFT)
                        .border_style(theme.faint())
                        .render(areas.rule, buf);
                }
                for (sheet, place) in sheets(review, &areas, theme) {
                    sheet.show(self.top, place, buf, theme);
                }
            }
        }
        foot.render(areas.foot, buf);
    }

    fn say(&self, text: &str, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let lines = wrap(text, area.width)
            .into_iter()
            .map(|line| Line::styled(line, theme.text()))
            .collect();
        Sheet::of(lines, area.width, theme).show(self.top, area, buf, theme);
    }
}

/// What is scrolled: in a wide window the steps, and the rest beside them.
fn sheets(review: &Review, areas: &Areas, theme: &Theme) -> Vec<(Sheet, Rect)> {
    let sheet = |parts: Vec<Vec<Line<'static>>>, place: Rect| {
        let mut lines: Vec<Line<'static>> = Vec::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.extend(part);
        }
        (Sheet::of(lines, place.width, theme), place)
    };
    let most = areas.first.width;
    let summary = picture::summary(review, most, theme);
    let steps = picture::steps(review, most, theme);
    let beside = if areas.second.is_empty() {
        most
    } else {
        areas.second.width
    };
    let taps = picture::taps(&review.run, beside, theme);
    let sides = picture::sides(&review.run, beside, theme);
    let runs = picture::runs(review, beside, theme);
    if areas.second.is_empty() {
        return vec![sheet(vec![summary, taps, steps, sides, runs], areas.first)];
    }
    vec![
        sheet(vec![summary, steps], areas.first),
        sheet(vec![taps, sides, runs], areas.second),
    ]
}

struct Areas {
    head: Rect,
    first: Rect,
    /// The rule between the two.
    rule: Rect,
    second: Rect,
    foot: Rect,
}

impl Areas {
    fn of(area: Rect) -> Self {
        let Bands { head, body, foot } = Bands::of(area);
        if area.width < 112 {
            return Self {
                head,
                first: body,
                rule: Rect::ZERO,
                second: Rect::ZERO,
                foot,
            };
        }
        // In a vast window the second half gets its share.
        let share = (body.width * 3 / 10).max(34);
        let [first, rule, second] = Layout::horizontal([
            Constraint::Fill(1),
            Constraint::Length(3),
            Constraint::Length(share),
        ])
        .areas(body);
        let rule = Rect {
            x: rule.x + 1,
            width: 1,
            ..rule
        };
        Self {
            head,
            first,
            rule,
            second,
            foot,
        }
    }
}
