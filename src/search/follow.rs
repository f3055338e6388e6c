//! Where in a document words stand in a row: right behind each other, or near.
//! Works on places alone, one document at a time.

/// How often the second of two words stands behind the first, not farther than
/// `reach`; the places of both are in order.
pub(super) fn behind(
    mut firsts: impl Iterator<Item = u32>,
    seconds: impl Iterator<Item = u32>,
    reach: u32,
) -> usize {
    let mut next = firsts.next();
    // Up to where it still counts to be behind the first ones that were passed.
    let (mut times, mut end) = (0, 0);
    for second in seconds {
        while let Some(first) = next.filter(|first| *first < second) {
            end = first + reach + 1;
            next = firsts.next();
        }
        times += usize::from(second < end);
        if next.is_none() && second >= end {
            break;
        }
    }
    times
}

/// Writes down where a word stands at the same place as another, each moved by so much.
#[inline]
pub(super) fn meet(
    rarer: impl Iterator<Item = u32>,
    mut other: impl Iterator<Item = u32>,
    (ahead, behind): (u32, u32),
    met: &mut Vec<u32>,
) {
    let Some(mut here) = other.next() else {
        return;
    };
    for place in rarer {
        while here + behind < place + ahead {
            match other.next() {
                Some(next) => here = next,
                None => return,
            }
        }
        if here + behind == place + ahead {
            met.push(place);
        }
    }
}

/// Goes from where a word stands to where a row of words begins that has `ahead`
/// others before it.
pub(super) fn go_back(places: &mut Vec<u32>, ahead: usize) {
    let ahead = distance(ahead);
    places.retain_mut(|place| {
        let start = place.checked_sub(ahead);
        *place = start.unwrap_or_default();
        start.is_some()
    });
}

/// Keeps those beginnings of a row, in order, that have a word at one of these
/// places, also in order, `ahead` words later.
pub(super) fn keep(starts: &mut Vec<u32>, places: impl Iterator<Item = u32>, ahead: usize) {
    let ahead = distance(ahead);
    let (mut kept, mut passed) = (0, 0);
    for place in places {
        while starts
            .get(passed)
            .is_some_and(|start| start + ahead < place)
        {
            passed += 1;
        }
        match starts.get(passed) {
            None => break,
            Some(start) if start + ahead == place => {
                starts[kept] = *start;
                kept += 1;
                passed += 1;
            }
            Some(_) => {}
        }
    }
    starts.truncate(kept);
}

/// So many words on; a row has few.
pub(super) fn distance(words: usize) -> u32 {
    u32::try_from(words).unwrap_or(u32::MAX / 2)
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

    /// All that a word can have of the first six places.
    fn all() -> Vec<Vec<u32>> {
        let some = |bits: u32| (0..6).filter(|place| bits & 1 << place != 0).collect();
        (0..64).map(some).collect()
    }

    #[test]
    fn a_word_stands_behind_another_wherever_that_is_near_enough() {
        let all = all();
        for (first, second) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
            for slop in 0..4 {
                let times = ends(&[first, second], slop).len();
                let reach = slop + 1;
                let (first, second) = (first.iter().copied(), second.iter().copied());
                assert_eq!(behind(first.clone(), second.clone(), reach), times);
                if slop == 0 {
                    let mut met = Vec::new();
                    meet(first.clone(), second.clone(), (1, 0), &mut met);
                    assert_eq!(met.len(), times);
                    met.clear();
                    meet(second.clone(), first.clone(), (0, 1), &mut met);
                    assert_eq!(met.len(), times);
                }
                let apart = first
                    .clone()
                    .filter(|p| second.clone().any(|q| q == p + reach));
                let mut met = Vec::new();
                meet(first.clone(), second.clone(), (reach, 0), &mut met);
                assert_eq!(met, apart.collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn words_stand_right_behind_each_other_whichever_is_looked_for_first() {
        let all = all();
        for [a, b, c] in (0..4_096).map(|n| [&all[n % 64], &all[n / 64], &all[n * 37 % 64]]) {
            let times = ends(&[a, b, c], 0).len();
            for rarest in 0..3 {
                let words = [a, b, c];
                let mut starts = words[rarest].clone();
                go_back(&mut starts, rarest);
                for ahead in (0..3).filter(|ahead| *ahead != rarest) {
                    keep(&mut starts, words[ahead].iter().copied(), ahead);
                }
                assert_eq!(starts.len(), times, "{words:?} from {rarest}");
            }
        }
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
