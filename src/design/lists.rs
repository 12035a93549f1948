//! Items of a bracket taken out, put in, and exchanged, as splices. What belongs to no item stays, and
//! no comment comes to stand where another item would take it.

use std::ops::Range;

use super::layout::{self, List};
use super::run::{Begins, Comma, Ends, Run};
use super::splice::Splice;
use crate::document::Node;

/// Takes items out.
pub(super) fn remove(list: &List<'_>, items: Range<usize>) -> Option<Vec<Splice>> {
    let (first, end) = (
        list.extent(items.start)?.start,
        list.extent(items.end.checked_sub(1)?)?.end,
    );
    let mut splices: Vec<Splice> = comma_before_removed(list, &items).into_iter().collect();
    let text = list.text();
    let own_lines = layout::starts_line(text, first)
        .filter(|_| list.breaks(items.start))
        .zip(layout::ends_line(text, end).filter(|_| list.breaks(items.end)));
    let range = if let Some((blanks, behind)) = own_lines {
        without_spare_lines(list, &items, first - blanks.len()..behind)
    } else {
        within_line(list, &items, first..end)
    };
    splices.push(Splice::new(range, ""));
    Some(splices)
}

/// The comma of what becomes the last item of a list that ends without one.
fn comma_before_removed(list: &List<'_>, items: &Range<usize>) -> Option<Splice> {
    let removed = list.item(items.end.checked_sub(1)?)?;
    let before = list.item(items.start.checked_sub(1)?)?;
    let needless = items.end == list.len() && removed.comma_after().is_none();
    let comma = before.comma_after().filter(|_| needless)?;
    Some(Splice::new(comma, ""))
}

/// Whole lines to take out, with the empty lines around them that would be one too many.
fn without_spare_lines(list: &List<'_>, items: &Range<usize>, lines: Range<usize>) -> Range<usize> {
    let text = list.text();
    let blank_lines = |text: &str| {
        let blank = text
            .split_inclusive('\n')
            .take_while(|line| line.trim().is_empty());
        blank
            .filter(|line| line.ends_with('\n'))
            .map(str::len)
            .sum::<usize>()
    };
    let behind = text
        .get(lines.end..list.gap(items.end).end)
        .map_or(0, blank_lines);
    let before = text
        .get(list.gap(items.start).start..lines.start)
        .map_or(0, |gap| {
            let blank = gap.split_inclusive('\n').rev();
            // The first piece of the gap is the rest of a line that is not empty.
            let pieces = gap.matches('\n').count();
            let blank = blank
                .take(pieces.saturating_sub(1))
                .take_while(|line| line.trim().is_empty());
            blank.map(str::len).sum()
        });
    let (is_first, is_last) = (items.start == 0, items.end == list.len());
    if is_first && before == 0 {
        lines.start..lines.end + behind
    } else if (is_last && behind == 0) || (before > 0 && behind > 0) {
        lines.start - before..lines.end
    } else {
        lines
    }
}

/// What to take out of a line, or of several that other items stand on.
fn within_line(list: &List<'_>, items: &Range<usize>, range: Range<usize>) -> Range<usize> {
    let (before, behind) = (list.gap(items.start), list.gap(items.end));
    let is_blank = |gap: &Range<usize>| list.document.slice(gap.clone()).trim().is_empty();
    let has_line = |at: usize| list.breaks(at);
    let is_first = items.start == 0;
    if items.end < list.len() {
        let next = Run::of(list, items.end..items.end + 1);
        let next_needs_line = next.is_none_or(|next| next.begins == Begins::OnItsLine);
        return match (has_line(items.start), has_line(items.end)) {
            // The next comes to stand where these stood.
            (_, false) => range.start..behind.end,
            (false, true) if is_first && !next_needs_line && is_blank(&behind) => {
                range.start..behind.end
            }
            (false, true) if !is_first => before.start..range.end,
            (_, true) => range,
        };
    }
    let previous = items.start.checked_sub(1);
    let previous = previous.and_then(|at| Run::of(list, at..at + 1));
    let keeps_line = previous.is_some_and(|run| run.ends == Ends::WithItsLine);
    if is_first && is_blank(&before) && is_blank(&behind) && !has_line(0) && !has_line(items.end) {
        return before.start..behind.end;
    }
    if !is_first && is_blank(&before) && !keeps_line {
        return before.start..range.end;
    }
    range
}

/// Puts a run in before an item; of the number of items at the end.
pub(super) fn insert(list: &List<'_>, at: usize, run: &Run) -> Option<Vec<Splice>> {
    let text = list.text();
    let count = list.len();
    let line_end = layout::line_end(
        text,
        list.extent(at.min(count.saturating_sub(1)))
            .map_or(list.open, |item| item.start),
    );
    let indent = list.indent(at);
    if count == 0 {
        return Some(vec![into_empty(list, run, &indent, line_end)]);
    }
    let bottom = list.item(count - 1)?;
    let comma = Comma::when(at < count || bottom.comma_after().is_some());
    let mut splices = Vec::new();
    if at == count && bottom.comma_after().is_none() {
        splices.push(Splice::new(comma_splice(list, count - 1)?, ","));
    }
    let space = if is_spaced_around(list, at) {
        line_end
    } else {
        ""
    };
    let own_lines = run.indented(comma, &indent, line_end);
    if at == 0 && list.breaks(0) {
        // Above the first item's line.
        let start = list.extent(0)?.start;
        let begin = layout::line_start(text, start);
        let text = format!("{indent}{own_lines}{line_end}{space}");
        splices.push(Splice::new(begin..begin, text));
        return Some(splices);
    }
    let closes_line = |at: usize| at == count && !list.breaks(at);
    if at > 0 && (list.breaks(at) || (closes_line(at) && list.breaks(at - 1))) {
        // Below the item before.
        let end = list.extent(at - 1)?.end;
        let needs_line = closes_line(at) && run.ends == Ends::WithItsLine;
        let close = if needs_line {
            format!("{line_end}{}", list.outer())
        } else {
            String::new()
        };
        let text = format!("{space}{line_end}{indent}{own_lines}{close}");
        splices.push(Splice::new(end..end, text));
        return Some(splices);
    }
    splices.push(into_line(list, at, run, comma, &indent, line_end)?);
    Some(splices)
}

