//! In which ear: the device that is chosen among those that there are, and the
//! voice beside the chimes. What becomes of an order is not known here.

use std::time::Duration;

use super::today::Turn;
use super::{Act, App};
use crate::audio::{Device, Sounding};
use crate::memory::Chosen;
use crate::routine::text::printable;
use crate::settings::{Settings, Voice};
use crate::tui::live::{Now, SoundOrder};

/// What the default device is called where its name is not known.
const USUAL: &str = "the system's usual one";

/// Where sound goes, and what is spoken.
#[derive(Debug)]
pub(super) struct Ear {
    /// The device that is wanted, by its id or name; none for the usual one.
    wanted: Option<String>,
    /// What the speaker says it plays on.
    pub(super) sounding: Option<Sounding>,
    listed: Listed,
    pub(super) voice: Voice,
    voice_volume: Option<u8>,
    /// Why nothing can be spoken.
    pub(super) no_voice: Option<String>,
}

/// The devices that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Listed {
    /// Not asked, or no answer yet.
    Unknown,
    /// These.
    Are(Vec<Device>),
    /// There is no list, for this reason.
    Refused(String),
}

impl Ear {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            wanted: settings.device.clone(),
            sounding: None,
            listed: Listed::Unknown,
            voice: settings.voice,
            voice_volume: settings.voice_volume,
            no_voice: None,
        }
    }

    fn devices(&self) -> &[Device] {
        match &self.listed {
            Listed::Are(devices) => devices,
            Listed::Unknown | Listed::Refused(_) => &[],
        }
    }

    /// The place of the device that is wanted among those that there are.
    fn place(&self) -> Option<usize> {
        let wanted = self.wanted.as_deref()?;
        let devices = self.devices();
        let is = |device: &Device| device.id == wanted;
        let called = |device: &Device| device.name.eq_ignore_ascii_case(wanted);
        devices
            .iter()
            .position(is)
            .or_else(|| devices.iter().position(called))
    }

    /// The wanted device's name, as far as it is known.
    fn name(&self) -> Option<String> {
        let known = self.place().and_then(|at| self.devices().get(at));
        let name = known.map_or(self.wanted.as_deref()?, |device| device.name.as_str());
        Some(printable(name))
    }

    /// Where sound goes, for the screen.
    pub(super) fn device_line(&self) -> String {
        let gone = self
            .sounding
            .as_ref()
            .is_some_and(|sounding| sounding.instead_of.is_some());
        let line = match self.name() {
            None => USUAL.to_owned(),
            Some(name) if gone => format!("{name} (not there: {USUAL} sounds)"),
            Some(name) => name,
        };
        match &self.listed {
            Listed::Refused(why) => format!("{line} · {}", printable(why)),
            Listed::Unknown | Listed::Are(_) => line,
        }
    }

    /// Turns to the next device, round and round; the usual one is first.
    fn turn(&mut self, turn: Turn) {
        let count = self.devices().len() + 1;
        let place = self.place().map_or(0, |at| at + 1);
        let next = match turn {
            Turn::Next => (place + 1) % count,
            Turn::Previous => (place + count - 1) % count,
        };
        let chosen = next.checked_sub(1).and_then(|at| self.devices().get(at));
        self.wanted = chosen.map(|device| device.id.clone());
    }
}

impl App {
    /// Takes note of which devices there are.
    pub fn set_devices(&mut self, listed: Result<Vec<Device>, String>, now: &Now) {
        self.ear.listed = match listed {
            Ok(devices) => Listed::Are(devices),
            Err(why) => Listed::Refused(why),
        };
        self.show_offers(now);
        self.show_settings();
    }

    /// Takes note of the device that sounds; says so where it is not the one
    /// that is wanted.
    pub fn sounds_on(&mut self, sounding: Sounding, now: &Now) {
        let device = printable(&sounding.device);
        let stands_in = sounding.instead_of.is_some();
        let before = self.ear.sounding.replace(sounding);
        let stood_in = before.is_some_and(|before| before.instead_of.is_some());
        match (stands_in, stood_in) {
            (true, _) => {
                let wanted = self.ear.name().unwrap_or_default();
                self.say(format!("{wanted} is not there · sound: {device}"), now);
            }
            (false, true) => self.say(format!("sound: {device}"), now),
            (false, false) => {}
        }
        self.show_offers(now);
        self.show_settings();
    }

