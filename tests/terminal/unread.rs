//! A terminal that does not read what is written to it holds nobody up.

use std::time::Duration;

use rustix::process::Signal;

use crate::leaving::{BETWEEN_PRESSES, STROKE};
use crate::terminal::Terminal;

#[test]
fn keys_are_taken_meanwhile_and_the_picture_is_whole_afterwards() {
    let mut terminal = Terminal::run(STROKE);
    terminal.is_at("Glide");
    terminal.stop_reading();
    // More than it could keep for later picture by picture.
    for (columns, rows) in [(150, 60), (81, 25), (160, 50), (100, 30)].repeat(5) {
        terminal.resize(columns, rows);
        terminal.look_on(Duration::from_millis(50));
    }
    terminal.send(" ");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.read_again();
    terminal.sees("PAUSED");
    terminal.sees("step 1 of");
    terminal.sees("Space goes on");
    terminal.sees("next  the end");
    terminal.send(" ");
    terminal.until("the session going on", |t| !t.shows("PAUSED"));
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.code(), 143);
    terminal.given_back();
}

#[test]
fn a_signal_is_answered_meanwhile_and_the_session_is_kept() {
    let mut terminal = Terminal::run(STROKE);
    terminal.is_at("Glide");
    terminal.stop_reading();
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.code(), 143);
    let mut again = terminal.start_again(&[], &[]);
    again.sees("Enter goes on with it, paused.");
    again.signal(Signal::TERM);
    assert_eq!(again.code(), 143);
}
