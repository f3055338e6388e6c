//! What is searched on a cluster, as a shelf of editions: each is what can be
//! found there at a time, known by its mark.
//!
//! The mark is asked for every now and then. An answer may be newer than the
//! mark it carries, but never older, since the next look finds another one.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::cluster::{Client, There};
use crate::error::Result;
use crate::finnish::Analyzer;
use crate::present::status;
use crate::search::Collection;

use super::library::Opened;
use super::shelf::Shelf;

/// How often it is looked what can be found there.
const LOOK: Duration = Duration::from_secs(1);

/// How long nothing may have been heard of the cluster.
const SILENCE: Duration = Duration::from_secs(10);

/// How long a look waits for each of its two answers.
const GLANCE: Duration = Duration::from_secs(4);

/// Projects on a cluster.
pub struct Afar {
    client: Arc<Client>,
    /// Waits for less: whether the cluster is there is to be known soon.
    looker: Arc<Client>,
    dictionary: Option<PathBuf>,
}

impl Afar {
    /// The projects that a client can ask for; `dictionary` is a dictionary's
    /// file to use instead of the one that they were made with.
    ///
    /// # Errors
    /// When the client's certificates can't be read.
    pub fn new(client: &Arc<Client>, dictionary: Option<PathBuf>) -> Result<Self> {
        Ok(Self {
            client: Arc::clone(client),
            looker: Arc::new(client.within(GLANCE)?),
            dictionary,
        })
    }

    fn opened(&self, there: There, mark: String, analyzer: Arc<Analyzer>) -> Opened {
        Opened {
            analyzer,
            name: there.index().to_owned(),
            built: there.pushed().to_owned(),
            mark,
            tag: String::new(),
            since: Timestamp::now(),
            collection: Collection::Cluster(there.pinned().cluster),
        }
    }
}

impl Shelf for Afar {
    fn open(&self) -> Result<Opened> {
        let there = There::look(&self.client)?;
        let mark = there.mark()?;
        let analyzer = there.analyzer(self.dictionary.as_deref())?;
        Ok(self.opened(there, mark, Arc::new(analyzer)))
    }

    fn newer(&self, known: &Opened) -> Result<Option<Opened>> {
        let mark = There::look(&self.looker)?.mark()?;
        if mark == known.mark {
            return Ok(None);
        }
        let there = There::look(&self.client)?;
        if there.index() != known.name {
            return self.open().map(Some);
        }
        // The same index has the same analyzer.
        let analyzer = Arc::clone(&known.analyzer);
        Ok(Some(self.opened(there, mark, analyzer)))
    }

    fn pause(&self) -> Duration {
        LOOK
    }

    fn patience(&self) -> Option<Duration> {
        Some(SILENCE)
    }

    fn last_done(&self, now: &Opened) -> Option<Timestamp> {
        now.built.parse().ok()
    }

    fn figures(&self, now: &Opened, there: bool) -> String {
        status::of_cluster(there, now.collection.documents(), self.last_done(now))
    }
}
