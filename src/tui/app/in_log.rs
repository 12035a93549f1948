//! Presses in the practice log and the debrief, and what they read.

use crossterm::event::KeyEvent;

use super::{Act, App, Behind, LogOrder, Screen};
use crate::store::{SessionKey, Trouble};
use crate::tui::keys::{InList, Key};
use crate::tui::live::Now;
use crate::tui::screens::debrief::{self, DebriefScreen, Review};
use crate::tui::screens::log::{self, LogScreen, PracticeLog};

impl App {
    /// Opens the practice log; it is read meanwhile.
    pub(super) fn open_log(&mut self) -> Vec<Act> {
        self.notice = None;
        self.screen = Screen::Log(Box::<LogScreen>::default());
        vec![Act::Log(LogOrder::Read)]
    }

    /// Shows the practice log as it was read.
    pub fn set_log(&mut self, read: Result<PracticeLog, Trouble>) {
        if let Screen::Log(log) | Screen::Debrief(_, Behind::Log(log)) = &mut self.screen {
            log.set(read);
        }
    }

    /// Shows one session, step by step.
    pub fn set_review(&mut self, read: Result<Review, Trouble>) {
        if let Screen::Debrief(debrief, _) = &mut self.screen {
            debrief.set(read);
        }
    }

    /// Something could not be written: what is on the screen stays, without it.
    pub fn log_refused(&mut self, order: LogOrder, why: &Trouble, now: &Now) {
        // The box of a note says it itself, until it is kept.
        let in_its_box = matches!((&order, &self.screen),
            (LogOrder::SaveNote(..), Screen::Log(log)) if !log.is_typing());
        if !in_its_box {
            self.say(order.refused(why), now);
        }
        match (order, &mut self.screen) {
            (
                LogOrder::SaveNote(key, note),
                Screen::Log(log) | Screen::Debrief(_, Behind::Log(log)),
            ) => log.note_refused(key, note, why),
            (
                LogOrder::SetFelt(key, _) | LogOrder::SetReason(key, _),
                Screen::Debrief(debrief, _),
            ) => {
                debrief.refused(key);
            }
            _ => {}
        }
    }

    /// Whether letters are typed into a note.
    pub(super) fn types_a_note(&self) -> bool {
        self.overlay.is_none() && matches!(&self.screen, Screen::Log(log) if log.is_typing())
    }

    pub(super) fn type_note(&mut self, key: &KeyEvent, now: &Now) -> Vec<Act> {
        let Screen::Log(log) = &mut self.screen else {
            return Vec::new();
        };
        match log.edit(key) {
            Some(wish) => self.grant(wish, now),
            None => Vec::new(),
        }
    }

    pub(super) fn paste_note(&mut self, text: &str) -> Vec<Act> {
        if let Screen::Log(log) = &mut self.screen {
            log.paste(text);
        }
        Vec::new()
    }

    pub(super) fn press_in_log(&mut self, key: Key, held: bool, now: &Now) -> Vec<Act> {
        let (area, theme) = (self.area, self.theme.clone());
        let Screen::Log(log) = &mut self.screen else {
            return Vec::new();
        };
        match log.press(key, held, area, &theme) {
            Some(wish) => self.grant(wish, now),
            None => Vec::new(),
        }
    }

    /// Does what the log wishes for.
    pub(super) fn grant(&mut self, wish: log::Wish, now: &Now) -> Vec<Act> {
        match wish {
            log::Wish::OpenDebrief(key) => {
                let Screen::Log(log) = &mut self.screen else {
                    return Vec::new();
                };
                let behind = std::mem::take(log);
                self.screen = Screen::Debrief(Box::<DebriefScreen>::default(), Behind::Log(behind));
                vec![Act::Log(LogOrder::Review(key))]
            }
            log::Wish::SaveNote(key, note) => vec![Act::Log(LogOrder::SaveNote(key, note))],
            log::Wish::Delete(key) => vec![Act::Log(LogOrder::Delete(key))],
            log::Wish::Close => self.leave(),
            log::Wish::Other(action) => self.other(action, now),
        }
    }

    /// Back to the log, or to the card.
    fn close_debrief(&mut self) -> Vec<Act> {
        match self.take_screen() {
            Screen::Debrief(_, Behind::Log(log)) => {
                self.screen = Screen::Log(log);
                vec![Act::Log(LogOrder::Read)]
            }
            Screen::Debrief(_, Behind::Card(card, running)) => {
                self.screen = Screen::Aftercare(card, running);
                Vec::new()
            }
            other => {
                self.screen = other;
                Vec::new()
            }
        }
    }

    /// From the card to the session, step by step. Until the log has it the
    /// debrief says that it waits.
    pub(super) fn open_debrief(&mut self) -> Vec<Act> {
        match self.take_screen() {
            Screen::Aftercare(card, running) => {
                self.notice = None;
                self.screen =
                    Screen::Debrief(Box::<DebriefScreen>::default(), Behind::Card(card, running));
                self.review_finished()
            }
            other => {
                self.screen = other;
                Vec::new()
            }
        }
    }

    /// The session whose card is shown is in the log, or will not be.
    pub fn set_finished(&mut self, written: Result<SessionKey, Trouble>) -> Vec<Act> {
        self.finished = Some(written);
        match &self.screen {
            Screen::Debrief(_, Behind::Card(..)) => self.review_finished(),
            _ => Vec::new(),
        }
    }

    fn review_finished(&mut self) -> Vec<Act> {
        match &self.finished {
            None => Vec::new(),
            Some(Ok(key)) => vec![Act::Log(LogOrder::Review(*key))],
            Some(Err(trouble)) => {
                let trouble = trouble.clone();
                self.set_review(Err(trouble));
                Vec::new()
            }
        }
    }

    fn other(&mut self, action: InList, now: &Now) -> Vec<Act> {
        self.common(action, now).unwrap_or_default()
    }

    pub(super) fn press_in_debrief(&mut self, key: Key, held: bool, now: &Now) -> Vec<Act> {
        let (area, theme) = (self.area, self.theme.clone());
        let Screen::Debrief(debrief, _) = &mut self.screen else {
            return Vec::new();
        };
        match debrief.press(key, held, area, &theme) {
            None => Vec::new(),
            Some(debrief::Wish::SetFelt(key, felt)) => {
                vec![Act::Log(LogOrder::SetFelt(key, felt))]
            }
            Some(debrief::Wish::SetReason(key, reason)) => {
                vec![Act::Log(LogOrder::SetReason(key, reason))]
            }
            Some(debrief::Wish::Close) => self.close_debrief(),
            Some(debrief::Wish::Other(action)) => self.other(action, now),
        }
    }
}
