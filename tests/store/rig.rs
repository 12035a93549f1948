//! A recorder in a folder of its own, and a session told by hand.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use ashiatsu::clock::Clock;
use ashiatsu::plan::{Options, Plan};
use ashiatsu::session::{Command, Event, Input, InputKind, Session};
use ashiatsu::store::{Meta, Recorder, Report, SessionKey, Store};
use jiff::ZonedDateTime;

use crate::script::{both_sides, hold, rest, routine, step, step_with, transition};

/// Longer than anything here takes unless it is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A moment on the wall.
pub(crate) fn wall() -> ZonedDateTime {
    "2026-11-23T18:00:00.250+01:00[+01:00]".parse().unwrap()
}

/// Something of everything, so many times as fast.
pub(crate) fn plan(speed: &str, from: Option<usize>) -> Arc<Plan> {
    let routine = routine(
        "",
        [
            transition("Mount", 20, ""),
            step_with("Open", 60, "min: \"40s\", max: \"2m\""),
            both_sides([
                step_with("Glide", 90, "side: Left, min: \"31s\", max: \"3m\""),
                step_with("Fan", 45, "side: Left, min: \"30s\", max: \"1m\""),
            ]),
            hold(30),
            step("Press", 15),
            rest(10),
            step_with("Close", 70, "min: \"61s\", max: \"83s\""),
        ],
    );
    let options = Options {
        from,
        fit: None,
        speed: speed.parse().unwrap(),
    };
    Arc::new(Plan::new(&routine, &options).unwrap())
}

/// A recorder and what it reports.
pub(crate) fn recorder(folder: &Path) -> (Recorder, Receiver<Report>) {
    let (sender, reports) = mpsc::channel();
    let recorder = Recorder::start(Some(folder.to_owned()), Clock::new(), move |report| {
        // A test that has seen enough listens no more.
        let _ = sender.send(report);
    })
    .unwrap();
    (recorder, reports)
}

/// A session that is recorded while it is told.
pub(crate) struct Told {
    pub(crate) recorder: Recorder,
    pub(crate) session: Session,
    pub(crate) key: SessionKey,
    pub(crate) seq: u64,
}

impl Told {
    pub(crate) fn begin(recorder: Recorder, plan: Arc<Plan>) -> Self {
        Self::begin_on(recorder, plan, &wall())
    }

    pub(crate) fn begin_on(recorder: Recorder, plan: Arc<Plan>, wall: &ZonedDateTime) -> Self {
        let session = Session::new(Arc::clone(&plan));
        let key = recorder.begin(Meta::of("test"), plan, wall);
        Self {
            recorder,
            session,
            key,
            seq: 0,
        }
    }

    pub(crate) fn tell(&mut self, at: Duration, kind: InputKind) -> Vec<Event> {
        let input = Input {
            seq: self.seq,
            at: at.max(self.session.now()),
            kind,
        };
        self.seq += 1;
        let events = self.session.apply(&input);
        self.recorder.input(&input);
        events
    }

    pub(crate) fn press(&mut self, at: Duration, command: Command) -> Vec<Event> {
        self.tell(at, InputKind::Command(command))
    }
}

/// What the file has of a session is what ran.
pub(crate) fn assert_same(folder: &Path, key: SessionKey, ran: &Session) {
    let store = Store::open(folder).unwrap();
    let (mut stored, at) = store.session(key).unwrap();
    let mut ran = ran.clone();
    let at = at.max(ran.now());
    for session in [&mut stored, &mut ran] {
        session.apply(&Input {
            seq: u64::MAX,
            at,
            kind: InputKind::Advance,
        });
    }
    let (stored, ran) = (format!("{stored:#?}"), format!("{ran:#?}"));
    let differs = stored
        .lines()
        .zip(ran.lines())
        .enumerate()
        .find(|(_, (a, b))| a != b);
    assert_eq!(differs, None);
    assert_eq!(stored, ran);
}
