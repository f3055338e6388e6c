//! Sends documents in bulk, and waits while the cluster has enough to do.
//!
//! A worker sends what it has written and waits for the answer: so a cluster
//! that is slow slows the workers down, and no queue grows. What was refused
//! for lack of room, or not answered, is sent again after a while, a limited
//! number of times; a document has one name, so sending it twice does no harm.
//! What is refused for what it is is told by its path.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::{Error, Result};

use super::client::{Client, reason, refused};
use super::mapping::inlet;

/// Bytes that are sent at a time, roughly.
const A_LOAD: usize = 4 << 20;

/// How often something is sent at the most.
const TRIES: u32 = 9;

/// How long is waited before the first try again, and at the most.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// After how long nothing is sent again.
const PATIENCE: Duration = Duration::from_secs(90);

/// How long the cluster waits for a shard that is not there.
const SHARD: &str = "10s";

/// One thing to do, in the form that the cluster takes.
struct Item {
    /// The file that it is of, or the key if it has none.
    of: String,
    lines: String,
}

/// Sends what it is given, a load at a time.
pub(super) struct Sender<'a> {
    client: &'a Client,
    path: String,
    items: Vec<Item>,
    bytes: usize,
    /// What was refused, with the reason.
    pub(super) rejected: Vec<(String, String)>,
    /// How long the cluster was waited for.
    pub(super) waited: Duration,
}

impl<'a> Sender<'a> {
    pub(super) fn new(client: &'a Client, index: &str) -> Self {
        Self {
            client,
            path: format!("{}/_bulk?require_alias=true&timeout={SHARD}", inlet(index)),
            items: Vec::new(),
            bytes: 0,
            rejected: Vec::new(),
            waited: Duration::ZERO,
        }
    }

    /// Puts a document under its name, in the place of an older one.
    pub(super) fn put(&mut self, path: &str, id: &str, document: &Value) -> Result<()> {
        self.add(
            path,
            &format!("{}\n{document}\n", json!({"index": {"_id": id}})),
        )
    }

    /// Takes a document out.
    pub(super) fn remove(&mut self, key: &str, id: &str) -> Result<()> {
        self.add(key, &format!("{}\n", json!({"delete": {"_id": id}})))
    }

    fn add(&mut self, of: &str, lines: &str) -> Result<()> {
        self.bytes += lines.len();
        self.items.push(Item {
            of: of.to_owned(),
            lines: lines.to_owned(),
        });
        match self.bytes >= A_LOAD {
            true => self.flush(),
            false => Ok(()),
        }
    }

    /// Sends what is left.
    pub(super) fn flush(&mut self) -> Result<()> {
        let began = std::time::Instant::now();
        self.bytes = 0;
        let mut left = std::mem::take(&mut self.items);
        let mut why = None;
        for try_ in 0..TRIES {
            if left.is_empty() || began.elapsed() > PATIENCE {
                break;
            }
            if try_ > 0 {
                thread::sleep(wait(try_ - 1));
            }
            (left, why) = self.once(left);
        }
        self.waited += began.elapsed();
        match (left.is_empty(), why) {
            (true, _) => Ok(()),
            (false, Some(error)) => Err(error),
            (false, None) => Err(full(reason(&Value::Null))),
        }
    }

    /// Sends items once; gives those that are to be sent again, and why.
    fn once(&mut self, items: Vec<Item>) -> (Vec<Item>, Option<Error>) {
        let body: String = items.iter().map(|item| item.lines.as_str()).collect();
        let answer = match self.client.send("POST", &self.path, body.as_bytes()) {
            Ok(answer) => answer,
            Err(error) => return (items, Some(error)),
        };
        if answer.status >= 300 {
            // Too large a load may pass in pieces, all else passes or does not.
            return (items, Some(refused(&answer)));
        }
        let results = answer.body["items"].as_array().cloned().unwrap_or_default();
        let (mut again, mut why) = (Vec::new(), None);
        for (number, item) in items.into_iter().enumerate() {
            let result = results.get(number).and_then(|result| result.as_object());
            let result = result.and_then(|result| result.values().next());
            let Some(result) = result else {
                again.push(item);
                continue;
            };
            match result["status"].as_u64() {
                Some(200..300) => {}
                // What is to go is gone already.
                Some(404) if result["error"].is_null() => {}
                Some(429 | 500..600) | None => {
                    why = Some(full(reason(&result["error"])));
                    again.push(item);
                }
                Some(_) => {
                    let reason = reason(&result["error"]);
                    self.rejected
                        .push((item.of, format!("the cluster refused it: {reason}")));
                }
            }
        }
        (again, why)
    }
}

/// What a cluster is that takes no more documents.
fn full(reason: &str) -> Error {
    Error::Cluster {
        what: format!(
            "the cluster took no more documents: {reason}\n  push again when it is whole"
        ),
    }
}

/// How long is waited after so many tries.
fn wait(tries: u32) -> Duration {
    FIRST_WAIT
        .saturating_mul(1 << tries.min(16))
        .min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_ends() {
        assert_eq!(wait(0), FIRST_WAIT);
        assert_eq!(wait(2), FIRST_WAIT * 4);
        assert_eq!(wait(30), LONGEST_WAIT);
        let all: Duration = (0..TRIES).map(wait).sum();
        assert!(all < Duration::from_secs(90));
    }
}
