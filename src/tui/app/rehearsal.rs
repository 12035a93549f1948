//! A routine that is written while it is rehearsed: what was saved is taken
//! over in pre-flight and in the running session, at the step that is being
//! worked; what can't be, is said on one line, and the last good one goes on.

use std::sync::Arc;

use super::{Act, App, Prepared, Screen};
use crate::diagnostic::Diagnostic;
use crate::library::Entry;
use crate::plan::{self, Plan};
use crate::preflight::Lists;
use crate::routine::Routine;
use crate::routine::text::printable;
use crate::tui::live::{Live, Now};
use crate::tui::widgets::text::{fit, width};

/// What is followed of a routine's file.
#[derive(Debug)]
pub(super) struct Watched {
    /// How its plan is made.
    options: plan::Options,
    /// As it is worked now.
    routine: Routine,
    /// What was saved and is good, but lacks the step being worked.
    waiting: Option<Box<Revision>>,
    /// What is wrong with the file as it is now.
    trouble: Option<Trouble>,
}

/// A routine to go on with.
#[derive(Debug)]
struct Revision {
    entry: Entry,
    routine: Routine,
    options: plan::Options,
    /// With the names that the session has for its steps.
    plan: Arc<Plan>,
}

/// Why a file is not taken over.
#[derive(Debug)]
struct Trouble {
    /// As the user calls it.
    path: String,
    /// From its line on.
    what: String,
    /// How many more there are.
    more: usize,
}

impl Trouble {
    /// How much of a line the file's path may take.
    const SHARE: u16 = 2;

    /// `path:line: what`; a path that would leave no room is only the file's name.
    fn line(&self, most: u16) -> String {
        let path = printable(&self.path);
        let name = path.rsplit(std::path::is_separator).next();
        let path = match name {
            Some(name) if width(&path) > most / Self::SHARE => name,
            _ => &path,
        };
        let line = printable(&format!("{path}{}", self.what));
        if self.more == 0 {
            return line;
        }
        // How many there are is worth more than a long sentence's end.
        let more = format!(" · and {} more", self.more);
        fit(&line, most.saturating_sub(width(&more))) + &more
    }

    fn of(entry: &Entry, diagnostics: &[Diagnostic]) -> Self {
        let first = match diagnostics.first() {
            // A file that can't be read has no lines.
            Some(first) if entry.text.is_empty() => format!(": {}", first.message),
            Some(first) => format!(":{}", first.one_line(&entry.text)),
            None => String::new(),
        };
        Self {
            path: entry.path.clone(),
            what: first,
            more: (diagnostics.len() + entry.unlisted).saturating_sub(1),
        }
    }
}

impl App {
    /// Follows the file of the routine that is about to be opened: whatever is
    /// saved there comes by [`App::saved`].
    pub fn watch(&mut self, routine: Routine, options: plan::Options) {
        self.watched = Some(Box::new(Watched {
            options,
            routine,
            waiting: None,
            trouble: None,
        }));
    }

    /// The file that is followed has changed, or may have.
    pub fn saved(&mut self, entry: Entry, now: &Now) -> Vec<Act> {
        let mut acts = self.tick(now);
        let Some(watched) = &mut self.watched else {
            return acts;
        };
        let routine = match entry.content.clone() {
            Ok(routine) => routine,
            Err(diagnostics) => {
                watched.trouble = Some(Trouble::of(&entry, &diagnostics));
                // What was said of the save before would hide it.
                self.notice = None;
                return acts;
            }
        };
        let options = watched.options.carried(&watched.routine, &routine);
        let fresh = match Plan::new(&routine, &options) {
            Ok(fresh) => fresh,
            Err(error) => {
                watched.trouble = Some(Trouble {
                    path: entry.path,
                    what: format!(": {error}"),
                    more: 0,
                });
                self.notice = None;
                return acts;
            }
        };
        watched.trouble = None;
        watched.waiting = None;
        if routine == watched.routine {
            // Only a sound beside it may be another one.
            acts.push(Act::ReloadSounds(Box::new(entry)));
            return acts;
        }
        match &mut self.screen {
            Screen::Preflight(preflight, prepared) => {
                preflight.change(Lists::new(&routine, &self.settings.leave_out));
                acts.push(Act::LoadSounds(Box::new(entry.clone())));
                let today = std::mem::take(&mut prepared.today);
                **prepared = Prepared::new(routine.clone(), entry, fresh);
                prepared.today = today;
                watched.options = options;
                watched.routine = routine;
                self.say("the changed routine is taken over", now);
            }
            Screen::Session(running) | Screen::Aftercare(_, running) => {
                watched.waiting = Some(Box::new(Revision {
                    plan: running.live.revised(fresh),
                    entry,
                    routine,
                    options,
                }));
                acts.extend(self.take_over(now));
            }
            Screen::Home(_)
            | Screen::Log(_)
            | Screen::Debrief(..)
            | Screen::Sounds(_)
            | Screen::Settings(_)
            | Screen::Design(_) => {}
        }
        acts
    }

    /// Takes over what was saved, if it has the step being worked.
    pub(super) fn take_over(&mut self, now: &Now) -> Vec<Act> {
        let (Screen::Session(running), Some(watched)) = (&mut self.screen, &mut self.watched)
        else {
            return Vec::new();
        };
        let fits = |revision: &mut Box<Revision>| running.live.fits_in(&revision.plan);
        let Some(revision) = watched.waiting.take_if(fits) else {
            return Vec::new();
        };
        let Revision {
            entry,
            routine,
            options,
            plan,
        } = *revision;
        running.aftercare.clone_from(&routine.aftercare);
        watched.routine = routine;
        watched.options = options;
        // What opens the next step may be a sound that is new.
        let mut acts = vec![Act::ReloadSounds(Box::new(entry))];
        acts.extend(self.tell(now, |live, now| live.revise(plan, now)));
        // The step may have been made shorter than it was worked already.
        acts.extend(self.tell(now, Live::advance));
        acts
    }

    /// Why the file as it is now is not what is worked, for a line of that
    /// width.
    pub(super) fn not_taken_over(&self, most: u16) -> Option<String> {
        let watched = self.watched.as_ref()?;
        match (&watched.trouble, &watched.waiting) {
            (Some(trouble), _) => Some(trouble.line(most)),
            (None, Some(revision)) => {
                let lacks = Trouble {
                    path: revision.entry.path.clone(),
                    what: " lacks this step: taken over at the next that it has".to_owned(),
                    more: 0,
                };
                Some(lacks.line(most))
            }
            (None, None) => None,
        }
    }
}
