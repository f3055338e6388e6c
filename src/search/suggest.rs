//! What a beginning may become: words, names of projects and of applicants.
//!
//! Words are base forms that also stand so in a text, since the others are
//! guesses that nobody would type, and then forms. Who types no dots means
//! letters with dots too.

use std::collections::HashMap;

use tantivy::DocId;
use tantivy::schema::Field as Handle;

use crate::error::Result;
use crate::index::fields;
use crate::index::{Entry, Reader, Segment};

use super::linked::{each_keyword, holding};
use super::rank;
use super::sort::collated;
use super::vocabulary::{Fit, Like, Named, Vocabulary};

/// For each word that is shown, so many are counted exactly.
const COUNTED: usize = 4;

/// What a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// A word.
    Word,
    /// The name of a project.
    Project,
    /// The name of an applicant.
    Applicant,
}

/// What a beginning may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub offer: Offer,
    /// The whole word or name.
    pub text: String,
    /// Projects that have it.
    pub count: u64,
    /// The key of the project that is called so, if it is a single one.
    pub key: Option<String>,
}

/// What a beginning may become, at most `limit` of each kind, the most
/// frequent words and applicants first, names in their order.
///
/// # Errors
/// When the index can't be read.
pub fn suggest(reader: &Reader, begin: &str, limit: usize) -> Result<Vec<Suggestion>> {
    suggest_of(reader, begin, limit)
}

/// The same of any collection.
pub(super) fn suggest_of(
    vocabulary: &impl Vocabulary,
    begin: &str,
    limit: usize,
) -> Result<Vec<Suggestion>> {
    let begin = begin.trim().to_lowercase();
    if begin.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = words(vocabulary, &begin, limit)?;
    all.extend(names(vocabulary, &begin, Offer::Project, limit)?);
    all.extend(names(vocabulary, &begin, Offer::Applicant, limit)?);
    Ok(all)
}

/// Small letters without dots.
pub(super) fn undotted(text: &str) -> String {
    text.chars().map(undot).collect()
}

/// A small letter without its dots.
pub(super) fn undot(letter: char) -> char {
    match letter {
        'ä' | 'å' => 'a',
        'ö' => 'o',
        letter => letter,
    }
}

/// The letters that the first letter of a word typed without dots may be.
pub(super) fn first_letters(word: &str) -> Vec<String> {
    let letters: &[char] = match word.chars().next() {
        Some('a') => &['a', 'ä', 'å'],
        Some('o') => &['o', 'ö'],
        Some(c) => return vec![c.to_string()],
        None => &[],
    };
    letters.iter().map(char::to_string).collect()
}

/// Whether a text begins so, dots aside if none were typed.
fn begins(text: &str, begin: &str) -> bool {
    text.starts_with(begin) || undotted(begin) == begin && undotted(text).starts_with(begin)
}

fn words(vocabulary: &impl Vocabulary, begin: &str, limit: usize) -> Result<Vec<Suggestion>> {
    let rows: Vec<usize> = fields::texts().map(|(row, _)| row).collect();
    let mut bases: HashMap<String, u64> = HashMap::new();
    let mut forms: HashMap<String, u64> = HashMap::new();
    let fits =
        |word: &str| begins(word, begin) && word.chars().all(|c| c.is_alphabetic() || c == '-');
    // With dots typed all is known of the beginning, else its first letter.
    let starts = match undotted(begin) == begin {
        true => first_letters(begin),
        false => vec![begin.to_owned()],
    };
    for start in starts {
        vocabulary.each_base(&rows, Like::Begin(&start), |term, count| {
            if fits(term) {
                *bases.entry(term.to_owned()).or_default() += u64::from(count);
            }
        })?;
        let fit = |form: &str| match fits(form) {
            true => Fit::Yes,
            false => Fit::No,
        };
        vocabulary.each_form(Like::Begin(&start), fit, |form, count| {
            *forms.entry(form.to_owned()).or_default() += u64::from(count);
        })?;
    }
    bases.retain(|word, _| forms.contains_key(word));
    forms.retain(|word, _| !bases.contains_key(word));
    let mut found = Vec::new();
    for word in most(bases, limit * COUNTED) {
        let count = vocabulary.with_base(&rows, &word)?;
        found.push(suggestion(word, count));
    }
    found.retain(|word| word.count > 0);
    found.sort_by(order);
    found.truncate(limit);
    for word in most(forms, limit - found.len()) {
        let count = vocabulary.with_form(&word)?;
        found.push(suggestion(word, count));
    }
    found.retain(|word| word.count > 0);
    Ok(found)
}

