//! Where in a text a word may stand that a query asks for: where something
//! begins as its base form does. Most words need not be analysed then.

use std::ops::Range;

use aho_corasick::packed::{self, Searcher};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// How many first letters a form must hold somewhere to be worth analysing.
const BEGINNING: usize = 3;

/// How many last letters of a base form its forms may lack or change:
/// työskennellä, työskentelen.
const CHANGING: usize = 5;

/// Finds what words begin with in texts, as it is written there: small, with a
/// capital, or in capitals.
pub(super) enum Beginnings {
    /// Looked for many bytes at a time.
    Few(Searcher),
    /// Read letter by letter.
    Many(AhoCorasick),
}

impl Beginnings {
    /// What finds words with these base forms; none if they are too many for
    /// it to be worth while.
    pub(super) fn of<'t>(terms: impl Iterator<Item = &'t str>) -> Option<Self> {
        let terms = terms.filter(|term| !term.is_empty());
        let mut beginnings: Vec<&str> = terms.map(beginning).collect();
        least(&mut beginnings);
        let patterns = beginnings.into_iter().flat_map(|beginning| {
            let mut rest = beginning.chars();
            let title = rest.next().into_iter().flat_map(char::to_uppercase);
            let title: String = title.chain(rest).collect();
            [beginning.to_uppercase(), title, beginning.to_owned()]
        });
        let mut patterns: Vec<String> = patterns.collect();
        least(&mut patterns);
        let few = packed::Config::new().builder().extend(&patterns).build();
        if let Some(few) = few {
            return Some(Self::Few(few));
        }
        let mut builder = AhoCorasick::builder();
        let builder = builder
            .match_kind(MatchKind::LeftmostFirst)
            .kind(Some(AhoCorasickKind::NoncontiguousNFA));
        builder.build(patterns).ok().map(Self::Many)
    }

    /// The beginnings in a text, one behind the other.
    pub(super) fn all(&self, text: &str) -> Vec<Range<usize>> {
        match self {
            Self::Few(few) => few.find_iter(text).map(|found| found.range()).collect(),
            Self::Many(many) => many.find_iter(text).map(|found| found.range()).collect(),
        }
    }
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
fn least<P: AsRef<str> + Ord>(patterns: &mut Vec<P>) {
    patterns.sort_unstable();
    patterns.dedup_by(|longer, shorter| longer.as_ref().starts_with(shorter.as_ref()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(term: &str, text: &str) -> bool {
        let finder = Beginnings::of(std::iter::once(term)).unwrap();
        !finder.all(text).is_empty()
    }

    #[test]
    fn many_beginnings_are_found_as_few_are() {
        let words: Vec<String> = (0..400).map(|n| format!("sana{n}vartalo")).collect();
        let many = Beginnings::of(words.iter().map(String::as_str)).unwrap();
        assert!(matches!(many, Beginnings::Many(_)));
        let few = Beginnings::of(["sana7vartalo"].into_iter()).unwrap();
        assert!(matches!(few, Beginnings::Few(_)));
        let text = "Ensin Sana7vartalot, sitten muut SANA7VARTALON jälkeen.";
        for finder in [many, few] {
            assert_eq!(finder.all(text), [6..13, 33..40]);
        }
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
