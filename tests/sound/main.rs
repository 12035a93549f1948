//! Sound as it leaves the machine: played on a virtual sound card, recorded and
//! recognised; and what happens when that card dies, hangs or is not there.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on fails; its figures are worth reading"
)]
#![expect(
    clippy::cast_precision_loss,
    reason = "times and places here are far below 2^52"
)]

#[path = "../support/letters.rs"]
#[expect(dead_code, reason = "shared with the tests of the screens")]
mod letters;
mod player;
mod recogniser;
mod rig;
mod session;
#[path = "../terminal/terminal.rs"]
#[expect(dead_code, reason = "shared with the tests of the terminal")]
mod terminal;

use std::time::Duration;

use ashiatsu::cue::Cue;
use player::{Player, Said};
use recogniser::heard;
use rig::{Rig, epoch};
use terminal::Lateness;

/// A sound is back this long after its server at most.
const BACK: Duration = Duration::from_secs(3);

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// What it said last: no order waited for the device, nor did leaving.
fn assert_never_waited(said: &[Said]) {
    let (_, last) = said.last().unwrap();
    let figure = |name: &str| -> f64 {
        let mut words = last.split(' ').skip_while(|word| *word != name);
        words.nth(1).unwrap().parse().unwrap()
    };
    assert!(figure("slowest_call") < 50.0, "{last}");
    assert!(figure("shut_down") < 1000.0, "{last}");
}

/// A cue a second, for so many seconds.
fn each_second(seconds: u32) -> String {
    let lines: Vec<String> = (1..=seconds).map(|s| format!("{s}000 ready")).collect();
    lines.join("\n")
}

#[test]
fn every_cue_is_heard_when_it_is_due_and_no_other() {
    let Some(rig) = Rig::start() else { return };
    let schedule: [(u64, &str); 11] = [
        (2000, "ready"),
        (3000, "ready"),
        (4000, "ready"),
        (5000, "shift"),
        (6700, "prepare"),
        (8000, "side"),
        (9800, "turn"),
        (11_200, "hold"),
        (13_400, "paused"),
        (14_600, "resumed"),
        (16_000, "finish"),
    ];
    let lines = schedule.map(|(ms, cue)| format!("{ms} {cue}")).join(
        "
",
    );
    let tape = rig.record();
    let player = Player::start(&rig, &[], &lines);
    let start = player.start;
    let said = player.finish();
    assert_never_waited(&said);
    let heard = heard(&tape.finish());

    let names: Vec<&str> = heard.iter().map(|h| h.cue.map_or("?", Cue::name)).collect();
    assert_eq!(names, schedule.map(|(_, cue)| cue));
    let errors: Vec<f64> = heard
        .iter()
        .zip(schedule)
        .map(|(heard, (due, _))| (heard.at - start) * 1000.0 - due as f64)
        .collect();
    let mean = errors.iter().map(|error| error.abs()).sum::<f64>() / errors.len() as f64;
    let worst = errors
        .iter()
        .fold(0.0_f64, |worst, error| worst.max(error.abs()));
    println!("onset error: mean {mean:.1} ms, worst {worst:.1} ms: {errors:.1?}");
    // Far above what an idle machine shows: this one may be busy.
    assert!(worst <= 150.0, "{errors:.1?}");
}

#[test]
fn with_every_core_busy_cues_are_heard_within_a_tenth_of_a_second() {
    let Some(rig) = Rig::alone() else { return };
    let tape = rig.record();
    let lateness = Lateness::watch();
    let busy = Busy::begin();
    let player = Player::start(&rig, &[], &each_second(12));
    let start = player.start;
    assert_never_waited(&player.finish());
    drop(busy);
    let late = lateness.worst().as_secs_f64() * 1000.0;
    // A starved recorder loses samples: what is heard is looked for by its time.
    let heard = heard(&tape.finish());
    let mut worst = 0.0_f64;
    for second in 1..=12 {
        let errors = heard
            .iter()
            .map(|heard| (heard.at - start - f64::from(second)) * 1000.0);
        let error = errors.min_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap();
        worst = worst.max(error.abs());
    }
    println!("with every core busy: worst {worst:.1} ms, this machine {late:.1} ms late");
    assert!(worst <= 100.0 + late, "{heard:?}");
}

/// Keeps every core busy while it lives.
struct Busy(std::sync::Arc<std::sync::atomic::AtomicBool>);

