//! Rows put in a group of their own, and groups dissolved.

use std::ops::Range;

use super::{Planned, Wrap};
use crate::design::layout::{self, List};
use crate::design::rows::Class;
use crate::design::run::{Begins, Comma, Ends, Run, reindented};
use crate::design::splice::{self, Splice};
use crate::design::{Design, Edited, Refused, RowKind};
use crate::document::Node;
use crate::routine::MAX_REPEAT;

impl Design {
    /// Puts rows in a group of their own, where they stand.
    ///
    /// # Errors
    ///
    /// The rows are not in one list, or such a group can't hold them.
    pub fn wrap(&mut self, rows: Range<usize>, wrap: Wrap) -> Result<Edited, Refused> {
        let selected = self.select(rows)?;
        let class = self.class(selected.list);
        let (kind, open) = match wrap {
            Wrap::BothSides => (RowKind::BothSides, "BothSides([".to_owned()),
            Wrap::Repeat(times) if (1..=MAX_REPEAT).contains(&times) => {
                (RowKind::Repeat, format!("Repeat({times}, ["))
            }
            Wrap::Repeat(_) => return Err(Refused::RepeatCount),
        };
        if class == Class::Sequences || (class == Class::Phases && kind == RowKind::Repeat) {
            let thing = self.known(selected.rows.start)?.kind.thing();
            return Err(Refused::NotThis(thing));
        }
        let list = self.list_of(&selected)?;
        let run = Run::of(&list, selected.items.clone()).ok_or(Refused::WouldBreak)?;
        let splice = wrapped(&list, &selected.items, &run, &open);
        let mut shape = self.shape();
        let depth = self.depth(selected.list);
        for (_, inner) in shape
            .iter_mut()
            .take(selected.rows.end)
            .skip(selected.rows.start)
        {
            *inner += 1;
        }
        shape.insert(selected.rows.start, (kind, depth));
        self.commit(Planned {
            splices: vec![splice.ok_or(Refused::WouldBreak)?],
            shape,
            rows: selected.rows.start..selected.rows.end + 1,
        })
    }

    /// Puts what is in a group in the group's place. The group's own comments stay above it.
    ///
    /// # Errors
    ///
    /// The row is no group, or an empty one.
    pub fn unwrap(&mut self, row: usize) -> Result<Edited, Refused> {
        let known = self.known(row)?;
        if !known.kind.is_group() {
            return Err(Refused::NotThis(known.kind.thing()));
        }
        let end = known.end;
        if end == row + 1 {
            return Err(Refused::EmptyGroup);
        }
        let selected = self.select(row..row + 1)?;
        let outer = self.list_of(&selected)?;
        let group = self.node(row).ok_or(Refused::WouldBreak)?;
        let inner = self.list(crate::design::rows::Container::Inside(row));
        let inner = inner.and_then(|node| List::of(&self.document, node));
        let inner = inner.ok_or(Refused::WouldBreak)?;
        let splice = dissolved(&outer, selected.items.start, group, &inner);
        let mut shape = self.shape();
        shape.remove(row);
        for (_, depth) in shape.iter_mut().take(end - 1).skip(row) {
            *depth -= 1;
        }
        self.commit(Planned {
            splices: vec![splice.ok_or(Refused::WouldBreak)?],
            shape,
            rows: row..end - 1,
        })
    }
}

/// Items with a group around them.
fn wrapped(list: &List<'_>, items: &Range<usize>, run: &Run, open: &str) -> Option<Splice> {
    let text = list.text();
    let start = list.extent(items.start)?.start;
    let end = list.extent(items.end.checked_sub(1)?)?.end;
    let comma = if run.has_comma() { "," } else { "" };
    let own_line = layout::starts_line(text, start).is_some();
    let needs_lines = own_line
        || run.has_lines()
        || run.begins == Begins::OnItsLine
        || run.ends == Ends::WithItsLine;
    if !needs_lines {
        let items = run.written(Comma::No);
        return Some(Splice::new(start..end, format!("{open}{items}]){comma}")));
    }
    let outer = layout::indent(text, start);
    let inner = format!("{outer}{}", layout::unit(list.document));
    let line_end = layout::line_end(text, start);
    let items = run.indented(Comma::when(run.has_comma()), &inner, line_end);
    let group = format!("{open}{line_end}{inner}{items}{line_end}{outer}]){comma}");
    Some(Splice::new(start..end, group))
}

