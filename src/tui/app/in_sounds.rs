//! Presses where the sounds are heard one by one.

use std::time::Duration;

use super::today::Turn;
use super::{Act, App, Hearing, Origin, Screen};
use crate::cue::Cue;
use crate::tui::keys::{self, InList, Key};
use crate::tui::live::{Chime, Muted, Now, SoundOrder};
use crate::tui::screens::sounds::{Heard, SAMPLE, SoundsScreen};
use crate::tui::widgets::list::Move;

/// So long after the last press the device stays open: a sound then comes
/// without waiting for it.
const AWAKE: Duration = Duration::from_secs(60);

impl App {
    /// Goes straight to the sounds; leaving them leaves the program.
    pub fn open_sounds_alone(&mut self, now: &Now) -> Vec<Act> {
        self.origin = Origin::Outside;
        self.open_sounds(now)
    }

    pub(super) fn open_sounds(&mut self, now: &Now) -> Vec<Act> {
        self.notice = None;
        self.screen = Screen::Sounds(Box::default());
        vec![
            Act::ListDevices,
            Act::SpeakSample,
            Act::Sound(self.spoken_volume()),
            Act::Sound(SoundOrder::Awake(now.mono + AWAKE)),
        ]
    }

    /// Whether the sounds are heard one by one.
    pub(super) fn is_trying_sounds(&self) -> bool {
        matches!(self.screen, Screen::Sounds(_))
    }

    /// A sound that was tried was heard so long after its press.
    pub fn note_lateness(&mut self, late: Duration) {
        if let Screen::Sounds(sounds) = &mut self.screen {
            sounds.note(late);
        }
    }

    pub(super) fn press_in_sounds(&mut self, key: Key, held: bool, now: &Now) -> Vec<Act> {
        let Screen::Sounds(sounds) = &mut self.screen else {
            return Vec::new();
        };
        let Some(action) = keys::meaning(keys::SOUNDS, key) else {
            return Vec::new();
        };
        match action {
            InList::Up => sounds.go(Move::By(-1)),
            InList::Down => sounds.go(Move::By(1)),
            InList::First => sounds.go(Move::First),
            InList::Last => sounds.go(Move::Last),
            InList::Enter if !held => return self.play_marked(now),
            InList::DeviceAfter if !held => return self.turn_device(Turn::Next, now),
            InList::DeviceBefore if !held => return self.turn_device(Turn::Previous, now),
            InList::VoiceLouder => return self.change_voice_volume(10, now),
            InList::VoiceSofter => return self.change_voice_volume(-10, now),
            InList::Close | InList::Quit if !held => {
                self.notice = None;
                let mut acts = self.leave();
                // From here on nothing is spoken, unless the voice is on.
                acts.push(Act::Sound(self.spoken_volume()));
                return acts;
            }
            action => return self.common(action, now).unwrap_or_default(),
        }
        Vec::new()
    }

    pub(super) fn play_marked(&mut self, now: &Now) -> Vec<Act> {
        let Screen::Sounds(sounds) = &self.screen else {
            return Vec::new();
        };
        let (cue, line) = match sounds.marked() {
            Heard::Cue(cue) => (cue, None),
            Heard::Spoken => (Cue::Shift, Some(SAMPLE.to_owned())),
        };
        vec![
            Act::Sound(SoundOrder::Awake(now.mono + AWAKE)),
            Act::Sound(SoundOrder::Press(Chime {
                id: None,
                cue,
                instead: None,
                line,
                due: now.mono,
            })),
        ]
    }

    /// Where, how loud and how late, a row each.
    pub(super) fn sounds_rows(&self, sounds: &SoundsScreen) -> Vec<(&'static str, String)> {
        let heard = match (&self.hearing, self.muted) {
            (_, Muted::Yes) => "muted · m ends it".to_owned(),
            (Hearing::Silent(reason), Muted::No) => format!("silent: {reason}"),
            (_, Muted::No) => format!("volume {} · + and -", self.volume),
        };
        let voice = match &self.ear.no_voice {
            Some(why) => why.clone(),
            None => format!("volume {} · [ and ]", self.voice_volume()),
        };
        vec![
            ("Chimes", heard),
            ("Voice", voice),
            ("Device", self.ear.device_line()),
            ("Heard", sounds.late_line()),
            ("Buffer", self.buffer_line()),
        ]
    }
}
