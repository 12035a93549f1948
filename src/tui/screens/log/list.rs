//! The sessions as rows, and the marked one in full. It knows no store and no
//! key.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Widget};

use crate::plan::Speed;
use crate::routine::text::printable;
use crate::routine::time::{clock, round_seconds};
use crate::session::Outcome;
use crate::store::{Entry, Prompts, Wall};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::Marked;
use crate::tui::widgets::sheet::Sheet;
use crate::tui::widgets::text::{fit, width, wrap};

/// Where list and detail stand.
pub(super) struct Columns {
    pub(super) list: Rect,
    detail: Rect,
}

impl Columns {
    pub(super) fn of(body: Rect) -> Self {
        let (list, detail) = if body.width >= 104 {
            // In a vast window the detail gets its share.
            let share = (body.width / 3).max(38);
            let [list, _, detail] = Layout::horizontal([
                Constraint::Fill(1),
                Constraint::Length(1),
                Constraint::Length(share),
            ])
            .areas(body);
            (list, detail)
        } else if body.height >= 8 {
            let detail = if body.height >= 16 { 9 } else { 5 };
            let [list, detail] =
                Layout::vertical([Constraint::Fill(1), Constraint::Length(detail)]).areas(body);
            (list, detail)
        } else {
            (body, Rect::ZERO)
        };
        Self { list, detail }
    }
}

pub(super) fn name(entry: &Entry) -> String {
    printable(&entry.routine)
}

fn began(entry: &Entry) -> Option<Wall> {
    entry.started.or(entry.ended)
}

pub(super) fn day(entry: &Entry) -> String {
    began(entry).map_or_else(|| "no date".to_owned(), |wall| wall.date().to_string())
}

/// "practice", "rehearsal ×2".
pub(super) fn kind(entry: &Entry) -> String {
    if entry.speed == Speed::REAL {
        entry.kind.human().to_owned()
    } else {
        format!("{} ×{}", entry.kind.human(), entry.speed)
    }
}

pub(super) const fn outcome(entry: &Entry) -> &'static str {
    match entry.outcome {
        Outcome::Finished => "finished",
        Outcome::EndedEarly => "early",
        Outcome::Interrupted => "interrupted",
    }
}

pub(super) fn render(
    entries: &[Entry],
    marked: Marked,
    body: Rect,
    buf: &mut Buffer,
    theme: &Theme,
) {
    let columns = Columns::of(body);
    let list = columns.list;
    let top = marked.top(entries.len(), usize::from(list.height));
    for (y, (index, entry)) in (list.top()..list.bottom()).zip(entries.iter().enumerate().skip(top))
    {
        let row = Rect::new(list.x, y, list.width, 1);
        let is_marked = index == marked.index;
        render_row(entry, is_marked, row, buf, theme);
    }
    let Some(entry) = entries.get(marked.index) else {
        return;
    };
    if columns.detail.is_empty() {
        return;
    }
    let beside = columns.detail.x > body.x;
    let block = Block::new()
        .borders(if beside { Borders::LEFT } else { Borders::TOP })
        .border_style(theme.faint());
    let inner = block.inner(columns.detail);
    block.render(columns.detail, buf);
    let inner = if beside {
        Rect {
            x: inner.x + 1,
            width: inner.width.saturating_sub(1),
            ..inner
        }
    } else {
        inner
    };
    let mut lines = detail(entry, inner.width, theme);
    let rows = usize::from(inner.height);
    if lines.len() > rows {
        lines.truncate(rows.saturating_sub(1));
        let rest = fit("… Enter shows the rest", inner.width);
        lines.push(Line::styled(rest, theme.dim()));
    }
    Sheet::of(lines, inner.width, theme).show(0, inner, buf, theme);
}

/// Minutes worked, of minutes planned.
fn minutes(entry: &Entry) -> (String, String) {
    let minutes = |time: std::time::Duration| (time.as_secs() + 30) / 60;
    let worked = minutes(entry.actual);
    (
        format!("{worked} of {} min", minutes(entry.planned)),
        format!("{worked} min"),
    )
}

fn render_row(entry: &Entry, is_marked: bool, row: Rect, buf: &mut Buffer, theme: &Theme) {
    let style = if is_marked {
        theme.marked()
    } else {
        theme.text()
    };
    let note = if entry.note.is_some() { "✎" } else { " " };
    let (of, alone) = minutes(entry);
    let facts = if row.width >= 70 {
        format!(
            "  {:<14}  {:<11}  {of:>14} {note}",
            kind(entry),
            outcome(entry)
        )
    } else if row.width >= 56 {
        format!("  {:<11}  {of:>14} {note}", outcome(entry))
    } else if row.width >= 30 {
        format!(" {alone:>7} {note}")
    } else {
        String::new()
    };
    let mark = if is_marked { "▶ " } else { "  " };
    let room = row.width.saturating_sub(width(&facts));
    let left = fit(&format!("{mark}{}  {}", day(entry), name(entry)), room);
    buf.set_stringn(row.x, row.y, &left, usize::from(room), style);
    let facts_style = if is_marked { style } else { theme.dim() };
    let at = row.right().saturating_sub(width(&facts)).max(row.x);
    buf.set_stringn(at, row.y, &facts, usize::from(row.width), facts_style);
}

fn push(lines: &mut Vec<Line<'static>>, text: &str, most: u16, style: Style) {
    lines.extend(
        wrap(text, most)
            .into_iter()
            .map(|line| Line::styled(line, style)),
    );
}

/// All that the log has of one session but its steps.
fn detail(entry: &Entry, most: u16, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    push(&mut lines, &name(entry), most, theme.bright());
    let time = |wall: Option<Wall>| wall.map(|wall| wall.civil().strftime("%H:%M").to_string());
    let mut facts = vec![day(entry)];
    match (time(entry.started), time(entry.ended)) {
        (Some(from), Some(to)) => facts.push(format!("{from} to {to}")),
        (from, to) => facts.extend(from.or(to)),
    }
    facts.push(kind(entry));
    facts.push(match (entry.outcome, entry.reason) {
        (Outcome::Finished, _) => "finished".to_owned(),
        (Outcome::Interrupted, _) => "interrupted, can be resumed".to_owned(),
        (Outcome::EndedEarly, None) => "ended early".to_owned(),
        (Outcome::EndedEarly, Some(why)) => format!("ended early: {}", why.human()),
    });
    push(&mut lines, &facts.join(" · "), most, theme.text());
    let shown = |time| clock(round_seconds(time));
    let mut times = vec![format!(
        "worked {} of {}",
        shown(entry.actual),
        shown(entry.planned)
    )];
    if entry.paused.as_secs() > 0 {
        times.push(format!("paused {}", shown(entry.paused)));
    }
    times.extend(entry.from.map(|from| format!("from step {from}")));
    if entry.prompts != Prompts::Full {
        times.push(format!("prompts: {}", entry.prompts.human()));
    }
    push(&mut lines, &times.join(" · "), most, theme.text());
    if let Some(felt) = &entry.felt {
        let words: Vec<&str> = felt.iter().map(|felt| felt.human()).collect();
        let line = if words.is_empty() {
            "the receiver felt: all well".to_owned()
        } else {
            format!("the receiver felt: {}", words.join(", "))
        };
        push(&mut lines, &line, most, theme.text());
    }
    match &entry.note {
        Some(note) => push(
            &mut lines,
            &format!("✎ {}", printable(note)),
            most,
            theme.bright(),
        ),
        None => push(&mut lines, "no note yet · n writes one", most, theme.dim()),
    }
    lines
}