/// Whether the items around a place are set apart by empty lines.
fn is_spaced_around(list: &List<'_>, at: usize) -> bool {
    let gaps = at.saturating_sub(1)..=at + 1;
    let mut gaps = gaps.filter(|gap| (1..list.len()).contains(gap)).peekable();
    if list.len() == 1 {
        // Nothing shows how they stand: phases read better apart.
        let is_phase = list.item(0).and_then(Node::name) == Some("Phase");
        return is_phase && list.breaks(0);
    }
    gaps.peek().is_some() && gaps.all(|gap| list.is_spaced(gap))
}

/// Where a missing comma goes.
fn comma_splice(list: &List<'_>, at: usize) -> Option<Range<usize>> {
    let place = layout::comma_place(list.document, list.item(at)?);
    Some(place..place)
}

fn into_empty(list: &List<'_>, run: &Run, indent: &str, line_end: &str) -> Splice {
    let content = list.content();
    let rest = content..list.close;
    let own_lines = run.indented(Comma::Yes, indent, line_end);
    let text = format!("{line_end}{indent}{own_lines}");
    if layout::breaks(list.document, &rest) {
        return Splice::new(content..content, text);
    }
    Splice::new(rest, format!("{text}{line_end}{}", list.outer()))
}

/// Puts a run between items of one line, or on lines of its own where it needs them.
fn into_line(
    list: &List<'_>,
    at: usize,
    run: &Run,
    comma: Comma,
    indent: &str,
    line_end: &str,
) -> Option<Splice> {
    let is_last = at == list.len();
    let needs_lines = run.has_lines() || run.begins == Begins::OnItsLine;
    let ends_line = run.has_lines()
        || match run.ends {
            Ends::Anywhere => false,
            Ends::BeforeNoItem => !is_last,
            Ends::WithItsLine => true,
        };
    let text = if needs_lines {
        run.indented(comma, indent, line_end)
    } else {
        run.written(comma)
    };
    let break_before = format!("{line_end}{indent}");
    let break_behind = if is_last {
        format!("{line_end}{}", list.outer())
    } else {
        break_before.clone()
    };
    if at == 0 {
        let start = list.extent(0)?.start;
        let before = if needs_lines {
            break_before.as_str()
        } else {
            ""
        };
        // The first item's own gap stays before what is new, or goes where its line ends.
        let range = if needs_lines {
            list.gap(0).start..start
        } else {
            start..start
        };
        let behind = match () {
            () if ends_line => break_behind.as_str(),
            () if list.breaks(1) && list.len() > 1 => {
                return Some(Splice::new(range, format!("{before}{text}{break_behind}")));
            }
            () => " ",
        };
        return Some(Splice::new(range, format!("{before}{text}{behind}")));
    }
    let gap = list.gap(at);
    let old = list.document.slice(gap.clone());
    let before = match () {
        () if needs_lines => break_before.as_str(),
        () if !is_last && !old.is_empty() => old,
        () => " ",
    };
    let behind = if ends_line {
        break_behind.as_str()
    } else {
        old
    };
    Some(Splice::new(gap, format!("{before}{text}{behind}")))
}

/// Exchanges items with those right behind them: from `first` to `middle` with from there to `end`.
pub(super) fn exchange(list: &List<'_>, first: usize, middle: usize, end: usize) -> Option<Splice> {
    let (one, other) = (Run::of(list, first..middle)?, Run::of(list, middle..end)?);
    let is_last = end == list.len();
    let start = list.extent(first)?.start;
    let stop = list.extent(end.checked_sub(1)?)?.end;
    let gap = list.document.slice(list.gap(middle));
    let line_end = layout::line_end(list.text(), start);
    let line = format!("{line_end}{}", list.indent(first));
    let comma = Comma::when(!is_last || other.has_comma());
    let is_inline = layout::starts_line(list.text(), start).is_none();
    let (before, start) = match other.begins {
        Begins::OnItsLine if is_inline => (line.as_str(), list.gap(first).start),
        _ => ("", start),
    };
    let parted = gap.contains('\n');
    let needs_line = other.ends != Ends::Anywhere || one.begins == Begins::OnItsLine;
    let between = if needs_line && !parted {
        line.as_str()
    } else {
        gap
    };
    let rest_is_blank = layout::ends_line(list.text(), stop).is_some();
    let behind = match one.ends {
        Ends::Anywhere => String::new(),
        Ends::BeforeNoItem if is_last => String::new(),
        _ if rest_is_blank => String::new(),
        _ if is_last => format!("{line_end}{}", list.outer()),
        _ => line.clone(),
    };
    let text = [
        before,
        &other.written(Comma::Yes),
        between,
        &one.written(comma),
        &behind,
    ]
    .concat();
    let stop = if behind.is_empty() {
        stop
    } else {
        list.gap(end).end
    };
    Some(Splice::new(start..stop, text))
}
