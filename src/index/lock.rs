//! One indexer at a time.
//!
//! The lock is the operating system's, on a file that stays: a killed run
//! leaves no lock behind. The file's text says who holds it.

use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
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

    /// Takes the lock if the system lets us write it; who only reads may go on
    /// without.
    pub(super) fn take_if_let(system: &System, dir: &Path) -> Result<Option<Self>> {
        let refuses = |error: &Error| match error {
            Error::Io { source, .. } => matches!(
                source.kind(),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
            ),
            _ => false,
        };
        match Self::take(system, dir) {
            Err(error) if refuses(&error) => Ok(None),
            taken => taken.map(Some),
        }
    }
}

/// Whether a run holds the lock of the index folder `dir` now. Where the system
/// lists its locks, the lock is left alone unless `is_doubtful` says that the
/// list may not have it: who asks must not be in the way of who works.
pub(super) fn is_held(dir: &Path, is_doubtful: bool) -> bool {
    let path = dir.join(NAME);
    match listed(&path) {
        Some(true) => true,
        Some(false) if !is_doubtful => false,
        _ => is_locked(&path),
    }
}

/// Tries the lock, which takes it for an instant.
fn is_locked(path: &Path) -> bool {
    #[expect(clippy::disallowed_methods, reason = "the index's own lock")]
    let file = File::open(path);
    file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Whether the system's list has a lock on a file; none where there is no list.
/// Programs in other containers are not in it.
#[cfg(target_os = "linux")]
fn listed(path: &Path) -> Option<bool> {
    use std::os::unix::fs::MetadataExt;
    let inode = path.metadata().ok()?.ino();
    let list = System::default().read(Path::new("/proc/locks")).ok()?;
    // `1: FLOCK  ADVISORY  WRITE 4711 fe:00:1234 0 EOF`
    let of = |line: &str| {
        let place = line.split_whitespace().nth(5)?;
        place.rsplit(':').next()?.parse().ok()
    };
    let list = String::from_utf8_lossy(&list);
    Some(list.lines().any(|line| of(line) == Some(inode)))
}

#[cfg(not(target_os = "linux"))]
fn listed(_: &Path) -> Option<bool> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_a_run_goes_on_is_seen_without_taking_the_lock() {
        let dir = tempfile::tempdir().unwrap();
        assert!(!is_held(dir.path(), true));
        let lock = Lock::take(&System::default(), dir.path()).unwrap();
        assert!(is_held(dir.path(), false) && is_held(dir.path(), true));
        drop(lock);
        assert!(!is_held(dir.path(), false) && !is_held(dir.path(), true));
    }

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
