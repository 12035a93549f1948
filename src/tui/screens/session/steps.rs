//! The session as a list of its steps, instead of the one that is worked in
//! large letters.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::SessionScreen;
use crate::routine::time::clock;
use crate::tui::widgets::text::{fit, width};

impl SessionScreen<'_> {
    /// The steps as a list around the current one.
    pub(super) fn steps(&self, area: Rect, buf: &mut Buffer) {
        let session = self.live.session();
        let plan = session.plan();
        let current = session.visit().map_or(0, |visit| visit.index);
        let rows = usize::from(area.height.saturating_sub(2));
        let first = current.saturating_sub(rows / 3);
        let glance = self.glance();
        let side = glance
            .side
            .as_ref()
            .map(|side| format!("{}  ", side.line(10)))
            .unwrap_or_default();
        let status = glance.status.as_ref().map(|status| status.line(None));
        let what = status.as_deref().unwrap_or(&glance.name);
        let top = format!("{}  {side}{what}", glance.time);
        Line::styled(fit(&top, area.width), self.theme.marked())
            .render(Rect { height: 1, ..area }, buf);
        for (row, (index, segment)) in plan
            .segments
            .iter()
            .enumerate()
            .skip(first)
            .take(rows)
            .enumerate()
        {
            let Ok(offset) = u16::try_from(row) else {
                break;
            };
            let mark = if index == current { "▶" } else { " " };
            let (number, time) = (segment.number, clock(session.allotted(index)));
            let before = if area.width < 40 {
                format!("{mark}{number:>3} {time:>5} ")
            } else {
                format!("{mark} {number:>3}  {time:>7}  ")
            };
            let side = segment.side.map(|side| format!(" · {}", side.human()));
            let side = side.unwrap_or_default();
            // A long name yields, its side does not.
            let room = area.width.saturating_sub(width(&before) + width(&side));
            let line = format!("{before}{}{side}", fit(segment.name(), room));
            let style = match index.cmp(&current) {
                std::cmp::Ordering::Less => self.theme.dim(),
                std::cmp::Ordering::Equal => self.theme.marked(),
                std::cmp::Ordering::Greater => self.theme.text(),
            };
            let at = Rect::new(area.x, area.y + 1 + offset, area.width, 1);
            Line::styled(fit(&line, area.width), style).render(at.intersection(area), buf);
        }
        if area.height > 2 {
            self.foot(
                Rect {
                    y: area.bottom() - 1,
                    height: 1,
                    ..area
                },
                buf,
            );
        }
    }
}
