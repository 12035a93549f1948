//! Settings files as people, editors and accidents leave them: whatever stands in
//! one, the program starts, and says of each value that it did not take why.

#![expect(
    clippy::indexing_slicing,
    reason = "a test: what is wrong with it shall fail loudly"
)]

use ashiatsu::routine::text::is_unsafe;
use ashiatsu::settings::{self, FIELDS, Settings};
use proptest::prelude::*;

/// Values of each setting: these are taken, and these are not.
const VALUES: [(&str, &[&str], &[&str]); 16] = [
    (
        "volume",
        &["0", "100", "60"],
        &["101", "-1", "256", "4.5", "\"40\"", "On"],
    ),
    ("sound", &["On", "Muted"], &["Off", "true", "\"On\"", "1"]),
    (
        "device",
        &["\"Buds\"", "None", "\"\""],
        &["Buds", "3", "[]"],
    ),
    (
        "keep_device",
        &["AroundCues", "Always"],
        &["Never", "()", "1"],
    ),
    (
        "leave_out",
        &["[]", "[\"a\", \"b\"]"],
        &["\"a\"", "[1]", "{}", "On"],
    ),
    ("head", &["Up", "Down"], &["Left", "up", "0"]),
    ("pacer", &["On", "Off"], &["false", "Maybe"]),
    ("one_button", &["On", "Off"], &["1", "Yes"]),
    (
        "theme",
        &["Warm", "HighContrast"],
        &["Dark", "\"Warm\"", "high_contrast"],
    ),
    ("awake", &["On", "Off"], &["3", "Always"]),
    ("keys", &["{}", "{\"F9\": Next}"], &["3", "[\"F9\"]", "F9"]),
    (
        "goal",
        &[
            "Goal(sessions: 20, hours: 30)",
            "(hours: 1)",
            "None",
            "Goal()",
        ],
        &[
            "20",
            "Goal(days: 3)",
            "Goal(sessions: -1)",
            "Goal(hours: 4294967296)",
        ],
    ),
    ("voice", &["On", "Off"], &["\"Anna\"", "1"]),
    ("voice_volume", &["0", "60"], &["300", "loud", "[]"]),
    ("voice_name", &["\"en-gb\""], &["en", "1"]),
    (
        "voice_command",
        &["[]", "[\"piper\"]"],
        &["\"piper\"", "[piper]", "9"],
    ),
];

/// What is told is fit for a screen and says what it is about.
fn is_told_well(line: &str) -> bool {
    line.starts_with("settings") && line.len() > 12 && !line.chars().any(is_unsafe)
}

#[derive(Debug, Clone)]
struct Entry {
    name: String,
    value: &'static str,
    is_wrong: bool,
}

/// One of the settings, with a value that is taken or one that is not.
fn entries() -> impl Strategy<Value = Entry> {
    (0..VALUES.len(), any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(field, pick, is_wrong)| {
            let (name, good, bad) = VALUES[field];
            let values = if is_wrong { bad } else { good };
            Entry {
                name: name.to_owned(),
                value: values[pick.index(values.len())],
                is_wrong,
            }
        },
    )
}

