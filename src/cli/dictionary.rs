//! Which dictionary a command uses: options, environment, usual places.
//! Shared by the commands that analyse words without an index to ask.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::finnish::voikko;
use crate::index::Choice;

use super::say;

/// Options of the commands that analyse words.
#[derive(Debug, clap::Args)]
pub(super) struct Words {
    /// Variant of the dictionary
    #[arg(long, value_name = "NAME", default_value = voikko::VARIANT)]
    dictionary_variant: String,
    /// Use the chain without a dictionary
    #[arg(long, conflicts_with = "dictionary")]
    no_dictionary: bool,
}

impl Words {
    /// The chain to use; a dictionary where one is installed. `quiet` says
    /// nothing where there is none.
    pub(super) fn choice(&self, named: Option<&Path>, quiet: bool) -> Result<Choice> {
        if self.no_dictionary {
            return Ok(Choice::Rules);
        }
        match file(named, &self.dictionary_variant) {
            Ok(path) => Ok(Choice::Dictionary(path)),
            Err(missing) if named.is_some() => Err(missing.into()),
            Err(missing) => {
                if !quiet {
                    say(&format!(
                        "note: {missing}\n  using the chain without a dictionary"
                    ));
                }
                Ok(Choice::Rules)
            }
        }
    }
}

/// The file of a dictionary in a folder that is named, else in a usual place.
pub(super) fn file(named: Option<&Path>, variant: &str) -> Result<PathBuf, voikko::NotFound> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    voikko::find(named, home.as_deref(), variant)
}
