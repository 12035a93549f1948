//! The thread that owns the device: opens it when a sound is near, notices when
//! it is dead, tries again, closes it. It never waits on the device itself; what
//! may block runs on threads that nobody joins.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::device::{FLOWS_AFTER, Known, Open, Opening, Signal, lock, now};
use super::keep::{Backoff, Need, Wanted};
use super::mix::{FADE, Levels, Mix};
use super::queue::{Manner, TOO_LATE};
use super::{Dropped, Mute, Options, Reason, Report, Scheduled, Sounding, Told, Volume};

/// No frames for this long: the device is dead, whatever it says.
const DEAD: Duration = Duration::from_secs(2);

/// The same when it has reported an error since the last frames.
const DEAD_AFTER_ERROR: Duration = Duration::from_millis(600);

/// An open that takes longer is told as silence; it may still succeed.
const SLOW_OPEN: Duration = Duration::from_secs(2);

/// Another open is tried beside one that takes this long.
const STUCK_OPEN: Duration = Duration::from_secs(15);

/// Threads that may hang on a device at the same time.
const MOST_STUCK: usize = 4;

/// While silent, the device is tried again for this long after the last sound
/// was due; then not before the next is asked for. A session without a device
/// costs a try every 1.5 s, a pause or a menu nothing.
const TRY_FOR: Duration = Duration::from_secs(60);

/// How long the device is kept to see whether there is sound at all.
const PROBE: Duration = Duration::from_secs(1);

/// How long leaving waits for a device to close.
const PATIENCE: Duration = Duration::from_millis(400);

/// What the owner is told.
pub(super) enum Order {
    Play(Scheduled, Manner),
    CancelAll,
    Hush,
    Volume(Volume),
    VoiceVolume(Volume),
    Mute(Mute),
    Device(Option<String>),
    Wake(Instant),
    /// An open has ended, of that number.
    Opened(u64, Result<Box<Open>, String>),
    /// A device of that number says something.
    Signal(u64, Signal),
    /// A device has been closed.
    Closed,
    /// Leave, and say so by dropping this.
    ShutDown(Sender<()>),
}

/// An open that has not ended yet.
struct Attempt {
    number: u64,
    since: Instant,
}

struct Live {
    open: Box<Open>,
    number: u64,
    periods: u64,
    /// Errors when the last frames were seen.
    errors: u32,
    progress: Instant,
    flows: bool,
}

pub(super) struct Owner {
    options: Options,
    mix: Arc<Mutex<Mix>>,
    orders: Sender<Order>,
    report: Arc<dyn Fn(Report) + Send + Sync>,
    volume: Volume,
    voice_volume: Volume,
    muted_since: Option<Instant>,
    live: Option<Live>,
    known: Option<Known>,
    attempts: Vec<Attempt>,
    closing: usize,
    number: u64,
    backoff: Backoff,
    next_try: Instant,
    try_until: Instant,
    sounds_until: Instant,
    awake_until: Instant,
    /// The silence that was reported and has not ended.
    silent: Option<Reason>,
    /// The device that was reported.
    sounding: Option<Sounding>,
    left: Option<Sender<()>>,
}

impl Owner {
    pub(super) fn new(
        options: Options,
        orders: Sender<Order>,
        report: Arc<dyn Fn(Report) + Send + Sync>,
    ) -> Self {
        let now = now();
        let mut mix = Mix::new(Arc::clone(&options.chimes), options.lead_in);
        let (volume, voice_volume) = (options.volume, options.voice_volume);
        let muted = is_muted(options.mute, volume, voice_volume);
        mix.set_levels(levels(options.mute, volume, voice_volume));
        Self {
            mix: Arc::new(Mutex::new(mix)),
            orders,
            report,
            volume,
            voice_volume,
            // Long enough ago that no fade is waited for.
            muted_since: muted.then(|| now.checked_sub(DEAD).unwrap_or(now)),
            live: None,
            known: None,
            attempts: Vec::new(),
            closing: 0,
            number: 0,
            backoff: Backoff::new(),
            next_try: now,
            try_until: now + TRY_FOR,
            sounds_until: now,
            awake_until: now + PROBE,
            silent: None,
            sounding: None,
            left: None,
            options,
        }
    }