impl Busy {
    fn begin() -> Self {
        use std::sync::atomic::Ordering;
        let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        for _ in 0..std::thread::available_parallelism().unwrap().get() {
            let stop = std::sync::Arc::clone(&stop);
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        Self(stop)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}

#[test]
fn a_cancelled_cue_is_not_heard_and_a_press_is_heard_at_once() {
    let Some(rig) = Rig::start() else { return };
    let tape = rig.record();
    let lines = "3000 shift\n5000 turn\n4000 cancel\n5500 press resumed\n";
    let player = Player::start(&rig, &[], lines);
    let start = player.start;
    let said = player.finish();
    assert!(
        said.iter()
            .any(|(_, line)| line.contains("fate 1 turn") && line.contains("cancelled"))
    );
    let heard = heard(&tape.finish());
    let names: Vec<&str> = heard.iter().map(|h| h.cue.map_or("?", Cue::name)).collect();
    assert_eq!(names, ["shift", "resumed"]);
    let late = (heard[1].at - start) * 1000.0 - 5500.0;
    println!("a press is heard after {late:.1} ms");
    assert!(late < 500.0, "{late} ms after the press");
}

#[test]
fn sound_returns_by_itself_after_its_server_was_killed() {
    returns_after_a_kill(&[]);
}

#[test]
fn a_chosen_device_returns_by_itself_after_its_server_was_killed() {
    returns_after_a_kill(&["--device", "rig"]);
}

fn returns_after_a_kill(options: &[&str]) {
    let Some(mut rig) = Rig::start() else { return };
    let lines = each_second(14);
    let player = Player::start(&rig, options, &lines);
    player.wait_for("fate 1 ready", seconds(20));
    rig.kill();
    player.wait_for("silent ", seconds(10));
    rig.revive();
    let revived = epoch();
    player.wait_for("back", seconds(20));
    let after = epoch() - revived;
    println!("back {after:.2} s after the server");
    assert!(after < BACK.as_secs_f64(), "{after:.2} s");
    let said = player.finish();
    let (_, last) = said
        .iter()
        .rfind(|(_, line)| line.starts_with("fate"))
        .unwrap();
    assert!(last.contains("heard"), "{last}");
    assert_never_waited(&said);
}

#[test]
fn a_frozen_server_is_noticed_and_nothing_waits_for_it() {
    is_noticed_when_frozen(&[]);
}

#[test]
fn a_chosen_device_that_is_frozen_is_noticed_too() {
    is_noticed_when_frozen(&["--device", "rig"]);
}

fn is_noticed_when_frozen(options: &[&str]) {
    let Some(rig) = Rig::start() else { return };
    let lines = each_second(14);
    let player = Player::start(&rig, options, &lines);
    player.wait_for("fate 1 ready", seconds(20));
    rig.freeze();
    player.wait_for("silent the sound device has stopped", seconds(10));
    player.wait_for("dropped NoDevice", seconds(10));
    rig.thaw();
    let thawed = epoch();
    player.wait_for("back", seconds(20));
    let after = epoch() - thawed;
    println!("back {after:.2} s after the thaw");
    assert!(after < BACK.as_secs_f64(), "{after:.2} s");
    let said = player.finish();
    assert!(
        said.iter()
            .any(|(_, line)| line.contains("fate 13 ready") && line.contains("heard"))
    );
    assert_never_waited(&said);
}

#[test]
fn leaving_a_frozen_device_takes_less_than_a_second() {
    for device in [&[][..], &["--device", "rig"]] {
        let Some(rig) = Rig::start() else { return };
        let options = [&["--until", "4000"], device].concat();
        let player = Player::start(&rig, &options, "1000 ready\n3000 ready\n");
        player.wait_for("fate 0 ready", seconds(20));
        rig.freeze();
        assert_never_waited(&player.finish());
    }
}

#[test]
fn without_a_server_it_says_so_and_sound_comes_with_the_server() {
    let Some(mut rig) = Rig::new() else { return };
    let player = Player::start(&rig, &["--until", "6000"], "5000 shift\n12000 turn\n");
    player.wait_for("silent no sound device", seconds(10));
    player.wait_for("fate 0 shift due 5000.0 dropped NoDevice", seconds(20));
    rig.revive();
    let tape = rig.record();
    player.wait_for("back", seconds(20));
    let said = player.finish();
    assert!(
        said.iter()
            .any(|(_, line)| line.contains("fate 1 turn") && line.contains("heard"))
    );
    let heard = heard(&tape.finish());
    assert_eq!(
        heard.iter().map(|h| h.cue).collect::<Vec<_>>(),
        [Some(Cue::Turn)]
    );
}

#[test]
fn a_device_that_is_gone_is_told_and_another_sounds() {
    let Some(rig) = Rig::start() else { return };
    let player = Player::start(&rig, &["--device", "No such earbud"], "2000 ready\n");
    let (_, line) = player.wait_for("sounding", seconds(10));
    assert!(line.ends_with("Some(\"No such earbud\")"), "{line}");
    player.wait_for("fate 0 ready due 2000.0 heard", seconds(10));
    player.finish();
}

#[test]
fn cues_go_to_the_chosen_ear_alone_and_to_the_default_when_it_is_gone() {
    let Some(rig) = Rig::start() else { return };
    let earbud = rig.plug_in("earbud");
    let (room, ear) = (rig.record(), rig.record_from("earbud"));
    // The third comes while the device is still open, the fourth after it was closed.
    let lines = "3000 shift\n4500 turn\n7500 side\n16000 finish\n";
    // By the name that a person sees, whatever the case.
    let player = Player::start(&rig, &["--device", "the_earbud"], lines);
    let (_, line) = player.wait_for("sounding", seconds(10));
    assert_eq!(line, "sounding \"The_earbud\" None");
    player.wait_for("fate 1 turn due 4500.0 heard", seconds(20));
    // Its sound is over before the device goes.
    let over = player.start + 6.2;
    rig::until("the end of the sound", || epoch() > over);
    let ear = heard(&ear.finish());
    rig.unplug(&earbud);
    player.wait_for("fate 2 side due 7500.0 heard", seconds(10));
    let (_, line) = player.wait_for("sounding", seconds(20));
    assert!(line.ends_with("Some(\"the_earbud\")"), "{line}");
    let start = player.start;
    assert_never_waited(&player.finish());
    let room = heard(&room.finish());

    let names = |heard: &[recogniser::Heard]| -> Vec<&str> {
        let names = heard.iter().map(|h| h.cue.map_or("?", Cue::name));
        names.collect()
    };
    assert_eq!(names(&ear), ["shift", "turn"]);
    assert_eq!(names(&room), ["side", "finish"]);
    for (heard, due) in ear.iter().chain(&room).zip([3.0, 4.5, 7.5, 16.0]) {
        let late = (heard.at - start - due) * 1000.0;
        println!("after {late:.1} ms");
        assert!(late.abs() < 150.0, "{late} ms");
    }
}

#[test]
fn the_list_of_devices_has_the_server_s_own_by_the_names_that_people_see() {
    let Some(rig) = Rig::start() else { return };
    rig.plug_in("earbud");
    let output = rig
        .command(player::program())
        .arg("--list")
        .output()
        .unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    // The cards behind a server can't be opened beside it: they are not offered.
    let expected = ["earbud\tThe_earbud", "rig\tNull Output"];
    let mut lines: Vec<&str> = listed.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, expected);
}

#[test]
fn a_card_that_is_not_there_is_told_and_prints_nothing() {
    let setup = tempfile::NamedTempFile::new().unwrap();
    let missing =
        "</usr/share/alsa/alsa.conf>\npcm.!default { type plug slave.pcm \"hw:NoSuchCard\" }\n";
    std::fs::write(setup.path(), missing).unwrap();
    let player = Player::start_with(setup.path(), &["--until", "1000"], "500 ready\n");
    player.wait_for("silent no sound device", seconds(10));
    player.wait_for("fate 0 ready due 500.0 dropped NoDevice", seconds(10));
    // Its end also looks at what the libraries wrote.
    assert_never_waited(&player.finish());
}

/// How often the process's threads have gone to sleep so far.
fn naps(pid: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let statuses =
        tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("status")).ok());
    statuses
        .filter_map(|status| {
            let naps = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            naps.map(|n| n.trim().parse::<u64>().unwrap())
        })
        .sum()
}

#[test]
fn muted_nothing_wakes_and_the_cue_is_told_as_muted() {
    let Some(rig) = Rig::start() else { return };
    let tape = rig.record();
    let player = Player::start(
        &rig,
        &["--mute", "--until", "6000"],
        "2000 ready\n6000 shift\n",
    );
    player.wait_for("fate 0 ready due 2000.0 dropped Muted", seconds(20));
    let before = naps(player.pid());
    player.wait_for("fate 1 shift due 6000.0 dropped Muted", seconds(20));
    let woken = naps(player.pid()) - before;
    // The second cue itself wakes the speaker and the one who prints.
    assert!(woken <= 12, "woken {woken} times in 4 s");
    player.finish();
    assert!(heard(&tape.finish()).is_empty());
}
