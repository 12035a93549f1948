//! The practice log while the disk, another program or quick fingers stand in
//! the way.

use std::path::PathBuf;
use std::time::Duration;

use ashiatsu::store::{Entry, FILE, Felt, Store};
use rusqlite::Connection;
use rustix::process::Signal;

use crate::leaving::{BETWEEN_PRESSES, STROKE};
use crate::terminal::Terminal;

/// A session that ended early, its card left for the debrief.
fn in_the_debrief() -> Terminal {
    let mut terminal = Terminal::run(STROKE);
    terminal.is_at("Glide");
    terminal.send("\x03");
    terminal.sees("Leave the session?");
    terminal.look_on(BETWEEN_PRESSES);
    terminal.send("\x03");
    terminal.sees("Ended early.");
    terminal.send("d");
    terminal.sees("Receiver felt");
    terminal
}

fn folder(terminal: &Terminal) -> PathBuf {
    terminal.home().join(".local/share/ashiatsu")
}

/// The one session in the log.
fn logged(terminal: &Terminal) -> Entry {
    let store = Store::open_log(&folder(terminal)).unwrap().unwrap();
    store.log(None).unwrap().remove(0)
}

#[test]
fn taps_soon_after_one_another_are_all_kept_in_their_order() {
    let mut terminal = in_the_debrief();
    // Each keeps all of the words so far: the last one counts.
    terminal.send("123456");
    terminal.send("\x1b");
    terminal.sees("Ended early.");
    // Leaving waits for what is being written.
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    assert_eq!(logged(&terminal).felt, Some(Felt::ALL.to_vec()));
}

#[test]
fn a_note_is_not_lost_where_another_program_holds_the_log() {
    let mut terminal = in_the_debrief();
    terminal.send("\x1b");
    terminal.sees("Ended early.");
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    let mut terminal = terminal.start_again(&[], &[]);
    terminal.sees("ashiatsu");
    terminal.send("l");
    terminal.sees("practice log");
    terminal.sees("One");
    terminal.send("n");
    terminal.sees("about your own work");
    let other = Connection::open(folder(&terminal).join(FILE)).unwrap();
    other.busy_timeout(Duration::from_secs(10)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    terminal.send("Eyes up\r");
    terminal.sees("The note is not kept: another program has locked the file");
    terminal.sees("Eyes up▏");
    other.execute_batch("COMMIT").unwrap();
    terminal.send("\r");
    terminal.until("the note in the list", |t| {
        t.shows("Eyes up") && !t.shows("about your own work")
    });
    assert!(!terminal.shows("not kept"), "{}", terminal.text());
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.code(), 143);
    assert_eq!(logged(&terminal).note.as_deref(), Some("Eyes up"));
}
