//! Why a command could not do what it was asked, as the user reads it and as
//! an exit code.

use std::process::ExitCode;

use super::output;
use crate::routine::text::printable;

/// The exit code when the thing asked about is wrong.
pub(super) const WRONG: u8 = 1;
/// The exit code when it was not asked in a way that can be done.
pub(super) const USAGE: u8 = 2;

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The thing asked about is wrong.
    Wrong(Reason),
    /// A routine is wrong: its diagnostics, drawn.
    Broken(String),
    /// All has been said already.
    Told,
    /// There is no terminal for the screens.
    NoTerminal(Reason),
    /// What was asked for does not go together.
    Usage(Reason),
}

/// What is wrong, and what would help; both from outside, made safe when they
/// are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Failure {
    pub(super) fn wrong(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Wrong(Reason {
            message: message.into(),
            help: Some(help.into()),
        })
    }

    /// Where nothing more can be said than what is wrong.
    pub(super) fn bare(message: impl Into<String>) -> Self {
        Self::Wrong(Reason {
            message: message.into(),
            help: None,
        })
    }

    /// Says it, and gives the exit code.
    pub(super) fn tell(&self) -> ExitCode {
        match self {
            Self::Wrong(reason) => {
                reason.tell();
                ExitCode::from(WRONG)
            }
            Self::Broken(drawn) => {
                output::tell(drawn.trim_end());
                ExitCode::from(WRONG)
            }
            Self::Told => ExitCode::from(WRONG),
            Self::NoTerminal(reason) | Self::Usage(reason) => {
                reason.tell();
                ExitCode::from(USAGE)
            }
        }
    }
}

impl Reason {
    fn tell(&self) {
        let error = output::Label::Error.drawn();
        let mut told = vec![format!("{error} {}", printable(&self.message))];
        if let Some(help) = &self.help {
            let label = output::Label::Help.drawn();
            told.push(format!("{label} {}", printable(help)));
        }
        output::tell(&told.join("\n"));
    }
}
