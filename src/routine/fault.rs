//! Everything that can be wrong with a routine, and everything that makes one
//! wonder: what is wrong, and what would be right. All prose of errors and
//! warnings stands here; where it happened is the diagnostic's.

use std::time::Duration;

use super::disguise::Disguise;
use super::time::{self, TimeFault};
use super::vocabulary::{Position, Pressure, Region};
use super::{FORMAT, MAX_BYTES, MAX_NESTING, MAX_REPEAT, MAX_STEPS, MAX_TEXT};

/// What stops a routine from running. `Display` says what is wrong,
/// [`Fault::help`] what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is nothing in the file, or only comments.
    #[error("there is no routine in this file")]
    Empty,
    /// The file is larger than a routine may be.
    #[error("this file is larger than a routine may be ({} MB)", MAX_BYTES >> 20)]
    TooLarge,
    /// Not text in UTF-8.
    #[error("this is no plain text, or its letters are stored in an outdated way")]
    NotUtf8,
    /// Another kind of file.
    #[error("this is {}, not plain text", .0.name())]
    Disguised(Disguise),
    /// Written for a later version.
    #[error("this routine needs a newer ashiatsu")]
    NewerFormat,
    /// Format 0.
    #[error("there is no routine format {0}")]
    UnknownFormat(u32),
    /// Not a time.
    #[error("{0}")]
    Time(#[from] TimeFault),
    /// A time of zero where that makes no sense.
    #[error("`{0}` must be longer than nothing")]
    ZeroTime(&'static str),
    /// `min` over `time`.
    #[error("`min` is longer than `time`")]
    MinOverTime,
    /// `max` under `time`.
    #[error("`max` is shorter than `time`")]
    MaxUnderTime,
    /// A text with nothing in it.
    #[error("`{0}` is empty")]
    EmptyText(&'static str),
    /// A text over the limit.
    #[error("this text has {0} characters; {MAX_TEXT} is the most")]
    LongText(usize),
    /// A character that could command or fool the terminal.
    #[error("this text has a character in it that can't be shown ({})", .0.escape_unicode())]
    UnsafeText(char),
    /// A line break where the text is one line.
    #[error("this text runs over a line's end")]
    BrokenText,
    /// `Repeat(0, ..)` or `Repeat(100, ..)`.
    #[error("a `Repeat` goes from 1 to {MAX_REPEAT} times, not {0}")]
    RepeatCount(u32),
    /// No phases, or a list without steps.
    #[error("there is nothing in this list")]
    EmptyList,
    /// `Use` of a sequence that is not there.
    #[error("there is no sequence \"{found}\"")]
    UnknownSequence {
        /// As written.
        found: String,
        /// The one that was probably meant.
        meant: Option<String>,
    },
    /// A sequence that uses itself.
    #[error("the sequence \"{0}\" uses itself, so it would never end")]
    EndlessSequence(String),
    /// Nested over the limit.
    #[error("there are too many lists in one another here; {MAX_NESTING} is the most")]
    TooDeep,
    /// Too many steps once expanded.
    #[error("this routine has {} steps once everything is repeated; {MAX_STEPS} is the most", countable(*.0))]
    TooManySteps(u64),
    /// Over twelve hours.
    #[error("this routine lasts more than 12 hours")]
    TooLong,
    /// A brace that is no placeholder.
    #[error("the program has no word to put in the place of {brace}")]
    UnknownPlaceholder {
        /// The brace, and what belongs to it.
        brace: String,
        /// Where it begins, in bytes of the text.
        byte: usize,
    },
    /// A placeholder that the step can't fill.
    #[error("this step does not say which word to put in the place of {name}")]
    UnfilledPlaceholder {
        /// The placeholder, with its braces.
        name: &'static str,
        /// Where it begins, in bytes of the text.
        byte: usize,
    },
    /// A sound file that is not there.
    #[error("there is no sound file \"{0}\" beside this routine")]
    SoundMissing(String),
    /// A sound file that can't be heard.
    #[error("the sound \"{name}\" {why}")]
    SoundUnusable {
        /// As the routine names it.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// A sound file elsewhere.
    #[error("the sound \"{0}\" is outside this routine's folder")]
    SoundOutside(String),
    /// `for_hours: 0` and the like.
    #[error("an aftercare card holds for 1 to {MAX_AFTERCARE_HOURS} hours, not {0}")]
    AftercareHours(u32),
}

/// The number, as far as it says anything.
fn countable(number: u64) -> String {
    const BILLION: u64 = 1_000_000_000;
    if number < BILLION {
        number.to_string()
    } else {
        "more than a billion".to_owned()
    }
}

/// The longest that an aftercare card may hold: four weeks, in hours.
pub const MAX_AFTERCARE_HOURS: u32 = 28 * 24;

impl Fault {
    /// What would be right, where that can be said.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::Empty => "`ashiatsu new FILE` writes a routine to start from".to_owned(),
            Self::NotUtf8 => {
                "save it again as plain text; where your editor asks for an encoding, choose UTF-8"
                    .to_owned()
            }
            Self::Disguised(disguise) => disguise.help().to_owned(),
            Self::NewerFormat => format!("this program reads format {FORMAT}; update it"),
            Self::UnknownFormat(_) => format!("write format: {FORMAT}"),
            Self::Time(fault) => fault.help().to_owned(),
            Self::ZeroTime(_) => "write at least \"1s\"".to_owned(),
            Self::MinOverTime => "`min` is the shortest, `time` the usual length".to_owned(),
            Self::MaxUnderTime => "`max` is the longest, `time` the usual length".to_owned(),
            Self::EmptyText("name" | "stroke") => "write a few words".to_owned(),
            Self::EmptyText(_) => "write a few words, or leave the field out".to_owned(),
            Self::LongText(_) => "keep what is read at a glance, leave the rest out".to_owned(),
            Self::UnsafeText(_) => "delete it and type the text again".to_owned(),
            Self::BrokenText => {
                "close the quotes on the same line; only `note` and `description` may run on, \
                 written r#\"...\"#"
                    .to_owned()
            }
            Self::EmptyList => "write something into it, or take it away".to_owned(),
            Self::UnknownSequence { meant, .. } => match meant {
                Some(meant) => format!("did you mean \"{meant}\"?"),
                None => "write it under `sequences` first".to_owned(),
            },
            Self::EndlessSequence(_) => "take the inner `Use` away".to_owned(),
            Self::UnknownPlaceholder { .. } => {
                "there are {side}, {other} and {foot}; a plain brace can't be written".to_owned()
            }
            Self::UnfilledPlaceholder { name: "{foot}", .. } => {
                "say which foot works: working: Left or working: Right".to_owned()
            }
            Self::UnfilledPlaceholder { .. } => {
                "say which side: side: Left or side: Right".to_owned()
            }
            Self::SoundMissing(_) => {
                "put the WAV or OGG file beside the routine, or name one of the nine cues"
                    .to_owned()
            }
            Self::SoundUnusable { .. } => {
                "it must be a WAV or OGG Vorbis file of at most 30 seconds".to_owned()
            }
            Self::SoundOutside(_) => "copy it into the routine's folder".to_owned(),
            Self::TooLarge | Self::TooManySteps(_) | Self::TooLong => {
                "split it over several routines".to_owned()
            }
            Self::TooDeep => "write the inner list as a step or a sequence of its own".to_owned(),
            Self::RepeatCount(_) | Self::AftercareHours(_) => return None,
        };
        Some(text)
    }
}

/// What does not stop a routine, but is worth a look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// `length` is not the sum.
    #[error("`length` says {}, but the steps add up to {}", time::units(*.said), time::units(*.sum))]
    Length {
        /// As written.
        said: Duration,
        /// The truth.
        sum: Duration,
        /// Each phase's name and share.
        phases: Vec<(String, Duration)>,
    },
    /// Left and right differ.
    #[error("{region}: left gets {}, right gets {}", time::units(*.left), time::units(*.right))]
    Uneven {
        /// Where.
        region: Region,
        /// On the client's left.
        left: Duration,
        /// On the client's right.
        right: Duration,
    },
    /// `BothSides` without a side.
    #[error("nothing inside this BothSides says a side, so both rounds are the same")]
    NoSides,
    /// The word left or right inside `BothSides`.
    #[error("this text says \"{0}\", and will say so on the other side too")]
    PlainSide(String),
    /// On the table without a `Mount`.
    #[error("this step stands on the table, but nobody has stepped up before it")]
    NotMounted,
    /// Down or turned while still on the table.
    #[error("the client turns or sits up while the therapist is still on the table")]
    StillMounted,
    /// Another position without a turn.
    #[error("the client is {to} from here, but nothing turns the client")]
    NotTurned {
        /// How the client lies from here.
        to: Position,
    },
    /// Two feet at level Beginner.
    #[error("two-footed work is not for beginners")]
    TwoFeetForBeginners,
    /// Deep where that is risky.
    #[error("deep pressure on the {region} is risky")]
    Deep {
        /// Where.
        region: Region,
    },
    /// Too short for its warning.
    #[error("this step is too short for the warning before its end ({})", time::units(*.prepare))]
    Short {
        /// The warning's length.
        prepare: Duration,
    },
    /// A sequence that nothing uses.
    #[error("the sequence \"{0}\" is never used")]
    Unused(String),
    /// Too long to read across a room.
    #[error("this {what} has {length} characters; over {most} it can't be read across a room")]
    LongToRead {
        /// "name" or "cue".
        what: &'static str,
        /// Its characters.
        length: usize,
        /// What can be read.
        most: usize,
    },
}

