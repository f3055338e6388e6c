//! What a command asks: the index, or the projects on a cluster.
//! All that it does with an answer is the same for both.

use std::sync::Arc;

use anyhow::Result;

use crate::finnish::Analyzer;
use crate::index::Reader;
use crate::query::synonyms::Synonyms;
use crate::search::Collection;
#[cfg(feature = "cluster")]
use crate::serve::Afar;
use crate::serve::Library;

#[cfg(feature = "cluster")]
use super::engine::{Engine, SEARCH};
use super::{Common, named_dictionary};

/// Where projects are looked for.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    #[cfg(feature = "cluster")]
    #[command(flatten)]
    engine: Engine,
}

impl Source {
    /// The projects, for what needs no analysis.
    pub(super) fn collection(&self, common: &Common) -> Result<Collection> {
        #[cfg(feature = "cluster")]
        if let Some(there) = self.engine.there()? {
            return Ok(Collection::Cluster(there.cluster));
        }
        Ok(Collection::Index(Arc::new(Reader::open(&common.index)?)))
    }

    /// The projects, with the analyzer that they were made with.
    pub(super) fn open(&self, common: &Common) -> Result<(Collection, Analyzer)> {
        let named = named_dictionary(common)?;
        #[cfg(feature = "cluster")]
        if let Some(there) = self.engine.there()? {
            let analyzer = there.analyzer(named.as_deref())?;
            return Ok((Collection::Cluster(there.cluster), analyzer));
        }
        let reader = Reader::open(&common.index)?;
        let analyzer = reader.analyzer(named.as_deref())?;
        Ok((Collection::Index(Arc::new(reader)), analyzer))
    }

    /// What is to be served, with newer editions as they come.
    pub(super) fn library(&self, common: &Common, synonyms: Synonyms) -> Result<Library> {
        let named = named_dictionary(common)?;
        #[cfg(feature = "cluster")]
        if let Some(client) = self.engine.client(SEARCH)? {
            let shelf = Box::new(Afar::new(&client, named)?);
            return Ok(Library::of(shelf, synonyms)?);
        }
        Ok(Library::open(&common.index, named, synonyms)?)
    }

    /// Whether a cluster is asked.
    pub(super) fn is_afar(&self) -> bool {
        #[cfg(feature = "cluster")]
        return self.engine.is_named();
        #[cfg(not(feature = "cluster"))]
        false
    }
}
