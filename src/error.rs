//! The errors that cross module seams, each naming its place and the mend.
//!
//! One file, one run: an error about a single description never stops a run
//! and is therefore not here but in `walk` and `read`, as a reason. What is
//! here ends a command. A leaf: it uses no other module.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{OpenReadError, OpenWriteError};

/// What can end a command.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be opened, read or written.
    #[error("{}: {source}{}", path.display(), remedy(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no index at the given place.
    #[error(
        "no index in {}\n  build one first: esr-search index FOLDER --index {}",
        path.display(), path.display()
    )]
    NoIndex {
        /// The index folder asked for.
        path: PathBuf,
    },
    /// The index was made by a program that writes another format.
    #[error(
        "the index in {} was made by another version: {found}, this program reads {expected}\n  \
         build it anew: esr-search index FOLDER --index {}",
        path.display(), path.display()
    )]
    OtherVersion {
        /// The index folder.
        path: PathBuf,
        /// What the index says of itself.
        found: String,
        /// What this program reads and writes.
        expected: String,
    },
    /// A dictionary can't be used.
    #[error("{what}")]
    Dictionary {
        /// Which, why, and what to do.
        what: String,
    },
    /// The dictionary that the index was made with can't be used now.
    #[error(
        "the index in {} was made with a dictionary that can't be used now: {why}\n  \
         made with {wanted}\n  install it again, name its folder with --dictionary, or build \
         the index anew without one: esr-search index FOLDER --no-dictionary",
        path.display()
    )]
    NoDictionary {
        /// The index folder.
        path: PathBuf,
        /// Fingerprint of the analyzer that made it.
        wanted: String,
        /// Why not.
        why: String,
    },
    /// The words of the index were analysed by something else than is here.
    #[error(
        "the words of the index in {} were analysed otherwise than this program would\n  \
         made with {wanted}\n  here is   {have}\n  build it anew: esr-search index FOLDER \
         --index {}",
        path.display(), path.display()
    )]
    OtherAnalyzer {
        /// The index folder.
        path: PathBuf,
        /// Fingerprint of the analyzer that made it.
        wanted: String,
        /// Fingerprint of the one at hand.
        have: String,
    },
    /// The index can't be trusted.
    #[error(
        "the index in {} is damaged: {what}\n  build it anew: esr-search index FOLDER --index {}",
        path.display(), path.display()
    )]
    Damaged {
        /// The index folder.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The engine found that what it read is not what was written.
    #[error("the index is damaged: {what}\n  build it anew: esr-search index FOLDER")]
    Corrupt {
        /// What is wrong.
        what: String,
    },
    /// Another run holds the index.
    #[error("another run is writing the index in {} ({holder})", path.display())]
    Locked {
        /// The index folder.
        path: PathBuf,
        /// What the lock file says of its holder.
        holder: String,
    },
    /// So much is gone that it looks like an accident.
    #[error(
        "{}: {gone} of {of} known projects are gone, which looks like an accident; \
         the index was left as it was\n  \
         if they are meant to go: --allow-mass-delete",
        path.display()
    )]
    MassDelete {
        /// The corpus folder.
        path: PathBuf,
        /// How many are gone.
        gone: usize,
        /// How many there were.
        of: usize,
    },
    /// Nothing to index, so the old index stays.
    #[error("{}: {what}; the index was left as it was", path.display())]
    NothingToIndex {
        /// The corpus folder.
        path: PathBuf,
        /// Why there is nothing.
        what: String,
    },
    /// The index folder holds files that are not an index.
    #[error("{}: {what}", path.display())]
    NotAnIndexFolder {
        /// The folder.
        path: PathBuf,
        /// What stands in the way and what to do.
        what: String,
    },
    /// A cluster did not answer in time, or refused.
    #[error("{what}")]
    Cluster {
        /// What it was asked and what came of it.
        what: String,
    },
    /// A part of a cluster did not answer, and what was asked for may be there.
    #[error(
        "not all shards of the cluster answered; {key} may be in one that did not\n  ask again when the cluster is whole"
    )]
    ClusterPart {
        /// The key of the project asked for.
        key: String,
    },
    /// What was asked on a cluster is there no more: a rebuild took its place.
    #[error("the projects have just moved to a new index; ask again")]
    Moved,
    /// A query is too long for a cluster.
    #[error(
        "the query has more parts than the cluster takes\n  \
         ask with fewer words, or have its setting indices.query.bool.max_clause_count raised"
    )]
    TooManyParts,
    /// What is on a cluster can't be used, or who asks is not let in.
    #[error("{what}")]
    ClusterIndex {
        /// What stands in the way and what to do.
        what: String,
    },
    /// The engine failed.
    #[error("the search engine failed: {0}")]
    Engine(tantivy::TantivyError),
}

