//! The practice log.

use ashiatsu::settings::Settings;
use ashiatsu::store::{Kind, Trouble};
use ashiatsu::tui::keys::Key;
use ashiatsu::tui::screens::log::{self, LogScreen, PracticeLog};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Position;

use crate::rig::*;

#[test]
fn the_sessions() {
    log_of(practised()).review("sessions");
}

#[test]
fn what_they_come_to() {
    let mut screen = log_of(practised());
    assert_eq!(press(&mut screen, code(KeyCode::Tab)), None);
    screen.review("totals");
}

#[test]
fn an_empty_log() {
    let screen = log_of(PracticeLog::new(
        Vec::new(),
        Vec::new(),
        &Settings::default(),
        TODAY,
    ));
    screen.review("empty");
    let mut screen = screen;
    for key in [code(KeyCode::Enter), Key::Char('n'), Key::Char('x')] {
        assert_eq!(press(&mut screen, key), None);
        assert!(!screen.is_typing());
    }
}

#[test]
fn a_log_that_can_t_be_read_says_why() {
    let mut screen = LogScreen::new();
    screen.sees("reading the log …");
    screen.set(Err(Trouble::Closed));
    screen.sees("The practice log can't be read: the folder can't be opened.");
    assert_eq!(
        press(&mut screen, code(KeyCode::Esc)),
        Some(log::Wish::Close)
    );
}

#[test]
fn rehearsals_do_not_count_towards_the_goal() {
    let mut screen = log_of(practised());
    press(&mut screen, code(KeyCode::Tab));
    // 13 sessions are listed: one is a rehearsal, one still interrupted.
    screen.sees("11 of 20 sessions");
    screen.sees("10h 41m of 30 hours");
}

#[test]
fn receivers_feelings_are_counted_by_fives() {
    let mut screen = log_of(practised());
    press(&mut screen, code(KeyCode::Tab));
    screen.sees("in the last 5 asked, and the 5 before; oldest on the");
    // The latest five asked: two with draping, one all well, four hopping.
    screen.sees("hopping                4 of 5, 5 of 5");
    screen.sees("lubricant              0 of 5, 0 of 5");
}

#[test]
fn a_note_is_typed_with_capitals_and_kept_by_enter() {
    let mut screen = log_of(practised());
    press(&mut screen, code(KeyCode::Down));
    let key = screen.entry().unwrap().key;
    assert_eq!(press(&mut screen, Key::Char('n')), None);
    assert!(screen.is_typing());
    types(&mut screen, "Eyes up, q and x are letters");
    screen.sees("about your own work; no client names or health");
    screen.sees("Eyes up, q and x are letters▏");
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    let note = "Eyes up, q and x are letters".to_owned();
    assert_eq!(screen.edit(&enter), Some(log::Wish::SaveNote(key, note)));
    assert!(!screen.is_typing());
}

#[test]
fn esc_leaves_a_note_as_it_was() {
    let mut screen = log_of(practised());
    press(&mut screen, Key::Char('n'));
    types(&mut screen, " and more");
    screen.sees("turning and more▏");
    let esc = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
    assert_eq!(screen.edit(&esc), None);
    assert!(!screen.is_typing());
    assert!(!screen.shows("and more"));
}

#[test]
fn the_note_box_fits_small_windows() {
    let mut screen = log_of(practised());
    press(&mut screen, Key::Char('n'));
    types(&mut screen, &" one more sentence".repeat(15));
    for window in WINDOWS {
        let picture = screen.picture(window).join("\n");
        assert!(picture.contains('▏'), "{window:?}:\n{picture}");
    }
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("note", screen.pictures());
    });
}

#[test]
fn deleting_asks_once() {
    let mut screen = log_of(practised());
    let key = screen.entry().unwrap().key;
    assert_eq!(press(&mut screen, Key::Char('x')), None);
    screen.sees("Delete Back basics of 2026-11-23 for good?");
    assert_eq!(press(&mut screen, code(KeyCode::Esc)), None);
    assert!(!screen.shows("for good?"));
    press(&mut screen, Key::Char('x'));
    // Any other key keeps it, and does nothing else.
    assert_eq!(press(&mut screen, code(KeyCode::Enter)), None);
    press(&mut screen, Key::Char('x'));
    assert_eq!(
        press(&mut screen, Key::Char('y')),
        Some(log::Wish::Delete(key))
    );
    let rest = entries().into_iter().skip(1).collect();
    screen.set(Ok(PracticeLog::new(rest, regions(), &settings(), TODAY)));
    assert_eq!(screen.entry().unwrap().kind, Kind::Rehearsal);
}

#[test]
fn an_interrupted_session_is_deleted_with_a_warning() {
    let mut screen = log_of(practised());
    for _ in 0..3 {
        press(&mut screen, code(KeyCode::Down));
    }
    press(&mut screen, Key::Char('x'));
    screen.sees("It could still be resumed.");
}

#[test]
fn enter_and_a_second_click_open_the_debrief() {
    let mut screen = log_of(practised());
    let first = screen.entry().unwrap().key;
    assert_eq!(
        press(&mut screen, code(KeyCode::Enter)),
        Some(log::Wish::OpenDebrief(first))
    );
    let at = Position::new(10, 4);
    assert_eq!(screen.click(AREA, at), None);
    let marked = screen.entry().unwrap().key;
    assert_ne!(marked, first);
    assert_eq!(screen.click(AREA, at), Some(log::Wish::OpenDebrief(marked)));
}

#[test]
fn the_mark_stays_on_its_session_when_the_log_is_read_again() {
    let mut screen = log_of(practised());
    press(&mut screen, code(KeyCode::Down));
    let marked = screen.entry().unwrap().key;
    let mut more = vec![entry(-1, "Back basics", 60)];
    more.extend(entries());
    screen.set(Ok(PracticeLog::new(more, regions(), &settings(), TODAY)));
    assert_eq!(screen.entry().unwrap().key, marked);
}

#[test]
fn a_note_that_could_not_be_kept_is_there_to_be_kept_once_more() {
    let mut screen = log_of(practised());
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    press(&mut screen, code(KeyCode::Down));
    press(&mut screen, Key::Char('n'));
    types(&mut screen, "Eyes up");
    let Some(log::Wish::SaveNote(key, note)) = screen.edit(&enter) else {
        panic!("no note is to be kept");
    };
    screen.note_refused(key, note, &Trouble::Busy);
    screen.sees("The note is not kept: another program has locked the file.");
    screen.sees("Eyes up▏");
    // The list stays as well.
    screen.sees("Legs and feet, long and slow");
    let again = Some(log::Wish::SaveNote(key, "Eyes up".to_owned()));
    assert_eq!(screen.edit(&enter), again);
    // While another one is typed it does not come between.
    press(&mut screen, code(KeyCode::Down));
    press(&mut screen, Key::Char('n'));
    screen.note_refused(key, "Eyes up".to_owned(), &Trouble::Busy);
    types(&mut screen, "Slower");
    screen.sees("Slower▏");
    screen.edit(&enter);
    press(&mut screen, code(KeyCode::Up));
    press(&mut screen, Key::Char('n'));
    screen.sees("Eyes up▏");
}
