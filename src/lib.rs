//! Finds European Social Fund projects by Finnish words, section by section.
//!
//! Data flows one way and the modules stand in its order: each uses only what
//! stands above it here. `walk` lists files, `read` turns bytes into text,
//! `form` text into a project, `finnish` words into terms, `index` projects
//! into an index; `query` reads what a person typed, `search` ranks, `present`
//! shows, `serve` does so over HTTP, and `cli` ties them to the command line.

pub mod error;
pub mod walk;
pub mod read;
pub mod form;
pub mod finnish;
pub mod index;
pub mod query;
pub mod search;
#[cfg(feature = "cluster")]
pub mod cluster;
pub mod present;
pub mod serve;
pub mod cli;
