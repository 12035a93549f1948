//! One button that does it all: any key or click in a session is the same
//! press. What it does is the session's to decide.

use super::{Act, App, Screen};
use crate::session::{Command, State};
use crate::settings::OneButton;
use crate::tui::keys::Key;
use crate::tui::live::Now;
use crate::tui::screens::session::announce;

/// What is pressed: where the question before leaving is open, its own keys
/// keep their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    /// A key.
    Key(Key),
    /// A button of the mouse.
    Mouse,
}

/// How a session with one button begins.
pub(super) const SAID: &str = "one button: any key is ready · twice: pause · Ctrl-C leaves";

impl App {
    /// A line with the key that goes on, and what it does.
    pub(super) fn with_call(&self, line: &str, does: &str) -> String {
        match self.keys.calls(self.one_button).go_on {
            Some(key) => format!("{line} · {key}{does}"),
            None => line.to_owned(),
        }
    }

    /// What a press comes to where any press does it all; none where it means
    /// what it always means: Ctrl-C and Ctrl-Z, and what a question asks for.
    pub(super) fn press_the_one_button(&mut self, pressed: Pressed, now: &Now) -> Option<Vec<Act>> {
        if matches!(pressed, Pressed::Key(Key::Ctrl('c' | 'z'))) {
            return None;
        }
        match &mut self.screen {
            Screen::Session(running) if running.one_button == OneButton::On => {
                if let Pressed::Key(key) = pressed
                    && running.asks_about(key)
                {
                    return None;
                }
                running.close_question();
            }
            // A finish by press is taken back by another, like any hold.
            Screen::Aftercare(_, running)
                if running.one_button == OneButton::On
                    && running
                        .live
                        .session()
                        .pressed_until()
                        .is_some_and(|until| running.live.at(now) <= until) => {}
            _ => return None,
        }
        // Where what comes is hidden, the cue's repetition tells it.
        let (before, hidden) = self.step_and_next();
        let acts = self.command(Command::Press, now);
        let (after, _) = self.step_and_next();
        if let (Some(next), true) = (hidden, before.is_some() && before == after) {
            self.say(format!("next: {next}"), now);
        }
        Some(acts)
    }

    /// The step that runs, and what comes after it where that is not shown.
    fn step_and_next(&self) -> (Option<usize>, Option<String>) {
        let Screen::Session(running) = &self.screen else {
            return (None, None);
        };
        let live = &running.live;
        let step = match live.session().state() {
            State::Running(visit) => Some(visit.index),
            _ => None,
        };
        let next = live
            .next_segment()
            .filter(|_| !live.prompts().shows_next())
            .map(announce);
        (step, next)
    }
}
