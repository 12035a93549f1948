//! A line of text that is typed: letters, the cursor, what deletes. It knows
//! neither what the text is for nor where it is drawn.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use crate::routine::text::is_unsafe;

/// A text and the place in it where letters are put.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    before: String,
    after: String,
    /// The most characters, as people see them.
    most: usize,
    origin: Origin,
}

/// Whose the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Origin {
    /// Typed, or there before.
    #[default]
    Own,
    /// Offered: the first letter takes its place.
    Offered,
}

/// What a press meant to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The text or the cursor changed, or nothing.
    On,
    /// It shall be kept.
    Done,
    /// It shall not.
    Left,
}

impl Field {
    /// A text of at most `most` characters, the cursor at its end.
    #[must_use]
    pub fn new(text: &str, most: usize) -> Self {
        let mut field = Self {
            most,
            ..Self::default()
        };
        field.insert(text);
        field
    }

    /// The same with a text that is only offered: the first letter that is
    /// typed takes its place, any other key takes it over.
    #[must_use]
    pub fn offering(text: &str, most: usize) -> Self {
        Self {
            origin: Origin::Offered,
            ..Self::new(text, most)
        }
    }

    /// All of it.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// All of it, with a sign where the cursor stands.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{}▏{}", self.before, self.after)
    }

    /// Puts letters in, as many as there is room for; line ends become
    /// spaces, what could command a terminal goes.
    pub fn insert(&mut self, text: &str) {
        if std::mem::take(&mut self.origin) == Origin::Offered {
            self.before.clear();
            self.after.clear();
        }
        let plain: String = text
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .filter(|&c| !is_unsafe(c))
            .collect();
        let room = self
            .most
            .saturating_sub(self.text().graphemes(true).count());
        self.before.extend(plain.graphemes(true).take(room));
    }

    /// Takes a key press.
    pub fn press(&mut self, key: &KeyEvent) -> Typed {
        // Letting go of a key is told by some terminals.
        if key.kind == KeyEventKind::Release {
            return Typed::On;
        }
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        if ctrl || !matches!(key.code, KeyCode::Char(_)) {
            self.origin = Origin::Own;
        }
        match key.code {
            KeyCode::Enter => return Typed::Done,
            KeyCode::Esc => return Typed::Left,
            KeyCode::Char('c') if ctrl => return Typed::Left,
            KeyCode::Char('u') if ctrl => self.before.clear(),
            KeyCode::Char('w') if ctrl => {
                let kept = self.before.trim_end();
                let cut = kept.rfind(' ').map_or(0, |at| at + 1);
                self.before.truncate(cut);
            }
            KeyCode::Char(_) if ctrl => {}
            KeyCode::Char(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => {
                if let Some((at, _)) = self.before.grapheme_indices(true).next_back() {
                    self.before.truncate(at);
                }
            }
            KeyCode::Delete => {
                let first = self.after.graphemes(true).next().map_or(0, str::len);
                self.after.drain(..first);
            }
            KeyCode::Left => {
                if let Some((at, _)) = self.before.grapheme_indices(true).next_back() {
                    let moved = self.before.split_off(at);
                    self.after.insert_str(0, &moved);
                }
            }
            KeyCode::Right => {
                let first = self.after.graphemes(true).next().map_or(0, str::len);
                self.before.extend(self.after.drain(..first));
            }
            KeyCode::Home => {
                let all = self.text();
                self.before.clear();
                self.after = all;
            }
            KeyCode::End => {
                let after = std::mem::take(&mut self.after);
                self.before.push_str(&after);
            }
            _ => {}
        }
        Typed::On
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: &mut Field, codes: &[KeyCode]) {
        for &code in codes {
            field.press(&KeyEvent::new(code, KeyModifiers::NONE));
        }
    }

    #[test]
    fn letters_go_where_the_cursor_is() {
        use KeyCode::{Backspace, Char, Delete, End, Home, Left, Right};
        let mut field = Field::new("slow", 20);
        typed(&mut field, &[Home, Char('T'), Char('o'), Char('o')]);
        assert_eq!(field.shown(), "Too▏slow");
        typed(&mut field, &[Right, Char(' '), Left, Left, Backspace]);
        assert_eq!(field.shown(), "To▏s low");
        typed(&mut field, &[Delete, End, Char('!')]);
        assert_eq!(field.text(), "To low!");
    }

    #[test]
    fn what_is_offered_goes_with_the_first_letter_and_stays_with_any_other_key() {
        use KeyCode::{Char, End, Left};
        for (keys, text) in [
            (&[Char('5'), Char('m')][..], "5m"),
            (&[End, Char('5')], "2m5"),
            (&[Left, Char('5')], "25m"),
        ] {
            let mut field = Field::offering("2m", 20);
            typed(&mut field, keys);
            assert_eq!(field.text(), text);
        }
    }

    #[test]
    fn a_key_let_go_types_nothing() {
        let mut field = Field::new("", 20);
        for kind in [
            KeyEventKind::Press,
            KeyEventKind::Repeat,
            KeyEventKind::Release,
        ] {
            let code = KeyCode::Char('a');
            field.press(&KeyEvent::new_with_kind(code, KeyModifiers::NONE, kind));
        }
        assert_eq!(field.text(), "aa");
    }

    #[test]
    fn it_ends_where_its_room_ends_and_holds_one_line() {
        let mut field = Field::new("a\nb\u{7}", 5);
        field.insert("cde\u{301}fgh");
        assert_eq!(field.text().graphemes(true).count(), 5);
        assert!(!field.text().contains(['\n', '\u{7}']));
    }
}
