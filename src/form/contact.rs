//! The contact person's data, cut out of a text so that its lines stay.
//!
//! A person's name is no part of what a project is about. Whoever keeps or
//! shows a description takes it out first, and puts it back only on request.

use std::ops::Range;

use super::fold;
use super::project::Contact;

/// What was cut out of a text: where in the rest it belongs, in bytes, and what
/// it was; in the order of the text.
pub type Cuts = Vec<(usize, String)>;

/// The text without the contact person, and what was cut out of it. `contact`
/// is what was read in this very text.
#[must_use]
pub fn without_contact(text: &str, contact: &Contact<'_>) -> (String, Cuts) {
    let values = contact.values().filter_map(|value| range_in(text, value));
    let mut ranges: Vec<_> = values.collect();
    ranges.sort_by_key(|range| range.start);
    let (mut kept, mut cuts) = (String::with_capacity(text.len()), Vec::new());
    let mut from = 0;
    for range in ranges {
        let (before, value) = (text.get(from..range.start), text.get(range.clone()));
        if let (Some(before), Some(value)) = (before, value) {
            kept.push_str(before);
            cuts.push((kept.len(), value.to_owned()));
            from = range.end;
        }
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    (kept, cuts)
}

/// The text as it was before [`without_contact`].
#[must_use]
pub fn with_contact(kept: &str, cuts: &[(usize, String)]) -> String {
    let mut text = String::with_capacity(kept.len());
    let mut from = 0;
    for (at, value) in cuts {
        text.push_str(kept.get(from..*at).unwrap_or_default());
        text.push_str(value);
        from = *at;
    }
    text.push_str(kept.get(from..).unwrap_or_default());
    text
}

/// What labels of a contact person begin with, whatever follows, in small
/// letters. No other label of the forms does.
const BEGINNINGS: [&str; 4] = [
    "hankkeen yhteyshenkilö",
    "yhteyshenkilö",
    "project contact person",
    "contact person",
];

/// A label is not longer than this.
const LONGEST_LABEL: usize = 60;

/// What stands behind the title of a contact person's label; if the title can
/// be nothing else, the colon may be missing.
pub(super) fn behind<'t>(line: &'t str, title: &str) -> Option<&'t str> {
    if !fold::may_begin(line, title) {
        return None;
    }
    let bare = || {
        let rest = &line[fold::head(line, title)?..];
        (is_of_a_person(title) && rest.starts_with(fold::blank)).then(|| fold::clean(rest))
    };
    fold::value(line, title).or_else(bare)
}

/// What stands behind the colon of a label that only a contact person's data
/// can have, though the form has no such label: `Yhteyshenkilön puhelin:`.
pub(super) fn behind_any(line: &str) -> Option<&str> {
    let (label, value) = line.split_once(':')?;
    let value = fold::clean(value);
    (label.len() <= LONGEST_LABEL && !value.is_empty() && is_of_a_person(label)).then_some(value)
}

fn is_of_a_person(label: &str) -> bool {
    let label = label.trim_start().to_lowercase();
    BEGINNINGS.iter().any(|begin| label.starts_with(begin))
}

/// Where in `text` the slice `part` of it stands.
pub(super) fn range_in(text: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let end = start + part.len();
    (end <= text.len()).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::parse;

    const TEXT: &str = "1 Hanke\n2 Hakijan perustiedot\n\
        Hankkeen yhteyshenkilön nimi: Aino Esimerkki\n\
        Yhteyshenkilön sähköpostisoite: aino(at)koivu.example\n\
        Hankkeen yhteyshenkilön nimi: Eino Toinen\n\
        Jakeluosoite: Jäätie 1\n";

    #[test]
    fn the_contact_person_goes_and_comes_back() {
        let parsed = parse(TEXT);
        let (kept, cuts) = without_contact(TEXT, &parsed.project.applicant.contact);
        assert!(!kept.contains("Aino") && !kept.contains("koivu"), "{kept}");
        assert!(!kept.contains("Eino"), "the label stands twice: {kept}");
        assert_eq!(kept.lines().count(), TEXT.lines().count());
        assert!(kept.contains("Jakeluosoite: Jäätie 1"));
        assert_eq!(with_contact(&kept, &cuts), TEXT);
    }

    #[test]
    fn a_label_that_is_not_quite_the_forms_hides_a_person_too() {
        for line in [
            "Hankkeen yhteyshenkilön nimi Tuulikki Vaarakallio",
            "Hankkeen yhteyshenkilö: Tuulikki Vaarakallio",
            "Yhteyshenkilön puhelin: Tuulikki Vaarakallio",
            "Contact person: Tuulikki Vaarakallio",
        ] {
            let text = TEXT.replace("Hankkeen yhteyshenkilön nimi: Aino Esimerkki", line);
            let parsed = parse(&text);
            let (kept, _) = without_contact(&text, &parsed.project.applicant.contact);
            assert!(!kept.contains("Vaarakallio"), "{line}");
            let loose = parsed.project.unrecognised.iter();
            assert!(loose.clone().all(|part| !part.text.contains("Vaarakallio")));
        }
        assert_eq!(behind_any("Yhteistyökumppanit: kunnat"), None);
        assert_eq!(behind("Asema kylällä", "Asema"), None);
    }

    #[test]
    fn a_text_without_a_contact_person_stays() {
        let (kept, cuts) = without_contact("Jää\n", &Contact::default());
        assert_eq!((kept.as_str(), cuts), ("Jää\n", Vec::new()));
    }
}
