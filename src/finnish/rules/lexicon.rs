//! The lexicon: what the collection itself shows about its words.
//!
//! Learnt from the distinct forms of a collection: a base form is believed the more, the more of
//! its inflected forms occur. Kept with the index as bytes, so that queries are analysed as the
//! documents were. It holds no dictionary and chooses nothing: the chain does.

use std::sync::LazyLock;

use super::store::{Entry, Slots, hash};

/// What a base form counts before anything is known of it.
pub(super) const PRIOR: f32 = 0.3;
/// Weights are kept in steps this fine on a scale of logarithms.
const STEP: f32 = 16.0;

/// What a collection shows about its words.
#[derive(Debug)]
pub struct Lexicon {
    pub(super) slots: Slots,
}

impl Default for Lexicon {
    fn default() -> Self {
        let slots = Slots::new(Vec::new());
        Lexicon { slots }
    }
}

impl PartialEq for Lexicon {
    fn eq(&self, other: &Self) -> bool {
        self.slots.all() == other.slots.all()
    }
}

impl Eq for Lexicon {}

impl Lexicon {
    /// How likely a base form is by what is known of it and by `more`: a logarithm.
    pub(super) fn belief(&self, hash: u64, more: f32) -> f32 {
        static BELIEFS: LazyLock<[f32; 256]> =
            LazyLock::new(|| std::array::from_fn(|packed| (PRIOR + unpack(packed as u8)).ln()));
        let packed = self.slots.get(hash).base;
        if more > 0.0 {
            return (PRIOR + unpack(packed) + more).ln();
        }
        BELIEFS[usize::from(packed)]
    }

    /// How much is known of a base form, by its hash.
    pub(super) fn weight(&self, hash: u64) -> f32 {
        unpack(self.slots.get(hash).base)
    }

    /// How much is known of a base form as a part of compounds.
    pub(super) fn part_weight(&self, hash: u64) -> f32 {
        let Entry { base, part } = self.slots.get(hash);
        if base > 1 {
            unpack(base)
        } else {
            f32::from(part) * 0.5
        }
    }

    /// Tells whether some form of the collection was taken for a form of this base.
    pub(super) fn holds(&self, base: &[u8]) -> bool {
        self.slots.get(hash(base)).base > 0
    }
}

/// A weight in a byte that is not 0.
pub(super) fn pack(weight: f32) -> u8 {
    1 + (weight.ln_1p() * STEP).round().clamp(0.0, 254.0) as u8
}

fn unpack(packed: u8) -> f32 {
    static WEIGHTS: LazyLock<[f32; 256]> = LazyLock::new(|| {
        std::array::from_fn(|packed| (packed.saturating_sub(1) as f32 / STEP).exp_m1())
    });
    WEIGHTS[usize::from(packed)]
}
