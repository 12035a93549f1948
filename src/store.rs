//! What is kept on disk: the running session's inputs, as they come, and the
//! practice log. One `SQLite` file in the user's data folder.
//!
//! [`Recorder`] writes the running session on a thread of its own; [`Store`]
//! is opened for a moment to ask: what was interrupted, what does the log say.
//! Neither knows the screens or the speaker. A position is never computed
//! here: a session is the fold of its inputs.

mod file;
mod heard;
mod lock;
mod log;
mod queue;
mod read;
mod recorder;
mod rows;
mod tape;
mod totals;
mod trouble;
mod wall;
mod words;
mod write;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

pub use file::FILE;
pub use heard::{Heard, Silence, Timing};
pub use log::{Detail, Entry};
pub use recorder::{Going, Recorder};
pub use rows::{LoggedCue, Step};
pub use tape::Meta;
pub use totals::{Progress, RegionTotal, Total, Totals};
pub use trouble::{Report, Trouble};
pub use wall::Wall;
pub use words::{Checklists, Felt, Kind, Prompts, Reason};

use crate::plan::Speed;
use crate::routine::vocabulary::{Region, Side};
use crate::session::{Left, Outcome, Session};
use lock::{Lock, Runs};
use tape::{Tape, outcome};
use write::Mark;

/// What names a session for good: the millisecond in which it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionKey(pub i64);

/// The file, open.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    folder: PathBuf,
    set_aside: Option<PathBuf>,
}

/// A session that can be resumed.
#[derive(Debug, Clone, PartialEq)]
pub struct Resumable {
    /// Its name for good.
    pub key: SessionKey,
    /// The routine's name.
    pub routine: String,
    /// What was known of it before it began.
    pub meta: Meta,
    /// How many times faster than real.
    pub speed: Speed,
    /// When it was last worked.
    pub last: Option<Wall>,
    /// How long since the first step opened, pauses left out, in session
    /// time.
    pub time_in: Duration,
    /// The step it stands at; none in get-ready.
    pub step: Option<StandsAt>,
}

/// The step that an interrupted session stands at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandsAt {
    /// Its place in the whole routine, from 1.
    pub number: usize,
    /// The stroke, or the transition in words.
    pub name: String,
    /// None for a transition.
    pub region: Option<Region>,
    /// Which side of the client.
    pub side: Option<Side>,
    /// What is left of it, in session time.
    pub left: Left,
}

/// A session taken from the file to go on with it; see [`Recorder::go_on`].
#[derive(Debug)]
pub struct Resumed {
    pub(in crate::store) tape: Tape,
    pub(in crate::store) mark: Mark,
    pub(in crate::store) at: Duration,
    pub(in crate::store) lock: Option<Lock>,
}

impl Resumed {
    /// What was known of it before it began.
    #[must_use]
    pub const fn meta(&self) -> &Meta {
        &self.tape.meta
    }

    /// The routine's name.
    #[must_use]
    pub fn routine(&self) -> &str {
        &self.tape.plan.name
    }

    /// The session as it stood at the last moment that is known, not paused
    /// by the interruption.
    #[must_use]
    pub fn session(&self) -> Session {
        self.tape.at(self.at)
    }
}

impl Store {
    /// Opens the file in the program's data folder; makes it if there is
    /// none. A damaged one is set aside first and a fresh one begun. A session
    /// that the program's death ended gets its place in the log.
    ///
    /// # Errors
    ///
    /// What stands in the way; nothing is changed then.
    pub fn open(folder: &Path) -> Result<Self, Trouble> {
        let mut set_aside = None;
        let store = match file::open(folder) {
            Err(Trouble::Damaged) => {
                set_aside = file::set_aside(folder)?;
                file::open(folder)?
            }
            other => other?,
        };
        let mut store = Self {
            connection: store,
            folder: folder.to_owned(),
            set_aside,
        };
        match store.settle() {
            Err(Trouble::Damaged) => {
                store.set_aside()?;
                Ok(store)
            }
            // The log is worth showing without it.
            _ => Ok(store),
        }
    }

    /// Opens the file for reading the log; none if there is none yet. It makes
    /// nothing where nothing is.
    ///
    /// # Errors
    ///
    /// What stands in the way.
    pub fn open_log(folder: &Path) -> Result<Option<Self>, Trouble> {
        if !folder.join(FILE).try_exists()? {
            return Ok(None);
        }
        match Self::open(folder) {
            Err(
                Trouble::ReadOnly | Trouble::Closed | Trouble::Full | Trouble::Disk | Trouble::Busy,
            ) => {
                let connection = file::open_to_read(folder)?;
                Ok(connection.map(|connection| Self {
                    connection,
                    folder: folder.to_owned(),
                    set_aside: None,
                }))
            }
            other => other.map(Some),
        }
    }

    /// Where the file went that was found damaged when this was opened, or
    /// since.
    #[must_use]
    pub fn was_set_aside(&self) -> Option<&Path> {
        self.set_aside.as_deref()
    }

    /// Sets the file aside, which turned out damaged, and begins a fresh one.
    ///
    /// # Errors
    ///
    /// What stands in the way.
    pub fn set_aside(&mut self) -> Result<(), Trouble> {
        // Nothing may hold the file while it is moved.
        self.connection = Connection::open_in_memory()?;
        if let Some(path) = file::set_aside(&self.folder)? {
            self.set_aside = Some(path);
        }
        self.connection = file::open(&self.folder)?;
        Ok(())
    }

