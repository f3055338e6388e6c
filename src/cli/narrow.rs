//! `--filter` and `--facets`: names and values as typed → rows and tests.
//! What is wrong is said by the option's name.

use anyhow::{Result, anyhow};

use crate::search::{Filter, asked};

/// The filters asked for, in their order.
pub(super) fn filters(typed: &[String]) -> Result<Vec<Filter>> {
    asked::filters(typed).map_err(|wrong| anyhow!("--filter: {wrong}"))
}

/// The rows whose values are to be counted, each once.
pub(super) fn facets(names: &[String]) -> Result<Vec<usize>> {
    asked::facets(names).map_err(|wrong| anyhow!("--facets: {wrong}"))
}
