//! Presses in pre-flight: the three lists, and what is chosen for today.

use crossterm::event::KeyCode;

use super::today::Turn;
use super::{Act, App, Origin, Screen};
use crate::settings::OneButton;
use crate::settings::Voice;
use crate::store::{Checklists, Kind, Prompts};
use crate::tui::keys::{self, InList, InSession, Key};
use crate::tui::live::{Muted, Now};
use crate::tui::screens::preflight::{Choice, Mark, Moved, Offer, Page};
use crate::tui::widgets::list::Move;

impl App {
    pub(super) fn press_in_preflight(&mut self, key: Key, held: bool, now: &Now) -> Vec<Act> {
        let Screen::Preflight(preflight, _) = &mut self.screen else {
            return Vec::new();
        };
        // A clicker or pedal of the user's own goes on and back, too.
        let action = keys::meaning(keys::PREFLIGHT, key).or(match self.keys.own(key) {
            Some(InSession::Next | InSession::Ready) => Some(InList::Enter),
            Some(InSession::Back) => Some(InList::Close),
            _ => None,
        });
        if preflight.page() == Page::Today {
            return self.press_in_today(action, held, now);
        }
        if preflight.page() == Page::Tomorrow {
            return match action {
                _ if held => Vec::new(),
                Some(InList::Yes) => self.answer_tomorrow(true, now),
                Some(InList::No) => self.answer_tomorrow(false, now),
                Some(InList::Quit) => self.leave(),
                Some(action) => self.common(action, now).unwrap_or_default(),
                None => Vec::new(),
            };
        }
        if preflight.page() == Page::Alone {
            return self.press_in_alone(action, held, now);
        }
        if preflight.page() == Page::InPlace && !held {
            // Any key but those that mean something else here; Page Up is a
            // clicker's.
            let elsewhere = matches!(
                action,
                Some(
                    InList::Quit
                        | InList::Suspend
                        | InList::TryCue
                        | InList::Louder
                        | InList::Softer
                        | InList::Mute
                        | InList::Help
                        | InList::Kind
                        | InList::Prompts
                        | InList::Today
                        | InList::Fit
                        | InList::Alone
                )
            );
            if !elsewhere && key != Key::Code(KeyCode::Esc) {
                return self.begin_prepared(now);
            }
        }
        let Some(action) = action else {
            return Vec::new();
        };
        match action {
            InList::Up => preflight.go(Move::By(-1)),
            InList::Down => preflight.go(Move::By(1)),
            _ if held => {}
            InList::Toggle => preflight.toggle(),
            InList::Yes => preflight.answer(Mark::Yes),
            InList::No => preflight.answer(Mark::Fine),
            InList::Enter => {
                if preflight.forward() == Moved::Out {
                    return self.begin_prepared(now);
                }
            }
            InList::Close => {
                if preflight.backward() == Moved::Out {
                    return match self.origin {
                        Origin::Home => self.leave(),
                        // Esc never leaves the program by itself.
                        Origin::Outside => Vec::new(),
                    };
                }
            }
            InList::Kind => return self.turn_choice(Choice::Kind, Turn::Next, now),
            InList::Prompts => return self.turn_choice(Choice::Prompts, Turn::Next, now),
            InList::Fit => self.toggle_fit(now),
            InList::Alone => self.open_alone(),
            InList::Today => {
                let offers = self.offers(now);
                if let Screen::Preflight(preflight, _) = &mut self.screen {
                    preflight.open_today(offers);
                }
                let lit = self.try_lit();
                return std::iter::once(Act::ListDevices).chain(lit).collect();
            }
            InList::Quit => return self.leave(),
            action => return self.common(action, now).unwrap_or_default(),
        }
        Vec::new()
    }

    fn begin_prepared(&mut self, now: &Now) -> Vec<Act> {
        if !self.leaves_something(now) {
            return Vec::new();
        }
        let Screen::Preflight(_, prepared) = &self.screen else {
            return Vec::new();
        };
        let mut prepared = (**prepared).clone();
        prepared.checklists = Checklists::Done;
        self.notice = None;
        self.begin(prepared, now)
    }

    /// What can be chosen for today, and how it stands.
    fn offers(&self, now: &Now) -> Vec<Offer> {
        let chosen = self.chosen_today(now);
        let said = |beginning: &str, else_said: &str| {
            let said = chosen.iter().find_map(|line| line.strip_prefix(beginning));
            said.unwrap_or(else_said).to_owned()
        };
        Choice::ALL
            .into_iter()
            .filter(|&choice| choice != Choice::VoiceVolume || self.ear.voice == Voice::On)
            .map(|choice| Offer {
                choice,
                value: match choice {
                    Choice::Kind => self.memory.kind.human().to_owned(),
                    Choice::Prompts => self.prompts.human().to_owned(),
                    Choice::Sound => match self.muted {
                        Muted::Yes => "muted".to_owned(),
                        Muted::No => "on".to_owned(),
                    },
                    Choice::Volume => self.volume.to_string(),
                    Choice::Until => said("until ", "off"),
                    Choice::Alone => said("left alone: ", "nothing"),
                    Choice::OneButton => match self.one_button {
                        OneButton::Off => "off".to_owned(),
                        OneButton::On => "on".to_owned(),
                    },
                    Choice::Device => self.ear.device_line(),
                    Choice::Voice => match self.ear.voice {
                        Voice::Off => "off".to_owned(),
                        Voice::On => "on".to_owned(),
                    },
                    Choice::VoiceVolume => self.voice_volume().to_string(),
                    Choice::Screen => self.lit.line(),
                },
            })
            .collect()
    }

