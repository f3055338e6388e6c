//! Words with a star or a tilde → the words of the index that they stand for.
//!
//! A beginning is looked up among the forms as they stand in the texts, an end
//! among base forms, so that `*palvelu` finds työllisyyspalveluiden; a word
//! that may be misspelt is compared with both. What is looked through and what
//! is taken has limits, and the most frequent words are taken first.

use std::cell::Cell;
use std::collections::HashMap;

use tantivy::DocId;

use crate::error::Result;
use crate::finnish::{Analyzer, Kind};
use crate::index::{Bases, Entry, Reader};

use super::distance::Distance;
use super::lists;
use super::lookup::{self, Lookup, Sought};
use super::vocabulary::{Fit, Like, Vocabulary};
use super::weights;

/// Words that one with a star stands for at the most.
pub(super) const MOST_WORDS: usize = 200;

/// The same of one that is left out: what is found must not have any of them,
/// and nothing is scored.
pub(super) const MOST_LEFT_OUT: usize = 50_000;

/// Words that a misspelt one stands for at the most.
const MOST_NEAR: usize = 40;

/// Words of the index that are looked through for one of the query in a
/// segment: far more than descriptions by the ten thousand have.
const MOST_STEPS: usize = Bases::MOST_READ;

/// A word of the query with what to tell of it.
pub(super) type Expanded = (Sought, Option<String>);

/// Where a word is looked for.
#[derive(Clone, Copy)]
pub(super) struct Expander<'a, V> {
    pub(super) words: &'a V,
    pub(super) analyzer: &'a Analyzer,
    /// Rows of FIELDS.
    pub(super) rows: &'a [usize],
    /// Words that one with a star stands for at the most.
    pub(super) most: usize,
}

impl<V: Vocabulary> Expander<'_, V> {
    /// Words that begin so: these very forms.
    pub(super) fn prefix(self, text: &str) -> Result<Expanded> {
        let text = text.to_lowercase();
        let mut counts = Counts::default();
        let any = |_: &str| Fit::Yes;
        self.words
            .each_form(Like::Begin(&text), any, |form, count| {
                counts.add(form, count);
            })?;
        let (forms, remark) = counts.most_frequent(&format!("{text}*"), self.most);
        let mut lookups = Vec::new();
        for form in &forms {
            for base in lookup::bases(form, self.analyzer) {
                add(Lookup::base(&base), &mut lookups);
            }
        }
        let sought = Sought {
            lookups,
            forms,
            only: true,
            ..Sought::default()
        };
        Ok((sought, remark))
    }

    /// Words whose base form ends so.
    pub(super) fn suffix(self, text: &str) -> Result<Expanded> {
        let text = text.to_lowercase();
        let mut ends = lookup::bases(&text, self.analyzer);
        ends.push(text.clone());
        let mut counts = Counts::default();
        self.words
            .each_base(self.rows, Like::End(&ends), |term, count| {
                counts.add(term, count);
            })?;
        let (terms, remark) = counts.most_frequent(&format!("*{text}"), self.most);
        let sought = Sought {
            lookups: terms.iter().map(|term| Lookup::base(term)).collect(),
            forms: Vec::new(),
            only: false,
            ..Sought::default()
        };
        Ok((sought, remark))
    }

    /// Words spelt nearly so, in any of their forms. The first letter is right:
    /// it hardly ever is the wrong one, and the others need no look then.
    pub(super) fn typo(self, text: &str) -> Result<Expanded> {
        let text = text.to_lowercase();
        let letters: Vec<char> = text.chars().collect();
        let most = weights::typos(letters.len());
        let like = Like::Near(&text, most);
        let mut distance = Distance::new(&letters, most, std::convert::identity);
        let (far, mut near) = (Cell::new(0), Nearby::default());
        let mut fits = |word: &str| distance.fit(word, &far);
        self.words.each_form(like, &mut fits, |form, count| {
            near.add(form, (false, count), far.get());
        })?;
        self.words.each_base(self.rows, like, |term, count| {
            if fits(term) == Fit::Yes {
                near.add(term, (true, count), far.get());
            }
        })?;
        let near = near.nearest();
        let mut lookups: Vec<Lookup> = Vec::new();
        let mut read = Vec::new();
        for (distance, word, base) in near {
            let bases = match base {
                true => vec![word.clone()],
                false => lookup::bases(&word, self.analyzer),
            };
            for term in bases {
                let mut lookup = Lookup::base(&term);
                lookup.worth[Kind::Base as usize] = weights::TYPO[distance];
                // The nearest stand first.
                if lookups.iter().all(|other| other.term != term) {
                    read.push(term);
                    lookups.push(lookup);
                }
            }
        }
        read.truncate(4);
        let remark = match read.as_slice() {
            [] => format!("{text}~ is near no word"),
            read => format!("{text}~ was read as {}", read.join(", ")),
        };
        let sought = Sought {
            lookups,
            forms: Vec::new(),
            only: false,
            ..Sought::default()
        };
        Ok((sought, Some(remark)))
    }
}

