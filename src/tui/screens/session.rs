//! The session screen: which stroke, whose side, how long, readable from the
//! table. What does not fit yields in a stated order: key hints, the
//! timeline's names (before them, where a note needs two rows), the note, the
//! cue line, what comes next, the head line, the timeline; then smaller
//! letters; stroke, side and time stay to the end, and that it is paused, waits
//! or lingers is said in letters as large as there is room for.

mod faces;
mod foot;
mod glance;
mod layout;
pub mod question;
mod steps;
mod wanted;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use crate::plan::{Plan, Segment, Work};
use crate::routine::vocabulary::{Region, Side};
use crate::session::State;
use crate::settings;
use crate::tui::keys::Calls;
use crate::tui::live::{Live, Now};
use crate::tui::theme::Theme;
use crate::tui::widgets::big_text::BigText;
use crate::tui::widgets::body::{BodyMap, Head, Last, Spot};
use crate::tui::widgets::pacer::Pacer;
use crate::tui::widgets::text::{fit, fit_parts, width, wrap};
use crate::tui::widgets::timeline::Timeline;

pub use foot::Foot;
use foot::offer;
use glance::Glance;
pub use glance::announce;
use layout::Slots;
use wanted::{Wanted, Wants, Yielding};

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Everything that fits.
    #[default]
    Full,
    /// Stroke, side and time.
    Bare,
    /// The list of steps.
    Plan,
}

impl View {
    /// The one that follows.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Full => Self::Bare,
            Self::Bare => Self::Plan,
            Self::Plan => Self::Full,
        }
    }
}

/// The session screen, to be drawn.
#[derive(Debug)]
pub struct SessionScreen<'a> {
    /// What runs.
    pub live: &'a Live,
    /// How much of it is shown.
    pub view: View,
    /// Which way the client's head lies.
    pub head: Head,
    /// The body map as it was drawn last.
    pub body: &'a Last,
    /// Whether it breathes along.
    pub pacer: settings::Pacer,
    /// The line at the bottom.
    pub foot: Foot<'a>,
    /// The side that can be given the time added here: said while it can be.
    pub even: Option<Side>,
    /// The keys that it names.
    pub calls: &'a Calls,
    /// Colours.
    pub theme: &'a Theme,
    /// What time it is.
    pub now: &'a Now,
}

impl Widget for &SessionScreen<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        // One cell of air all round: the border's swell lives there.
        let inner = if area.width >= 60 && area.height >= 20 {
            Rect::new(area.x + 2, area.y + 1, area.width - 4, area.height - 2)
        } else if area.width >= 32 && area.height >= 8 {
            Rect::new(area.x + 1, area.y, area.width - 2, area.height)
        } else {
            area
        };
        match (self.live.session().state(), self.view) {
            (State::GetReady { .. }, _) => self.step(inner, buf),
            // What is to be recalled is not read off a list.
            (_, View::Plan) if self.live.prompts().shows_next() => self.steps(inner, buf),
            _ => self.step(inner, buf),
        }
    }
}

