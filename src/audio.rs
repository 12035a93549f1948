//! Sound: nine chimes, each heard when it is due, on a device that may be slow,
//! freeze, vanish and come back. It knows what a cue is, but neither routines
//! nor sessions nor the screen.
//!
//! [`Speaker`] is the whole of it for the program: orders go in and never wait,
//! reports come out. Behind it one thread (`owner`) opens, watches and closes the
//! device (`device`); the pure parts decide what is heard (`queue`), mix it on
//! its frame (`mix`) and know when the device is to be open (`keep`).
//!
//! What silence costs, measured on a null sink at 1024 frames with a cue every
//! 45 s: always open 0.73 % of a core and 255 wake-ups a second, opened 4 s
//! ahead 0.16 % and 43, muted nothing; a device chosen at a sound server, opened
//! ahead 0.26 %. Hence [`Keep::OpenAhead`] unless told otherwise.

pub mod caught;
mod chimes;
mod clip;
mod device;
mod host;
mod keep;
mod mix;
mod owner;
mod queue;
pub mod quiet;
pub mod speech;
mod volume;

use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

pub use chimes::{Chimes, Unusable, shipped};
pub use clip::{Clip, ClipError, LARGEST, LONGEST};
pub use host::{Device, DevicesError, devices};
pub use keep::Keep;
pub use volume::{Mute, Volume};

use crate::cue::Cue;
use owner::{Order, Owner};
use queue::Manner;

/// What one sound is called between the program and the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SoundId(pub u64);

/// A sound and when it is to be heard.
#[derive(Debug, Clone)]
pub struct Scheduled {
    /// What its fate is reported under. Unique among those that wait.
    pub id: SoundId,
    /// What it means; also how important it is.
    pub cue: Cue,
    /// Heard in place of the cue's own chime.
    pub clip: Option<Arc<Clip>>,
    /// A spoken line, heard once the chime is over; any later chime and any press
    /// ends it, and it shares its cue's fate until it begins.
    pub voice: Option<Arc<Clip>>,
    /// When it is to be heard.
    pub due: Instant,
}

/// Why a sound was not heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// It could have been heard more than 1.5 s after it was due.
    TooLate,
    /// One that matters more fell together with it.
    Outranked,
    /// Sound was muted, or the volume 0.
    Muted,
    /// No device took it.
    NoDevice,
}

/// What became of a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The device took it.
    Heard {
        /// When the device took its first samples.
        taken: Instant,
        /// When these are heard, by what the device says of its own delay.
        onset: Instant,
    },
    /// It was not heard.
    Dropped(Dropped),
    /// It was taken back before it began.
    Cancelled,
}

/// What became of which sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The sound.
    pub id: SoundId,
    /// What it meant.
    pub cue: Cue,
    /// When it was due.
    pub due: Instant,
    /// What became of it.
    pub fate: Fate,
}

impl Told {
    fn new(sound: &Scheduled, fate: Fate) -> Self {
        Self {
            id: sound.id,
            cue: sound.cue,
            due: sound.due,
            fate,
        }
    }
}

/// Why nothing can be heard, in words for the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is no device that opens; the system's words.
    NoDevice(String),
    /// The sound server does not answer.
    NotAnswering,
    /// The device takes no more sound and gives no error.
    Frozen,
    /// The device failed while it was open; the system's words.
    Lost(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoDevice(_) => "no sound device",
            Self::NotAnswering => "the sound system does not answer",
            Self::Frozen => "the sound device has stopped",
            Self::Lost(_) => "the sound device is gone",
        })
    }
}

/// The device that sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sounding {
    /// Its name.
    pub device: String,
    /// The device that was asked for and is not there.
    pub instead_of: Option<String>,
    /// Frames that it takes at a time, where that is known.
    pub period: Option<u32>,
    /// Frames a second.
    pub rate: u32,
}

/// What the speaker says. It comes from the speaker's own thread: take note of
/// it and return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// Sound comes from this device: the first time, and when it is another.
    Sounding(Sounding),
    /// Nothing can be heard now; the speaker goes on trying.
    Silent(Reason),
    /// Sound is back after a silence.
    Back,
    /// What became of a sound. Each gets exactly one fate.
    Fate(Told),
}

