//! The routine that is being shaped, on the disk: opened, checked, saved, and kept as a draft
//! meanwhile, by one thread, in the order in which it is asked. It knows no screen.

mod draft;
mod file;

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

pub use draft::Draft;
pub use file::{NotSaved, Over, save};

use crate::check::{self, Checked};
use crate::library::{Entry, Library};
use crate::paths::Paths;
use crate::plan::Plan;
use crate::routine::text::printable;
use crate::source::{self, Folder};

/// A file that was opened to be shaped.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Where it lies, or will.
    pub path: PathBuf,
    /// What it holds; none while there is no such file.
    pub on_disk: Option<String>,
    /// What was kept of edits that were not saved.
    pub draft: Option<Draft>,
}

/// What is to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// Where.
    pub path: PathBuf,
    /// What.
    pub text: String,
    /// What the file held when it was last looked at; none where there was none.
    pub expected: Option<String>,
    /// Whether it goes over something else that stands there now.
    pub over: Over,
}

/// What a text came to.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Which edit's text.
    pub revision: u64,
    /// What can be said of it.
    pub checked: Checked,
    /// Its plan, if it is a routine.
    pub plan: Option<Arc<Plan>>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub enum Order {
    /// Open a file.
    Open(PathBuf),
    /// Open the user's own copy of a routine that ships; it is made where there is none.
    Copy(Box<Entry>),
    /// Save; whatever draft there is of it goes then.
    Save(Box<Save>),
    /// Keep edits that are not saved.
    Keep(Box<Draft>),
    /// What was kept of this file is not wanted any more.
    Forget(PathBuf),
    /// Say what can be said of a text.
    Look {
        /// The file that it is of, for the sounds beside it.
        path: PathBuf,
        /// Which edit's.
        revision: u64,
        /// The text.
        text: String,
    },
}

/// What became of it.
#[derive(Debug)]
pub enum Report {
    /// A file, or why it can't be opened, in a line.
    Opened(Result<Box<Opened>, String>),
    /// A save, and whether it is done.
    Saved(Box<Save>, Result<(), NotSaved>),
    /// Edits can't be kept as a draft, for this reason.
    NotKept(String),
    /// What a text came to.
    Looked(Box<Looked>),
}

/// Opens a file, whatever it holds; one that is not there is new.
///
/// # Errors
///
/// Why there is no text in it, in a line.
pub fn open(path: &Path, paths: Option<&Paths>) -> Result<Opened, String> {
    let is_new = path.symlink_metadata().is_err() || !path.exists();
    let on_disk = if is_new {
        None
    } else {
        let source = source::read(path);
        if let Some(trouble) = source.trouble {
            return Err(format!("{}: {}", source.name, trouble.message));
        }
        Some(source.text)
    };
    let draft = paths.and_then(|paths| Draft::find(path, &paths.data));
    let draft = draft.filter(|draft| Some(&draft.text) != on_disk.as_ref());
    Ok(Opened {
        path: path.to_owned(),
        on_disk,
        draft,
    })
}

/// What can be said of a text in the folder of `path`.
#[must_use]
pub fn look(path: &Path, revision: u64, text: &str) -> Looked {
    let checked = check::check(text, &Folder::of(path));
    let plan = checked.routine.as_ref().map(Plan::whole).map(Arc::new);
    Looked {
        revision,
        checked,
        plan,
    }
}

/// Does one thing, and says what became of it.
#[must_use]
pub fn perform(order: Order, paths: Option<&Paths>) -> Option<Report> {
    match order {
        Order::Open(path) => Some(Report::Opened(open(&path, paths).map(Box::new))),
        Order::Copy(entry) => {
            let copied = paths
                .ok_or_else(|| "there is no home folder to copy it to".to_owned())
                .and_then(|paths| Library::own_copy(&entry, paths));
            let opened = copied.and_then(|path| open(&path, paths));
            Some(Report::Opened(opened.map(Box::new)))
        }
        Order::Save(wanted) => {
            let done = save(&wanted);
            if done.is_ok() {
                forget(&wanted.path, paths);
            }
            Some(Report::Saved(wanted, done))
        }
        Order::Keep(draft) => {
            let kept = paths
                .ok_or_else(|| io::Error::other("there is no home folder"))
                .and_then(|paths| draft.keep(&paths.data));
            kept.err().map(|error| Report::NotKept(error.to_string()))
        }
        Order::Forget(path) => {
            forget(&path, paths);
            None
        }
        Order::Look {
            path,
            revision,
            text,
        } => Some(Report::Looked(Box::new(look(&path, revision, &text)))),
    }
}

