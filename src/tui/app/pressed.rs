//! What was pressed, clicked, scrolled, pasted: whose it is, whatever screen is
//! shown. What it does there is that screen's file's.

use crossterm::event::{Event, KeyCode, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::focus::Focus;
use super::one_button;
use super::{Act, App, Overlay, Screen};
use crate::tui::keys::{InList, Key, Press};
use crate::tui::live::Now;
use crate::tui::screens::help;
use crate::tui::screens::preflight::Page;

impl App {
    /// A press, a click, another size of the window.
    pub fn handle(&mut self, event: &Event, now: &Now) -> Vec<Act> {
        let was_tried = self.is_tried();
        let mut acts = self.tick(now);
        if matches!(event, Event::Key(_)) {
            // A key that comes here goes nowhere else.
            self.focus(Focus::Here);
        }
        acts.extend(match event {
            // A note is typed as it is, with its capitals.
            Event::Key(key) if self.types_a_note() => self.type_note(key, now),
            Event::Key(key) if self.is_designing() => self.press_in_design(key, now),
            Event::Key(key) => match self.presses.see(key, now.mono) {
                Some(press) => self.press(press, now),
                None => Vec::new(),
            },
            Event::Mouse(mouse) => self.mouse(*mouse, now),
            Event::Resize(columns, rows) => {
                self.resize(Rect::new(0, 0, *columns, *rows));
                Vec::new()
            }
            Event::Paste(text) if self.types_a_note() => self.paste_note(text),
            Event::Paste(text) if self.is_designing() => self.paste_in_design(text, now),
            // Elsewhere pasted text is nobody's wish.
            Event::Paste(_) => Vec::new(),
            Event::FocusGained => {
                self.focus(Focus::Here);
                Vec::new()
            }
            Event::FocusLost => {
                self.focus(Focus::Elsewhere);
                Vec::new()
            }
        });
        acts.extend(self.take_over(now));
        self.untried(acts, was_tried)
    }

    pub(super) fn press(&mut self, press: Press, now: &Now) -> Vec<Act> {
        let (key, held) = match press {
            Press::First(key) => (key, false),
            Press::Held(key) => (key, true),
        };
        let last = match self.overlay {
            Some(Overlay::Help { .. }) => help::last_top(&self.help_rows(), self.area, &self.theme),
            None => 0,
        };
        if let Some(Overlay::Help { top }) = &mut self.overlay {
            match key {
                Key::Code(KeyCode::Down) => *top = (*top + 1).min(last),
                Key::Code(KeyCode::Up) => *top = top.saturating_sub(1),
                Key::Code(KeyCode::PageDown) => *top = (*top + help::page(self.area)).min(last),
                Key::Code(KeyCode::PageUp) => *top = top.saturating_sub(help::page(self.area)),
                Key::Code(KeyCode::Home) => *top = 0,
                Key::Code(KeyCode::End) => *top = last,
                Key::Char('?' | 'q') | Key::Code(KeyCode::Esc | KeyCode::Enter) => {
                    self.overlay = None;
                }
                Key::Ctrl('z') => return vec![Act::Suspend],
                // A session's own keys act through its help: she must never be stuck in it.
                _ if matches!(self.screen, Screen::Session(_)) && !held => {
                    self.overlay = None;
                    return self.press_in_session(key, now);
                }
                _ => {}
            }
            return Vec::new();
        }
        if let Some(acts) = (!held)
            .then(|| self.press_the_one_button(one_button::Pressed::Key(key), now))
            .flatten()
        {
            return acts;
        }
        match &self.screen {
            Screen::Session(_) if held => Vec::new(),
            Screen::Session(_) => self.press_in_session(key, now),
            Screen::Home(_) => self.press_at_home(key, held, now),
            Screen::Preflight(..) => self.press_in_preflight(key, held, now),
            Screen::Aftercare(..) => self.press_at_aftercare(key, held, now),
            Screen::Sounds(_) => self.press_in_sounds(key, held, now),
            Screen::Log(_) => self.press_in_log(key, held, now),
            Screen::Debrief(..) => self.press_in_debrief(key, held, now),
            Screen::Settings(_) => self.press_in_settings(key, held, now),
            // It takes keys as they are.
            Screen::Design(_) => Vec::new(),
        }
    }

    /// What every list understands in the same way; nothing if it is not that.
    pub(super) fn common(&mut self, action: InList, now: &Now) -> Option<Vec<Act>> {
        Some(match action {
            InList::TryCue => self.try_cue(now),
            InList::Louder => self.change_volume(10, now),
            InList::Softer => self.change_volume(-10, now),
            InList::Mute => self.toggle_mute(now),
            InList::Help => {
                self.overlay = Some(Overlay::Help { top: 0 });
                Vec::new()
            }
            InList::Suspend => vec![Act::Suspend],
            _ => return None,
        })
    }

    fn mouse(&mut self, mouse: MouseEvent, now: &Now) -> Vec<Act> {
        let at = Position::new(mouse.column, mouse.row);
        if let MouseEventKind::Down(_) = mouse.kind
            && let Some(acts) = self.press_the_one_button(one_button::Pressed::Mouse, now)
        {
            return acts;
        }
        match mouse.kind {
            MouseEventKind::ScrollUp if self.is_designing() => self.scroll_design(KeyCode::Up, now),
            MouseEventKind::ScrollDown if self.is_designing() => {
                self.scroll_design(KeyCode::Down, now)
            }
            MouseEventKind::ScrollUp => self.press(Press::Held(Key::Code(KeyCode::Up)), now),
            MouseEventKind::ScrollDown => self.press(Press::Held(Key::Code(KeyCode::Down)), now),
            MouseEventKind::Down(MouseButton::Left) if self.overlay.is_some() => {
                self.overlay = None;
                Vec::new()
            }
            MouseEventKind::Down(MouseButton::Left) => self.click(at, now),
            _ => Vec::new(),
        }
    }

    fn click(&mut self, at: Position, now: &Now) -> Vec<Act> {
        let area = self.area;
        match &mut self.screen {
            Screen::Home(home) => {
                use crate::tui::screens::home::Clicked;
                match home.click(area, at) {
                    Some(Clicked::Again) => {
                        self.press_at_home(Key::Code(KeyCode::Enter), false, now)
                    }
                    Some(Clicked::First) | None => Vec::new(),
                }
            }
            Screen::Preflight(preflight, _) => {
                use crate::tui::screens::preflight::Clicked;
                if preflight.page() == Page::InPlace {
                    return self.press_in_preflight(Key::Code(KeyCode::Enter), false, now);
                }
                match preflight.click(area, at) {
                    Some(Clicked::Choice(choice)) => self.click_choice(choice, now),
                    Some(Clicked::Region) => {
                        self.toggle_alone(now);
                        Vec::new()
                    }
                    None => Vec::new(),
                }
            }
            Screen::Sounds(sounds) => match sounds.click(area, at) {
                Some(_) => self.play_marked(now),
                None => Vec::new(),
            },
            Screen::Log(log) => match log.click(area, at) {
                Some(wish) => self.grant(wish, now),
                None => Vec::new(),
            },
            Screen::Settings(_) => self.click_in_settings(at, now),
            Screen::Design(designer) => {
                designer.click(area, at);
                Vec::new()
            }
            Screen::Session(_) | Screen::Aftercare(..) | Screen::Debrief(..) => Vec::new(),
        }
    }
}
