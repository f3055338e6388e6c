//! Did you mean: words of a query that hardly any project has, with the words
//! near them that projects do have.
//!
//! Nearest first: the same word with dots on its letters, then words of fewer
//! other letters; among equals what more projects have. They are offered and
//! never taken by themselves.

use std::cell::Cell;
use std::collections::HashMap;

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::index::fields;

use super::distance::Distance;
use super::lookup::{self, Lookup, Sought, Want};
use super::plan::Scoped;
use super::suggest::{first_letters, undot, undotted};
use super::vocabulary::{Like, Vocabulary};
use super::weights;

/// Words offered for one at the most.
const MOST_OFFERED: usize = 3;

/// Words whose projects are counted for it.
const MOST_COUNTED: usize = 12;

/// The fewest letters of a word that others are near to.
const LEAST_LETTERS: usize = 4;

/// A word with dots is offered for one without that so few projects have, if
/// it has ten times as many.
const FEW: u64 = 3;

/// A word is not offered beside one that so many times more projects have.
const SLIP: u64 = 20;

/// A word that hardly any project has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The word as typed, in small letters.
    pub word: String,
    /// Projects that have it.
    pub count: u64,
    /// What may be meant, the likeliest first, each with the number of projects
    /// that have the word in any form.
    pub offers: Vec<(String, u64)>,
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let projects = |n: u64| if n == 1 { "project" } else { "projects" };
        match self.count {
            0 => write!(f, "no project has {}", self.word)?,
            n => write!(f, "only {n} {} {}", projects(n), self.word)?,
        }
        let offers = self.offers.iter();
        let offers = offers.map(|(word, count)| format!("{word} ({count} {})", projects(*count)));
        write!(
            f,
            "; did you mean {}?",
            offers.collect::<Vec<_>>().join(", ")
        )
    }
}

/// The words wanted that hardly any project has, if others are near to them.
pub(super) fn doubts<V: Vocabulary>(
    (vocabulary, analyzer): (&V, &Analyzer),
    projects: &dyn Fn(&Scoped) -> Result<u64>,
    wanted: &[(&Scoped, u64)],
) -> Result<Vec<Doubt>> {
    let speller = Speller {
        vocabulary,
        analyzer,
        projects,
        rows: fields::texts().map(|(row, _)| row).collect(),
    };
    let mut doubts = Vec::new();
    for (scoped, found) in wanted.iter().filter(|(scoped, _)| scoped.shown) {
        let Want::Word(Sought { forms, .. }) = &scoped.want else {
            continue;
        };
        if let ([word], true) = (forms.as_slice(), *found <= FEW) {
            doubts.extend(speller.doubt(word, &scoped.want)?);
        }
    }
    Ok(doubts)
}

struct Speller<'a, V> {
    vocabulary: &'a V,
    analyzer: &'a Analyzer,
    /// How many projects hold what is wanted.
    projects: &'a dyn Fn(&Scoped) -> Result<u64>,
    rows: Vec<usize>,
}

impl<V: Vocabulary> Speller<'_, V> {
    fn doubt(&self, word: &str, want: &Want) -> Result<Option<Doubt>> {
        let letters = word.chars().count();
        if letters < LEAST_LETTERS || !word.chars().all(|c| c.is_alphabetic() || c == '-') {
            return Ok(None);
        }
        // In other sections it may be frequent.
        let count = self.projects(want.clone())?;
        if count > FEW {
            return Ok(None);
        }
        let mut offers: Vec<(usize, String, u64, Vec<Lookup>)> = Vec::new();
        for (far, near) in self.near(word, count == 0)? {
            let mut wants = lookup::words(&near, false, self.analyzer);
            let (Some(want), true) = (wants.pop(), wants.is_empty()) else {
                continue;
            };
            let finds = match &want {
                Want::Word(sought) => sought.lookups.clone(),
                Want::Phrase(..) => Vec::new(),
            };
            // Another form of a word that is offered already says nothing new.
            if offers.iter().any(|(.., known)| *known == finds) {
                continue;
            }
            let projects = self.projects(want)?;
            if projects > 10 * count {
                offers.push((far, near, projects, finds));
            }
        }
        offers.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then(a.1.cmp(&b.1)));
        // What far fewer projects have is a slip of its own.
        let most = offers.iter().map(|offer| offer.2).max().unwrap_or_default();
        offers.retain(|offer| offer.2 * SLIP >= most);
        offers.truncate(MOST_OFFERED);
        let offers: Vec<_> = offers
            .into_iter()
            .map(|(_, word, n, _)| (word, n))
            .collect();
        let word = word.to_owned();
        Ok((!offers.is_empty()).then_some(Doubt {
            word,
            count,
            offers,
        }))
    }

    /// How many projects have a word, in any section.
    fn projects(&self, want: Want) -> Result<u64> {
        let scoped = Scoped {
            want,
            rows: self.rows.clone(),
            shown: false,
        };
        (self.projects)(&scoped)
    }

    /// Words near another with how far they are, the likeliest first; only
    /// those that are the same but for dots, unless `slips` are looked for too.
    fn near(&self, word: &str, slips: bool) -> Result<Vec<(usize, String)>> {
        let plain = undotted(word);
        let dotless = plain == word;
        let most = match slips {
            true => weights::typos(word.chars().count()),
            false => 0,
        };
        // Dots that were typed are meant.
        let fold = if dotless {
            undot
        } else {
            std::convert::identity
        };
        let wanted: Vec<char> = word.chars().collect();
        let mut counts: HashMap<String, (usize, u64)> = HashMap::new();
        let mut distance = Distance::new(&wanted, most, fold);
        let far = Cell::new(0);
        for start in first_letters(word) {
            let like = Like::Long(&start, word, most);
            let fits = |form: &str| distance.fit(form, &far);
            self.vocabulary.each_form(like, fits, |form, count| {
                if form != word {
                    let near = counts.entry(form.to_owned());
                    near.or_insert((far.get(), 0)).1 += u64::from(count);
                }
            })?;
        }
        let mut near: Vec<_> = counts
            .into_iter()
            .map(|(w, (far, n))| (far, n, w))
            .collect();
        near.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
        near.truncate(MOST_COUNTED);
        Ok(near.into_iter().map(|(far, _, word)| (far, word)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubt_is_a_question() {
        let doubt = Doubt {
            word: "tyottomat".to_owned(),
            count: 0,
            offers: vec![("työttömät".to_owned(), 34), ("työttömyys".to_owned(), 1)],
        };
        assert_eq!(
            doubt.to_string(),
            "no project has tyottomat; did you mean työttömät (34 projects), työttömyys (1 project)?"
        );
    }
}
