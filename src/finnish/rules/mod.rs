//! The chain without a dictionary: rules, and what the collection shows.
//!
//! `guess` lists what a form may be a form of, by the endings, stems and
//! gradation in the tables; `lexicon` is what a collection's own words say of
//! the guesses; `compound` cuts where both sides stand as words; `chain`
//! chooses. Costs in the tables were fitted to the treebanks UD Finnish-TDT
//! (CC BY-SA 4.0) and FTB (CC BY 4.0).

mod chain;
#[cfg(test)]
mod chain_tests;
mod choice;
mod compound;
mod ending;
mod family;
mod grade;
mod guess;
mod learn;
mod lexicon;
mod particle;
mod pattern;
#[expect(clippy::module_inception, reason = "the rules that hold for all words")]
mod rules;
mod stem;
mod store;
mod table;

pub use chain::Rules;
pub use lexicon::Lexicon;
pub use store::{Held, StoreError};
