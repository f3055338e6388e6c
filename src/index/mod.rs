//! Projects → a tantivy index, all or nothing.
//!
//! The FIELDS table says what is kept; `build` writes a new generation beside
//! the one in force and `Reader` opens the one in force. Ranking is not here:
//! `search` reads postings and lengths and makes of them what it will.

mod account;
mod analysis;
mod audit;
mod bases;
mod build;
mod document;
mod documents;
mod engine;
mod entry;
mod evidence;
mod extract;
mod folder;
pub mod fields;
mod forget;
mod forgotten;
mod forms;
mod front;
mod generation;
mod lock;
mod manifest;
mod mapped;
mod keep;
mod merge;
mod names;
mod options;
mod past;
mod places;
mod plan;
mod prepare;
mod previous;
mod reader;
mod record;
mod relearn;
mod report;
mod schema;
mod seal;
mod seen;
mod segment;
mod settle;
mod shelf;
mod sidecar;
mod status;
mod system;
mod table;
mod texts;
mod traces;
mod varint;
mod verify;
mod work;
mod young;

pub use account::of_others;
pub use analysis::{
    Choice, Recipe, analyzer, analyzer_of_words, analyzer_with_lexicon, fresh_analyzer,
    same_analyzer,
};
pub use bases::Bases;
pub use build::{NO_FILES, Progress, build};
pub use document::{Stored, date_number, key};
pub use entry::Entry;
pub use forget::{Erased, Erasure, Forgetting, forget, forgotten};
pub use forms::{Cursor, Forms};
pub use generation::write_atomically;
pub use keep::KEPT;
pub use manifest::{Extent, FORMAT, Manifest, Sum};
pub use options::{Options, memory_for};
pub use plan::refuse_accident;
pub use reader::{Reader, Segment};
pub use report::{Class, Counts, Departure, Item, Report, Why};
pub use schema::{Handles, Layout};
pub use seen::Claim;
pub use settle::TAKEN;
pub use status::{Health, Outcome, Status, health, last_done};
pub use system::{Act, Fate, System};
pub use verify::{Finding, Verdict, verify};
