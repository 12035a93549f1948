//! What makes one wonder about a routine that runs: each rule a function, over
//! the steps as they will be worked.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use crate::document::Place;
use crate::plan::{Plan, Segment, Work};
use crate::routine::fault::Doubt;
use crate::routine::vocabulary::{Level, Position, Pressure, Region, Side, Stance, TransitionKind};
use crate::routine::{Common, Ends, Item, PhaseItem, Routine};

/// What can be read across a room, in characters.
const READABLE_NAME: usize = 24;
const READABLE_CUE: usize = 60;

type Found = Vec<(Place, Doubt)>;

/// Every doubt about `routine`, of which `plan` is the whole plan.
pub(super) fn doubts(routine: &Routine, plan: &Plan) -> Found {
    let mut found = Found::new();
    length(routine, plan, &mut found);
    both_sides(routine, &mut found);
    unused(routine, &mut found);
    uneven(plan, &mut found);
    mounting(plan, &mut found);
    turning(plan, &mut found);
    strokes(routine, plan, &mut found);
    readable(plan, &mut found);
    found
}

fn length(routine: &Routine, plan: &Plan, found: &mut Found) {
    let sum = plan.length();
    let Some(said) = routine.length.filter(|&said| said != sum) else {
        return;
    };
    let mut phases: Vec<(String, Duration)> = plan
        .phases
        .iter()
        .map(|phase| (phase.name.clone(), Duration::ZERO))
        .collect();
    for segment in &plan.segments {
        if let Some((_, share)) = phases.get_mut(segment.phase) {
            *share += segment.time;
        }
    }
    let doubt = Doubt::Length { said, sum, phases };
    found.push((Place::root().field("length"), doubt));
}

/// Walks what stands inside each `BothSides`.
fn both_sides(routine: &Routine, found: &mut Found) {
    let mut walk = SidesWalk {
        routine,
        swapped: vec![None; routine.sequences.len()],
        walked: HashSet::new(),
        told: HashSet::new(),
        found,
    };
    walk.phases(&routine.phases, Inside::Neither);
    for sequence in &routine.sequences {
        walk.items(&sequence.items, Inside::Neither);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    BothSides,
    Neither,
}

/// What the second round of a `BothSides` does to what stands in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Swap {
    /// It is worked on the other side, or with the other foot.
    Other,
    Same,
}

/// Each sequence is looked into once, however often it is used: one that uses another forty times, eight
/// deep, would never end.
struct SidesWalk<'a> {
    routine: &'a Routine,
    /// What is known of each sequence.
    swapped: Vec<Option<Swap>>,
    /// The sequences whose texts were looked at as part of a `BothSides`.
    walked: HashSet<usize>,
    told: HashSet<Place>,
    found: &'a mut Found,
}

