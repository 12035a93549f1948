//! Presses in the settings: a value turned takes effect, and is written.

use ratatui::layout::Position;

use super::lit::Lit;
use super::today::Turn as Way;
use super::{Act, App, Screen};
use crate::settings::commented::EXPLAINED;
use crate::settings::splice::{Change, What};
use crate::settings::{Awake, Head, KeepDevice, Look, OneButton, Pacer, Settings, Sound, Voice};
use crate::tui::keys::{InSession, Key, MEANINGS};
use crate::tui::live::{Muted, Now};
use crate::tui::screens::settings::{Knob, SettingsScreen, Turn, Wish};

impl App {
    /// Opens the settings.
    pub(super) fn open_settings(&mut self) -> Vec<Act> {
        self.notice = None;
        let values = self.values();
        self.screen = Screen::Settings(Box::new(SettingsScreen::new(values)));
        vec![Act::ListDevices]
    }

    /// How each value stands, as it is shown.
    fn values(&self) -> Vec<String> {
        let set = &self.settings;
        let on = |on: bool| if on { "on" } else { "off" }.to_owned();
        Knob::ALL
            .into_iter()
            .map(|knob| match knob {
                Knob::Volume if set.volume.is_none() => {
                    format!("{}, as last set by ear", self.volume)
                }
                Knob::Volume => self.volume.to_string(),
                Knob::Sound => match set.sound {
                    Sound::On => "on".to_owned(),
                    Sound::Muted => "muted".to_owned(),
                },
                Knob::Voice => on(self.ear.voice == Voice::On),
                Knob::VoiceVolume => self.voice_volume_line(),
                Knob::Device => self.ear.device_line(),
                Knob::KeepDevice => match set.keep_device {
                    KeepDevice::AroundCues => "around cues".to_owned(),
                    KeepDevice::Always => "always".to_owned(),
                },
                Knob::Theme => match set.theme {
                    Look::Warm => "warm".to_owned(),
                    Look::HighContrast => "high contrast".to_owned(),
                },
                Knob::Head => match set.head {
                    Head::Up => "up".to_owned(),
                    Head::Down => "down".to_owned(),
                },
                Knob::Pacer => on(set.pacer == Pacer::On),
                Knob::OneButton => on(set.one_button == OneButton::On),
                Knob::Awake => on(set.awake == Awake::On),
                Knob::Keys => match set.keys.len() {
                    0 => "as the program has them".to_owned(),
                    1 => "1 of your own".to_owned(),
                    n => format!("{n} of your own"),
                },
            })
            .collect()
    }

    /// Shows how the values stand now.
    pub(super) fn show_settings(&mut self) {
        let values = self.values();
        if let Screen::Settings(screen) = &mut self.screen {
            screen.set_values(values);
        }
    }

    pub(super) fn press_in_settings(&mut self, key: Key, held: bool, now: &Now) -> Vec<Act> {
        let Screen::Settings(screen) = &mut self.screen else {
            return Vec::new();
        };
        match screen.press(key, held) {
            Some(wish) => self.fulfil(wish, now),
            None => Vec::new(),
        }
    }

    pub(super) fn click_in_settings(&mut self, at: Position, now: &Now) -> Vec<Act> {
        let Screen::Settings(screen) = &mut self.screen else {
            return Vec::new();
        };
        match screen.click(self.area, at, &self.keys) {
            Some(wish) => self.fulfil(wish, now),
            None => Vec::new(),
        }
    }

    /// Does what the settings' screen wishes for.
    fn fulfil(&mut self, wish: Wish, now: &Now) -> Vec<Act> {
        let acts = match wish {
            Wish::Turn(knob, turn) => self.turn_knob(knob, turn, now),
            Wish::Mean(key, action) => self.let_mean(key, action, now),
            Wish::Close => return self.leave(),
            Wish::Other(action) => self.common(action, now).unwrap_or_default(),
        };
        self.show_settings();
        acts
    }

