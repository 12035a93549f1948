//! A session on the screen: presses to commands, events to lines, the question
//! before leaving, and the way to the aftercare card.

use std::time::Duration;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::{Act, App, Kept, Outlook, Overlay, Screen};
use crate::card::Card;
use crate::cue::Cue;
use crate::routine::Aftercare;
use crate::routine::vocabulary::Side;
use crate::session::{Command, Event, Outcome, PauseBy, State};
use crate::settings::OneButton;
use crate::summary::Summary;
use crate::tui::keys::{self, InSession, Key, SessionKeys};
use crate::tui::live::{Answer, Live, Muted, Now, SoundOrder};
use crate::tui::screens::aftercare::AftercareScreen;
use crate::tui::screens::session::{View, announce};
use crate::tui::widgets::body;
use crate::tui::widgets::swell::Swell;

/// Whether most keys are without effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Lock {
    #[default]
    Open,
    Locked,
}

/// Whether the question before leaving is open. The session runs on behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Question {
    #[default]
    Closed,
    Leave,
}

/// A session and what stands around it.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) live: Live,
    pub(super) aftercare: Aftercare,
    pub(super) view: View,
    lock: Lock,
    question: Question,
    pub(super) swell: Option<Swell>,
    /// The body map as it was drawn last.
    pub(super) body: body::Last,
    /// Whether any press does it all.
    pub(super) one_button: OneButton,
}

impl Running {
    pub(super) fn new(live: Live, aftercare: Aftercare, one_button: OneButton) -> Self {
        Self {
            live,
            aftercare,
            view: View::default(),
            lock: Lock::default(),
            question: Question::default(),
            swell: None,
            body: body::Last::default(),
            one_button,
        }
    }

    pub(super) fn advance(&mut self, now: &Now) -> Answer {
        self.live.advance(now)
    }

    /// When something looks different next; `pacer` is where the breath pacer
    /// stands, if it does.
    pub(super) fn next_change(&self, pacer: Option<Rect>, now: &Now) -> Option<Duration> {
        let live = self.live.next_change(now);
        let swell = self.swell.and_then(|swell| swell.next_change(now.mono));
        let breath = pacer.filter(|_| self.view == View::Full).and_then(|area| {
            let (pace, at) = self.live.breath(now)?;
            Some(now.mono + pace.next_change(at, area)?.saturating_sub(at))
        });
        [live, swell, breath].into_iter().flatten().min()
    }

    /// Which keys there are; the first one as what it does now.
    pub(super) fn hints(&self, keys: &SessionKeys) -> Vec<(String, &'static str)> {
        let paused = matches!(self.live.session().state(), State::Paused { .. });
        let said = |said: &[(&str, &'static str)]| {
            let said = said.iter().map(|&(key, does)| (key.to_owned(), does));
            said.collect()
        };
        match (self.one_button, paused) {
            (OneButton::On, true) => said(&keys::ONE_BUTTON_PAUSED),
            (OneButton::On, false) => said(&keys::ONE_BUTTON),
            (OneButton::Off, _) => keys
                .hints()
                .into_iter()
                .map(|(key, hint)| match hint {
                    "pause" if paused => (key, "go on"),
                    _ => (key, hint),
                })
                .collect(),
        }
    }

    /// Whether the question before leaving is open and this key answers it.
    pub(super) fn asks_about(&self, key: Key) -> bool {
        self.asks() && matches!(key, Key::Char('k' | 'q') | Key::Code(KeyCode::Esc))
    }

    pub(super) const fn close_question(&mut self) {
        self.question = Question::Closed;
    }

    /// Whether the question before leaving is open.
    pub(super) fn asks(&self) -> bool {
        self.question == Question::Leave
    }

    /// The side that can be given the time added here, while it can be.
    pub(super) fn offers_even(&self, now: &Now) -> Option<Side> {
        match self.lock {
            Lock::Locked => None,
            Lock::Open => self.live.offers_even(now),
        }
    }
}

/// Cues that say where one is: without sound the border says them.
const fn is_seen(cue: Cue) -> bool {
    matches!(
        cue,
        Cue::Shift | Cue::Side | Cue::Turn | Cue::Hold | Cue::Finish
    )
}

impl App {
    /// What an answer of the session means for the speaker and the screen.
    pub(super) fn follow(&mut self, running: &mut Running, answer: Answer, now: &Now) -> Vec<Act> {
        if !self.audible() && answer.fallen.iter().copied().any(is_seen) {
            running.swell = Some(Swell { began: now.mono });
        }
        if let Some(line) = running.live.line(&answer, now) {
            self.say(line, now);
        }
        let opened = answer
            .events
            .iter()
            .any(|event| matches!(event, Event::Opened { .. }));
        if opened && running.live.session().can_undo().is_none() {
            // A notice of the step before must not outlive it by far.
            self.notice = self
                .notice
                .take()
                .filter(|notice| notice.until > now.mono + Duration::from_secs(2));
        }
        // Muted, the speaker sleeps: it is told nothing but to be silent.
        let quiet = self.muted == Muted::Yes;
        let first = running.live.session().started();
        // A session that was interrupted begins again when it goes on.
        let begun = answer.events.iter().any(|event| match event {
            Event::Opened { at, .. } => Some(*at) == first,
            Event::Resumed { .. } => true,
            _ => false,
        });
        let kept = answer
            .input
            .map(|input| Act::Keep(Kept::Input(Box::new(input))));
        let orders = answer
            .orders
            .into_iter()
            .filter(|order| {
                !quiet
                    || !matches!(
                        order,
                        SoundOrder::Schedule(_)
                            | SoundOrder::Press(_)
                            | SoundOrder::CancelForeseen
                            | SoundOrder::Hush
                    )
            })
            .map(Act::Sound);
        let begun = begun.then_some(Act::Begun);
        kept.into_iter().chain(begun).chain(orders).collect()
    }

