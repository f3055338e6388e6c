//! What a generation says of itself: versions, counts, averages.
//!
//! A small JSON file beside the engine's own, written last of all, so that a
//! generation with a manifest is a whole one. Readers trust it for what the
//! engine does not keep: the analyzer's fingerprint and the live lengths of
//! the texts that ranking divides by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, at};

use super::analysis::Recipe;
use super::generation::Pointer;
use super::system::System;

/// Name of the file in a generation's folder.
pub(super) const NAME: &str = "manifest.json";

/// The version of the folder's layout, schema and term encoding; raised with
/// every change that makes older indexes unreadable.
pub const FORMAT: u32 = 11;

/// How much text a field holds in all live documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Extent {
    /// Documents in which the field is not empty.
    pub documents: u64,
    /// Words in them, as the field norms tell (rounded as norms are).
    pub words: u64,
}

impl Extent {
    /// Mean length in words of the documents that have the field.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a mean needs no more")]
    pub fn mean(&self) -> f32 {
        (self.words as f32 / self.documents.max(1) as f32).max(1.0)
    }
}

/// The facts of one generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`] of the program that wrote it.
    pub format: u32,
    /// That program's version.
    pub program: String,
    /// What analysed the words.
    pub analyzer: Recipe,
    /// The corpus folder, from the root of the file system.
    pub corpus: String,
    /// When the run began, RFC 3339.
    pub built: String,
    /// Documents that can be found.
    pub documents: u64,
    /// Bytes of text in them.
    pub text_bytes: u64,
    /// Keys of projects whose file can't be read now and whose last good
    /// version stays.
    pub kept: Vec<String>,
    /// How many documents were read as what: encodings, `pdf`, `docx`.
    pub charsets: BTreeMap<String, u64>,
    /// Live lengths by the text field's key.
    pub extents: BTreeMap<String, Extent>,
    /// Whether it holds the contact persons.
    pub with_contacts: bool,
    /// Keys of projects that were erased and shall not come in again.
    pub forgotten: BTreeSet<String>,
    /// All other files of the generation by name.
    pub files: BTreeMap<String, Sum>,
}

/// What a file must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 hash of its content, in hexadecimal digits.
    pub hash: String,
}

impl Manifest {
    /// The mean length in words of the text field with this key.
    #[must_use]
    pub fn mean(&self, key: &str) -> f32 {
        self.extents.get(key).copied().unwrap_or_default().mean()
    }

    /// Reads the manifest of a generation of index `index`.
    pub(super) fn read(system: &System, index: &Path, pointer: &Pointer) -> Result<Self> {
        let path = pointer.folder.join(NAME);
        let bytes = system.read(&path).map_err(at(&path))?;
        let damaged = |what: String| Error::Damaged {
            path: index.to_path_buf(),
            what,
        };
        let value: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|e| damaged(format!("{NAME}: {e}")))?;
        let format = value.get("format").and_then(serde_json::Value::as_u64);
        if format != Some(u64::from(FORMAT)) {
            return Err(Error::OtherVersion {
                path: index.to_path_buf(),
                found: format.map_or("no format".to_owned(), |f| format!("format {f}")),
                expected: format!("format {FORMAT}"),
            });
        }
        // Another version is told of first: that is no damage.
        let hash = blake3::hash(&bytes).to_hex();
        if pointer
            .hash
            .as_deref()
            .is_some_and(|told| told != hash.as_str())
        {
            return Err(damaged(format!("{NAME} is not what was written")));
        }
        serde_json::from_value(value).map_err(|e| damaged(format!("{NAME}: {e}")))
    }
}
