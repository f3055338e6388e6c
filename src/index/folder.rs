//! A generation's folder as the engine sees it.
//!
//! The engine's own folder makes small files private and durable without their
//! names, and locks what is a run's alone. Here it goes the indexer's way for
//! all that it writes and maps what it reads.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use super::generation::replace;
use super::mapped::Mapped;
use super::system::{Out, System};

/// A folder of files.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
    system: System,
    mapped: Mapped,
}

/// Bytes written after which the pages that were read meanwhile are given back.
const GIVEN_BACK: usize = 32 << 20;

/// A file that is written.
struct Growing {
    out: Out,
    mapped: Mapped,
    /// Bytes since pages were given back.
    written: usize,
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.written += written;
        if self.written >= GIVEN_BACK {
            self.mapped.give_back();
            self.written = 0;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Folder {
    /// The folder at `path`.
    pub(super) fn open(system: &System, path: &Path) -> Self {
        Self {
            path: path.to_path_buf(),
            system: system.clone(),
            mapped: Mapped::default(),
        }
    }
}

/// What it means to the engine that a file can't be read.
fn unread(error: io::Error, path: &Path) -> OpenReadError {
    match error.kind() {
        io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_path_buf()),
        _ => OpenReadError::wrap_io_error(error, path.to_path_buf()),
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let full = self.path.join(path);
        let handle = self.system.will_read(&full);
        let handle = handle.and_then(|()| self.mapped.open(&full));
        handle.map_err(|error| unread(error, path))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let removed = self.system.remove(&self.path.join(path));
        removed.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(path.to_path_buf()),
            _ => DeleteError::IoError {
                io_error: Arc::new(error),
                filepath: path.to_path_buf(),
            },
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        match self.system.size(&self.path.join(path)) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_path_buf())),
        }
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let made = self.system.create(&self.path.join(path));
        let out = made.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_path_buf()),
            _ => OpenWriteError::wrap_io_error(error, path.to_path_buf()),
        })?;
        Ok(BufWriter::new(Box::new(Growing {
            out,
            mapped: self.mapped.clone(),
            written: 0,
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let read = self.system.read(&self.path.join(path));
        read.map_err(|error| unread(error, path))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        replace(&self.system, &self.path.join(path), data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.system.sync_folder(&self.path)
    }

    /// The run that fills the folder holds the lock of the whole index.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    /// A generation never changes for those who read it.
    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

impl TerminatingWrite for Growing {
    /// The generation's files are made durable together, when it is closed.
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.flush()
    }
}