impl SidesWalk<'_> {
    fn phases(&mut self, items: &[PhaseItem], inside: Inside) {
        for item in items {
            match item {
                PhaseItem::Phase(phase) => self.items(&phase.items, inside),
                PhaseItem::BothSides(items, place) => {
                    let swap = any(items, |item| self.phase_swap(item));
                    self.rounds(swap, place);
                    self.phases(items, Inside::BothSides);
                }
            }
        }
    }

    fn items(&mut self, items: &[Item], inside: Inside) {
        for item in items {
            match item {
                Item::Step(step) => self.texts(&step.common, inside),
                Item::Transition(transition) => self.texts(&transition.common, inside),
                Item::BothSides(items, place) => {
                    let swap = any(items, |item| self.swap(item));
                    self.rounds(swap, place);
                    self.items(items, Inside::BothSides);
                }
                Item::Repeat(_, items, _) => self.items(items, inside),
                // Outside of BothSides the sequence is walked by itself.
                Item::Use(index, _)
                    if inside == Inside::BothSides && self.walked.insert(*index) =>
                {
                    let routine = self.routine;
                    if let Some(sequence) = routine.sequences.get(*index) {
                        self.items(&sequence.items, inside);
                    }
                }
                Item::Use(..) => {}
            }
        }
    }

    fn rounds(&mut self, swap: Swap, place: &Place) {
        if swap == Swap::Same && self.told.insert(place.clone()) {
            self.found.push((place.clone(), Doubt::NoSides));
        }
    }

    fn phase_swap(&mut self, item: &PhaseItem) -> Swap {
        match item {
            PhaseItem::Phase(phase) if phase.position.mirrored() != phase.position => Swap::Other,
            PhaseItem::Phase(phase) => any(&phase.items, |item| self.swap(item)),
            PhaseItem::BothSides(items, _) => any(items, |item| self.phase_swap(item)),
        }
    }

    fn swap(&mut self, item: &Item) -> Swap {
        match item {
            Item::Step(step) => own_swap(&step.common),
            Item::Transition(transition) => own_swap(&transition.common),
            Item::BothSides(items, _) | Item::Repeat(_, items, _) => {
                any(items, |item| self.swap(item))
            }
            Item::Use(index, _) => {
                if let Some(Some(known)) = self.swapped.get(*index) {
                    return *known;
                }
                let routine = self.routine;
                let swap = routine
                    .sequences
                    .get(*index)
                    .map_or(Swap::Same, |sequence| {
                        any(&sequence.items, |item| self.swap(item))
                    });
                if let Some(known) = self.swapped.get_mut(*index) {
                    *known = Some(swap);
                }
                swap
            }
        }
    }

    fn texts(&mut self, common: &Common, inside: Inside) {
        if inside == Inside::Neither {
            return;
        }
        for (text, field) in [(&common.cue, "cue"), (&common.note, "note")] {
            let Some(word) = text.as_deref().and_then(side_word) else {
                continue;
            };
            let place = common.place.field(field);
            if self.told.insert(place.clone()) {
                self.found.push((place, Doubt::PlainSide(word.to_owned())));
            }
        }
    }
}

/// Whether one of them is worked otherwise in the second round.
fn any<T>(items: &[T], mut swap: impl FnMut(&T) -> Swap) -> Swap {
    if items.iter().any(|item| swap(item) == Swap::Other) {
        Swap::Other
    } else {
        Swap::Same
    }
}

fn own_swap(common: &Common) -> Swap {
    let side = common.side.is_some_and(|side| side.mirrored() != side);
    let foot = common.working.is_some_and(|foot| foot.mirrored() != foot);
    if side || foot {
        Swap::Other
    } else {
        Swap::Same
    }
}

/// The word left or right, as a word of its own.
fn side_word(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .find(|word| word.eq_ignore_ascii_case("left") || word.eq_ignore_ascii_case("right"))
}

fn unused(routine: &Routine, found: &mut Found) {
    let mut used = HashSet::new();
    uses_in_phases(&routine.phases, &mut used);
    for sequence in &routine.sequences {
        uses(&sequence.items, &mut used);
    }
    for (index, sequence) in routine.sequences.iter().enumerate() {
        if !used.contains(&index) {
            found.push((sequence.place.clone(), Doubt::Unused(sequence.name.clone())));
        }
    }
}

fn uses_in_phases(list: &[PhaseItem], used: &mut HashSet<usize>) {
    for item in list {
        match item {
            PhaseItem::Phase(phase) => uses(&phase.items, used),
            PhaseItem::BothSides(list, _) => uses_in_phases(list, used),
        }
    }
}

fn uses(list: &[Item], used: &mut HashSet<usize>) {
    for item in list {
        match item {
            Item::Use(index, _) => {
                used.insert(*index);
            }
            Item::BothSides(list, _) | Item::Repeat(_, list, _) => uses(list, used),
            Item::Step(_) | Item::Transition(_) => {}
        }
    }
}

fn uneven(plan: &Plan, found: &mut Found) {
    let mut regions: BTreeMap<Region, (Duration, Duration, Place)> = BTreeMap::new();
    for segment in &plan.segments {
        let (Some(region), Some(side)) = (segment.region(), segment.side) else {
            continue;
        };
        let (left, right, _) = regions
            .entry(region)
            .or_insert_with(|| (Duration::ZERO, Duration::ZERO, segment.origin.place.clone()));
        match side {
            Side::Left => *left += segment.time,
            Side::Right => *right += segment.time,
            Side::Both | Side::Midline => {}
        }
    }
    for (region, (left, right, place)) in regions {
        if left != right {
            found.push((
                place,
                Doubt::Uneven {
                    region,
                    left,
                    right,
                },
            ));
        }
    }
}

