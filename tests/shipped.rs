//! What ships for people to read and copy: the routines, and every routine in
//! the pages about them.

use std::fs;
use std::path::Path;

use ashiatsu::check::{Checked, check};
use ashiatsu::diagnostic::{Colour, Lines};
use ashiatsu::library::SHIPPED;
use ashiatsu::routine::read::NoSounds;

#[path = "support/page.rs"]
mod page;

fn problems(text: &str) -> String {
    let Checked { diagnostics, .. } = check(text, &NoSounds);
    let lines = Lines::new(text);
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.render("block", &lines, Colour::No))
        .collect()
}

#[test]
fn every_shipped_routine_leaves_no_doubt() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("routines");
    let files = fs::read_dir(folder).unwrap();
    let count = files
        .filter(|file| {
            file.as_ref()
                .unwrap()
                .path()
                .extension()
                .is_some_and(|end| end == "ron")
        })
        .count();
    assert_eq!(count, SHIPPED.len(), "each file of routines/ ships");
    for (stem, text) in SHIPPED {
        assert_eq!(problems(text), "", "{stem}");
    }
}

#[test]
fn every_routine_in_the_pages_can_be_used_as_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, least) in [("routines/README.md", 3), ("README.md", 1)] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        let whole = page::blocks(&text, "ron");
        let parts = page::blocks(&text, "ron,fragment");
        assert!(
            whole.len() + parts.len() >= least,
            "{name}: {}",
            whole.len()
        );
        for (line, text) in whole {
            assert_eq!(problems(&text), "", "{name}:{line}");
        }
        for (line, text) in parts {
            let text = format!(
                "Routine(format: 1, name: \"Part\", phases: [Phase(name: \"Part\", position: Prone, steps: [\n{text}\n])])"
            );
            let Checked { routine, .. } = check(&text, &NoSounds);
            assert!(routine.is_some(), "{name}:{line}: {}", problems(&text));
        }
    }
}
