//! `ashiatsu log`: the practice log, as a table, for a spreadsheet or for
//! other programs.

mod csv;
mod json;
mod table;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::failure::Failure;
use super::output;
use crate::paths::Paths;
use crate::settings::{self, Settings};
use crate::store::{Progress, Report, Store, Totals, Trouble};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu log                                    what you have practised\n  \
    ashiatsu log --since 2026-09-01 --format csv > log.csv    for your school\n\
    \n\
    The log is about your own work: no field holds a client's name or health.")]
pub(super) struct Arguments {
    /// How it is shown
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// Only sessions from this day on, for example 2026-09-01
    #[arg(long, value_name = "DATE", value_parser = date, allow_hyphen_values = true)]
    since: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Table,
    /// For a spreadsheet: one line a session
    Csv,
    /// For other programs: with every step and cue
    Json,
}

fn date(text: &str) -> Result<Date, String> {
    text.trim()
        .parse()
        .map_err(|_| "write the day as year-month-day, for example 2026-09-01".to_owned())
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Failure> {
        let paths = Paths::of_user().ok_or_else(|| unreadable(&Trouble::NoFolder))?;
        let settings = settings::load(&paths.settings_file()).0;
        let text = match self.text(&paths, &settings) {
            Ok(text) => text,
            // It shows only while it is read.
            Err(Fault::Store(Trouble::Damaged)) => {
                set_aside(&paths).map_err(|trouble| unreadable(&trouble))?;
                self.text(&paths, &settings)?
            }
            Err(fault) => return Err(fault.into()),
        };
        output::print(&text)
    }

    fn text(&self, paths: &Paths, settings: &Settings) -> Result<String, Fault> {
        let store = Store::open_log(&paths.data)?;
        if let Some(path) = store.as_ref().and_then(Store::was_set_aside) {
            output::tell(&Report::SetAside(path.to_owned()).to_string());
        }
        let entries = match &store {
            Some(store) => store.log(self.since)?,
            None => Vec::new(),
        };
        Ok(match self.format {
            Format::Csv => csv::write(&entries),
            Format::Json => {
                let mut sessions = Vec::new();
                for entry in &entries {
                    let detail = match &store {
                        Some(store) => store.detail(entry.key)?,
                        None => continue,
                    };
                    sessions.push(json::Session::new(entry, detail));
                }
                output::json(&sessions).map_err(Fault::Output)?
            }
            Format::Table => {
                let progress = settings
                    .goal
                    // A goal is reached by all that was ever practised.
                    .filter(|_| self.since.is_none())
                    .map(|goal| Progress::new(&Totals::of(&entries), goal));
                table::draw(&entries, progress)
            }
        })
    }
}

fn set_aside(paths: &Paths) -> Result<(), Trouble> {
    let mut store = Store::open(&paths.data)?;
    store.set_aside()?;
    if let Some(path) = store.was_set_aside() {
        output::tell(&Report::SetAside(path.to_owned()).to_string());
    }
    Ok(())
}

/// What went wrong on the way.
enum Fault {
    Store(Trouble),
    Output(Failure),
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Self::Store(trouble)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Store(trouble) => unreadable(&trouble),
            Fault::Output(failure) => failure,
        }
    }
}

fn unreadable(trouble: &Trouble) -> Failure {
    let help = match trouble {
        Trouble::Busy => "close the other program, or try again in a while",
        Trouble::Newer => "use the newer version of ashiatsu",
        Trouble::Full | Trouble::Disk => "make room on the disk",
        Trouble::ReadOnly | Trouble::Closed => "see who may read and write in the data folder",
        _ => "nothing in the log was changed",
    };
    Failure::wrong(format!("the practice log can't be read: {trouble}"), help)
}
