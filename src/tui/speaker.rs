//! The speaker as the screens use it: orders of the app become the speaker's,
//! a routine's own sounds are decoded before they are needed. Nothing here
//! waits for a device.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crate::audio::speech::{self, Engine, Lines, Rendering, Speech};
use crate::audio::{
    Chimes, Clip, Dropped, Fate, Keep, Mute, Options, Report, Scheduled, SoundId, Speaker, Told,
    Volume,
};
use crate::clock::Clock;
use crate::library::{Entry, Origin};
use crate::paths::Paths;
use crate::plan::Plan;
use crate::routine::Sound;
use crate::routine::text::printable;
use crate::session::CueId;
use crate::settings::{KeepDevice, Settings, Voice};
use crate::source::Folder;
use crate::store::{Heard, Silence, Timing};
use crate::tui::app::Hearing;
use crate::tui::live::{Chime, Muted, SoundOrder};
use crate::tui::messages::Message;
use crate::tui::screens::sounds::SAMPLE;
use crate::voice;

/// The speaker, and the sounds of the routine that is about to run.
pub(super) struct Sounds {
    speaker: Option<Speaker>,
    chimes: Arc<Chimes>,
    own: HashMap<String, Arc<Clip>>,
    /// Whether steps are spoken, and how.
    speaks: Voice,
    voice: VoiceOptions,
    sender: Sender<Message>,
    /// Spoken lines that can be heard.
    lines: Lines,
    /// The rendering of more, while nothing is worked yet.
    rendering: Option<Rendering>,
    complaint: Option<String>,
    /// What was said of a routine's own sounds: once, before the session.
    said: HashSet<String>,
    tried: u64,
}

impl Sounds {
    pub(super) fn start(
        settings: &Settings,
        paths: Option<&Paths>,
        volume: u8,
        muted: Muted,
        sender: Sender<Message>,
    ) -> Self {
        let (chimes, unusable) = match paths {
            Some(paths) => Chimes::with_folder(&paths.sounds()),
            None => (Chimes::default(), Vec::new()),
        };
        let chimes = Arc::new(chimes);
        let mut sounds = Self {
            speaker: None,
            chimes: Arc::clone(&chimes),
            own: HashMap::new(),
            speaks: settings.voice,
            voice: VoiceOptions {
                command: settings.voice_command.clone(),
                name: settings.voice_name.clone(),
            },
            sender: sender.clone(),
            lines: Lines::default(),
            rendering: None,
            complaint: unusable.first().map(|own| printable(&own.to_string())),
            said: HashSet::new(),
            tried: 0,
        };
        let mut options = Options::new(chimes);
        options.device.clone_from(&settings.device);
        options.volume = Volume::new(volume);
        options.mute = mute(muted);
        if settings.voice == Voice::On {
            options.voice_volume = Volume::new(settings.voice_volume.unwrap_or(volume));
        }
        if settings.keep_device == KeepDevice::Always {
            options.keep = Keep::AlwaysOpen;
        }
        let failed = sender.clone();
        let started = Speaker::start(options, move |report| {
            if let Report::Fate(told) = &report
                && let Some(message) = fate(told)
            {
                let _ = sender.send(message);
            }
            if let Report::Sounding(sounding) = &report {
                let _ = sender.send(Message::Sounding(sounding.clone()));
            }
            if let Some(hearing) = hearing(&report) {
                // Nobody listens any more once the program leaves.
                let _ = sender.send(Message::Hearing(hearing));
            }
        });
        match started {
            Ok(speaker) => sounds.speaker = Some(speaker),
            Err(error) => give_up(&failed, &error.to_string()),
        }
        sounds
    }

    /// What is wrong with the user's own sounds.
    pub(super) fn complaint(&self) -> Option<&str> {
        self.complaint.as_deref()
    }

    /// Decodes the sounds that a routine brings. What can't be used is told,
    /// and the usual chime stands in.
    pub(super) fn load(&mut self, entry: &Entry) -> Option<String> {
        let Ok(routine) = &entry.content else {
            return None;
        };
        self.load_for(&Plan::whole(routine), file_of(entry))
    }

    /// Decodes them anew while the routine is worked: nothing is rendered then.
    pub(super) fn reload(&mut self, entry: &Entry) -> Option<String> {
        let routine = entry.content.as_ref().ok()?;
        self.load_own(&Plan::whole(routine), file_of(entry))
    }

    /// The same for a plan whose routine stands in that file, if in one.
    pub(super) fn load_for(&mut self, plan: &Plan, file: Option<&Path>) -> Option<String> {
        let spoken = self.prepare_voice(plan);
        self.load_own(plan, file).or(spoken)
    }

