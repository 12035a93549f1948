//! Keeps the screen lit while a session runs, by the desktop's own program: it
//! runs `cat` with a pipe to this program for its input, so that it ends when
//! this program does, however that ends. It knows no session; nobody waits
//! for it.

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// A pause keeps the screen lit for so long: she comes back, or has left.
const IN_PAUSE: Duration = Duration::from_secs(5 * 60);

/// One that still runs after this was not refused.
const TAKEN: Duration = Duration::from_millis(700);

/// Where programs are looked for without a PATH.
const USUAL: &str = "/usr/local/bin:/usr/bin:/bin";

/// What is shown of the program to who asks what keeps the screen lit.
const WHY: &str = "a session runs";

/// Whether somebody looks at the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// A session runs.
    Yes,
    /// It is paused.
    ForNow,
    /// Nobody does.
    No,
}

/// What came of keeping the screen lit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// It is kept.
    Kept,
    /// It may go dark, for this reason.
    Refused(String),
}

#[derive(Debug)]
enum Order {
    Watched(Watched),
    /// Try whether it can be kept, and let it go again.
    Try,
    /// The program of that number has ended.
    Ended(u64, std::io::Result<ExitStatus>, String),
}

/// The way to the thread that keeps the screen lit. No method waits; dropped,
/// it lets go.
#[derive(Debug)]
pub struct Awake(Sender<Order>);

impl Awake {
    /// Starts the thread; it does nothing until it is told to.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn start(report: impl Fn(Report) + Send + 'static) -> std::io::Result<Self> {
        let (tell, told) = mpsc::channel();
        let back = tell.clone();
        std::thread::Builder::new()
            .name("awake".to_owned())
            .spawn(move || {
                Thread {
                    orders: back,
                    report: Box::new(report),
                    number: 0,
                    held: None,
                    watched: Watched::No,
                }
                .run(&told);
            })?;
        Ok(Self(tell))
    }

    /// Somebody looks at the screen from now on, or not any more.
    pub fn watched(&self, watched: Watched) {
        // The thread ends with the program alone.
        let _ = self.0.send(Order::Watched(watched));
    }

    /// Finds out whether the screen can be kept lit.
    pub fn try_it(&self) {
        let _ = self.0.send(Order::Try);
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        self.watched(Watched::No);
    }
}

/// A program that keeps the screen lit as long as this lives.
struct Held {
    number: u64,
    _input: Option<ChildStdin>,
}

struct Thread {
    orders: Sender<Order>,
    report: Box<dyn Fn(Report) + Send>,
    number: u64,
    held: Option<Held>,
    watched: Watched,
}

