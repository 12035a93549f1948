//! From what the user called a routine to the routine, or to all that is
//! wrong with it.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use clap::Args;

use super::decoded::Decoded;
use super::failure::Failure;
use super::output;
use crate::check;
use crate::diagnostic::{Diagnostic, Lines};
use crate::library::{Entry, Library, Origin};
use crate::paths::Paths;
use crate::routine::text::printable;
use crate::routine::{Routine, meant, time};
use crate::source::Folder;

/// How a routine is named on the command line.
#[derive(Debug, Clone, Args)]
pub(super) struct RoutineName {
    /// The routine: its name, or a file such as my-routine.ron
    ///
    /// Something with a slash in it, or ending in .ron, is a file. Anything
    /// else is a routine of the library, by its file's name without .ron or
    /// by its own name, in capital letters or not. Your own routines come
    /// before those that ship.
    #[arg(id = "ROUTINE", value_name = "ROUTINE")]
    pub(super) asked: String,
}

/// The routine that is called `asked`, valid.
pub(super) fn routine(asked: &str) -> Result<(Entry, Routine), Failure> {
    let paths = Paths::of_user();
    let entry = Library::find(asked, paths.as_ref()).map_err(|none| {
        let file = format!("{asked}.ron");
        let help = if Path::new(&file).is_file() {
            format!("for the file here, write {file}")
        } else if let Some(meant) = &none.meant {
            format!("did you mean {meant}?")
        } else {
            format!(
                "there are {}; a file's name ends in .ron",
                none.stems.join(", ")
            )
        };
        Failure::wrong(none.to_string(), help)
    })?;
    match &entry.content {
        Ok(routine) => {
            let routine = routine.clone();
            Ok((entry, routine))
        }
        Err(diagnostics) => Err(broken(&entry, diagnostics, entry.unlisted)),
    }
}

/// What a routine of the library is called, where `path` is its name and no
/// file.
pub(super) fn in_library(path: &Path) -> Option<&str> {
    let names_a_file = path.components().count() > 1 || path.extension().is_some();
    let asked = path.to_str().filter(|_| !names_a_file && !path.exists())?;
    Library::find(asked, Paths::of_user().as_ref())
        .is_ok()
        .then_some(asked)
}

/// The same, about to be run: its own sounds can be heard.
pub(super) fn routine_to_run(asked: &str) -> Result<(Entry, Routine), Failure> {
    let (entry, routine) = self::routine(asked)?;
    if let Origin::File(path) = &entry.origin {
        let sounds = Decoded(Folder::of(path));
        let checked = check::check(&entry.text, &sounds);
        if checked.routine.is_none() {
            return Err(broken(&entry, &checked.diagnostics, checked.more));
        }
    }
    Ok((entry, routine))
}

/// All that is wrong with a routine, each where it stands.
fn broken(entry: &Entry, diagnostics: &[Diagnostic], unlisted: usize) -> Failure {
    let colour = output::colour(&io::stderr());
    let lines = Lines::new(&entry.text);
    let mut drawn = String::new();
    for diagnostic in diagnostics {
        // Writing into a String does not fail.
        let _ = writeln!(drawn, "{}", diagnostic.render(&entry.path, &lines, colour));
    }
    if unlisted > 0 {
        let _ = writeln!(drawn, "{}", output::and_more(&entry.path, unlisted, colour));
    }
    if matches!(entry.origin, Origin::File(_)) && !entry.text.is_empty() {
        let path = printable(&entry.path);
        let _ = writeln!(
            drawn,
            "This routine can't run yet: `ashiatsu design {path}` shows what is wrong beside its rows,\n\
             `ashiatsu check --watch {path}` after each change in an editor."
        );
    }
    Failure::Broken(drawn)
}

/// Reads a time as a routine file writes it.
pub(super) fn time(text: &str) -> Result<std::time::Duration, String> {
    time::parse(text).map_err(|fault| format!("{fault}; {}", meant::help(text, fault)))
}
