//! Leaving regions alone for one session: which steps go, what becomes
//! pointless with them, and which steps still pass over what is left alone.
//! The steps that stay keep their ids and numbers. It knows no reason and
//! keeps nothing.

use std::collections::BTreeSet;

use super::{Plan, Segment, Work};
use crate::cue::Cue;
use crate::routine::vocabulary::{Position, Region, Side, Stance, TransitionKind};

/// A region, or one side of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// Where.
    pub region: Region,
    /// Left or Right; none for all of it.
    pub side: Option<Side>,
}

/// A plan without the steps that were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftAlone {
    /// What is worked.
    pub plan: Plan,
    /// What is not, in the routine's order: strokes, and transitions that have
    /// become pointless.
    pub left_out: Vec<Segment>,
}

impl Part {
    /// All of a region.
    #[must_use]
    pub const fn whole(region: Region) -> Self {
        Self { region, side: None }
    }

    /// Whether a stroke there is left out. One on both sides goes only with
    /// the whole region.
    fn takes(self, segment: &Segment) -> bool {
        let region = segment.region();
        region.is_some_and(|region| self.region.covers(region))
            && (self.side.is_none() || self.side == segment.side)
    }

    /// Whether a stroke that stays still touches it: it works a wider region,
    /// glides to it or across it, or works both sides.
    #[must_use]
    pub fn is_passed_by(self, segment: &Segment) -> bool {
        let Work::Stroke { region, toward, .. } = segment.work else {
            return false;
        };
        let same_side = match (self.side, segment.side) {
            (Some(own), Some(other)) => other == own || other == Side::Both,
            _ => true,
        };
        let works = self.region.covers(region);
        same_side && (works || region.passes_over(toward, self.region))
    }
}

impl Plan {
    /// The regions that it works, and their sides where it works them by
    /// themselves, in the order of the list of regions.
    #[must_use]
    pub fn parts(&self) -> BTreeSet<Part> {
        self.segments
            .iter()
            .filter_map(|segment| Some((segment.region()?, segment.side)))
            .flat_map(|(region, side)| {
                let one = side.filter(|side| matches!(side, Side::Left | Side::Right));
                [None, one].map(|side| Part { region, side })
            })
            .collect()
    }

    /// The plan without the strokes on these parts; none if no stroke is left.
    #[must_use]
    pub fn leaving_alone(&self, parts: &BTreeSet<Part>) -> Option<LeftAlone> {
        let mut gone: BTreeSet<usize> = (0..)
            .zip(&self.segments)
            .filter(|(_, segment)| parts.iter().any(|part| part.takes(segment)))
            .map(|(index, _)| index)
            .collect();
        let strokes = (0..).zip(&self.segments);
        let mut left = strokes.filter(|(_, segment)| !segment.is_transition());
        if left.all(|(index, _)| gone.contains(&index)) {
            return None;
        }
        for gap in self.gaps(&gone) {
            gone.extend(gap.pointless(self, &gone));
        }
        let kept = |index: &usize| !gone.contains(index);
        let (kept, left_out): (Vec<_>, Vec<_>) =
            (0..self.segments.len()).partition(|index| kept(index));
        let take = |indices: &[usize]| -> Vec<Segment> {
            let taken = indices.iter().filter_map(|&index| self.segments.get(index));
            taken.cloned().collect()
        };
        let mut plan = Self {
            segments: take(&kept),
            ..self.clone()
        };
        self.open_anew(&mut plan, &gone);
        let ids: BTreeSet<_> = plan.segments.iter().map(|segment| segment.id).collect();
        for segment in &mut plan.segments {
            segment.twin = segment.twin.filter(|twin| ids.contains(twin));
        }
        Some(LeftAlone {
            plan,
            left_out: take(&left_out),
        })
    }

    /// The stretches between two strokes that stay in which a stroke is gone.
    fn gaps(&self, gone: &BTreeSet<usize>) -> Vec<Gap> {
        let stays = |index: &usize| {
            let segment = self.segments.get(*index);
            segment.is_some_and(|segment| !segment.is_transition()) && !gone.contains(index)
        };
        let mut ends: Vec<Option<usize>> = vec![None];
        ends.extend((0..self.segments.len()).filter(stays).map(Some));
        ends.push(None);
        let gap = |pair: &[Option<usize>]| match pair {
            &[before, after] => Some(Gap { before, after }),
            _ => None,
        };
        ends.windows(2)
            .filter_map(gap)
            .filter(|gap| gap.inside(self).any(|index| gone.contains(&index)))
            .collect()
    }

    fn position_of(&self, index: usize) -> Option<Position> {
        let segment = self.segments.get(index)?;
        self.phase_of(segment).map(|phase| phase.position)
    }

