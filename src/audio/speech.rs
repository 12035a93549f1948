//! Spoken lines: rendered before a session by a program that speaks, kept in the
//! user's cache, held ready as clips. It knows texts, but not what they mean.
//!
//! Nothing here is to run during a stroke: [`Speech::start`] works on a thread of
//! its own until it is done, and stops, its program killed, when the [`Rendering`]
//! is dropped. What a program prints never reaches the screen; one that hangs,
//! fails or makes something that is no sound costs its line, three of them in a
//! row the rest, and the chimes never.

mod desk;
mod engine;
mod loudness;
mod program;
mod shelf;

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::time::Duration;

pub use engine::{Engine, NoSpeech};

use super::clip::{Clip, ClipError};
use desk::Desk;
use shelf::Shelf;

/// The longest that a program may take over one line.
pub const LIMIT: Duration = Duration::from_secs(10);

/// The largest sound file that a program may make: 30 s at 192 kHz.
const LARGEST: u64 = 24 << 20;

/// So many lines in a row that fail: the program does not work here.
const MOST_FAILURES: usize = 3;

/// The most samples that are held ready: 128 MB, or 24 minutes of speech at
/// 22,050 a second. A routine of an hour needs a tenth of that.
const MOST_SAMPLES: usize = 32_000_000;

/// Why a line is not spoken.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// The program could not be started.
    #[error("{program} can't be started: {error}")]
    NotStarted {
        /// Its name.
        program: String,
        /// The system's words.
        error: io::Error,
    },
    /// It took longer than the limit, and was ended.
    #[error("{program} took longer than {}", seconds(*limit))]
    TooSlow {
        /// Its name.
        program: String,
        /// What it was given.
        limit: Duration,
    },
    /// It ended with an error.
    #[error("{program} failed{}", said.as_ref().map(|said| format!(": {said}")).unwrap_or_default())]
    Failed {
        /// Its name.
        program: String,
        /// The first line of what it said of it, safe to show.
        said: Option<String>,
    },
    /// It made no file.
    #[error("{0} made no sound")]
    NoSound(String),
    /// It wrote more than a line can be.
    #[error("{0} made far too large a file")]
    TooLarge(String),
    /// What it made is no sound.
    #[error("what {program} made {error}")]
    Unusable {
        /// Its name.
        program: String,
        /// What is wrong with it.
        error: ClipError,
    },
    /// It was made and is heard, but can't be kept for the next time.
    #[error("can't be kept: {0}")]
    NotKept(io::Error),
    /// The folder for it can't be used.
    #[error("no place to work in: {0}")]
    NoPlace(#[from] io::Error),
    /// The rendering was stopped.
    #[error("stopped")]
    Stopped,
}

fn seconds(limit: Duration) -> String {
    let seconds = limit.as_secs_f64();
    let s = if limit.as_secs() == 1 && limit.subsec_nanos() == 0 {
        ""
    } else {
        "s"
    };
    format!("{seconds} second{s}")
}

/// How a rendering ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Every line was dealt with.
    Complete,
    /// It was stopped on the way.
    Stopped,
    /// The program failed too often; the rest was not tried.
    GivenUp,
    /// More lines than are held ready; the rest, those needed last, was left out.
    TooMany,
}

/// What came of a rendering.
#[derive(Debug)]
pub struct Rendered {
    /// The lines that can be heard.
    pub lines: Lines,
    /// How many of them lay in the cache already.
    pub found: usize,
    /// The lines that failed, in order, and why.
    pub failed: Vec<(String, LineError)>,
    /// How it ended.
    pub end: End,
}

/// Lines held ready, by their text.
#[derive(Debug, Clone, Default)]
pub struct Lines(HashMap<String, Arc<Clip>>);

