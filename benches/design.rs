//! What one edit in the designer costs, for routines of 10 to 10,000 steps: the
//! author waits for each of them.

#[path = "support/long.rs"]
mod long;

use std::time::Duration;

use ashiatsu::design::{Design, Edited, New, Refused, Spot};
use ashiatsu::routine::vocabulary::Region;
use divan::Bencher;

const STEPS: [usize; 3] = [10, 1000, 10_000];

fn main() {
    divan::main();
}

/// The text read into rows.
#[divan::bench(args = STEPS)]
fn open(bencher: Bencher<'_, '_>, steps: usize) {
    let text = long::text(steps);
    bencher.bench(|| Design::new(divan::black_box(&text)));
}

/// Fifteen seconds more for the step in the middle.
#[divan::bench(args = STEPS)]
fn adjust_time(bencher: Bencher<'_, '_>, steps: usize) {
    bench(bencher, steps, |design, row| {
        design.adjust_time(row..row + 1, 15)
    });
}

#[divan::bench(args = STEPS)]
fn insert(bencher: Bencher<'_, '_>, steps: usize) {
    let step = New::Step {
        stroke: "New".to_owned(),
        region: Region::Back,
        time: Duration::from_secs(60),
    };
    bench(bencher, steps, |design, row| {
        design.insert(Spot::After(row), &step)
    });
}

#[divan::bench(args = STEPS)]
fn move_down(bencher: Bencher<'_, '_>, steps: usize) {
    bench(bencher, steps, |design, row| design.move_down(row..row + 1));
}

#[divan::bench(args = STEPS)]
fn delete(bencher: Bencher<'_, '_>, steps: usize) {
    bench(bencher, steps, |design, row| design.delete(row..row + 1));
}

/// An edit taken back.
#[divan::bench(args = STEPS)]
fn undo(bencher: Bencher<'_, '_>, steps: usize) {
    let mut edited = Design::new(&long::text(steps));
    let row = steps / 2;
    if edited.delete(row..row + 1).is_ok() {
        bencher
            .with_inputs(|| edited.clone())
            .bench_values(|mut design| (design.undo(), design));
    }
}

fn bench(
    bencher: Bencher<'_, '_>,
    steps: usize,
    edit: impl Fn(&mut Design, usize) -> Result<Edited, Refused> + Sync,
) {
    let design = Design::new(&long::text(steps));
    bencher
        .with_inputs(|| design.clone())
        .bench_values(|mut design| (edit(&mut design, steps / 2), design));
}
