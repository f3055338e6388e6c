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

/// Pairs: of each the place within its heap, and in the lower bits the value.
type Piece = Vec<u64>;

/// Lists under construction, and the memory for the next ones. A value that
/// comes later stands later.
pub(super) struct Lists {
    /// The last piece of each heap.
    open: Vec<Piece>,
    /// The pieces before it, which are full.
    full: Vec<Vec<Piece>>,
    /// Empty ones.
    spare: Vec<Piece>,
    /// A heap has two to the power of so many places.
    bits: u32,
    /// Bits of a value.
    value: u32,
    ends: Vec<u32>,
    sorted: Vec<u64>,
}

impl Lists {
    /// Bytes that so many pairs take at the most.
    pub(super) const fn memory(pairs: usize) -> usize {
        (pairs + HEAPS * PIECE) * size_of::<u64>()
    }

    /// How many places there may be at a time for values of so many bits.
    pub(super) fn most_places(value: u32) -> usize {
        HEAPS << (u64::BITS - value).min(u32::BITS - HEAPS.ilog2())
    }

    /// Empty lists; [`begin`](Self::begin) says of how many places.
    pub(super) fn new() -> Self {
        Self {
            open: (0..HEAPS).map(|_| Vec::with_capacity(PIECE)).collect(),
            full: (0..HEAPS).map(|_| Vec::new()).collect(),
            spare: Vec::new(),
            bits: 0,
            value: 0,
            ends: Vec::new(),
            sorted: Vec::new(),
        }
    }

    /// Begins empty lists of so many places, of values of so many bits.
    pub(super) fn begin(&mut self, places: usize, value: u32) {
        self.open.iter_mut().for_each(Vec::clear);
        for mut piece in self.full.iter_mut().flat_map(|heap| heap.drain(..)) {
            piece.clear();
            self.spare.push(piece);
        }
        self.bits = places.div_ceil(HEAPS).next_power_of_two().ilog2();
        self.value = value;
    }

    /// Adds a value to the list of a place.
    #[inline]
    pub(super) fn push(&mut self, place: u32, value: u64) {
        let heap = (place >> self.bits) as usize;
        let within = u64::from(place) - ((heap as u64) << self.bits);
        let piece = &mut self.open[heap];
        if piece.len() == piece.capacity() {
            let next = self.spare.pop();
            let next = next.unwrap_or_else(|| Vec::with_capacity(PIECE));
            let full = std::mem::replace(piece, next);
            self.full[heap].push(full);
        }
        piece.push(within << self.value | value);
    }

    /// Calls `each` with every place that has values, in order, and its list.
    pub(super) fn each<E>(
        &mut self,
        mut each: impl FnMut(usize, &[u64]) -> Result<(), E>,
    ) -> Result<(), E> {
        let Self {
            open,
            full,
            bits,
            value,
            ends,
            sorted,
            ..
        } = self;
        let width = 1 << *bits;
        let heaps = full.iter().zip(open);
        for ((full, open), first) in heaps.zip((0..).step_by(width)) {
            ends.clear();
            ends.resize(width, 0);
            let pieces = || full.iter().chain([&*open]).flatten().copied();
            sort(pieces, *value, ends, sorted);
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

/// A counting sort of one heap, of values of so many bits; `ends`, all zero, becomes
/// where the lists end.
fn sort<H: Iterator<Item = u64>>(
    heap: impl Fn() -> H,
    value: u32,
    ends: &mut [u32],
    sorted: &mut Vec<u64>,
) {
    let place = |pair: u64| (pair >> value) as usize;
    for pair in heap() {
        ends[place(pair)] += 1;
    }
    let mut sum = 0;
    for end in ends.iter_mut() {
        sum += std::mem::replace(end, sum);
    }
    sorted.clear();
    sorted.resize(sum as usize, 0);
    for pair in heap() {
        let end = &mut ends[place(pair)];
        sorted[*end as usize] = pair & !(u64::MAX << value);
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
            bits in 1_u32..61,
            pairs in proptest::collection::vec((0_u32..2_000, any::<u64>()), 0..400),
        ) {
            let mut lists = Lists::new();
            lists.begin(1, 3);
            lists.push(0, 7);
            lists.begin(2_000, bits);
            let mut expected: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
            for (place, value) in pairs {
                let value = value >> (u64::BITS - bits);
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

    #[test]
    fn there_may_be_as_many_places_as_values_leave_bits() {
        assert_eq!(Lists::most_places(61), 2_048);
        assert_eq!(Lists::most_places(20), 1 << 32);
        let mut lists = Lists::new();
        lists.begin(2_048, 61);
        lists.push(2_047, (1 << 61) - 1);
        let done = lists.each(|place, list| Err((place, list.to_vec())));
        assert_eq!(done, Err((2_047, vec![(1 << 61) - 1])));
    }

    #[test]
    fn a_heap_grows_by_pieces() {
        let (mut lists, many) = (Lists::new(), 5 * PIECE as u64);
        for _ in 0..2 {
            lists.begin(HEAPS, 20);
            (0..many).for_each(|value| lists.push(3, value));
            let done = lists.each(|place, list| Err((place, list.to_vec())));
            assert_eq!(done, Err((3, (0..many).collect())));
        }
    }
}
