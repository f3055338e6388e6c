//! Which cluster a command asks, and as whom: options, files, environment.
//! Secrets are read here and go nowhere but to `cluster`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::cluster::{Client, Place, There};
use crate::read;

/// Options of the commands that ask.
#[derive(Debug, clap::Args)]
pub(super) struct Engine {
    /// Ask an OpenSearch cluster instead of the index; several addresses of its
    /// nodes with commas
    #[arg(long = "engine", value_name = "URL", value_delimiter = ',')]
    urls: Vec<String>,
    #[command(flatten)]
    who: Who,
}

/// As whom, and for what.
#[derive(Debug, clap::Args)]
pub(super) struct Who {
    /// What the projects on the cluster are called
    #[arg(long, value_name = "NAME", default_value = "esr-search")]
    alias: String,
    /// User on the cluster; the password is in ESR_SEARCH_PASSWORD or a file
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// File with the user's password
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
    /// File with a token, if not in ESR_SEARCH_TOKEN
    #[arg(long, value_name = "FILE", conflicts_with = "user")]
    token_file: Option<PathBuf>,
    /// File with the certificates (PEM) to trust the cluster by
    #[arg(long, value_name = "FILE")]
    certificates: Option<PathBuf>,
    /// Seconds to wait for an answer of the cluster
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u16).range(1..=600))]
    timeout: Option<u16>,
}

/// How long a search waits, and how long a push does.
pub(super) const SEARCH: u16 = 10;
pub(super) const PUSH: u16 = 60;

impl Engine {
    /// Whether a cluster is to be asked.
    pub(super) fn is_named(&self) -> bool {
        !self.urls.is_empty()
    }

    /// A client, if a cluster is to be asked; it waits `seconds` for an answer
    /// unless told otherwise.
    pub(super) fn client(&self, seconds: u16) -> Result<Option<Arc<Client>>> {
        match self.urls.as_slice() {
            [] => Ok(None),
            urls => Ok(Some(Arc::new(self.who.client(urls, seconds)?))),
        }
    }

    /// The projects on a cluster, if one is to be asked.
    pub(super) fn there(&self) -> Result<Option<There>> {
        let client = self.client(SEARCH)?;
        Ok(client.as_ref().map(There::look).transpose()?)
    }
}

impl Who {
    /// A client for the nodes at these addresses.
    pub(super) fn client(&self, urls: &[String], seconds: u16) -> Result<Client> {
        let timeout = Duration::from_secs(self.timeout.unwrap_or(seconds).into());
        let mut place = Place::new(urls, &self.alias, timeout)?;
        place.certificates.clone_from(&self.certificates);
        if let Some(user) = &self.user {
            let password = secret(self.password_file.as_deref(), "ESR_SEARCH_PASSWORD")?;
            let password = password.with_context(|| {
                format!("no password for {user}: set ESR_SEARCH_PASSWORD or say --password-file")
            })?;
            place = place.with_user(user, &password)?;
        } else if let Some(token) = secret(self.token_file.as_deref(), "ESR_SEARCH_TOKEN")? {
            place = place.with_token(&token)?;
        }
        Ok(Client::new(place)?)
    }
}

/// A secret from a file, else from the environment.
fn secret(file: Option<&Path>, variable: &str) -> Result<Option<String>> {
    let Some(path) = file else {
        return Ok(std::env::var(variable).ok().filter(|text| !text.is_empty()));
    };
    let loaded = read::load(path).map_err(|why| anyhow::anyhow!("{}: {why}", path.display()))?;
    let text = String::from_utf8_lossy(&loaded.bytes);
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}
