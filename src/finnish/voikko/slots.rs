//! Slots: a table from numbers to small values, made for being looked into far more often than
//! filled.
//!
//! Key and value stand side by side in one row of memory, so that a look touches one place. Nothing
//! is ever taken out but everything at once. What the keys mean is not known here.

/// Rows of a fresh table; a power of two.
const FIRST: usize = 1 << 10;
/// An odd number without a pattern, to spread keys with.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
/// The key of an empty row; no caller uses it.
const NO_KEY: u64 = u64::MAX;

/// Values by their keys.
pub(super) struct Slots<V> {
    rows: Vec<(u64, V)>,
    used: usize,
}

impl<V: Copy + Default> Slots<V> {
    /// An empty table.
    pub(super) fn new() -> Slots<V> {
        Slots {
            rows: vec![(NO_KEY, V::default()); FIRST],
            used: 0,
        }
    }

    /// The value of a key.
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<V> {
        let (found, value) = self.rows[self.row(key)];
        (found == key).then_some(value)
    }

    /// Gives a key that has none a value.
    pub(super) fn add(&mut self, key: u64, value: V) {
        if self.used * 2 >= self.rows.len() {
            let bigger = vec![(NO_KEY, V::default()); self.rows.len() * 2];
            for row in std::mem::replace(&mut self.rows, bigger) {
                if row.0 != NO_KEY {
                    let at = self.row(row.0);
                    self.rows[at] = row;
                }
            }
        }
        let at = self.row(key);
        self.used += usize::from(self.rows[at].0 == NO_KEY);
        self.rows[at] = (key, value);
    }

    /// Where a key is, or the empty row where it would be.
    #[inline]
    fn row(&self, key: u64) -> usize {
        let last = self.rows.len() - 1;
        let mut at = (key.wrapping_mul(ODD) >> 32) as usize & last;
        while self.rows[at].0 != key && self.rows[at].0 != NO_KEY {
            at = (at + 1) & last;
        }
        at
    }
}

/// A key for a row of numbers; different rows seldom have the same one.
pub(super) fn hash(numbers: impl Iterator<Item = u64>) -> u64 {
    let mix = |hash: u64, number: u64| {
        let wide = u128::from(hash ^ number) * u128::from(ODD);
        (wide >> 64) as u64 ^ wide as u64
    };
    numbers.fold(ODD, |hash, number| mix(hash.rotate_left(5), number)) >> 1
}
