//! Routines in a few words, and a driver that lets a test read like a script:
//! at this second she presses that, and this is what she hears.

#![allow(
    dead_code,
    reason = "several test crates share it and none uses all of it"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test: what is wrong with it shall fail loudly"
)]
#![allow(
    clippy::needless_pass_by_value,
    reason = "a script reads better without borrows"
)]

use std::sync::Arc;
use std::time::Duration;

use ashiatsu::plan::{Options, Plan};
use ashiatsu::routine::Routine;
use ashiatsu::routine::read::{self, NoSounds};
use ashiatsu::session::{
    Command, DueCue, Event, GET_READY, Input, InputKind, Left, PauseBy, Record, Refusal, Session,
    State,
};

/// Something that she does.
pub(crate) type Act = fn(&mut Script);

/// That many seconds.
pub(crate) fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// A stroke on the back.
pub(crate) fn step(stroke: &str, seconds: u32) -> String {
    step_with(stroke, seconds, "")
}

/// A stroke on the back with more fields.
pub(crate) fn step_with(stroke: &str, seconds: u32, fields: &str) -> String {
    format!("Step(stroke: \"{stroke}\", region: Back, time: \"{seconds}s\", {fields}),")
}

/// A transition.
pub(crate) fn rest(seconds: u32) -> String {
    transition("Rest", seconds, "")
}

/// A transition that waits for the therapist.
pub(crate) fn hold(seconds: u32) -> String {
    transition("SitUp", seconds, "hold: true")
}

/// A transition of that kind with more fields.
pub(crate) fn transition(kind: &str, seconds: u32, fields: &str) -> String {
    format!("Transition(kind: {kind}, time: \"{seconds}s\", {fields}),")
}

/// Both sides of these.
pub(crate) fn both_sides<const N: usize>(items: [String; N]) -> String {
    format!("BothSides([{}]),", items.concat())
}

/// The routine that the text means.
pub(crate) fn read(text: &str) -> Routine {
    read::read(text, &NoSounds).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"))
}

/// A routine of these phases, with more fields.
pub(crate) fn routine_of(fields: &str, phases: &str) -> Routine {
    read(&format!(
        "Routine(format: 1, name: \"Test\", {fields} phases: [{phases}])"
    ))
}

/// A routine of one prone phase of these items, with more fields.
pub(crate) fn routine<const N: usize>(fields: &str, items: [String; N]) -> Routine {
    routine_of(
        fields,
        &format!(
            "Phase(name: \"Back\", position: Prone, steps: [{}])",
            items.concat()
        ),
    )
}

/// The plan of these items, with the usual 10 s of warning.
pub(crate) fn plan<const N: usize>(items: [String; N]) -> Plan {
    Plan::whole(&routine("", items))
}

/// One session, its clock in seconds from the moment at which the first step
/// opens.
pub(crate) struct Script {
    pub(crate) session: Session,
    pub(crate) inputs: Vec<Input>,
    pub(crate) events: Vec<Event>,
    /// What the last input brought.
    pub(crate) last: Vec<Event>,
    at: Duration,
}

impl Script {
    /// A session of these items, with the usual 10 s of warning.
    pub(crate) fn of<const N: usize>(items: [String; N]) -> Self {
        Self::with(plan(items))
    }

    /// The same without any warning.
    pub(crate) fn unwarned<const N: usize>(items: [String; N]) -> Self {
        Self::with(Plan::whole(&routine("prepare: \"0s\",", items)))
    }

    /// The same that many times as fast as written.
    pub(crate) fn sped<const N: usize>(speed: &str, items: [String; N]) -> Self {
        let options = Options {
            speed: speed.parse().unwrap(),
            ..Options::default()
        };
        Self::with(Plan::new(&routine("", items), &options).unwrap())
    }

    pub(crate) fn with(plan: Plan) -> Self {
        Self {
            session: Session::new(Arc::new(plan)),
            inputs: Vec::new(),
            events: Vec::new(),
            last: Vec::new(),
            at: Duration::ZERO,
        }
    }

    pub(crate) fn give_at(&mut self, at: Duration, kind: InputKind) -> &mut Self {
        let input = Input {
            seq: u64::try_from(self.inputs.len()).unwrap(),
            at,
            kind,
        };
        self.last = self.session.apply(&input);
        self.events.extend_from_slice(&self.last);
        self.inputs.push(input);
        self
    }

    pub(crate) fn give(&mut self, kind: InputKind) -> &mut Self {
        self.give_at(self.at, kind)
    }

