//! The ways in which something wanted can be found, told apart so that each can
//! be said to whoever asks why.

use super::explain::How;
use super::lookup::{Lookup, Sought, Want};
use super::plan::Scoped;
use super::weights;

/// One way in which something wanted can be found.
pub(super) struct Way {
    /// What is wanted, and which of its shares this way is of.
    pub(super) want: usize,
    pub(super) share: usize,
    pub(super) how: How,
    pub(super) via: Option<String>,
    pub(super) scoped: Scoped,
    /// Words in a row with how many others between, if that is the way.
    pub(super) row: Option<(Vec<Vec<String>>, u32)>,
}

/// The ways to find something wanted: itself, its synonyms, and what is near.
pub(super) fn ways(want: usize, scoped: &Scoped) -> Vec<Way> {
    let way = |(share, how, via): (usize, How, Option<String>), sought, row| Way {
        want,
        share,
        how,
        via,
        scoped: Scoped {
            want: Want::Word(sought),
            rows: scoped.rows.clone(),
            shown: true,
        },
        row,
    };
    let of = |lookups: Vec<Lookup>| Sought {
        lookups,
        ..Sought::default()
    };
    let itself = (0, How::Itself, None);
    let sought = match &scoped.want {
        Want::Word(sought) => sought,
        Want::Phrase(slots, slop) => {
            let words = slots.iter().flatten().map(|term| Lookup::base(term));
            return vec![way(
                itself,
                of(words.collect()),
                Some((slots.clone(), *slop)),
            )];
        }
    };
    let own = Sought {
        forms: sought.forms.clone(),
        only: sought.only,
        ..of(sought.lookups.clone())
    };
    let mut ways = vec![way(itself, own, None)];
    for synonym in &sought.synonyms {
        let as_synonym = (0, How::Synonym, Some(synonym.text.clone()));
        let row = (!synonym.slots.is_empty()).then(|| (synonym.slots.clone(), 0));
        let shown = [synonym.lookups.as_slice(), &synonym.anchor].concat();
        ways.push(way(as_synonym, of(shown), row));
    }
    for (number, loose) in sought.loose.iter().enumerate() {
        let star = if loose.lookup.stem { "*" } else { "" };
        let near = Some(format!("{}{star}", loose.lookup.term));
        let lookups = vec![loose.lookup.clone()];
        ways.push(way((number + 1, How::Near, near), of(lookups), None));
    }
    if let Some([before, own]) = &sought.beside {
        let beside = (sought.loose.len() + 1, How::Beside, before.first().cloned());
        let row = (vec![before.clone(), own.clone()], weights::BESIDE_SLOP);
        let words = before.iter().chain(own).map(|term| Lookup::base(term));
        ways.push(way(beside, of(words.collect()), Some(row)));
    }
    ways
}

/// What is wanted as it was looked for, and its form if it is one word.
pub(super) fn said(scoped: &Scoped) -> (String, Option<&String>) {
    match &scoped.want {
        Want::Word(sought) => {
            let first = sought.lookups.first().map(|lookup| lookup.term.clone());
            let form = sought.forms.first();
            (form.cloned().or(first).unwrap_or_default(), form)
        }
        Want::Phrase(slots, _) => {
            let words = slots
                .iter()
                .filter_map(|slot| slot.first().map(String::as_str));
            (format!("\"{}\"", words.collect::<Vec<_>>().join(" ")), None)
        }
    }
}
