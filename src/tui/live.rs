//! A session as it runs in the shell: it is fed the time and the therapist's
//! commands, and what it answers becomes orders for the speaker and lines for
//! the screen. It asks no clock itself: the loop tells it what time it is.

mod said;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Unit, ZonedDateTime};

use crate::cue::Cue;
use crate::plan::{Plan, Segment, Work};
use crate::routine::Sound;
use crate::routine::time::{clock, round_seconds};
use crate::routine::vocabulary::Side;
use crate::session::{
    Command, CueId, DueCue, Event, FitResult, Input, InputKind, Left, Manner, Session, State,
};
use crate::store::Prompts;
use crate::tui::widgets::pacer::Pace;
use crate::voice;

pub use said::Effect;

/// What time it is, on both clocks.
#[derive(Debug, Clone)]
pub struct Now {
    /// Since the program began; stands still in sleep.
    pub mono: Duration,
    /// On the wall.
    pub wall: ZonedDateTime,
}

/// What the speaker is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SoundOrder {
    /// A cue that is foreseen.
    Schedule(Chime),
    /// A cue that answers a press: what sounds fades, then it sounds at once.
    Press(Chime),
    /// Nothing that was foreseen falls due any more.
    CancelForeseen,
    /// What sounds fades.
    Hush,
    /// Another volume, from 0 to 100.
    Volume(u8),
    /// Another volume of what is spoken, from 0 to 100.
    VoiceVolume(u8),
    /// Silence, or not.
    Mute(Muted),
    /// Another device, by its id or name; the default one if absent.
    Device(Option<String>),
    /// A press is expected until then, since the program began.
    Awake(Duration),
}

/// One cue for the speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chime {
    /// Its name in the session; none for one that is only tried.
    pub id: Option<CueId>,
    /// What it means.
    pub cue: Cue,
    /// What sounds instead of the cue's own chime.
    pub instead: Option<Sound>,
    /// What is spoken after it, where the voice is on.
    pub line: Option<String>,
    /// When, since the program began.
    pub due: Duration,
}

/// Whether cues sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Muted {
    /// They don't.
    Yes,
    /// They do.
    No,
}

/// How far ahead the speaker is told.
const HORIZON: Duration = Duration::from_secs(10);
/// How near to the planned end counts as on time.
const ON_TIME: SignedDuration = SignedDuration::from_secs(5);

/// A running session.
#[derive(Debug, Clone)]
pub struct Live {
    session: Session,
    /// When its time was what, on the program's clock.
    begun: Begun,
    seq: u64,
    /// What the speaker was told of that has not fallen due.
    foreseen: BTreeSet<CueId>,
    planned: Duration,
    prompts: Prompts,
    /// When the session was to end by the plan; known once it has started.
    planned_end: Option<ZonedDateTime>,
    end_is: EndIs,
}

/// What the planned end goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EndIs {
    /// The plan's length, from when it began.
    ByLength,
    /// The clock on the wall, as she chose: somebody may be waiting.
    ByTheClock,
}

/// What came of telling the session something.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// What happened.
    pub events: Vec<Event>,
    /// What the speaker is to do.
    pub orders: Vec<SoundOrder>,
    /// The cues that have just fallen due, for the eye.
    pub fallen: Vec<Cue>,
    /// What the session was told, to be kept; none for time alone.
    pub input: Option<Input>,
    /// What the therapist wanted, if it was she who told it.
    pub command: Option<Command>,
    /// What that did to the times.
    pub effect: Option<Effect>,
}

impl Live {
    /// Starts getting ready, `lead` from now: time for a sound device to open
    /// before the first call.
    #[must_use]
    pub fn start(plan: Plan, lead: Duration, now: &Now) -> Self {
        let planned = plan.length();
        Self {
            session: Session::new(Arc::new(plan)),
            begun: Begun::at(now.mono + lead, Duration::ZERO),
            seq: 0,
            foreseen: BTreeSet::new(),
            planned,
            prompts: Prompts::Full,
            planned_end: None,
            end_is: EndIs::ByLength,
        }
    }

    /// The same with so much told.
    #[must_use]
    pub const fn with_prompts(mut self, prompts: Prompts) -> Self {
        self.prompts = prompts;
        self
    }

    /// The same, to end then by the clock.
    #[must_use]
    pub fn until(mut self, end: Option<ZonedDateTime>) -> Self {
        if end.is_some() {
            self.end_is = EndIs::ByTheClock;
            self.planned_end = end;
        }
        self
    }

    /// How much is told.
    #[must_use]
    pub const fn prompts(&self) -> Prompts {
        self.prompts
    }

    /// Goes on, paused, with a session that was interrupted: its time is
    /// `at` now, its next input `seq`. What is left of it is its new plan for
    /// the end.
    #[must_use]
    pub fn go_on(session: Session, at: Duration, seq: u64, now: &Now) -> Self {
        let planned = session.plan().length();
        let remaining = signed(session.remaining(at));
        Self {
            session,
            // It may have begun before the program did.
            begun: Begun::at(now.mono, at),
            seq,
            foreseen: BTreeSet::new(),
            planned,
            prompts: Prompts::Full,
            planned_end: now.wall.checked_add(remaining).ok(),
            end_is: EndIs::ByLength,
        }
    }

