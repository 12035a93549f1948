//! A sound held ready: decoded, mono, its faults found before the session. It
//! knows no device and no cue.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;
use std::time::Duration;

use rodio::{Decoder, Source};

use super::caught;

/// The longest sound that is taken.
pub const LONGEST: Duration = Duration::from_secs(30);

/// The largest file that is read: 30 s of 8 channels of 32-bit samples at
/// 192 kHz are just below it.
pub const LARGEST: u64 = 200 * 1024 * 1024;

/// The rates at which a sound may have been recorded, in frames a second.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;

/// Below this a whole sound counts as silent: 60 dB under full scale.
const SILENT: f32 = 0.001;

/// What is said of a file on which the decoder panicked.
const GAVE_UP: &str = "the decoder gave up";

/// Why a sound cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// The file could not be read.
    #[error("cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// It is a pipe, a folder, a device.
    #[error("is not a file")]
    NotAFile,
    /// There is nothing in it.
    #[error("is empty")]
    Empty,
    /// It is larger than [`LARGEST`].
    #[error("is too large: at most 200 MiB")]
    TooLarge,
    /// It sounds longer than [`LONGEST`].
    #[error("is too long: at most 30 seconds")]
    TooLong,
    /// Neither WAV nor OGG Vorbis, or broken.
    #[error("is no sound that can be read (WAV or OGG Vorbis): {0}")]
    Broken(String),
    /// Its rate is outside of what a sound has.
    #[error("has {0} frames a second; 4000 to 384000 can be played")]
    Rate(u32),
    /// There is nothing to hear in it.
    #[error("is silent")]
    Silent,
}

/// A decoded sound: mono, at the rate it was recorded with.
#[derive(Clone, PartialEq)]
pub struct Clip {
    samples: Vec<f32>,
    rate: u32,
}

impl std::fmt::Debug for Clip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clip")
            .field("length", &self.length())
            .field("rate", &self.rate)
            .finish_non_exhaustive()
    }
}

impl Clip {
    /// Reads and decodes a WAV or OGG Vorbis file. It never waits for the other
    /// end of a pipe.
    ///
    /// # Errors
    /// When the file is no regular file, too large, or not as [`Clip::decode`]
    /// wants it.
    pub fn read(path: &Path) -> Result<Self, ClipError> {
        let about = std::fs::metadata(path)?;
        if !about.is_file() {
            return Err(ClipError::NotAFile);
        }
        if about.len() > LARGEST {
            return Err(ClipError::TooLarge);
        }
        let mut bytes = Vec::new();
        // It may grow between the look and the reading.
        File::open(path)?
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)?;
        Self::decode(bytes)
    }

    /// Decodes a whole WAV or OGG Vorbis file: any number of channels, 8 to 32
    /// bits. Channels are averaged, so that nothing clips.
    ///
    /// # Errors
    /// When it is empty, larger than [`LARGEST`], broken, longer than
    /// [`LONGEST`], or silent.
    pub fn decode(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Self, ClipError> {
        let data = bytes.as_ref();
        if data.is_empty() {
            return Err(ClipError::Empty);
        }
        if u64::try_from(data.len()).is_ok_and(|len| len > LARGEST) {
            return Err(ClipError::TooLarge);
        }
        check_header(data)?;
        // The decoder asserts in a few places what a broken file need not keep.
        caught::catch(|| decode(bytes))
            .unwrap_or_else(|| Err(ClipError::Broken(GAVE_UP.to_owned())))
    }

    /// A sound of these samples, between -1 and 1, at that many a second.
    pub(super) fn from_samples(samples: Vec<f32>, rate: u32) -> Self {
        Self { samples, rate }
    }

    /// One sample of nothing.
    pub(super) fn silence() -> Self {
        Self::from_samples(vec![0.0], 48_000)
    }

    /// A plain tone with soft ends, for tests.
    #[cfg(test)]
    pub(super) fn tone(hz: f32, ms: u16, level: f32) -> Self {
        let count = ms * 48;
        let wave = |i: u16| {
            let edge = f32::from(i.min(count - 1 - i)) / 240.0;
            (f32::from(i) / 48_000.0 * hz * std::f32::consts::TAU).sin() * level * edge.min(1.0)
        };
        Self {
            samples: (0..count).map(wave).collect(),
            rate: 48_000,
        }
    }

    /// How long it sounds.
    #[must_use]
    pub fn length(&self) -> Duration {
        let frames = u64::try_from(self.samples.len()).unwrap_or(u64::MAX);
        Duration::from_nanos(frames.saturating_mul(1_000_000_000) / u64::from(self.rate.max(1)))
    }

    /// Samples a second.
    #[must_use]
    pub const fn rate(&self) -> u32 {
        self.rate
    }

    /// Its samples, -1 to 1.
    #[must_use]
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// The sample at a place between its frames (cubic through the four around
    /// it), `None` after its end.
    pub(super) fn at(&self, place: f64) -> Option<f32> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place is never negative and far below 2^53"
        )]
        let index = place as usize;
        let here = *self.samples.get(index)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a fraction loses nothing that is heard"
        )]
        let x = place.fract() as f32;
        if x == 0.0 {
            return Some(here);
        }
        let sample = |index: Option<usize>| {
            index
                .and_then(|index| self.samples.get(index))
                .copied()
                .unwrap_or(0.0)
        };
        let (before, next, after) = (
            sample(index.checked_sub(1)),
            sample(Some(index + 1)),
            sample(Some(index + 2)),
        );
        let slope = (next - before) * 0.5;
        let square = before - 2.5 * here + 2.0 * next - 0.5 * after;
        let cube = 0.5 * (after - before) + 1.5 * (here - next);
        Some(((cube * x + square) * x + slope) * x + here)
    }
}

