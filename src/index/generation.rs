//! Where generations live and how one takes over from another.
//!
//! The index folder holds `CURRENT`, one line that names the generation in
//! force, and the generations' folders. A generation never changes once it is
//! in force; a new one is built beside it and takes over by one atomic rename
//! of `CURRENT`. Whoever reads the old one goes on undisturbed: its files are
//! mapped, and removing their names does not take them away.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, at};

use super::manifest::{self, Manifest, Sum};
use super::system::{System, TEMPORARY_PREFIX, folder_of};
use super::{forgotten, lock, seen, status};

/// Names the generation in force.
const CURRENT: &str = "CURRENT";

/// Begins the folder name of every generation.
const PREFIX: &str = "generation-";

/// Files that may stand in an index folder beside the index.
const BYSTANDERS: [&str; 3] = ["README.md", ".gitignore", ".gitkeep"];

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
pub(super) fn current(system: &System, index: &Path) -> Result<Pointer> {
    let pointer = index.join(CURRENT);
    let line = match system.read(&pointer) {
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

/// Does something with the generation in force. If nothing good came of it
/// because another one took over meanwhile, it is done again with that one.
///
/// # Errors
/// As [`current`].
pub(super) fn in_force<T>(
    system: &System,
    index: &Path,
    is_good: fn(&T) -> bool,
    work: &dyn Fn(&Pointer) -> T,
) -> Result<T> {
    let mut pointer = current(system, index)?;
    loop {
        let done = work(&pointer);
        let now = match is_good(&done) {
            true => return Ok(done),
            false => current(system, index)?,
        };
        if now == pointer {
            return Ok(done);
        }
        pointer = now;
    }
}

/// Removes what killed runs left, for a writer that holds the lock.
pub(super) fn sweep(system: &System, index: &Path) -> Result<()> {
    for (path, is_folder) in leftovers(system, index)? {
        let removed = match is_folder {
            true => system.remove_folder(&path),
            false => system.remove(&path),
        };
        removed.map_err(at(&path))?;
    }
    Ok(())
}

/// What is neither in force nor anything else's: folders of generations and
/// temporary files.
pub(super) fn leftovers(system: &System, index: &Path) -> Result<Vec<(PathBuf, bool)>> {
    let is_in_force: Box<dyn Fn(&PathBuf) -> bool> = match current(system, index) {
        Ok(pointer) => Box::new(move |path| pointer.folder == *path),
        Err(Error::NoIndex { .. }) => Box::new(|_| false),
        // Who can't tell what is in force must not take it away.
        Err(Error::Damaged { .. }) => Box::new(|_| true),
        Err(error) => return Err(error),
    };
    let left = |(name, path): (String, PathBuf)| {
        let is_generation = number(&name).is_some();
        let is_left = is_generation && !is_in_force(&path);
        (is_left || name.starts_with(TEMPORARY_PREFIX)).then_some((path, is_generation))
    };
    let entries = system.list(index).map_err(at(index))?;
    Ok(entries.into_iter().filter_map(left).collect())
}

/// Whether a killed run left something that [`sweep`] would remove.
pub(super) fn has_leftovers(index: &Path) -> bool {
    leftovers(&System::default(), index).is_ok_and(|left| !left.is_empty())
}

/// Makes the folder of the next generation, for a writer that holds the lock.
pub(super) fn begin(system: &System, index: &Path) -> Result<PathBuf> {
    sweep(system, index)?;
    let entries = system.list(index).map_err(at(index))?;
    let numbers = entries.iter().filter_map(|(name, _)| number(name));
    let highest = numbers.max().unwrap_or_default();
    let next = index.join(format!("{PREFIX}{:06}", highest + 1));
    system.make_folder(&next).map_err(at(&next))?;
    Ok(next)
}

/// Writes the manifest of a finished generation, with the sums of all its
/// files, and gives its own hash. What it has from the generation before is not
/// read again: such files never change.
pub(super) fn close(
    system: &System,
    (index, generation): (&Path, &Path),
    mut manifest: Manifest,
    old: Option<&Manifest>,
) -> Result<String> {
    for (path, bytes) in files(system, generation)? {
        system.make_readable(&path).map_err(at(&path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let known = old.and_then(|old| old.files.get(&*name));
        let known = known.filter(|sum| is_segments(&name) && sum.bytes == bytes);
        let sum = match known {
            Some(sum) => sum.clone(),
            None => sum(system, &path, true)?,
        };
        manifest.files.insert(name.into_owned(), sum);
    }
    let json = serde_json::to_vec_pretty(&manifest).map_err(|e| Error::Damaged {
        path: index.to_path_buf(),
        what: format!("the manifest can't be written: {e}"),
    })?;
    write(system, &generation.join(manifest::NAME), &json)?;
    // The generation's own name must be there before anything points to it.
    system.sync_folder(index).map_err(at(index))?;
    Ok(blake3::hash(&json).to_hex().to_string())
}

/// Whether a file belongs to one segment and is never written again.
pub(super) fn is_segments(name: &str) -> bool {
    let id = name.split_once('.').map_or("", |(id, _)| id);
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Size and hash of a file, which is also made durable if asked.
pub(super) fn sum(system: &System, path: &Path, sync: bool) -> Result<Sum> {
    let file = system.open(path).map_err(at(path))?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(&file).map_err(at(path))?;
    if sync {
        system.sync(&file, path).map_err(at(path))?;
    }
    Ok(Sum {
        bytes: hasher.count(),
        hash: hasher.finalize().to_hex().to_string(),
    })
}

/// Gives a new generation the files of the one before, by another name for the
/// same file where the file system can.
pub(super) fn inherit(system: &System, from: &Path, to: &Path) -> Result<()> {
    for (path, _) in files(system, from)? {
        let name = path.file_name().unwrap_or_default();
        let target = to.join(name);
        let name = name.to_string_lossy();
        if name == manifest::NAME || name == seen::NAME {
            continue;
        }
        let linked = is_segments(&name) && system.link(&path, &target).is_ok();
        if !linked {
            copy(system, &path, &target).map_err(at(&path))?;
        }
    }
    Ok(())
}

fn copy(system: &System, from: &Path, to: &Path) -> io::Result<()> {
    let mut out = system.create(to)?;
    io::copy(&mut system.open(from)?, &mut out)?;
    Ok(())
}

/// Puts the finished generation in force and removes the others.
///
/// On an error the one before is in force as it was. What can't be removed is
/// left to the next run; so is all if the disk does not confirm the change and
/// it can't be taken back either.
pub(super) fn switch(system: &System, index: &Path, generation: &Path, hash: &str) -> Result<()> {
    let name = generation.file_name().unwrap_or_default().to_string_lossy();
    let pointer = index.join(CURRENT);
    let before = match system.read(&pointer) {
        Ok(line) => Some(line),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(at(&pointer)(error)),
    };
    let line = format!("{name} {hash}\n");
    rename_over(system, &pointer, line.as_bytes()).map_err(at(&pointer))?;
    if let Err(error) = system.sync_folder(index) {
        let taken_back = match before {
            Some(line) => rename_over(system, &pointer, &line),
            None => system.remove(&pointer),
        };
        return match taken_back {
            Ok(()) => Err(at(index)(error)),
            Err(_) => Ok(()),
        };
    }
    // The new generation is in force whatever becomes of the others.
    let _ = sweep(system, index);
    Ok(())
}

/// Writes a small file so that it is there whole or not at all, for good.
///
/// # Errors
/// When the system refuses; an older file is then as it was.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    write(&System::default(), path, bytes)
}

/// [`write_atomically`], in the indexer's way.
pub(super) fn write(system: &System, path: &Path, bytes: &[u8]) -> Result<()> {
    replace(system, path, bytes).map_err(at(path))
}

/// Puts a file in the place of another, and makes its name durable.
pub(super) fn replace(system: &System, path: &Path, bytes: &[u8]) -> io::Result<()> {
    rename_over(system, path, bytes)?;
    system.sync_folder(folder_of(path))
}

fn rename_over(system: &System, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut out = system.create_temporary(folder_of(path))?;
    let mut fill = || -> io::Result<()> {
        out.write_all(bytes)?;
        system.make_readable(out.path())?;
        out.sync()?;
        system.rename(out.path(), path)
    };
    fill().inspect_err(|_| {
        // What can't be removed now is swept by the next run.
        let _ = system.remove(out.path());
    })
}

/// All files of a generation, with their sizes.
pub(super) fn files(system: &System, generation: &Path) -> Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    for (_, path) in system.list(generation).map_err(at(generation))? {
        let size = system.size(&path).map_err(at(&path))?;
        files.push((path, size));
    }
    files.sort();
    Ok(files)
}

/// All files of the index folder and of the folders of generations in it.
pub(super) fn everything(system: &System, index: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for (name, path) in system.list(index).map_err(at(index))? {
        match number(&name) {
            Some(_) => all.extend(files(system, &path)?.into_iter().map(|(path, _)| path)),
            None => all.push(path),
        }
    }
    Ok(all)
}

/// Refuses a folder that holds files which are no part of an index.
pub(super) fn refuse_foreign(system: &System, index: &Path) -> Result<()> {
    for (name, _) in system.list(index).map_err(at(index))? {
        let ours = number(&name).is_some()
            || name == CURRENT
            || name == lock::NAME
            || name == status::NAME
            || name == forgotten::NAME
            || name.starts_with(TEMPORARY_PREFIX)
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

fn number(name: &str) -> Option<u64> {
    name.strip_prefix(PREFIX)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_new_generation_takes_over_and_the_old_one_goes() {
        let dir = tempfile::tempdir().unwrap();
        let first = begin(&System::default(), dir.path()).unwrap();
        let now = || current(&System::default(), dir.path()).unwrap().folder;
        switch(&System::default(), dir.path(), &first, "a").unwrap();
        assert_eq!(now(), first);
        let second = begin(&System::default(), dir.path()).unwrap();
        assert_eq!(now(), first);
        switch(&System::default(), dir.path(), &second, "b").unwrap();
        assert_eq!(now(), second);
        assert!(!first.exists());
    }

    #[test]
    fn what_a_killed_run_left_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        let killed = begin(&System::default(), dir.path()).unwrap();
        fs::write(killed.join("half"), "x").unwrap();
        let next = begin(&System::default(), dir.path()).unwrap();
        assert!(!killed.join("half").exists());
        assert!(next.exists());
    }

    #[test]
    fn where_nobody_can_tell_what_is_in_force_nothing_goes_before_another_takes_over() {
        let dir = tempfile::tempdir().unwrap();
        let system = System::default();
        let first = begin(&system, dir.path()).unwrap();
        fs::write(dir.path().join(CURRENT), "rubbish").unwrap();
        sweep(&system, dir.path()).unwrap();
        let second = begin(&system, dir.path()).unwrap();
        assert!(first.exists() && second.exists());
        switch(&system, dir.path(), &second, "a").unwrap();
        assert!(!first.exists() && second.exists());
    }

    #[test]
    fn a_folder_with_somebodys_files_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("S20001.txt"), "x").unwrap();
        let error = refuse_foreign(&System::default(), dir.path())
            .unwrap_err()
            .to_string();
        assert!(error.contains("S20001.txt"), "{error}");
        assert!(dir.path().join("S20001.txt").exists());
    }

    #[test]
    fn without_a_pointer_there_is_no_index() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            current(&System::default(), dir.path()),
            Err(Error::NoIndex { .. })
        ));
        fs::write(dir.path().join(CURRENT), "../../etc\n").unwrap();
        assert!(matches!(
            current(&System::default(), dir.path()),
            Err(Error::Damaged { .. })
        ));
    }
}
