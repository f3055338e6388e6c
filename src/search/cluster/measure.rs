//! What a document's words are worth, measured in its text.
//!
//! The cluster gives a score as one number. To take it apart, the text of a hit,
//! which is fetched anyway, is analysed again and counted as the cluster counts
//! it: the same terms, the same places, the same rounded lengths.

use std::collections::{HashMap, HashSet};

use tantivy::fieldnorm::FieldNormReader;

use crate::finnish::{Analyzer, Kind, Scratch};
use crate::form::project::Project;
use crate::index::fields::{self, FIELDS, Value};
use crate::search::lookup::Lookup;
use crate::search::weights;

use super::names::GAP;
use super::share::Facts;

/// The words of a section.
#[derive(Default)]
struct Section {
    /// How often a term stands there, by what it is to its words.
    times: HashMap<(String, Kind), f32>,
    /// Where each base form stands.
    places: HashMap<String, Vec<u32>>,
    /// What an occurrence is worth: the section's weight over its length's share
    /// of the mean.
    factor: f32,
}

/// The words of a document.
pub(super) struct Measured {
    sections: HashMap<usize, Section>,
    forms: HashSet<String>,
}

impl Measured {
    /// Measures a project.
    pub(super) fn new(project: &Project<'_>, analyzer: &Analyzer, facts: &Facts) -> Self {
        let mut measured = Self {
            sections: HashMap::new(),
            forms: HashSet::new(),
        };
        for (row, field) in fields::texts() {
            if let Value::Texts(texts) = (field.value)(project) {
                let section = measured.section(&texts, analyzer);
                let factor = factor(row, section.1, facts);
                let section = Section {
                    factor,
                    ..section.0
                };
                measured.sections.insert(row, section);
            }
        }
        measured
    }

    /// The words of texts, and how many there are.
    fn section<T: AsRef<str>>(&mut self, texts: &[T], analyzer: &Analyzer) -> (Section, u32) {
        let mut section = Section::default();
        let mut scratch = Scratch::default();
        let (mut length, mut place) = (0, 0);
        for text in texts {
            analyzer.for_each_word(text.as_ref(), &mut scratch, |word| {
                self.forms.insert(word.form.to_owned());
                for term in word.terms {
                    let known = (term.text.to_string(), term.kind);
                    *section.times.entry(known).or_default() += 1.0;
                    if term.kind == Kind::Base {
                        let places = section.places.entry(term.text.to_string());
                        places.or_default().push(place);
                    }
                }
                length += 1;
                place += 1;
            });
            place += GAP;
        }
        (section, length)
    }

    /// Whether it has any of these forms.
    pub(super) fn has_form(&self, forms: &[String]) -> bool {
        forms.iter().any(|form| self.forms.contains(form))
    }

    /// What a section adds to a word before saturation.
    pub(super) fn word_in(&self, row: usize, lookups: &[Lookup]) -> f32 {
        let Some(section) = self.sections.get(&row) else {
            return 0.0;
        };
        let sum: f32 = lookups.iter().map(|lookup| section.word(lookup)).sum();
        sum * section.factor
    }

    /// What a section adds to words in a row before saturation.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a frequency within one document"
    )]
    pub(super) fn row_in(&self, row: usize, slots: &[Vec<String>], slop: u32) -> f32 {
        let Some(section) = self.sections.get(&row) else {
            return 0.0;
        };
        let places: Vec<Vec<u32>> = slots.iter().map(|slot| section.places(slot)).collect();
        in_a_row(&places, slop) as f32 * section.factor
    }
}

impl Section {
    fn word(&self, lookup: &Lookup) -> f32 {
        if lookup.stem {
            let begin =
                |base: &&(String, Kind)| base.1 == Kind::Base && base.0.starts_with(&lookup.term);
            let times = self.times.iter().filter(|(base, _)| begin(base));
            return times
                .map(|(_, times)| times * lookup.worth(Kind::Base))
                .sum();
        }
        let times = |kind| self.times.get(&(lookup.term.clone(), kind));
        let worth = |kind| times(kind).map_or(0.0, |times| times * lookup.worth(kind));
        Kind::ALL.into_iter().map(worth).sum()
    }

    /// Where any of the base forms stands.
    fn places(&self, slot: &[String]) -> Vec<u32> {
        let places = slot.iter().filter_map(|base| self.places.get(base));
        let mut places: Vec<u32> = places.flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// How many places of the last slot end a row that has a place of each slot and
/// passes over so many others at the most.
fn in_a_row(places: &[Vec<u32>], slop: u32) -> usize {
    let Some((first, others)) = places.split_first() else {
        return 0;
    };
    // Ends so far, each with the fewest places passed over.
    let mut ends: Vec<(u32, u32)> = first.iter().map(|place| (*place, 0)).collect();
    for slot in others {
        let reach = |place: &u32| {
            let near = ends.iter().filter(|(end, _)| end < place);
            let passed = near.map(|(end, passed)| passed + (place - end - 1)).min()?;
            (passed <= slop).then_some((*place, passed))
        };
        ends = slot.iter().filter_map(reach).collect();
    }
    ends.len()
}

#[expect(clippy::cast_precision_loss, reason = "lengths are rounded already")]
fn factor(row: usize, length: u32, facts: &Facts) -> f32 {
    let rounded = FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(length));
    weights::occurrence(FIELDS[row].weight, rounded as f32, facts.mean(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_counted_by_the_places_it_ends_at() {
        assert_eq!(in_a_row(&[vec![4, 9], vec![5, 10, 12]], 0), 2);
        assert_eq!(in_a_row(&[vec![4], vec![6], vec![8]], 2), 1);
        assert_eq!(in_a_row(&[vec![4], vec![6], vec![8]], 1), 0);
        assert_eq!(in_a_row(&[vec![6], vec![4]], 9), 0);
        assert_eq!(in_a_row(&[], 9), 0);
    }
}