    fn kind_of(&self, index: usize) -> Option<TransitionKind> {
        match self.segments.get(index)?.work {
            Work::Transition(kind) => Some(kind),
            Work::Stroke { .. } => None,
        }
    }

    /// Where the therapist is before the step of that index, by the mounts and
    /// dismounts of the whole plan.
    fn standing(&self, index: usize) -> Standing {
        let steps = |kind| match kind {
            Some(TransitionKind::Mount) => Some(Standing::OnTheTable),
            Some(TransitionKind::Dismount) => Some(Standing::OnTheFloor),
            _ => None,
        };
        let before = (0..index).rev().find_map(|at| steps(self.kind_of(at)));
        let first = (index..self.segments.len()).find_map(|at| steps(self.kind_of(at)));
        match (before, first) {
            (Some(standing), _) => standing,
            // It begins in the middle: she is where she comes down from.
            (None, Some(Standing::OnTheFloor)) => Standing::OnTheTable,
            (None, _) => Standing::OnTheFloor,
        }
    }

    /// Gives the strokes whose forerunners are gone the cue that is true now.
    fn open_anew(&self, plan: &mut Self, gone: &BTreeSet<usize>) {
        let strokes: Vec<usize> = (0..self.segments.len())
            .filter(|&index| self.kind_of(index).is_none())
            .collect();
        let mut earlier: Option<&Segment> = None;
        // The second side begins with a stroke that is gone.
        let mut owed: Option<&Segment> = None;
        let mut forerunner_gone = false;
        for index in strokes {
            let Some(segment) = self.segments.get(index) else {
                continue;
            };
            if gone.contains(&index) {
                if segment.opens == Cue::Side {
                    owed = Some(segment);
                }
                forerunner_gone = true;
                continue;
            }
            if forerunner_gone {
                let round = owed.is_some_and(|first| {
                    first.side == segment.side && first.origin.facing == segment.origin.facing
                });
                let begins = round || segment.opens == Cue::Side;
                let opposite = earlier.is_some_and(|earlier| other_side(earlier, segment));
                let opens = if opposite && (begins || same_stroke(earlier, segment)) {
                    Cue::Side
                } else {
                    Cue::Shift
                };
                if let Some(at) = plan.index_of(segment.id)
                    && let Some(segment) = plan.segments.get_mut(at)
                {
                    segment.opens = opens;
                }
            }
            (earlier, owed, forerunner_gone) = (Some(segment), None, false);
        }
    }
}

/// Whether two strokes that follow each other are on opposite sides: by their
/// own sides, or, where neither has one, by how the client lies.
fn other_side(earlier: &Segment, later: &Segment) -> bool {
    match (earlier.side, later.side) {
        (Some(one), Some(other)) => one.opposes(other),
        (None, None) => earlier.origin.facing != later.origin.facing,
        _ => false,
    }
}

fn same_stroke(earlier: Option<&Segment>, later: &Segment) -> bool {
    earlier
        .is_some_and(|earlier| earlier.name() == later.name() && earlier.region() == later.region())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    OnTheFloor,
    OnTheTable,
}

/// What lies between two strokes that stay; the ends of the plan are none.
#[derive(Debug, Clone, Copy)]
struct Gap {
    before: Option<usize>,
    after: Option<usize>,
}

impl Gap {
    fn inside(self, plan: &Plan) -> std::ops::Range<usize> {
        self.before.map_or(0, |index| index + 1)..self.after.unwrap_or(plan.segments.len())
    }

    /// The transitions in it that nobody needs any more.
    fn pointless(self, plan: &Plan, gone: &BTreeSet<usize>) -> Vec<usize> {
        let inside = || self.inside(plan);
        let of = |kind| move |&index: &usize| plan.kind_of(index) == Some(kind);
        let mut needed: BTreeSet<usize> = BTreeSet::new();
        // What brings the client into another position, the last of it.
        let moves_client = |index: &usize| {
            matches!(
                plan.kind_of(*index),
                Some(TransitionKind::TurnClient | TransitionKind::SitUp)
            )
        };
        let lies = |end: Option<usize>| end.and_then(|index| plan.position_of(index));
        match (lies(self.before), lies(self.after)) {
            (_, None) => needed.extend(inside().filter(of(TransitionKind::SitUp))),
            (Some(before), Some(after)) if before != after => {
                needed.extend(inside().rfind(moves_client));
            }
            _ => {}
        }
        let turned = !needed.is_empty() && self.after.is_some();
        needed.extend(self.steps_up_and_down(plan, turned));
        for &kind in TransitionKind::ALL {
            let serves = |index: &usize| self.serves(plan, gone, *index, kind);
            let mut serving = inside().filter(of(kind)).filter(serves);
            match kind {
                TransitionKind::Lubricate | TransitionKind::Redrape => needed.extend(serving),
                // Twice in a row is once too often.
                _ => needed.extend(serving.next_back()),
            }
        }
        inside()
            .filter(|index| plan.kind_of(*index).is_some() && !needed.contains(index))
            .collect()
    }

