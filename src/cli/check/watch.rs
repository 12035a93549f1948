//! `check --watch`: the same again whenever a file is saved, until a signal ends it. It knows when, not
//! what is checked.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Sender, channel};

use super::super::failure::{Failure, Reason};
use super::super::output;
use crate::watch::Watch;

enum News {
    /// A file that matters has changed.
    Changed,
    /// The system wants an end, by the signal of this number.
    Signal(u8),
}

/// Does it now and after every change, until a signal comes: its exit code.
pub(super) fn until_signal(
    files: &[PathBuf],
    mut check: impl FnMut() -> Result<(), Failure>,
) -> Result<ExitCode, Failure> {
    let (sender, news) = channel();
    // Both listen before the first check, so that no change falls between.
    let changed = sender.clone();
    Watch::new(files)
        .map_err(|error| error.to_string())
        .and_then(|watch| {
            let tell = move || {
                // Nobody listens any more at the very end.
                let _ = changed.send(News::Changed);
            };
            watch.follow(tell).map_err(|error| error.to_string())
        })
        .map_err(|error| {
            Failure::wrong(
                format!("these files can't be watched: {error}"),
                "check them again after each change, without --watch",
            )
        })?;
    signals(sender).map_err(|error| {
        Failure::Wrong(Reason {
            message: format!("signals can't be awaited: {error}"),
            help: None,
        })
    })?;
    loop {
        check()?;
        output::tell_person("Waiting for the next change; Ctrl-C ends this.");
        match news.recv() {
            Ok(News::Changed) => {}
            Ok(News::Signal(number)) => return Ok(ExitCode::from(128 + number)),
            Err(_) => return Ok(ExitCode::SUCCESS),
        }
    }
}

/// Waits for the signals that end programs, on a thread of its own.
#[cfg(unix)]
fn signals(sender: Sender<News>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                let number = u8::try_from(signal).unwrap_or(2);
                if sender.send(News::Signal(number)).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

/// There are no signals to wait for: Ctrl-C ends the program itself.
#[cfg(not(unix))]
fn signals(_sender: Sender<News>) -> std::io::Result<()> {
    Ok(())
}
