//! Which program speaks, and with what words it is called. It starts nothing.

use std::ffi::OsString;
use std::fs;
use std::hash::Hasher as _;
use std::path::{Path, PathBuf};

use siphasher::sip128::{Hasher128 as _, SipHasher24};

use crate::routine::text::is_unsafe;

/// Stands for the line in a command's words.
const TEXT: &str = "{text}";
/// Stands for the file to write in a command's words.
const OUT: &str = "{out}";
/// Stands for the chosen voice in a command's words.
const VOICE: &str = "{voice}";

/// Where programs are looked for without a PATH.
const USUAL: &str = "/usr/local/bin:/usr/bin:/bin";

/// espeak-ng, its text read whole from a file: 160 words a minute are calm and
/// still short.
const ESPEAK: [&str; 11] = [
    "espeak-ng",
    "-v",
    VOICE,
    "-s",
    "160",
    "-z",
    "-b",
    "1",
    "--stdin",
    "-w",
    OUT,
];
const ESPEAK_VOICE: &str = "en-us";

/// macOS's own, which writes what the file's ending says.
const SAY: [&str; 4] = ["say", "-o", OUT, "--data-format=LEI16@22050"];

/// Why nothing speaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSpeech {
    /// No known program is here.
    #[error("nothing here can speak: install espeak-ng, or set `voice_command`")]
    Missing,
    /// The command's program is not here.
    #[error("there is no program {0} to speak with, as `voice_command` says")]
    NoSuchProgram(String),
    /// The command does not say where the sound goes.
    #[error("`voice_command` needs \"{{out}}\" where its program expects the file to write")]
    NoOut,
}

/// A program that speaks: it reads a line, as an argument or from its standard
/// input, and writes a WAV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engine {
    program: PathBuf,
    /// Its words after the name, the placeholders not yet filled.
    words: Vec<String>,
    voice: String,
}

impl Engine {
    /// The program that is here: `command` if there is one, its words with
    /// `{out}` for the file to write, and if it likes `{text}` (else the line
    /// comes on its standard input) and `{voice}`; else macOS's `say` or
    /// espeak-ng. It is called without a shell.
    ///
    /// # Errors
    /// When nothing that speaks is here, or the command can't be right.
    pub fn choose(command: &[String], voice: Option<&str>) -> Result<Self, NoSpeech> {
        let path = std::env::var_os("PATH").unwrap_or_else(|| OsString::from(USUAL));
        Self::choose_in(&path, command, voice)
    }

    fn choose_in(
        path: &OsString,
        command: &[String],
        voice: Option<&str>,
    ) -> Result<Self, NoSpeech> {
        if let Some((program, words)) = command.split_first() {
            if !words.iter().any(|word| word.contains(OUT)) {
                return Err(NoSpeech::NoOut);
            }
            let found = find(path, program);
            return Ok(Self {
                program: found.ok_or_else(|| NoSpeech::NoSuchProgram(program.clone()))?,
                words: words.to_vec(),
                voice: voice.unwrap_or_default().to_owned(),
            });
        }
        let known = |known: &[&str], usual: &str| {
            let (program, words) = known.split_first()?;
            let mut words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
            if usual.is_empty() && voice.is_some() {
                words.splice(0..0, ["-v".to_owned(), VOICE.to_owned()]);
            }
            Some(Self {
                program: find(path, program)?,
                words,
                voice: voice.unwrap_or(usual).to_owned(),
            })
        };
        let say = cfg!(target_os = "macos").then(|| known(&SAY, ""));
        say.flatten()
            .or_else(|| known(&ESPEAK, ESPEAK_VOICE))
            .ok_or(NoSpeech::Missing)
    }

    /// The program's name, for people.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.program.file_name().unwrap_or(self.program.as_os_str());
        name.to_string_lossy().into_owned()
    }

    pub(super) fn program(&self) -> &Path {
        &self.program
    }

    /// Whether the line comes as an argument; else on standard input.
    pub(super) fn takes_argument(&self) -> bool {
        self.words.iter().any(|word| word.contains(TEXT))
    }

    /// What it is called with, for that line and file.
    pub(super) fn arguments(&self, text: &str, out: &Path) -> Vec<OsString> {
        self.words
            .iter()
            .map(|word| fill(word, text, out, &self.voice))
            .collect()
    }

    /// What the line is kept under: the same only for the same program, words,
    /// voice and text.
    pub(super) fn key(&self, text: &str) -> String {
        let mut hasher = SipHasher24::new();
        let program = self.program.to_string_lossy();
        let words = self.words.iter().map(String::as_str);
        let parts = [&program as &str, &self.voice, text];
        for part in parts.into_iter().chain(words) {
            hasher.write(part.as_bytes());
            // No text has it: where one part ends is part of the key.
            hasher.write(&[0]);
        }
        format!("{:032x}", hasher.finish128().as_u128())
    }
}

