//! Guesses: every base form that an inflected form could have by the rules alone, with its cost.
//!
//! Apart from the choice among them because that needs the collection. A guess is made by taking
//! off what may stand at the end (clitic, possessive, ending) and turning the stem back into the
//! base form, consonant gradation included. Cheap guesses are likely ones; nothing is looked up.

use super::ending::{ENDINGS, GENITIVES, Stem};
use super::pattern::{Word, ends, is_vowel, swap, syllables};
use super::{rules, stem};

/// A possible base form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guess {
    /// The base form, Latin-1.
    pub(super) base: Word,
    /// Tenths of a unit of surprise.
    pub(super) cost: i16,
}

/// Guesses collected for one form.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    /// Each base form once, with its least cost.
    pub(super) all: Vec<Guess>,
}

/// The least letters of a stem.
const MIN_STEM: usize = 2;
/// A guess this much dearer than the best is not worth keeping.
const MARGIN: i16 = 60;

impl Guesses {
    /// Fills in the guesses for a form, the cheapest first; what was in here before is gone.
    pub(super) fn of(&mut self, form: &[u8]) {
        self.all.clear();
        self.bare(form, 0);
        for (clitic, cost) in rules::CLITICS {
            if let Some(keep) = ends(form, clitic).filter(|&k| k > 3) {
                self.bare(&form[..keep], *cost);
            }
        }
        let least = self.all.iter().map(|g| g.cost).min().unwrap_or(0);
        self.all.retain(|g| g.cost <= least + MARGIN);
        self.all
            .sort_by(|a, b| (a.cost, &a.base).cmp(&(b.cost, &b.base)));
    }

    /// Fills in the guesses for a word that stands in the genitive.
    pub(super) fn genitive(&mut self, form: &[u8]) {
        self.all.clear();
        for (ending, stem, more) in ENDINGS {
            let genitive = ending.ends_with('n') && GENITIVES.contains(ending);
            if genitive && let Some(keep) = ends(form, ending) {
                self.stem(&form[..keep], *stem, *more);
            }
        }
    }

    /// A form without its clitic.
    fn bare(&mut self, form: &[u8], cost: i16) {
        self.inflected(form, cost);
        for (suffix, more) in rules::POSSESSIVES {
            if let Some(keep) = ends(form, suffix).filter(|&k| k > 3 && is_vowel(form[k - 1])) {
                let owner = cost + more;
                self.inflected(&form[..keep], owner);
                let mut whole = form[..keep].to_vec();
                whole.push(b'n');
                self.inflected(&whole, owner + rules::OWNED_N);
                if let Some(to) = swap(&form[..keep], "kse", "ksi") {
                    self.inflected(&to, owner);
                }
            }
        }
        self.drawn_owner(form, cost);
    }

    /// The possessive that is a long vowel and n: `talossaan`, `talolleen`.
    fn drawn_owner(&mut self, form: &[u8], cost: i16) {
        let drawn = cost + rules::DRAWN_OWNER;
        let case = |case: &&str| ends(form, case).is_some_and(|k| k > 2);
        if rules::DRAWN_CASES.iter().any(case) {
            self.inflected(&form[..form.len() - 2], drawn);
        }
        if let Some(to) = swap(form, "kseen", "ksi") {
            self.inflected(&to, drawn);
        }
    }

    /// A form without clitic and possessive.
    fn inflected(&mut self, form: &[u8], cost: i16) {
        let fits = |row: &&(&str, i16)| ends(form, row.0).is_some();
        if let Some((_, more)) = rules::BASES.iter().find(fits) {
            self.noun_base(form.to_vec(), cost + more);
        }
        for (ending, stem, more) in ENDINGS {
            if let Some(keep) = ends(form, ending) {
                self.stem(&form[..keep], *stem, cost + more);
            }
        }
        if form.len() > 2 {
            self.illative(form, cost);
            self.bare_verb(form, cost);
        }
    }

    /// Endings that repeat the stem's vowel: `taloon`, `maahan`.
    fn illative(&mut self, form: &[u8], cost: i16) {
        let n = form.len();
        let vowel = form[n - 2];
        if form[n - 1] != b'n' || !is_vowel(vowel) {
            return;
        }
        if form[n - 3] == vowel {
            let more = if vowel == b'i' {
                rules::ILLATIVE_I
            } else {
                rules::ILLATIVE
            };
            self.stem(&form[..n - 2], Stem::Strong, cost + more);
        } else if n > 4 && form[n - 3] == b'h' && is_vowel(form[n - 4]) {
            self.stem(&form[..n - 3], Stem::Strong, cost + rules::ILLATIVE_H);
        }
    }