    /// That many seconds after the first step opens; before it, negative.
    pub(crate) fn at(&mut self, seconds: f64) -> &mut Self {
        self.at = secs(GET_READY.as_secs_f64() + seconds);
        self.give(InputKind::Advance)
    }

    pub(crate) fn tell(&mut self, command: Command) -> &mut Self {
        self.give(InputKind::Command(command))
    }

    pub(crate) fn next(&mut self) -> &mut Self {
        self.tell(Command::Next)
    }

    pub(crate) fn back(&mut self) -> &mut Self {
        self.tell(Command::Back)
    }

    pub(crate) fn ready(&mut self) -> &mut Self {
        self.tell(Command::Ready)
    }

    pub(crate) fn more(&mut self) -> &mut Self {
        self.tell(Command::More)
    }

    pub(crate) fn less(&mut self) -> &mut Self {
        self.tell(Command::Less)
    }

    pub(crate) fn even(&mut self) -> &mut Self {
        self.tell(Command::Even)
    }

    pub(crate) fn linger(&mut self) -> &mut Self {
        self.tell(Command::Linger)
    }

    pub(crate) fn fit(&mut self, seconds: f64) -> &mut Self {
        self.tell(Command::Fit {
            remaining: secs(seconds),
        })
    }

    pub(crate) fn undo(&mut self) -> &mut Self {
        self.tell(Command::Undo)
    }

    pub(crate) fn pause(&mut self) -> &mut Self {
        self.tell(Command::Pause(PauseBy::Press))
    }

    pub(crate) fn resume(&mut self) -> &mut Self {
        self.tell(Command::Resume)
    }

    pub(crate) fn revise(&mut self, plan: Plan) -> &mut Self {
        self.give(InputKind::PlanRevised(Arc::new(plan)))
    }

    /// The number of the step that she is in.
    pub(crate) fn step(&self) -> Option<usize> {
        self.session.segment().map(|segment| segment.number)
    }

    /// What the screen shows as left: seconds, and negative what it is over.
    pub(crate) fn left(&self) -> f64 {
        match self.session.left(self.session.now()) {
            Some(Left::Time(left)) => left.as_secs_f64(),
            Some(Left::Over(over)) => -over.as_secs_f64(),
            None => panic!("no step: {:?}", self.session.state()),
        }
    }

    /// Where she is: the step's number and what the screen shows as left.
    pub(crate) fn place(&self) -> (usize, f64) {
        (self.step().unwrap(), self.left())
    }

    /// How long the step of that index is to last.
    pub(crate) fn lasts(&self, index: usize) -> f64 {
        self.session.allotted(index).as_secs_f64()
    }

    /// How long all steps are to last.
    pub(crate) fn all_last(&self) -> Vec<Duration> {
        (0..self.session.plan().segments.len())
            .map(|index| self.session.allotted(index))
            .collect()
    }

    pub(crate) fn record(&self, index: usize) -> Record {
        let id = self.session.plan().segments.get(index).unwrap().id;
        self.session.record(id, self.session.now())
    }

    pub(crate) fn worked(&self, index: usize) -> f64 {
        self.record(index).worked.as_secs_f64()
    }

    pub(crate) fn is_paused(&self) -> bool {
        matches!(self.session.state(), State::Paused { .. })
    }

    pub(crate) fn is_finished(&self) -> bool {
        matches!(self.session.state(), State::Finished { .. })
    }

    /// Why the last command did nothing, if it did nothing.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        match self.last.as_slice() {
            [Event::Refused { why, .. }] => Some(*why),
            _ => None,
        }
    }

    /// Every cue that fell due.
    pub(crate) fn cues(&self) -> Vec<DueCue> {
        self.events.iter().filter_map(cue).collect()
    }

    /// What she heard from the first step on, for example "50 prepare".
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard_since(0.0)
    }

    /// What she heard after that moment or at it.
    pub(crate) fn heard_since(&self, seconds: f64) -> Vec<String> {
        self.cues()
            .into_iter()
            .map(|due| {
                (
                    due.at.as_secs_f64() - GET_READY.as_secs_f64(),
                    due.cue.name(),
                )
            })
            .filter(|(at, _)| *at >= seconds - 1e-6)
            .map(|(at, name)| format!("{} {name}", (at * 1000.0).round() / 1000.0))
            .collect()
    }
}

pub(crate) fn cue(event: &Event) -> Option<DueCue> {
    match event {
        Event::Cue(due) => Some(due.clone()),
        _ => None,
    }
}
