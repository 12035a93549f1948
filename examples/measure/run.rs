//! The order of a measurement: each is started some times, all rest side by side,
//! each is pressed keys, and last of all strace slows them down.

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::thread;
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
pub(crate) fn all(mut arguments: impl Iterator<Item = OsString>) -> Result<(), Failure> {
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
    for window in WINDOWS {
        let scenes = Scene::ALL.into_iter().filter(|&scene| {
            let asked = scene == Scene::Bare || scene.name().contains(&only);
            asked && (scene != Scene::Sound || hears)
        });
        let place = Place {
            program: &program,
            bare: &bare,
            log: log.path(),
            window,
        };
        rows.extend(beside_each_other(
            &scenes.collect::<Vec<_>>(),
            &place,
            effort,
        )?);
    }
    let ours = rows.iter().map(|row| row.cpu).sum::<f64>() / 60.0 * effort.rest.as_secs_f64();
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

/// What is started, and in what.
struct Place<'a> {
    program: &'a Path,
    bare: &'a Path,
    log: &'a Path,
    window: (u16, u16),
}

impl Place<'_> {
    fn start(&self, scene: Scene, home: &TempDir) -> Result<Terminal, Failure> {
        let path = match scene {
            Scene::Bare => self.bare,
            _ => self.program,
        };
        let mut command: Vec<OsString> = vec![path.into()];
        command.extend(scene.arguments().iter().map(OsString::from));
        let variables = scene.prepare(home.path(), self.log)?;
        Terminal::start(&command, self.window, home.path(), &variables)
    }
}

type Failure = Box<dyn Error + Send + Sync>;

/// Measures these in one window. They start and answer one after the other, and
/// rest side by side: at rest each takes so little that none is in another's way.
fn beside_each_other(
    scenes: &[Scene],
    place: &Place<'_>,
    effort: Effort,
) -> Result<Vec<Row>, Failure> {
    let mut running = Vec::new();
    for &scene in scenes {
        report::progress(scene, place.window);
        let mut frames = Vec::new();
        for _ in 0..effort.starts {
            let home = TempDir::with_prefix("measure")?;
            let terminal = place.start(scene, &home)?;
            let last = terminal.chunks.last().ok_or("it drew nothing")?;
            frames.push(figures::millis(last.at.saturating_sub(terminal.begun)));
        }
        let frame = figures::quantile(&frames, 0.5).ok_or("it was never started")?;
        running.push((scene, frame));
    }
    let mut homes = Vec::new();
    for (scene, frame) in running {
        let home = TempDir::with_prefix("measure")?;
        let terminal = place.start(scene, &home)?;
        homes.push((scene, frame, home, terminal));
    }
    report::resting(effort);
    let mut rested = all_at_once(homes, |(scene, first_frame, home, mut terminal)| {
        let at_rest = rest(scene, &mut terminal, effort)?;
        Ok((scene, first_frame, home, terminal, at_rest))
    })?;
    let mut answers = Vec::new();
    for (scene, _, _, terminal, _) in &mut rested {
        answers.push(press_keys(terminal, scene.key(), effort.keys)?);
    }
    let counted = all_at_once(
        rested,
        |(scene, first_frame, home, mut terminal, at_rest)| {
            let told = home.path().join("calls");
            let pid = terminal.pid;
            let count = process::calls(pid, &told, || terminal.wait(effort.calls))?;
            if !terminal.runs() {
                return Err(format!("{} has ended by itself", scene.name()).into());
            }
            let calls = match count {
                Some(count) => {
                    Some(figures::as_float(usize::try_from(count)?) / effort.calls.as_secs_f64())
                }
                None => None,
            };
            Ok((scene, first_frame, at_rest, calls))
        },
    )?;
    let rows = counted.into_iter().zip(answers);
    Ok(rows
        .map(|((scene, first_frame, at_rest, calls), key)| Row {
            scene,
            window: place.window,
            cpu: at_rest.cpu,
            wakes: at_rest.wakes,
            calls,
            bytes: at_rest.bytes,
            peak: at_rest.peak,
            first_frame,
            key,
            ticks: at_rest.ticks,
        })
        .collect())
}

/// Does it with each on a thread of its own, all at the same time.
fn all_at_once<A: Send, B: Send>(
    each: Vec<A>,
    what: impl Fn(A) -> Result<B, Failure> + Sync,
) -> Result<Vec<B>, Failure> {
    thread::scope(|scope| {
        let what = &what;
        let threads: Vec<_> = each
            .into_iter()
            .map(|one| scope.spawn(move || what(one)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| "it can't be measured")?)
            .collect()
    })
}

/// What one costs with hands off.
struct AtRest {
    cpu: f64,
    wakes: f64,
    bytes: f64,
    peak: f64,
    ticks: Option<Ticks>,
}

fn rest(scene: Scene, terminal: &mut Terminal, effort: Effort) -> Result<AtRest, Failure> {
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
    let peak = process::peak(pid).ok_or("it has ended by itself")?;
    Ok(AtRest {
        cpu: figures::millis(cpu) * 60.0 / seconds,
        wakes: figures::as_float(usize::try_from(wakes)?) / seconds,
        bytes: figures::as_float(bytes) / seconds,
        peak: figures::as_float(usize::try_from(peak)?) / 1024.0,
        ticks: figures::ticks(&figures::pictures(steady)),
    })
}

/// Presses at uneven moments of the second; the answer's 95th percentile.
fn press_keys(terminal: &mut Terminal, key: &[u8], count: usize) -> Result<Option<f64>, Failure> {
    // What came while others were asked is no answer.
    terminal.wait(Duration::ZERO);
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
