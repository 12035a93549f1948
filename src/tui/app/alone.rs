//! Regions left alone in one session: what was ticked before it, and what that
//! comes to. It is never kept beyond the session: the log has the steps that
//! were left out, and no reason.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{App, Prepared, Screen};
use crate::plan::Plan;
use crate::plan::alone::{LeftAlone, Part};
use crate::routine::time::{clock, round_seconds};
use crate::tui::live::Now;
use crate::tui::screens::preflight::{AloneRow, Level, Tick};

/// How near to the length as written counts as met.
const NEAR: Duration = Duration::from_millis(1);

/// What becomes of the time of the steps that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Freed {
    /// The other steps get it, as far as they may grow.
    #[default]
    ToTheOthers,
    /// The session is shorter.
    Unused,
}

/// What is left alone today.
#[derive(Debug, Clone, Default)]
pub(super) struct Alone {
    pub(super) parts: BTreeSet<Part>,
    pub(super) freed: Freed,
}

impl Alone {
    /// What is left of a plan; none if nothing is.
    pub(super) fn of(&self, plan: &Plan) -> Option<LeftAlone> {
        let mut left = plan.leaving_alone(&self.parts)?;
        if self.freed == Freed::ToTheOthers && !left.left_out.is_empty() {
            left.plan = left.plan.nearest(plan.length());
        }
        Some(left)
    }

    /// Whether a part is left alone, by itself or with its whole region.
    fn ticks(&self, part: Part) -> Tick {
        let whole = Part::whole(part.region);
        if self.parts.contains(&part) || self.parts.contains(&whole) {
            Tick::Alone
        } else {
            Tick::Worked
        }
    }

    /// Ticks a part, or takes the tick off. `known` is what the routine works.
    fn toggle(&mut self, part: Part, known: &BTreeSet<Part>) {
        let of_region = |other: &&Part| other.region == part.region;
        let whole = Part::whole(part.region);
        match (self.ticks(part), part.side) {
            (Tick::Worked, None) => {
                self.parts.retain(|other| other.region != part.region);
                self.parts.insert(part);
            }
            (Tick::Alone, None) => self.parts.retain(|other| other.region != part.region),
            (Tick::Worked, Some(_)) => {
                self.parts.insert(part);
            }
            (Tick::Alone, Some(_)) => {
                // One side is worked after all: the other stays left alone.
                if self.parts.remove(&whole) {
                    let others = known.iter().filter(of_region);
                    self.parts
                        .extend(others.filter(|other| **other != part && **other != whole));
                }
                self.parts.remove(&part);
            }
        }
    }

    /// What is left alone and what that comes to, a line each; nothing without.
    pub(super) fn lines(&self, plan: &Plan) -> Vec<String> {
        if self.parts.is_empty() {
            return Vec::new();
        }
        let names: Vec<String> = self.parts.iter().copied().map(name).collect();
        let names = names.join(", ");
        let Some(left) = self.of(plan) else {
            return vec![format!(
                "left alone: {names} · nothing is left: it cannot start"
            )];
        };
        let steps = match left.left_out.len() {
            1 => "1 step".to_owned(),
            count => format!("{count} steps"),
        };
        let freed: Duration = left.left_out.iter().map(|step| step.time).sum();
        let time = |time| clock(round_seconds(time));
        let length = time(left.plan.length());
        let grown = left.plan.length().saturating_add(freed);
        let grown = grown.saturating_sub(plan.length());
        let came = match self.freed {
            Freed::ToTheOthers if grown.is_zero() => format!("no other can grow: {length} in all"),
            Freed::ToTheOthers if freed.abs_diff(grown) < NEAR => {
                format!("the others fill it to {length}")
            }
            Freed::ToTheOthers => format!("the others grow by {}: {length} in all", time(grown)),
            Freed::Unused => format!("{length} in all"),
        };
        let mut lines = vec![format!(
            "left alone: {names} · {steps}, {} · {came}",
            time(freed)
        )];
        for part in &self.parts {
            let passing: Vec<String> = left
                .plan
                .segments
                .iter()
                .filter(|segment| part.is_passed_by(segment))
                .map(|segment| match segment.side {
                    Some(side) => format!("{} {side} (step {})", segment.name(), segment.number),
                    None => format!("{} (step {})", segment.name(), segment.number),
                })
                .collect();
            if !passing.is_empty() {
                lines.push(format!(
                    "still passes over {}: {}",
                    name(*part),
                    passing.join(", ")
                ));
            }
        }
        lines
    }
}

/// "low back, left" as one word of a list.
fn name(part: Part) -> String {
    match part.side {
        Some(side) => format!("{} {side}", part.region),
        None => part.region.to_string(),
    }
}

impl Prepared {
    /// What the page shows: each region and side, and what becomes of the time.
    fn alone_rows(&self) -> Vec<AloneRow> {
        let alone = &self.today.alone;
        let mut rows: Vec<AloneRow> = self
            .plan
            .parts()
            .into_iter()
            .map(|part| AloneRow {
                text: match part.side {
                    Some(side) => format!("{}, {side}", part.region),
                    None => part.region.to_string(),
                },
                level: part.side.map_or(Level::Whole, |_| Level::Side),
                tick: alone.ticks(part),
            })
            .collect();
        rows.push(AloneRow {
            text: "give their time to the other strokes".to_owned(),
            level: Level::Whole,
            tick: match alone.freed {
                Freed::ToTheOthers => Tick::Alone,
                Freed::Unused => Tick::Worked,
            },
        });
        rows
    }
}

impl App {
    /// Shows which regions and sides can be left alone.
    pub(super) fn open_alone(&mut self) {
        let Screen::Preflight(preflight, prepared) = &mut self.screen else {
            return;
        };
        preflight.open_alone(
            prepared.alone_rows(),
            prepared.today.alone.lines(&prepared.plan),
        );
    }

    /// Ticks the marked region or side, or takes the tick off.
    pub(super) fn toggle_alone(&mut self, now: &Now) {
        let Screen::Preflight(preflight, prepared) = &mut self.screen else {
            return;
        };
        let known = prepared.plan.parts();
        let marked = preflight.marked();
        let alone = &mut prepared.today.alone;
        match known.iter().nth(marked) {
            Some(&part) => alone.toggle(part, &known),
            None if marked == known.len() => {
                alone.freed = match alone.freed {
                    Freed::ToTheOthers => Freed::Unused,
                    Freed::Unused => Freed::ToTheOthers,
                };
            }
            None => {}
        }
        preflight.set_alone(
            prepared.alone_rows(),
            prepared.today.alone.lines(&prepared.plan),
        );
        self.refresh_today(now);
    }

    /// Whether pre-flight leaves something to work; says so if it does not.
    pub(super) fn leaves_something(&mut self, now: &Now) -> bool {
        let Screen::Preflight(_, prepared) = &self.screen else {
            return false;
        };
        let leaves = prepared.today.alone.of(&prepared.plan).is_some();
        if !leaves {
            self.say("nothing is left: it cannot start · a", now);
        }
        leaves
    }
}
