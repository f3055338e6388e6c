//! `esr-search serve`: a search page and an interface for programs, over HTTP.
//! Standard error tells where it listens; standard output stays empty.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::serve::{self, Log, Settings, Stop};

use super::signals::Signals;
use super::source::Source;
use super::thesaurus::Thesaurus;
use super::{Common, say};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search serve                               http://127.0.0.1:8080/
  esr-search serve --listen 127.0.0.1:9000 --index /var/lib/esr-search/index
  esr-search serve --public-url https://haku.example.fi
  esr-search serve --engine http://node1:9200,http://node2:9200
  curl 'http://127.0.0.1:8080/api/v1/search?q=nuoret&limit=3'

Only this computer can ask unless --listen names another address; on a public
network a proxy with TLS belongs before it, see contrib/. The index is only read,
and a new one is taken into use as soon as `esr-search index` has finished it.
What people search is not logged unless --log queries asks for it.

Ctrl-C and SIGTERM let those who are being served finish, for a second and a half.

Exit codes: 0 told to stop · 2 error")]
pub(super) struct Args {
    /// Address and port to listen at; port 0 takes a free one
    #[arg(
        long,
        value_name = "ADDR:PORT",
        env = "ESR_SEARCH_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    listen: SocketAddr,
    /// What addresses begin with, as the proxy has it [default: what was asked for]
    #[arg(long, value_name = "URL", env = "ESR_SEARCH_PUBLIC_URL")]
    public_url: Option<String>,
    /// Connections at once at the most
    #[arg(long, value_name = "N", default_value_t = 2_048,
          value_parser = clap::value_parser!(u32).range(1..=100_000))]
    connections: u32,
    /// Searches at once at the most [default: as many as there are processors,
    /// or 16 of a cluster]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1_024))]
    searches: Option<u16>,
    /// Seconds that a search may take
    #[arg(long, value_name = "SECONDS", default_value_t = 5,
          value_parser = clap::value_parser!(u64).range(1..=600))]
    search_time: u64,
    /// Seconds that a client may take to say what it wants
    #[arg(long, value_name = "SECONDS", default_value_t = 10,
          value_parser = clap::value_parser!(u64).range(1..=600))]
    header_time: u64,
    /// What to say of each request
    #[arg(long, value_name = "WHAT", value_enum, default_value = "nothing")]
    log: What,
    #[command(flatten)]
    thesaurus: Thesaurus,
    #[command(flatten)]
    source: Source,
}

/// Searches of a cluster at once.
const AFAR: usize = 16;

/// What is said of each request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Nothing
    Nothing,
    /// Route, code and time
    Requests,
    /// The whole address too, with what was searched
    Queries,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<u8> {
    if let Some(url) = &args.public_url
        && !is_url(url)
    {
        bail!("--public-url {url} is no address\n  write it as https://haku.example.fi");
    }
    let library = args.source.library(common, args.thesaurus.read()?)?;
    let listener =
        serve::bind(args.listen).with_context(|| format!("can't listen at {}", args.listen))?;
    let stop = Stop::new();
    let told = stop.clone();
    let signals = Signals::listen()?;
    signals.serving(Box::new(move || told.now()));
    say(&format!("listening at http://{}/", listener.local_addr()?));
    serve::serve(library, args.settings(), listener, &stop)?;
    Ok(0)
}

impl Args {
    fn settings(&self) -> Settings {
        let usual = Settings::new(say);
        Settings {
            public: self.public_url.clone(),
            connections: self.connections as usize,
            searches: self.searches.map_or_else(
                // Who waits for a cluster needs no processor.
                || {
                    usual
                        .searches
                        .max(if self.source.is_afar() { AFAR } else { 0 })
                },
                usize::from,
            ),
            patience: Duration::from_secs(self.search_time),
            header_time: Duration::from_secs(self.header_time),
            log: match self.log {
                What::Nothing => Log::Nothing,
                What::Requests => Log::Requests,
                What::Queries => Log::Queries,
            },
            say,
        }
    }
}

/// Whether addresses can begin so.
fn is_url(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let fits = |c: char| c.is_ascii_alphanumeric() || ".:-[]/_~".contains(c);
    host.is_some_and(|host| !host.is_empty() && host.chars().all(fits))
}
