//! Consonant gradation: the weak and the strong grade of the consonants before a word's last vowel.
//! Apart from [`super::inflect`] because verbs need it too. Words that go their own way carry their other
//! grade in the word lists.

/// Strong endings of a stem with their weak grades; the longest first.
const GRADES: &[(&str, &str)] = &[
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("mp", "mm"),
    ("ht", "hd"),
    ("lp", "lv"),
    ("rp", "rv"),
    ("lk", "l"),
    ("rk", "r"),
];

/// The weak grade of a stem that ends in a vowel.
pub(crate) fn weaker(stem: &str) -> String {
    let Some(vowel) = stem.chars().last() else {
        return String::new();
    };
    let head = &stem[..stem.len() - vowel.len_utf8()];
    for (strong, weak) in GRADES {
        if let Some(start) = head.strip_suffix(strong) {
            return format!("{start}{weak}{vowel}");
        }
    }
    let before = head.chars().rev().nth(1).unwrap_or('s');
    let open = "aeiouyäö".contains(before);
    match head.chars().last() {
        Some('t') if open => format!("{}d{vowel}", &head[..head.len() - 1]),
        Some('p') if open => format!("{}v{vowel}", &head[..head.len() - 1]),
        Some('k') if open => format!("{}{vowel}", &head[..head.len() - 1]),
        _ => stem.to_owned(),
    }
}

/// The strong grade of a stem in the weak grade that ends in a vowel.
pub(crate) fn stronger(stem: &str) -> String {
    let Some(vowel) = stem.chars().last() else {
        return String::new();
    };
    let head = &stem[..stem.len() - vowel.len_utf8()];
    for (strong, weak) in [
        ("nk", "ng"),
        ("nt", "nn"),
        ("lt", "ll"),
        ("rt", "rr"),
        ("mp", "mm"),
    ] {
        if let Some(start) = head.strip_suffix(weak) {
            return format!("{start}{strong}{vowel}");
        }
    }
    let before = head.chars().rev().nth(1).unwrap_or('s');
    let open = "aeiouyäölrn".contains(before);
    match head.chars().last() {
        Some(last @ ('k' | 'p' | 't')) if open => format!("{head}{last}{vowel}"),
        Some('d') => format!("{}t{vowel}", &head[..head.len() - 1]),
        _ => stem.to_owned(),
    }
}
