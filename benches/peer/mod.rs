//! The parts of the plain tantivy program: the form as it reads it, its index,
//! its search.

pub(crate) mod form;
pub(crate) mod index;
pub(crate) mod search;

/// Whatever went wrong; a small program needs no more.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;
