//! What the README says of the program, held against the program: keys,
//! commands and their options, settings, pictures. (Its routines are read in
//! `shipped.rs`.)

#![expect(
    clippy::unwrap_used,
    reason = "a test: what is wrong with it shall fail loudly"
)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ashiatsu::settings;
use ashiatsu::tui::keys;

#[path = "support/page.rs"]
mod page;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The table of a screen's keys as the README is to have it.
fn table(rows: impl Iterator<Item = (String, &'static str)>) -> String {
    let mut table = "| key | does |\n|---|---|\n".to_owned();
    for (keys, does) in rows {
        let keys: Vec<String> = keys.split("  ").map(|key| format!("`{key}`")).collect();
        writeln!(table, "| {} | {does} |", keys.join(" ")).unwrap();
    }
    table
}

#[test]
fn the_key_tables_are_those_that_the_program_goes_by() {
    let readme = readme();
    for (screen, expected) in [
        ("session", table(keys::rows(keys::SESSION))),
        ("home", table(keys::rows(keys::HOME))),
        ("preflight", table(keys::rows(keys::PREFLIGHT))),
        ("sounds", table(keys::rows(keys::SOUNDS))),
        ("aftercare", table(keys::rows(keys::AFTERCARE))),
        ("design", table(keys::rows(keys::DESIGN))),
    ] {
        let begin = format!("<!-- keys: {screen} -->\n");
        let (_, rest) = readme.split_once(&begin).unwrap();
        let (found, _) = rest.split_once("<!-- end -->").unwrap();
        assert!(
            found == expected,
            "the README's keys of {screen} should be:\n{expected}"
        );
    }
}

fn help_of(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ashiatsu"))
        .args(arguments)
        .arg("--help")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The commands that the program has, as its help lists them.
fn commands() -> Vec<String> {
    let help = help_of(&[]);
    let (_, list) = help.split_once("Commands:\n").unwrap();
    list.lines()
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// The words in backticks of a text.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_command_is_listed_and_none_that_is_not_there() {
    let readme = readme();
    let (_, list) = readme.split_once("| command | does |\n").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    let listed: BTreeSet<String> = code(list)
        .filter_map(|typed| typed.strip_prefix("ashiatsu "))
        .filter_map(|typed| typed.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert_eq!(listed, commands().into_iter().collect());
}

#[test]
fn every_option_in_the_list_of_commands_is_one_of_its_command() {
    let readme = readme();
    let (_, list) = readme.split_once("| command | does |\n").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    for row in list.lines().skip(1) {
        let Some(command) = code(row)
            .find_map(|typed| typed.strip_prefix("ashiatsu "))
            .and_then(|typed| typed.split_whitespace().next())
        else {
            continue;
        };
        let help = help_of(&[command]);
        for option in code(row)
            .flat_map(str::split_whitespace)
            .filter(|word| word.starts_with('-'))
        {
            let there = help
                .split([' ', '\n', ','])
                .any(|word| word.trim_end() == option);
            assert!(there, "`ashiatsu {command}` has no {option}");
        }
    }
}

#[test]
fn the_settings_can_be_used_as_they_stand() {
    let blocks = page::blocks(&readme(), "ron,settings");
    assert_eq!(blocks.len(), 1);
    for (line, text) in blocks {
        let (read, wrong) = settings::read(&text);
        assert_eq!(wrong, Vec::<String>::new(), "README.md:{line}");
        assert_eq!(read.volume, Some(60));
        // A field that is not known lists those that are: all of them stand here.
        let (_, wrong) = settings::read("(no_such_setting: 1)");
        let names: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("//"))
            .filter_map(|line| Some(line.split_once(':')?.0))
            .collect();
        assert_eq!(names, settings::FIELDS, "{wrong:?}");
    }
}

#[test]
fn the_compiler_it_asks_for_is_the_one_that_is_needed() {
    let asked = format!("Rust {} or newer", env!("CARGO_PKG_RUST_VERSION"));
    assert!(readme().contains(&asked), "{asked}");
}

#[test]
fn whatever_it_links_to_is_there() {
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "routines/README.md",
        "sounds/README.md",
    ] {
        let path = root().join(name);
        let text = fs::read_to_string(&path).unwrap();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if link.starts_with('#') || link.contains("://") {
                continue;
            }
            let file = link.split('#').next().unwrap();
            let target = path.parent().unwrap().join(file);
            assert!(target.exists(), "{name} links to {link}");
        }
    }
}
