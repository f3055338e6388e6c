//! The lexicon as bytes: a table of marks by hash, asked where it lies.
//!
//! Apart from the learning because it is a format with a version of its own. A word is no more in it
//! than 48 bits of its hash: that is enough to tell words apart, takes eight bytes whatever the
//! word, names nobody, and lets a search look up a few words in a file that is mapped into memory.
//! Reading trusts nothing: whatever is not exactly this is an error.

use std::fmt;
use std::ops::Deref;

use super::lexicon::Lexicon;

/// The mark at the start, with the version.
const MARK: &[u8; 8] = b"ESRLEX02";
/// What stands before the table: the mark and the check sum of the table.
const HEADER: usize = 16;
/// The bits of a place that are no hash: two numbers of eight bits.
const NUMBERS: u64 = 0xffff;

/// Why bytes are no lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another file, or another version of this one.
    #[error("not a lexicon of this version")]
    Mark,
    /// The check sum differs.
    #[error("the lexicon is damaged")]
    Sum,
    /// The check sum holds, the content does not.
    #[error("the lexicon has a table of {0} bytes")]
    Size(usize),
}

/// Bytes that somebody holds: read, or mapped into memory.
pub type Held = Box<dyn Deref<Target = [u8]> + Send + Sync>;

/// The bytes of a lexicon that has been found whole.
enum Bytes {
    Own(Vec<u8>),
    Held(Held),
}

/// A table of two numbers by the hash of a word.
pub(super) struct Slots {
    bytes: Bytes,
    /// How far a hash is shifted to give its place.
    shift: u32,
}

/// What the table says of a word; 0 where it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Entry {
    /// The weight of a base form, packed, and one more.
    pub(super) base: u8,
    /// The number of words that hold this part.
    pub(super) part: u8,
}

impl Slots {
    /// A table with these entries, the same whatever their order.
    pub(super) fn new(mut entries: Vec<(u64, Entry)>) -> Self {
        entries.sort_unstable_by_key(|(hash, _)| *hash);
        entries.dedup_by(|(hash, more), (known, entry)| {
            let same = (*hash ^ *known) & !NUMBERS == 0;
            if same {
                entry.base = entry.base.max(more.base);
                entry.part = entry.part.max(more.part);
            }
            same
        });
        let places = (entries.len() * 5 / 4 + 1).next_power_of_two();
        let shift = shift(places);
        let mut table = vec![0u64; places];
        for (hash, entry) in entries {
            let mut at = place(hash, shift);
            while table[at] != 0 {
                at = (at + 1) % places;
            }
            table[at] = hash & !NUMBERS | u64::from(entry.base) << 8 | u64::from(entry.part);
        }
        let mut bytes = MARK.to_vec();
        bytes.extend([0; HEADER - MARK.len()]);
        bytes.extend(table.iter().flat_map(|slot| slot.to_le_bytes()));
        let sum = sum(&bytes[HEADER..]);
        bytes[MARK.len()..HEADER].copy_from_slice(&sum.to_le_bytes());
        let bytes = Bytes::Own(bytes);
        Slots { bytes, shift }
    }

    /// What is known of the word with this hash.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Entry {
        let (table, _) = self.all()[HEADER..].as_chunks::<8>();
        let mut at = place(hash, self.shift);
        // A full table has no end to a search but this.
        for _ in 0..table.len() {
            let slot = u64::from_le_bytes(table[at]);
            if slot == 0 {
                break;
            }
            if (slot ^ hash) & !NUMBERS == 0 {
                let [part, base, ..] = slot.to_le_bytes();
                return Entry { base, part };
            }
            at = (at + 1) % table.len();
        }
        Entry::default()
    }

    /// The bytes, to be kept.
    #[inline]
    pub(super) fn all(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Own(bytes) => bytes,
            Bytes::Held(bytes) => bytes,
        }
    }

    /// The check sum, which names the lexicon.
    pub(super) fn sum(&self) -> u64 {
        let sum = self.all()[MARK.len()..].first_chunk();
        sum.map_or(0, |sum| u64::from_le_bytes(*sum))
    }
}

impl Lexicon {
    /// The lexicon as bytes; the same lexicon always gives the same bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.slots.all().to_vec()
    }

    /// The lexicon that these bytes hold. They are looked through once, for damage, and then read
    /// only where a word is asked for.
    ///
    /// # Errors
    /// When they are no lexicon.
    pub fn from_bytes(bytes: Held) -> Result<Self, StoreError> {
        let body = bytes.strip_prefix(MARK).ok_or(StoreError::Mark)?;
        let (sum, table) = body.split_first_chunk::<8>().ok_or(StoreError::Sum)?;
        if self::sum(table) != u64::from_le_bytes(*sum) {
            return Err(StoreError::Sum);
        }
        let places = table.len() / 8;
        if !table.len().is_multiple_of(8) || !places.is_power_of_two() {
            return Err(StoreError::Size(table.len()));
        }
        let (shift, bytes) = (shift(places), Bytes::Held(bytes));
        let slots = Slots { bytes, shift };
        Ok(Lexicon { slots })
    }

    /// A number that names this lexicon.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.slots.sum()
    }
}

impl fmt::Debug for Slots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.all().len())
    }
}

/// Places are numbered by a hash's first bits.
fn place(hash: u64, shift: u32) -> usize {
    // A table of one place asks for a shift by all bits.
    hash.checked_shr(shift).unwrap_or(0) as usize
}

fn shift(places: usize) -> u32 {
    u64::BITS - places.trailing_zeros()
}

/// Two odd numbers without pattern.
const MIX: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];

/// A check sum of a table.
fn sum(bytes: &[u8]) -> u64 {
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut lanes = [MIX[0], MIX[1], !MIX[0], !MIX[1]];
    for block in blocks {
        // Lanes that do not wait for each other are read at the memory's pace.
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane = fold(*lane ^ u64::from_le_bytes(*word), MIX[0]);
        }
    }
    lanes
        .iter()
        .fold(hash(rest), |sum, lane| fold(sum ^ lane, MIX[1]))
}

/// Multiplies, and folds the product's halves together.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// A hash, quick and the same on every machine; never 0 in its first 48 bits.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut state = bytes.len() as u64 ^ MIX[1];
    for word in words {
        state = fold(state ^ u64::from_le_bytes(*word), MIX[0]);
    }
    let last = rest
        .iter()
        .rev()
        .fold(0, |last, &b| last << 8 | u64::from(b));
    state = fold(state ^ last, MIX[0]);
    // Nothing known has no hash.
    fold(state, MIX[1]) | 1 << 16
}
