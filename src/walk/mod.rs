//! Which files are there: a sorted list of a folder's description files.
//!
//! Every directory entry gets a verdict, so that a run can account for all of
//! them. Apart from `read` because deciding by name and metadata needs no
//! bytes: nothing is opened here.

mod kind;
mod names;

use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Result};

pub use kind::Kind;
pub use names::Root;

/// One description file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it was found in.
    pub root: Arc<Root>,
    /// Its path below the corpus folder, with `/`; the
    /// file's name in reports and in the index.
    pub name: Box<str>,
    /// What tells quickly that it is as it was.
    pub stamp: Stamp,
}

impl Entry {
    /// Where to open it.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.root.path(&self.name)
    }
}

/// What the system says of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// When its content was changed last, in nanoseconds since 1970.
    pub modified: i64,
    /// When anything of it was changed last, likewise; 0 where unknown.
    pub changed: i64,
    /// Its number in the file system; 0 where unknown.
    pub inode: u64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let since = modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok());
        let (changed, inode) = system(metadata);
        Self {
            size: metadata.len(),
            modified: modified.unwrap_or_default(),
            changed,
            inode,
        }
    }
}

/// The stamp that a file has now; none if it is gone.
#[must_use]
pub fn stamp(path: &Path) -> Option<Stamp> {
    path.metadata().ok().map(|metadata| Stamp::of(&metadata))
}

#[cfg(unix)]
fn system(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = metadata.ctime().saturating_mul(1_000_000_000);
    (
        seconds.saturating_add(metadata.ctime_nsec()),
        metadata.ino(),
    )
}

#[cfg(not(unix))]
fn system(_: &Metadata) -> (i64, u64) {
    (0, 0)
}

/// Why an entry is no description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Its name has no ending that descriptions have.
    OtherKind,
    /// Its name says that it is hidden or half-written.
    Temporary,
    /// A symbolic link.
    Link,
    /// A symbolic link that leads out of the folder.
    Outside,
    /// A symbolic link to a folder that it stands in.
    Loop,
    /// A pipe, socket or device.
    Special,
    /// The system refused.
    Denied(String),
}

impl Reason {
    /// Whether a careful person would want to hear of it.
    #[must_use]
    pub fn is_notable(&self) -> bool {
        !matches!(self, Self::OtherKind)
    }

    /// Whether it is a failure, not a choice.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Denied(_))
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherKind => f.write_str("not a .txt, .html, .pdf or .docx file"),
            Self::Temporary => f.write_str("hidden or temporary file"),
            Self::Link => f.write_str("symbolic link, not followed"),
            Self::Outside => {
                f.write_str("symbolic link that leads out of the folder, not followed")
            }
            Self::Loop => f.write_str("symbolic link to a folder above it, not followed"),
            Self::Special => f.write_str("not a regular file"),
            Self::Denied(why) => f.write_str(why),
        }
    }
}

/// What a walk found, each list sorted by name.
#[derive(Debug, Default)]
pub struct Found {
    /// The descriptions.
    pub files: Vec<Entry>,
    /// All other entries that are not folders.
    pub others: Vec<(String, Reason)>,
}

/// Endings and beginnings of names that editors and downloads use meanwhile.
const TEMPORARY_ENDINGS: [&str; 3] = ["tmp", "part", "swp"];
const TEMPORARY_STARTS: [&str; 2] = ["~$", "."];

