//! The end: the client's card on the left, and for the therapist alone what
//! was done, planned against actual, left against right. It stays until the
//! user leaves.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph, Widget};

use crate::card::Card;
use crate::routine::time::{clock, round_seconds};
use crate::session::Outcome;
use crate::summary::{Share, Summary};
use crate::tui::theme::Theme;
use crate::tui::widgets::bands::Bands;
use crate::tui::widgets::text::{fit, width, wrap};

/// The form in which the card is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A page that prints on one sheet.
    Html,
}

impl Form {
    /// The file's ending.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }
}

/// The aftercare screen.
#[derive(Debug, Clone)]
pub struct AftercareScreen {
    /// The client's card.
    pub card: Card,
    /// The therapist's own part.
    pub summary: Summary,
    /// How the session ended.
    pub outcome: Outcome,
    /// Rows scrolled down.
    pub scroll: usize,
    /// Whether it asks in which form to save.
    pub asking: Asking,
}

/// Whether the screen waits for the form of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// It does.
    Form,
    /// It does not.
    Nothing,
}

impl AftercareScreen {
    /// The screen at the end of a session.
    #[must_use]
    pub const fn new(card: Card, summary: Summary, outcome: Outcome) -> Self {
        Self {
            card,
            summary,
            outcome,
            scroll: 0,
            asking: Asking::Nothing,
        }
    }

    /// Scrolls by so many rows, as far as there is anything.
    pub fn scroll(&mut self, by: isize, area: Rect, theme: &Theme) {
        let areas = Self::areas(area);
        let card = self.card_lines(areas.card.width, theme).len();
        let rows = if areas.own == Rect::ZERO {
            card + 1 + self.own_lines(areas.card.width, theme).len()
        } else {
            card.max(self.own_lines(areas.own.width, theme).len())
        };
        let most = rows.saturating_sub(usize::from(areas.card.height));
        self.scroll = self.scroll.saturating_add_signed(by).min(most);
    }

    fn areas(area: Rect) -> Areas {
        let Bands { head, body, foot } = Bands::of(area);
        if area.width >= 112 {
            let [card, own] =
                Layout::horizontal([Constraint::Percentage(64), Constraint::Fill(1)]).areas(body);
            let card = Rect {
                width: card.width.saturating_sub(2),
                ..card
            };
            Areas {
                head,
                card,
                own,
                foot,
            }
        } else {
            Areas {
                head,
                card: body,
                own: Rect::ZERO,
                foot,
            }
        }
    }

    /// Draws the screen.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, foot: Line<'_>) {
        let areas = Self::areas(area);
        let title = match self.outcome {
            Outcome::Finished => "Finished. Step down slowly.",
            Outcome::EndedEarly => "Ended early.",
            Outcome::Interrupted => "Kept for later.",
        };
        Line::styled(
            fit(title, areas.head.width),
            theme.bright().add_modifier(Modifier::BOLD),
        )
        .render(areas.head, buf);
        let mut card = self.card_lines(areas.card.width, theme);
        if areas.own == Rect::ZERO {
            card.push(Line::styled(
                "─".repeat(usize::from(areas.card.width)),
                theme.faint(),
            ));
            card.extend(self.own_lines(areas.card.width, theme));
        } else {
            let block = Block::new()
                .borders(Borders::LEFT)
                .border_style(theme.faint());
            let inner = block.inner(areas.own).inner(Margin::new(1, 0));
            block.render(areas.own, buf);
            scrolled(
                self.own_lines(inner.width, theme),
                self.scroll,
                inner,
                buf,
                theme,
            );
        }
        scrolled(card, self.scroll, areas.card, buf, theme);
        match self.asking {
            Asking::Nothing => foot.render(areas.foot, buf),
            Asking::Form => {
                // Every answer stays in sight, in however few words.
                let question = [
                    "save the card as: t text   m Markdown   h page to print   Esc not now",
                    "save as: t text  m Markdown  h page",
                    "t text  m Markdown  h page",
                ]
                .into_iter()
                .find(|question| width(question) <= areas.foot.width)
                .unwrap_or("save: t m h");
                Line::styled(fit(question, areas.foot.width), theme.marked())
                    .render(areas.foot, buf);
            }
        }
    }

    fn card_lines(&self, most: u16, theme: &Theme) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        let until = format!("For the client · {}", lower_first(&self.card.holds()));
        push(&mut lines, "", &until, most, theme.bright());
        let aftercare = &self.card.aftercare;
        let list = |heading: &str, sign: &str, items: &[String], most: u16| {
            let mut lines = Vec::new();
            if items.is_empty() {
                return lines;
            }
            let style = theme.text().add_modifier(Modifier::BOLD);
            push(&mut lines, "", heading, most, style);
            for item in items {
                push(&mut lines, sign, item, most, theme.text());
            }
            lines
        };
        lines.push(Line::default());
        if most >= TWO_COLUMNS {
            // What to do and what not stand side by side, as on the card.
            let half = (most - GUTTER) / 2;
            let left = list("Do", "+ ", &aftercare.recommend, half);
            let right = list("Do not", "× ", &aftercare.avoid, half);
            lines.extend(side_by_side(left, right, half + GUTTER));
        } else {
            lines.extend(list("Do", "+ ", &aftercare.recommend, most));
            lines.push(Line::default());
            lines.extend(list("Do not", "× ", &aftercare.avoid, most));
        }
        let care = list("Take care", "! ", &aftercare.caution, most);
        if !care.is_empty() {
            lines.push(Line::default());
            lines.extend(care);
        }
        if !aftercare.note.is_empty() {
            lines.push(Line::default());
            push(&mut lines, "", &aftercare.note, most, theme.dim());
        }
        lines
    }

    fn own_lines(&self, most: u16, theme: &Theme) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        push(
            &mut lines,
            "",
            "For you alone · worked, of planned",
            most,
            theme.bright(),
        );
        lines.push(Line::default());
        lines.push(of("in all", self.summary.all, most, theme.text()));
        if self.summary.transitions.planned > Duration::ZERO {
            lines.push(of(
                "transitions",
                self.summary.transitions,
                most,
                theme.dim(),
            ));
        }
        if self.summary.paused >= Duration::from_secs(1) {
            let paused = format!("paused {}", clock(round_seconds(self.summary.paused)));
            push(&mut lines, "", &paused, most, theme.dim());
        }
        let longest = self
            .summary
            .regions
            .values()
            .flat_map(|region| [region.all.planned, region.all.actual])
            .max()
            .unwrap_or_default();
        for (region, share) in &self.summary.regions {
            lines.push(Line::default());
            lines.push(of(region.human(), share.all, most, theme.text()));
            lines.push(bar(share.all, longest, most, theme));
            let sides =
                share.left.planned + share.left.actual + share.right.planned + share.right.actual;
            if sides > Duration::ZERO {
                let shown = |time: Duration| clock(round_seconds(time));
                let line = format!(
                    "left {}  right {}",
                    shown(share.left.actual),
                    shown(share.right.actual)
                );
                push(&mut lines, "", &line, most, theme.dim());
            }
        }
        lines
    }
}