fn suggestion(text: String, count: u64) -> Suggestion {
    Suggestion {
        offer: Offer::Word,
        text,
        count,
        key: None,
    }
}

fn order(a: &Suggestion, b: &Suggestion) -> std::cmp::Ordering {
    let texts = || collated(&a.text).cmp(&collated(&b.text));
    b.count.cmp(&a.count).then_with(texts)
}

/// The words with the greatest counts, in order.
fn most(counts: HashMap<String, u64>, limit: usize) -> Vec<String> {
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(limit);
    words.into_iter().map(|(word, _)| word).collect()
}

/// How many projects have a base form in any section.
pub(super) fn with_base(reader: &Reader, rows: &[usize], term: &str) -> Result<u64> {
    counted(reader, |segment| {
        let mut docs = Vec::new();
        for row in rows {
            let key = Entry::base(term, *row).to_key();
            docs.extend(holding(segment, reader.layout.words, &key)?);
        }
        Ok(docs)
    })
}

/// How many projects have a form.
pub(super) fn with_form(reader: &Reader, form: &str) -> Result<u64> {
    counted(reader, |segment| {
        let mut docs = segment.forms.docs(form)?.unwrap_or_default();
        docs.retain(|doc| !segment.reader.is_deleted(*doc));
        Ok(docs)
    })
}

fn counted(reader: &Reader, docs: impl Fn(&Segment) -> Result<Vec<DocId>>) -> Result<u64> {
    let mut all = 0;
    for segment in &reader.segments {
        let mut docs = docs(segment)?;
        docs.sort_unstable();
        docs.dedup();
        all += docs.len() as u64;
    }
    Ok(all)
}

/// The names in a field that `fits` lets pass.
pub(super) fn named(reader: &Reader, field: &str, fits: impl Fn(&str) -> bool) -> Result<Named> {
    let mut found = Named::new();
    each_keyword(reader, field, |number, handle, name| {
        if fits(name) {
            let (count, key) = called(reader, number, (handle, name))?;
            let known = found.entry(name.to_owned()).or_default();
            known.0 += count;
            known.1 = key;
        }
        Ok(())
    })?;
    Ok(found)
}

/// Names of which a word begins so.
fn names(
    vocabulary: &impl Vocabulary,
    begin: &str,
    offer: Offer,
    limit: usize,
) -> Result<Vec<Suggestion>> {
    let field = match offer {
        Offer::Applicant => "applicant_name",
        _ => "full_name",
    };
    let found = vocabulary.named(field, |name| within(name, begin).is_some())?;
    let mut names: Vec<Suggestion> = found
        .into_iter()
        .filter(|(_, (count, _))| *count > 0)
        .map(|(text, (count, key))| Suggestion {
            offer,
            text,
            count,
            key: key.filter(|_| count == 1 && offer == Offer::Project),
        })
        .collect();
    names.sort_by_cached_key(|name| {
        let inside = within(&name.text, begin) != Some(0);
        let often = match offer {
            Offer::Applicant => u64::MAX - name.count,
            _ => 0,
        };
        (inside, often, collated(&name.text))
    });
    names.truncate(limit);
    Ok(names)
}

/// The projects of a segment that have a name, and the key of one.
fn called(
    reader: &Reader,
    segment: usize,
    (handle, name): (Handle, &str),
) -> Result<(u64, Option<String>)> {
    let docs = holding(&reader.segments[segment], handle, name)?;
    let key = docs.first().map(|doc| rank::key(reader, segment, *doc));
    Ok((docs.len() as u64, key.transpose()?))
}

/// Which word of a name begins so, from 0.
fn within(name: &str, begin: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let starts = name.char_indices().filter(|(at, c)| {
        let before = name[..*at].chars().next_back();
        c.is_alphanumeric() && before.is_none_or(|c| !c.is_alphanumeric())
    });
    let mut starts = starts.map(|(at, _)| at).enumerate();
    starts.find_map(|(word, at)| begins(&name[at..], begin).then_some(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_types_no_dots_means_letters_with_dots_too() {
        assert!(begins("työtön", "tyot"));
        assert!(begins("äiti", "ait"));
        assert!(!begins("tyotön", "työ"));
        assert_eq!(first_letters("aiti"), ["a", "ä", "å"]);
        assert_eq!(first_letters("tyo"), ["t"]);
    }

    #[test]
    fn a_name_is_found_by_the_beginning_of_any_of_its_words() {
        assert_eq!(within("Kemin kaupunki", "kem"), Some(0));
        assert_eq!(within("Väylä – työhön", "tyo"), Some(1));
        assert_eq!(within("Kemin kaupunki", "kemin ka"), Some(0));
        assert_eq!(within("Kemin kaupunki", "punki"), None);
    }
}