impl Lines {
    /// The sound of that line.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Arc<Clip>> {
        self.0.get(text).map(Arc::clone)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a rendering says, from its own thread: take note of it and return.
#[derive(Debug)]
pub enum Report {
    /// So many of so many lines have been dealt with.
    Progress {
        /// So many.
        done: usize,
        /// Of so many.
        of: usize,
    },
    /// It is over. The last report.
    Finished(Rendered),
}

/// What speaks, and where its lines are kept.
#[derive(Debug)]
pub struct Speech {
    engine: Engine,
    shelf: Shelf,
    limit: Duration,
}

/// A rendering under way. Dropped, it stops: its program is killed soon.
#[derive(Debug)]
#[must_use = "dropped, it stops"]
pub struct Rendering {
    stop: Option<Sender<()>>,
    over: Receiver<()>,
}

/// How long stopping waits for the thread to end.
const STOPPING: Duration = Duration::from_millis(300);

impl Rendering {
    /// Stops it and waits, 0.3 s at most, until its program is gone.
    pub fn stop(mut self) {
        self.stop = None;
        // Either it is over or it hangs in the system; both are the end.
        let _ = self.over.recv_timeout(STOPPING);
    }
}

impl Speech {
    /// Has `engine` speak and keeps its lines in `folder`, which is made, for the
    /// user alone, if it is not there.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn new(engine: Engine, folder: &Path) -> io::Result<Self> {
        Ok(Self {
            engine,
            shelf: Shelf::open(folder)?,
            limit: LIMIT,
        })
    }

    /// The same with another limit for each line than [`LIMIT`].
    #[must_use]
    pub fn with_limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// Renders these lines, in this order, on a thread of its own, and returns at
    /// once. Lines that the cache has cost next to nothing.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn start(
        self,
        texts: Vec<String>,
        mut report: impl FnMut(Report) + Send + 'static,
    ) -> io::Result<Rendering> {
        let (stop, stopped) = mpsc::channel();
        let (running, over) = mpsc::channel();
        std::thread::Builder::new()
            .name("speech".to_owned())
            .spawn(move || {
                let rendered = self.render(&texts, &stopped, &mut report);
                drop(running);
                report(Report::Finished(rendered));
            })?;
        Ok(Rendering {
            stop: Some(stop),
            over,
        })
    }

    fn render(
        &self,
        texts: &[String],
        stop: &Receiver<()>,
        report: &mut impl FnMut(Report),
    ) -> Rendered {
        let of = texts.len();
        let mut rendered = Rendered {
            lines: Lines::default(),
            found: 0,
            failed: Vec::new(),
            end: End::Complete,
        };
        let (mut samples, mut failures) = (0, 0);
        let mut used = Vec::with_capacity(of);
        let mut desk = None;
        for (index, text) in texts.iter().enumerate() {
            if stop.try_recv() != Err(TryRecvError::Empty) {
                rendered.end = End::Stopped;
                break;
            }
            let key = self.engine.key(text);
            let clip = if let Some(clip) = self.shelf.find(&key) {
                rendered.found += 1;
                Ok(clip)
            } else {
                self.speak(text, &mut desk, stop)
                    .inspect(|clip| match self.shelf.put(&key, clip) {
                        Ok(()) => {}
                        Err(error) => rendered
                            .failed
                            .push((text.clone(), LineError::NotKept(error))),
                    })
            };
            match clip {
                Ok(clip) => {
                    failures = 0;
                    samples += clip.samples().len();
                    used.push(key);
                    rendered.lines.0.insert(text.clone(), Arc::new(clip));
                }
                Err(LineError::Stopped) => {
                    rendered.end = End::Stopped;
                    break;
                }
                Err(error) => {
                    failures += 1;
                    rendered.failed.push((text.clone(), error));
                }
            }
            report(Report::Progress {
                done: index + 1,
                of,
            });
            let more = index + 1 < of;
            if more && failures == MOST_FAILURES {
                rendered.end = End::GivenUp;
                break;
            }
            if more && samples >= MOST_SAMPLES {
                rendered.end = End::TooMany;
                break;
            }
        }
        self.shelf.prune(&used);
        rendered
    }

    /// Has the program speak one line.
    fn speak(
        &self,
        text: &str,
        desk: &mut Option<Desk>,
        stop: &Receiver<()>,
    ) -> Result<Clip, LineError> {
        let desk = match desk {
            Some(desk) => desk,
            None => desk.insert(Desk::set_up(self.shelf.folder())?),
        };
        let name = || self.engine.name();
        program::run(&self.engine, text, desk, self.limit, stop)?;
        let out = desk.out();
        match std::fs::symlink_metadata(&out) {
            Err(_) => return Err(LineError::NoSound(name())),
            Ok(about) if about.len() > LARGEST => return Err(LineError::TooLarge(name())),
            Ok(_) => {}
        }
        Clip::read(&out)
            .map(|clip| loudness::even(&clip))
            .map_err(|error| LineError::Unusable {
                program: name(),
                error,
            })
    }
}

#[cfg(test)]
mod tests;
