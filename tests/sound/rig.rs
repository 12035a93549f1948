//! A sound card for tests: a private `PulseAudio` with a null sink in a folder of
//! its own, and a recorder that hears what is played on it. Any user may run it;
//! the user's own sound server and settings are never touched.

use std::ffi::OsString;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// Frames a second of the recording.
pub(crate) const RATE: u32 = 48_000;

/// A server that has not started by then never will.
const PATIENCE: Duration = Duration::from_secs(20);

/// A private sound server, ended when dropped.
pub(crate) struct Rig {
    folder: TempDir,
    server: Child,
    _place: Place,
}

/// Rigs stand beside each other; one that keeps the machine busy stands alone.
static PLACES: RwLock<()> = RwLock::new(());

#[expect(dead_code, reason = "held, not looked at")]
enum Place {
    Beside(RwLockReadGuard<'static, ()>),
    Alone(RwLockWriteGuard<'static, ()>),
}

/// Seconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "a recording is placed by the wall clock"
)]
pub(crate) fn epoch() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs_f64()
}

/// Waits until it is so.
#[expect(
    clippy::disallowed_methods,
    reason = "a server says in no other way that it is up"
)]
pub(crate) fn until(what: &str, mut so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(
            start.elapsed() < PATIENCE,
            "{what}: not within {PATIENCE:?}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Rig {
    /// The rig without a server yet, or `None`, having said so, where there is
    /// no `PulseAudio` to start.
    pub(crate) fn new() -> Option<Self> {
        // Whether another test failed is not this one's business.
        let place = PLACES.read().unwrap_or_else(PoisonError::into_inner);
        Self::at(Place::Beside(place))
    }

    /// The rig with its server running, and no other rig beside it.
    pub(crate) fn alone() -> Option<Self> {
        let place = PLACES.write().unwrap_or_else(PoisonError::into_inner);
        let mut rig = Self::at(Place::Alone(place))?;
        rig.revive();
        Some(rig)
    }

    fn at(place: Place) -> Option<Self> {
        for tool in ["pulseaudio", "pactl", "parec"] {
            let found = Command::new(tool)
                .arg("--version")
                .stdout(Stdio::null())
                .status();
            if found.is_err() {
                println!(
                    "SKIPPED: no {tool} (Debian: pulseaudio pulseaudio-utils libasound2-plugins)"
                );
                return None;
            }
        }
        let folder = TempDir::with_prefix("rig").unwrap();
        std::fs::create_dir(folder.path().join("run")).unwrap();
        let alsa = "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n";
        std::fs::write(folder.path().join("asound.conf"), alsa).unwrap();
        // Replaced by the first `revive`.
        let server = Command::new("true").spawn().unwrap();
        Some(Self {
            folder,
            server,
            _place: place,
        })
    }

    /// The rig with its server running.
    pub(crate) fn start() -> Option<Self> {
        let mut rig = Self::new()?;
        rig.revive();
        Some(rig)
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("sock")
    }

    /// A command whose sound goes to the rig.
    pub(crate) fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.envs(self.variables()).env_remove("PULSE_SINK");
        command
    }

    /// What leads a program's sound to the rig.
    pub(crate) fn variables(&self) -> Vec<(OsString, OsString)> {
        let mut server = OsString::from("unix:");
        server.push(self.socket());
        let mut variables = vec![("PULSE_SERVER".into(), server)];
        for (name, file) in [
            ("PULSE_COOKIE", "cookie"),
            ("PULSE_RUNTIME_PATH", "run"),
            ("PULSE_STATE_PATH", "state"),
            ("ALSA_CONFIG_PATH", "asound.conf"),
        ] {
            let path = self.folder.path().join(file);
            variables.push((name.into(), path.into_os_string()));
        }
        variables
    }

    /// Starts the server, or another one after `kill`.
    pub(crate) fn revive(&mut self) {
        let _ = self.server.wait();
        let _ = std::fs::remove_file(self.socket());
        let socket = format!("socket={} auth-anonymous=1", self.socket().display());
        self.server = self
            .command("pulseaudio")
            // No module of the machine's own; nothing that ends it when idle.
            .args([
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
            ])
            .args(["--disable-shm=yes", "--log-target=stderr"])
            .args([
                "-L",
                "module-null-sink sink_name=rig rate=48000 channels=2 format=float32le",
            ])
            .args(["-L", &format!("module-native-protocol-unix {socket}")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        until("the sound server", || {
            let mut ask = self.command("pactl");
            ask.arg("info")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap()
                .success()
        });
    }

    /// Plugs in another card of that name, beside the one that is the default;
    /// gives what `unplug` wants.
    pub(crate) fn plug_in(&self, name: &str) -> String {
        let description = format!("sink_properties=device.description=The_{name}");
        let sink = format!("sink_name={name}");
        let output = self
            .command("pactl")
            .args(["load-module", "module-null-sink", &sink, "rate=48000"])
            .arg(description)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Takes a card away again.
    pub(crate) fn unplug(&self, module: &str) {
        let mut command = self.command("pactl");
        let status = command.args(["unload-module", module]).status().unwrap();
        assert!(status.success());
    }

    /// Ends the server as a crash would.
    pub(crate) fn kill(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }

    /// Hangs the server: it neither answers nor fails.
    pub(crate) fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Ends `freeze`.
    pub(crate) fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.server), signal).unwrap();
    }

    /// Records what is played from now on; returns when sound comes through.
    pub(crate) fn record(&self) -> Recorder {
        self.record_from("rig")
    }

    /// The same on the card of that name.
    pub(crate) fn record_from(&self, sink: &str) -> Recorder {
        let mut child = self
            .command("parec")
            .args(["-d", &format!("{sink}.monitor")])
            .args(["--format=s16le", "--channels=1", "--raw"])
            .args([&format!("--rate={RATE}"), "--latency-msec=10"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut sound = child.stdout.take().unwrap();
        let tape = Arc::new(Mutex::new(Recording {
            start: f64::MAX,
            samples: Vec::new(),
        }));
        let writes = Arc::clone(&tape);
        let (tell, first) = mpsc::channel();
        let (finished, done) = mpsc::channel::<()>();
        std::thread::spawn(move || {
            let _finished = finished;
            let mut block = [0; 4096];
            let mut odd = Vec::new();
            while let Ok(count @ 1..) = sound.read(&mut block) {
                odd.extend(&block[..count]);
                let whole = odd.len() / 2 * 2;
                writes.lock().unwrap().append(&odd[..whole]);
                odd.drain(..whole);
                let _ = tell.send(());
            }
        });
        // A null sink renders seconds at once until a listener settles it.
        first
            .recv_timeout(PATIENCE)
            .expect("the recorder hears nothing");
        Recorder { child, tape, done }
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        let _ = kill_process(Pid::from_child(&self.server), Signal::CONT);
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Sound with the time of its first sample.
#[derive(Clone)]
pub(crate) struct Recording {
    /// Seconds since 1970.
    pub(crate) start: f64,
    /// -1 to 1.
    pub(crate) samples: Vec<f32>,
}

impl Recording {
    fn append(&mut self, bytes: &[u8]) {
        let now = epoch();
        let samples = bytes
            .chunks_exact(2)
            .map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])) / 32768.0);
        self.samples.extend(samples);
        // A block comes when it has been played or later: the least such time is the nearest.
        let length = self.samples.len() as f64 / f64::from(RATE);
        self.start = self.start.min(now - length);
    }
}

/// A recording that goes on.
pub(crate) struct Recorder {
    child: Child,
    tape: Arc<Mutex<Recording>>,
    done: Receiver<()>,
}

impl Recorder {
    /// Ends it and gives what was heard.
    pub(crate) fn finish(mut self) -> Recording {
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let _ = self.done.recv_timeout(PATIENCE);
        let _ = self.child.kill();
        let _ = self.child.wait();
        let tape = self.tape.lock().unwrap();
        tape.clone()
    }
}
