//! Where a command's words go: what was asked for to standard output, all
//! else to standard error, a file only where none was before. It knows no
//! command.

use std::ffi::OsStr;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use clap::builder::styling::{AnsiColor, Style};
use serde::Serialize;

use super::failure::{Failure, Reason};
use crate::diagnostic::Colour;
use crate::new_file;
use crate::routine::text::printable;

/// Writes what was asked for. Nobody reading any more is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Wrong(Reason {
            message: format!("this can't be written: {error}"),
            help: None,
        })),
        _ => Ok(()),
    }
}

/// `value` as JSON, ending in a line break.
pub(super) fn json(value: &impl Serialize) -> Result<String, Failure> {
    match serde_json::to_string_pretty(value) {
        Ok(mut text) => {
            text.push('\n');
            Ok(text)
        }
        Err(error) => Err(Failure::Wrong(Reason {
            message: format!("this can't be written as JSON: {error}"),
            help: None,
        })),
    }
}

/// Says something that was not asked for, as lines of standard error.
pub(super) fn tell(text: &str) {
    // Where that fails too there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says something that only a person at a terminal wants to hear.
pub(super) fn tell_person(text: &str) {
    if io::stderr().is_terminal() {
        tell(text);
    }
}

/// Colour for what goes to `stream`, as the user wants it.
pub(super) fn colour(stream: &impl IsTerminal) -> Colour {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    if stream.is_terminal()
        && set("NO_COLOR").is_none()
        && set("TERM").as_deref() != Some(OsStr::new("dumb"))
    {
        Colour::Yes
    } else {
        Colour::No
    }
}

/// That a file has more problems than were listed.
pub(super) fn and_more(path: &str, more: usize, colour: Colour) -> String {
    let style = match colour {
        Colour::Yes => Style::new().bold(),
        Colour::No => Style::new(),
    };
    let path = printable(path);
    format!("{style}and {more} more in {path}:{style:#} mend these first, then check it again")
}

/// What a line on standard error begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Error,
    Warning,
    Help,
}

impl Label {
    /// The word, in colour where that is wanted.
    pub(super) fn drawn(self) -> String {
        let (word, colour_of) = match self {
            Self::Error => ("error:", AnsiColor::BrightRed),
            Self::Warning => ("warning:", AnsiColor::Yellow),
            Self::Help => ("help:", AnsiColor::BrightCyan),
        };
        let style = match colour(&io::stderr()) {
            Colour::Yes => Style::new().bold().fg_color(Some(colour_of.into())),
            Colour::No => Style::new(),
        };
        format!("{style}{word}{style:#}")
    }
}

/// Writes a file that was not there before.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let shown = path.display();
    let failed = |error: &io::Error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::wrong(
            format!("{shown} is already there, and nothing is written over it"),
            "give another name",
        ),
        ErrorKind::NotFound => Failure::wrong(
            format!("{shown} can't be written: there is no such folder"),
            "make the folder first, or give another name",
        ),
        ErrorKind::PermissionDenied => Failure::wrong(
            format!("{shown} can't be written: you may not write there"),
            "give a place in a folder of your own",
        ),
        _ => Failure::Wrong(Reason {
            message: format!("{shown} can't be written: {error}"),
            help: None,
        }),
    };
    new_file::write(path, text).map_err(|error| failed(&error))
}
