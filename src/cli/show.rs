//! `esr-search show`: one project by its code.
//! Prints what the index stores, so it works without the corpus folder.

use std::io::Write;

use anyhow::Result;

use crate::form;
use crate::present::{json, project, similar};
use crate::search::Collection;

use super::source::Source;
use super::{Common, page, say, warn};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search show S22421
  esr-search show S22421 --json | jq .granted
  esr-search show S22421 --with-contacts

Exit codes: 0 shown · 1 no such project · 2 wrong use or no index ·
  3 damaged index · 5 input or output failed")]
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
    #[command(flatten)]
    source: Source,
}

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let collection = args.source.collection(common)?;
    let holds_none = match &collection {
        Collection::Index(reader) => !reader.manifest.with_contacts,
        #[cfg(feature = "cluster")]
        Collection::Cluster(_) => true,
    };
    if args.with_contacts && holds_none {
        say("the index holds no contact persons: it was made without --with-contacts");
    }
    let mut missing = 0;
    for (number, code) in args.codes.iter().enumerate() {
        let found = match collection.project(code)? {
            None => collection.project(&code.to_uppercase())?,
            found => found,
        };
        let Some(stored) = found else {
            say(&format!("no project {code} in the index"));
            missing = 1;
            continue;
        };
        let whole = args.with_contacts.then(|| stored.whole());
        let parsed = match &whole {
            Some(text) => form::parse(text),
            None => stored.parsed(),
        };
        let key = parsed.project.code.unwrap_or(code);
        let links = collection.links(Some(key), &parsed.project)?;
        if args.json {
            json::stored(out, &stored.path, &parsed, (&links, &collection.partial()))?;
        } else {
            if number > 0 {
                writeln!(out)?;
            }
            project::write(out, &parsed.project, page())?;
            similar::links(out, &links, page())?;
        }
    }
    warn(&collection);
    Ok(missing)
}
