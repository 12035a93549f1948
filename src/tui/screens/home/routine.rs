//! What one sees of a routine before one picks it, beside the library: its plan
//! and its timeline; of a broken one, why it can't run.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget};

use crate::diagnostic::Diagnostic;
use crate::library::Entry;
use crate::plan::Plan;
use crate::routine::Routine;
use crate::routine::text::printable;
use crate::routine::time::clock;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{fit, wrap};
use crate::tui::widgets::timeline::Timeline;

/// How many of its mistakes are shown beside the list.
const SHOWN: usize = 8;

/// Draws it.
pub(super) fn render(entry: &Entry, area: Rect, buf: &mut Buffer, theme: &Theme) {
    match &entry.content {
        Ok(routine) => render_routine(entry, routine, area, buf, theme),
        Err(diagnostics) => render_broken(entry, diagnostics, area, buf, theme),
    }
}

/// Why a routine can't run.
fn render_broken(
    entry: &Entry,
    diagnostics: &[Diagnostic],
    area: Rect,
    buf: &mut Buffer,
    theme: &Theme,
) {
    let mut lines = vec![
        Line::styled("This routine can't run yet:", theme.warn()),
        Line::default(),
    ];
    for diagnostic in diagnostics.iter().take(SHOWN) {
        let what = diagnostic.one_line(&entry.text);
        push_wrapped(&mut lines, &what, area.width, theme.text());
        if let Some(help) = &diagnostic.help {
            push_wrapped(&mut lines, &printable(help), area.width, theme.dim());
        }
    }
    let more = diagnostics.len().saturating_sub(SHOWN) + entry.unlisted;
    if more > 0 {
        push_wrapped(
            &mut lines,
            &format!("and {more} more"),
            area.width,
            theme.text(),
        );
    }
    lines.push(Line::default());
    let check = format!("ashiatsu check {}", printable(&entry.path));
    push_wrapped(&mut lines, &check, area.width, theme.dim());
    Paragraph::new(lines).render(area, buf);
}

/// What one sees of a routine before one picks it.
fn render_routine(entry: &Entry, routine: &Routine, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let plan = Plan::whole(routine);
    let mut lines = Vec::new();
    push_wrapped(&mut lines, &routine.name, area.width, theme.bright());
    let mut facts = vec![
        clock(plan.length()),
        format!("{} steps", plan.segments.len()),
    ];
    facts.extend(routine.level.map(|level| level.human().to_owned()));
    facts.extend(routine.author.as_ref().map(|author| format!("by {author}")));
    push_wrapped(&mut lines, &facts.join(" · "), area.width, theme.text());
    lines.push(Line::default());
    let room_for_words = usize::from(area.height.saturating_sub(6)) / 2;
    let description = routine.description.as_deref().unwrap_or_default();
    for line in wrap(description, area.width)
        .into_iter()
        .take(room_for_words)
    {
        lines.push(Line::styled(line, theme.dim()));
    }
    for warning in entry.warnings.iter().take(2) {
        push_wrapped(
            &mut lines,
            &format!("! {}", warning.one_line(&entry.text)),
            area.width,
            theme.warn(),
        );
    }
    let used = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .min(area.height);
    Paragraph::new(lines).render(
        Rect {
            height: used,
            ..area
        },
        buf,
    );
    let rest = Rect {
        y: area.y + used,
        height: area.height - used,
        ..area
    };
    if rest.height < 3 {
        return;
    }
    let times: Vec<_> = plan.segments.iter().map(|segment| segment.time).collect();
    let timeline = Timeline {
        plan: &plan,
        times: &times,
        current: None,
        theme,
    };
    timeline.render_names(
        Rect {
            y: rest.y + 1,
            height: 1,
            ..rest
        },
        buf,
    );
    timeline.render_bar(
        Rect {
            y: rest.y + 2,
            height: 1,
            ..rest
        },
        buf,
    );
    render_steps(
        &plan,
        Rect {
            y: rest.y + 4,
            height: rest.height.saturating_sub(4),
            ..rest
        }
        .intersection(rest),
        buf,
        theme,
    );
}

/// The steps of a plan, as many as there is room for.
fn render_steps(plan: &Plan, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let mut phase = None;
    let mut rows = area.top()..area.bottom();
    let mut placed = plan.placed().peekable();
    while let Some((start, segment)) = placed.next() {
        if phase != Some(segment.phase) {
            phase = Some(segment.phase);
            let Some(y) = rows.next() else { return };
            let name = plan
                .phase_of(segment)
                .map(|phase| phase.name.as_str())
                .unwrap_or_default();
            let row = Rect::new(area.x, y, area.width, 1);
            Line::styled(fit(name, area.width), theme.text()).render(row, buf);
        }
        let Some(y) = rows.next() else { return };
        let row = Rect::new(area.x, y, area.width, 1);
        if rows.is_empty() && placed.peek().is_some() {
            let more = plan
                .segments
                .len()
                .saturating_sub(segment.number.saturating_sub(1));
            Line::styled(format!("  … {more} more"), theme.dim()).render(row, buf);
            return;
        }
        let side = segment
            .side
            .map(|side| format!(" · {side}"))
            .unwrap_or_default();
        let text = format!("  {:>7}  {}{side}", clock(start), segment.name());
        Line::styled(fit(&text, area.width), theme.dim()).render(row, buf);
    }
}

fn push_wrapped(lines: &mut Vec<Line<'_>>, text: &str, most: u16, style: Style) {
    lines.extend(
        wrap(text, most)
            .into_iter()
            .map(|line| Line::styled(line, style)),
    );
}
