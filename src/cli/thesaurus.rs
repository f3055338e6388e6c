//! `--synonyms` and `--no-synonyms`: which lists a search goes by.
//! The program's own list comes first, that of a file behind it.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use crate::query::synonyms::{Format, Synonyms};
use crate::read;

use super::say;

/// Which synonyms are asked for.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Thesaurus {
    /// List of synonyms: a, b and a => b; or SKOS in .nt or .ttl
    #[arg(long, value_name = "FILE", env = "ESR_SEARCH_SYNONYMS")]
    pub(super) synonyms: Option<PathBuf>,
    /// Search for no synonyms, not even those of the program's own list
    #[arg(long)]
    pub(super) no_synonyms: bool,
}

impl Thesaurus {
    /// The lists as one.
    pub(super) fn read(&self) -> Result<Synonyms> {
        if self.no_synonyms {
            return Ok(Synonyms::default());
        }
        let mut synonyms = Synonyms::own();
        if let Some(path) = &self.synonyms {
            synonyms.add(of_file(path)?);
        }
        Ok(synonyms)
    }
}

fn of_file(path: &Path) -> Result<Synonyms> {
    let shown = path.display();
    let text = read::read(path).map_err(|why| {
        anyhow!(
            "the list of synonyms {shown} can't be read: {why}\n  name another one with --synonyms"
        )
    })?;
    for warning in &text.warnings {
        say(&format!("note: {shown}: {warning}"));
    }
    let format = Format::of_name(&path.to_string_lossy());
    Synonyms::read(&text.text, format).map_err(|wrong| {
        anyhow!(
            "{shown}: {wrong}\n  write a line as: word, synonym or word => synonym; files in .nt and \
             .ttl are read as SKOS"
        )
    })
}
