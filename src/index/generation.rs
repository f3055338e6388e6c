//! Where generations live and how one takes over from another.
//!
//! The index folder holds `CURRENT`, one line that names the generation in
//! force, and the generations' folders. A generation never changes once it is
//! in force; a new one is built beside it and takes over by one atomic rename
//! of `CURRENT`. Whoever reads the old one goes on undisturbed: its files are
//! mapped, and removing their names does not take them away.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, at};

use super::manifest::{self, Manifest, Sum};
use super::{lock, seen, status};

/// Names the generation in force.
const CURRENT: &str = "CURRENT";

/// Begins the folder name of every generation.
const PREFIX: &str = "generation-";

/// Files that may stand in an index folder beside the index.
const BYSTANDERS: [&str; 3] = ["README.md", ".gitignore", ".gitkeep"];

/// The bytes of a file of the index.
#[expect(
    clippy::disallowed_methods,
    reason = "the index reads its own small files here"
)]
pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// What [`CURRENT`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pointer {
    /// The folder of the generation in force.
    pub(super) folder: PathBuf,
    /// The hash of its manifest.
    pub(super) hash: Option<String>,
}

/// The generation in force.
///
/// # Errors
/// [`Error::NoIndex`] if there is none.
pub(super) fn current(index: &Path) -> Result<Pointer> {
    let pointer = index.join(CURRENT);
    let line = match bytes(&pointer) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::NoIndex {
                path: index.to_path_buf(),
            });
        }
        Err(error) => return Err(at(&pointer)(error)),
    };
    let mut words = line.split_whitespace();
    let name = words.next().unwrap_or_default();
    // Older programs told no hash; their indexes are refused by their format.
    let hash = words.next().map(str::to_owned);
    let exact = match &hash {
        Some(hash) => format!("{name} {hash}\n"),
        None => format!("{name}\n"),
    };
    if number(name).is_none() || line != exact {
        return Err(Error::Damaged {
            path: index.to_path_buf(),
            what: format!("{CURRENT} names no generation: {line:?}"),
        });
    }
    Ok(Pointer {
        folder: index.join(name),
        hash,
    })
}

/// Removes what killed runs left, for a writer that holds the lock.
pub(super) fn sweep(index: &Path) -> Result<()> {
    let in_force = current(index).ok().map(|pointer| pointer.folder);
    for (name, path) in entries(index)? {
        if number(&name).is_some() && in_force.as_ref() != Some(&path) {
            fs::remove_dir_all(&path).map_err(at(&path))?;
        } else if name.starts_with(".tmp") {
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    Ok(())
}

/// Whether a killed run left something that [`sweep`] would remove.
pub(super) fn has_leftovers(index: &Path) -> bool {
    let in_force = current(index).ok().map(|pointer| pointer.folder);
    let left = |(name, path): &(String, PathBuf)| {
        number(name).is_some() && in_force.as_ref() != Some(path) || name.starts_with(".tmp")
    };
    entries(index).is_ok_and(|entries| entries.iter().any(left))
}

/// Makes the folder of the next generation, for a writer that holds the lock.
pub(super) fn begin(index: &Path) -> Result<PathBuf> {
    sweep(index)?;
    let in_force = current(index).ok().map(|pointer| pointer.folder);
    let highest = in_force.as_deref().and_then(number_of).unwrap_or(0);
    let next = index.join(format!("{PREFIX}{:06}", highest + 1));
    fs::create_dir(&next).map_err(at(&next))?;
    Ok(next)
}

/// Writes the manifest of a finished generation, with the sums of all its
/// files, and gives its own hash. What it has from the generation before is not
/// read again: such files never change.
pub(super) fn close(
    index: &Path,
    generation: &Path,
    mut manifest: Manifest,
    old: Option<&Manifest>,
) -> Result<String> {
    for (path, bytes) in files(generation)? {
        make_readable(&path).map_err(at(&path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".lock") {
            continue;
        }
        let known = old.and_then(|old| old.files.get(&*name));
        let known = known.filter(|sum| is_segments(&name) && sum.bytes == bytes);
        let sum = match known {
            Some(sum) => sum.clone(),
            None => sum(&path, true)?,
        };
        manifest.files.insert(name.into_owned(), sum);
    }
    let json = serde_json::to_vec_pretty(&manifest).map_err(|e| Error::Damaged {
        path: index.to_path_buf(),
        what: format!("the manifest can't be written: {e}"),
    })?;
    write_atomically(&generation.join(manifest::NAME), &json)?;
    sync_folder(generation)?;
    Ok(blake3::hash(&json).to_hex().to_string())
}

/// Whether a file belongs to one segment and is never written again.
pub(super) fn is_segments(name: &str) -> bool {
    let id = name.split_once('.').map_or("", |(id, _)| id);
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Size and hash of a file, which is also made durable if asked.
pub(super) fn sum(path: &Path, sync: bool) -> Result<Sum> {
    #[expect(clippy::disallowed_methods, reason = "one of the index's own files")]
    let file = fs::File::open(path).map_err(at(path))?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(&file).map_err(at(path))?;
    if sync {
        file.sync_all().map_err(at(path))?;
    }
    Ok(Sum {
        bytes: hasher.count(),
        hash: hasher.finalize().to_hex().to_string(),
    })
}

/// Gives a new generation the files of the one before, by another name for the
/// same file where the file system can.
pub(super) fn inherit(from: &Path, to: &Path) -> Result<()> {
    for (path, _) in files(from)? {
        let name = path.file_name().unwrap_or_default();
        let target = to.join(name);
        let name = name.to_string_lossy();
        if name == manifest::NAME || name == seen::NAME || name.ends_with(".lock") {
            continue;
        }
        let linked = is_segments(&name) && fs::hard_link(&path, &target).is_ok();
        if !linked {
            fs::copy(&path, &target).map_err(at(&path))?;
        }
    }
    Ok(())
}

/// Puts the finished generation in force and removes the others.
pub(super) fn switch(index: &Path, generation: &Path, hash: &str) -> Result<()> {
    let name = generation.file_name().unwrap_or_default().to_string_lossy();
    write_atomically(&index.join(CURRENT), format!("{name} {hash}\n").as_bytes())?;
    for (other, path) in entries(index)? {
        if number(&other).is_some() && other != name {
            fs::remove_dir_all(&path).map_err(at(&path))?;
        }
    }
    Ok(())
}

/// Writes a small file so that it is there whole or not at all, for good.
///
/// # Errors
/// When the system refuses; an older file is then as it was.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(".tmp")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        make_readable(file.path())?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(at(path))?;
    sync_folder(folder)
}

/// Makes names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a folder is opened to be synced, not read"
    )]
    fs::File::open(folder)
        .and_then(|f| f.sync_all())
        .map_err(at(folder))
}

