//! The rules that hold for all words: gradation, clitics, and how base forms look.
//!
//! Apart from endings and stems because they belong to no ending. Letters and costs are as in
//! `ending`: `A`, `O`, `U` stand for either vowel of a pair, costs are tenths of a unit of surprise
//! fitted to running text. Nothing here knows a dictionary.

/// A row of the table of gradation.
pub(super) type Grade = (&'static str, &'static str, i16, i16);

/// Strong grade, weak grade; cost of taking the weak for it, and of leaving the weak as it is.
pub(super) const GRADES: &[Grade] = &[
    ("kk", "k", 1, 23),
    ("pp", "p", -3, 22),
    ("tt", "t", -4, 20),
    ("nt", "nn", -6, 20),
    ("mp", "mm", 16, 21),
    ("lt", "ll", 13, 11),
    ("rt", "rr", -7, 10),
    ("nk", "ng", -7, 23),
    ("t", "d", -4, 20),
    ("p", "v", 15, 9),
    ("lk", "lj", 3, 4),
    ("rk", "rj", 24, 13),
    ("hk", "hj", 13, 8),
    ("ik", "j", 14, 4),
    ("lk", "l", 26, 0),
    ("rk", "r", 20, -2),
    ("hk", "h", 30, 2),
];

/// What the costs below are for stands in their names; each is in tenths of a unit of surprise.
pub(super) const LOST_K: i16 = 35;
/// A lost k where two vowels meet that otherwise do not.
pub(super) const GAP_K: i16 = 4;
/// Vowels that meet only where a k was lost, and what leaving them costs.
pub(super) const GAPS: &[(&str, i16)] = &[("AO", 21), ("Ae", 21), ("Oe", 18), ("ue", 12)];
/// A base form that ends in a long vowel after its first syllable.
pub(super) const LONG_END: i16 = 18;
/// A base form of another word's i-stem that ends in a long vowel and a consonant.
pub(super) const LONG_CLOSED: i16 = 15;
/// A one-syllable verb stem taken for more, or a longer one for one.
pub(super) const SYLLABLE: i16 = 30;
/// A case's final n dropped before a possessive suffix.
pub(super) const OWNED_N: i16 = -3;
/// A possessive suffix that is a long vowel and n.
pub(super) const DRAWN_OWNER: i16 = 6;
/// The ends it makes.
pub(super) const DRAWN_CASES: &[&str] =
    &["ssAAn", "stAAn", "llAAn", "ltAAn", "nAAn", "tAAn", "lleen"];
/// The illative of a stem in i, of another vowel, and of a long vowel.
pub(super) const ILLATIVE_I: i16 = -4;
/// See above.
pub(super) const ILLATIVE: i16 = 1;
/// See above.
pub(super) const ILLATIVE_H: i16 = -7;
/// A verb's bare stem, as after a negation.
pub(super) const NEGATED: i16 = 29;
/// The third person of a one-syllable verb.
pub(super) const SHORT_VERB: i16 = 11;
/// The third person with its vowel drawn out.
pub(super) const DRAWN_VERB: i16 = -3;
/// The third person of a stem that is long by itself.
pub(super) const LONG_VERB: i16 = 25;
/// Very short base forms.
pub(super) const TWO_LETTERS: i16 = 34;
/// See above.
pub(super) const THREE_LETTERS: i16 = 12;

/// What a noun's base form costs by its end, where the end is more often another word's.
pub(super) const SHAPES: &[(&str, i16)] = &[
    ("inen", -9),
    ("nen", 11),
    ("ksi", 15),
    ("isi", 19),
    ("Ai", 22),
    ("Oi", 24),
    ("Ui", 24),
    ("ei", 25),
    ("immi", 11),
    ("mmi", -1),
    ("mi", 7),
    ("ivA", -4),
    ("vA", -6),
    ("vi", -1),
    ("ttU", 9),
    ("tti", 9),
    ("nnU", 1),
    ("nU", 13),
    ("etA", 20),
    ("UtA", 22),
    ("tA", 12),
    ("ssA", 12),
    ("stA", 6),
    ("llA", 12),
    ("ltA", 6),
    ("nA", 5),
    ("jA", -11),
    ("UA", 11),
    ("OA", 9),
    ("iA", 1),
    ("eA", -9),
    ("A", 3),
    ("lle", 11),
    ("ise", 19),
    ("kse", 21),
    ("e", 8),
    ("isti", 15),
    ("sti", 6),
    ("li", -3),
    ("ri", -9),
    ("i", 4),
    ("O", -4),
    ("Us", -10),
    ("Os", -11),
    ("As", 6),
    ("is", 10),
    ("s", 6),
    ("U", -2),
    ("in", 8),
    ("tOn", -12),
    ("n", 8),
    ("Ut", 12),
    ("t", 15),
    ("", 14),
];

/// Clitics that may end any form, with their cost.
pub(super) const CLITICS: &[(&str, i16)] = &[
    ("kin", -9),
    ("kAAn", -10),
    ("kO", -9),
    ("hAn", -4),
    ("pA", -1),
    ("kOhAn", -11),
];

/// Possessive suffixes, with their cost.
pub(super) const POSSESSIVES: &[(&str, i16)] = &[
    ("nsA", -11),
    ("mme", 3),
    ("nne", 18),
    ("ni", -4),
    ("si", 14),
];

/// What a base form that is written as it stands costs, by its last letter.
pub(super) const BASES: &[(&str, i16)] = &[
    ("nen", -8),
    ("mAAn", 19),
    ("ssA", 12),
    ("stA", 18),
    ("llA", 2),
    ("ltA", 6),
    ("lle", 3),
    ("ksi", 2),
    ("tOn", 4),
    ("in", 16),
    ("n", 21),
    ("Ut", 17),
    ("t", 23),
    ("s", 11),
    ("sti", -3),
    ("OA", 4),
    ("UA", -7),
    ("iA", 15),
    ("eA", 10),
    ("dA", 11),
    ("AA", -9),
    ("A", 5),
    ("ei", 9),
    ("Ai", 2),
    ("Oi", 19),
    ("Ui", 19),
    ("si", 13),
    ("ti", 19),
    ("i", 6),
    ("ee", 14),
    ("e", 11),
    ("O", 8),
    ("UU", 14),
    ("U", 9),
    ("mme", 12),
    ("", 20),
];

/// Suffixes that make words of words, and ends of inflection that look like parts of compounds.
pub(super) const DERIVATIONS: &[&str] = &[
    "inen", "minen", "nen", "isesti", "sti", "sUUs", "UUs", "ttAA", "tUA", "ntUA", "ellA", "illA",
    "ttAin", "jA", "mpi", "istA", "issA", "lmA", "stO", "kkO", "kki", "mUs", "tOn", "ksi",
];