    /// Verb forms without an ending of their own: `puhuu`, `saa`, `ei puhu`.
    fn bare_verb(&mut self, form: &[u8], cost: i16) {
        let (last, before) = (form[form.len() - 1], form[form.len() - 2]);
        if !is_vowel(last) {
            return;
        }
        if !is_vowel(before) {
            self.stem(form, Stem::VerbWeak, cost + rules::NEGATED);
        }
        if syllables(form) == 1 {
            self.stem(form, Stem::Verb, cost + rules::SHORT_VERB);
        }
        if before == last {
            self.stem(
                &form[..form.len() - 1],
                Stem::Verb,
                cost + rules::DRAWN_VERB,
            );
            self.stem(form, Stem::Verb, cost + rules::LONG_VERB);
        }
    }

    /// A stem of the kind its ending asks for.
    fn stem(&mut self, stem: &[u8], kind: Stem, cost: i16) {
        if stem.len() < MIN_STEM || syllables(stem) == 0 {
            return;
        }
        match kind {
            Stem::Weak => self.noun(stem, cost, true),
            Stem::Strong => self.noun(stem, cost, false),
            Stem::Plural => self.through(stem, stem::PLURALS, cost, |s, w, c| s.noun(&w, c, true)),
            Stem::PluralStrong => {
                self.through(stem, stem::PLURALS, cost, |s, w, c| s.noun(&w, c, false))
            }
            Stem::Consonant => self.through(stem, stem::CONSONANTS, cost, Self::noun_base),
            Stem::Verb => self.verb(stem, cost, false),
            Stem::VerbWeak => self.verb(stem, cost, true),
            Stem::Past => self.through(stem, stem::PASTS, cost, |s, w, c| s.verb(&w, c, false)),
            Stem::PastWeak => self.through(stem, stem::PASTS, cost, |s, w, c| s.verb(&w, c, true)),
            Stem::Passive => {
                self.through(stem, stem::PASSIVES, cost, |s, w, c| s.verb(&w, c, true))
            }
            Stem::VerbConsonant => self.through(stem, stem::VERB_CONSONANTS, cost, Self::add),
            Stem::Infinitive => {
                if ends(stem, "A").is_some() {
                    self.add(stem.to_vec(), cost);
                }
            }
        }
    }

    fn through(
        &mut self,
        stem: &[u8],
        table: &[stem::Swap],
        cost: i16,
        then: impl Fn(&mut Self, Word, i16),
    ) {
        for (from, to, more) in table {
            let fits = !from.is_empty() || stem.last().is_some_and(|&b| !is_vowel(b));
            if fits && let Some(word) = swap(stem, from, to) {
                then(self, word, cost + more);
            }
        }
    }

    /// A noun's vowel stem; `weak` if its ending asks for weak grade where there is gradation.
    fn noun(&mut self, stem: &[u8], cost: i16, weak: bool) {
        for (from, to, more, inverse) in stem::NOUNS {
            if ends(stem, from).is_none() {
                continue;
            }
            let cost = cost + more;
            if *inverse || weak {
                self.graded(stem, (from, to, true), cost, *inverse);
            } else if let Some(base) = swap(stem, from, to) {
                self.noun_base(base, cost);
            }
        }
    }

    fn verb(&mut self, stem: &[u8], cost: i16, weak: bool) {
        let short = syllables(stem) == 1;
        for (from, to, more, inverse) in stem::VERBS {
            let Some(keep) = ends(stem, from) else {
                continue;
            };
            let one = stem::ONE_SYLLABLE.contains(&(from, to));
            let odd = keep > 0
                && if one {
                    !short
                } else {
                    short && to.len() > from.len()
                };
            let mut cost = cost + more;
            if odd {
                cost += rules::SYLLABLE;
            }
            if *inverse || weak {
                self.graded(stem, (from, to, false), cost, *inverse);
            } else if let Some(base) = swap(stem, from, to) {
                self.add(base, cost);
            }
        }
    }