    fn turn_knob(&mut self, knob: Knob, turn: Turn, now: &Now) -> Vec<Act> {
        let (by, way) = match turn {
            Turn::Next => (10, Way::Next),
            Turn::Previous => (-10, Way::Previous),
            Turn::Default => return self.set_default(knob, now),
        };
        let set = &mut self.settings;
        let (name, value) = match knob {
            Knob::Volume => {
                let pinned = set.volume.is_some();
                let mut acts = self.change_volume(by, now);
                // By ear it is remembered; what is written stays in the file.
                if pinned {
                    self.settings.volume = Some(self.volume);
                    acts.extend(write(What::Setting("volume"), self.volume.to_string()));
                }
                return acts;
            }
            // What is chosen by hand is remembered, over what is written.
            Knob::VoiceVolume => return self.change_voice_volume(by, now),
            Knob::Voice => return self.toggle_voice(),
            Knob::Device => return self.turn_device(way, now),
            Knob::Keys => return Vec::new(),
            Knob::Sound => {
                set.sound = match set.sound {
                    Sound::On => Sound::Muted,
                    Sound::Muted => Sound::On,
                };
                ("sound", format!("{:?}", set.sound))
            }
            Knob::KeepDevice => {
                set.keep_device = match set.keep_device {
                    KeepDevice::AroundCues => KeepDevice::Always,
                    KeepDevice::Always => KeepDevice::AroundCues,
                };
                ("keep_device", format!("{:?}", set.keep_device))
            }
            Knob::Theme => {
                set.theme = match set.theme {
                    Look::Warm => Look::HighContrast,
                    Look::HighContrast => Look::Warm,
                };
                ("theme", format!("{:?}", set.theme))
            }
            Knob::Head => {
                set.head = match set.head {
                    Head::Up => Head::Down,
                    Head::Down => Head::Up,
                };
                ("head", format!("{:?}", set.head))
            }
            Knob::Pacer => {
                set.pacer = match set.pacer {
                    Pacer::On => Pacer::Off,
                    Pacer::Off => Pacer::On,
                };
                ("pacer", format!("{:?}", set.pacer))
            }
            Knob::OneButton => {
                set.one_button = match set.one_button {
                    OneButton::On => OneButton::Off,
                    OneButton::Off => OneButton::On,
                };
                ("one_button", format!("{:?}", set.one_button))
            }
            Knob::Awake => {
                set.awake = match set.awake {
                    Awake::On => Awake::Off,
                    Awake::Off => Awake::On,
                };
                ("awake", format!("{:?}", set.awake))
            }
        };
        let mut acts = self.take_effect(knob, now);
        acts.extend(write(What::Setting(name), value));
        acts
    }

    /// What holds at once.
    fn take_effect(&mut self, knob: Knob, now: &Now) -> Vec<Act> {
        match knob {
            Knob::Theme => self.theme = self.theme.with(self.settings.theme),
            Knob::OneButton => self.one_button = self.settings.one_button,
            Knob::Awake => self.lit = Lit::new(self.settings.awake),
            Knob::Sound => {
                let wanted = match self.settings.sound {
                    Sound::On => Muted::No,
                    Sound::Muted => Muted::Yes,
                };
                if self.muted != wanted {
                    return self.toggle_mute(now);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// What the program has for it; written only where something else stands.
    fn set_default(&mut self, knob: Knob, now: &Now) -> Vec<Act> {
        let before = self.settings.clone();
        let default = Settings::default();
        let set = &mut self.settings;
        let name = match knob {
            Knob::Volume => {
                set.volume = default.volume;
                "volume"
            }
            Knob::Sound => {
                set.sound = default.sound;
                "sound"
            }
            Knob::Voice if self.ear.voice == Voice::Off => return Vec::new(),
            Knob::Voice => return self.toggle_voice(),
            Knob::VoiceVolume => return self.usual_voice_volume(),
            Knob::Device => return self.usual_device(),
            Knob::KeepDevice => {
                set.keep_device = default.keep_device;
                "keep_device"
            }
            Knob::Theme => {
                set.theme = default.theme;
                "theme"
            }
            Knob::Head => {
                set.head = default.head;
                "head"
            }
            Knob::Pacer => {
                set.pacer = default.pacer;
                "pacer"
            }
            Knob::OneButton => {
                set.one_button = default.one_button;
                "one_button"
            }
            Knob::Awake => {
                set.awake = default.awake;
                "awake"
            }
            Knob::Keys => return Vec::new(),
        };
        if self.settings == before {
            self.say("it is the default", now);
            return Vec::new();
        }
        let value = EXPLAINED
            .iter()
            .find(|setting| setting.name == name)
            .map_or_else(none, |setting| setting.default.to_owned());
        let mut acts = self.take_effect(knob, now);
        acts.extend(write(What::Setting(name), value));
        acts
    }

    fn let_mean(&mut self, key: Key, action: Option<InSession>, now: &Now) -> Vec<Act> {
        let Some(name) = key.name() else {
            return Vec::new();
        };
        let word = MEANINGS.iter().find(|(_, known)| Some(*known) == action);
        // However it is written there: `Page Down` is PageDown.
        let written = self
            .settings
            .keys
            .iter()
            .position(|(written, _)| Key::named(written) == Some(key));
        let old = written.map(|at| self.settings.keys.remove(at));
        let (line, change) = match (word, old) {
            (Some((word, _)), old) => {
                let name_written = old.map_or_else(|| name.clone(), |(written, _)| written);
                let entry = (name_written.clone(), (*word).to_owned());
                self.settings.keys.push(entry);
                (
                    format!("{name} means {word} from now on"),
                    Some((name_written, Some((*word).to_owned()))),
                )
            }
            (None, Some((written, _))) => (
                format!("{name} means what the program has for it"),
                Some((written, None)),
            ),
            (None, None) => (format!("{name} means what the program has for it"), None),
        };
        self.keys.set(key, action);
        self.say(line, now);
        change
            .map(|(key, value)| {
                Act::Set(Change {
                    what: What::Key(key),
                    value,
                })
            })
            .into_iter()
            .collect()
    }
}

fn none() -> String {
    "None".to_owned()
}

fn write(what: What, value: String) -> Vec<Act> {
    vec![Act::Set(Change {
        what,
        value: Some(value),
    })]
}
