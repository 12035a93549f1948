//! What is mixed, listened to sample by sample.

mod spoken;

use super::*;
use crate::audio::clip::Clip;
use crate::audio::{Scheduled, SoundId};
use crate::cue::Cue;

const RATE: u32 = 48_000;
const PERIOD: usize = 1024;

/// Renders period after period from a fixed start.
pub(super) struct Bench {
    pub(super) mix: Mix,
    pub(super) start: Instant,
    pub(super) heard: Vec<f32>,
    pub(super) told: Vec<Told>,
}

impl Bench {
    #[expect(
        clippy::disallowed_methods,
        reason = "any instant will do as the origin"
    )]
    pub(super) fn new(lead_in_ms: u64) -> Self {
        let lead_in = Duration::from_millis(lead_in_ms);
        let mut mix = Mix::new(Arc::new(Chimes::embedded().unwrap()), lead_in);
        mix.begin_device();
        Self {
            mix,
            start: Instant::now(),
            heard: Vec::new(),
            told: Vec::new(),
        }
    }

    pub(super) fn at(&self, ms: u64) -> Instant {
        self.start + Duration::from_millis(ms)
    }

    pub(super) fn tone(&self, id: u64, ms: u64, level: f32) -> Scheduled {
        Scheduled {
            id: SoundId(id),
            cue: Cue::Shift,
            clip: Some(Arc::new(Clip::tone(440.0, 500, level))),
            voice: None,
            due: self.at(ms),
        }
    }

    pub(super) fn run(&mut self, until_ms: usize) {
        while self.heard.len() < until_ms * 48 {
            let slot = Slot {
                taken: self.start,
                heard: self.start,
                rate: RATE,
            };
            let slot = Slot {
                heard: self.start + slot.time(self.heard.len()),
                ..slot
            };
            let mut out = [0.0; PERIOD];
            self.told
                .extend(self.mix.render(&mut out, slot).into_iter().map(|(t, _)| t));
            self.heard.extend(out);
        }
    }

    pub(super) fn peak(&self, from_ms: usize, until_ms: usize) -> f32 {
        self.heard[from_ms * 48..until_ms * 48]
            .iter()
            .fold(0.0, |p, x| p.max(x.abs()))
    }

    pub(super) fn onset(&self) -> usize {
        self.heard.iter().position(|x| x.abs() > 1e-4).unwrap()
    }
}

#[test]
fn a_sound_begins_on_its_very_frame() {
    let mut bench = Bench::new(0);
    bench.mix.queue.push(bench.tone(1, 333, 0.3), Manner::Ahead);
    bench.run(1000);
    assert!(bench.onset().abs_diff(333 * 48) <= 2, "{}", bench.onset());
    assert!(bench.peak(840, 1000) < 1e-4);
    let Fate::Heard { onset, .. } = bench.told[0].fate else {
        panic!("not heard")
    };
    assert_eq!(onset, bench.at(333));
}

#[test]
fn a_device_that_just_began_gets_its_silence_first() {
    let mut bench = Bench::new(120);
    bench.mix.queue.push(bench.tone(1, 10, 0.3), Manner::Press);
    bench.run(500);
    assert!(bench.onset().abs_diff(120 * 48) <= 2, "{}", bench.onset());
}

#[test]
fn a_scheduled_sound_cuts_no_other_off() {
    let mut bench = Bench::new(0);
    bench.mix.queue.push(bench.tone(1, 0, 0.3), Manner::Ahead);
    bench.mix.queue.push(bench.tone(2, 300, 0.3), Manner::Ahead);
    bench.run(1000);
    assert!(bench.peak(310, 490) > 0.5, "both at once");
    assert!(bench.peak(510, 790) > 0.25, "the second to its end");
}

