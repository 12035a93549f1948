//! What the log comes to, as charts: towards the goal, by week, by routine,
//! by region, and what receivers felt. Every bar has its figure in words. It
//! knows no store and no key.

use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use ratatui::buffer::Buffer;
use ratatui::layout::{Direction, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Bar, BarChart, LineGauge, Sparkline, Widget};

use super::practice::GROUP;
use super::{PracticeLog, Trend, counted};
use crate::routine::text::printable;
use crate::routine::time::{round_seconds, units};
use crate::store::{Felt, Progress, RegionTotal, Total};
use crate::tui::theme::Theme;
use crate::tui::widgets::sheet::Sheet;
use crate::tui::widgets::text::{fit, width, wrap};

/// From this width on there are two columns.
const TWO_COLUMNS: u16 = 100;
const GUTTER: u16 = 4;

/// Rows of a chart of weeks, without its words.
const WEEK_ROWS: u16 = 5;
/// A week's bar: as wide as "23 Nov".
const WEEK_WIDTH: u16 = 6;
/// Routines that have a bar of their own.
const ROUTINES: usize = 8;
/// Rows enough for all there is.
const ROWS: usize = 160;

pub(super) fn render(log: &PracticeLog, top: usize, area: Rect, buf: &mut Buffer, theme: &Theme) {
    for (sheet, place) in sheets(log, area, theme) {
        sheet.show(top, place, buf, theme);
    }
}

/// The last row that can stand at the top.
pub(super) fn last_top(log: &PracticeLog, area: Rect, theme: &Theme) -> usize {
    sheets(log, area, theme)
        .iter()
        .map(|(sheet, place)| sheet.last_top(place.height))
        .max()
        .unwrap_or_default()
}

fn sheets(log: &PracticeLog, area: Rect, theme: &Theme) -> Vec<(Sheet, Rect)> {
    let two = area.width >= TWO_COLUMNS;
    let width = if two {
        (area.width - GUTTER) / 2
    } else {
        area.width
    };
    let place = |x| Rect { x, width, ..area };
    let mut first = Page::new(width, theme);
    first.goal(log.progress);
    first.weeks(log);
    first.routines(log);
    if !two {
        first.regions(&log.regions);
        first.felt(&log.felt);
        return vec![(first.sheet, place(area.x))];
    }
    let mut second = Page::new(width, theme);
    second.regions(&log.regions);
    second.felt(&log.felt);
    vec![
        (first.sheet, place(area.x)),
        (second.sheet, place(area.x + width + GUTTER)),
    ]
}

/// One column of charts, below each other.
struct Page<'a> {
    sheet: Sheet,
    width: u16,
    theme: &'a Theme,
    begun: bool,
}

impl<'a> Page<'a> {
    fn new(width: u16, theme: &'a Theme) -> Self {
        Self {
            sheet: Sheet::new(width, ROWS, theme),
            width,
            theme,
            begun: false,
        }
    }

    fn heading(&mut self, text: &str) {
        if std::mem::replace(&mut self.begun, true) {
            self.sheet.lines(vec![Line::default()]);
        }
        let lines = wrap(text, self.width)
            .into_iter()
            .map(|line| Line::styled(line, self.theme.bright()))
            .collect();
        self.sheet.lines(lines);
    }

    fn words(&mut self, text: &str) {
        let lines = wrap(text, self.width)
            .into_iter()
            .map(|line| Line::styled(line, self.theme.dim()))
            .collect();
        self.sheet.lines(lines);
    }

    fn goal(&mut self, progress: Option<Progress>) {
        self.heading("Towards your goal · rehearsals do not count");
        let Some(Progress { done, goal }) = progress else {
            self.words(
                "No goal is set. In the settings, for example: goal: Goal(sessions: 20, hours: 30)",
            );
            return;
        };
        if let Some(wanted) = goal.sessions {
            let label = format!("{} of {}", done.sessions, counted(wanted, "session"));
            self.gauge(label, u64::from(done.sessions), u64::from(wanted));
        }
        if let Some(wanted) = goal.hours {
            let worked = hours(done.worked);
            let label = format!("{worked} of {}", counted(wanted, "hour"));
            self.gauge(label, done.worked.as_secs(), u64::from(wanted) * 3600);
        }
    }

