//! `ashiatsu new`: a routine with comments, to start from.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::output;

/// What the file begins as.
const TEXT: &str = include_str!("new.ron");

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    ashiatsu new my-routine.ron\n\
    \n\
    Open the file in any text editor: it explains itself. Then see what the\n\
    program thinks of it, and rehearse it:\n  \
    ashiatsu check my-routine.ron\n  \
    ashiatsu run my-routine.ron --speed 10")]
pub(super) struct Arguments {
    /// The file, which must not be there yet, for example my-routine.ron
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Failure> {
        output::write_new(&self.file, TEXT)?;
        let file = self.file.display();
        let ron = self.file.extension().is_some_and(|ending| ending == "ron");
        let ending = if ron {
            ""
        } else {
            "\nOnly a name that ends in .ron can be run."
        };
        output::tell_person(&format!(
            "{file} is written. Change it in a text editor, then: ashiatsu check {file}{ending}"
        ));
        Ok(())
    }
}
