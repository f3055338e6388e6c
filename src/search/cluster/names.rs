//! What things are called in an index on a cluster, and how words are written
//! there: `push` writes by these names and searches ask by them.
//!
//! A text field is an object of three fields. `words` has the base forms in
//! their order, for phrases and for what asks for base forms only; below it
//! `stems` has what each of them begins with. `times` has every term of every
//! kind, as often as the kind says, and `length` how many words there are. What
//! all text fields have together stands once more under `own`.

use crate::finnish::Kind;
use crate::search::weights;

/// The document's key: its code, or its path where it has no code.
pub const KEY: &str = "own.key";

/// The path of its file.
pub const PATH: &str = "own.path";

/// The hash of its file's content.
pub const DIGEST: &str = "own.digest";

/// What decides between files of one code, and what was to be said of the file.
pub const CLAIM: &str = "own.claim";

/// The description without its contact person.
pub const TEXT: &str = "own.text";

/// The forms of its words, each once.
pub const FORMS: &str = "own.forms";

/// Its base forms, each once a section, with [`SECTION`] and the section.
pub const BASES: &str = "own.bases";

/// Its name as names are sorted.
pub const ORDER: &str = "own.order";

/// Stands between readings of one word; no word has it.
pub const READING: char = '\u{1}';

/// Stands between a base form and its section; no word has it.
pub const SECTION: char = '\u{1}';

/// Stands between a term and how often it counts; no word has it.
pub const OFTEN: char = '\u{2}';

/// What stands for a word without a base form.
pub const NONE: char = '\u{3}';

/// Positions left out between two texts of a field.
pub const GAP: u32 = 64;

/// The fewest letters of a beginning that is looked up.
pub const LEAST_STEM: usize = weights::FAMILIES[weights::FAMILIES.len() - 1].least;

/// As often as this a term of the closest kind counts for each occurrence, so
/// that those of other kinds count a whole number of times.
pub const ONCE: u8 = 20;

/// How often an occurrence of a term counts by its kind.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of ONCE"
)]
pub fn often(kind: Kind) -> u32 {
    (weights::held(kind) * f32::from(ONCE)).round() as u32
}

/// What has the terms of all text fields: it is asked which documents hold
/// something at all.
pub const ALL: &str = "own";

/// The base forms of a text field in their order.
#[must_use]
pub fn words(key: &str) -> String {
    format!("{key}.words")
}

/// What base forms of a text field begin with.
#[must_use]
pub fn stems(key: &str) -> String {
    format!("{key}.words.stems")
}

/// All terms of a text field.
#[must_use]
pub fn times(key: &str) -> String {
    format!("{key}.times")
}

/// How many words a text field has, rounded as lengths are.
#[must_use]
pub fn length(key: &str) -> String {
    format!("{key}.length")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kinds_weigh_is_a_whole_number_of_times() {
        for kind in Kind::ALL {
            let share = often(kind) as f32 / f32::from(ONCE);
            assert!((share - weights::held(kind)).abs() < 1e-6, "{kind:?}");
        }
    }
}
