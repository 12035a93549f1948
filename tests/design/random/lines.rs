//! Edits of the lists of texts, made on a text and on what is kept beside it.

use ashiatsu::design::{Edited, Refused, Shift};

use super::Bench;
use crate::model::{LISTS, Touched};

impl Bench {
    /// One edit of one line of one list.
    pub(super) fn lines(&mut self) -> (&'static str, Result<Edited, Refused>) {
        self.of_head = true;
        let field = *self.dice.pick(&LISTS);
        let written = self.model.fields.get(field).cloned();
        let mut lines: Vec<String> = match &written {
            Some(lines) => lines.lines().map(str::to_owned).collect(),
            None => Vec::new(),
        };
        let at = self.dice.below(lines.len());
        let comments = self.field_comments(0);
        let (name, result) = match self.dice.below(5) {
            0 if written.is_none() => {
                lines = vec![self.line(), self.line()];
                ("add a line", self.design.begin_lines(0, field, &lines))
            }
            0 | 1 => {
                let at = self.dice.below(lines.len() + 1);
                let line = self.line();
                lines.insert(at, line.clone());
                ("add a line", self.design.insert_line(0, field, at, &line))
            }
            2 => {
                let line = lines.get(at).and_then(|line| line.split(' ').next());
                let id = self.next;
                let line = format!("{} once \"more\" {id}", line.unwrap_or("L"));
                if let Some(old) = lines.get_mut(at) {
                    old.clone_from(&line);
                }
                ("change a line", self.design.set_line(0, field, at, &line))
            }
            3 => {
                let gone = (at < lines.len()).then(|| lines.remove(at));
                let done = self.design.remove_line(0, field, at);
                if let (Some(gone), Ok(_)) = (gone, &done) {
                    let name = gone.split(' ').next().unwrap();
                    let own = format!(" {name} ");
                    self.model.loose.retain(|comment| !comment.contains(&own));
                }
                ("delete a line", done)
            }
            _ => {
                let (shift, other) = match self.dice.below(2) {
                    0 => (Shift::Up, at.wrapping_sub(1)),
                    _ => (Shift::Down, at + 1),
                };
                if other < lines.len() {
                    lines.swap(at, other);
                }
                ("move a line", self.design.move_line(0, field, at, shift))
            }
        };
        if result.is_ok() {
            self.check_fields(0, field, comments);
            self.model.fields.insert(field, lines.join("\n"));
            self.model.touched = Touched::Changed;
        }
        (name, result)
    }

    fn line(&mut self) -> String {
        let id = self.id();
        let long = [
            "",
            " that goes on and on until its list does not fit on a line any more",
        ];
        format!("L{id} new{}", self.dice.pick(&long))
    }
}
