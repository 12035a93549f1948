//! What a settings file means, and what is said of mistakes in it.

use super::*;

#[test]
fn what_is_not_written_is_the_default() {
    assert_eq!(read(""), (Settings::default(), vec![]));
    assert_eq!(read("Settings()"), (Settings::default(), vec![]));
    let (settings, wrong) = read("Settings(volume: 40, sound: Muted, device: \"Buds\")");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(settings.goal, None);
    assert_eq!(settings.volume, Some(40));
    assert_eq!(settings.sound, Sound::Muted);
    assert_eq!(settings.device.as_deref(), Some("Buds"));
}

#[test]
fn a_goal_is_sessions_or_hours_or_both() {
    for (text, sessions, hours) in [
        (
            "Settings(goal: Goal(sessions: 20, hours: 30))",
            Some(20),
            Some(30),
        ),
        ("Settings(goal: (hours: 12))", None, Some(12)),
        ("Settings(goal: None)", None, None),
    ] {
        let (settings, wrong) = read(text);
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(
            settings.goal.and_then(|goal| goal.sessions),
            sessions,
            "{text}"
        );
        assert_eq!(settings.goal.and_then(|goal| goal.hours), hours, "{text}");
    }
    let (settings, wrong) = read("Settings(goal: 20)");
    assert_eq!(settings.goal, None);
    assert_eq!(
        wrong,
        [
            "settings: `goal` must be Goal(sessions: 20, hours: 30), or one of the two; the default is used"
        ]
    );
}

#[test]
fn what_is_wrong_costs_that_value_only() {
    let (settings, wrong) =
        read("Settings(volume: 400, sound: Loud, // a comment\n keep_device: Always, volumn: 3)");
    assert_eq!(settings.volume, Settings::default().volume);
    assert_eq!(settings.keep_device, KeepDevice::Always);
    assert_eq!(
        wrong,
        [
            "settings: `volume` must be a number from 0 to 100; the default is used",
            "settings: `sound` must be On or Muted; the default is used",
            "settings: there is no `volumn`; did you mean `volume`?",
        ]
    );
}

#[test]
fn a_file_that_is_no_ron_gives_the_defaults_and_a_line() {
    let (settings, wrong) = read("Settings(volume: 40");
    assert_eq!(settings, Settings::default());
    assert_eq!(wrong.len(), 1);
    assert!(wrong[0].starts_with("settings, line 1: "), "{wrong:?}");
    // In the words that a routine's slips are told in, at the line where it is.
    let (_, wrong) = read("Settings(\n    volume: 40\n    pacer: On,\n)");
    assert_eq!(
        wrong,
        ["settings, line 2: a comma is missing here; the defaults are used"]
    );
}

#[test]
fn the_voice_is_off_unless_it_is_chosen() {
    assert_eq!(read("").0.voice, Voice::Off);
    let (settings, wrong) = read(
        "Settings(voice: On, voice_volume: 60, voice_name: \"en-gb\",
            voice_command: [\"piper\", \"--output_file\", \"{out}\"])",
    );
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(settings.voice, Voice::On);
    assert_eq!(settings.voice_volume, Some(60));
    assert_eq!(settings.voice_name.as_deref(), Some("en-gb"));
    assert_eq!(settings.voice_command, ["piper", "--output_file", "{out}"]);
    let (settings, wrong) =
        read("Settings(voice: Loud, voice_volume: 101, voice_name: 3, voice_command: \"piper\")");
    assert_eq!(settings, Settings::default());
    assert_eq!(
        wrong,
        [
            "settings: `voice` must be Off or On; the default is used",
            "settings: `voice_volume` must be a number from 0 to 100; the default is used",
            "settings: `voice_name` must be a voice's name in quotes; the default is used",
            "settings: `voice_command` must be a list of words in quotes, such as \
             [\"piper\", \"-f\", \"{out}\"]; the default is used",
        ]
    );
}
