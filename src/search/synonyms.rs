//! Words of a query → what else they are searched as, by a list of synonyms.
//!
//! Rules and queries meet at base forms, so a list needs one form of a word.
//! A rule for several words holds where they stand side by side. A synonym is
//! another way to find the word and no word of its own: what it adds is summed
//! with the word's occurrences before they are saturated.

use crate::finnish::Analyzer;
use crate::query::synonyms::{Rule, Synonyms};

use super::lookup::{self, Lookup, Slot, Want, slots};
use super::weights;

/// Synonyms of one word at the most.
const MOST: usize = 32;

/// Letters at the end of a base form for which other forms may have others:
/// `työskennellä`, `työskentelee`.
const CHANGED: usize = 6;

/// Letters that all forms of a word begin with, if it has more: `käsi`, `kädet`.
const STEADY: usize = 2;

/// One more way to find a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Synonym {
    /// As the list has it.
    pub(super) text: String,
    /// What finds it, if it is a single word.
    pub(super) lookups: Vec<Lookup>,
    /// What finds it if it is several words in a row.
    pub(super) slots: Vec<Vec<String>>,
    /// What shows where a row stands: its longest word.
    pub(super) anchor: Vec<Lookup>,
}

/// What was searched beside a word of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The word or words as typed.
    pub word: String,
    /// What else was searched.
    pub also: Vec<String>,
}

/// Adds to the words of a text what they are also searched as; `wants` are
/// the text's words in their order.
pub(super) fn add(
    text: &str,
    synonyms: &Synonyms,
    analyzer: &Analyzer,
    wants: &mut [Want],
) -> Vec<Added> {
    let mut added = Vec::new();
    if synonyms.rules.is_empty() {
        return added;
    }
    let words = slots(text, analyzer);
    let rules = beginning_as(&words, synonyms, analyzer);
    let mut at = 0;
    while at < words.len() {
        let here = &words[at..];
        let held = rules.iter().filter(|(_, from)| matches(from, here));
        let Some(length) = held.clone().map(|(_, from)| from.len()).max() else {
            at += 1;
            continue;
        };
        let here = &here[..length];
        let mut found: Vec<Synonym> = Vec::new();
        for (rule, _) in held.filter(|(_, from)| from.len() == length) {
            for entry in &rule.to {
                let is_new = found.iter().all(|synonym| synonym.text != *entry);
                let itself = slots(entry, analyzer);
                if is_new
                    && found.len() < MOST
                    && !(itself.len() == length && matches(&itself, here))
                {
                    found.extend(synonym(entry, analyzer));
                }
            }
        }
        for want in &mut wants[at..at + length] {
            if let Want::Word(sought) = want {
                sought.synonyms.extend(found.iter().cloned());
            }
        }
        if !found.is_empty() {
            let typed: Vec<&str> = here.iter().map(|slot| slot.form.as_str()).collect();
            added.push(Added {
                word: typed.join(" "),
                also: found.into_iter().map(|synonym| synonym.text).collect(),
            });
        }
        at += length;
    }
    added
}

/// The rules that may hold for some of the words, with the words they are for.
fn beginning_as<'s>(
    words: &[Slot],
    synonyms: &'s Synonyms,
    analyzer: &Analyzer,
) -> Vec<(&'s Rule, Vec<Slot>)> {
    let spelt = words
        .iter()
        .flat_map(|slot| slot.bases.iter().chain([&slot.form]));
    let known: Vec<&str> = spelt.map(String::as_str).collect();
    let mut rules = Vec::new();
    for rule in &synonyms.rules {
        let likely = rule
            .from
            .iter()
            .filter(|from| may_hold(from, words.len(), &known));
        rules.extend(likely.map(|from| (rule, slots(from, analyzer))));
    }
    rules.retain(|(_, from)| !from.is_empty());
    rules
}

/// Whether a rule for these words may hold in a query of so many, of which these
/// forms are known. To analyse all rules would take longer than the search.
fn may_hold(from: &str, most: usize, known: &[&str]) -> bool {
    let mut words = from.split_whitespace();
    let Some(first) = words.find(|word| word.contains(char::is_alphabetic)) else {
        return true;
    };
    let more = words.filter(|word| word.contains(char::is_alphabetic));
    more.count() < most && known.iter().any(|word| may_be(first, word))
}

/// Whether the first word of a rule may be a form of a word.
fn may_be(first: &str, word: &str) -> bool {
    let (rule, word) = (letters(first), letters(word));
    let same = rule.iter().zip(&word).take_while(|(a, b)| a == b).count();
    // What completes the half of a compound stands behind it.
    match first.trim_end_matches(',').ends_with('-') {
        true => same == rule.len().min(word.len()),
        false => {
            same >= STEADY
                .max(word.len().saturating_sub(CHANGED))
                .min(word.len())
        }
    }
}

fn letters(word: &str) -> Vec<char> {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether words stand at the beginning of others.
fn matches(from: &[Slot], words: &[Slot]) -> bool {
    let same = |(a, b): (&Slot, &Slot)| a.bases.iter().any(|base| b.bases.contains(base));
    from.len() <= words.len() && from.iter().zip(words).all(same)
}

fn synonym(entry: &str, analyzer: &Analyzer) -> Option<Synonym> {
    let slots = slots(entry, analyzer);
    let text = entry.to_owned();
    if let [slot] = slots.as_slice() {
        let mut lookups = lookup::sought(slot.form.clone(), false, analyzer).lookups;
        for lookup in &mut lookups {
            lookup.worth = lookup.worth.map(|worth| worth * weights::SYNONYM);
        }
        return Some(Synonym {
            text,
            lookups,
            slots: Vec::new(),
            anchor: Vec::new(),
        });
    }
    let longest = slots.iter().max_by_key(|slot| slot.form.len())?;
    Some(Synonym {
        text,
        lookups: Vec::new(),
        anchor: longest
            .bases
            .iter()
            .map(|base| Lookup::base(base))
            .collect(),
        slots: slots.into_iter().map(|slot| slot.bases).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_may_hold_for_any_form_of_its_words() {
        for (rule, form) in [
            ("kädet", "käsi"),
            ("työskentelee", "työskennellä"),
            ("ihmisiä", "ihminen"),
            ("THL", "thl"),
            ("e", "e"),
            ("työ- ja elinkeinotoimisto", "työtoimisto"),
            ("elinkeino-, liikenne- ja ympäristökeskus", "elinkeino"),
        ] {
            assert!(may_hold(rule, 4, &["ja", form]), "{rule}, {form}");
        }
        assert!(may_hold("1 000", 1, &["tuhat"]));
    }

    #[test]
    fn a_rule_of_other_words_or_of_more_than_were_typed_holds_never() {
        assert!(!may_hold("työministeriö", 1, &["työllisyys"]));
        assert!(!may_hold("nuorten yhteiskuntatakuu", 1, &["nuori"]));
        assert!(may_hold("nuorten yhteiskuntatakuu", 2, &["nuori"]));
    }
}