    /// Runs until told to leave.
    pub(super) fn run(mut self, told: &Receiver<Order>) {
        loop {
            let now = now();
            let wake = self.step(now);
            let order = match wake {
                Some(at) => match told.recv_timeout(at.saturating_duration_since(now)) {
                    Ok(order) => order,
                    Err(RecvTimeoutError::Timeout) => continue,
                    Err(RecvTimeoutError::Disconnected) => return,
                },
                None => match told.recv() {
                    Ok(order) => order,
                    Err(_) => return,
                },
            };
            self.obey(order);
            // Several orders in a row are one step.
            while let Ok(order) = told.try_recv() {
                self.obey(order);
            }
            if let Some(left) = self.left.take() {
                self.leave(told);
                drop(left);
                return;
            }
        }
    }

    fn obey(&mut self, order: Order) {
        let now = now();
        match order {
            Order::Play(sound, manner) => {
                self.try_until = self.try_until.max(sound.due + TRY_FOR);
                lock(&self.mix).queue.push(sound, manner);
            }
            Order::CancelAll => {
                let told = lock(&self.mix).queue.cancel_all();
                self.tell(told);
            }
            Order::Hush => lock(&self.mix).hush(),
            Order::Volume(volume) => {
                self.volume = volume;
                self.set_level(now);
            }
            Order::VoiceVolume(volume) => {
                self.voice_volume = volume;
                self.set_level(now);
            }
            Order::Mute(mute) => {
                self.options.mute = mute;
                self.set_level(now);
            }
            Order::Device(device) => {
                self.options.device = device;
                self.known = None;
                // An open under way is for the old one.
                self.number += 1;
                self.close();
                self.next_try = now;
                self.awake_until = self.awake_until.max(now + PROBE);
            }
            Order::Wake(until) => self.awake_until = self.awake_until.max(until),
            Order::Opened(number, result) => self.opened(number, result, now),
            Order::Signal(number, signal) => self.signalled(number, signal, now),
            Order::Closed => self.closing = self.closing.saturating_sub(1),
            Order::ShutDown(left) => self.left = Some(left),
        }
    }

    fn set_level(&mut self, now: Instant) {
        let (mute, volume, voice) = (self.options.mute, self.volume, self.voice_volume);
        let muted = is_muted(mute, volume, voice);
        lock(&self.mix).set_levels(levels(mute, volume, voice));
        if !muted && self.muted_since.is_some() {
            self.next_try = now;
            self.try_until = self.try_until.max(now + TRY_FOR);
            self.awake_until = self.awake_until.max(now + PROBE);
        }
        self.muted_since = muted.then(|| self.muted_since.unwrap_or(now));
    }

    fn tell(&self, told: impl IntoIterator<Item = Told>) {
        for told in told {
            (self.report)(Report::Fate(told));
        }
    }

    fn silent(&mut self, reason: Reason) {
        if self.silent.as_ref() != Some(&reason) {
            self.silent = Some(reason.clone());
            (self.report)(Report::Silent(reason));
        }
    }

    /// Does what is to be done now and says when to look again, if ever.
    fn step(&mut self, now: Instant) -> Option<Instant> {
        let mut wake = Wake(None);
        self.drop_unheard(now);
        let need = self.need();
        let wanted = self.options.keep.wanted(now, &need);
        let (mut open, until) = match wanted {
            Wanted::Open { until } => (true, until),
            Wanted::Closed { until } => (false, until),
        };
        wake.at(until);
        if self.silent.is_some() && self.muted_since.is_none() {
            // Silence is worth ending early, but not for ever.
            let awaited = need.next_due.is_some() && open;
            open = awaited || now < self.try_until;
        }
        if self.live.is_some() {
            if open {
                wake.at(self.check_alive(now));
            } else {
                self.close();
            }
        }
        if self.live.is_none() && open && self.muted_since.is_none() {
            wake.at(self.try_open(now));
        }
        // A sound that nobody takes has to be told as dropped.
        if let Some(due) = need.next_due {
            if self.muted_since.is_some() {
                wake.at(Some(due));
            } else if !self.live.as_ref().is_some_and(|live| live.flows) || due < now {
                wake.at(Some((due + TOO_LATE).max(now) + Duration::from_millis(1)));
            }
        }
        wake.0
    }

