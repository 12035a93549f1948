//! `ashiatsu aftercare`: the card to hand to a client.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::{lookup, output};
use crate::card::Card;
use crate::clock;
use crate::routine::Aftercare;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu aftercare                             the card, as text\n  \
    ashiatsu aftercare back-basics -o card.html    a page to print on one sheet\n\
    \n\
    The card holds from now on: its day and hour are counted from this moment.")]
pub(super) struct Arguments {
    /// The routine whose card it is; the usual card without one
    #[arg(value_name = "ROUTINE")]
    routine: Option<String>,
    /// How it is written; without this, as the file's ending says, else as text
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write it into this file, which must not be there yet
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Plain text, for a message
    Text,
    /// Markdown
    Markdown,
    /// A page that prints on one sheet of A5 or Letter
    Html,
}

impl Format {
    /// The one that a file's ending names.
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "txt" => Some(Self::Text),
            _ => None,
        }
    }
}

/// Endings of what other programs make: text under such a name opens nowhere.
const FOREIGN: [&str; 8] = ["pdf", "doc", "docx", "odt", "rtf", "png", "jpg", "jpeg"];

/// Refuses a name that promises what this does not write.
fn refuse_foreign(path: &Path) -> Result<(), Failure> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.filter(|ending| FOREIGN.contains(&ending.to_lowercase().as_str())) {
        None => Ok(()),
        Some(ending) => Err(Failure::wrong(
            format!("the card is not written as .{ending}"),
            "write .html and print that page, to paper or as a PDF; or .txt, or .md",
        )),
    }
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Failure> {
        if let (None, Some(path)) = (self.format, &self.output) {
            refuse_foreign(path)?;
        }
        let aftercare = match &self.routine {
            Some(asked) => lookup::routine(asked)?.1.aftercare,
            None => Aftercare::default(),
        };
        let card = Card::handed_over(aftercare, &clock::wall());
        let format = self
            .format
            .or_else(|| Format::of(self.output.as_deref()?))
            .unwrap_or(Format::Text);
        let text = match format {
            Format::Text => card.text(),
            Format::Markdown => card.markdown(),
            Format::Html => card.html(),
        };
        match &self.output {
            None => output::print(&text),
            Some(path) => {
                output::write_new(path, &text)?;
                output::tell_person(&format!("The card is in {}", path.display()));
                Ok(())
            }
        }
    }
}
