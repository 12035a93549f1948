//! The routines one can pick from: those that ship, embedded in the program,
//! and the user's own files, broken ones too.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use crate::check::{self, Checked};
use crate::diagnostic::Diagnostic;
use crate::new_file;
use crate::paths::Paths;
use crate::plan::Plan;
use crate::routine::Routine;
use crate::routine::read::NoSounds;
use crate::routine::text::did_you_mean;
use crate::source::{self, Folder};

/// The routines that ship: file stem and text, from the shortest to the
/// longest.
pub const SHIPPED: [(&str, &str); 6] = [
    (
        "two-minute-tour",
        include_str!("../routines/two-minute-tour.ron"),
    ),
    ("first-steps", include_str!("../routines/first-steps.ron")),
    ("back-basics", include_str!("../routines/back-basics.ron")),
    (
        "gluteals-and-legs",
        include_str!("../routines/gluteals-and-legs.ron"),
    ),
    ("prone-flow", include_str!("../routines/prone-flow.ron")),
    ("full-body", include_str!("../routines/full-body.ron")),
];

/// Name and length in seconds of each of these, so that a list of them needs
/// none of the texts.
const HEADINGS: [(&str, u64); SHIPPED.len()] = [
    ("Two-Minute Tour", 120),
    ("First Steps", 600),
    ("Back Basics", 1800),
    ("Gluteals and Legs", 2700),
    ("Prone Flow", 3600),
    ("Full Body", 5400),
];

/// From so many unread routines on, threads that help are worth their beginning.
const MANY: usize = 8;
/// More of them at once gain little.
const MOST_THREADS: usize = 4;

/// What a list says of a routine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// Its name; a broken one's file name.
    pub name: &'a str,
    /// Whose it is.
    pub whose: Whose,
    /// How long it lasts; none for a broken one.
    pub length: Option<Duration>,
}

/// Who brought a routine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// It ships with the program.
    Shipped,
    /// The user.
    Own,
}

/// Where a routine comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It ships with the program.
    Shipped,
    /// A file of the user's.
    File(PathBuf),
}

/// A routine that one can pick, or one that is broken and says why.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The file's name without its ending.
    pub stem: String,
    /// As messages call it.
    pub path: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its text; empty where it can't be read.
    pub text: String,
    /// What that text came to.
    pub content: Result<Routine, Vec<Diagnostic>>,
    /// What makes one wonder about a routine that runs.
    pub warnings: Vec<Diagnostic>,
    /// How many more errors or warnings there are than these.
    pub unlisted: usize,
}

impl Entry {
    /// The routine's name; a broken one's file name.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.content {
            Ok(routine) => &routine.name,
            Err(_) => &self.stem,
        }
    }

    fn new(stem: &str, path: String, origin: Origin, text: String, checked: Checked) -> Self {
        let Checked {
            routine,
            diagnostics,
            more,
        } = checked;
        let (content, warnings) = match routine {
            Some(routine) => (Ok(routine), diagnostics),
            None => (Err(diagnostics), Vec::new()),
        };
        Self {
            stem: stem.to_owned(),
            path,
            origin,
            text,
            content,
            warnings,
            unlisted: more,
        }
    }

    /// The file at `path`, whatever it holds.
    #[must_use]
    pub fn open(path: &Path) -> Self {
        let source = source::read(path);
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let checked = match source.trouble {
            Some(trouble) => Checked {
                routine: None,
                diagnostics: vec![trouble],
                more: 0,
            },
            None => check::check(&source.text, &Folder::of(path)),
        };
        let origin = Origin::File(path.to_owned());
        Self::new(&stem, source.name, origin, source.text, checked)
    }

    /// A text as if it were the file at `path`.
    #[must_use]
    pub fn of_text(path: &Path, text: &str) -> Self {
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let checked = check::check(text, &Folder::of(path));
        let name = path.display().to_string();
        let origin = Origin::File(path.to_owned());
        Self::new(&stem, name, origin, text.to_owned(), checked)
    }

    fn shipped(stem: &str, text: &str) -> Self {
        let checked = check::check(text, &NoSounds);
        let path = format!("{stem}.ron");
        Self::new(stem, path, Origin::Shipped, text.to_owned(), checked)
    }
}

/// Every routine that can be picked, the user's own first. Which there are is
/// known from the beginning; what is in one is read when it is first looked at.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// In the order of the list.
    rows: Arc<[Row]>,
}

/// A place in the list.
#[derive(Debug)]
struct Row {
    source: Source,
    read: OnceLock<Entry>,
    /// How long it lasts, placed in time once.
    length: OnceLock<Option<Duration>>,
}

/// Where a routine is read from.
#[derive(Debug)]
enum Source {
    /// One that ships: its number.
    Shipped(usize),
    /// A file of the user's.
    File(PathBuf),
}

impl Row {
    const fn new(source: Source) -> Self {
        Self {
            source,
            read: OnceLock::new(),
            length: OnceLock::new(),
        }
    }

