//! A debrief as lines: bars to one scale, figures in words, signs that need
//! no colour. It knows no key but by its label.

use std::fmt::Write as _;
use std::time::Duration;

use ratatui::style::Style;
use ratatui::symbols::bar;
use ratatui::text::{Line, Span};

use super::review::{Fate, Pace, Review, Run, Sounded};
use crate::plan::Speed;
use crate::routine::text::printable;
use crate::routine::time::{clock, round_seconds, units};
use crate::session::Outcome;
use crate::store::{Felt, Kind, Prompts, Reason, Step};
use crate::tui::keys::{self, InList};
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{width, wrap};

/// The sign of the steps furthest off the plan.
const FURTHEST: &str = "◀";
/// From this width on a step has one row, with its bar beside its name.
const ONE_ROW: u16 = 66;

fn push(lines: &mut Vec<Line<'static>>, text: &str, most: u16, style: Style) {
    lines.extend(
        wrap(text, most)
            .into_iter()
            .map(|line| Line::styled(line, style)),
    );
}

fn shown(time: Duration) -> String {
    clock(round_seconds(time))
}

/// What it was, how long, how it kept to the plan.
pub(super) fn summary(review: &Review, most: u16, theme: &Theme) -> Vec<Line<'static>> {
    let entry = &review.run.entry;
    let mut lines = Vec::new();
    let mut facts = Vec::new();
    facts.extend(
        entry
            .started
            .map(|wall| wall.civil().strftime("%Y-%m-%d %H:%M").to_string()),
    );
    facts.push(kind(&review.run));
    facts.push(
        match entry.outcome {
            Outcome::Finished => "finished",
            Outcome::EndedEarly => "ended early",
            Outcome::Interrupted => "interrupted",
        }
        .to_owned(),
    );
    push(&mut lines, &facts.join(" · "), most, theme.text());
    let mut times = vec![format!(
        "worked {} of {}",
        shown(entry.actual),
        shown(entry.planned)
    )];
    if entry.paused >= Duration::from_secs(1) {
        times.push(format!("paused {}", shown(entry.paused)));
    }
    push(&mut lines, &times.join(" · "), most, theme.text());
    if let Some(pace) = review.run.pace() {
        let told = match entry.prompts {
            Prompts::Full => "with every prompt",
            Prompts::Names => "without cue lines",
            Prompts::Chimes => "by chimes alone",
            Prompts::None => "without help",
        };
        push(
            &mut lines,
            &format!("{told}: {}", pace_words(pace)),
            most,
            theme.text(),
        );
        if entry.prompts != Prompts::Full
            && let Some((off, runs)) = review.off_with_full_prompts()
        {
            let runs = match runs {
                1 => "the one run".to_owned(),
                n => format!("the {n} runs"),
            };
            let line = format!("with every prompt, in {runs} before: {} off", about(off));
            push(&mut lines, &line, most, theme.dim());
        }
    }
    if let Some(sounded) = review.run.sounded() {
        push(&mut lines, &sounded_words(&sounded), most, theme.text());
    }
    if let Some(note) = &entry.note {
        let note = format!("✎ {}", printable(note));
        push(&mut lines, &note, most, theme.bright());
    }
    lines
}

fn pace_words(pace: Pace) -> String {
    format!(
        "{} of {} steps within 5 s of the plan, {} off on average",
        pace.on_plan,
        pace.steps,
        about(pace.off)
    )
}

/// "9 of 9 cues heard, at most 11 ms off".
fn sounded_words(sounded: &Sounded) -> String {
    let mut words = format!("{} of {} cues heard", sounded.heard, sounded.cues);
    if let Some(off) = sounded.off {
        // What is off by less than a millisecond is not told apart.
        let off = off.as_micros().div_ceil(1000);
        let _ = write!(words, ", at most {off} ms off");
    }
    for (why, count) in &sounded.silent {
        let _ = write!(words, " · {count} {}", why.human());
    }
    words
}

/// To the second; below it in words.
fn about(time: Duration) -> String {
    match units(round_seconds(time)).as_str() {
        "0s" => "less than 1 s".to_owned(),
        text => text.to_owned(),
    }
}

fn kind(run: &Run) -> String {
    if run.entry.speed == Speed::REAL {
        run.entry.kind.human().to_owned()
    } else {
        format!("{} ×{}", run.entry.kind.human(), run.entry.speed)
    }
}

