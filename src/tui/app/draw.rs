//! The whole picture of one moment: the screen, what lies over it, and the line
//! at its bottom. It changes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{App, Hearing, Overlay, Running, Screen};
use crate::settings;
use crate::tui::keys::{self, InList};
use crate::tui::live::{Muted, Now};
use crate::tui::screens::help;
use crate::tui::screens::preflight::{Beside, Page};
use crate::tui::screens::session::{Foot, SessionScreen, question};
use crate::tui::screens::settings as settings_screen;
use crate::tui::screens::sounds;
use crate::tui::widgets::body::Head;
use crate::tui::widgets::hints::hint_line;
use crate::tui::widgets::text::fit;

impl App {
    /// All keys of the screen that is shown.
    pub(super) fn help_rows(&self) -> help::Rows {
        match &self.screen {
            Screen::Home(_) => keys::rows(keys::HOME).collect(),
            Screen::Preflight(..) => keys::rows(keys::PREFLIGHT).collect(),
            Screen::Session(_) => self.keys.rows(),
            Screen::Aftercare(..) => keys::rows(keys::AFTERCARE).collect(),
            Screen::Sounds(_) => keys::rows(keys::SOUNDS).collect(),
            Screen::Log(_) => keys::rows(keys::LOG).collect(),
            Screen::Debrief(..) => keys::rows(keys::DEBRIEF).collect(),
            Screen::Settings(_) => keys::rows(keys::SETTINGS).collect(),
            Screen::Design(_) => keys::rows(keys::DESIGN).collect(),
        }
    }

    /// The line at the bottom of a list screen.
    pub(super) fn foot(&self, table: &'static [keys::Binding<InList>], width: u16) -> Line<'_> {
        match &self.notice {
            Some(notice) => Line::styled(fit(&notice.text, width), self.theme.bright()),
            None => hint_line(&keys::hints(table).collect::<Vec<_>>(), width, &self.theme),
        }
    }

    /// The same in pre-flight: in place, any key begins.
    pub(super) fn foot_in_preflight(&self, page: Page, width: u16) -> Line<'_> {
        if self.notice.is_none()
            && let Some(why) = self.not_taken_over(width)
        {
            return Line::styled(fit(&why, width), self.theme.warn());
        }
        if page == Page::InPlace && self.notice.is_none() {
            let hints = [("any key", "begins"), ("Esc", "back"), ("q", "leave")];
            let hints = hints.map(|(key, word)| (key.to_owned(), word));
            return hint_line(&hints, width, &self.theme);
        }
        if page == Page::Today && self.notice.is_none() {
            let hints = [
                ("Space", "changes it"),
                ("← →", "one way or the other"),
                ("Enter", "back"),
            ];
            let hints = hints.map(|(key, word)| (key.to_owned(), word));
            return hint_line(&hints, width, &self.theme);
        }
        if page == Page::Alone && self.notice.is_none() {
            let hints = [("Space", "leave alone, or not"), ("Enter", "back")];
            let hints = hints.map(|(key, word)| (key.to_owned(), word));
            return hint_line(&hints, width, &self.theme);
        }
        if page == Page::Tomorrow && self.notice.is_none() {
            let hints = [("y", "tomorrow"), ("n", "no fixed end"), ("q", "leave")];
            let hints = hints.map(|(key, word)| (key.to_owned(), word));
            return hint_line(&hints, width, &self.theme);
        }
        self.foot(keys::PREFLIGHT, width)
    }

    /// How loud, and whether anything is heard, on one line.
    pub(super) fn sound_line(&self) -> String {
        match (&self.hearing, self.muted) {
            (_, Muted::Yes) => "sound: muted (m) · shifts are shown by the border".to_owned(),
            (Hearing::Silent(reason), Muted::No) => {
                format!("silent: {reason} · shifts are shown by the border")
            }
            (_, Muted::No) => format!(
                "sound: volume {} · t plays a cue, + and - change it",
                self.volume
            ),
        }
    }

