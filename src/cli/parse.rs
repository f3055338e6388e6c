//! `esr-search parse`: what the program reads in files.
//! For people who wonder where a value went, and for programs (`--json`).

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::form::{self, Parsed};
use crate::present::{json, project};
use crate::read::{self, Refusal, Text};

use super::{page, say};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search parse S22421.txt
  esr-search parse --json descriptions/*.txt
  esr-search parse --lines S22421.txt       where each line ended
  esr-search parse --with-contacts S22421.txt
  cat S22421.txt | esr-search parse -

Problems go to standard error with their line numbers.
Exit codes: 0 all files read · 1 some could not be read · 2 wrong use ·
  5 output failed")]
pub(super) struct Args {
    /// Description files; - for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Print JSON Lines, one object a file
    #[arg(long, conflicts_with = "lines")]
    json: bool,
    /// Print each line of the file with the place it ended in
    #[arg(long)]
    lines: bool,
    /// Print the contact person too
    #[arg(long)]
    with_contacts: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<u8> {
    let mut failed = 0;
    for (number, file) in args.files.iter().enumerate() {
        let name = file.display().to_string();
        let text = match read(file) {
            Ok(text) => text,
            Err(refusal) => {
                say(&format!("{name}: {refusal}"));
                failed = 1;
                continue;
            }
        };
        let mut parsed = form::parse(&text.text);
        let mut shown = Cow::from(&text.text);
        if !args.with_contacts {
            let contact = std::mem::take(&mut parsed.project.applicant.contact);
            shown = form::without_contact(&text.text, &contact).0.into();
        }
        if number > 0 && !args.json {
            writeln!(out)?;
        }
        print(args, &name, &shown, &parsed, out)?;
        let remarks = text.warnings.iter().cloned();
        for remark in remarks.chain(parsed.problems.iter().map(ToString::to_string)) {
            say(&format!("{name}: {remark}"));
        }
    }
    Ok(failed)
}

fn read(file: &Path) -> Result<Text, Refusal> {
    if file == Path::new("-") {
        read::read_stdin()
    } else {
        read::read(file)
    }
}

fn print(
    args: &Args,
    name: &str,
    text: &str,
    parsed: &Parsed<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    if args.json {
        json::project(out, name, &parsed.project, &parsed.problems)?;
        return Ok(());
    }
    if args.lines {
        let lines = form::ledger(text, parsed);
        project::ledger(out, lines)?;
    } else {
        project::write(out, &parsed.project, page())?;
    }
    Ok(())
}