/// Whether the therapist stands on the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mounted {
    Up,
    Down,
    /// Down, and that was said already.
    DownAndTold,
}

fn mounting(plan: &Plan, found: &mut Found) {
    let mut mounted = Mounted::Down;
    for segment in &plan.segments {
        match &segment.work {
            Work::Transition(TransitionKind::Mount) => mounted = Mounted::Up,
            Work::Transition(TransitionKind::Dismount) => mounted = Mounted::Down,
            Work::Transition(TransitionKind::TurnClient | TransitionKind::SitUp)
                if mounted == Mounted::Up =>
            {
                found.push((segment.origin.place.clone(), Doubt::StillMounted));
            }
            Work::Stroke {
                stance: Some(stance),
                ..
            } if stance.is_on_table() && mounted == Mounted::Down => {
                found.push((segment.origin.place.clone(), Doubt::NotMounted));
                mounted = Mounted::DownAndTold;
            }
            Work::Stroke { .. } | Work::Transition(_) => {}
        }
    }
}

fn turning(plan: &Plan, found: &mut Found) {
    let position = |segment: &Segment| plan.phase_of(segment).map(|phase| phase.position);
    for pair in plan.segments.windows(2) {
        let [before, after] = pair else { continue };
        let Some(to) = position(after).filter(|_| position(before) != position(after)) else {
            continue;
        };
        let turns = |segment: &Segment| match segment.work {
            Work::Transition(TransitionKind::TurnClient) => true,
            Work::Transition(TransitionKind::SitUp) => to == Position::Sitting,
            _ => false,
        };
        if !turns(before) && !turns(after) {
            found.push((after.origin.place.clone(), Doubt::NotTurned { to }));
        }
    }
}

/// What concerns one stroke alone, told once for all of its copies. Each of them is looked at: the same
/// sequence is deep in a deep phase and light in another.
fn strokes(routine: &Routine, plan: &Plan, found: &mut Found) {
    /// What was told of a stroke.
    #[derive(PartialEq, Eq, Hash)]
    enum Told {
        TwoFeet,
        Deep(Region),
        Short,
    }
    let mut told = HashSet::new();
    for segment in &plan.segments {
        let Work::Stroke {
            region,
            stance,
            pressure,
            ..
        } = segment.work
        else {
            continue;
        };
        let place = &segment.origin.place;
        let mut first = |what| told.insert((place.clone(), what));
        if stance == Some(Stance::TwoFeet)
            && routine.level == Some(Level::Beginner)
            && first(Told::TwoFeet)
        {
            found.push((place.clone(), Doubt::TwoFeetForBeginners));
        }
        if pressure == Some(Pressure::Deep)
            && matches!(region, Region::Neck | Region::Abdomen | Region::LowBack)
            && first(Told::Deep(region))
        {
            found.push((place.clone(), Doubt::Deep { region }));
        }
        let prepare = routine.prepare;
        if !prepare.is_zero()
            && segment.ends == Ends::ByTime
            && segment.time <= prepare * 2
            && first(Told::Short)
        {
            found.push((place.field("time"), Doubt::Short { prepare }));
        }
    }
}

fn readable(plan: &Plan, found: &mut Found) {
    let mut told = HashSet::new();
    for segment in &plan.segments {
        let name = match &segment.work {
            Work::Stroke { stroke, .. } => Some(stroke),
            Work::Transition(_) => None,
        };
        for (text, field, what, most) in [
            (name, "stroke", "name", READABLE_NAME),
            (segment.cue.as_ref(), "cue", "cue", READABLE_CUE),
        ] {
            let Some(length) = text.map(|text| text.chars().count()).filter(|&n| n > most) else {
                continue;
            };
            let place = segment.origin.place.field(field);
            if told.insert(place.clone()) {
                found.push((place, Doubt::LongToRead { what, length, most }));
            }
        }
    }
}
