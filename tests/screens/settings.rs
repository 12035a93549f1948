//! The settings on the screen: what is turned takes effect and is written; and
//! keys of one's own.

use ashiatsu::settings::{
    self,
    splice::{Change, splice},
};
use ashiatsu::tui::app::Act;
use ashiatsu::tui::live::SoundOrder;
use ashiatsu::tui::theme::{Depth, Look, Theme};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MediaKeyCode};

use crate::letters;
use crate::script::{EVENING, Script, entry};

fn home() -> Script {
    Script::at_home(vec![entry("evening", EVENING)])
}

fn open() -> Script {
    home().press(",").sees("settings").sees("Volume")
}

/// At the row with that label.
fn at(label: &str) -> Script {
    let mut script = open();
    for _ in 0..20 {
        if script.shows(&format!("▶ {label}")) {
            return script;
        }
        script = script.wait(1.0).press("Down");
    }
    panic!("no row {label}");
}

/// The settings file after all that was asked for, from `text` on.
fn written(script: &mut Script, text: &str) -> String {
    std::mem::take(&mut script.acts)
        .into_iter()
        .filter_map(|act| match act {
            Act::Set(change) => Some(change),
            _ => None,
        })
        .fold(text.to_owned(), |text, change: Change| {
            splice(&text, &change).unwrap()
        })
}

#[test]
fn what_is_turned_is_written_as_the_file_has_it() {
    for (label, shown, line) in [
        ("Sound", "muted", "sound: Muted"),
        ("Device is open", "always", "keep_device: Always"),
        ("Colours", "high contrast", "theme: HighContrast"),
        ("Client's head", "down", "head: Down"),
        ("Breath pacer", "off", "pacer: Off"),
        ("One button", "on", "one_button: On"),
        ("Screen stays lit", "off", "awake: Off"),
    ] {
        let mut script = at(label).press("Right");
        script = script.sees(&format!("▶ {label:<17}{shown}"));
        let text = written(&mut script, "(volume: 60)");
        assert_eq!(text, format!("(volume: 60, {line})"));
        assert_eq!(settings::read(&text).1, Vec::<String>::new());
        // And back to what the program has for it.
        let mut script = script.wait(1.0).press("d");
        let text = written(&mut script, &text);
        let (read, _) = settings::read(&text);
        let (default, _) = settings::read("(volume: 60)");
        assert_eq!(read, default, "{text}");
        // Once more there is nothing to write.
        let mut script = script.wait(1.0).press("d").sees("it is the default");
        assert_eq!(written(&mut script, "()"), "()");
    }
}

#[test]
fn the_volume_by_ear_is_remembered_and_the_file_left_alone() {
    let mut script = at("Volume").sees("70, as last set by ear").press("Right");
    script = script.sees("80, as last set by ear");
    assert!(
        script
            .acts
            .iter()
            .any(|act| matches!(act, Act::Remember(_)))
    );
    assert!(
        script
            .acts
            .iter()
            .any(|act| matches!(act, Act::Sound(SoundOrder::Volume(80))))
    );
    assert_eq!(written(&mut script, "()"), "()");
}

#[test]
fn a_volume_that_stands_in_the_file_is_changed_there() {
    let mut script = Script::at_home_as_set("(volume: 60)", vec![entry("evening", EVENING)]);
    script = script
        .press(",")
        .press("Left")
        .sees("▶ Volume           50");
    assert_eq!(written(&mut script, "(volume: 60)"), "(volume: 50)");
    let mut script = script.press("d").sees("50, as last set by ear");
    assert_eq!(written(&mut script, "(volume: 50)"), "(volume: None)");
}

#[test]
fn colours_change_at_once() {
    let script = at("Colours").press("Enter");
    let ground = Theme::of(Look::HighContrast, Depth::True).ground().bg;
    assert_eq!(Some(script.picture()[(0, 0)].bg), ground);
}

#[test]
fn what_is_chosen_by_ear_is_remembered_and_not_written() {
    for (label, shown) in [("Voice", "on"), ("Volume of voice", "80")] {
        let mut script = at(label).press("Right");
        script = script.sees(&format!("▶ {label:<17}{shown}"));
        let remembered = |act: &Act| matches!(act, Act::Remember(_));
        assert!(script.acts.iter().any(remembered), "{label}");
        assert_eq!(written(&mut script, "()"), "()", "{label}");
        let script = script.wait(1.0).press("d");
        script.misses(&format!("▶ {label:<17}{shown}"));
    }
    let script = at("Sound device").press("Right");
    assert!(
        script
            .acts
            .iter()
            .any(|act| matches!(act, Act::ListDevices))
    );
}

#[test]
fn esc_and_q_go_home() {
    for name in ["Esc", "q", "Ctrl-c"] {
        open().press(name).sees("pick a routine");
    }
}

