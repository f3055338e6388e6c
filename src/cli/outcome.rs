//! Options that ask for what came of a plan, when projects are searched and when
//! a saved search is run again.

use anyhow::{Result, anyhow};

use crate::query::Query;
use crate::search;

/// What must have come of a project.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Outcome {
    /// Only projects whose plan has this word but whose final report lacks it
    #[arg(long, value_name = "WORD", conflicts_with = "ended_without_report")]
    pub(super) promised_not_reported: Option<String>,
    /// Only projects that have ended without a final report
    #[arg(long)]
    pub(super) ended_without_report: bool,
}

impl Outcome {
    /// Narrows a query to what was promised and not reported.
    pub(super) fn narrow(&self, query: &mut Query) -> Result<()> {
        let Some(words) = &self.promised_not_reported else {
            return Ok(());
        };
        search::promised_not_reported(query, words)
            .map_err(|wrong| anyhow!("--promised-not-reported: {wrong}"))
    }

    /// Whether it is asked what was promised and not reported.
    pub(super) fn is_promise(&self) -> bool {
        self.promised_not_reported.is_some()
    }

    /// Filters, with the status that a missing report asks for.
    pub(super) fn filters(&self, filters: &[String]) -> Vec<String> {
        let status = self.ended_without_report.then(|| "status=ended".to_owned());
        filters.iter().cloned().chain(status).collect()
    }

    /// Whether there must be a final report, or must be none.
    pub(super) fn reported(&self) -> Option<bool> {
        let promised = self.promised_not_reported.as_ref().map(|_| true);
        promised.or(self.ended_without_report.then_some(false))
    }
}