    fn gauge(&mut self, label: String, done: u64, wanted: u64) {
        // A share of one for a picture: thousandths are enough.
        let thousandths = done
            .saturating_mul(1000)
            .checked_div(wanted)
            .unwrap_or(1000);
        let ratio = f64::from(u16::try_from(thousandths.min(1000)).unwrap_or(1000)) / 1000.0;
        let label = if done >= wanted {
            format!("{label}: reached")
        } else {
            label
        };
        let pad = 22_u16.min(self.width / 2).saturating_sub(width(&label));
        let gauge = LineGauge::default()
            .ratio(ratio)
            .label(Line::styled(
                format!("{label}{}", " ".repeat(usize::from(pad))),
                self.theme.text(),
            ))
            .filled_symbol("█")
            .unfilled_symbol("░")
            .filled_style(self.theme.dim())
            .unfilled_style(self.theme.faint());
        self.sheet.widget(1, gauge);
    }

    fn weeks(&mut self, log: &PracticeLog) {
        let fitting = (self.width + 1) / (WEEK_WIDTH + 1);
        let weeks = weeks(log, usize::from(fitting));
        self.heading("Hours by week · the Monday, the time, the sessions");
        let longest = weeks.iter().map(|(_, total)| total.worked.as_secs()).max();
        let bars: Vec<Bar<'_>> = weeks
            .iter()
            .map(|(_, total)| Bar::new(total.worked.as_secs()).text_value(""))
            .collect();
        let chart = BarChart::vertical(bars)
            .bar_width(WEEK_WIDTH)
            .bar_gap(1)
            .max(longest.unwrap_or(1).max(1))
            .bar_style(self.theme.dim());
        self.sheet.widget(WEEK_ROWS, chart);
        let row = |text: &dyn Fn(&(Date, Total)) -> String| {
            let cells: Vec<String> = weeks
                .iter()
                .map(|week| format!("{:^w$}", text(week), w = usize::from(WEEK_WIDTH)))
                .collect();
            cells.join(" ")
        };
        let days = row(&|(monday, _)| monday.strftime("%-d %b").to_string());
        let times = row(&|(_, total)| match total.sessions {
            0 if total.worked.is_zero() => "–".to_owned(),
            _ => clock_hours(total.worked),
        });
        let counts = row(&|(_, total)| match total.sessions {
            0 => String::new(),
            n => n.to_string(),
        });
        self.sheet.lines(vec![
            Line::styled(days, self.theme.text()),
            Line::styled(times, self.theme.text()),
            Line::styled(counts, self.theme.dim()),
        ]);
    }

    fn routines(&mut self, log: &PracticeLog) {
        let mut routines: Vec<(&String, &Total)> = log.totals.routines.iter().collect();
        routines.sort_by_key(|(_, total)| std::cmp::Reverse(total.worked));
        if routines.is_empty() {
            return;
        }
        self.heading("By routine · the time, in so many sessions");
        let rows: Vec<(String, String, u64)> = routines
            .iter()
            .take(ROUTINES)
            .map(|(name, total)| {
                let worked = hours(total.worked);
                let figure = match total.sessions {
                    // Only begun so far.
                    0 => worked,
                    n => format!("{worked} in {n}"),
                };
                (printable(name), figure, total.worked.as_secs())
            })
            .collect();
        self.bars(&rows);
        let more = routines.len().saturating_sub(ROUTINES);
        if more > 0 {
            self.words(&format!("and {more} more"));
        }
    }

    fn regions(&mut self, regions: &[RegionTotal]) {
        self.heading("By region");
        let rows: Vec<(String, String, u64)> = regions
            .iter()
            .filter(|total| !(total.actual.is_zero() && total.planned.is_zero()))
            .map(|total| {
                let name = match total.side {
                    Some(side) => format!("{}, {side}", total.region),
                    None => total.region.to_string(),
                };
                (name, hours(total.actual), total.actual.as_secs())
            })
            .collect();
        if rows.is_empty() {
            self.words("no strokes yet");
        } else {
            self.bars(&rows);
        }
    }

