//! Where sentences begin and end in texts that people typed: full stops stand
//! in dates and short forms, and lines end without one.

use std::ops::Range;

use memchr::{memchr, memchr3_iter, memrchr};

/// The sentence that a range stands in, without white space at its ends; none
/// of it stands before `from`.
pub(super) fn sentence_around(text: &str, from: usize, range: &Range<usize>) -> Range<usize> {
    let start = from + last_bound(&text[from..range.start]);
    let end = first_bound(text, range.end);
    let part = &text[start..end];
    let start = start + part.len() - part.trim_start().len();
    start..start + text[start..end].trim_end().len()
}

/// Where a sentence begins that reaches to the end of `before`.
fn last_bound(before: &str) -> usize {
    let line = memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
    let ends = marks(&before[line..]).map(|at| line + at + 1);
    let ends = ends.filter(|end| ends_sentence(&before[..*end], &before[*end..]));
    ends.last().unwrap_or(line)
}

/// Where the sentence ends that goes on at `from`.
fn first_bound(text: &str, from: usize) -> usize {
    let rest = &text.as_bytes()[from..];
    let line = memchr(b'\n', rest).map_or(text.len(), |end| from + end);
    let mut ends = marks(&text[from..line]).map(|at| from + at + 1);
    let end = ends.find(|end| ends_sentence(&text[..*end], &text[*end..]));
    end.unwrap_or(line)
}

/// Where sentences may end in a line.
fn marks(line: &str) -> impl Iterator<Item = usize> {
    memchr3_iter(b'.', b'!', b'?', line.as_bytes())
}

/// A full stop ends a sentence if a capital follows, after a space or glued
/// to a lower-case word, and what stands before it is no number or initial.
fn ends_sentence(before: &str, after: &str) -> bool {
    let mut rest = after.chars();
    let next = rest.next();
    let follows = match next {
        None => return true,
        Some(c) if c.is_whitespace() => rest
            .find(|c| !c.is_whitespace())
            .is_none_or(|c| !c.is_lowercase()),
        Some(c) => c.is_uppercase(),
    };
    let word = before.trim_end_matches(['.', '!', '?']);
    let last = word.chars().next_back();
    let length = word
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric())
        .take(4)
        .count();
    let glued = next.is_some_and(char::is_uppercase);
    follows && last.is_some_and(|c| !c.is_ascii_digit()) && length > if glued { 3 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence<'t>(text: &'t str, word: &str) -> &'t str {
        let at = text.find(word).unwrap();
        &text[sentence_around(text, 0, &(at..at + word.len()))]
    }

    #[test]
    fn a_passage_is_one_sentence() {
        let text = "Ensin tämä. Sitten nuoret tulevat mukaan! Lopuksi muut.\nUusi rivi";
        assert_eq!(sentence(text, "nuoret"), "Sitten nuoret tulevat mukaan!");
        assert_eq!(sentence(text, "Uusi"), "Uusi rivi");
        assert_eq!(sentence(text, "Ensin"), "Ensin tämä.");
        assert_eq!(sentence(text, "mukaan"), "Sitten nuoret tulevat mukaan!");
    }

    #[test]
    fn glued_sentences_come_apart_and_dates_do_not() {
        let text = "Tukea löytymiseksi.Hankkeen aika on 1.3.2015 alkaen ja n. 20 nuorta tulee.";
        assert_eq!(
            sentence(text, "nuorta"),
            "Hankkeen aika on 1.3.2015 alkaen ja n. 20 nuorta tulee."
        );
    }
}
