//! Where what is searched comes from: an index on this computer, or a cluster
//! (`afar`).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::error::Result;
use crate::index::{self, Reader};
use crate::present::status;
use crate::search::Collection;

use super::library::Opened;

/// Holds editions of what is searched.
pub trait Shelf: Send + Sync {
    /// The edition in force.
    ///
    /// # Errors
    /// When there is none that can be used.
    fn open(&self) -> Result<Opened>;

    /// The edition in force, if it is another one than that.
    ///
    /// # Errors
    /// When it can't be used.
    fn newer(&self, known: &Opened) -> Result<Option<Opened>>;

    /// How often to look whether there is another one.
    fn pause(&self) -> Duration;

    /// How long nothing may have been heard of where editions are kept; none if
    /// an edition that was opened needs nobody any more.
    fn patience(&self) -> Option<Duration>;

    /// When the last run began that was done.
    fn last_done(&self, now: &Opened) -> Option<Timestamp>;

    /// Figures of it for Prometheus; `there` tells whether it can be asked.
    fn figures(&self, now: &Opened, there: bool) -> String;
}

/// The generations of an index.
pub(super) struct Generations {
    index: PathBuf,
    dictionary: Option<PathBuf>,
}

impl Generations {
    pub(super) fn new(index: &Path, dictionary: Option<PathBuf>) -> Self {
        Self {
            index: index.to_path_buf(),
            dictionary,
        }
    }
}

/// How often it is looked whether a new generation is in force.
const LOOK: Duration = Duration::from_millis(500);

impl Shelf for Generations {
    fn open(&self) -> Result<Opened> {
        let reader = Reader::open(&self.index)?;
        let analyzer = reader.analyzer(self.dictionary.as_deref())?;
        Ok(Opened {
            analyzer: Arc::new(analyzer),
            name: reader.generation().to_owned(),
            built: reader.manifest.built.clone(),
            mark: reader.generation().to_owned(),
            tag: String::new(),
            since: Timestamp::now(),
            collection: Collection::Index(Arc::new(reader)),
        })
    }

    fn newer(&self, known: &Opened) -> Result<Option<Opened>> {
        match &known.collection {
            Collection::Index(reader) if reader.is_in_force()? => Ok(None),
            _ => self.open().map(Some),
        }
    }

    fn pause(&self) -> Duration {
        LOOK
    }

    fn patience(&self) -> Option<Duration> {
        None
    }

    fn last_done(&self, now: &Opened) -> Option<Timestamp> {
        match &now.collection {
            Collection::Index(reader) => index::last_done(&self.index, &reader.manifest),
            #[cfg(feature = "cluster")]
            Collection::Cluster(_) => None,
        }
    }

    fn figures(&self, _: &Opened, _: bool) -> String {
        status::metrics(&index::health(&self.index))
    }
}
