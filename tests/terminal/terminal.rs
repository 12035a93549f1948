//! A terminal with the program in it, and a person who waits for what is
//! shown: never for a time, always with a limit.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::num::NonZero;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Parser};

use crate::letters;

/// What has not come by then never will, on a loaded machine too.
const PATIENCE: Duration = Duration::from_secs(20);

/// How far from its time a stroke may appear on a machine with nothing else to
/// do, and how far on any.
const TOLERANCE: Duration = Duration::from_millis(300);
const BENT: Duration = Duration::from_secs(2);

/// A piece of output, and when it came.
type Chunk = (Instant, Vec<u8>);

/// The program in a terminal of its own.
pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    output: Option<Receiver<Chunk>>,
    reading: Arc<Reading>,
    ended: Receiver<ExitStatus>,
    /// Whether that was taken: its number may be another's since.
    life: Life,
    pid: Pid,
    /// Kept open, so that its settings stay what the program left behind.
    tty: File,
    before: Termios,
    screen: Parser,
    /// Everything that was ever written.
    written: Vec<u8>,
    /// Home and current folder of the program.
    home: Rc<TempDir>,
}

#[expect(clippy::disallowed_methods, reason = "these tests are in real time")]
fn now() -> Instant {
    Instant::now()
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("a window has a size")
}

/// What is known of a program's life.
#[derive(Debug, Clone)]
enum Life {
    /// It may run.
    Unknown,
    /// It has ended, and was told to have.
    Over(ExitStatus),
}

/// What a shell has as its job.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Job {
    /// The program.
    Itself,
    /// A script that runs it.
    AScript,
}

impl Terminal {
    /// Starts `ashiatsu run` on a routine with that text, straight to get
    /// ready, without sound, in a window of 80x24.
    pub(crate) fn run(routine: &str) -> Self {
        Self::run_with(routine, &[])
    }

    /// The same with more options.
    pub(crate) fn run_with(routine: &str, options: &[&str]) -> Self {
        let home = TempDir::with_prefix("ashiatsu").unwrap();
        Self::run_in(home, routine, options)
    }

    /// The same in a home folder that is there already.
    pub(crate) fn run_at_home(home: TempDir, routine: &str) -> Self {
        Self::run_in(home, routine, &[])
    }

    fn run_in(home: TempDir, routine: &str, options: &[&str]) -> Self {
        std::fs::write(home.path().join("routine.ron"), routine).unwrap();
        Self::start_run(Rc::new(home), options)
    }

    /// Starts it once more, after it has ended.
    pub(crate) fn again(&self, options: &[&str]) -> Self {
        Self::start_run(Rc::clone(&self.home), options)
    }

    fn start_run(home: Rc<TempDir>, options: &[&str]) -> Self {
        let run = ["run", "./routine.ron", "--skip-preflight", "--mute"];
        Self::spawn(home, &[&run, options].concat(), &[])
    }

    /// Starts `ashiatsu design` on the routine's file in a new home.
    #[allow(dead_code, reason = "the tests of the sound design nothing")]
    pub(crate) fn design(routine: Option<&str>) -> Self {
        let home = TempDir::with_prefix("ashiatsu").unwrap();
        if let Some(routine) = routine {
            std::fs::write(home.path().join("routine.ron"), routine).unwrap();
        }
        Self::spawn(Rc::new(home), &["design", "routine.ron"], &[])
    }

    /// Starts that once more.
    #[allow(dead_code, reason = "the tests of the sound design nothing")]
    pub(crate) fn design_again(&self) -> Self {
        Self::spawn(Rc::clone(&self.home), &["design", "routine.ron"], &[])
    }

    /// Starts `ashiatsu` in that home, with that in its environment.
    pub(crate) fn start(
        home: TempDir,
        arguments: &[&str],
        variables: &[(OsString, OsString)],
    ) -> Self {
        Self::spawn(Rc::new(home), arguments, variables)
    }

    /// The same once more in the home of this one, which has ended.
    #[allow(dead_code, reason = "the tests of the sound use it")]
    pub(crate) fn start_again(
        &self,
        arguments: &[&str],
        variables: &[(OsString, OsString)],
    ) -> Self {
        Self::spawn(Rc::clone(&self.home), arguments, variables)
    }

    /// Starts the home screen below a shell that stays when the window closes:
    /// then the program is sent no SIGHUP. The shell ends with its code.
    #[allow(dead_code, reason = "the tests of the sound close no window")]
    pub(crate) fn start_below_a_shell() -> Self {
        let home = TempDir::with_prefix("ashiatsu").unwrap();
        let mut command = CommandBuilder::new("/bin/sh");
        let program = env!("CARGO_BIN_EXE_ashiatsu");
        command.args(["-c", "trap '' HUP; \"$0\"; exit $?", program]);
        Self::spawn_command(Rc::new(home), command, &[])
    }

