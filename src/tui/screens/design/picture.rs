//! The designer's picture: what stands where, and which keys there are. It changes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::{Designer, Mode, text};
use crate::routine::text::printable;
use crate::tui::keys;
use crate::tui::theme::Theme;
use crate::tui::widgets::bands::within;
use crate::tui::widgets::body::Head;
use crate::tui::widgets::hints::hint_line;
use crate::tui::widgets::text::{fit, width};

/// From here on the fields stand beside the table.
const WIDE: u16 = 100;

impl Designer {
    /// Draws the screen; `foot` is a line to be read instead of the keys.
    pub fn render(
        &self,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        head: Head,
        foot: Option<Line<'_>>,
    ) {
        let areas = Areas::of(area);
        self.render_head(areas.head, buf, theme);
        if let Mode::Text(page) = &self.mode {
            self.render_text(*page, areas.all, buf, theme);
        } else {
            let wide = area.width >= WIDE;
            let fields = match &self.mode {
                Mode::Fields(fields) | Mode::Ask(_, Some(fields)) => Some(fields),
                _ => None,
            };
            self.render_timeline(areas.time, buf, theme);
            match fields {
                Some(fields) if !wide => self.render_fields(Some(fields), areas.table, buf, theme),
                _ if self.is_bare() => self.render_bare(areas.table, buf, theme),
                _ => self.render_table(areas.table, buf, theme),
            }
            if wide {
                self.render_aside(fields, areas.aside, buf, theme, head);
            }
            self.render_totals(areas.totals, buf, theme);
        }
        self.render_problem(areas.problem, buf, theme);
        let foot = foot.unwrap_or_else(|| self.hints(areas.foot.width, theme));
        foot.render(areas.foot, buf);
        if let Mode::Ask(ask, behind) = &self.mode {
            // Where there is room the fields stay in view while one is changed.
            let place = match behind {
                Some(_) if area.width >= WIDE => areas.aside,
                _ => areas.all,
            };
            ask.render(place, buf, theme);
        }
    }

    fn render_head(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str());
        let state = match (&self.on_disk, self.is_modified()) {
            (_, true) => " · not saved",
            (Some(on_disk), false) if *on_disk == self.kept => "",
            (_, false) => " · new",
        };
        let file = printable(&format!("{}{state}", name.to_string_lossy()));
        let room = area.width.saturating_sub(width(&file) + 2);
        let title = self.design.title(0);
        buf.set_string(area.x, area.y, fit(&title, room), theme.bright());
        let at = area.right().saturating_sub(width(&file)).max(area.x);
        let style = if self.is_modified() {
            theme.text()
        } else {
            theme.dim()
        };
        buf.set_stringn(at, area.y, file, usize::from(area.width), style);
    }

    /// The keys of what is shown.
    fn hints(&self, width: u16, theme: &Theme) -> Line<'static> {
        let said = |hints: &[(&str, &'static str)]| -> Vec<(String, &'static str)> {
            let hints = hints.iter();
            hints
                .map(|(key, word)| ((*key).to_owned(), *word))
                .collect()
        };
        let hints = match &self.mode {
            Mode::Table => keys::hints(keys::DESIGN).collect(),
            Mode::Fields(fields) => said(fields.hints()),
            Mode::Ask(ask, _) => said(ask.hints()),
            Mode::Text(_) => said(text::hints(&self.design)),
        };
        hint_line(&hints, width, theme)
    }
}

/// Where everything stands.
pub(super) struct Areas {
    head: Rect,
    time: Rect,
    pub(super) table: Rect,
    aside: Rect,
    totals: Rect,
    problem: Rect,
    foot: Rect,
    /// All between head and problem.
    all: Rect,
}

impl Areas {
    pub(super) fn of(area: Rect) -> Self {
        let (time, totals) = match area.height {
            22.. => (3, 4),
            16.. => (2, 2),
            10.. => (0, 1),
            _ => (0, 0),
        };
        let [head, all, problem, foot] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Fill(1),
            Constraint::Length(u16::from(area.height >= 6)),
            Constraint::Length(1),
        ])
        .areas(within(area));
        let [time, body, totals] = Layout::vertical([
            Constraint::Length(time),
            Constraint::Fill(1),
            Constraint::Length(totals),
        ])
        .areas(all);
        let (table, aside) = if area.width >= WIDE {
            let [table, _, aside] = Layout::horizontal([
                Constraint::Fill(3),
                Constraint::Length(2),
                Constraint::Fill(2),
            ])
            .areas(body);
            (table, aside)
        } else {
            (body, Rect::ZERO)
        };
        Self {
            head,
            time,
            table,
            aside,
            totals,
            problem,
            foot,
            all,
        }
    }
}
