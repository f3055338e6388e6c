//! Dictionary files of any bytes: an error or a bounded analysis, never a panic.
//!
//! The first byte chooses: the rest is a file as it stands, or a file behind a good head, or a list
//! of changes to the sample, which come far deeper than random bytes. Words are analysed in whatever
//! passes for a dictionary.
#![no_main]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use esr_search::finnish::dictionary::{Lemmas, Words};
use esr_search::finnish::voikko::{self, Dictionary, Scratch};
use esr_search::finnish::{Chain, Kind};
use libfuzzer_sys::fuzz_target;

const WORDS: &[&str] = &[
    "palveluiden",
    "työllisyyspalveluiden",
    "työllisyyspalveluide",
    "maine",
    "nopeammin",
    "isolla-britannialla",
    "edessään",
    "eu:n",
    "aaaaaaaaaaaaaaaa",
];
/// The sample in both byte orders.
static SAMPLES: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| [false, true].map(voikko::sample));
/// The marks, the kind and the reserved bytes of a file.
const HEAD: usize = 16;

fuzz_target!(|data: &[u8]| {
    let Some((&mode, rest)) = data.split_first() else {
        return;
    };
    let big_endian = mode & 1 == 1;
    let bytes = match mode >> 1 & 3 {
        0 => rest.to_vec(),
        1 => [&SAMPLES[usize::from(big_endian)][..HEAD], rest].concat(),
        _ => changed(SAMPLES[usize::from(big_endian)].clone(), rest),
    };
    if let Ok(dictionary) = Dictionary::from_bytes(bytes.clone(), Path::new("fuzz")) {
        analyse(dictionary, bytes);
    }
});

/// Changes bytes: two say where, one says what is written there.
fn changed(mut file: Vec<u8>, changes: &[u8]) -> Vec<u8> {
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % file.len();
        file[at] = change[2];
    }
    file
}

fn analyse(dictionary: Dictionary, bytes: Vec<u8>) {
    let again = Dictionary::from_bytes(bytes, Path::new("fuzz")).expect("it was opened before");
    let (words, chain) = (Words::new(Arc::new(again)), Lemmas::new(dictionary));
    let mut scratch = Scratch::new();
    for word in WORDS {
        let mut terms = Vec::new();
        chain.terms(word, &mut terms);
        assert!(
            terms.iter().any(|term| term.kind == Kind::Base),
            "{word}: {terms:?}"
        );
        assert!(
            terms.iter().all(|term| !term.text.is_empty()),
            "{word}: {terms:?}"
        );
        terms.clear();
        chain.query(word, &mut terms);
        words.index(word, &mut scratch);
        words.completed("työllisyys-", word, &mut scratch);
    }
}
