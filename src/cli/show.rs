//! `esr-search show`: one project by its code.
//! Prints what the index stores, so it works without the corpus folder.

use std::io::Write;

use anyhow::Result;

#[cfg(feature = "cluster")]
use crate::cluster;
use crate::form;
use crate::form::project::Project;
use crate::index::{Reader, Stored};
use crate::present::{json, project, similar};
use crate::search::{self, Link};

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
    #[cfg(feature = "cluster")]
    if let Some(client) = args.engine.client()? {
        say("note: links to other projects are not looked for on a cluster");
        return show(
            args,
            out,
            |key| Ok(cluster::project(&client, key)?),
            |_, _| Ok(None),
        );
    }
    let reader = Reader::open(&common.index)?;
    if args.with_contacts && !reader.manifest.with_contacts {
        say("the index holds no contact persons: it was made without --with-contacts");
    }
    let links =
        |key: &str, project: &Project<'_>| Ok(Some(search::links(&reader, Some(key), project)?));
    show(args, out, |key| Ok(search::project(&reader, key)?), links)
}

/// Shows projects that `find` finds, with their links where they are known.
fn show(
    args: &Args,
    out: &mut dyn Write,
    find: impl Fn(&str) -> Result<Option<Stored>>,
    links: impl Fn(&str, &Project<'_>) -> Result<Option<Vec<Link>>>,
) -> Result<u8> {
    let mut missing = 0;
    for (number, code) in args.codes.iter().enumerate() {
        let found = match find(code)? {
            None => find(&code.to_uppercase())?,
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
        let links = links(key, &parsed.project)?;
        if args.json {
            json::stored(out, &stored.path, &parsed, links.as_deref())?;
        } else {
            if number > 0 {
                writeln!(out)?;
            }
            project::write(out, &parsed.project, page())?;
            similar::links(out, &links.unwrap_or_default(), page())?;
        }
    }
    Ok(missing)
}
