//! Finnish nouns and adjectives in eleven cases and two numbers, with consonant gradation and vowel
//! harmony. Made for text that looks right to an analyzer, from word lists of our own: rare types are left
//! out, and nothing here may serve the search itself, which must not be judged by its own rules.

use super::declension::{Stems, stems};

/// The cases, in the order of [`Noun::forms`].
pub(crate) const CASES: [&str; 11] = [
    "nom", "gen", "par", "ine", "ela", "ill", "ade", "abl", "all", "ess", "tra",
];

/// A word with its forms: eleven in the singular, then eleven in the plural.
#[derive(Clone, Debug)]
pub(crate) struct Noun {
    pub(crate) forms: Vec<String>,
    /// What stands before the rest of a compound.
    pub(crate) combining: String,
    pub(crate) front: bool,
}

impl Noun {
    /// Reads an entry of the word lists: `lemma`, `lemma:class`, `lemma/other-grade`, `lemma!`.
    pub(crate) fn parse(entry: &str) -> Self {
        let (entry, class) = entry.split_once(':').unwrap_or((entry, ""));
        let (lemma, other) = match entry.split_once('/') {
            Some((lemma, other)) => (lemma, Some(other)),
            None => (entry, None),
        };
        let fixed = lemma.ends_with('!');
        let lemma = lemma.trim_end_matches('!');
        let other = if fixed { Some(lemma) } else { other };
        let front = is_front(lemma.rsplit('+').next().unwrap_or(lemma));
        let joined = lemma.replace('+', "");
        let lemma = joined.as_str();
        let stems = stems(lemma, class, other, front);
        let combining = match lemma.strip_suffix("nen") {
            Some(stem) => format!("{stem}s"),
            None => lemma.to_owned(),
        };
        Self {
            forms: forms(lemma, &stems, front),
            combining,
            front,
        }
    }

    /// The dictionary form.
    pub(crate) fn lemma(&self) -> &str {
        &self.forms[0]
    }
}

/// Whether a word takes ä, ö and y in its endings.
pub(crate) fn is_front(word: &str) -> bool {
    let last = word.chars().rev().find(|letter| "aouäöy".contains(*letter));
    !matches!(last, Some('a' | 'o' | 'u'))
}

/// An ending written with back vowels, in the harmony asked for.
pub(crate) fn harmony(ending: &str, front: bool) -> String {
    if !front {
        return ending.to_owned();
    }
    ending
        .chars()
        .map(|letter| match letter {
            'a' => 'ä',
            'o' => 'ö',
            'u' => 'y',
            _ => letter,
        })
        .collect()
}

fn forms(lemma: &str, stems: &Stems, front: bool) -> Vec<String> {
    let end = |stem: &str, ending: &str| format!("{stem}{}", harmony(ending, front));
    let weak = &stems.weak;
    let mut forms = vec![lemma.to_owned(), end(weak, "n"), stems.partitive.clone()];
    forms.extend(["ssa", "sta"].map(|ending| end(weak, ending)));
    forms.push(stems.illative.clone());
    forms.extend(["lla", "lta", "lle"].map(|ending| end(weak, ending)));
    forms.extend([end(&stems.strong, "na"), end(weak, "ksi")]);
    let plural = &stems.plural;
    forms.extend([
        end(weak, "t"),
        plural.genitive.clone(),
        plural.partitive.clone(),
    ]);
    forms.extend(["ssa", "sta"].map(|ending| end(&plural.weak, ending)));
    forms.push(plural.illative.clone());
    forms.extend(["lla", "lta", "lle"].map(|ending| end(&plural.weak, ending)));
    forms.extend([end(&plural.strong, "na"), end(&plural.weak, "ksi")]);
    forms
}

/// The number of groups of vowels, which is near enough.
pub(crate) fn syllables(word: &str) -> usize {
    let vowel = |letter: char| "aeiouyäö".contains(letter);
    let letters: Vec<char> = word.chars().collect();
    (0..letters.len())
        .filter(|&at| vowel(letters[at]) && (at == 0 || !vowel(letters[at - 1])))
        .count()
        + usize::from(
            word.ends_with("ia")
                || word.ends_with("io")
                || word.ends_with("iö")
                || word.ends_with("eo"),
        )
}

/// `word` without its last `letters` letters.
pub(crate) fn shorten(word: &str, letters: usize) -> String {
    let keep = word.chars().count().saturating_sub(letters);
    word.chars().take(keep).collect()
}
