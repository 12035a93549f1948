//! The samples: places each sound on its frame, mixes, fades, keeps the level.
//! Pure: it is told when the frames it fills are going to be heard.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::chimes::Chimes;
use super::clip::Clip;
use super::queue::{Beginning, Manner, Queue};
use super::{Fate, Told, Volume};

/// What sounds is silent this long after a press.
pub(super) const FADE: Duration = Duration::from_millis(40);

/// Time constant in which a changed volume is reached, in seconds: quick, and
/// no click.
const VOLUME_SLEW: f32 = 0.015;

/// No sample leaves the mix above this: a little under full scale, so that a
/// converter behind it does not clip either.
const CEILING: f32 = 0.95;

/// Time constant in which the limiter lets go, in seconds.
const RELEASE: f32 = 0.1;

/// A factor for samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Gain(pub(super) f32);

/// When a run of frames is taken and heard, and how fast it runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// When the device took the frames.
    pub(super) taken: Instant,
    /// When the first of them is going to be heard.
    pub(super) heard: Instant,
    /// Frames a second.
    pub(super) rate: u32,
}

impl Slot {
    fn time(self, frames: usize) -> Duration {
        let frames = u64::try_from(frames).unwrap_or(u64::MAX);
        Duration::from_nanos(frames.saturating_mul(1_000_000_000) / u64::from(self.rate.max(1)))
    }

    fn frames(self, time: Duration) -> usize {
        let frames = time.as_nanos() * u128::from(self.rate) / 1_000_000_000;
        usize::try_from(frames).unwrap_or(usize::MAX)
    }
}

/// A sound that is being heard.
#[derive(Debug)]
struct Voice {
    clip: Arc<Clip>,
    /// Frames until it begins.
    wait: usize,
    /// Place in the clip, in the clip's own frames.
    place: f64,
    fade: Option<Fade>,
}

#[derive(Debug, Clone, Copy)]
struct Fade {
    left: usize,
    whole: usize,
}

impl Voice {
    /// Adds it to `out`; false once it is over.
    fn add_to(&mut self, out: &mut [f32], rate: u32) -> bool {
        let step = f64::from(self.clip.rate()) / f64::from(rate.max(1));
        let wait = self.wait.min(out.len());
        self.wait -= wait;
        for sample in out.iter_mut().skip(wait) {
            let mut gain = 1.0;
            if let Some(fade) = &mut self.fade {
                let Some(left) = fade.left.checked_sub(1) else {
                    return false;
                };
                fade.left = left;
                gain = smooth(ratio(left, fade.whole));
            }
            let Some(value) = self.clip.at(self.place) else {
                return false;
            };
            *sample += value * gain;
            self.place += step;
        }
        true
    }
}

fn ratio(part: usize, whole: usize) -> f32 {
    let short = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    short(part) / short(whole).max(1.0)
}

/// From 0 to 1 without a corner at either end.
fn smooth(x: f32) -> f32 {
    x * x * (3.0 - 2.0 * x)
}

/// All that is mixed and what waits to be.
#[derive(Debug)]
pub(super) struct Mix {
    pub(super) queue: Queue,
    chimes: Arc<Chimes>,
    voices: Vec<Voice>,
    level: f32,
    target: Gain,
    envelope: f32,
    /// Silence that a device gets before its first sound.
    lead_in: Duration,
    /// When the silence before the first sound is over, once a device has begun.
    ready: Option<Instant>,
    hush: bool,
}

impl Mix {
    pub(super) fn new(chimes: Arc<Chimes>, lead_in: Duration) -> Self {
        Self {
            queue: Queue::default(),
            chimes,
            voices: Vec::new(),
            level: 0.0,
            target: Volume::FULL.gain(),
            envelope: 0.0,
            lead_in,
            ready: None,
            hush: false,
        }
    }

    /// The level to go to, smoothly.
    pub(super) fn set_level(&mut self, target: Gain) {
        self.target = target;
    }

    /// Fades all that sounds.
    pub(super) fn hush(&mut self) {
        self.hush = true;
    }

    /// Another device begins: nothing sounds on it yet, and it gets its silence first.
    pub(super) fn begin_device(&mut self) {
        self.voices.clear();
        self.level = self.target.0;
        self.ready = None;
        self.hush = false;
    }

