//! Runs a program over one line, within limits. It is alone with its files: no
//! input but the line, no output on the screen; when its time is up, it and all
//! that it started are killed.

use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::desk::Desk;
use super::engine::{Engine, harmless};
use super::{LARGEST, LineError};
use crate::audio::device::now;

/// How often it is looked whether a program is done: soon at first, most take
/// some 30 ms.
const FIRST_LOOK: Duration = Duration::from_millis(5);
const LAST_LOOK: Duration = Duration::from_millis(40);

/// Has the program speak the line; its sound is then on the desk.
pub(super) fn run(
    engine: &Engine,
    text: &str,
    desk: &Desk,
    limit: Duration,
    stop: &Receiver<()>,
) -> Result<(), LineError> {
    let text = harmless(text);
    desk.tidy()?;
    let input = if engine.takes_argument() {
        Stdio::null()
    } else {
        Stdio::from(desk.text(&text)?)
    };
    let mut command = Command::new(engine.program());
    command
        .args(engine.arguments(&text, &desk.out()))
        .stdin(input)
        .stdout(Stdio::null())
        .stderr(Stdio::from(desk.for_complaints()?));
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let started = now();
    let mut running = match command.spawn() {
        Ok(child) => Running(child),
        Err(error) => {
            return Err(LineError::NotStarted {
                program: engine.name(),
                error,
            });
        }
    };
    let mut look = FIRST_LOOK;
    while !running.is_done()? {
        if desk.weight() > LARGEST {
            return Err(LineError::TooLarge(engine.name()));
        }
        let left = limit.saturating_sub(now().saturating_duration_since(started));
        if left.is_zero() {
            return Err(LineError::TooSlow {
                program: engine.name(),
                limit,
            });
        }
        match stop.recv_timeout(look.min(left)) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return Err(LineError::Stopped),
        }
        look = (look * 2).min(LAST_LOOK);
    }
    if running.succeeded()? {
        Ok(())
    } else {
        Err(LineError::Failed {
            program: engine.name(),
            said: desk.complaint(),
        })
    }
}

/// A program at work. Dropped, it is killed, and what it started too.
struct Running(Child);

#[cfg(unix)]
impl Running {
    fn pid(&self) -> Option<rustix::process::Pid> {
        i32::try_from(self.0.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
    }

    /// Whether it has ended. It is left to be waited for, so that its number, and
    /// that of its group, still is its own.
    fn is_done(&mut self) -> std::io::Result<bool> {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let Some(pid) = self.pid() else {
            return self.0.try_wait().map(|status| status.is_some());
        };
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        Ok(waitid(WaitId::Pid(pid), options)?.is_some())
    }

    fn kill(&mut self) {
        if let Some(pid) = self.pid() {
            // There may be nobody left in it.
            let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
        }
    }
}

#[cfg(not(unix))]
impl Running {
    fn is_done(&mut self) -> std::io::Result<bool> {
        self.0.try_wait().map(|status| status.is_some())
    }

    fn kill(&mut self) {
        let _ = self.0.kill();
    }
}

impl Running {
    /// How it ended; what it has left behind is ended too.
    fn succeeded(&mut self) -> std::io::Result<bool> {
        self.kill();
        self.0.wait().map(|status| status.success())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Once waited for it is no child any more, and its number may be another's.
        if self.is_done().is_ok() {
            self.kill();
            let _ = self.0.wait();
        }
    }
}
