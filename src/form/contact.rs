//! The contact person's data, cut out of a text so that its lines stay.
//!
//! A person's name is no part of what a project is about. Whoever keeps or
//! shows a description takes it out first, and puts it back only on request.

use std::ops::Range;

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

/// Where in `text` the slice `part` of it stands.
fn range_in(text: &str, part: &str) -> Option<Range<usize>> {
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
    fn a_text_without_a_contact_person_stays() {
        let (kept, cuts) = without_contact("Jää\n", &Contact::default());
        assert_eq!((kept.as_str(), cuts), ("Jää\n", Vec::new()));
    }
}
