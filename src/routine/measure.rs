//! How large a routine is once expanded: loops, depth, steps, length. Counted before anything is
//! expanded, so that a small file can't ask for a huge plan.

use std::time::Duration;

use super::build::Finding;
use super::fault::Fault;
use super::time;
use super::vocabulary::TransitionKind;
use super::{Item, MAX_NESTING, MAX_STEPS, PhaseItem, Routine, Transition};
use crate::document::Place;

/// How many sequences may use one another until counting ends: far beyond the limit, so that it is told
/// where it is passed, and far below what a thread's stack holds.
const MOST_OPEN: usize = 8 * MAX_NESTING;

/// The limits that the routine passes.
pub(super) fn measure(routine: &Routine) -> Vec<Finding> {
    let mut scale = Scale {
        routine,
        known: vec![Known::Unseen; routine.sequences.len()],
        open: 0,
        findings: Vec::new(),
    };
    for sequence in 0..routine.sequences.len() {
        scale.sequence(sequence, &Place::root());
    }
    let size = scale.phases(&routine.phases);
    if !scale.findings.is_empty() {
        return scale.findings;
    }
    let fault = if size.steps > MAX_STEPS as u64 {
        Fault::TooManySteps(size.steps)
    } else if size.time > time::LONGEST {
        Fault::TooLong
    } else {
        return Vec::new();
    };
    vec![Finding {
        place: Place::root().field("phases"),
        fault,
    }]
}

/// How large a list is once expanded.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    steps: u64,
    time: Duration,
    depth: usize,
}

impl Size {
    fn and(self, other: Self) -> Self {
        Self {
            steps: self.steps.saturating_add(other.steps),
            time: self.time.saturating_add(other.time),
            depth: self.depth.max(other.depth),
        }
    }

    fn times(self, times: u32) -> Self {
        Self {
            steps: self.steps.saturating_mul(u64::from(times)),
            time: self.time.saturating_mul(times),
            depth: self.depth,
        }
    }

    fn nested(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Known {
    Unseen,
    /// Being measured: meeting it again is a loop.
    Open,
    Size(Size),
}

struct Scale<'a> {
    routine: &'a Routine,
    known: Vec<Known>,
    /// How many sequences are being measured, each used by the one before.
    open: usize,
    findings: Vec<Finding>,
}

impl Scale<'_> {
    fn sequence(&mut self, index: usize, used_at: &Place) -> Size {
        let Some(sequence) = self.routine.sequences.get(index) else {
            return Size::default();
        };
        match self.known.get(index) {
            Some(Known::Size(size)) => return *size,
            Some(Known::Open) => {
                self.findings.push(Finding {
                    place: used_at.clone(),
                    fault: Fault::EndlessSequence(sequence.name.clone()),
                });
                return Size::default();
            }
            Some(Known::Unseen) | None => {}
        }
        if self.open > MOST_OPEN {
            if self.findings.is_empty() {
                self.findings.push(Finding {
                    place: used_at.clone(),
                    fault: Fault::TooDeep,
                });
            }
            // Deeper than where it is told, so that it is told once.
            return Size {
                depth: MAX_NESTING + 1,
                ..Size::default()
            };
        }
        self.know(index, Known::Open);
        self.open += 1;
        let size = self.items(&sequence.items);
        self.open -= 1;
        self.know(index, Known::Size(size));
        size
    }

    fn know(&mut self, index: usize, known: Known) {
        if let Some(slot) = self.known.get_mut(index) {
            *slot = known;
        }
    }

    fn phases(&mut self, items: &[PhaseItem]) -> Size {
        items.iter().fold(Size::default(), |sum, item| {
            sum.and(match item {
                PhaseItem::Phase(phase) => self.items(&phase.items),
                PhaseItem::BothSides(items, place) => {
                    let size = self.phases(items).times(2).nested();
                    self.not_too_deep(size, place)
                }
            })
        })
    }

    fn items(&mut self, items: &[Item]) -> Size {
        items.iter().fold(Size::default(), |sum, item| {
            let size = match item {
                Item::Step(step) => Size {
                    steps: 1,
                    time: step.common.time,
                    depth: 0,
                },
                Item::Transition(transition) => Size {
                    steps: 1,
                    time: transition.common.time,
                    depth: 0,
                },
                Item::BothSides(items, place) => {
                    let mut size = self.items(items).times(2).nested();
                    if let Some(change) = changes_sides(items) {
                        size.steps -= 1;
                        size.time = size.time.saturating_sub(change.common.time);
                    }
                    self.not_too_deep(size, place)
                }
                Item::Repeat(times, items, place) => {
                    let size = self.items(items).times(*times).nested();
                    self.not_too_deep(size, place)
                }
                Item::Use(index, place) => {
                    let size = self.sequence(*index, &place.index(0)).nested();
                    self.not_too_deep(size, place)
                }
            };
            sum.and(size)
        })
    }

    fn not_too_deep(&mut self, size: Size, place: &Place) -> Size {
        // Told once, where the limit is passed, not again at every level above.
        if size.depth == MAX_NESTING + 1 {
            self.findings.push(Finding {
                place: place.clone(),
                fault: Fault::TooDeep,
            });
        }
        size
    }
}

/// The `ChangeSides` that stands between the two rounds of a `BothSides`, not
/// after the second.
pub(crate) fn changes_sides(items: &[Item]) -> Option<&Transition> {
    match items.last() {
        Some(Item::Transition(transition)) if transition.kind == TransitionKind::ChangeSides => {
            Some(transition)
        }
        _ => None,
    }
}