/// From this width on the card has two columns, this far apart.
const TWO_COLUMNS: u16 = 60;
const GUTTER: u16 = 3;

/// Two lists beside each other, the second from column `at` on.
fn side_by_side(
    left: Vec<Line<'static>>,
    right: Vec<Line<'static>>,
    at: u16,
) -> Vec<Line<'static>> {
    let rows = left.len().max(right.len());
    let mut left = left.into_iter();
    let mut right = right.into_iter();
    (0..rows)
        .map(|_| {
            let mut line = left.next().unwrap_or_default();
            let used = u16::try_from(line.width()).unwrap_or(at);
            if let Some(other) = right.next() {
                line.spans
                    .push(Span::raw(" ".repeat(usize::from(at.saturating_sub(used)))));
                let style = other.style;
                line.spans = std::mem::take(&mut line.spans)
                    .into_iter()
                    .map(|span| span.patch_style(line.style))
                    .chain(other.spans.into_iter().map(|span| span.patch_style(style)))
                    .collect();
                line.style = Style::new();
            }
            line
        })
        .collect()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

/// A paragraph with a sign before its first line.
fn push(lines: &mut Vec<Line<'static>>, sign: &str, text: &str, most: u16, style: Style) {
    let room = most.saturating_sub(width(sign));
    for (n, line) in wrap(text, room).into_iter().enumerate() {
        let lead = if n == 0 {
            sign.to_owned()
        } else {
            " ".repeat(usize::from(width(sign)))
        };
        lines.push(Line::styled(format!("{lead}{line}"), style));
    }
}

/// "in all      19:40 of 20:00".
fn of(what: &str, share: Share, most: u16, style: Style) -> Line<'static> {
    let times = format!(
        "{} of {}",
        clock(round_seconds(share.actual)),
        clock(round_seconds(share.planned))
    );
    let gap = usize::from(most)
        .saturating_sub(usize::from(width(what)) + times.len())
        .max(1);
    Line::styled(
        fit(&format!("{what}{}{times}", " ".repeat(gap)), most),
        style,
    )
}

/// Worked as a full bar, what was planned beyond it as an empty one.
fn bar(share: Share, longest: Duration, most: u16, theme: &Theme) -> Line<'static> {
    let cells = |time: Duration| {
        let cells = time.as_nanos() * u128::from(most) / longest.as_nanos().max(1);
        usize::try_from(cells).unwrap_or(0).min(usize::from(most))
    };
    let (actual, planned) = (cells(share.actual), cells(share.planned));
    Line::from(vec![
        Span::styled("█".repeat(actual), theme.dim()),
        Span::styled("░".repeat(planned.saturating_sub(actual)), theme.faint()),
    ])
}

/// The lines from `top` on; where more follows, the last row says so.
fn scrolled(lines: Vec<Line<'static>>, top: usize, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let rows = usize::from(area.height);
    let top = top.min(lines.len().saturating_sub(rows));
    let more = lines.len().saturating_sub(top + rows);
    Paragraph::new(lines.into_iter().skip(top).collect::<Vec<_>>()).render(area, buf);
    if more > 0 && area.height > 1 {
        let row = Rect {
            y: area.bottom() - 1,
            height: 1,
            ..area
        };
        buf.set_style(row, theme.ground());
        for x in row.left()..row.right() {
            if let Some(cell) = buf.cell_mut((x, row.y)) {
                cell.reset();
                cell.set_style(theme.ground());
            }
        }
        Line::styled(format!("↓ {} more", more + 1), theme.bright()).render(row, buf);
    }
}

struct Areas {
    head: Rect,
    card: Rect,
    own: Rect,
    foot: Rect,
}
