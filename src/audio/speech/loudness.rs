//! Makes every line as loud as a chime, whichever program spoke it, and takes off
//! the silence around it. Pure.

use crate::audio::clip::Clip;

/// Root mean square of the parts that sound, full scale being 1: with it speech is
/// as loud as an opening chime (EBU R 128, momentary).
const TARGET: f32 = 0.075;

/// No sample is louder: a voice with high peaks stays a little softer instead.
const PEAK: f32 = 0.7;

/// So much below its loudest moment a voice counts as silent: 36 dB.
const QUIET: f32 = 0.016;

/// The moments in which loudness is looked at, a second's 50th part.
const MOMENTS: usize = 50;

/// Moments of silence that are left at each end.
const MARGIN: usize = 1;

/// The line at its loudness, without the silence around it, its ends soft.
pub(super) fn even(clip: &Clip) -> Clip {
    let moment = usize::try_from(clip.rate()).unwrap_or(usize::MAX) / MOMENTS;
    let moment = moment.max(1);
    let powers: Vec<f32> = clip.samples().chunks(moment).map(power).collect();
    let loudest = powers.iter().copied().fold(0.0, f32::max);
    let sounds = |power: &f32| *power >= loudest * QUIET * QUIET;
    let first = powers.iter().position(sounds).unwrap_or(0);
    let last = powers.iter().rposition(sounds).unwrap_or(powers.len());
    let from = first.saturating_sub(MARGIN) * moment;
    let until = ((last + 1 + MARGIN) * moment).min(clip.samples().len());
    let kept = clip.samples().get(from..until).unwrap_or_default();

    let sounding: Vec<f32> = powers
        .iter()
        .copied()
        .filter(|power| sounds(power))
        .collect();
    let mean = sounding.iter().sum::<f32>() / short(sounding.len()).max(1.0);
    let peak = kept
        .iter()
        .fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    let gain = if mean > 0.0 && peak > 0.0 {
        (TARGET / mean.sqrt()).min(PEAK / peak)
    } else {
        1.0
    };
    let edge = (moment / 4).max(1);
    let samples = kept.iter().enumerate().map(|(index, sample)| {
        let near = index.min(kept.len() - 1 - index).min(edge);
        sample * gain * short(near) / short(edge)
    });
    Clip::from_samples(samples.collect(), clip.rate())
}

fn power(samples: &[f32]) -> f32 {
    samples.iter().map(|sample| sample * sample).sum::<f32>() / short(samples.len()).max(1.0)
}

fn short(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tone of 600 ms at that level between silences, as speech has them.
    fn line(level: f32) -> Clip {
        let mut samples = vec![0.0; 24_000];
        samples.extend(Clip::tone(300.0, 600, level).samples());
        samples.extend(vec![0.0; 48_000]);
        Clip::from_samples(samples, 48_000)
    }

    #[test]
    fn silence_around_a_line_goes_and_its_ends_are_soft() {
        let even = even(&line(0.2));
        let ms = even.length().as_millis();
        assert!((600..=680).contains(&ms), "{ms} ms");
        assert!(even.samples()[0].abs() < 1e-4);
        assert!(even.samples().last().unwrap().abs() < 1e-4);
    }

    #[test]
    fn loud_and_soft_voices_come_out_alike_and_none_clips() {
        let level = |clip: &Clip| power(&clip.samples()[10_000..20_000]).sqrt();
        for written in [0.02, 0.2, 0.95] {
            let level = level(&even(&line(written)));
            assert!((level - TARGET).abs() < 0.005, "{written}: {level}");
        }
        let mut sharp = vec![0.001; 48_000];
        sharp[20_000] = 1.0;
        let even = even(&Clip::from_samples(sharp, 48_000));
        assert!(even.samples().iter().all(|x| x.abs() <= PEAK + 1e-6));
    }
}
