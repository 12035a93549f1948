//! The settings file as it is written for somebody who has none: every setting
//! with what it means and its default. It must not know where it goes.

use std::fmt::Write as _;

/// A setting, as the file explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained {
    /// Its name in the file.
    pub name: &'static str,
    /// What it means, a line each.
    pub about: &'static [&'static str],
    /// What it is where nothing is written.
    pub default: &'static str,
}

/// All settings, in the order in which the file has them.
pub const EXPLAINED: &[Explained] = &[
    of(
        "volume",
        &["How loud, from 0 to 100; None: as you last set it by ear, with + and -."],
        "None",
    ),
    of(
        "sound",
        &["On, or Muted: shifts are shown by the border alone."],
        "On",
    ),
    of(
        "device",
        &[
            "The output device in quotes, as `ashiatsu sounds --devices` lists it; None: the",
            "system's default. What you choose in the program stands over it.",
        ],
        "None",
    ),
    of(
        "keep_device",
        &[
            "AroundCues: the device is open around a cue only. Always: for one that is",
            "slow to wake, so that the beginning of each sound is missing.",
        ],
        "AroundCues",
    ),
    of(
        "leave_out",
        &["Built-in lines before a session that you do not need, each by its beginning."],
        "[]",
    ),
    of(
        "head",
        &["Which way the client's head lies on the body map: Up or Down."],
        "Up",
    ),
    of(
        "pacer",
        &["The slow line that breathes along with a stroke's pace: On or Off."],
        "On",
    ),
    of(
        "one_button",
        &[
            "On: any key or click does it all in a session. A press ends a hold, goes on",
            "after a pause, else plays the cue again; a second within 1.2 s pauses.",
        ],
        "Off",
    ),
    of("theme", &["The colours: Warm, or HighContrast."], "Warm"),
    of(
        "awake",
        &["Whether the screen is kept lit while a session runs: On or Off."],
        "On",
    ),
    of(
        "keys",
        &[
            "What the keys of your clicker or pedal mean in a session, for example",
            "{\"F9\": Next, \"VolumeUp\": Pause, \"x\": Ready}. A key that the program uses",
            "otherwise means this instead. What a key sends is shown in the program: a",
            "comma at home, then Keys. It can mean Pause, Next, Back, Ready, More, Less,",
            "Linger, Even, Fit, Undo, Repeat, Mute, Louder, Softer, View, Lock, Help, Leave.",
        ],
        "{}",
    ),
    of(
        "goal",
        &[
            "What you practise towards: Goal(sessions: 20, hours: 30), or one of the two;",
            "None: nothing is counted.",
        ],
        "None",
    ),
    of(
        "voice",
        &[
            "On: each step is also spoken after its chime. Meant for an earbud: with a",
            "speaker the client hears every word. Rendered before the session.",
        ],
        "Off",
    ),
    of(
        "voice_volume",
        &["How loud the voice is, from 0 to 100; None: as loud as the cues."],
        "None",
    ),
    of(
        "voice_name",
        &["Which of its voices the program that speaks is to use, in quotes."],
        "None",
    ),
    of(
        "voice_command",
        &[
            "Another program that speaks, word by word, for example",
            "[\"piper\", \"--output_file\", \"{out}\"]; {out} is the WAV file to write. []:",
            "espeak-ng, or say on macOS.",
        ],
        "[]",
    ),
];

const fn of(
    name: &'static str,
    about: &'static [&'static str],
    default: &'static str,
) -> Explained {
    Explained {
        name,
        about,
        default,
    }
}

/// The file's text.
#[must_use]
pub fn text() -> String {
    let mut text = String::from(
        "// Settings of ashiatsu. Any of them may be left out: then it is as it stands here.\n\
         // What stands behind two slashes is for you, not for the program.\n\
         Settings(\n",
    );
    for (n, setting) in EXPLAINED.iter().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        for line in setting.about {
            // A text takes any text; writing to it can't fail.
            let _ = writeln!(text, "    // {line}");
        }
        let _ = writeln!(text, "    {}: {},", setting.name, setting.default);
    }
    text.push_str(")\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{self, Settings};

    #[test]
    fn it_says_every_setting_and_means_the_defaults() {
        let names: Vec<&str> = EXPLAINED.iter().map(|setting| setting.name).collect();
        assert_eq!(names, settings::FIELDS);
        assert_eq!(settings::read(&text()), (Settings::default(), Vec::new()));
    }

    #[test]
    fn its_examples_can_be_used() {
        for example in [
            "(keys: {\"F9\": Next, \"VolumeUp\": Pause, \"x\": Ready})",
            "(goal: Goal(sessions: 20, hours: 30))",
            "(voice_command: [\"piper\", \"--output_file\", \"{out}\"])",
        ] {
            let text: String = text().split_whitespace().collect();
            let value = example.split_once(": ").unwrap().1;
            let value: String = value.trim_end_matches("})").split_whitespace().collect();
            let value = value.trim_end_matches("//").trim_end_matches(')');
            assert!(
                text.replace("//", "").contains(value),
                "{value} is not in the file"
            );
            assert_eq!(settings::read(example).1, Vec::<String>::new());
        }
    }

    #[test]
    fn no_line_is_too_wide_for_a_terminal() {
        for line in text().lines() {
            assert!(line.chars().count() <= 90, "{line}");
        }
    }
}
