//! The way to the terminal. What a terminal that doesn't read leaves over is kept,
//! in order, until it reads again: nobody waits for it longer than a moment. It
//! knows bytes, no picture.

#[cfg(unix)]
use std::fs::File;
use std::io::{self, Write};
use std::time::Duration;

#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::clock::Clock;

/// How long a terminal may take for one picture: one that is slow to read a large
/// one needs a few milliseconds. A sound is handed over longer ahead than that.
const PICTURE: Duration = Duration::from_millis(20);

/// Whether the terminal has taken all that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Flow {
    /// It has.
    Free,
    /// The rest is kept until it reads again.
    Held,
}

/// What is written to the terminal, and sent as a whole when it is flushed.
#[derive(Debug)]
pub(super) struct Out {
    /// The terminal, opened by us: that we do not wait for it is no business of the
    /// other programs that have it. None where it can't be opened, as after `su`:
    /// then the standard output is written to, and that may wait.
    #[cfg(unix)]
    own: Option<File>,
    clock: Clock,
    text: Vec<u8>,
}

impl Out {
    /// The terminal that the standard output is.
    pub(super) fn open() -> Self {
        Self {
            #[cfg(unix)]
            own: own(),
            clock: Clock::new(),
            text: Vec::new(),
        }
    }

    /// Whether something is kept that was sent.
    pub(super) const fn flow(&self) -> Flow {
        if self.text.is_empty() {
            Flow::Free
        } else {
            Flow::Held
        }
    }

    /// Sends what the terminal takes within that time.
    ///
    /// # Errors
    ///
    /// The terminal is gone; nothing is kept then.
    pub(super) fn send(&mut self, patience: Duration) -> io::Result<Flow> {
        let until = self.clock.now().saturating_add(patience);
        while !self.text.is_empty() {
            match self.write_some() {
                Ok(0) => return self.give_up(io::ErrorKind::WriteZero.into()),
                Ok(count) => drop(self.text.drain(..count.min(self.text.len()))),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let left = until.saturating_sub(self.clock.now());
                    if left.is_zero() {
                        return Ok(Flow::Held);
                    }
                    self.wait(left);
                }
                Err(error) => return self.give_up(error),
            }
        }
        Ok(Flow::Free)
    }

    /// Keeps nothing any more.
    pub(super) fn forget(&mut self) {
        self.text.clear();
    }

    fn give_up(&mut self, error: io::Error) -> io::Result<Flow> {
        self.forget();
        Err(error)
    }
}

#[cfg(unix)]
impl Out {
    fn write_some(&mut self) -> io::Result<usize> {
        match &mut self.own {
            Some(own) => own.write(&self.text),
            // Not by the standard library's own buffer, which sends it in pieces.
            None => Ok(rustix::io::write(rustix::stdio::stdout(), &self.text)?),
        }
    }

    /// Waits until the terminal takes something, so long at most.
    fn wait(&self, at_most: Duration) {
        if let Some(own) = &self.own {
            let at_most = Timespec::try_from(at_most).ok();
            // Woken before, it is tried and waited for again.
            let _ = poll(&mut [PollFd::new(own, PollFlags::OUT)], at_most.as_ref());
        }
    }

    /// Waits on a thread of its own until the terminal takes something again, or is
    /// gone, and tells it.
    ///
    /// # Errors
    ///
    /// There is no thread, or no more room for open files: nobody is told.
    pub(super) fn tell_when_free(&self, tell: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let Some(own) = &self.own else {
            return Ok(());
        };
        let own = own.try_clone()?;
        std::thread::Builder::new()
            .name("output".to_owned())
            .spawn(move || {
                let mut watched = [PollFd::new(&own, PollFlags::OUT)];
                while poll(&mut watched, None) == Err(rustix::io::Errno::INTR) {}
                tell();
            })?;
        Ok(())
    }
}

/// There the standard output waits.
#[cfg(not(unix))]
impl Out {
    fn write_some(&mut self) -> io::Result<usize> {
        let mut out = io::stdout();
        out.write_all(&self.text)?;
        out.flush()?;
        Ok(self.text.len())
    }

    fn wait(&self, _at_most: Duration) {}

    pub(super) fn tell_when_free(&self, _tell: impl FnOnce() + Send + 'static) -> io::Result<()> {
        Ok(())
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Sends what the terminal takes of one picture; what it doesn't is no error.
    fn flush(&mut self) -> io::Result<()> {
        self.send(PICTURE).map(|_| ())
    }
}

/// The terminal, opened anew by its name.
#[cfg(unix)]
fn own() -> Option<File> {
    use std::ffi::OsStr;
    use std::fs::OpenOptions;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;

    let name = rustix::termios::ttyname(rustix::stdio::stdout(), Vec::new()).ok()?;
    OpenOptions::new()
        .write(true)
        .custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed())
        .open(OsStr::from_bytes(name.as_bytes()))
        .ok()
}
