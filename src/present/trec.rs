//! Hits as lines of a TREC run, for the measuring of rankings.
//!
//! Measuring programs order a run by its scores and not by its ranks, so the
//! scores here fall from line to line: a tier adds to them, and what is sorted
//! by something else, or ties, stands a ten-thousandth below the line before.

use std::io::{self, Write};

use crate::search::{Hit, Hits};

/// The name of a run.
const TAG: &str = "esr-search";

/// What being in a better tier adds; far more than any score.
const TIER: f64 = 1000.0;

/// The least that a score falls.
const STEP: f64 = 0.0001;

/// Writes hits as answers to the query that is called `id`.
///
/// # Errors
/// When the sink fails.
pub fn hits(out: &mut dyn Write, id: &str, hits: &Hits) -> io::Result<()> {
    let mut last = f64::INFINITY;
    for hit in &hits.hits {
        let score = tiered(hit).min(last - STEP);
        let (key, rank) = (spaceless(&hit.key), hit.rank);
        writeln!(out, "{} Q0 {key} {rank} {score:.4} {TAG}", spaceless(id))?;
        last = score;
    }
    Ok(())
}

fn tiered(hit: &Hit) -> f64 {
    let tiers = f64::from(u8::from(hit.direct) + u8::from(hit.whole));
    tiers * TIER + f64::from(hit.score)
}

/// A name as one column: white space as in addresses of the web.
fn spaceless(name: &str) -> String {
    name.replace(char::is_whitespace, "%20")
}
