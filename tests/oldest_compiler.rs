//! The oldest compiler that builds this, as `Cargo.toml` states it, held against
//! what every package in `Cargo.lock` says that it needs. That our own code keeps
//! to it is seen by clippy, which reads the same number.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: what is wrong with it shall fail loudly"
)]

#[path = "support/packages.rs"]
mod packages;

/// `1.89` or `1.89.0`, to be compared.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    parts
}

#[test]
fn no_package_needs_a_newer_compiler_than_is_stated() {
    assert!(version("1.90") > version("1.89.2"));
    assert!(version("1.100") > version("1.99"));
    let stated = env!("CARGO_PKG_RUST_VERSION");
    let packages = packages::packages();
    let needed = |package: &serde_json::Value| package["rust_version"].as_str().map(version);
    let wrong: Vec<String> = packages
        .iter()
        .filter(|package| needed(package) > Some(version(stated)))
        .map(|package| {
            let (name, version) = (&package["name"], &package["version"]);
            format!("{name} {version} needs {}", package["rust_version"])
        })
        .collect();
    assert!(wrong.is_empty(), "we state {stated}:\n{}", wrong.join("\n"));
    let say = packages.iter().filter(|package| needed(package).is_some());
    assert!(say.count() > 100, "hardly a package says what it needs");
}

#[test]
fn the_readme_states_the_same() {
    let readme = include_str!("../README.md");
    let stated = env!("CARGO_PKG_RUST_VERSION");
    let stated = stated.strip_suffix(".0").unwrap_or(stated);
    assert!(readme.contains(&format!("Rust {stated} or newer")));
}
