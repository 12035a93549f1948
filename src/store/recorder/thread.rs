//! The recorder's thread: it writes what it is told, and time alone between.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use super::{Message, Pulse};
use crate::clock::Clock;
use crate::session::{Command, InputKind, Outcome, State};
use crate::store::file::Identity;
use crate::store::lock::Lock;
use crate::store::queue::{Batch, More, Overrun, Queue};
use crate::store::tape::{Tape, outcome};
use crate::store::trouble::{Report, Trouble};
use crate::store::write::{self, Mark};
use crate::store::{Resumed, SessionKey, file};

/// How long a lock of another program is waited for: leaving waits for two
/// such tries.
const LOCKED: Duration = Duration::from_secs(1);
/// How often time alone is written.
const BEAT: Duration = Duration::from_millis(1850);
/// How many of these until the disk is made to have it: every 9.25 s.
const BEATS_TO_DISK: u32 = 5;
/// How many of these until what became of the cues is written: every minute.
const BEATS_TO_CUES: u32 = 32;

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

/// While something stands in the way it is tried again at each beat, after as
/// many failures in a row at each of so many.
const BEATS_TO_TRY: u32 = 4;

/// The session that is being recorded.
struct Running {
    tape: Tape,
    mark: Mark,
    /// The file that the mark is of; none while nothing was written.
    file: Option<Identity>,
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
            file: None,
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

    /// What was written is gone, or another file is in its place: that gets
    /// all of the session. Known by its being another, which a file made later
    /// need not seem: it may get the number of the one that went.
    fn has_another_file(&mut self) {
        self.file = None;
        self.mark = Mark::of_another_file();
        self.resumption = Resumption::None;
        self.lock.take_if(|lock| !lock.is_in_place());
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
pub(super) struct Thread {
    queue: Arc<Queue<Message>>,
    clock: Clock,
    folder: Option<PathBuf>,
    report: Box<dyn FnMut(Report) + Send>,
    connection: Option<Connection>,
    running: Option<Running>,
    /// What was last reported as standing in the way.
    told: Option<Trouble>,
    /// Whether all of the session that was left last is in the file.
    left: Result<(), Trouble>,
    /// How often in a row something did.
    failures: u32,
}

impl Thread {
    pub(super) fn new(
        queue: Arc<Queue<Message>>,
        clock: Clock,
        folder: Option<PathBuf>,
        report: Box<dyn FnMut(Report) + Send>,
    ) -> Self {
        Self {
            queue,
            clock,
            folder,
            report,
            connection: None,
            running: None,
            told: None,
            left: Ok(()),
            failures: 0,
        }
    }

    /// Until nothing more comes.
    pub(super) fn run(mut self) {
        self.follow_all();
        // The connection and the lock go before it is said.
        let queue = Arc::clone(&self.queue);
        let left = self.left.clone();
        drop(self);
        queue.done(left);
    }

    fn follow_all(&mut self) {
        loop {
            let until = self.next_beat().map(|beat| self.clock.instant(beat));
            let clock = self.clock;
            let batch = self.queue.take(until, || clock.instant(clock.now()));
            let more = batch.more;
            self.take_in(batch);
            if more == More::Never {
                self.leave();
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
        self.left = self.told.take().map_or(Ok(()), Err);
        let over = outcome(&running.tape.at(running.at(self.clock.now())));
        // One that the file has open still needs the last moment beside its lock.
        if let Some(lock) = running.lock
            && self.left.is_ok()
            && over.is_some_and(|(outcome, _)| outcome != Outcome::Interrupted)
        {
            lock.discard();
        }
    }

    fn keep(&mut self, asked: Extent) {
        let now = self.clock.now();
        let in_place = self.is_in_place();
        let Some(running) = &mut self.running else {
            return;
        };
        running.beat = now.saturating_add(BEAT);
        let due = asked == Extent::All
            || !in_place
            || running.mark.is_empty()
            || running.mark.lacks_inputs(&running.tape)
            || running.answer == Answer::Owed
            || (running.since_written >= BEATS_TO_CUES && running.mark.lacks_cues(&running.tape));
        // While something stands in the way it is tried anew.
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
                self.failures = 0;
                self.tell_kept();
                self.answer();
            }
            Err(trouble) => {
                // The next try finds the file as it is then.
                self.connection = None;
                self.failures = self.failures.saturating_add(1);
                if let Some(running) = &mut self.running
                    && self.failures > BEATS_TO_TRY
                {
                    running.beat = now.saturating_add(BEAT * BEATS_TO_TRY);
                }
                self.tell(trouble);
            }
        }
    }

    /// Whether the file that the running session was written to is still the
    /// one under its name: it may have been removed, or another put there.
    fn is_in_place(&self) -> bool {
        let written = self.running.as_ref().and_then(|running| running.file);
        match (written, self.folder.as_deref()) {
            (Some(written), Some(folder)) => file::identity(folder) == Some(written),
            _ => true,
        }
    }

    fn write(&mut self, now: Duration) -> Result<(), Trouble> {
        if !self.is_in_place() {
            self.connection = None;
            if let Some(running) = &mut self.running {
                running.has_another_file();
            }
        }
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
                connection.busy_timeout(LOCKED)?;
                none.insert(connection)
            }
        };
        if running.file.is_none() {
            running.file = file::identity(folder);
        }
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