/// A line as a program gets it: one line, nothing in it that commands a terminal
/// or looks like an option.
pub(super) fn harmless(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if is_unsafe(c) { ' ' } else { c })
        .collect();
    plain.trim_start_matches(['-', ' ']).trim_end().to_owned()
}

/// A word with its placeholders filled. What is filled in is not searched again.
fn fill(word: &str, text: &str, out: &Path, voice: &str) -> OsString {
    let mut filled = OsString::new();
    let mut rest = word;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.push(before);
        rest = if let Some(after) = from.strip_prefix(TEXT) {
            filled.push(text);
            after
        } else if let Some(after) = from.strip_prefix(OUT) {
            filled.push(out);
            after
        } else if let Some(after) = from.strip_prefix(VOICE) {
            filled.push(voice);
            after
        } else {
            filled.push("{");
            from.strip_prefix('{').unwrap_or_default()
        };
    }
    filled.push(rest);
    filled
}

/// The program of that name; a name with a slash is a path.
fn find(path: &OsString, program: &str) -> Option<PathBuf> {
    if program.is_empty() {
        return None;
    }
    if program.contains(std::path::is_separator) {
        return Some(PathBuf::from(program)).filter(|program| is_program(program));
    }
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(program))
        .find(|program| is_program(program))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn engine(words: &[&str]) -> Engine {
        Engine {
            program: PathBuf::from("/usr/bin/speaker"),
            words: words.iter().map(|&word| word.to_owned()).collect(),
            voice: "amy".to_owned(),
        }
    }

    #[test]
    fn placeholders_are_filled_once_wherever_they_stand() {
        let engine = engine(&["-f={out}", "{text}", "{voice}.onnx", "{x}{", "{{out}"]);
        let words = engine.arguments("say {out} {voice}", Path::new("/c/l.wav"));
        assert_eq!(
            words,
            [
                "-f=/c/l.wav",
                "say {out} {voice}",
                "amy.onnx",
                "{x}{",
                "{/c/l.wav"
            ]
        );
        assert!(engine.takes_argument());
    }

    #[test]
    fn a_line_is_kept_for_its_program_words_voice_and_text() {
        let one = engine(&["a", "b"]);
        let key = one.key("Hips.");
        assert_eq!(key, one.clone().key("Hips."));
        assert_eq!(key.len(), 32);
        let other_voice = Engine {
            voice: "bob".to_owned(),
            ..one.clone()
        };
        let other_program = Engine {
            program: PathBuf::from("/usr/bin/other"),
            ..one.clone()
        };
        for other in [
            one.key("Hips"),
            other_voice.key("Hips."),
            other_program.key("Hips."),
            engine(&["ab"]).key("Hips."),
            engine(&["a"]).key("Hips."),
        ] {
            assert_ne!(key, other);
        }
    }

    #[test]
    fn nothing_that_speaks_is_said_in_one_line() {
        let nowhere = OsString::from("/nowhere");
        let choose = |command: &[&str]| {
            let command: Vec<String> = command.iter().map(|&word| word.to_owned()).collect();
            Engine::choose_in(&nowhere, &command, None).unwrap_err()
        };
        assert_eq!(choose(&[]), NoSpeech::Missing);
        assert!(choose(&[]).to_string().contains("install espeak-ng"));
        assert_eq!(
            choose(&["piper", "{out}"]),
            NoSpeech::NoSuchProgram("piper".to_owned())
        );
        assert_eq!(choose(&["/bin/sh", "-c", "true"]), NoSpeech::NoOut);
        assert_eq!(
            choose(&["/bin", "{out}"]),
            NoSpeech::NoSuchProgram("/bin".to_owned())
        );
    }

    #[test]
    fn a_line_is_one_line_and_no_option() {
        assert_eq!(harmless("--help me\nplease\u{1b}[2J"), "help me please [2J");
        assert_eq!(
            harmless("Client's left. Swirl, hips."),
            "Client's left. Swirl, hips."
        );
    }
}
