//! Where in a text a word may stand that a query asks for: where something
//! begins as its base form does. Most words need not be analysed then.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// How many first letters a form must hold somewhere to be worth analysing.
const BEGINNING: usize = 3;

/// How many last letters of a base form its forms may lack or change:
/// työskennellä, työskentelen.
const CHANGING: usize = 5;

/// Finds what words begin with in texts, as it is written there: small, with a
/// capital, or in capitals.
pub(super) fn beginnings<'t>(terms: impl Iterator<Item = &'t str>) -> Option<AhoCorasick> {
    let mut patterns: Vec<String> = Vec::new();
    for term in terms.filter(|term| !term.is_empty()) {
        // In a text there may be a space before a hyphen, or none.
        let piece = term.split('-').max_by_key(|piece| piece.len());
        let beginning = beginning(piece.unwrap_or(term));
        let mut rest = beginning.chars();
        let title = rest.next().into_iter().flat_map(char::to_uppercase);
        let title: String = title.chain(rest).collect();
        patterns.extend([beginning.to_uppercase(), title, beginning]);
    }
    patterns.sort();
    patterns.dedup();
    let mut builder = AhoCorasick::builder();
    // Quickly made, and quick while there are few.
    let builder = builder
        .match_kind(MatchKind::LeftmostFirst)
        .kind(Some(AhoCorasickKind::NoncontiguousNFA));
    // Too many for it: then everything is read.
    builder.build(patterns).ok()
}

/// The first letters that forms of a word share.
fn beginning(term: &str) -> String {
    let lasting = term.chars().count().saturating_sub(CHANGING);
    term.chars().take(lasting.max(BEGINNING)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(term: &str, text: &str) -> bool {
        let finder = beginnings(std::iter::once(term)).unwrap();
        finder.is_match(text)
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
