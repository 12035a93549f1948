//! Opens an output device and feeds it from the mix. Everything here may block
//! for many seconds on a sound server that hangs: call it only on a thread that
//! nobody waits for. It knows neither what is due nor when to open.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rodio::cpal::traits::{DeviceTrait, StreamTrait};
use rodio::cpal::{
    self, BufferSize, FromSample, OutputCallbackInfo, SampleFormat, SizedSample, StreamConfig,
    SupportedBufferSize, SupportedStreamConfig,
};

use super::mix::{Mix, Slot};
use super::{Sounding, Told, host};

/// Periods that must be taken before a device counts as alive: two fill its
/// buffer even when nothing plays them.
pub(super) const FLOWS_AFTER: u64 = 4;

/// No device that is this slow to sound is believed: a wrong figure must not
/// bring every cue forward by seconds.
const SLOWEST: Duration = Duration::from_millis(500);

/// Pause of the error callback when errors come one upon the other: a dead
/// server otherwise keeps a core busy with them.
const ERROR_PAUSE: Duration = Duration::from_millis(20);

/// What the device's own threads say.
#[derive(Debug)]
pub(super) enum Signal {
    /// Frames flow.
    Flowing,
    /// A first error; later ones are only counted.
    Trouble,
    /// What became of sounds, and when each is over.
    Told(Vec<(Told, Instant)>),
}

/// What the device's threads leave to be read, without any waiting.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Only then the mix is drawn from: one device at a time has it.
    pub(super) adopted: AtomicBool,
    /// Periods taken so far.
    pub(super) periods: AtomicU64,
    /// Errors so far; one alone does not mean that the device is dead.
    pub(super) errors: AtomicU32,
    first_error: Mutex<Option<String>>,
}

impl Flow {
    pub(super) fn first_error(&self) -> Option<String> {
        lock(&self.first_error).clone()
    }

    /// Notes an error; true for the first.
    fn note(&self, error: &cpal::Error) -> bool {
        let before = self.errors.fetch_add(1, Ordering::Relaxed);
        if before == 0 {
            *lock(&self.first_error) = Some(error.to_string());
        }
        before == 0
    }
}

/// The lock, also after a panic elsewhere: sound must go on.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An open device. Dropping it may block.
pub(super) struct Open {
    pub(super) stream: cpal::Stream,
    pub(super) flow: Arc<Flow>,
    pub(super) known: Known,
    /// Frames that it takes at a time, where it was told.
    pub(super) period: Option<u32>,
}

/// What was learnt when the device was opened, so that opening it again asks
/// nothing twice.
#[derive(Clone)]
pub(super) struct Known {
    device: cpal::Device,
    name: String,
    /// The device that was asked for and is not there.
    pub(super) instead_of: Option<String>,
    config: SupportedStreamConfig,
}

impl Open {
    /// What is told of it.
    pub(super) fn sounding(&self) -> Sounding {
        Sounding {
            device: self.known.name.clone(),
            instead_of: self.known.instead_of.clone(),
            period: self.period,
            rate: self.known.config.sample_rate(),
        }
    }
}

/// What to open, and where its frames come from.
pub(super) struct Opening<S> {
    /// The device's id or name; the default device when absent.
    pub(super) wanted: Option<String>,
    /// Frames a period.
    pub(super) period: u32,
    pub(super) mix: Arc<Mutex<Mix>>,
    pub(super) signal: S,
}

