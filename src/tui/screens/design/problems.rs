//! What is wrong with the routine, beside the row that it belongs to.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Designer, Mode, Wish};
use crate::check::Checked;
use crate::design::{Design, RowKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::routine::text::printable;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{fit, width};

/// All problems of one text.
#[derive(Debug, Default)]
pub(super) struct Problems {
    revision: Option<u64>,
    /// The text that they point into.
    text: String,
    all: Vec<Diagnostic>,
    more: usize,
    /// The problems of each row that has some.
    rows: BTreeMap<usize, Vec<usize>>,
    runs: bool,
}

impl Problems {
    pub(super) fn new(revision: u64, checked: Checked, design: &Design) -> Self {
        let rows = rows_of(&checked.diagnostics, design);
        Self {
            revision: Some(revision),
            text: design.text().to_owned(),
            runs: checked.routine.is_some(),
            all: checked.diagnostics,
            more: checked.more,
            rows,
        }
    }

    /// Goes along with an edit until it was looked at: what stands beside it keeps its problems, what
    /// it touched has none that are known.
    pub(super) fn follow(&mut self, design: &Design) {
        let (old, new) = (self.text.as_bytes(), design.text().as_bytes());
        let same = |(a, b): &(&u8, &u8)| a == b;
        let before = old.iter().zip(new).take_while(same).count();
        let rest = old.len().min(new.len()) - before;
        let behind = old.iter().rev().zip(new.iter().rev());
        let behind = behind.take(rest).take_while(same).count();
        let (old_end, new_end) = (old.len() - behind, new.len() - behind);
        let shift = |byte: usize| byte - old_end + new_end;
        self.all.retain_mut(|one| {
            let range = &mut one.range;
            if range.start >= old_end {
                *range = shift(range.start)..shift(range.end);
                return true;
            }
            // One that reaches over the edit stays where it begins.
            let is_before = range.start < before;
            range.end = range.end.min(before).max(range.start);
            is_before
        });
        self.rows = rows_of(&self.all, design);
        design.text().clone_into(&mut self.text);
    }

    /// Which edit's text they are of.
    pub(super) const fn revision(&self) -> Option<u64> {
        self.revision
    }

    /// Whether the text is a routine.
    pub(super) const fn runs(&self) -> bool {
        self.runs
    }

    pub(super) fn first_line(&self, text: &str) -> Option<String> {
        self.all.first().map(|first| first.one_line(text))
    }

    /// The problems of a row, the worst first in the text's order.
    fn of(&self, row: usize) -> impl Iterator<Item = &Diagnostic> {
        let numbers = self.rows.get(&row).into_iter().flatten();
        numbers.filter_map(|number| self.all.get(*number))
    }

    /// The sign of a row: an error, or something worth a look.
    pub(super) fn sign(&self, row: usize) -> Option<&'static str> {
        let first = self.of(row).next()?;
        Some(match first.severity {
            Severity::Error => "✗",
            Severity::Warning => "!",
        })
    }

    fn count(&self) -> usize {
        self.all.len() + self.more
    }
}

/// The problems of each row, by number.
fn rows_of(all: &[Diagnostic], design: &Design) -> BTreeMap<usize, Vec<usize>> {
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, diagnostic) in all.iter().enumerate() {
        let row = design.row_at(diagnostic.range.start);
        rows.entry(row).or_default().push(n);
    }
    rows
}

impl Designer {
    /// To the next row with a problem; from the last, to the first.
    pub(super) fn next_problem(&mut self) -> Vec<Wish> {
        let cursor = self.design.cursor();
        let rows = &self.problems.rows;
        let next = rows.range(cursor + 1..).chain(rows.iter()).next();
        match next.map(|(row, _)| *row) {
            Some(row) => {
                self.design.set_cursor(row);
                Vec::new()
            }
            None => vec![Wish::Say("nothing is wrong with it".to_owned())],
        }
    }

    /// Makes the certain correction of the row's first problem that has one.
    pub(super) fn correct(&mut self) -> Vec<Wish> {
        if self.problems.revision != Some(self.design.revision()) {
            return vec![Wish::Say("it is still being looked at".to_owned())];
        }
        let row = self.design.cursor();
        let certain = match &self.mode {
            Mode::Text(_) => self
                .problems
                .all
                .iter()
                .find(|one| one.replacement.is_some()),
            _ => self.problems.of(row).find(|one| one.replacement.is_some()),
        };
        let replacement = certain.and_then(|one| one.replacement.clone());
        let Some(replacement) = replacement else {
            return vec![Wish::Say(
                "here nothing can be corrected for certain".to_owned(),
            )];
        };
        match self.design.apply(&replacement) {
            Ok(_) => Vec::new(),
            Err(why) => vec![Wish::Say(why.to_string())],
        }
    }

    /// Whether a row is a list of steps without any.
    fn is_unfilled(&self, row: usize) -> bool {
        let known = self.design.rows().get(row);
        known.is_some_and(|known| {
            let holds_steps =
                matches!(known.kind, RowKind::Phase | RowKind::Sequence) || known.kind.is_group();
            holds_steps && known.end == row + 1
        })
    }

    /// Draws the problem of the cursor's row, or how many there are elsewhere.
    pub(super) fn render_problem(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        if area.is_empty() || (self.is_bare() && self.problems.all.len() < 2) {
            // That nothing is in it is said at length above.
            return;
        }
        let row = self.design.cursor();
        let count = self.problems.count();
        let here: Vec<&Diagnostic> = match &self.mode {
            Mode::Text(_) => self.problems.all.iter().collect(),
            _ => self.problems.of(row).collect(),
        };
        let Some(first) = here.first() else {
            if count > 0 {
                let (is, s) = if count == 1 { ("is", "") } else { ("are", "s") };
                let line = format!("there {is} {count} problem{s} · n goes to the next");
                buf.set_string(area.x, area.y, fit(&line, area.width), theme.dim());
            }
            return;
        };
        if here.len() == 1 && self.is_unfilled(row) && !matches!(self.mode, Mode::Text(_)) {
            let line = "nothing is in it yet · i puts something in";
            buf.set_string(area.x, area.y, fit(line, area.width), theme.text());
            return;
        }
        let help = first.help.as_deref().map(|help| format!(": {help}"));
        let what = match &self.mode {
            Mode::Text(_) => first.one_line(self.design.text()),
            _ => first.message.clone(),
        };
        let line = printable(&format!("{what}{}", help.unwrap_or_default()));
        let mut after = match here.len() {
            1 => String::new(),
            n => format!(" · {} more", n - 1),
        };
        if first.replacement.is_some() {
            after.push_str(match &self.mode {
                Mode::Text(_) => " · Ctrl-E corrects it",
                _ => " · ! corrects it",
            });
        }
        let room = area.width.saturating_sub(width(&after));
        let style = match first.severity {
            Severity::Error => theme.warn(),
            Severity::Warning => theme.text(),
        };
        buf.set_stringn(
            area.x,
            area.y,
            format!("{}{after}", fit(&line, room)),
            usize::from(area.width),
            style,
        );
    }
}
