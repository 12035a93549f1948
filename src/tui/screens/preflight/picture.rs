//! How pre-flight is drawn: its lists, what they come to, and the wait for
//! being in place.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget};

use super::{Beside, Mark, Page, Preflight};
use crate::preflight::{Advice, NO_CLEARANCE};
use crate::tui::theme::Theme;
use crate::tui::widgets::bands::within;
use crate::tui::widgets::list::Marked;
use crate::tui::widgets::text::{fit, fit_parts, width, wrap};

impl Preflight {
    pub(super) fn areas(&self, area: Rect) -> Areas {
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

    pub(super) fn rows(&self, width: u16) -> Vec<Row> {
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

    pub(super) fn top(&self, rows: &[Row], height: u16) -> usize {
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
            let seen = seen(&rows, areas.list);
            let top = self.top(&rows, seen.height);
            for (y, row) in (seen.top()..seen.bottom()).zip(rows.iter().skip(top)) {
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
            let below = rows.get(top + usize::from(seen.height)..);
            render_more(below.unwrap_or_default(), areas.list, buf, theme);
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

    /// How many questions about the client were passed over.
    fn unanswered(&self) -> Option<String> {
        let open = self.client.iter().filter(|mark| **mark == Mark::Open);
        match open.count() {
            0 => None,
            1 => Some("One question about the client has no answer.".to_owned()),
            all if all == self.client.len() => {
                Some("The questions about the client have no answers.".to_owned())
            }
            some => Some(format!("{some} questions about the client have no answer.")),
        }
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
        lines.extend(
            self.unanswered()
                .iter()
                .flat_map(|text| wrap(text, area.width))
                .map(|line| Line::styled(line, theme.warn())),
        );
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

/// The part of the list that rows stand in: where there are more, the last line
/// says so.
pub(super) fn seen(rows: &[Row], list: Rect) -> Rect {
    let says_more = rows.len() > usize::from(list.height) && list.height > 2;
    Rect {
        height: list.height - u16::from(says_more),
        ..list
    }
}

/// How many entries are in these rows, below those that are seen.
fn render_more(below: &[Row], list: Rect, buf: &mut Buffer, theme: &Theme) {
    let entries = below.chunk_by(|a, b| a.entry == b.entry).count();
    if entries > 0 && list.height > 2 {
        let row = Rect {
            y: list.bottom() - 1,
            height: 1,
            ..list
        };
        Line::styled(format!("  ↓ {entries} more"), theme.bright()).render(row, buf);
    }
}

/// What to do after a Yes, and where.
const fn advised(advice: Advice) -> &'static str {
    match advice {
        Advice::LeaveArea => "Leave that area alone: a leaves its strokes out.",
        other => other.what_to_do(),
    }
}

pub(super) struct Areas {
    pub(super) head: Rect,
    pub(super) list: Rect,
    pub(super) below: Rect,
    pub(super) foot: Rect,
}

pub(super) struct Row {
    pub(super) entry: usize,
    pub(super) text: String,
    pub(super) advice: bool,
}
