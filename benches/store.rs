//! What keeping costs: handing an input over to the recorder's thread, and a whole
//! short session from its beginning until it is on the disk; then what the log's
//! screen reads of thousands of sessions. The 10,000 take a while to make;
//! `cargo bench --bench store -- append` leaves them out.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ashiatsu::clock::{self, Clock};
use ashiatsu::library::Library;
use ashiatsu::plan::Plan;
use ashiatsu::session::{Command, Input, InputKind};
use ashiatsu::store::{Meta, Recorder, Store, Totals};
use divan::Bencher;
use tempfile::TempDir;

/// How long a disk may take.
const PATIENCE: Duration = Duration::from_secs(600);

fn main() {
    divan::main();
}

/// An input, as the loop hands it over: it waits for nothing.
#[divan::bench(sample_count = 20, sample_size = 10)]
fn append(bencher: Bencher<'_, '_>) {
    let (Ok(folder), Some(plan)) = (TempDir::new(), plan()) else {
        return;
    };
    let Some(recorder) = recorder(folder.path()) else {
        return;
    };
    let _key = recorder.begin(Meta::of("bench"), plan, &clock::wall());
    let mut seq = 0;
    bencher.bench_local(|| {
        recorder.input(&input(seq, Command::More));
        seq += 1;
    });
    let _ = recorder.shut_down(PATIENCE);
}

/// A session of ten inputs, until it is safe on the disk.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn append_session(bencher: Bencher<'_, '_>) {
    let (Ok(folder), Some(plan)) = (TempDir::new(), plan()) else {
        return;
    };
    bencher.bench_local(|| {
        if let Some(recorder) = recorder(folder.path()) {
            tell(&recorder, &plan);
            let _ = recorder.shut_down(PATIENCE);
        }
    });
}

/// What the log's screen reads: opened, each session's line, totals, regions.
#[divan::bench(args = [100, 1000, 10_000], sample_count = 10, sample_size = 1)]
fn log(bencher: Bencher<'_, '_>, sessions: usize) {
    let Some(folder) = years(sessions) else {
        return;
    };
    bencher.bench_local(|| {
        let store = Store::open_log(folder.path()).ok()??;
        let entries = store.log(None).ok()?;
        let totals = Totals::of(&entries);
        let regions = store.regions(None).ok()?;
        Some((entries, totals, regions))
    });
}

/// A log of that many short sessions.
fn years(sessions: usize) -> Option<TempDir> {
    /// As many as wait for the disk at once.
    const BATCH: usize = 40;
    let (folder, plan) = (TempDir::new().ok()?, plan()?);
    let mut left = sessions;
    while left > 0 {
        let recorder = recorder(folder.path())?;
        for _ in 0..left.min(BATCH) {
            tell(&recorder, &plan);
        }
        left = left.saturating_sub(BATCH);
        let _ = recorder.shut_down(PATIENCE);
    }
    Some(folder)
}

fn tell(recorder: &Recorder, plan: &Arc<Plan>) {
    let _key = recorder.begin(Meta::of("bench"), Arc::clone(plan), &clock::wall());
    for seq in 0..10 {
        let command = if seq < 9 { Command::More } else { Command::End };
        recorder.input(&input(seq, command));
    }
    recorder.close();
}

fn input(seq: u64, command: Command) -> Input {
    Input {
        seq,
        at: Duration::from_secs(10 + seq),
        kind: InputKind::Command(command),
    }
}

fn plan() -> Option<Arc<Plan>> {
    let entry = Library::find("back-basics", None).ok()?;
    Some(Arc::new(Plan::whole(&entry.content.ok()?)))
}

fn recorder(folder: &Path) -> Option<Recorder> {
    Recorder::start(Some(folder.to_owned()), Clock::new(), |_| {}).ok()
}
