//! Some weeks of practice that nobody did, to be looked at.

#[path = "../../tests/support/entry.rs"]
mod entry;

use std::time::Duration;

use ashiatsu::plan::Speed;
use ashiatsu::routine::vocabulary::{Region, Side};
use ashiatsu::session::{Left, Outcome};
use ashiatsu::settings::{Goal, Settings};
use ashiatsu::store::{
    Entry, Felt, Kind, Meta, Prompts, Reason, RegionTotal, Resumable, SessionKey, StandsAt, Step,
};
use ashiatsu::tui::screens::debrief::{Review, Run};
use ashiatsu::tui::screens::log::PracticeLog;
use jiff::civil::date;

const MINUTE: Duration = Duration::from_secs(60);
/// The 13th of March 2026, 18:00 in Vienna.
const LAST: i64 = 1_773_421_200_000;

fn entry(days_ago: i64, routine: &str, minutes: u32) -> Entry {
    entry::entry(LAST, days_ago, routine, minutes)
}

/// The practice log.
pub(crate) fn log() -> PracticeLog {
    let mut entries = vec![
        Entry {
            note: Some("slower at the approach; look up while turning".to_owned()),
            felt: Some(vec![Felt::Hopping, Felt::Pinching]),
            actual: MINUTE * 38,
            paused: Duration::from_secs(75),
            ..entry(0, "Back basics", 40)
        },
        Entry {
            kind: Kind::Rehearsal,
            ..entry(1, "Full body", 90)
        },
        Entry {
            outcome: Outcome::EndedEarly,
            reason: Some(Reason::Time),
            actual: MINUTE * 31,
            prompts: Prompts::Chimes,
            felt: Some(Vec::new()),
            ..entry(3, "Prone flow", 60)
        },
        Entry {
            kind: Kind::Client,
            outcome: Outcome::Interrupted,
            actual: Duration::from_secs(740),
            from: Some(4),
            ..entry(8, "Gluteals and legs", 30)
        },
    ];
    for n in 0..9 {
        entries.push(Entry {
            felt: Some(if n % 2 == 0 {
                vec![Felt::Hopping]
            } else {
                vec![Felt::Draping, Felt::Hopping]
            }),
            ..entry(10 + 3 * n, "Back basics", 40)
        });
    }
    let total = |region, side, minutes: u32| RegionTotal {
        region,
        side,
        planned: MINUTE * minutes,
        actual: MINUTE * minutes,
    };
    let regions = vec![
        total(Region::UpperBack, Some(Side::Both), 200),
        total(Region::LowBack, Some(Side::Left), 130),
        total(Region::LowBack, Some(Side::Right), 104),
        total(Region::Feet, None, 12),
    ];
    let settings = Settings {
        goal: Some(Goal {
            sessions: Some(20),
            hours: Some(30),
        }),
        ..Settings::default()
    };
    PracticeLog::new(entries, regions, &settings, date(2026, 3, 14))
}

fn run(days_ago: i64, actual: [u64; 6]) -> Run {
    let (left, right) = (Some(Side::Left), Some(Side::Right));
    let steps = [
        ("Mount", None, 60),
        ("Effleurage", Some(Side::Both), 180),
        ("Cross-fibre friction", left, 120),
        ("Cross-fibre friction", right, 120),
        ("Gliding compression", left, 240),
        ("Gliding compression", right, 240),
    ];
    let steps = steps
        .into_iter()
        .zip(actual)
        .enumerate()
        .map(|(n, ((name, side, planned), actual))| Step {
            number: n + 1,
            name: name.to_owned(),
            region: (name != "Mount").then_some(Region::LowBack),
            side,
            planned: Duration::from_secs(planned),
            actual: Duration::from_secs(actual),
            skipped: name == "Effleurage" && actual < planned,
            left_out: false,
        })
        .collect();
    Run {
        entry: Entry {
            actual: Duration::from_secs(actual.iter().sum()),
            planned: MINUTE * 16,
            ..entry(days_ago, "Back basics", 16)
        },
        steps,
        cues: Vec::new(),
    }
}

/// One session of it, step by step.
pub(crate) fn review() -> Review {
    let mut last = run(0, [60, 150, 175, 124, 240, 228]);
    last.entry.prompts = Prompts::Names;
    last.entry.felt = Some(vec![Felt::Hopping]);
    Review {
        run: last,
        before: vec![
            run(3, [60, 180, 130, 120, 240, 240]),
            run(6, [90, 180, 150, 90, 250, 200]),
        ],
    }
}

/// A session that was interrupted.
pub(crate) fn interrupted() -> Resumable {
    Resumable {
        key: SessionKey(1),
        routine: "Prone flow".to_owned(),
        meta: Meta::of("prone-flow"),
        speed: Speed::REAL,
        last: Some(entry::wall(LAST)),
        time_in: Duration::from_secs(1540),
        step: Some(StandsAt {
            number: 14,
            name: "Gliding compression".to_owned(),
            region: Some(Region::LowBack),
            side: Some(Side::Left),
            left: Left::Time(Duration::from_secs(75)),
        }),
    }
}
