//! The figures as Markdown, each goal with what was reached.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is its purpose"
)]

use super::process;
use super::run::{Effort, Row};
use super::scenes::Scene;

/// What else ran on the machine, in ticks.
pub(crate) struct Others {
    pub(crate) busy: u64,
    pub(crate) all: u64,
    /// What the measured programs themselves took at rest, in milliseconds.
    pub(crate) ours: f64,
}

/// Says what is under way, where it does not end up in the table.
pub(crate) fn progress(scene: Scene, (cols, rows): (u16, u16)) {
    eprintln!("{} at {cols}x{rows} ...", scene.name());
}

/// Says that all rest.
pub(crate) fn resting(effort: Effort) {
    eprintln!("hands off for {} s ...", effort.rest.as_secs());
}

/// Prints everything.
pub(crate) fn print(rows: &[Row], effort: Effort, size: u64, hears: bool, others: &Others) {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    println!(
        "Measured on {}, Linux on {cores} cores of {}: {} s each with hands off, {} starts, {} keys.",
        ashiatsu::clock::wall().date(),
        process::processor(),
        effort.rest.as_secs(),
        effort.starts,
        effort.keys,
    );
    #[expect(clippy::cast_precision_loss, reason = "ticks of some minutes")]
    let share = (others.busy as f64 - others.ours / 10.0).max(0.0) / others.all.max(1) as f64;
    println!(
        "Other work took {:.0} % of the machine meanwhile{}.",
        share * 100.0,
        if share > 0.1 {
            ": the times below are no better than that lets them be"
        } else {
            ""
        }
    );
    if !hears {
        println!("No sound device here: the session with sound is missing.");
    }
    println!();
    println!(
        "| screen | window | CPU, ms a minute | of the bare program's | wake-ups a second | system calls a second | bytes a second | peak memory, MB | first frame, ms | key to screen, p95, ms | second off by, mean / p99, ms | drift, ms a minute |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for row in rows {
        let (cols, lines) = row.window;
        println!(
            "| {} | {cols}x{lines} | {:.1} | {:.1} x | {:.2} | {} | {:.0} | {:.1} | {:.1} | {} | {} | {} |",
            row.scene.name(),
            row.cpu,
            row.cpu / bare(rows, row),
            row.wakes,
            or_dash(row.calls, 1),
            row.bytes,
            row.peak,
            row.first_frame,
            or_dash(row.key, 2),
            row.ticks.map_or_else(
                || "–".to_owned(),
                |ticks| format!("{:.2} / {:.2}", ticks.mean, ticks.p99)
            ),
            or_dash(row.ticks.map(|ticks| ticks.drift), 2),
        );
    }
    println!();
    println!("| goal | at most | measured | reached |");
    println!("|---|--:|--:|---|");
    #[expect(clippy::cast_precision_loss, reason = "a file of some megabytes")]
    goal("size of the program, MB", 8.0, size as f64 / 1e6);
    for row in rows {
        for (what, most, measured) in goals(rows, row) {
            let (cols, lines) = row.window;
            let what = format!("{what}: {}, {cols}x{lines}", row.scene.name());
            goal(&what, most, measured);
        }
    }
}

fn goal(what: &str, most: f64, measured: f64) {
    let reached = if measured <= most { "yes" } else { "**no**" };
    println!("| {what} | {most} | {measured:.2} | {reached} |");
}

/// What the row's screen is to reach.
fn goals(rows: &[Row], row: &Row) -> Vec<(&'static str, f64, f64)> {
    let mut goals = Vec::new();
    let calls = row.calls.map(|calls| ("system calls a second", calls));
    let calls_below = |most, goals: &mut Vec<_>| {
        goals.extend(calls.map(|(what, calls)| (what, most, calls)));
    };
    let (wakes, calls_most) = match row.scene {
        Scene::Bare => return goals,
        Scene::Muted | Scene::Sound => (2.0, 15.0),
        Scene::NotKept => (1.3, 10.0),
        // Nothing moves on the others.
        Scene::Home | Scene::FullHome | Scene::Preflight | Scene::Paused | Scene::Log => (0.0, 0.0),
    };
    match row.scene {
        Scene::Muted | Scene::NotKept | Scene::Sound | Scene::Paused => {
            goals.push(("wake-ups a second", wakes, row.wakes));
            calls_below(calls_most, &mut goals);
        }
        _ => {}
    }
    match row.scene {
        Scene::Muted | Scene::NotKept => {
            goals.push((
                "times the bare program's CPU",
                2.0,
                row.cpu / bare(rows, row),
            ));
            goals.push(("bytes a second", 150.0, row.bytes));
        }
        Scene::Paused => {
            goals.push(("CPU, ms a minute", 0.0, row.cpu));
            goals.push(("bytes a second", 0.0, row.bytes));
        }
        Scene::Home => goals.push(("first frame, ms", 5.0, row.first_frame)),
        Scene::FullHome => goals.push(("first frame, ms", 10.0, row.first_frame)),
        _ => {}
    }
    goals.push(match row.scene {
        // These are not muted: what sounds is loaded.
        Scene::Home | Scene::FullHome | Scene::Log | Scene::Sound => {
            ("peak memory with sound, MB", 20.0, row.peak)
        }
        _ => ("peak memory muted, MB", 10.0, row.peak),
    });
    if let Some(ticks) = row.ticks {
        goals.push(("second off in the mean, ms", 1.0, ticks.mean));
        goals.push(("second off at p99, ms", 5.0, ticks.p99));
        goals.push(("drift, ms a minute", 1.0, ticks.drift.abs()));
    }
    goals.extend(row.key.map(|key| ("key to screen, p95, ms", 2.0, key)));
    goals
}

/// The bare program's CPU in the same window.
fn bare(rows: &[Row], row: &Row) -> f64 {
    rows.iter()
        .find(|other| other.scene == Scene::Bare && other.window == row.window)
        .map_or(f64::NAN, |bare| bare.cpu)
}

fn or_dash(figure: Option<f64>, places: usize) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.places$}"))
}
