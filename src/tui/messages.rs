//! What comes to the loop from elsewhere: keys, signals, what the speaker
//! says. Each source sleeps on a thread of its own until it has something.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event};

use crate::clock::Clock;
use crate::session::CueId;
use crate::store::{self, Heard, Resumable, Store};
use crate::tui::app::Hearing;

/// Something that has come.
#[derive(Debug)]
pub(super) enum Message {
    /// A key, a click, another size of the window; and when, since the
    /// program began.
    Input(Event, Duration),
    /// Nothing will come from the terminal any more.
    InputLost,
    /// The system wants something.
    Signal(Signal),
    /// What can be heard has changed.
    Hearing(Hearing),
    /// What became of a cue.
    Fate(CueId, Heard),
    /// Whether the session is kept.
    Store(store::Report),
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

/// Reads the terminal on a thread of its own.
pub(super) fn watch_input(sender: &Sender<Message>, clock: Clock) -> io::Result<()> {
    let sender = sender.clone();
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
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

/// Waits for signals on a thread of its own.
#[cfg(unix)]
pub(super) fn watch_signals(sender: &Sender<Message>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM, SIGTSTP])?;
    let sender = sender.clone();
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                let signal = match signal {
                    SIGHUP => Signal::Hangup,
                    SIGINT => Signal::Interrupt,
                    SIGTSTP => Signal::Suspend,
                    _ => Signal::Terminate,
                };
                if sender.send(Message::Signal(signal)).is_err() {
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

/// Stops the whole program, as Ctrl-Z does, until it is continued.
#[cfg(unix)]
pub(super) fn stop_here() {
    // Where it can't be stopped it simply goes on.
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGSTOP);
}

/// There is nothing to come back from.
#[cfg(not(unix))]
pub(super) fn stop_here() {}
