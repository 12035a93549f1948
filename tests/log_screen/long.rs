//! A log of many years.

use std::time::Instant;

use ashiatsu::routine::vocabulary::{Region, Side};
use ashiatsu::store::{Step, Store};
use ashiatsu::tui::screens::debrief::{self};
use ashiatsu::tui::screens::log::{self};
use crossterm::event::KeyCode;

use crate::rig::*;

/// So many sessions of 60 steps, as the store has them.
fn fill(folder: &std::path::Path, sessions: i64) {
    drop(Store::open(folder).unwrap());
    let mut file = rusqlite::Connection::open(folder.join(ashiatsu::store::FILE)).unwrap();
    let change = file.transaction().unwrap();
    change
        .execute("INSERT INTO plan VALUES (1, 0, '{}')", [])
        .unwrap();
    let steps: Vec<Step> = (1..=60)
        .map(|n| {
            let side = [Side::Left, Side::Right][n % 2];
            let mut step = step(n, "Gliding compression", Some(side), 60, 63);
            step.region = Some(Region::ALL[n % 12]);
            step
        })
        .collect();
    let steps = serde_json::to_string(&steps).unwrap();
    for n in 0..sessions {
        let ms = 1_500_000_000_000 + n * 26_000_000;
        change
            .prepare_cached(
                "INSERT INTO session (id, engine, program, routine, stem, kind, speed, prompts, \
                 checklists, left_out, plan, outcome, started_ms, started_s, ended_ms, ended_s, \
                 planned, actual, paused, felt) VALUES (?1, 1, '', ?2, '', 'practice', 1000, \
                 'full', 'done', '[]', 1, 'finished', ?1, 3600, ?1 + 3600000, 3600, \
                 3600000000000, 3780000000000, 0, 'hopping nails')",
            )
            .unwrap()
            .execute((ms, format!("Routine {}", n % 20)))
            .unwrap();
        change
            .prepare_cached("INSERT INTO detail VALUES (?1, ?2, '[]')")
            .unwrap()
            .execute((ms, &steps))
            .unwrap();
        for region in &Region::ALL[..12] {
            for side in ["Left", "Right"] {
                change
                    .prepare_cached("INSERT INTO worked VALUES (?1, ?2, ?3, ?4, ?4)")
                    .unwrap()
                    .execute((ms, region.word(), side, 150_000_000_000_i64))
                    .unwrap();
            }
        }
    }
    change.commit().unwrap();
}

/// Reads, draws and tells how long that took; `ASHIATSU_SESSIONS=10000` with
/// `--release --nocapture` gives the figure that is promised.
#[test]
fn a_long_log_opens() {
    let sessions = std::env::var("ASHIATSU_SESSIONS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(200);
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), sessions);
    #[expect(clippy::disallowed_methods, reason = "the figure is a time")]
    let now = Instant::now;
    let began = now();
    let store = Store::open_log(folder.path()).unwrap().unwrap();
    let opened = began.elapsed();
    let practised = log::load(&store, &settings(), TODAY).unwrap();
    let loaded = began.elapsed();
    let mut screen = log_of(practised);
    screen.picture((120, 40));
    press(&mut screen, code(KeyCode::Tab));
    screen.picture((120, 40));
    let drawn = began.elapsed();
    let review = debrief::load(&store, screen.entry().unwrap().key).unwrap();
    assert_eq!(review.before.len(), debrief::RUNS);
    assert_eq!(review.run.steps.len(), 60);
    debrief_of(review).picture((120, 40));
    let debriefed = began.elapsed();
    println!(
        "{sessions} sessions: opened {opened:?}, read {:?}, drawn {:?}, in all {drawn:?}; \
         debrief {:?}",
        loaded.checked_sub(opened).unwrap(),
        drawn.checked_sub(loaded).unwrap(),
        debriefed.checked_sub(drawn).unwrap(),
    );
}
