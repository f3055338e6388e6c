//! Guesses: every base form that an inflected form could have by the rules alone, with its cost.
//!
//! Apart from the choice among them because that needs the collection. A guess is made by taking
//! off what may stand at the end (clitic, possessive, ending) and turning the stem back into the
//! base form, consonant gradation included. Cheap guesses are likely ones; nothing is looked up.
//! All letters are written one after the other into one buffer, so that nothing is allocated.

use super::ending::Stem;
use super::pattern::{is_back, is_vowel, syllables};
use super::rules;
use super::store::hash;
use super::table::{Swapped, Table, Tables};

/// A possible base form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    at: Span,
    /// Tenths of a unit of surprise.
    pub(super) cost: i16,
    /// What names the base form in a lexicon.
    pub(super) hash: u64,
}

/// Where letters stand in the buffer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) len: usize,
}

impl Span {
    /// Its beginning.
    pub(super) fn cut(self, len: usize) -> Self {
        Span { len, ..self }
    }
}

/// Guesses collected for one form.
#[derive(Debug)]
pub(super) struct Guesses {
    /// Each base form once, with its least cost.
    pub(super) all: Vec<Guess>,
    pub(super) text: Vec<u8>,
    pub(super) tables: &'static Tables,
}

impl Default for Guesses {
    fn default() -> Self {
        Guesses {
            all: Vec::new(),
            text: Vec::new(),
            tables: Tables::get(),
        }
    }
}

/// The least letters of a stem.
const MIN_STEM: usize = 2;
/// A guess this much dearer than the best is not worth keeping.
const MARGIN: i16 = 60;

impl Guesses {
    /// Fills in the guesses for a form; what was in here before is gone.
    pub(super) fn of(&mut self, form: &[u8]) {
        let form = self.begin(form);
        self.bare(form, 0);
        let mut walk = self.tables.clitics.walk();
        while let Some((keep, cost)) = walk.next(self.letters(form)) {
            if keep > 3 {
                self.bare(form.cut(keep), cost);
            }
        }
        self.keep_within(MARGIN);
    }

    /// Leaves the guesses that are not that much dearer than the best.
    pub(super) fn keep_within(&mut self, margin: i16) {
        let least = self.all.iter().map(|g| g.cost).min().unwrap_or(0);
        self.all.retain(|g| g.cost <= least + margin);
    }

    /// Fills in the verbs that a verb's vowel stem in strong grade may be of.
    pub(super) fn verb_of(&mut self, stem: &[u8]) {
        let stem = self.begin(stem);
        self.verb(stem, 0, false);
    }

    /// Fills in the guesses for a word that stands in the genitive.
    pub(super) fn genitive(&mut self, form: &[u8]) {
        let form = self.begin(form);
        let mut walk = self.tables.genitives.walk();
        while let Some((keep, (stem, more))) = walk.next(self.letters(form)) {
            self.stem(form.cut(keep), stem, more);
        }
    }

    /// The letters of a guess.
    pub(super) fn base(&self, guess: &Guess) -> &[u8] {
        self.letters(guess.at)
    }

    fn begin(&mut self, form: &[u8]) -> Span {
        self.all.clear();
        self.text.clear();
        self.text.extend(form);
        Span {
            start: 0,
            len: form.len(),
        }
    }

    pub(super) fn letters(&self, at: Span) -> &[u8] {
        &self.text[at.start..at.start + at.len]
    }

    /// Writes the beginning of a word and an end; gives the new word.
    pub(super) fn write(&mut self, beginning: Span, end: &[u8]) -> Span {
        let start = self.text.len();
        let from = beginning.start;
        self.text.extend_from_within(from..from + beginning.len);
        self.text.extend(end);
        Span {
            start,
            len: beginning.len + end.len(),
        }
    }

    /// Writes a word with its end swapped.
    fn swap(&mut self, word: Span, keep: usize, row: &Swapped) -> Span {
        let back = !row.to.open || is_back(self.letters(word));
        self.write(word.cut(keep), row.to.letters(back))
    }

