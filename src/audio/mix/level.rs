//! Levels, and how one goes to another without a jump.

/// A factor for samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::audio) struct Gain(pub(in crate::audio) f32);

/// A level on its way to another.
#[derive(Debug)]
pub(super) struct Level {
    now: f32,
    pub(super) target: Gain,
}

impl Level {
    pub(super) const fn new(target: Gain) -> Self {
        Self { now: 0.0, target }
    }

    /// Arrives at once: nobody hears it jump.
    pub(super) fn settle(&mut self) {
        self.now = self.target.0;
    }

    /// The level of the next sample.
    pub(super) fn next(&mut self, slew: f32) -> f32 {
        self.now += (self.target.0 - self.now) * slew;
        self.now
    }

    pub(super) fn settle_if_near(&mut self) {
        if (self.target.0 - self.now).abs() < 1e-6 {
            self.settle();
        }
    }
}
