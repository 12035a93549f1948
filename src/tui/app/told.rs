//! What the shell tells that is no screen's own: what the store found, that the
//! machine slept, which routines there are now; and what it asks in turn. It
//! must not know which thread found it out.

use std::path::Path;
use std::time::Duration;

use super::{Act, App, Screen};
use crate::library::Library;
use crate::routine::text::printable;
use crate::session;
use crate::store::{self, Resumable};
use crate::tui::live::{Live, Now};

impl App {
    /// Offers sessions that were interrupted, the last one first.
    pub fn offer(&mut self, interrupted: Vec<Resumable>) {
        if let Screen::Home(home) = &mut self.screen {
            home.offer(interrupted.first().cloned());
        }
        self.interrupted = interrupted;
    }

    /// Takes note of whether the session is kept.
    pub fn note_store(&mut self, report: &store::Report, now: &Now) {
        let line = printable(&report.to_string());
        match report {
            store::Report::NotKept(_) => self.not_kept = Some(line),
            store::Report::Kept => {
                self.not_kept = None;
                self.say(line, now);
            }
            store::Report::SetAside(_) => self.say(line, now),
            // What is not kept was said already.
            store::Report::Over(_) | store::Report::Left => {}
        }
    }

    /// The time of the session that runs, if one does.
    #[must_use]
    pub fn session_time(&self, now: &Now) -> Option<Duration> {
        match &self.screen {
            Screen::Session(running) => Some(running.live.at(now)),
            _ => None,
        }
    }

    /// The machine slept: a running session is paused as of `then`.
    pub fn slept(&mut self, then: &Now, now: &Now) -> Vec<Act> {
        let runs = matches!(&self.screen, Screen::Session(running)
            if matches!(running.live.session().state(), session::State::Running(_) | session::State::GetReady { .. }));
        if !runs {
            return Vec::new();
        }
        let acts = self.tell(then, Live::slept);
        self.say(self.with_call("paused: the machine slept", " goes on"), now);
        acts
    }

    /// Takes over which routines there are now.
    pub fn set_library(&mut self, library: Library) {
        if let Screen::Home(home) = &mut self.screen {
            home.set_library(library.clone());
        }
        self.library = library;
    }

    /// Marks a routine of the user's own at home.
    pub fn mark_file(&mut self, path: &Path) {
        if let Screen::Home(home) = &mut self.screen {
            home.mark_file(path);
        }
    }

    /// The card that is shown, to be saved.
    #[must_use]
    pub fn card(&self) -> Option<&crate::card::Card> {
        match &self.screen {
            Screen::Aftercare(aftercare, _) => Some(&aftercare.card),
            _ => None,
        }
    }
}
