//! Numbers as characters: in base 64, the lowest digit first.
//!
//! Small numbers are the characters that descriptions have most of, so that they
//! pack as their texts do; none is the null character.

/// The first of the digits that more follow.
const MORE: u8 = 63;

/// How many digits there are.
const COUNT: usize = 127;

/// Bits of a digit.
const BITS: u32 = 6;

/// The characters that descriptions have most of: spans that are made of them pack
/// a fifth better than of others.
const FREQUENT: &[u8] = b" aintesloukmvrjhpydg.-,bfcAEHIKLMNOPRSTUVYJ0123456789:\n()wxqz";

/// The characters of the digits, the frequent ones first.
const DIGITS: [u8; COUNT] = {
    let mut digits = [0; COUNT];
    let mut used = [false; COUNT + 1];
    let mut at = 0;
    while at < FREQUENT.len() {
        digits[at] = FREQUENT[at];
        used[FREQUENT[at] as usize] = true;
        at += 1;
    }
    let mut character = 1;
    while at < COUNT {
        if !used[character] {
            digits[at] = character as u8;
            at += 1;
        }
        character += 1;
    }
    digits
};

/// The digits of characters; no digit is `COUNT`.
const VALUES: [u8; 256] = {
    let mut values = [COUNT as u8; 256];
    let mut at = 0;
    while at < COUNT {
        values[DIGITS[at] as usize] = at as u8;
        at += 1;
    }
    values
};

/// Appends a number.
pub(super) fn push(mut number: u64, text: &mut Vec<u8>) {
    while number >= u64::from(MORE) {
        let low = number as usize % (1 << BITS);
        text.push(DIGITS[usize::from(MORE) + low]);
        number >>= BITS;
    }
    text.push(DIGITS[number as usize]);
}

/// Takes a number off the front.
pub(super) fn pull(text: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..u64::BITS).step_by(BITS as usize) {
        let (character, rest) = text.split_first()?;
        *text = rest;
        let digit = VALUES[usize::from(*character)];
        match digit {
            0..MORE => return Some(number | u64::from(digit) << shift),
            _ if usize::from(digit) == COUNT => return None,
            _ => number |= u64::from(digit - MORE) << shift,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in proptest::collection::vec(any::<u64>(), 0..5)) {
            let mut text = Vec::new();
            for number in numbers.iter().flat_map(|n| [*n, n >> 40, n >> 57]) {
                push(number, &mut text);
            }
            prop_assert!(text.is_ascii() && !text.contains(&0));
            let mut rest = text.as_slice();
            for number in numbers.iter().flat_map(|n| [*n, n >> 40, n >> 57]) {
                prop_assert_eq!(pull(&mut rest), Some(number));
            }
            prop_assert_eq!(pull(&mut rest), None);
        }

        #[test]
        fn any_text_is_numbers_or_none(text in "\\PC{0,20}") {
            let mut rest = text.as_bytes();
            while pull(&mut rest).is_some() {}
        }
    }

    #[test]
    fn small_numbers_are_one_character() {
        for number in 0..u64::from(MORE) {
            let mut text = Vec::new();
            push(number, &mut text);
            assert_eq!(text, [DIGITS[number as usize]]);
        }
    }
}
