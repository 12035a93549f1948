//! `ashiatsu design`: a routine as a table, to be shaped by keys.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::failure::Failure;
use super::{lookup, run};
use crate::desk;
use crate::paths::Paths;
use crate::tui::{self, First};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu design my-routine.ron    shape it, or begin a new one\n\
    \n\
    The question mark shows all keys. Comments stay where they are, and move with their steps.\n\
    Nothing is saved before Ctrl-S; what is not saved survives a crash.")]
pub(super) struct Arguments {
    /// The file, for example my-routine.ron
    ///
    /// One that is not there yet, or empty, begins as an empty routine; `ashiatsu new` writes one with an
    /// explanation of each part instead.
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

impl Arguments {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        run::needs_terminal("the designer is shown in a terminal, and this is none")?;
        let paths = Paths::of_user();
        if let Some(name) = lookup::in_library(&self.file) {
            return Err(Failure::wrong(
                format!("{name} is a routine of the library, and this shapes files"),
                "d on the home screen opens it, a sample as a copy of your own; for a new file, \
                 write a name that ends in .ron",
            ));
        }
        if !self.file.exists() && self.file.extension().is_none() {
            let file = self.file.display();
            return Err(Failure::wrong(
                format!("there is no file called {file}"),
                format!("to begin a new routine: ashiatsu design {file}.ron"),
            ));
        }
        let opened = desk::open(&self.file, paths.as_ref()).map_err(Failure::bare)?;
        run::show(tui::Options::showing(First::Design(Box::new(opened))))
    }
}