    pub(super) fn tick_session(&mut self, now: &Now) -> Vec<Act> {
        let Screen::Session(_) = &self.screen else {
            return Vec::new();
        };
        self.tell(now, Live::advance)
    }

    pub(super) fn command(&mut self, command: Command, now: &Now) -> Vec<Act> {
        self.tell(now, |live, now| live.command(command, now))
    }

    /// Tells the session something and follows what it answers, to the card
    /// if that is where it leads.
    pub(super) fn tell(
        &mut self,
        now: &Now,
        what: impl FnOnce(&mut Live, &Now) -> Answer,
    ) -> Vec<Act> {
        let screen = self.take_screen();
        let came_from_session = matches!(screen, Screen::Session(_));
        let (Screen::Session(mut running) | Screen::Aftercare(_, mut running)) = screen else {
            self.screen = screen;
            return Vec::new();
        };
        let answer = what(&mut running.live, now);
        let mut acts = self.follow(&mut running, answer, now);
        if running
            .swell
            .is_some_and(|swell| swell.strength(now.mono).is_none())
        {
            running.swell = None;
        }
        let over = match running.live.session().state() {
            State::Finished { at } => Some((Outcome::Finished, *at)),
            State::Left { at, outcome } => Some((*outcome, *at)),
            _ => None,
        };
        self.screen = match over {
            None => Screen::Session(running),
            // A rehearsal of the designer's has no card.
            Some(_) if self.is_tried() => {
                acts.extend(self.leave());
                return acts;
            }
            Some((Outcome::Interrupted, _)) => {
                acts.push(Act::Keep(Kept::Close));
                self.outlook = Outlook::GoesOn;
                acts.extend(self.leave());
                return acts;
            }
            Some((outcome, at)) => {
                self.overlay = None;
                self.finished = None;
                self.outlook = Outlook::Closed;
                acts.push(Act::Keep(Kept::Over(at)));
                if came_from_session {
                    // What was said of its times is over with it.
                    self.notice = None;
                }
                running.question = Question::Closed;
                let card = Card::handed_over(running.aftercare.clone(), &now.wall);
                let session = running.live.session();
                let summary = Summary::new(session, running.live.at(now));
                Screen::Aftercare(
                    Box::new(AftercareScreen::new(card, summary, outcome)),
                    running,
                )
            }
        };
        acts
    }

    /// Back from the card to the last step, if it was a press that finished.
    pub(super) fn undo_finish(&mut self, now: &Now) -> Vec<Act> {
        self.command(Command::Undo, now)
    }

