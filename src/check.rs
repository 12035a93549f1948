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
    /// The errors, or else the warnings, in the text's order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// How many errors and warnings there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }
}

/// Reads `text` and looks at it as an experienced colleague would.
#[must_use]
pub fn check(text: &str, sounds: &dyn SoundFolder) -> Checked {
    match read::read_with_places(text, sounds) {
        Err(diagnostics) => Checked {
            routine: None,
            diagnostics,
        },
        Ok((routine, places)) => {
            let plan = Plan::whole(&routine);
            let mut diagnostics: Vec<Diagnostic> = doubts::doubts(&routine, &plan)
                .into_iter()
                .map(|(place, doubt)| Diagnostic {
                    severity: Severity::Warning,
                    ..Diagnostic::error(places.locate(&place), doubt.to_string())
                        .with_help(doubt.help())
                })
                .collect();
            diagnostics.sort_by_key(|diagnostic| diagnostic.range.start);
            Checked {
                routine: Some(routine),
                diagnostics,
            }
        }
    }
}
