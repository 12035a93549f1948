//! The order of a measurement: start it some times, let it rest, press keys, and
//! last of all let strace slow it down.

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::figures::{self, Ticks};
use super::process::{self, Usage};
use super::report;
use super::scenes::{self, Scene};
use super::terminal::{Terminal, now};

/// Windows, in columns and rows.
const WINDOWS: [(u16, u16); 2] = [(80, 24), (200, 50)];

/// How thorough.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Hands off the keyboard for so long.
    pub(crate) rest: Duration,
    /// How many starts.
    pub(crate) starts: usize,
    /// How many keys.
    pub(crate) keys: usize,
    /// How long system calls are counted.
    calls: Duration,
}

const FULL: Effort = Effort {
    rest: Duration::from_secs(60),
    starts: 20,
    keys: 40,
    calls: Duration::from_secs(20),
};

const QUICK: Effort = Effort {
    rest: Duration::from_secs(10),
    starts: 5,
    keys: 10,
    calls: Duration::from_secs(5),
};

/// What one screen in one window costs.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) scene: Scene,
    pub(crate) window: (u16, u16),
    /// Milliseconds on a processor in a minute.
    pub(crate) cpu: f64,
    /// Wake-ups a second.
    pub(crate) wakes: f64,
    /// System calls a second.
    pub(crate) calls: Option<f64>,
    /// Bytes to the terminal a second.
    pub(crate) bytes: f64,
    /// The most memory held, in MB.
    pub(crate) peak: f64,
    /// Milliseconds to the end of the first frame, the median.
    pub(crate) first_frame: f64,
    /// Milliseconds from a key to the end of its picture, at the 95th percentile.
    pub(crate) key: Option<f64>,
    pub(crate) ticks: Option<Ticks>,
}

/// Measures what the arguments ask for and prints it.
pub(crate) fn all(mut arguments: impl Iterator<Item = OsString>) -> Result<(), Box<dyn Error>> {
    let program = PathBuf::from(arguments.next().ok_or("which program?")?).canonicalize()?;
    let bare =
        PathBuf::from(arguments.next().ok_or("beside which bare program?")?).canonicalize()?;
    let (mut effort, mut only) = (FULL, String::new());
    while let Some(word) = arguments.next() {
        match word.to_str() {
            Some("--quick") => effort = QUICK,
            Some("--only") => {
                let part = arguments.next().and_then(|part| part.into_string().ok());
                only = part.ok_or("--only needs a part of a scene's name")?;
            }
            _ => return Err(format!("no such option: {}", word.display()).into()),
        }
    }
    let log = TempDir::with_prefix("measure-log")?;
    scenes::fill_log(log.path())?;
    let hears = scenes::can_sound(&program, TempDir::with_prefix("measure")?.path())?;
    let (busy, all) = process::machine();
    let mut rows = Vec::new();
    let mut ours = 0.0;
    for window in WINDOWS {
        for scene in Scene::ALL {
            let asked = scene == Scene::Bare || scene.name().contains(&only);
            if !asked || (scene == Scene::Sound && !hears) {
                continue;
            }
            report::progress(scene, window);
            let row = measure(scene, window, effort, (&program, &bare), log.path())?;
            ours += row.cpu / 60.0 * effort.rest.as_secs_f64();
            rows.push(row);
        }
    }
    let (busy_then, all_then) = process::machine();
    let others = report::Others {
        busy: busy_then - busy,
        all: all_then - all,
        ours,
    };
    let size = std::fs::metadata(&program)?.len();
    report::print(&rows, effort, size, hears, &others);
    Ok(())
}

fn measure(
    scene: Scene,
    window: (u16, u16),
    effort: Effort,
    (program, bare): (&Path, &Path),
    log: &Path,
) -> Result<Row, Box<dyn Error>> {
    let path = if scene == Scene::Bare { bare } else { program };
    let mut command: Vec<OsString> = vec![path.into()];
    command.extend(scene.arguments().iter().map(OsString::from));
    let start = |home: &TempDir| -> Result<Terminal, Box<dyn Error>> {
        let variables = scene.prepare(home.path(), log)?;
        Terminal::start(&command, window, home.path(), &variables)
    };
    let mut frames = Vec::new();
    for _ in 0..effort.starts {
        let home = TempDir::with_prefix("measure")?;
        let terminal = start(&home)?;
        let last = terminal.chunks.last().ok_or("it drew nothing")?;
        frames.push(figures::millis(last.at.saturating_sub(terminal.begun)));
    }

    let home = TempDir::with_prefix("measure")?;
    let mut terminal = start(&home)?;
    let (settle, keys) = scene.way();
    terminal.wait(settle);
    if !keys.is_empty() {
        terminal.press(keys)?;
        terminal.wait(Duration::from_secs(2));
    }
    let pid = terminal.pid;
    let mut before = Usage::default();
    before.look(pid);
    let (begun, from) = (now(), terminal.chunks.len());
    let mut usage = before.kept();
    // Looked at now and then, so that little is missed of a thread that ends.
    for _ in 0..20 {
        terminal.wait(effort.rest / 20);
        usage.look(pid);
    }
    let seconds = figures::millis(now() - begun) / 1000.0;
    let (cpu, wakes) = usage.since(&before);
    let steady = terminal.chunks.get(from..).unwrap_or_default();
    let bytes: usize = steady.iter().map(|chunk| chunk.data.len()).sum();
    let ticks = figures::ticks(&figures::pictures(steady));
    let peak = process::peak(pid).ok_or("it has ended by itself")?;
    let wakes = figures::as_float(usize::try_from(wakes)?) / seconds;

    let key = press_keys(&mut terminal, scene.key(), effort.keys)?;
    let told = home.path().join("calls");
    let counted = process::calls(pid, &told, || terminal.wait(effort.calls))?;
    let calls = match counted {
        Some(count) => {
            Some(figures::as_float(usize::try_from(count)?) / effort.calls.as_secs_f64())
        }
        None => None,
    };
    if !terminal.runs() {
        return Err(format!("{} has ended by itself", scene.name()).into());
    }
    Ok(Row {
        scene,
        window,
        cpu: figures::millis(cpu) * 60.0 / seconds,
        wakes,
        calls,
        bytes: figures::as_float(bytes) / seconds,
        peak: figures::as_float(usize::try_from(peak)?) / 1024.0,
        first_frame: figures::quantile(&frames, 0.5).ok_or("it was never started")?,
        key,
        ticks,
    })
}

/// Presses at uneven moments of the second; the answer's 95th percentile.
fn press_keys(
    terminal: &mut Terminal,
    key: &[u8],
    count: usize,
) -> Result<Option<f64>, Box<dyn Error>> {
    let from = terminal.chunks.len();
    let mut pressed = Vec::new();
    for number in 0..count {
        // Steps by the golden ratio fall evenly into the second.
        let part = (figures::as_float(number) * 0.618).fract();
        terminal.wait(Duration::from_secs_f64(0.2 + 0.2 * part));
        pressed.push(terminal.press(key)?);
    }
    terminal.wait(Duration::from_millis(500));
    let pictures = figures::pictures(terminal.chunks.get(from..).unwrap_or_default());
    let ends = pressed.iter().skip(1).copied().chain([u64::MAX]);
    let answers: Vec<f64> = pressed
        .iter()
        .zip(ends)
        .filter_map(|(&at, next)| figures::answer(&pictures, at, next))
        .collect();
    Ok(figures::quantile(&answers, 0.95))
}
