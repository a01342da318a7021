//! The `gaisan` command: a thin user of the library.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