/// Calls `each` for every form of the index that begins so and fits, segment by
/// segment, with how many documents have it. Deleted ones don't count: which words are
/// the most frequent must not hang on how the index came to be.
pub(super) fn each_form(
    reader: &Reader,
    begin: &str,
    mut fits: impl FnMut(&str) -> Fit,
    mut each: impl FnMut(&str, u32),
) -> Result<()> {
    for segment in &reader.segments {
        let mut forms = segment.forms.prefix(begin)?;
        for _ in 0..MOST_STEPS {
            let Some((form, count)) = forms.advance()? else {
                break;
            };
            match fits(form) {
                Fit::Yes => {}
                Fit::No => continue,
                Fit::NorOthers(bytes) => {
                    forms.pass(bytes);
                    continue;
                }
            }
            if !segment.reader.has_deletes() {
                each(form, count);
                continue;
            }
            let form = form.to_owned();
            let alive = |doc: &DocId| !segment.reader.is_deleted(*doc);
            let count = forms.docs()?.into_iter().filter(alive).count();
            if count > 0 {
                each(&form, u32::try_from(count).unwrap_or(u32::MAX));
            }
        }
    }
    Ok(())
}

/// Calls `each` for every base form that begins so, once for each of the
/// sections that have it.
pub(super) fn each_base(
    reader: &Reader,
    rows: &[usize],
    begin: &str,
    mut each: impl FnMut(&str, u32),
) -> Result<()> {
    for segment in &reader.segments {
        let mut entries = lists::beginning(&segment.words, begin)?;
        for _ in 0..MOST_STEPS {
            let Some((key, info)) = entries.next() else {
                break;
            };
            let Some(entry) = Entry::of_key(key).filter(|entry| rows.contains(&entry.row)) else {
                continue;
            };
            let count = lists::documents(segment, info)?;
            if count > 0 {
                each(entry.term, count);
            }
        }
    }
    Ok(())
}

/// Calls `each` for every base form that ends in one of these ways, once for each
/// of the sections that have it.
pub(super) fn each_ending(
    reader: &Reader,
    rows: &[usize],
    ends: &[String],
    mut each: impl FnMut(&str, u32),
) -> Result<()> {
    for segment in &reader.segments {
        let has_end = |term: &&str| ends.iter().any(|end| term.ends_with(end.as_str()));
        for term in segment.bases()?.iter().filter(has_end) {
            for (row, info) in lists::entries(&segment.words, term)? {
                if rows.contains(&row) {
                    let count = lists::documents(segment, &info)?;
                    if count > 0 {
                        each(term, count);
                    }
                }
            }
        }
    }
    Ok(())
}

fn add(lookup: Lookup, lookups: &mut Vec<Lookup>) {
    if !lookups.contains(&lookup) {
        lookups.push(lookup);
    }
}

/// Words and how many documents have them; each vocabulary tells its words in
/// order, so that the same ones mostly stand beside each other.
#[derive(Default)]
struct Counts(Vec<(String, u64)>);

impl Counts {
    fn add(&mut self, word: &str, count: u32) {
        match self.0.last_mut().filter(|(last, _)| last == word) {
            Some((_, sum)) => *sum += u64::from(count),
            None => self.0.push((word.to_owned(), u64::from(count))),
        }
    }

    /// The words with the greatest counts, in order; with a remark if some are
    /// left out, or if there are none.
    fn most_frequent(self, typed: &str, most: usize) -> (Vec<String>, Option<String>) {
        let mut words = self.0;
        words.sort_by(|a, b| a.0.cmp(&b.0));
        words.dedup_by(|more, word| {
            let same = more.0 == word.0;
            word.1 += if same { more.1 } else { 0 };
            same
        });
        let all = words.len();
        if all > most {
            words.select_nth_unstable_by(most, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            words.truncate(most);
            words.sort_unstable();
        }
        let words = words.into_iter().map(|(word, _)| word).collect();
        let remark = match all {
            0 => Some(format!("{typed} stands for no word")),
            n if n > most => Some(format!(
                "{typed} stands for {n} words; the {most} most frequent were taken"
            )),
            _ => None,
        };
        (words, remark)
    }
}

/// Words near another one.
#[derive(Default)]
struct Nearby {
    /// By word and whether it is a base form: its distance and its count.
    words: HashMap<(String, bool), (usize, u64)>,
}

impl Nearby {
    fn add(&mut self, word: &str, (base, count): (bool, u32), distance: usize) {
        let near = self.words.entry((word.to_owned(), base));
        near.or_insert((distance, 0)).1 += u64::from(count);
    }

    /// The nearest, of equals the most frequent first.
    fn nearest(self) -> Vec<(usize, String, bool)> {
        let mut words: Vec<_> = self.words.into_iter().collect();
        words.sort_by(|(a, (near, often)), (b, (far, seldom))| {
            near.cmp(far).then(seldom.cmp(often)).then_with(|| a.cmp(b))
        });
        words.truncate(MOST_NEAR);
        let words = words.into_iter();
        words
            .map(|((word, base), (far, _))| (far, word, base))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_words_are_taken_and_the_rest_is_told() {
        let mut counts = Counts::default();
        // Of two segments, in both of which the words stand in order.
        for _ in 0..2 {
            (0..500).for_each(|n| counts.add(&format!("w{n:03}"), n));
        }
        let (words, remark) = counts.most_frequent("w*", MOST_WORDS);
        assert_eq!(words.len(), MOST_WORDS);
        assert!(words.is_sorted());
        assert_eq!(words.first().map(String::as_str), Some("w300"));
        assert_eq!(
            remark.as_deref(),
            Some("w* stands for 500 words; the 200 most frequent were taken")
        );
        assert!(
            Counts::default()
                .most_frequent("x*", MOST_WORDS)
                .1
                .is_some()
        );
    }
}