    /// Fills `out` with the frames of that slot and says what became of sounds
    /// meanwhile, each with when it is over.
    pub(super) fn render(&mut self, out: &mut [f32], slot: Slot) -> Vec<(Told, Instant)> {
        out.fill(0.0);
        let ready = *self.ready.get_or_insert(slot.heard + self.lead_in);
        if std::mem::take(&mut self.hush) {
            self.fade_all(slot);
        }
        let until = slot.heard + slot.time(out.len());
        let (begun, told) = if ready < until {
            self.queue.begin(slot.heard.max(ready), until)
        } else {
            (Vec::new(), Vec::new())
        };
        let mut told: Vec<_> = told.into_iter().map(|told| (told, slot.heard)).collect();
        told.extend(
            begun
                .into_iter()
                .map(|beginning| self.start(&beginning, slot)),
        );
        if self.voices.is_empty() {
            // Silence at any level: nobody hears it jump.
            self.level = self.target.0;
        } else {
            self.voices.retain_mut(|voice| voice.add_to(out, slot.rate));
            self.level_out(out, slot.rate);
        }
        told
    }

    fn start(&mut self, beginning: &Beginning, slot: Slot) -> (Told, Instant) {
        if beginning.manner == Manner::Press {
            self.fade_all(slot);
        }
        let sound = &beginning.sound;
        let clip = sound
            .clip
            .clone()
            .unwrap_or_else(|| self.chimes.get(sound.cue));
        let ends = beginning.onset + clip.length();
        self.voices.push(Voice {
            clip,
            wait: slot.frames(beginning.onset.saturating_duration_since(slot.heard)),
            place: 0.0,
            fade: None,
        });
        let fate = Fate::Heard {
            taken: slot.taken,
            onset: beginning.onset,
        };
        (Told::new(sound, fate), ends)
    }

    fn fade_all(&mut self, slot: Slot) {
        let whole = slot.frames(FADE);
        for voice in &mut self.voices {
            voice.fade.get_or_insert(Fade { left: whole, whole });
        }
    }

    /// Volume, then the limiter: at once down to the ceiling, slowly back.
    fn level_out(&mut self, out: &mut [f32], rate: u32) {
        #[expect(clippy::cast_precision_loss, reason = "rates are far below 2^24")]
        let rate = rate.max(1) as f32;
        let slew = 1.0 - (-1.0 / (VOLUME_SLEW * rate)).exp();
        let release = (-1.0 / (RELEASE * rate)).exp();
        for sample in out {
            self.level += (self.target.0 - self.level) * slew;
            let value = *sample * self.level;
            self.envelope = value.abs().max(self.envelope * release);
            *sample = if self.envelope > CEILING {
                value * CEILING / self.envelope
            } else {
                value
            };
        }
        if (self.target.0 - self.level).abs() < 1e-6 {
            self.level = self.target.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{Dropped, Scheduled, SoundId};
    use crate::cue::Cue;

    const RATE: u32 = 48_000;
    const PERIOD: usize = 1024;

    /// Renders period after period from a fixed start.
    struct Bench {
        mix: Mix,
        start: Instant,
        heard: Vec<f32>,
        told: Vec<Told>,
    }

    impl Bench {
        #[expect(
            clippy::disallowed_methods,
            reason = "any instant will do as the origin"
        )]
        fn new(lead_in_ms: u64) -> Self {
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

        fn at(&self, ms: u64) -> Instant {
            self.start + Duration::from_millis(ms)
        }

        fn tone(&self, id: u64, ms: u64, level: f32) -> Scheduled {
            Scheduled {
                id: SoundId(id),
                cue: Cue::Shift,
                clip: Some(Arc::new(Clip::tone(440.0, 500, level))),
                due: self.at(ms),
            }
        }

        fn run(&mut self, until_ms: usize) {
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

        fn peak(&self, from_ms: usize, until_ms: usize) -> f32 {
            self.heard[from_ms * 48..until_ms * 48]
                .iter()
                .fold(0.0, |p, x| p.max(x.abs()))
        }

        fn onset(&self) -> usize {
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
        bench.mix.set_level(Volume::SILENT.gain());
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
}
