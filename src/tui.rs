//! The screens: one loop that sleeps until a key, a message, or the next
//! moment at which something changes, and draws only then. What is shown and
//! what a press does is `app`'s; here the effects are performed.

pub mod app;
mod job;
pub mod keys;
pub mod live;
mod logbook;
mod messages;
mod save;
pub mod screens;
mod speaker;
mod start;
mod terminal;
pub mod theme;
pub mod widgets;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use crate::awake::{Awake, Watched};
use crate::clock::sleep::{SleepWatch, Slept};
use crate::clock::{self, Clock};
use crate::desk::Desk;
use crate::library::{Entry, Library};
use crate::memory::Keeper;
use crate::paths::Paths;
use crate::routine::text::printable;
use crate::settings;
use crate::store::{self, Recorder, SessionKey, Store, Trouble};
use app::{Act, App, Kept, LogOrder};
use live::{Live, Now};
use logbook::{Answer, Logbook, Nth};
use messages::{Message, Signal};
use speaker::Sounds;
pub use start::{First, Options, Preflight, WatchedFile};
use terminal::{Flow, Screen};

/// How long leaving waits for the session to be kept at most: as long as the
/// store tries where another program holds the file.
const KEEPING: Duration = Duration::from_millis(2500);
/// How long leaving waits for the disk at most.
const SAVING: Duration = Duration::from_millis(1500);
/// How long leaving waits for the designer's disk at most.
const DESK: Duration = Duration::from_secs(2);
/// What shells add to a signal's number.
const BY_SIGNAL: u8 = 128;
/// What a program ends with that panicked.
const BROKE: u8 = 101;

/// How the screens were left.
#[derive(Debug)]
pub struct Left {
    /// The program's exit code.
    pub code: ExitCode,
    /// What may be lost, each in a line: the terminal is the user's again.
    pub lost: Vec<String>,
    /// How a session that was kept for later goes on.
    pub kept: Option<&'static str>,
}

/// Runs the screens until the user leaves.
///
/// # Errors
///
/// When the terminal can't be taken over; it is as it was then.
pub fn run(options: Options) -> std::io::Result<Left> {
    Shell::start(options, Clock::new()).map(Shell::run)
}

/// The part that performs effects.
struct Shell {
    clock: Clock,
    app: App,
    screen: Screen,
    messages: Receiver<Message>,
    sounds: Sounds,
    paths: Option<Paths>,
    keeper: Option<Keeper>,
    /// Writes the settings file.
    writer: Option<settings::file::Writer>,
    recorder: Option<Recorder>,
    desk: Option<Desk>,
    /// None until the log is asked for something.
    logbook: Option<Logbook>,
    sender: Sender<Message>,
    sleep: SleepWatch,
    /// Keeps the screen lit; none where the system has no thread for it.
    awake: Option<Awake>,
    /// What it was told last.
    watched: Watched,
    /// What threads that panicked said.
    broke: Vec<String>,
    /// What is known of the next [`Message::Continued`].
    back: Back,
}

/// Whether the terminal was taken again when the program was continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Back {
    /// It was, by who had stopped here.
    Taken,
    /// Somebody else had stopped the program: the terminal may be a shell's.
    Unknown,
}

impl Shell {
    fn run(mut self) -> Left {
        loop {
            let now = now(self.clock);
            if let Some(slept) = self.sleep.look(now.mono) {
                self.wake_up(slept, &now);
            }
            let acts = self.app.tick(&now);
            if let Some(code) = self.perform(acts, &now) {
                return self.leave(code);
            }
            if self
                .screen
                .draw(|buffer| self.app.render(buffer, &now))
                .is_err()
            {
                // The terminal is gone, as by SIGHUP.
                return self.leave(BY_SIGNAL + Signal::Hangup.number());
            }
            self.keep_lit(self.app.watched());
            if let Some(code) = self.wait() {
                return self.leave(code);
            }
        }
    }

    /// Keeps the screen lit while somebody looks at it.
    fn keep_lit(&mut self, watched: Watched) {
        if watched != self.watched {
            self.watched = watched;
            if let Some(awake) = &self.awake {
                awake.watched(watched);
            }
        }
    }

    /// The machine slept: the session stands still since then.
    fn wake_up(&mut self, slept: Slept, now: &Now) {
        let then = Now {
            mono: slept.since,
            wall: now.wall.clone(),
        };
        let acts = self.app.slept(&then, now);
        if !acts.is_empty()
            && let (Some(recorder), Some(at)) = (&self.recorder, self.app.session_time(now))
        {
            recorder.anchor(at, &now.wall);
        }
        self.perform(acts, now);
    }