#[test]
fn a_click_turns_what_is_clicked() {
    let mut script = open().click("Breath pacer").sees("▶ Breath pacer     off");
    assert_eq!(written(&mut script, "()"), "(pacer: Off)");
}

#[test]
fn it_can_be_used_in_a_small_window() {
    let mut script = open().sized(40, 12);
    for label in [
        "Sound",
        "Voice",
        "Volume of voice",
        "Sound device",
        "Device is open",
        "Colours",
        "Client's head",
        "Breath pacer",
        "One button",
        "Screen stays lit",
        "Keys",
    ] {
        script = script.wait(1.0).press("Down").sees(&format!("▶ {label}"));
        script = script.sees("back");
    }
    let script = script.press("Enter").sees("Press a key").press("Page Down");
    script
        .sees("It sends PageDown")
        .sees("▶   listen")
        .sees("Esc back");
}

#[test]
fn odd_windows_do_no_harm() {
    for (columns, rows) in [(1, 1), (5, 2), (0, 0), (300, 1), (1, 100), (16, 4)] {
        let script = open().sized(columns, rows);
        letters::rows(&script.picture());
        let script = script.sized(80, 24).press("End").press("Enter").press("F5");
        letters::rows(&script.sized(columns, rows).picture());
    }
}

fn keys_page() -> Script {
    at("Keys").press("Enter").sees("Press a key")
}

#[test]
fn a_key_says_what_it_sends_and_what_it_means() {
    for (name, sends, means) in [
        (
            "Page Down",
            "It sends PageDown.",
            "next step; on a hold, ready",
        ),
        ("Space", "It sends Space.", "pause, go on"),
        ("b", "It sends b.", "pause, go on"),
        ("F12", "It sends F12.", "it means nothing yet"),
        ("q", "It sends q.", "leave"),
        ("?", "It sends ?.", "help"),
        ("Esc", "It sends Esc.", "close what is open"),
    ] {
        keys_page().press(name).sees(sends).sees(means);
    }
    let mut script = keys_page();
    let louder = KeyCode::Media(MediaKeyCode::RaiseVolume);
    script.send(&Event::Key(KeyEvent::new(louder, KeyModifiers::NONE)));
    let script = script.sees("It sends VolumeUp.");
    // Another button of the same clicker is heard at once.
    let script = script.press("Page Up").sees("It sends PageUp.");
    script.press("Esc").sees("▶ Keys");
    keys_page().press("Ctrl-c").sees("▶ Keys");
}

#[test]
fn a_meaning_is_chosen_written_and_holds() {
    let mut script = keys_page().press("F12").press("Down").press("Down");
    script = script.sees("▶   Next").press("Enter");
    script = script
        .sees("F12 means Next from now on")
        .sees("Press a key");
    let text = written(&mut script, "Settings(volume: 60)");
    assert_eq!(text, "Settings(volume: 60, keys: {\"F12\": Next})");
    let mut script = script
        .press("F12")
        .sees("next step")
        .sees("keys: {\"F12\": Next}");
    script = script.sees("* Next");
    for _ in 0..20 {
        script.tap("Down");
    }
    let mut script = script.sees("▶   as the program has it").press("Enter");
    let text = written(&mut script, &text);
    assert_eq!(text, "Settings(volume: 60, keys: {})");
    script.press("F12").sees("it means nothing yet");
}

#[test]
fn a_key_of_one_s_own_acts_in_a_session_and_everything_says_so() {
    let keys = "(keys: {\"F12\": Next, \"n\": Pause, \"Space\": More, \".\": More, \"b\": More})";
    let script = || Script::in_session_as_set(keys, EVENING);
    script().press("F12").sees("step 2 of 6");
    let script_ = script().press("n").sees("PAUSED").sees("n goes on");
    script_.press("n").misses("PAUSED");
    script().press("F12").press("Space").sees("2:00 left now");
    script()
        .sees("n pause")
        .press("?")
        .sees("30 s more")
        .sees("F12");
    let script = script().press("k").press("F12").sees("step 2 of 6");
    script.press("Space").sees("keys are locked");
}

#[test]
fn a_wrong_key_is_said_and_the_others_hold() {
    let script = Script::at_home_as_set(
        "(keys: {\"F12\": Nxet, \"F11\": Next})",
        vec![entry("evening", EVENING)],
    );
    script.sees("\"F12\" can't mean Nxet; did you mean Next?");
}

#[test]
fn in_the_lists_before_a_session_it_goes_on_and_back() {
    let keys = "(keys: {\"F12\": Next, \"F11\": Back, \"x\": Next})";
    let script = Script::running_as_set(keys, EVENING, ashiatsu::tui::app::Before::Preflight);
    let script = script
        .press("F12")
        .sees("2 of 3")
        .press("F11")
        .sees("1 of 3");
    // A key that means something there keeps its meaning.
    script.press("x").sees("[x]");
}
