//! One sound on its way out: when it begins, where it is, how it fades. It knows
//! no level and no other sound.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::audio::clip::Clip;

/// What sounds is silent this long after a press.
pub(in crate::audio) const FADE: Duration = Duration::from_millis(40);

/// When a run of frames is taken and heard, and how fast it runs.
#[derive(Debug, Clone, Copy)]
pub(in crate::audio) struct Slot {
    /// When the device took the frames.
    pub(in crate::audio) taken: Instant,
    /// When the first of them is going to be heard.
    pub(in crate::audio) heard: Instant,
    /// Frames a second.
    pub(in crate::audio) rate: u32,
}

impl Slot {
    pub(super) fn time(self, frames: usize) -> Duration {
        let frames = u64::try_from(frames).unwrap_or(u64::MAX);
        Duration::from_nanos(frames.saturating_mul(1_000_000_000) / u64::from(self.rate.max(1)))
    }

    pub(super) fn frames(self, time: Duration) -> usize {
        let frames = time.as_nanos() * u128::from(self.rate) / 1_000_000_000;
        usize::try_from(frames).unwrap_or(usize::MAX)
    }
}

/// A sound that is being heard, or about to be.
#[derive(Debug)]
pub(super) struct Playing {
    pub(super) clip: Arc<Clip>,
    /// Frames until it begins.
    pub(super) wait: usize,
    /// Place in the clip, in the clip's own frames.
    place: f64,
    fade: Option<Fade>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Fade {
    left: usize,
    whole: usize,
}

impl Playing {
    pub(super) fn new(clip: Arc<Clip>, wait: usize) -> Self {
        Self {
            clip,
            wait,
            place: 0.0,
            fade: None,
        }
    }

    pub(super) fn fade_out(&mut self, frames: usize) {
        self.fade.get_or_insert(Fade {
            left: frames,
            whole: frames,
        });
    }

    /// Adds it to `out`; false once it is over.
    pub(super) fn add_to(&mut self, out: &mut [f32], rate: u32) -> bool {
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
