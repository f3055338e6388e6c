//! Text → one project with its sections.
//!
//! Parsing is total: any text gives a [`project::Project`] and a list of
//! [`Problem`]s, and every line that holds something ends in exactly one
//! [`Place`]. One table, the [`catalogue`], drives it. Pure: no files, no
//! clock, no index; text comes decoded and in NFC.

mod fold;
mod page;
mod chain;
mod furniture;
pub mod project;
mod contact;
mod fields;
mod principles;
pub mod catalogue;
pub mod values;
mod problem;
mod place;
mod outline;
mod unseen;
mod table;
mod fill;
mod walk;
mod labels;
mod rows;
mod check;
mod digits;
mod spans;

pub use contact::{Cuts, with_contact, without_contact};
pub use place::{Place, Record, ledger};
pub use problem::{Problem, Trouble};
pub use spans::{spanned, spans};

use outline::Outline;
use page::Page;
use project::Project;
use walk::Walk;

/// A description as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<'t> {
    /// What it says.
    pub project: Project<'t>,
    /// What was wrong, in the order of lines.
    pub problems: Vec<Problem>,
    /// Where each line went, one for every line of the text.
    pub lines: Vec<Place>,
}

/// Reads one description. Never fails; linear in the length of the text.
#[must_use]
pub fn parse(text: &str) -> Parsed<'_> {
    let page = Page::new(text);
    let mut outline = Outline::of(&page);
    let found = std::mem::take(&mut outline.problems);
    let mut walk = Walk::new(&page, &outline);
    walk.problems = found;
    walk.run();
    check::complete(&mut walk);
    Parsed {
        project: walk.project,
        problems: walk.problems,
        lines: walk.places,
    }
}
