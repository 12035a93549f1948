//! The shipped cue sounds, measured: form, size, softness, loudness, and that
//! they can be told apart by ear and by the recogniser of the rig.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sample counts of a few seconds fit every type they pass through"
)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: what is missing or too short shall fail loudly"
)]

#[path = "../examples/make_sounds/instruments.rs"]
mod instruments;
#[path = "../examples/make_sounds/score.rs"]
mod score;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ashiatsu::cue::Cue;
use measure::{
    FRAME, RATE, alike, attack_s, bands, decibels, energy, longest_gap_s, loudest_moment, pitch_hz,
    stroke_times, true_peak,
};

/// The cues that open something, all equally loud.
const OPENING: [Cue; 6] = [
    Cue::Shift,
    Cue::Side,
    Cue::Turn,
    Cue::Hold,
    Cue::Finish,
    Cue::Ready,
];

/// Where the recogniser's ear begins.
const AUDIBLE: f64 = 0.01;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sounds")
}

fn file(cue: Cue) -> PathBuf {
    folder().join(cue.name()).with_extension("wav")
}

/// The samples of a cue's file, 1 being full scale.
fn sound(cue: Cue) -> Vec<f64> {
    let mut wav = hound::WavReader::open(file(cue)).unwrap();
    wav.samples::<i16>()
        .map(|sample| f64::from(sample.unwrap()) / 32_768.0)
        .collect()
}

fn seconds(samples: usize) -> f64 {
    samples as f64 / f64::from(RATE)
}

/// The sound from where it is first heard.
fn heard(sound: &[f64]) -> &[f64] {
    let start = sound.iter().position(|s| s.abs() >= AUDIBLE).unwrap();
    &sound[start..]
}

fn at_volume(sound: &[f64], volume: f64) -> Vec<f64> {
    sound.iter().map(|sample| sample * volume).collect()
}

fn pairs() -> impl Iterator<Item = (Cue, Cue)> {
    Cue::ALL.into_iter().enumerate().flat_map(|(nth, one)| {
        Cue::ALL
            .into_iter()
            .skip(nth + 1)
            .map(move |other| (one, other))
    })
}

#[test]
fn there_is_one_small_file_for_each_cue() {
    let mut size = 0;
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "wav") {
            size += path.metadata().unwrap().len();
            found.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    let wanted: BTreeSet<String> = Cue::ALL.map(|cue| cue.name().to_owned()).into();
    assert_eq!(found, wanted);
    assert!(size < 1_000_000, "{size} bytes in all");
}

#[test]
fn the_readme_speaks_of_each_file() {
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    for cue in Cue::ALL {
        let name = format!("`{}.wav`", cue.name());
        assert!(readme.contains(&name), "{name} is missing");
        assert!(readme.contains(cue.meaning()), "{name}: meaning is missing");
    }
    assert!(readme.contains("MIT OR Apache-2.0"));
}

/// Also proves that the program gives the same bytes each time it runs.
#[test]
fn the_files_are_what_the_program_makes() {
    for cue in Cue::ALL {
        let made = score::of(cue).wav().unwrap();
        let shipped = std::fs::read(file(cue)).unwrap();
        assert!(made == shipped, "{cue}: run the example make_sounds again");
    }
}

#[test]
fn form_and_length() {
    for cue in Cue::ALL {
        let spec = hound::WavReader::open(file(cue)).unwrap().spec();
        let form = (
            spec.channels,
            spec.bits_per_sample,
            spec.sample_rate,
            spec.sample_format,
        );
        assert_eq!(form, (1, 16, RATE, hound::SampleFormat::Int), "{cue}");

        let length = seconds(sound(cue).len());
        let longest = match cue {
            Cue::Ready => 0.5,
            Cue::Prepare => 1.0,
            _ => 2.5,
        };
        assert!((0.3..=longest).contains(&length), "{cue}: {length} s");
    }
}

#[test]
fn swells_slowly_and_never_peaks() {
    for cue in Cue::ALL {
        let attack = attack_s(&sound(cue));
        assert!(attack >= 0.020, "{cue}: attack {attack:.4} s");
        let peak = decibels(true_peak(&sound(cue)));
        assert!(peak <= -9.0, "{cue}: peak {peak:.2} dBTP");
    }
}

#[test]
fn sounds_in_the_middle_range() {
    for cue in Cue::ALL {
        let sound = sound(cue);
        let whole = energy(&sound, 0.0..f64::from(RATE));
        let middle = energy(&sound, 200.0..1200.0) / whole;
        assert!(middle >= 0.95, "{cue}: {middle:.3} from 200 to 1200 Hz");
        let sharp = energy(&sound, 4000.0..f64::from(RATE)) / whole;
        assert!(sharp < 1e-6, "{cue}: {sharp:e} above 4 kHz");
    }
}