/// What is in a group in the place of the group.
fn dissolved(outer: &List<'_>, at: usize, group: Node<'_>, inner: &List<'_>) -> Option<Splice> {
    let (document, text) = (outer.document, outer.text());
    let range = outer.extent(at)?;
    let comments = |range: Range<usize>| {
        let tokens = document.tokens_in(range).iter();
        let comments = tokens.filter(|token| token.kind.is_comment());
        comments.map(|token| document.slice(token.range.clone()))
    };
    // What is said of the group itself has its place above what was in it.
    let above = document.slice(range.start..group.range().start).trim_end();
    let mut pieces: Vec<String> = [above]
        .into_iter()
        .filter(|above| !above.is_empty())
        .chain(comments(group.range().start..inner.open))
        .chain(comments(inner.close..range.end))
        .map(str::to_owned)
        .collect();
    let run = Run::of(inner, 0..inner.len())?;
    let comma = Comma::when(group.comma_after().is_some());
    let (intro, content) = (document.slice(inner.gap(0)), content(inner, comma)?);
    let line_end = layout::line_end(text, range.start);
    let own_line = layout::starts_line(text, range.start);
    let needs_lines = own_line.is_some()
        || !pieces.is_empty()
        || !intro.trim().is_empty()
        || content.contains('\n')
        || run.begins == Begins::OnItsLine
        || run.ends == Ends::WithItsLine;
    if !needs_lines {
        return Some(Splice::new(range, content));
    }
    let blanks = own_line.map_or_else(|| outer.indent(at), str::to_owned);
    let old_blanks = inner.indent(0);
    let intro_lines = reindented(intro.trim(), &old_blanks, &blanks);
    let rest = intro.get(intro.trim_end().len()..).unwrap_or("");
    if rest.matches('\n').count() > 1 && !intro_lines.is_empty() {
        // An empty line sets it apart from the first item, and still does.
        pieces.splice(0..0, [intro_lines, String::new()]);
    } else if !intro_lines.is_empty() {
        pieces.push(intro_lines);
    }
    pieces.push(reindented(&content, &old_blanks, &blanks));
    let line = format!("{line_end}{blanks}");
    let mut lines = String::new();
    for (number, piece) in pieces.iter().enumerate() {
        if number > 0 || own_line.is_none() {
            lines.push_str(if piece.is_empty() { line_end } else { &line });
        }
        lines.push_str(piece);
    }
    let mut range = range;
    if own_line.is_none() {
        range.start = outer.gap(at).start;
    }
    let is_last = at + 1 == outer.len();
    let dangling = document.slice(inner.gap(inner.len()));
    if layout::ends_line(text, range.end).is_none() {
        let close = format!("{line_end}{}", outer.outer());
        lines.push_str(if is_last { &close } else { &line });
        range.end = outer.gap(at + 1).end;
    } else if !dangling.trim().is_empty() && !is_last {
        // The comment at the group's end is not about what follows the group.
        lines.push_str(line_end);
    }
    Some(Splice::new(range, lines))
}

/// All that stands in a bracket from its first item on, the blanks at the end left out.
fn content(list: &List<'_>, comma: Comma) -> Option<String> {
    let all = list.document.slice(list.open..list.close);
    let start = list.extent(0)?.start;
    let end = list.close - (all.len() - all.trim_end().len());
    let end_item = list.item(list.len().checked_sub(1)?)?;
    let place = layout::comma_place(list.document, end_item);
    let change = match (comma, end_item.comma_after()) {
        (Comma::Yes, None) => Some(Splice::new(place..place, ",")),
        (Comma::No, Some(comma)) => Some(Splice::new(comma, "")),
        _ => None,
    };
    let change = change.map(|splice| {
        let range = splice.range.start - start..splice.range.end - start;
        Splice::new(range, splice.text)
    });
    let text = list.document.slice(start..end);
    Some(splice::apply(text, change.as_slice()).0)
}
