//! Takes connections and keeps their time.
//!
//! A client has so long to say what it wants, to take what it is given, and
//! in all. So many connections are served at once; one more is told to come
//! again. Told to stop, it lets those who are being served finish.

use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use futures_util::future::{Either, select};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::patient::Patient;
use super::{FAREWELL, Server, door};

/// The longest head of a request in bytes, and the most lines of it.
const HEAD: (usize, usize) = (16 * 1_024, 64);

/// How long a connection may last.
const LIFE: Duration = Duration::from_secs(600);

/// Connections that are being turned away at once; more are just closed.
const REFUSALS: usize = 64;

/// How long a connection that is turned away may take to listen.
const REFUSAL: Duration = Duration::from_secs(1);

/// Takes connections until told to stop.
pub(super) async fn listen(
    listener: TcpListener,
    server: Arc<Server>,
    mut stopped: watch::Receiver<bool>,
) {
    let most = server.settings.connections;
    let room = Arc::new(Semaphore::new(most));
    let refusals = Arc::new(Semaphore::new(REFUSALS));
    let router = door::router(&server);
    let others = stopped.clone();
    loop {
        let told = pin!(stopped.wait_for(|stop| *stop));
        let accepted = match select(told, pin!(listener.accept())).await {
            Either::Left(_) => break,
            Either::Right((accepted, _)) => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // No more files may be open, or the like: it will pass.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        match Arc::clone(&room).try_acquire_owned() {
            Ok(place) => {
                let (server, router) = (Arc::clone(&server), router.clone());
                tokio::spawn(talk(stream, router, server, others.clone(), place));
            }
            Err(_) => {
                server.metrics.refused.fetch_add(1, Ordering::Relaxed);
                if let Ok(place) = Arc::clone(&refusals).try_acquire_owned() {
                    tokio::spawn(refuse(stream, place));
                }
            }
        }
    }
    drop(listener);
    let all = u32::try_from(most).unwrap_or(u32::MAX);
    let _ = timeout(FAREWELL, room.acquire_many(all)).await;
}

/// Serves one connection.
async fn talk(
    stream: TcpStream,
    router: Router,
    server: Arc<Server>,
    mut stopped: watch::Receiver<bool>,
    place: OwnedSemaphorePermit,
) {
    server.metrics.open.fetch_add(1, Ordering::Relaxed);
    let own = Arc::clone(&server);
    let service = service_fn(move |request| {
        let (router, server) = (router.clone(), Arc::clone(&own));
        async move { Ok::<_, Infallible>(door::pass(request, router, server).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(server.settings.header_time)
        .max_buf_size(HEAD.0)
        .max_headers(HEAD.1)
        .serve_connection(TokioIo::new(Patient::new(stream)), service);
    let mut served = pin!(served);
    let end = pin!(async {
        let _ = timeout(LIFE, stopped.wait_for(|stop| *stop)).await;
    });
    if let Either::Right(_) = select(served.as_mut(), end).await {
        Pin::as_mut(&mut served).graceful_shutdown();
        let _ = timeout(Duration::from_secs(30), served).await;
    }
    server.metrics.open.fetch_sub(1, Ordering::Relaxed);
    drop(place);
}

/// Tells a client that there is no room, and waits a moment for it to listen.
async fn refuse(mut stream: TcpStream, place: OwnedSemaphorePermit) {
    let told = async {
        stream.write_all(door::no_room().as_bytes()).await?;
        stream.shutdown().await?;
        let mut rest = [0; 1_024];
        while stream.read(&mut rest).await? > 0 {}
        std::io::Result::Ok(())
    };
    let _ = timeout(REFUSAL, told).await;
    drop(place);
}
