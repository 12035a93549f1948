//! The `ashiatsu` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    ashiatsu::cli::main()
}
