//! Where in a document words stand in a row: right behind each other, or near.
//! Works on places alone, one document at a time.

use super::placed::Placed;

/// Where a row begins whose words stand right behind each other; used again and
/// again.
#[derive(Default)]
pub(super) struct Exact {
    /// The places, in order.
    begins: Vec<u32>,
    /// Whether the slot at hand stands where it must for each of them.
    holds: Vec<bool>,
}

impl Exact {
    /// A row can begin wherever one of its slots stands, so many words before it.
    pub(super) fn begin(&mut self, slot: usize, places: impl FnOnce(&mut Vec<u32>)) {
        places(&mut self.begins);
        let slot = word(slot);
        self.begins.retain_mut(|place| {
            let begin = place.checked_sub(slot);
            *place = begin.unwrap_or_default();
            begin.is_some()
        });
    }

    /// Keeps where another slot stands too, so many words behind; it is filled by
    /// any of the lists, which stand on the document.
    pub(super) fn keep<'l>(&mut self, slot: usize, lists: impl Iterator<Item = &'l mut Placed>) {
        let slot = word(slot);
        self.holds.clear();
        self.holds.resize(self.begins.len(), false);
        for list in lists {
            match list {
                Placed::Few(list) => self.mark(slot, list.places()),
                Placed::Most(list) => self.mark(slot, list.places()),
            }
        }
        let mut holds = self.holds.iter();
        self.begins
            .retain(|_| holds.next().is_some_and(|holds| *holds));
    }

    /// Marks the begins so many words behind which a place is; both are in order.
    fn mark(&mut self, slot: u32, places: impl Iterator<Item = u32>) {
        let mut at = 0;
        for place in places {
            while at < self.begins.len() && self.begins[at] + slot < place {
                at += 1;
            }
            match self.begins.get(at) {
                Some(begin) => self.holds[at] |= begin + slot == place,
                None => return,
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.begins.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.begins.is_empty()
    }
}

/// The number of a slot as a distance between words.
fn word(slot: usize) -> u32 {
    u32::try_from(slot).unwrap_or(u32::MAX)
}

/// Where a row can end whose words stand near each other, slot by slot; used
/// again and again.
#[derive(Default)]
pub(super) struct Near {
    /// Where the terms of the slot stand.
    pub(super) places: Vec<u32>,
    /// Where the row up to the slot can end, each with the fewest words that it
    /// passes over.
    reached: Vec<(u32, u32)>,
    before: Vec<(u32, u32)>,
}

impl Near {
    /// The row can begin at all places.
    pub(super) fn begin(&mut self) {
        self.reached.clear();
        self.reached
            .extend(self.places.iter().map(|place| (*place, 0)));
    }

    /// Goes on to the places that stand behind an end so far, over `slop` words
    /// at the most in all.
    pub(super) fn follow(&mut self, slop: u32) {
        std::mem::swap(&mut self.before, &mut self.reached);
        self.reached.clear();
        let mut from = 0;
        for &place in &self.places {
            let first = place.saturating_sub(slop + 1);
            let behind = self.before[from..].iter();
            from += behind.take_while(|(end, _)| *end < first).count();
            let near = self.before[from..].iter();
            let near = near.take_while(|(end, _)| *end < place);
            let passed = near.map(|(end, passed)| passed + (place - end - 1));
            if let Some(passed) = passed.min().filter(|passed| *passed <= slop) {
                self.reached.push((place, passed));
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.reached.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.reached.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends of a row of single words that stand at these places.
    fn ends(words: &[&[u32]], slop: u32) -> Vec<(u32, u32)> {
        let mut near = Near::default();
        for (at, places) in words.iter().enumerate() {
            near.places = places.to_vec();
            match at {
                0 => near.begin(),
                _ => near.follow(slop),
            }
        }
        near.reached
    }

    #[test]
    fn a_row_begins_where_each_word_stands_right_behind_the_one_before() {
        let mut exact = Exact::default();
        // The second word of a row can't be the first of a text.
        exact.begin(1, |places| places.extend([0, 5, 10, 12]));
        assert_eq!(exact.begins, [4, 9, 11]);
        exact.holds.resize(3, false);
        exact.mark(0, [3, 4, 8].into_iter());
        exact.mark(0, [11, 40].into_iter());
        assert_eq!(exact.holds, [true, false, true]);
    }

    #[test]
    fn a_row_may_pass_over_words_but_only_so_many_in_all() {
        assert_eq!(ends(&[&[4], &[6]], 2), [(6, 1)]);
        assert_eq!(ends(&[&[4], &[6], &[8]], 2), [(8, 2)]);
        assert_eq!(ends(&[&[4], &[6], &[8]], 1), []);
        assert_eq!(ends(&[&[6], &[4]], 9), []);
        assert_eq!(ends(&[&[4, 9], &[5, 10, 12]], 1), [(5, 0), (10, 0)]);
    }
}
