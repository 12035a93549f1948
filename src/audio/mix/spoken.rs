//! Spoken lines among the chimes. A chime may bring one, which begins once that
//! chime is over. Lines never stand in a chime's way: any chime that begins ends
//! the line that still sounds or waits. What it said is old then, and a chime
//! below a voice could be missed; turned down instead, two lines would soon talk
//! at the same time. A line most of which the next chime would cut off is not
//! begun.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::level::{Gain, Level};
use super::playing::{FADE, Playing, Slot};
use crate::audio::clip::Clip;

/// Between the end of a chime and its line.
pub(super) const BEFORE_SPEECH: Duration = Duration::from_millis(150);

/// The line that is heard or waits, and what still fades of the one before.
#[derive(Debug)]
pub(super) struct Spoken {
    lines: Vec<Playing>,
    level: Level,
    /// Its samples, before they get their level.
    samples: Vec<f32>,
}

impl Spoken {
    pub(super) const fn new(level: Gain) -> Self {
        Self {
            lines: Vec::new(),
            level: Level::new(level),
            samples: Vec::new(),
        }
    }

    /// The level to go to, smoothly.
    pub(super) fn set_level(&mut self, level: Gain) {
        self.level.target = level;
    }

    /// Nothing is said any more.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.level.settle();
    }

    pub(super) fn is_silent(&self) -> bool {
        self.lines.is_empty()
    }

    /// Begins a line in so many frames.
    pub(super) fn begin(&mut self, line: &Arc<Clip>, wait: usize) {
        self.lines.push(Playing::new(Arc::clone(line), wait));
    }

    /// Fades the line that is heard; one that waits is not begun.
    pub(super) fn end(&mut self, slot: Slot) {
        self.lines.retain(|line| line.wait == 0);
        let frames = slot.frames(FADE);
        for line in &mut self.lines {
            line.fade_out(frames);
        }
    }

    /// Leaves out a line that is to begin within these frames and would be cut
    /// off early on by the chime that is due next.
    pub(super) fn leave_out_cut(&mut self, slot: Slot, frames: usize, next: Instant) {
        self.lines.retain(|line| {
            let begins = line.wait > 0 && line.wait < frames;
            let room = next.saturating_duration_since(slot.heard + slot.time(line.wait));
            !begins || room * 3 >= line.clip.length() * 2
        });
    }

    /// Takes the next frames of what is said; silence where nothing is.
    pub(super) fn render(&mut self, frames: usize, rate: u32) {
        self.samples.clear();
        self.samples.resize(frames, 0.0);
        let samples = &mut self.samples;
        self.lines.retain_mut(|line| line.add_to(samples, rate));
    }

    /// Adds what was rendered last, at its level.
    pub(super) fn add_to(&mut self, out: &mut [f32], slew: f32) {
        for (sample, spoken) in out.iter_mut().zip(&self.samples) {
            *sample += spoken * self.level.next(slew);
        }
        self.level.settle_if_near();
    }

    /// With nothing said nobody hears the level jump.
    pub(super) fn settle_if_silent(&mut self) {
        if self.is_silent() {
            self.level.settle();
        }
    }
}