    fn entry(&self) -> &Entry {
        self.read.get_or_init(|| match &self.source {
            Source::Shipped(number) => {
                let (stem, text) = SHIPPED.get(*number).copied().unwrap_or_default();
                Entry::shipped(stem, text)
            }
            Source::File(path) => Entry::open(path),
        })
    }

    fn heading(&self) -> Heading<'_> {
        if let (None, Source::Shipped(number)) = (self.read.get(), &self.source)
            && let Some(&(name, length)) = HEADINGS.get(*number)
        {
            return Heading {
                name,
                whose: Whose::Shipped,
                length: Some(Duration::from_secs(length)),
            };
        }
        let entry = self.entry();
        Heading {
            name: entry.name(),
            whose: match entry.origin {
                Origin::Shipped => Whose::Shipped,
                Origin::File(_) => Whose::Own,
            },
            length: *self.length.get_or_init(|| {
                let routine = entry.content.as_ref().ok()?;
                Some(Plan::whole(routine).length())
            }),
        }
    }

    /// Whether its heading is known without reading anything.
    fn is_known(&self) -> bool {
        matches!(self.source, Source::Shipped(_)) || self.read.get().is_some()
    }
}

/// No routine of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no routine called \"{asked}\"")]
pub struct NotFound {
    /// As asked.
    pub asked: String,
    /// The one that was probably meant.
    pub meant: Option<String>,
    /// All there are, by file stem.
    pub stems: Vec<String>,
}

impl Library {
    /// The user's routines and those that ship: their names alone are looked
    /// for.
    #[must_use]
    pub fn load(paths: Option<&Paths>) -> Self {
        let own = paths.map(|paths| routine_files(&paths.routines()));
        let own = own.unwrap_or_default().into_iter().map(Source::File);
        let shipped = (0..SHIPPED.len()).map(Source::Shipped);
        Self {
            rows: own.chain(shipped).map(Row::new).collect(),
        }
    }

    /// Those that have been read already.
    #[must_use]
    pub fn of(entries: Vec<Entry>) -> Self {
        let row = |entry: Entry| Row {
            source: match &entry.origin {
                Origin::Shipped => Source::Shipped(SHIPPED.len()),
                Origin::File(path) => Source::File(path.clone()),
            },
            read: OnceLock::from(entry),
            length: OnceLock::new(),
        };
        Self {
            rows: entries.into_iter().map(row).collect(),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The one at a place of the list, read now if nobody has looked at it yet.
    #[must_use]
    pub fn entry(&self, index: usize) -> Option<&Entry> {
        self.rows.get(index).map(Row::entry)
    }

    /// What a list says of the one at that place; one that ships need not be
    /// read for it.
    #[must_use]
    pub fn heading(&self, index: usize) -> Option<Heading<'_>> {
        self.rows.get(index).map(Row::heading)
    }

    /// Reads those of the user's at these places that nobody has looked at yet: on
    /// all cores where they are many, so that a list of them is waited for less.
    pub fn read(&self, places: impl Iterator<Item = usize>) {
        let unread: Vec<&Row> = places
            .filter_map(|place| self.rows.get(place))
            .filter(|row| !row.is_known())
            .collect();
        if unread.len() < MANY {
            return;
        }
        let next = AtomicUsize::new(0);
        let read = || {
            while let Some(row) = unread.get(next.fetch_add(1, Ordering::Relaxed)) {
                row.heading();
            }
        };
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        thread::scope(|scope| {
            for _ in 1..cores.min(MOST_THREADS) {
                // Without it the others read more.
                let _ = thread::Builder::new().spawn_scoped(scope, read);
            }
            read();
        });
    }

    /// All of them, each read when its turn comes.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.rows.iter().map(Row::entry)
    }

    /// Where the one that ships under this file stem is in the list; nothing
    /// is read for it.
    #[must_use]
    pub fn place_of_shipped(&self, wanted: &str) -> Option<usize> {
        self.rows
            .iter()
            .position(|row| match (row.read.get(), &row.source) {
                (Some(entry), _) => entry.origin == Origin::Shipped && entry.stem == wanted,
                (None, Source::Shipped(number)) => SHIPPED
                    .get(*number)
                    .is_some_and(|(stem, _)| *stem == wanted),
                (None, Source::File(_)) => false,
            })
    }

    /// Where the user's own file is in the list; nothing is read for it.
    #[must_use]
    pub fn place_of_file(&self, wanted: &Path) -> Option<usize> {
        let is_it = |row: &Row| matches!(&row.source, Source::File(path) if path == wanted);
        self.rows.iter().position(is_it)
    }

