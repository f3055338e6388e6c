//! Consonant gradation: the other grade of the consonants before a stem's end.
//!
//! Apart from the guesses because it works on all stems alike. Which grades are each other's stands
//! in the tables; here stands where in a stem they are looked for.

use super::guess::{Guesses, Span};
use super::pattern::is_vowel;
use super::rules;

impl Guesses {
    /// Adds a base form whose end has been swapped, and the same with the consonants before that
    /// end in the other grade.
    pub(super) fn graded(
        &mut self,
        stem: Span,
        (end, base, inverse): (usize, Span, bool),
        cost: i16,
        add: fn(&mut Self, Span, i16),
    ) {
        let letters = self.letters(stem);
        let before = |end: usize| {
            let vowels = letters[..end].iter().rev().take_while(|&&b| is_vowel(b));
            end - vowels.count()
        };
        let mut cut = before(stem.len);
        if end < cut {
            if !inverse {
                return add(self, base, cost);
            }
            // The rule swaps a whole syllable: the consonants that change stand before it.
            cut = before(end);
        }
        let mut keep = cost;
        if !inverse && stem.len - cut == 2 {
            keep = self.lost_k(stem, base, cut, cost);
        }
        if (inverse || stem.len - cut == 1)
            && let Some((at, row)) = grade(&self.letters(stem)[..cut], inverse)
        {
            let (strong, weak, take, leave) = *row;
            let grade = if inverse { weak } else { strong };
            let start = self.text.len();
            let all = base.start..base.start + base.len;
            self.text.extend_from_within(all.start..all.start + at);
            self.text.extend(grade.bytes());
            self.text.extend_from_within(all.start + cut..all.end);
            let len = self.text.len() - start;
            add(self, Span { start, len }, cost + take);
            keep += leave;
        }
        add(self, base, keep);
    }

    /// A k may be lost between vowels: `lue-` from `luke-`. Gives what leaving the gap costs.
    fn lost_k(&mut self, stem: Span, base: Span, cut: usize, cost: i16) -> i16 {
        let gap = self.tables.gaps.longest(self.letters(stem));
        if cut >= base.len {
            return cost;
        }
        let other = self.write(base.cut(cut + 1), b"k");
        let rest = base.start + cut + 1..base.start + base.len;
        self.text.extend_from_within(rest);
        let other = other.cut(base.len + 1);
        match gap {
            Some(leave) => {
                self.add(other, cost + rules::GAP_K);
                cost + leave
            }
            None => {
                self.add(other, cost + rules::LOST_K);
                cost
            }
        }
    }
}

/// The row of the gradation table that fits the consonants at the end, and where they start.
fn grade(head: &[u8], inverse: bool) -> Option<(usize, &'static rules::Grade)> {
    let last = *head.last()?;
    for row in rules::GRADES {
        let from = if inverse { row.0 } else { row.1 }.as_bytes();
        if from.last() == Some(&last)
            && head.ends_with(from)
            && (from.len() > 1 || takes_part(head, inverse))
        {
            return Some((head.len() - from.len(), row));
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