    /// Nothing can be spoken, for this reason.
    pub fn no_voice(&mut self, why: Option<String>) {
        self.ear.no_voice = why;
    }

    pub(super) fn turn_device(&mut self, turn: Turn, now: &Now) -> Vec<Act> {
        if self.ear.devices().is_empty() && self.ear.wanted.is_none() {
            let line = match &self.ear.listed {
                Listed::Unknown => "asking which devices there are …".to_owned(),
                Listed::Are(_) => "there is no other device".to_owned(),
                Listed::Refused(why) => printable(why),
            };
            self.say(line, now);
            return vec![Act::ListDevices];
        }
        self.ear.turn(turn);
        self.memory.device = Some(match &self.ear.wanted {
            None => Chosen::Default,
            Some(id) => Chosen::Device(id.clone()),
        });
        vec![
            Act::Sound(SoundOrder::Device(self.ear.wanted.clone())),
            Act::Remember(self.memory.clone()),
        ]
    }

    /// The system's usual device again.
    pub(super) fn usual_device(&mut self) -> Vec<Act> {
        self.ear.wanted = None;
        self.memory.device = Some(Chosen::Default);
        vec![
            Act::Sound(SoundOrder::Device(None)),
            Act::Remember(self.memory.clone()),
        ]
    }

    /// The voice as loud as the chimes again.
    pub(super) fn usual_voice_volume(&mut self) -> Vec<Act> {
        self.ear.voice_volume = None;
        self.memory.voice_volume = None;
        vec![
            Act::Sound(self.spoken_volume()),
            Act::Remember(self.memory.clone()),
        ]
    }

    /// How the voice's volume is shown.
    pub(super) fn voice_volume_line(&self) -> String {
        match self.ear.voice_volume {
            Some(volume) => volume.to_string(),
            None => "as the chimes".to_owned(),
        }
    }

    /// How loud the voice is, from 0 to 100.
    pub(super) fn voice_volume(&self) -> u8 {
        self.ear.voice_volume.unwrap_or(self.volume)
    }

    /// What the speaker is told of the voice's volume: where nothing is spoken
    /// it is nothing, so that muted chimes let the device sleep.
    pub(super) fn spoken_volume(&self) -> SoundOrder {
        SoundOrder::VoiceVolume(match (self.ear.voice, self.is_trying_sounds()) {
            (Voice::Off, false) => 0,
            _ => self.voice_volume(),
        })
    }

    pub(super) fn change_voice_volume(&mut self, by: i16, now: &Now) -> Vec<Act> {
        let volume = (i16::from(self.voice_volume()) + by).clamp(0, 100);
        let volume = u8::try_from(volume).unwrap_or_default();
        self.ear.voice_volume = Some(volume);
        self.memory.voice_volume = Some(volume);
        self.say(format!("voice volume {volume}"), now);
        vec![
            Act::Sound(self.spoken_volume()),
            Act::Remember(self.memory.clone()),
        ]
    }

    /// Steps are spoken, or not any more.
    pub(super) fn toggle_voice(&mut self) -> Vec<Act> {
        self.ear.voice = match self.ear.voice {
            Voice::Off => Voice::On,
            Voice::On => Voice::Off,
        };
        self.memory.voice = Some(self.ear.voice);
        let mut acts = vec![
            Act::Voice(self.ear.voice),
            Act::Sound(self.spoken_volume()),
            Act::Remember(self.memory.clone()),
        ];
        acts.extend(self.prepared_sounds());
        acts
    }

    /// What a period of the device lasts, for the screen.
    pub(super) fn buffer_line(&self) -> String {
        match &self.ear.sounding {
            None => "not known before something sounds".to_owned(),
            Some(Sounding { period: None, .. }) => "as the device likes it".to_owned(),
            Some(Sounding {
                period: Some(frames),
                rate,
                ..
            }) => {
                let time = Duration::from_secs(u64::from(*frames)) / (*rate).max(1);
                format!("{frames} frames, {} ms", time.as_millis())
            }
        }
    }
}
