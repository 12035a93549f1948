//! The samples: places each sound on its frame, mixes, fades, keeps the levels.
//! Pure: it is told when the frames it fills are going to be heard.
//!
//! A chime may bring a spoken line, which begins once that chime is over. Lines
//! never stand in a chime's way: any chime that begins ends the line that still
//! sounds or waits. What it said is old then, and a chime below a voice could be
//! missed; turned down instead, two lines would soon talk at the same time. A line
//! most of which the next chime would cut off is not begun.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::chimes::Chimes;
use super::clip::Clip;
use super::queue::{Beginning, Manner, Queue};
use super::{Dropped, Fate, Told, Volume};

/// What sounds is silent this long after a press.
pub(super) const FADE: Duration = Duration::from_millis(40);

/// Between the end of a chime and its spoken line.
pub(super) const BEFORE_SPEECH: Duration = Duration::from_millis(150);

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

/// How loud the two kinds of sound are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Levels {
    pub(super) chimes: Gain,
    pub(super) speech: Gain,
}

/// A level on its way to another.
#[derive(Debug)]
struct Level {
    now: f32,
    target: Gain,
}

impl Level {
    const fn new(target: Gain) -> Self {
        Self { now: 0.0, target }
    }

    /// Arrives at once: nobody hears it jump.
    fn settle(&mut self) {
        self.now = self.target.0;
    }

    /// The level of the next sample.
    fn next(&mut self, slew: f32) -> f32 {
        self.now += (self.target.0 - self.now) * slew;
        self.now
    }

    fn settle_if_near(&mut self) {
        if (self.target.0 - self.now).abs() < 1e-6 {
            self.settle();
        }
    }
}

/// A sound that is being heard, or about to be.
#[derive(Debug)]
struct Playing {
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

impl Playing {
    fn new(clip: Arc<Clip>, wait: usize) -> Self {
        Self {
            clip,
            wait,
            place: 0.0,
            fade: None,
        }
    }

