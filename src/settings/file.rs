//! The settings file on the disk: written for who has none, and changed value
//! by value, on a thread of its own. It must not know what a value means.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use super::commented;
use super::splice::{Change, splice};
use crate::new_file;

/// What came of asking for a settings file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is new.
    Now,
    /// It was there, and is as it was.
    Before,
}

/// Writes the commented settings where there are none.
///
/// # Errors
///
/// What the disk says.
pub fn create(path: &Path) -> io::Result<Written> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match new_file::write(path, &commented::text()) {
        Ok(()) => Ok(Written::Now),
        // A link that leads nowhere is somebody's too.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Written::Before),
        Err(error) => Err(error),
    }
}

/// Makes one change in the file: written beside and renamed, so that it is
/// whole at any time. Where there is none it begins as the commented one.
///
/// # Errors
///
/// Why the file is left as it was, in words.
pub fn change(path: &Path, change: &Change) -> Result<(), String> {
    let refused = |why: String| format!("{} is left as it was: {why}", path.display());
    create(path).map_err(|error| refused(error.to_string()))?;
    // A link stays a link: what it leads to is written.
    let path = fs::canonicalize(path).map_err(|error| refused(error.to_string()))?;
    let source = crate::source::read(&path);
    if let Some(trouble) = source.trouble {
        return Err(refused(trouble.message));
    }
    let new = splice(&source.text, change).map_err(refused)?;
    if new == source.text {
        return Ok(());
    }
    // Nothing is written that can't be read again.
    if let (_, Some(broken)) = super::understood(&new) {
        return Err(refused(broken));
    }
    replace(&path, &new).map_err(|error| refused(error.to_string()))
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::metadata(path)?.permissions())?;
    file.sync_all()?;
    fs::rename(beside, path)
}

/// Changes the file on a thread of its own, one change after the other.
#[derive(Debug)]
pub struct Writer {
    tell: Sender<Change>,
    /// Closed when the thread has ended.
    ended: Receiver<()>,
}

impl Writer {
    /// Starts the thread; `refused` is told why a change could not be made.
    ///
    /// # Errors
    ///
    /// When the system has no thread left.
    pub fn start(path: PathBuf, refused: impl Fn(String) + Send + 'static) -> io::Result<Self> {
        let (tell, told) = mpsc::channel::<Change>();
        let (ends, ended) = mpsc::channel();
        thread::Builder::new()
            .name("settings".to_owned())
            .spawn(move || {
                let _ends: Sender<()> = ends;
                for wanted in told {
                    if let Err(why) = change(&path, &wanted) {
                        refused(why);
                    }
                }
            })?;
        Ok(Self { tell, ended })
    }

    /// Makes this change.
    pub fn change(&self, change: Change) {
        let _ = self.tell.send(change);
    }

    /// Returns when all is written, or after so long: a disk may never answer.
    pub fn finish(self, patience: Duration) {
        drop(self.tell);
        // Nothing is ever sent.
        let _ = self.ended.recv_timeout(patience);
    }
}

#[cfg(test)]
mod tests {
    use super::super::splice::What;
    use super::*;

    fn wanted(name: &'static str, value: &str) -> Change {
        Change {
            what: What::Setting(name),
            value: Some(value.to_owned()),
        }
    }

    #[test]
    fn it_is_written_once_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/settings.ron");
        assert_eq!(create(&path).unwrap(), Written::Now);
        assert_eq!(fs::read_to_string(&path).unwrap(), commented::text());
        fs::write(&path, "mine").unwrap();
        assert_eq!(create(&path).unwrap(), Written::Before);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }

    #[test]
    fn changes_come_one_after_the_other_and_leave_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        fs::write(&path, "(\n    // so\n    volume: 40, // low\n)\n").unwrap();
        let writer = Writer::start(path.clone(), |why| panic!("{why}")).unwrap();
        writer.change(wanted("volume", "50"));
        writer.change(wanted("theme", "HighContrast"));
        writer.finish(Duration::from_secs(60));
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "(\n    // so\n    volume: 50, // low\n    theme: HighContrast,\n)\n"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_broken_file_is_left_as_it_was_and_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        for broken in ["(volume: 40", "(volume: 40))", "(volume 40)", "\"no\""] {
            fs::write(&path, broken).unwrap();
            let why = change(&path, &wanted("theme", "Warm")).unwrap_err();
            assert!(why.contains("is left as it was"), "{why}");
            assert_eq!(fs::read_to_string(&path).unwrap(), broken);
        }
    }

    #[test]
    fn a_value_that_is_wrong_elsewhere_does_not_stand_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        fs::write(&path, "(volume: 400)").unwrap();
        change(&path, &wanted("theme", "Warm")).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "(volume: 400, theme: Warm)");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_the_mode_stays() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, real) = (
            folder.path().join("settings.ron"),
            folder.path().join("real"),
        );
        fs::write(&real, "()").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&real, &path).unwrap();
        change(&path, &wanted("theme", "Warm")).unwrap();
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "(theme: Warm)");
        let mode = fs::metadata(&real).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
