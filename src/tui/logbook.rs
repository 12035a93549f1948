//! The way to the practice log: one thread that does what it is asked in the
//! order in which it was asked, and answers; it may block, the loop does not.
//! It knows no screen's state and draws nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use std::{io, thread};

use jiff::civil::Date;

use super::app::LogOrder;
use super::screens::debrief::{self, Review};
use super::screens::log::{self, PracticeLog};
use crate::paths::Paths;
use crate::settings;
use crate::store::{SessionKey, Store, Trouble};

/// What comes of an order.
#[derive(Debug)]
pub(super) enum Answer {
    /// The practice log, read after it.
    Log(Result<PracticeLog, Trouble>),
    /// One session of it, read after it.
    Review(Result<Review, Trouble>),
    /// What was to be written is not.
    Refused(LogOrder, Trouble),
}

/// The number of an order, each one more than the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Nth(u64);

#[derive(Debug)]
struct Asked {
    nth: Nth,
    order: LogOrder,
    today: Date,
}

/// Takes the orders.
#[derive(Debug)]
pub(super) struct Logbook {
    tell: Sender<Asked>,
    last: Nth,
    /// How many orders to write are not done.
    unwritten: Arc<AtomicUsize>,
    /// Is cut off when the thread has ended.
    ended: Receiver<()>,
}

impl Logbook {
    /// Starts the thread, which answers through `answer`.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub(super) fn start(
        paths: Paths,
        answer: impl FnMut(Nth, Answer) + Send + 'static,
    ) -> io::Result<Self> {
        let (tell, told) = mpsc::channel();
        let (ends, ended) = mpsc::channel();
        let unwritten = Arc::new(AtomicUsize::new(0));
        let left = Arc::clone(&unwritten);
        thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || {
                follow(&paths, &told, &left, answer);
                drop(ends);
            })?;
        Ok(Self {
            tell,
            last: Nth(0),
            unwritten,
            ended,
        })
    }

    /// Does this after all that was asked before.
    pub(super) fn order(&mut self, order: LogOrder, today: Date) {
        self.last = Nth(self.last.0.saturating_add(1));
        if writes(&order) {
            self.unwritten.fetch_add(1, Ordering::Relaxed);
        }
        // The thread lives as long as this.
        let _ = self.tell.send(Asked {
            nth: self.last,
            order,
            today,
        });
    }

    /// Whether nothing was asked since: what is read for an earlier order may
    /// lack what a later one is about to write.
    pub(super) fn is_last(&self, nth: Nth) -> bool {
        self.last == nth
    }

    /// Returns when all is written or refused, or after so long.
    ///
    /// # Errors
    ///
    /// [`Trouble::Stuck`] when something may not be written.
    pub(super) fn finish(self, patience: Duration) -> Result<(), Trouble> {
        drop(self.tell);
        // Nothing is ever sent.
        let _ = self.ended.recv_timeout(patience);
        match self.unwritten.load(Ordering::Relaxed) {
            0 => Ok(()),
            _ => Err(Trouble::Stuck),
        }
    }
}

const fn writes(order: &LogOrder) -> bool {
    !matches!(order, LogOrder::Read | LogOrder::Review(_))
}

fn follow(
    paths: &Paths,
    told: &Receiver<Asked>,
    unwritten: &AtomicUsize,
    mut answer: impl FnMut(Nth, Answer),
) {
    let mut next = told.recv().ok();
    while let Some(Asked { nth, order, today }) = next.take() {
        let written = write(paths, &order);
        let shown = shown(&order);
        let refused = written.is_err();
        if let Err(why) = written {
            answer(nth, Answer::Refused(order.clone(), why));
        }
        if writes(&order) {
            unwritten.fetch_sub(1, Ordering::Relaxed);
        }
        next = told.try_recv().ok();
        // Nobody wants to see what the next order changes.
        if next.is_none() {
            let read = read(paths, shown, today);
            // What is on the screen is worth more than why it can't be read
            // again: why nothing was written was told.
            if !(refused && matches!(read, Answer::Log(Err(_)) | Answer::Review(Err(_)))) {
                answer(nth, read);
            }
            next = told.recv().ok();
        }
    }
}

/// Does what changes the log.
fn write(paths: &Paths, order: &LogOrder) -> Result<(), Trouble> {
    if !writes(order) {
        return Ok(());
    }
    let mut store = Store::open(&paths.data)?;
    match order {
        LogOrder::Read | LogOrder::Review(_) => Ok(()),
        LogOrder::SaveNote(key, note) => store.set_note(*key, note),
        LogOrder::Delete(key) => store.delete(*key),
        LogOrder::SetFelt(key, felt) => store.set_felt(*key, felt.as_deref()),
        LogOrder::SetReason(key, reason) => store.set_reason(*key, *reason),
    }
}

/// The session that is shown after an order; all of them without one.
const fn shown(order: &LogOrder) -> Option<SessionKey> {
    match order {
        LogOrder::Read | LogOrder::SaveNote(..) | LogOrder::Delete(_) => None,
        LogOrder::Review(key) | LogOrder::SetFelt(key, _) | LogOrder::SetReason(key, _) => {
            Some(*key)
        }
    }
}

fn read(paths: &Paths, one: Option<SessionKey>, today: Date) -> Answer {
    let store = Store::open(&paths.data);
    match one {
        Some(key) => Answer::Review(store.and_then(|store| debrief::load(&store, key))),
        None => Answer::Log(store.and_then(|store| {
            let (settings, _) = settings::load(&paths.settings_file());
            log::load(&store, &settings, today)
        })),
    }
}