#[test]
fn a_press_fades_what_sounds_within_50_ms_and_is_heard_at_once() {
    let mut bench = Bench::new(0);
    bench.mix.queue.push(bench.tone(1, 0, 0.3), Manner::Ahead);
    bench.run(200);
    let pressed = bench.heard.len() / 48;
    let quiet = Scheduled {
        clip: Some(Arc::new(Clip::tone(1.0, 500, 0.0))),
        ..bench.tone(2, 0, 0.0)
    };
    bench.mix.queue.push(
        Scheduled {
            due: bench.at(200),
            ..quiet
        },
        Manner::Press,
    );
    bench.run(700);
    assert!(bench.peak(pressed, pressed + 10) > 0.1, "fades, not cut");
    assert!(bench.peak(pressed + 51, 700) < 1e-4);
    let jump = bench
        .heard
        .windows(2)
        .fold(0.0_f32, |j, w| j.max((w[1] - w[0]).abs()));
    assert!(jump < 0.03, "a jump of {jump} clicks");
    assert_eq!(bench.told.len(), 2);
}

#[test]
fn hush_fades_within_50_ms_and_leaves_what_waits() {
    let mut bench = Bench::new(0);
    bench.mix.queue.push(bench.tone(1, 0, 0.3), Manner::Ahead);
    bench.mix.queue.push(bench.tone(2, 600, 0.3), Manner::Ahead);
    bench.run(200);
    let at = bench.heard.len() / 48;
    bench.mix.hush();
    bench.run(1000);
    assert!(bench.peak(at + 51, 590) < 1e-4);
    assert!(bench.peak(610, 900) > 0.25);
}

#[test]
fn nothing_clips_however_much_sounds_together() {
    let mut bench = Bench::new(0);
    for id in 0..8 {
        bench
            .mix
            .queue
            .push(bench.tone(id, id * 55, 0.9), Manner::Ahead);
    }
    bench.run(1000);
    assert_eq!(bench.told.len(), 8);
    assert!(bench.peak(0, 1000) <= CEILING + 1e-6);
    assert!(bench.peak(0, 1000) > 0.9);
}

#[test]
fn a_changed_volume_and_a_mute_neither_jump_nor_linger() {
    let mut bench = Bench::new(0);
    bench.mix.queue.push(bench.tone(1, 0, 0.9), Manner::Ahead);
    bench.run(200);
    bench.mix.set_levels(Levels {
        chimes: Volume::SILENT.gain(),
        speech: Volume::FULL.gain(),
    });
    let at = bench.heard.len() / 48;
    bench.run(500);
    let jump = bench
        .heard
        .windows(2)
        .fold(0.0_f32, |j, w| j.max((w[1] - w[0]).abs()));
    assert!(jump < 0.06, "a jump of {jump} clicks");
    assert!(bench.peak(at + 110, 500) < 1e-3);
}

#[test]
fn a_clip_of_another_rate_keeps_its_pitch_and_length() {
    let mut bench = Bench::new(0);
    let clip = Clip::from_samples(
        (0..22_050_u16)
            .map(|i| (f32::from(i) / 44_100.0 * 440.0 * std::f32::consts::TAU).sin() * 0.3)
            .collect(),
        44_100,
    );
    bench.mix.queue.push(
        Scheduled {
            clip: Some(Arc::new(clip)),
            ..bench.tone(1, 0, 0.0)
        },
        Manner::Ahead,
    );
    bench.run(1000);
    let crossings = bench
        .heard
        .windows(2)
        .filter(|w| w[0] <= 0.0 && w[1] > 0.0)
        .count();
    assert!(crossings.abs_diff(220) <= 1, "{crossings} periods in 0.5 s");
    assert!(bench.peak(505, 1000) < 1e-4);
}

#[test]
fn a_very_late_sound_is_told_as_dropped() {
    let mut bench = Bench::new(0);
    bench.run(2000);
    bench.mix.queue.push(bench.tone(1, 100, 0.3), Manner::Ahead);
    bench.run(2200);
    assert_eq!(bench.told[0].fate, Fate::Dropped(Dropped::TooLate));
    assert!(bench.peak(0, 2200) < 1e-6);
}
