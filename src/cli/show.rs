//! `ashiatsu show`: the expanded plan, as a table, for a hand-out or for
//! other programs.

mod json;
mod markdown;
mod table;

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::{lookup, output, run};
use crate::plan::{Options, Plan};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu show back-basics\n  \
    ashiatsu show back-basics --fit 25m     the same in 25 minutes\n\
    \n\
    A hand-out for a class:\n  \
    ashiatsu show back-basics --format markdown > plan.md")]
pub(super) struct Arguments {
    #[command(flatten)]
    routine: lookup::RoutineName,
    /// How it is shown
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// The plan as it would be to last TIME, for example 45m or "1h 10m"
    #[arg(long, value_name = "TIME", value_parser = lookup::time, allow_hyphen_values = true)]
    fit: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Table,
    /// A hand-out, with the cues
    Markdown,
    /// For other programs
    Json,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Failure> {
        let (_, routine) = lookup::routine(&self.routine.asked)?;
        let options = Options {
            fit: self.fit,
            ..Options::default()
        };
        let plan = Plan::new(&routine, &options).map_err(run::unplannable)?;
        let text = match self.format {
            Format::Table => table::draw(&routine, &plan),
            Format::Markdown => markdown::write(&routine, &plan),
            Format::Json => output::json(&json::Shown::new(&plan))?,
        };
        output::print(&text)
    }
}