#[test]
fn begins_and_ends_at_zero_without_a_click() {
    for cue in Cue::ALL {
        let sound = sound(cue);
        assert_eq!((sound[0], sound[sound.len() - 1]), (0.0, 0.0), "{cue}");
        let millisecond = RATE as usize / 1000;
        let ends = sound
            .iter()
            .take(millisecond)
            .chain(sound.iter().rev().take(millisecond));
        let loudest = ends.fold(0.0, |most: f64, s| most.max(s.abs()));
        assert!(decibels(loudest) < -60.0, "{cue}: ends at {loudest}");

        // A jump of height h bends the curve by h at least; the tones bend it far less.
        let bend = sound
            .windows(3)
            .map(|w| (w[0] - 2.0 * w[1] + w[2]).abs())
            .fold(0.0, f64::max);
        assert!(bend < 0.004, "{cue}: a corner of {bend:.4}");
    }
}

#[test]
fn loudness_follows_the_meaning() {
    let opening = OPENING.map(|cue| loudest_moment(&sound(cue)));
    let loudest = opening.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let softest = opening.into_iter().fold(f64::INFINITY, f64::min);
    assert!(loudest - softest <= 2.0, "{OPENING:?}: {opening:?}");

    let prepare = loudest_moment(&sound(Cue::Prepare));
    for level in opening {
        assert!(
            (3.0..=6.0).contains(&(level - prepare)),
            "prepare {prepare:.2}, an opening {level:.2}"
        );
    }
    let shift = loudest_moment(&sound(Cue::Shift));
    for cue in [Cue::Paused, Cue::Resumed] {
        let under = shift - loudest_moment(&sound(cue));
        assert!(
            (5.5..=6.5).contains(&under),
            "{cue}: {under:.2} LU under a shift"
        );
    }
}

/// At full volume and at the softest that is of use, 30 %.
#[test]
fn each_is_heard_as_one_sound() {
    for cue in Cue::ALL {
        for volume in [1.0, 0.3] {
            let gap = longest_gap_s(&at_volume(&sound(cue), volume), AUDIBLE);
            assert!(gap <= 0.060, "{cue} at {volume}: a gap of {gap:.3} s");
        }
    }
}

#[test]
fn no_two_have_the_same_pitches() {
    for (one, other) in pairs() {
        let (a, b) = (sound(one), sound(other));
        let start = RATE as usize * 150 / 1000;
        let at_first = alike(&bands(&heard(&a)[..start]), &bands(&heard(&b)[..start]));
        assert!(
            at_first < 0.25,
            "{one} and {other} begin alike: {at_first:.3}"
        );
        let whole = alike(&bands(&a), &bands(&b));
        assert!(whole < 0.75, "{one} and {other} are alike: {whole:.3}");
    }
}

/// What the rig does: the first [`FRAME`] samples from the onset decide, also when
/// the program plays more softly.
#[test]
fn the_recogniser_knows_each() {
    let ear = |sound: &[f64]| bands(&heard(sound)[..FRAME]);
    let known = Cue::ALL.map(|cue| (cue, ear(&sound(cue))));
    for cue in Cue::ALL {
        let soft = ear(&at_volume(&sound(cue), 0.3));
        for (other, spectrum) in &known {
            let score = alike(&soft, spectrum);
            let as_it_should = if *other == cue {
                score > 0.95
            } else {
                score < 0.25
            };
            assert!(as_it_should, "{cue} taken for {other}: {score:.3}");
        }
    }
}

#[test]
fn no_two_have_the_same_rhythm() {
    let gaps = |cue: Cue| -> Vec<f64> {
        stroke_times(&sound(cue))
            .windows(2)
            .map(|w| w[1] - w[0])
            .collect()
    };
    for (one, other) in pairs() {
        let (a, b) = (gaps(one), gaps(other));
        let differ = if a.len() == b.len() && !a.is_empty() {
            a.iter().zip(&b).any(|(x, y)| (x - y).abs() >= 0.04)
        } else {
            let lengths = (seconds(sound(one).len()), seconds(sound(other).len()));
            a.len() != b.len() || (lengths.0 - lengths.1).abs() >= 0.5
        };
        assert!(differ, "{one} {a:?} and {other} {b:?}");
    }
}

