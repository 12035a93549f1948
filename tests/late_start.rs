//! Ten minutes behind, the end fixed by the clock, the fit accepted: it ends on
//! time to the millisecond, no step is shorter than its least, and left and
//! right get the same.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test: what is wrong with it shall fail loudly"
)]

use std::time::Duration;

use ashiatsu::library::{Entry, Library};
use ashiatsu::plan::Plan;
use ashiatsu::session::{Command, Event, FitResult, PauseBy, State};
use ashiatsu::tui::live::{Live, Now};
use jiff::{SignedDuration, ZonedDateTime};

const TEN_MINUTES: Duration = Duration::from_secs(600);

/// A clock on the wall in Berlin, half an hour before it leaps to summer time.
fn at(mono: Duration) -> Now {
    let start: ZonedDateTime = "2026-03-29T01:30:00+01:00[Europe/Berlin]".parse().unwrap();
    let since = SignedDuration::try_from(mono).unwrap();
    Now {
        mono,
        wall: start.checked_add(since).unwrap(),
    }
}

/// Lets the session run to its end, ready at once whenever it waits; when that
/// was, on the wall.
fn finish(live: &mut Live, mut mono: Duration) -> ZonedDateTime {
    loop {
        if let State::Finished { at: finished } = live.session().state() {
            // Session time and the program's differ by nothing here.
            return at(*finished).wall;
        }
        let Some(next) = live.session().deadline() else {
            panic!("nothing moves: {:?}", live.session().state());
        };
        mono = mono.max(next);
        let answer = live.advance(&at(mono));
        if answer
            .events
            .iter()
            .any(|event| matches!(event, Event::TimeUp { .. }))
        {
            live.command(Command::Ready, &at(mono));
        }
    }
}

fn holds_what_it_promises(live: &Live, end: &ZonedDateTime, ended: &ZonedDateTime) {
    let off = end.duration_until(ended).abs();
    assert!(off < SignedDuration::from_millis(1), "{off} off");
    let session = live.session();
    let worked = |id| session.record(id, session.now()).worked;
    let mut pairs = 0;
    for segment in &session.plan().segments {
        let got = worked(segment.id);
        assert!(
            got >= segment.min,
            "step {}: {got:?} of at least {:?}",
            segment.number,
            segment.min
        );
        if let Some(twin) = segment.twin {
            assert_eq!(got, worked(twin), "step {}", segment.number);
            pairs += 1;
        }
    }
    assert!(pairs > 0, "no sides to compare");
}

/// The routines that can give ten minutes.
fn supple() -> impl Iterator<Item = Plan> {
    let shipped = Library::load(None);
    let entries: Vec<Entry> = shipped.entries().cloned().collect();
    entries
        .into_iter()
        .map(|entry| Plan::whole(&entry.content.unwrap()))
        // Some of what can go is in the first step, which is begun.
        .filter(|plan| plan.shortest() + TEN_MINUTES + Duration::from_secs(120) < plan.length())
}

#[test]
fn begun_ten_minutes_late_and_fitted_before_the_start() {
    let mut tried = 0;
    for plan in supple() {
        // As pre-flight fits it: to what is left until the end after 3, 2, 1.
        let countdown = Duration::from_secs(3);
        let length = plan.length().checked_sub(TEN_MINUTES).unwrap();
        let end = at(countdown + length).wall;
        let fitted = plan.clone().nearest(length);
        let mut live = Live::start(fitted, Duration::ZERO, &at(Duration::ZERO));
        live = live.until(Some(end.clone()));
        let ended = finish(&mut live, Duration::ZERO);
        holds_what_it_promises(&live, &end, &ended);
        tried += 1;
    }
    assert!(tried > 0);
}

#[test]
fn ten_minutes_lost_at_the_start_and_fitted_by_f() {
    let mut tried = 0;
    for plan in supple() {
        let start = Duration::from_secs(3);
        let end = at(start + plan.length()).wall;
        let mut live = Live::start(plan, Duration::ZERO, &at(Duration::ZERO));
        live = live.until(Some(end.clone()));
        live.advance(&at(start + Duration::from_millis(1234)));
        live.command(
            Command::Pause(PauseBy::Press),
            &at(start + Duration::from_millis(1234)),
        );
        let late = start + Duration::from_millis(1234) + TEN_MINUTES;
        live.command(Command::Resume, &at(late));
        let (_, off) = live.end_line(&at(late)).unwrap();
        assert_eq!(off, "10:00 behind · f fits");
        let answer = live.fit(&at(late));
        let met = answer.events.iter().any(|event| {
            matches!(
                event,
                Event::Fitted {
                    result: FitResult::Met,
                    ..
                }
            )
        });
        assert!(met, "{:?}", answer.events);
        assert_eq!(live.end_line(&at(late)).unwrap().1, "on time");
        let ended = finish(&mut live, late);
        holds_what_it_promises(&live, &end, &ended);
        tried += 1;
    }
    assert!(tried > 0);
}
