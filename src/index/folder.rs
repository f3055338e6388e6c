//! A generation's folder as the engine sees it.
//!
//! The engine's own folder makes small files private and durable without their
//! names, and locks what is a run's alone. Here it goes the indexer's way for
//! all that it writes; only what it reads is mapped as it always does.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use super::generation::replace;
use super::system::{Out, System};

/// A folder of files.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
    system: System,
    mapped: MmapDirectory,
}

impl Folder {
    /// The folder at `path`.
    pub(super) fn open(system: &System, path: &Path) -> tantivy::Result<Self> {
        Ok(Self {
            path: path.to_path_buf(),
            system: system.clone(),
            mapped: MmapDirectory::open(path)?,
        })
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let refused = |error| OpenReadError::wrap_io_error(error, path.to_path_buf());
        self.system
            .will_read(&self.path.join(path))
            .map_err(refused)?;
        self.mapped.get_file_handle(path)
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
        Ok(BufWriter::new(Box::new(out)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let read = self.system.read(&self.path.join(path));
        read.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_path_buf()),
            _ => OpenReadError::wrap_io_error(error, path.to_path_buf()),
        })
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

impl TerminatingWrite for Out {
    /// The generation's files are made durable together, when it is closed.
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.flush()
    }
}
