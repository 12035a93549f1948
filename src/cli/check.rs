//! `ashiatsu check`: every problem in every file, for people or for editors.

mod watch;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::decoded::Decoded;
use super::failure::Failure;
use super::lookup;
use super::output;
use crate::check;
use crate::diagnostic::{Colour, Diagnostic, Lines, Record, Severity};
use crate::source::{self, Folder, Source};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu check my-routine.ron\n  \
    ashiatsu check --strict *.ron\n  \
    ashiatsu check routines                  every .ron file in that folder\n  \
    ashiatsu check --watch my-routine.ron    beside the editor\n\
    \n\
    An error stops a routine from running, a warning does not. The exit code is\n\
    1 when there is an error, with --strict also when there is a warning.")]
pub(super) struct Arguments {
    /// Routine files; a folder stands for every .ron file in it
    #[arg(required = true, value_name = "FILE", value_hint = clap::ValueHint::AnyPath)]
    files: Vec<PathBuf>,
    /// For people to read, or JSON for editors
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// Check again whenever a file is saved, until Ctrl-C
    #[arg(long)]
    watch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The line, what is wrong in it, and what would be right
    Human,
    /// An array of problems, each with file, line, column, severity, message and help
    Json,
}

/// A file and all that is to be said of it.
struct Report {
    source: Source,
    diagnostics: Vec<Diagnostic>,
    /// How many more there are, of the same severity.
    more: usize,
}

impl Report {
    fn count(&self, severity: Severity) -> usize {
        let is_it = |diagnostic: &&Diagnostic| diagnostic.severity == severity;
        let listed = self.diagnostics.iter().filter(is_it).count();
        let last = self.diagnostics.last().filter(is_it);
        listed + last.map_or(0, |_| self.more)
    }

    /// As editors read them; the last one says how many are not listed.
    fn records(&self) -> Vec<Record> {
        let lines = Lines::new(&self.source.text);
        let record = |diagnostic: &Diagnostic| diagnostic.record(&self.source.name, &lines);
        let unlisted = self.diagnostics.last().filter(|_| self.more > 0);
        let unlisted = unlisted.map(|last| Diagnostic {
            severity: last.severity,
            ..Diagnostic::error(
                last.range.clone(),
                format!("and {} more after this", self.more),
            )
            .with_help(Some("mend these first, then check it again".to_owned()))
        });
        self.diagnostics
            .iter()
            .chain(&unlisted)
            .map(record)
            .collect()
    }
}

impl Arguments {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        if self.watch {
            return watch::until_signal(&self.files, || self.check().map(drop));
        }
        let reports = self.check()?;
        let errors = count(&reports, Severity::Error);
        let warnings = count(&reports, Severity::Warning);
        if errors > 0 || (self.strict && warnings > 0) {
            return Err(Failure::Told);
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Checks every file once and says what there is to say.
    fn check(&self) -> Result<Vec<Report>, Failure> {
        let reports: Vec<Report> = self.files.iter().flat_map(|path| reports(path)).collect();
        let text = match self.format {
            Format::Human => human(&reports, output::colour(&io::stdout())),
            Format::Json => json(&reports)?,
        };
        output::print(&text)?;
        Ok(reports)
    }
}

fn count(reports: &[Report], severity: Severity) -> usize {
    reports.iter().map(|report| report.count(severity)).sum()
}

/// What is to be said of the file at `path`, or of those in the folder there.
fn reports(path: &Path) -> Vec<Report> {
    if !path.is_dir() {
        return vec![report(path)];
    }
    let found = source::routines_below(path);
    if found.is_empty() {
        let mut report = report(path);
        for diagnostic in &mut report.diagnostics {
            "no file in this folder ends in .ron".clone_into(&mut diagnostic.message);
            diagnostic.help = None;
        }
        return vec![report];
    }
    found.iter().map(|path| report(path)).collect()
}

fn report(path: &Path) -> Report {
    let mut source = source::read(path);
    let (diagnostics, more) = if let Some(mut trouble) = source.trouble.take() {
        if let Some(name) = lookup::in_library(path) {
            trouble.help = Some(format!(
                "{name} is a routine of the library, and these are checked whenever they are read; \
                 this checks files"
            ));
        }
        (vec![trouble], 0)
    } else {
        let checked = check::check(&source.text, &Decoded(Folder::of(path)));
        (checked.diagnostics, checked.more)
    };
    Report {
        source,
        diagnostics,
        more,
    }
}

fn human(reports: &[Report], colour: Colour) -> String {
    let mut text = String::new();
    for Report {
        source,
        diagnostics,
        more,
    } in reports
    {
        let lines = Lines::new(&source.text);
        for diagnostic in diagnostics {
            text.push_str(&diagnostic.render(&source.name, &lines, colour));
            text.push('\n');
        }
        if *more > 0 {
            text.push_str(&output::and_more(&source.name, *more, colour));
            text.push_str("\n\n");
        }
    }
    text.push_str(&summary(reports));
    text
}

/// One line on all files.
fn summary(reports: &[Report]) -> String {
    let plural = |number: usize, word: &str| match number {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    };
    format!(
        "{} checked: {}, {}\n",
        plural(reports.len(), "file"),
        plural(count(reports, Severity::Error), "error"),
        plural(count(reports, Severity::Warning), "warning"),
    )
}

fn json(reports: &[Report]) -> Result<String, Failure> {
    let records: Vec<Record> = reports.iter().flat_map(Report::records).collect();
    output::json(&records)
}
