//! The command line: what was asked, done by one file a command, and the exit
//! code. The screens and the core do the work; nothing here knows how.

mod aftercare;
mod check;
mod completions;
mod decoded;
mod design;
mod failure;
mod log;
mod lookup;
mod man;
mod new;
mod output;
mod run;
mod settings;
mod show;
mod sounds;
mod voice;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::routine::text::{is_unsafe, printable};

/// Walks you through a timed Ashiatsu (barefoot massage) routine: the stroke,
/// the side and the time left in large letters, and a soft sound when it is
/// time to shift.
#[derive(Debug, Parser)]
#[command(
    name = "ashiatsu",
    version,
    about = "A guided, timed Ashiatsu (barefoot massage) session, with cues by sound",
    long_about,
    after_help = "Without a command the home screen opens: pick a routine there.\n\
                  \n\
                  Try:\n  \
                  ashiatsu                           pick a routine and begin\n  \
                  ashiatsu run two-minute-tour       learn the keys in two minutes\n  \
                  ashiatsu show back-basics          see what comes when\n  \
                  ashiatsu new my-routine.ron        write a routine of your own\n\
                  \n\
                  Each command explains itself: ashiatsu run --help\n\
                  This program informs; it gives no medical clearance."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a routine: checklists, session, aftercare card
    Run(run::Arguments),
    /// Show what a routine does: each step, its start, side and time
    Show(show::Arguments),
    /// Find what is wrong in routine files, and what would be right
    Check(check::Arguments),
    /// Write a routine with comments, to start your own from
    New(new::Arguments),
    /// Shape a routine as a table: move a stroke, hear it, see what it does to the hour
    Design(design::Arguments),
    /// Show what you have practised: each session, the totals, your goal
    Log(log::Arguments),
    /// Make the aftercare card to hand to a client
    Aftercare(aftercare::Arguments),
    /// Hear the sounds, each with its meaning; choose the device
    Sounds(sounds::Arguments),
    /// Render the spoken lines of a routine ahead
    Voice(voice::Arguments),
    /// Write your settings, each explained, or say where they are
    Settings(settings::Arguments),
    /// Write what your shell needs to complete commands with Tab
    Completions(completions::Arguments),
    /// Write the manual page
    Man,
}

/// Does what the program's arguments ask for and says how it went: 0 done, 1
/// the thing asked about is wrong, 2 not asked in a way that can be done.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let done = match arguments.command {
        None => run::home(),
        Some(Command::Run(arguments)) => arguments.run(),
        Some(Command::Show(arguments)) => arguments.run().map(|()| ExitCode::SUCCESS),
        Some(Command::Check(arguments)) => arguments.run(),
        Some(Command::New(arguments)) => arguments.run().map(|()| ExitCode::SUCCESS),
        Some(Command::Design(arguments)) => arguments.run(),
        Some(Command::Log(arguments)) => arguments.run().map(|()| ExitCode::SUCCESS),
        Some(Command::Aftercare(arguments)) => arguments.run().map(|()| ExitCode::SUCCESS),
        Some(Command::Sounds(arguments)) => arguments.run(),
        Some(Command::Voice(arguments)) => arguments.run(),
        Some(Command::Settings(arguments)) => arguments.run().map(|()| ExitCode::SUCCESS),
        Some(Command::Completions(arguments)) => arguments.run().map(|()| ExitCode::SUCCESS),
        Some(Command::Man) => man::run().map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|failure| failure.tell())
}

/// Says what clap has to say: help and version, or what it did not understand.
fn usage(error: &clap::Error) -> ExitCode {
    // It repeats what was typed, or what the shell made of a `*`.
    let harmless = std::env::args_os().all(|typed| !typed.to_string_lossy().contains(is_unsafe));
    if harmless {
        // It knows when to use colour, and how wide the terminal is. Where
        // this fails there is nobody left to tell.
        let _ = error.print();
    } else {
        let lines = error.render().to_string();
        let lines: Vec<String> = lines.lines().map(printable).collect();
        output::tell(&lines.join("\n"));
    }
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(failure::USAGE),
    }
}

/// The program's own description of itself.
fn command() -> clap::Command {
    Arguments::command()
}
