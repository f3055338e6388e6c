//! Files of a generation that are read, mapped into memory.
//!
//! Joining segments reads all of them once. The pages read stay with the program
//! until the system wants them back, so that a run seems to take as much memory as
//! its index is large; so they are given back as new files grow.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use memmap2::{Mmap, UncheckedAdvice};
use stable_deref_trait::StableDeref;
use tantivy::directory::{FileHandle, OwnedBytes};

/// The files that are mapped now, by their paths; one map for all who read one.
#[derive(Clone, Default)]
pub(super) struct Mapped(Arc<Mutex<HashMap<PathBuf, Weak<Mmap>>>>);

impl fmt::Debug for Mapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapped").finish_non_exhaustive()
    }
}

impl Mapped {
    /// A file's bytes.
    pub(super) fn open(&self, path: &Path) -> io::Result<Arc<dyn FileHandle>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let map = match known.get(path).and_then(Weak::upgrade) {
            Some(map) => map,
            None => {
                let map = Arc::new(map(path)?);
                known.retain(|_, map| map.strong_count() > 0);
                known.insert(path.to_path_buf(), Arc::downgrade(&map));
                map
            }
        };
        Ok(Arc::new(OwnedBytes::new(Bytes(map))))
    }

    /// Gives the pages back that were read so far; who reads them again finds them
    /// in the system's memory, or on the disk.
    pub(super) fn give_back(&self) {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for map in known.values().filter_map(Weak::upgrade) {
            #[expect(unsafe_code, reason = "advice to the system on mapped pages")]
            // SAFETY: the map is of a file and never written to, so that pages that are
            // let go are read again as they were.
            let advised = unsafe { map.unchecked_advise(UncheckedAdvice::DontNeed) };
            // Who does not take advice keeps the pages.
            drop(advised);
        }
    }
}

#[expect(unsafe_code, reason = "maps a file")]
#[expect(clippy::disallowed_methods, reason = "opened to be mapped, not read")]
fn map(path: &Path) -> io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: the map is only read, and files of a generation are never changed once
    // they are written.
    unsafe { Mmap::map(&file) }
}

/// A mapped file in the hands of who reads it.
struct Bytes(Arc<Mmap>);

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

#[expect(unsafe_code, reason = "says where the bytes are")]
// SAFETY: a map stays where it is as long as there is one who has it.
unsafe impl StableDeref for Bytes {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_back_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let bytes: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
        std::fs::write(&path, &bytes).unwrap();
        let mapped = Mapped::default();
        let (one, other) = (mapped.open(&path).unwrap(), mapped.open(&path).unwrap());
        assert_eq!(one.read_bytes(0..bytes.len()).unwrap().as_slice(), bytes);
        mapped.give_back();
        drop(one);
        mapped.give_back();
        assert_eq!(other.read_bytes(0..bytes.len()).unwrap().as_slice(), bytes);
        std::fs::write(folder.path().join("empty"), "").unwrap();
        assert_eq!(mapped.open(&folder.path().join("empty")).unwrap().len(), 0);
    }
}
