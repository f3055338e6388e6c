//! `esr-search similar`: the projects nearest to one, or to a draft.
//! What is given is a project of the index, or any text in a file.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use crate::form::{self, project::Project};
use crate::present::similar;
use crate::read;
use crate::search::{Collection, MAX_LIMIT};

use super::source::Source;
use super::{Common, page, say, warn};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search similar S22421
  esr-search similar draft.txt --limit 20
  esr-search similar S22421 --json | jq .shared
  cat draft.txt | esr-search similar -

The most telling words of the project or the text are looked for. For each
project found it is said which of them it has among its target groups and
elsewhere, what places and applicant both have, and what only one of them says.

Exit codes: 0 projects found · 1 none found · 2 wrong use or no index ·
  3 damaged index · 5 input or output failed")]
pub(super) struct Args {
    /// Project code, or a file with a draft; - for standard input
    #[arg(value_name = "CODE|FILE")]
    given: String,
    /// How many projects to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print JSON Lines, one object a project
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

/// Exit code if no project is near.
const NONE_FOUND: u8 = 1;

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    if args.limit > MAX_LIMIT {
        bail!(
            "--limit {} is too large, {MAX_LIMIT} is the most",
            args.limit
        );
    }
    let (collection, analyzer) = args.source.open(common)?;
    let (text, key) = given(&collection, &args.given)?;
    let parsed = form::parse(&text);
    // What is no description is a text all the same, as it stands.
    let project: &Project<'_> = &parsed.project;
    let found = collection.similar(&analyzer, (project, key.as_deref()), args.limit)?;
    warn(&collection);
    if args.json {
        similar::json(out, &found)?;
    } else if !found.hits.is_empty() {
        similar::write(out, &found, &args.given, page())?;
    }
    if found.hits.is_empty() {
        say(&format!(
            "no project is near {}: none has a telling word of it\n  \
             give a longer text, some sentences on what is done and for whom",
            args.given
        ));
        return Ok(NONE_FOUND);
    }
    Ok(0)
}

/// The text of what is given, with its key if it is a project of the index.
fn given(collection: &Collection, given: &str) -> Result<(String, Option<String>)> {
    let path = Path::new(given);
    if given != "-" {
        for key in [given.to_owned(), given.to_uppercase()] {
            if let Some(stored) = collection.project(&key)? {
                return Ok((stored.text, Some(key)));
            }
        }
        if !path.exists() {
            bail!(
                "there is no project {given} in the index, and no file of that name\n  \
                 give a code as in S22421, or a file with a draft"
            );
        }
    }
    let read = match given {
        "-" => read::read_stdin(),
        _ => read::read(path),
    };
    let text = read.map_err(|refusal| anyhow!("{given} can't be read: {refusal}"))?;
    Ok((text.text, None))
}
