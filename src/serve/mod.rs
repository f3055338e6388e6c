//! HTTP: requests in, what `present` writes out.
//!
//! `listen` takes connections and keeps their time, `door` lets requests in and
//! dresses answers, `routes` says what can be asked, `params` reads what was,
//! `ask` puts it to `search`; `api`, `page`, `feeds`, `export`, `assets` and
//! `plain` answer, `memory` keeps answers of late, and `mcp` asks them for assistants. `library` holds what is searched and
//! looks on its `shelf` for newer editions; the one on a cluster is `afar`. Nothing else is asked of the network, and nothing is written.

#[cfg(feature = "cluster")]
mod afar;
mod api;
mod ask;
mod assets;
mod call;
mod door;
mod export;
mod feeds;
mod library;
mod listen;
mod mcp;
mod memory;
mod metrics;
mod openapi;
mod page;
mod params;
mod patient;
mod plain;
mod problem;
mod routes;
mod shelf;
mod turn;

use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::select;
use tokio::sync::watch;

#[cfg(feature = "cluster")]
pub use afar::Afar;
pub use library::{Library, Opened};
pub use mcp::answer as assist;
pub use shelf::Shelf;

/// How requests are served.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What addresses begin with that others are to use, as a proxy has it;
    /// without it the name that was asked for.
    pub public: Option<String>,
    /// Connections at once at the most.
    pub connections: usize,
    /// Searches at once at the most.
    pub searches: usize,
    /// How long a search may take.
    pub patience: Duration,
    /// How long a client may take to say what it wants.
    pub header_time: Duration,
    /// What is said of each request.
    pub log: Log,
    /// Says something to the operator.
    pub say: fn(&str),
}

impl Settings {
    /// The settings that are meant where none are given.
    #[must_use]
    pub fn new(say: fn(&str)) -> Self {
        Self {
            public: None,
            connections: 2_048,
            searches: std::thread::available_parallelism().map_or(2, usize::from),
            patience: Duration::from_secs(5),
            header_time: Duration::from_secs(10),
            log: Log::Nothing,
            say,
        }
    }
}

/// What is said of each request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// Nothing.
    Nothing,
    /// Route, code and time, but not what was asked.
    Requests,
    /// The whole address too.
    Queries,
}

/// What all who answer share.
pub(crate) struct Server {
    library: Library,
    settings: Settings,
    metrics: metrics::Metrics,
    memory: memory::Memory,
    turns: turn::Turns,
}

impl Server {
    fn new(library: Library, settings: Settings) -> std::io::Result<Self> {
        Ok(Self {
            library,
            turns: turn::Turns::new(settings.searches, settings.patience)?,
            settings,
            metrics: metrics::Metrics::default(),
            memory: memory::Memory::default(),
        })
    }
}

/// How long running requests have when the program is told to stop.
const FAREWELL: Duration = Duration::from_millis(1_500);

/// Tells a server to stop. Cheap to copy.
#[derive(Clone)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Stop {
    /// One that no server waits for yet.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Stop now.
    pub fn now(&self) {
        self.0.send_replace(true);
    }
}

impl Default for Stop {
    fn default() -> Self {
        Self::new()
    }
}

/// Listens at an address; port 0 takes any that is free.
///
/// # Errors
/// When the system refuses.
pub fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Threads at the most for what waits and is no search: looks for newer editions.
const OTHERS: usize = 2;

/// Serves until told to stop.
///
/// # Errors
/// When the system refuses.
pub fn serve(
    library: Library,
    settings: Settings,
    listener: TcpListener,
    stop: &Stop,
) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(OTHERS)
        .thread_name("serve")
        .enable_all()
        .build()?;
    let server = Arc::new(Server::new(library, settings)?);
    let stopped = stop.0.subscribe();
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        warm_until(&server, stopped.clone()).await;
        tokio::spawn(renew(Arc::clone(&server)));
        listen::listen(listener, server, stopped).await;
        Ok(())
    });
    // A search that still runs has nobody left to tell.
    runtime.shutdown_background();
    served
}

/// Lets the threads that search ask what is often asked, as many as there are
/// processors. Who connects meanwhile waits for it.
async fn warm(server: &Arc<Server>) {
    let ask = |_| {
        let server = Arc::clone(server);
        tokio::spawn(async move {
            let opened = server.library.now();
            let _ = server.turns.take(move || opened.warm()).await;
        })
    };
    let many = std::thread::available_parallelism().map_or(1, usize::from);
    let many = many.min(server.settings.searches);
    let asking: Vec<_> = (0..many).map(ask).collect();
    for asked in asking {
        let _ = asked.await;
    }
}

/// The same unless told to stop: who does so need not wait.
async fn warm_until(server: &Arc<Server>, mut stopped: watch::Receiver<bool>) {
    select(pin!(warm(server)), pin!(stopped.wait_for(|stop| *stop))).await;
}

/// Looks for new generations and opens them.
async fn renew(server: Arc<Server>) {
    let mut last = None;
    loop {
        tokio::time::sleep(server.library.shelf().pause()).await;
        let own = Arc::clone(&server);
        let renewed = tokio::task::spawn_blocking(move || own.library.renew()).await;
        let say = server.settings.say;
        match renewed {
            Ok(Ok(true)) => {
                server
                    .metrics
                    .renewed
                    .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                say("a new index is in force");
                warm(&server).await;
                last = None;
            }
            Ok(Ok(false)) => last = None,
            Ok(Err(error)) => {
                let error = error.to_string();
                if last.as_ref() != Some(&error) {
                    say(&format!("the old index goes on serving: {error}"));
                    last = Some(error);
                }
            }
            Err(_) => say("the new index could not be opened"),
        }
    }
}
