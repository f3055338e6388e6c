//! A relay before real nodes that can be told to pass on, to say nothing or to
//! let nobody in: a network as it is on bad days.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

/// What a relay does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Does {
    /// Passes everything on.
    Pass,
    /// Takes what comes and says nothing.
    Hang,
    /// Closes at once.
    Close,
}

/// A relay on a free port; it ends with the test program.
pub(crate) struct Relay {
    pub(crate) url: String,
    does: Arc<AtomicU8>,
    asked: Arc<AtomicUsize>,
}

impl Relay {
    /// A relay before a node, `http://127.0.0.1:9601`.
    pub(crate) fn before(node: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (does, asked) = (Arc::new(AtomicU8::new(0)), Arc::<AtomicUsize>::default());
        let node = node.trim_start_matches("http://").to_owned();
        let (told, counted) = (Arc::clone(&does), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (node, told, counted) = (node.clone(), Arc::clone(&told), Arc::clone(&counted));
                std::thread::spawn(move || pass(stream, &node, &told, &counted));
            }
        });
        Self { url, does, asked }
    }

    pub(crate) fn now(&self, does: Does) {
        self.does.store(does as u8, Ordering::SeqCst);
    }

    /// How often something was said to the node.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// Passes on what a client says, as long as that is what is to be done.
fn pass(mut client: TcpStream, node: &str, does: &AtomicU8, asked: &AtomicUsize) {
    let Ok(mut server) = TcpStream::connect(node) else {
        return;
    };
    let (mut back, mut to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut back, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
    let mut bytes = [0; 65_536];
    while let Ok(read @ 1..) = client.read(&mut bytes) {
        match does.load(Ordering::SeqCst) {
            d if d == Does::Hang as u8 => std::thread::sleep(Duration::from_secs(60)),
            d if d == Does::Close as u8 => break,
            _ => {}
        }
        asked.fetch_add(1, Ordering::SeqCst);
        if server.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = server.shutdown(Shutdown::Both);
    let _ = client.shutdown(Shutdown::Both);
}
