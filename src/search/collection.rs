//! The projects that are searched, wherever they are kept.
//!
//! Whoever asks from above asks a collection, and only here is it told apart
//! whether an index answers or a cluster.

use std::sync::Arc;
use std::time::Instant;

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::form::project::Project;
use crate::index::{Reader, Stored};
use crate::query::Query;

#[cfg(feature = "cluster")]
use super::cluster::{self, Cluster};
use super::{Hits, Link, Loosening, Marker, Options, Similar, Suggestion};

/// Projects that can be searched. Cheap to copy.
#[derive(Clone)]
pub enum Collection {
    /// In an index on this computer.
    Index(Arc<Reader>),
    /// On a cluster.
    #[cfg(feature = "cluster")]
    Cluster(Cluster),
}

/// Does the same to either.
macro_rules! either {
    ($collection:expr, $it:ident => $index:expr, $cluster:expr) => {
        match $collection {
            Collection::Index($it) => $index,
            #[cfg(feature = "cluster")]
            Collection::Cluster($it) => $cluster,
        }
    };
}

impl Collection {
    /// How many there are.
    #[must_use]
    pub fn documents(&self) -> u64 {
        either!(self, it => it.manifest.documents, it.facts.documents)
    }

    /// The projects that answer a query best.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn search(&self, analyzer: &Analyzer, query: &Query, options: &Options) -> Result<Hits> {
        either!(self, it =>
            super::search(it, analyzer, query, options),
            cluster::search(it, analyzer, query, options))
    }

    /// The ways to ask for less that find something.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn loosen(
        &self,
        analyzer: &Analyzer,
        query: &Query,
        options: &Options,
    ) -> Result<Vec<(Loosening, u64)>> {
        let search = |query: &Query, options: &Options| self.search(analyzer, query, options);
        super::loosen(query, options, search)
    }

    /// What marks the words of a query, those of its synonyms too.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn marker<'a>(
        &self,
        analyzer: &'a Analyzer,
        query: &Query,
        options: &Options,
    ) -> Result<Marker<'a>> {
        either!(self, it =>
            Marker::new((&**it, analyzer), query, options),
            Marker::new((it, analyzer), query, options))
    }

    /// What is stored of the project with this key, if there is one.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn project(&self, key: &str) -> Result<Option<Stored>> {
        either!(self, it => super::project(it, key), cluster::project(it, key))
    }

    /// The links of a project, which has this key if it is one of these.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn links(&self, key: Option<&str>, project: &Project<'_>) -> Result<Vec<Link>> {
        either!(self, it => super::links(it, key, project), cluster::links(it, key, project))
    }

    /// The projects that are nearest to a given one, which has this key if it is
    /// one of these.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn similar(
        &self,
        analyzer: &Analyzer,
        given: (&Project<'_>, Option<&str>),
        limit: usize,
    ) -> Result<Similar> {
        either!(self, it =>
            super::similar((it, analyzer), given, limit),
            cluster::similar((it, analyzer), given, limit))
    }

    /// What a beginning may become.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn suggest(&self, begin: &str, limit: usize) -> Result<Vec<Suggestion>> {
        either!(self, it =>
            super::suggest(it, begin, limit),
            cluster::suggestions(it, begin, limit))
    }

    /// The keys of all.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn keys(&self) -> Result<Vec<String>> {
        either!(self, it => it.keys(), cluster::keys(it))
    }

    /// The same for one who waits no longer than that; none where nobody is
    /// waited for.
    #[must_use]
    pub fn asked(&self, until: Instant) -> Option<Self> {
        let _ = until;
        either!(self, _it => None, Some(Self::Cluster(_it.asked(until))))
    }

    /// What the answers so far were without, such as shards of a cluster.
    #[must_use]
    pub fn partial(&self) -> Vec<String> {
        either!(self, _it => Vec::new(), _it.partial())
    }
}
