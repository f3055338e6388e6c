//! What became of the last run, kept beside the index.
//!
//! A run that fails leaves no generation, so its record cannot stand in one: it
//! is a file of its own that every run replaces. What is asked of it is what a
//! person on watch wants to know: did it work, what failed, how old is what
//! people search, is the index whole.

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

use super::generation::{self, Pointer};
use super::lock;
use super::manifest::Manifest;
use super::report::{Class, Counts, Item, Report};
use super::system::System;
use super::verify::check_sizes;

/// Name of the record in the index folder.
pub(super) const NAME: &str = "status.json";

/// Files that failed and are named; the others are only counted.
const NAMED: usize = 100;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The index is what the folder held.
    Done,
    /// It could not be finished; the index is as it was.
    Failed,
    /// Someone ended it; the index is as it was.
    Interrupted,
}

/// The record of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// How it ended.
    pub outcome: Outcome,
    /// The program's exit code.
    pub exit_code: u8,
    /// When the run began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// The folder of descriptions, as it was given.
    pub corpus: String,
    /// Why it failed.
    pub error: Option<String>,
    /// When the last run began that was done: the index holds what was there
    /// then, or later.
    pub last_done: Option<Timestamp>,
    /// Projects in the index after the last run that was done.
    pub documents: Option<u64>,
    /// What it counted; nothing unless it was done.
    pub counts: Option<Counts>,
    /// Files that could not be read, at most a hundred of them.
    pub failures: Vec<Item>,
}

/// The state of an index and of its last run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The last run, if it left a record.
    pub last: Option<Status>,
    /// What the index says of itself; or why it can't be used.
    pub index: std::result::Result<Manifest, String>,
    /// Whether a run is going on now.
    pub running: bool,
    /// Whether a run was killed and left something to be swept.
    pub unfinished: bool,
}

impl Status {
    /// The record of a run that began and ended at these times.
    #[must_use]
    pub fn new(corpus: &Path, began: Timestamp, ended: Timestamp) -> Self {
        Self {
            outcome: Outcome::Failed,
            exit_code: 0,
            began,
            ended,
            corpus: corpus.display().to_string(),
            error: None,
            last_done: None,
            documents: None,
            counts: None,
            failures: Vec::new(),
        }
    }

    /// The run was done.
    #[must_use]
    pub fn done(mut self, report: &Report, exit_code: u8) -> Self {
        (self.outcome, self.exit_code) = (Outcome::Done, exit_code);
        self.last_done = Some(self.began);
        self.documents = Some(report.documents);
        self.counts = Some(report.counts.clone());
        let failed = report
            .items
            .iter()
            .filter(|item| item.class == Class::Failed);
        self.failures = failed.take(NAMED).cloned().collect();
        self
    }

    /// The run came to nothing.
    #[must_use]
    pub fn undone(mut self, outcome: Outcome, exit_code: u8, error: String) -> Self {
        (self.outcome, self.exit_code, self.error) = (outcome, exit_code, Some(error));
        self
    }

    /// Leaves the record in the index folder, if it is one.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn leave(mut self, index: &Path) -> Result<()> {
        // Only a folder in which a run once took the lock is an index's.
        let ours = index.join(lock::NAME).exists()
            && generation::refuse_foreign(&System::default(), index).is_ok();
        if !ours {
            return Ok(());
        }
        if self.last_done.is_none()
            && let Some(last) = read(index)
        {
            (self.last_done, self.documents) = (last.last_done, last.documents);
        }
        self.write(index)
    }

    fn write(&self, index: &Path) -> Result<()> {
        let json = serde_json::to_vec_pretty(self).map_err(|error| Error::Damaged {
            path: index.to_path_buf(),
            what: format!("{NAME} can't be written: {error}"),
        })?;
        generation::write_atomically(&index.join(NAME), &json)
    }
}

/// Takes files out of the record of the last run, and says in it how many
/// projects are left.
pub(super) fn forget(index: &Path, names: &[String], documents: u64) -> Result<()> {
    let Some(before) = read(index) else {
        return Ok(());
    };
    let mut status = before.clone();
    status.failures.retain(|item| !names.contains(&item.path));
    status.documents = status.documents.map(|there| there.min(documents));
    match status == before {
        true => Ok(()),
        false => status.write(index),
    }
}

/// Projects in the index after the last run that was done, as its record has it.
pub(super) fn documents(index: &Path) -> Option<usize> {
    let documents = read(index)?.documents?;
    usize::try_from(documents).ok()
}

/// The record that the last run left; none if it can't be read.
fn read(index: &Path) -> Option<Status> {
    let bytes = System::default().read(&index.join(NAME)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Looks how an index and its last run are. Reads no content: that is what
/// `verify` is for.
#[must_use]
pub fn health(index: &Path) -> Health {
    let has_leftovers = generation::has_leftovers(index);
    let running = lock::is_held(index, has_leftovers);
    let system = &System::default();
    let look = |pointer: &Pointer| -> Result<Manifest> {
        let manifest = Manifest::read(system, index, pointer)?;
        let path = index.to_path_buf();
        let damaged = |what| Error::Damaged { path, what };
        check_sizes(system, &pointer.folder, &manifest).map_err(damaged)?;
        Ok(manifest)
    };
    let manifest = generation::in_force(system, index, Result::is_ok, &look).flatten();
    Health {
        last: read(index),
        index: manifest.map_err(|error| error.to_string()),
        running,
        unfinished: !running && has_leftovers,
    }
}

/// When the last run began that was done, of an index with this manifest.
/// Unlike [`health`] it leaves the lock alone, so that it may be asked often.
#[must_use]
pub fn last_done(index: &Path, manifest: &Manifest) -> Option<Timestamp> {
    done(read(index).as_ref(), Some(manifest))
}

/// What the record tells, else what the index tells of itself.
fn done(last: Option<&Status>, manifest: Option<&Manifest>) -> Option<Timestamp> {
    let told = last.and_then(|last| last.last_done);
    told.or_else(|| manifest.and_then(|manifest| manifest.built.parse().ok()))
}

impl Health {
    /// When the last run began that was done.
    #[must_use]
    pub fn last_done(&self) -> Option<Timestamp> {
        done(self.last.as_ref(), self.index.as_ref().ok())
    }

    /// Whether the last run failed, was ended, or could not read some file.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        let failed = |last: &Status| match last.outcome {
            Outcome::Done => last.counts.as_ref().is_some_and(|counts| counts.failed > 0),
            Outcome::Failed | Outcome::Interrupted => true,
        };
        self.unfinished || self.last.as_ref().is_some_and(failed)
    }
}
