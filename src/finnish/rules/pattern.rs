//! Letters, and patterns over word ends.
//!
//! Apart from the rules that use them because this is pure mechanics. Words are Latin-1 letters
//! here, one byte each, so that ends compare by index. `A`, `O` and `U` in a pattern stand for
//! either vowel of the pair; in a replacement they take the vowel the pattern met, or the one that
//! vowel harmony asks for. No Finnish ending is named here.

/// A word as Latin-1 letters.
pub(super) type Word = Vec<u8>;

const AE: u8 = 0xe4;
const OE: u8 = 0xf6;
/// Two letters of Finnish that Latin-1 lacks take places it leaves free.
const S_CARON: u8 = 0x9a;
const Z_CARON: u8 = 0x9e;

/// The word as Latin-1, if it has no other characters.
pub(super) fn encode(form: &str, out: &mut Word) -> bool {
    out.clear();
    for c in form.chars() {
        match (c, u8::try_from(u32::from(c))) {
            ('š', _) => out.push(S_CARON),
            ('ž', _) => out.push(Z_CARON),
            (_, Ok(byte)) if !(0x80..0xa0).contains(&byte) => out.push(byte),
            _ => return false,
        }
    }
    true
}

/// Adds a Latin-1 word to a string.
pub(super) fn decode(word: &[u8], out: &mut String) {
    out.extend(word.iter().map(|&b| match b {
        S_CARON => 'š',
        Z_CARON => 'ž',
        _ => char::from(b),
    }));
}

/// The vowels, by letter.
const VOWELS: [bool; 256] = {
    let mut table = [false; 256];
    let vowels = [b'a', b'e', b'i', b'o', b'u', b'y', AE, OE, 0xe5];
    let mut at = 0;
    while at < vowels.len() {
        table[vowels[at] as usize] = true;
        at += 1;
    }
    table
};

/// Tells whether a letter is a vowel.
pub(super) fn is_vowel(letter: u8) -> bool {
    VOWELS[usize::from(letter)]
}

/// The front or back partner a pattern letter stands for.
fn pair(pattern: u8) -> Option<(u8, u8)> {
    match pattern {
        b'A' => Some((b'a', AE)),
        b'O' => Some((b'o', OE)),
        b'U' => Some((b'u', b'y')),
        _ => None,
    }
}

/// The letters of a pattern, from the front; patterns are short, so they are read as they are.
fn letters(pattern: &str) -> impl DoubleEndedIterator<Item = u8> {
    pattern
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
}

/// Tells whether the word ends as the pattern says; gives the length of the rest.
pub(super) fn ends(word: &[u8], pattern: &str) -> Option<usize> {
    let mut at = word.len();
    for p in letters(pattern).rev() {
        at = at.checked_sub(1)?;
        let hit = match pair(p) {
            Some((back, front)) => word[at] == back || word[at] == front,
            None => word[at] == p,
        };
        if !hit {
            return None;
        }
    }
    Some(at)
}

/// A pattern with the vowels of one harmony in it.
pub(super) fn in_harmony(pattern: &str, back: bool) -> Word {
    let letter = |p| match pair(p) {
        Some((deep, front)) => [front, deep][usize::from(back)],
        None => p,
    };
    letters(pattern).map(letter).collect()
}

/// Tells whether a pattern names a vowel by its pair.
pub(super) fn is_open(pattern: &str) -> bool {
    letters(pattern).any(|p| pair(p).is_some())
}

/// Tells whether vowel harmony asks for a, o, u.
pub(super) fn is_back(word: &[u8]) -> bool {
    let last = word
        .iter()
        .rev()
        .find(|b| matches!(**b, b'a' | b'o' | b'u' | b'y' | AE | OE | 0xe5));
    matches!(last, Some(b'a' | b'o' | b'u' | 0xe5))
}

/// How many groups of vowels a word has.
pub(super) fn syllables(word: &[u8]) -> usize {
    let start = |i: usize| is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]));
    (0..word.len()).filter(|&i| start(i)).count()
}
