//! The way from the interface to the recorder's thread: putting something in
//! never waits for the disk, and what can wait wakes nobody.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::trouble::Trouble;

/// How many messages wait at most: far more than a session brings. Where the
/// disk hangs so long, what comes after is lost and said to be.
const LIMIT: usize = 4096;

/// Whether somebody should look at a message at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Urgency {
    /// Now.
    Now,
    /// When the thread wakes anyway.
    Later,
}

/// What the thread finds.
#[derive(Debug)]
pub(super) struct Batch<T> {
    pub(super) messages: VecDeque<T>,
    /// Whether something came after these that had no room.
    pub(super) overrun: Overrun,
    /// Whether more will come.
    pub(super) more: More,
}

/// Whether something had no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overrun {
    /// Something had none.
    Yes,
    /// All had.
    No,
}

/// Whether more will come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum More {
    /// It may.
    MayCome,
    /// These are the last.
    Never,
}

#[derive(Debug)]
struct Inner<T> {
    waiting: VecDeque<T>,
    urgent: bool,
    overrun: Overrun,
    more: More,
    /// What became of all that was put in, once the thread has ended.
    ended: Option<Result<(), Trouble>>,
}

/// The queue itself.
#[derive(Debug)]
pub(super) struct Queue<T> {
    inner: Mutex<Inner<T>>,
    wake: Condvar,
}

impl<T> Queue<T> {
    pub(super) const fn new() -> Self {
        Self {
            inner: Mutex::new(Inner {
                waiting: VecDeque::new(),
                urgent: false,
                overrun: Overrun::No,
                more: More::MayCome,
                ended: None,
            }),
            wake: Condvar::new(),
        }
    }

    /// Nobody holds it while doing anything that can fail or wait.
    fn inner(&self) -> MutexGuard<'_, Inner<T>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn put(&self, message: T, urgency: Urgency) {
        let mut inner = self.inner();
        if inner.waiting.len() >= LIMIT {
            inner.overrun = Overrun::Yes;
        }
        if inner.overrun == Overrun::Yes {
            // A session with a gap is no session.
            return;
        }
        inner.waiting.push_back(message);
        if urgency == Urgency::Now {
            inner.urgent = true;
            drop(inner);
            self.wake.notify_all();
        }
    }

    /// Waits until something urgent comes, or until `until`.
    pub(super) fn take(&self, until: Option<Instant>, now: impl Fn() -> Instant) -> Batch<T> {
        let mut inner = self.inner();
        while !inner.urgent && inner.more == More::MayCome {
            match until {
                None => {
                    inner = self
                        .wake
                        .wait(inner)
                        .unwrap_or_else(PoisonError::into_inner);
                }
                Some(until) => {
                    let left = until.saturating_duration_since(now());
                    if left.is_zero() {
                        break;
                    }
                    inner = self
                        .wake
                        .wait_timeout(inner, left)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0;
                }
            }
        }
        inner.urgent = false;
        Batch {
            messages: std::mem::take(&mut inner.waiting),
            overrun: std::mem::replace(&mut inner.overrun, Overrun::No),
            more: inner.more,
        }
    }

    /// Nothing more will come.
    pub(super) fn close(&self) {
        self.inner().more = More::Never;
        self.wake.notify_all();
    }

    /// The thread has done all it will; what stood in the way of the rest.
    pub(super) fn done(&self, all: Result<(), Trouble>) {
        self.inner().ended = Some(all);
        self.wake.notify_all();
    }

    /// Waits until the thread has done all it will, or that long; what stood
    /// in the way of all.
    pub(super) fn wait_done(&self, patience: Duration) -> Result<(), Trouble> {
        let inner = self.inner();
        let (inner, _) = self
            .wake
            .wait_timeout_while(inner, patience, |inner| inner.ended.is_none())
            .unwrap_or_else(PoisonError::into_inner);
        inner.ended.clone().unwrap_or(Err(Trouble::Stuck))
    }
}
