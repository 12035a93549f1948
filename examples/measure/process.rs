//! What Linux tells of a running process, from `/proc` and by strace. It knows
//! nothing of terminals, and of the product only its number.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

/// What one thread has used since it began.
#[derive(Debug, Clone, Copy, Default)]
struct Used {
    /// Time on a processor, in nanoseconds.
    cpu: u64,
    /// How often it went to sleep by itself, which is how often it was woken.
    wakes: u64,
}

/// What all threads of a process have used. A thread that ends between two looks
/// counts as far as it was last seen; one that was never seen is missed.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    threads: HashMap<u64, Used>,
}

impl Usage {
    /// Looks once more.
    pub(crate) fn look(&mut self, pid: Pid) {
        let folder = of(pid).join("task");
        for task in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Some(id) = task.file_name().to_str().and_then(|id| id.parse().ok()) else {
                continue;
            };
            let cpu = fs::read_to_string(task.path().join("schedstat"))
                .ok()
                .and_then(|text| text.split_whitespace().next()?.parse().ok());
            let wakes = field(&task.path().join("status"), "voluntary_ctxt_switches:");
            if let (Some(cpu), Some(wakes)) = (cpu, wakes) {
                self.threads.insert(id, Used { cpu, wakes });
            }
        }
    }

    /// Nanoseconds on a processor, and wake-ups, since that earlier look.
    pub(crate) fn since(&self, earlier: &Self) -> (u64, u64) {
        self.threads.iter().fold((0, 0), |(cpu, wakes), (id, now)| {
            let before = earlier.threads.get(id).copied().unwrap_or_default();
            (
                cpu + now.cpu.saturating_sub(before.cpu),
                wakes + now.wakes.saturating_sub(before.wakes),
            )
        })
    }

    /// The same figures, to look back at.
    pub(crate) fn kept(&self) -> Self {
        Self {
            threads: self.threads.clone(),
        }
    }
}

/// The most memory that it ever held, in kB.
pub(crate) fn peak(pid: Pid) -> Option<u64> {
    field(&of(pid).join("status"), "VmHWM:")
}

/// How many system calls it made until `wait` was over; none where there is no
/// strace, or where it may not look.
pub(crate) fn calls(pid: Pid, told: &Path, wait: impl FnOnce()) -> io::Result<Option<u64>> {
    let strace = Command::new("strace")
        .args(["-f", "-c", "-p", &pid.as_raw_nonzero().to_string(), "-o"])
        .arg(told)
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut strace) = strace else {
        return Ok(None);
    };
    wait();
    if let Some(own) = i32::try_from(strace.id()).ok().and_then(Pid::from_raw) {
        kill_process(own, Signal::INT)?;
    }
    strace.wait()?;
    let text = fs::read_to_string(told).unwrap_or_default();
    // Whom nothing called has no table, and strace then says nothing at all.
    let total = text
        .lines()
        .find(|line| line.ends_with(" total"))
        .and_then(|line| line.split_whitespace().nth(3)?.parse().ok());
    Ok(Some(total.unwrap_or(0)))
}

/// How busy the whole machine was: ticks of work, and all ticks.
pub(crate) fn machine() -> (u64, u64) {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let ticks: Vec<u64> = text
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(1)
        .take(8)
        .filter_map(|field| field.parse().ok())
        .collect();
    let all = ticks.iter().sum();
    // The fourth is idle, the fifth idle while it waits for a disk.
    let idle: u64 = ticks.iter().skip(3).take(2).sum();
    (all - idle, all)
}

/// The processor's name, for the heading.
pub(crate) fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1))
        .unwrap_or("unknown processor")
        .to_owned()
}

fn of(pid: Pid) -> PathBuf {
    Path::new("/proc").join(pid.as_raw_nonzero().to_string())
}

fn field(path: &Path, name: &str) -> Option<u64> {
    fs::read_to_string(path)
        .ok()?
        .lines()
        .find_map(|line| line.strip_prefix(name))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}
