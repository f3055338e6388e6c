//! Which dictionary a command uses: options, environment, usual places.
//! Shared by the commands that analyse words without an index to ask.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::finnish::voikko::{self, NotFound};
use crate::index::Choice;

use super::say;

/// Options of the commands that analyse words.
#[derive(Debug, clap::Args)]
pub(super) struct Words {
    /// Variant of the dictionary [default: mor-standard]
    #[arg(long, value_name = "NAME")]
    dictionary_variant: Option<String>,
    /// Use the chain without a dictionary
    #[arg(long, conflicts_with_all = ["dictionary", "dictionary_variant"])]
    no_dictionary: bool,
}

impl Words {
    /// The chain to use: a dictionary where one is installed. `missing` is asked where
    /// none is, unless one was named, whether to go on without.
    pub(super) fn choice(
        &self,
        named: Option<&Path>,
        missing: impl FnOnce(&NotFound) -> Result<()>,
    ) -> Result<Choice> {
        if self.no_dictionary {
            return Ok(Choice::Rules);
        }
        let variant = self.dictionary_variant.as_deref();
        let is_named = named.is_some() || variant.is_some();
        match file(named, variant.unwrap_or(voikko::VARIANT)) {
            Ok(path) => Ok(Choice::Dictionary(path)),
            Err(not_found) if is_named => Err(not_found.into()),
            Err(not_found) => missing(&not_found).map(|()| Choice::Rules),
        }
    }
}

/// Goes on without a dictionary, and says so.
pub(super) fn note(missing: &NotFound) -> Result<()> {
    say(&format!(
        "note: {missing}\n  using the chain without a dictionary"
    ));
    Ok(())
}

/// The file of a dictionary in a folder that is named, else in a usual place.
pub(super) fn file(named: Option<&Path>, variant: &str) -> Result<PathBuf, NotFound> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    voikko::find(named, home.as_deref(), variant)
}