/// The result of whatever can end a command.
pub type Result<T> = std::result::Result<T, Error>;

impl From<TantivyError> for Error {
    /// Whatever the engine reports goes through here: what it can't make sense of
    /// in a file is damage, what the system refused is not.
    fn from(error: TantivyError) -> Self {
        match is_damage(&error) {
            true => Self::Corrupt {
                what: error.to_string(),
            },
            false => Self::Engine(error),
        }
    }
}

fn is_damage(error: &TantivyError) -> bool {
    let is_damage = matches!(
        error,
        TantivyError::DataCorruption(_)
            | TantivyError::DeserializeError(_)
            | TantivyError::FieldNotFound(_)
            | TantivyError::IncompatibleIndex(_)
            | TantivyError::InternalError(_)
            | TantivyError::IoError(_)
            | TantivyError::SchemaError(_)
            | TantivyError::OpenReadError(
                OpenReadError::FileDoesNotExist(_)
                    | OpenReadError::IncompatibleIndex(_)
                    | OpenReadError::IoError { .. }
            )
    );
    is_damage && os_code(error).is_none()
}

/// The system's number of the error behind one of the engine's, which it keeps in
/// many ways, sometimes only by the system's words: `… (os error 28)`.
fn os_code(error: &TantivyError) -> Option<i32> {
    let text = match error {
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => {
            io_error.to_string()
        }
        _ => error.to_string(),
    };
    let (_, rest) = text.split_once("(os error ")?;
    rest.split_once(')')?.0.parse().ok()
}

impl Error {
    /// The error, with the place that the engine worked at if the system refused it
    /// something there.
    #[must_use]
    pub fn in_place(self, path: &Path) -> Self {
        let code = match &self {
            Self::Engine(error) => os_code(error),
            _ => None,
        };
        match code {
            Some(code) => at(path)(io::Error::from_raw_os_error(code)),
            None => self,
        }
    }
}

/// Numbers of Linux for too many open files: in the system, and of one program.
const TOO_MANY_FILES: [i32; 2] = [23, 24];

/// Whether the system refused to open a file because too many are open.
#[must_use]
pub fn is_crowded(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    cfg!(unix) && code.is_some_and(|code| TOO_MANY_FILES.contains(&code))
}

/// What to do about an error of the system, on a line of its own.
fn remedy(error: &io::Error) -> &'static str {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => "\n  make room there, then try again",
        Kind::PermissionDenied => {
            "\n  give this user the right (chmod, chown), or name another place"
        }
        Kind::ReadOnlyFilesystem => "\n  name a place that can be written to",
        Kind::AlreadyExists | Kind::NotADirectory => "\n  it is a file; name a folder",
        _ if is_crowded(error) => "\n  allow more open files, for instance: ulimit -n 1024",
        _ => "",
    }
}

/// An I/O error of the engine's, which names no path.
pub(crate) fn in_engine(error: io::Error) -> Error {
    TantivyError::from(error).into()
}

/// Adds the path to an I/O error: `fs::rename(a, b).map_err(at(a))`.
pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
    move |source| Error::Io {
        path: path.to_path_buf(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_refused_is_no_damage_however_deep_the_engine_has_it() {
        let full = || io::Error::from_raw_os_error(28);
        let deep = || io::Error::other(io::Error::other(full().to_string()));
        for error in [full(), deep()] {
            let error = Error::from(TantivyError::from(error)).in_place(Path::new("ix"));
            assert!(matches!(error, Error::Io { .. }), "{error:?}");
            let told = error.to_string();
            assert!(
                told.starts_with("ix: ") && told.contains("make room"),
                "{told}"
            );
        }
        let broken = io::Error::other("a block is cut off");
        let error = Error::from(TantivyError::from(broken)).in_place(Path::new("ix"));
        assert!(matches!(error, Error::Corrupt { .. }), "{error:?}");
    }
}
