//! `esr-search man`: the manual page of the program or of one command.
//! Made from the same words as `--help`, so that they never differ.

use std::io::Write;

use anyhow::{Result, anyhow};
use clap::CommandFactory;

use super::Cli;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search man search | man -l -          read the page of search
  esr-search man > esr-search.1             keep the page of the program")]
pub(super) struct Args {
    /// The command to explain; without one the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<u8> {
    let mut program = Cli::command();
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).cloned();
            let found = found.ok_or_else(|| anyhow!("there is no command {name:?}"))?;
            let name: &'static str = format!("esr-search-{name}").leak();
            found.name(name)
        }
    };
    clap_mangen::Man::new(page).render(out)?;
    Ok(0)
}
