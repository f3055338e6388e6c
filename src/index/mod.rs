//! Projects → a tantivy index, all or nothing.
//!
//! The FIELDS table says what is kept; `build` writes a new generation beside
//! the one in force and `Reader` opens the one in force. Ranking is not here:
//! `search` reads postings and lengths and makes of them what it will.

pub mod fields;
mod audit;
mod build;
mod document;
mod generation;
mod lock;
mod manifest;
mod reader;
mod record;
mod report;
mod schema;
mod stream;

pub use build::{DEFAULT_MEMORY, Options, Progress, build};
pub use document::{date_number, mark};
pub use manifest::{Extent, FORMAT, Manifest};
pub use reader::{Reader, Segment, Stored};
pub use report::{Class, Item, Report};
pub use schema::{Handles, Layout, TextHandles};