    /// Sleeps until something changes, and takes in all that has come.
    fn wait(&mut self) -> Option<u8> {
        let here = now(self.clock);
        let first = match self.app.next_change(&here) {
            Some(at) => match self
                .messages
                .recv_timeout(at.saturating_sub(self.clock.now()))
            {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => {
                    return Some(BY_SIGNAL + Signal::Hangup.number());
                }
            },
            None => match self.messages.recv() {
                Ok(message) => message,
                Err(_) => return Some(BY_SIGNAL + Signal::Hangup.number()),
            },
        };
        if let Some(code) = self.take_in(first) {
            return Some(code);
        }
        while let Ok(message) = self.messages.try_recv() {
            if let Some(code) = self.take_in(message) {
                return Some(code);
            }
        }
        None
    }

    fn take_in(&mut self, message: Message) -> Option<u8> {
        let now = now(self.clock);
        match message {
            Message::Input(event, at) => {
                // Whatever comes from the terminal, its size may have changed.
                self.app.resize(self.screen.look());
                // The session hears of a press when it was made, not when the
                // loop came round to it.
                let then = Now {
                    mono: at.min(now.mono),
                    wall: now.wall,
                };
                let acts = self.app.handle(&event, &then);
                self.perform(acts, &then)
            }
            Message::InputLost => Some(BY_SIGNAL + Signal::Hangup.number()),
            Message::Broke { thread, line } => self.broke(&thread, line, &now),
            Message::Signal(Signal::Suspend) => self.suspend(&now),
            Message::Continued => match std::mem::replace(&mut self.back, Back::Unknown) {
                Back::Taken => None,
                Back::Unknown => self.take_again(),
            },
            Message::Signal(signal) => {
                let acts = self.app.pause_for_signal(&now);
                self.perform(acts, &now);
                Some(BY_SIGNAL + signal.number())
            }
            Message::Speech(report) => {
                if let Some(line) = self.sounds.take_in(*report) {
                    self.app.say(line, &now);
                }
                None
            }
            Message::Store(store::Report::Over(written)) => {
                let acts = self.app.set_finished(written);
                self.perform(acts, &now)
            }
            Message::Reads => {
                self.screen.reads();
                None
            }
            Message::Saved(entry) => {
                let acts = self.app.saved(*entry, &now);
                self.perform(acts, &now)
            }
            Message::Sounding(sounding) => {
                self.app.sounds_on(sounding, &now);
                None
            }
            Message::Awake(report) => {
                self.app.note_lit(report, &now);
                None
            }
            Message::Devices(listed) => {
                self.app
                    .set_devices(listed.map_err(|error| error.to_string()), &now);
                None
            }
            Message::Tried(late) => {
                self.app.note_lateness(late);
                None
            }
            Message::Store(store::Report::Left) => {
                self.look_for_interrupted();
                None
            }
            Message::Store(report) => {
                self.app.note_store(&report, &now);
                None
            }
            Message::Log(nth, answer) => {
                self.show_log(nth, *answer, &now);
                None
            }
            Message::NotSet(why) => {
                let line = printable(&format!("for this run alone: {why}"));
                self.app.say(line, &now);
                None
            }
            Message::Desk(report) => {
                let acts = self.app.desk(report, &now);
                self.perform(acts, &now)
            }
            Message::Interrupted(found) => {
                self.app.offer(found);
                None
            }
            Message::Fate(id, heard) => {
                if let Some(recorder) = &self.recorder {
                    recorder.cue(id, heard);
                }
                None
            }
            Message::Hearing(hearing) => {
                self.app.hear(hearing, &now);
                None
            }
        }
    }

    /// A thread panicked.
    fn broke(&mut self, thread: &str, line: String, now: &Now) -> Option<u8> {
        self.broke.push(line);
        // Without its keys nobody could leave; all else goes on without what it lacks.
        if thread == messages::INPUT {
            let acts = self.app.pause_for_signal(now);
            self.perform(acts, now);
            return Some(BROKE);
        }
        self.app
            .say(format!("a part of the program broke: {thread}"), now);
        None
    }