    /// The session itself.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// The session's time.
    #[must_use]
    pub fn at(&self, now: &Now) -> Duration {
        self.begun.session_time(now.mono)
    }

    /// Lets time pass.
    pub fn advance(&mut self, now: &Now) -> Answer {
        self.tell(InputKind::Advance, now)
    }

    /// Passes a command on.
    pub fn command(&mut self, command: Command, now: &Now) -> Answer {
        self.tell(InputKind::Command(command), now)
    }

    /// Fits what is left to the planned end.
    pub fn fit(&mut self, now: &Now) -> Answer {
        let remaining = self.until_planned_end(now);
        self.command(Command::Fit { remaining }, now)
    }

    /// From now to the planned end.
    fn until_planned_end(&self, now: &Now) -> Duration {
        self.planned_end.as_ref().map_or_else(
            || self.session.remaining(self.at(now)),
            |end| Duration::try_from(now.wall.duration_until(end)).unwrap_or_default(),
        )
    }

    /// What a fit would do about being behind an end that stands fixed; it is
    /// offered, never done by itself.
    fn offers_fit(&self, now: &Now) -> Option<String> {
        if self.end_is == EndIs::ByLength {
            return None;
        }
        let at = self.at(now);
        let fitting = self.session.fitting(at, self.until_planned_end(now)).ok()?;
        let gains = self.session.remaining(at).saturating_sub(fitting.lasting);
        match fitting.result {
            _ if signed(gains) < ON_TIME => None,
            FitResult::Met => Some("f fits".to_owned()),
            _ => Some(format!("f saves {}", clock(round_seconds(gains)))),
        }
    }

    /// What a changed routine's plan is for this session: its steps are known
    /// by the names that they have here.
    #[must_use]
    pub fn revised(&self, fresh: Plan) -> Arc<Plan> {
        Arc::new(self.session.plan().revised(fresh))
    }

    /// Whether the step being worked is in a revised plan; before the first
    /// and after the last, there is none to be missed.
    #[must_use]
    pub fn fits_in(&self, revised: &Plan) -> bool {
        self.session
            .segment()
            .is_none_or(|segment| revised.index_of(segment.id).is_some())
    }

    /// Goes on by a revised plan, which has the step being worked. The planned
    /// end moves by what it is longer from here on: nobody is late for it.
    pub fn revise(&mut self, revised: Arc<Plan>, now: &Now) -> Answer {
        let left = |live: &Self| signed(live.session.remaining(live.at(now)));
        let before = left(self);
        self.planned = revised.length();
        let answer = self.tell(InputKind::PlanRevised(revised), now);
        let longer = left(self) - before;
        if let Some(end) = &mut self.planned_end {
            *end = end.checked_add(longer).unwrap_or_else(|_| end.clone());
        }
        answer
    }

    /// The machine slept from the last known moment on: the session stands
    /// still since then, paused.
    pub fn slept(&mut self, now: &Now) -> Answer {
        self.tell(InputKind::Slept, now)
    }

    fn tell(&mut self, kind: InputKind, now: &Now) -> Answer {
        let input = Input {
            seq: self.seq,
            // A press is told with the time at which it was made.
            at: self.at(now).max(self.session.now()),
            kind,
        };
        self.seq += 1;
        let mut answer = Answer::default();
        let before = match input.kind {
            InputKind::Command(command) => {
                answer.command = Some(command);
                let mut before = self.session.clone();
                before.apply(&Input {
                    kind: InputKind::Advance,
                    ..input.clone()
                });
                Some(before)
            }
            _ => None,
        };
        let events = self.session.apply(&input);
        answer.effect =
            before.map(|before| Effect::between(&before, &self.session, self.session.now()));
        if input.kind != InputKind::Advance {
            answer.input = Some(input);
        }
        let mut late = None;
        for event in &events {
            match event {
                Event::Opened { at, .. } if self.planned_end.is_none() => {
                    let ago = signed(self.at(now).saturating_sub(*at));
                    let planned = signed(self.planned);
                    self.planned_end = now.wall.checked_add(planned - ago).ok();
                }
                Event::CuesCancelled { .. } => {
                    self.foreseen.clear();
                    answer.orders.push(SoundOrder::CancelForeseen);
                }
                Event::Paused { .. } => answer.orders.push(SoundOrder::Hush),
                Event::Cue(due) if !self.prompts.sounds(due.cue) => {}
                Event::Cue(due) => {
                    answer.fallen.push(due.cue);
                    match due.manner {
                        Manner::Pressed => {
                            let order = SoundOrder::Press(self.chime(due));
                            answer.orders.push(order);
                        }
                        Manner::Scheduled if self.foreseen.remove(&due.id) => {}
                        // A late wake: of several that were missed only the latest sounds.
                        Manner::Scheduled => late = Some(due.clone()),
                    }
                }
                _ => {}
            }
        }
        answer
            .orders
            .extend(late.map(|due| SoundOrder::Schedule(self.chime(&due))));
        for due in self.session.upcoming(self.at(now), HORIZON) {
            if self.prompts.sounds(due.cue) && self.foreseen.insert(due.id) {
                answer.orders.push(SoundOrder::Schedule(self.chime(&due)));
            }
        }
        answer.events = events;
        answer
    }

