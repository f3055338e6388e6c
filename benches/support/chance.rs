//! Repeatable chance: a small generator of pseudo-random numbers (a counter whose bits are mixed) and the
//! draws made with it. Written out here, since a dependency may change its stream between versions and
//! with it every corpus. Whole numbers only: floating point could round otherwise on another machine.
//! Not for secrets.

/// A stream of pseudo-random numbers.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream of `seed`; `parts` tell apart the streams of one seed.
    pub(crate) fn new(seed: u64, parts: &[u64]) -> Self {
        let mut state = mix(seed);
        for part in parts {
            state = mix(state ^ mix(part.wrapping_add(0x5851_F42D_4C95_7F2D)));
        }
        Self(state)
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `limit`, which must not be 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(limit)) >> 64) as u64
    }

    /// A number from `low` to `high`, both possible.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// True `thousandths` times in a thousand.
    pub(crate) fn often(&mut self, thousandths: u64) -> bool {
        self.below(1000) < thousandths
    }

    /// One of `items`, which must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    /// One of `words`, which must not be empty.
    pub(crate) fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len() as u64) as usize]
    }

    /// One of `items` by their weights.
    pub(crate) fn weighted<'a, T>(&mut self, items: &'a [(u64, T)]) -> &'a T {
        let total = items.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(total);
        for (weight, item) in items {
            if left < *weight {
                return item;
            }
            left -= weight;
        }
        &items[items.len() - 1].1
    }

    /// A rank as words have them: each doubling of the rank is drawn by its weight in `octaves`, the ranks
    /// inside it alike. With equal weights this is a law of 1/rank.
    pub(crate) fn rank(&mut self, octaves: &[(u64, u32)]) -> u64 {
        let octave = *self.weighted(octaves);
        (1 << octave) - 1 + self.below(1 << octave)
    }
}

/// Mixes the bits of a number so that neighbours have nothing in common.
pub(crate) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}
