//! `ashiatsu run` and the bare `ashiatsu`: from the command line to the
//! screens.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::failure::{Failure, Reason};
use super::lookup::{self, RoutineName};
use super::output;
use crate::clock::until::Until;
use crate::library::{Entry, Origin};
use crate::paths::Paths;
use crate::plan::{self, Plan, PlanError, Speed};
use crate::settings::{OneButton, Sound};
use crate::store::{Prompts, Resumable, Store, Trouble};
use crate::tui::{self, First, Preflight, WatchedFile};
use crate::watch::Watch;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ashiatsu run back-basics                 the whole session\n  \
    ashiatsu run back-basics --fit 25m       the same in 25 minutes\n  \
    ashiatsu run back-basics --until 15:30   the same, over by half past three\n  \
    ashiatsu run my-routine.ron --speed 10   rehearse, ten times as fast\n  \
    ashiatsu run my-routine.ron --from 12    begin at step 12\n  \
    ashiatsu run my-routine.ron --watch      rehearse it while you write it\n\
    \n\
    In the session the question mark shows all keys.")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag as it is typed"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    routine: RoutineName,
    /// Rehearse N times faster, from 1 to 60
    ///
    /// Sounds keep their own speed; one that would overlap the next is left
    /// out.
    #[arg(
        long,
        value_name = "N",
        default_value = "1",
        hide_default_value = true,
        allow_negative_numbers = true
    )]
    speed: Speed,
    /// Begin at step N, as `ashiatsu show` numbers them
    #[arg(long, value_name = "N")]
    from: Option<usize>,
    /// Make the session last TIME, for example 45m or "1h 10m"
    ///
    /// Steps that have `min` and `max` shrink or stretch, all by the same
    /// measure. With --from, TIME is for what remains.
    #[arg(long, value_name = "TIME", value_parser = lookup::time, allow_hyphen_values = true)]
    fit: Option<Duration>,
    /// When the session is to end, by the clock on the wall, for example 15:30
    ///
    /// Pre-flight offers to fit it; in the session the screen says how far
    /// behind it is, and f fits what is left. A time that is past today means
    /// tomorrow: that is asked first.
    #[arg(
        long,
        value_name = "HH:MM",
        conflicts_with = "fit",
        allow_hyphen_values = true
    )]
    until: Option<Until>,
    /// Leave the checklists out: straight to 3, 2, 1
    #[arg(long)]
    skip_preflight: bool,
    /// Go on with this routine's latest interrupted session
    ///
    /// It comes back paused, on the same step with the same time left, even
    /// when the routine's file was changed or is gone.
    #[arg(long, conflicts_with_all = ["speed", "from", "fit", "until", "watch"])]
    resume: bool,
    /// Take the routine over again whenever its file is saved
    ///
    /// The session goes on at the step it is at, with the same --speed, --from
    /// and --fit. While the file has a mistake, or lacks this step, the last
    /// good routine goes on, and a line says why.
    #[arg(long)]
    watch: bool,
    /// How much the session tells, to practise recalling it
    ///
    /// names: no cue lines. chimes: the next stroke is hidden until it begins,
    /// or r asks for it. none: only start, holds and end sound.
    #[arg(long, value_enum, default_value_t = Told::Full, hide_default_value = true)]
    prompts: Told,
    /// Any key or click does it all, for hands that are not free
    ///
    /// A press ends a hold, goes on after a pause, else plays the cue again, at
    /// once. A second within 1.2 seconds takes that back and pauses: a stray
    /// press skips no stroke. Ctrl-C leaves, and asks first.
    #[arg(long)]
    one_button: bool,
    /// No sound in this session
    #[arg(long)]
    mute: bool,
    /// Where this session's cues are heard, as `ashiatsu sounds --devices` lists
    /// it
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// How loud this session is, from 0 to 100
    #[arg(long, value_name = "0..100", value_parser = clap::value_parser!(u8).range(0..=100), allow_negative_numbers = true)]
    volume: Option<u8>,
}

/// How much a session tells, as typed.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Told {
    Full,
    Names,
    Chimes,
    None,
}

impl From<Told> for Prompts {
    fn from(told: Told) -> Self {
        match told {
            Told::Full => Self::Full,
            Told::Names => Self::Names,
            Told::Chimes => Self::Chimes,
            Told::None => Self::None,
        }
    }
}

