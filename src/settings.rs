//! The user's settings: one RON file, every value with a default. What is
//! wrong in it costs that value only, and is said.

pub mod commented;
pub mod file;
pub mod splice;

use std::fmt;
use std::path::Path;

use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::de::{self, DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::routine::text::{did_you_mean, printable};

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How loud the cues are, from 0 to 100; as last set by ear without it.
    pub volume: Option<u8>,
    /// Whether cues sound at all.
    pub sound: Sound,
    /// The output device's name; the system's default without one.
    pub device: Option<String>,
    /// How the sound device is kept.
    pub keep_device: KeepDevice,
    /// Lines of the built-in pre-flight lists that are not shown, each by its
    /// beginning.
    pub leave_out: Vec<String>,
    /// Which way the client's head lies on the body map.
    pub head: Head,
    /// Whether the breath pacer is shown.
    pub pacer: Pacer,
    /// Whether any key or click does it all in a session.
    pub one_button: OneButton,
    /// The colours.
    pub theme: Look,
    /// Whether the screen is kept lit while a session runs.
    pub awake: Awake,
    /// What keys mean in a session, each by its name, as they are written.
    pub keys: Vec<(String, String)>,
    /// What the user practises towards, if anything.
    pub goal: Option<Goal>,
    /// Whether each step is spoken too; meant for an earbud, for with a speaker
    /// the client hears every word.
    pub voice: Voice,
    /// How loud the voice is, from 0 to 100; as loud as the cues without it.
    pub voice_volume: Option<u8>,
    /// Which of its voices the program that speaks is to use; its own choice
    /// without one.
    pub voice_name: Option<String>,
    /// The program that speaks, and its words, one text each: `{out}` stands for
    /// the WAV file to write, `{text}` for the line (it comes on standard input
    /// where no word has it), `{voice}` for `voice_name`. Empty: macOS's `say` or
    /// espeak-ng.
    pub voice_command: Vec<String>,
}

/// Whether the screen is kept lit while a session runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Awake {
    /// It is, as far as the system lets it.
    On,
    /// The system does as it likes.
    Off,
}

/// Whether each step is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Voice {
    /// Chimes alone.
    Off,
    /// After its chime, each step's line is spoken; before its end, what is next.
    On,
}

/// So much practice; rehearsals never count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Sessions.
    #[serde(default)]
    pub sessions: Option<u32>,
    /// Hours worked.
    #[serde(default)]
    pub hours: Option<u32>,
}

/// Whether cues sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Sound {
    /// They do.
    On,
    /// They are shown instead.
    Muted,
}

/// When the sound device is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum KeepDevice {
    /// From shortly before a cue until shortly after it.
    AroundCues,
    /// All the time: for devices that are slow to wake.
    Always,
}

/// How loud, where nobody has said.
pub const DEFAULT_VOLUME: u8 = 70;

/// Which way the client's head lies on the body map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Head {
    /// To the top of the screen.
    Up,
    /// To the bottom.
    Down,
}

/// Whether the breath pacer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Pacer {
    /// For steps with a pace.
    On,
    /// Never.
    Off,
}

/// Whether any key or click does it all in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum OneButton {
    /// Each key has its own meaning.
    Off,
    /// Any press is ready; two soon after one another pause.
    On,
}

/// The colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Look {
    /// Warm, low light on near-black.
    Warm,
    /// Brighter, on black.
    HighContrast,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            volume: None,
            sound: Sound::On,
            device: None,
            keep_device: KeepDevice::AroundCues,
            leave_out: Vec::new(),
            head: Head::Up,
            pacer: Pacer::On,
            one_button: OneButton::Off,
            theme: Look::Warm,
            awake: Awake::On,
            keys: Vec::new(),
            goal: None,
            voice: Voice::Off,
            voice_volume: None,
            voice_name: None,
            voice_command: Vec::new(),
        }
    }
}

/// What a settings file may set, as it is written there.
pub const FIELDS: &[&str] = &[
    "volume",
    "sound",
    "device",
    "keep_device",
    "leave_out",
    "head",
    "pacer",
    "one_button",
    "theme",
    "awake",
    "keys",
    "goal",
    "voice",
    "voice_volume",
    "voice_name",
    "voice_command",
];

/// The settings of a file, and what is wrong in it, a line each.
#[must_use]
pub fn load(path: &Path) -> (Settings, Vec<String>) {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return (Settings::default(), Vec::new());
        }
        _ => {}
    }
    let source = crate::source::read(path);
    match source.trouble {
        Some(trouble) => (
            Settings::default(),
            vec![format!(
                "settings: {}; the defaults are used",
                printable(&trouble.message)
            )],
        ),
        None => read(&source.text),
    }
}

