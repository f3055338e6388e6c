//! What is known of places beside what descriptions print.
//!
//! The form prints sub-regions in the genitive, and not all descriptions name
//! the region of their municipalities. Two lists, both of public knowledge:
//! `regions.txt` has the municipalities of each region, those of today first,
//! then those that were joined to others since 2007; `subregions.txt` has the
//! nominatives. An underscore stands for a space.

use std::collections::HashMap;
use std::sync::LazyLock;

static REGIONS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("regions.txt").lines();
    let lines = lines.filter_map(|line| line.split_once(':'));
    lines
        .flat_map(|(region, places)| {
            let places = places.split_whitespace();
            places.map(move |place| (place.replace('_', " "), region))
        })
        .collect()
});

static NOMINATIVES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let lines = include_str!("subregions.txt").lines();
    let lines = lines.filter_map(|line| line.split_once(' '));
    lines
        .map(|(genitive, nominative)| (genitive.replace('_', " "), nominative.replace('_', " ")))
        .collect()
});

/// The region of a municipality.
pub(super) fn region_of(municipality: &str) -> Option<&'static str> {
    REGIONS.get(municipality).copied()
}

/// A sub-region's name in the nominative; as it is if it is not known.
pub(super) fn nominative(subregion: &str) -> &str {
    NOMINATIVES.get(subregion).map_or(subregion, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_municipality_is_in_one_region() {
        let listed = include_str!("regions.txt").split_whitespace().count();
        let regions = include_str!("regions.txt").lines().count();
        assert_eq!(regions, 19);
        assert_eq!(REGIONS.len(), listed - regions, "a name stands twice");
        assert_eq!(region_of("Kemi"), Some("Lappi"));
        assert_eq!(region_of("Koski Tl"), Some("Varsinais-Suomi"));
        assert_eq!(region_of("Tukholma"), None);
    }

    #[test]
    fn a_genitive_has_its_nominative() {
        assert_eq!(nominative("Sisä-Savon"), "Sisä-Savo");
        assert_eq!(nominative("Pielisen Karjalan"), "Pielisen Karjala");
        assert_eq!(nominative("Ålands skärgård"), "Ålands skärgård");
    }
}