fn forget(path: &Path, paths: Option<&Paths>) {
    if let Some(paths) = paths {
        Draft::forget(path, &paths.data);
    }
}

/// What was asked for and is not done, for a disk that does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// A file that was to be saved.
    Save(PathBuf),
    /// Edits of a file that were to be kept.
    Draft(PathBuf),
}

impl fmt::Display for Undone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Save(path) => write!(
                f,
                "{} may not be saved: the disk does not answer",
                printable(&path.display().to_string())
            ),
            Self::Draft(path) => write!(
                f,
                "what you changed last in {} may not be kept: the disk does not answer",
                printable(&path.display().to_string())
            ),
        }
    }
}

impl Undone {
    /// What would be lost with an order.
    fn of(order: &Order) -> Option<Self> {
        match order {
            Order::Save(save) => Some(Self::Save(save.path.clone())),
            Order::Keep(draft) => Some(Self::Draft(draft.path.clone())),
            _ => None,
        }
    }
}

/// What is asked for and not done yet, in the order in which it was asked for.
#[derive(Debug, Default)]
struct Pending(Mutex<VecDeque<Undone>>);

impl Pending {
    fn lock(&self) -> MutexGuard<'_, VecDeque<Undone>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An order is done, or needless.
    fn done(&self, undone: &Undone) {
        let mut pending = self.lock();
        if let Some(at) = pending.iter().position(|one| one == undone) {
            pending.remove(at);
        }
    }
}

/// The thread.
#[derive(Debug)]
pub struct Desk {
    tell: Sender<Order>,
    pending: Arc<Pending>,
    /// Closed when the thread has ended.
    ended: Receiver<()>,
}

impl Desk {
    /// Starts it; what becomes of each order is told to `report`.
    ///
    /// # Errors
    ///
    /// When the system has no thread left.
    pub fn start(
        paths: Option<Paths>,
        report: impl Fn(Report) + Send + 'static,
    ) -> io::Result<Self> {
        let (tell, told) = mpsc::channel();
        let (ends, ended) = mpsc::channel();
        let pending = Arc::new(Pending::default());
        let known = Arc::clone(&pending);
        thread::Builder::new()
            .name("desk".to_owned())
            .spawn(move || {
                // Goes with the thread, however that ends.
                let _ends: Sender<()> = ends;
                let mut waiting = VecDeque::new();
                while let Some(order) = next(&told, &mut waiting, &known) {
                    let undone = Undone::of(&order);
                    let answer = perform(order, paths.as_ref());
                    if let Some(undone) = undone {
                        known.done(&undone);
                    }
                    if let Some(answer) = answer {
                        report(answer);
                    }
                }
            })?;
        Ok(Self {
            tell,
            pending,
            ended,
        })
    }

    /// Asks for something.
    pub fn order(&self, order: Order) {
        let mut pending = self.pending.lock();
        if let Order::Forget(path) = &order {
            // That draft is not wanted any more.
            pending.retain(|undone| *undone != Undone::Draft(path.clone()));
        }
        pending.extend(Undone::of(&order));
        drop(pending);
        let _ = self.tell.send(order);
    }

    /// Returns when all is done, or after so long: then with what is not.
    #[must_use]
    pub fn finish(self, patience: Duration) -> Vec<Undone> {
        drop(self.tell);
        // Nothing is ever sent.
        let _ = self.ended.recv_timeout(patience);
        let mut undone: Vec<Undone> = self.pending.lock().drain(..).collect();
        // One edit after another of the same file is said once.
        undone.dedup();
        undone
    }
}

/// The next thing to do: what a later order makes needless is left out.
fn next(told: &Receiver<Order>, waiting: &mut VecDeque<Order>, pending: &Pending) -> Option<Order> {
    loop {
        if waiting.is_empty() {
            waiting.push_back(told.recv().ok()?);
        }
        waiting.extend(told.try_iter());
        let first = waiting.pop_front()?;
        let needless = match &first {
            Order::Look { .. } => waiting
                .iter()
                .any(|later| matches!(later, Order::Look { .. })),
            Order::Keep(draft) => waiting.iter().any(|later| match later {
                Order::Keep(newer) => newer.path == draft.path,
                Order::Forget(path) => *path == draft.path,
                _ => false,
            }),
            _ => false,
        };
        if !needless {
            return Some(first);
        }
        if let Some(undone) = Undone::of(&first) {
            pending.done(&undone);
        }
    }
}
