//! The fields of one row: which one is marked, and how they are drawn.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::disk::Then;
use super::edits::said;
use super::{Designer, Mode, Wish, lines};
use crate::design::{Field, FieldKind, FieldState, Value, Within};
use crate::routine::text::printable;
use crate::tui::keys::Key;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{fit, width};

/// The keys among the fields.
pub(super) const HINTS: [(&str, &str); 5] = [
    ("Enter", "changes it"),
    ("+ -", "5 s"),
    ("x", "clears it"),
    ("u", "undo"),
    ("Esc", "back"),
];

/// Columns of a name at least.
const NAME: u16 = 13;

/// Which field is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Fields {
    pub(super) at: usize,
    /// Which line, while a list is open.
    pub(super) line: Option<usize>,
}

impl Fields {
    pub(super) const fn hints(self) -> &'static [(&'static str, &'static str)] {
        match self.line {
            Some(_) => &lines::HINTS,
            None => &HINTS,
        }
    }
}

/// What a field is called on the screen.
pub(super) fn label(field: &Field) -> &'static str {
    match (field.within, field.name) {
        (Within::Aftercare, "for_hours") => "aftercare: hours",
        (Within::Aftercare, "recommend") => "aftercare: do",
        (Within::Aftercare, "avoid") => "aftercare: do not",
        (Within::Aftercare, "caution") => "aftercare: caution",
        (Within::Aftercare, "note") => "aftercare: note",
        (_, "self_check") => "self-check",
        (_, name) => name,
    }
}

impl Designer {
    pub(super) fn press_in_fields(&mut self, key: &KeyEvent) -> Vec<Wish> {
        let Mode::Fields(mut fields) = std::mem::replace(&mut self.mode, Mode::Table) else {
            return Vec::new();
        };
        if let Some(line) = fields.line {
            return self.press_in_lines(key, fields, line);
        }
        let row = self.design.cursor();
        let all = self.design.fields(row);
        let last = all.len().saturating_sub(1);
        let name = all.get(fields.at).map_or("", |field| field.name);
        let mut done = Vec::new();
        match Key::exactly(key) {
            Key::Code(KeyCode::Up) => fields.at = fields.at.saturating_sub(1),
            Key::Code(KeyCode::Down) => fields.at = (fields.at + 1).min(last),
            Key::Code(KeyCode::Home | KeyCode::PageUp) => fields.at = 0,
            Key::Code(KeyCode::End | KeyCode::PageDown) => fields.at = last,
            Key::Code(KeyCode::Esc | KeyCode::Tab | KeyCode::Left) | Key::Char('q') => {
                return Vec::new();
            }
            Key::Code(KeyCode::Enter | KeyCode::Right) | Key::Char(' ') => {
                return self.ask_field(fields);
            }
            Key::Code(KeyCode::Delete | KeyCode::Backspace) | Key::Char('x') => {
                done = said(self.design.clear(row, name));
            }
            Key::Char('+' | '=') => done = self.nudge(all.get(fields.at), 5),
            Key::Char('-' | '_') => done = self.nudge(all.get(fields.at), -5),
            Key::Char(']') => done = self.nudge(all.get(fields.at), 15),
            Key::Char('[') => done = self.nudge(all.get(fields.at), -15),
            Key::Char('u') => done = said(self.design.undo()),
            Key::Char('U') | Key::Ctrl('r') => done = said(self.design.redo()),
            Key::Ctrl('s') | Key::Code(KeyCode::F(2)) => done = self.save(Then::Stay),
            Key::Char('p') => done = vec![Wish::Hear],
            Key::Char('!') => done = self.correct(),
            Key::Char('?') => done = vec![Wish::Help],
            _ => {}
        }
        self.back_to_fields(fields);
        done
    }

    /// Back to the fields, as far as the cursor's row has any: an undo may have led elsewhere.
    pub(super) fn back_to_fields(&mut self, mut fields: Fields) {
        let count = self.design.fields(self.design.cursor()).len();
        self.mode = match count.checked_sub(1) {
            Some(last) => {
                fields.at = fields.at.min(last);
                Mode::Fields(fields)
            }
            None => self.rest(),
        };
    }