    /// The mounts and dismounts that lead from where she stands before the gap
    /// to where she must stand after it.
    fn steps_up_and_down(self, plan: &Plan, client_moves: bool) -> Vec<usize> {
        let of = |kind| move |&index: &usize| plan.kind_of(index) == Some(kind);
        let inside = self.inside(plan);
        let down = inside.clone().find(of(TransitionKind::Dismount));
        let up = inside.clone().rfind(of(TransitionKind::Mount));
        let before = plan.standing(inside.start);
        let after = plan.standing(inside.end);
        match (before, after) {
            (Standing::OnTheFloor, Standing::OnTheFloor) => Vec::new(),
            // Nobody turns under somebody who stands on them.
            (Standing::OnTheTable, Standing::OnTheTable) if !client_moves => Vec::new(),
            (Standing::OnTheTable, Standing::OnTheTable) => down.into_iter().chain(up).collect(),
            (Standing::OnTheFloor, Standing::OnTheTable) => up.into_iter().collect(),
            (Standing::OnTheTable, Standing::OnTheFloor) => down.into_iter().collect(),
        }
    }

    /// Whether a transition of one of the other kinds still serves a stroke.
    fn serves(
        self,
        plan: &Plan,
        gone: &BTreeSet<usize>,
        index: usize,
        kind: TransitionKind,
    ) -> bool {
        let end = |end: Option<usize>| end.and_then(|index| plan.segments.get(index));
        let (before, after) = (end(self.before), end(self.after));
        match kind {
            TransitionKind::Mount
            | TransitionKind::Dismount
            | TransitionKind::TurnClient
            | TransitionKind::SitUp => false,
            TransitionKind::ChangeSides => before
                .zip(after)
                .is_some_and(|(before, after)| other_side(before, after)),
            TransitionKind::Stool => after.is_some_and(|after| {
                [before, Some(after)]
                    .into_iter()
                    .flatten()
                    .any(|stroke| matches!(stance(stroke), None | Some(Stance::Seated)))
            }),
            TransitionKind::CleanFeet => after.is_some(),
            TransitionKind::Lubricate => {
                let until = (index + 1..plan.segments.len())
                    .find(|&next| plan.kind_of(next) == Some(kind))
                    .unwrap_or(plan.segments.len());
                plan.any_stroke(index + 1..until, gone, index)
            }
            TransitionKind::Redrape => {
                let same = |other: &usize| plan.kind_of(*other) == Some(kind);
                let from = (0..index).rfind(same).unwrap_or(0);
                let until = (index + 1..plan.segments.len())
                    .find(same)
                    .unwrap_or(plan.segments.len());
                let phase = |other: &usize| plan.same_phase(index, *other);
                let from = (from..index).find(phase).unwrap_or(index);
                let until = (index..until).rfind(phase).map_or(index, |last| last + 1);
                plan.any_stroke(from..until, gone, index)
            }
            TransitionKind::CheckIn | TransitionKind::Settle | TransitionKind::Rest => {
                let phase = (0..plan.segments.len()).filter(|&other| plan.same_phase(index, other));
                before.is_none()
                    || after.is_none()
                    || phase.into_iter().any(|other| plan.stays(other, gone))
            }
        }
    }
}

impl Plan {
    fn same_phase(&self, one: usize, other: usize) -> bool {
        let phase = |index: usize| self.segments.get(index).map(|segment| segment.phase);
        phase(one) == phase(other)
    }

    /// Whether there is a stroke that stays.
    fn stays(&self, index: usize, gone: &BTreeSet<usize>) -> bool {
        self.segments
            .get(index)
            .is_some_and(|segment| !segment.is_transition())
            && !gone.contains(&index)
    }

    /// Whether a stroke stays there for which a transition was meant: any, or
    /// any on its side if it has one.
    fn any_stroke(
        &self,
        mut range: std::ops::Range<usize>,
        gone: &BTreeSet<usize>,
        transition: usize,
    ) -> bool {
        let side = |index: usize| self.segments.get(index).and_then(|segment| segment.side);
        let own = side(transition);
        range.any(|index| {
            let meant = match own.zip(side(index)) {
                Some((own, other)) => !own.opposes(other),
                None => true,
            };
            meant && self.stays(index, gone)
        })
    }
}

fn stance(segment: &Segment) -> Option<Stance> {
    match segment.work {
        Work::Stroke { stance, .. } => stance,
        Work::Transition(_) => None,
    }
}
