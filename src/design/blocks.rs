//! Fields put into a block and taken out of it, as splices: where the format usually has them, and laid
//! out as their neighbours are.

use super::layout::{self, List};
use super::lists;
use super::splice::Splice;
use super::{RowKind, Within};
use crate::document::Node;

/// How wide a line may become before a field goes on a line of its own, in characters.
const WIDE: usize = 110;
/// The same for a field that likes a line of its own.
pub(super) const WIDE_FOR_LONG: usize = 100;

const ROUTINE: &[&str] = &[
    "format",
    "name",
    "author",
    "description",
    "level",
    "length",
    "prepare",
    "sequences",
    "phases",
    "preparation",
    "contraindications",
    "self_check",
    "aftercare",
];
const AFTERCARE: &[&str] = &["for_hours", "recommend", "avoid", "caution", "note"];
const PHASE: &[&str] = &["name", "position", "stance", "with", "pressure", "steps"];
const STEP: &[&str] = &[
    "stroke", "kind", "region", "side", "toward", "working", "with", "stance", "pressure", "time",
    "min", "max", "pace", "hold", "sound", "cue", "note",
];

/// The order in which a block's fields are usually written.
pub(super) const fn order(kind: RowKind, within: Within) -> &'static [&'static str] {
    match kind {
        RowKind::Routine if matches!(within, Within::Aftercare) => AFTERCARE,
        RowKind::Routine => ROUTINE,
        RowKind::Phase => PHASE,
        _ => STEP,
    }
}

/// What is put into a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewField<'a> {
    pub(super) name: &'a str,
    /// The value as it is written.
    pub(super) value: &'a str,
    pub(super) form: Form,
}

/// How a field likes to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Beside others.
    Short,
    /// On a line of its own where there are several lines already.
    Long,
}

/// Puts a field that is not there into a block.
pub(super) fn insert(list: &List<'_>, order: &[&str], field: NewField<'_>) -> Option<Vec<Splice>> {
    let rank = |name: &str| order.iter().position(|known| *known == name);
    let own = rank(field.name)?;
    let rank_of = |node: &Node<'_>| rank(node.key()?.name()?);
    let written = format!("{}: {}", field.name, field.value);
    if list.len() == 0 {
        let content = list.content();
        return Some(vec![Splice::new(content..content, written)]);
    }
    let ranked = list.items.iter().enumerate();
    let ranked = ranked.filter_map(|(at, node)| Some((rank_of(node)?, at)));
    let before = ranked.filter(|(rank, _)| *rank < own).max();
    match before {
        Some((_, before)) => after(list, before, &written, field.form),
        None => first(list, &written),
    }
}

fn first(list: &List<'_>, written: &str) -> Option<Vec<Splice>> {
    let start = list.extent(0)?.start;
    let splice = match layout::starts_line(list.text(), start).filter(|_| list.breaks(0)) {
        Some(blanks) => {
            let line_end = layout::line_end(list.text(), start);
            let begin = start - blanks.len();
            Splice::new(begin..begin, format!("{blanks}{written},{line_end}"))
        }
        None => Splice::new(start..start, format!("{written}, ")),
    };
    Some(vec![splice])
}

fn after(list: &List<'_>, at: usize, written: &str, form: Form) -> Option<Vec<Splice>> {
    let node = list.item(at)?;
    let (extent, comma) = (list.extent(at)?, node.comma_after());
    let stands_alone = list.breaks(at) && list.breaks(at + 1);
    let has_comment = comma.as_ref().is_some_and(|comma| comma.end < extent.end)
        || layout::ends_with_line_comment(list.document, node);
    let has_lines = (1..=list.len()).any(|gap| list.breaks(gap)) || list.breaks(0);
    let wide = match form {
        Form::Short => WIDE,
        Form::Long => WIDE_FOR_LONG,
    };
    let is_wide = width(list, extent.end) + written.chars().count() + 2 > wide;
    let own_line = stands_alone
        || has_comment
        || is_wide
        || (form == Form::Long && has_lines)
        || written.contains('\n');
    let place = layout::comma_place(list.document, node);
    if !own_line {
        return Some(vec![match comma {
            Some(comma) => Splice::new(comma.end..comma.end, format!(" {written},")),
            None => Splice::new(place..place, format!(", {written}")),
        }]);
    }
    let line_end = layout::line_end(list.text(), extent.start);
    let blanks = aligned(list, at);
    let is_last = at + 1 == list.len();
    let mut splices = Vec::new();
    let tail = match comma {
        None if is_last => {
            splices.push(Splice::new(place..place, ","));
            ""
        }
        _ => ",",
    };
    let text = format!("{line_end}{blanks}{written}{tail}");
    splices.push(Splice::new(extent.end..extent.end, text));
    Some(splices)
}

/// How many characters the line of a byte has.
fn width(list: &List<'_>, byte: usize) -> usize {
    let at = list.document.line_column(byte);
    list.document.line_text(at.line).chars().count()
}

/// The blanks before a field on a line of its own: as of the nearest field that has one, else so that it
/// stands below the first field.
fn aligned(list: &List<'_>, near: usize) -> String {
    let text = list.text();
    let before = (0..=near).rev();
    let mut nearest = before
        .chain(near + 1..list.len())
        .filter(|at| list.breaks(*at));
    if let Some(start) = nearest.find_map(|at| Some(list.extent(at)?.start)) {
        return layout::indent(text, start).to_owned();
    }
    let start = list
        .item(0)
        .map_or(list.open, |node| node.item_range().start);
    let blanks = layout::indent(text, start);
    let line = text
        .get(layout::line_start(text, start)..start)
        .unwrap_or("");
    let rest = line.chars().count() - blanks.chars().count();
    format!("{blanks}{}", " ".repeat(rest))
}

/// Takes a field out of a block. On lines of its own its comments go with it; on a line that it shares
/// those above it and behind it may be about the others, and stay.
pub(super) fn remove(list: &List<'_>, at: usize) -> Option<Vec<Splice>> {
    let (document, text) = (list.document, list.text());
    let node = list.item(at)?;
    let (item, comma) = (node.item_range(), node.comma_after());
    let extent = list.extent(at)?;
    let plain = item.start..comma.as_ref().map_or(item.end, |comma| comma.end);
    let between = comma.as_ref().map_or(item.end, |comma| comma.start);
    let has_inner = !document.slice(item.end..between).trim().is_empty();
    if (extent == plain && !has_inner) || (list.breaks(at) && list.breaks(at + 1)) {
        return lists::remove(list, at..at + 1);
    }
    let mut splices = Vec::new();
    let is_last = at + 1 == list.len();
    let before = at.checked_sub(1).and_then(|before| list.item(before));
    let needless = before.filter(|_| is_last && comma.is_none());
    let needless = needless.and_then(Node::comma_after);
    splices.extend(needless.map(|comma| Splice::new(comma, "")));
    let comments = node.leading_comments();
    let beside = comments.iter().map(|comment| comment.range.start);
    let mut start = beside
        .filter(|start| !layout::breaks(document, &(*start..item.start)))
        .min()
        .unwrap_or(item.start);
    let mut end = plain.end;
    if has_inner {
        splices.extend(comma.map(|comma| Splice::new(comma, "")));
        end = item.end;
    }
    let rest = text.get(end..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if rest.trim_start().starts_with([')', ']', '}']) || layout::ends_line(text, end).is_some() {
        let line = text.get(..start).unwrap_or("");
        start = line.trim_end_matches([' ', '\t']).len();
    } else {
        end += blanks;
    }
    splices.push(Splice::new(start..end, ""));
    Some(splices)
}
