//! Ten thousand stored sessions: `store_years FOLDER [SESSIONS]` makes them
//! through the recorder where there are none yet, then measures what the log's
//! screen and its export read.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement: what goes wrong stops it, and its figures are its purpose"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ashiatsu::clock::Clock;
use ashiatsu::plan::Plan;
use ashiatsu::routine::read::{self, NoSounds};
use ashiatsu::session::{Command, Input, InputKind, Session};
use ashiatsu::store::{FILE, Meta, Recorder, Store, Totals};

/// As many as wait for the disk at once.
const BATCH: u64 = 40;
const REGIONS: [&str; 6] = ["Back", "LowBack", "Hips", "Glutes", "Hamstrings", "Calves"];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "store-years".to_owned());
    let folder = Path::new(&folder);
    let sessions = arguments
        .next()
        .map_or(10_000, |text| text.parse().unwrap());
    let clock = Clock::new();
    if !folder.join(FILE).exists() {
        fill(folder, clock, sessions);
        let size = std::fs::metadata(folder.join(FILE)).unwrap().len();
        println!(
            "{sessions} sessions: {} MB, {} bytes each; written in {:?}",
            size / 1_000_000,
            size / sessions,
            clock.now()
        );
    }
    for _ in 0..3 {
        let begun = clock.now();
        let store = Store::open_log(folder).unwrap().unwrap();
        let opened = clock.now();
        let entries = store.log(None).unwrap();
        let read = clock.now();
        let totals = Totals::of(&entries);
        let summed = clock.now();
        let regions = store.regions(None).unwrap();
        let done = clock.now();
        println!(
            "opened {:?}, {} entries {:?}, totals of {} weeks {:?}, {} regions {:?}: {:?}",
            opened.abs_diff(begun),
            entries.len(),
            read.abs_diff(opened),
            totals.weeks.len(),
            summed.abs_diff(read),
            regions.len(),
            done.abs_diff(summed),
            done.abs_diff(begun),
        );
    }
}

fn plan() -> Plan {
    let mut steps = String::new();
    for (n, region) in REGIONS.iter().cycle().take(60).enumerate() {
        let side = if n % 2 == 0 { "Left" } else { "Right" };
        let step = format!("stroke: \"Stroke {n}\", region: {region}, side: {side}");
        steps.extend(["Step(", &step, ", time: \"1m\"),"]);
    }
    let text = format!(
        "Routine(format: 1, name: \"Sixty\", phases: [Phase(name: \"All\", position: Prone, steps: [{steps}])])"
    );
    Plan::whole(&read::read(&text, &NoSounds).unwrap())
}

fn fill(folder: &Path, clock: Clock, sessions: u64) {
    let first: jiff::ZonedDateTime = "2020-01-01T09:00:00+01:00[+01:00]".parse().unwrap();
    let plan = Arc::new(plan());
    for from in (0..sessions).step_by(usize::try_from(BATCH).unwrap()) {
        let recorder = Recorder::start(Some(folder.to_owned()), clock, |report| {
            println!("{report}");
        })
        .unwrap();
        for n in from..sessions.min(from + BATCH) {
            let day = i64::try_from(n).unwrap();
            let wall = first.checked_add(jiff::Span::new().hours(day * 6)).unwrap();
            let _key = recorder.begin(Meta::of("sixty"), Arc::clone(&plan), &wall);
            let mut session = Session::new(Arc::clone(&plan));
            for seq in 0..20 {
                let command = match seq {
                    19 => Command::End,
                    _ if seq % 2 == 0 => Command::More,
                    _ => Command::Less,
                };
                let input = Input {
                    seq,
                    at: Duration::from_secs(10 + seq * 180),
                    kind: InputKind::Command(command),
                };
                session.apply(&input);
                recorder.input(&input);
            }
            recorder.close();
        }
        recorder.shut_down(Duration::from_secs(600)).unwrap();
    }
}
