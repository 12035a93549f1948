//! From a routine that was chosen to the session that is worked: the lists
//! before it, or straight to get ready. It reads no file.

use std::sync::Arc;

use super::in_session::Running;
use super::one_button;
use super::today::Today;
use super::{Act, App, Kept, Origin, Screen};
use crate::library::Entry;
use crate::plan::alone::LeftAlone;
use crate::plan::{self, Plan};
use crate::preflight::Lists;
use crate::routine::{Aftercare, Routine};
use crate::settings;
use crate::store::{self, Checklists, Kind, Meta, Prompts};
use crate::tui::live::{Live, Now};
use crate::tui::screens::preflight::Preflight;

/// Whether pre-flight comes before a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// It does.
    Preflight,
    /// Straight to get ready.
    Nothing,
}

/// A routine about to be worked.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub(super) routine: Routine,
    pub(super) entry: Entry,
    pub(super) plan: Plan,
    pub(super) checklists: Checklists,
    pub(super) before: Before,
    pub(super) today: Today,
}

impl Prepared {
    pub(super) fn new(routine: Routine, entry: Entry, plan: Plan) -> Self {
        Self {
            routine,
            entry,
            plan,
            checklists: Checklists::Skipped,
            before: Before::Preflight,
            today: Today::default(),
        }
    }

    /// What the log keeps of it.
    fn meta(&self, kind: Kind, prompts: Prompts) -> Meta {
        let first = self.plan.segments.first().map(|segment| segment.number);
        Meta {
            path: match &self.entry.origin {
                crate::library::Origin::Shipped => None,
                crate::library::Origin::File(_) => Some(self.entry.path.clone()),
            },
            kind,
            prompts,
            from: first.filter(|&number| number > 1),
            checklists: self.checklists,
            aftercare: Some(self.routine.aftercare.clone()),
            ..Meta::of(self.entry.stem.clone())
        }
    }
}

impl App {
    /// Goes straight to one routine; leaving it leaves the program.
    pub fn open(
        &mut self,
        entry: Entry,
        routine: Routine,
        plan: Plan,
        before: Before,
        now: &Now,
    ) -> Vec<Act> {
        self.origin = Origin::Outside;
        let mut prepared = Prepared::new(routine, entry, plan);
        prepared.before = before;
        let question = self.take_end(&mut prepared, now);
        match (before, question) {
            (Before::Nothing, None) => self.begin(prepared, now),
            (_, question) => self.prepare(prepared, question),
        }
    }

    /// The lists before a session, after a question if there is one.
    pub(super) fn prepare(&mut self, prepared: Prepared, question: Option<String>) -> Vec<Act> {
        let lists = Lists::new(&prepared.routine, &self.settings.leave_out);
        let act = Act::LoadSounds(Box::new(prepared.entry.clone()));
        let mut preflight = Preflight::new(lists);
        if let Some(question) = question {
            preflight.ask(question);
        }
        self.screen = Screen::Preflight(Box::new(preflight), Box::new(prepared));
        vec![act]
    }

    pub(super) fn begin(&mut self, prepared: Prepared, now: &Now) -> Vec<Act> {
        let head_start = self.lead();
        let Some(LeftAlone { plan, left_out }) = prepared.worked_today(now, head_start) else {
            return Vec::new();
        };
        let end = prepared
            .today
            .ending
            .as_ref()
            .map(|ending| ending.at.clone());
        let mut meta = prepared.meta(self.memory.kind, self.prompts);
        meta.left_out = left_out
            .iter()
            .map(|segment| store::Step::left_out(&plan, segment))
            .collect();
        let mut acts = vec![Act::LoadSounds(Box::new(prepared.entry))];
        let aftercare = prepared.routine.aftercare;
        let live = Live::start(plan, head_start, now)
            .with_prompts(self.prompts)
            .until(end);
        let plan = Arc::clone(live.session().plan());
        acts.push(Act::Keep(Kept::Begin(Box::new(meta), plan, head_start)));
        let mut running = Running::new(live, aftercare, self.one_button);
        if self.one_button == settings::OneButton::On {
            self.say(one_button::SAID, now);
        }
        let answer = running.advance(now);
        acts.extend(self.follow(&mut running, answer, now));
        self.screen = Screen::Session(Box::new(running));
        acts
    }

    /// Goes on with an interrupted session, paused where it was.
    pub fn go_on(&mut self, live: Live, aftercare: Aftercare, origin: Origin, now: &Now) {
        self.origin = origin;
        self.overlay = None;
        let running = Running::new(live, aftercare, self.one_button);
        self.screen = Screen::Session(Box::new(running));
        self.say(self.with_call("it goes on where it was", ""), now);
    }
}

/// The plan of an entry, as it stands in the library.
pub(super) fn plain_plan(routine: &Routine) -> Plan {
    Plan::new(routine, &plan::Options::default()).unwrap_or_else(|_| Plan::whole(routine))
}