    fn fade_out(&mut self, frames: usize) {
        self.fade.get_or_insert(Fade {
            left: frames,
            whole: frames,
        });
    }

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
    sounding: Vec<Playing>,
    chime_level: Level,
    /// The spoken line, waiting or heard, and what still fades of the one before.
    speaking: Vec<Playing>,
    speech_level: Level,
    /// The samples of speech, before they get their level.
    speech: Vec<f32>,
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
            sounding: Vec::new(),
            chime_level: Level::new(Volume::FULL.gain()),
            speaking: Vec::new(),
            speech_level: Level::new(Volume::SILENT.gain()),
            speech: Vec::new(),
            envelope: 0.0,
            lead_in,
            ready: None,
            hush: false,
        }
    }

    /// The levels to go to, smoothly.
    pub(super) fn set_levels(&mut self, levels: Levels) {
        self.chime_level.target = levels.chimes;
        self.speech_level.target = levels.speech;
    }

    /// Fades all that sounds.
    pub(super) fn hush(&mut self) {
        self.hush = true;
    }

    /// Another device begins: nothing sounds on it yet, and it gets its silence first.
    pub(super) fn begin_device(&mut self) {
        self.sounding.clear();
        self.speaking.clear();
        self.chime_level.settle();
        self.speech_level.settle();
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
        self.leave_out_cut_speech(slot, out.len());
        if self.sounding.is_empty() {
            self.chime_level.settle();
        }
        if self.speaking.is_empty() {
            self.speech_level.settle();
        }
        if !(self.sounding.is_empty() && self.speaking.is_empty()) {
            self.speech.clear();
            self.speech.resize(out.len(), 0.0);
            let (speech, rate) = (&mut self.speech, slot.rate);
            self.sounding.retain_mut(|chime| chime.add_to(out, rate));
            self.speaking.retain_mut(|line| line.add_to(speech, rate));
            self.level_out(out, rate);
        }
        told
    }

    fn start(&mut self, beginning: &Beginning, slot: Slot) -> (Told, Instant) {
        match beginning.manner {
            Manner::Press => self.fade_all(slot),
            Manner::Ahead => self.end_speech(slot),
        }
        let sound = &beginning.sound;
        let clip = sound
            .clip
            .clone()
            .unwrap_or_else(|| self.chimes.get(sound.cue));
        let wait = slot.frames(beginning.onset.saturating_duration_since(slot.heard));
        // Where chimes are turned down to nothing, nobody waits for their end.
        let silent = self.chime_level.target == Volume::SILENT.gain();
        let before_speech = if silent {
            Duration::ZERO
        } else {
            clip.length() + BEFORE_SPEECH
        };
        let mut ends = beginning.onset + clip.length();
        if let Some(line) = &sound.voice {
            ends = beginning.onset + before_speech + line.length();
            let wait = wait.saturating_add(slot.frames(before_speech));
            self.speaking.push(Playing::new(Arc::clone(line), wait));
        }
        self.sounding.push(Playing::new(clip, wait));
        let fate = if silent {
            Fate::Dropped(Dropped::Muted)
        } else {
            Fate::Heard {
                taken: slot.taken,
                onset: beginning.onset,
            }
        };
        (Told::new(sound, fate), ends)
    }

    fn fade_all(&mut self, slot: Slot) {
        let frames = slot.frames(FADE);
        for chime in &mut self.sounding {
            chime.fade_out(frames);
        }
        self.end_speech(slot);
    }

    /// Fades the line that is heard; one that waits is not begun.
    fn end_speech(&mut self, slot: Slot) {
        self.speaking.retain(|line| line.wait == 0);
        let frames = slot.frames(FADE);
        for line in &mut self.speaking {
            line.fade_out(frames);
        }
    }

    /// Leaves out a line that is to begin within these frames and would be cut
    /// off early on.
    fn leave_out_cut_speech(&mut self, slot: Slot, frames: usize) {
        let Some(next) = self.queue.next_due() else {
            return;
        };
        self.speaking.retain(|line| {
            let begins = line.wait > 0 && line.wait < frames;
            let room = next.saturating_duration_since(slot.heard + slot.time(line.wait));
            !begins || room * 3 >= line.clip.length() * 2
        });
    }

    /// Volumes, then the limiter: at once down to the ceiling, slowly back.
    fn level_out(&mut self, out: &mut [f32], rate: u32) {
        #[expect(clippy::cast_precision_loss, reason = "rates are far below 2^24")]
        let rate = rate.max(1) as f32;
        let slew = 1.0 - (-1.0 / (VOLUME_SLEW * rate)).exp();
        let release = (-1.0 / (RELEASE * rate)).exp();
        for (sample, speech) in out.iter_mut().zip(&self.speech) {
            let chimes = *sample * self.chime_level.next(slew);
            let value = chimes + speech * self.speech_level.next(slew);
            self.envelope = value.abs().max(self.envelope * release);
            *sample = if self.envelope > CEILING {
                value * CEILING / self.envelope
            } else {
                value
            };
        }
        self.chime_level.settle_if_near();
        self.speech_level.settle_if_near();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{Scheduled, SoundId};
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
                voice: None,
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

    /// A chime of 500 ms at 0.3 that brings a line of so many ms, whole half
    /// seconds, at 0.1.
    fn spoken(bench: &Bench, id: u64, ms: u64, line_ms: usize) -> Scheduled {
        let line = Clip::tone(220.0, 500, 0.1).samples().repeat(line_ms / 500);
        Scheduled {
            voice: Some(Arc::new(Clip::from_samples(line, RATE))),
            ..bench.tone(id, ms, 0.3)
        }
    }

    fn speaking_bench() -> Bench {
        let mut bench = Bench::new(0);
        bench.mix.set_levels(Levels {
            chimes: Volume::FULL.gain(),
            speech: Volume::FULL.gain(),
        });
        bench.mix.begin_device();
        bench
    }

    #[test]
    fn a_line_begins_once_its_chime_is_over_at_its_own_volume() {
        let mut bench = speaking_bench();
        bench.mix.set_levels(Levels {
            chimes: Volume::FULL.gain(),
            speech: Gain(0.5),
        });
        bench.mix.begin_device();
        let sound = spoken(&bench, 1, 100, 1000);
        bench.mix.queue.push(sound, Manner::Ahead);
        bench.run(2200);
        assert!((bench.peak(200, 500) - 0.3).abs() < 0.01, "the chime");
        assert!(bench.peak(605, 745) < 1e-4, "the gap");
        assert!((bench.peak(800, 1700) - 0.05).abs() < 0.005, "the line");
        assert!(bench.peak(1755, 2200) < 1e-4);
        assert_eq!(bench.told.len(), 1);
    }

    #[test]
    fn a_chime_ends_the_line_that_sounds_and_is_heard_alone() {
        let mut bench = speaking_bench();
        let first = spoken(&bench, 1, 0, 3000);
        bench.mix.queue.push(first, Manner::Ahead);
        bench.run(2000);
        assert!(bench.peak(1800, 2000) > 0.09);
        bench
            .mix
            .queue
            .push(bench.tone(2, 2300, 0.3), Manner::Ahead);
        bench.run(4200);
        assert!(bench.peak(2100, 2290) > 0.09, "up to the chime");
        let alone = bench.peak(2360, 2790);
        assert!((alone - 0.3).abs() < 0.01, "{alone}");
        assert!(bench.peak(2805, 4200) < 1e-4, "the line does not come back");
        assert_eq!(bench.told.len(), 2);
    }

    #[test]
    fn a_press_and_a_hush_end_a_line_that_sounds_and_one_that_waits() {
        for (until, press) in [(300, true), (300, false), (1500, true), (1500, false)] {
            let mut bench = speaking_bench();
            let sound = spoken(&bench, 1, 0, 3000);
            bench.mix.queue.push(sound, Manner::Ahead);
            bench.run(until);
            let at = bench.heard.len() / 48;
            if press {
                let quiet = Scheduled {
                    clip: Some(Arc::new(Clip::tone(1.0, 20, 0.0))),
                    ..bench.tone(2, u64::try_from(until).unwrap(), 0.0)
                };
                bench.mix.queue.push(quiet, Manner::Press);
            } else {
                bench.mix.hush();
            }
            bench.run(5000);
            assert!(bench.peak(at + 51, 5000) < 1e-4, "{until} {press}");
            let jump = bench
                .heard
                .windows(2)
                .fold(0.0_f32, |j, w| j.max((w[1] - w[0]).abs()));
            assert!(jump < 0.03, "a jump of {jump} clicks");
        }
    }

    #[test]
    fn a_cancelled_cue_takes_its_line_along_and_one_that_began_keeps_it() {
        let mut bench = speaking_bench();
        let (first, second) = (spoken(&bench, 1, 0, 500), spoken(&bench, 2, 2000, 500));
        bench.mix.queue.push(first, Manner::Ahead);
        bench.mix.queue.push(second, Manner::Ahead);
        bench.run(100);
        bench.mix.queue.cancel_all();
        bench.run(4000);
        assert!(bench.peak(700, 1100) > 0.09, "what began is said");
        assert!(bench.peak(1200, 4000) < 1e-4, "what was cancelled is not");
    }

    #[test]
    fn a_line_that_the_next_chime_would_cut_off_early_is_not_begun() {
        // The line would begin at 650 ms and last 3 s.
        for (next, begun) in [(1000, false), (2500, false), (2700, true), (4000, true)] {
            let mut bench = speaking_bench();
            let sound = spoken(&bench, 1, 0, 3000);
            bench.mix.queue.push(sound, Manner::Ahead);
            bench
                .mix
                .queue
                .push(bench.tone(2, next, 0.3), Manner::Ahead);
            bench.run(5000);
            assert_eq!(bench.peak(660, 990) > 0.09, begun, "next at {next}");
        }
    }

    #[test]
    fn with_chimes_turned_down_a_line_is_heard_at_once_and_the_chime_told_as_muted() {
        let mut bench = speaking_bench();
        bench.mix.set_levels(Levels {
            chimes: Volume::SILENT.gain(),
            speech: Volume::FULL.gain(),
        });
        bench.mix.begin_device();
        let sound = spoken(&bench, 1, 100, 500);
        bench.mix.queue.push(sound, Manner::Ahead);
        bench.run(1500);
        assert!(bench.onset().abs_diff(100 * 48) <= 40, "{}", bench.onset());
        assert!((bench.peak(200, 500) - 0.1).abs() < 0.01);
        assert_eq!(bench.told[0].fate, Fate::Dropped(Dropped::Muted));
    }

    #[test]
    fn the_device_is_kept_until_the_line_is_over() {
        let mut bench = speaking_bench();
        let sound = spoken(&bench, 1, 0, 2000);
        bench.mix.queue.push(sound, Manner::Ahead);
        let slot = Slot {
            taken: bench.start,
            heard: bench.start,
            rate: RATE,
        };
        let told = bench.mix.render(&mut [0.0; PERIOD], slot);
        assert_eq!(told[0].1, bench.at(500 + 150 + 2000));
    }
}
