//! The practice log, as it is read by people and programs.

use std::path::Path;
use std::process::Command as Process;

use ashiatsu::routine::vocabulary::Side;
use ashiatsu::session::{Command, CueId};
use ashiatsu::store::{Felt, Heard, Kind, Meta, Reason, SessionKey, Store, Totals};
use serde_json::{Value, json};

use crate::rig::{PATIENCE, Told, plan, recorder, s, wall};
use crate::script::{routine, step_with, transition};
use ashiatsu::plan::Plan;
use ashiatsu::session::Session;
use std::sync::Arc;

/// A short session: a mount of 20 s, half a minute of a minute's glide.
fn practise(folder: &Path, name: &str, kind: Kind) -> SessionKey {
    let mut plan = Plan::whole(&routine(
        "",
        [
            transition("Mount", 20, ""),
            step_with("Glide", 60, "side: Left"),
        ],
    ));
    name.clone_into(&mut plan.name);
    let plan = Arc::new(plan);
    let (recorder, _reports) = recorder(folder);
    let meta = Meta {
        kind,
        ..Meta::of("test")
    };
    let key = recorder.begin(meta, Arc::clone(&plan), &wall());
    let mut told = Told {
        recorder,
        session: Session::new(plan),
        key,
        seq: 0,
    };
    for n in 0..3 {
        told.recorder.cue(CueId { epoch: 0, n }, Heard::Yes(None));
    }
    told.press(s(13), Command::Next);
    told.press(s(43), Command::End);
    told.recorder.close();
    told.recorder.shut_down(PATIENCE).unwrap();
    key
}

fn log(home: &Path, arguments: &[&str]) -> String {
    let output = Process::new(env!("CARGO_BIN_EXE_ashiatsu"))
        .arg("log")
        .args(arguments)
        .env("XDG_DATA_HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("HOME", home)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(output.stderr, b"");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn as_json_it_is_what_the_contract_says() {
    let home = tempfile::tempdir().unwrap();
    let key = practise(&home.path().join("ashiatsu"), "Back", Kind::Client);
    let found: Value = serde_json::from_str(&log(home.path(), &["--format", "json"])).unwrap();
    let at = |time: &str| format!("2026-11-23T18:00:{time}+01:00");
    assert_eq!(
        found,
        json!([{
            "id": key.0, "routine": "Back", "kind": "client", "speed": 1, "from": null,
            "started_at": at("03.250"), "ended_at": at("43.250"), "outcome": "ended_early",
            "planned_s": 80, "actual_s": 40, "paused_s": 0,
            "steps": [
                {"number": 1, "name": "Mount", "region": null, "side": null,
                 "planned_s": 20, "actual_s": 10, "skipped": true, "left_out": false},
                {"number": 2, "name": "Glide", "region": "Back", "side": "Left",
                 "planned_s": 60, "actual_s": 30, "skipped": false, "left_out": false},
            ],
            "cues": [
                {"cue": "ready", "at": at("00.250"), "heard": true},
                {"cue": "ready", "at": at("01.250"), "heard": true},
                {"cue": "ready", "at": at("02.250"), "heard": true},
                {"cue": "turn", "at": at("03.250"), "heard": false},
                {"cue": "shift", "at": at("13.250"), "heard": false},
            ],
        }])
    );
}

#[test]
fn without_a_log_it_is_empty_and_makes_nothing() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(log(home.path(), &["--format", "json"]), "[]\n");
    assert_eq!(log(home.path(), &[]), "No sessions yet.\n");
    assert_eq!(log(home.path(), &["--format", "csv"]).lines().count(), 1);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn as_csv_it_opens_cleanly_in_a_spreadsheet() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("ashiatsu");
    let key = practise(&folder, "=HYPERLINK(\"x\"), Rücken", Kind::Practice);
    let store = Store::open(&folder).unwrap();
    store.set_note(key, " slower,\nat the hips ").unwrap();
    store.set_reason(key, Some(Reason::Time)).unwrap();
    store
        .set_felt(key, Some(&[Felt::Draping, Felt::Nails]))
        .unwrap();
    let csv = log(home.path(), &["--format", "csv"]);
    let (heading, line) = csv.split_once("\r\n").unwrap();
    assert_eq!(
        heading,
        "\u{feff}started,ended,routine,kind,outcome,planned_s,actual_s,paused_s,speed,from,prompts,\
         ended_early_because,receiver_felt,note,id"
    );
    assert_eq!(
        line,
        format!(
            "2026-11-23 18:00:03,2026-11-23 18:00:43,\"'=HYPERLINK(\"\"x\"\"), Rücken\",practice,\
             ended_early,80,40,0,1,,full,time,draping nails,\"slower,\nat the hips\",{}\r\n",
            key.0
        )
    );
}

#[test]
fn the_table_and_the_goal_leave_rehearsals_out() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("ashiatsu");
    practise(&folder, "Back", Kind::Practice);
    let second = wall_key(&folder);
    std::fs::write(
        folder.join("settings.ron"),
        "Settings(goal: Goal(sessions: 20))",
    )
    .unwrap();
    let table = log(home.path(), &[]);
    assert_eq!(
        table,
        "Started           Routine  Kind         Worked   Planned  Ended\n\
         2026-11-24 09:00  Test     rehearsal      0:40      7:55  early\n\
         2026-11-23 18:00  Back     practice       0:40      1:20  early\n\
         \n\
         1 session, 40s worked, and 1 rehearsal\n\
         Goal: 1 of 20 sessions\n"
    );
    let later = log(home.path(), &["--since", "2026-11-24"]);
    assert!(later.contains("Test") && !later.contains("Back"), "{later}");
    let mut store = Store::open(&folder).unwrap();
    store.delete(second).unwrap();
    assert_eq!(store.log(None).unwrap().len(), 1);
    assert!(store.detail(second).is_err());
}

/// A rehearsal on the next morning, by its key.
fn wall_key(folder: &Path) -> SessionKey {
    let (recorder, _reports) = recorder(folder);
    let plan = plan("2", None);
    let morning = "2026-11-24T09:00:00+01:00[+01:00]".parse().unwrap();
    let key = recorder.begin(Meta::of("test"), Arc::clone(&plan), &morning);
    let mut told = Told {
        recorder,
        session: Session::new(plan),
        key,
        seq: 0,
    };
    told.press(s(23), Command::End);
    told.recorder.shut_down(PATIENCE).unwrap();
    key
}

#[test]
fn the_totals_are_by_week_routine_and_region() {
    let folder = tempfile::tempdir().unwrap();
    practise(folder.path(), "Back", Kind::Practice);
    let store = Store::open(folder.path()).unwrap();
    let totals = Totals::of(&store.log(None).unwrap());
    assert_eq!((totals.all.sessions, totals.all.worked), (1, s(40)));
    let monday = jiff::civil::Date::constant(2026, 11, 23);
    assert_eq!(totals.weeks[&monday].worked, s(40));
    assert_eq!(totals.routines["Back"].sessions, 1);
    let regions = store.regions(None).unwrap();
    assert_eq!(regions.len(), 1);
    assert_eq!(regions[0].region.word(), "Back");
    assert_eq!(regions[0].side, Some(Side::Left));
    assert_eq!((regions[0].planned, regions[0].actual), (s(60), s(30)));
    let after = jiff::civil::Date::constant(2026, 11, 24);
    assert!(store.regions(Some(after)).unwrap().is_empty());
}