    /// A form without its clitic.
    fn bare(&mut self, form: Span, cost: i16) {
        self.inflected(form, cost);
        let mut walk = self.tables.possessives.walk();
        while let Some((keep, more)) = walk.next(self.letters(form)) {
            if keep <= 3 || !is_vowel(self.letters(form)[keep - 1]) {
                continue;
            }
            let (owner, owned) = (cost + more, form.cut(keep));
            self.inflected(owned, owner);
            let whole = self.write(owned, b"n");
            self.inflected(whole, owner + rules::OWNED_N);
            if self.letters(owned).ends_with(b"kse") {
                let to = self.write(owned.cut(keep - 3), b"ksi");
                self.inflected(to, owner);
            }
        }
        if self.letters(form).last() == Some(&b'n') {
            self.drawn_owner(form, cost);
        }
    }

    /// The possessive that is a long vowel and n: `talossaan`, `talolleen`.
    fn drawn_owner(&mut self, form: Span, cost: i16) {
        let drawn = cost + rules::DRAWN_OWNER;
        let mut walk = self.tables.drawn.walk();
        if walk
            .next(self.letters(form))
            .is_some_and(|(keep, ())| keep > 2)
        {
            self.inflected(form.cut(form.len - 2), drawn);
        }
        if self.letters(form).ends_with(b"kseen") {
            let to = self.write(form.cut(form.len - 5), b"ksi");
            self.inflected(to, drawn);
        }
    }

    /// A form without clitic and possessive.
    fn inflected(&mut self, form: Span, cost: i16) {
        if let Some(more) = self.tables.bases.longest(self.letters(form)) {
            self.noun_base(form, cost + more);
        }
        let mut walk = self.tables.endings.walk();
        while let Some((keep, (stem, more))) = walk.next(self.letters(form)) {
            self.stem(form.cut(keep), stem, cost + more);
        }
        if form.len > 2 {
            self.illative(form, cost);
            self.bare_verb(form, cost);
        }
    }

    /// Endings that repeat the stem's vowel: `taloon`, `maahan`.
    fn illative(&mut self, form: Span, cost: i16) {
        let n = form.len;
        let letters = self.letters(form);
        let vowel = letters[n - 2];
        if letters[n - 1] != b'n' || !is_vowel(vowel) {
            return;
        }
        if letters[n - 3] == vowel {
            let more = if vowel == b'i' {
                rules::ILLATIVE_I
            } else {
                rules::ILLATIVE
            };
            self.stem(form.cut(n - 2), Stem::Strong, cost + more);
        } else if n > 4 && letters[n - 3] == b'h' && is_vowel(letters[n - 4]) {
            self.stem(form.cut(n - 3), Stem::Strong, cost + rules::ILLATIVE_H);
        }
    }

    /// Verb forms without an ending of their own: `puhuu`, `saa`, `ei puhu`.
    fn bare_verb(&mut self, form: Span, cost: i16) {
        let letters = self.letters(form);
        let (last, before) = (letters[form.len - 1], letters[form.len - 2]);
        if !is_vowel(last) {
            return;
        }
        let short = syllables(letters) == 1;
        if !is_vowel(before) {
            self.stem(form, Stem::VerbWeak, cost + rules::NEGATED);
        }
        if short {
            self.stem(form, Stem::Verb, cost + rules::SHORT_VERB);
        }
        if before == last {
            let drawn = form.cut(form.len - 1);
            self.stem(drawn, Stem::Verb, cost + rules::DRAWN_VERB);
            self.stem(form, Stem::Verb, cost + rules::LONG_VERB);
        }
    }