/// Things to tap, as many to a row as fit, none broken.
fn tiles(tiles: Vec<String>, most: u16, style: Style) -> Vec<Line<'static>> {
    let mut rows: Vec<String> = Vec::new();
    for tile in tiles {
        match rows.last_mut() {
            Some(row) if width(row) + 3 + width(&tile) <= most => {
                row.push_str("   ");
                row.push_str(&tile);
            }
            _ => rows.push(tile),
        }
    }
    rows.iter()
        .flat_map(|row| wrap_keeping(row, most))
        .map(|row| Line::styled(row, style))
        .collect()
}

/// A row as it is, or wrapped where it is too wide.
fn wrap_keeping(row: &str, most: u16) -> Vec<String> {
    if width(row) <= most {
        vec![row.to_owned()]
    } else {
        wrap(row, most)
    }
}

/// What the receiver felt, and why it ended early: each under its key.
pub(super) fn taps(run: &Run, most: u16, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let entry = &run.entry;
    let tick = |on: bool| if on { "[x]" } else { "[ ]" };
    if entry.kind != Kind::Rehearsal {
        let asked = match &entry.felt {
            None => "not asked yet",
            Some(felt) if felt.is_empty() => "all well",
            Some(_) => "as ticked",
        };
        let heading = format!("Receiver felt: {asked}");
        push(&mut lines, &heading, most, theme.bright());
        let mut felt: Vec<String> = Felt::ALL
            .iter()
            .map(|word| {
                let key = keys::label_of(keys::DEBRIEF, InList::Felt(*word));
                let on = entry.felt.as_ref().is_some_and(|felt| felt.contains(word));
                format!("{key} {} {}", tick(on), word.human())
            })
            .collect();
        let key = keys::label_of(keys::DEBRIEF, InList::AllWell);
        let well = entry.felt.as_ref().is_some_and(Vec::is_empty);
        felt.push(format!("{key} {} all well", tick(well)));
        lines.extend(tiles(felt, most, theme.text()));
    }
    if entry.outcome == Outcome::EndedEarly {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        push(&mut lines, "Why it ended early", most, theme.bright());
        let reasons = Reason::ALL
            .iter()
            .map(|reason| {
                let key = keys::label_of(keys::DEBRIEF, InList::Because(*reason));
                let on = entry.reason == Some(*reason);
                format!("{key} {} {}", tick(on), reason.human())
            })
            .collect();
        lines.extend(tiles(reasons, most, theme.text()));
    }
    lines
}

/// Each step, planned against worked, to one scale.
pub(super) fn steps(review: &Review, most: u16, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let run = &review.run;
    push(
        &mut lines,
        "Step by step · █ worked  ░ planned beyond it  ▞ over",
        most,
        theme.bright(),
    );
    let furthest = run.furthest();
    if !furthest.is_empty() {
        let text = match furthest.len() {
            1 => format!("{FURTHEST} furthest off the plan"),
            n => format!("{FURTHEST} the {n} steps furthest off the plan"),
        };
        push(&mut lines, &text, most, theme.text());
    }
    let longest = run
        .steps
        .iter()
        .flat_map(|step| [step.planned, step.actual])
        .max()
        .unwrap_or_default();
    let earlier = review.earlier();
    let runs = earlier.first().map_or(0, Vec::len);
    let spark = if most >= ONE_ROW && runs > 0 {
        push(
            &mut lines,
            &match runs {
                1 => "the last column: the run before".to_owned(),
                n => format!("the last column: the {n} runs before, the oldest first"),
            },
            most,
            theme.dim(),
        );
        u16::try_from(runs).unwrap_or(0) + 1
    } else {
        0
    };
    let drawn: Vec<Drawn<'_>> = run
        .steps
        .iter()
        .zip(run.fates())
        .enumerate()
        .map(|(n, (step, fate))| Drawn {
            step,
            fate,
            is_furthest: furthest.contains(&n),
            earlier: earlier.get(n).map(Vec::as_slice).unwrap_or_default(),
        })
        .collect();
    let widest = |texts: Vec<String>| {
        let widths = texts.iter().map(|text| width(text));
        widths.max().unwrap_or_default()
    };
    let scale = Scale {
        longest,
        spark,
        figures: widest(drawn.iter().map(Drawn::figures).collect()),
        // The bars get what is left, and some room in any case.
        names: widest(drawn.iter().map(Drawn::name).collect())
            .min(34)
            .min(most * 2 / 5),
    };
    for step in &drawn {
        step.push(&mut lines, &scale, most, theme);
    }
    lines
}

