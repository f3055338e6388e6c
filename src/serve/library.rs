//! What is searched, and how a newer edition of it takes its place.
//!
//! A shelf (`shelf`) holds editions: generations of an index, or what is on a
//! cluster at a time. Whoever answers a request holds the edition it began with
//! to its end. A look at the shelf, now and then, tells that a new one is in
//! force. Nothing is written.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::query::{self, synonyms::Synonyms};
use crate::search::{Collection, Options};

use super::shelf::{Generations, Shelf};

/// What is often asked.
const USUAL: [&str; 8] = [
    "nuoret työllisyys",
    "koulutus ja osaaminen",
    "yritysten kehittäminen",
    "osatyökykyiset",
    "maahanmuuttajien kotoutuminen",
    "työhyvinvointi",
    "hankkeen tavoitteet ja toimenpiteet",
    "digitaaliset palvelut",
];

/// An edition, opened.
#[derive(Clone)]
pub struct Opened {
    /// The projects of it.
    pub collection: Collection,
    /// Analyses words as it was made with.
    pub analyzer: Arc<Analyzer>,
    /// What it is called where it is kept.
    pub name: String,
    /// When the run began that made it, RFC 3339.
    pub built: String,
    /// Another one has another mark.
    pub mark: String,
    /// Names all that decides an answer: the edition, the program and the
    /// synonyms.
    pub tag: String,
    /// When it was opened.
    pub since: Timestamp,
}

impl Opened {
    /// The same for one who asks and waits for an answer for so long.
    pub(super) fn asked(self: Arc<Self>, patience: Duration) -> Arc<Self> {
        let collection = self.collection.asked(Instant::now() + patience);
        match collection {
            None => self,
            Some(collection) => Arc::new(Self {
                collection,
                ..Self::clone(&self)
            }),
        }
    }

    /// What the answers so far were without. Why is not told to strangers: it
    /// names nodes.
    pub(super) fn partial(&self) -> Vec<String> {
        let told = |part: String| part.split(": ").next().unwrap_or_default().to_owned();
        self.collection.partial().into_iter().map(told).collect()
    }

    /// Asks what is often asked, so that the first who ask need not wait for what is
    /// read and made when it is asked for first. A cluster does that for itself.
    pub(super) fn warm(&self) {
        if matches!(self.collection, Collection::Index(_)) {
            let options = Options {
                doubts: true,
                ..Options::default()
            };
            for usual in USUAL {
                let asked = query::parse(usual);
                // Who asks next is told what is wrong.
                let _ = self.collection.search(&self.analyzer, &asked, &options);
            }
        }
    }
}

/// Opens editions as they come into force.
pub struct Library {
    shelf: Box<dyn Shelf>,
    /// What words are also searched as.
    pub synonyms: Synonyms,
    current: RwLock<Arc<Opened>>,
    /// Why the edition in force can't be had, and since when.
    trouble: Mutex<Option<String>>,
    /// When the shelf was looked at last.
    looked: Mutex<Instant>,
}

impl Library {
    /// Opens the index in a folder; `dictionary` is a dictionary's file to use
    /// instead of the one that the index was made with.
    ///
    /// # Errors
    /// When there is no index that can be used.
    pub fn open(index: &Path, dictionary: Option<PathBuf>, synonyms: Synonyms) -> Result<Self> {
        Self::of(Box::new(Generations::new(index, dictionary)), synonyms)
    }

    /// Opens the edition in force on a shelf.
    ///
    /// # Errors
    /// When there is none that can be used.
    pub fn of(shelf: Box<dyn Shelf>, synonyms: Synonyms) -> Result<Self> {
        let opened = tagged(shelf.open()?, &synonyms);
        Ok(Self {
            shelf,
            synonyms,
            current: RwLock::new(Arc::new(opened)),
            trouble: Mutex::default(),
            looked: Mutex::new(Instant::now()),
        })
    }

    /// The edition that answers now.
    #[must_use]
    pub fn now(&self) -> Arc<Opened> {
        let current = self.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// Where editions come from.
    #[must_use]
    pub fn shelf(&self) -> &dyn Shelf {
        &*self.shelf
    }

    /// Opens the edition in force if it is another one; says whether it was.
    ///
    /// # Errors
    /// When the new one can't be used; the old one goes on answering.
    pub fn renew(&self) -> Result<bool> {
        let renewed = self.try_renew();
        let trouble = renewed.as_ref().err().map(ToString::to_string);
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        renewed
    }

    /// Why the edition in force could not be opened, if it could not.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        let trouble = self.trouble.lock();
        trouble.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it is known that the edition which answers now can be asked. One
    /// on this computer always can.
    #[must_use]
    pub fn is_there(&self) -> bool {
        let looked = *self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(patience) = self.shelf.patience() else {
            return true;
        };
        self.trouble().is_none() && looked.elapsed() <= patience
    }

    fn try_renew(&self) -> Result<bool> {
        let Some(opened) = self.shelf.newer(&self.now())? else {
            return Ok(false);
        };
        let opened = tagged(opened, &self.synonyms);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new(opened);
        Ok(true)
    }
}

/// The edition with the name of all that decides an answer.
fn tagged(opened: Opened, synonyms: &Synonyms) -> Opened {
    let all = format!("{} {} {synonyms:?}", opened.mark, env!("CARGO_PKG_VERSION"));
    let tag = blake3::hash(all.as_bytes()).to_hex()[..16].to_owned();
    Opened { tag, ..opened }
}
