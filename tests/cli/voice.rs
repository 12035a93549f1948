//! `ashiatsu voice`: lines rendered ahead, with programs that speak or don't.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::SAMPLE;
use crate::program::{Done, Program};

/// A home with a routine and a program that speaks, as this script says.
fn home(script: &str) -> Program {
    let program = Program::new();
    program.write("sample.ron", SAMPLE);
    program.write("sound.wav", include_bytes!("../../sounds/shift.wav"));
    let home = program.path("");
    program.write(
        "speaker",
        format!("#!/bin/sh\ncd '{}' || exit 9\n{script}\n", home.display()),
    );
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(program.path("speaker"), executable).unwrap();
    program.write(
        ".config/ashiatsu/settings.ron",
        format!(
            "Settings(voice_command: [\"{}speaker\", \"{{out}}\"])",
            home.display()
        ),
    );
    program
}

fn voice(program: &Program) -> Done {
    program.run(&["voice", "sample.ron"])
}

const SPEAKS: &str = r#"cat >> said; cp sound.wav "$1""#;

#[test]
fn every_line_is_rendered_ahead_once() {
    let program = home(SPEAKS);
    let done = voice(&program);
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{}", done.err);
    assert!(
        done.err.contains("13 of 13 lines by speaker\n"),
        "{}",
        done.err
    );
    assert!(
        done.err
            .contains("13 lines are ready, 0 of them from before")
    );
    let said = program.read("said");
    assert!(said.contains("Client's left. Gliding compression, low back. The left beside it.\n"));
    assert!(said.contains("Next: client's right. Gliding compression, low back.\n"));
    assert_eq!(said.lines().count(), 13, "{said}");

    let again = voice(&program);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(
        again
            .err
            .contains("13 lines are ready, 13 of them from before")
    );
    assert_eq!(program.read("said"), said);
    let cache = program.path(".cache/ashiatsu/voice");
    let mode = fs::metadata(&cache).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(fs::read_dir(cache).unwrap().count(), 13);
}

#[test]
fn what_is_missing_is_said_with_its_reason() {
    let fails_once = r#"read -r line; case $line in Mount*) echo 'no breath' >&2; exit 1;; esac; cp sound.wav "$1""#;
    let done = voice(&home(fails_once));
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(done.err.contains("12 lines are ready"), "{}", done.err);
    assert!(
        done.err.contains("\"Mount.\": speaker failed: no breath"),
        "{}",
        done.err
    );
    assert!(
        done.err.contains("error: some lines are missing"),
        "{}",
        done.err
    );

    let done = voice(&home("exit 1"));
    assert_eq!(done.code, 1);
    assert!(done.err.contains("error: given up: "), "{}", done.err);
    assert!(done.err.contains("0 lines are ready"), "{}", done.err);
}

#[test]
fn without_a_program_that_speaks_it_says_what_to_install() {
    let program = home(SPEAKS);
    program.write(".config/ashiatsu/settings.ron", "Settings()");
    let output = program
        .command(&["voice", "sample.ron"])
        .env("PATH", "/nowhere")
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("install espeak-ng"), "{err}");

    program.write(
        ".config/ashiatsu/settings.ron",
        "Settings(voice_command: [\"no-such-speaker\", \"{out}\"])",
    );
    let done = voice(&program);
    assert_eq!(done.code, 1);
    assert!(
        done.err.contains("there is no program no-such-speaker"),
        "{}",
        done.err
    );
    assert_eq!(program.run(&["voice", "nope"]).code, 1);
    assert_eq!(program.run(&["voice"]).code, 2);
}

#[test]
fn leaving_ends_the_program_that_speaks() {
    let program = home("echo $$ > pid.new; mv pid.new pid; exec sleep 600");
    let mut child = program
        .command(&["voice", "sample.ron"])
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let clock = ashiatsu::clock::Clock::new();
    while !program.path("pid").exists() {
        assert!(clock.now().as_secs() < 60, "it never began");
        std::thread::yield_now();
    }
    let speaker = program.read("pid");
    let pid = |text: &str| rustix::process::Pid::from_raw(text.trim().parse().unwrap()).unwrap();
    let own = pid(&child.id().to_string());
    rustix::process::kill_process(own, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(rustix::process::test_kill_process(pid(&speaker)).is_err());
}