    /// Does what the app asks for; the exit code when it asks to leave.
    fn perform(&mut self, acts: Vec<Act>, now: &Now) -> Option<u8> {
        for act in acts {
            match act {
                Act::Sound(order) => self.sounds.order(order, self.clock),
                Act::LoadSounds(entry) => {
                    if let Some(line) = self.sounds.load(&entry) {
                        self.app.say(line, now);
                    }
                }
                Act::ReloadSounds(entry) => {
                    if let Some(line) = self.sounds.reload(&entry) {
                        self.app.say(line, now);
                    }
                }
                Act::ListDevices => messages::list_devices(&self.sender),
                Act::Voice(voice) => self.sounds.set_voice(voice),
                Act::SpeakSample => {
                    let why = self.sounds.prepare_sample();
                    self.app.no_voice(why);
                }
                Act::TryAwake => {
                    if let Some(awake) = &self.awake {
                        awake.try_it();
                    }
                }
                Act::Begun => self.sounds.stop_preparing(),
                Act::SaveCard(form) => {
                    if let Some(card) = self.app.card() {
                        let line = save::card(card, form, &now.wall);
                        self.app.say(line, now);
                    }
                }
                Act::Keep(kept) => self.keep(kept, now),
                Act::Log(order) => self.log(order, now),
                Act::GoOn(key) => {
                    let origin = app::Origin::Home;
                    if let Err(why) = self.go_on(key, origin, now) {
                        self.app
                            .say(printable(&format!("it can't go on: {why}")), now);
                        self.look_for_interrupted();
                    }
                }
                Act::CopyRoutine(entry) => {
                    self.copy(&entry, now);
                }
                Act::ReadAll(library) => messages::read_all(library),
                Act::ReloadLibrary => {
                    self.app.set_library(Library::load(self.paths.as_ref()));
                }
                Act::Remember(memory) => {
                    if let Some(keeper) = &self.keeper {
                        keeper.keep(memory);
                    }
                }
                Act::Set(change) => match &self.writer {
                    Some(writer) => writer.change(change),
                    None => self
                        .app
                        .say("for this run alone: there is no place for settings", now),
                },
                Act::Desk(order) => {
                    if let Some(desk) = &self.desk {
                        desk.order(order);
                    }
                }
                Act::Suspend => {
                    if let Some(code) = self.suspend(now) {
                        return Some(code);
                    }
                }
                Act::Quit(code) => return Some(code),
            }
        }
        None
    }

    /// Has the store keep something of the running session.
    fn keep(&mut self, kept: Kept, now: &Now) {
        let Some(recorder) = &self.recorder else {
            if matches!(kept, Kept::Over(_)) {
                self.app.set_finished(Err(Trouble::NoFolder));
            }
            return;
        };
        match kept {
            Kept::Begin(meta, plan, lead) => {
                // Its key is only for who asks the log at once.
                let _key = recorder.begin_in(lead, *meta, plan, &now.wall);
            }
            Kept::Input(input) => recorder.input(&input),
            Kept::Over(at) => recorder.over(at),
            Kept::Close => recorder.close(),
        }
    }

    /// Takes an interrupted session from the store and goes on with it.
    fn go_on(&mut self, key: SessionKey, origin: app::Origin, now: &Now) -> Result<(), Trouble> {
        let folder = self.paths.as_ref().map(|paths| paths.data.clone());
        let store = Store::open(&folder.ok_or(Trouble::NoFolder)?)?;
        let recorder = self.recorder.as_ref().ok_or(Trouble::NoFolder)?;
        let resumed = store.take(key)?;
        let aftercare = resumed.meta().aftercare.clone().unwrap_or_default();
        let prompts = resumed.meta().prompts;
        let file = resumed.meta().path.clone().map(PathBuf::from);
        let going = recorder.go_on(resumed, &now.wall);
        let live = Live::go_on(going.session, going.at, going.seq, now).with_prompts(prompts);
        // The plan is the store's; only the sounds are read beside the routine,
        // where that still is.
        let file = file.filter(|file| file.is_file());
        let wrong = self.sounds.load_for(live.session().plan(), file.as_deref());
        self.app.go_on(live, aftercare, origin, now);
        if let Some(wrong) = wrong {
            self.app.say(wrong, now);
        }
        Ok(())
    }

    /// Asks the practice log, on a thread of its own.
    fn log(&mut self, order: LogOrder, now: &Now) {
        if self.logbook.is_none()
            && let Some(paths) = &self.paths
        {
            let sender = self.sender.clone();
            let answered = move |nth, answer| {
                let _ = sender.send(Message::Log(nth, Box::new(answer)));
            };
            // Without a thread the screen goes on saying that it waits.
            self.logbook = Logbook::start(paths.clone(), answered).ok();
        }
        if let Some(logbook) = &mut self.logbook {
            logbook.order(order, now.wall.date());
        }
    }