    /// What the speaker was told does not count any more: tell it again.
    pub fn forget_foreseen(&mut self) {
        self.foreseen.clear();
    }

    fn chime(&self, due: &DueCue) -> Chime {
        let opened = due
            .step
            .and_then(|step| self.session.plan().index_of(step))
            .and_then(|index| self.session.plan().segments.get(index))
            .filter(|segment| segment.opens == due.cue);
        Chime {
            id: Some(due.id),
            cue: due.cue,
            instead: opened.and_then(|segment| segment.sound.clone()),
            line: due
                .step
                .filter(|_| self.prompts.shows_lines())
                .and_then(|step| voice::line(self.session.plan(), step, due.cue)),
            due: self.begun.program_time(due.at),
        }
    }

    /// When something changes by itself next, in the session or in what is
    /// shown of it, since the program began; never while nothing moves.
    #[must_use]
    pub fn next_change(&self, now: &Now) -> Option<Duration> {
        let at = self.at(now);
        let deadline = self.session.deadline();
        let second = match self.session.state() {
            State::Running(_) => self.session.left(at).map(|left| {
                let second = Duration::from_secs(1);
                let over = |time: Duration| Duration::from_nanos(u64::from(time.subsec_nanos()));
                at + match left {
                    Left::Time(left) if over(left).is_zero() => second,
                    Left::Time(left) => over(left),
                    Left::Over(time) => second.saturating_sub(over(time)),
                }
            }),
            _ => None,
        };
        let next = match (deadline, second) {
            (Some(a), Some(b)) => a.min(b),
            (a, b) => a.or(b)?,
        };
        Some(self.begun.program_time(next))
    }

    /// The pace of the stroke being worked, and how far into it one is in real
    /// time; none in a pause, for a transition, or without a pace.
    #[must_use]
    pub fn breath(&self, now: &Now) -> Option<(Pace, Duration)> {
        let State::Running(visit) = self.session.state() else {
            return None;
        };
        let Work::Stroke {
            pace: Some(pace), ..
        } = self.session.segment()?.work
        else {
            return None;
        };
        Some((Pace::new(pace)?, visit.position(self.at(now))))
    }

    /// When it will end if nobody does anything, to the second: a fit is met to
    /// the millisecond, and must not read as the minute before.
    #[must_use]
    pub fn ends(&self, now: &Now) -> Option<ZonedDateTime> {
        let remaining = self.session.remaining(self.at(now));
        let ends = now.wall.checked_add(signed(remaining)).ok()?;
        ends.round(Unit::Second).ok()
    }

    /// "ends 15:02, 0:40 behind".
    #[must_use]
    pub fn end_line(&self, now: &Now) -> Option<(String, String)> {
        let ends = self.ends(now)?;
        let line = format!("ends {}", ends.strftime("%H:%M"));
        let off = match &self.planned_end {
            Some(planned) => {
                let late = planned.duration_until(&ends);
                let span = |late: SignedDuration| clock(round_seconds(late.unsigned_abs()));
                if late > ON_TIME {
                    let behind = format!("{} behind", span(late));
                    match self.offers_fit(now) {
                        Some(offer) => format!("{behind} · {offer}"),
                        None => behind,
                    }
                } else if late < -ON_TIME {
                    format!("{} ahead", span(late))
                } else {
                    "on time".to_owned()
                }
            }
            None => String::new(),
        };
        Some((line, off))
    }

    /// The side to which the time added here can be given as well, now.
    #[must_use]
    pub fn offers_even(&self, now: &Now) -> Option<Side> {
        let twin = self.session.evening(self.at(now)).ok()?.index;
        self.session.plan().segments.get(twin)?.side
    }

    /// The step after the current one.
    #[must_use]
    pub fn next_segment(&self) -> Option<&Segment> {
        self.session.coming().first()
    }
}

/// Ties the session's time to the program's.
#[derive(Debug, Clone, Copy)]
struct Begun {
    mono: Duration,
    at: Duration,
}

impl Begun {
    const fn at(mono: Duration, at: Duration) -> Self {
        Self { mono, at }
    }

    fn session_time(self, mono: Duration) -> Duration {
        (mono + self.at).saturating_sub(self.mono)
    }

    fn program_time(self, at: Duration) -> Duration {
        (self.mono + at).saturating_sub(self.at)
    }
}

fn signed(time: Duration) -> SignedDuration {
    SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX)
}
