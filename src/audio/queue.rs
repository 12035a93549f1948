//! Which of the sounds that wait is heard, and when: lateness, cancelling, and
//! which of several that fall together. Time comes in as an argument; it knows
//! no device and no samples.

use std::time::{Duration, Instant};

use super::{Dropped, Fate, Scheduled, Told};

/// A cue this much too late says something untrue: it is dropped.
pub(super) const TOO_LATE: Duration = Duration::from_millis(1500);

/// Cues closer than this fall together: only the more important is heard.
pub(super) const TOGETHER: Duration = Duration::from_millis(50);

/// Why a sound was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// It was known ahead.
    Ahead,
    /// A press asked for it: it sounds at once and what sounds fades.
    Press,
}

#[derive(Debug)]
struct Waiting {
    sound: Scheduled,
    manner: Manner,
}

/// A sound that begins in the window asked for.
#[derive(Debug)]
pub(super) struct Beginning {
    pub(super) sound: Scheduled,
    pub(super) manner: Manner,
    /// When its first sample is to be heard.
    pub(super) onset: Instant,
}

/// The sounds that wait to be heard.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Vec<Waiting>,
    /// Onset and weight of the last sound that began.
    last: Option<(Instant, u8)>,
}

impl Queue {
    pub(super) fn push(&mut self, sound: Scheduled, manner: Manner) {
        self.waiting.push(Waiting { sound, manner });
    }