    fn need(&self) -> Need {
        Need {
            next_due: lock(&self.mix).queue.next_due(),
            sounds_until: self.sounds_until,
            awake_until: self.awake_until,
            muted_since: self.muted_since,
        }
    }

    /// Tells of the sounds that are due and will not be heard.
    fn drop_unheard(&mut self, now: Instant) {
        let told = if self.muted_since.is_some() {
            lock(&self.mix).queue.drop_due(now, Dropped::Muted)
        } else {
            // A device that runs has taken it before.
            lock(&self.mix).queue.drop_late(now, Dropped::NoDevice)
        };
        self.tell(told);
    }

    /// Starts an open on a thread of its own, if it is time to; says when to look again.
    fn try_open(&mut self, now: Instant) -> Option<Instant> {
        if let Some(youngest) = self.attempts.last() {
            let age = now.saturating_duration_since(youngest.since);
            let current = youngest.number == self.number;
            let youngest_since = youngest.since;
            if age >= SLOW_OPEN {
                self.silent(Reason::NotAnswering);
            }
            if self.attempts.len() >= MOST_STUCK {
                return None;
            }
            if current && age < STUCK_OPEN {
                let next = if age < SLOW_OPEN {
                    SLOW_OPEN
                } else {
                    STUCK_OPEN
                };
                return Some(youngest_since + next);
            }
        }
        if now < self.next_try {
            return Some(self.next_try);
        }
        self.number += 1;
        let number = self.number;
        let (orders, signals) = (self.orders.clone(), self.orders.clone());
        let opening = Opening {
            wanted: self.options.device.clone(),
            period: self.options.period,
            mix: Arc::clone(&self.mix),
            // Nobody listens any more: nothing is lost.
            signal: move |signal| drop(signals.send(Order::Signal(number, signal))),
        };
        let known = self.known.take();
        let chimes = Arc::clone(&self.options.chimes);
        let started = std::thread::Builder::new()
            .name("sound-open".to_owned())
            .spawn(move || {
                let result = opening.open(known).map(Box::new);
                if result.is_ok() {
                    // Here nobody waits for it, and the mix must not.
                    chimes.prepare();
                }
                // When the owner has left, the device is closed here.
                drop(orders.send(Order::Opened(number, result)));
            });
        match started {
            Ok(_) => self.attempts.push(Attempt { number, since: now }),
            Err(error) => self.failed(error.to_string(), now),
        }
        Some(now + SLOW_OPEN)
    }

    fn opened(&mut self, number: u64, result: Result<Box<Open>, String>, now: Instant) {
        self.attempts.retain(|attempt| attempt.number != number);
        match result {
            Ok(open) if number == self.number && self.live.is_none() => {
                // A device that stands in for another is left as soon as that is there.
                let stands_in = open.known.instead_of.is_some();
                self.known = (!stands_in).then(|| open.known.clone());
                lock(&self.mix).begin_device();
                if self.sounding.is_none() {
                    // However long it took to open: looked at for a moment.
                    self.awake_until = self.awake_until.max(now + PROBE);
                }
                open.flow.adopted.store(true, Ordering::Release);
                self.live = Some(Live {
                    open,
                    number,
                    periods: 0,
                    errors: 0,
                    progress: now,
                    flows: false,
                });
                // Frames may have come before this was told that it is open.
                let periods = self.live.as_ref().map(|live| &live.open.flow.periods);
                if periods.is_some_and(|taken| taken.load(Ordering::Relaxed) >= FLOWS_AFTER) {
                    self.signalled(number, Signal::Flowing, now);
                }
            }
            Ok(open) => self.dispose(open),
            Err(why) if number == self.number => self.failed(why, now),
            Err(_) => {}
        }
    }

    fn failed(&mut self, why: String, now: Instant) {
        self.next_try = now + self.backoff.after_failure();
        self.silent(Reason::NoDevice(why));
    }

