//! The end of every change: a generation is checked and put in force.
//! Apart from `build`, since `forget` ends so too.

use std::path::Path;

use crate::error::{Error, Result};

use super::manifest::Manifest;
use super::seen::{self, Known};
use super::system::System;
use super::{audit, generation};

/// A generation that is finished but for what it says of itself.
pub(super) struct Finished<'a> {
    pub(super) system: &'a System,
    pub(super) index: &'a Path,
    pub(super) folder: &'a Path,
    /// The generation before, if this one has segments of it.
    pub(super) old: Option<&'a Manifest>,
}

impl Finished<'_> {
    /// Audits the generation, writes what is known of the files and what it says
    /// of itself, and puts it in force. `manifest` says what can't be counted
    /// here. `switching` is told when it is about to take over.
    pub(super) fn seal(
        &self,
        mut files: Vec<Known>,
        mut manifest: Manifest,
        switching: &dyn Fn(),
    ) -> Result<()> {
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let bytes = seen::to_bytes(&files).map_err(|what| Error::Damaged {
            path: self.index.to_path_buf(),
            what,
        })?;
        generation::write(self.system, &self.folder.join(seen::NAME), &bytes)?;
        let standing = files.iter().filter(|known| known.stands());
        (manifest.documents, manifest.text_bytes) = (0, 0);
        manifest.charsets.clear();
        for document in standing.filter_map(|known| known.document.as_ref()) {
            manifest.documents += 1;
            manifest.text_bytes += document.bytes;
            let charset = manifest.charsets.entry(document.charset.to_string());
            *charset.or_default() += 1;
        }
        let kept = files.iter().filter(|known| known.is_kept());
        let keys = kept.filter_map(Known::key);
        manifest.kept = keys.map(str::to_owned).collect();
        manifest.files.clear();
        let places = (self.index, self.folder);
        manifest.extents = audit::audit(self.system, places, manifest.documents, self.old)?;
        let hash = generation::close(self.system, places, manifest, self.old)?;
        switching();
        generation::switch(self.system, self.index, self.folder, &hash)
    }
}
