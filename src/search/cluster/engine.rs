//! The seam to whoever carries questions to a cluster, and what is kept of the
//! answers beside what they answer: which shards did not.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde_json::Value;

use crate::error::Result;

use super::share::Facts;

/// Carries a question to a cluster and brings the answer.
pub trait Engine: Send + Sync {
    /// Asks the projects of the cluster: `_search` with this body. The answer
    /// has to be there by `until`, if that is sooner than the engine's own
    /// patience ends.
    ///
    /// # Errors
    /// When no answer is had in time, or it is a refusal.
    fn search(&self, body: &Value, until: Option<Instant>) -> Result<Value>;
}

/// The projects on a cluster, as one who asks sees them: what answers were
/// without is noted for that one.
#[derive(Clone)]
pub struct Cluster {
    engine: Arc<dyn Engine>,
    /// What ranking needs to know of them all.
    pub facts: Arc<Facts>,
    /// When whoever asks has to have an answer.
    until: Option<Instant>,
    /// What answers were without.
    partial: Arc<Mutex<Vec<String>>>,
    /// Values that were listed as a whole, by row.
    listed: Arc<Mutex<HashMap<usize, Arc<Vec<String>>>>>,
}

impl Cluster {
    /// The projects that an engine can be asked for.
    #[must_use]
    pub fn new(engine: Arc<dyn Engine>, facts: Facts) -> Self {
        Self {
            engine,
            facts: Arc::new(facts),
            until: None,
            partial: Arc::default(),
            listed: Arc::default(),
        }
    }

    /// The same projects for another one who asks, who waits no longer than that.
    #[must_use]
    pub fn asked(&self, until: Instant) -> Self {
        Self {
            until: Some(until),
            partial: Arc::default(),
            ..self.clone()
        }
    }

    /// Asks, and notes which shards did not answer.
    pub(super) fn ask(&self, body: &Value) -> Result<Value> {
        let answer = self.engine.search(body, self.until)?;
        missing(&answer).into_iter().for_each(|m| self.note(m));
        Ok(answer)
    }

    /// Notes that the values of a field are not all that there are, if so.
    pub(super) fn check(&self, values: &Value, of: &str) {
        if values["sum_other_doc_count"]
            .as_u64()
            .is_some_and(|n| n > 0)
        {
            self.note(format!(
                "there are too many {of}, only the most frequent count"
            ));
        }
    }

    fn note(&self, missing: String) {
        let mut partial = self.partial.lock().unwrap_or_else(PoisonError::into_inner);
        if !partial.contains(&missing) {
            partial.push(missing);
        }
    }

    /// What the answers so far were without.
    #[must_use]
    pub fn partial(&self) -> Vec<String> {
        let partial = self.partial.lock();
        partial.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The values of a row as `list` gives them, or as it gave them before.
    pub(super) fn listed(
        &self,
        row: usize,
        list: impl FnOnce() -> Result<Vec<String>>,
    ) -> Result<Arc<Vec<String>>> {
        let known = || self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = known().get(&row) {
            return Ok(Arc::clone(values));
        }
        let values = Arc::new(list()?);
        // What may lack some is listed again.
        if self.partial().is_empty() {
            known().insert(row, Arc::clone(&values));
        }
        Ok(values)
    }
}

/// How many shards an answer is without. Those of which no copy is there are
/// not counted as failed, they are only not among the successful ones.
#[must_use]
pub fn lacking(answer: &Value) -> u64 {
    let count = |what: &str| answer["_shards"][what].as_u64().unwrap_or_default();
    let silent = count("total").saturating_sub(count("successful"));
    silent.max(count("failed"))
}

/// The shards that an answer is without, and why.
fn missing(answer: &Value) -> Vec<String> {
    let shards = &answer["_shards"];
    let mut missing: Vec<String> = Vec::new();
    for failure in shards["failures"].as_array().into_iter().flatten() {
        let reason = &failure["reason"];
        let why = [&reason["reason"], &reason["type"]]
            .into_iter()
            .find_map(Value::as_str);
        missing.push(format!(
            "shard {} of {} did not answer: {}",
            failure["shard"],
            failure["index"].as_str().unwrap_or("the index"),
            why.unwrap_or("no copy of it is there"),
        ));
    }
    let (lacking, told) = (lacking(answer), missing.len() as u64);
    if lacking > told {
        missing.push(format!(
            "{} of {} shards did not answer",
            lacking - told,
            shards["total"]
        ));
    }
    if answer["timed_out"] == true {
        missing.push("not all shards answered in time".to_owned());
    }
    missing
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn which_shards_an_answer_is_without_is_told() {
        let shards = json!({"total": 3, "successful": 3, "failed": 0});
        let whole = json!({"_shards": shards, "timed_out": false});
        assert_eq!(missing(&whole), Vec::<String>::new());
        let part = json!({"timed_out": true, "_shards": {"total": 3, "successful": 1, "failed": 2, "failures": [
            {"shard": 1, "index": "esr-1", "reason": {"type": "node_gone", "reason": "gone"}},
        ]}});
        assert_eq!(
            missing(&part),
            [
                "shard 1 of esr-1 did not answer: gone",
                "1 of 3 shards did not answer",
                "not all shards answered in time",
            ]
        );
        // So it is where no copy of a shard is there.
        let silent = json!({"_shards": {"total": 6, "successful": 4, "failed": 0}});
        assert_eq!(missing(&silent), ["2 of 6 shards did not answer"]);
    }
}
