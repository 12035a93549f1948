//! A phase, sequence or group made to last as long as wanted, by the times of what is written in it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use crate::design::fields::NAME;
use crate::design::rows::Container;
use crate::design::splice::Splice;
use crate::design::{Design, Edited, Refused, RowKind};
use crate::routine::time::LONGEST;

/// A time that may be changed, in seconds, and how often it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share {
    row: usize,
    work: Work,
    weight: u64,
    time: u64,
    least: u64,
    most: u64,
}

/// What a time is spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    Stroke,
    /// Between strokes: a way up takes as long as it takes.
    Between,
}

/// What a list lasts: the times that may be changed, and what stays.
#[derive(Debug, Default)]
struct Shares {
    free: Vec<Share>,
    fixed: u64,
    /// Where sequences change with the rest: those that there are, and how often each is used.
    used: Option<Used>,
}

/// The sequences by name, and how often each is used, by its row.
#[derive(Debug, Default)]
struct Used {
    rows: BTreeMap<String, usize>,
    times: BTreeMap<usize, u64>,
}

impl Shares {
    /// The least and the most that it can last.
    fn reach(&self) -> (Duration, Duration) {
        let bound = |limit: fn(&Share) -> u64| {
            let sum = self.free.iter().fold(self.fixed, |sum, share| {
                sum.saturating_add(share.weight.saturating_mul(limit(share)))
            });
            Duration::from_secs(sum)
        };
        let most = bound(|share| share.most).min(LONGEST);
        (bound(|share| share.least), most)
    }

    /// The time of each that together give a length within reach, or as near below as they can: by the
    /// strokes alone, then with transitions that take only the odd seconds, then by all alike.
    fn times_for(&self, length: Duration) -> Vec<u64> {
        let target = length.as_secs().saturating_sub(self.fixed);
        let kept = self.with_transitions_kept(target);
        if let Some(times) = &kept
            && reached(&self.free, times) == target
        {
            return times.clone();
        }
        let alike = distributed(&self.free, target);
        kept.filter(|kept| reached(&self.free, kept) >= reached(&self.free, &alike))
            .unwrap_or(alike)
    }

    /// The times where transitions keep theirs but for the odd seconds that no stroke can take; none where
    /// the limits of the strokes don't allow it.
    fn with_transitions_kept(&self, target: u64) -> Option<Vec<u64>> {
        let between = |share: &&Share| share.work == Work::Between;
        let (kept, strokes): (Vec<&Share>, Vec<&Share>) = self.free.iter().partition(between);
        let strokes: Vec<Share> = strokes.into_iter().copied().collect();
        let spent = kept.iter().map(|share| share.weight * share.time);
        let left = target.checked_sub(spent.sum())?;
        let bound = |limit: fn(&Share) -> u64| {
            let sums = strokes.iter().map(|share| share.weight * limit(share));
            sums.fold(0, u64::saturating_add)
        };
        if strokes.is_empty() || !(bound(|it| it.least)..=bound(|it| it.most)).contains(&left) {
            return None;
        }
        let mut scaled = distributed(&strokes, left).into_iter();
        let times = self.free.iter().map(|share| match share.work {
            Work::Stroke => scaled.next().unwrap_or(share.time),
            Work::Between => share.time,
        });
        let mut times: Vec<u64> = times.collect();
        let in_order = |work| {
            let those = self.free.iter().enumerate();
            those.filter(move |(_, share)| share.work == work)
        };
        let transitions = in_order(Work::Between).map(|(at, _)| at);
        let transitions: Vec<usize> = transitions.collect();
        let rest = target.saturating_sub(reached(&self.free, &times));
        let rest = fill(&self.free, &transitions, &mut times, rest);
        if rest > 0 {
            let strokes = in_order(Work::Stroke).map(|(at, _)| at);
            let order: Vec<usize> = strokes.chain(transitions).collect();
            even_out(&self.free, &order, &mut times, rest);
        }
        Some(times)
    }
}

