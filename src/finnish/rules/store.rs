//! The lexicon as bytes, to be kept with an index.
//!
//! Apart from the learning because it is a format with a version of its own: a mark, a count, the
//! words in order, each as the letters it shares with the one before and the letters it adds, and a
//! check sum. Reading trusts nothing: whatever is not exactly this is an error.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::lexicon::Lexicon;
use super::pattern::Word;

/// The mark at the start, with the version.
const MARK: &[u8; 8] = b"ESRLEX01";

type Words = HashMap<Word, u8, RandomState>;

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
    #[error("the lexicon is malformed at byte {0}")]
    Content(usize),
}

impl Lexicon {
    /// The lexicon as bytes; the same lexicon always gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MARK.to_vec();
        write(&self.bases, &mut out);
        write(&self.parts, &mut out);
        out.extend(sum(&out).to_le_bytes());
        out
    }

    /// The lexicon that these bytes hold.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        let body = bytes.strip_prefix(MARK).ok_or(StoreError::Mark)?;
        let (body, check) = body.split_last_chunk::<8>().ok_or(StoreError::Sum)?;
        if sum(&bytes[..bytes.len() - 8]) != u64::from_le_bytes(*check) {
            return Err(StoreError::Sum);
        }
        let at = |rest: &[u8]| StoreError::Content(bytes.len() - 8 - rest.len());
        let (bases, rest) = read(body).map_err(at)?;
        let (parts, rest) = read(rest).map_err(at)?;
        if rest.is_empty() {
            Ok(Lexicon { bases, parts })
        } else {
            Err(at(rest))
        }
    }

    /// A number that names this lexicon.
    pub fn hash(&self) -> u64 {
        sum(&self.to_bytes())
    }
}

/// Adds words in order, each as what it shares with the one before and what it adds.
fn write(words: &Words, out: &mut Vec<u8>) {
    let mut words: Vec<_> = words
        .iter()
        .filter(|(word, _)| !word.is_empty() && word.len() <= usize::from(u8::MAX))
        .collect();
    words.sort();
    let count = u32::try_from(words.len()).unwrap_or(u32::MAX);
    out.extend(count.to_le_bytes());
    let mut last: &[u8] = &[];
    for (word, number) in words {
        let shared = last.iter().zip(word).take_while(|(a, b)| a == b).count();
        let added = &word[shared..];
        out.push(shared as u8);
        out.push(added.len() as u8);
        out.extend(added);
        out.push(*number);
        last = word;
    }
}

/// Reads words as they were written; gives what follows them, or where they stop making sense.
fn read(bytes: &[u8]) -> Result<(Words, &[u8]), &[u8]> {
    let (count, mut rest) = bytes.split_first_chunk::<4>().ok_or(bytes)?;
    let mut words = Words::default();
    let mut word = Vec::new();
    for _ in 0..u32::from_le_bytes(*count) {
        let [shared, added, tail @ ..] = rest else {
            return Err(rest);
        };
        let (shared, added) = (usize::from(*shared), usize::from(*added));
        if shared > word.len() || added == 0 || tail.len() <= added {
            return Err(rest);
        }
        let next = [&word[..shared], &tail[..added]].concat();
        if next <= word {
            return Err(rest);
        }
        word = next;
        words.insert(word.clone(), tail[added]);
        rest = &tail[added + 1..];
    }
    Ok((words, rest))
}

/// FNV-1a: small, and the same on every machine.
pub(super) fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
