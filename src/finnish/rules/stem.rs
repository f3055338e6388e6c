//! The stems of Finnish as tables: what a stem without its ending goes back to.
//!
//! Apart from the endings because one stem carries many of them. Each row swaps the end of a stem
//! for that of a base form, or for that of another stem; letters and costs are as in `ending`.
//! Consonant gradation is not here: it works on all stems alike.

/// An end of a stem, what takes its place, cost.
pub(super) type Swap = (&'static str, &'static str, i16);

/// What a singular vowel stem goes back to: stem's end, base form's end, cost, inverse gradation.
///
/// Inverse: the stem is strong and the base form weak (`hankkee-` from `hanke`).
pub(super) const NOUNS: &[(&str, &str, i16, bool)] = &[
    ("a", "a", -2, false),
    ("ä", "ä", -1, false),
    ("o", "o", -1, false),
    ("ö", "ö", -10, false),
    ("u", "u", -2, false),
    ("y", "y", 3, false),
    ("i", "i", 2, false),
    ("e", "e", 26, false),
    ("e", "i", 13, false),
    ("Ukse", "Us", -13, false),
    ("kse", "s", -5, false),
    ("kse", "ksi", 20, false),
    ("ise", "inen", -10, false),
    ("se", "nen", 11, false),
    ("Ude", "Us", -3, false),
    ("Ute", "Us", 9, false),
    ("de", "si", 0, false),
    ("te", "si", 20, false),
    ("nne", "nsi", 20, false),
    ("rre", "rsi", 17, false),
    ("lle", "lsi", 34, false),
    ("nne", "s", 12, false),
    ("nte", "s", 27, false),
    ("ime", "in", -4, true),
    ("ttOmA", "tOn", -14, false),
    ("ee", "e", -11, true),
    ("aa", "as", 11, true),
    ("ää", "äs", 14, true),
    ("ii", "is", 10, true),
    ("Ue", "Ut", 7, true),
    ("ele", "el", -1, true),
    ("ere", "er", -10, true),
    ("ene", "en", 2, true),
    ("are", "ar", 6, true),
    ("emmA", "A", 1, false),
    ("empA", "A", -3, false),
    ("emmA", "i", 3, false),
    ("empA", "i", -5, false),
    ("mmA", "", 7, false),
    ("mpA", "", -6, false),
    ("immA", "A", -2, false),
    ("impA", "A", -5, false),
    ("immA", "i", 8, false),
    ("impA", "i", 8, false),
    ("iimmA", "inen", 8, false),
    ("isimmA", "inen", -4, false),
    ("isimpA", "inen", 6, false),
    ("i", "", 12, false),
    ("nee", "nUt", 0, false),
    ("see", "sUt", 0, false),
    ("lee", "lUt", 0, false),
    ("ree", "rUt", 5, false),
    ("isemmA", "inen", -3, false),
    ("isempA", "inen", -12, false),
    ("kkaa", "kas", -13, false),
    ("kkää", "käs", -10, false),
];

/// What a plural stem without its i goes back to: a singular vowel stem.
pub(super) const PLURALS: &[Swap] = &[
    ("O", "A", -8),
    ("o", "o", 0),
    ("ö", "ö", -2),
    ("u", "u", -9),
    ("y", "y", -9),
    ("e", "i", -12),
    ("e", "ee", -6),
    ("e", "eA", 20),
    ("e", "e", 18),
    ("A", "AA", 5),
    ("i", "ii", 9),
    ("", "A", 12),
    ("", "e", 5),
    ("", "i", 10),
];

/// What a consonant stem goes back to: the base form.
pub(super) const CONSONANTS: &[Swap] = &[
    ("s", "s", 11),
    ("is", "inen", -4),
    ("s", "nen", 17),
    ("Us", "Us", -5),
    ("Ut", "Us", -5),
    ("t", "si", 10),
    ("et", "e", -16),
    ("Ut", "Ut", 1),
    ("n", "n", 15),
    ("tOn", "tOn", -9),
    ("in", "in", -1),
    ("n", "ni", 19),
    ("r", "ri", 10),
    ("l", "li", 12),
    ("l", "l", 18),
    ("r", "r", 14),
    ("n", "nsi", 36),
    ("r", "rsi", 26),
    ("uon", "uosi", -13),
    ("s", "psi", 25),
    ("s", "tsi", 30),
];

