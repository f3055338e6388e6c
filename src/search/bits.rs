//! Bits of a word: sixty-four marks at a time.
//! Made and read without a choice, so that nothing waits for a guess.

/// How many stand in a word.
pub(super) const WORD: usize = 64;

/// Bytes that are 0 or 1 as the bits of a word: multiplied, eight of them come to stand
/// in the highest byte, none on top of another.
pub(super) fn joined(marks: &[u8; WORD]) -> u64 {
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = marks.as_chunks();
    let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
    let eights = (0..).step_by(8).zip(eights);
    eights.fold(0, |all, (at, eight)| all | bits(eight) << at)
}

/// Which bits are set.
pub(super) fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        at
    })
}
