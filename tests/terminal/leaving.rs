//! However the program is made to leave, the terminal is as it was.

use std::time::Duration;

use rustix::process::Signal;

use crate::terminal::Terminal;

/// A stroke that lasts longer than any test.
pub(crate) const STROKE: &str = r#"Routine(format: 1, name: "One", phases: [
    Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
        Step(stroke: "Glide", region: Back, side: Left, time: "10m"),
    ]),
])"#;

/// Between two presses of a key that are two.
pub(crate) const BETWEEN_PRESSES: Duration = Duration::from_millis(150);

fn in_the_stroke() -> Terminal {
    let mut terminal = Terminal::run(STROKE);
    terminal.is_at("Glide");
    assert!(terminal.is_taken());
    terminal
}

fn leaves_by(signal: Signal, code: u32) {
    let mut terminal = in_the_stroke();
    terminal.signal(signal);
    assert_eq!(terminal.code(), code);
    terminal.given_back();
}

#[test]
fn sigint() {
    leaves_by(Signal::INT, 130);
}

#[test]
fn sigterm() {
    leaves_by(Signal::TERM, 143);
}

#[test]
fn sighup() {
    leaves_by(Signal::HUP, 129);
}

#[test]
fn sigterm_in_the_countdown() {
    let mut terminal = Terminal::run(STROKE);
    terminal.sees("Get ready");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.code(), 143);
    terminal.given_back();
}

#[test]
fn the_window_is_closed() {
    let mut terminal = in_the_stroke();
    terminal.close();
    assert_eq!(terminal.code(), 129);
}

#[test]
fn the_window_is_closed_and_no_signal_says_so() {
    let mut terminal = Terminal::start_below_a_shell();
    terminal.sees("ashiatsu");
    terminal.close();
    assert_eq!(terminal.code(), 129);
}

#[test]
fn ctrl_c_twice_shows_the_card_and_q_leaves() {
    let mut terminal = in_the_stroke();
    terminal.send("\x03");
    terminal.sees("Leave the session?");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("\x03");
    terminal.sees("Ended early.");
    assert!(terminal.is_taken(), "the card stays until the user leaves");
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
}

#[test]
fn the_debrief_opens_from_the_card_and_goes_back_to_it() {
    let mut terminal = in_the_stroke();
    terminal.send("q");
    terminal.sees("Leave the session?");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("q");
    terminal.sees("Ended early.");
    terminal.send("d");
    terminal.sees("for you alone");
    terminal.sees("Why it ended early");
    terminal.send("c");
    terminal.sees("c [x] the client asked");
    terminal.send("\x1b");
    terminal.sees("Ended early.");
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
}

#[test]
fn a_window_without_focus_says_so_while_a_session_runs() {
    let mut terminal = in_the_stroke();
    terminal.send("\x1b[O");
    terminal.sees("this window has no focus");
    terminal.send("\x1b[I");
    terminal.until("the line is gone", |t| !t.shows("no focus"));
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.code(), 143);
    terminal.given_back();
}

#[test]
fn one_button_does_it_all_but_leave() {
    let mut terminal = Terminal::run_with(STROKE, &["--one-button"]);
    terminal.is_at("Glide");
    terminal.sees("Ctrl-C");
    // A letter that leaves otherwise, and a click, soon after one another.
    terminal.send("q");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("\x1b[<0;10;10M");
    terminal.sees("PAUSED");
    terminal.look_on(Duration::from_millis(1300));
    terminal.send("n");
    terminal.until("it goes on", |t| !t.shows("PAUSED"));
    terminal.is_at("Glide");
    terminal.send("\x03");
    terminal.sees("Leave the session?");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("\x03");
    terminal.sees("Ended early.");
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
}

#[test]
fn one_that_is_kept_for_later_says_how_it_goes_on() {
    let mut terminal = in_the_stroke();
    terminal.send("q");
    terminal.sees("Leave the session?");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("k");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
    terminal.sees("kept for later: ashiatsu offers to go on with it");
}
