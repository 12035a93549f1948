//! The lists of texts, line by line: a line put in, written otherwise, taken out and moved, each with
//! the comments above it and behind it.

use super::set::checked_text;
use crate::design::blocks::WIDE_FOR_LONG;
use crate::design::fields::{FieldKind, FieldState, Spec, Value, state};
use crate::design::layout::{self, List};
use crate::design::run::Run;
use crate::design::splice::Splice;
use crate::design::{Design, Edited, Refused, lists, write};
use crate::document::NodeKind;
use crate::routine::text::Lines;

/// Which way a line is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// Above the line before it.
    Up,
    /// Below the line behind it.
    Down,
}

impl Design {
    /// Puts a line in before the line of that number, from 0; of the number of lines as the last. A
    /// list that is not there is begun.
    ///
    /// # Errors
    ///
    /// The row has no such list, or the text is none for a line.
    pub fn insert_line(
        &mut self,
        row: usize,
        field: &str,
        at: usize,
        text: &str,
    ) -> Result<Edited, Refused> {
        let (spec, mut lines) = self.lines(row, field)?;
        let text = line(text)?;
        if at > lines.len() {
            return Err(Refused::NoSuchLine);
        }
        lines.insert(at, text.clone());
        let splices = match self.texts(row, spec) {
            Some(list) => {
                let written = write::text(&text, None, "\n");
                let spread = spread(&list, at, &written);
                spread.or_else(|| lists::insert(&list, at, &Run::new(written)))
            }
            None => return self.begin(row, spec, lines),
        };
        self.commit_lines(row, spec, splices, lines)
    }

    /// Writes a line otherwise.
    ///
    /// # Errors
    ///
    /// As of [`insert_line`](Self::insert_line), or there is no such line.
    pub fn set_line(
        &mut self,
        row: usize,
        field: &str,
        at: usize,
        text: &str,
    ) -> Result<Edited, Refused> {
        let (spec, mut lines) = self.lines(row, field)?;
        let text = line(text)?;
        let old = lines.get_mut(at).ok_or(Refused::NoSuchLine)?;
        if *old == text {
            return self.commit(self.unmoved(row, Vec::new()));
        }
        old.clone_from(&text);
        let list = self.texts(row, spec);
        let node = list.and_then(|list| list.item(at));
        let splices = node.map(|node| {
            let node = node.unwrapped();
            let written = write::text(&text, Some(node.text()), "\n");
            vec![Splice::new(node.range(), written)]
        });
        self.commit_lines(row, spec, splices, lines)
    }

    /// Takes a line out. The list stays, with nothing in it at last.
    ///
    /// # Errors
    ///
    /// The row has no such list, or there is no such line.
    pub fn remove_line(&mut self, row: usize, field: &str, at: usize) -> Result<Edited, Refused> {
        let (spec, mut lines) = self.lines(row, field)?;
        if at >= lines.len() {
            return Err(Refused::NoSuchLine);
        }
        lines.remove(at);
        let list = self.texts(row, spec);
        let splices = list.and_then(|list| lists::remove(&list, at..at + 1));
        self.commit_lines(row, spec, splices, lines)
    }

    /// Moves a line one place.
    ///
    /// # Errors
    ///
    /// The row has no such list, there is no such line, or it is the first or last already.
    pub fn move_line(
        &mut self,
        row: usize,
        field: &str,
        at: usize,
        shift: Shift,
    ) -> Result<Edited, Refused> {
        let (spec, mut lines) = self.lines(row, field)?;
        if at >= lines.len() {
            return Err(Refused::NoSuchLine);
        }
        let first = match shift {
            Shift::Up => at.checked_sub(1).ok_or(Refused::First)?,
            Shift::Down if at + 1 == lines.len() => return Err(Refused::Last),
            Shift::Down => at,
        };
        lines.swap(first, first + 1);
        let list = self.texts(row, spec);
        let splice = list.and_then(|list| lists::exchange(&list, first, first + 1, first + 2));
        self.commit_lines(row, spec, splice.map(|splice| vec![splice]), lines)
    }