impl<S: Fn(Signal) + Clone + Send + 'static> Opening<S> {
    /// Opens it again as it was, or from the beginning.
    pub(super) fn open(&self, known: Option<Known>) -> Result<Open, String> {
        if let Some(Ok(open)) = known.map(|known| self.open_known(known)) {
            return Ok(open);
        }
        let chosen = self.wanted.as_deref().and_then(host::find);
        let (device, instead_of) = match chosen {
            Some(device) => (device, None),
            None => (host::default_device()?, self.wanted.clone()),
        };
        let config = device
            .default_output_config()
            .map_err(|error| error.to_string())?;
        let name = host::describe(&device).map_or_else(|| "default".to_owned(), |d| d.name);
        self.open_known(Known {
            device,
            name,
            instead_of,
            config,
        })
    }

    fn open_known(&self, known: Known) -> Result<Open, String> {
        let flow = Arc::new(Flow::default());
        let period = match known.config.buffer_size() {
            SupportedBufferSize::Range { min, max } => self.period.clamp(*min, (*max).max(*min)),
            SupportedBufferSize::Unknown => self.period,
        };
        let (stream, period) = self
            .build(&known, BufferSize::Fixed(period), &flow)
            .map(|stream| (stream, Some(period)))
            .or_else(|_| {
                let stream = self.build(&known, BufferSize::Default, &flow)?;
                Ok((stream, None))
            })
            .map_err(|error: cpal::Error| error.to_string())?;
        stream.play().map_err(|error| error.to_string())?;
        Ok(Open {
            stream,
            flow,
            known,
            period,
        })
    }

    fn build(
        &self,
        known: &Known,
        buffer_size: BufferSize,
        flow: &Arc<Flow>,
    ) -> Result<cpal::Stream, cpal::Error> {
        let config = StreamConfig {
            channels: known.config.channels(),
            sample_rate: known.config.sample_rate(),
            buffer_size,
        };
        let device = &known.device;
        match known.config.sample_format() {
            SampleFormat::F64 => self.build_for::<f64>(device, config, flow),
            SampleFormat::I8 => self.build_for::<i8>(device, config, flow),
            SampleFormat::I16 => self.build_for::<i16>(device, config, flow),
            SampleFormat::I24 => self.build_for::<cpal::I24>(device, config, flow),
            SampleFormat::I32 => self.build_for::<i32>(device, config, flow),
            SampleFormat::U8 => self.build_for::<u8>(device, config, flow),
            SampleFormat::U16 => self.build_for::<u16>(device, config, flow),
            SampleFormat::U24 => self.build_for::<cpal::U24>(device, config, flow),
            SampleFormat::U32 => self.build_for::<u32>(device, config, flow),
            // Whatever else it is, the system converts from the commonest.
            _ => self.build_for::<f32>(device, config, flow),
        }
    }

    fn build_for<T: SizedSample + FromSample<f32>>(
        &self,
        device: &cpal::Device,
        config: StreamConfig,
        flow: &Arc<Flow>,
    ) -> Result<cpal::Stream, cpal::Error> {
        let mut tap = Tap {
            mix: Arc::clone(&self.mix),
            flow: Arc::clone(flow),
            signal: self.signal.clone(),
            channels: usize::from(config.channels.max(1)),
            rate: config.sample_rate,
            mono: Vec::new(),
        };
        let (noted, signal) = (Arc::clone(flow), self.signal.clone());
        device.build_output_stream::<T, _, _>(
            config,
            move |out, info| tap.fill(out, info),
            move |error| {
                if noted.note(&error) {
                    signal(Signal::Trouble);
                } else {
                    pause();
                }
            },
            None,
        )
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the callback of a dead device would spin"
)]
fn pause() {
    std::thread::sleep(ERROR_PAUSE);
}

#[expect(
    clippy::disallowed_methods,
    reason = "the audio threads ask the clock themselves"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// Draws from the mix what the device asks for.
struct Tap<S> {
    mix: Arc<Mutex<Mix>>,
    flow: Arc<Flow>,
    signal: S,
    channels: usize,
    rate: u32,
    mono: Vec<f32>,
}

impl<S: Fn(Signal)> Tap<S> {
    fn fill<T: SizedSample + FromSample<f32>>(&mut self, out: &mut [T], info: &OutputCallbackInfo) {
        let taken = now();
        if self.flow.periods.fetch_add(1, Ordering::Relaxed) + 1 == FLOWS_AFTER {
            (self.signal)(Signal::Flowing);
        }
        if !self.flow.adopted.load(Ordering::Acquire) {
            out.fill(T::EQUILIBRIUM);
            return;
        }
        let times = info.timestamp();
        let behind = times
            .playback
            .saturating_duration_since(times.callback)
            .min(SLOWEST);
        let slot = Slot {
            taken,
            heard: taken + behind,
            rate: self.rate,
        };
        let frames = out.len() / self.channels;
        self.mono.resize(frames, 0.0);
        let told = lock(&self.mix).render(&mut self.mono, slot);
        for (frame, &sample) in out.chunks_mut(self.channels).zip(&self.mono) {
            frame.fill(T::from_sample_(sample));
        }
        if !told.is_empty() {
            (self.signal)(Signal::Told(told));
        }
    }
}