impl Design {
    /// Changes the times of all strokes written in a phase, sequence or group in proportion, in whole
    /// seconds and within their own `min` and `max`, so that it lasts this long when worked once. Those of
    /// transitions change only where strokes alone can't give the length: by the odd seconds, if that will
    /// do. What a phase or group uses of sequences stays, for others may use them; of the whole routine
    /// they change with it, and so does the `length` that it says. Where no whole seconds give the length,
    /// it comes as near below as they do.
    ///
    /// # Errors
    ///
    /// The limits of the steps do not allow the length; a time can't be read; the row has no steps.
    pub fn scale(&mut self, row: usize, length: Duration) -> Result<Edited, Refused> {
        let kind = self.known(row)?.kind;
        let mut shares = Shares::default();
        match kind {
            RowKind::Routine => {
                let rows = self.sequences_by_name();
                let order = self.users_first(&rows);
                shares.used = Some(Used {
                    rows,
                    times: BTreeMap::new(),
                });
                self.weigh(Container::Phases, 1, &mut shares)?;
                // Each once, when all that use it have been.
                for sequence in order {
                    let used = shares.used.as_mut();
                    if let Some(weight) = used.and_then(|used| used.times.remove(&sequence)) {
                        self.weigh_row(sequence, weight, &mut shares)?;
                    }
                }
            }
            RowKind::Use | RowKind::Unknown => return Err(Refused::NotThis(kind.thing())),
            _ => self.weigh_row(row, 1, &mut shares)?,
        }
        if shares.free.is_empty() {
            return Err(Refused::NothingToScale);
        }
        let (least, most) = shares.reach();
        if !(least..=most).contains(&length) {
            return Err(Refused::OutOfReach { least, most });
        }
        let times = shares.times_for(length);
        let mut splices: Vec<Splice> = shares
            .free
            .iter()
            .zip(&times)
            .filter(|(share, time)| **time != share.time)
            .filter_map(|(share, time)| {
                self.time_splice(share.row, "time", Duration::from_secs(*time))
            })
            .collect();
        if kind == RowKind::Routine {
            let length = shares.fixed.saturating_add(reached(&shares.free, &times));
            splices.extend(self.time_splice(row, "length", Duration::from_secs(length)));
        }
        let planned = self.unmoved(row, splices);
        self.commit(planned)
    }

    /// Adds what a list lasts.
    fn weigh(&self, list: Container, weight: u64, sum: &mut Shares) -> Result<(), Refused> {
        let rows: Vec<usize> = self.children(list).collect();
        rows.into_iter()
            .try_for_each(|row| self.weigh_row(row, weight, sum))
    }

    fn weigh_row(&self, row: usize, weight: u64, sum: &mut Shares) -> Result<(), Refused> {
        let known = self.known(row)?;
        let inside = Container::Inside(row);
        match known.kind {
            RowKind::Step | RowKind::Transition => {
                let missing = Refused::Required {
                    thing: known.kind.thing(),
                    field: "time",
                };
                let time = self.time(row, "time")?.ok_or(missing)?;
                let (least, most) = self.limits(row);
                sum.free.push(Share {
                    row,
                    work: match known.kind {
                        RowKind::Step => Work::Stroke,
                        _ => Work::Between,
                    },
                    weight,
                    time: time.as_secs().max(1),
                    least: least.min(time).as_secs().max(1),
                    most: most.max(time).as_secs(),
                });
                Ok(())
            }
            RowKind::BothSides => {
                let rows: Vec<usize> = self.children(inside).collect();
                for (at, &row) in rows.iter().enumerate() {
                    let once = at + 1 == rows.len() && self.changes_sides(row);
                    self.weigh_row(row, weight * if once { 1 } else { 2 }, sum)?;
                }
                Ok(())
            }
            RowKind::Repeat => {
                let written = self.written(row, "times").unwrap_or_default();
                let times = written.parse::<u32>();
                let times = times.map_err(|_| Refused::UnreadTime(written))?;
                self.weigh(inside, weight.saturating_mul(u64::from(times)), sum)
            }
            RowKind::Use => {
                let length = known.length;
                let length = length.ok_or_else(|| Refused::UnreadTime(self.title(row)))?;
                if let Some(used) = &mut sum.used
                    && let Some(sequence) = used.rows.get(&self.used_name(row))
                {
                    let times = used.times.entry(*sequence).or_default();
                    *times = times.saturating_add(weight);
                    return Ok(());
                }
                let length = length.as_secs().saturating_mul(weight);
                sum.fixed = sum.fixed.saturating_add(length);
                Ok(())
            }
            RowKind::Phase | RowKind::Sequence => self.weigh(inside, weight, sum),
            RowKind::Routine => Ok(()),
            RowKind::Unknown => Err(Refused::UnreadTime(self.title(row))),
        }
    }

    /// The first sequence of each name.
    fn sequences_by_name(&self) -> BTreeMap<String, usize> {
        let mut names = BTreeMap::new();
        for row in self.children(Container::Sequences) {
            if let Some(name) = self.written(row, NAME) {
                names.entry(name).or_insert(row);
            }
        }
        names
    }

