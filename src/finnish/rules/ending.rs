//! The endings of Finnish as a table: what may stand at the end of a form, and on what stem.
//!
//! Apart from the code that takes them off because they are knowledge, to be read and corrected as
//! such. Patterns are ASCII: `A` stands for a/ä, `O` for o/ö, `U` for u/y. Costs are tenths of a
//! unit of surprise, fitted to running text; they rank the guesses for a form that the collection
//! says nothing about. No word stands here for its own sake.

/// What kind of stem an ending is joined to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stem {
    /// A noun's vowel stem in weak grade: `kadu-n`.
    Weak,
    /// A noun's vowel stem in strong grade: `katu-na`.
    Strong,
    /// A noun's plural stem without its i, in weak grade: `kadu-i-lla`, `lusiko-i-ta`.
    Plural,
    /// The same in strong grade: `katu-i-na`, `asem-i-en`.
    PluralStrong,
    /// A noun's consonant stem: `yritys-tä`, `nuor-ten`.
    Consonant,
    /// A verb's vowel stem in weak grade: `anna-n`.
    VerbWeak,
    /// A verb's vowel stem in strong grade: `anta-nut`.
    Verb,
    /// A verb's stem before the i of the past or the conditional: `anto-i`, `halus-i`.
    Past,
    /// The same in weak grade: `anno-i-n`.
    PastWeak,
    /// A verb's stem before the passive: `puhu-taan`, `anne-ttu`.
    Passive,
    /// A verb's consonant stem, the ending's first letter its own: `tul-lut`, `nous-sut`.
    VerbConsonant,
    /// What is left is the infinitive itself: `tulla-an`.
    Infinitive,
}