impl Doubt {
    /// What would be right, where that can be said.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Length { sum, phases, .. } => {
                let shares: Vec<String> = phases
                    .iter()
                    .map(|(name, time)| format!("{name} {}", time::units(*time)))
                    .collect();
                format!(
                    "write length: \"{}\" (by phase: {})",
                    time::units(*sum),
                    shares.join(", ")
                )
            }
            Self::Uneven { .. } => "give both sides the same, or put them in BothSides".to_owned(),
            Self::NoSides => "give a step side: Left, or write Repeat(2, [...])".to_owned(),
            Self::PlainSide(_) => {
                "write {side}, {other} or {foot}: they change with the side".to_owned()
            }
            Self::NotMounted => {
                "write Transition(kind: Mount, ...) before it, or stance: Floor".to_owned()
            }
            Self::StillMounted => "write Transition(kind: Dismount, ...) before it".to_owned(),
            Self::NotTurned {
                to: Position::Sitting,
            } => "write Transition(kind: SitUp, ...) before it".to_owned(),
            Self::NotTurned { .. } => {
                "write Transition(kind: TurnClient, ...) before it".to_owned()
            }
            Self::TwoFeetForBeginners => "write stance: OneFoot, or a higher level".to_owned(),
            Self::Deep { .. } => format!(
                "write pressure: {} or {}",
                Pressure::Light.word(),
                Pressure::Medium.word()
            ),
            Self::Short { .. } => "make it longer, or the routine's `prepare` shorter".to_owned(),
            Self::Unused(name) => {
                format!("write Use(\"{name}\") where it belongs, or take it away")
            }
            Self::LongToRead { what: "name", .. } => {
                "keep the stroke's own word; place and manner go into region, cue or note"
                    .to_owned()
            }
            Self::LongToRead { .. } => "say one thing; the rest goes into `note`".to_owned(),
        })
    }
}
