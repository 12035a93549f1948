//! To the background and back: stopped with the terminal given back, continued
//! with the session paused and drawn anew.

use rustix::process::Signal;

use crate::leaving::{BETWEEN_PRESSES, STROKE};
use crate::terminal::{Job, Terminal};

/// What the shell says then.
const STOPPED: &str = "the job is stopped";

/// What became of the window meanwhile.
#[derive(Debug, Clone, Copy)]
enum Window {
    Same,
    Another,
}

fn stops_and_comes_back(job: Job, window: Window, stop: impl Fn(&mut Terminal)) {
    let mut terminal = Terminal::run_as_a_job(job, STROKE);
    terminal.is_at("Glide");
    stop(&mut terminal);
    terminal.sees(STOPPED);
    terminal.given_back();
    if let Window::Another = window {
        terminal.resize(100, 30);
    }
    terminal.send("\n");
    terminal.until("the paused session", |t| {
        t.is_taken() && t.shows("PAUSED") && t.shows("Glide") && t.shows("LEFT")
    });
    // All of it: head and foot as well, which pausing does not change.
    terminal.sees("step 1 of");
    terminal.sees("Space goes on");
    terminal.sees("next  the end");
    terminal.send(" ");
    terminal.until("the session going on", |t| !t.shows("PAUSED"));
    for shown in ["Leave the session?", "Ended early."] {
        terminal.send("q");
        terminal.sees(shown);
        terminal.look_on(BETWEEN_PRESSES);
    }
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
    assert_eq!(terminal.times_taken(), 2, "at the start, and once by fg");
}

#[test]
fn ctrl_z_and_fg() {
    stops_and_comes_back(Job::Itself, Window::Same, |terminal| terminal.send("\x1a"));
}

#[test]
fn ctrl_z_and_fg_in_another_window() {
    stops_and_comes_back(Job::Itself, Window::Another, |terminal| {
        terminal.send("\x1a");
    });
}

#[test]
fn ctrl_z_and_fg_of_a_script() {
    stops_and_comes_back(Job::AScript, Window::Same, |terminal| terminal.send("\x1a"));
}

#[test]
fn sigtstp_and_sigcont() {
    stops_and_comes_back(Job::Itself, Window::Same, |terminal| {
        terminal.signal_job(Signal::TSTP);
    });
}

#[test]
fn a_signal_after_coming_back_still_leaves() {
    let mut terminal = Terminal::run_as_a_job(Job::Itself, STROKE);
    terminal.is_at("Glide");
    terminal.send("\x1a");
    terminal.sees(STOPPED);
    terminal.send("\n");
    terminal.until("the paused session", |t| t.is_taken() && t.shows("PAUSED"));
    terminal.signal_job(Signal::TERM);
    assert_eq!(terminal.code(), 143);
    terminal.given_back();
}

/// In a window that runs nothing else nobody could ever continue it: it comes back by itself.
fn comes_back(mut terminal: Terminal, stop: impl Fn(&mut Terminal)) {
    terminal.is_at("Glide");
    stop(&mut terminal);
    terminal.until("the paused session", |t| {
        t.times_taken() == 2 && t.is_taken() && t.shows("PAUSED")
    });
    terminal.sees("there is no shell to go back to");
    terminal.send("\x03");
    terminal.sees("Leave the session?");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("\x03");
    terminal.sees("Ended early.");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
}

#[test]
fn ctrl_z_without_a_shell() {
    comes_back(Terminal::run(STROKE), |terminal| terminal.send("\x1a"));
}

#[test]
fn ctrl_z_below_a_script_that_is_no_shell() {
    comes_back(Terminal::run_below_a_script(STROKE), |terminal| {
        terminal.send("\x1a");
    });
}

#[test]
fn sigtstp_without_a_shell() {
    comes_back(Terminal::run(STROKE), |terminal| {
        terminal.signal(Signal::TSTP);
    });
}

#[test]
fn stopped_from_outside_and_continued() {
    let mut terminal = Terminal::run(STROKE);
    terminal.is_at("Glide");
    terminal.signal(Signal::STOP);
    terminal.stopped();
    terminal.is_used_meanwhile("another's prompt");
    terminal.signal(Signal::CONT);
    terminal.until("the session", |t| t.is_taken() && t.shows("Glide"));
    // All of it, and nothing of the other.
    terminal.sees("step 1 of");
    terminal.sees("Space pause");
    terminal.sees("next  the end");
    assert!(!terminal.shows("another's prompt"), "{}", terminal.text());
    // Raw again: a key without Enter.
    terminal.send(" ");
    terminal.sees("PAUSED");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.code(), 143);
    terminal.given_back();
}
