//! Projects that shall not come back.
//!
//! The manifest has the list, so that it changes hands with the index. A copy
//! of it stands beside `CURRENT`, for the run that finds the index damaged: it
//! builds all anew, and must not bring in again what was erased.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, at};

use super::generation;
use super::manifest::Manifest;
use super::report::Class;
use super::seen::Known;
use super::system::System;

/// Name of the copy in the index folder.
pub(super) const NAME: &str = "FORGOTTEN";

/// What is said of a file that describes such a project.
pub(super) const REASON: &str = "describes a project that was forgotten";

/// Keys of projects.
pub(super) type Keys = BTreeSet<String>;

/// The copy, with the hash of its keys.
#[derive(Serialize, Deserialize)]
struct Copied {
    keys: Keys,
    hash: String,
}

/// The list of an index, whatever state it is in.
///
/// # Errors
/// [`Error::Damaged`] if neither the manifest nor the copy can be read.
pub(super) fn load(system: &System, index: &Path) -> Result<Keys> {
    let pointer = generation::current(system, index);
    let manifest = pointer.and_then(|pointer| Manifest::read(system, index, &pointer));
    match manifest {
        Ok(manifest) => Ok(manifest.forgotten),
        Err(_) => copy(system, index),
    }
}

/// Writes the copy, unless it is there.
pub(super) fn keep(system: &System, index: &Path, keys: &Keys) -> Result<()> {
    match copy(system, index) {
        Ok(copy) if copy == *keys => return Ok(()),
        Err(error @ Error::Io { .. }) => return Err(error),
        Ok(_) | Err(_) => {}
    }
    let copied = Copied {
        keys: keys.clone(),
        hash: hash(keys),
    };
    let json = serde_json::to_vec_pretty(&copied).map_err(|error| damaged(index, &error))?;
    generation::write(system, &index.join(NAME), &json)
}

/// Whether the copy is what it should be.
pub(super) fn is_kept(system: &System, index: &Path, keys: &Keys) -> bool {
    copy(system, index).is_ok_and(|copy| copy == *keys)
}

fn copy(system: &System, index: &Path) -> Result<Keys> {
    let path = index.join(NAME);
    let bytes = match system.read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Keys::new()),
        Err(error) => return Err(at(&path)(error)),
    };
    let copied: Copied = serde_json::from_slice(&bytes).map_err(|error| damaged(index, &error))?;
    match copied.hash == hash(&copied.keys) {
        true => Ok(copied.keys),
        false => Err(damaged(index, &"not what was written")),
    }
}

fn hash(keys: &Keys) -> String {
    let mut hasher = blake3::Hasher::new();
    for key in keys {
        hasher.update(key.as_bytes()).update(b"\0");
    }
    hasher.finalize().to_hex().to_string()
}

fn damaged(index: &Path, what: &dyn std::fmt::Display) -> Error {
    Error::Damaged {
        path: index.to_path_buf(),
        what: format!("the list of forgotten projects, {NAME}: {what}"),
    }
}

/// What is known of a file from now on if it describes such a project: nothing
/// that it said.
pub(super) fn forget(known: &mut Known) {
    known.class = Class::Skipped;
    known.reasons = vec![REASON.to_owned()];
    known.document = None;
}

/// Has the next run read a file whatever it looks like.
pub(super) fn read_again(known: &mut Known) {
    known.digest = Default::default();
    known.fresh = true;
}

/// Whether a file was left out because its project was forgotten.
pub(super) fn is_forgotten(known: &Known) -> bool {
    known.reasons.iter().any(|reason| reason == REASON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_serves_when_there_is_no_manifest_and_its_damage_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let (system, index) = (System::default(), dir.path());
        assert_eq!(load(&system, index).unwrap(), Keys::new());
        let keys = Keys::from(["S20001".to_owned(), "file:a.txt".to_owned()]);
        keep(&system, index, &keys).unwrap();
        assert_eq!(load(&system, index).unwrap(), keys);
        let path = index.join(NAME);
        let text = String::from_utf8(system.read(&path).unwrap()).unwrap();
        std::fs::write(&path, text.replace("S20001", "S20002")).unwrap();
        assert!(matches!(load(&system, index), Err(Error::Damaged { .. })));
        keep(&system, index, &keys).unwrap();
        assert!(is_kept(&system, index, &keys));
    }
}