    /// The rows of all sequences that have a length, each before those that it uses.
    fn users_first(&self, names: &BTreeMap<String, usize>) -> Vec<usize> {
        let (mut order, mut met) = (Vec::new(), BTreeSet::new());
        for sequence in self.children(Container::Sequences) {
            self.visit(sequence, names, &mut met, &mut order);
        }
        order.reverse();
        order
    }

    fn visit(
        &self,
        sequence: usize,
        names: &BTreeMap<String, usize>,
        met: &mut BTreeSet<usize>,
        order: &mut Vec<usize>,
    ) {
        let known = self.rows().get(sequence);
        // One that uses itself has no length.
        let Some(known) = known.filter(|known| known.length.is_some()) else {
            return;
        };
        if !met.insert(sequence) {
            return;
        }
        for row in sequence + 1..known.end {
            if let Some(&used) = names.get(&self.used_name(row)) {
                self.visit(used, names, met, order);
            }
        }
        order.push(sequence);
    }

    /// The sequence that a row uses; empty for what uses none.
    fn used_name(&self, row: usize) -> String {
        let is_use = self.rows().get(row).map(|row| row.kind) == Some(RowKind::Use);
        let name = self.written(row, NAME).filter(|_| is_use);
        name.unwrap_or_default()
    }

    fn changes_sides(&self, row: usize) -> bool {
        let is_transition = self.rows().get(row).map(|row| row.kind) == Some(RowKind::Transition);
        is_transition && self.written(row, "kind").as_deref() == Some("ChangeSides")
    }
}

/// Whole seconds for each share, in proportion to its time and within its limits, that sum up to the
/// target or as near below as they can.
fn distributed(shares: &[Share], target: u64) -> Vec<u64> {
    let (mut low, mut high) = (0.0_f64, 1.0);
    while sum(shares, high) < target && high < 1e6 {
        high *= 2.0;
    }
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if sum(shares, middle) <= target {
            low = middle;
        } else {
            high = middle;
        }
    }
    let mut times: Vec<u64> = shares.iter().map(|share| scaled(share, low)).collect();
    // Those go first that were cut off the most.
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let cut = |at: &usize| {
        let exact = shares
            .get(*at)
            .map_or(0.0, |share| seconds(share.time) * low);
        exact - exact.floor()
    };
    order.sort_by(|a, b| cut(b).total_cmp(&cut(a)));
    let rest = target.saturating_sub(reached(shares, &times));
    let rest = fill(shares, &order, &mut times, rest);
    if rest > 0 {
        even_out(shares, &order, &mut times, rest);
    }
    times
}

/// Gives a rest away second by second, in this order; what nobody could take.
fn fill(shares: &[Share], order: &[usize], times: &mut [u64], mut rest: u64) -> u64 {
    loop {
        let before = rest;
        for &at in order {
            if let (Some(share), Some(time)) = (shares.get(at), times.get_mut(at))
                && *time < share.most
                && (1..=rest).contains(&share.weight)
            {
                *time += 1;
                rest -= share.weight;
            }
        }
        if rest == before || rest == 0 {
            return rest;
        }
    }
}

/// What these times come to, each as often as it counts.
fn reached(shares: &[Share], times: &[u64]) -> u64 {
    let sums = shares.iter().zip(times);
    sums.map(|(share, time)| share.weight * time).sum()
}