    /// When the first of them is due.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.waiting.iter().map(|w| w.sound.due).min()
    }

    /// Takes back all that have not begun.
    pub(super) fn cancel_all(&mut self) -> Vec<Told> {
        self.remove(|_| true, Fate::Cancelled)
    }

    /// Drops what is due by `now`: nobody is going to hear it.
    pub(super) fn drop_due(&mut self, now: Instant, why: Dropped) -> Vec<Told> {
        self.remove(|w| w.sound.due <= now, Fate::Dropped(why))
    }

    /// Drops what is too late at `now`.
    pub(super) fn drop_late(&mut self, now: Instant, why: Dropped) -> Vec<Told> {
        self.remove(|w| w.sound.due + TOO_LATE < now, Fate::Dropped(why))
    }

    fn remove(&mut self, of: impl Fn(&Waiting) -> bool, fate: Fate) -> Vec<Told> {
        self.waiting
            .extract_if(.., |w| of(w))
            .map(|w| Told::new(&w.sound, fate))
            .collect()
    }

    /// What begins to be heard from `from` until just before `until`, in the
    /// order of onset, and what became of those that do not.
    pub(super) fn begin(&mut self, from: Instant, until: Instant) -> (Vec<Beginning>, Vec<Told>) {
        if self.next_due().is_none_or(|due| due >= until) {
            return (Vec::new(), Vec::new());
        }
        let mut told = self.drop_late(from, Dropped::TooLate);
        let kept = self.kept(from);
        let mut begun = Vec::new();
        let mut index = 0;
        self.waiting.retain_mut(|w| {
            let keep = kept.contains(&index);
            index += 1;
            if w.sound.due >= until {
                return true;
            }
            if keep {
                begun.push(Beginning {
                    onset: w.sound.due.max(from),
                    sound: w.sound.clone(),
                    manner: w.manner,
                });
            } else {
                told.push(Told::new(&w.sound, Fate::Dropped(Dropped::Outranked)));
            }
            false
        });
        begun.sort_by_key(|b| b.onset);
        if let Some(last) = begun.last() {
            self.last = Some((last.onset, last.sound.cue.weight()));
        }
        (begun, told)
    }

    /// Which of the waiting, by place, are not outranked. The more important
    /// come first, a press before all, the later due and later asked for before
    /// the earlier; each keeps its place unless one before it falls together with it.
    fn kept(&self, from: Instant) -> Vec<usize> {
        let rank = |(index, w): (usize, &Waiting)| {
            let press = w.manner == Manner::Press;
            (
                press,
                if press { 0 } else { w.sound.cue.weight() },
                w.sound.due,
                index,
            )
        };
        let mut ranked: Vec<_> = self.waiting.iter().enumerate().map(rank).collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        let mut kept: Vec<(usize, Instant)> = Vec::new();
        for (press, weight, due, index) in ranked {
            let onset = due.max(from);
            let beside = |other: Instant| {
                onset.saturating_duration_since(other) < TOGETHER
                    && other.saturating_duration_since(onset) < TOGETHER
            };
            let behind_last = !press
                && self
                    .last
                    .is_some_and(|(at, last)| beside(at) && weight <= last);
            if !behind_last && !kept.iter().any(|&(_, other)| beside(other)) {
                kept.push((index, onset));
            }
        }
        kept.into_iter().map(|(index, _)| index).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::SoundId;
    use crate::cue::Cue;

    struct Clock(Instant);

    impl Clock {
        #[expect(
            clippy::disallowed_methods,
            reason = "any instant will do as the origin"
        )]
        fn new() -> Self {
            Self(Instant::now() + Duration::from_secs(60))
        }

        fn at(&self, ms: u64) -> Instant {
            self.0 + Duration::from_millis(ms)
        }

        fn sound(&self, id: u64, cue: Cue, ms: u64) -> Scheduled {
            Scheduled {
                id: SoundId(id),
                cue,
                clip: None,
                voice: None,
                due: self.at(ms),
            }
        }
    }

    fn ids(begun: &[Beginning]) -> Vec<u64> {
        begun.iter().map(|b| b.sound.id.0).collect()
    }

    fn fates(told: &[Told]) -> Vec<(u64, Fate)> {
        told.iter().map(|t| (t.id.0, t.fate)).collect()
    }

    fn play(queue: &mut Queue, clock: &Clock, until_ms: u64) -> (Vec<u64>, Vec<(u64, Fate)>) {
        let (mut heard, mut dropped) = (Vec::new(), Vec::new());
        for ms in (0..until_ms).step_by(20) {
            let (begun, told) = queue.begin(clock.at(ms), clock.at(ms + 20));
            heard.extend(ids(&begun));
            dropped.extend(fates(&told));
        }
        (heard, dropped)
    }

    #[test]
    fn a_cue_begins_exactly_when_due() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        queue.push(clock.sound(1, Cue::Shift, 107), Manner::Ahead);
        assert!(queue.begin(clock.at(80), clock.at(100)).0.is_empty());
        let (begun, _) = queue.begin(clock.at(100), clock.at(120));
        assert_eq!(ids(&begun), [1]);
        assert_eq!(begun[0].onset, clock.at(107));
        assert!(queue.begin(clock.at(120), clock.at(140)).0.is_empty());
    }

    #[test]
    fn a_late_cue_begins_at_once_and_a_very_late_one_not_at_all() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        queue.push(clock.sound(1, Cue::Shift, 0), Manner::Ahead);
        queue.push(clock.sound(2, Cue::Hold, 1000), Manner::Ahead);
        let (begun, told) = queue.begin(clock.at(1600), clock.at(1620));
        assert_eq!(ids(&begun), [2]);
        assert_eq!(begun[0].onset, clock.at(1600));
        assert_eq!(fates(&told), [(1, Fate::Dropped(Dropped::TooLate))]);
    }

    #[test]
    fn of_two_that_fall_together_the_more_important_sounds_whichever_is_first() {
        for (first, second, heard) in [
            (Cue::Prepare, Cue::Shift, 2),
            (Cue::Finish, Cue::Prepare, 1),
            (Cue::Shift, Cue::Shift, 2),
        ] {
            let (clock, mut queue) = (Clock::new(), Queue::default());
            queue.push(clock.sound(1, first, 100), Manner::Ahead);
            queue.push(clock.sound(2, second, 140), Manner::Ahead);
            let (begun, told) = play(&mut queue, &clock, 1000);
            assert_eq!(begun, [heard], "{first} and {second}");
            assert_eq!(told, [(3 - heard, Fate::Dropped(Dropped::Outranked))]);
        }
    }

    #[test]
    fn cues_that_only_come_close_are_both_heard() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        queue.push(clock.sound(1, Cue::Prepare, 100), Manner::Ahead);
        queue.push(clock.sound(2, Cue::Shift, 150), Manner::Ahead);
        assert_eq!(play(&mut queue, &clock, 1000).0, [1, 2]);
    }

    #[test]
    fn one_that_is_outranked_outranks_no_third() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        queue.push(clock.sound(1, Cue::Prepare, 100), Manner::Ahead);
        queue.push(clock.sound(2, Cue::Shift, 140), Manner::Ahead);
        queue.push(clock.sound(3, Cue::Turn, 180), Manner::Ahead);
        assert_eq!(play(&mut queue, &clock, 1000).0, [1, 3]);
    }

    #[test]
    fn what_begins_beside_a_sound_that_has_begun_is_dropped_unless_it_matters_more() {
        for (cue, heard) in [(Cue::Prepare, vec![1]), (Cue::Turn, vec![1, 2])] {
            let (clock, mut queue) = (Clock::new(), Queue::default());
            queue.push(clock.sound(1, Cue::Shift, 0), Manner::Ahead);
            let (mut begun, _) = queue.begin(clock.at(0), clock.at(20));
            queue.push(clock.sound(2, cue, 10), Manner::Ahead);
            begun.extend(queue.begin(clock.at(20), clock.at(40)).0);
            assert_eq!(ids(&begun), heard);
        }
    }

    #[test]
    fn after_a_late_wake_only_the_latest_of_equals_is_heard() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        for (id, ms) in [(1, 0), (2, 400), (3, 800)] {
            queue.push(clock.sound(id, Cue::Shift, ms), Manner::Ahead);
        }
        assert_eq!(ids(&queue.begin(clock.at(1200), clock.at(1220)).0), [3]);
    }

    #[test]
    fn a_cancelled_cue_is_not_heard() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        queue.push(clock.sound(1, Cue::Shift, 100), Manner::Ahead);
        assert_eq!(fates(&queue.cancel_all()), [(1, Fate::Cancelled)]);
        assert!(queue.cancel_all().is_empty());
        queue.push(clock.sound(2, Cue::Turn, 300), Manner::Ahead);
        assert_eq!(play(&mut queue, &clock, 1000), (vec![2], vec![]));
    }

    #[test]
    fn a_cancelled_cue_outranks_nothing() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        queue.push(clock.sound(1, Cue::Shift, 100), Manner::Ahead);
        queue.cancel_all();
        queue.push(clock.sound(2, Cue::Prepare, 110), Manner::Ahead);
        assert_eq!(play(&mut queue, &clock, 1000).0, [2]);
    }

    #[test]
    fn a_press_outranks_all_that_fall_together_with_it_and_the_newest_press_wins() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        queue.push(clock.sound(1, Cue::Finish, 100), Manner::Ahead);
        queue.push(clock.sound(2, Cue::Paused, 90), Manner::Press);
        queue.push(clock.sound(3, Cue::Resumed, 95), Manner::Press);
        let (begun, told) = queue.begin(clock.at(100), clock.at(120));
        assert_eq!(ids(&begun), [3]);
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn a_press_just_after_another_sounds_too() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        queue.push(clock.sound(1, Cue::Paused, 0), Manner::Press);
        let (mut begun, _) = queue.begin(clock.at(0), clock.at(20));
        queue.push(clock.sound(2, Cue::Shift, 20), Manner::Press);
        begun.extend(queue.begin(clock.at(20), clock.at(40)).0);
        assert_eq!(ids(&begun), [1, 2]);
    }

    #[test]
    fn what_nobody_hears_is_dropped_with_its_reason() {
        let (clock, mut queue) = (Clock::new(), Queue::default());
        queue.push(clock.sound(1, Cue::Shift, 0), Manner::Ahead);
        queue.push(clock.sound(2, Cue::Turn, 5000), Manner::Ahead);
        assert!(
            queue
                .drop_late(clock.at(1500), Dropped::NoDevice)
                .is_empty()
        );
        let told = queue.drop_late(clock.at(1501), Dropped::NoDevice);
        assert_eq!(fates(&told), [(1, Fate::Dropped(Dropped::NoDevice))]);
        let told = queue.drop_due(clock.at(5000), Dropped::Muted);
        assert_eq!(fates(&told), [(2, Fate::Dropped(Dropped::Muted))]);
        assert_eq!(queue.next_due(), None);
    }
}
