//! How long it takes to read a routine and to say all that is wrong with it,
//! for routines of 10 to 10,000 steps, the most that there may be. Twice the
//! steps should take twice the time: the steps per second stay the same down
//! each column.
//!
//! `cargo bench --bench check`, or with a part of a name behind it.

use std::fmt::Write as _;

use ashiatsu::check::{self, Checked};
use ashiatsu::document::Document;
use ashiatsu::plan::Plan;
use ashiatsu::routine::Routine;
use ashiatsu::routine::read::{self, NoSounds};
use divan::Bencher;
use divan::counter::ItemsCount;

/// How many steps; 5,000 stands for the half of the most.
const STEPS: [usize; 5] = [10, 100, 1000, 5000, 10_000];

/// What each step of a routine is like.
#[derive(Debug, Clone, Copy)]
enum Steps {
    /// Nothing to be said of it.
    Good,
    /// A word that is none.
    Misspelt,
    /// Too short for its warning: it runs, with a doubt.
    Doubtful,
}

fn main() {
    divan::main();
}

/// The tree of positions over the text.
#[divan::bench(args = STEPS)]
fn parse(bencher: Bencher<'_, '_>, steps: usize) {
    bench(bencher, steps, Steps::Good, Document::parse);
}

/// From text to plan, as a session needs it.
#[divan::bench(args = STEPS)]
fn load(bencher: Bencher<'_, '_>, steps: usize) {
    bench(bencher, steps, Steps::Good, |text| {
        let routine = read::read(text, &NoSounds).ok();
        routine.map(|routine: Routine| Plan::whole(&routine))
    });
}

/// All that `ashiatsu check` says.
#[divan::bench_group(name = "check")]
mod all {
    use super::{Bencher, STEPS, Steps, bench, checked};

    #[divan::bench(args = STEPS)]
    fn good(bencher: Bencher<'_, '_>, steps: usize) {
        bench(bencher, steps, Steps::Good, checked);
    }

    #[divan::bench(args = STEPS)]
    fn misspelt(bencher: Bencher<'_, '_>, steps: usize) {
        bench(bencher, steps, Steps::Misspelt, checked);
    }

    #[divan::bench(args = STEPS)]
    fn doubtful(bencher: Bencher<'_, '_>, steps: usize) {
        bench(bencher, steps, Steps::Doubtful, checked);
    }
}

fn checked(text: &str) -> Checked {
    check::check(text, &NoSounds)
}

fn bench<T>(bencher: Bencher<'_, '_>, steps: usize, of: Steps, what: impl Fn(&str) -> T + Sync) {
    let text = routine(steps, of);
    bencher
        .counter(ItemsCount::new(steps))
        .bench(|| what(divan::black_box(&text)));
}

/// A routine of so many steps, within a file's and a session's limits.
fn routine(count: usize, steps: Steps) -> String {
    let (side, prepare) = match steps {
        Steps::Good => ("Left", "0s"),
        Steps::Misspelt => ("Lfet", "0s"),
        Steps::Doubtful => ("Left", "3s"),
    };
    let mut text = format!(
        "Routine(format: 1, name: \"Long\", prepare: \"{prepare}\", phases: [\n\
         Phase(name: \"All\", position: Prone, steps: [\n"
    );
    for number in 0..count {
        // Writing into a String does not fail.
        let _ = writeln!(
            text,
            "  Step(stroke: \"S{number}\", region: Back, side: {side}, time: \"4s\", cue: \"Glide on {{side}}\"),"
        );
    }
    text.push_str("])])\n");
    text
}
