//! What an index held that a run does not go on from.
//!
//! A run that builds all anew holds what it finds against this, just as other
//! runs hold it against what they go on from: files that are gone are told, too
//! many of them end it, and of those that can't be read the last good version
//! stays. Much of the index may be damaged, so whatever can still be believed
//! serves: the list of files, else the stored texts, else a number.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::Deserialize;

use super::document::Stored;
use super::generation::{self, Pointer};
use super::manifest::{self, Sum};
use super::seen::{self, Known};
use super::shelf::Shelf;
use super::status;
use super::system::System;

/// What was there before.
#[derive(Default)]
pub(super) struct Past {
    /// The files that were known, if they can be told.
    pub(super) files: Vec<Known>,
    /// Projects that were there although no file can be told.
    pub(super) unnamed: usize,
    /// Why the run does not go on from it; none if there is no index.
    why: Option<String>,
    place: Option<Place>,
    /// Looked at when the first text is asked for.
    shelf: OnceLock<Result<Shelf, String>>,
}

/// Where the generation in force is.
struct Place {
    system: System,
    index: PathBuf,
    pointer: Pointer,
}

/// What the manifest of any version says of the list of files.
#[derive(Deserialize)]
struct Told {
    documents: usize,
    files: BTreeMap<String, Sum>,
}

impl Past {
    /// Of the index in a folder, whatever state it is in.
    pub(super) fn of(system: &System, index: &Path, why: Option<String>) -> Self {
        let recorded = || status::documents(index).unwrap_or_default();
        let Ok(pointer) = generation::current(system, index) else {
            return Self {
                unnamed: recorded(),
                why,
                ..Self::default()
            };
        };
        let told = told(system, &pointer);
        let listed = listed(system, &pointer, told.as_ref());
        let mut past = Self {
            why,
            place: Some(Place {
                system: system.clone(),
                index: index.to_path_buf(),
                pointer,
            }),
            ..Self::default()
        };
        match listed.or_else(|| past.shelf().and_then(|shelf| shelf.files()).ok()) {
            Some(files) => past.files = files,
            None => past.unnamed = told.map_or_else(recorded, |told| told.documents),
        }
        past
    }

    /// Why all is built anew, with what can't be told because of it.
    pub(super) fn told(&self) -> Option<String> {
        let untold = || {
            format!(
                "which {} projects it held can't be told any more",
                self.unnamed
            )
        };
        match (&self.why, self.unnamed) {
            (why, 0) => why.clone(),
            (Some(why), _) => Some(format!("{why}; {}", untold())),
            (None, _) => Some(format!("nothing is left of it; {}", untold())),
        }
    }

    /// The last good version of a file; or why it is lost.
    pub(super) fn stored(&self, name: &str) -> Result<Stored, String> {
        self.shelf()?.stored(name)
    }

    fn shelf(&self) -> Result<&Shelf, String> {
        let open = || match &self.place {
            Some(place) => Shelf::open(&place.system, &place.index, &place.pointer),
            None => Err("there is no index to take it from".to_owned()),
        };
        self.shelf.get_or_init(open).as_ref().map_err(Clone::clone)
    }
}

/// What the manifest says, if it is what was written.
fn told(system: &System, pointer: &Pointer) -> Option<Told> {
    let bytes = system.read(&pointer.folder.join(manifest::NAME)).ok()?;
    let is_sound = pointer.hash.as_deref() == Some(blake3::hash(&bytes).to_hex().as_str());
    serde_json::from_slice(&bytes).ok().filter(|_| is_sound)
}

/// The list of files, if it is what was written. Where the manifest can't say
/// so, a list that reads to its end is believed.
fn listed(system: &System, pointer: &Pointer, told: Option<&Told>) -> Option<Vec<Known>> {
    let bytes = system.read(&pointer.folder.join(seen::NAME)).ok()?;
    let files = seen::from_bytes(&bytes).ok()?;
    let is_told = |told: &Told| {
        let hash = blake3::hash(&bytes).to_hex();
        let sum = told.files.get(seen::NAME);
        let standing = files.iter().filter(|known| known.stands()).count();
        sum.is_some_and(|sum| sum.hash == hash.as_str()) && standing == told.documents
    };
    told.is_none_or(is_told).then_some(files)
}