/// The settings that `text` means, and what is wrong in it, a line each.
#[must_use]
pub fn read(text: &str) -> (Settings, Vec<String>) {
    let (fields, broken) = understood(text);
    let mut settings = Settings::default();
    let mut wrong = Vec::new();
    for (number, (name, value)) in fields.iter().enumerate() {
        if fields.iter().take(number).any(|(before, _)| before == name) {
            wrong.push(format!(
                "settings: `{name}` stands there twice; the later one counts"
            ));
        }
        wrong.extend(settings.set(name, value.get_ron()).err());
    }
    wrong.extend(broken.map(|broken| format!("settings, {broken}; the defaults are used")));
    let wrong = wrong.iter().map(|line| printable(line)).collect();
    (settings, wrong)
}

/// A value as it is written, by its name.
type Field = (String, Box<RawValue>);

/// The values of a settings file, or where it is broken as a whole.
fn understood(text: &str) -> (Vec<Field>, Option<String>) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim().is_empty() {
        return (Vec::new(), None);
    }
    match options().from_str::<Fields>(text) {
        Ok(Fields(fields)) => (fields, None),
        Err(error) => {
            // What is wrong in the writing is said in the words that routines are told in.
            let document = Document::parse(text);
            let slip = document.problems().first().map(|slip| {
                let line = document.line_column(slip.range.start).line;
                format!("line {line}: {slip}")
            });
            let line =
                slip.unwrap_or_else(|| format!("line {}: {}", error.span.start.line, error.code));
            (Vec::new(), Some(line))
        }
    }
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

impl Settings {
    /// Takes one value over, or says why not.
    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        fn parse<T: DeserializeOwned>(
            name: &str,
            value: &str,
            expected: &str,
        ) -> Result<T, String> {
            options()
                .from_str(value)
                .map_err(|_| format!("settings: `{name}` must be {expected}; the default is used"))
        }
        fn percent(name: &str, value: &str) -> Result<Option<u8>, String> {
            let expected = "a number from 0 to 100";
            let volume: Option<u8> = parse(name, value, expected)?;
            if volume.is_some_and(|volume| volume > 100) {
                return Err(format!(
                    "settings: `{name}` must be {expected}; the default is used"
                ));
            }
            Ok(volume)
        }
        match name {
            "volume" => self.volume = percent(name, value)?,
            "sound" => self.sound = parse(name, value, "On or Muted")?,
            "device" => self.device = parse(name, value, "a device's name in quotes")?,
            "keep_device" => self.keep_device = parse(name, value, "AroundCues or Always")?,
            "leave_out" => self.leave_out = parse(name, value, "a list of texts in quotes")?,
            "voice" => self.voice = parse(name, value, "Off or On")?,
            "voice_volume" => self.voice_volume = percent(name, value)?,
            "voice_name" => self.voice_name = parse(name, value, "a voice's name in quotes")?,
            "voice_command" => {
                let expected = "a list of words in quotes, such as [\"piper\", \"-f\", \"{out}\"]";
                self.voice_command = parse(name, value, expected)?;
            }
            "head" => self.head = parse(name, value, "Up or Down")?,
            "pacer" => self.pacer = parse(name, value, "On or Off")?,
            "one_button" => self.one_button = parse(name, value, "Off or On")?,
            "keys" => {
                let expected = "keys and what they mean, such as {\"F9\": Next, \"x\": Ready}";
                let Meanings(keys) = parse(name, value, expected)?;
                self.keys = keys;
            }
            "theme" => self.theme = parse(name, value, "Warm or HighContrast")?,
            "awake" => self.awake = parse(name, value, "On or Off")?,
            "goal" => {
                self.goal = parse(
                    name,
                    value,
                    "Goal(sessions: 20, hours: 30), or one of the two",
                )?;
            }
            _ => {
                let meant = did_you_mean(name, FIELDS.iter().copied())
                    .map(|meant| format!("; did you mean `{meant}`?"))
                    .unwrap_or_default();
                return Err(format!("settings: there is no `{name}`{meant}"));
            }
        }
        Ok(())
    }
}

/// The file's values as they are written: one that is wrong leaves the others.
struct Fields(Vec<Field>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsWritten;

        impl<'de> Visitor<'de> for AsWritten {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("Settings( ... )")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let mut fields = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    fields.push((name, map.next_value()?));
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_struct("Settings", FIELDS, AsWritten)
    }
}

/// Keys and what they mean, as they are written: one that is wrong leaves the
/// others.
struct Meanings(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Meanings {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsWritten;

        impl<'de> Visitor<'de> for AsWritten {
            type Value = Meanings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("{ \"key\": Meaning, ... }")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Meanings, M::Error> {
                let mut meanings = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    let value: Box<RawValue> = map.next_value()?;
                    // In quotes it is as clear.
                    let word = value.get_ron().trim().trim_matches('"');
                    meanings.push((key, word.to_owned()));
                }
                Ok(Meanings(meanings))
            }
        }

        deserializer.deserialize_map(AsWritten)
    }
}

/// A field's name.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;

        impl Visitor<'_> for Word {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a setting's name")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Name, E> {
                Ok(Name(name.to_owned()))
            }
        }

        deserializer.deserialize_identifier(Word)
    }
}

#[cfg(test)]
mod tests;