/// How to sound.
#[derive(Debug, Clone)]
pub struct Options {
    /// The sounds.
    pub chimes: Arc<Chimes>,
    /// The device's id or name, as [`devices`] lists it; the default device
    /// when absent, or when it is not there.
    pub device: Option<String>,
    /// Frames that the device takes at a time. Fewer cost more.
    pub period: u32,
    /// When the device is open.
    pub keep: Keep,
    /// Silence that a device gets when it has just been opened, so that a slow
    /// one does not swallow the beginning of a sound. A cue known ahead is never
    /// delayed by it; a press on a closed device is.
    pub lead_in: Duration,
    /// How loud the chimes are.
    pub volume: Volume,
    /// How loud spoken lines are. Where there are none leave it at 0: with both at
    /// 0 the device is closed.
    pub voice_volume: Volume,
    /// Whether at all.
    pub mute: Mute,
}

impl Options {
    /// A period that costs little and is still exact.
    pub const PERIOD: u32 = 1024;
    /// Enough for most cards; a slow wireless one may want 500 ms.
    pub const LEAD_IN: Duration = Duration::from_millis(120);

    /// The usual, with these sounds.
    #[must_use]
    pub fn new(chimes: Arc<Chimes>) -> Self {
        Self {
            chimes,
            device: None,
            period: Self::PERIOD,
            keep: Keep::default(),
            lead_in: Self::LEAD_IN,
            volume: Volume::default(),
            voice_volume: Volume::SILENT,
            mute: Mute::default(),
        }
    }
}

/// The audio thread could not be started.
#[derive(Debug, thiserror::Error)]
#[error("no thread for sound: {0}")]
pub struct StartError(#[from] std::io::Error);

/// The way to the speaker. No method waits for anything; the last handle
/// dropped tells it to leave.
#[derive(Debug, Clone)]
pub struct Speaker {
    link: Arc<Link>,
}

#[derive(Debug)]
struct Link(Sender<Order>);

/// Leaving takes at most this long, whatever the device does.
const LEAVING: Duration = Duration::from_millis(700);

impl Link {
    fn send(&self, order: Order) {
        // The owner leaves only when told to: nobody is left to be told more.
        let _ = self.0.send(order);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.send(Order::ShutDown(mpsc::channel().0));
    }
}

impl Speaker {
    /// Starts the thread that owns the device and returns at once. It tries the
    /// device, so that [`Report::Sounding`] or [`Report::Silent`] comes soon.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn start(
        options: Options,
        report: impl Fn(Report) + Send + Sync + 'static,
    ) -> Result<Self, StartError> {
        let (tell, told) = mpsc::channel();
        let owner = Owner::new(options, tell.clone(), Arc::new(report));
        std::thread::Builder::new()
            .name("sound".to_owned())
            .spawn(move || owner.run(&told))?;
        Ok(Self {
            link: Arc::new(Link(tell)),
        })
    }

    /// Has it heard when it is due. Tell it some seconds ahead: a closed device
    /// opens before it.
    pub fn schedule(&self, sound: Scheduled) {
        self.link.send(Order::Play(sound, Manner::Ahead));
    }

    /// Fades what sounds and has this heard at once.
    pub fn press(&self, sound: Scheduled) {
        self.link.send(Order::Play(sound, Manner::Press));
    }

    /// Takes back all that have not begun.
    pub fn cancel_all_pending(&self) {
        self.link.send(Order::CancelAll);
    }

    /// Fades what sounds within 50 ms.
    pub fn hush(&self) {
        self.link.send(Order::Hush);
    }

    /// Goes to another volume of the chimes, without a jump. 0 is as muted, unless
    /// lines are spoken.
    pub fn set_volume(&self, volume: Volume) {
        self.link.send(Order::Volume(volume));
    }

    /// Goes to another volume of spoken lines, without a jump.
    pub fn set_voice_volume(&self, volume: Volume) {
        self.link.send(Order::VoiceVolume(volume));
    }

    /// Mutes or unmutes, without a jump. Muted, the device is closed.
    pub fn set_mute(&self, mute: Mute) {
        self.link.send(Order::Mute(mute));
    }

    /// Goes to another device, by id or name; to the default one if absent.
    pub fn set_device(&self, device: Option<String>) {
        self.link.send(Order::Device(device));
    }

    /// Keeps the device open until then, for a press that is expected: it then
    /// sounds without waiting for the device to open.
    pub fn wake(&self, until: Instant) {
        self.link.send(Order::Wake(until));
    }

    /// Fades what sounds, closes the device and returns when that is done, or
    /// after 0.7 s. What still waits is cancelled. Also other handles are dead
    /// afterwards.
    pub fn shut_down(self) {
        let (tell, told) = mpsc::channel();
        self.link.send(Order::ShutDown(tell));
        // Either it left or it hangs; both are the end.
        let _ = told.recv_timeout(LEAVING);
    }
}