    fn press_in_today(&mut self, action: Option<InList>, held: bool, now: &Now) -> Vec<Act> {
        let Screen::Preflight(preflight, _) = &mut self.screen else {
            return Vec::new();
        };
        let turn = match action {
            Some(InList::Up) => {
                preflight.go(Move::By(-1));
                return Vec::new();
            }
            Some(InList::Down) => {
                preflight.go(Move::By(1));
                return Vec::new();
            }
            _ if held => return Vec::new(),
            Some(InList::Toggle | InList::Yes) => Turn::Next,
            Some(InList::No) => Turn::Previous,
            Some(InList::Enter | InList::Close | InList::Today) => {
                preflight.close_over();
                return Vec::new();
            }
            Some(InList::Kind) => return self.turn_choice(Choice::Kind, Turn::Next, now),
            Some(InList::Prompts) => return self.turn_choice(Choice::Prompts, Turn::Next, now),
            Some(InList::Alone) => {
                self.open_alone();
                return Vec::new();
            }
            Some(InList::Fit) => {
                self.toggle_fit(now);
                self.show_offers(now);
                return Vec::new();
            }
            Some(InList::Quit) => return self.leave(),
            Some(action) => {
                let acts = self.common(action, now).unwrap_or_default();
                self.show_offers(now);
                return acts;
            }
            None => return Vec::new(),
        };
        match preflight.chosen() {
            Some(choice) => self.turn_choice(choice, turn, now),
            None => Vec::new(),
        }
    }

    fn press_in_alone(&mut self, action: Option<InList>, held: bool, now: &Now) -> Vec<Act> {
        let Screen::Preflight(preflight, _) = &mut self.screen else {
            return Vec::new();
        };
        match action {
            Some(InList::Up) => preflight.go(Move::By(-1)),
            Some(InList::Down) => preflight.go(Move::By(1)),
            _ if held => {}
            Some(InList::Toggle | InList::Yes | InList::No) => self.toggle_alone(now),
            Some(InList::Enter | InList::Close | InList::Alone | InList::Today) => {
                preflight.close_over();
                self.refresh_today(now);
            }
            Some(InList::Quit) => return self.leave(),
            Some(action) => return self.common(action, now).unwrap_or_default(),
            None => {}
        }
        Vec::new()
    }

    /// A click on a choice turns it.
    pub(super) fn click_choice(&mut self, choice: Choice, now: &Now) -> Vec<Act> {
        self.turn_choice(choice, Turn::Next, now)
    }

    fn turn_choice(&mut self, choice: Choice, turn: Turn, now: &Now) -> Vec<Act> {
        let acts = match choice {
            Choice::Kind => {
                // Practice, or a client: remembered for the next time.
                self.memory.kind = match self.memory.kind {
                    Kind::Client => Kind::Practice,
                    Kind::Practice | Kind::Rehearsal => Kind::Client,
                };
                let line = format!("this session is for: {}", self.memory.kind.human());
                self.say(line, now);
                vec![Act::Remember(self.memory.clone())]
            }
            Choice::Prompts => {
                self.prompts = match turn {
                    Turn::Next => self.prompts.next(),
                    Turn::Previous => previous(self.prompts),
                };
                self.say(format!("prompts: {}", self.prompts.human()), now);
                Vec::new()
            }
            Choice::Sound => self.toggle_mute(now),
            Choice::OneButton => {
                self.one_button = match self.one_button {
                    OneButton::Off => OneButton::On,
                    OneButton::On => OneButton::Off,
                };
                Vec::new()
            }
            Choice::Volume => match turn {
                Turn::Next => self.change_volume(10, now),
                Turn::Previous => self.change_volume(-10, now),
            },
            Choice::Until => {
                self.turn_ending(turn, now);
                Vec::new()
            }
            Choice::Device => self.turn_device(turn, now),
            Choice::Voice => self.toggle_voice(),
            Choice::Screen => self.toggle_lit(),
            Choice::VoiceVolume => match turn {
                Turn::Next => self.change_voice_volume(10, now),
                Turn::Previous => self.change_voice_volume(-10, now),
            },
            Choice::Alone => {
                self.open_alone();
                return Vec::new();
            }
        };
        self.show_offers(now);
        acts
    }

    /// The sounds of the routine that is about to be worked, if one is.
    pub(super) fn prepared_sounds(&self) -> Option<Act> {
        match &self.screen {
            Screen::Preflight(_, prepared) => {
                Some(Act::LoadSounds(Box::new(prepared.entry.clone())))
            }
            _ => None,
        }
    }

    pub(super) fn show_offers(&mut self, now: &Now) {
        let offers = self.offers(now);
        if let Screen::Preflight(preflight, _) = &mut self.screen {
            preflight.set_offers(offers);
        }
    }
}

/// The prompts before these, round and round.
fn previous(prompts: Prompts) -> Prompts {
    let mut before = prompts;
    while before.next() != prompts {
        before = before.next();
    }
    before
}
