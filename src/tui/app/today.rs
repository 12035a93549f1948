//! What is chosen for one session alone, and forgotten with it: when it is to
//! end, and what is left alone. It says what that means, and makes the plan that is worked.

use std::borrow::Cow;
use std::time::Duration;

use super::alone::Alone;
use super::ending::{self, Ending, Fit};
use super::{Act, App, Before, Prepared, Screen};
use crate::clock::until::{Day, Until};
use crate::plan::Plan;
use crate::plan::alone::LeftAlone;
use crate::routine::time::units;
use crate::tui::live::{Muted, Now};
use crate::tui::screens::preflight::Page;

/// What a closed sound device needs before it plays: measured 150 ms.
const DEVICE_OPENS: Duration = Duration::from_millis(250);

/// What is chosen for one session.
#[derive(Debug, Clone, Default)]
pub(super) struct Today {
    /// When it is to end, by the clock.
    pub(super) ending: Option<Ending>,
    /// Which regions are left alone.
    pub(super) alone: Alone,
}

/// Which way a choice is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Next,
    Previous,
}

impl Prepared {
    /// What is worked if it begins now, `lead` before the countdown, and what
    /// is left out; none if nothing is left to work.
    pub(super) fn worked_today(&self, now: &Now, lead: Duration) -> Option<LeftAlone> {
        let mut left = self.today.alone.of(&self.plan)?;
        if let Some(ending) = &self.today.ending {
            left.plan = ending.outlook(&left.plan, &now.wall, lead).plan();
        }
        Some(left)
    }

    /// The plan without what is left alone, not yet fitted to an end.
    fn unfitted(&self) -> Cow<'_, Plan> {
        match self.today.alone.of(&self.plan) {
            Some(left) => Cow::Owned(left.plan),
            None => Cow::Borrowed(&self.plan),
        }
    }

    /// What is chosen and what it means, a line each.
    pub(super) fn chosen(&self, now: &Now, lead: Duration) -> Vec<String> {
        let mut lines = self.today.alone.lines(&self.plan);
        let ending = self.today.ending.as_ref();
        let until = ending.map(|ending| ending.outlook(&self.unfitted(), &now.wall, lead).line());
        // What is warned of comes after what is chosen.
        let chosen = lines.len().min(1);
        lines.splice(chosen..chosen, until);
        lines
    }
}

impl App {
    /// Every session of this run is to end then, unless pre-flight says
    /// otherwise.
    pub const fn end_at(&mut self, until: Until) {
        self.until = Some(until);
    }

    /// What comes before the countdown: a device that is to be heard opens.
    pub(super) const fn lead(&self) -> Duration {
        match self.muted {
            Muted::Yes => Duration::ZERO,
            Muted::No => DEVICE_OPENS,
        }
    }

    /// Takes the end that the command line asked for over into what is chosen
    /// for today; what is to be asked first, where that is tomorrow.
    pub(super) fn take_end(&self, prepared: &mut Prepared, now: &Now) -> Option<String> {
        let until = self.until?;
        let end = until.after(&now.wall)?;
        let away = now.wall.duration_until(&end.at);
        prepared.today.ending = Some(Ending::at(end.at));
        (end.day == Day::Tomorrow).then(|| {
            let minutes = Duration::try_from(away).unwrap_or_default().as_secs() / 60;
            let away = units(Duration::from_secs(minutes * 60));
            format!("{until} is past for today. Is this session to end at {until} tomorrow, {away} from now?")
        })
    }

    /// Yes or No to the question whether tomorrow is meant.
    pub(super) fn answer_tomorrow(&mut self, yes: bool, now: &Now) -> Vec<Act> {
        let Screen::Preflight(preflight, prepared) = &mut self.screen else {
            return Vec::new();
        };
        if !yes {
            prepared.today.ending = None;
        }
        match prepared.before {
            Before::Preflight => {
                preflight.answered();
                Vec::new()
            }
            Before::Nothing => {
                let prepared = (**prepared).clone();
                self.begin(prepared, now)
            }
        }
    }

    /// What is chosen for today and what it means, a line each.
    pub(super) fn chosen_today(&self, now: &Now) -> Vec<String> {
        match &self.screen {
            Screen::Preflight(_, prepared) => prepared.chosen(now, self.lead()),
            _ => Vec::new(),
        }
    }

    /// When what is said of the end by the clock changes next; never without
    /// one.
    pub(super) fn next_change_of_today(&self, now: &Now) -> Option<Duration> {
        let Screen::Preflight(_, prepared) = &self.screen else {
            return None;
        };
        let ending = prepared.today.ending.as_ref()?;
        let plan = prepared.unfitted();
        let outlook = ending.outlook(&plan, &now.wall, self.lead());
        Some(now.mono + outlook.changes_in())
    }

    /// Another end by the clock: none, or a quarter hour that can be reached.
    pub(super) fn turn_ending(&mut self, turn: Turn, now: &Now) {
        let lead = self.lead();
        let Screen::Preflight(_, prepared) = &mut self.screen else {
            return;
        };
        let mut ends = ending::possible(&prepared.unfitted(), &now.wall, lead);
        let current = prepared.today.ending.as_ref().map(|ending| &ending.at);
        ends.extend(current.cloned());
        ends.sort();
        ends.dedup();
        // Off stands before the first and after the last.
        let place = current
            .and_then(|at| ends.iter().position(|end| end == at))
            .map_or(0, |place| place + 1);
        let count = ends.len() + 1;
        let place = match turn {
            Turn::Next => (place + 1) % count,
            Turn::Previous => (place + count - 1) % count,
        };
        let chosen = place.checked_sub(1).and_then(|place| ends.get(place));
        let fit = prepared
            .today
            .ending
            .as_ref()
            .map_or(Fit::AsWritten, |ending| ending.fit);
        prepared.today.ending = chosen.cloned().map(|at| Ending { at, fit });
    }

    /// Fits the session to its end by the clock, or takes that back.
    pub(super) fn toggle_fit(&mut self, now: &Now) {
        let Screen::Preflight(_, prepared) = &mut self.screen else {
            return;
        };
        match &mut prepared.today.ending {
            None => self.say("first choose when it is to end: o", now),
            Some(ending) => {
                ending.fit = match ending.fit {
                    Fit::AsWritten => Fit::Fitted,
                    Fit::Fitted => Fit::AsWritten,
                };
                self.notice = None;
            }
        }
    }

    /// What is shown of the choices, as it stands now.
    pub(super) fn refresh_today(&mut self, now: &Now) {
        let is_open = matches!(&self.screen, Screen::Preflight(preflight, _)
            if preflight.page() == Page::Today);
        if is_open {
            self.show_offers(now);
        }
    }
}
