//! Words → terms; the same chain for documents and for queries.

pub mod address;
pub mod analyzer;
pub mod letter;
mod link;
mod number;
pub mod token;

pub use analyzer::{Analyzer, Kind, Scratch, Term, Word};
