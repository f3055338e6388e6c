//! Names of projects: when two are one but for a number, and when a text
//! speaks of a project by its name.
//!
//! A name often has a short one in front: Askelmerkit – osatyökykyisten
//! reitit. Texts quote that one, mostly as Askelmerkit-hanke. Short names are
//! everyday words too, so they count only in quotes or before such an ending.

/// What stands between a short name and the rest.
const JOINTS: [&str; 6] = [" – ", " — ", " - ", ": ", " (", ", "];

/// Words that number the parts of a project.
const NUMBERS: [&str; 11] = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "jatko",
    "jatkohanke",
    "vaihe",
    "osa",
    "part",
    "phase",
];

/// What follows a short name that means a project, in lower case.
const ENDINGS: [&str; 8] = [
    "-hank", " -hank", "-projek", " -projek", " hank", "\"", "”", "»",
];

/// The fewest letters of a name that is looked for in texts.
const LEAST_LETTERS: usize = 4;

/// A name without its number: small letters, one space between words.
pub(super) fn unnumbered(name: &str) -> String {
    let name = name.to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| {
        let number = word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit());
        !number && !NUMBERS.contains(word)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A name as it is held against others: without its number, whole and in its
/// beginnings up to each joint.
pub(super) struct Name(Vec<String>);

impl Name {
    pub(super) fn new(name: &str) -> Self {
        let joints = JOINTS.iter().flat_map(|joint| name.match_indices(joint));
        let ends = std::iter::once(name.len()).chain(joints.map(|(at, _)| at));
        Self(ends.map(|end| unnumbered(&name[..end])).collect())
    }

    /// Whether two names are of sister projects: one but for a number, or one in
    /// their beginnings, if these are no single word.
    pub(super) fn is_sister_of(&self, other: &Self) -> bool {
        let (one, other) = (&self.0, &other.0);
        let long = |name: &str| name.chars().count() >= LEAST_LETTERS;
        let several = |name: &&String| name.contains(' ');
        one.first() == other.first() && one.first().is_some_and(|name| long(name))
            || one.iter().filter(several).any(|name| other.contains(name))
    }
}

/// The short name, if a name has one.
pub(super) fn short(name: &str) -> Option<&str> {
    let ends = JOINTS.iter().filter_map(|joint| name.find(joint));
    let short = name[..ends.min()?].trim_matches(is_quote);
    let letters = short.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= LEAST_LETTERS).then_some(short)
}

/// The names by which a text may speak of a project, each with whether it says
/// enough by itself.
pub(super) fn spoken(name: &str) -> Vec<(&str, bool)> {
    let whole = name.trim_matches(is_quote);
    let words = whole.split_whitespace().count();
    let telling = words >= 3 || words == 2 && whole.chars().count() >= 14;
    let mut names = vec![(whole, telling)];
    names.extend(short(name).map(|short| (short, short.split_whitespace().count() >= 3)));
    names.retain(|(name, _)| name.chars().filter(|c| c.is_alphabetic()).count() >= LEAST_LETTERS);
    names
}

/// Whether a text speaks of the project of this name.
pub(super) fn speaks_of(text: &str, name: &str) -> bool {
    let mut names = spoken(name).into_iter();
    names.any(|(name, telling)| {
        let mut places = text.match_indices(name);
        places.any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = &text[at + name.len()..];
            let bound = before.is_none_or(|c| !c.is_alphanumeric() && c != '-');
            let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
            bound && (telling && ends || is_meant(before, after))
        })
    })
}

/// Whether what stands around a short name makes it a project's.
fn is_meant(before: Option<char>, after: &str) -> bool {
    let next: String = after.chars().take(8).collect::<String>().to_lowercase();
    let ending = ENDINGS.iter().find(|ending| next.starts_with(**ending));
    match ending {
        Some(ending) if ending.starts_with(is_quote) => before.is_some_and(is_quote),
        other => other.is_some(),
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '„' | '»' | '«' | '\'' | '’' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_sisters(one: &str, other: &str) -> bool {
        Name::new(one).is_sister_of(&Name::new(other))
    }

    #[test]
    fn sister_projects_have_one_name_but_for_its_number() {
        assert!(are_sisters("Uutta virtaa", "Uutta virtaa 2"));
        assert!(are_sisters("Uutta virtaa II", "Uutta Virtaa -jatkohanke"));
        assert!(!are_sisters("Uutta virtaa", "Uutta voimaa"));
        assert!(!are_sisters("2", "3"));
        let parts = [
            "Arjesta ammattiin – Joensuun seutu",
            "Arjesta ammattiin, Kitee",
        ];
        assert!(are_sisters(parts[0], parts[1]));
        assert!(are_sisters(
            "Taito - Uusi työ",
            "Taito - Uusi työ, Etelä-Karjala"
        ));
        assert!(!are_sisters("Polku – Kemi", "Polku – Oulu"));
    }

    #[test]
    fn a_text_speaks_of_a_project_by_its_short_name() {
        let name = "Askelmerkit – osatyökykyisten reitit palkkatyöhön";
        assert!(speaks_of("jatkaa Askelmerkit-hankkeen työtä", name));
        assert!(speaks_of("jatkaa Askelmerkit -hankkeen työtä", name));
        assert!(speaks_of("kuten hankkeessa ”Askelmerkit” tehtiin", name));
        assert!(speaks_of(&format!("hanke {name}, jossa"), name));
        assert!(!speaks_of("Askelmerkit ovat selvät", name));
        assert!(!speaks_of("EteläAskelmerkit-hanke", name));
    }

    #[test]
    fn a_name_that_is_an_everyday_word_needs_more_around_it() {
        assert!(!speaks_of("Polku työhön on pitkä", "Polku"));
        assert!(speaks_of("aiempi Polku-hanke", "Polku"));
        assert!(!speaks_of("TE -toimisto", "TE"));
    }
}
