//! Rendering with programs that work, hang, fail and make a mess.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::mpsc::RecvTimeoutError;

use rustix::process::{Pid, test_kill_process};

use super::*;
use crate::audio::shipped;
use crate::clock::Clock;
use crate::cue::Cue;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A home with a program in it that speaks in its own way.
struct Home(tempfile::TempDir);

impl Home {
    /// A shell script; `$out` is the file to write, `$home` this folder, where a
    /// real sound lies as `sound.wav`.
    fn new(script: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().display();
        let script = format!("#!/bin/sh\nhome='{path}'\nout=$1\nshift\n{script}\n");
        let program = home.path().join("speaker");
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(home.path().join("sound.wav"), shipped(Cue::Shift)).unwrap();
        Self(home)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn speech(&self, words: &[&str]) -> Speech {
        let program = self.path("speaker").display().to_string();
        let mut command = vec![program];
        command.extend(words.iter().map(|&word| word.to_owned()));
        let engine = Engine::choose(&command, None).unwrap();
        Speech::new(engine, &self.path("cache/voice")).unwrap()
    }

    /// What came of these lines, and the progress that was told.
    fn render(&self, texts: &[&str], limit: Duration) -> (Rendered, Vec<(usize, usize)>) {
        render(self.speech(&["{out}"]).with_limit(limit), texts)
    }

    /// What lies in the cache.
    fn kept(&self) -> Vec<String> {
        let listing = fs::read_dir(self.path("cache/voice")).unwrap();
        let names = listing.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }
}

fn render(speech: Speech, texts: &[&str]) -> (Rendered, Vec<(usize, usize)>) {
    let (tell, told) = mpsc::channel();
    let texts = texts.iter().map(|&text| text.to_owned()).collect();
    let rendering = speech.start(texts, move |report| {
        let _ = tell.send(report);
    });
    let rendering = rendering.unwrap();
    let mut progress = Vec::new();
    loop {
        match told.recv_timeout(PATIENCE).unwrap() {
            Report::Progress { done, of } => progress.push((done, of)),
            Report::Finished(rendered) => {
                rendering.stop();
                return (rendered, progress);
            }
        }
    }
}

fn why(rendered: &Rendered) -> Vec<String> {
    let failed = rendered.failed.iter();
    failed.map(|(_, why)| why.to_string()).collect()
}

const WORKS: &str = r#"cat >> "$home/said"; cp "$home/sound.wav" "$out""#;

#[test]
fn lines_are_rendered_once_and_then_found() {
    let home = Home::new(WORKS);
    let texts = ["Hips.", "Back; rm -rf $HOME `id`.", "It's \"fine\"."];
    let (rendered, progress) = home.render(&texts, PATIENCE);
    assert_eq!(why(&rendered), [""; 0]);
    assert_eq!((rendered.end, rendered.found), (End::Complete, 0));
    assert_eq!(progress, [(1, 3), (2, 3), (3, 3)]);
    for text in texts {
        let length = rendered.lines.get(text).unwrap().length();
        assert!(length > Duration::from_millis(500), "{length:?}");
    }
    assert!(rendered.lines.get("Feet.").is_none());
    assert_eq!(home.read("said"), format!("{}\n", texts.join("\n")));
    assert_eq!(home.kept().len(), 3, "{:?}", home.kept());

    let (again, _) = home.render(&["Back; rm -rf $HOME `id`.", "Feet."], PATIENCE);
    assert_eq!((again.found, again.lines.len()), (1, 2));
    assert!(home.read("said").ends_with(".\nFeet.\n"));
}

#[test]
fn a_text_is_an_argument_as_it_stands_and_never_an_option() {
    let home = Home::new(r#"printf '<%s>' "$@" > "$home/said"; cp "$home/sound.wav" "$out""#);
    let speech = home.speech(&["{out}", "--", "{text}"]);
    let (rendered, _) = render(speech, &["--rate 9; $(touch x) 'a\u{7}\nb'"]);
    assert_eq!(rendered.lines.len(), 1);
    assert_eq!(home.read("said"), "<--><rate 9; $(touch x) 'a  b'>");
}

#[test]
fn a_program_that_hangs_is_given_up_with_all_that_it_started() {
    let home = Home::new(
        r#"sleep 600 & echo $! > "$home/child"; cat "$home/child" > "$home/pids"; echo $$ >> "$home/pids"; wait"#,
    );
    let (rendered, _) = home.render(&["Hips."], Duration::from_millis(1500));
    assert_eq!(why(&rendered), ["speaker took longer than 1.5 seconds"]);
    assert_eq!(rendered.end, End::Complete);
    let pids = home.read("pids");
    assert_eq!(pids.lines().count(), 2, "{pids:?}");
    for pid in pids.lines() {
        assert!(is_gone(pid.parse().unwrap()), "{pid} still runs");
    }
    assert_eq!(home.kept(), [""; 0]);
}

/// Whether it is soon gone, or dead and only not yet noticed by whoever has to.
fn is_gone(pid: i32) -> bool {
    let pid = Pid::from_raw(pid).unwrap();
    let clock = Clock::new();
    while test_kill_process(pid).is_ok() {
        let state = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
        if state.is_ok_and(|state| state.contains(") Z ")) {
            return true;
        }
        if clock.now() > PATIENCE {
            return false;
        }
        std::thread::yield_now();
    }
    true
}

#[test]
fn a_program_that_fails_three_times_in_a_row_is_not_tried_for_the_rest() {
    let home = Home::new(
        r#"echo x >> "$home/tried"; printf '\n no\033[2J such voice \nmore\n' >&2; exit 3"#,
    );
    let (rendered, progress) = home.render(&["a", "b", "c", "d", "e"], PATIENCE);
    assert_eq!(
        why(&rendered),
        ["speaker failed: no\\u{1b}[2J such voice"; 3]
    );
    assert_eq!(rendered.end, End::GivenUp);
    assert_eq!(progress.last(), Some(&(3, 5)));
    assert_eq!(home.read("tried").lines().count(), 3);
    assert!(rendered.lines.is_empty());
}

#[test]
fn what_is_no_sound_is_refused_and_costs_only_its_line() {
    for (mess, expected) in [
        (
            r#"head -c 5000 /dev/urandom > "$out""#,
            "what speaker made is no sound that can be read",
        ),
        (r"true", "speaker made no sound"),
        (r#": > "$out""#, "what speaker made is empty"),
        (r#"mkfifo "$out""#, "what speaker made is not a file"),
        (r#"mkdir "$out""#, "what speaker made is not a file"),
        (
            r#"ln -s /dev/zero "$out""#,
            "what speaker made is not a file",
        ),
        (
            r#"truncate -s 100G "$out""#,
            "speaker made far too large a file",
        ),
        (
            r#"truncate -s 100G "$out"; sleep 600"#,
            "speaker made far too large a file",
        ),
        (r"yes >&2", "speaker made far too large a file"),
    ] {
        let script = format!(
            "read -r line; if [ \"$line\" = good ]; then cp \"$home/sound.wav\" \"$out\"; else {mess}\nfi"
        );
        let home = Home::new(&script);
        let (rendered, _) = home.render(&["good", "bad", "good again", "good"], PATIENCE);
        assert!(
            why(&rendered)[0].starts_with(expected),
            "{mess}: {:?}",
            why(&rendered)
        );
        assert_eq!(rendered.failed.len(), 2, "{mess}: {:?}", why(&rendered));
        assert!(rendered.lines.get("good").is_some(), "{mess}");
        assert!(rendered.lines.get("bad").is_none(), "{mess}");
        let kept = home.kept();
        assert!(
            kept.iter().all(|name| name.contains(".wav")),
            "{mess}: {kept:?}"
        );
    }
}

#[test]
fn what_it_prints_goes_nowhere() {
    // Written to this test's own output it would hang on the pipe that nobody reads.
    let home = Home::new(&format!("yes 2>/dev/null | head -c 300000\n{WORKS}"));
    let (rendered, _) = home.render(&["Hips."], PATIENCE);
    assert_eq!(rendered.lines.len(), 1);
}

#[test]
fn a_rendering_that_is_stopped_ends_its_program_and_keeps_what_is_done() {
    let script = format!(
        r#"if [ -e "$home/said" ]; then echo $$ > "$home/pid.new"; mv "$home/pid.new" "$home/pid"; exec sleep 600; fi; {WORKS}"#
    );
    let home = Home::new(&script);
    let (tell, told) = mpsc::channel();
    let texts = vec!["one".to_owned(), "two".to_owned(), "three".to_owned()];
    let speech = home.speech(&["{out}"]).with_limit(PATIENCE);
    let rendering = speech.start(texts, move |report| drop(tell.send(report)));
    let rendering = rendering.unwrap();
    assert!(matches!(
        told.recv_timeout(PATIENCE).unwrap(),
        Report::Progress { done: 1, of: 3 }
    ));
    while !home.path("pid").exists() {
        // The program of the second line is about to begin.
        assert!(matches!(
            told.recv_timeout(Duration::from_millis(10)),
            Err(RecvTimeoutError::Timeout)
        ));
    }
    rendering.stop();
    let Report::Finished(rendered) = told.recv_timeout(PATIENCE).unwrap() else {
        panic!("no end")
    };
    assert_eq!((rendered.end, rendered.lines.len()), (End::Stopped, 1));
    assert_eq!(why(&rendered), [""; 0]);
    assert!(is_gone(home.read("pid").trim().parse().unwrap()));
}

#[test]
fn what_a_killed_process_left_is_cleared_away() {
    let home = Home::new(WORKS);
    let speech = home.speech(&["{out}"]);
    // No process has this number: it is above what any system gives.
    fs::create_dir(home.path("cache/voice/part-2000000000-0")).unwrap();
    let (rendered, _) = render(speech, &["Hips."]);
    assert_eq!(rendered.lines.len(), 1);
    assert_eq!(home.kept().len(), 1, "{:?}", home.kept());
}

#[test]
fn a_line_that_cannot_be_kept_is_heard_all_the_same() {
    let home = Home::new(WORKS);
    let speech = home.speech(&["{out}"]);
    // A folder stands where the line would be kept.
    let key = speech.engine.key("Hips.");
    fs::create_dir(home.path(&format!("cache/voice/{key}.wav"))).unwrap();
    let (rendered, _) = render(speech, &["Hips."]);
    assert_eq!(rendered.lines.len(), 1);
    assert!(why(&rendered)[0].starts_with("can't be kept: "));
}

#[test]
fn a_spoken_line_is_about_as_loud_as_a_chime() {
    let Ok(engine) = Engine::choose(&[], None) else {
        println!("skipped: nothing on this machine can speak; install espeak-ng");
        return;
    };
    let home = Home::new(WORKS);
    let speech = Speech::new(engine, &home.path("cache/voice")).unwrap();
    let text = "Client's left. Gliding compression, mid back.";
    let (rendered, _) = render(speech, &[text]);
    assert_eq!(why(&rendered), [""; 0]);
    let line = rendered.lines.get(text).unwrap();
    let chime = Clip::decode(shipped(Cue::Shift)).unwrap();
    let apart = loudest_moment(&line) - loudest_moment(&chime);
    assert!(apart.abs() < 3.0, "{apart} dB");
    let seconds = line.length().as_secs_f64();
    assert!((2.0..6.0).contains(&seconds), "{seconds} s");
}

/// The greatest momentary loudness (EBU R 128) in LUFS.
fn loudest_moment(clip: &Clip) -> f64 {
    let mut meter = ebur128::EbuR128::new(1, clip.rate(), ebur128::Mode::M).unwrap();
    let step = usize::try_from(clip.rate()).unwrap() / 20;
    let moments = clip.samples().chunks(step).map(|part| {
        meter.add_frames_f32(part).unwrap();
        meter.loudness_momentary().unwrap()
    });
    moments.fold(f64::NEG_INFINITY, f64::max)
}
