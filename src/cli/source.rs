//! What a search is done in: the index, or the projects on a cluster.
//! All that a command does with an answer is the same for both.

use anyhow::Result;

#[cfg(feature = "cluster")]
use crate::cluster::Opened;
use crate::finnish::Analyzer;
use crate::index::Reader;
use crate::query::Query;
use crate::search::{self, Hits, Loosening, Options};

use super::{Common, open};

/// An opened collection of projects.
pub(super) enum Source {
    /// The index, with the analyzer that made it.
    Index(Box<(Reader, Analyzer)>),
    /// A cluster.
    #[cfg(feature = "cluster")]
    Cluster(Box<Opened>),
}

impl Source {
    /// The index that is named.
    pub(super) fn index(common: &Common) -> Result<Self> {
        Ok(Self::Index(Box::new(open(common)?)))
    }

    pub(super) fn search(&self, query: &Query, options: &Options) -> crate::error::Result<Hits> {
        match self {
            Self::Index(opened) => search::search(&opened.0, &opened.1, query, options),
            #[cfg(feature = "cluster")]
            Self::Cluster(opened) => {
                search::cluster::search(&opened.cluster, &opened.analyzer, query, options)
            }
        }
    }

    /// The ways to ask for less that find something.
    pub(super) fn loosen(
        &self,
        query: &Query,
        options: &Options,
    ) -> crate::error::Result<Vec<(Loosening, u64)>> {
        search::loosen(query, options, |query, options| self.search(query, options))
    }
}