impl Thread {
    fn run(&mut self, told: &Receiver<Order>) {
        let mut limit = None;
        loop {
            let order = match limit {
                None => told.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(limit) => told.recv_timeout(limit),
            };
            match order {
                Ok(Order::Watched(watched)) => {
                    self.watched = watched;
                    limit = (watched == Watched::ForNow).then_some(IN_PAUSE);
                    match watched {
                        Watched::No => self.held = None,
                        Watched::Yes | Watched::ForNow if self.held.is_none() => self.begin(),
                        Watched::Yes | Watched::ForNow => {}
                    }
                }
                Ok(Order::Try) if self.held.is_none() => {
                    self.begin();
                    limit = self.held.is_some().then_some(TAKEN);
                }
                Ok(Order::Try) => (self.report)(Report::Kept),
                Ok(Order::Ended(number, status, said)) => {
                    // One that was let go ends too.
                    if self.held.as_ref().is_some_and(|held| held.number == number) {
                        self.held = None;
                        limit = None;
                        (self.report)(Report::Refused(why(&status, &said)));
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    limit = None;
                    if self.watched == Watched::No {
                        (self.report)(Report::Kept);
                    }
                    self.held = None;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn begin(&mut self) {
        let path = std::env::var_os("PATH").unwrap_or_else(|| OsString::from(USUAL));
        let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
        let Some((program, words)) = choose(&path, &desktop) else {
            let why = "nothing here can keep it lit".to_owned();
            (self.report)(Report::Refused(why));
            return;
        };
        let mut command = Command::new(program);
        command
            .args(words)
            .arg("cat")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        // Keys that end the foreground's programs are not meant for it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        match command.spawn() {
            Err(error) => (self.report)(Report::Refused(error.to_string())),
            Ok(mut child) => {
                self.number += 1;
                let (number, input) = (self.number, child.stdin.take());
                let orders = self.orders.clone();
                let waiting = std::thread::Builder::new()
                    .name("awake-wait".to_owned())
                    .spawn(move || {
                        let (status, said) = end(child);
                        // Nobody listens any more at the end.
                        let _ = orders.send(Order::Ended(number, status, said));
                    });
                // Without a thread its input is closed here, and it ends.
                self.held = waiting.ok().map(|_| Held {
                    number,
                    _input: input,
                });
            }
        }
    }
}

/// Waits until the program ends; gives the beginning of what it complained of.
fn end(mut child: Child) -> (std::io::Result<ExitStatus>, String) {
    let mut said = Vec::new();
    if let Some(complaints) = child.stderr.take() {
        // What can't be read is not said.
        let _ = complaints.take(4096).read_to_end(&mut said);
    }
    (child.wait(), String::from_utf8_lossy(&said).into_owned())
}

fn why(status: &std::io::Result<ExitStatus>, said: &str) -> String {
    let first = said.lines().map(str::trim).find(|line| !line.is_empty());
    match (first, status) {
        (Some(line), _) => line.to_owned(),
        (None, Ok(status)) => format!("what keeps it lit has ended ({status})"),
        (None, Err(error)) => error.to_string(),
    }
}

/// The desktop's own program, if it is here, else the system's; and the words
/// before the command that it runs.
fn choose(path: &OsStr, desktop: &str) -> Option<(PathBuf, Vec<String>)> {
    let own: &[&str] = if cfg!(target_os = "macos") {
        &["caffeinate", "-d", "-i"]
    } else if desktop.to_uppercase().contains("GNOME") {
        &[
            "gnome-session-inhibit",
            "--inhibit",
            "idle",
            "--reason",
            WHY,
        ]
    } else if desktop.to_uppercase().contains("KDE") {
        &["kde-inhibit", "--power", "--screenSaver"]
    } else {
        &[]
    };
    // Only what idleness brings is held off: closing the lid still sleeps.
    let system: &[&str] = &["systemd-inhibit", "--what=idle", "--who=ashiatsu", "--why"];
    let [own, system] = [own.to_vec(), [system, &[WHY]].concat()];
    [own, system].into_iter().find_map(|words| {
        let (name, words) = words.split_first()?;
        let found = std::env::split_paths(path)
            .map(|folder| folder.join(name))
            .find(|program| program.is_file())?;
        Some((found, words.iter().map(|&word| word.to_owned()).collect()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn the_desktop_s_own_program_comes_before_the_system_s() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().as_os_str();
        let chosen = |desktop| {
            let (program, words) = choose(path, desktop)?;
            let name = program.file_name()?.to_str()?.to_owned();
            Some((name, words.join(" ")))
        };
        assert_eq!(chosen("GNOME"), None);
        for program in ["systemd-inhibit", "gnome-session-inhibit"] {
            std::fs::write(folder.path().join(program), "").unwrap();
        }
        let named = |desktop| chosen(desktop).unwrap().0;
        assert_eq!(named("ubuntu:GNOME"), "gnome-session-inhibit");
        assert_eq!(named("KDE"), "systemd-inhibit", "its own is not here");
        assert_eq!(named(""), "systemd-inhibit");
        let (_, words) = chosen("sway").unwrap();
        assert_eq!(words, "--what=idle --who=ashiatsu --why a session runs");
    }
}
