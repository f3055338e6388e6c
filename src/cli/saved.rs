//! Saved searches: a file with what is asked, and what was found last.
//!
//! The search is TOML that people may edit; the state beside it, `FILE.state`,
//! is the program's own. Both are written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};

use crate::error::at;
use crate::read;
use crate::search::Seen;

use super::outcome::Outcome;

/// The head of a file.
const HEAD: &str = "# A search of esr-search; what is new: esr-search watch-query FILE\n";

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Saved {
    /// The query as typed.
    pub(super) query: String,
    /// Sections to search; all if none is named.
    pub(super) sections: Vec<String>,
    /// Filters, as `--filter` takes them.
    pub(super) filters: Vec<String>,
    /// A word that the plan has and the final report lacks.
    pub(super) promised_not_reported: Option<String>,
    /// Whether it has ended without a final report.
    pub(super) ended_without_report: bool,
    /// Only the best so many; all that hold what is asked if there is none.
    pub(super) limit: Option<usize>,
    /// What to sort by.
    pub(super) sort: Option<String>,
    /// Whether to sort the other way round.
    pub(super) reverse: bool,
    /// A list of synonyms.
    pub(super) synonyms: Option<PathBuf>,
    /// Whether to go without synonyms.
    pub(super) no_synonyms: bool,
}

/// What a search found last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// What was asked: another search has other news.
    pub(super) asked: Saved,
    /// What was found.
    pub(super) seen: Seen,
}

impl Saved {
    /// What must have come of a project.
    pub(super) fn outcome(&self) -> Outcome {
        Outcome {
            promised_not_reported: self.promised_not_reported.clone(),
            ended_without_report: self.ended_without_report,
        }
    }

    /// What to call it: its query, or its filters, or the file at `path`.
    pub(super) fn called(&self, path: &Path) -> String {
        match (self.query.trim(), self.filters.as_slice()) {
            ("", []) => path.display().to_string(),
            ("", filters) => filters.join(", "),
            (query, _) => query.to_owned(),
        }
    }

    /// Reads a saved search.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let text = read::read(path).map_err(|why| {
            anyhow!("{shown} can't be read: {why}\n  write one with: esr-search search ... --save {shown}")
        })?;
        toml::from_str(&text.text).map_err(|wrong| {
            anyhow!(
                "{shown} is no saved search: {}",
                wrong.to_string().trim_end()
            )
        })
    }

    /// Writes it, in the place of a saved search only.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        if path.exists() {
            Self::read(path).context("nothing was saved, so as not to overwrite it")?;
        }
        let text = toml::to_string(self).context("the search can't be saved")?;
        replace(path, (HEAD.to_owned() + &text).as_bytes())
    }
}

impl State {
    /// What the saved search at `path` found last, if it was run.
    pub(super) fn read(path: &Path) -> Result<Option<Self>> {
        let path = beside(path);
        if !path.exists() {
            return Ok(None);
        }
        let shown = path.display();
        let Ok(bytes) = read::load(&path) else {
            bail!("{shown} can't be read\n  delete it to begin anew");
        };
        let state = serde_json::from_slice(&bytes.bytes)
            .map_err(|wrong| anyhow!("{shown} is damaged: {wrong}\n  delete it to begin anew"))?;
        Ok(Some(state))
    }

    /// Writes it beside the saved search.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        replace(&beside(path), &serde_json::to_vec(self)?)
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".state");
    PathBuf::from(name)
}

/// Writes a file whole: another one takes its place when it is on the disk.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any other file of the person: the mask takes from it.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(at(folder))?;
    file.write_all(bytes).map_err(at(path))?;
    file.as_file().sync_all().map_err(at(path))?;
    file.persist(path).map_err(|error| at(path)(error.error))?;
    Ok(())
}
