//! A list of texts, line by line: the room's list, the questions, what one checks, and the lists of
//! the client's card.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ask::{Ask, Place, Prompt, Typing};
use super::disk::Then;
use super::edits::said;
use super::fields::{Fields, label};
use super::{Designer, Mode, Wish};
use crate::design::{Field, FieldState, Shift, Value, Within};
use crate::routine::text::printable;
use crate::routine::time::units;
use crate::routine::{Aftercare, DEFAULT_PREPARE};
use crate::tui::keys::Key;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{fit, wrap};

/// The keys in a list.
pub(super) const HINTS: [(&str, &str); 6] = [
    ("Enter", "changes it"),
    ("i", "a new one"),
    ("x", "deletes it"),
    ("Alt-↑", "moves it"),
    ("u", "undo"),
    ("Esc", "back"),
];

/// What stands behind the last line.
const NEW: &str = "+ a new line";

/// What a field of the head comes to while the routine does not say.
pub(super) fn built_in(field: &Field) -> String {
    if field.within == Within::Row {
        return match field.name {
            "prepare" => format!(
                "{}, the warning before a shift (built in)",
                units(DEFAULT_PREPARE)
            ),
            "preparation" | "contraindications" | "self_check" => {
                "the built-in list alone".to_owned()
            }
            _ => "–".to_owned(),
        };
    }
    let card = Aftercare::default();
    match field.name {
        "for_hours" => format!("{} (built in)", card.for_hours),
        "note" => format!("{} (built in)", card.note),
        _ => format!("{} lines (built in)", built_in_lines(field).len()),
    }
}

/// The lines that the card has while the routine does not say.
fn built_in_lines(field: &Field) -> Vec<String> {
    let card = Aftercare::default();
    match field.name {
        "recommend" => card.recommend,
        "avoid" => card.avoid,
        "caution" => card.caution,
        _ => Vec::new(),
    }
}

/// What a list is for.
fn purpose(field: &Field) -> &'static str {
    match field.name {
        "preparation" => "what to get ready, added to the built-in list",
        "contraindications" => "questions to the client, added to the built-in list",
        "self_check" => "what you check on yourself, added to the built-in list",
        "recommend" => "what the client should do; instead of the built-in lines",
        "avoid" => "what the client should not do; instead of the built-in lines",
        "caution" => "what to be careful with; instead of the built-in lines",
        _ => "",
    }
}

/// The lines that are written.
fn lines(field: &Field) -> &[String] {
    match &field.state {
        FieldState::Value(Value::Lines(lines)) => lines,
        _ => &[],
    }
}

impl Designer {
    /// Opens the list in a field.
    pub(super) fn open_lines(&mut self, fields: Fields, field: &Field) -> Vec<Wish> {
        let line = match field.state {
            FieldState::Unread(_) => None,
            _ => Some(0),
        };
        self.mode = Mode::Fields(Fields { line, ..fields });
        match line {
            Some(_) => Vec::new(),
            None => vec![Wish::Say("it can't be read: e shows it as text".to_owned())],
        }
    }

    pub(super) fn press_in_lines(
        &mut self,
        key: &KeyEvent,
        mut fields: Fields,
        at: usize,
    ) -> Vec<Wish> {
        let row = self.design.cursor();
        let all = self.design.fields(row);
        let Some(field) = all.get(fields.at) else {
            return Vec::new();
        };
        let (name, count) = (field.name, lines(field).len());
        let mut to = at;
        let mut done = Vec::new();
        match Key::exactly(key) {
            Key::Code(KeyCode::Up) => to = at.saturating_sub(1),
            Key::Code(KeyCode::Down) => to = at + 1,
            Key::Code(KeyCode::Home | KeyCode::PageUp) => to = 0,
            Key::Code(KeyCode::End | KeyCode::PageDown) => to = count,
            Key::Code(KeyCode::Esc | KeyCode::Tab | KeyCode::Left) | Key::Char('q') => {
                fields.line = None;
                self.mode = Mode::Fields(fields);
                return Vec::new();
            }
            Key::Code(KeyCode::Enter | KeyCode::Right) | Key::Char(' ') => {
                let place = if at < count {
                    Place::Old(at)
                } else {
                    Place::New(count)
                };
                self.ask_line(fields, field, place);
                return Vec::new();
            }
            Key::Char('i') | Key::Code(KeyCode::Insert) => {
                self.ask_line(fields, field, Place::New((at + 1).min(count)));
                return Vec::new();
            }
            Key::Code(KeyCode::Delete | KeyCode::Backspace) | Key::Char('x') if at < count => {
                done = said(self.design.remove_line(row, name, at));
                to = at.min(count.saturating_sub(2));
            }
            Key::Alt(KeyCode::Up) | Key::Char('K') if at < count => {
                match self.design.move_line(row, name, at, Shift::Up) {
                    Ok(_) => to = at.saturating_sub(1),
                    Err(why) => done = vec![Wish::Say(why.to_string())],
                }
            }
            Key::Alt(KeyCode::Down) | Key::Char('J') if at < count => {
                match self.design.move_line(row, name, at, Shift::Down) {
                    Ok(_) => to = at + 1,
                    Err(why) => done = vec![Wish::Say(why.to_string())],
                }
            }
            Key::Char('b') if matches!(field.state, FieldState::Absent) => {
                let own = built_in_lines(field);
                if !own.is_empty() {
                    done = said(self.design.begin_lines(row, name, &own));
                }
            }
            Key::Char('u') => done = said(self.design.undo()),
            Key::Char('U') | Key::Ctrl('r') => done = said(self.design.redo()),
            Key::Ctrl('s') | Key::Code(KeyCode::F(2)) => done = self.save(Then::Stay),
            Key::Char('?') => done = vec![Wish::Help],
            _ => {}
        }
        // An undo may have led elsewhere.
        let all = self.design.fields(self.design.cursor());
        let field = all.get(fields.at).filter(|field| field.name == name);
        fields.line = field.map(|field| to.min(lines(field).len()));
        self.back_to_fields(fields);
        done
    }