#[test]
fn the_melody_says_what_is_meant() {
    // Hz of each stroke.
    let melody = |cue: Cue| -> Vec<f64> {
        let sound = sound(cue);
        stroke_times(&sound)
            .into_iter()
            .map(|at| pitch_hz(&sound, at + 0.05))
            .collect()
    };
    let is = |cue: Cue, shape: &dyn Fn(&[f64]) -> bool| {
        let melody = melody(cue);
        assert!(shape(&melody), "{cue}: {melody:.0?}");
    };
    let one = |m: &[f64]| m.len() == 1;
    let rises = |m: &[f64]| m.len() == 2 && m[1] > m[0] * 1.1;
    is(Cue::Ready, &one);
    is(Cue::Shift, &one);
    is(Cue::Prepare, &|m| {
        m.len() == 2 && (m[0] / m[1] - 1.0).abs() < 0.02
    });
    is(Cue::Side, &rises);
    is(Cue::Hold, &rises);
    is(Cue::Resumed, &rises);
    is(Cue::Paused, &|m| m.len() == 2 && m[1] < m[0] * 0.9);
    is(Cue::Turn, &|m| {
        m.len() == 3 && m[1] > m[0] * 1.1 && m[2] < m[1] * 0.9
    });
    is(Cue::Finish, &|m| m.len() == 3 && m[0] > m[1] && m[1] > m[2]);
    // It comes home to the note of the shift.
    let home = melody(Cue::Finish)[2] / melody(Cue::Shift)[0];
    assert!((home - 1.0).abs() < 0.02, "finish ends at {home} of shift");
}

mod measure {
    //! The measurements of a sound that the test of the cue sounds needs. Knows no
    //! cue and no limit. Samples are mono, 1 being full scale.

    use std::ops::Range;

    use ebur128::{EbuR128, Mode};
    use rustfft::FftPlanner;
    use rustfft::num_complex::Complex;

    /// Samples per second of all sounds here.
    pub(crate) const RATE: u32 = 48_000;
    const PER_MS: usize = RATE as usize / 1000;

    /// An amplitude in dB of full scale.
    pub(crate) fn decibels(amplitude: f64) -> f64 {
        20.0 * amplitude.log10()
    }

    /// Magnitudes of the frequencies from 0 to half the rate, and Hz from one to the next.
    fn spectrum(sound: &[f64], size: usize, window: fn(f64) -> f64) -> (Vec<f64>, f64) {
        let last = sound.len().max(2) - 1;
        let mut wave: Vec<Complex<f64>> = sound
            .iter()
            .enumerate()
            .map(|(nth, sample)| Complex::new(sample * window(nth as f64 / last as f64), 0.0))
            .collect();
        wave.resize(size, Complex::default());
        FftPlanner::new().plan_fft_forward(size).process(&mut wave);
        let half = wave.iter().take(size / 2).map(|bin| bin.norm()).collect();
        (half, f64::from(RATE) / size as f64)
    }

    fn hann(x: f64) -> f64 {
        0.5 - 0.5 * (std::f64::consts::TAU * x).cos()
    }

    /// Energy in a range of Hz, in a unit of its own: only for ratios.
    pub(crate) fn energy(sound: &[f64], hz: Range<f64>) -> f64 {
        let (magnitudes, step) = spectrum(sound, sound.len(), |_| 1.0);
        (magnitudes.iter().enumerate())
            .filter(|(bin, _)| hz.contains(&(*bin as f64 * step)))
            .map(|(_, magnitude)| magnitude * magnitude)
            .sum()
    }

    /// Samples in one look at the spectrum.
    pub(crate) const FRAME: usize = 8192;

    /// Magnitude in bands of a quarter of a semitone from 80 Hz up, seven octaves,
    /// each as high as its highest neighbour, of unit length together. Of a sound
    /// longer than [`FRAME`], the mean of half overlapping frames.
    pub(crate) fn bands(sound: &[f64]) -> Vec<f64> {
        let mut magnitudes = vec![0.0; FRAME / 2];
        for start in (0..sound.len().saturating_sub(FRAME).max(1)).step_by(FRAME / 2) {
            let frame = &sound[start..sound.len().min(start + FRAME)];
            let (part, _) = spectrum(frame, FRAME, hann);
            magnitudes
                .iter_mut()
                .zip(part)
                .for_each(|(sum, m)| *sum += m);
        }
        let step = f64::from(RATE) / FRAME as f64;
        let mut bands = vec![0.0_f64; 7 * 24];
        for (bin, magnitude) in magnitudes.into_iter().enumerate().skip(1) {
            let band = (24.0 * (bin as f64 * step / 80.0).log2()).floor();
            if (0.0..bands.len() as f64).contains(&band) {
                let band = &mut bands[band as usize];
                *band = band.max(magnitude);
            }
        }
        let near = |nth: usize| bands[nth.saturating_sub(1)..(nth + 2).min(bands.len())].iter();
        let blurred: Vec<f64> = (0..bands.len())
            .map(|nth| near(nth).fold(0.0, |most: f64, band| most.max(*band)))
            .collect();
        let length = blurred.iter().map(|band| band * band).sum::<f64>().sqrt();
        blurred.into_iter().map(|band| band / length).collect()
    }