/// Lets others read what the engine or a temporary file made private: an
/// index is as public as the folder it stands in.
pub(super) fn make_readable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut permissions = fs::metadata(path)?.permissions();
        let shared = permissions.mode()
            | (permissions.mode() & 0o400) >> 3
            | (permissions.mode() & 0o400) >> 6;
        if shared != permissions.mode() {
            permissions.set_mode(shared);
            fs::set_permissions(path, permissions)?;
        }
    }
    Ok(())
}

/// All files of a generation, with their sizes.
pub(super) fn files(generation: &Path) -> Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    for (_, path) in entries(generation)? {
        let size = fs::metadata(&path).map_err(at(&path))?.len();
        files.push((path, size));
    }
    files.sort();
    Ok(files)
}

/// Refuses a folder that holds files which are no part of an index.
pub(super) fn refuse_foreign(index: &Path) -> Result<()> {
    for (name, _) in entries(index)? {
        let ours = number(&name).is_some()
            || name == CURRENT
            || name == lock::NAME
            || name == status::NAME
            || name.starts_with(".tmp")
            || BYSTANDERS.contains(&name.as_str());
        if !ours {
            return Err(Error::NotAnIndexFolder {
                path: index.to_path_buf(),
                what: format!(
                    "holds {name:?}, which is no part of an index\n  \
                     give a folder of the index's own: --index FOLDER"
                ),
            });
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the index's own folder, not a corpus"
    )]
    let list = fs::read_dir(folder).map_err(at(folder))?;
    list.map(|entry| {
        let entry = entry.map_err(at(folder))?;
        Ok((
            entry.file_name().to_string_lossy().into_owned(),
            entry.path(),
        ))
    })
    .collect()
}

fn number(name: &str) -> Option<u64> {
    name.strip_prefix(PREFIX)?.parse().ok()
}

fn number_of(path: &Path) -> Option<u64> {
    number(&path.file_name()?.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_generation_takes_over_and_the_old_one_goes() {
        let dir = tempfile::tempdir().unwrap();
        let first = begin(dir.path()).unwrap();
        let now = || current(dir.path()).unwrap().folder;
        switch(dir.path(), &first, "a").unwrap();
        assert_eq!(now(), first);
        let second = begin(dir.path()).unwrap();
        assert_eq!(now(), first);
        switch(dir.path(), &second, "b").unwrap();
        assert_eq!(now(), second);
        assert!(!first.exists());
    }

    #[test]
    fn what_a_killed_run_left_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        let killed = begin(dir.path()).unwrap();
        fs::write(killed.join("half"), "x").unwrap();
        let next = begin(dir.path()).unwrap();
        assert!(!killed.join("half").exists());
        assert!(next.exists());
    }

    #[test]
    fn a_folder_with_somebodys_files_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("S20001.txt"), "x").unwrap();
        let error = refuse_foreign(dir.path()).unwrap_err().to_string();
        assert!(error.contains("S20001.txt"), "{error}");
        assert!(dir.path().join("S20001.txt").exists());
    }

    #[test]
    fn without_a_pointer_there_is_no_index() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(current(dir.path()), Err(Error::NoIndex { .. })));
        fs::write(dir.path().join(CURRENT), "../../etc\n").unwrap();
        assert!(matches!(current(dir.path()), Err(Error::Damaged { .. })));
    }
}