    /// Swaps the end and puts the consonants before it into the other grade.
    fn graded(
        &mut self,
        stem: &[u8],
        (from, to, noun): (&str, &str, bool),
        cost: i16,
        inverse: bool,
    ) {
        let Some(base) = swap(stem, from, to) else {
            return;
        };
        let add = if noun { Self::noun_base } else { Self::add };
        let rule = stem.len() - ends(stem, from).unwrap_or(stem.len());
        let vowels = |end: usize| {
            stem[..end]
                .iter()
                .rev()
                .take_while(|&&b| is_vowel(b))
                .count()
        };
        let mut cut = stem.len() - vowels(stem.len());
        if rule > stem.len() - cut {
            if !inverse {
                return add(self, base, cost);
            }
            // The rule swaps a whole syllable: the consonants that change stand before it.
            cut = stem.len() - rule;
            cut -= vowels(cut);
        }
        let mut keep = cost;
        if !inverse && stem.len() - cut == 2 {
            keep = self.lost_k(stem, &base, cut, cost);
        }
        if inverse || stem.len() - cut == 1 {
            let head = &stem[..cut];
            if let Some((at, row)) = grade(head, inverse) {
                let (strong, weak, take, leave) = *row;
                let mut other = base[..at].to_vec();
                other.extend((if inverse { weak } else { strong }).bytes());
                other.extend(&base[cut..]);
                add(self, other, cost + take);
                keep += leave;
            }
        }
        add(self, base, keep);
    }

    /// A k may be lost between vowels: `lue-` from `luke-`. Gives what leaving the gap costs.
    fn lost_k(&mut self, stem: &[u8], base: &[u8], cut: usize, cost: i16) -> i16 {
        let gap = rules::GAPS
            .iter()
            .find(|(gap, _)| ends(stem, gap).is_some());
        if cut >= base.len() {
            return cost;
        }
        let mut other = base[..=cut].to_vec();
        other.push(b'k');
        other.extend(&base[cut + 1..]);
        match gap {
            Some((_, leave)) => {
                self.add(other, cost + rules::GAP_K);
                cost + leave
            }
            None => {
                self.add(other, cost + rules::LOST_K);
                cost
            }
        }
    }

    /// A noun's base form: some ends are rare among nouns, and the end of another reading.
    fn noun_base(&mut self, base: Word, cost: i16) {
        let n = base.len();
        let mut cost = cost;
        let fits = |row: &&(&str, i16)| ends(&base, row.0).is_some();
        if let Some((_, more)) = rules::SHAPES.iter().find(fits) {
            cost += more;
        }
        if n > 3 && is_vowel(base[n - 1]) && base[n - 1] == base[n - 2] {
            cost += rules::LONG_END;
        }
        self.add(base, cost);
    }

    fn add(&mut self, base: Word, cost: i16) {
        let cost = match base.len() {
            0 | 1 => return,
            2 => cost + rules::TWO_LETTERS,
            3 => cost + rules::THREE_LETTERS,
            _ => cost,
        };
        match self.all.iter_mut().find(|g| g.base == base) {
            Some(known) => known.cost = known.cost.min(cost),
            None => self.all.push(Guess { base, cost }),
        }
    }
}

/// The row of the gradation table that fits the consonants at the end, and where they start.
fn grade(head: &[u8], inverse: bool) -> Option<(usize, &'static rules::Grade)> {
    for row in rules::GRADES {
        let from = if inverse { row.0 } else { row.1 };
        let Some(at) = ends(head, from) else {
            continue;
        };
        if from.len() > 1 || takes_part(head, inverse) {
            return Some((at, row));
        }
    }
    None
}

/// Tells whether the lone consonant at the end takes part in gradation after what is before it.
fn takes_part(head: &[u8], inverse: bool) -> bool {
    let [.., before, letter] = head else {
        return false;
    };
    let after = if inverse { "lr" } else { "lrnm" };
    match letter {
        b't' | b'd' => {
            is_vowel(*before)
                || (*letter == b'd' || inverse) && *before == b'h'
                || !inverse && after.as_bytes().contains(before)
        }
        b'h' | b'l' | b'r' | b'j' => is_vowel(*before),
        _ => is_vowel(*before) || after.as_bytes().contains(before),
    }
}
