//! The generation in force, as a run finds it.
//!
//! A run goes on from it only if it can be trusted and was made as this run
//! would make it. Else all is built anew, and the run says why.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::finnish::Analyzer;

use super::analysis::{self, Choice};
use super::generation::{self, Pointer};
use super::manifest::Manifest;
use super::seen::{self, Known};
use super::system::System;
use super::verify;

/// A generation to go on from.
pub(super) struct Previous {
    pub(super) folder: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) seen: Vec<Known>,
    pub(super) analyzer: Analyzer,
}

/// Bytes of files whose sums are looked at in every run. A large index takes
/// several runs, so that a run over an unchanged folder stays quick; what a
/// file holds can be checked at any time with `verify`.
const A_RUNS_SHARE: u64 = 64 << 20;

impl Previous {
    /// The generation in force, if there is one; or why not to go on from it.
    pub(super) fn open(
        system: &System,
        index: &Path,
        choice: &Choice,
        with_contacts: bool,
    ) -> std::result::Result<Option<Self>, String> {
        let open = |pointer: &Pointer| Self::of(system, (index, pointer), choice, with_contacts);
        match generation::in_force(system, index, std::result::Result::is_ok, &open) {
            Ok(previous) => previous.map(Some),
            Err(Error::NoIndex { .. }) => Ok(None),
            Err(error) => Err(why(error)),
        }
    }

    fn of(
        system: &System,
        (index, pointer): (&Path, &Pointer),
        choice: &Choice,
        with_contacts: bool,
    ) -> std::result::Result<Self, String> {
        let manifest = Manifest::read(system, index, pointer).map_err(why)?;
        let folder = pointer.folder.clone();
        verify::check_share(system, &folder, &manifest, A_RUNS_SHARE)?;
        let learnt = analysis::learnt(system, &folder, &manifest.analyzer);
        let learnt = learnt.map_err(|error| format!("it was damaged: {error}"))?;
        let analyzer = analysis::remake(index, learnt, &manifest.analyzer, choice.file());
        let analyzer = match analyzer {
            Ok(analyzer) if choice.is_like(&manifest.analyzer) => analyzer,
            _ => return Err("its words were analysed otherwise".to_owned()),
        };
        match (manifest.with_contacts, with_contacts) {
            (true, false) => return Err("it holds contact persons".to_owned()),
            (false, true) => return Err("it holds no contact persons".to_owned()),
            _ => {}
        }
        let seen = seen::read(system, &folder).map_err(why)?;
        Ok(Self {
            folder,
            manifest,
            seen,
            analyzer,
        })
    }
}

/// Why there is no going on from an index, after an error.
pub(super) fn why(error: Error) -> String {
    match error {
        Error::OtherVersion { found, .. } => format!("it was made by another version: {found}"),
        Error::Damaged { what, .. } | Error::Corrupt { what } => format!("it was damaged: {what}"),
        Error::Io { path, source } => format!("it was damaged: {}: {source}", path.display()),
        other => other.to_string(),
    }
}
