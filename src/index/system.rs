//! All that the indexer asks of the system: files, folders, locks, the time.
//!
//! One seam, so that a test can make any of it fail, or know what a power cut
//! would leave. Nothing is buffered or tried again here: what is asked for is
//! what happens. Temporary names come from a counter, not from chance. Readers
//! ask for files only; what they do changes nothing.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

use crate::read::{self, Bytes, Refusal};

/// One thing that is asked of the system, just before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act<'a> {
    /// Lists a folder.
    List(&'a Path),
    /// Opens a file to be read.
    Read(&'a Path),
    /// Opens a description to be read.
    Source(&'a Path),
    /// Asks for a file's size and rights.
    Look(&'a Path),
    /// Makes a folder.
    MakeFolder(&'a Path),
    /// Removes an empty folder.
    RemoveFolder(&'a Path),
    /// Makes a file that was not there.
    Create(&'a Path),
    /// Appends to a file that was made.
    Write(&'a Path, &'a [u8]),
    /// Makes a file's content durable.
    Sync(&'a Path),
    /// Makes the names in a folder durable.
    SyncFolder(&'a Path),
    /// Gives a file another name, in place of what had it.
    Rename(&'a Path, &'a Path),
    /// Gives a file a second name.
    Link(&'a Path, &'a Path),
    /// Removes a file's name.
    Remove(&'a Path),
    /// Lets others read a file.
    Permit(&'a Path),
    /// Opens and takes a lock file, and says in it who did.
    Lock(&'a Path),
}

/// Decides what becomes of acts; in tests only.
pub trait Fate: Send + Sync {
    /// Hears of an act before it is done.
    ///
    /// # Errors
    /// What the act then fails with, undone.
    fn meet(&self, act: Act<'_>) -> io::Result<()>;

    /// What time it is.
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The system, as the indexer sees it.
#[derive(Clone, Default)]
pub struct System {
    fate: Option<Arc<dyn Fate>>,
}

impl fmt::Debug for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.fate.is_some() { "Tried" } else { "Real" })
    }
}

/// Tells temporary files of one process apart.
static TEMPORARY: AtomicU64 = AtomicU64::new(0);

/// Begins the names of files that are being written.
pub(super) const TEMPORARY_PREFIX: &str = ".tmp";

impl System {
    /// A system whose acts meet their fate.
    #[must_use]
    pub fn tried(fate: Arc<dyn Fate>) -> Self {
        Self { fate: Some(fate) }
    }

    fn meet(&self, act: Act<'_>) -> io::Result<()> {
        match &self.fate {
            Some(fate) => fate.meet(act),
            None => Ok(()),
        }
    }

    /// What time it is.
    pub(super) fn now(&self) -> Timestamp {
        match &self.fate {
            Some(fate) => fate.now(),
            None => Timestamp::now(),
        }
    }

    /// Waits.
    pub(super) fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }

    /// The entries of a folder.
    pub(super) fn list(&self, folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
        self.meet(Act::List(folder))?;
        #[expect(clippy::disallowed_methods, reason = "the index's own folder")]
        let list = fs::read_dir(folder)?;
        list.map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok((name, entry.path()))
        })
        .collect()
    }

    /// A file to be read.
    pub(super) fn open(&self, path: &Path) -> io::Result<File> {
        self.meet(Act::Read(path))?;
        #[expect(clippy::disallowed_methods, reason = "one of the index's own files")]
        File::open(path)
    }

    /// A file is about to be mapped into memory.
    pub(super) fn will_read(&self, path: &Path) -> io::Result<()> {
        self.meet(Act::Read(path))
    }

    /// A description's bytes.
    pub(super) fn source(&self, path: &Path) -> Result<Bytes, Refusal> {
        let met = self.meet(Act::Source(path));
        met.map_err(Refusal::Unreadable)?;
        read::load(path)
    }

    /// The bytes of a small file.
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut self.open(path)?, &mut bytes)?;
        Ok(bytes)
    }

    /// A file's size in bytes.
    pub(super) fn size(&self, path: &Path) -> io::Result<u64> {
        self.meet(Act::Look(path))?;
        Ok(fs::metadata(path)?.len())
    }

    pub(super) fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.meet(Act::MakeFolder(path))?;
        fs::create_dir(path)
    }

    /// Makes a folder and those above it, for good.
    pub(super) fn make_folders(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        let above = folder_of(path);
        self.make_folders(above)?;
        self.make_folder(path)?;
        self.sync_folder(above)
    }

    /// Removes a folder of files.
    pub(super) fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        for (_, path) in self.list(folder)? {
            self.remove(&path)?;
        }
        self.meet(Act::RemoveFolder(folder))?;
        fs::remove_dir(folder)
    }

    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.meet(Act::Remove(path))?;
        fs::remove_file(path)
    }

    /// Makes a file to be written.
    pub(super) fn create(&self, path: &Path) -> io::Result<Out> {
        self.meet(Act::Create(path))?;
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        Ok(Out {
            file,
            path: path.to_path_buf(),
            system: self.clone(),
        })
    }

    /// Makes a file of a name that no other has, to take another's later.
    pub(super) fn create_temporary(&self, folder: &Path) -> io::Result<Out> {
        loop {
            let number = TEMPORARY.fetch_add(1, Ordering::Relaxed);
            let name = format!("{TEMPORARY_PREFIX}-{}-{number}", std::process::id());
            match self.create(&folder.join(name)) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                other => return other,
            }
        }
    }

    /// Makes names in a folder durable.
    pub(super) fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.meet(Act::SyncFolder(folder))?;
        #[expect(clippy::disallowed_methods, reason = "opened to be synced, not read")]
        File::open(folder)?.sync_all()
    }

    /// Makes a file's content durable.
    pub(super) fn sync(&self, file: &File, path: &Path) -> io::Result<()> {
        self.meet(Act::Sync(path))?;
        file.sync_all()
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.meet(Act::Rename(from, to))?;
        fs::rename(from, to)
    }

    pub(super) fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.meet(Act::Link(from, to))?;
        fs::hard_link(from, to)
    }

    /// Lets others read what was made private: an index is as public as the
    /// folder it stands in.
    pub(super) fn make_readable(&self, path: &Path) -> io::Result<()> {
        self.meet(Act::Permit(path))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mut permissions = fs::metadata(path)?.permissions();
            let own = permissions.mode() & 0o400;
            let shared = permissions.mode() | own >> 3 | own >> 6;
            if shared != permissions.mode() {
                permissions.set_mode(shared);
                fs::set_permissions(path, permissions)?;
            }
        }
        Ok(())
    }

    /// Opens a lock file and takes the lock; gives the file in either case.
    pub(super) fn lock(&self, path: &Path) -> io::Result<(File, bool)> {
        self.meet(Act::Lock(path))?;
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        let file = options.open(path)?;
        // Who only asks whether the lock is held holds it for an instant.
        for _ in 0..10 {
            match file.try_lock() {
                Ok(()) => return Ok((file, true)),
                Err(TryLockError::WouldBlock) => self.sleep(Duration::from_millis(10)),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Ok((file, false))
    }
}

/// The folder that a file or folder stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    folder.unwrap_or(Path::new("."))
}

/// A file that is being written.
pub(super) struct Out {
    file: File,
    path: PathBuf,
    system: System,
}

impl Out {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes what was written durable.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.system.sync(&self.file, &self.path)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.system.meet(Act::Write(&self.path, bytes))?;
        self.file.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