    /// Writes a list that is not there, with these lines.
    ///
    /// # Errors
    ///
    /// As of [`insert_line`](Self::insert_line), or there are lines already.
    pub fn begin_lines(
        &mut self,
        row: usize,
        field: &str,
        lines: &[String],
    ) -> Result<Edited, Refused> {
        let (spec, old) = self.lines(row, field)?;
        if !old.is_empty() || self.texts(row, spec).is_some() {
            return Err(Refused::HasLines);
        }
        let lines = lines.iter().map(|text| line(text));
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        self.begin(row, spec, lines)
    }

    /// A list of the row and the lines in it.
    fn lines(&self, row: usize, field: &str) -> Result<(Spec, Vec<String>), Refused> {
        let spec = self.spec(row, field)?;
        if spec.kind != FieldKind::Lines {
            return Err(Refused::WrongKind(spec.name));
        }
        match state(spec.kind, self.value_node(row, spec.name)) {
            FieldState::Absent => Ok((spec, Vec::new())),
            FieldState::Value(Value::Lines(lines)) => Ok((spec, lines)),
            FieldState::Value(_) | FieldState::Unread(_) => Err(Refused::UnreadLines(spec.name)),
        }
    }

    /// The list as it is written; none if there is none.
    fn texts(&self, row: usize, spec: Spec) -> Option<List<'_>> {
        let node = self.value_node(row, spec.name)?.unwrapped();
        let is_list = node.kind() == NodeKind::List;
        List::of(&self.document, node).filter(|_| is_list)
    }

    fn begin(&mut self, row: usize, spec: Spec, lines: Vec<String>) -> Result<Edited, Refused> {
        let splices = match self.value_node(row, spec.name) {
            None => self.new_field(row, spec, &Value::Lines(lines.clone()))?,
            Some(node) => {
                // `None`, or a name with nothing behind it.
                let node = node.unwrapped();
                let gap = match node.kind() {
                    NodeKind::Missing => " ",
                    _ => "",
                };
                let written = write::lines(&lines, None, "");
                vec![Splice::new(node.range(), format!("{gap}{written}"))]
            }
        };
        self.commit_lines(row, spec, Some(splices), lines)
    }

    /// Makes an edit of a list, if it reads afterwards as it was meant.
    fn commit_lines(
        &mut self,
        row: usize,
        spec: Spec,
        splices: Option<Vec<Splice>>,
        meant: Vec<String>,
    ) -> Result<Edited, Refused> {
        let splices = splices.ok_or(Refused::WouldBreak)?;
        let edited = self.commit(self.unmoved(row, splices))?;
        let read = state(spec.kind, self.value_node(row, spec.name));
        if read == FieldState::Value(Value::Lines(meant)) {
            return Ok(edited);
        }
        self.take_back();
        Err(Refused::WouldBreak)
    }
}

/// The text of a line, if the format takes it.
fn line(text: &str) -> Result<String, Refused> {
    checked_text(text.trim(), Lines::One).map(|value| value.typed())
}

/// The first line of a list, on the bracket's own; or a list that would outgrow its line with a line
/// more, as one of lines. None where neither is so, or somebody has written something between.
fn spread(list: &List<'_>, at: usize, written: &str) -> Option<Vec<Splice>> {
    let inner = list.open..list.close;
    let mut tokens = list.document.tokens_in(inner.clone()).iter();
    let place = list.document.line_column(list.open);
    let width = list.document.line_text(place.line).chars().count();
    let is_plain =
        !layout::breaks(list.document, &inner) && !tokens.any(|token| token.kind.is_comment());
    let is_wide = width + written.chars().count() + 2 > WIDE_FOR_LONG;
    match (is_plain, is_wide) {
        (true, false) if list.len() == 0 => return Some(vec![Splice::new(inner, written)]),
        (true, true) => {}
        _ => return None,
    }
    let mut texts: Vec<&str> = list
        .items
        .iter()
        .map(|item| list.document.slice(item.range()))
        .collect();
    texts.insert(at.min(texts.len()), written);
    let outer = list.outer();
    let unit = layout::unit(list.document);
    let line_end = layout::line_end(list.text(), list.open);
    let lines = texts
        .into_iter()
        .map(|text| format!("{line_end}{outer}{unit}{text},"));
    let lines: String = lines.collect();
    Some(vec![Splice::new(
        inner,
        format!("{lines}{line_end}{outer}"),
    )])
}
