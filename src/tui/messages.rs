//! What comes to the loop from elsewhere: keys, signals, what the speaker
//! says. Each source sleeps on a thread of its own until it has something.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event};
use crossterm::terminal;
use ratatui::layout::Rect;

use crate::audio::{self, Device, DevicesError, Sounding, speech};
use crate::awake;
use crate::clock::Clock;
use crate::desk;
use crate::library::{Entry, Library};
use crate::session::CueId;
use crate::store::{self, Heard, Resumable, Store};
use crate::tui::app::Hearing;
use crate::tui::logbook::{Answer, Nth};
use crate::tui::start::WatchedFile;

/// The thread that reads the keys, by its name.
pub(super) const INPUT: &str = "input";

/// Something that has come.
#[derive(Debug)]
pub(super) enum Message {
    /// A key, a click, another size of the window; and when, since the
    /// program began.
    Input(Event, Duration),
    /// Nothing will come from the terminal any more.
    InputLost,
    /// A thread of the program panicked.
    Broke {
        /// Its name.
        thread: String,
        /// What there is to say of it.
        line: String,
    },
    /// Whoever had stopped the program lets it go on.
    Continued,
    /// The system wants something.
    Signal(Signal),
    /// What can be heard has changed.
    Hearing(Hearing),
    /// The device that sounds, and what it stands in for.
    Sounding(Sounding),
    /// Whether the screen is kept lit.
    Awake(awake::Report),
    /// Which devices there are.
    Devices(Result<Vec<Device>, DevicesError>),
    /// A sound that was tried was heard so long after its press.
    Tried(Duration),
    /// How far the spoken lines are.
    Speech(Box<speech::Report>),
    /// What became of a cue.
    Fate(CueId, Heard),
    /// A terminal that did not read what is written to it does again.
    Reads,
    /// The routine's file, as it is now.
    Saved(Box<Entry>),
    /// Whether the session is kept.
    Store(store::Report),
    /// What came of an order for the practice log.
    Log(Nth, Box<Answer>),
    /// Why a setting could not be written.
    NotSet(String),
    /// What became of an order for the routine that is shaped.
    Desk(desk::Report),
    /// What was interrupted, the last one first.
    Interrupted(Vec<Resumable>),
}

/// The signals that are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// The terminal is gone.
    Hangup,
    /// Ctrl-C from elsewhere.
    Interrupt,
    /// The system shuts down.
    Terminate,
    /// To the background.
    Suspend,
}

impl Signal {
    /// Its number, the same on every Unix.
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Hangup => 1,
            Self::Interrupt => 2,
            Self::Terminate => 15,
            Self::Suspend => 20,
        }
    }
}

/// Reads the terminal on a thread of its own. Its window was known to be `area`:
/// it is told anew if it was changed before anybody watched.
pub(super) fn watch_input(sender: &Sender<Message>, clock: Clock, area: Rect) -> io::Result<()> {
    let sender = sender.clone();
    thread::Builder::new()
        .name(INPUT.to_owned())
        .spawn(move || {
            // From here on changes come as events.
            let _ = event::poll(Duration::ZERO);
            if let Ok((columns, rows)) = terminal::size()
                && (columns, rows) != (area.width, area.height)
            {
                let event = Event::Resize(columns, rows);
                let _ = sender.send(Message::Input(event, clock.now()));
            }
            loop {
                let message = match event::read() {
                    Ok(event) => Message::Input(event, clock.now()),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(_) => Message::InputLost,
                };
                let over = matches!(message, Message::InputLost);
                if sender.send(message).is_err() || over {
                    return;
                }
            }
        })?;
    Ok(())
}

/// How long the sound system may take to list its devices.
const LISTING: Duration = Duration::from_secs(4);

/// Asks which sound devices there are, on a thread that may block.
pub(super) fn list_devices(sender: &Sender<Message>) {
    let sender = sender.clone();
    // Without a thread there is no list; the device stays as it is.
    let _ = thread::Builder::new()
        .name("devices".to_owned())
        .spawn(move || {
            let _ = sender.send(Message::Devices(audio::devices(LISTING)));
        });
}

/// Reads all routines on a thread of its own; what is asked for before it has
/// come to it is read by who asks.
pub(super) fn read_all(library: Library) {
    // Without a thread they are read when they are asked for.
    let _ = thread::Builder::new()
        .name("library".to_owned())
        .spawn(move || library.entries().for_each(drop));
}

/// Asks the store what was interrupted, on a thread that may block.
pub(super) fn look_for_interrupted(sender: &Sender<Message>, folder: PathBuf) {
    let sender = sender.clone();
    // Without a thread nothing is offered; a session is not worth less.
    let _ = thread::Builder::new()
        .name("interrupted".to_owned())
        .spawn(move || {
            if let Ok(Some(store)) = Store::open_log(&folder)
                && let Ok(found) = store.interrupted()
            {
                let _ = sender.send(Message::Interrupted(found));
            }
        });
}

/// Reads a routine's file after every save, on the thread that watches it.
pub(super) fn watch_file(sender: &Sender<Message>, watched: WatchedFile) -> io::Result<()> {
    let sender = sender.clone();
    let WatchedFile { path, watch } = watched;
    watch.follow(move || {
        // Nobody listens any more once the program leaves.
        let _ = sender.send(Message::Saved(Box::new(Entry::open(&path))));
    })
}

/// Waits on a thread of its own until the terminal is gone. Where no SIGHUP says
/// so, as after `nohup`, who reads keys would find none without end.
#[cfg(unix)]
pub(super) fn watch_terminal(sender: &Sender<Message>) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    let sender = sender.clone();
    thread::Builder::new()
        .name("terminal".to_owned())
        .spawn(move || {
            // That it is gone is told unasked.
            let stdin = rustix::stdio::stdin();
            let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
            while poll(&mut watched, None) == Err(rustix::io::Errno::INTR) {}
            let gone = watched
                .iter()
                .any(|fd| fd.revents().intersects(PollFlags::HUP | PollFlags::ERR));
            if gone {
                let _ = sender.send(Message::InputLost);
            }
        })?;
    Ok(())
}

/// There it is told by reading.
#[cfg(not(unix))]
pub(super) fn watch_terminal(_sender: &Sender<Message>) -> io::Result<()> {
    Ok(())
}

/// Waits for signals on a thread of its own.
#[cfg(unix)]
pub(super) fn watch_signals(sender: &Sender<Message>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGCONT])?;
    let sender = sender.clone();
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                let message = match signal {
                    SIGCONT => Message::Continued,
                    SIGHUP => Message::Signal(Signal::Hangup),
                    SIGINT => Message::Signal(Signal::Interrupt),
                    SIGTSTP => Message::Signal(Signal::Suspend),
                    _ => Message::Signal(Signal::Terminate),
                };
                if sender.send(message).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

/// There are no signals to wait for.
#[cfg(not(unix))]
pub(super) fn watch_signals(_sender: &Sender<Message>) -> io::Result<()> {
    Ok(())
}
