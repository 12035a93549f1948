//! Tells which cues are heard in a recording, and when each begins, by likeness
//! of wave to the shipped sounds.

use ashiatsu::audio::{Chimes, Clip};
use ashiatsu::cue::Cue;

use crate::rig::{RATE, Recording};

/// What is quieter than this is silence: 46 dB under full scale.
const SILENCE: f32 = 0.005;

/// Silence of this length ends a sound; no cue has as much inside.
const GAP: usize = RATE as usize / 8;

/// Cues differ within this from their beginning.
const TELLING: usize = RATE as usize * 3 / 10;

/// Two sounds as alike as this are the same.
const ALIKE: f32 = 0.8;

/// How far, in samples, the two loud beginnings may be apart.
const SHIFT: usize = 96;

/// A sound heard.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heard {
    /// Seconds since 1970.
    pub(crate) at: f64,
    /// Which one, unless it is none of them.
    pub(crate) cue: Option<Cue>,
}

/// The sounds of a recording, in order.
pub(crate) fn heard(recording: &Recording) -> Vec<Heard> {
    let chimes = Chimes::embedded().unwrap();
    let known: Vec<(Cue, Vec<f32>, usize)> = Cue::ALL
        .map(|cue| {
            let clip: &Clip = &chimes.get(cue);
            assert_eq!(
                clip.rate(),
                RATE,
                "the recogniser compares sample by sample"
            );
            let samples = clip.samples().to_vec();
            let loud = loud(&samples);
            (cue, samples, loud)
        })
        .into();
    sounds(&recording.samples)
        .into_iter()
        .map(|(from, until)| {
            let sound = &recording.samples[from..until];
            let place = from + loud(sound);
            let best = known
                .iter()
                .map(|(cue, samples, loud)| {
                    let (alike, shift) = likeness(&recording.samples, place, samples, *loud);
                    (alike, *cue, (place + shift).saturating_sub(SHIFT + loud))
                })
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .unwrap();
            let (alike, cue, begins) = best;
            let (cue, begins) = if alike >= ALIKE {
                (Some(cue), begins)
            } else {
                (None, from)
            };
            Heard {
                at: recording.start + begins as f64 / f64::from(RATE),
                cue,
            }
        })
        .collect()
}

/// Beginning and end of each sound between silences.
fn sounds(samples: &[f32]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, sample) in samples.iter().enumerate() {
        if sample.abs() < SILENCE {
            continue;
        }
        match found.last_mut() {
            Some((_, until)) if place - *until < GAP => *until = place,
            _ => found.push((place, place)),
        }
    }
    found
}

/// Where a sound first has a quarter of the level of its telling beginning.
fn loud(samples: &[f32]) -> usize {
    let beginning = &samples[..samples.len().min(TELLING)];
    let peak = beginning.iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
    beginning
        .iter()
        .position(|x| x.abs() >= peak / 4.0)
        .unwrap_or(0)
}

/// Correlation of the recording with a known sound, 1 at best, laid so that
/// their loud beginnings meet, and the shift (0 to twice `SHIFT`) that it took.
fn likeness(recording: &[f32], place: usize, known: &[f32], loud: usize) -> (f32, usize) {
    let known = &known[loud..known.len().min(loud + TELLING)];
    (0..=2 * SHIFT)
        .filter_map(|shift| {
            let begins = (place + shift).checked_sub(SHIFT)?;
            let part = recording.get(begins..begins + known.len())?;
            let (mut both, mut a, mut b) = (0.0, 1e-9, 1e-9);
            for (x, y) in part.iter().zip(known) {
                both += x * y;
                a += x * x;
                b += y * y;
            }
            Some((both / (a * b).sqrt(), shift))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((0.0, SHIFT))
}
