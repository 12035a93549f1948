//! What ships for people to read and copy: the routines, and every routine in
//! the pages about them.

use std::fs;
use std::path::Path;

use ashiatsu::check::{Checked, check};
use ashiatsu::diagnostic::Colour;
use ashiatsu::library::SHIPPED;
use ashiatsu::routine::read::NoSounds;

fn problems(text: &str) -> String {
    let Checked { diagnostics, .. } = check(text, &NoSounds);
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.render("block", text, Colour::No))
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

/// The blocks of a Markdown page that begin with this fence, and their lines.
fn blocks(page: &str, info: &str) -> Vec<(usize, String)> {
    let fence = format!("```{info}");
    let mut found = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.trim() == fence {
            let block: Vec<&str> = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| line.trim() != "```")
                .collect();
            found.push((number + 1, block.join("\n")));
        }
    }
    found
}

#[test]
fn every_routine_in_the_pages_can_be_used_as_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, least) in [("routines/README.md", 3), ("README.md", 0)] {
        let Ok(page) = fs::read_to_string(root.join(name)) else {
            assert_eq!(least, 0, "{name} is missing");
            continue;
        };
        let whole = blocks(&page, "ron");
        let parts = blocks(&page, "ron,fragment");
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