impl SessionScreen<'_> {
    fn step(&self, area: Rect, buf: &mut Buffer) {
        let glance = self.glance();
        let mut lines = Vec::new();
        let begun = self.live.session().segment().is_some();
        if !begun {
            // It is told from the step itself by this line in any view.
            lines.push(Yielding::Head);
        } else if self.view == View::Full {
            lines.extend([Yielding::Head, Yielding::Next]);
        }
        if self.view == View::Full {
            lines.extend([Yielding::Timeline, Yielding::Names]);
            lines.extend(glance.place.as_ref().map(|_| Yielding::Place));
            lines.extend(glance.cue.as_ref().map(|_| Yielding::Cue));
            lines.extend(glance.note.as_ref().map(|_| Yielding::Note));
        }
        match self.foot {
            Foot::Notice(_) | Foot::Trouble(_) => lines.push(Yielding::Message),
            Foot::Hints(_) if self.offers_in_foot() => lines.push(Yielding::Message),
            // Before the first step hardly a key acts.
            Foot::Hints(_) if begun && self.view == View::Full => lines.push(Yielding::Foot),
            Foot::Hints(_) => {}
        }
        let wanted = Wanted {
            body: match self.view {
                View::Full => Wants::It,
                View::Bare | View::Plan => Wants::Nothing,
            },
            name: &glance.name,
            time: &glance.time,
            side: glance.side.as_ref().map(|side| side.word.as_str()),
            status: glance.status.as_ref().map(|status| status.words),
            note: glance.note.as_deref(),
            foot_rows: u16::from(self.view == View::Full),
            lines: &lines,
        };
        let slots = layout::arrange(area, &wanted);
        self.name(&glance, &slots, buf);
        self.time(&glance, &slots, buf);
        self.side(&glance, &slots, buf);
        if let Some((word, area)) = slots.word
            && let Some(big) = BigText::new(word.text, word.scale)
        {
            big.render_styled(area, buf, self.theme.bright());
        }
        self.lines(&glance, &slots, buf);
        self.timeline(&slots, buf);
        if let Some(area) = slots.body {
            self.body(area, buf);
        }
        if self.view == View::Full
            && self.pacer == settings::Pacer::On
            && let (Some(area), Some((pace, at))) = (slots.pacer, self.live.breath(self.now))
        {
            Pacer {
                pace,
                at,
                theme: self.theme,
            }
            .render(area, buf);
        }
        if let Some(area) = slots.foot {
            self.foot(area, buf);
        }
    }

    /// The client from above: where it is now, where it goes next.
    fn body(&self, area: Rect, buf: &mut Buffer) {
        let session = self.live.session();
        let plan = session.plan();
        let Some(segment) = session.segment().or_else(|| self.live.next_segment()) else {
            return;
        };
        let Some(position) = plan.phase_of(segment).map(|phase| phase.position) else {
            return;
        };
        let here = |other: &&Segment| {
            plan.phase_of(other)
                .is_some_and(|phase| phase.position == position)
        };
        let done = session.visit().map_or(0, |visit| visit.index);
        let mut worked: Vec<(Region, Option<Side>)> = plan
            .segments
            .iter()
            .take(done)
            .filter(here)
            .filter_map(|done| done.region().map(|region| (region, done.side)))
            .collect();
        worked.sort_unstable();
        worked.dedup();
        let next = session.coming().iter().find(|next| !next.is_transition());
        let map = BodyMap {
            position,
            head: self.head,
            now: spot(segment),
            next: next
                .filter(here)
                .filter(|_| self.live.prompts().shows_next())
                .and_then(spot),
            worked: &worked,
            theme: self.theme,
        };
        self.body.render(&map, area, buf);
    }

    fn name(&self, glance: &Glance, slots: &Slots, buf: &mut Buffer) {
        let style = self.theme.bright();
        let area = slots.name;
        if let Some(scale) = slots.name_scale {
            let mut y = area.y;
            for line in &slots.name_lines {
                if let Some(big) = BigText::new(line, scale) {
                    let row = Rect::new(area.x, y, area.width, big.height());
                    big.render_styled(row.intersection(area), buf, style);
                    y = y.saturating_add(big.height());
                }
            }
        } else {
            let bold = style.add_modifier(Modifier::BOLD);
            let mut lines = wrap(&glance.name, area.width);
            if lines.len() > usize::from(area.height) {
                lines = vec![fit(&glance.name, area.width)];
            }
            for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
                buf.set_stringn(area.x, y, line, usize::from(area.width), bold);
            }
        }
    }

    fn time(&self, glance: &Glance, slots: &Slots, buf: &mut Buffer) {
        if slots.time.is_empty() {
            return;
        }
        // In a pause the time stands still: it is dim, so that one sees it does.
        let style = if glance.paused {
            self.theme.dim()
        } else {
            self.theme.bright()
        };
        let big = slots
            .time_scale
            .and_then(|scale| BigText::new(&glance.time, scale));
        if let Some(big) = big {
            big.render_styled(slots.time, buf, style);
        } else {
            let bold = style.add_modifier(Modifier::BOLD);
            let most = usize::from(slots.time.width);
            buf.set_stringn(slots.time.x, slots.time.y, &glance.time, most, bold);
        }
    }

    fn side(&self, glance: &Glance, slots: &Slots, buf: &mut Buffer) {
        let Some(side) = &glance.side else { return };
        let bright = self.theme.bright().add_modifier(Modifier::BOLD);
        if let (Some(area), Some(scale)) = (slots.big_side, slots.side_scale)
            && let Some(big) = BigText::new(&side.word, scale)
        {
            let over = Rect { height: 1, ..area };
            Line::styled(side.over, self.theme.text()).render(over, buf);
            let word = Rect {
                y: area.y + 1,
                height: area.height.saturating_sub(1),
                ..area
            };
            big.render_styled(word, buf, self.theme.bright());
            if let Some(working) = &glance.working
                && area.height > big.height() + 2
            {
                let under = Rect {
                    y: area.y + big.height() + 2,
                    height: 1,
                    ..area
                };
                Line::styled(fit(working, area.width), self.theme.text()).render(under, buf);
            }
            return;
        }
        if let Some(area) = slots.side {
            let mut spans = vec![Span::styled(side.line(area.width), bright)];
            let used =
                u16::try_from(spans.iter().map(Span::width).sum::<usize>()).unwrap_or(u16::MAX);
            if let Some(working) = &glance.working
                && slots.place.is_some()
                && used + 3 + width(working) <= area.width
            {
                spans.push(Span::styled(format!(" · {working}"), self.theme.text()));
            }
            Line::from(spans).render(area, buf);
        }
    }

    fn lines(&self, glance: &Glance, slots: &Slots, buf: &mut Buffer) {
        let text = self.theme.text();
        let dim = self.theme.dim();
        let mut put = |area: Option<Rect>, line: Option<&str>, style: Style| {
            if let (Some(area), Some(line)) = (area, line) {
                Line::styled(fit_parts(line, area.width), style).render(area, buf);
            }
        };
        put(slots.place, glance.place.as_deref(), text);
        put(
            slots.cue,
            glance.cue.as_deref(),
            text.add_modifier(Modifier::BOLD),
        );
        let large = slots.word.map(|(word, _)| word.text);
        let status = glance.status.as_ref().map(|status| status.line(large));
        put(slots.status, status.as_deref(), self.theme.marked());
        if let (Some(area), Some(note)) = (slots.note, &glance.note) {
            let mut lines = wrap(note, area.width);
            if lines.len() > usize::from(area.height) {
                lines.truncate(usize::from(area.height));
                if let Some(last) = lines.last_mut() {
                    *last = fit(&format!("{last} ……"), area.width.min(width(last) + 1));
                }
            }
            let lines: Vec<Line> = lines
                .into_iter()
                .map(|line| Line::styled(line, dim))
                .collect();
            Paragraph::new(lines).render(area, buf);
        }
        if let Some(area) = slots.next {
            let spans = vec![
                Span::styled("next  ", dim),
                Span::styled(fit(&glance.next, area.width.saturating_sub(6)), text),
            ];
            Line::from(spans).render(area, buf);
        }
        if let Some(area) = slots.head {
            self.head(glance, area, buf);
        }
    }

    /// Where in the routine on the left, when it ends on the right: as much of
    /// both as fits, whole.
    fn head(&self, glance: &Glance, area: Rect, buf: &mut Buffer) {
        let ends = match &glance.ends {
            None => vec![(String::new(), String::new())],
            Some((ends, off)) if off.is_empty() => vec![(ends.clone(), String::new())],
            Some((ends, off)) => {
                let mut forms = vec![(ends.clone(), format!(" · {off}"))];
                if let Some((behind, _)) = off.split_once(" · ") {
                    forms.push((ends.clone(), format!(" · {behind}")));
                }
                forms.push((ends.clone(), String::new()));
                forms
            }
        };
        // What can be done about being behind is worth more than the names.
        let offers = ends.len() > 2;
        let fits = |head: &String, (ends, off): &(String, String)| {
            let right = width(ends) + width(off);
            let gap = if right == 0 { 0 } else { 2 };
            width(head) + gap + right <= area.width
        };
        let mut pairs: Vec<_> = glance
            .head
            .iter()
            .flat_map(|head| ends.iter().map(move |form| (head, form)))
            .collect();
        if offers {
            pairs.sort_by_key(|(_, form)| ends.iter().position(|other| other == *form));
        }
        let fitting = pairs
            .into_iter()
            .find(|(head, form)| fits(head, form))
            .map(|(head, (ends, off))| (head.clone(), ends, off));
        let nothing = String::new();
        let (head, ends, off) = fitting.unwrap_or_else(|| {
            let shortest = glance.head.last().map(|head| fit(head, area.width));
            (shortest.unwrap_or_default(), &nothing, &nothing)
        });
        Line::styled(head, self.theme.dim()).render(area, buf);
        let spans = vec![
            Span::styled(ends.clone(), self.theme.text()),
            Span::styled(off.clone(), self.theme.dim()),
        ];
        let right = Line::from(spans);
        let wide = u16::try_from(right.width())
            .unwrap_or(u16::MAX)
            .min(area.width);
        let place = Rect {
            x: area.right() - wide,
            width: wide,
            ..area
        };
        right.render(place, buf);
    }

    fn timeline(&self, slots: &Slots, buf: &mut Buffer) {
        let session = self.live.session();
        let plan = session.plan();
        let times = allotted(self.live);
        let current = match session.state() {
            State::Finished { .. } => Some(plan.segments.len()),
            _ => session.visit().map(|visit| visit.index),
        };
        let timeline = Timeline {
            plan,
            times: &times,
            current,
            theme: self.theme,
        };
        if let Some(area) = slots.names {
            timeline.render_names(area, buf);
        }
        if let Some(area) = slots.timeline {
            timeline.render_bar(area, buf);
        }
    }

    /// What is said; an offer stands where she looks: beside what is said of the
    /// step's end, if anything is.
    fn glance(&self) -> Glance {
        let mut glance = Glance::new(self.live, self.calls, self.now);
        if let (Some(status), Some(side)) = (&mut glance.status, self.even) {
            let offer = offer(side);
            status.hint = Some(match status.hint.take() {
                Some(hint) => format!("{hint} · {offer}"),
                None => offer,
            });
        }
        glance
    }
}

/// Where the breath pacer would stand; what it needs is its size alone.
#[must_use]
pub const fn pacer_area() -> Rect {
    Rect::new(0, 0, layout::PACER, 1)
}

/// Where a stroke is on the body.
fn spot(segment: &Segment) -> Option<Spot> {
    match segment.work {
        Work::Stroke { region, toward, .. } => Some(Spot {
            region,
            side: segment.side,
            toward,
        }),
        Work::Transition(_) => None,
    }
}

/// How long each step lasts, as adjusted.
fn allotted(live: &Live) -> Vec<std::time::Duration> {
    let plan: &Plan = live.session().plan();
    (0..plan.segments.len())
        .map(|index| live.session().allotted(index))
        .collect()
}
