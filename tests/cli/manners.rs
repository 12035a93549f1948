//! How the program behaves towards shells, pipes and terminals, whatever it
//! is asked.

use std::io::Read as _;
use std::process::Stdio;

use crate::SAMPLE;
use crate::program::Program;

#[test]
fn a_session_needs_a_terminal_but_first_a_routine_that_can_run() {
    let program = Program::new();
    for (arguments, code, told) in [
        (
            &["run", "two-minute-tour"][..],
            2,
            "error: a session is shown in a terminal, and this is none\n",
        ),
        (
            &[],
            2,
            "error: the home screen is shown in a terminal, and this is none\n",
        ),
        (
            &["run", "nope"],
            1,
            "error: there is no routine called \"nope\"\n",
        ),
        (
            &["run", "two-minute-tour", "--from", "0"],
            1,
            "error: there is no step 0: this routine has steps 1 to 8\n",
        ),
        (
            &["run", "two-minute-tour", "--speed", "61"],
            2,
            "error: invalid value '61' for '--speed <N>': a speed goes from 1 to 60\n",
        ),
        (
            &["run", "two-minute-tour", "--volume", "101"],
            2,
            "error: invalid value '101' for '--volume <0..100>'",
        ),
        (
            &["run", "two-minute-tour", "--until", "24:00"],
            2,
            "error: invalid value '24:00' for '--until <HH:MM>': a time of day is written as 15:30",
        ),
        (
            &["run", "two-minute-tour", "--until", "25:61"],
            2,
            "error: invalid value '25:61' for '--until <HH:MM>'",
        ),
        (
            &["run", "two-minute-tour", "--until", "-1:30"],
            2,
            "error: invalid value '-1:30' for '--until <HH:MM>'",
        ),
        (
            &["run", "two-minute-tour", "--until", "15:30", "--fit", "2m"],
            2,
            "error: the argument '--until <HH:MM>' cannot be used with '--fit <TIME>'",
        ),
        (
            &["run", "two-minute-tour", "--until", "15:30"],
            2,
            "error: a session is shown in a terminal",
        ),
        (
            &["run", "two-minute-tour", "--fit", "0s"],
            1,
            "error: this can last ",
        ),
        (&["fly"], 2, "error: unrecognized subcommand 'fly'\n"),
    ] {
        let done = program.run(arguments);
        assert_eq!(
            (done.code, done.out.as_str()),
            (code, ""),
            "{arguments:?}: {}",
            done.err
        );
        assert!(done.err.starts_with(told), "{arguments:?}: {}", done.err);
    }
}

#[test]
fn what_was_typed_wrong_comes_back_harmless() {
    let program = Program::new();
    let typed = ["run", "back-basics", "b\u{1b}[2J\u{9b}3J\u{202e}"];
    assert_eq!(program.run(&typed).code, 2);
    let shown = program.in_terminal(&typed, &[]);
    assert!(shown.contains("unexpected argument 'b"), "{shown:?}");
    for command in ["\u{1b}", "\u{9b}", "\u{202e}"] {
        assert!(!shown.contains(command), "{shown:?}");
    }
}

#[test]
fn sounds_are_listed_even_where_none_is_heard() {
    let program = Program::new();
    program.write(
        ".config/ashiatsu/settings.ron",
        "Settings(sound: Muted, volumn: 3)",
    );
    let done = program.run(&["sounds"]);
    assert_eq!(done.code, 1);
    assert_eq!(done.out.lines().count(), 9);
    assert!(
        done.out.contains("shift    A new stroke begins.\n"),
        "{}",
        done.out
    );
    assert_eq!(
        done.err,
        "warning: settings: there is no `volumn`; did you mean `volume`?\n\
         error: no sound can be heard: your settings mute it\n\
         help: write sound: On in your settings file\n"
    );
    let done = program.run(&["sounds", "Hold"]);
    assert_eq!(
        done.out,
        "hold     The time is up; it waits until you are ready.\n"
    );
    let done = program.run(&["sounds", "shfit"]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert_eq!(
        done.err,
        "error: there is no sound called \"shfit\"\nhelp: did you mean shift?\n"
    );
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let program = Program::new();
    for arguments in [
        &["show", "full-body", "--format", "json"][..],
        &["completions", "zsh"],
        &["man"],
        &["--help"],
    ] {
        let mut child = program
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut told)
            .unwrap();
        assert!(child.wait().unwrap().success(), "{arguments:?}");
        assert_eq!(told, "", "{arguments:?}");
    }
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let program = Program::new();
    program.write("odd.ron", SAMPLE.replace("10m", "1h"));
    for arguments in [&["check", "odd.ron"][..], &["show", "nope"], &["fly"]] {
        assert!(
            program.in_terminal(arguments, &[]).contains("\u{1b}["),
            "{arguments:?}"
        );
        let plain = program.in_terminal(arguments, &[("NO_COLOR", "1")]);
        assert!(
            !plain.is_empty() && !plain.contains('\u{1b}'),
            "{arguments:?}: {plain:?}"
        );
        let piped = program.run(arguments);
        assert!(
            !format!("{}{}", piped.out, piped.err).contains('\u{1b}'),
            "{arguments:?}"
        );
    }
}

#[test]
fn every_command_explains_itself() {
    let program = Program::new();
    let all = program.run(&["--help"]);
    assert_eq!((all.code, all.err.as_str()), (0, ""));
    let page = program.run(&["man"]).out;
    for command in [
        "run",
        "show",
        "check",
        "new",
        "aftercare",
        "sounds",
        "voice",
        "completions",
        "man",
    ] {
        assert!(
            all.out.contains(&format!("\n  {command} ")),
            "{command}: {}",
            all.out
        );
        assert!(page.contains(&format!("\n.SS {command}\n")), "{command}");
        let done = program.run(&[command, "--help"]);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{command}");
        assert!(
            done.out.contains("Usage: ashiatsu "),
            "{command}: {}",
            done.out
        );
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let done = program.run(&["completions", shell]);
        assert_eq!(done.code, 0);
        assert!(done.out.contains("skip-preflight"), "{shell}");
    }
}
