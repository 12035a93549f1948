//! The two instruments of the cues, a singing bowl and a wooden bar, and how
//! strokes on them become samples. Knows no cue: the score says what is struck.
//!
//! Each is a sum of partials that swell and die away. Everything is computed
//! sample by sample with `fundsp`'s scalar functions, which are software (libm)
//! and so give the same bits on every machine.

use std::error::Error;
use std::f64::consts::PI;
use std::io::Cursor;

use ebur128::{EbuR128, Mode};
use fundsp::hacker::{constant, envelope, sine_phase};
use fundsp::math::{cos, exp, pow};

/// Samples per second of the files.
const RATE: u32 = 48_000;

/// The files' form: 48 kHz, the rate at which most sound servers run, one
/// channel, 16 bits.
const FORMAT: hound::WavSpec = hound::WavSpec {
    channels: 1,
    sample_rate: RATE,
    bits_per_sample: 16,
    sample_format: hound::SampleFormat::Int,
};

/// What is struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instrument {
    /// A singing bowl, struck with a felt mallet: rings on, with a slow beat.
    Bowl,
    /// The same bowl, rubbed: swells in a sixth of a second.
    RubbedBowl,
    /// A wooden bar tuned like a marimba's, struck with a soft mallet.
    Bar,
}

/// One mode of vibration.
struct Partial {
    /// Its frequency over the fundamental's.
    ratio: f64,
    /// Added to the frequency, in Hz: two near partials beat.
    shift_hz: f64,
    /// Amplitude, the fundamental being 1.
    level: f64,
    /// Seconds until it has fallen to 1/e, for a fundamental of 330 Hz.
    decay_s: f64,
}

const fn partial(ratio: f64, shift_hz: f64, level: f64, decay_s: f64) -> Partial {
    Partial {
        ratio,
        shift_hz,
        level,
        decay_s,
    }
}

/// A bowl's modes lie near 1, 2.7 and 5.1; each is a pair a little apart,
/// because no bowl is perfectly round.
const BOWL: [Partial; 4] = [
    partial(1.0, 0.0, 1.0, 0.75),
    partial(1.0, 1.7, 0.22, 0.9),
    partial(2.71, 0.0, 0.16, 0.38),
    partial(5.1, 0.0, 0.02, 0.14),
];

/// Marimba makers carve a bar so that its second mode is the fourth harmonic.
const BAR: [Partial; 3] = [
    partial(1.0, 0.0, 1.0, 0.19),
    partial(3.98, 0.0, 0.13, 0.06),
    partial(1.0, -2.0, 0.15, 0.22),
];

impl Instrument {
    const fn partials(self) -> &'static [Partial] {
        match self {
            Self::Bowl | Self::RubbedBowl => &BOWL,
            Self::Bar => &BAR,
        }
    }

    /// Seconds from silence to full strength.
    const fn swell_s(self) -> f64 {
        match self {
            Self::Bowl => 0.055,
            Self::RubbedBowl => 0.170,
            Self::Bar => 0.050,
        }
    }
}

/// One touch of an instrument.
pub(crate) struct Stroke {
    /// Seconds from the start of the sound.
    pub(crate) at_s: f64,
    /// What is struck.
    pub(crate) on: Instrument,
    /// Its fundamental.
    pub(crate) hz: f64,
    /// How strongly; 1 is usual.
    pub(crate) level: f64,
}

/// A whole sound: strokes, and the frame they stand in.
pub(crate) struct Sound {
    /// The touches, in any order.
    pub(crate) strokes: Vec<Stroke>,
    /// Length of the file in seconds.
    pub(crate) length_s: f64,
    /// Length in seconds of the last ramp, which ends at zero.
    pub(crate) fade_s: f64,
    /// The greatest momentary loudness (EBU R 128) it is brought to.
    pub(crate) lufs: f64,
}

impl Sound {
    /// The sound as the bytes of a WAV file.
    ///
    /// # Errors
    /// Where the meter or the encoder refuses the samples.
    pub(crate) fn wav(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let mut file = Cursor::new(Vec::new());
        let mut wav = hound::WavWriter::new(&mut file, FORMAT)?;
        for sample in self.samples()? {
            wav.write_sample(sample)?;
        }
        wav.finalize()?;
        Ok(file.into_inner())
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "frame counts are far below 2^52"
    )]
    fn samples(&self) -> Result<Vec<i16>, ebur128::Error> {
        let frames = frames(self.length_s);
        let mut mix = vec![0.0; frames];
        for stroke in &self.strokes {
            stroke.mix_into(&mut mix);
        }
        let ramp = self::frames(self.fade_s).min(frames);
        for (nth, value) in mix.iter_mut().rev().take(ramp).enumerate() {
            *value *= raised_cosine(nth as f64 / ramp as f64);
        }
        let gain = pow(10.0, (self.lufs - loudest_moment(&mix)?) / 20.0);
        Ok(mix
            .into_iter()
            .map(|value| quantised(value * gain))
            .collect())
    }
}

impl Stroke {
    fn mix_into(&self, mix: &mut [f64]) {
        let swell_s = self.on.swell_s();
        // Small things ring shorter than large ones.
        let size = pow(330.0 / self.hz, 0.5);
        for partial in self.on.partials() {
            let (level, decay_s) = (self.level * partial.level, partial.decay_s * size);
            let shape = move |t: f64| level * raised_cosine(t / swell_s) * exp(-t / decay_s);
            let pitch = self.hz * partial.ratio + partial.shift_hz;
            #[expect(clippy::cast_possible_truncation, reason = "fundsp takes Hz as f32")]
            let mut tone = (constant(pitch as f32) >> sine_phase(0.0)) * envelope(shape);
            tone.set_sample_rate(f64::from(RATE));
            for value in mix.iter_mut().skip(frames(self.at_s)) {
                *value += f64::from(tone.get_mono());
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths in the score are a few seconds, never negative"
)]
fn frames(seconds: f64) -> usize {
    (seconds * f64::from(RATE)).round() as usize
}

/// From 0 at 0 to 1 at 1 without a corner, and 1 after it.
fn raised_cosine(x: f64) -> f64 {
    0.5 - 0.5 * cos(PI * x.clamp(0.0, 1.0))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding to 16 bits is the purpose, and `as` saturates"
)]
fn quantised(value: f64) -> i16 {
    (value * 32_767.0).round() as i16
}

/// The greatest momentary loudness in LUFS; silence is added on both sides so
/// that a sound shorter than the meter's 400 ms is measured whole.
fn loudest_moment(mix: &[f64]) -> Result<f64, ebur128::Error> {
    let mut meter = EbuR128::new(1, RATE, Mode::M)?;
    let silence = vec![0.0; frames(0.4)];
    let padded = [silence.as_slice(), mix, silence.as_slice()].concat();
    let mut loudest = f64::NEG_INFINITY;
    for moment in padded.chunks(frames(0.01)) {
        meter.add_frames_f64(moment)?;
        loudest = loudest.max(meter.loudness_momentary()?);
    }
    Ok(loudest)
}
