//! How long it takes to place a routine in time, as written and fitted to nine
//! tenths of its length, for 10 to 10,000 steps.

#[path = "support/long.rs"]
mod long;

use ashiatsu::plan::{Options, Plan};
use ashiatsu::routine::Routine;
use ashiatsu::routine::read::{self, NoSounds};
use divan::Bencher;
use divan::counter::ItemsCount;

const STEPS: [usize; 4] = [10, 100, 1000, 10_000];

fn main() {
    divan::main();
}

/// As written.
#[divan::bench(args = STEPS)]
fn whole(bencher: Bencher<'_, '_>, steps: usize) {
    bench(bencher, steps, Plan::whole);
}

/// Nine tenths as long.
#[divan::bench(args = STEPS)]
fn fitted(bencher: Bencher<'_, '_>, steps: usize) {
    bench(bencher, steps, |routine| {
        let options = Options {
            fit: Some(Plan::whole(routine).length() * 9 / 10),
            ..Options::default()
        };
        Plan::new(routine, &options)
    });
}

fn bench<T>(bencher: Bencher<'_, '_>, steps: usize, what: impl Fn(&Routine) -> T + Sync) {
    if let Ok(routine) = read::read(&long::text(steps), &NoSounds) {
        bencher
            .counter(ItemsCount::new(steps))
            .bench(|| what(divan::black_box(&routine)));
    }
}
