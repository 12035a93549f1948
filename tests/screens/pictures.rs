//! Every screen in four windows, as reviewed pictures; and what holds for all
//! of them: words are whole, nothing crashes, however small the window.

use std::collections::BTreeSet;
use std::fmt::Write;

use ashiatsu::tui::app::{Before, Hearing};
use unicode_width::UnicodeWidthStr;

use crate::letters;
use crate::script::{EVENING, Script, entry};

/// The windows that are reviewed.
const WINDOWS: [(u16, u16); 4] = [(80, 24), (120, 40), (40, 12), (20, 5)];

/// A window in which the letters leave two rows for all else.
const LOW: (u16, u16) = (60, 18);

/// A window in which everything that a screen can say is shown.
const VAST: (u16, u16) = (300, 120);

/// The screen in each window, framed, so that one sees where the window ends.
fn pictures(script: &mut Script) -> String {
    let mut all = String::new();
    for (columns, rows) in WINDOWS {
        script.resize(columns, rows);
        let title = format!(" {columns}x{rows} ");
        writeln!(all, "┌{title:─<width$}┐", width = usize::from(columns)).unwrap();
        for row in letters::rows(&script.picture()) {
            writeln!(all, "│{row}│").unwrap();
        }
        writeln!(all, "└{}┘", "─".repeat(usize::from(columns))).unwrap();
    }
    all
}

/// What a vast window says in letters made of cells, or in other words.
const OTHER_WORDS: &str = "CLIENT’S LEFT RIGHT BOTH SIDES TAKE YOUR TIME PAUSED LINGERING Get ready Check in Change sides more shows all";

/// The words of a picture: letters made of cells, frames and figures left out.
fn shown_words(script: &mut Script, (columns, rows): (u16, u16)) -> BTreeSet<String> {
    script.resize(columns, rows);
    words(&letters::rows(&script.picture()).join("\n"))
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_alphabetic() || c == '’'))
        .filter(|word| word.width() > 1)
        .map(str::to_owned)
        .collect()
}

/// Reviews a screen: its pictures, and that every word in a smaller window is
/// one of a vast window's, so that none is cut.
#[track_caller]
pub(crate) fn review(name: &str, mut script: Script) {
    let mut whole = shown_words(&mut script, VAST);
    whole.extend(words(EVENING));
    // What lies under help and questions, elsewhere in each window.
    let mut under = session().press("n").wait(15.0);
    whole.extend(shown_words(&mut under, VAST));
    whole.extend(words(OTHER_WORDS));
    for (columns, rows) in [
        (30, 8),
        (36, 9),
        (40, 12),
        (52, 13),
        (60, 20),
        (80, 24),
        (100, 30),
        (120, 40),
        (130, 45),
    ] {
        let shown = shown_words(&mut script, (columns, rows));
        let cut: Vec<&String> = shown.difference(&whole).collect();
        script.resize(columns, rows);
        assert!(
            cut.is_empty(),
            "{name} at {columns}x{rows}: cut or unknown: {cut:?}\n{}",
            letters::rows(&script.picture()).join("\n")
        );
    }
    for (columns, rows) in [(1, 1), (2, 1), (1, 3), (5, 2), (0, 0), (300, 1), (1, 100)] {
        script.resize(columns, rows);
        script.picture();
    }
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!(name, pictures(&mut script));
    });
}

/// Its words are worth more than the line that breathes along.
#[test]
fn a_stroke_with_a_pace_keeps_its_cue_in_a_low_window() {
    let mut script = session().press("n").wait(15.0);
    script.resize(LOW.0, LOW.1);
    let picture = letters::rows(&script.picture()).join("\n");
    assert!(
        picture.contains("“Sink in, wait, then glide along the"),
        "{picture}"
    );
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("session_low", picture);
    });
}

fn library() -> Script {
    let broken = include_str!("routines/broken.ron");
    let morning = EVENING
        .replace("Slow Evening", "Bright Morning")
        .replace("\"Ada\"", "\"Grace\"")
        .replace("Beginner", "Intermediate");
    Script::at_home(vec![
        entry("evening", EVENING),
        entry("broken", broken),
        entry("morning", &morning),
    ])
}

fn session() -> Script {
    Script::in_session(EVENING)
}

#[test]
fn the_first_start() {
    review("welcome", Script::at_the_first_start());
}

#[test]
fn home() {
    review("home", library());
}

