//! Damaged dictionary files: an error or a bounded walk, never a panic.
//! Apart from the other tests because these try thousands of files.
use std::path::Path;

use proptest::prelude::*;

use super::tiny::Tiny;
use super::*;

/// Opens bytes and, if they pass for a dictionary, reads some words: any result is right as
/// long as there is one.
fn survive(bytes: Vec<u8>) {
    if let Ok(dictionary) = Dictionary::from_bytes(bytes, Path::new("fuzz")) {
        let mut scratch = Scratch::new();
        for word in [
            "palveluiden",
            "työllisyyspalveluiden",
            "maine",
            "nopeammin",
            "isolla-britannialla",
            "aaaaaaaaaaaaaaaa",
        ] {
            dictionary.readings(word, &mut scratch);
            dictionary.raw(word, &mut scratch, |_| ());
        }
    }
}

proptest! {
    #[test]
    fn random_bytes_behind_a_good_head_are_survived(big: bool, tail in proptest::collection::vec(any::<u8>(), 0..600)) {
        let mut file = Tiny::sample().file(big)[..16].to_vec();
        file.extend(tail);
        survive(file);
    }

    #[test]
    fn flipped_bits_are_survived(big: bool, flips in proptest::collection::vec((any::<prop::sample::Index>(), 0..8u8), 1..20)) {
        let mut file = Tiny::sample().file(big);
        for (at, bit) in flips {
            let at = at.index(file.len());
            file[at] ^= 1 << bit;
        }
        survive(file);
    }

    #[test]
    fn targets_sent_elsewhere_are_survived(big: bool, moves in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..12)) {
        let mut file = Tiny::sample().file(big);
        let cells = 8 * Tiny::sample().file(big).len() / 8 / 8;
        for (cell, target) in moves {
            let at = file.len() - 8 * (1 + cell.index(file.len() / 16));
            let target = target.index(cells) as u32;
            let bytes = if big { target.to_be_bytes() } else { target.to_le_bytes() };
            let low = if big { at + 5..at + 8 } else { at + 4..at + 7 };
            let from = if big { 1..4 } else { 0..3 };
            file[low].copy_from_slice(&bytes[from]);
        }
        survive(file);
    }

    #[test]
    fn every_truncation_is_an_error(cut in any::<prop::sample::Index>(), big: bool) {
        let file = Tiny::sample().file(big);
        let cut = cut.index(file.len());
        prop_assert!(Dictionary::from_bytes(file[..cut].to_vec(), Path::new("cut")).is_err());
    }
}
