//! Projects on an OpenSearch cluster: they are pushed there as terms that were
//! made here, and asked for through the seam that `search` has for it.
//!
//! `client` speaks HTTP, `place` says where to and as whom. `mapping` makes an
//! index of the FIELDS table, `facts` is what it says of itself. A run (`push`)
//! compares what the folder holds with what the index has (`plan`, `known`),
//! decides between files of one code (`settle`), writes documents (`document`)
//! and sends them (`send`, `bulk`).

mod account;
mod bulk;
mod client;
mod document;
mod facts;
mod known;
mod mapping;
mod open;
mod place;
mod plan;
mod push;
mod send;
mod settle;

pub use client::Client;
pub use open::{Opened, There, open};
pub use place::Place;
pub use push::{Options, Pushed, push};
