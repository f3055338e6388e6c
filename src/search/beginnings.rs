//! Where in a text a word may stand that a query asks for: where something
//! begins as its base form does. Most words need not be analysed then.

use std::ops::Range;

use aho_corasick::packed::{self, Searcher};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind, Span};

/// How many first letters a form must hold somewhere to be worth analysing.
const BEGINNING: usize = 3;

/// How many last letters of a base form its forms may lack or change:
/// työskennellä, työskentelen.
const CHANGING: usize = 5;

/// Letters of a base form at the most whose forms may begin otherwise: vesi, vettä;
/// lapsi, lasten.
const SHORT: usize = 5;

/// Finds what words begin with in texts, as it is written there: small, with a
/// capital, or in capitals.
pub(super) struct Beginnings {
    patterns: Patterns,
    /// What may be asked for of the words of a sentence where a pattern stands, one bit
    /// each.
    wants: Vec<u64>,
}

enum Patterns {
    /// Looked for many bytes at a time.
    Few(Searcher),
    /// Read letter by letter.
    Many(AhoCorasick),
}

impl Beginnings {
    /// What finds words with these base forms, each with a bit for what it answers;
    /// none if they are too many for it to be worth while.
    pub(super) fn of<'t>(terms: impl Iterator<Item = (&'t str, u64)>) -> Option<Self> {
        let terms: Vec<_> = terms.filter(|(term, _)| !term.is_empty()).collect();
        let short = terms
            .iter()
            .filter(|(term, _)| term.chars().count() <= SHORT);
        let anywhere = short.fold(0, |all, (_, wants)| all | wants);
        let terms = terms.iter();
        let beginnings = terms.map(|(term, wants)| (beginning(term), wants | anywhere));
        let mut beginnings: Vec<_> = beginnings.collect();
        least(&mut beginnings);
        let patterns = beginnings.iter().flat_map(|(beginning, wants)| {
            let mut rest = beginning.chars();
            let title = rest.next().into_iter().flat_map(char::to_uppercase);
            let title: String = title.chain(rest).collect();
            let ways = [beginning.to_uppercase(), title, (*beginning).to_owned()];
            ways.map(|way| (way, *wants))
        });
        let mut patterns: Vec<(String, u64)> = patterns.collect();
        least(&mut patterns);
        let (patterns, wants): (Vec<String>, _) = patterns.into_iter().unzip();
        let few = packed::Config::new().builder().extend(&patterns).build();
        let patterns = match few {
            Some(few) => Patterns::Few(few),
            None => Patterns::Many(many(&patterns)?),
        };
        Some(Self { patterns, wants })
    }

    /// Calls `each` for the beginnings in a text in their order, with what may be asked
    /// for there, or near it in a form that tells nobody: of what is short. One may begin
    /// inside of another: (työllisyys[pa)lvelu].
    pub(super) fn each(&self, text: &str, mut each: impl FnMut(Range<usize>, u64)) {
        let mut at = 0;
        while let Some((range, pattern)) = self.patterns.next(text, at) {
            at = range.start + 1;
            each(range, self.wants[pattern]);
        }
    }
}

impl Patterns {
    /// The first that stands in a text from there on, and which it is.
    fn next(&self, text: &str, from: usize) -> Option<(Range<usize>, usize)> {
        let span = Span::from(from..text.len());
        match self {
            Self::Few(few) => {
                let found = few.find_in(text, span)?;
                Some((found.range(), found.pattern().as_usize()))
            }
            Self::Many(many) => {
                let found = many.find(Input::new(text).span(span))?;
                Some((found.range(), found.pattern().as_usize()))
            }
        }
    }
}

fn many(patterns: &[String]) -> Option<AhoCorasick> {
    let mut builder = AhoCorasick::builder();
    let builder = builder
        .match_kind(MatchKind::LeftmostFirst)
        .kind(Some(AhoCorasickKind::NoncontiguousNFA));
    builder.build(patterns).ok()
}

/// The first letters that forms of a word share.
fn beginning(term: &str) -> &str {
    // In a text there may be a space before a hyphen, or none.
    let piece = term.split('-').max_by_key(|piece| piece.len());
    let piece = piece.unwrap_or(term);
    let lasting = piece.chars().count().saturating_sub(CHANGING);
    let end = piece.char_indices().nth(lasting.max(BEGINNING));
    end.map_or(piece, |(end, _)| &piece[..end])
}

/// Leaves out what begins with another one, and is found by that.
fn least<P: AsRef<str> + Ord>(patterns: &mut Vec<(P, u64)>) {
    patterns.sort_unstable();
    patterns.dedup_by(|(longer, wants), (shorter, of_shorter)| {
        let is_found = longer.as_ref().starts_with(shorter.as_ref());
        if is_found {
            *of_shorter |= *wants;
        }
        is_found
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(finder: &Beginnings, text: &str) -> Vec<(Range<usize>, u64)> {
        let mut all = Vec::new();
        finder.each(text, |range, wants| all.push((range, wants)));
        all
    }

    fn found(term: &str, text: &str) -> bool {
        let finder = Beginnings::of(std::iter::once((term, 1))).unwrap();
        !all(&finder, text).is_empty()
    }

    #[test]
    fn many_beginnings_are_found_as_few_are() {
        let words: Vec<String> = (0..400).map(|n| format!("sana{n}vartalo")).collect();
        let many = Beginnings::of(words.iter().map(|word| (word.as_str(), 2))).unwrap();
        assert!(matches!(many.patterns, Patterns::Many(_)));
        let few = Beginnings::of([("sana7vartalo", 2)].into_iter()).unwrap();
        assert!(matches!(few.patterns, Patterns::Few(_)));
        let text = "Ensin Sana7vartalot, sitten muut SANA7VARTALON jälkeen.";
        for finder in [many, few] {
            assert_eq!(all(&finder, text), [(6..13, 2), (33..40, 2)]);
        }
    }

    #[test]
    fn what_may_begin_there_is_told_even_inside_of_another_beginning() {
        let terms = [("työllisyyspalvelu", 1), ("palvelu", 2), ("lukiolainen", 4)];
        let finder = Beginnings::of(terms.into_iter()).unwrap();
        let found = all(&finder, "TYÖLLISYYSPALVELUT lukiolaiset");
        let found: Vec<u64> = found.into_iter().map(|(_, wants)| wants).collect();
        assert_eq!(found, [1, 2, 4]);
        // Words that begin alike are not told apart, and short ones may stand anywhere.
        let terms = [("opiskelija", 1), ("opiskella", 2), ("vesi", 4)];
        let finder = Beginnings::of(terms.into_iter()).unwrap();
        assert_eq!(all(&finder, "Opiskelijat vettä"), [(0..4, 1 | 2 | 4)]);
    }

    #[test]
    fn forms_begin_as_their_base_form_does_whatever_its_end_becomes() {
        for (term, form) in [
            ("osatyökykyinen", "OSATYÖKYKYISTEN"),
            ("äänekoski", "Äänekoskella"),
            ("työskennellä", "työskentelen"),
            ("hammas", "hampaan"),
            ("te-toimisto", "TE -toimiston"),
            ("palvelu", "työllisyyspalveluiden"),
        ] {
            assert!(found(term, form), "{term} {form}");
        }
        assert!(!found("osatyökykyinen", "osallistuja osaa"));
    }
}
