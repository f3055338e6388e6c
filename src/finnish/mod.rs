//! Words → terms; the same chain for documents and for queries.
//!
//! The tokenizer finds the words, a chain says what they mean, and the
//! analyzer is the door to both. Pure: no files but a dictionary's, no index.

pub mod address;
mod analyzer;
mod forms;
pub mod letter;
mod link;
mod number;
pub mod plain;
pub mod term;
pub mod token;
#[cfg(test)]
mod token_tests;

pub use analyzer::{Analyzer, Scratch, Word};
pub use forms::UNKEPT;
pub use term::{Chain, Kind, Term};
