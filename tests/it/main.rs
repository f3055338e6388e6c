//! The tests that run the whole program or read its whole source.
//! One binary, so that they are linked once.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test may fail loudly, read files, and say why it was skipped"
)]

/// As the program has it: runs in these tests take what they take there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod any_query;
mod assistant;
mod brute;
mod cli;
mod client;
#[cfg(feature = "cluster")]
mod cluster;
#[cfg(feature = "cluster")]
mod cluster_classes;
#[cfg(feature = "cluster")]
mod cluster_push;
#[cfg(feature = "cluster")]
mod cluster_serve;
#[cfg(feature = "cluster")]
mod cluster_similar;
mod contacts;
mod corpus;
mod crash;
mod explain;
mod damage;
mod docs;
mod encodings;
mod family;
mod faults;
mod forget;
mod form;
mod form_page;
mod form_variants;
mod formats;
mod guard;
mod history;
mod house;
mod inputs;
mod language;
mod made_corpus;
mod model;
mod oracle;
mod oracle_queries;
mod papers;
mod phrases;
mod power;
mod readers;
mod rebuilds;
#[cfg(feature = "cluster")]
mod relay;
mod schedule;
mod similar;
mod small;
mod spans;
#[path = "../../benches/support/mod.rs"]
mod support;
mod serve;
mod serve_texts;
mod status;
mod synonyms;
mod tidy;
mod upsets;
mod verify;
mod voikko_peer;
mod voikko_real;
mod watch;
