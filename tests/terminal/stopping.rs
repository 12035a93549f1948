//! To the background and back: stopped with the terminal given back, continued
//! with the session paused and drawn anew.

use rustix::process::Signal;

use crate::leaving::{BETWEEN_PRESSES, STROKE};
use crate::terminal::Terminal;

/// What became of the window meanwhile.
#[derive(Debug, Clone, Copy)]
enum Window {
    Same,
    Another,
}

fn stops_and_comes_back(window: Window, stop: impl Fn(&mut Terminal)) {
    let mut terminal = Terminal::run(STROKE);
    terminal.is_at("Glide");
    stop(&mut terminal);
    terminal.stopped();
    terminal.given_back();
    if let Window::Another = window {
        terminal.resize(100, 30);
    }
    terminal.signal(Signal::CONT);
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
}

#[test]
fn ctrl_z_and_fg() {
    stops_and_comes_back(Window::Same, |terminal| terminal.send("\x1a"));
}

#[test]
fn ctrl_z_and_fg_in_another_window() {
    stops_and_comes_back(Window::Another, |terminal| terminal.send("\x1a"));
}

#[test]
fn sigtstp_and_sigcont() {
    stops_and_comes_back(Window::Same, |terminal| terminal.signal(Signal::TSTP));
}

#[test]
fn a_signal_after_coming_back_still_leaves() {
    let mut terminal = Terminal::run(STROKE);
    terminal.is_at("Glide");
    terminal.send("\x1a");
    terminal.stopped();
    terminal.signal(Signal::CONT);
    terminal.until("the paused session", |t| t.is_taken() && t.shows("PAUSED"));
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.code(), 143);
    terminal.given_back();
}
