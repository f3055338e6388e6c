//! Pairs of a place and a value → one list of values a place, in order.
//!
//! Putting each value straight into its list means a jump to another end of
//! memory for every word of a collection. So pairs are first thrown into heaps
//! of neighbouring places, one behind the other; a heap is small enough for
//! the processor's cache when its lists are made.

/// Heaps at the most; so many ends of memory stay in the cache while pairs come in.
const HEAPS: usize = 256;

/// Pairs in a piece of memory. A heap grows by pieces: one that grew as a whole would
/// be copied again and again, and be half empty.
const PIECE: usize = 1 << 10;

type Piece<T> = Vec<(u32, T)>;

/// Lists under construction, and the memory for the next ones. A value that
/// comes later stands later.
pub(super) struct Lists<T> {
    /// The last piece of each heap.
    open: Vec<Piece<T>>,
    /// The pieces before it, which are full.
    full: Vec<Vec<Piece<T>>>,
    /// Empty ones.
    spare: Vec<Piece<T>>,
    /// Places in a heap are two to the power of so many.
    bits: u32,
    ends: Vec<u32>,
    sorted: Vec<T>,
}

impl<T: Copy + Default> Lists<T> {
    /// Bytes that so many pairs take at the most.
    pub(super) const fn memory(pairs: usize) -> usize {
        (pairs + HEAPS * PIECE) * size_of::<(u32, T)>()
    }

    /// Empty lists; [`begin`](Self::begin) says of how many places.
    pub(super) fn new() -> Self {
        Self {
            open: (0..HEAPS).map(|_| Vec::with_capacity(PIECE)).collect(),
            full: (0..HEAPS).map(|_| Vec::new()).collect(),
            spare: Vec::new(),
            bits: 0,
            ends: Vec::new(),
            sorted: Vec::new(),
        }
    }

    /// Begins empty lists of so many places.
    pub(super) fn begin(&mut self, places: usize) {
        self.open.iter_mut().for_each(Vec::clear);
        for mut piece in self.full.iter_mut().flat_map(|heap| heap.drain(..)) {
            piece.clear();
            self.spare.push(piece);
        }
        self.bits = places.div_ceil(HEAPS).next_power_of_two().ilog2();
    }

    /// Adds a value to the list of a place.
    #[inline]
    pub(super) fn push(&mut self, place: u32, value: T) {
        let heap = (place >> self.bits) as usize;
        let piece = &mut self.open[heap];
        if piece.len() == piece.capacity() {
            let next = self.spare.pop();
            let next = next.unwrap_or_else(|| Vec::with_capacity(PIECE));
            let full = std::mem::replace(piece, next);
            self.full[heap].push(full);
        }
        piece.push((place, value));
    }

    /// Calls `each` with every place that has values, in order, and its list.
    pub(super) fn each<E>(
        &mut self,
        mut each: impl FnMut(usize, &[T]) -> Result<(), E>,
    ) -> Result<(), E> {
        let Self {
            open,
            full,
            bits,
            ends,
            sorted,
            ..
        } = self;
        let width = 1 << *bits;
        let heaps = full.iter().zip(open);
        for ((full, open), first) in heaps.zip((0..).step_by(width)) {
            ends.clear();
            ends.resize(width, 0);
            let pieces = || full.iter().chain([&*open]).flatten();
            sort(pieces, first, ends, sorted);
            let mut start = 0;
            for (place, end) in (first..).zip(&*ends) {
                let end = *end as usize;
                if start < end {
                    each(place, &sorted[start..end])?;
                }
                start = end;
            }
        }
        Ok(())
    }
}

/// A counting sort of one heap; `ends`, all zero, becomes where the lists end.
fn sort<'h, T: Copy + Default + 'h, H: Iterator<Item = &'h (u32, T)>>(
    heap: impl Fn() -> H,
    first: usize,
    ends: &mut [u32],
    sorted: &mut Vec<T>,
) {
    for (place, _) in heap() {
        ends[*place as usize - first] += 1;
    }
    let mut sum = 0;
    for end in ends.iter_mut() {
        sum += std::mem::replace(end, sum);
    }
    sorted.clear();
    sorted.resize(sum as usize, T::default());
    for (place, value) in heap() {
        let end = &mut ends[*place as usize - first];
        sorted[*end as usize] = *value;
        *end += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_place_has_its_values_in_the_order_they_came(
            pairs in proptest::collection::vec((0_u32..2_000, any::<u16>()), 0..400),
        ) {
            let mut lists = Lists::new();
            lists.begin(1);
            lists.push(0, 7);
            lists.begin(2_000);
            let mut expected: BTreeMap<usize, Vec<u16>> = BTreeMap::new();
            for (place, value) in pairs {
                lists.push(place, value);
                expected.entry(place as usize).or_default().push(value);
            }
            let mut found = Vec::new();
            let done: Result<(), ()> = lists.each(|place, list| {
                found.push((place, list.to_vec()));
                Ok(())
            });
            prop_assert!(done.is_ok());
            prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