    /// What is read is shown unless more was asked since.
    fn show_log(&mut self, nth: Nth, answer: Answer, now: &Now) {
        let logbook = self.logbook.as_ref();
        let is_last = logbook.is_some_and(|logbook| logbook.is_last(nth));
        match answer {
            Answer::Refused(order, why) => self.app.log_refused(order, &why, now),
            Answer::Log(read) if is_last => self.app.set_log(read),
            Answer::Review(read) if is_last => self.app.set_review(read),
            Answer::Log(_) | Answer::Review(_) => {}
        }
    }

    /// Asks the store, on a thread of its own, what was interrupted.
    fn look_for_interrupted(&self) {
        let Some(folder) = self.paths.as_ref().map(|paths| paths.data.clone()) else {
            return;
        };
        messages::look_for_interrupted(&self.sender, folder);
    }

    fn copy(&mut self, entry: &Entry, now: &Now) {
        let copied = self
            .paths
            .as_ref()
            .ok_or_else(|| "there is no home folder to copy it to".to_owned())
            .and_then(|paths| Library::copy(entry, paths));
        let line = match &copied {
            Ok(path) => {
                let name = path.file_name().unwrap_or_default();
                let name = name.to_string_lossy();
                let folder = path.parent().unwrap_or(path).display();
                format!("copied to your own: {name} · in {folder}")
            }
            Err(why) => why.clone(),
        };
        self.app.say(printable(&line), now);
        if let Ok(path) = copied {
            self.app.set_library(Library::load(self.paths.as_ref()));
            self.app.mark_file(&path);
        }
    }

    /// Ctrl-Z: pauses, gives the terminal back, stops; comes back by `fg`, or by
    /// itself where there is no shell. The exit code where the terminal is gone by then.
    fn suspend(&mut self, now: &Now) -> Option<u8> {
        let acts = self.app.pause_for_signal(now);
        self.perform(acts, now);
        self.keep_lit(Watched::No);
        self.screen.give_back();
        match job::shell() {
            job::Shell::Above => job::stop_here(),
            job::Shell::None => {
                // Where it can't be stopped it goes on at once.
                let _ = job::stop_for_a_second();
                self.app.say("there is no shell to go back to", now);
            }
        }
        self.back = Back::Taken;
        self.take_again()
    }

    /// Takes the terminal over again; the exit code where it is gone.
    fn take_again(&mut self) -> Option<u8> {
        if self.screen.take_again().is_err() {
            return Some(BY_SIGNAL + Signal::Hangup.number());
        }
        // The window may be another one, or of another size.
        self.app.resize(self.screen.area());
        None
    }

    fn leave(self, code: u8) -> Left {
        let Self {
            mut screen,
            sounds,
            keeper,
            writer,
            recorder,
            desk,
            logbook,
            messages,
            app,
            broke,
            ..
        } = self;
        // The terminal first: a frozen sound device must not keep it.
        let flow = screen.give_back();
        let session = recorder.map_or(Ok(()), |recorder| recorder.shut_down(KEEPING));
        sounds.shut_down();
        // A draft that is on its way is worth waiting for, but a disk may never answer.
        let undone = desk.map(|desk| desk.finish(DESK)).unwrap_or_default();
        if let Some(keeper) = keeper {
            keeper.finish(SAVING);
        }
        if let Some(writer) = writer {
            writer.finish(SAVING);
        }
        let mut lost: Vec<String> = broke
            .into_iter()
            .chain(undone.iter().map(ToString::to_string))
            .collect();
        if let Some(Err(why)) = logbook.map(|logbook| logbook.finish(KEEPING)) {
            lost.push(format!("the practice log may lack what came last: {why}"));
        }
        // What came since the last picture.
        lost.extend(messages.try_iter().filter_map(|message| match message {
            Message::Broke { line, .. } => Some(line),
            Message::Log(_, answer) => match *answer {
                Answer::Refused(order, why) => Some(order.refused(&why)),
                Answer::Log(_) | Answer::Review(_) => None,
            },
            _ => None,
        }));
        let kept = match session {
            Ok(()) => app.goes_on(),
            Err(why) => {
                lost.push(format!("the session is not kept, or not to its end: {why}"));
                None
            }
        };
        let (lost, kept) = match flow {
            Flow::Free => (lost, kept),
            // Saying it would wait for ever.
            Flow::Held => (Vec::new(), None),
        };
        Left {
            code: ExitCode::from(code),
            lost,
            kept,
        }
    }
}

fn now(clock: Clock) -> Now {
    Now {
        mono: clock.now(),
        wall: clock::wall(),
    }
}

#[cfg(all(test, unix))]
mod tests;
