//! Links: what ties two written words into one token, or leaves one of them half.
//!
//! Apart from the tokenizer because this is where the texts are careless: `TE -toimisto`,
//! `Pohjois- Karjalan` and `TE–toimisto` are one word with a hyphen, while `työllistymis- ja
//! koulutuspalvelut` and `-kriteereiden` are halves that another word completes. Looks only a few
//! words ahead, so that reading stays linear.

use super::letter::{Class, Glyph, glyph, normal};

/// Words that stand between the members of a list.
const CONJUNCTIONS: &[&str] = &[
    "ja", "tai", "sekä", "eli", "että", "ynnä", "vai", "och", "eller",
];
/// Endings that hang on an abbreviation or a figure after a colon.
const COLON_ENDINGS: &[&str] = &[
    "n", "a", "ä", "ta", "tä", "aa", "ää", "na", "nä", "ksi", "ssa", "ssä", "sta", "stä", "lla",
    "llä", "lta", "ltä", "lle", "tta", "ttä", "t", "s", "an", "än", "en", "in", "on", "un", "yn",
    "ön", "een", "hon", "iin", "hin", "seen", "ia", "iä", "ja", "jä", "ien", "jen", "ita", "itä",
    "iden", "itten", "ten", "den", "tten", "hen", "han", "issa", "issä", "ista", "istä", "illa",
    "illä", "ilta", "iltä", "ille", "iksi", "ina", "inä", "isiin", "ihin", "nsa", "nsä", "lainen",
    "läinen", "laiset", "läiset", "laisten", "läisten", "nnen", "nteen", "ntena", "s.", "te",
];
/// Words that may hang on any of these endings.
const CLITICS: &[&str] = &["kin", "kaan", "kään", "ko", "kö", "han", "hän"];
/// How many words ahead the other half of a word is looked for.
const MAX_HOPS: usize = 8;

/// What follows a piece of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// Nothing: the word ends here.
    None,
    /// The word goes on at this place after a hyphen.
    Hyphen(usize),
    /// The same, but a space before the hyphen parts it from what stands before.
    Apart(usize),
    /// The word goes on at this place after an apostrophe.
    Apostrophe(usize),
    /// A colon and an ending up to this place belong to the word.
    Ending(usize),
    /// The word is the first half of one that is completed elsewhere; it ends at this place.
    Half(usize),
}

/// Looks at what follows the piece of a word that ends at `end`; `word` is its normal form.
pub(super) fn after(text: &str, end: usize, word: &str) -> Link {
    let Some(g) = glyph(text, end) else {
        return Link::None;
    };
    match g.class {
        Class::Hyphen => after_hyphen(text, g),
        Class::Space => after_space(text, g.next, word),
        Class::Apostrophe => match glyph(text, g.next).map(|n| n.class) {
            Some(Class::Letter) => Link::Apostrophe(g.next),
            _ => Link::None,
        },
        Class::Other if g.ch == ':' => match ending(text, g.next) {
            Some(end) => Link::Ending(end),
            None => Link::None,
        },
        _ => Link::None,
    }
}

fn after_hyphen(text: &str, hyphen: Glyph) -> Link {
    let Some(g) = glyph(text, hyphen.next) else {
        return Link::Half(hyphen.next);
    };
    match g.class {
        Class::Letter | Class::Digit => {
            let glued = ends_at_space(text, hyphen.next).is_some_and(is_conjunction);
            if glued {
                Link::Half(hyphen.next)
            } else {
                Link::Hyphen(hyphen.next)
            }
        }
        Class::Hyphen => Link::None,
        Class::Space => match spaces(text, hyphen.next) {
            Some((at, Class::Letter | Class::Digit)) if !lists(text, at) => Link::Hyphen(at),
            _ => Link::Half(hyphen.next),
        },
        _ => Link::Half(hyphen.next),
    }
}

