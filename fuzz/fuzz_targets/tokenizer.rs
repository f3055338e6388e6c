//! Texts of any kind: tokens lie inside the text, in order, on boundaries of characters.
//!
//! Both ways to the tokens must agree, and their forms must be normal already.
#![no_main]

use esr_search::finnish::letter::normal;
use esr_search::finnish::token::{MAX_FORM, Scratch, Token, for_each_token, tokens};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let listed: Vec<Token<'_>> = tokens(text).collect();
    let (mut scratch, mut number) = (Scratch::default(), 0);
    for_each_token(text, &mut scratch, |token| {
        assert_eq!(listed.get(number), Some(&token));
        number += 1;
    });
    assert_eq!(number, listed.len());
    let mut end = 0;
    for (position, token) in listed.iter().enumerate() {
        assert_eq!(token.position as usize, position);
        assert!(token.start >= end && token.end > token.start, "{token:?}");
        assert!(text.get(token.start..token.end).is_some(), "{token:?}");
        if let Some((from, to)) = token.link {
            assert!(
                text.get(from..to).is_some_and(|half| !half.is_empty()),
                "{token:?}"
            );
        }
        assert!(
            !token.form.is_empty() && token.form.len() <= MAX_FORM,
            "{token:?}"
        );
        end = token.end;
    }
    let _ = normal(text);
});
