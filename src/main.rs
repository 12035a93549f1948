//! The `ashiatsu` program.
fn main() {}
