//! What can be chosen for this one session, and how each choice is said. What a
//! choice does is the program's business, not this file's.

use crate::tui::widgets::text::wrap;

/// The columns of a label.
const LABEL: u16 = 14;

/// Something that is chosen before a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Practice, or a client.
    Kind,
    /// How much is told.
    Prompts,
    /// Whether cues sound.
    Sound,
    /// How loud they are.
    Volume,
    /// When it is to end, by the clock.
    Until,
    /// Whether any press does it all.
    OneButton,
    /// Where they are heard.
    Device,
    /// Whether steps are spoken.
    Voice,
    /// How loud the voice is.
    VoiceVolume,
    /// Which regions are left alone.
    Alone,
    /// Whether the screen is kept lit.
    Screen,
}

impl Choice {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Kind,
        Self::Prompts,
        Self::Until,
        Self::Alone,
        Self::OneButton,
        Self::Sound,
        Self::Volume,
        Self::Device,
        Self::Voice,
        Self::VoiceVolume,
        Self::Screen,
    ];

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kind => "For",
            Self::Prompts => "Prompts",
            Self::Sound => "Sound",
            Self::Volume => "Volume",
            Self::Until => "Until",
            Self::OneButton => "One button",
            Self::Device => "Device",
            Self::Voice => "Voice",
            Self::VoiceVolume => "Voice volume",
            Self::Alone => "Leave alone",
            Self::Screen => "Screen",
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Kind => "Practice or a client: the log keeps it.",
            Self::Prompts => "Recall practice: how much the screen and the voice tell you.",
            Self::Sound => "Muted, shifts are shown by the border alone.",
            Self::OneButton => {
                "Any key or click is ready: it ends a hold, goes on after a pause, else plays the \
                 cue again. Twice within 1.2 s takes that back and pauses. Ctrl-C leaves."
            }
            Self::Volume => "From 0 to 100, in steps that the ear hears as equal.",
            Self::Until => {
                "When it is to end, by the clock. Nothing is hurried by itself: f fits it."
            }
            Self::Device => "Where cues are heard: one ear, say, while music plays elsewhere.",
            Self::Voice => "For an earbud: with a speaker the client hears every word.",
            Self::Screen => "Kept lit while a session runs, and in a pause for five minutes.",
            Self::VoiceVolume => "From 0 to 100, in the same steps as the chimes.",
            Self::Alone => {
                "Regions and sides that are left out today. Space opens the list; no reason is \
                 asked, and it is forgotten afterwards."
            }
        }
    }
}

/// A choice as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is chosen.
    pub choice: Choice,
    /// How it stands, as it is shown.
    pub value: String,
}

impl Offer {
    /// The label and the value in lines of at most `room` columns.
    #[must_use]
    pub fn lines(&self, room: u16) -> Vec<String> {
        wrap(&self.value, room.saturating_sub(LABEL))
            .into_iter()
            .enumerate()
            .map(|(n, line)| {
                let label = if n == 0 { self.choice.label() } else { "" };
                format!("{label:<width$}{line}", width = usize::from(LABEL))
            })
            .collect()
    }
}
