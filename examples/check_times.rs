//! How long a check takes, for routines of 10 to 10,000 steps: good ones, and ones with a slip in every
//! step. Run it with `--release`; twice the steps should take twice the time.

#![expect(clippy::print_stdout, reason = "the table is what is asked for")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use ashiatsu::check;
use ashiatsu::routine::read::NoSounds;

/// What each step of a routine is like.
#[derive(Clone, Copy)]
enum Steps {
    Good,
    Misspelt,
}

fn main() {
    println!("   steps      good  misspelt  (milliseconds, best of 9)");
    for count in [10, 100, 1000, 5000, 10_000] {
        let [good, misspelt] = [Steps::Good, Steps::Misspelt].map(|steps| {
            let text = routine(count, steps);
            let best = (0..9).map(|_| time(&text)).min().unwrap_or_default();
            best.as_secs_f64() * 1000.0
        });
        println!("{count:8}  {good:8.2}  {misspelt:8.2}");
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn time(text: &str) -> Duration {
    let start = Instant::now();
    let checked = check::check(text, &NoSounds);
    let took = start.elapsed();
    drop(checked);
    took
}

/// A routine of so many steps, within a file's and a session's limits.
fn routine(count: usize, steps: Steps) -> String {
    let side = match steps {
        Steps::Good => "Left",
        Steps::Misspelt => "Lfet",
    };
    let mut text = "Routine(format: 1, name: \"Long\", prepare: \"0s\", phases: [\n\
                    Phase(name: \"All\", position: Prone, steps: [\n"
        .to_owned();
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
