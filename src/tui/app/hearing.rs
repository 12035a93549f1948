//! What is heard, and how loud: presses that change it, and what is said of it.
//! It must not know what becomes of an order for the speaker.

use super::{Act, App};
use crate::cue::Cue;
use crate::settings::Voice;
use crate::tui::live::{Chime, Muted, Now, SoundOrder};

/// What can be heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hearing {
    /// Not known yet.
    Unknown,
    /// Cues are heard.
    Sounding,
    /// Nothing is heard, for this reason.
    Silent(String),
}

impl App {
    /// Takes note of what can be heard.
    pub fn hear(&mut self, hearing: Hearing, now: &Now) {
        let back = matches!(
            (&self.hearing, &hearing),
            (Hearing::Silent(_), Hearing::Sounding)
        );
        self.hearing = hearing;
        if back && self.muted == Muted::No {
            self.say("sound is back", now);
        }
    }

    /// Whether a cue is heard now.
    pub(super) fn audible(&self) -> bool {
        self.muted == Muted::No && self.volume > 0 && !matches!(self.hearing, Hearing::Silent(_))
    }

    /// Whether cues are muted.
    #[must_use]
    pub const fn muted(&self) -> Muted {
        self.muted
    }

    /// How loud cues are, from 0 to 100.
    #[must_use]
    pub const fn volume(&self) -> u8 {
        self.volume
    }

    pub(super) fn try_cue(&mut self, now: &Now) -> Vec<Act> {
        // Those that open a step first: they are what one must hear.
        const ORDER: [Cue; 9] = [
            Cue::Shift,
            Cue::Side,
            Cue::Turn,
            Cue::Prepare,
            Cue::Hold,
            Cue::Ready,
            Cue::Paused,
            Cue::Resumed,
            Cue::Finish,
        ];
        let Some(&cue) = ORDER.get(self.trying % ORDER.len()) else {
            return Vec::new();
        };
        self.trying += 1;
        let heard = match (&self.hearing, self.muted) {
            (_, Muted::Yes) => " (muted: m)".to_owned(),
            (Hearing::Silent(reason), _) => format!(" (silent: {reason})"),
            _ => String::new(),
        };
        self.say(format!("{cue}: {}{heard}", cue.meaning()), now);
        vec![Act::Sound(SoundOrder::Press(Chime {
            id: None,
            cue,
            instead: None,
            line: None,
            due: now.mono,
        }))]
    }

    pub(super) fn change_volume(&mut self, by: i16, now: &Now) -> Vec<Act> {
        let volume = (i16::from(self.volume) + by).clamp(0, 100);
        self.volume = u8::try_from(volume).unwrap_or(self.volume);
        self.say(format!("volume {}", self.volume), now);
        self.memory.volume = Some(self.volume);
        let mut acts = vec![
            Act::Sound(SoundOrder::Volume(self.volume)),
            Act::Remember(self.memory.clone()),
        ];
        if self.ear.voice == Voice::On {
            // Left to itself it is as loud as the chimes.
            acts.push(Act::Sound(self.spoken_volume()));
        }
        if self.muted == Muted::Yes && by > 0 {
            acts.extend(self.toggle_mute(now));
        }
        acts
    }

    pub(super) fn toggle_mute(&mut self, now: &Now) -> Vec<Act> {
        self.muted = match self.muted {
            Muted::Yes => Muted::No,
            Muted::No => Muted::Yes,
        };
        let said = match self.muted {
            Muted::Yes => "muted: shifts are shown by the border".to_owned(),
            Muted::No => format!("sound on, volume {}", self.volume),
        };
        self.say(said, now);
        vec![Act::Sound(SoundOrder::Mute(self.muted))]
    }
}
