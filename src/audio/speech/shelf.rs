//! Where rendered lines are kept: one small WAV file each, in a folder of the
//! user alone. Whatever is found there is read with care; what is no line any
//! more is rendered again.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use hound::{SampleFormat, WavSpec, WavWriter};

use crate::audio::clip::Clip;

/// The most that is kept, in bytes: some 1,500 lines. The oldest go first.
const MOST: u64 = 256 << 20;

/// The folder.
#[derive(Debug)]
pub(super) struct Shelf(PathBuf);

impl Shelf {
    /// Uses that folder, made for the user alone.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        make_private(folder)?;
        Ok(Self(folder.to_owned()))
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0
    }

    fn place(&self, key: &str) -> PathBuf {
        self.0.join(format!("{key}.wav"))
    }

    /// The line of that key, if it is here and whole.
    pub(super) fn find(&self, key: &str) -> Option<Clip> {
        Clip::read(&self.place(key)).ok()
    }

    /// Keeps a line: whole or not at all.
    pub(super) fn put(&self, key: &str, clip: &Clip) -> io::Result<()> {
        let part = self.0.join(format!("{key}.{}.part", std::process::id()));
        let written = write(&part, clip).and_then(|()| fs::rename(&part, self.place(key)));
        if written.is_err() {
            // It may not even be there.
            let _ = fs::remove_file(&part);
        }
        written
    }

    /// Removes the oldest lines while there are too many, but none of `used`.
    pub(super) fn prune(&self, used: &[String]) {
        self.prune_to(MOST, used);
    }

    fn prune_to(&self, most: u64, used: &[String]) {
        let Ok(listing) = fs::read_dir(&self.0) else {
            return;
        };
        let mut lines: Vec<_> = listing
            .flatten()
            .filter_map(|entry| {
                let about = entry.metadata().ok()?;
                let key = entry.file_name().into_string().ok()?;
                let key = key.strip_suffix(".wav")?.to_owned();
                Some((about.modified().ok()?, about.len(), key))
            })
            .collect();
        lines.sort_unstable();
        let mut weight: u64 = lines.iter().map(|(_, len, _)| len).sum();
        for (_, len, key) in lines {
            if weight <= most {
                return;
            }
            if !used.contains(&key) && fs::remove_file(self.place(&key)).is_ok() {
                weight -= len;
            }
        }
    }
}

/// 16 bits, mono, for the user alone.
fn write(path: &Path, clip: &Clip) -> io::Result<()> {
    let spec = WavSpec {
        channels: 1,
        sample_rate: clip.rate(),
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let wrong = |error: hound::Error| match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    };
    let mut wav = WavWriter::new(BufWriter::new(create(path)?), spec).map_err(wrong)?;
    for sample in clip.samples() {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a sample between -1 and 1 becomes one of 16 bits"
        )]
        let sample = (sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)).round() as i16;
        wav.write_sample(sample).map_err(wrong)?;
    }
    wav.finalize().map_err(wrong)
}

#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = File::options();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<File> {
    File::create(path)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    // It may have been there with other permissions.
    let private = fs::Permissions::from_mode(0o700);
    fs::set_permissions(folder, private)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_as_it_was_and_by_the_user_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/voice");
        let shelf = Shelf::open(&folder).unwrap();
        let clip = Clip::tone(300.0, 200, 0.3);
        shelf.put("one", &clip).unwrap();
        let found = shelf.find("one").unwrap();
        assert_eq!((found.length(), found.rate()), (clip.length(), clip.rate()));
        for (a, b) in clip.samples().iter().zip(found.samples()) {
            assert!((a - b).abs() < 1e-4);
        }
        assert!(shelf.find("two").is_none());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&folder), 0o700);
            assert_eq!(mode(&folder.join("one.wav")), 0o600);
        }
    }

    #[test]
    fn what_is_no_line_any_more_is_not_found() {
        let home = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(home.path()).unwrap();
        shelf.put("one", &Clip::tone(300.0, 200, 0.3)).unwrap();
        let path = home.path().join("one.wav");
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..30]).unwrap();
        assert!(shelf.find("one").is_none());
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(shelf.find("one").is_none());
    }

    #[test]
    fn the_oldest_go_first_and_none_that_is_used() {
        let home = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(home.path()).unwrap();
        let clip = Clip::tone(300.0, 100, 0.3);
        for (age, key) in ["used", "old", "new"].into_iter().enumerate() {
            shelf.put(key, &clip).unwrap();
            let file = File::options().write(true).open(shelf.place(key)).unwrap();
            let since = std::time::Duration::from_secs(1_000_000 + u64::try_from(age).unwrap());
            file.set_modified(std::time::UNIX_EPOCH + since).unwrap();
        }
        let one = fs::metadata(shelf.place("new")).unwrap().len();
        shelf.prune_to(2 * one, &["used".to_owned()]);
        let here = ["used", "old", "new"].map(|key| shelf.find(key).is_some());
        assert_eq!(here, [true, false, true]);
    }
}
