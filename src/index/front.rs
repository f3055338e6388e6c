//! Texts in order, each as what it shares with the one before and what it adds (front
//! coding).

use std::io;

use super::varint::{push_number, short, take_bytes, take_number};

/// Appends the text that follows `last` in a list, and puts it in its place.
///
/// # Errors
/// When it is too long.
pub(super) fn push_text(text: &[u8], last: &mut Vec<u8>, out: &mut Vec<u8>) -> io::Result<()> {
    let shared = last.iter().zip(text).take_while(|(a, b)| a == b).count();
    let added = &text[shared..];
    push_number(short(shared)?, out);
    push_number(short(added.len())?, out);
    out.extend_from_slice(added);
    last.truncate(shared);
    last.extend_from_slice(added);
    Ok(())
}

/// Takes the text that follows `last` in a list off the front, and puts it in its
/// place.
pub(super) fn take_text(bytes: &mut &[u8], last: &mut Vec<u8>) -> Option<()> {
    let shared = take_number(bytes)? as usize;
    let added = take_number(bytes)? as usize;
    let added = take_bytes(bytes, added)?;
    if shared > last.len() {
        return None;
    }
    last.truncate(shared);
    last.extend_from_slice(added);
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_come_back(texts in proptest::collection::vec("[ab]{0,4}", 0..8)) {
            let (mut bytes, mut last) = (Vec::new(), Vec::new());
            for text in &texts {
                push_text(text.as_bytes(), &mut last, &mut bytes).unwrap();
            }
            let (mut rest, mut last) = (bytes.as_slice(), Vec::new());
            for text in &texts {
                prop_assert_eq!(take_text(&mut rest, &mut last), Some(()));
                prop_assert_eq!(&last, text.as_bytes());
            }
            prop_assert!(rest.is_empty());
        }
    }

    #[test]
    fn what_shares_more_than_there_is_is_no_text() {
        let mut last = b"ab".to_vec();
        assert_eq!(take_text(&mut [3, 1, b'c'].as_slice(), &mut last), None);
        assert_eq!(last, b"ab");
        assert_eq!(take_text(&mut [2, 1, b'c'].as_slice(), &mut last), Some(()));
        assert_eq!(last, b"abc");
    }
}
