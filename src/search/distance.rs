//! How far words are spelt from one that is wanted: letters left out, put in,
//! exchanged, or swapped with the next (optimal string alignment).
//!
//! Words come in their order, as dictionaries give them: of each only what it
//! does not share with the one before is compared, and where a beginning is too
//! far, all that begin so are passed over.

use std::cell::Cell;

use super::vocabulary::Fit;

/// Measures words, one behind the other.
pub(super) struct Distance<'w> {
    wanted: &'w [char],
    /// What is farther is not told.
    most: usize,
    /// What letters are taken for.
    fold: fn(char) -> char,
    /// Letters of the word before, as far as it was compared.
    letters: Vec<char>,
    /// For each of its beginnings, the empty one first, how far it is from each
    /// beginning of the wanted word.
    rows: Vec<usize>,
    /// What words begin with that are too far, in bytes; empty if the one before
    /// was not.
    hopeless: Vec<u8>,
}

impl<'w> Distance<'w> {
    /// From `wanted`, if it is not more than `most`; letters of words are taken
    /// for what `fold` makes of them.
    pub(super) fn new(wanted: &'w [char], most: usize, fold: fn(char) -> char) -> Self {
        Self {
            wanted,
            most,
            fold,
            letters: Vec::new(),
            rows: (0..=wanted.len()).collect(),
            hopeless: Vec::new(),
        }
    }

    /// How far a word is; none if it is too far.
    pub(super) fn of(&mut self, word: &str) -> Option<usize> {
        if !self.hopeless.is_empty() && word.as_bytes().starts_with(&self.hopeless) {
            return None;
        }
        self.hopeless.clear();
        let width = self.wanted.len() + 1;
        let (mut length, mut shares) = (0, true);
        for (at, c) in word.char_indices() {
            let letter = (self.fold)(c);
            shares = shares && self.letters.get(length) == Some(&letter);
            if !shares {
                self.letters.truncate(length);
                self.rows.truncate((length + 1) * width);
                self.letters.push(letter);
                if self.add_row() > self.most {
                    let end = at + c.len_utf8();
                    self.hopeless.extend(&word.as_bytes()[..end]);
                    return None;
                }
            }
            length += 1;
        }
        let far = self.rows[length * width + self.wanted.len()];
        (far <= self.most).then_some(far)
    }

    /// Whether a word is near enough, and then how `far` it is.
    pub(super) fn fit(&mut self, word: &str, far: &Cell<usize>) -> Fit {
        match self.of(word) {
            Some(distance) => {
                far.set(distance);
                Fit::Yes
            }
            None if self.hopeless.is_empty() => Fit::No,
            None => Fit::NorOthers(self.hopeless.len()),
        }
    }

    /// Compares the last letter; tells the least distance so far.
    fn add_row(&mut self) -> usize {
        let width = self.wanted.len() + 1;
        let length = self.letters.len();
        let letter = self.letters[length - 1];
        let above = (length - 1) * width;
        let mut least = length;
        self.rows.push(length);
        for (at, wanted) in self.wanted.iter().enumerate() {
            let exchanged = self.rows[above + at] + usize::from(*wanted != letter);
            let put_in = self.rows[above + at + 1] + 1;
            let left_out = self.rows[above + width + at] + 1;
            let mut far = exchanged.min(put_in).min(left_out);
            if length > 1 && at > 0 {
                let crossed = (self.wanted[at - 1], *wanted);
                if crossed == (letter, self.letters[length - 2]) {
                    far = far.min(self.rows[above - width + at - 1] + 1);
                }
            }
            self.rows.push(far);
            least = least.min(far);
        }
        least
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by its definition, whatever the distance.
    fn plainly(a: &[char], b: &[char]) -> usize {
        let ([x, ahead @ ..], [y, before @ ..]) = (a, b) else {
            return a.len().max(b.len());
        };
        let exchanged = plainly(ahead, before) + usize::from(x != y);
        let one = exchanged
            .min(plainly(ahead, b) + 1)
            .min(plainly(a, before) + 1);
        match (a, b) {
            ([x, x2, a @ ..], [y, y2, b @ ..]) if x == y2 && x2 == y => one.min(plainly(a, b) + 1),
            _ => one,
        }
    }

    fn of(a: &str, b: &str) -> Option<usize> {
        let wanted: Vec<char> = a.chars().collect();
        Distance::new(&wanted, 2, |c| c).of(b)
    }

    #[test]
    fn a_slip_of_the_finger_is_one() {
        assert_eq!(of("osallisuus", "osallisuus"), Some(0));
        assert_eq!(of("osallisuus", "osalisuus"), Some(1));
        assert_eq!(of("osallisuus", "osallisusu"), Some(1));
        assert_eq!(of("työpaja", "tyopaja"), Some(1));
        assert_eq!(of("työpaja", "tyopajja"), Some(2));
        assert_eq!(of("työpaja", "talo"), None);
        assert_eq!(of("", "ab"), Some(2));
    }

    proptest! {
        #[test]
        fn in_a_row_words_are_as_far_as_each_by_itself(
            wanted in "[abä]{0,5}",
            mut words in proptest::collection::vec("[abäö]{0,6}", 0..40),
            most in 0..4_usize,
        ) {
            words.sort();
            let wanted: Vec<char> = wanted.chars().collect();
            let fold = |c| if c == 'ö' { 'a' } else { c };
            let mut distance = Distance::new(&wanted, most, fold);
            for word in words {
                let letters: Vec<char> = word.chars().map(fold).collect();
                let far = plainly(&letters, &wanted);
                prop_assert_eq!(distance.of(&word), (far <= most).then_some(far), "{}", word);
            }
        }
    }
}
