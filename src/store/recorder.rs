//! The recorder: keeps the running session in the file as it happens, on a
//! thread of its own, and says when it can't. Whatever the disk does, the
//! interface goes on.
//!
//! What somebody did is written and forced to the disk at once. In between,
//! time alone is noted every 1.85 s beside the lock, which the program's own
//! death can't undo, and every fifth of these is forced to the
//! disk, which a power cut can't undo. No transaction is spent on that: the
//! session is the fold of what somebody did, up to the last moment noted.

mod thread;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::ZonedDateTime;

use super::heard::Heard;
use super::queue::{Queue, Urgency};
use super::tape::{Anchor, Meta, Tape};
use super::trouble::{Report, Trouble};
use super::wall::Wall;
use super::{Resumed, SessionKey};
use crate::clock::Clock;
use crate::plan::Plan;
use crate::session::{Command, CueId, Input, InputKind, PauseBy, Session, State};

use thread::Thread;

/// The handle: cheap to clone, never waits.
#[derive(Debug, Clone)]
pub struct Recorder {
    queue: Arc<Queue<Message>>,
    clock: Clock,
    /// The last key given, so that none is given twice.
    last: Arc<AtomicI64>,
}

/// A session that goes on, paused, for the screens.
#[derive(Debug, Clone)]
pub struct Going {
    /// The session.
    pub session: Session,
    /// Its time now: it goes on from here.
    pub at: Duration,
    /// The number of the next input.
    pub seq: u64,
    /// Its name for good.
    pub key: SessionKey,
}

/// Session time `at` was `mono` on the program's clock; both go on together.
#[derive(Debug, Clone, Copy)]
struct Pulse {
    at: Duration,
    mono: Duration,
}

#[derive(Debug)]
enum Message {
    Begin(Box<Tape>, Pulse),
    GoOn(Box<Resumed>, Pulse),
    Input(Input),
    Anchor(Anchor, Pulse),
    Cue(CueId, Heard),
    Over(Duration),
    Close,
}

impl Recorder {
    /// Starts the thread. It keeps sessions in `folder` (none where the user
    /// has no home) and says through `report`, on its own thread, when that
    /// changes: `NotKept` at most once for each reason in a row, `Kept` when
    /// all is well again.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn start(
        folder: Option<PathBuf>,
        clock: Clock,
        report: impl FnMut(Report) + Send + 'static,
    ) -> std::io::Result<Self> {
        let queue = Arc::new(Queue::new());
        let thread = Thread::new(Arc::clone(&queue), clock, folder, Box::new(report));
        std::thread::Builder::new()
            .name("recorder".to_owned())
            .spawn(move || thread.run())?;
        Ok(Self {
            queue,
            clock,
            last: Arc::new(AtomicI64::new(0)),
        })
    }

    /// A session begins: its time 0 is now. The one before is closed.
    #[must_use]
    pub fn begin(&self, meta: Meta, plan: Arc<Plan>, wall: &ZonedDateTime) -> SessionKey {
        self.begin_in(Duration::ZERO, meta, plan, wall)
    }

    /// The same where its time 0 comes so much after now.
    #[must_use]
    pub fn begin_in(
        &self,
        lead: Duration,
        meta: Meta,
        plan: Arc<Plan>,
        wall: &ZonedDateTime,
    ) -> SessionKey {
        let wall = Wall::from(wall).after(lead);
        // The time, or one more than the last key where that is not later.
        self.last
            .fetch_max(wall.ms.saturating_sub(1), Ordering::Relaxed);
        let key = SessionKey(self.last.fetch_add(1, Ordering::Relaxed).saturating_add(1));
        let mut tape = Tape::new(key, meta, plan);
        tape.anchors.push(Anchor {
            at: Duration::ZERO,
            wall,
        });
        let pulse = Pulse {
            at: Duration::ZERO,
            mono: self.clock.now().saturating_add(lead),
        };
        let begin = Message::Begin(Box::new(tape), pulse);
        self.queue.put(begin, Urgency::Now);
        key
    }

    /// An interrupted session goes on, paused: its time goes on from
    /// [`Going::at`] now. The input that pauses it is recorded already.
    #[must_use]
    pub fn go_on(&self, mut resumed: Resumed, wall: &ZonedDateTime) -> Going {
        let at = resumed.at;
        let key = resumed.tape.key;
        let mut session = resumed.tape.at(at);
        let mut seq = resumed.tape.next_seq();
        let mut pause = None;
        if !matches!(session.state(), State::Paused { .. }) {
            let input = Input {
                seq,
                at,
                kind: InputKind::Command(Command::Pause(PauseBy::Resumption)),
            };
            session.apply(&input);
            pause = Some(input);
            seq = seq.saturating_add(1);
        }
        let pulse = Pulse {
            at,
            mono: self.clock.now(),
        };
        resumed.tape.anchors.push(Anchor {
            at,
            wall: Wall::from(wall),
        });
        self.queue
            .put(Message::GoOn(Box::new(resumed), pulse), Urgency::Now);
        if let Some(input) = pause {
            self.queue.put(Message::Input(input), Urgency::Now);
        }
        Going {
            session,
            at,
            seq,
            key,
        }
    }

    /// The session was told something, at a time that is not before the last.
    /// Time that passes need not be told.
    pub fn input(&self, input: &Input) {
        if input.kind != InputKind::Advance {
            self.queue.put(Message::Input(input.clone()), Urgency::Now);
        }
    }

    /// Session time `at` is now, which is `wall`: to be told again after a
    /// sleep, in which session time stands still. A session begins and goes on
    /// with one of its own.
    pub fn anchor(&self, at: Duration, wall: &ZonedDateTime) {
        let pulse = Pulse {
            at,
            mono: self.clock.now(),
        };
        let anchor = Anchor {
            at,
            wall: Wall::from(wall),
        };
        self.queue.put(Message::Anchor(anchor, pulse), Urgency::Now);
    }

    /// What became of a cue. It is written within a minute.
    pub fn cue(&self, id: CueId, heard: Heard) {
        self.queue.put(Message::Cue(id, heard), Urgency::Later);
    }

    /// The session is over since its time `at`, though not left: all of it is
    /// written, and said.
    pub fn over(&self, at: Duration) {
        self.queue.put(Message::Over(at), Urgency::Now);
    }

    /// The session is left: over, or kept for later. Until then one that is
    /// over can still be taken up again by undo.
    pub fn close(&self) {
        self.queue.put(Message::Close, Urgency::Now);
    }

    /// Writes what there is and ends the thread; waits for that, but not
    /// longer than `patience`.
    ///
    /// # Errors
    ///
    /// What stood in the way of keeping all of the last session.
    pub fn shut_down(&self, patience: Duration) -> Result<(), Trouble> {
        self.queue.close();
        self.queue.wait_done(patience)
    }
}
