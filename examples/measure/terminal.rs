//! A program in a pseudo-terminal, every piece of its output stamped with the
//! time. It decides nothing about figures.

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::time::{ClockId, clock_gettime};

/// The word that makes this program a stamp before another: see [`stamp`].
pub(crate) const STAMP: &str = "--stamp";

/// Silence that ends a frame.
const QUIET: Duration = Duration::from_millis(50);

/// A window that has room for any: only whether something is seen is asked of it.
const ROWS: NonZero<u16> = NonZero::new(100).unwrap();
const COLS: NonZero<u16> = NonZero::new(400).unwrap();

/// The monotonic clock, in nanoseconds, the same in every process.
pub(crate) fn now() -> u64 {
    let time = clock_gettime(ClockId::Monotonic);
    u64::try_from(time.tv_sec).unwrap_or(0) * 1_000_000_000
        + u64::try_from(time.tv_nsec).unwrap_or(0)
}

/// Writes the time into the file named first and becomes the program named after
/// it: so a start is counted from the program's own first moment, not from what
/// it took to get there.
pub(crate) fn stamp(
    mut arguments: impl Iterator<Item = OsString>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    use std::os::unix::process::CommandExt;
    let mut file = fs::File::create(arguments.next().ok_or("no file for the time")?)?;
    let mut program = std::process::Command::new(arguments.next().ok_or("no program")?);
    program.args(arguments);
    file.write_all(now().to_string().as_bytes())?;
    Err(program.exec().into())
}

/// A piece of output.
pub(crate) struct Chunk {
    /// When it came, by [`now`].
    pub(crate) at: u64,
    pub(crate) data: Vec<u8>,
}

/// The running program.
pub(crate) struct Terminal {
    /// Everything that came so far.
    pub(crate) chunks: Vec<Chunk>,
    /// The program's process.
    pub(crate) pid: Pid,
    /// When it began, by [`now`].
    pub(crate) begun: u64,
    output: Receiver<Chunk>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts that program in a window of so many columns and rows, with nothing
    /// in its environment but the home folder and what is named.
    pub(crate) fn start(
        program: &[OsString],
        (cols, rows): (u16, u16),
        home: &Path,
        variables: &[(OsString, OsString)],
    ) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let pair = native_pty_system().openpty(PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        })?;
        let stamped = home.join("begun");
        let mut command = CommandBuilder::new(std::env::current_exe()?);
        command.arg(STAMP);
        command.arg(&stamped);
        command.args(program);
        command.env_clear();
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LANG", "C.UTF-8");
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(home);
        let child = pair.slave.spawn_command(command)?;
        let pid = child
            .process_id()
            .and_then(|id| Pid::from_raw(i32::try_from(id).ok()?))
            .ok_or("a process without a number")?;
        let writer = pair.master.take_writer()?;
        let output = listen(pair.master.try_clone_reader()?);
        let mut terminal = Self {
            chunks: Vec::new(),
            pid,
            begun: 0,
            output,
            writer,
            child,
            _master: pair.master,
        };
        terminal.until_quiet();
        terminal.begun = fs::read_to_string(stamped)?.parse()?;
        Ok(terminal)
    }

    /// Takes output in until the first frame is whole: something to be seen, then
    /// silence.
    fn until_quiet(&mut self) {
        let patience = now() + 10_000_000_000;
        let mut screen = vt100::Parser::new(ROWS, COLS, 0);
        while now() < patience {
            let wait = if screen.screen().contents().trim().is_empty() {
                Duration::from_secs(5)
            } else {
                QUIET
            };
            match self.output.recv_timeout(wait) {
                Ok(chunk) => {
                    screen.process(&chunk.data);
                    self.chunks.push(chunk);
                }
                Err(_) => return,
            }
        }
    }

    /// Takes output in for so long.
    pub(crate) fn wait(&mut self, time: Duration) {
        let until = now() + u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        loop {
            let left = Duration::from_nanos(until.saturating_sub(now()));
            match self.output.recv_timeout(left) {
                Ok(chunk) => self.chunks.push(chunk),
                Err(RecvTimeoutError::Timeout) => return,
                // It has ended: nothing more will come, and the time passes all the same.
                Err(RecvTimeoutError::Disconnected) => return thread::park_timeout(left),
            }
        }
    }

    /// Presses a key; when.
    pub(crate) fn press(&mut self, key: &[u8]) -> Result<u64, Box<dyn Error + Send + Sync>> {
        let at = now();
        self.writer.write_all(key)?;
        self.writer.flush()?;
        Ok(at)
    }

    /// Whether it is still there.
    pub(crate) fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // By its own way out first, so that nothing of it is left behind.
        let _ = kill_process(self.pid, Signal::TERM);
        for _ in 0..40 {
            if !self.runs() {
                return;
            }
            self.wait(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen(mut reader: Box<dyn Read + Send>) -> Receiver<Chunk> {
    let (tell, output) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = vec![0; 65_536];
        while let Ok(bytes) = reader.read(&mut buffer) {
            let at = now();
            let data = buffer.get(..bytes).unwrap_or_default().to_vec();
            if bytes == 0 || tell.send(Chunk { at, data }).is_err() {
                return;
            }
        }
    });
    output
}