#[test]
fn home_filtered() {
    review("home_filtered", library().press("/").types("grace"));
}

#[test]
fn home_with_nothing_found() {
    review("home_nothing_found", library().press("/").types("xyz"));
}

#[test]
fn home_with_a_broken_routine() {
    review("home_broken", library().press("Down"));
}

#[test]
fn home_without_routines() {
    review("home_empty", Script::at_home(vec![]));
}

#[test]
fn preflight_room() {
    let script =
        Script::running(EVENING, Before::Preflight).presses(&["Space", "Down", "Space", "Down"]);
    review("preflight_room", script);
}

fn at_the_client() -> Script {
    Script::running(EVENING, Before::Preflight)
        .press("Enter")
        .presses(&["n", "y"])
}

#[test]
fn preflight_client_with_a_yes() {
    review("preflight_client", at_the_client());
}

#[test]
fn preflight_step_up() {
    review("preflight_step_up", at_the_client().press("Enter"));
}

#[test]
fn preflight_in_place() {
    review(
        "preflight_in_place",
        Script::running(EVENING, Before::Preflight).presses(&["Enter"; 3]),
    );
}

#[test]
fn preflight_in_place_after_a_yes() {
    review(
        "preflight_in_place_yes",
        at_the_client().presses(&["Enter"; 2]),
    );
}

#[test]
fn preflight_today() {
    let script = Script::running_until(EVENING, Before::Preflight, "14:34").press("o");
    review("preflight_today", script.presses(&["Down"; 4]));
}

#[test]
fn preflight_leave_alone() {
    let script = Script::running(EVENING, Before::Preflight).press("a");
    review(
        "preflight_alone",
        script.presses(&["Down", "Down", "Space"]),
    );
}

#[test]
fn get_ready() {
    review(
        "get_ready",
        Script::running(EVENING, Before::Nothing).wait(0.5),
    );
}

#[test]
fn a_transition_with_a_hold() {
    review("session_transition", session().wait(5.0));
}

#[test]
fn a_hold_that_waits() {
    review("session_waiting", session().wait(25.0));
}

#[test]
fn a_stroke_on_the_left() {
    review("session_left", session().press("n").wait(15.0));
}

#[test]
fn a_stroke_on_the_right_behind_time() {
    review(
        "session_right",
        session().wait(40.0).presses(&["n", "n", "n"]).wait(6.0),
    );
}

#[test]
fn a_name_on_two_lines_without_a_side() {
    review("session_two_lines", session().presses(&["n"; 4]).wait(6.0));
}

#[test]
fn both_sides_at_the_end() {
    review("session_both", session().presses(&["n"; 5]).wait(6.0));
}

#[test]
fn a_pause() {
    review(
        "session_paused",
        session().press("n").wait(15.0).press("Space").wait(7.0),
    );
}

#[test]
fn a_pause_in_get_ready() {
    review(
        "get_ready_paused",
        Script::running(EVENING, Before::Nothing)
            .wait(0.5)
            .press("Space"),
    );
}

#[test]
fn lingering() {
    review(
        "session_lingering",
        session().press("n").wait(15.0).press("l").wait(85.0),
    );
}

#[test]
fn without_a_device() {
    let silent = Hearing::Silent("no output device".to_owned());
    review(
        "session_silent",
        session().press("n").wait(15.0).hear(silent),
    );
}

#[test]
fn a_notice() {
    review("session_notice", session().press("n").wait(15.0).press("+"));
}

#[test]
fn the_bare_view() {
    review("session_bare", session().press("n").wait(15.0).press("Tab"));
}

#[test]
fn the_plan() {
    review(
        "session_plan",
        session().press("n").wait(15.0).presses(&["Tab", "Tab"]),
    );
}

#[test]
fn help() {
    review("help", session().press("n").wait(15.0).press("?"));
}

#[test]
fn the_question_before_leaving() {
    review("leave", session().press("n").wait(15.0).press("q"));
}

#[test]
fn aftercare_finished() {
    let script = session().presses(&["n", "n"]).wait(2.0);
    review(
        "aftercare_finished",
        script.press("n").wait(100.0).presses(&["n", "n", "n"]),
    );
}

#[test]
fn aftercare_ended_early() {
    review(
        "aftercare_early",
        session().press("n").wait(15.0).presses(&["q", "q"]),
    );
}

#[test]
fn aftercare_asks_how_to_save() {
    review("aftercare_save", session().presses(&["q", "q", "w"]));
}
