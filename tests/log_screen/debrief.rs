//! One session, step by step.

use ashiatsu::session::Outcome;
use ashiatsu::store::{Felt, Heard, Kind, Reason};
use ashiatsu::tui::keys::{self};
use ashiatsu::tui::screens::debrief::{self, Review};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use crate::rig::*;

#[test]
fn a_session_step_by_step() {
    debrief_of(reviewed()).review("debrief");
}

#[test]
fn what_was_heard_of_the_cues_is_one_line() {
    let mut review = reviewed();
    let line = |review: &Review| debrief_of(review.clone());
    assert!(line(&review).shows("2 of 3 cues heard, at most 11 ms off · 1 without a device"));
    review.run.cues = vec![heard(0), heard(0)];
    assert!(line(&review).shows("2 of 2 cues heard, at most 0 ms off"));
    // A version before kept no more.
    for cue in &mut review.run.cues {
        cue.heard = Heard::Yes(None);
    }
    assert!(line(&review).shows("2 of 2 cues heard"));
    assert!(!line(&review).shows("ms off"));
    review.run.cues.clear();
    assert!(!line(&review).shows("cues heard"));
}

#[test]
fn a_session_that_ended_early() {
    let mut review = reviewed();
    review.run = run(0, [60, 180, 40, 0, 0, 0]);
    review.run.entry.outcome = Outcome::EndedEarly;
    review.before.clear();
    let screen = debrief_of(review);
    screen.review("debrief_early");
    screen.sees("not reached");
    // What was never worked is not off the plan.
    assert!(!screen.shows("◀"));
}

#[test]
fn the_three_steps_furthest_off_are_marked() {
    let screen = debrief_of(reviewed());
    let marked: Vec<String> = screen
        .picture((120, 60))
        .into_iter()
        .filter(|row| row.contains('◀') && !row.contains("furthest"))
        .collect();
    let names: Vec<bool> = ["2 Effleurage", "3 Cross-fibre", "6 Gliding"]
        .iter()
        .zip(&marked)
        .map(|(name, row)| row.contains(name))
        .collect();
    assert_eq!(names, [true, true, true], "{marked:#?}");
    assert_eq!(marked.len(), 3, "{marked:#?}");
}

#[test]
fn the_pace_without_help_stands_beside_the_pace_with_it() {
    let screen = debrief_of(reviewed());
    // Off by 0, 30, 55, 4, 0 and 12 s.
    screen.sees("without cue lines: 3 of 6 steps within 5 s of the plan, 17s off on");
    screen.sees("with every prompt, in the 2 runs before: 12s off");
}

#[test]
fn left_stands_against_right() {
    let screen = debrief_of(reviewed());
    screen.sees("low back: right 1m 3s less");
}

#[test]
fn six_taps_say_what_the_receiver_felt() {
    let mut screen = debrief_of(reviewed());
    let key = screen.key().unwrap();
    let felt = |words: &[Felt]| Some(debrief::Wish::SetFelt(key, Some(words.to_vec())));
    for (n, word) in Felt::ALL.iter().enumerate() {
        let digit = char::from_digit(u32::try_from(n).unwrap() + 1, 10).unwrap();
        assert_eq!(tap(&mut screen, digit), felt(&[*word]));
        screen.sees(&format!("{digit} [x] {}", word.human()));
        assert_eq!(tap(&mut screen, digit), felt(&[]));
    }
    screen.sees("Receiver felt: all well");
    assert_eq!(
        tap(&mut screen, '0'),
        Some(debrief::Wish::SetFelt(key, None))
    );
    screen.sees("Receiver felt: not asked yet");
    tap(&mut screen, '6');
    assert_eq!(tap(&mut screen, '2'), felt(&[Felt::Approach, Felt::Nails]));
}

#[test]
fn a_reason_is_asked_for_only_where_it_ended_early() {
    let mut screen = debrief_of(reviewed());
    assert_eq!(tap(&mut screen, 'i'), None);
    let mut review = reviewed();
    review.run.entry.outcome = Outcome::EndedEarly;
    let mut screen = debrief_of(review);
    let key = screen.key().unwrap();
    let because = |reason| Some(debrief::Wish::SetReason(key, reason));
    assert_eq!(tap(&mut screen, 'i'), because(Some(Reason::Time)));
    screen.sees("i [x] time");
    assert_eq!(tap(&mut screen, 'c'), because(Some(Reason::Client)));
    assert_eq!(tap(&mut screen, 'c'), because(None));
}

#[test]
fn in_a_rehearsal_nobody_felt_anything() {
    let mut review = reviewed();
    review.run.entry.kind = Kind::Rehearsal;
    let mut screen = debrief_of(review);
    assert!(!screen.shows("Receiver felt"));
    assert_eq!(tap(&mut screen, '1'), None);
}

#[test]
fn all_of_a_debrief_can_be_scrolled_to() {
    let mut screen = debrief_of(reviewed());
    let area = Rect::new(0, 0, 40, 12);
    let mut seen = String::new();
    for _ in 0..60 {
        seen.push_str(&screen.picture((40, 12)).join("\n"));
        screen.press(code(KeyCode::Down), true, area, &theme());
    }
    for text in [
        "not asked yet",
        "1 Mount",
        "6 Gliding",
        "Left against",
        "this one",
        "2026-11-17",
    ] {
        assert!(seen.contains(text), "{text:?} can't be reached");
    }
}

#[test]
fn help_is_made_from_the_tables() {
    let rows: Vec<_> = keys::rows(keys::DEBRIEF).collect();
    assert!(rows.contains(&("3".to_owned(), "felt: hopping")));
    let hints: Vec<_> = log_of(practised()).hints();
    assert!(hints.contains(&("Enter".to_owned(), "step by step")));
}

#[test]
fn a_tap_that_could_not_be_kept_is_not_shown_as_kept() {
    let mut review = reviewed();
    review.run.entry.felt = Some(vec![Felt::Hopping]);
    let mut screen = debrief_of(review);
    let key = screen.key().unwrap();
    screen.sees("3 [x] hopping");
    tap(&mut screen, '3');
    tap(&mut screen, '1');
    screen.sees("1 [x]");
    screen.refused(key);
    screen.sees("3 [x] hopping");
    assert!(!screen.shows("1 [x]"));
}
