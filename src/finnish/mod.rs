//! Words → terms; the same chain for documents and for queries.
//!
//! The tokenizer finds the words, a chain says what they mean, and the
//! analyzer is the door to both. Pure but for one file: a dictionary is mapped
//! into memory where one is installed.

pub mod address;
mod analyzer;
pub mod dictionary;
mod forms;
pub mod letter;
mod link;
mod number;
mod scan;
pub mod rules;
pub mod term;
pub mod token;
#[cfg(test)]
mod token_tests;
pub mod voikko;

pub use analyzer::{Analyzer, Scratch, Word};
pub use forms::Vocabulary;
pub use term::{Chain, Kind, Term, TermRef, Terms};
