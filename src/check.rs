//! Everything that can be said of a routine's text: the errors that stop it,
//! or else the routine and what makes one wonder. It knows no file system.

mod doubts;

use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::Plan;
use crate::routine::Routine;
use crate::routine::read::{self, SoundFolder};

/// What a text came to.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The routine, if nothing stops it.
    pub routine: Option<Routine>,
    /// The errors, or else the warnings, in the text's order; at most
    /// [`MOST`](read::MOST).
    pub diagnostics: Vec<Diagnostic>,
    /// How many more of them there are than these.
    pub more: usize,
}

/// Reads `text` and looks at it as an experienced colleague would.
#[must_use]
pub fn check(text: &str, sounds: &dyn SoundFolder) -> Checked {
    match read::read_with_places(text, sounds) {
        Err(read::Refused { diagnostics, more }) => Checked {
            routine: None,
            diagnostics,
            more,
        },
        Ok((routine, places)) => {
            let plan = Plan::whole(&routine);
            let doubts = doubts::doubts(&routine, &plan);
            let mut diagnostics: Vec<Diagnostic> = doubts
                .into_iter()
                .map(|(place, doubt)| Diagnostic {
                    severity: Severity::Warning,
                    ..Diagnostic::error(places.locate(&place), doubt.to_string())
                        .with_help(doubt.help())
                })
                .collect();
            diagnostics.sort_by_key(|diagnostic| diagnostic.range.start);
            let more = diagnostics.len().saturating_sub(read::MOST);
            diagnostics.truncate(read::MOST);
            Checked {
                routine: Some(routine),
                diagnostics,
                more,
            }
        }
    }
}
