//! Routine to segments: `BothSides`, `Repeat` and `Use` written out, a phase's
//! defaults and placeholders filled, twins paired, and the cue that opens each
//! step decided. Nesting is at most sixteen deep, as reading made sure.

use std::collections::HashMap;
use std::ops::Range;

use super::{Facing, Origin, PlanPhase, Segment, StepId, Work};
use crate::cue::Cue;
use crate::document::Place;
use crate::routine::measure::changes_sides;
use crate::routine::placeholder::fill;
use crate::routine::vocabulary::{Side, Working};
use crate::routine::{Common, Item, Phase, PhaseItem, Routine, Step};

/// A routine written out.
pub struct Expanded {
    /// The phases, mirrored ones as well.
    pub phases: Vec<PlanPhase>,
    /// The steps.
    pub segments: Vec<Segment>,
}

/// Writes `routine` out.
#[must_use]
pub fn expand(routine: &Routine) -> Expanded {
    let mut expander = Expander {
        routine,
        phases: Vec::new(),
        segments: Vec::new(),
        second_sides: Vec::new(),
        copies: HashMap::new(),
    };
    expander.phase_items(&routine.phases, Facing::AsWritten);
    expander.decide_openings();
    Expanded {
        phases: expander.phases,
        segments: expander.segments,
    }
}

struct Expander<'a> {
    routine: &'a Routine,
    phases: Vec<PlanPhase>,
    segments: Vec<Segment>,
    /// The segments of each second round of a `BothSides`.
    second_sides: Vec<Range<usize>>,
    /// How often each written step was met.
    copies: HashMap<Place, u32>,
}

impl Expander<'_> {
    fn phase_items(&mut self, items: &[PhaseItem], facing: Facing) {
        for item in items {
            match item {
                PhaseItem::Phase(phase) => {
                    self.phases.push(PlanPhase {
                        name: phase.name.clone(),
                        position: match facing {
                            Facing::AsWritten => phase.position,
                            Facing::Mirrored => phase.position.mirrored(),
                        },
                    });
                    self.items(&phase.items, phase, facing);
                }
                PhaseItem::BothSides(items, _) => {
                    let first = self.segments.len();
                    self.phase_items(items, facing);
                    let second = self.segments.len();
                    self.phase_items(items, facing.mirrored());
                    self.pair(first, second);
                }
            }
        }
    }

    fn items(&mut self, items: &[Item], phase: &Phase, facing: Facing) {
        for item in items {
            match item {
                Item::Step(step) => self.step(step, phase, facing),
                Item::Transition(transition) => {
                    self.push(
                        Work::Transition(transition.kind),
                        &transition.common,
                        facing,
                    );
                }
                Item::BothSides(items, _) => {
                    let first = self.segments.len();
                    self.items(items, phase, facing);
                    let second = self.segments.len();
                    let again = match changes_sides(items) {
                        Some(_) => items
                            .split_last()
                            .map_or(items.as_slice(), |(_, rest)| rest),
                        None => items,
                    };
                    self.items(again, phase, facing.mirrored());
                    self.pair(first, second);
                }
                Item::Repeat(times, items, _) => {
                    for _ in 0..*times {
                        self.items(items, phase, facing);
                    }
                }
                Item::Use(index, _) => {
                    let routine = self.routine;
                    if let Some(sequence) = routine.sequences.get(*index) {
                        self.items(&sequence.items, phase, facing);
                    }
                }
            }
        }
    }

    fn step(&mut self, step: &Step, phase: &Phase, facing: Facing) {
        let work = Work::Stroke {
            stroke: step.stroke.clone(),
            region: step.region,
            toward: step.toward,
            with: step.with.or(phase.with),
            stance: step.stance.or(phase.stance),
            pressure: step.pressure.or(phase.pressure),
            pace: step.pace,
        };
        self.push(work, &step.common, facing);
    }

    fn push(&mut self, work: Work, common: &Common, facing: Facing) {
        let (side, working) = match facing {
            Facing::AsWritten => (common.side, common.working),
            Facing::Mirrored => (
                common.side.map(Side::mirrored),
                common.working.map(Working::mirrored),
            ),
        };
        let filled = |text: &Option<String>| text.as_deref().map(|text| fill(text, side, working));
        let number = self.segments.len() + 1;
        let copies = self.copies.entry(common.place.clone()).or_default();
        let copy = *copies;
        *copies += 1;
        self.segments.push(Segment {
            id: StepId::from_number(number),
            number,
            phase: self.phases.len().saturating_sub(1),
            side,
            working,
            cue: filled(&common.cue),
            note: filled(&common.note),
            sound: common.sound.clone(),
            time: common.time,
            min: common.min,
            max: common.max,
            ends: common.ends,
            opens: match work {
                Work::Stroke { .. } => Cue::Shift,
                Work::Transition(_) => Cue::Turn,
            },
            work,
            twin: None,
            origin: Origin {
                place: common.place.clone(),
                copy,
                facing,
            },
        });
    }

    /// Makes twins of the two rounds of a `BothSides`: from `first`, and from
    /// `second` to the end. The innermost `BothSides` decides.
    fn pair(&mut self, first: usize, second: usize) {
        self.second_sides.push(second..self.segments.len());
        let pairs = (second - first).min(self.segments.len() - second);
        let (before, after) = self.segments.split_at_mut(second);
        for (one, other) in before.iter_mut().skip(first).zip(after).take(pairs) {
            if one.twin.is_none() && other.twin.is_none() {
                one.twin = Some(other.id);
                other.twin = Some(one.id);
            }
        }
    }

    /// Which steps open with `side`, and the twins that stand outside of any
    /// `BothSides`.
    fn decide_openings(&mut self) {
        for round in &self.second_sides {
            let mut round = self.segments.get_mut(round.clone()).into_iter().flatten();
            if let Some(step) = round.find(|segment| !segment.is_transition()) {
                step.opens = Cue::Side;
            }
        }
        let steps: Vec<usize> = (0..self.segments.len())
            .filter(|&n| self.segments.get(n).is_some_and(|s| !s.is_transition()))
            .collect();
        for pair in steps.windows(2) {
            let &[earlier, later] = pair else { continue };
            let (Some(one), Some(other)) = (self.segments.get(earlier), self.segments.get(later))
            else {
                continue;
            };
            if !is_other_side(one, other) {
                continue;
            }
            let (one_id, other_id) = (one.id, other.id);
            let both_alone = one.twin.is_none() && other.twin.is_none();
            if let Some(other) = self.segments.get_mut(later) {
                other.opens = Cue::Side;
                if both_alone {
                    other.twin = Some(one_id);
                }
            }
            if both_alone && let Some(one) = self.segments.get_mut(earlier) {
                one.twin = Some(other_id);
            }
        }
    }
}

/// The same stroke on the same region, on the opposite of left and right.
fn is_other_side(one: &Segment, other: &Segment) -> bool {
    let same_work = match (&one.work, &other.work) {
        (
            Work::Stroke {
                stroke: a,
                region: c,
                ..
            },
            Work::Stroke {
                stroke: b,
                region: d,
                ..
            },
        ) => a == b && c == d,
        _ => false,
    };
    same_work && one.side.zip(other.side).is_some_and(|(a, b)| a.opposes(b))
}
