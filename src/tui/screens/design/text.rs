//! The text itself, with simple editing: where it is too broken for a table, at its first problem;
//! or wherever one likes. It knows lines, and leaves it to the design what they mean.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::disk::Then;
use super::{Designer, Mode, Wish};
use crate::design::Design;
use crate::routine::text::{is_unsafe, printable};
use crate::tui::keys::Key;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::width;

/// Where the cursor stands: a byte of the text; and what was typed there just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextPage {
    at: usize,
    run: Option<Run>,
}

/// What was typed without anything between, and is undone at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    stroke: Stroke,
    /// The edit that it ended with.
    revision: u64,
}

/// What a key does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stroke {
    /// A letter or sign of a word.
    Letter,
    /// A blank: it ends a word.
    Blank,
    /// Something to the left is taken away.
    Back,
    /// Something to the right.
    Forth,
    /// More than a letter, or a new line.
    Piece,
}

impl Stroke {
    /// Whether it goes on with what was done before it.
    const fn goes_on(self, before: Self) -> bool {
        matches!(
            (before, self),
            (Self::Letter, Self::Letter | Self::Blank)
                | (Self::Blank, Self::Blank)
                | (Self::Back, Self::Back)
                | (Self::Forth, Self::Forth)
        )
    }
}

impl TextPage {
    pub(super) fn at(text: &str, byte: usize) -> Self {
        let mut at = byte.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        Self { at, run: None }
    }
}

/// The keys in the text.
pub(super) fn hints(design: &Design) -> &'static [(&'static str, &'static str)] {
    if design.too_broken().is_some() {
        &[
            ("Esc", "leave"),
            ("Ctrl-U", "undo"),
            ("Ctrl-S", "save"),
            ("Ctrl-E", "corrects it, where that is certain"),
        ]
    } else {
        &[
            ("Esc", "the table"),
            ("Ctrl-U", "undo"),
            ("Ctrl-R", "redo"),
            ("Ctrl-S", "save"),
        ]
    }
}

/// The line of a byte: its first byte and the one behind its last.
fn line_of(text: &str, at: usize) -> (usize, usize) {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |found| found + 1);
    let end = at + after.find('\n').unwrap_or(after.len());
    (start, end)
}

/// How many characters, as people see them, lie between.
fn column(text: &str, start: usize, at: usize) -> usize {
    text.get(start..at).unwrap_or("").graphemes(true).count()
}

/// The byte at a column of a line.
fn byte_at(text: &str, (start, end): (usize, usize), column: usize) -> usize {
    let line = text.get(start..end).unwrap_or("").trim_end_matches('\r');
    let mut found = line.grapheme_indices(true).map(|(at, _)| at);
    start + found.nth(column).unwrap_or(line.len())
}

impl Designer {
    pub(super) fn press_in_text(&mut self, key: &KeyEvent, area: Rect) -> Vec<Wish> {
        let Mode::Text(page) = &self.mode else {
            return Vec::new();
        };
        let (text, at) = (self.design.text(), page.at);
        let (start, end) = line_of(text, at);
        let column = column(text, start, at);
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let rows = usize::from(area.height / 2).max(1);
        let back = |at: usize| {
            let before = text.get(..at).unwrap_or("");
            before
                .grapheme_indices(true)
                .next_back()
                .map_or(0, |(at, _)| at)
        };
        let forth = |at: usize| {
            let after = text.get(at..).unwrap_or("");
            at + after.graphemes(true).next().map_or(0, str::len)
        };
        let up = |mut at: usize, rows: usize| {
            for _ in 0..rows {
                let (start, _) = line_of(text, at);
                at = byte_at(text, line_of(text, start.saturating_sub(1)), column);
            }
            at
        };
        let down = |mut at: usize, rows: usize| {
            for _ in 0..rows {
                let (_, end) = line_of(text, at);
                if end == text.len() {
                    break;
                }
                at = byte_at(text, line_of(text, end + 1), column);
            }
            at
        };
        let to = match key.code {
            KeyCode::Up => up(at, 1),
            KeyCode::Down => down(at, 1),
            KeyCode::PageUp => up(at, rows),
            KeyCode::PageDown => down(at, rows),
            KeyCode::Left => back(at),
            KeyCode::Right => forth(at),
            KeyCode::Home => start,
            KeyCode::End => byte_at(text, (start, end), usize::MAX),
            KeyCode::Backspace => {
                let from = back(at);
                return self.replace(from, at, "", Stroke::Back);
            }
            KeyCode::Delete => {
                let to = forth(at);
                return self.replace(at, to, "", Stroke::Forth);
            }
            KeyCode::Enter => {
                // The next line begins as this one does.
                let line = text.get(start..at).unwrap_or("");
                let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
                let blanks = line.get(..blanks).unwrap_or("");
                let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
                let new = format!("{ending}{blanks}");
                return self.replace(at, at, &new, Stroke::Piece);
            }
            KeyCode::Tab => return self.replace(at, at, "    ", Stroke::Blank),
            KeyCode::Char(c) if !ctrl => {
                let new = String::from(c);
                let stroke = if c.is_whitespace() {
                    Stroke::Blank
                } else {
                    Stroke::Letter
                };
                return self.replace(at, at, &new, stroke);
            }
            _ => return self.command_in_text(key),
        };
        self.mode = Mode::Text(TextPage::at(self.design.text(), to));
        Vec::new()
    }