/// Words and marks of RON in any order.
fn soup() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        "\"",
        "'",
        "\\",
        "//",
        "/*",
        "*/",
        "#![enable(",
        "implicit_some",
        "r#\"",
        "\"#",
        "Settings",
        "Some",
        "None",
        "volume",
        "sound",
        "goal",
        "leave_out",
        "voice_command",
        "On",
        "Off",
        "Muted",
        "-",
        "0x",
        "1e999",
        "NaN",
        "inf",
        "18446744073709551616",
        "b'",
        "\u{feff}",
        "\u{1b}[2J",
        "\n",
        "\t",
        " ",
        "true",
        "é",
        "背",
    ]);
    prop::collection::vec(words, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn each_value_is_taken_or_complained_of_by_name(mut entries in prop::collection::vec(entries(), 0..8), stray in "[a-z_]{1,9}") {
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        entries.dedup_by(|a, b| a.name == b.name);
        if !FIELDS.contains(&stray.as_str()) && stray != "true" && stray != "false" && stray != "inf" {
            entries.push(Entry { name: stray, value: "1", is_wrong: true });
        }
        let fields: Vec<String> = entries.iter().map(|e| format!("{}: {}", e.name, e.value)).collect();
        let text = format!("({})", fields.join(",\n"));
        let (settings, wrong) = settings::read(&text);
        let expected: Vec<&Entry> = entries.iter().filter(|entry| entry.is_wrong).collect();
        prop_assert_eq!(wrong.len(), expected.len(), "{}\n{:?}", text, wrong);
        for (line, entry) in wrong.iter().zip(expected) {
            prop_assert!(is_told_well(line) && line.contains(&format!("`{}`", entry.name)), "{}", line);
        }
        // What was taken is the same as if nothing else had stood there.
        let good: Vec<String> = entries.iter().zip(fields).filter(|(e, _)| !e.is_wrong).map(|(_, field)| field).collect();
        prop_assert_eq!(settings::read(&format!("({})", good.join(","))), (settings, Vec::new()));
    }

    #[test]
    fn words_in_any_order_are_read_or_complained_of(text in soup()) {
        whatever_it_is(&text)?;
    }

    #[test]
    fn any_text_is_read_or_complained_of(text in any::<String>()) {
        whatever_it_is(&text)?;
    }

    #[test]
    fn a_file_that_is_cut_off_anywhere_is_complained_of(length in 0_usize..90) {
        let whole = "(volume: 40, sound: Muted, leave_out: [\"Charger\"], goal: Goal(sessions: 3), theme: Warm)";
        let text = &whole[..length.min(whole.len() - 1)];
        let (settings, wrong) = settings::read(text);
        prop_assert_eq!(settings, Settings::default());
        prop_assert_eq!(wrong.len(), usize::from(!text.is_empty()), "{}: {:?}", text, wrong);
    }
}

/// Nothing is swallowed: what brings no complaint is RON of some kind.
fn whatever_it_is(text: &str) -> Result<(), TestCaseError> {
    let (settings, wrong) = settings::read(text);
    for line in &wrong {
        prop_assert!(is_told_well(line), "{:?}", line);
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    if wrong.is_empty() && !body.trim().is_empty() {
        let read = ron::from_str::<ron::Value>(body);
        prop_assert!(
            read.is_ok(),
            "taken without a word: {:?} as {:?}",
            text,
            settings
        );
    }
    Ok(())
}

#[test]
fn every_setting_is_tried() {
    let tried: Vec<&str> = VALUES.iter().map(|(name, ..)| *name).collect();
    for field in FIELDS {
        assert!(tried.contains(field), "VALUES has no `{field}`");
    }
}

#[test]
fn what_stands_there_twice_is_said() {
    let (settings, wrong) = settings::read("(volume: 3, head: Down, volume: 4)");
    assert_eq!(settings.volume, Some(4));
    assert_eq!(
        wrong,
        ["settings: `volume` stands there twice; the later one counts"]
    );
}

#[test]
fn lists_in_lists_without_end_are_complained_of() {
    for open in ["[", "(", "{", "Some(", "(volume: [", "(leave_out: [", "/*"] {
        let (settings, wrong) = settings::read(&open.repeat(50_000));
        assert_eq!(settings, Settings::default(), "{open}");
        assert_eq!(wrong.len(), 1, "{open}");
        assert!(
            is_told_well(&wrong[0]) && wrong[0].len() < 300,
            "{}",
            wrong[0]
        );
    }
}

/// A name that leads nowhere, to itself, or to what is no file.
#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_costs_the_settings_and_no_time() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("folder")).unwrap();
    std::os::unix::fs::symlink(at("loop"), at("loop")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", at("device")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(at("pipe"))
        .status();
    assert!(made.unwrap().success());
    std::os::unix::fs::symlink(at("pipe"), at("link")).unwrap();
    std::fs::write(at("large"), " ".repeat(3_000_000)).unwrap();
    for name in ["folder", "loop", "device", "pipe", "link", "large"] {
        let (settings, wrong) = settings::load(&at(name));
        assert_eq!(settings, Settings::default());
        assert_eq!(wrong.len(), 1, "{name}: {wrong:?}");
        assert!(is_told_well(&wrong[0]), "{name}: {wrong:?}");
    }
    assert_eq!(
        settings::load(&at("none")),
        (Settings::default(), Vec::new())
    );
    // A link to a file is that file.
    std::fs::write(at("file"), "(volume: 7)").unwrap();
    std::os::unix::fs::symlink(at("file"), at("linked")).unwrap();
    assert_eq!(settings::load(&at("linked")).0.volume, Some(7));
}
