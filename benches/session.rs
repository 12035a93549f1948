//! How long a session takes to go on: from boundary to boundary as the loop wakes
//! it, all in one leap as after a sleep, and what it foresees.

#[path = "support/long.rs"]
mod long;

use std::sync::Arc;
use std::time::Duration;

use ashiatsu::session::{Input, InputKind, Session};
use divan::Bencher;
use divan::counter::ItemsCount;

const STEPS: [usize; 4] = [10, 100, 1000, 10_000];

fn main() {
    divan::main();
}

/// To its end, woken at each of its deadlines.
#[divan::bench(args = STEPS)]
fn by_deadlines(bencher: Bencher<'_, '_>, steps: usize) {
    bench(bencher, steps, |mut session| {
        let mut seq = 0;
        while let Some(at) = session.deadline() {
            divan::black_box(session.apply(&advance(seq, at)));
            seq += 1;
        }
        session
    });
}

/// To its end at once.
#[divan::bench(args = STEPS)]
fn in_one_leap(bencher: Bencher<'_, '_>, steps: usize) {
    bench(bencher, steps, |mut session| {
        divan::black_box(session.apply(&advance(0, Duration::from_secs(100_000))));
        session
    });
}

/// What sounds in the next ten seconds, asked in the middle.
#[divan::bench(args = STEPS)]
fn foreseen(bencher: Bencher<'_, '_>, steps: usize) {
    let Some(plan) = long::plan(steps) else {
        return;
    };
    let half = plan.length() / 2;
    let mut session = Session::new(plan);
    session.apply(&advance(0, half));
    bencher.bench(|| divan::black_box(&session).upcoming(half, Duration::from_secs(10)));
}

fn advance(seq: u64, at: Duration) -> Input {
    Input {
        seq,
        at,
        kind: InputKind::Advance,
    }
}

fn bench(bencher: Bencher<'_, '_>, steps: usize, what: impl Fn(Session) -> Session + Sync) {
    if let Some(plan) = long::plan(steps) {
        bencher
            .counter(ItemsCount::new(steps))
            .with_inputs(|| Session::new(Arc::clone(&plan)))
            .bench_values(what);
    }
}