/// What a verb's vowel stem goes back to: its infinitive. Inverse gradation as in `NOUNS`.
pub(super) const VERBS: &[(&str, &str, i16, bool)] = &[
    ("a", "aa", 7, false),
    ("ä", "ää", 4, false),
    ("e", "eA", 16, false),
    ("i", "iA", 15, false),
    ("o", "oa", 6, false),
    ("ö", "öä", 13, false),
    ("u", "ua", -2, false),
    ("y", "yä", -6, false),
    ("ke", "hdA", 13, false),
    ("oi", "oidA", 5, false),
    ("öi", "öidA", -8, false),
    ("aa", "aadA", 0, false),
    ("ää", "äädA", -1, false),
    ("uo", "uodA", -1, false),
    ("yö", "yödA", -7, false),
    ("ie", "iedA", 8, false),
    ("le", "llA", -12, true),
    ("re", "rrA", 16, true),
    ("ne", "nnA", 15, true),
    ("se", "stA", 13, true),
    ("aa", "ata", -5, true),
    ("ää", "ätä", 0, true),
    ("ua", "uta", -12, true),
    ("yä", "ytä", 12, true),
    ("oa", "ota", -10, true),
    ("öä", "ötä", 5, true),
    ("ea", "eta", -1, true),
    ("eä", "etä", -1, true),
    ("iA", "itA", 9, true),
    ("itse", "itA", -13, false),
    ("ene", "etA", 6, true),
];

/// What the stem before the i of past and conditional goes back to: a verb's vowel stem.
pub(super) const PASTS: &[Swap] = &[
    ("o", "a", -7),
    ("o", "o", -8),
    ("ö", "ö", 4),
    ("u", "u", -9),
    ("y", "y", -6),
    ("o", "oi", 15),
    ("ö", "öi", 7),
    ("A", "AA", 21),
    ("A", "A", 0),
    ("", "A", 8),
    ("", "e", 7),
    ("", "i", 12),
    ("As", "AA", -10),
    ("Us", "UA", -3),
    ("es", "eA", -2),
    ("s", "tA", 5),
    ("o", "uo", 23),
    ("ö", "yö", 0),
    ("e", "ie", 7),
    ("e", "e", 18),
];

/// What the stem before a passive ending goes back to: a verb's vowel stem.
pub(super) const PASSIVES: &[Swap] = &[
    ("e", "A", -12),
    ("e", "e", 4),
    ("u", "u", 1),
    ("y", "y", 1),
    ("o", "o", -8),
    ("ö", "ö", 0),
    ("i", "i", -10),
    ("a", "aa", -7),
    ("ä", "ää", 1),
    ("U", "UA", 20),
    ("O", "OA", 17),
    ("i", "itse", 17),
    ("e", "ene", 23),
];

/// What a verb's consonant stem goes back to: its infinitive.
pub(super) const VERB_CONSONANTS: &[Swap] = &[
    ("l", "llA", -12),
    ("s", "stA", 8),
    ("r", "rrA", 6),
    ("n", "nnA", 12),
    ("o", "odA", 22),
    ("ö", "ödA", 1),
    ("oi", "oidA", -8),
    ("i", "idA", 24),
    ("AA", "AAdA", -10),
    ("ie", "iedA", -5),
    ("h", "hdA", -9),
    ("n", "tA", -4),
];

/// Infinitives that only stems of one syllable have.
pub(super) const ONE_SYLLABLE: &[(&&str, &&str)] = &[
    (&"aa", &"aadA"),
    (&"ää", &"äädA"),
    (&"uo", &"uodA"),
    (&"yö", &"yödA"),
    (&"ie", &"iedA"),
];
