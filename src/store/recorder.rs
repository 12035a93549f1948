//! The recorder: keeps the running session in the file as it happens, on a
//! thread of its own, and says when it can't. Whatever the disk does, the
//! interface goes on.
//!
//! What somebody did is written and forced to the disk at once. In between,
//! time alone is noted every [`BEAT`] beside the lock, which the program's own
//! death can't undo, and every [`BEATS_TO_DISK`] of these is forced to the
//! disk, which a power cut can't undo. No transaction is spent on that: the
//! session is the fold of what somebody did, up to the last moment noted.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;
use std::time::Duration;

use jiff::ZonedDateTime;
use rusqlite::Connection;

use super::heard::Heard;
use super::lock::Lock;
use super::queue::{Batch, More, Overrun, Queue, Urgency};
use super::tape::{Anchor, Meta, Tape, outcome};
use super::trouble::{Report, Trouble};
use super::wall::Wall;
use super::write::{self, Mark};
use super::{Resumed, SessionKey, file};
use crate::clock::Clock;
use crate::plan::Plan;
use crate::session::{Command, CueId, Input, InputKind, Outcome, PauseBy, Session, State};

/// How often time alone is written.
const BEAT: Duration = Duration::from_millis(1850);
/// How many of these until the disk is made to have it: every 9.25 s.
const BEATS_TO_DISK: u32 = 5;
/// How many of these until what became of the cues is written: every minute.
const BEATS_TO_CUES: u32 = 32;

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
        let mut thread = Thread {
            queue: Arc::clone(&queue),
            clock,
            folder,
            report: Box::new(report),
            connection: None,
            running: None,
            told: None,
        };
        thread::Builder::new()
            .name("recorder".to_owned())
            .spawn(move || {
                thread.run();
                // The connection and the lock go before it is said.
                let queue = Arc::clone(&thread.queue);
                drop(thread);
                queue.done();
            })?;
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
        let next = |last: i64| Some(wall.ms.max(last.saturating_add(1)));
        let last = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next)
            .unwrap_or_default();
        let key = SessionKey(wall.ms.max(last.saturating_add(1)));
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
    pub fn shut_down(&self, patience: Duration) {
        self.queue.close();
        self.queue.wait_done(patience);
    }
}

/// Whether the session's steps may be moving. Taken from what it was told, not
/// from a fold: where in doubt it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SessionClock {
    Goes,
    Stopped,
}

impl SessionClock {
    fn told(self, kind: &InputKind) -> Self {
        match kind {
            InputKind::Slept | InputKind::Command(Command::Pause(_)) => Self::Stopped,
            InputKind::Command(Command::Resume | Command::Undo | Command::Press) => Self::Goes,
            InputKind::Command(_) | InputKind::Advance | InputKind::PlanRevised(_) => self,
        }
    }
}

/// The session that is being recorded.
struct Running {
    tape: Tape,
    mark: Mark,
    pulse: Pulse,
    lock: Option<Lock>,
    /// The next time it is written although nobody did anything, on the
    /// program's clock.
    beat: Duration,
    /// How many beats since the disk was last made to have one.
    beats: u32,
    /// How many since the last transaction.
    since_written: u32,
    clock: SessionClock,
    /// Whether its resumption has yet to be written.
    resumption: Resumption,
    /// Something was lost: what comes after is not recorded.
    cut: Overrun,
    answer: Answer,
}

/// Whether somebody waits to hear that the session is over and in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    NoneOwed,
    Owed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Resumption {
    None,
    ToWrite,
}

impl Running {
    fn new(tape: Tape, mark: Mark, pulse: Pulse, lock: Option<Lock>) -> Self {
        Self {
            tape,
            mark,
            pulse,
            lock,
            beat: pulse.mono,
            beats: 0,
            since_written: 0,
            clock: SessionClock::Goes,
            resumption: Resumption::None,
            cut: Overrun::No,
            answer: Answer::NoneOwed,
        }
    }

    /// The session's time when the program's is `now`.
    fn at(&self, now: Duration) -> Duration {
        let passed = now.saturating_sub(self.pulse.mono);
        self.pulse.at.saturating_add(passed)
    }

    /// The session's time is `at` at least: it was begun a little before this
    /// was told of it, so that its end may seem to be still to come.
    fn has_come_to(&mut self, at: Duration, now: Duration) {
        if self.at(now) < at {
            self.pulse = Pulse { at, mono: now };
        }
    }

