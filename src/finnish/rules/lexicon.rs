//! The lexicon: what the collection itself shows about its words.
//!
//! Learnt from the distinct forms of a collection: a base form is believed the more, the more of
//! its inflected forms occur. Kept with the index as bytes, so that queries are analysed as the
//! documents were. It holds no dictionary and chooses nothing: the chain does.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::guess::Guesses;
use super::particle::is_particle;
use super::pattern::{Word, encode};

/// How often the shares are weighed anew.
const ROUNDS: usize = 6;
/// What a base form counts before anything is known of it.
pub(super) const PRIOR: f32 = 0.3;
/// The longest word that is learnt, in letters.
const MAX_WORD: usize = 120;
/// Weights are kept in steps this fine on a scale of logarithms.
const STEP: f32 = 16.0;

/// What a collection shows about its words.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Lexicon {
    /// Base forms and their weights, as kept.
    pub(super) bases: HashMap<Word, u8, RandomState>,
    /// Parts that never stand alone, and the number of words that hold them.
    pub(super) parts: HashMap<Word, u8, RandomState>,
}

impl Lexicon {
    /// Learns from the distinct forms of a collection and how often each occurs.
    pub fn learn<'a>(forms: impl IntoIterator<Item = (&'a str, u64)>) -> Self {
        let mut ids: HashMap<Word, u32, RandomState> = HashMap::default();
        let mut spans: Vec<(usize, usize)> = Vec::new();
        let mut shares: Vec<(u32, f32)> = Vec::new();
        let mut guesses = Guesses::default();
        let mut word = Word::new();
        let mut seen: HashSet<&str, RandomState> = HashSet::default();
        for (form, _) in forms {
            let last = form.rsplit('-').next().unwrap_or(form);
            let last = last.split(':').next().unwrap_or(last);
            let word_like = last.chars().all(char::is_alphabetic) && last.len() > 1;
            if !word_like || is_particle(last) || !seen.insert(last) {
                continue;
            }
            if !encode(last, &mut word) || word.len() > MAX_WORD {
                continue;
            }
            guesses.of(&word);
            let start = shares.len();
            for g in &guesses.all {
                let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
                let id = *ids.entry(g.base.clone()).or_insert(next);
                shares.push((id, (-f32::from(g.cost) / 10.0).exp()));
            }
            spans.push((start, shares.len()));
        }
        let (weights, chosen) = settle(&spans, &shares, ids.len());
        let bases = ids
            .into_iter()
            .filter(|(_, id)| chosen[*id as usize] || weights[*id as usize] > 1.0)
            .map(|(base, id)| (base, pack(weights[id as usize])))
            .collect();
        let mut lexicon = Lexicon {
            bases,
            parts: HashMap::default(),
        };
        lexicon.parts = super::compound::recurring(&lexicon);
        lexicon
    }

    /// How much is known of a base form.
    pub(super) fn weight(&self, base: &[u8]) -> f32 {
        self.bases.get(base).copied().map_or(0.0, unpack)
    }

    /// How much is known of a base form as a part of compounds.
    pub(super) fn part_weight(&self, base: &[u8]) -> f32 {
        let alone = self.weight(base);
        if alone > 0.0 {
            return alone;
        }
        self.parts
            .get(base)
            .copied()
            .map_or(0.0, |n| f32::from(n) * 0.5)
    }

    /// Tells whether some form of the collection was taken for a form of this base.
    pub(super) fn holds(&self, base: &[u8]) -> bool {
        self.bases.contains_key(base)
    }
}

fn pack(weight: f32) -> u8 {
    (weight.ln_1p() * STEP).round().clamp(0.0, 255.0) as u8
}

fn unpack(weight: u8) -> f32 {
    (f32::from(weight) / STEP).exp_m1()
}

/// Lets every form share itself out among its guesses until the shares settle.
///
/// Gives the weight of each base form, and whether it is the best guess for some form.
fn settle(spans: &[(usize, usize)], shares: &[(u32, f32)], count: usize) -> (Vec<f32>, Vec<bool>) {
    let mut weights = vec![0.0f32; count];
    let mut own: Vec<f32> = vec![0.0; shares.len()];
    for _ in 0..ROUNDS {
        let mut next = vec![0.0f32; count];
        for &(start, end) in spans {
            let part = &shares[start..end];
            let mine = &mut own[start..end];
            let mut sum = 0.0;
            for ((id, prior), mine) in part.iter().zip(mine.iter_mut()) {
                let others = (weights[*id as usize] - *mine).max(0.0);
                *mine = prior * (PRIOR + others);
                sum += *mine;
            }
            for ((id, _), mine) in part.iter().zip(mine.iter_mut()) {
                *mine /= sum.max(f32::MIN_POSITIVE);
                next[*id as usize] += *mine;
            }
        }
        weights = next;
    }
    let mut chosen = vec![false; count];
    for &(start, end) in spans {
        let score = |i: &usize| shares[*i].1 * (PRIOR + weights[shares[*i].0 as usize]);
        let best = (start..end).max_by(|a, b| score(a).total_cmp(&score(b)));
        if let Some(best) = best {
            chosen[shares[best].0 as usize] = true;
        }
    }
    (weights, chosen)
}
