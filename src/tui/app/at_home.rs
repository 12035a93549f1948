//! Presses where nothing runs: at home, and at the aftercare card.

use crossterm::event::KeyCode;

use super::prepared::plain_plan;
use super::{Act, App, Kept, Prepared, Screen};
use crate::library;
use crate::routine::text::printable;
use crate::tui::keys::{self, InList, Key};
use crate::tui::live::{Now, SoundOrder};
use crate::tui::screens::aftercare::{Asking, Form};
use crate::tui::screens::home::{Home, Typing};
use crate::tui::widgets::list::Move;

impl App {
    pub(super) fn press_at_home(&mut self, key: Key, held: bool, now: &Now) -> Vec<Act> {
        let greeted = self.is_greeting();
        let mut acts = self.press_in_library(key, held, now);
        if greeted && !self.is_greeting() {
            acts.insert(0, self.welcomed());
        }
        acts
    }

    fn is_greeting(&self) -> bool {
        matches!(&self.screen, Screen::Home(home) if home.is_greeting())
    }

    fn press_in_library(&mut self, key: Key, held: bool, now: &Now) -> Vec<Act> {
        let area = self.area;
        let Screen::Home(home) = &mut self.screen else {
            return Vec::new();
        };
        if home.typing() == Typing::Filter {
            match key {
                Key::Char(c) => {
                    home.edit_filter(|filter| filter.push(c));
                    return Vec::new();
                }
                Key::Code(KeyCode::Backspace) => {
                    home.edit_filter(|filter| {
                        filter.pop();
                    });
                    return Vec::new();
                }
                Key::Code(KeyCode::Enter) => {
                    home.set_typing(Typing::Nothing);
                    return Vec::new();
                }
                _ => {}
            }
        }
        let Some(action) = keys::meaning(keys::HOME, key) else {
            return Vec::new();
        };
        match action {
            InList::Up => home.go(Move::By(-1)),
            InList::Down => home.go(Move::By(1)),
            InList::PageUp => home.go(Move::By(-Home::page(area))),
            InList::PageDown => home.go(Move::By(Home::page(area))),
            InList::First => home.go(Move::First),
            InList::Last => home.go(Move::Last),
            InList::Filter => {
                home.set_typing(Typing::Filter);
                return vec![Act::ReadAll(self.library.clone())];
            }
            InList::Close => {
                home.set_typing(Typing::Nothing);
                home.edit_filter(String::clear);
            }
            _ if held => {}
            InList::Enter => {
                if let Some(offered) = home.resumable() {
                    return vec![Act::GoOn(offered.key)];
                }
                let Some(entry) = home.entry().cloned() else {
                    return Vec::new();
                };
                let routine = match entry.content.clone() {
                    Ok(routine) => routine,
                    Err(diagnostics) => {
                        // In a narrow window nothing beside the list says why.
                        let why = diagnostics.first();
                        let why = why.map(|first| first.one_line(&entry.text));
                        self.say(why.unwrap_or_default(), now);
                        return Vec::new();
                    }
                };
                let plan = plain_plan(&routine);
                let greeting = home.is_greeting();
                self.notice = None;
                if greeting {
                    // The tour: nobody is on the table, there is nothing to
                    // look at before.
                    return self.begin(Prepared::new(routine, entry, plan), now);
                }
                return self.prepare(Prepared::new(routine, entry, plan), None);
            }
            InList::Log => return self.open_log(),
            InList::Design => {
                let entry = home.entry().cloned();
                return entry.map_or_else(Vec::new, |entry| self.design_entry(&entry));
            }
            InList::Sounds => return self.open_sounds(now),
            InList::Settings => return self.open_settings(),
            InList::Copy => {
                let Some(entry) = home.entry() else {
                    return Vec::new();
                };
                if let library::Origin::File(path) = &entry.origin {
                    let line = format!("this is your own already: {}", path.display());
                    self.say(printable(&line), now);
                    return Vec::new();
                }
                return vec![Act::CopyRoutine(Box::new(entry.clone()))];
            }
            InList::Quit => {
                home.end_greeting();
                return vec![Act::Quit(0)];
            }
            action => return self.common(action, now).unwrap_or_default(),
        }
        Vec::new()
    }

    pub(super) fn press_at_aftercare(&mut self, key: Key, held: bool, now: &Now) -> Vec<Act> {
        let area = self.area;
        let page = isize::try_from(area.height / 2).unwrap_or(1);
        let Screen::Aftercare(aftercare, _) = &mut self.screen else {
            return Vec::new();
        };
        if aftercare.asking == Asking::Form && !held {
            let form = match key {
                Key::Char('t') => Some(Form::Text),
                Key::Char('m') => Some(Form::Markdown),
                Key::Char('h') => Some(Form::Html),
                _ => None,
            };
            aftercare.asking = Asking::Nothing;
            return form.map(Act::SaveCard).into_iter().collect();
        }
        let Some(action) = keys::meaning(keys::AFTERCARE, key) else {
            return Vec::new();
        };
        match action {
            InList::Up => aftercare.scroll(-1, area, &self.theme),
            InList::Down => aftercare.scroll(1, area, &self.theme),
            InList::PageUp => aftercare.scroll(-page, area, &self.theme),
            InList::PageDown => aftercare.scroll(page, area, &self.theme),
            _ if held => {}
            InList::Save => {
                self.notice = None;
                aftercare.asking = Asking::Form;
            }
            InList::Undo => return self.undo_finish(now),
            InList::Debrief => return self.open_debrief(),
            InList::Quit => {
                let mut acts = vec![
                    Act::Sound(SoundOrder::CancelForeseen),
                    Act::Keep(Kept::Close),
                ];
                acts.extend(self.leave());
                return acts;
            }
            action => return self.common(action, now).unwrap_or_default(),
        }
        Vec::new()
    }
}