    fn ask_line(&mut self, fields: Fields, field: &Field, place: Place) {
        let (title, text) = match place {
            Place::New(_) => (format!("{}: a new line", label(field)), ""),
            Place::Old(at) => {
                let text = lines(field).get(at).map_or("", String::as_str);
                (label(field).to_owned(), text)
            }
        };
        let prompt = Prompt::new(&title, text, Typing::Line(field.name, place));
        self.mode = Mode::Ask(Ask::Prompt(prompt), Some(fields));
    }

    /// Where the mark stands after a line was typed: behind the last, where the next one goes.
    pub(super) fn lines_after(&self, fields: Fields, place: Place) -> Fields {
        let all = self.design.fields(self.design.cursor());
        let count = all.get(fields.at).map_or(0, |field| lines(field).len());
        let line = match place {
            Place::New(at) if at + 1 >= count => count,
            Place::New(at) | Place::Old(at) => at,
        };
        Fields {
            line: Some(line),
            ..fields
        }
    }
}

/// Draws a list with the line that is marked.
pub(super) fn render(field: &Field, marked: usize, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let mut rows: Vec<(String, Style)> = Vec::new();
    let mut put = |mark: &str, text: &str, style: Style| {
        let room = area.width.saturating_sub(4);
        for (n, line) in wrap(&printable(text), room).into_iter().enumerate() {
            let mark = if n == 0 || mark.is_empty() {
                mark
            } else {
                "    "
            };
            rows.push((format!("{mark}{line}"), style));
        }
        rows.len()
    };
    put("", purpose(field), theme.dim());
    let own = lines(field);
    let (mut from, mut to) = (0, 0);
    for (n, line) in own.iter().map(String::as_str).chain([NEW]).enumerate() {
        let is_new = n == own.len();
        let style = match (n == marked, is_new) {
            (true, _) => theme.marked(),
            (false, true) => theme.dim(),
            (false, false) => theme.text(),
        };
        let mark = match (n == marked, is_new) {
            (true, true) => "▶ ",
            (true, false) => "▶ – ",
            (false, true) => "  ",
            (false, false) => "  – ",
        };
        let end = put(mark, line, style);
        if n == marked {
            to = end;
        } else if n < marked {
            from = end;
        }
    }
    let built_in = built_in_lines(field);
    if matches!(field.state, FieldState::Absent) && !built_in.is_empty() {
        put(
            "  ",
            "built in, until you write your own · b takes these over",
            theme.dim(),
        );
        for line in &built_in {
            put("  – ", line, theme.dim());
        }
    }
    buf.set_string(
        area.x,
        area.y,
        fit(label(field), area.width),
        theme.bright(),
    );
    let room = usize::from(area.height.saturating_sub(1));
    let top = if marked == 0 { 0 } else { from };
    let top = top.min((to + room / 3).saturating_sub(room));
    let top = top.min(rows.len().saturating_sub(room));
    for (y, (line, style)) in (area.y + 1..area.bottom()).zip(rows.into_iter().skip(top)) {
        buf.set_stringn(area.x, y, line, usize::from(area.width), style);
    }
}