    /// Pauses for a reason outside the program; nothing is heard.
    pub fn pause_for_signal(&mut self, now: &Now) -> Vec<Act> {
        match &self.screen {
            Screen::Session(running)
                if matches!(
                    running.live.session().state(),
                    State::Running(_) | State::GetReady { .. }
                ) =>
            {
                self.command(Command::Pause(PauseBy::Signal), now)
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn press_in_session(&mut self, key: Key, now: &Now) -> Vec<Act> {
        let meaning = self.keys.meaning(key);
        let Screen::Session(running) = &mut self.screen else {
            return Vec::new();
        };
        // What the question names is what its keys mean, whatever is set.
        let action = match key {
            Key::Char('k') if running.asks_about(key) => Some(InSession::Lock),
            Key::Char('q') if running.asks_about(key) => Some(InSession::Leave),
            Key::Code(KeyCode::Esc) if running.asks_about(key) => Some(InSession::Close),
            _ => meaning,
        };
        let Some(action) = action else {
            return Vec::new();
        };
        if running.lock == Lock::Locked && !self.keys.acts_when_locked(key) {
            let said = self.locked();
            self.say(said, now);
            return Vec::new();
        }
        if running.question == Question::Leave {
            match action {
                InSession::Close => {
                    running.question = Question::Closed;
                    return Vec::new();
                }
                InSession::Lock => return self.command(Command::Keep, now),
                InSession::Leave => return self.command(Command::End, now),
                // Any other key means that she goes on.
                _ => running.question = Question::Closed,
            }
        }
        let is_tried = self.is_tried();
        let Screen::Session(running) = &mut self.screen else {
            return Vec::new();
        };
        let paused = matches!(running.live.session().state(), State::Paused { .. });
        match action {
            InSession::PauseOrResume if paused => self.command(Command::Resume, now),
            InSession::PauseOrResume => self.command(Command::Pause(PauseBy::Press), now),
            InSession::Next => self.command(Command::Next, now),
            InSession::Back => self.command(Command::Back, now),
            InSession::Ready => self.ready(now),
            InSession::More => self.command(Command::More, now),
            InSession::Less => self.command(Command::Less, now),
            InSession::Linger => self.command(Command::Linger, now),
            InSession::Even => self.command(Command::Even, now),
            InSession::Fit => self.tell(now, Live::fit),
            InSession::Undo => self.command(Command::Undo, now),
            InSession::Repeat => {
                let asked = running
                    .live
                    .next_segment()
                    .filter(|_| !running.live.prompts().shows_next())
                    .map(|next| format!("next: {}", announce(next)));
                let acts = self.command(Command::Repeat, now);
                if let Some(line) = asked {
                    self.say(line, now);
                }
                acts
            }
            InSession::Mute => {
                let mut acts = self.toggle_mute(now);
                if self.muted == Muted::No {
                    acts.extend(self.foresee_again(now));
                }
                acts
            }
            InSession::Louder => self.change_volume(10, now),
            InSession::Softer => self.change_volume(-10, now),
            InSession::View => {
                running.view = running.view.next();
                Vec::new()
            }
            InSession::Lock => {
                let said = match running.lock {
                    Lock::Open => {
                        running.lock = Lock::Locked;
                        self.locked()
                    }
                    Lock::Locked => {
                        running.lock = Lock::Open;
                        "keys are unlocked".to_owned()
                    }
                };
                self.say(said, now);
                Vec::new()
            }
            InSession::Help => {
                self.overlay = Some(Overlay::Help { top: 0 });
                Vec::new()
            }
            InSession::Leave | InSession::Close if is_tried => self.leave(),
            InSession::Leave => {
                running.question = Question::Leave;
                Vec::new()
            }
            InSession::Close => Vec::new(),
            InSession::Suspend => vec![Act::Suspend],
        }
    }

    fn locked(&self) -> String {
        match self.keys.calls(OneButton::Off).unlock {
            Some(key) => format!("keys are locked · {key} unlocks"),
            None => "keys are locked".to_owned(),
        }
    }

    /// Enter: ends a hold, goes on when paused, else plays the cue again.
    fn ready(&mut self, now: &Now) -> Vec<Act> {
        let Screen::Session(running) = &self.screen else {
            return Vec::new();
        };
        let session = running.live.session();
        let holds = session
            .segment()
            .is_some_and(|segment| segment.ends == crate::routine::Ends::WhenReady);
        let command = match session.state() {
            State::Paused { .. } => Command::Resume,
            _ if holds => Command::Ready,
            _ => Command::Repeat,
        };
        self.command(command, now)
    }

    /// Tells the speaker again of what is ahead: muted, it was told nothing.
    fn foresee_again(&mut self, now: &Now) -> Vec<Act> {
        let Screen::Session(running) = &mut self.screen else {
            return Vec::new();
        };
        running.live.forget_foreseen();
        self.tell(now, Live::advance)
    }
}