    /// A time some seconds longer or shorter.
    fn nudge(&mut self, field: Option<&Field>, seconds: i64) -> Vec<Wish> {
        let row = self.design.cursor();
        let Some(field) = field.filter(|field| field.kind == FieldKind::Time) else {
            return vec![Wish::Say("+ and - are for times".to_owned())];
        };
        if field.name == "time" {
            return said(self.design.adjust_time(row..row + 1, seconds));
        }
        let now = match &field.state {
            FieldState::Value(Value::Time(time)) => *time,
            _ => std::time::Duration::ZERO,
        };
        let by = std::time::Duration::from_secs(seconds.unsigned_abs());
        let then = if seconds < 0 {
            now.saturating_sub(by)
        } else {
            now + by
        };
        let value = Value::Time(then);
        said(self.design.set(row, field.name, &value))
    }

    /// Draws the fields of the cursor's row.
    pub(super) fn render_fields(
        &self,
        marked: Option<&Fields>,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
    ) {
        let row = self.design.cursor();
        let kind = self.design.rows().get(row).map(|row| row.kind);
        let thing = kind.map_or("", crate::design::RowKind::thing);
        let title = format!("{thing}: {}", self.design.title(row));
        if area.is_empty() {
            return;
        }
        let all = self.design.fields(row);
        if let Some((fields, line)) = marked.and_then(|marked| Some((marked, marked.line?)))
            && let Some(field) = all.get(fields.at)
        {
            lines::render(field, line, area, buf, theme);
            return;
        }
        buf.set_string(area.x, area.y, fit(&title, area.width), theme.bright());
        let names = all.iter().map(|field| width(label(field)) + 2);
        let name_width = names.max().unwrap_or(0).max(NAME);
        let rows = usize::from(area.height.saturating_sub(1));
        let at = marked.map_or(0, |marked| marked.at);
        let top = at.saturating_sub(rows / 2);
        let top = top.min(all.len().saturating_sub(rows));
        for (y, (n, field)) in (area.y + 1..area.bottom()).zip(all.iter().enumerate().skip(top)) {
            let here = marked.is_some() && n == at;
            let mark = if here { "▶ " } else { "  " };
            let (text, style) = shown(field, theme);
            let name_style = if here { theme.marked() } else { theme.dim() };
            buf.set_stringn(
                area.x,
                y,
                format!("{mark}{}", label(field)),
                usize::from(area.width),
                name_style,
            );
            let room = area.width.saturating_sub(name_width + 2);
            let style = if here { theme.marked() } else { style };
            buf.set_stringn(
                area.x + name_width + 2,
                y,
                fit(&text, room),
                usize::from(room),
                style,
            );
        }
    }
}

/// What stands in a field, as people read it.
fn shown(field: &Field, theme: &Theme) -> (String, ratatui::style::Style) {
    let human = |word: &str| match field.kind {
        FieldKind::Word(words) => words.human(word).unwrap_or(word).to_owned(),
        _ => word.to_owned(),
    };
    match (&field.state, &field.inherited) {
        (FieldState::Absent, Some(word)) => {
            (format!("{} (as the phase says)", human(word)), theme.dim())
        }
        (FieldState::Absent, None) => (lines::built_in(field), theme.dim()),
        (FieldState::Value(Value::Lines(lines)), _) if lines.is_empty() => {
            ("no lines".to_owned(), theme.text())
        }
        (FieldState::Value(Value::Lines(lines)), _) => {
            (printable(&lines.join(" · ")), theme.text())
        }
        (FieldState::Value(value), _) => {
            let typed = match value {
                Value::Flag(true) => "yes".to_owned(),
                Value::Flag(false) => "no".to_owned(),
                value => human(&value.typed()),
            };
            (printable(&typed), theme.text())
        }
        (FieldState::Unread(written), _) => (format!("{} ?", printable(written)), theme.warn()),
    }
}