    /// Draws everything.
    pub fn render(&self, buf: &mut Buffer, now: &Now) {
        let area = buf.area;
        self.theme.lay_ground(buf);
        let width = if area.width >= 60 {
            area.width - 4
        } else {
            area.width
        };
        match &self.screen {
            Screen::Home(home) => {
                home.render(
                    area,
                    buf,
                    &self.theme,
                    &self.sound_line(),
                    self.foot(keys::HOME, width),
                );
            }
            Screen::Preflight(preflight, prepared) => {
                let title = &prepared.routine.name;
                let kind = self.memory.kind.human();
                let prompts = self.prompts.human();
                let chosen = self.chosen_today(now);
                // Where the choices are read they are not said twice.
                let is_list = matches!(preflight.page(), Page::Room | Page::Client | Page::StepUp);
                let mut parts: Vec<String> = Vec::new();
                if is_list {
                    let first = chosen.iter().filter(|line| !line.starts_with("still"));
                    parts.extend(first.cloned());
                }
                parts.push(format!(
                    "for {kind} (c) · prompts {prompts} (r) · more (o) · {}",
                    self.sound_line()
                ));
                let sound = parts.join(" · ");
                let beside = Beside {
                    title,
                    sound: &sound,
                    chosen: &chosen,
                    foot: self.foot_in_preflight(preflight.page(), width),
                };
                preflight.render(area, buf, &self.theme, beside);
            }
            Screen::Session(running) => self.render_session(running, area, buf, now),
            Screen::Aftercare(aftercare, _) => {
                aftercare.render(area, buf, &self.theme, self.foot(keys::AFTERCARE, width));
            }
            Screen::Sounds(sounds) => {
                let rows = self.sounds_rows(sounds);
                let foot = self.foot(keys::SOUNDS, width);
                sounds.render(area, buf, &self.theme, sounds::Beside { rows, foot });
            }
            Screen::Log(log) => {
                let foot = match &self.notice {
                    Some(_) => self.foot(keys::LOG, width),
                    None => hint_line(&log.hints(), width, &self.theme),
                };
                log.render(area, buf, &self.theme, foot);
            }
            Screen::Debrief(debrief, _) => {
                debrief.render(area, buf, &self.theme, self.foot(keys::DEBRIEF, width));
            }
            Screen::Settings(screen) => {
                let beside = settings_screen::Beside {
                    keys: &self.keys,
                    notice: self.notice.as_ref().map(|notice| notice.text.as_str()),
                };
                screen.render(area, buf, &self.theme, &beside);
            }
            Screen::Design(designer) => {
                let notice = self.notice.as_ref();
                let foot = notice
                    .map(|notice| Line::styled(fit(&notice.text, width), self.theme.bright()));
                designer.render(area, buf, &self.theme, self.head(), foot);
            }
        }
        if let Some(Overlay::Help { top }) = self.overlay {
            let rows = self.help_rows();
            help::render(&rows, top, area, buf, &self.theme);
        }
    }

    /// Which way the client's head points.
    const fn head(&self) -> Head {
        match self.settings.head {
            settings::Head::Up => Head::Up,
            settings::Head::Down => Head::Down,
        }
    }

    pub(super) fn render_session(
        &self,
        running: &Running,
        area: Rect,
        buf: &mut Buffer,
        now: &Now,
    ) {
        let silent;
        let lacks;
        let foot = if let Some(notice) = &self.notice {
            Foot::Notice(&notice.text)
        } else if let Some(why) = self.not_taken_over(area.width.saturating_sub(4)) {
            lacks = why;
            Foot::Trouble(&lacks)
        } else if let Some(line) = self.unfocused() {
            Foot::Trouble(line)
        } else if let Some(why) = &self.not_kept {
            Foot::Trouble(why)
        } else if let (Hearing::Silent(reason), Muted::No) = (&self.hearing, self.muted) {
            silent = format!("silent: {reason} · shifts are shown by the border");
            Foot::Trouble(&silent)
        } else {
            Foot::Hints(running.hints(&self.keys))
        };
        let screen = SessionScreen {
            live: &running.live,
            view: running.view,
            head: self.head(),
            body: &running.body,
            pacer: self.settings.pacer,
            foot,
            even: running.offers_even(now),
            calls: &self.keys.calls(running.one_button),
            theme: &self.theme,
            now,
        };
        ratatui::widgets::Widget::render(&screen, area, buf);
        if let Some(swell) = running.swell {
            swell.render(now.mono, area, buf, &self.theme);
        }
        if running.asks() {
            question::render(area, buf, &self.theme);
        }
    }
}