/// An ending: pattern, stem before it, cost.
pub(super) type Ending = (&'static str, Stem, i16);

/// Endings of nouns, adjectives and verbs.
pub(super) const ENDINGS: &[Ending] = &[
    // The singular.
    ("n", Stem::Weak, 8),
    ("t", Stem::Weak, 11),
    ("ssA", Stem::Weak, -5),
    ("stA", Stem::Weak, -3),
    ("llA", Stem::Weak, -2),
    ("ltA", Stem::Weak, -10),
    ("lle", Stem::Weak, -13),
    ("ksi", Stem::Weak, -5),
    ("ttA", Stem::Weak, 24),
    ("nA", Stem::Strong, -6),
    ("nA", Stem::Consonant, 18),
    ("A", Stem::Strong, 0),
    ("tA", Stem::Strong, 18),
    ("seen", Stem::Strong, -6),
    ("tA", Stem::Consonant, 8),
    ("ttA", Stem::Consonant, 33),
    // The plural.
    ("issA", Stem::Plural, -3),
    ("istA", Stem::Plural, -7),
    ("illA", Stem::Plural, -1),
    ("iltA", Stem::Plural, -9),
    ("ille", Stem::Plural, -13),
    ("iksi", Stem::Plural, 6),
    ("inA", Stem::PluralStrong, 5),
    ("in", Stem::Plural, 26),
    ("ittA", Stem::Plural, 14),
    ("iin", Stem::PluralStrong, 3),
    ("ihin", Stem::PluralStrong, -9),
    ("isiin", Stem::Plural, -9),
    ("iA", Stem::PluralStrong, -3),
    ("jA", Stem::PluralStrong, -6),
    ("itA", Stem::Plural, 3),
    ("ien", Stem::PluralStrong, -7),
    ("jen", Stem::PluralStrong, -3),
    ("iden", Stem::Plural, -9),
    ("itten", Stem::Plural, -2),
    ("ten", Stem::Consonant, -6),
    ("ineen", Stem::PluralStrong, -2),
    ("ine", Stem::PluralStrong, 12),
    // Persons and tenses.
    ("n", Stem::VerbWeak, 26),
    ("t", Stem::VerbWeak, 28),
    ("mme", Stem::VerbWeak, 4),
    ("tte", Stem::VerbWeak, 3),
    ("vAt", Stem::Verb, -8),
    ("vAn", Stem::Verb, -1),
    ("vA", Stem::Verb, 6),
    ("vAA", Stem::Verb, -4),
    ("vAnA", Stem::Verb, 2),
    ("viA", Stem::Verb, 3),
    ("vien", Stem::Verb, -7),
    ("ville", Stem::Verb, -5),
    ("villA", Stem::Verb, 1),
    ("vissA", Stem::Verb, 5),
    ("vistA", Stem::Verb, -4),
    ("vAssA", Stem::Verb, 1),
    ("vAstA", Stem::Verb, -5),
    ("vAllA", Stem::Verb, 1),
    ("vAksi", Stem::Verb, 6),
    ("in", Stem::PastWeak, 21),
    ("it", Stem::PastWeak, 30),
    ("i", Stem::Past, 17),
    ("imme", Stem::PastWeak, -1),
    ("itte", Stem::PastWeak, 14),
    ("ivAt", Stem::Past, -11),
    ("isin", Stem::Past, 6),
    ("isit", Stem::Past, 1),
    ("isi", Stem::Past, -6),
    ("isimme", Stem::Past, -9),
    ("isitte", Stem::Past, 2),
    ("isivAt", Stem::Past, -14),
    // Participles and infinitives.
    ("nUt", Stem::Verb, -10),
    ("neet", Stem::Verb, -10),
    ("neen", Stem::Verb, -5),
    ("neitA", Stem::Verb, -9),
    ("neiden", Stem::Verb, 9),
    ("neille", Stem::Verb, -6),
    ("neensA", Stem::Verb, 6),
    ("mAssA", Stem::Verb, -11),
    ("mAstA", Stem::Verb, -10),
    ("mAAn", Stem::Verb, -12),
    ("mAllA", Stem::Verb, -12),
    ("mAttA", Stem::Verb, -7),
    ("mA", Stem::Verb, 1),
    ("mAn", Stem::Verb, 19),
    ("mAt", Stem::Verb, 13),
    ("miA", Stem::Verb, 6),
    ("mien", Stem::Verb, 9),
    ("essA", Stem::Verb, -5),
    ("en", Stem::Verb, 20),
    ("AkseAn", Stem::Verb, 4),
    ("kAA", Stem::Verb, -5),
    ("nUt", Stem::VerbConsonant, -8),
    ("neet", Stem::VerbConsonant, -4),
    ("lUt", Stem::VerbConsonant, -4),
    ("leet", Stem::VerbConsonant, 1),
    ("rUt", Stem::VerbConsonant, 6),
    ("sUt", Stem::VerbConsonant, -11),
    ("seet", Stem::VerbConsonant, -1),
    ("tiin", Stem::VerbConsonant, 1),
    ("tU", Stem::VerbConsonant, 1),
    ("tUn", Stem::VerbConsonant, 17),
    ("tUjA", Stem::VerbConsonant, -4),
    ("tUA", Stem::VerbConsonant, 18),
    ("tAvA", Stem::VerbConsonant, 9),
    // The passive.
    ("tAAn", Stem::Passive, -10),
    ("ttiin", Stem::Passive, -11),
    ("ttAisiin", Stem::Passive, -15),
    ("ttU", Stem::Passive, -3),
    ("tUt", Stem::Passive, 3),
    ("dUt", Stem::Passive, 13),
    ("dUn", Stem::Passive, 22),
    ("dUssA", Stem::Passive, 9),
    ("dUstA", Stem::Passive, 12),
    ("dUllA", Stem::Passive, 18),
    ("dUksi", Stem::Passive, -1),
    ("tUn", Stem::Passive, 3),
    ("tUssA", Stem::Passive, -3),
    ("tUstA", Stem::Passive, 13),
    ("tUllA", Stem::Passive, -2),
    ("tUksi", Stem::Passive, -3),
    ("ttUA", Stem::Passive, -5),
    ("ttUjA", Stem::Passive, -8),
    ("ttUjen", Stem::Passive, -8),
    ("ttUihin", Stem::Passive, -7),
    ("tUistA", Stem::Passive, 6),
    ("tUissA", Stem::Passive, 3),
    ("tUille", Stem::Passive, 12),
    ("ttAvA", Stem::Passive, -5),
    ("ttAvAn", Stem::Passive, 15),
    ("ttAvAt", Stem::Passive, 13),
    ("ttAvAksi", Stem::Passive, -7),
    ("ttAviA", Stem::Passive, 10),
    ("ttAvien", Stem::Passive, -2),
    ("ttAvissA", Stem::Passive, -6),
    ("ttAessA", Stem::Passive, 7),
    ("An", Stem::Infinitive, 13),
    ("kseen", Stem::Infinitive, -13),
    ("kseni", Stem::Infinitive, -10),
];

/// The endings of the genitive among these.
pub(super) const GENITIVES: &[&str] = &["n", "ien", "jen", "iden", "ten"];
