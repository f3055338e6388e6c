//! Reading titles and labels leniently: one printed text against one title.
//!
//! Apart so that every part of the parser forgives the same things and no
//! others: kinds of space, invisible characters, upper and lower case, kinds
//! of hyphen and apostrophe, a colon left out at the end. It knows no titles
//! and corrects nothing; what it gives back are slices of the source.

/// Whether `c` takes no room on paper: soft hyphen, zero-width marks, BOM.
pub(super) fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// Whether `c` is a space of any kind or takes no room.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() || invisible(c)
}

/// How many bytes of `line` read as `title`, if it begins with it.
pub(super) fn head(line: &str, title: &str) -> Option<usize> {
    if line.starts_with(title) {
        return Some(title.len());
    }
    let mut at = 0;
    for wanted in title.chars() {
        let rest = &line[at..];
        if wanted == ' ' {
            let gap = rest.len() - rest.trim_start_matches(blank).len();
            if gap == 0 {
                return None;
            }
            at += gap;
            continue;
        }
        let seen = rest.trim_start_matches(invisible);
        let found = seen.chars().next()?;
        if !same(found, wanted) {
            return None;
        }
        at += rest.len() - seen.len() + found.len_utf8();
    }
    Some(at)
}

/// Whether the whole line reads as `title`, with or without a closing colon.
pub(super) fn whole(line: &str, title: &str) -> bool {
    head(line, title).is_some_and(|end| {
        let rest = line[end..].trim_matches(blank);
        rest.is_empty() || rest == ":"
    })
}

/// What stands after the label `title`: `""` when the line ends there, `None`
/// when the line is something else. A colon parts the two; a tab or a table's
/// bar does as well.
pub(super) fn value<'t>(line: &'t str, title: &str) -> Option<&'t str> {
    let rest = &line[head(line, title)?..];
    let text = rest.trim_start_matches(blank);
    let parted = text.is_empty() || text.starts_with([':', '|']) || rest.starts_with('\t');
    parted.then(|| clean(text.strip_prefix(':').unwrap_or(text)))
}

/// `text` without spaces, invisible characters and table bars at its ends.
pub(super) fn clean(text: &str) -> &str {
    text.trim_matches(|c| blank(c) || c == '|')
}

/// Whether a title can begin with the byte a line begins with; a cheap "no"
/// before the slow comparison.
pub(super) fn may_begin(line: &str, title: &str) -> bool {
    match (line.as_bytes().first(), title.as_bytes().first()) {
        (Some(a), Some(b)) => a | 0x20 == b | 0x20 || *a >= 0xC2,
        _ => false,
    }
}

fn same(a: char, b: char) -> bool {
    a == b || plain(a) == plain(b)
}

fn plain(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'Ä' => 'ä',
        'Ö' => 'ö',
        'Å' => 'å',
        '\u{2010}'..='\u{2014}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '´' | '`' => '\'',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_parts_from_its_value_at_the_colon() {
        assert_eq!(value("Hankekoodi: S20015", "Hankekoodi"), Some("S20015"));
        assert_eq!(value("Hankekoodi :S20015 ", "Hankekoodi"), Some("S20015"));
        assert_eq!(value("Hankekoodi\tS20015", "Hankekoodi"), Some("S20015"));
        assert_eq!(value("Hankekoodi | S20015 |", "Hankekoodi"), Some("S20015"));
        assert_eq!(value("WWW-osoite:", "WWW-osoite"), Some(""));
    }

    #[test]
    fn a_longer_word_is_not_the_label() {
        assert_eq!(value("Hankekoodisto: x", "Hankekoodi"), None);
        assert_eq!(value("Kunnat ovat mukana", "Kunnat"), None);
        assert_eq!(value("", "Kunnat"), None);
    }

    #[test]
    fn spaces_soft_hyphens_case_and_dashes_are_forgiven() {
        let title = "Hakijoiden lukumäärä tai tuen siirto -menettely";
        let printed = "HAKIJOIDEN luku\u{AD}määrä\u{A0}tai  tuen siirto \u{2013}menettely : x";
        assert_eq!(value(printed, title), Some("x"));
        assert!(whole(
            "contact person\u{2019}s name :",
            "Contact person's name"
        ));
        assert!(!whole("Kunnat: Kemi", "Kunnat"));
    }

    #[test]
    fn the_first_byte_decides_only_when_it_is_sure() {
        assert!(may_begin("hanke", "Hanke"));
        assert!(may_begin("\u{AD}Hanke", "Hanke"));
        assert!(!may_begin("Kunta", "Hanke"));
        assert!(!may_begin("", "Hanke"));
    }
}
