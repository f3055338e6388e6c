//! The `esr-search` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    esr_search::cli::run()
}
