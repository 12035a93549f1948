//! `check --watch`: the same again whenever a file is saved, until a signal ends it. It knows when, not
//! what is checked.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::super::failure::{Failure, Reason};
use super::super::output;

/// How long a folder must be quiet: editors save in several steps.
const SETTLED: Duration = Duration::from_millis(100);

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
    let _watcher = listen(files, sender.clone()).map_err(|error| {
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
        match next(&news) {
            Some(News::Changed) => {}
            Some(News::Signal(number)) => return Ok(ExitCode::from(128 + number)),
            None => return Ok(ExitCode::SUCCESS),
        }
    }
}

/// The next thing that happens, changes only once they are over.
fn next(news: &Receiver<News>) -> Option<News> {
    let mut latest = news.recv().ok()?;
    while matches!(latest, News::Changed) {
        match news.recv_timeout(SETTLED) {
            Ok(newer) => latest = newer,
            Err(_) => break,
        }
    }
    Some(latest)
}

/// Listens to the folders: an editor may put a new file in the old one's place.
fn listen(files: &[PathBuf], sender: Sender<News>) -> notify::Result<RecommendedWatcher> {
    let names: HashSet<_> = files
        .iter()
        .filter_map(|file| file.file_name().map(OsStr::to_owned))
        .collect();
    let matters = move |path: &PathBuf| {
        let ending = path.extension().and_then(OsStr::to_str);
        // A sound that a routine names may come or go.
        matches!(ending, Some("ron" | "wav" | "ogg"))
            || path.file_name().is_some_and(|name| names.contains(name))
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // What can't be told may be a change.
        let changed = event.map_or(true, |event| {
            !event.kind.is_access() && event.paths.iter().any(&matters)
        });
        if changed {
            // Nobody listens any more at the very end.
            let _ = sender.send(News::Changed);
        }
    })?;
    for file in files {
        if file.is_dir() {
            watcher.watch(file, RecursiveMode::Recursive)?;
        } else {
            let folder = file.parent().filter(|folder| *folder != Path::new(""));
            watcher.watch(
                folder.unwrap_or(Path::new(".")),
                RecursiveMode::NonRecursive,
            )?;
        }
    }
    Ok(watcher)
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