    /// Begins to render what a plan says, as far as it is not rendered yet.
    /// The line says why nothing will be spoken.
    fn prepare_voice(&mut self, plan: &Plan) -> Option<String> {
        if self.speaks == Voice::Off {
            return None;
        }
        self.prepare_lines(voice::lines(plan))
    }

    /// Begins to render the line with which a voice is tried, whether steps are
    /// spoken or not. The line says why it can't be.
    pub(super) fn prepare_sample(&mut self) -> Option<String> {
        self.prepare_lines(vec![SAMPLE.to_owned()])
    }

    /// Steps are spoken from now on, or not.
    pub(super) fn set_voice(&mut self, voice: Voice) {
        self.speaks = voice;
        if voice == Voice::Off {
            self.rendering = None;
        }
    }

    fn prepare_lines(&mut self, wanted: Vec<String>) -> Option<String> {
        let voice = &self.voice;
        if wanted.iter().all(|line| self.lines.get(line).is_some()) {
            return None;
        }
        let engine = match Engine::choose(&voice.command, voice.name.as_deref()) {
            Ok(engine) => engine,
            Err(none) => return Some(printable(&format!("no voice: {none}"))),
        };
        let folder = crate::paths::voice_cache()?;
        let sender = self.sender.clone();
        let started = Speech::new(engine, &folder).and_then(|speech| {
            speech.start(wanted, move |report| {
                // Nobody listens any more once the program leaves.
                let _ = sender.send(Message::Speech(Box::new(report)));
            })
        });
        match started {
            Ok(rendering) => {
                self.rendering = Some(rendering);
                None
            }
            Err(error) => Some(printable(&format!("no voice: {error}"))),
        }
    }

    /// Takes in how far the spoken lines are; the line says so.
    pub(super) fn take_in(&mut self, report: speech::Report) -> Option<String> {
        match report {
            // One line is there at once.
            speech::Report::Progress { of: 1, .. } => None,
            speech::Report::Progress { done, of } => {
                Some(format!("preparing the voice: {done} of {of}"))
            }
            speech::Report::Finished(rendered) => {
                self.lines = rendered.lines;
                let failed = rendered.failed.len();
                rendered
                    .failed
                    .first()
                    .map(|(_, why)| printable(&format!("{failed} lines are not spoken: {why}")))
            }
        }
    }

    /// Nothing is rendered while somebody is worked on.
    pub(super) fn stop_preparing(&mut self) {
        self.rendering = None;
    }

    fn load_own(&mut self, plan: &Plan, file: Option<&Path>) -> Option<String> {
        self.own.clear();
        let folder = Folder::of(file?);
        let mut wrong = None;
        for segment in &plan.segments {
            let Some(Sound::File(name)) = &segment.sound else {
                continue;
            };
            if self.own.contains_key(name) {
                continue;
            }
            match Clip::read(Path::new(&folder.sound(name))) {
                Ok(clip) => {
                    self.own.insert(name.clone(), Arc::new(clip));
                }
                Err(error) => {
                    let line = format!("{name}: {error}; the usual chime stands in");
                    wrong.get_or_insert(printable(&line));
                }
            }
        }
        wrong.filter(|line| self.said.insert(line.clone()))
    }

    /// Does what the app asks for.
    pub(super) fn order(&mut self, order: SoundOrder, clock: Clock) {
        let Some(speaker) = self.speaker.clone() else {
            return;
        };
        match order {
            SoundOrder::Schedule(chime) => speaker.schedule(self.sound(chime, clock)),
            SoundOrder::Press(chime) => speaker.press(self.sound(chime, clock)),
            SoundOrder::CancelForeseen => speaker.cancel_all_pending(),
            SoundOrder::Hush => speaker.hush(),
            SoundOrder::Volume(volume) => speaker.set_volume(Volume::new(volume)),
            SoundOrder::VoiceVolume(volume) => speaker.set_voice_volume(Volume::new(volume)),
            SoundOrder::Mute(muted) => speaker.set_mute(mute(muted)),
            SoundOrder::Device(device) => speaker.set_device(device),
            SoundOrder::Awake(until) => speaker.wake(clock.instant(until)),
        }
    }

    fn sound(&mut self, chime: Chime, clock: Clock) -> Scheduled {
        let Chime {
            id,
            cue,
            instead,
            line,
            due,
        } = chime;
        let clip = match instead {
            None => None,
            Some(Sound::Cue(other)) => Some(self.chimes.get(other)),
            Some(Sound::File(name)) => self.own.get(&name).cloned(),
        };
        // One that is only tried is spoken all the same.
        let line = line.filter(|_| self.speaks == Voice::On || id.is_none());
        let id = id.map_or_else(
            || {
                // Above every id that a session gives.
                self.tried += 1;
                SoundId(u64::MAX - self.tried)
            },
            sound_id,
        );
        Scheduled {
            id,
            cue,
            clip,
            voice: line.and_then(|line| self.lines.get(&line)),
            due: clock.instant(due),
        }
    }