impl Arguments {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        if self.resume {
            return self.go_on();
        }
        let asked = &self.routine.asked;
        let (mut entry, mut routine) = lookup::routine_to_run(asked)?;
        let mut watch = None;
        if self.watch {
            watch = Some(watched(&entry)?);
            // It may have been saved before anybody noticed.
            (entry, routine) = lookup::routine(asked)?;
        }
        let plan = plan::Options {
            from: self.from,
            fit: self.fit,
            speed: self.speed,
        };
        Plan::new(&routine, &plan).map_err(unplannable)?;
        needs_terminal("a session is shown in a terminal, and this is none")?;
        show(tui::Options {
            entry: Some(entry),
            watch,
            plan,
            preflight: if self.skip_preflight {
                Preflight::Skip
            } else {
                Preflight::Ask
            },
            sound: self.sound(),
            volume: self.volume,
            prompts: self.prompts.into(),
            until: self.until,
            one_button: self.one_button(),
            resume: None,
            device: self.device,
            first: First::Home,
        })
    }
}

/// The file of a routine, watched from now on.
fn watched(entry: &Entry) -> Result<WatchedFile, Failure> {
    let path = match &entry.origin {
        Origin::File(path) => path.clone(),
        Origin::Shipped => {
            return Err(Failure::Usage(Reason {
                message: format!(
                    "--watch is for a file of your own; {} is part of the program",
                    entry.stem
                ),
                help: Some(
                    "c on the home screen copies it to your own routines, to be changed".to_owned(),
                ),
            }));
        }
    };
    match Watch::new(std::slice::from_ref(&path)) {
        Ok(watch) => Ok(WatchedFile { path, watch }),
        Err(error) => Err(Failure::wrong(
            format!("{} can't be watched: {error}", entry.path),
            "run it without --watch",
        )),
    }
}

impl Arguments {
    /// Goes on with this routine's latest interrupted session.
    fn go_on(self) -> Result<ExitCode, Failure> {
        let asked = self.routine.asked.as_str();
        let failed =
            |error: Trouble| Failure::wrong(format!("what is kept can't be read: {error}"), "");
        let found = match Paths::of_user() {
            None => Vec::new(),
            Some(paths) => match Store::open_log(&paths.data).map_err(failed)? {
                None => Vec::new(),
                Some(store) => store.interrupted().map_err(failed)?,
            },
        };
        let stem = Path::new(asked)
            .file_stem()
            .map(|stem| stem.to_string_lossy().to_lowercase());
        let is_it = |kept: &&Resumable| {
            kept.meta.path.as_deref() == Some(asked)
                || Some(kept.meta.stem.to_lowercase()) == stem
                || kept.routine.to_lowercase() == asked.to_lowercase()
        };
        let Some(kept) = found.iter().find(is_it) else {
            let help = match found.first() {
                Some(other) => format!("{} can be resumed", other.meta.stem),
                None => {
                    "a session that is kept for later, or was cut off, can be resumed".to_owned()
                }
            };
            return Err(Failure::wrong(
                format!("there is nothing to resume of {asked}"),
                help,
            ));
        };
        needs_terminal("a session is shown in a terminal, and this is none")?;
        show(tui::Options {
            entry: None,
            watch: None,
            plan: plan::Options::default(),
            preflight: Preflight::Skip,
            sound: self.sound(),
            volume: self.volume,
            prompts: Prompts::Full,
            until: None,
            one_button: self.one_button(),
            resume: Some(kept.key),
            device: self.device,
            first: First::Home,
        })
    }

    fn one_button(&self) -> Option<OneButton> {
        self.one_button.then_some(OneButton::On)
    }

    // Who says how loud wants to hear it, whatever the settings say.
    fn sound(&self) -> Option<Sound> {
        if self.mute {
            Some(Sound::Muted)
        } else {
            self.volume.map(|_| Sound::On)
        }
    }
}

/// The home screen.
pub(super) fn home() -> Result<ExitCode, Failure> {
    needs_terminal("the home screen is shown in a terminal, and this is none")?;
    show(tui::Options::showing(First::Home))
}

/// Shows the screens until the user leaves.
pub(super) fn show(options: tui::Options) -> Result<ExitCode, Failure> {
    let left = tui::run(options).map_err(|error| {
        Failure::NoTerminal(Reason {
            message: format!("the terminal can't be used: {error}"),
            help: None,
        })
    })?;
    if let Some(kept) = left.kept {
        output::tell_person(kept);
    }
    for line in &left.lost {
        output::tell(line);
    }
    Ok(left.code)
}

/// Why there is no such plan.
pub(super) fn unplannable(error: PlanError) -> Failure {
    let help = match error {
        PlanError::NoSuchStep { .. } => "`ashiatsu show` numbers the steps",
        PlanError::Fit(_) => "only steps that have `min` or `max` change their length",
    };
    Failure::wrong(error.to_string(), help)
}

pub(super) fn needs_terminal(message: &str) -> Result<(), Failure> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Failure::NoTerminal(Reason {
        message: message.to_owned(),
        help: Some("`ashiatsu --help` lists what can be done without one".to_owned()),
    }))
}