    fn command_in_text(&mut self, key: &KeyEvent) -> Vec<Wish> {
        let done = match Key::exactly(key) {
            Key::Code(KeyCode::Esc) if self.design.too_broken().is_some() => return self.close(),
            Key::Code(KeyCode::Esc) => {
                if let Mode::Text(page) = self.mode {
                    let row = self.design.row_at(page.at);
                    self.design.set_cursor(row);
                }
                self.mode = Mode::Table;
                return Vec::new();
            }
            Key::Ctrl('c') => return self.close(),
            Key::Ctrl('u') => self.design.undo(),
            Key::Ctrl('r') => self.design.redo(),
            Key::Ctrl('e') => {
                let said = self.correct();
                if let Mode::Text(page) = self.mode {
                    self.mode = Mode::Text(TextPage::at(self.design.text(), page.at));
                }
                return said;
            }
            Key::Ctrl('s') | Key::Code(KeyCode::F(2)) => {
                if let Mode::Text(page) = &mut self.mode {
                    // What is typed from here on is undone to what is saved.
                    page.run = None;
                }
                return self.save(Then::Stay);
            }
            _ => return Vec::new(),
        };
        match done {
            Ok(edited) => {
                self.mode = Mode::Text(TextPage::at(self.design.text(), edited.changed.end));
                Vec::new()
            }
            Err(why) => vec![Wish::Say(why.to_string())],
        }
    }

    /// Puts letters in at the cursor; what could command a terminal goes.
    pub(super) fn insert_text(&mut self, new: &str) {
        if let Mode::Text(page) = &self.mode {
            let at = page.at;
            let plain: String = new
                .chars()
                .filter(|&c| matches!(c, '\n' | '\t') || !is_unsafe(c))
                .collect();
            let _ = self.replace(at, at, &plain, Stroke::Piece);
        }
    }

    fn replace(&mut self, from: usize, to: usize, new: &str, stroke: Stroke) -> Vec<Wish> {
        let text = self.design.text();
        let (Some(before), Some(after)) = (text.get(..from), text.get(to..)) else {
            return Vec::new();
        };
        let whole = format!("{before}{new}{after}");
        let run = match &self.mode {
            Mode::Text(page) => page.run,
            _ => None,
        };
        let earlier = self.design.revision();
        let goes_on = run.is_some_and(|run| run.revision == earlier && stroke.goes_on(run.stroke));
        let done = if goes_on {
            self.design.replace_text_further(&whole)
        } else {
            self.design.replace_text(&whole)
        };
        let revision = self.design.revision();
        self.mode = Mode::Text(TextPage {
            // A key that changed nothing begins nothing that could go on.
            run: (revision != earlier).then_some(Run { stroke, revision }),
            ..TextPage::at(&whole, from + new.len())
        });
        match done {
            Ok(_) => Vec::new(),
            Err(why) => vec![Wish::Say(why.to_string())],
        }
    }

    pub(super) fn render_text(&self, page: TextPage, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let text = self.design.text();
        let before = text.get(..page.at).unwrap_or("");
        let here = before.matches('\n').count();
        let (start, _) = line_of(text, page.at);
        let rows = usize::from(area.height);
        let top = here.saturating_sub(rows / 2);
        let numbers = 5;
        let room = area.width.saturating_sub(numbers + 1);
        let left = width(&printable(text.get(start..page.at).unwrap_or("")));
        // The cursor's line moves along where the cursor would leave it.
        let skip = usize::from(left.saturating_sub(room.saturating_sub(2)));
        for (y, (n, line)) in
            (area.top()..area.bottom()).zip(text.split('\n').enumerate().skip(top))
        {
            let number = format!("{:>4} ", n + 1);
            buf.set_stringn(area.x, y, number, usize::from(numbers), theme.dim());
            let mut shown = printable(line.trim_end_matches('\r'));
            let style = if n == here {
                theme.bright()
            } else {
                theme.text()
            };
            if n == here {
                shown = shown.graphemes(true).skip(skip).collect();
            }
            let at = area.x + numbers;
            buf.set_stringn(at, y, shown, usize::from(room), style);
            if n == here {
                let skip = u16::try_from(skip).unwrap_or(0);
                let x = (at + left.saturating_sub(skip)).min(area.right().saturating_sub(1));
                if let Some(cell) = buf.cell_mut((x, y)) {
                    let style = cell
                        .style()
                        .add_modifier(ratatui::style::Modifier::REVERSED);
                    cell.set_style(style);
                }
            }
        }
    }
}
