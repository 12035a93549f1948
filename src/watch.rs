//! Notices that files were saved, in whatever way an editor saves: written in place, put beside and
//! renamed, removed and made again, with or without their folder. It knows when, not what is done about
//! it. Nothing is looked at until the system says that something has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::clock::Clock;

/// How long all must be quiet: editors save in several steps.
const SETTLED: Duration = Duration::from_millis(100);
/// How long that is waited for: another program may write there all the time.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a folder is looked for that comes and goes while it is.
const TRIES: usize = 8;

/// Files that are watched, from the moment at which it was made.
#[derive(Debug)]
pub struct Watch {
    /// As they were named; a folder stands for all that is below it.
    files: Vec<PathBuf>,
    watcher: RecommendedWatcher,
    /// What the watcher listens to.
    armed: BTreeSet<PathBuf>,
    concern: Arc<Mutex<Concern>>,
    news: Receiver<News>,
}

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    /// A file that matters.
    File,
    /// A folder on the way to one: the system may have lost sight of it.
    Folder,
}

/// Which changes matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Concern {
    /// The folders in which files lie, and whether all below them matters.
    folders: BTreeMap<PathBuf, RecursiveMode>,
    /// What files are called.
    names: BTreeSet<OsString>,
}

impl Concern {
    /// With these files as they are now.
    fn with(files: &[PathBuf]) -> Self {
        let mut concern = Self::default();
        for file in files {
            let file = std::path::absolute(file).unwrap_or_else(|_| file.clone());
            // Many editors write through a link, into another folder.
            let target = fs::canonicalize(&file)
                .ok()
                .filter(|target| *target != file);
            for file in [Some(file), target].into_iter().flatten() {
                if file.is_dir() {
                    concern.folders.insert(file, RecursiveMode::Recursive);
                } else if let (Some(folder), Some(name)) = (file.parent(), file.file_name()) {
                    concern.names.insert(name.to_owned());
                    concern
                        .folders
                        .entry(folder.to_owned())
                        .or_insert(RecursiveMode::NonRecursive);
                }
            }
        }
        concern
    }

    /// What a change at `path` means.
    fn news(&self, path: &Path) -> Option<News> {
        if self.folders.keys().any(|folder| folder.starts_with(path)) {
            return Some(News::Folder);
        }
        let ending = path.extension().and_then(OsStr::to_str);
        // A sound that a routine names may come or go.
        let matters = matches!(ending, Some("ron" | "wav" | "ogg"))
            || path
                .file_name()
                .is_some_and(|name| self.names.contains(name));
        matters.then_some(News::File)
    }
}

impl Watch {
    /// Begins to watch these files and folders, which need not be there yet.
    ///
    /// # Errors
    ///
    /// When the system does not tell of changes there.
    pub fn new(files: &[PathBuf]) -> notify::Result<Self> {
        let (sender, news) = channel();
        let concern = Arc::default();
        let mut watch = Self {
            files: files.to_vec(),
            watcher: watcher(Arc::clone(&concern), sender)?,
            armed: BTreeSet::new(),
            concern,
            news,
        };
        watch.arm()?;
        Ok(watch)
    }

    /// Calls `changed` after every change, once it is over, on a thread of its
    /// own, for as long as the program lasts.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn follow(mut self, mut changed: impl FnMut() + Send + 'static) -> std::io::Result<()> {
        thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || {
                while self.next().is_some() {
                    changed();
                }
            })?;
        Ok(())
    }

    /// Waits for a change and for its end; none when there will be no other.
    fn next(&mut self) -> Option<()> {
        let mut latest = self.news.recv().ok()?;
        let clock = Clock::new();
        loop {
            if latest == News::Folder || self.concern() != Concern::with(&self.files) {
                // Where that can't be done, what is still seen is better than nothing.
                let _ = self.arm();
            }
            let left = PATIENCE.saturating_sub(clock.now()).min(SETTLED);
            match self.news.recv_timeout(left) {
                Ok(newer) => latest = newer,
                Err(_) => return Some(()),
            }
        }
    }

    fn concern(&self) -> Concern {
        let concern = self.concern.lock();
        concern.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Listens to the folders of the files as they are now. An editor may put
    /// a new file in the old one's place: listening to the file would lose it.
    fn arm(&mut self) -> notify::Result<()> {
        for place in std::mem::take(&mut self.armed) {
            // One that is gone is not listened to any more.
            let _ = self.watcher.unwatch(&place);
        }
        let concern = Concern::with(&self.files);
        let folders = concern.folders.clone();
        // Before the first change can come.
        *self.concern.lock().unwrap_or_else(PoisonError::into_inner) = concern;
        folders
            .into_iter()
            .try_for_each(|(folder, mode)| self.listen(&folder, mode))
    }

    /// Listens to a folder; while it is gone, to the nearest above it, which
    /// sees it come back.
    fn listen(&mut self, folder: &Path, mode: RecursiveMode) -> notify::Result<()> {
        let nearest = || folder.ancestors().find(|above| above.is_dir());
        let mut told = Ok(());
        for _ in 0..TRIES {
            let Some(place) = nearest() else { break };
            let mode = if place == folder {
                mode
            } else {
                RecursiveMode::NonRecursive
            };
            told = self.watcher.watch(place, mode);
            // It may have gone or come meanwhile.
            if nearest() == Some(place) {
                self.armed.insert(place.to_owned());
                break;
            }
            if !self.armed.contains(place) {
                let _ = self.watcher.unwatch(place);
            }
        }
        told
    }
}

/// Sends what has changed, as far as it matters.
fn watcher(
    concern: Arc<Mutex<Concern>>,
    sender: Sender<News>,
) -> notify::Result<RecommendedWatcher> {
    notify::recommended_watcher(move |event: notify::Result<Event>| {
        let concern = concern.lock().unwrap_or_else(PoisonError::into_inner);
        let news = match event {
            Ok(event) if event.kind.is_access() => None,
            Ok(event) if event.need_rescan() => Some(News::Folder),
            Ok(event) => event
                .paths
                .iter()
                .filter_map(|path| concern.news(path))
                .max_by_key(|&news| news == News::Folder),
            // What can't be told may be a change.
            Err(_) => Some(News::File),
        };
        if let Some(news) = news {
            // Nobody listens any more at the very end.
            let _ = sender.send(news);
        }
    })
}