    /// Leaves the device, and ends the program that speaks, which would outlive
    /// this one; never waits long.
    pub(super) fn shut_down(self) {
        if let Some(rendering) = self.rendering {
            rendering.stop();
        }
        if let Some(speaker) = self.speaker {
            speaker.shut_down();
        }
    }
}

/// How steps are spoken.
struct VoiceOptions {
    command: Vec<String>,
    name: Option<String>,
}

/// There will be no sound in this run.
fn give_up(sender: &Sender<Message>, why: &str) {
    // Nobody listens any more once the program leaves.
    let _ = sender.send(Message::Hearing(Hearing::Silent(printable(why))));
}

/// What is told of a sound's fate: that of a session's cue is kept, and one
/// that was only tried shows how late sounds are.
fn fate(told: &Told) -> Option<Message> {
    let heard = match told.fate {
        Fate::Heard { taken, onset } => Heard::Yes(Some(Timing {
            taken: micros(told.due, taken),
            onset: micros(told.due, onset),
        })),
        Fate::Dropped(why) => Heard::No(Some(match why {
            Dropped::TooLate => Silence::TooLate,
            Dropped::Outranked => Silence::Outranked,
            Dropped::Muted => Silence::Muted,
            Dropped::NoDevice => Silence::NoDevice,
        })),
        Fate::Cancelled => return None,
    };
    if let Some(id) = cue_id(told.id) {
        return Some(Message::Fate(id, heard));
    }
    let late = u64::try_from(heard.timing()?.onset).unwrap_or_default();
    Some(Message::Tried(Duration::from_micros(late)))
}

/// Microseconds from one to the other, negative if that comes before.
fn micros(from: Instant, to: Instant) -> i64 {
    let whole = |time: Duration| i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
    whole(to.saturating_duration_since(from)) - whole(from.saturating_duration_since(to))
}

/// The session's cue of a sound; none for one that was only tried.
fn cue_id(SoundId(id): SoundId) -> Option<CueId> {
    let epoch = u32::try_from(id >> 32)
        .ok()
        .filter(|&epoch| epoch < TRIED)?;
    let n = u32::try_from(id & u64::from(u32::MAX)).ok()?;
    Some(CueId { epoch, n })
}

/// From this epoch on, ids are those of cues that were only tried.
const TRIED: u32 = u32::MAX;

fn sound_id(CueId { epoch, n }: CueId) -> SoundId {
    SoundId(u64::from(epoch) << 32 | u64::from(n))
}

/// The file that a routine stands in; none if it ships.
fn file_of(entry: &Entry) -> Option<&Path> {
    match &entry.origin {
        Origin::File(path) => Some(path),
        Origin::Shipped => None,
    }
}

/// What the speaker's thread tells, as the app hears it.
fn hearing(report: &Report) -> Option<Hearing> {
    match report {
        Report::Sounding { .. } | Report::Back => Some(Hearing::Sounding),
        Report::Silent(reason) => Some(Hearing::Silent(reason.to_string())),
        Report::Fate(_) => None,
    }
}

/// Volume and mute for the speaker.
fn mute(muted: Muted) -> Mute {
    match muted {
        Muted::Yes => Mute::On,
        Muted::No => Mute::Off,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::process::Command;
    use std::sync::mpsc;

    use rustix::process::{Pid, test_kill_process};

    use super::*;

    #[test]
    fn a_voice_that_hangs_is_gone_once_the_speaker_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let started = folder.path().join("started");
        assert!(
            Command::new("mkfifo")
                .arg(&started)
                .status()
                .unwrap()
                .success()
        );
        let script = format!("echo $$ > '{}'; exec sleep 600", started.display());
        let command = ["sh", "-c", &script, "{out}"].map(str::to_owned);
        let engine = Engine::choose(&command, None).unwrap();
        let rendering = Speech::new(engine, &folder.path().join("cache"))
            .and_then(|speech| speech.start(vec!["Glide".to_owned()], drop))
            .unwrap();
        let (sender, _) = mpsc::channel();
        let sounds = Sounds {
            speaker: None,
            chimes: Arc::default(),
            own: HashMap::new(),
            speaks: Voice::On,
            voice: VoiceOptions {
                command: command.to_vec(),
                name: None,
            },
            sender,
            lines: Lines::default(),
            rendering: Some(rendering),
            complaint: None,
            said: HashSet::new(),
            tried: 0,
        };
        // Read once it runs.
        let pid = fs::read_to_string(&started).unwrap();
        let pid = Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
        assert!(test_kill_process(pid).is_ok());
        sounds.shut_down();
        assert!(test_kill_process(pid).is_err(), "it runs on");
    }
}
