//! Speaks HTTP with the nodes of a cluster.
//!
//! A node that can't be reached is passed over for the next one; what was begun
//! is brought to an end within the time that there is, whatever the nodes do.
//! Whether to try again after a refusal is for whoever asks to decide.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::http::Request;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use crate::error::{Error, Result, at};
use crate::search::cluster::Engine;

use super::place::Place;

/// The largest answer that is read, in bytes.
const LARGEST: u64 = 512 << 20;

/// In the reason when a node answers without TLS.
const NO_TLS: &str = "InvalidContentType";

/// How long a connection is waited for.
const CONNECT: Duration = Duration::from_secs(3);

/// How long a search pauses that was refused for lack of room, at first.
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// What a node said.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

/// Speaks with a cluster.
pub struct Client {
    agent: ureq::Agent,
    pub(super) place: Place,
    /// The node that answered last.
    next: AtomicUsize,
}

impl Client {
    /// A client for a place; nobody is asked yet.
    ///
    /// # Errors
    /// When the certificates can't be read.
    pub fn new(place: Place) -> Result<Self> {
        let mut tls = TlsConfig::builder();
        if let Some(path) = &place.certificates {
            let bytes = crate::read::load(path).map_err(|refusal| Error::ClusterIndex {
                what: format!("{}: {refusal}", path.display()),
            })?;
            let certificates = parse_pem(&bytes.bytes).filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            });
            let certificates: Vec<Certificate<'static>> = certificates.collect();
            if certificates.is_empty() {
                let none = std::io::Error::other("no certificates in PEM here");
                return Err(at(path)(none));
            }
            tls = tls.root_certs(RootCerts::Specific(Arc::new(certificates)));
        }
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_connect(Some(CONNECT))
            .tls_config(tls.build())
            .build()
            .new_agent();
        Ok(Self {
            agent,
            place,
            next: AtomicUsize::new(0),
        })
    }

    /// A client for the same place that waits no longer than that.
    ///
    /// # Errors
    /// When the certificates can't be read.
    pub fn within(&self, timeout: Duration) -> Result<Self> {
        let mut place = self.place.clone();
        place.timeout = place.timeout.min(timeout);
        Self::new(place)
    }

    /// Sends a request and reads the answer, whatever it is.
    ///
    /// # Errors
    /// When no node answers in time.
    pub(super) fn send(&self, method: &str, path: &str, body: &[u8]) -> Result<Answer> {
        self.send_until((method, path), body, Instant::now() + self.place.timeout)
    }

    /// The same, by a time of one's own.
    fn send_until(&self, asked: (&str, &str), body: &[u8], until: Instant) -> Result<Answer> {
        let first = self.next.load(Ordering::Relaxed);
        let nodes = self.place.urls.len();
        let mut why = String::new();
        for try_ in 0..nodes {
            let node = (first + try_) % nodes;
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            match self.once(node, asked, body, left) {
                Ok(answer) => {
                    self.next.store(node, Ordering::Relaxed);
                    return Ok(answer);
                }
                Err(error) => {
                    // One that hangs is not waited for again.
                    self.next.store((node + 1) % nodes, Ordering::Relaxed);
                    if !why.is_empty() {
                        why.push_str("; ");
                    }
                    why.push_str(&format!("{}: {error}", self.place.urls[node]));
                }
            }
        }
        let hint = match why.contains(NO_TLS) {
            true => "it does not speak TLS: say http://",
            false => {
                "look whether a node listens at this address, and whether it has too much to do"
            }
        };
        Err(Error::Cluster {
            what: format!("no answer from the cluster ({why})\n  {hint}"),
        })
    }

    fn once(
        &self,
        node: usize,
        (method, path): (&str, &str),
        body: &[u8],
        left: Duration,
    ) -> std::result::Result<Answer, ureq::Error> {
        let kind = match path.contains("/_bulk") {
            true => "application/x-ndjson",
            false => "application/json",
        };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}/{path}", self.place.urls[node]))
            .header("content-type", kind)
            .header("accept", "application/json");
        if let Some(authorization) = self.place.authorization() {
            request = request.header("authorization", authorization);
        }
        let agent = &self.agent;
        let mut response = match body.is_empty() {
            true => agent.run(
                agent
                    .configure_request(request.body(())?)
                    .timeout_global(Some(left))
                    .build(),
            ),
            false => agent.run(
                agent
                    .configure_request(request.body(body)?)
                    .timeout_global(Some(left))
                    .build(),
            ),
        }?;
        let status = response.status().as_u16();
        let read = response.body_mut().with_config().limit(LARGEST);
        let bytes = read.read_to_vec()?;
        // What is no JSON comes from a proxy between: its status says enough.
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Ok(Answer { status, body })
    }

    /// Sends a request that must be granted.
    ///
    /// # Errors
    /// When it is refused, or no node answers in time.
    pub(super) fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let bytes = match body {
            Value::Null => Vec::new(),
            body => body.to_string().into_bytes(),
        };
        let answer = self.send(method, path, &bytes)?;
        match answer.status {
            200..300 => Ok(answer.body),
            _ => Err(refused(&answer)),
        }
    }

    /// The same, but nothing where there is no such thing.
    pub(super) fn ask_for(&self, path: &str) -> Result<Option<Value>> {
        let answer = self.send("GET", path, &[])?;
        match answer.status {
            200..300 => Ok(Some(answer.body)),
            404 => Ok(None),
            _ => Err(refused(&answer)),
        }
    }
}

