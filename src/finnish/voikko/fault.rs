//! What can be wrong with a dictionary file, and how it is said.
//!
//! Apart from the checks because they are many and the ways to say it few. A message names the
//! file, the place and what to do; what the program then does is not decided here.
use std::path::{Path, PathBuf};

/// Why a dictionary could not be used; each message says where and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DictionaryError {
    /// The file could not be opened or mapped.
    #[error("{path}: cannot read the dictionary: {source}. Check the path and the permissions.")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no Voikko morphology at all.
    #[error(
        "{path}: not a Voikko morphology (mor.vfst, format 5): {why}. Name the folder that holds mor.vfst."
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What gave it away.
        why: &'static str,
    },
    /// The file starts like a morphology and then breaks the format.
    #[error("{path}: damaged at byte {offset}: {why}. Install the dictionary again.")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where the damage shows.
        offset: usize,
        /// What is wrong there.
        why: &'static str,
    },
}

/// What is wrong with some bytes, before anybody has said which file they came from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Foreign(&'static str),
    Damaged(usize, &'static str),
}

impl Fault {
    pub(super) fn of(self, path: &Path) -> DictionaryError {
        let path = path.to_owned();
        match self {
            Fault::Foreign(why) => DictionaryError::Foreign { path, why },
            Fault::Damaged(offset, why) => DictionaryError::Damaged { path, offset, why },
        }
    }
}