    fn signalled(&mut self, number: u64, signal: Signal, now: Instant) {
        match signal {
            Signal::Told(told) => {
                for (told, ends) in told {
                    self.sounds_until = self.sounds_until.max(ends);
                    self.tell([told]);
                }
            }
            Signal::Trouble => {}
            Signal::Flowing => {
                let Some(live) = self.live.as_mut().filter(|live| live.number == number) else {
                    return;
                };
                live.flows = true;
                self.backoff = Backoff::new();
                let sounding = live.open.sounding();
                if self.silent.take().is_some() {
                    // Kept for a moment: what opened may fail again.
                    self.awake_until = self.awake_until.max(now + PROBE);
                    (self.report)(Report::Back);
                }
                if self.sounding.as_ref() != Some(&sounding) {
                    self.sounding = Some(sounding.clone());
                    (self.report)(Report::Sounding(sounding));
                }
            }
        }
    }

    /// Looks whether frames flow; says when to look again.
    fn check_alive(&mut self, now: Instant) -> Option<Instant> {
        let live = self.live.as_mut()?;
        let periods = live.open.flow.periods.load(Ordering::Relaxed);
        let errors = live.open.flow.errors.load(Ordering::Relaxed);
        if periods != live.periods {
            live.periods = periods;
            live.errors = errors;
            live.progress = now;
        }
        let failing = errors != live.errors;
        let limit = if failing { DEAD_AFTER_ERROR } else { DEAD };
        if now < live.progress + limit {
            return Some(now + limit / 4);
        }
        let flowed = live.flows;
        let error = live.open.flow.first_error().filter(|_| failing);
        self.silent(error.map_or(Reason::Frozen, Reason::Lost));
        self.close();
        self.known = None;
        self.next_try = if flowed {
            now
        } else {
            now + self.backoff.after_failure()
        };
        self.try_until = self.try_until.max(now + TRY_FOR);
        None
    }

    fn close(&mut self) {
        if let Some(live) = self.live.take() {
            self.dispose(live.open);
        }
    }

    /// Closes a device on a thread that may hang with it.
    fn dispose(&mut self, open: Box<Open>) {
        open.flow.adopted.store(false, Ordering::Release);
        let orders = self.orders.clone();
        self.closing += 1;
        let closing = std::thread::Builder::new()
            .name("sound-close".to_owned())
            .spawn(move || {
                drop(open.stream);
                drop(orders.send(Order::Closed));
            });
        if closing.is_err() {
            self.closing -= 1;
        }
    }

    /// Fades what sounds and closes the device, both within bounds.
    fn leave(&mut self, told: &Receiver<Order>) {
        let now = now();
        // What opens from now on is not wanted any more.
        self.number += 1;
        if self.live.is_some() && now < self.sounds_until {
            lock(&self.mix).hush();
            self.wait(told, now + FADE * 2, |_| false);
        }
        self.close();
        self.wait(told, now + PATIENCE, |owner| owner.closing == 0);
        let unheard = lock(&self.mix).queue.cancel_all();
        self.tell(unheard);
    }

    fn wait(&mut self, told: &Receiver<Order>, until: Instant, done: impl Fn(&Self) -> bool) {
        while !done(self) {
            match told.recv_timeout(until.saturating_duration_since(now())) {
                Ok(order) => self.obey(order),
                Err(_) => return,
            }
        }
    }
}

/// Whether nothing at all is to be heard.
fn is_muted(mute: Mute, volume: Volume, voice: Volume) -> bool {
    mute == Mute::On || (volume == Volume::SILENT && voice == Volume::SILENT)
}

fn levels(mute: Mute, volume: Volume, voice: Volume) -> Levels {
    let heard = |volume: Volume| match mute {
        Mute::On => Volume::SILENT.gain(),
        Mute::Off => volume.gain(),
    };
    Levels {
        chimes: heard(volume),
        speech: heard(voice),
    }
}

/// The earliest of the times to look again.
struct Wake(Option<Instant>);

impl Wake {
    fn at(&mut self, at: Option<Instant>) {
        self.0 = match (self.0, at) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
}
