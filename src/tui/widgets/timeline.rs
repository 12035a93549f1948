//! The whole session to scale, in one row: the client's left as upper half
//! blocks, the right as lower ones, both or none as full ones, transitions
//! hatched; what is done is a thin line. It says without colour which side is
//! next.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use crate::plan::{Plan, Segment};
use crate::routine::vocabulary::Side;
use crate::tui::theme::Theme;

/// A plan drawn to scale.
#[derive(Debug, Clone, Copy)]
pub struct Timeline<'a> {
    /// What is drawn.
    pub plan: &'a Plan,
    /// How long each step lasts, as adjusted.
    pub times: &'a [Duration],
    /// The index of the step being worked, if the session runs; all before it
    /// is done.
    pub current: Option<usize>,
    /// Colours.
    pub theme: &'a Theme,
}

impl Timeline<'_> {
    /// The columns of each step, from the left edge: a step with time has at
    /// least a share of one.
    fn spans(&self, width: u16) -> Vec<(u16, u16)> {
        let total: Duration = self.times.iter().sum();
        let total = total.as_nanos().max(1);
        let column = |at: Duration| {
            u16::try_from(at.as_nanos() * u128::from(width) / total).unwrap_or(width)
        };
        let mut start = Duration::ZERO;
        self.times
            .iter()
            .map(|time| {
                let from = column(start);
                start += *time;
                (from, column(start))
            })
            .collect()
    }

    /// Draws the row of blocks.
    pub fn render_bar(&self, area: Rect, buf: &mut Buffer) {
        let spans = self.spans(area.width);
        for (index, (segment, (from, to))) in self.plan.segments.iter().zip(spans).enumerate() {
            let (symbol, style) = match self.current {
                Some(current) if index < current => ("─", self.theme.faint()),
                Some(current) if index == current => (block(segment), self.theme.bright()),
                _ => (block(segment), self.theme.dim()),
            };
            // A gap tells neighbours apart where there is room for one.
            let end = if to - from > 1 { to - 1 } else { to };
            for x in from..end {
                if let Some(cell) = buf.cell_mut((area.x + x, area.y)) {
                    cell.set_symbol(symbol).set_style(style);
                }
            }
        }
        // A step too short for a column of its own is still shown when it is now.
        if let Some(current) = self.current
            && let Some(&(from, to)) = self.spans(area.width).get(current)
            && from == to
            && let Some(segment) = self.plan.segments.get(current)
            && let Some(cell) =
                buf.cell_mut((area.x + from.min(area.width.saturating_sub(1)), area.y))
        {
            cell.set_symbol(block(segment))
                .set_style(self.theme.bright());
        }
    }

    /// Draws some of the steps once more, bright: those for which `is_one` holds,
    /// by their index.
    pub fn render_bright(&self, is_one: impl Fn(usize) -> bool, area: Rect, buf: &mut Buffer) {
        let segments = self.plan.segments.iter().zip(self.spans(area.width));
        for (_, (segment, (from, to))) in segments.enumerate().filter(|(n, _)| is_one(*n)) {
            let end = if to - from > 1 { to - 1 } else { to };
            // A step too short for a column of its own has its neighbour's.
            let end = end.max(from + 1).min(area.width);
            for x in from..end {
                if let Some(cell) = buf.cell_mut((area.x + x, area.y)) {
                    cell.set_symbol(block(segment))
                        .set_style(self.theme.bright());
                }
            }
        }
    }

    /// Draws the phases' names, each where its phase begins, as far as there
    /// is room before the next.
    pub fn render_names(&self, area: Rect, buf: &mut Buffer) {
        let spans = self.spans(area.width);
        let now = self
            .current
            .and_then(|current| self.plan.segments.get(current))
            .map(|segment| segment.phase);
        let mut begins: Vec<(usize, u16)> = Vec::new();
        for (segment, (from, _)) in self.plan.segments.iter().zip(&spans) {
            if begins
                .last()
                .is_none_or(|&(phase, _)| phase != segment.phase)
            {
                begins.push((segment.phase, *from));
            }
        }
        // The phase being worked keeps its name; others yield.
        let mut taken: Vec<(u16, u16)> = Vec::new();
        let order = begins
            .iter()
            .filter(|(phase, _)| Some(*phase) == now)
            .chain(begins.iter().filter(|(phase, _)| Some(*phase) != now));
        for &(phase, from) in order {
            let Some(name) = self.plan.phases.get(phase).map(|phase| phase.name.as_str()) else {
                continue;
            };
            let width = u16::try_from(name.width()).unwrap_or(u16::MAX);
            let Some(end) = from.checked_add(width).filter(|&end| end <= area.width) else {
                continue;
            };
            if taken.iter().any(|&(a, b)| from <= b && a <= end) {
                continue;
            }
            taken.push((from, end));
            let style = if Some(phase) == now {
                self.theme.text()
            } else {
                self.theme.dim()
            };
            buf.set_span(area.x + from, area.y, &Span::styled(name, style), width);
        }
    }
}

/// How a step to come is drawn.
fn block(segment: &Segment) -> &'static str {
    match (segment.is_transition(), segment.side) {
        (true, _) => "▒",
        (false, Some(Side::Left)) => "▀",
        (false, Some(Side::Right)) => "▄",
        (false, _) => "█",
    }
}
