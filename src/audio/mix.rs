//! The samples: places each sound on its frame, mixes, fades, keeps the levels.
//! Pure: it is told when the frames it fills are going to be heard.

mod level;
mod playing;
mod spoken;

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::chimes::Chimes;
use super::queue::{Beginning, Manner, Queue};
use super::{Dropped, Fate, Told, Volume};
use level::Level;
use playing::Playing;
use spoken::{BEFORE_SPEECH, Spoken};

pub(super) use level::Gain;
pub(super) use playing::{FADE, Slot};

/// Time constant in which a changed volume is reached, in seconds: quick, and
/// no click.
const VOLUME_SLEW: f32 = 0.015;

/// No sample leaves the mix above this: a little under full scale, so that a
/// converter behind it does not clip either.
const CEILING: f32 = 0.95;

/// Time constant in which the limiter lets go, in seconds.
const RELEASE: f32 = 0.1;

/// How loud the two kinds of sound are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Levels {
    pub(super) chimes: Gain,
    pub(super) speech: Gain,
}

/// All that is mixed and what waits to be.
#[derive(Debug)]
pub(super) struct Mix {
    pub(super) queue: Queue,
    chimes: Arc<Chimes>,
    sounding: Vec<Playing>,
    chime_level: Level,
    spoken: Spoken,
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
            spoken: Spoken::new(Volume::SILENT.gain()),
            envelope: 0.0,
            lead_in,
            ready: None,
            hush: false,
        }
    }

    /// The levels to go to, smoothly.
    pub(super) fn set_levels(&mut self, levels: Levels) {
        self.chime_level.target = levels.chimes;
        self.spoken.set_level(levels.speech);
    }

    /// Fades all that sounds.
    pub(super) fn hush(&mut self) {
        self.hush = true;
    }

    /// Another device begins: nothing sounds on it yet, and it gets its silence first.
    pub(super) fn begin_device(&mut self) {
        self.sounding.clear();
        self.spoken.clear();
        self.chime_level.settle();
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
        if let Some(next) = self.queue.next_due() {
            self.spoken.leave_out_cut(slot, out.len(), next);
        }
        if self.sounding.is_empty() {
            self.chime_level.settle();
        }
        self.spoken.settle_if_silent();
        if !(self.sounding.is_empty() && self.spoken.is_silent()) {
            let rate = slot.rate;
            self.sounding.retain_mut(|chime| chime.add_to(out, rate));
            self.spoken.render(out.len(), rate);
            self.level_out(out, rate);
        }
        told
    }

    fn start(&mut self, beginning: &Beginning, slot: Slot) -> (Told, Instant) {
        match beginning.manner {
            Manner::Press => self.fade_all(slot),
            Manner::Ahead => self.spoken.end(slot),
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
            self.spoken.begin(line, wait);
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
        self.spoken.end(slot);
    }

    /// Volumes, then the limiter: at once down to the ceiling, slowly back.
    fn level_out(&mut self, out: &mut [f32], rate: u32) {
        #[expect(clippy::cast_precision_loss, reason = "rates are far below 2^24")]
        let rate = rate.max(1) as f32;
        let slew = 1.0 - (-1.0 / (VOLUME_SLEW * rate)).exp();
        let release = (-1.0 / (RELEASE * rate)).exp();
        for sample in out.iter_mut() {
            *sample *= self.chime_level.next(slew);
        }
        self.chime_level.settle_if_near();
        self.spoken.add_to(out, slew);
        for sample in out {
            let value = *sample;
            self.envelope = value.abs().max(self.envelope * release);
            *sample = if self.envelope > CEILING {
                value * CEILING / self.envelope
            } else {
                value
            };
        }
    }
}

#[cfg(test)]
mod tests;
