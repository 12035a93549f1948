//! The program under test: plays a schedule in a process of its own, whose
//! environment leads its sound to the rig.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::rig::Rig;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A schedule being played.
pub(crate) struct Player {
    child: Child,
    lines: Receiver<String>,
    /// All that it or a library wrote to standard error.
    chatter: File,
    /// When it began, in seconds since 1970.
    pub(crate) start: f64,
}

/// What it said: how many milliseconds after its start, and the rest.
pub(crate) type Said = (f64, String);

/// Plays schedules.
pub(crate) fn program() -> PathBuf {
    // Cargo builds the examples beside the tests that belong with them.
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    let program = path.join("examples/play_schedule");
    assert!(
        program.exists(),
        "build it first: cargo build --example play_schedule"
    );
    program
}

impl Player {
    /// Plays these lines, `MS CUE` each, on the rig.
    pub(crate) fn start(rig: &Rig, options: &[&str], schedule: &str) -> Self {
        Self::run(rig.command(program()), options, schedule)
    }

    /// Plays them where the system's sound is set up as in that file.
    pub(crate) fn start_with(alsa: &Path, options: &[&str], schedule: &str) -> Self {
        let mut command = Command::new(program());
        command.env("ALSA_CONFIG_PATH", alsa);
        Self::run(command, options, schedule)
    }

    fn run(mut command: Command, options: &[&str], schedule: &str) -> Self {
        let chatter = tempfile::tempfile().unwrap();
        let mut child = command
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::from(chatter.try_clone().unwrap()))
            .spawn()
            .expect("the example play_schedule");
        child
            .stdin
            .take()
            .unwrap()
            .write_all(schedule.as_bytes())
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (tell, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        let first: String = lines.recv_timeout(PATIENCE).unwrap();
        Self {
            child,
            lines,
            chatter,
            start: first.parse().unwrap(),
        }
    }

    /// The process's number.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it says something that contains this, within the limit.
    pub(crate) fn wait_for(&self, what: &str, limit: Duration) -> Said {
        #[expect(clippy::disallowed_methods, reason = "the limit is on real time")]
        let end = Instant::now() + limit;
        loop {
            #[expect(clippy::disallowed_methods, reason = "the limit is on real time")]
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left);
            let line = line.unwrap_or_else(|_| panic!("no {what:?} within {limit:?}"));
            println!("  {line}");
            let said = parse(&line);
            if said.1.contains(what) {
                return said;
            }
        }
    }

    /// All that it says until it ends.
    pub(crate) fn finish(mut self) -> Vec<Said> {
        let said = self
            .lines
            .iter()
            .inspect(|line| println!("  {line}"))
            .map(|line| parse(&line))
            .collect();
        assert!(self.child.wait().unwrap().success());
        let mut chatter = String::new();
        self.chatter.rewind().unwrap();
        self.chatter.read_to_string(&mut chatter).unwrap();
        assert_eq!(chatter, "", "not a byte of a library's reaches the screen");
        said
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn parse(line: &str) -> Said {
    let (ms, rest) = line.split_once(' ').unwrap();
    (ms.parse().unwrap(), rest.to_owned())
}