struct Scale {
    longest: Duration,
    /// What the runs before take at the end of a row, with its gap.
    spark: u16,
    /// What the longest figures take.
    figures: u16,
    /// What the names take.
    names: u16,
}

struct Drawn<'a> {
    step: &'a Step,
    fate: Fate,
    is_furthest: bool,
    earlier: &'a [Option<Duration>],
}

impl Drawn<'_> {
    fn name(&self) -> String {
        let side = self
            .step
            .side
            .map(|side| format!(" · {side}"))
            .unwrap_or_default();
        format!("{} {}{side}", self.step.number, printable(&self.step.name))
    }

    fn figures(&self) -> String {
        let step = self.step;
        let of = format!("{} of {}", shown(step.actual), shown(step.planned));
        let what = match self.fate {
            Fate::LeftOut => return format!("{}, left out", shown(step.planned)),
            Fate::NotReached => return format!("{}, not reached", shown(step.planned)),
            Fate::Skipped => "  skipped".to_owned(),
            Fate::Worked => {
                let (actual, planned) = (round_seconds(step.actual), round_seconds(step.planned));
                let off = units(actual.abs_diff(planned));
                match actual.cmp(&planned) {
                    std::cmp::Ordering::Less => format!("  {off} less"),
                    std::cmp::Ordering::Equal => String::new(),
                    std::cmp::Ordering::Greater => format!("  {off} over"),
                }
            }
        };
        format!("{of}{what}")
    }

    fn push(&self, lines: &mut Vec<Line<'static>>, scale: &Scale, most: u16, theme: &Theme) {
        let style = match (self.is_furthest, self.fate) {
            (true, _) => theme.bright(),
            (false, Fate::LeftOut | Fate::NotReached) => theme.dim(),
            _ => theme.text(),
        };
        let mark = if self.is_furthest { FURTHEST } else { " " };
        let figures = self.figures();
        if most < ONE_ROW {
            push(lines, &self.name(), most, style);
            let figures = format!("{figures} {}", mark.trim());
            push(lines, figures.trim_end(), most, style);
            lines.push(Line::from(self.bar(scale, most, theme)));
            return;
        }
        let names = scale.names;
        // Name, bar, figures and mark, a cell apart.
        let room = most.saturating_sub(names + scale.figures + scale.spark + 4);
        for (n, name) in wrap(&self.name(), names).into_iter().enumerate() {
            let gap = usize::from(names.saturating_sub(width(&name)) + 1);
            if n > 0 {
                lines.push(Line::styled(format!("  {name}"), style));
                continue;
            }
            let mut spans = vec![Span::styled(format!("{name}{}", " ".repeat(gap)), style)];
            spans.extend(self.bar(scale, room, theme));
            let used: usize = spans.iter().map(Span::width).sum();
            let to = usize::from(names + 1 + room + 1);
            let pad = usize::from(scale.figures.saturating_sub(width(&figures)));
            spans.push(Span::styled(
                format!(
                    "{}{figures}{} {mark}",
                    " ".repeat(to.saturating_sub(used)),
                    " ".repeat(pad)
                ),
                style,
            ));
            if scale.spark > 0 {
                let spark = sparks(self.earlier, self.step);
                spans.push(Span::styled(format!(" {spark}"), theme.dim()));
            }
            lines.push(Line::from(spans));
        }
    }

    /// Worked as a full bar, planned beyond it as an empty one, over as a
    /// hatched one.
    fn bar(&self, scale: &Scale, most: u16, theme: &Theme) -> Vec<Span<'static>> {
        let step = self.step;
        let actual = cells(step.actual, scale.longest, most);
        let planned = cells(step.planned, scale.longest, most);
        vec![
            Span::styled("█".repeat(actual.min(planned)), theme.dim()),
            Span::styled("▞".repeat(actual.saturating_sub(planned)), theme.bright()),
            Span::styled("░".repeat(planned.saturating_sub(actual)), theme.faint()),
        ]
    }
}

/// How many cells of `most` a time is; whatever is worth a second is seen.
fn cells(time: Duration, longest: Duration, most: u16) -> usize {
    let whole = longest.as_nanos().max(1);
    let cells = (time.as_nanos() * u128::from(most) + whole / 2) / whole;
    let cells = usize::try_from(cells).unwrap_or(0).min(usize::from(most));
    cells.max(usize::from(time >= Duration::from_secs(1) && most > 0))
}

