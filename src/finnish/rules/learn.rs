//! Learning: which base forms a collection's forms speak for.
//!
//! Apart from the lexicon because this is done once, when an index is built. Every form shares
//! itself out among its guesses, and a base form that many forms share in draws the next ones; after
//! a few rounds most forms have settled. Shares are whole numbers, so that no order of forms
//! changes a sum. Base forms go by their hashes; letters are kept to look for parts of compounds.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::compound;
use super::guess::Guesses;
use super::lexicon::{Lexicon, PRIOR, pack};
use super::particle::is_particle;
use super::pattern::{Word, encode};
use super::store::{Entry, Slots};

/// How often the shares are weighed anew.
const ROUNDS: usize = 6;
/// The longest word that is learnt, in letters.
const MAX_WORD: usize = 120;
/// A guess this much dearer than the best one of its form teaches nothing.
const MARGIN: i16 = 30;
/// Shares are counted in these.
const UNIT: f32 = 65_536.0;

/// What the forms could be forms of.
#[derive(Default)]
struct Guessed {
    /// The number of a base form by its hash.
    numbers: HashTable<u32>,
    bases: Vec<Base>,
    letters: Vec<u8>,
    /// Of each form its guesses: number of the base form, share by the rules alone.
    shares: Vec<(u32, f32)>,
    /// Where the guesses of each form end.
    ends: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Base {
    hash: u64,
    start: u32,
    len: u32,
}

impl Lexicon {
    /// Learns from the distinct forms of a collection.
    #[must_use]
    pub fn learn<'a>(forms: impl IntoIterator<Item = &'a str>) -> Self {
        let guessed = Guessed::of(forms);
        let weights = guessed.settled();
        let chosen = guessed.chosen(&weights);
        let known = |&(number, _): &(usize, &Base)| chosen[number] || weights[number] > 1.0;
        let entry = |number: usize, base: &Base| {
            let base_weight = pack(weights[number]);
            (
                base.hash,
                Entry {
                    base: base_weight,
                    part: 0,
                },
            )
        };
        let bases = || guessed.bases.iter().enumerate().filter(known);
        let mut entries: Vec<_> = bases().map(|(number, base)| entry(number, base)).collect();
        let alone = Lexicon {
            slots: Slots::new(entries.clone()),
        };
        let words = bases().map(|(_, base)| guessed.word(base));
        let parts = compound::recurring(&alone, words);
        entries.extend(
            parts
                .into_iter()
                .map(|(hash, part)| (hash, Entry { base: 0, part })),
        );
        Lexicon {
            slots: Slots::new(entries),
        }
    }
}

impl Guessed {
    fn of<'a>(forms: impl IntoIterator<Item = &'a str>) -> Self {
        let mut guessed = Guessed::default();
        let mut guesses = Guesses::default();
        let mut word = Word::new();
        let mut seen: HashSet<&str, RandomState> = HashSet::default();
        for form in forms {
            let last = form.rsplit('-').next().unwrap_or(form);
            let last = last.split(':').next().unwrap_or(last);
            let word_like = last.chars().all(char::is_alphabetic) && last.len() > 1;
            if !word_like || is_particle(last) || !seen.insert(last) {
                continue;
            }
            if encode(last, &mut word) && word.len() <= MAX_WORD {
                guesses.of(&word);
                guesses.keep_within(MARGIN);
                guessed.add(&guesses);
            }
        }
        guessed
    }

    /// Adds the guesses for a form.
    fn add(&mut self, guesses: &Guesses) {
        let Guessed {
            numbers,
            bases,
            letters,
            ..
        } = self;
        for guess in &guesses.all {
            let same = |number: &u32| bases[*number as usize].hash == guess.hash;
            let number = match numbers.find(guess.hash, same) {
                Some(number) => *number,
                None => {
                    let number = short(bases.len());
                    numbers.insert_unique(guess.hash, number, |n| bases[*n as usize].hash);
                    let word = guesses.base(guess);
                    bases.push(Base {
                        hash: guess.hash,
                        start: short(letters.len()),
                        len: short(word.len()),
                    });
                    letters.extend(word);
                    number
                }
            };
            self.shares.push((number, share(guess.cost)));
        }
        self.ends.push(self.shares.len());
    }

    fn word(&self, base: &Base) -> &[u8] {
        let start = base.start as usize;
        &self.letters[start..start + base.len as usize]
    }

    /// Where the guesses of each form stand.
    fn spans(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| start..end)
    }

    /// The weights of base forms, when every form has shared itself out among its guesses.
    fn settled(&self) -> Vec<f32> {
        let mut weights = vec![0.0f32; self.bases.len()];
        let mut own = vec![0.0f32; self.shares.len()];
        for _ in 0..ROUNDS {
            let mut next = vec![0u32; weights.len()];
            for span in self.spans() {
                let (shares, mine) = (&self.shares[span.clone()], &mut own[span]);
                let mut sum = f32::MIN_POSITIVE;
                for ((number, prior), mine) in shares.iter().zip(mine.iter_mut()) {
                    let others = (weights[*number as usize] - *mine).max(0.0);
                    *mine = prior * (PRIOR + others);
                    sum += *mine;
                }
                for ((number, _), mine) in shares.iter().zip(mine.iter_mut()) {
                    let units = (*mine / sum * UNIT).round();
                    *mine = units / UNIT;
                    next[*number as usize] += units as u32;
                }
            }
            for (weight, units) in weights.iter_mut().zip(next) {
                *weight = units as f32 / UNIT;
            }
        }
        weights
    }

    /// Which base forms are the best guess for some form.
    fn chosen(&self, weights: &[f32]) -> Vec<bool> {
        let mut chosen = vec![false; weights.len()];
        for span in self.spans() {
            let score = |(number, prior): &(u32, f32)| prior * (PRIOR + weights[*number as usize]);
            let shares = &self.shares[span];
            let best = shares.iter().max_by(|a, b| score(a).total_cmp(&score(b)));
            if let Some((number, _)) = best {
                chosen[*number as usize] = true;
            }
        }
        chosen
    }
}

/// The share of a guess by its cost alone.
fn share(cost: i16) -> f32 {
    /// The least cost that is told from lower ones.
    const LEAST: i16 = -64;
    static SHARES: LazyLock<[f32; 256]> =
        LazyLock::new(|| std::array::from_fn(|at| (-(at as f32 + f32::from(LEAST)) / 10.0).exp()));
    SHARES[usize::try_from(cost.saturating_sub(LEAST)).map_or(0, |at| at.min(255))]
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
