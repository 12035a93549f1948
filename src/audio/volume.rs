//! How loud: a number from 0 to 100 whose steps the ear hears as equal, and the
//! factor that it means. It knows no device.

use super::mix::Gain;

/// Decibels of one step. A hundred steps span 50 dB: below that a chime is
/// lost in a quiet room.
const DB_A_STEP: f32 = 0.5;

/// A loudness from 0, silent, to 100, the sounds as they were recorded.
///
/// Each step is half a decibel, so that equal steps are heard as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Volume(u8);

impl Volume {
    /// Nothing is heard.
    pub const SILENT: Self = Self(0);
    /// The sounds as they were recorded.
    pub const FULL: Self = Self(100);

    /// The volume of that many steps; more than 100 counts as 100.
    #[must_use]
    pub const fn new(steps: u8) -> Self {
        if steps > 100 { Self::FULL } else { Self(steps) }
    }

    /// Its steps, 0 to 100.
    #[must_use]
    pub const fn steps(self) -> u8 {
        self.0
    }

    /// The factor that samples are multiplied with.
    pub(super) fn gain(self) -> Gain {
        if self == Self::SILENT {
            Gain(0.0)
        } else {
            Gain(10.0_f32.powf(-f32::from(100 - self.0) * DB_A_STEP / 20.0))
        }
    }
}

impl Default for Volume {
    fn default() -> Self {
        Self::FULL
    }
}

/// Whether sound is wanted at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mute {
    /// Sound is wanted.
    #[default]
    Off,
    /// No sound: the device is closed and nothing wakes.
    On,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_silent_and_a_hundred_leaves_the_sound_as_it_is() {
        assert_eq!(Volume::new(0).gain().0.to_bits(), 0.0_f32.to_bits());
        assert!((Volume::new(100).gain().0 - 1.0).abs() < 1e-6);
        assert_eq!(Volume::new(250), Volume::FULL);
    }

    #[test]
    fn every_step_is_the_same_to_the_ear() {
        for steps in 1..100 {
            let ratio = Volume::new(steps + 1).gain().0 / Volume::new(steps).gain().0;
            assert!((20.0 * ratio.log10() - DB_A_STEP).abs() < 1e-3, "{steps}");
        }
    }
}
