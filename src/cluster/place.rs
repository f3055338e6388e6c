//! Where a cluster is, and as whom it is asked.
//!
//! Secrets come from files or the environment and are never shown: the type
//! that holds them prints nothing of them.

use std::path::PathBuf;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::error::{Error, Result};

/// Where and as whom.
#[derive(Clone)]
pub struct Place {
    /// Addresses of nodes, `https://node1:9200`; any of them will do.
    pub urls: Vec<String>,
    /// What the projects there are asked for by.
    pub alias: String,
    /// What is said of who asks, if anything.
    authorization: Option<String>,
    /// A file with the certificates that the nodes' are to be trusted by.
    pub certificates: Option<PathBuf>,
    /// How long an answer is waited for.
    pub timeout: Duration,
}

impl Place {
    /// The projects called `alias` on the cluster with these nodes.
    ///
    /// # Errors
    /// When an address or the alias can't be one.
    pub fn new(urls: &[String], alias: &str, timeout: Duration) -> Result<Self> {
        let wrong = |what: String| Err(Error::ClusterIndex { what });
        let urls = urls.iter().map(|url| url.trim().trim_end_matches('/'));
        let urls: Vec<String> = urls
            .filter(|url| !url.is_empty())
            .map(scheme_small)
            .collect();
        if urls.is_empty() {
            return wrong("no address of the cluster: say http://… or https://…".to_owned());
        }
        for url in &urls {
            let rest = url
                .strip_prefix("https://")
                .or_else(|| url.strip_prefix("http://"));
            match rest {
                Some(rest) if rest.contains('@') => {
                    return wrong(
                        "a user's name and password do not belong into an address\n  \
                         say --user NAME, with the password in ESR_SEARCH_PASSWORD or a file"
                            .to_owned(),
                    );
                }
                Some(rest) if rest.contains(['?', '#']) || rest.contains(char::is_whitespace) => {
                    return wrong(format!(
                        "{url} is no address of a node: nothing may stand behind its host and port"
                    ));
                }
                Some(rest) if !has_port(rest) => {
                    return wrong(format!("{url} has no port that there can be: 1 to 65535"));
                }
                Some(rest) if !rest.is_empty() => {}
                _ => return wrong(format!("{url} is no address: say http://… or https://…")),
            }
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        if !alias.starts_with(|c: char| c.is_ascii_alphanumeric()) || !alias.chars().all(plain) {
            return wrong(format!(
                "{alias:?} is no name for an index: small letters a to z, figures, - and _"
            ));
        }
        Ok(Self {
            urls,
            alias: alias.to_owned(),
            authorization: None,
            certificates: None,
            timeout,
        })
    }

    /// Asks as a user with a password.
    ///
    /// # Errors
    /// When it would be sent for all to read.
    pub fn with_user(mut self, user: &str, password: &str) -> Result<Self> {
        let both = BASE64_STANDARD.encode(format!("{user}:{password}"));
        self.authorization = Some(format!("Basic {both}"));
        self.checked()
    }

    /// Asks with a token.
    ///
    /// # Errors
    /// When it would be sent for all to read.
    pub fn with_token(mut self, token: &str) -> Result<Self> {
        self.authorization = Some(format!("Bearer {token}"));
        self.checked()
    }

    fn checked(self) -> Result<Self> {
        let open = self.urls.iter().find(|url| !is_private(url));
        match open {
            None => Ok(self),
            Some(url) => Err(Error::ClusterIndex {
                what: format!("{url}: a password or token is not sent without TLS; say https://"),
            }),
        }
    }

    pub(super) fn authorization(&self) -> Option<&str> {
        self.authorization.as_deref()
    }
}

/// An address with its scheme in small letters.
fn scheme_small(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => format!("{}://{rest}", scheme.to_lowercase()),
        None => url.to_owned(),
    }
}

/// Whether the port behind a host can be one, if there is any.
fn has_port(rest: &str) -> bool {
    let host = rest.split('/').next().unwrap_or_default();
    let behind = host.rsplit_once(']').map_or(host, |(_, behind)| behind);
    let port = behind.rsplit_once(':').map(|(_, port)| port);
    port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// Whether nobody else can read what is sent to an address.
fn is_private(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else {
        return true;
    };
    let host = rest.split('/').next().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => host.split(':').next(),
    };
    matches!(name, Some("localhost" | "127.0.0.1" | "::1"))
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Place")
            .field("urls", &self.urls)
            .field("alias", &self.alias)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}", self.alias, self.urls.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(url: &str) -> Result<Place> {
        Place::new(&[url.to_owned()], "esr", Duration::from_secs(1))
    }

    #[test]
    fn a_password_is_sent_over_tls_or_not_at_all() {
        let known = |url: &str| place(url).unwrap().with_user("aino", "salasana");
        assert!(known("https://node.example:9200").is_ok());
        assert!(known("http://127.0.0.1:9200").is_ok());
        assert!(known("http://[::1]:9200/").is_ok());
        let refused = known("http://node.example:9200").unwrap_err().to_string();
        assert!(refused.contains("without TLS"), "{refused}");
        assert!(!format!("{:?}", known("https://a").unwrap()).contains("YWlubzp"));
    }

    #[test]
    fn what_is_no_address_is_refused_and_no_password_is_repeated() {
        for wrong in [
            "node:9200",
            "http://a:99999",
            "http://a:9200?x=1",
            "http://a#x",
            "",
        ] {
            assert!(place(wrong).is_err(), "{wrong}");
        }
        assert!(place("HTTP://a:9200").is_ok() && place(" http://[::1]:9200/es").is_ok());
        let refused = place("https://aino:salasana@node").unwrap_err().to_string();
        assert!(!refused.contains("salasana"), "{refused}");
        let named = Place::new(&["http://a".to_owned()], "ESR", Duration::ZERO);
        assert!(named.is_err());
    }
}
