//! The index that is searched, and how a newer one takes its place.
//!
//! Whoever answers a request holds the generation it began with to its end;
//! its files are mapped and stay readable when their names go. A look at the
//! index's pointer, now and then, tells that a new generation is in force.
//! Nothing is written, so the index may stand on a disk that is read-only.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::index::Reader;
use crate::query::synonyms::Synonyms;

/// A generation, opened.
pub struct Opened {
    /// Reads its files.
    pub reader: Reader,
    /// Analyses words as it was made with.
    pub analyzer: Analyzer,
    /// Names all that decides an answer: the generation, the program and the
    /// synonyms.
    pub tag: String,
    /// When it was opened.
    pub since: Timestamp,
}

/// Opens generations as they come into force.
pub struct Library {
    index: PathBuf,
    dictionary: Option<PathBuf>,
    /// What words are also searched as.
    pub synonyms: Synonyms,
    current: RwLock<Arc<Opened>>,
    trouble: Mutex<Option<String>>,
}

impl Library {
    /// Opens the index in a folder; `dictionary` is a dictionary's file to use
    /// instead of the one that the index was made with.
    ///
    /// # Errors
    /// When there is no index that can be used.
    pub fn open(index: &Path, dictionary: Option<PathBuf>, synonyms: Synonyms) -> Result<Self> {
        let opened = open(index, dictionary.as_deref(), &synonyms)?;
        Ok(Self {
            index: index.to_path_buf(),
            dictionary,
            synonyms,
            current: RwLock::new(Arc::new(opened)),
            trouble: Mutex::default(),
        })
    }

    /// The generation that answers now.
    #[must_use]
    pub fn now(&self) -> Arc<Opened> {
        let current = self.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// The folder of the index.
    #[must_use]
    pub fn index(&self) -> &Path {
        &self.index
    }

    /// Opens the generation in force if it is another one; says whether it was.
    ///
    /// # Errors
    /// When the new one can't be used; the old one goes on answering.
    pub fn renew(&self) -> Result<bool> {
        let renewed = self.try_renew();
        let trouble = renewed.as_ref().err().map(ToString::to_string);
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
        renewed
    }

    /// Why the generation in force could not be opened, if it could not.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        let trouble = self.trouble.lock();
        trouble.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn try_renew(&self) -> Result<bool> {
        if self.now().reader.is_in_force()? {
            return Ok(false);
        }
        let opened = open(&self.index, self.dictionary.as_deref(), &self.synonyms)?;
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new(opened);
        Ok(true)
    }
}

fn open(index: &Path, dictionary: Option<&Path>, synonyms: &Synonyms) -> Result<Opened> {
    let reader = Reader::open(index)?;
    let analyzer = reader.analyzer(dictionary)?;
    let all = format!(
        "{} {} {synonyms:?}",
        reader.generation(),
        env!("CARGO_PKG_VERSION")
    );
    let tag = blake3::hash(all.as_bytes()).to_hex()[..16].to_owned();
    Ok(Opened {
        reader,
        analyzer,
        tag,
        since: Timestamp::now(),
    })
}