/// Lists the descriptions below `root`, which may also be a single file.
/// Symbolic links are followed only if asked, and only to what lies below it.
///
/// # Errors
/// When `root` itself is missing or can't be read; what fails below it is
/// listed in [`Found::others`].
pub fn walk(root: &Path, follow_links: bool) -> Result<Found> {
    let mut found = Found::default();
    let names = Arc::new(Root::at(root));
    let home = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let mut items = WalkDir::new(root)
        .follow_links(follow_links)
        .sort_by_file_name()
        .into_iter();
    while let Some(item) = items.next() {
        match item {
            Ok(entry) if follow_links && leads_out(&entry, &home) => {
                let name = names.name(entry.path());
                found.others.push((name, Reason::Outside));
                if entry.file_type().is_dir() {
                    items.skip_current_dir();
                }
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => place(&names, &entry, &mut found),
            Err(error) if error.depth() == 0 => return Err(root_error(root, error)),
            Err(error) => {
                let name = error
                    .path()
                    .map_or_else(String::new, |path| names.name(path));
                let reason = match error.loop_ancestor() {
                    Some(_) => Reason::Loop,
                    None => Reason::Denied(cause(error)),
                };
                found.others.push((name, reason));
            }
        }
    }
    Ok(found)
}

/// Whether an entry is a link to something that does not lie in the folder.
fn leads_out(entry: &DirEntry, home: &Path) -> bool {
    let target = || entry.path().canonicalize();
    entry.depth() > 0
        && entry.path_is_symlink()
        && target().is_ok_and(|target| !target.starts_with(home))
}

fn place(root: &Arc<Root>, entry: &DirEntry, found: &mut Found) {
    let name = root.name(entry.path());
    match verdict(entry) {
        Ok(metadata) => found.files.push(Entry {
            root: Arc::clone(root),
            name: name.into(),
            stamp: Stamp::of(&metadata),
        }),
        Err(reason) => found.others.push((name, reason)),
    }
}

fn verdict(entry: &DirEntry) -> std::result::Result<Metadata, Reason> {
    let kind = entry.file_type();
    // A link that is followed has the kind of what it leads to.
    if kind.is_symlink() && entry.depth() > 0 {
        return Err(Reason::Link);
    }
    if entry.depth() > 0 && is_temporary(entry.file_name()) {
        return Err(Reason::Temporary);
    }
    let metadata = if kind.is_symlink() {
        entry
            .path()
            .metadata()
            .map_err(|e| Reason::Denied(e.to_string()))?
    } else {
        entry.metadata().map_err(|e| Reason::Denied(cause(e)))?
    };
    if !metadata.is_file() {
        return Err(Reason::Special);
    }
    if entry.depth() > 0 && Kind::listed(entry.path()).is_none() {
        return Err(Reason::OtherKind);
    }
    Ok(metadata)
}

fn is_temporary(name: &OsStr) -> bool {
    let text = name.to_string_lossy();
    let ending = Path::new(name).extension().and_then(OsStr::to_str);
    let is_its = |temporary: &&str| ending.is_some_and(|e| e.eq_ignore_ascii_case(temporary));
    TEMPORARY_STARTS.iter().any(|start| text.starts_with(start))
        || TEMPORARY_ENDINGS.iter().any(is_its)
}

fn root_error(root: &Path, error: walkdir::Error) -> Error {
    let message = cause_kind(&error);
    Error::Io {
        path: root.to_path_buf(),
        source: error.into_io_error().unwrap_or_else(|| message.into()),
    }
}

fn cause_kind(error: &walkdir::Error) -> std::io::ErrorKind {
    error
        .io_error()
        .map_or(std::io::ErrorKind::Other, std::io::Error::kind)
}

fn cause(error: walkdir::Error) -> String {
    error
        .io_error()
        .map_or_else(|| "symbolic link loop".to_owned(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(found: &Found) -> Vec<&str> {
        found.files.iter().map(|f| &*f.name).collect()
    }

    #[test]
    fn files_come_sorted_with_their_path_below_the_root() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("b")).unwrap();
        for name in ["c.txt", "b/S20002.TXT", "a.html"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let found = walk(dir.path(), false).unwrap();
        assert_eq!(names(&found), ["a.html", "b/S20002.TXT", "c.txt"]);
    }

    #[test]
    fn every_other_entry_is_named_with_its_reason() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["notes.md", ".#S1.txt", "~$S1.txt", "S1.txt.part"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let found = walk(dir.path(), false).unwrap();
        assert!(found.files.is_empty());
        let reasons: Vec<_> = found.others.iter().map(|(n, r)| (n.as_str(), r)).collect();
        assert_eq!(
            reasons,
            [
                (".#S1.txt", &Reason::Temporary),
                ("S1.txt.part", &Reason::Temporary),
                ("notes.md", &Reason::OtherKind),
                ("~$S1.txt", &Reason::Temporary),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", dir.path().join("p.txt")).unwrap();
        let found = walk(dir.path(), false).unwrap();
        assert!(found.files.is_empty());
        assert!(
            found
                .others
                .iter()
                .all(|(_, reason)| *reason == Reason::Link)
        );
        assert_eq!(found.others.len(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_if_asked_but_not_out_of_the_folder_nor_in_circles() {
        let dir = tempfile::tempdir().unwrap();
        let link = |to: &Path, name: &str| {
            std::os::unix::fs::symlink(to, dir.path().join(name)).unwrap();
        };
        fs::write(dir.path().join("a.txt"), "x").unwrap();
        link(&dir.path().join("a.txt"), "b.txt");
        link(dir.path(), "loop");
        link(Path::new("/etc/passwd"), "p.txt");
        link(Path::new("/etc"), "etc");
        let found = walk(dir.path(), true).unwrap();
        assert_eq!(names(&found), ["a.txt", "b.txt"]);
        let others: Vec<_> = found.others.iter().map(|(n, r)| (n.as_str(), r)).collect();
        assert_eq!(
            others,
            [
                ("etc", &Reason::Outside),
                ("loop", &Reason::Loop),
                ("p.txt", &Reason::Outside)
            ]
        );
    }

    #[test]
    fn a_missing_folder_is_an_error_that_names_it() {
        let error = walk(Path::new("/no/such/folder"), false).unwrap_err();
        assert!(
            error.to_string().starts_with("/no/such/folder: "),
            "{error}"
        );
    }

    #[test]
    fn a_single_file_may_be_given() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("S20001.txt");
        fs::write(&file, "x").unwrap();
        assert_eq!(names(&walk(&file, false).unwrap()), ["S20001.txt"]);
    }
}