/// Makes up for a rest that no single share can take: some a second longer, others a second shorter.
/// Changes nothing if that does not come out.
fn even_out(shares: &[Share], order: &[usize], times: &mut Vec<u64>, rest: u64) {
    let mut weights: Vec<i64> = shares
        .iter()
        .filter_map(|share| i64::try_from(share.weight).ok())
        .filter(|weight| *weight > 0)
        .collect();
    weights.sort_unstable();
    weights.dedup();
    let (Ok(rest), Some(&largest)) = (i64::try_from(rest), weights.last()) else {
        return;
    };
    // The shortest way from nothing to the rest by steps of the weights, up and down.
    let bound = (rest + 2 * largest).min(1 << 17);
    let mut came_by: BTreeMap<i64, i64> = BTreeMap::from([(0, 0)]);
    let mut queue = VecDeque::from([0_i64]);
    while let Some(at) = queue.pop_front().filter(|at| *at != rest) {
        for step in weights.iter().flat_map(|weight| [*weight, -weight]) {
            let next = at + step;
            if (-bound..=bound).contains(&next) && !came_by.contains_key(&next) {
                came_by.insert(next, step);
                queue.push_back(next);
            }
        }
    }
    let mut evened = times.clone();
    let mut at = rest;
    while at != 0 {
        let Some(&step) = came_by.get(&at) else {
            return;
        };
        let fits = |index: &&usize| {
            let pair = shares.get(**index).zip(evened.get(**index));
            pair.is_some_and(|(share, &time)| {
                i64::try_from(share.weight) == Ok(step.abs())
                    && if step > 0 {
                        time < share.most
                    } else {
                        time > share.least
                    }
            })
        };
        let mut candidates = order.iter();
        let found = if step > 0 {
            candidates.find(fits)
        } else {
            candidates.rfind(fits)
        };
        let Some(time) = found.copied().and_then(|index| evened.get_mut(index)) else {
            return;
        };
        *time = time.saturating_add_signed(step.signum());
        at -= step;
    }
    *times = evened;
}

fn sum(shares: &[Share], factor: f64) -> u64 {
    let sums = shares
        .iter()
        .map(|share| share.weight * scaled(share, factor));
    sums.fold(0, u64::saturating_add)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "times are positive and below 2^16 seconds; what is larger is clamped"
)]
fn scaled(share: &Share, factor: f64) -> u64 {
    let time = (seconds(share.time) * factor + 1e-9).floor() as u64;
    time.clamp(share.least, share.most)
}

#[expect(clippy::cast_precision_loss, reason = "at most 12 hours")]
fn seconds(time: u64) -> f64 {
    time as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(weight: u64, time: u64, limits: std::ops::RangeInclusive<u64>) -> Share {
        Share {
            row: 0,
            work: Work::Stroke,
            weight,
            time,
            least: *limits.start(),
            most: *limits.end(),
        }
    }

    #[test]
    fn times_change_in_proportion_and_sum_up() {
        let shares = [60, 90, 30].map(|time| share(1, time, 1..=43200));
        assert_eq!(distributed(&shares, 360), [120, 180, 60]);
        assert_eq!(distributed(&shares, 181), [60, 91, 30]);
        assert_eq!(distributed(&shares, 3), [1, 1, 1]);
    }

    #[test]
    fn limits_hold_and_others_take_the_rest() {
        let shares = [share(1, 60, 50..=70), share(1, 60, 1..=43200)];
        assert_eq!(distributed(&shares, 240), [70, 170]);
        assert_eq!(distributed(&shares, 60), [50, 10]);
    }

    #[test]
    fn what_counts_twice_leaves_the_odd_second_to_others() {
        let shares = [share(2, 60, 1..=43200), share(1, 60, 1..=43200)];
        for target in 3..400 {
            let times = distributed(&shares, target);
            assert_eq!(reached(&shares, &times), target, "{target}: {times:?}");
        }
        let even = [share(2, 60, 1..=43200)];
        assert_eq!(distributed(&even, 121), [60]);
        let coins = [
            share(6, 60, 1..=43200),
            share(10, 60, 1..=43200),
            share(15, 60, 1..=43200),
        ];
        for target in 1000..1100 {
            let times = distributed(&coins, target);
            assert_eq!(reached(&coins, &times), target, "{target}: {times:?}");
        }
    }

    fn transition(weight: u64, time: u64) -> Share {
        Share {
            work: Work::Between,
            ..share(weight, time, 1..=43200)
        }
    }

    fn times(free: Vec<Share>, length: u64) -> Vec<u64> {
        let shares = Shares {
            free,
            ..Shares::default()
        };
        shares.times_for(Duration::from_secs(length))
    }

    #[test]
    fn transitions_take_only_what_strokes_cannot() {
        let stroke = share(1, 60, 1..=43200);
        assert_eq!(times(vec![transition(1, 30), stroke], 210), [30, 180]);
        // Three times each: one second over.
        let thrice = share(3, 60, 1..=43200);
        assert_eq!(times(vec![transition(1, 30), thrice], 331), [31, 100]);
        assert_eq!(times(vec![transition(1, 30), thrice], 330), [30, 100]);
        // Strokes that may not grow: all that may.
        let bounded = share(1, 60, 50..=70);
        assert_eq!(times(vec![transition(1, 30), bounded], 200), [130, 70]);
        assert_eq!(times(vec![transition(1, 30), stroke], 20), [7, 13]);
    }
}
