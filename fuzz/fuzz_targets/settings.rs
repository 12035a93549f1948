//! Any text as a settings file: it is read, and whatever is said of it is one line that can't command
//! a terminal. What brings no word is no nonsense: cut off, it is complained of.

#![no_main]

use ashiatsu::routine::text::is_unsafe;
use ashiatsu::settings::{self, Settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (settings, wrong) = settings::read(text);
    for line in &wrong {
        assert!(line.starts_with("settings"));
        assert!(!line.chars().any(is_unsafe));
    }
    assert!(settings.volume.is_none_or(|volume| volume <= 100));
    assert!(settings.voice_volume.is_none_or(|volume| volume <= 100));
    if settings != Settings::default() {
        // Something was taken, so it stood between brackets.
        assert!(text.contains('(') || text.contains('{'));
    }
});
