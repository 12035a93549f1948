//! What the program costs: `scripts/measure` builds it and starts this, which runs
//! it in a pseudo-terminal, screen by screen, beside a bare program by the same
//! library, and prints Markdown for `docs/performance.md`. Linux alone: it reads
//! `/proc`.
//!
//! `measure PROGRAM BARE [--quick] [--only PART-OF-A-SCENE]`

#[cfg(target_os = "linux")]
#[path = "measure/figures.rs"]
mod figures;
#[cfg(target_os = "linux")]
#[path = "measure/process.rs"]
mod process;
#[cfg(target_os = "linux")]
#[path = "measure/report.rs"]
mod report;
#[cfg(target_os = "linux")]
#[path = "measure/run.rs"]
mod run;
#[cfg(target_os = "linux")]
#[path = "measure/scenes.rs"]
mod scenes;
#[cfg(target_os = "linux")]
#[path = "measure/terminal.rs"]
mod terminal;

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut arguments = std::env::args_os().skip(1).peekable();
    if arguments.next_if(|word| word == terminal::STAMP).is_some() {
        return terminal::stamp(arguments);
    }
    run::all(arguments)
}

#[cfg(not(target_os = "linux"))]
fn main() -> Result<(), &'static str> {
    Err("This measures on Linux alone: it reads what /proc tells of a process.")
}
