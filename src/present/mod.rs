//! Hits, projects and reports → bytes for people and for programs.
//!
//! The only place that knows colours and JSON. Everything is written to the
//! given sink; where that leads is the caller's business. JSON field names
//! are stable; text may be bettered at any time.

pub mod account;
pub mod answer;
pub mod document;
pub mod erasure;
pub mod explain;
pub mod facets;
pub mod hits;
pub mod json;
pub mod news;
pub mod project;
pub mod report;
pub mod sheet;
pub mod similar;
pub mod status;
mod style;
pub mod suggest;
pub mod trec;
pub mod words;

pub use style::{Page, date, euros, grouped};