    /// Copies a routine that ships to the user's own, so that it can be
    /// changed; never over a file.
    ///
    /// # Errors
    ///
    /// What is in the way, in a line.
    pub fn copy(entry: &Entry, paths: &Paths) -> Result<PathBuf, String> {
        let folder = paths.routines();
        let path = place_of_copy(entry, paths);
        let failed = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                format!("there is a {}.ron among your own already", entry.stem)
            }
            _ => format!("it can't be copied: {error}"),
        };
        std::fs::create_dir_all(&folder).map_err(failed)?;
        new_file::write(&path, &entry.text).map_err(failed)?;
        Ok(path)
    }

    /// The user's own copy of a routine that ships, as it is by now; made where there is none.
    ///
    /// # Errors
    ///
    /// What is in the way, in a line.
    pub fn own_copy(entry: &Entry, paths: &Paths) -> Result<PathBuf, String> {
        let path = place_of_copy(entry, paths);
        if path.exists() {
            return Ok(path);
        }
        Self::copy(entry, paths)
    }

    /// The routine that the user means: a path when it has a separator or
    /// ends in `.ron`, else a file stem, else a name, whatever the case. Only
    /// what may match is read.
    ///
    /// # Errors
    ///
    /// That there is none, with the nearest there is.
    pub fn find(asked: &str, paths: Option<&Paths>) -> Result<Entry, NotFound> {
        let names_a_file = asked.contains(std::path::is_separator)
            || Path::new(asked)
                .extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
        if names_a_file {
            return Ok(Entry::open(Path::new(asked)));
        }
        let same = |name: &str| name.to_lowercase() == asked.to_lowercase();
        let own = paths
            .map(|paths| routine_files(&paths.routines()))
            .unwrap_or_default();
        let stem_of = |path: &PathBuf| {
            path.file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        if let Some(path) = own.iter().find(|path| same(&stem_of(path))) {
            return Ok(Entry::open(path));
        }
        if let Some((stem, text)) = SHIPPED.iter().find(|(stem, _)| same(stem)) {
            return Ok(Entry::shipped(stem, text));
        }
        let library = Self::load(paths);
        if let Some(entry) = library.entries().find(|entry| same(entry.name())) {
            return Ok(entry.clone());
        }
        let stems: Vec<String> = library.entries().map(|entry| entry.stem.clone()).collect();
        let meant = did_you_mean(asked, stems.iter().map(String::as_str)).map(str::to_owned);
        Err(NotFound {
            asked: asked.to_owned(),
            meant,
            stems,
        })
    }
}

/// Where the user's copy of a routine lies.
fn place_of_copy(entry: &Entry, paths: &Paths) -> PathBuf {
    paths.routines().join(format!("{}.ron", entry.stem))
}

/// The `.ron` files of a folder, by name.
fn routine_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(listing) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = listing
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_of_what_ships_what_is_in_it() {
        let (unread, read) = (Library::load(None), Library::load(None));
        for index in 0..read.len() {
            assert!(read.entry(index).unwrap().content.is_ok());
            assert_eq!(unread.heading(index), read.heading(index));
        }
        assert_eq!(read.len(), SHIPPED.len());
    }

    #[test]
    fn nothing_is_read_before_it_is_looked_at() {
        let home = tempfile::tempdir().unwrap();
        let paths = Paths {
            settings: home.path().join("settings"),
            data: home.path().join("data"),
        };
        std::fs::create_dir_all(paths.routines()).unwrap();
        let file = |name: &str| paths.routines().join(name);
        for name in ["b.ron", "a.ron", "c.txt"] {
            std::fs::write(file(name), "nonsense").unwrap();
        }
        let library = Library::load(Some(&paths));
        assert_eq!(library.len(), 2 + SHIPPED.len());
        assert_eq!(library.place_of_file(&file("b.ron")), Some(1));
        assert_eq!(library.place_of_shipped("first-steps"), Some(3));
        // What is saved meanwhile is what is found then.
        std::fs::write(file("a.ron"), SHIPPED[1].1).unwrap();
        assert_eq!(library.heading(0).unwrap().name, "First Steps");
        assert_eq!(library.heading(1).unwrap().length, None);
    }

    #[test]
    fn many_that_are_read_together_are_read_once_and_as_alone() {
        let home = tempfile::tempdir().unwrap();
        let paths = Paths {
            settings: home.path().join("settings"),
            data: home.path().join("data"),
        };
        std::fs::create_dir_all(paths.routines()).unwrap();
        let file = |number: usize| paths.routines().join(format!("{number:03}.ron"));
        for number in 0..40 {
            let (_, text) = SHIPPED[number % SHIPPED.len()];
            let text = if number == 7 { "nonsense" } else { text };
            std::fs::write(file(number), text).unwrap();
        }
        let (together, alone) = (Library::load(Some(&paths)), Library::load(Some(&paths)));
        for place in 30..40 {
            assert!(alone.heading(place).is_some());
        }
        together.read(0..30);
        alone.read(28..32);
        // What was read stays; what was not in question is read later.
        for number in 0..40 {
            std::fs::write(file(number), "(").unwrap();
        }
        for place in 0..30 {
            let heading = together.heading(place).unwrap();
            assert_eq!(heading.length.is_none(), place == 7, "{place}");
            assert_eq!(alone.heading(place).unwrap().length, None, "{place}");
        }
        assert_eq!(together.heading(35).unwrap().length, None);
        assert!(alone.heading(35).unwrap().length.is_some());
    }
}
