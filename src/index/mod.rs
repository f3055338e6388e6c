//! Projects → a tantivy index, all or nothing.
//!
//! The FIELDS table says what is kept; `build` writes a new generation beside
//! the one in force and `Reader` opens the one in force. Ranking is not here:
//! `search` reads postings and lengths and makes of them what it will.

mod analysis;
mod audit;
mod build;
mod document;
mod extract;
pub mod fields;
mod forms;
mod generation;
mod lock;
mod manifest;
mod names;
mod places;
mod prepare;
mod reader;
mod record;
mod report;
mod schema;
mod stream;
mod table;

pub use analysis::{Choice, Recipe, analyzer, analyzer_of_words, analyzer_with_lexicon};
pub use build::{DEFAULT_MEMORY, Options, Progress, build};
pub use document::{date_number, mark};
pub use forms::{Cursor, Forms};
pub use manifest::{Extent, FORMAT, Manifest};
pub use reader::{Reader, Segment, Stored};
pub use report::{Class, Item, Report};
pub use schema::{Handles, Layout, TextHandles};
