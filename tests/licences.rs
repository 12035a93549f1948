//! The licences of all that is built for this system, held against the list in
//! `deny.toml`. cargo-deny looks at more (other systems, known faults); this
//! needs nothing but cargo.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: what is wrong with it shall fail loudly"
)]

#[path = "support/packages.rs"]
mod packages;

use std::fs;
use std::path::Path;

use packages::packages;
use spdx::{Expression, ParseMode};

/// What `deny.toml` allows.
fn allowed() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    let text = fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once("\nallow = [").unwrap();
    let (list, _) = rest.split_once(']').unwrap();
    list.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Whether a package may be used: each `AND` met, one of each `OR`.
fn may_be_used(licence: &str, allowed: &[String]) -> bool {
    Expression::parse_mode(licence, ParseMode::LAX)
        .unwrap()
        .evaluate(|needed| allowed.contains(&needed.to_string()))
}

#[test]
fn every_package_may_be_passed_on() {
    let allowed = allowed();
    assert!(!may_be_used("GPL-3.0-only", &allowed));
    assert!(!may_be_used("MIT AND GPL-3.0-only", &allowed));
    assert!(may_be_used("MIT/GPL-3.0-only", &allowed));
    let packages = packages();
    assert!(packages.len() > 50, "only {}", packages.len());
    let wrong: Vec<String> = packages
        .iter()
        .filter(|package| {
            !package["license"]
                .as_str()
                .is_some_and(|licence| may_be_used(licence, &allowed))
        })
        .map(|package| {
            format!(
                "{} {}: {}",
                package["name"], package["version"], package["license"]
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_list_names_no_licence_that_nothing_needs() {
    let allowed = allowed();
    let packages = packages();
    for one in &allowed {
        let others: Vec<String> = allowed
            .iter()
            .filter(|name| *name != one)
            .cloned()
            .collect();
        let needed = packages.iter().any(|package| {
            let licence = package["license"].as_str().unwrap();
            !may_be_used(licence, &others)
        });
        assert!(needed, "nothing needs {one}");
    }
}
