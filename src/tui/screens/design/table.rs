//! The table: a row each for phases, steps, groups and sequences, with when it begins, where it is
//! and how long it lasts; and the timeline above it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::Designer;
use crate::design::{Design, Row, RowKind, Words};
use crate::routine::text::printable;
use crate::routine::time::clock;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::Marked;
use crate::tui::widgets::text::{fit, fit_parts, width};
use crate::tui::widgets::timeline::Timeline;

/// Columns of a step's number, of when it begins, and of how long it lasts.
const NUMBER: u16 = 4;
const START: u16 = 8;
const LENGTH: u16 = 8;
/// Of the sign of a problem.
const SIGN: u16 = 2;

/// The row under the mouse.
pub(super) fn row_at(design: &Design, area: Rect, at: Position) -> Option<usize> {
    let index = design.cursor();
    Marked { index }.hit(area, at, design.rows().len())
}

impl Designer {
    pub(super) fn render_table(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let rows = self.design.rows();
        let cursor = self.design.cursor();
        let marked = self.mark.map(|_| self.selected());
        let top = Marked { index: cursor }.top(rows.len(), usize::from(area.height));
        for (y, (n, row)) in (area.top()..area.bottom()).zip(rows.iter().enumerate().skip(top)) {
            let line = Rect::new(area.x, y, area.width, 1);
            let is_marked = marked.as_ref().is_some_and(|marked| marked.contains(&n));
            let mark = match (n == cursor, is_marked) {
                (true, _) => "▶ ",
                (false, true) => "• ",
                (false, false) => "  ",
            };
            let style = match (n == cursor, is_marked, row.kind) {
                (true, ..) => theme.marked(),
                (_, true, _) => theme.bright(),
                (_, _, RowKind::Phase | RowKind::Sequence | RowKind::Routine) => theme.text(),
                _ => theme.dim(),
            };
            let style = match row.kind {
                RowKind::Step | RowKind::Use if n != cursor && !is_marked => theme.text(),
                RowKind::Phase | RowKind::Sequence | RowKind::Routine if n != cursor => {
                    theme.bright()
                }
                _ => style,
            };
            buf.set_string(line.x, y, mark, style);
            self.render_row(n, row, line, buf, style, theme);
            if let Some(sign) = self.problems.sign(n).filter(|_| !self.is_bare()) {
                let at = line.right().saturating_sub(1);
                buf.set_string(at, y, sign, theme.warn());
            }
        }
    }

    fn render_row(
        &self,
        n: usize,
        row: &Row,
        line: Rect,
        buf: &mut Buffer,
        style: ratatui::style::Style,
        theme: &Theme,
    ) {
        let narrow = line.width < 50;
        let mut x = line.x + 2;
        let first = row.occurrences.first();
        if !narrow {
            if let Some(one) = first.filter(|_| row.kind.is_timed()) {
                let number = format!("{:>3}", one.number);
                buf.set_stringn(x, line.y, number, usize::from(NUMBER), theme.dim());
            }
            x += NUMBER;
        }
        if line.width >= 30 {
            if let Some(start) = first.and_then(|one| one.start).filter(|_| n > 0) {
                let start = format!("{:>7}", clock(start));
                buf.set_stringn(x, line.y, start, usize::from(START), theme.dim());
            }
            x += START;
        }
        let indent = u16::try_from(row.depth.min(12) * 2).unwrap_or(0);
        x += indent;
        let end = line.right().saturating_sub(LENGTH + SIGN);
        let room = end.saturating_sub(x);
        let title = self.titled(n, row);
        let place = self.placed(n, row);
        let wide = room.saturating_sub(width(&title) + 2);
        let title = fit(&title, room);
        buf.set_stringn(x, line.y, &title, usize::from(room), style);
        let place = if place.is_empty() || wide < 6 {
            String::new()
        } else {
            fit_parts(&place, wide)
        };
        let at = end.saturating_sub(width(&place) + 1).max(x);
        if !place.is_empty() {
            buf.set_string(at, line.y, place, theme.dim());
        }
        let length = match n {
            0 => Some(self.design.total().length),
            _ => row.length,
        };
        let length = match (row.kind, length) {
            (RowKind::Unknown, None) => String::new(),
            (_, Some(length)) => clock(length),
            (_, None) => "?".to_owned(),
        };
        let length_style = if row.kind.is_timed() {
            style
        } else {
            theme.dim()
        };
        let length = format!("{length:>7}");
        buf.set_stringn(end, line.y, length, usize::from(LENGTH), length_style);
    }

    fn titled(&self, n: usize, row: &Row) -> String {
        let title = self.design.title(n);
        match row.kind {
            RowKind::Sequence => format!("sequence \"{title}\""),
            RowKind::Use => format!("use \"{title}\""),
            _ => title,
        }
    }

    /// Where a step is worked, or how the client lies in a phase.
    fn placed(&self, n: usize, row: &Row) -> String {
        let word = |words: Words, field: &str| {
            let written = self.design.written(n, field)?;
            Some(printable(words.human(&written).unwrap_or(&written)))
        };
        match row.kind {
            RowKind::Phase => word(Words::Position, "position").unwrap_or_default(),
            RowKind::Step => {
                let mut place = word(Words::Region, "region").unwrap_or_default();
                if let Some(toward) = word(Words::Region, "toward") {
                    place = format!("{place} → {toward}");
                }
                match word(Words::Side, "side") {
                    Some(side) => format!("{place} · {side}"),
                    None => place,
                }
            }
            RowKind::Transition => match self.design.written(n, "hold").as_deref() {
                Some("true") => "waits for you".to_owned(),
                _ => String::new(),
            },
            RowKind::Sequence if row.occurrences.is_empty() => "not used".to_owned(),
            _ => String::new(),
        }
    }

    /// The hour to scale, what comes of the marked rows bright.
    pub(super) fn render_timeline(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let Some(plan) = self.plan.as_ref().filter(|_| area.height >= 2) else {
            return;
        };
        let times: Vec<_> = plan.segments.iter().map(|segment| segment.time).collect();
        let timeline = Timeline {
            plan,
            times: &times,
            current: None,
            theme,
        };
        let row = |y| Rect {
            y: area.y + y,
            height: 1,
            ..area
        };
        timeline.render_names(row(0), buf);
        timeline.render_bar(row(1), buf);
        let rows = self.selected();
        let rows = self.design.rows().get(rows).unwrap_or(&[]);
        let mut bright = vec![false; plan.segments.len()];
        for one in rows.iter().flat_map(|row| &row.occurrences) {
            let from = one.number.saturating_sub(1);
            let steps = bright.iter_mut().skip(from).take(one.steps);
            steps.for_each(|bright| *bright = true);
        }
        let is_one = |n: usize| bright.get(n).copied().unwrap_or(false);
        timeline.render_bright(is_one, row(1), buf);
        if self.plan().is_none() && area.height >= 3 {
            let line = "as it last could run";
            Line::styled(fit(line, area.width), theme.dim()).render(row(2), buf);
        }
    }
}