    /// Gives each session that was cut off its place in the log.
    fn settle(&mut self) -> Result<(), Trouble> {
        for key in self.keys("SELECT id FROM session WHERE outcome IS NULL")? {
            if lock::runs(&self.folder, key) == Runs::Somewhere {
                continue;
            }
            // While it is held nobody begins to resume it.
            let Ok(_lock) = Lock::take(&self.folder, key) else {
                continue;
            };
            let stored = match read::stored(&self.connection, &self.folder, key) {
                Ok(stored) => stored,
                Err(Trouble::Damaged) => return Err(Trouble::Damaged),
                Err(_) => continue,
            };
            let session = stored.tape.at(stored.at);
            let (how, at) = outcome(&session).unwrap_or((Outcome::Interrupted, stored.at));
            let rows = rows::rows(&stored.tape, &session, at);
            let change = self
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let open: Option<bool> = change
                .query_row(
                    "SELECT outcome IS NULL FROM session WHERE id = ?1",
                    [key.0],
                    |row| row.get(0),
                )
                .optional()?;
            if open == Some(true) {
                write::log(&change, &stored.tape, how, &rows)?;
                change.commit()?;
            }
        }
        Ok(())
    }

    fn keys(&self, sql: &str) -> Result<Vec<SessionKey>, Trouble> {
        let mut query = self.connection.prepare_cached(sql)?;
        let keys = query.query_map([], |row| row.get(0).map(SessionKey))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// The sessions that can be resumed and run nowhere now, the one last
    /// worked first. One that can't be understood is left out.
    ///
    /// # Errors
    ///
    /// What stands in the way of reading.
    pub fn interrupted(&self) -> Result<Vec<Resumable>, Trouble> {
        let keys = self.keys(
            "SELECT id FROM session WHERE outcome = 'interrupted' ORDER BY ended_ms DESC, id DESC",
        )?;
        let mut found = Vec::new();
        for key in keys {
            if lock::runs(&self.folder, key) == Runs::Somewhere {
                continue;
            }
            match read::stored(&self.connection, &self.folder, key) {
                Ok(stored) => found.push(resumable(stored.tape, stored.at)),
                Err(Trouble::Damaged) => return Err(Trouble::Damaged),
                Err(_) => {}
            }
        }
        Ok(found)
    }

    /// Takes an interrupted session, so that no second copy of the program
    /// does; [`Recorder::go_on`] goes on with it.
    ///
    /// # Errors
    ///
    /// It is gone, runs elsewhere, can't be understood, or something stands in
    /// the way of reading.
    pub fn take(&self, key: SessionKey) -> Result<Resumed, Trouble> {
        let lock = match Lock::take(&self.folder, key) {
            Ok(lock) => Some(lock),
            Err(Trouble::Taken) => return Err(Trouble::Taken),
            // Where no lock can be made nothing can be kept either; the
            // session goes on all the same.
            Err(_) => None,
        };
        let resumable: Option<bool> = self
            .connection
            .query_row(
                "SELECT outcome IS NULL OR outcome = 'interrupted' FROM session WHERE id = ?1",
                [key.0],
                |row| row.get(0),
            )
            .optional()?;
        if resumable != Some(true) {
            if let Some(lock) = lock {
                lock.discard();
            }
            return Err(Trouble::Gone);
        }
        let stored = read::stored(&self.connection, &self.folder, key)?;
        let tape = resumable_tape(stored.tape);
        Ok(Resumed {
            mark: Mark::of_stored(&tape),
            at: stored.at,
            tape,
            lock,
        })
    }

    /// A session as it was told, and the last moment that is known of it, in
    /// session time: the fold of all that is stored, up to then.
    ///
    /// # Errors
    ///
    /// It is gone, can't be understood, or something stands in the way of
    /// reading.
    pub fn session(&self, key: SessionKey) -> Result<(Session, Duration), Trouble> {
        let stored = read::stored(&self.connection, &self.folder, key)?;
        Ok((stored.tape.at(stored.at), stored.at))
    }

    /// An interrupted session will not be resumed: it ended where it stood.
    ///
    /// # Errors
    ///
    /// It is gone, or what stands in the way of writing.
    pub fn let_go(&mut self, key: SessionKey) -> Result<(), Trouble> {
        let lock = Lock::take(&self.folder, key)?;
        let change = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = change.execute(
            "UPDATE session SET outcome = 'ended_early', aftercare = NULL \
             WHERE id = ?1 AND outcome = 'interrupted'",
            [key.0],
        )?;
        change.execute("DELETE FROM beat WHERE session = ?1", [key.0])?;
        change.execute("DELETE FROM progress WHERE session = ?1", [key.0])?;
        change.commit()?;
        lock.discard();
        if changed == 0 {
            Err(Trouble::Gone)
        } else {
            Ok(())
        }
    }
}

/// The tape as it was before the session was kept for later.
fn resumable_tape(mut tape: Tape) -> Tape {
    let worked = tape.worked().len();
    if worked < tape.inputs.len() {
        tape.inputs.truncate(worked);
        if let Some(session) = Tape::fold(&tape.start, &tape.plan, &tape.inputs) {
            tape.session = session;
        }
    }
    tape
}

fn resumable(tape: Tape, at: Duration) -> Resumable {
    let tape = resumable_tape(tape);
    let session = tape.at(at);
    let step = session
        .segment()
        .zip(session.left(at))
        .map(|(segment, left)| StandsAt {
            number: segment.number,
            name: segment.name().to_owned(),
            region: segment.region(),
            side: segment.side,
            left,
        });
    let since = at.saturating_sub(session.started().unwrap_or(at));
    // Get-ready's pauses come before the first step; few are.
    let time_in = since.saturating_sub(session.paused(at));
    Resumable {
        key: tape.key,
        routine: tape.plan.name.clone(),
        speed: tape.plan.speed,
        last: tape.wall(at),
        time_in,
        step,
        meta: tape.meta,
    }
}
