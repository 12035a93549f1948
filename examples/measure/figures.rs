//! Sums over moments: medians, the grid of seconds, the answer to a key. Pure
//! arithmetic, in nanoseconds in and milliseconds out.

use super::terminal::Chunk;

/// Output closer together than this belongs to one picture.
const ONE_PICTURE: u64 = 5_000_000;

/// How the second is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ticks {
    /// Off the grid of seconds, in the mean.
    pub(crate) mean: f64,
    /// The same at the 99th percentile.
    pub(crate) p99: f64,
    /// How much later each minute, over the whole time.
    pub(crate) drift: f64,
}

/// The value below which that share of them lies.
pub(crate) fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let index = (share * as_float(last)).round();
    sorted.into_iter().nth(as_index(index))
}

/// First and last moment of each picture.
pub(crate) fn pictures(chunks: &[Chunk]) -> Vec<(u64, u64)> {
    let mut pictures: Vec<(u64, u64)> = Vec::new();
    for chunk in chunks {
        match pictures.last_mut() {
            Some((_, last)) if chunk.at.saturating_sub(*last) < ONE_PICTURE => *last = chunk.at,
            _ => pictures.push((chunk.at, chunk.at)),
        }
    }
    pictures
}

/// From the key to the end of the picture that follows; none where none follows
/// before the next key.
pub(crate) fn answer(pictures: &[(u64, u64)], pressed: u64, next: u64) -> Option<f64> {
    pictures
        .iter()
        .find(|(first, _)| *first >= pressed)
        .filter(|(first, _)| *first < next)
        .map(|(_, last)| millis(last.saturating_sub(pressed)))
}

/// The second's jitter and drift; none where the picture does not change about
/// once a second.
pub(crate) fn ticks(pictures: &[(u64, u64)]) -> Option<Ticks> {
    let (begun, _) = *pictures.first()?;
    let (ended, _) = *pictures.last()?;
    let times: Vec<f64> = pictures
        .iter()
        .map(|(first, _)| millis(first - begun))
        .collect();
    let seconds = millis(ended - begun) / 1000.0;
    let rate = as_float(times.len() - 1) / seconds;
    if times.len() < 5 || !(0.9..=1.15).contains(&rate) {
        return None;
    }
    let mut seconds: Vec<(f64, f64)> = times
        .iter()
        .map(|time| (time / 1000.0).round())
        .zip(&times)
        .map(|(second, time)| (second, time - second * 1000.0))
        .collect();
    let off: Vec<f64> = seconds.iter().map(|(_, off)| *off).collect();
    let middle = quantile(&off, 0.5)?;
    // A shift's swell lies between the seconds on purpose: of each second, the
    // picture that is nearest to it.
    let error = |off: f64| (off - middle).abs();
    seconds.sort_by(|a, b| a.0.total_cmp(&b.0).then(error(a.1).total_cmp(&error(b.1))));
    seconds.dedup_by(|later, first| later.0.total_cmp(&first.0).is_eq());
    let (whole, off): (Vec<f64>, Vec<f64>) = seconds.into_iter().unzip();
    let errors: Vec<f64> = off.iter().map(|off| error(*off)).collect();
    let (mean_second, mean_off) = (mean(&whole), mean(&off));
    let spread: f64 = whole.iter().map(|s| (s - mean_second).powi(2)).sum();
    let together: f64 = whole
        .iter()
        .zip(&off)
        .map(|(s, o)| (s - mean_second) * (o - mean_off))
        .sum();
    Some(Ticks {
        mean: mean(&errors),
        p99: quantile(&errors, 0.99)?,
        drift: together / spread * 60.0,
    })
}

/// Milliseconds.
#[expect(clippy::cast_precision_loss, reason = "hours fit a float's 52 bits")]
pub(crate) fn millis(nanos: u64) -> f64 {
    nanos as f64 / 1e6
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts here are small")]
pub(crate) fn as_float(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rounded share of a length"
)]
fn as_index(index: f64) -> usize {
    index as usize
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / as_float(values.len())
}