    /// Starts `ashiatsu run` as [`Terminal::run`] does, as a job of a shell that
    /// says so when it is stopped, and continues it by the next line it reads.
    pub(crate) fn run_as_a_job(job: Job, routine: &str) -> Self {
        const SHELL: &str = r#"set -m
            sh -c "$@"
            code=$?
            while case $(kill -l $code) in STOP | TSTP) : ;; *) false ;; esac; do
                echo "the job is stopped"
                read -r _
                fg >/dev/null
                code=$?
            done
            exit $code"#;
        let home = TempDir::with_prefix("ashiatsu").unwrap();
        std::fs::write(home.path().join("routine.ron"), routine).unwrap();
        let mut command = CommandBuilder::new("/bin/sh");
        let job = match job {
            Job::Itself => "echo $$ >\"$HOME/job\"; exec \"$0\" \"$@\"",
            Job::AScript => "\"$0\" \"$@\"; exit $?",
        };
        command.args(["-c", SHELL, "sh", job, env!("CARGO_BIN_EXE_ashiatsu")]);
        command.args(["run", "./routine.ron", "--skip-preflight", "--mute"]);
        Self::spawn_command(Rc::new(home), command, &[])
    }

    /// The same below a script that knows no jobs.
    pub(crate) fn run_below_a_script(routine: &str) -> Self {
        let home = TempDir::with_prefix("ashiatsu").unwrap();
        std::fs::write(home.path().join("routine.ron"), routine).unwrap();
        let mut command = CommandBuilder::new("/bin/sh");
        let program = env!("CARGO_BIN_EXE_ashiatsu");
        command.args(["-c", "\"$0\" \"$@\"; exit $?", program]);
        command.args(["run", "./routine.ron", "--skip-preflight", "--mute"]);
        Self::spawn_command(Rc::new(home), command, &[])
    }

    /// Sends the program a signal that is the job itself of that shell.
    pub(crate) fn signal_job(&self, signal: Signal) {
        let job = std::fs::read_to_string(self.home.path().join("job")).unwrap();
        kill_process(Pid::from_raw(job.trim().parse().unwrap()).unwrap(), signal).unwrap();
    }

    fn spawn(home: Rc<TempDir>, arguments: &[&str], variables: &[(OsString, OsString)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_ashiatsu"));
        command.args(arguments);
        Self::spawn_command(home, command, variables)
    }

    fn spawn_command(
        home: Rc<TempDir>,
        mut command: CommandBuilder,
        variables: &[(OsString, OsString)],
    ) -> Self {
        let size = PtySize {
            rows: 24,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let tty = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(i32::try_from(OFlags::NOCTTY.bits()).unwrap())
            .open(pair.master.tty_name().unwrap())
            .unwrap();
        let before = tcgetattr(&tty).unwrap();
        command.env_clear();
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(home.path());
        let mut child = pair.slave.spawn_command(command).unwrap();
        let pid = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        let writer = pair.master.take_writer().unwrap();
        let reading = Arc::new(Reading::default());
        let output = read(pair.master.try_clone_reader().unwrap(), &reading);
        let (tell, ended) = mpsc::channel();
        thread::spawn(move || tell.send(child.wait().unwrap()));
        Self {
            master: Some(pair.master),
            writer: Some(writer),
            output: Some(output),
            reading,
            ended,
            life: Life::Unknown,
            pid,
            tty,
            before,
            screen: Parser::new(cells(24), cells(80), 0),
            written: Vec::new(),
            home,
        }
    }

    /// Where the routine's file lies.
    pub(crate) fn routine(&self) -> PathBuf {
        self.home.path().join("routine.ron")
    }

    /// The program's home folder.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Types these bytes, as a terminal sends them.
    pub(crate) fn send(&mut self, keys: &str) {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// Another size of the window.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.screen
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        let master = self.master.as_ref().expect("the terminal is open");
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        master.resize(size).unwrap();
    }

    /// Reads nothing any more of what is written to it, like a window in which
    /// text is being selected, until it takes no more.
    pub(crate) fn stop_reading(&mut self) {
        const TAKES_NO_MORE: Timespec = Timespec {
            tv_sec: 0,
            tv_nsec: 100_000_000,
        };
        self.reading.set(Reads::No);
        let name = self.master.as_ref().and_then(|master| master.tty_name());
        let mut tty = OpenOptions::new()
            .write(true)
            .custom_flags(i32::try_from((OFlags::NOCTTY | OFlags::NONBLOCK).bits()).unwrap())
            .open(name.expect("the terminal is open"))
            .unwrap();
        // Which shows nothing.
        let nothing = [0; 1024];
        let takes = |tty: &File| {
            let mut watched = [PollFd::new(tty, PollFlags::OUT)];
            poll(&mut watched, Some(&TAKES_NO_MORE)).unwrap() > 0
        };
        while takes(&tty) {
            while tty.write(&nothing).is_ok() || tty.write(&[0]).is_ok() {}
        }
    }

    /// Reads again.
    pub(crate) fn read_again(&self) {
        self.reading.set(Reads::Yes);
    }

    /// Closes the window.
    pub(crate) fn close(&mut self) {
        // The reader's own hold on it goes with the next output, unread.
        self.output = None;
        self.writer = None;
        self.master = None;
    }

    /// Takes in what comes until `deadline`; when the next piece came.
    fn take_in(&mut self, deadline: Instant) -> Result<Instant, RecvTimeoutError> {
        let left = deadline.saturating_duration_since(now());
        let output = self.output.as_ref().expect("the terminal is open");
        let (at, bytes) = output.recv_timeout(left)?;
        self.screen.process(&bytes);
        self.written.extend(bytes);
        Ok(at)
    }

    /// Waits until the screen is so; when it became so.
    #[track_caller]
    pub(crate) fn until(&mut self, what: &str, so: impl Fn(&Self) -> bool) -> Instant {
        let deadline = now() + PATIENCE;
        let mut at = now();
        while !so(self) {
            at = self.take_in(deadline).unwrap_or_else(|error| {
                let why = match error {
                    RecvTimeoutError::Timeout => format!("not within {PATIENCE:?}"),
                    RecvTimeoutError::Disconnected => "nothing more comes".to_owned(),
                };
                let _ = self.look_whether_it_ended(Duration::ZERO);
                let last = self.written.len().saturating_sub(200);
                panic!(
                    "{what}: {why}; {:?}; it wrote last {:?}:\n{}",
                    self.life,
                    String::from_utf8_lossy(&self.written[last..]),
                    self.text()
                )
            });
        }
        at
    }

    /// Waits until a text is shown, large or small; since when it is.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) -> Instant {
        self.until(text, |terminal| terminal.shows(text))
    }

    /// Waits until a stroke is the one being worked; since when it is.
    #[track_caller]
    pub(crate) fn is_at(&mut self, stroke: &str) -> Instant {
        // Before it begins, get ready shows it too.
        self.until(stroke, |terminal| {
            terminal.shows_large(stroke) && !terminal.shows("Get ready")
        })
    }

    /// Looks on for a while.
    pub(crate) fn look_on(&mut self, time: Duration) {
        let deadline = now() + time;
        while self.take_in(deadline).is_ok() {}
    }

    pub(crate) fn shows(&self, text: &str) -> bool {
        let picture = self.picture();
        letters::is_plain(text, &picture) || letters::height_of(text, &picture).is_some()
    }

    /// In letters made of cells: what is being worked, not what comes next.
    pub(crate) fn shows_large(&self, text: &str) -> bool {
        letters::height_of(text, &self.picture()).is_some()
    }

    pub(crate) fn text(&self) -> String {
        letters::rows(&self.picture()).join("\n")
    }

    fn picture(&self) -> Buffer {
        let screen = self.screen.screen();
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        let mut buf = Buffer::empty(Rect::new(0, 0, columns, rows));
        for y in 0..rows {
            for x in 0..columns {
                let symbol = screen.cell(y, x).map_or("", |cell| cell.contents());
                if !symbol.is_empty() {
                    buf[(x, y)].set_symbol(symbol);
                }
            }
        }
        buf
    }

    /// Waits until the program has ended by itself; with which exit code.
    #[track_caller]
    pub(crate) fn code(&mut self) -> u32 {
        let Some(status) = self.look_whether_it_ended(PATIENCE) else {
            panic!("it runs on:\n{}", self.text())
        };
        assert_eq!(status.signal(), None, "killed, not ended");
        status.exit_code()
    }

    /// How it ended, if it does within that time.
    fn look_whether_it_ended(&mut self, time: Duration) -> Option<ExitStatus> {
        if let Life::Over(status) = &self.life {
            return Some(status.clone());
        }
        let status = self.ended.recv_timeout(time).ok()?;
        self.life = Life::Over(status.clone());
        Some(status)
    }

    /// Waits until the program is stopped.
    #[track_caller]
    pub(crate) fn stopped(&mut self) {
        let deadline = now() + PATIENCE;
        loop {
            let options = WaitOptions::UNTRACED | WaitOptions::NOHANG;
            if let Ok(Some((_, status))) = waitpid(Some(self.pid), options) {
                assert!(status.stopped(), "it did not stop: {status:?}");
                return;
            }
            assert!(now() < deadline, "it runs on:\n{}", self.text());
            self.look_on(Duration::from_millis(20));
        }
    }

    /// Whether the terminal is the program's: raw, on its own screen.
    pub(crate) fn is_taken(&self) -> bool {
        let screen = self.screen.screen();
        screen.alternate_screen() && screen.hide_cursor() && !self.is_cooked()
    }

    fn is_cooked(&self) -> bool {
        let after = tcgetattr(&self.tty).unwrap();
        let modes = |of: &Termios| {
            (
                of.input_modes,
                of.output_modes,
                of.control_modes,
                of.local_modes,
            )
        };
        modes(&after) == modes(&self.before)
    }

    /// Waits until the terminal is as it was before.
    #[track_caller]
    pub(crate) fn given_back(&mut self) {
        self.until("the main screen, with a cursor", |terminal| {
            let screen = terminal.screen.screen();
            !screen.alternate_screen() && !screen.hide_cursor()
        });
        let screen = self.screen.screen();
        assert!(!screen.bracketed_paste(), "pasting is still bracketed");
        assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
        assert!(self.is_cooked(), "the terminal is not cooked as it was");
        let last = |sequence: &str| self.places(sequence).last().copied();
        assert!(last("\x1b[?7h") > last("\x1b[?7l"), "lines don't wrap");
        assert!(
            last("\x1b[?1004l") > last("\x1b[?1004h"),
            "the focus is still reported"
        );
        let (pushed, popped) = (self.places("\x1b[>3u").len(), self.places("\x1b[<1u").len());
        assert_eq!(pushed, popped, "the keyboard's flags are not given back");
    }

    /// Puts the terminal to the use of another program, as a shell does with that
    /// of one that was stopped: cooked, with that on its main screen.
    pub(crate) fn is_used_meanwhile(&mut self, text: &str) {
        tcsetattr(&self.tty, OptionalActions::Now, &self.before).unwrap();
        let mut tty = &self.tty;
        write!(tty, "\x1b[?1049l\x1b[?25h{text}").unwrap();
        self.sees(text);
    }

    /// How often the terminal was taken over.
    pub(crate) fn times_taken(&self) -> usize {
        self.places("\x1b[?1049h").len()
    }

    /// Where in the output a sequence stands.
    fn places(&self, sequence: &str) -> Vec<usize> {
        let sequence = sequence.as_bytes();
        let windows = self.written.windows(sequence.len());
        windows
            .enumerate()
            .filter(|(_, window)| *window == sequence)
            .map(|(at, _)| at)
            .collect()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // After a failed test nothing may be left running.
        if self.look_whether_it_ended(Duration::ZERO).is_none() {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Reads {
    #[default]
    Yes,
    No,
}

/// Whether the terminal reads what is written to it.
#[derive(Debug, Default)]
struct Reading {
    now: Mutex<Reads>,
    changed: Condvar,
}

impl Reading {
    fn set(&self, reads: Reads) {
        *self.now.lock().unwrap() = reads;
        self.changed.notify_all();
    }

    /// Waits until it does.
    fn wait(&self) {
        let now = self.now.lock().unwrap();
        let waited = self.changed.wait_while(now, |now| *now == Reads::No);
        drop(waited.unwrap());
    }
}

/// Reads on a thread of its own, so that what comes is timed when it comes.
fn read(mut reader: Box<dyn Read + Send>, reading: &Arc<Reading>) -> Receiver<Chunk> {
    let (sender, receiver) = mpsc::channel();
    let reading = Arc::clone(reading);
    thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        loop {
            reading.wait();
            let count = match reader.read(&mut buffer) {
                Ok(count @ 1..) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Ok(0) | Err(_) => return,
            };
            if sender.send((now(), buffer[..count].to_vec())).is_err() {
                return;
            }
        }
    });
    receiver
}

/// How late a thread wakes on this machine at its worst, while it is asked.
pub(crate) struct Lateness {
    stop: mpsc::Sender<()>,
    worst: thread::JoinHandle<Duration>,
}

impl Lateness {
    /// Begins to ask.
    pub(crate) fn watch() -> Self {
        const EVERY: Duration = Duration::from_millis(20);
        let (stop, stopped) = mpsc::channel();
        let worst = thread::spawn(move || {
            let mut worst = Duration::ZERO;
            loop {
                let before = now();
                if stopped.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout) {
                    return worst;
                }
                worst = worst.max(before.elapsed().saturating_sub(EVERY));
            }
        });
        Self { stop, worst }
    }

    /// How far from its time a stroke may appear: on a machine that is slow to
    /// wake anybody by three times more than threads of this test were late.
    pub(crate) fn tolerance(self) -> Duration {
        (TOLERANCE + 3 * self.worst()).min(BENT)
    }

    pub(crate) fn worst(self) -> Duration {
        let Self { stop, worst } = self;
        drop(stop);
        worst.join().unwrap()
    }
}