    /// How alike two results of [`bands`] are: 0 not at all, 1 the same.
    pub(crate) fn alike(one: &[f64], other: &[f64]) -> f64 {
        one.iter().zip(other).map(|(a, b)| a * b).sum()
    }

    /// The strongest frequency in the tenth of a second from `at` seconds.
    pub(crate) fn pitch_hz(sound: &[f64], at: f64) -> f64 {
        let start = (at * f64::from(RATE)) as usize;
        let part = &sound[start..sound.len().min(start + 100 * PER_MS)];
        let (magnitudes, step) = spectrum(part, 65_536, hann);
        let top = (0..magnitudes.len()).max_by(|a, b| magnitudes[*a].total_cmp(&magnitudes[*b]));
        top.unwrap() as f64 * step
    }

    /// Attack: the time in which the envelope rises from a tenth to nine tenths of
    /// the peak of the first swell. The envelope is the largest sample of the last
    /// 5 ms, longer than a period of the lowest tone; the first swell's peak is the
    /// first that is not passed for 40 ms.
    pub(crate) fn attack_s(sound: &[f64]) -> f64 {
        let window = 5 * PER_MS;
        let envelope: Vec<f64> = sound
            .windows(window)
            .map(|part| part.iter().fold(0.0, |most: f64, s| most.max(s.abs())))
            .collect();
        let (mut peak, mut since) = (0.0, 0);
        for level in &envelope {
            if *level > peak {
                (peak, since) = (*level, 0);
            } else if peak > 0.0 {
                since += 1;
            }
            if since >= 40 * PER_MS {
                break;
            }
        }
        let reaches = |share: f64| envelope.iter().position(|l| *l >= share * peak).unwrap();
        (reaches(0.9) - reaches(0.1)) as f64 / f64::from(RATE)
    }

    /// The largest amplitude between the samples too (ITU-R BS.1770).
    pub(crate) fn true_peak(sound: &[f64]) -> f64 {
        let mut meter = EbuR128::new(1, RATE, Mode::TRUE_PEAK).unwrap();
        meter.add_frames_f64(sound).unwrap();
        meter.true_peak(0).unwrap()
    }

    /// The greatest momentary loudness (EBU R 128) in LUFS. Silence stands before
    /// and after, so that a sound shorter than the 400 ms is measured whole.
    pub(crate) fn loudest_moment(sound: &[f64]) -> f64 {
        let mut meter = EbuR128::new(1, RATE, Mode::M).unwrap();
        let silence = vec![0.0; 400 * PER_MS];
        let padded = [&silence, sound, &silence].concat();
        let moments = padded.chunks(10 * PER_MS).map(|moment| {
            meter.add_frames_f64(moment).unwrap();
            meter.loudness_momentary().unwrap()
        });
        moments.fold(f64::NEG_INFINITY, f64::max)
    }

    /// The longest time between two samples of at least `audible`.
    pub(crate) fn longest_gap_s(sound: &[f64], audible: f64) -> f64 {
        let heard: Vec<usize> = (0..sound.len())
            .filter(|nth| sound[*nth].abs() >= audible)
            .collect();
        let longest = heard.windows(2).map(|w| w[1] - w[0]).max().unwrap();
        longest as f64 / f64::from(RATE)
    }

    /// When the strokes begin, in seconds: where the level (root mean square over
    /// 20 ms) climbs by at least 2 dB in 30 ms, no lower than 25 dB under the
    /// loudest; strokes are at least 80 ms apart.
    pub(crate) fn stroke_times(sound: &[f64]) -> Vec<f64> {
        const STEP_MS: usize = 5;
        const CLIMB: usize = 30 / STEP_MS;
        let level: Vec<f64> = (0..sound.len().saturating_sub(20 * PER_MS))
            .step_by(STEP_MS * PER_MS)
            .map(|start| {
                let part = &sound[start..start + 20 * PER_MS];
                let power = part.iter().map(|s| s * s).sum::<f64>() / part.len() as f64;
                decibels(power.sqrt().max(1e-6))
            })
            .collect();
        let loudest = level.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let climbs = |nth: usize| {
            level[nth + CLIMB] - level[nth] >= 2.0 && level[nth + CLIMB] >= loudest - 25.0
        };
        let mut strokes: Vec<usize> = Vec::new();
        let mut last = None;
        for nth in (0..level.len() - CLIMB).filter(|nth| climbs(*nth)) {
            // One climb is many steps; only its first is the stroke.
            if last.is_none_or(|last| nth - last >= 80 / STEP_MS) {
                strokes.push(nth);
            }
            last = Some(nth);
        }
        strokes
            .into_iter()
            .map(|nth| (nth * STEP_MS) as f64 / 1000.0)
            .collect()
    }
}