impl Client {
    /// Asks what has a name: `_search` with this body.
    fn search_in(&self, name: &str, body: &Value, until: Option<Instant>) -> Result<Value> {
        let path = format!("{name}/_search");
        let patience = Instant::now() + self.place.timeout;
        let until = until.map_or(patience, |until| until.min(patience));
        let bytes = body.to_string().into_bytes();
        let mut pause = FIRST_PAUSE;
        loop {
            let answer = self.send_until(("POST", &path), &bytes, until)?;
            if answer.status < 300 {
                return Ok(answer.body);
            }
            if answer.status == 404 {
                return Err(Error::Moved);
            }
            if !is_busy(&answer) || Instant::now() + pause >= until {
                return Err(refused(&answer));
            }
            std::thread::sleep(pause);
            pause *= 2;
        }
    }
}

impl Engine for Client {
    fn search(&self, body: &Value, until: Option<Instant>) -> Result<Value> {
        self.search_in(&self.place.alias, body, until)
    }
}

/// Asks one index, whatever the alias stands for.
pub(super) struct Pinned {
    pub(super) client: Arc<Client>,
    pub(super) index: String,
}

impl Engine for Pinned {
    fn search(&self, body: &Value, until: Option<Instant>) -> Result<Value> {
        self.client.search_in(&self.index, body, until)
    }
}

/// Whether a node refused because it has too much to do just now, or none leads.
fn is_busy(answer: &Answer) -> bool {
    let no_room = || {
        answer
            .body
            .to_string()
            .contains("circuit_breaking_exception")
    };
    matches!(answer.status, 429 | 502 | 503 | 504) || answer.status == 500 && no_room()
}

/// The reason that lies deepest in an error.
fn why(error: &Value) -> Option<&str> {
    error.as_object()?;
    let deeper = [
        &error["caused_by"],
        &error["root_cause"][0],
        &error["failed_shards"][0]["reason"],
    ];
    let deepest = deeper.into_iter().find_map(why);
    let own = error["reason"].as_str().filter(|reason| !reason.is_empty());
    deepest.or(own)
}

/// What the cluster says of an error.
pub(super) fn reason(error: &Value) -> &str {
    let reason = why(error).or(error.as_str());
    reason.unwrap_or("it did not say why")
}

/// What a refusal means to whoever asked.
pub(super) fn refused(answer: &Answer) -> Error {
    let error = &answer.body["error"];
    let reason = reason(error);
    match answer.status {
        401 | 403 => Error::ClusterIndex {
            what: format!(
                "the cluster does not let you in ({}): {reason}",
                answer.status
            ),
        },
        _ if reason.contains("maxClauseCount") || error.to_string().contains("too_many") => {
            Error::TooManyParts
        }
        status => Error::Cluster {
            what: format!("the cluster refused ({status}): {reason}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_reason_that_lies_deepest_is_told() {
        let error = json!({"reason": "all shards failed", "failed_shards": [
            {"reason": {"reason": "", "caused_by": {"reason": "data too large"}}},
        ]});
        assert_eq!(why(&error), Some("data too large"));
        assert_eq!(
            why(&json!({"reason": "no such index"})),
            Some("no such index")
        );
        assert_eq!(why(&Value::Null), None);
    }
}