/// What the decoder would trip over: a WAV that says it has no channels or no rate.
fn check_header(data: &[u8]) -> Result<(), ClipError> {
    if !data.starts_with(b"RIFF") {
        return Ok(());
    }
    let mut chunks = data.get(12..).unwrap_or_default();
    while let Some((head, rest)) = chunks.split_first_chunk::<8>() {
        let [a, b, c, d, len @ ..] = *head;
        let len = usize::try_from(u32::from_le_bytes(len)).unwrap_or(usize::MAX);
        if [a, b, c, d] == *b"fmt " {
            let Some([_, _, c0, c1, rate @ ..]) = rest.first_chunk::<8>() else {
                break;
            };
            let rate = u32::from_le_bytes(*rate);
            if u16::from_le_bytes([*c0, *c1]) == 0 {
                return Err(ClipError::Broken("no channels".to_owned()));
            }
            return if RATES.contains(&rate) {
                Ok(())
            } else {
                Err(ClipError::Rate(rate))
            };
        }
        chunks = rest.get(len.saturating_add(len % 2)..).unwrap_or_default();
    }
    Err(ClipError::Broken("a WAV without a format".to_owned()))
}

fn decode(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Clip, ClipError> {
    let broken = |error: rodio::decoder::DecoderError| ClipError::Broken(error.to_string());
    let len = u64::try_from(bytes.as_ref().len()).unwrap_or(u64::MAX);
    let mut decoder = Decoder::builder()
        .with_data(Cursor::new(bytes))
        .with_byte_len(len)
        .build()
        .map_err(broken)?;
    let channels = usize::from(decoder.channels().get());
    let rate = decoder.sample_rate().get();
    if !RATES.contains(&rate) {
        return Err(ClipError::Rate(rate));
    }
    let most = usize::try_from(LONGEST.as_secs() * u64::from(rate)).unwrap_or(usize::MAX);
    let scale = 1.0 / f32::from(decoder.channels().get());
    let mut samples = Vec::new();
    let mut frame = 0.0;
    let mut filled = 0;
    for sample in decoder.by_ref() {
        frame += sample * scale;
        filled += 1;
        if filled == channels {
            if samples.len() == most {
                return Err(ClipError::TooLong);
            }
            samples.push(if frame.is_finite() {
                frame.clamp(-1.0, 1.0)
            } else {
                0.0
            });
            (frame, filled) = (0.0, 0);
        }
    }
    if samples.is_empty() {
        return Err(ClipError::Empty);
    }
    if decoder.sample_rate().get() != rate || usize::from(decoder.channels().get()) != channels {
        return Err(ClipError::Broken(
            "its rate or channels change on the way".to_owned(),
        ));
    }
    if samples.iter().all(|sample| sample.abs() < SILENT) {
        return Err(ClipError::Silent);
    }
    samples.shrink_to_fit();
    Ok(Clip { samples, rate })
}

#[cfg(test)]
#[path = "../../tests/support/ogg.rs"]
mod ogg;

#[cfg(test)]
mod tests {
    use super::*;

    /// A WAV of these samples as they stand in the file.
    fn wav(channels: u16, rate: u32, bits: u16, samples: &[u8]) -> Vec<u8> {
        let block = channels * bits / 8;
        let size = u32::try_from(samples.len()).unwrap();
        let mut file = Vec::new();
        file.extend(b"RIFF");
        file.extend((36 + size).to_le_bytes());
        file.extend(b"WAVEfmt \x10\0\0\0\x01\0");
        file.extend(channels.to_le_bytes());
        file.extend(rate.to_le_bytes());
        file.extend((rate * u32::from(block)).to_le_bytes());
        file.extend(block.to_le_bytes());
        file.extend(bits.to_le_bytes());
        file.extend(b"data");
        file.extend(size.to_le_bytes());
        file.extend(samples);
        file
    }

    /// Frames of a square wave in 16 bits, the same on each channel.
    fn square(channels: u16, frames: u32) -> Vec<u8> {
        (0..frames)
            .flat_map(|i| {
                let level: i16 = if i / 50 % 2 == 0 { 8192 } else { -8192 };
                level.to_le_bytes().repeat(usize::from(channels))
            })
            .collect()
    }

    fn ms(clip: &Clip) -> u128 {
        clip.length().as_millis()
    }

    #[test]
    fn sixteen_bits_mono_keep_their_samples() {
        let clip = Clip::decode(wav(1, 48_000, 16, &square(1, 4800))).unwrap();
        assert_eq!((ms(&clip), clip.rate()), (100, 48_000));
        assert!((clip.samples()[0] - 0.25).abs() < 1e-4);
        assert!((clip.samples()[50] + 0.25).abs() < 1e-4);
    }

    #[test]
    fn eight_bits_and_six_channels_at_192_khz_are_taken() {
        let eight: Vec<u8> = (0..8000)
            .map(|i| if i / 20 % 2 == 0 { 160 } else { 96 })
            .collect();
        let clip = Clip::decode(wav(1, 8000, 8, &eight)).unwrap();
        assert_eq!(ms(&clip), 1000);
        assert!((clip.samples()[0] - 0.25).abs() < 0.01);
        let clip = Clip::decode(wav(6, 192_000, 16, &square(6, 19_200))).unwrap();
        assert_eq!((ms(&clip), clip.rate()), (100, 192_000));
        assert!((clip.samples()[0] - 0.25).abs() < 1e-4);
    }

    #[test]
    fn an_ogg_is_taken() {
        let clip = Clip::decode(include_bytes!("../../tests/sound/ready.ogg")).unwrap();
        let shipped = Clip::decode(crate::audio::shipped(crate::cue::Cue::Ready)).unwrap();
        // Its last packet may be played whole.
        assert!(ms(&clip).abs_diff(ms(&shipped)) <= 30);
        let product = |a: &Clip, b: &Clip| -> f32 {
            a.samples()
                .iter()
                .zip(b.samples())
                .map(|(x, y)| x * y)
                .sum()
        };
        let alike =
            product(&clip, &shipped) / (product(&clip, &clip) * product(&shipped, &shipped)).sqrt();
        assert!(alike > 0.9, "{alike}");
    }

    #[test]
    fn what_cannot_be_heard_is_refused_with_its_reason() {
        let why = |bytes: Vec<u8>| Clip::decode(bytes).unwrap_err().to_string();
        assert_eq!(why(vec![]), "is empty");
        assert_eq!(why(wav(1, 48_000, 16, &[0; 9600])), "is silent");
        assert_eq!(
            why(wav(1, 8000, 16, &square(1, 8000 * 31))),
            "is too long: at most 30 seconds"
        );
        assert!(why(wav(1, 0, 16, &square(1, 100))).starts_with("has 0 frames a second"));
        assert!(why(wav(0, 48_000, 16, &square(1, 100))).contains("no channels"));
        assert!(why(b"no sound at all, only words".repeat(99)).starts_with("is no sound"));
        assert!(why(wav(1, 48_000, 16, &[])).contains("is"));
    }

    #[test]
    fn exactly_the_longest_is_taken() {
        let clip = Clip::decode(wav(1, 8000, 16, &square(1, 8000 * 30))).unwrap();
        assert_eq!(clip.length(), LONGEST);
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = std::env::temp_dir();
        assert!(matches!(Clip::read(&folder), Err(ClipError::NotAFile)));
        assert!(matches!(
            Clip::read(&folder.join("no such.wav")),
            Err(ClipError::Read(_))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_named_pipe_is_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("shift.wav");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        assert!(matches!(Clip::read(&pipe), Err(ClipError::NotAFile)));
    }

    /// In two of three rounds the pages of an Ogg say that they came whole: what
    /// is broken in them reaches the decoder of the sound, which panics then.
    #[test]
    fn a_broken_file_never_panics() {
        let whole = [
            wav(2, 44_100, 16, &square(2, 600)),
            include_bytes!("../../tests/sound/ready.ogg").to_vec(),
        ];
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = |below: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            usize::try_from(random % u64::try_from(below).unwrap()).unwrap()
        };
        let mut gave_up = 0;
        for round in 0..3000 {
            let mut file = whole[round % 2].clone();
            if round % 3 == 0 {
                file.truncate(next(file.len()));
            }
            for _ in 0..=next(4) {
                let reach = if next(2) == 0 { 64 } else { file.len() };
                if let Some(byte) = file.get_mut(next(reach.max(1))) {
                    *byte = u8::try_from(next(256)).unwrap();
                }
            }
            let sealed = round % 3 != 1;
            if sealed {
                ogg::seal(&mut file);
            }
            if let Err(ClipError::Broken(why)) = Clip::decode(file)
                && why == GAVE_UP
            {
                assert!(sealed, "round {round}");
                gave_up += 1;
            }
            assert_eq!(caught::expected(), caught::Expected::No);
        }
        assert!(gave_up > 0, "no round reached what panics");
    }
}