    /// Notes the session's last moment beside its lock.
    fn note_moment(&mut self, now: Duration) -> std::io::Result<()> {
        let at = self.known_at(now);
        let Some(lock) = &mut self.lock else {
            return Err(std::io::ErrorKind::NotFound.into());
        };
        lock.beat(at)?;
        self.beats += 1;
        self.since_written += 1;
        if self.beats >= BEATS_TO_DISK {
            lock.force()?;
            self.beats = 0;
        }
        Ok(())
    }

    /// How far the file is to have it: where something was lost, no further
    /// than what is known.
    fn known_at(&self, now: Duration) -> Duration {
        match self.cut {
            Overrun::No => self.at(now),
            Overrun::Yes => self.tape.session.now(),
        }
    }
}

/// The thread's own.
struct Thread {
    queue: Arc<Queue<Message>>,
    clock: Clock,
    folder: Option<PathBuf>,
    report: Box<dyn FnMut(Report) + Send>,
    connection: Option<Connection>,
    running: Option<Running>,
    /// What was last reported as standing in the way.
    told: Option<Trouble>,
}

impl Thread {
    fn run(&mut self) {
        loop {
            let until = self.next_beat().map(|beat| self.clock.instant(beat));
            let clock = self.clock;
            let batch = self.queue.take(until, || clock.instant(clock.now()));
            let more = batch.more;
            self.take_in(batch);
            if more == More::Never {
                self.keep(Extent::All);
                return;
            }
            let due = self.running.as_ref().is_some_and(|running| {
                self.clock.now() >= running.beat || running.mark.lacks_inputs(&running.tape)
            });
            if due {
                self.keep(Extent::WhatIsDue);
            }
        }
    }

    /// Nothing is written of a session that is over and all in the file.
    fn next_beat(&self) -> Option<Duration> {
        let running = self.running.as_ref()?;
        // In a pause nothing moves: the pause itself is written, and no beat
        // could say more, unless something stood in the way.
        let rests = running.clock == SessionClock::Stopped
            && self.told.is_none()
            && !running.mark.lacks_inputs(&running.tape);
        (!rests && !running.mark.is_final(&running.tape)).then_some(running.beat)
    }

    fn take_in(&mut self, batch: Batch<Message>) {
        for message in batch.messages {
            match message {
                Message::Begin(tape, pulse) => {
                    self.leave();
                    let lock = self.lock(tape.key);
                    self.running = Some(Running::new(*tape, Mark::default(), pulse, lock));
                }
                Message::GoOn(resumed, pulse) => {
                    self.leave();
                    let Resumed {
                        tape, mark, lock, ..
                    } = *resumed;
                    let mut running = Running::new(tape, mark, pulse, lock);
                    running.resumption = Resumption::ToWrite;
                    self.running = Some(running);
                }
                Message::Over(at) => {
                    let now = self.clock.now();
                    if let Some(running) = &mut self.running {
                        running.answer = Answer::Owed;
                        running.has_come_to(at, now);
                    }
                    self.keep(Extent::All);
                    if let Some(trouble) = self.told.clone() {
                        (self.report)(Report::Over(Err(trouble)));
                    }
                }
                Message::Close => {
                    self.leave();
                    (self.report)(Report::Left);
                }
                message => self.follow(message),
            }
        }
        if batch.overrun == Overrun::Yes
            && let Some(running) = &mut self.running
        {
            running.cut = Overrun::Yes;
            self.tell(Trouble::Stuck);
        }
    }

    /// What only concerns the running session.
    fn follow(&mut self, message: Message) {
        let Some(running) = &mut self.running else {
            return;
        };
        if running.cut == Overrun::Yes {
            return;
        }
        match message {
            Message::Input(input) => {
                running.clock = running.clock.told(&input.kind);
                let pressed = input.kind == InputKind::Command(Command::Press);
                running.tape.push(input);
                // What one press came to, only the fold can tell.
                let state = running.tape.session.state();
                if pressed && matches!(state, State::Paused { .. }) {
                    running.clock = SessionClock::Stopped;
                }
            }
            Message::Anchor(anchor, pulse) => {
                running.tape.anchors.push(anchor);
                running.pulse = pulse;
            }
            Message::Cue(id, heard) => running.tape.fates.push((id, heard)),
            Message::Begin(..) | Message::GoOn(..) | Message::Over(_) | Message::Close => {}
        }
    }

