//! One indexer at a time.
//!
//! The lock is the operating system's, on a file that stays: a killed run
//! leaves no lock behind. The file's text says who holds it.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::error::{Error, Result, at};

use super::system::System;

/// Name of the lock file in the index folder.
pub(super) const NAME: &str = "LOCK";

/// Held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the index folder `dir`, which must exist.
    pub(super) fn take(system: &System, dir: &Path) -> Result<Self> {
        let path = dir.join(NAME);
        let (mut file, taken) = system.lock(&path).map_err(at(&path))?;
        if !taken {
            let mut holder = String::new();
            // What the holder wrote is a courtesy; the lock itself is what counts.
            let _ = file.read_to_string(&mut holder);
            return Err(Error::Locked {
                path: dir.to_path_buf(),
                holder: holder.trim().to_owned(),
            });
        }
        let holder = format!("process {}\n", std::process::id());
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(holder.as_bytes()))
            .map_err(at(&path))?;
        Ok(Self { _file: file })
    }
}

/// Whether a run holds the lock of the index folder `dir` now.
pub(super) fn is_held(dir: &Path) -> bool {
    #[expect(clippy::disallowed_methods, reason = "the index's own lock")]
    let file = File::open(dir.join(NAME));
    file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_indexer_is_told_who_holds_the_lock() {
        let dir = tempfile::tempdir().unwrap();
        let first = Lock::take(&System::default(), dir.path()).unwrap();
        let error = Lock::take(&System::default(), dir.path()).unwrap_err();
        let pid = std::process::id().to_string();
        assert!(error.to_string().contains(&pid), "{error}");
        drop(first);
        Lock::take(&System::default(), dir.path()).unwrap();
    }
}