/// A step in the runs before, a cell each: half the height is the plan.
fn sparks(earlier: &[Option<Duration>], step: &Step) -> String {
    let levels = [
        bar::ONE_EIGHTH,
        bar::ONE_QUARTER,
        bar::THREE_EIGHTHS,
        bar::HALF,
        bar::FIVE_EIGHTHS,
        bar::THREE_QUARTERS,
        bar::SEVEN_EIGHTHS,
        bar::FULL,
    ];
    let planned = step.planned.as_nanos().max(1);
    earlier
        .iter()
        .map(|time| match time {
            None => "·",
            Some(time) => {
                let level = usize::try_from((time.as_nanos() * 4 + planned / 2) / planned)
                    .unwrap_or(8)
                    .clamp(1, 8);
                levels.get(level - 1).copied().unwrap_or(bar::FULL)
            }
        })
        .collect()
}

/// Left against right, by region.
pub(super) fn sides(run: &Run, most: u16, theme: &Theme) -> Vec<Line<'static>> {
    let sides = run.sides();
    let mut lines = Vec::new();
    if sides.is_empty() {
        return lines;
    }
    push(&mut lines, "Left against right", most, theme.bright());
    let longest = sides
        .values()
        .flat_map(|sides| [sides.left, sides.right])
        .max()
        .unwrap_or_default();
    for (region, worked) in sides {
        let (left, right) = (round_seconds(worked.left), round_seconds(worked.right));
        let said = match left.cmp(&right) {
            std::cmp::Ordering::Equal => "even".to_owned(),
            std::cmp::Ordering::Greater => format!("right {} less", units(left.abs_diff(right))),
            std::cmp::Ordering::Less => format!("left {} less", units(left.abs_diff(right))),
        };
        push(&mut lines, &format!("{region}: {said}"), most, theme.text());
        for (side, time) in [("left", worked.left), ("right", worked.right)] {
            let head = format!("  {side:<5} {:>6} ", shown(time));
            let bar = cells(time, longest, most.saturating_sub(width(&head)));
            lines.push(Line::from(vec![
                Span::styled(head, theme.dim()),
                Span::styled("█".repeat(bar), theme.dim()),
            ]));
        }
    }
    lines
}

/// The runs before, a row of figures and a bar each, with this one on top.
pub(super) fn runs(review: &Review, most: u16, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let heading = match review.before.len() {
        0 => "The first run of this routine",
        1 => "Beside the run before",
        _ => "Beside the runs before",
    };
    push(&mut lines, heading, most, theme.bright());
    if review.before.is_empty() {
        push(
            &mut lines,
            "the next one will stand beside it",
            most,
            theme.dim(),
        );
        return lines;
    }
    let all = || std::iter::once(&review.run).chain(&review.before);
    let longest = all()
        .flat_map(|run| [run.entry.planned, run.entry.actual])
        .max()
        .unwrap_or_default();
    for (n, run) in all().enumerate() {
        let entry = &run.entry;
        let day = entry
            .started
            .map_or_else(|| "no date".to_owned(), |wall| wall.date().to_string());
        let mut facts = vec![
            if n == 0 { "this one".to_owned() } else { day },
            format!("{} of {}", shown(entry.actual), shown(entry.planned)),
        ];
        facts.extend(
            run.pace()
                .map(|pace| format!("{} off a step", about(pace.off))),
        );
        if entry.kind == Kind::Rehearsal {
            facts.push(kind(run));
        }
        facts.extend(match entry.outcome {
            Outcome::Finished => None,
            Outcome::EndedEarly => Some("ended early".to_owned()),
            Outcome::Interrupted => Some("interrupted".to_owned()),
        });
        if entry.prompts != Prompts::Full {
            facts.push(format!("prompts: {}", entry.prompts.human()));
        }
        let style = if n == 0 { theme.text() } else { theme.dim() };
        push(&mut lines, &facts.join(" · "), most, style);
        let actual = cells(entry.actual, longest, most);
        let planned = cells(entry.planned, longest, most);
        lines.push(Line::from(vec![
            Span::styled("█".repeat(actual.min(planned)), style),
            Span::styled("▞".repeat(actual.saturating_sub(planned)), theme.bright()),
            Span::styled("░".repeat(planned.saturating_sub(actual)), theme.faint()),
        ]));
    }
    lines
}