    /// Names, figures, and bars to one scale.
    fn bars(&mut self, rows: &[(String, String, u64)]) {
        let figures = rows.iter().map(|row| width(&row.1)).max().unwrap_or(0);
        // A third of the width stays for the bars.
        let room = (self.width * 2 / 3).saturating_sub(figures + 2).max(4);
        let names: Vec<String> = rows.iter().map(|row| fit(&row.0, room)).collect();
        let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
        let bars: Vec<Bar<'_>> = rows
            .iter()
            .zip(&names)
            .map(|((_, figure, value), name)| {
                let gap = usize::from(widest + figures + 2)
                    .saturating_sub(usize::from(width(name) + width(figure)));
                let label = format!("{name}{}{figure}", " ".repeat(gap));
                Bar::with_label(Line::styled(label, self.theme.text()), *value).text_value("")
            })
            .collect();
        let longest = rows.iter().map(|row| row.2).max().unwrap_or(1).max(1);
        let height = u16::try_from(bars.len()).unwrap_or(u16::MAX);
        let chart = BarChart::horizontal(bars)
            .direction(Direction::Horizontal)
            .bar_width(1)
            .bar_gap(0)
            .max(longest)
            .bar_style(self.theme.dim());
        self.sheet.widget(height, chart);
    }

    fn felt(&mut self, trend: &Trend) {
        self.heading("What receivers felt");
        let Some(last) = trend.groups.back() else {
            self.words(
                "Nobody was asked yet. After a session, six keys keep what the receiver felt.",
            );
            return;
        };
        let before = trend.groups.iter().rev().nth(1);
        self.words(&match (trend.groups.len(), last.sessions) {
            (1, n) => format!("in the last {n} asked"),
            _ => format!("in the last {GROUP} asked, and the {GROUP} before; oldest on the left"),
        });
        let widest = Felt::ALL.iter().map(|felt| width(felt.human())).max();
        let widest = widest.unwrap_or(0);
        for felt in Felt::ALL {
            let mut label = format!(
                "{:<w$}  {} of {}",
                felt.human(),
                last.count(*felt),
                last.sessions,
                w = usize::from(widest)
            );
            if let Some(before) = before {
                label = format!("{label}, {} of {}", before.count(*felt), before.sessions);
            }
            let counts: Vec<u64> = trend
                .groups
                .iter()
                .map(|group| u64::try_from(group.count(*felt)).unwrap_or(u64::MAX))
                .collect();
            let spark = Sparkline::default()
                .data(counts)
                .max(u64::try_from(GROUP).unwrap_or(1))
                .style(self.theme.text());
            self.sheet.widget(1, Labelled { label, spark });
        }
    }
}

/// Words, and a sparkline behind them.
struct Labelled<'a> {
    label: String,
    spark: Sparkline<'a>,
}

impl Widget for Labelled<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let label = fit(&self.label, area.width);
        let used = width(&label) + 2;
        Line::from(label).render(area, buf);
        if used < area.width {
            let rest = Rect {
                x: area.x + used,
                width: area.width - used,
                ..area
            };
            self.spark.render(rest, buf);
        }
    }
}

/// The latest weeks up to today's, those without a session too; the oldest
/// first.
fn weeks(log: &PracticeLog, count: usize) -> Vec<(Date, Total)> {
    let since = i64::from(log.today.weekday().since(Weekday::Monday));
    let this = log.today.checked_sub(since.days()).unwrap_or(log.today);
    // A clock set back must not hide what was worked.
    let last = log.totals.weeks.keys().next_back().copied();
    let mut monday = last.map_or(this, |last| last.max(this));
    let mut weeks = Vec::new();
    for _ in 0..count {
        let total = log.totals.weeks.get(&monday).copied().unwrap_or_default();
        weeks.push((monday, total));
        match monday.checked_sub(7.days()) {
            Ok(before) => monday = before,
            Err(_) => break,
        }
    }
    weeks.reverse();
    weeks
}

/// "31h 20m": minutes are enough for what many sessions come to.
fn hours(time: Duration) -> String {
    let minutes = (time.as_secs() + 30) / 60;
    if minutes == 0 {
        return units(round_seconds(time));
    }
    units(Duration::from_secs(minutes * 60))
}

/// "1:20": hours and minutes, for the room under a bar.
fn clock_hours(time: Duration) -> String {
    let minutes = (time.as_secs() + 30) / 60;
    format!("{}:{:02}h", minutes / 60, minutes % 60)
}
