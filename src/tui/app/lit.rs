//! Whether the screen is to be kept lit, and what is said of it. What keeps it
//! lit is not known here.

use super::{Act, App, Screen};
use crate::awake::{Report, Watched};
use crate::routine::text::printable;
use crate::session::State;
use crate::settings::Awake;
use crate::tui::live::Now;

/// Whether the screen is kept lit, as far as that is known.
#[derive(Debug)]
pub(super) struct Lit {
    wanted: Awake,
    /// Why it may go dark all the same.
    refused: Option<String>,
}

impl Lit {
    pub(super) const fn new(wanted: Awake) -> Self {
        Self {
            wanted,
            refused: None,
        }
    }

    /// How it stands, for the screen.
    pub(super) fn line(&self) -> String {
        match (self.wanted, &self.refused) {
            (Awake::Off, _) => "goes dark as your system likes".to_owned(),
            (Awake::On, None) => "kept lit".to_owned(),
            (Awake::On, Some(why)) => format!("may go dark: {why}"),
        }
    }
}

impl App {
    /// Whether somebody looks at the screen, and wants it lit.
    #[must_use]
    pub const fn watched(&self) -> Watched {
        match (&self.screen, self.lit.wanted) {
            (Screen::Session(running), Awake::On) => match running.live.session().state() {
                State::Paused { .. } => Watched::ForNow,
                State::Finished { .. } | State::Left { .. } => Watched::No,
                _ => Watched::Yes,
            },
            _ => Watched::No,
        }
    }

    /// Takes note of what came of keeping it lit.
    pub fn note_lit(&mut self, report: Report, now: &Now) {
        self.lit.refused = match report {
            Report::Kept => None,
            Report::Refused(why) => Some(printable(&why)),
        };
        self.show_offers(now);
    }

    pub(super) fn toggle_lit(&mut self) -> Vec<Act> {
        self.lit.wanted = match self.lit.wanted {
            Awake::On => Awake::Off,
            Awake::Off => Awake::On,
        };
        self.try_lit().into_iter().collect()
    }

    /// Asks whether it can be kept lit, where that is wanted.
    pub(super) fn try_lit(&self) -> Option<Act> {
        (self.lit.wanted == Awake::On).then_some(Act::TryAwake)
    }
}
