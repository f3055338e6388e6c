//! What the user typed → a tree of what is asked; never fails.
//!
//! Pure text: no engine and no analysis here, but the names of fields come
//! from the FIELDS table. `scan` cuts the text into tokens, `parse` puts them
//! together with `operator`, `name`, `word` and `tail`, `values` reads what
//! fields are asked for, `tree` says what can be asked and what it means, `print`
//! writes a tree as a query that reads back as the same tree. What can't be read
//! is taken as words and remarked on.

mod name;
mod operator;
mod parse;
#[cfg(test)]
mod parse_tests;
mod print;
mod scan;
pub mod synonyms;
mod tail;
mod tree;
mod values;
mod word;

pub use parse::parse;
pub use tree::{Item, Node, Query, Remark, Sign};
pub use values::{Test, test};

/// The longest query that is read, in characters; the rest is left out.
pub const MAX_CHARS: usize = 512;

/// The most words, phrases and values that are read, a run of plain words
/// counted once.
pub const MAX_PARTS: usize = 64;

/// How deep parentheses may stand in one another.
pub const MAX_DEPTH: usize = 20;

/// The most words that a phrase may pass over.
pub const MAX_SLOP: u32 = 50;
