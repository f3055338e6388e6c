//! Numbers in as few bytes as they need, seven bits a byte, the lowest first.
//!
//! For files and logs where most numbers are small.

use std::io;

/// Appends a number, seven bits a byte.
pub(super) fn push_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number off the front.
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = u32::from(first & 0x7f);
        if shift == 28 && bits > 0xf {
            return None;
        }
        number |= bits << shift;
        if *first < 0x80 {
            return Some(number);
        }
    }
    None
}

/// A size as a number.
///
/// # Errors
/// When it is none of 32 bits.
pub(super) fn short(size: usize) -> io::Result<u32> {
    u32::try_from(size).map_err(|_| io::Error::other("a form or its list is too long"))
}

/// Takes so many bytes off the front.
pub(super) fn take_bytes<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (first, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(number in any::<u32>()) {
            let mut bytes = Vec::new();
            push_number(number, &mut bytes);
            let mut rest = bytes.as_slice();
            prop_assert_eq!(take_number(&mut rest), Some(number));
            prop_assert!(rest.is_empty());
        }
    }

    #[test]
    fn a_number_that_is_too_long_is_none() {
        assert_eq!(take_number(&mut [0xff; 6].as_slice()), None);
        assert_eq!(
            take_number(&mut [0xff, 0xff, 0xff, 0xff, 0x1f].as_slice()),
            None
        );
        assert_eq!(take_number(&mut [0x80].as_slice()), None);
    }
}
