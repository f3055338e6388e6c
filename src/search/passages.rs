//! Cuts passages: sentences in which words of a query stand, on one line each.
//!
//! A sentence is never cut inside a character and only cut at all when long.

use std::ops::Range;

use super::pick::Sentence;

/// The longest passage in characters; a longer sentence is cut at words.
const MAX_PASSAGE: usize = 240;

/// How much is kept before the first word found when a sentence is cut.
const LEAD: usize = 80;

/// A passage of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Row of FIELDS that the text is from.
    pub row: usize,
    /// The text on one line, white space folded.
    pub text: String,
    /// Byte ranges in `text` of the words found, in order.
    pub highlights: Vec<Range<usize>>,
    /// The text goes on before or after it within its sentence.
    pub cut: (bool, bool),
}

/// Makes a passage of a sentence: cut if long, white space folded.
pub(super) fn passage(row: usize, text: &str, sentence: &Sentence) -> Passage {
    let range = shorten(text, sentence);
    let mut passage = Passage {
        row,
        text: String::with_capacity(range.len()),
        highlights: Vec::new(),
        cut: (
            range.start > sentence.range.start,
            range.end < sentence.range.end,
        ),
    };
    let mut words = sentence
        .words
        .iter()
        .filter(|w| w.start >= range.start && w.end <= range.end);
    let mut word = words.next();
    let mut begun = None;
    for (at, c) in text[range.clone()].char_indices() {
        let at = range.start + at;
        if word.is_some_and(|w| w.start == at) {
            begun = Some(passage.text.len());
        }
        if !c.is_whitespace() {
            passage.text.push(c);
        } else if !passage.text.ends_with(' ') {
            passage.text.push(' ');
        }
        if word.is_some_and(|w| w.end == at + c.len_utf8()) {
            passage
                .highlights
                .extend(begun.take().map(|start| start..passage.text.len()));
            word = words.next();
        }
    }
    passage
}

/// The part of a sentence to show: all of it, or a window around its words.
fn shorten(text: &str, sentence: &Sentence) -> Range<usize> {
    let whole = &text[sentence.range.clone()];
    if whole.chars().count() <= MAX_PASSAGE {
        return sentence.range.clone();
    }
    let first = sentence
        .words
        .first()
        .map_or(sentence.range.start, |w| w.start);
    let before = &text[sentence.range.start..first];
    let lead = before
        .char_indices()
        .rev()
        .take(LEAD)
        .last()
        .map_or(0, |(at, _)| at);
    let lead = match before[lead..].find(char::is_whitespace) {
        _ if lead == 0 => 0,
        Some(space) => lead + space,
        None => before.len(),
    };
    let start = sentence.range.start + lead;
    let start = start + text[start..first].len() - text[start..first].trim_start().len();
    let rest = &text[start..sentence.range.end];
    let Some((limit, _)) = rest.char_indices().nth(MAX_PASSAGE) else {
        return start..sentence.range.end;
    };
    let keep = sentence.words.first().map_or(0, |w| w.end - start);
    let end = rest[..limit]
        .rfind(char::is_whitespace)
        .filter(|end| *end >= keep);
    let end = end.unwrap_or(limit.max(keep));
    start..start + rest[..end].trim_end().len().max(keep)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_cut_at_words_around_the_word_found() {
        let text = format!(
            "{}osatyökykyisten {}",
            "äiti ".repeat(100),
            "öljy ".repeat(100)
        );
        let at = text.find("osa").unwrap();
        let word = at..at + "osatyökykyisten".len();
        let found = Sentence {
            range: 0..text.trim_end().len(),
            words: Vec::from([word]),
            wants: 1,
        };
        let passage = passage(2, &text, &found);
        assert!(passage.text.chars().count() <= MAX_PASSAGE);
        assert!(passage.text.starts_with("äiti ") && passage.text.ends_with("öljy"));
        assert_eq!(
            &passage.text[passage.highlights[0].clone()],
            "osatyökykyisten"
        );
        assert_eq!(passage.cut, (true, true));
    }

    #[test]
    fn white_space_is_folded_and_highlights_still_fit() {
        let text = "a\u{a0}\u{a0} b  nuoret";
        let at = text.find("nuoret").unwrap();
        let found = Sentence {
            range: 0..text.len(),
            words: std::iter::once(at..text.len()).collect(),
            wants: 1,
        };
        let passage = passage(2, text, &found);
        assert_eq!(passage.text, "a b nuoret");
        assert_eq!(&passage.text[passage.highlights[0].clone()], "nuoret");
    }
}