    /// Where the folder can't be written there is no lock; then nobody could
    /// resume the session either.
    fn lock(&self, key: SessionKey) -> Option<Lock> {
        let folder = self.folder.as_deref()?;
        if !folder.is_dir() {
            return None;
        }
        let lock = Lock::take(folder, key).ok()?;
        lock.force_name();
        Some(lock)
    }

    /// The running session is left as it is.
    fn leave(&mut self) {
        if self.running.is_none() {
            return;
        }
        self.keep(Extent::All);
        let Some(running) = self.running.take() else {
            return;
        };
        let over = outcome(&running.tape.at(running.at(self.clock.now())));
        if let Some(lock) = running.lock
            && over.is_some_and(|(outcome, _)| outcome != Outcome::Interrupted)
        {
            lock.discard();
        }
        self.told = None;
    }

    fn keep(&mut self, asked: Extent) {
        let now = self.clock.now();
        let Some(running) = &mut self.running else {
            return;
        };
        running.beat = now.saturating_add(BEAT);
        let due = asked == Extent::All
            || running.mark.is_empty()
            || running.mark.lacks_inputs(&running.tape)
            || running.answer == Answer::Owed
            || (running.since_written >= BEATS_TO_CUES && running.mark.lacks_cues(&running.tape));
        // While something stands in the way each beat tries anew.
        if !due && self.told.is_none() && running.note_moment(now).is_ok() {
            return;
        }
        running.beats = 0;
        running.since_written = 0;
        let kept = match self.write(now) {
            // It is no use any more; a fresh one gets the whole session.
            Err(Trouble::Damaged) => self.begin_afresh().and_then(|()| self.write(now)),
            other => other,
        };
        match kept {
            Ok(()) => {
                self.tell_kept();
                self.answer();
            }
            Err(trouble) => {
                // The next try finds the file as it is then.
                self.connection = None;
                self.tell(trouble);
            }
        }
    }

    fn write(&mut self, now: Duration) -> Result<(), Trouble> {
        let folder = self.folder.as_deref().ok_or(Trouble::NoFolder)?;
        let Some(running) = &mut self.running else {
            return Ok(());
        };
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => {
                let connection = file::open(folder)?;
                // What somebody did outlives a power cut.
                connection.pragma_update(None, "synchronous", "FULL")?;
                none.insert(connection)
            }
        };
        if running.lock.is_none() {
            running.lock = Lock::take(folder, running.tape.key).ok();
        }
        if running.resumption == Resumption::ToWrite {
            match write::go_on(connection, &running.tape, &running.mark) {
                // The file was set aside meanwhile: all of it is written anew.
                Ok(()) | Err(Trouble::Gone) => running.resumption = Resumption::None,
                Err(trouble) => return Err(trouble),
            }
        }
        let at = running.known_at(now);
        write::keep(connection, &running.tape, &mut running.mark, at)
    }

    fn begin_afresh(&mut self) -> Result<(), Trouble> {
        self.connection = None;
        let folder: &Path = self.folder.as_deref().ok_or(Trouble::NoFolder)?;
        if let Some(path) = file::set_aside(folder)? {
            (self.report)(Report::SetAside(path));
        }
        Ok(())
    }

    fn tell(&mut self, trouble: Trouble) {
        if self.told.as_ref() != Some(&trouble) {
            self.told = Some(trouble.clone());
            (self.report)(Report::NotKept(trouble));
        }
    }

    /// Says that a session that is over is in the file, once it was asked.
    fn answer(&mut self) {
        if let Some(running) = &mut self.running
            && running.answer == Answer::Owed
            && running.mark.is_final(&running.tape)
        {
            running.answer = Answer::NoneOwed;
            let key = running.tape.key;
            (self.report)(Report::Over(Ok(key)));
        }
    }

    fn tell_kept(&mut self) {
        let cut = self
            .running
            .as_ref()
            .is_some_and(|running| running.cut == Overrun::Yes);
        if !cut && self.told.take().is_some() {
            (self.report)(Report::Kept);
        }
    }
}

/// How much is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// All there is.
    All,
    /// What must not wait.
    WhatIsDue,
}
