//! The program is killed at any moment, and the session comes back.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ashiatsu::clock::{self, Clock};
use ashiatsu::session::{Command, Input, InputKind, Left, PauseBy, Session, State};
use ashiatsu::store::{FILE, Meta, Recorder, Store};

use crate::rig::{PATIENCE, plan};

/// Tells a process of this test that it is the one to be killed: its folder
/// and a number for its random presses.
const FOLDER: &str = "ASHIATSU_TEST_FOLDER";
const SEED: &str = "ASHIATSU_TEST_SEED";
/// How many are killed; more by hand.
const KILLS: &str = "ASHIATSU_TEST_KILLS";
const AT_ONCE: u64 = 10;
const MOST_LOST: Duration = Duration::from_secs(2);

/// Small and good enough for pressing keys.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }
}

/// Where a session stands: its time, its step, what is left of that, and
/// whether it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stand {
    at: u128,
    step: u32,
    left: i128,
    still: u8,
}

impl Stand {
    fn of(session: &Session, at: Duration) -> Self {
        let millis = |time: Duration| i128::try_from(time.as_millis()).unwrap();
        Self {
            at: at.as_millis(),
            step: session.segment().map_or(0, |segment| segment.id.0),
            left: match session.left(at) {
                Some(Left::Time(left)) => millis(left),
                Some(Left::Over(over)) => -millis(over),
                None => 0,
            },
            still: u8::from(matches!(session.state(), State::Paused { .. })),
        }
    }

    fn line(self) -> String {
        format!(
            "stand {} {} {} {}",
            self.at, self.step, self.left, self.still
        )
    }

    fn read(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("stand ")?.split(' ');
        let stand = Self {
            at: words.next()?.parse().ok()?,
            step: words.next()?.parse().ok()?,
            left: words.next()?.parse().ok()?,
            still: words.next()?.parse().ok()?,
        };
        Some(stand)
    }
}

/// Runs a session, pressing at random, until it is killed. It is a test of
/// nothing unless it was started for that.
#[test]
fn a_session_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let mut random = Random(std::env::var(SEED).unwrap().parse().unwrap());
    let clock = Clock::new();
    let recorder = Recorder::start(Some(PathBuf::from(folder)), clock, |_| {}).unwrap();
    let plan = plan("9", None);
    let mut session = Session::new(plan.clone());
    let _key = recorder.begin(Meta::of("test"), plan, &clock::wall());
    let begun = clock.now();
    let mut out = std::io::stdout().lock();
    let mut next_press = Duration::from_millis(random.below(4000));
    for seq in 0.. {
        let at = clock.now().saturating_sub(begun);
        let mut kind = InputKind::Advance;
        if at >= next_press {
            next_press = at + Duration::from_millis(random.below(700));
            kind = InputKind::Command(match random.below(8) {
                0 => Command::Next,
                1 => Command::More,
                2 => Command::Back,
                3 => Command::Undo,
                4 => Command::Pause(PauseBy::Press),
                5 | 6 => Command::Resume,
                _ => Command::Linger,
            });
        }
        let at = at.max(session.now());
        let input = Input { seq, at, kind };
        session.apply(&input);
        recorder.input(&input);
        writeln!(out, "{}", Stand::of(&session, at).line()).unwrap();
        out.flush().unwrap();
        thread::park_timeout(Duration::from_millis(5));
    }
}

fn start(folder: &Path, seed: u64) -> Child {
    Process::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::a_session_to_be_killed", "--nocapture"])
        .env(FOLDER, folder)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills one after that long and gives where it stood, all along.
fn kill(folder: &Path, seed: u64, after: Duration) -> Vec<Stand> {
    let mut child = start(folder, seed);
    let out = BufReader::new(child.stdout.take().unwrap());
    let (sender, first) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut stands = Vec::new();
        for line in out.lines() {
            let Ok(line) = line else { break };
            // The harness may have begun a line already.
            let told = line
                .find("stand ")
                .and_then(|start| Stand::read(&line[start..]));
            if let Some(stand) = told {
                stands.push(stand);
                let _ = sender.send(());
            }
        }
        stands
    });
    first.recv_timeout(PATIENCE).unwrap();
    // A random moment is what is asked for.
    thread::park_timeout(after);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

fn comes_back(seed: u64) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random(seed);
    let after = Duration::from_millis(random.below(8000));
    let stands = kill(folder.path(), seed, after);
    let last = *stands.last().unwrap();
    let path = folder.path().join(FILE);
    if path.exists() {
        let check = rusqlite::Connection::open(&path).unwrap();
        let whole: String = check
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(whole, "ok", "seed {seed}");
    }
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.was_set_aside(), None, "seed {seed}");
    let offered = store.interrupted().unwrap();
    let Some(offered) = offered.first() else {
        assert!(
            last.at < MOST_LOST.as_millis(),
            "seed {seed}: lost at {}",
            last.at
        );
        return Duration::from_millis(last.at.try_into().unwrap());
    };
    let resumed = store.take(offered.key).unwrap();
    let session = resumed.session();
    let back = Stand::of(&session, session.now());
    let missing = last.at.saturating_sub(back.at);
    assert!(
        missing <= MOST_LOST.as_millis(),
        "seed {seed}: {missing} ms lost, {last:?} came back as {back:?}"
    );
    // It stands where it stood at some moment within that time.
    let stood = stands.iter().any(|stand| {
        last.at - stand.at <= MOST_LOST.as_millis()
            && stand.step == back.step
            && stand.still == back.still
            && (stand.left - back.left).abs() <= 100
    });
    assert!(stood, "seed {seed}: {last:?} came back as {back:?}");
    Duration::from_millis(missing.try_into().unwrap())
}

#[test]
fn killed_at_any_moment_it_comes_back_within_two_seconds_of_where_it_was() {
    let kills: u64 = std::env::var(KILLS).map_or(30, |kills| kills.parse().unwrap());
    let mut most = Duration::ZERO;
    for first in (0..kills).step_by(10) {
        let batch: Vec<_> = (first..kills.min(first + AT_ONCE))
            .map(|seed| thread::spawn(move || comes_back(seed)))
            .collect();
        for one in batch {
            most = most.max(one.join().unwrap());
        }
    }
    println!("{kills} killed; most lost: {} ms", most.as_millis());
}
