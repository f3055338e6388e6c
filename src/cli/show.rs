//! `esr-search show`: one project by its code.
//! Prints what the index stores, so it works without the corpus folder.

use std::io::Write;

use anyhow::Result;

use crate::form;
use crate::index::Reader;
use crate::present::{json, project, similar};
use crate::search;

use super::{Common, page, say};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search show S22421
  esr-search show S22421 --json | jq .granted
  esr-search show S22421 --with-contacts

Exit codes: 0 shown · 1 no such project · 2 error")]
pub(super) struct Args {
    /// Project code, as in S22421
    #[arg(value_name = "CODE", required = true)]
    codes: Vec<String>,
    /// Print JSON Lines, one object a project
    #[arg(long)]
    json: bool,
    /// Print the contact person too, if the index holds contact persons
    #[arg(long)]
    with_contacts: bool,
    #[cfg(feature = "cluster")]
    #[command(flatten)]
    engine: super::engine::Engine,
}

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let reader = Reader::open(&common.index)?;
    if args.with_contacts && !reader.manifest.with_contacts {
        say("the index holds no contact persons: it was made without --with-contacts");
    }
    let mut missing = 0;
    for (number, code) in args.codes.iter().enumerate() {
        let found = match search::project(&reader, code)? {
            None => search::project(&reader, &code.to_uppercase())?,
            found => found,
        };
        let Some(stored) = found else {
            say(&format!("no project {code} in the index"));
            missing = 1;
            continue;
        };
        let text = match args.with_contacts {
            true => stored.whole(),
            false => stored.text,
        };
        let parsed = form::parse(&text);
        let key = parsed.project.code.unwrap_or(code);
        let links = search::links(&reader, Some(key), &parsed.project)?;
        if args.json {
            json::stored(out, &stored.path, &parsed, &links)?;
        } else {
            if number > 0 {
                writeln!(out)?;
            }
            project::write(out, &parsed.project, page())?;
            similar::links(out, &links, page())?;
        }
    }
    Ok(missing)
}
