//! `ashiatsu voice`: renders the spoken lines of a routine ahead, so that a
//! session has nothing to wait for.

use std::io::{self, IsTerminal, Write as _};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use clap::Args;

use super::failure::Failure;
use super::lookup;
use super::output::{self, Label};
use crate::audio::speech::{End, Engine, NoSpeech, Rendered, Report, Speech};
use crate::paths::{self, Paths};
use crate::plan::Plan;
use crate::routine::text::printable;
use crate::settings::{self, Settings, Voice};
use crate::voice;

/// How often it is looked whether the user wants to leave.
const LOOK: Duration = Duration::from_millis(100);

/// Lines that failed and are named; the others are counted.
const MOST_NAMED: usize = 5;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu voice back-basics\n\
    \n\
    Lines are spoken after the chimes of a session once your settings say\n\
    voice: On. They are meant for an earbud: with a speaker the client hears\n\
    every word.\n\
    \n\
    They are rendered by espeak-ng, on macOS by say, or by a program of your own.\n\
    For piper, write in your settings file:\n  \
    voice_command: [\"piper\", \"--model\", \"VOICE.onnx\", \"--output_file\", \"{out}\"]")]
pub(super) struct Arguments {
    #[command(flatten)]
    routine: lookup::RoutineName,
}

impl Arguments {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let (_, routine) = lookup::routine(&self.routine.asked)?;
        let settings = settings();
        let engine = Engine::choose(&settings.voice_command, settings.voice_name.as_deref())
            .map_err(|why| speechless(&why))?;
        let program = engine.name();
        let folder = paths::voice_cache().ok_or_else(|| {
            Failure::wrong(
                "there is no folder to keep the lines in",
                "set HOME, or XDG_CACHE_HOME to a folder of your own",
            )
        })?;
        let unusable = |error: io::Error| {
            Failure::wrong(
                format!("{} can't be used: {error}", folder.display()),
                "set XDG_CACHE_HOME to a folder of your own",
            )
        };
        let speech = Speech::new(engine, &folder).map_err(unusable)?;
        let signals = Signals::catch();
        let (tell, told) = mpsc::channel();
        let lines = voice::lines(&Plan::whole(&routine));
        let rendering = speech.start(lines, move |report| {
            // Nobody listens any more when the user has left.
            let _ = tell.send(report);
        });
        let rendering = rendering.map_err(unusable)?;
        let rendered = match follow(&told, &signals, &program) {
            Ended::Finished(rendered) => rendered,
            Ended::Lost => return Err(Failure::Told),
            Ended::Signal(signal) => {
                rendering.stop();
                return Ok(ExitCode::from(signal.saturating_add(128)));
            }
        };
        sum_up(&rendered, &settings)
    }
}

fn settings() -> Settings {
    let Some(paths) = Paths::of_user() else {
        return Settings::default();
    };
    let (settings, wrong) = settings::load(&paths.settings_file());
    for line in wrong {
        output::tell(&format!("{} {}", Label::Warning.drawn(), printable(&line)));
    }
    settings
}

fn speechless(why: &NoSpeech) -> Failure {
    let help = match why {
        NoSpeech::Missing => {
            "for example: sudo apt install espeak-ng; a session's chimes need no voice"
        }
        NoSpeech::NoSuchProgram(_) | NoSpeech::NoOut => {
            "it is a list, such as voice_command: [\"piper\", \"--model\", \"VOICE.onnx\", \
             \"--output_file\", \"{out}\"] in your settings file"
        }
    };
    Failure::wrong(why.to_string(), help)
}

/// How waiting for the lines ended.
enum Ended {
    Finished(Rendered),
    /// The user left, by that signal.
    Signal(u8),
    /// The thread that renders broke down, and has said so.
    Lost,
}

/// Shows how far it is until it is over or the user leaves.
fn follow(told: &Receiver<Report>, signals: &Signals, program: &str) -> Ended {
    let shown = Shown::begin(program);
    loop {
        if let Some(signal) = signals.caught() {
            return Ended::Signal(signal);
        }
        match told.recv_timeout(LOOK) {
            Ok(Report::Progress { done, of }) => shown.progress(done, of),
            Ok(Report::Finished(rendered)) => return Ended::Finished(rendered),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ended::Lost,
        }
    }
}

/// The progress: one line that changes on a terminal, lines elsewhere.
struct Shown<'a> {
    program: &'a str,
    on_terminal: bool,
}

impl<'a> Shown<'a> {
    fn begin(program: &'a str) -> Self {
        Self {
            program,
            on_terminal: io::stderr().is_terminal(),
        }
    }

    fn progress(&self, done: usize, of: usize) {
        let line = format!("{done} of {of} lines by {}", printable(self.program));
        if self.on_terminal {
            // Where this fails there is nobody to see it.
            let _ = write!(io::stderr().lock(), "\r{line}\u{1b}[K");
        } else if done == of || done.is_multiple_of(10) {
            output::tell(&line);
        }
    }
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if self.on_terminal {
            let _ = writeln!(io::stderr().lock());
        }
    }
}

/// Says what came of it.
fn sum_up(rendered: &Rendered, settings: &Settings) -> Result<ExitCode, Failure> {
    let ready = rendered.lines.len();
    output::tell(&format!(
        "{ready} {} ready, {} of them from before",
        if ready == 1 { "line is" } else { "lines are" },
        rendered.found
    ));
    for (text, why) in rendered.failed.iter().take(MOST_NAMED) {
        let line = printable(&format!("\"{text}\": {why}"));
        output::tell(&format!("{} {line}", Label::Warning.drawn()));
    }
    let more = rendered.failed.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        output::tell(&format!(
            "{} and {more} more failed",
            Label::Warning.drawn()
        ));
    }
    let missing = match rendered.end {
        End::GivenUp => Some("given up: the program that speaks failed too often"),
        End::TooMany => Some("these are more lines than a session keeps ready"),
        End::Stopped => Some("stopped before all was done"),
        End::Complete if !rendered.failed.is_empty() => Some("some lines are missing"),
        End::Complete => None,
    };
    if let Some(why) = missing {
        return Err(Failure::wrong(
            why,
            "a session goes on with chimes where a line is missing",
        ));
    }
    if settings.voice == Voice::Off {
        output::tell_person("To hear them in a session, write voice: On in your settings.");
    }
    Ok(ExitCode::SUCCESS)
}

/// The signals by which a user leaves: the program that speaks is then ended too.
#[cfg(unix)]
struct Signals(std::sync::Arc<std::sync::atomic::AtomicUsize>);

#[cfg(unix)]
impl Signals {
    fn catch() -> Self {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let caught = std::sync::Arc::default();
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            let number = usize::try_from(signal).unwrap_or_default();
            // Uncaught it ends the program at once, as ever.
            let _ =
                signal_hook::flag::register_usize(signal, std::sync::Arc::clone(&caught), number);
        }
        Self(caught)
    }

    fn caught(&self) -> Option<u8> {
        let signal = self.0.load(std::sync::atomic::Ordering::Relaxed);
        u8::try_from(signal).ok().filter(|&signal| signal > 0)
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn catch() -> Self {
        Self
    }

    fn caught(&self) -> Option<u8> {
        None
    }
}
