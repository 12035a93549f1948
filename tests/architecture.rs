//! Which file imports which: the pure core must not reach the shell, nor the
//! disk, a clock, a thread or the environment; and no two files may import each
//! other, not even by a detour. Read from the sources, tests in them left out.

#![expect(
    clippy::unwrap_used,
    reason = "a test: what is wrong with it shall fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What touches the machine. A module imports from those after it alone, in
/// this list and the next.
const SHELL: &[&str] = &[
    "main", "cli", "tui", "awake", "desk", "audio", "memory", "store", "library", "settings",
    "source", "new_file", "watch", "paths", "clock",
];

/// What decides, and is told everything it needs.
const CORE: &[&str] = &[
    "sheet",
    "card",
    "summary",
    "voice",
    "session",
    "preflight",
    "design",
    "check",
    "plan",
    "figure",
    "routine",
    "diagnostic",
    "document",
    "markup",
    "cue",
];

/// What every module may import: it imports nothing itself.
const LEAF: [&str; 2] = ["routine", "text"];

/// What the core must not name: the machine, and the crates that speak to it.
/// `Duration` is time too, but asks nobody.
const MACHINE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "crossterm",
    "etcetera",
    "ratatui",
    "rodio",
    "rustix",
    "signal_hook",
];

/// A source file: its module's path, `["routine", "read"]`, and its text.
struct Source {
    module: Vec<String>,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(Source {
                    module: module(&root, &path),
                    text: code(&fs::read_to_string(&path).unwrap()),
                });
            }
        }
    }
    found.sort_by(|a, b| a.module.cmp(&b.module));
    assert!(found.len() > 50, "only {} files", found.len());
    found
}

fn module(root: &Path, path: &Path) -> Vec<String> {
    let inside: PathBuf = path.strip_prefix(root).unwrap().with_extension("");
    inside
        .iter()
        .map(|part| part.to_str().unwrap().to_owned())
        .collect()
}

/// The text without comments, and without the tests at its end.
fn code(text: &str) -> String {
    let (text, _) = text
        .split_once("#[cfg(test)]\nmod tests")
        .unwrap_or((text, ""));
    text.lines()
        .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every path in `text` that begins with `head::`, in braces or not:
/// `a::{b, c::{d, e}}` is `a::b`, `a::c::d` and `a::c::e`.
fn paths(text: &str, head: &str) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let begin = format!("{head}::");
    for (at, _) in text.match_indices(&begin) {
        let before = text[..at].chars().next_back();
        // `a::crate_name::` and `my_std::` are something else.
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let mut rest = &text[at + begin.len()..];
        let mut path = vec![head.to_owned()];
        branches(&mut rest, &mut path, &mut found);
    }
    found
}

fn branches(rest: &mut &str, path: &mut Vec<String>, found: &mut BTreeSet<Vec<String>>) {
    *rest = rest.trim_start();
    let depth = path.len();
    if let Some(inside) = rest.strip_prefix('{') {
        *rest = inside;
        loop {
            *rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('}') {
                *rest = after;
                return;
            }
            if let Some(after) = rest.strip_prefix(',') {
                *rest = after;
                continue;
            }
            let before = rest.len();
            branches(rest, path, found);
            path.truncate(depth);
            // `a as b`, or the end of the text: nothing that branches.
            if rest.len() == before {
                let Some((_, after)) = rest.split_once([',', '}']) else {
                    return;
                };
                *rest = after;
            }
        }
    }
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    if word.is_empty() {
        return;
    }
    path.push(word.to_owned());
    *rest = after;
    if let Some(after) = rest.strip_prefix("::") {
        *rest = after;
        branches(rest, path, found);
    } else {
        found.insert(path.clone());
    }
    path.truncate(depth);
}

#[test]
fn paths_are_found_as_they_are_written() {
    let text =
        "use std::{fs::{self, File}, time::Duration};\nlet a = std::env::var(x);\nmy_std::fs();";
    let found: Vec<String> = paths(text, "std")
        .iter()
        .map(|path| path.join("::"))
        .collect();
    assert_eq!(
        found,
        [
            "std::env::var",
            "std::fs::File",
            "std::fs::self",
            "std::time::Duration"
        ]
    );
}

/// Where a module stands in the two lists.
fn rank(module: &str) -> Option<usize> {
    SHELL.iter().chain(CORE).position(|name| *name == module)
}

#[test]
fn every_module_imports_from_those_below_it_alone() {
    let mut wrong = Vec::new();
    for source in sources() {
        let top = source.module[0].as_str();
        let file = source.module.join("/");
        if top == "lib" {
            continue;
        }
        let here = rank(top).unwrap_or_else(|| {
            panic!("src/{file}.rs: say here and in ARCHITECTURE.md where it belongs")
        });
        let imported = paths(&source.text, "crate");
        if source.module == LEAF {
            assert!(imported.is_empty(), "src/{file}.rs imports {imported:?}");
        }
        for path in imported {
            let above = rank(&path[1]).is_none_or(|there| there < here);
            if above && path.get(1..3).is_none_or(|leaf| leaf != LEAF) {
                wrong.push(format!("src/{file}.rs imports {}", path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let mut section = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once(" = ")
        {
            assert!(page.contains(&format!("`{name}`")), "what is {name} for?");
        }
    }
}

#[test]
fn the_core_does_not_reach_the_shell_nor_the_machine() {
    let mut wrong = Vec::new();
    for source in sources() {
        if !CORE.contains(&source.module[0].as_str()) {
            continue;
        }
        let file = format!("src/{}.rs", source.module.join("/"));
        for path in paths(&source.text, "crate") {
            if SHELL.contains(&path[1].as_str()) {
                wrong.push(format!("{file} imports {}", path.join("::")));
            }
        }
        for name in MACHINE {
            let head = name.split("::").next().unwrap();
            for path in paths(&source.text, head) {
                let path = path.join("::");
                if path == *name || path.starts_with(&format!("{name}::")) {
                    wrong.push(format!("{file} names {path}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_run_one_way() {
    let sources = sources();
    let modules: BTreeSet<&[String]> = sources.iter().map(|s| s.module.as_slice()).collect();
    // The file that a path leads into: its longest beginning that is one.
    let file_of = |path: &[String]| {
        (1..=path.len())
            .rev()
            .map(|length| &path[..length])
            .find(|beginning| modules.contains(beginning))
            .map(<[String]>::to_vec)
    };
    let mut imports: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for source in &sources {
        let reached = paths(&source.text, "crate")
            .iter()
            .filter_map(|path| file_of(&path[1..]))
            .filter(|module| *module != source.module)
            .collect();
        imports.insert(source.module.clone(), reached);
    }
    // Files that import only what is settled are settled; circles never are.
    loop {
        let settled: Vec<Vec<String>> = imports
            .iter()
            .filter(|(_, reached)| reached.iter().all(|module| !imports.contains_key(module)))
            .map(|(module, _)| module.clone())
            .collect();
        if settled.is_empty() {
            break;
        }
        for module in settled {
            imports.remove(&module);
        }
    }
    let circle: Vec<String> = imports
        .iter()
        .map(|(module, reached)| {
            let reached: Vec<String> = reached
                .iter()
                .filter(|module| imports.contains_key(*module))
                .map(|module| module.join("/"))
                .collect();
            format!("{} imports {}", module.join("/"), reached.join(", "))
        })
        .collect();
    assert!(circle.is_empty(), "a circle:\n{}", circle.join("\n"));
}
