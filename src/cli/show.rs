//! `ashiatsu show`: the expanded plan, as a table, for a hand-out or for
//! other programs.

mod json;
mod markdown;
mod table;

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::{lookup, output, run};
use crate::paths::Paths;
use crate::plan::{Options, Plan};
use crate::preflight::Lists;
use crate::settings;
use crate::sheet::Sheet;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu show back-basics\n  \
    ashiatsu show back-basics --fit 25m     the same in 25 minutes\n\
    \n\
    A sheet to print, with the client as pictures; a hand-out for a class:\n  \
    ashiatsu show back-basics --format html > sheet.html\n  \
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
    /// A sheet that prints well, with pictures of what is worked
    Html,
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
            Format::Html => {
                let lists = Lists::new(&routine, &left_out());
                let sheet = Sheet {
                    routine: &routine,
                    plan: &plan,
                    lists: &lists,
                };
                sheet.html()
            }
            Format::Json => output::json(&json::Shown::new(&plan))?,
        };
        output::print(&text)
    }
}

/// The lines of the lists that the user's settings leave out.
fn left_out() -> Vec<String> {
    Paths::of_user()
        .map(|paths| settings::load(&paths.settings_file()).0.leave_out)
        .unwrap_or_default()
}
