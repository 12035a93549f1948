//! Any text at all: the document keeps it byte for byte, checking it does not panic, every mark lies in
//! it, and nothing that is said of it can command a terminal.

#![no_main]

use ashiatsu::check::{self, Checked};
use ashiatsu::diagnostic::{Colour, Lines};
use ashiatsu::document::Document;
use ashiatsu::routine::read::NoSounds;
use ashiatsu::routine::text::is_unsafe;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let document = Document::parse(text);
    let kept: String = document
        .tokens()
        .iter()
        .map(|token| document.slice(token.range.clone()))
        .collect();
    assert_eq!(kept, text);

    let Checked {
        routine,
        diagnostics,
        ..
    } = check::check(text, &NoSounds);
    assert!(routine.is_some() || !diagnostics.is_empty());
    let lines = Lines::new(text);
    for diagnostic in diagnostics {
        assert!(text.get(diagnostic.range.clone()).is_some());
        let related = diagnostic.related.iter().map(|related| &related.range);
        let replaced = diagnostic.replacement.iter().map(|replacement| &replacement.range);
        for range in related.chain(replaced) {
            assert!(text.get(range.clone()).is_some());
        }
        let drawn = diagnostic.render("fuzz.ron", &lines, Colour::No);
        assert!(drawn.chars().all(|c| c == '\n' || !is_unsafe(c)));
    }
});