    /// A stem of the kind its ending asks for.
    fn stem(&mut self, stem: Span, kind: Stem, cost: i16) {
        if stem.len < MIN_STEM || !self.letters(stem).iter().any(|&b| is_vowel(b)) {
            return;
        }
        let tables = self.tables;
        match kind {
            Stem::Weak => self.noun(stem, cost, true),
            Stem::Strong => self.noun(stem, cost, false),
            Stem::Plural => self.through(stem, &tables.plurals, cost, |s, w, c| s.noun(w, c, true)),
            Stem::PluralStrong => {
                self.through(stem, &tables.plurals, cost, |s, w, c| s.noun(w, c, false))
            }
            Stem::Consonant => self.through(stem, &tables.consonants, cost, Self::noun_base),
            Stem::Verb => self.verb(stem, cost, false),
            Stem::VerbWeak => self.verb(stem, cost, true),
            Stem::Past => self.through(stem, &tables.pasts, cost, |s, w, c| s.verb(w, c, false)),
            Stem::PastWeak => self.through(stem, &tables.pasts, cost, |s, w, c| s.verb(w, c, true)),
            Stem::Passive => {
                self.through(stem, &tables.passives, cost, |s, w, c| s.verb(w, c, true))
            }
            Stem::VerbConsonant => {
                self.through(stem, &tables.verb_consonants, cost, Self::add);
            }
            Stem::Infinitive => {
                if matches!(self.letters(stem).last(), Some(b'a' | 0xe4)) {
                    self.add(stem, cost);
                }
            }
        }
    }

    fn through(
        &mut self,
        stem: Span,
        table: &Table<Swapped>,
        cost: i16,
        then: impl Fn(&mut Self, Span, i16),
    ) {
        let closed = self.letters(stem).last().is_some_and(|&b| !is_vowel(b));
        let mut walk = table.walk();
        while let Some((keep, row)) = walk.next(self.letters(stem)) {
            if !row.bare || closed {
                let word = self.swap(stem, keep, &row);
                then(self, word, cost + row.cost);
            }
        }
    }

    /// A noun's vowel stem; `weak` if its ending asks for weak grade where there is gradation.
    fn noun(&mut self, stem: Span, cost: i16, weak: bool) {
        let mut walk = self.tables.nouns.walk();
        while let Some((keep, row)) = walk.next(self.letters(stem)) {
            let mut cost = cost + row.cost;
            if keep + 1 == stem.len && row.to.letters(true).is_empty() {
                match self.letters(stem)[..keep] {
                    // Foreign words add an i to a consonant; after a long vowel it is their own.
                    [.., last] if is_vowel(last) => continue,
                    [.., a, b, _] if a == b => cost += rules::LONG_CLOSED,
                    _ => {}
                }
            }
            let base = self.swap(stem, keep, &row);
            if row.inverse || weak {
                self.graded(stem, (keep, base, row.inverse), cost, Self::noun_base);
            } else {
                self.noun_base(base, cost);
            }
        }
    }

    fn verb(&mut self, stem: Span, cost: i16, weak: bool) {
        let short = syllables(self.letters(stem)) == 1;
        let mut walk = self.tables.verbs.walk();
        while let Some((keep, row)) = walk.next(self.letters(stem)) {
            let odd = keep > 0
                && if row.short {
                    !short
                } else {
                    short && row.grows
                };
            let mut cost = cost + row.cost;
            if odd {
                cost += rules::SYLLABLE;
            }
            let base = self.swap(stem, keep, &row);
            if row.inverse || weak {
                self.graded(stem, (keep, base, row.inverse), cost, Self::add);
            } else {
                self.add(base, cost);
            }
        }
    }

    /// A noun's base form: some ends are rare among nouns, and the end of another reading.
    fn noun_base(&mut self, base: Span, cost: i16) {
        let letters = self.letters(base);
        let n = base.len;
        let mut cost = cost + self.tables.shapes.longest(letters).unwrap_or(0);
        if n > 3 && is_vowel(letters[n - 1]) && letters[n - 1] == letters[n - 2] {
            cost += rules::LONG_END;
        }
        self.add(base, cost);
    }

    pub(super) fn add(&mut self, base: Span, cost: i16) {
        let cost = match base.len {
            0 | 1 => return,
            2 => cost + rules::TWO_LETTERS,
            3 => cost + rules::THREE_LETTERS,
            _ => cost,
        };
        let hash = hash(self.letters(base));
        match self.all.iter_mut().find(|g| g.hash == hash) {
            Some(known) => known.cost = known.cost.min(cost),
            None => self.all.push(Guess {
                at: base,
                cost,
                hash,
            }),
        }
    }
}