/// ` -toimisto` after `TE`: a hyphen with a space before it only.
fn after_space(text: &str, at: usize, word: &str) -> Link {
    let Some((at, Class::Hyphen)) = spaces(text, at) else {
        return Link::None;
    };
    if is_conjunction(word) {
        return Link::None;
    }
    match glyph(text, at) {
        Some(hyphen) => match glyph(text, hyphen.next).map(|g| g.class) {
            Some(Class::Letter | Class::Digit) => Link::Apart(hyphen.next),
            _ => Link::None,
        },
        None => Link::None,
    }
}

/// The first thing after spaces, and where it is.
fn spaces(text: &str, mut at: usize) -> Option<(usize, Class)> {
    loop {
        let g = glyph(text, at)?;
        if g.class != Class::Space {
            return Some((at, g.class));
        }
        at = g.next;
    }
}

/// Tells whether the word at `at` shows that the half before it is a member of a list.
fn lists(text: &str, at: usize) -> bool {
    let end = word_end(text, at);
    if is_conjunction(&text[at..end]) {
        return true;
    }
    let Some(hyphen) = glyph(text, end).filter(|g| g.class == Class::Hyphen) else {
        return false;
    };
    match glyph(text, hyphen.next) {
        Some(g) if g.ch == ',' => true,
        Some(g) if g.class == Class::Space => matches!(spaces(text, g.next),
            Some((next, Class::Letter)) if is_conjunction(&text[next..word_end(text, next)])),
        _ => false,
    }
}

/// The word at `at` if white space or the end of the text follows it at once.
fn ends_at_space(text: &str, at: usize) -> Option<&str> {
    let end = word_end(text, at);
    let free = glyph(text, end).is_none_or(|g| matches!(g.class, Class::Space | Class::Newline));
    free.then(|| &text[at..end])
}

/// The end of the run of letters and digits at `at`.
pub(super) fn word_end(text: &str, mut at: usize) -> usize {
    while let Some(g) = glyph(text, at) {
        if !matches!(g.class, Class::Letter | Class::Digit) {
            break;
        }
        at = g.next;
    }
    at
}

/// Tells whether a word only stands between the members of a list.
pub(super) fn is_conjunction(word: &str) -> bool {
    if word.len() > 16 {
        return false;
    }
    CONJUNCTIONS.contains(&word) || CONJUNCTIONS.contains(&normal(word).as_str())
}

/// The end of the ending after a colon, if it is one.
fn ending(text: &str, at: usize) -> Option<usize> {
    let end = word_end(text, at);
    if end == at || end - at > 16 {
        return None;
    }
    let suffix = normal(&text[at..end]);
    let known = |s: &str| COLON_ENDINGS.contains(&s);
    let clitic = |c: &str| suffix.strip_suffix(c).is_some_and(known);
    (known(&suffix) || CLITICS.iter().any(|c| clitic(c))).then_some(end)
}

/// The end of the ending that hangs on a percent sign, from the place of the colon.
pub(super) fn colon_ending(text: &str, at: usize) -> Option<usize> {
    let colon = glyph(text, at).filter(|g| g.ch == ':')?;
    ending(text, colon.next)
}

/// The word that completes a first half which ends at `at`: `koulutuspalvelut` for `työllistymis-`.
pub(super) fn completed_by(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut at = at;
    for _ in 0..MAX_HOPS {
        let start = skip_list(text, at)?;
        let mut end = word_end(text, start);
        if is_conjunction(&text[start..end]) {
            at = end;
            continue;
        }
        while let Some(hyphen) = glyph(text, end).filter(|g| g.class == Class::Hyphen) {
            let next = word_end(text, hyphen.next);
            if next == hyphen.next {
                break;
            }
            end = next;
        }
        match glyph(text, end).filter(|g| g.class == Class::Hyphen) {
            Some(hyphen) => at = hyphen.next,
            None => return Some((start, end)),
        }
    }
    None
}

/// Passes spaces, commas, slashes and brackets to the next word of the same sentence.
fn skip_list(text: &str, mut at: usize) -> Option<usize> {
    loop {
        let g = glyph(text, at)?;
        match g.class {
            Class::Letter | Class::Digit => return Some(at),
            Class::Space | Class::Hyphen => {}
            Class::Other if matches!(g.ch, ',' | '/' | '&' | '(' | ')') => {}
            _ => return None,
        }
        at = g.next;
    }
}
