//! `ashiatsu settings`: the settings file, written for who has none, and where
//! it is.

use std::path::Path;

use clap::Args;

use super::failure::{Failure, Reason};
use super::output;
use crate::paths::Paths;
use crate::routine::text::printable;
use crate::settings;
use crate::settings::commented;
use crate::settings::file::{self, Written};
use crate::tui::keys::SessionKeys;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu settings                    where they are; written if there are none\n  \
    ashiatsu settings --print            every setting, its meaning and its default\n  \
    nano \"$(ashiatsu settings)\"         change them in a text editor\n\
    \n\
    What one changes often can also be changed in the program: a comma at home.")]
pub(super) struct Arguments {
    /// Print what the file begins as, and write nothing
    #[arg(long)]
    print: bool,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if self.print {
            return output::print(&commented::text());
        }
        let paths = Paths::of_user()
            .ok_or_else(|| Failure::wrong("there is no home folder to keep settings in", ""))?;
        let path = paths.settings_file();
        let written = file::create(&path).map_err(|error| {
            Failure::Wrong(Reason {
                message: format!("{} can't be written: {error}", path.display()),
                help: Some("`ashiatsu settings --print` shows what would stand there".to_owned()),
            })
        })?;
        output::print(&format!("{}\n", printable(&path.display().to_string())))?;
        match written {
            Written::Now => {
                output::tell_person("It is new: every setting stands in it, with its default.");
                Ok(())
            }
            Written::Before => there(&path),
        }
    }
}

/// Nothing is added to a file that is there; what is wrong in it is said.
fn there(path: &Path) -> Result<(), Failure> {
    output::tell_person(
        "It was there and is as it was; `ashiatsu settings --print` shows every setting.",
    );
    let (settings, mut wrong) = settings::load(path);
    wrong.extend(SessionKeys::of(&settings.keys).1);
    for line in &wrong {
        output::tell(&format!("{} {line}", output::Label::Warning.drawn()));
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}
