//! Names of fields and values in the languages of the page, and examples of
//! queries. Finnish names of fields come from the FIELDS table.

use crate::index::fields::{self, FIELDS, Kind};
use crate::present::explain::Language;
use crate::present::{euros, grouped};

use super::texts::Texts;

/// Swedish and English names of the fields that the page shows.
const FIELD_NAMES: [(&str, &str, &str); 25] = [
    ("name", "namn", "name"),
    ("target", "målgrupper", "target groups"),
    ("summary", "sammandrag", "summary"),
    ("report", "slutrapport", "final report"),
    (
        "indirect_target",
        "indirekta målgrupper",
        "indirect target groups",
    ),
    ("applicant", "sökande", "applicant"),
    ("places", "områden", "places"),
    ("programme", "program", "programme"),
    ("equality", "jämställdhet", "gender equality"),
    (
        "sustainability",
        "hållbar utveckling",
        "sustainable development",
    ),
    ("unrecognised", "övrig text", "other text"),
    ("fund", "fond", "fund"),
    ("status", "läge", "status"),
    ("axis", "insatsområde", "priority axis"),
    ("objective", "särskilt mål", "specific objective"),
    ("authority", "ansvarig myndighet", "responsible authority"),
    ("start_year", "startår", "first year"),
    ("end_year", "slutår", "last year"),
    (
        "organisation_type",
        "organisationstyp",
        "type of organisation",
    ),
    ("business_id", "FO-nummer", "business id"),
    ("granted", "beviljat", "granted"),
    ("spent", "använt", "spent"),
    ("region", "landskap", "region"),
    ("subregion", "ekonomisk region", "sub-region"),
    ("municipality", "kommun", "municipality"),
];

/// What a field is called.
pub(super) fn field(row: usize, language: Language) -> &'static str {
    let field = &FIELDS[row];
    let known = FIELD_NAMES.iter().find(|(key, ..)| *key == field.key);
    match (language, known) {
        (Language::Sv, Some((_, sv, _))) => sv,
        (Language::En, Some((_, _, en))) => en,
        _ => field.title,
    }
}

/// What a field with this key is called, with a capital.
pub(super) fn keyed(key: &str, language: Language) -> String {
    capital(fields::row(key).map_or("", |row| self::field(row, language)))
}

/// A text with a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Whether the values of a field stand in Finnish, as they are written.
pub(super) fn is_finnish(row: usize) -> bool {
    !["status", "fund"].contains(&FIELDS[row].key)
}

/// What a counted value is called.
pub(super) fn value(row: usize, label: &str, key: &str, t: &Texts) -> String {
    match (FIELDS[row].key, key) {
        ("status", "running") => t.running.to_owned(),
        ("status", "ended") => t.ended.to_owned(),
        ("fund", "esr") => t.esr.to_owned(),
        ("fund", "eakr") => t.eakr.to_owned(),
        _ if FIELDS[row].kind == Kind::Money => band(label),
        _ => label.to_owned(),
    }
}

/// A band of money as people read it.
fn band(label: &str) -> String {
    let number = |text: &str| text.parse().map_or(text.to_owned(), grouped);
    match label.split_once("..") {
        Some((from, "")) => format!("{}–\u{a0}€", number(from)),
        Some((from, to)) => format!("{}–{}\u{a0}€", number(from), number(to)),
        None => label.parse().map_or(label.to_owned(), euros),
    }
}

/// Queries to learn from: what is typed, and what it finds.
pub(super) const EXAMPLES: [(&str, [&str; 3]); 12] = [
    (
        "nuorten työpajat",
        [
            "hankkeet, joissa on jompikumpi sana missä muodossa tahansa; kaikki sanat sisältävät ensin",
            "projekt med något av orden i vilken form som helst; de med alla orden först",
            "projects with either word in any form; those with all words first",
        ],
    ),
    (
        "+nuoret työpaja -kesätyö",
        [
            "+ sana on pakollinen, - sanaa ei saa olla",
            "+ ordet måste finnas, - ordet får inte finnas",
            "+ must be there, - must not",
        ],
    ),
    (
        "nuoret JA työpaja",
        ["molemmat sanat", "båda orden", "both words"],
    ),
    (
        "nuoret TAI (lapset EI koulu)",
        [
            "jompikumpi; sulut ja EI toimivat näin",
            "det ena eller det andra; parenteser och EI fungerar så här",
            "one or the other, with parentheses and EI for not",
        ],
    ),
    (
        "\"uutta virtaa\"",
        ["sanat peräkkäin", "orden i följd", "the words in a row"],
    ),
    (
        "=kunnan",
        [
            "juuri tämä muoto",
            "just den här formen",
            "this very form and no other",
        ],
    ),
    (
        "osatyök*",
        [
            "sanat, jotka alkavat näin",
            "ord som börjar så här",
            "words that begin so",
        ],
    ),
    (
        "osatyökykinen~",
        [
            "lähes näin kirjoitetut sanat",
            "ord som stavas nästan så här",
            "words spelt nearly so",
        ],
    ),
    (
        "kohderyhmä:nuoret",
        [
            "sana tässä kohdassa",
            "ordet i det här avsnittet",
            "a word in this section",
        ],
    ),
    (
        "tila:päättynyt kunta:Kemi",
        [
            "hankkeen tila ja kunta",
            "projektets läge och kommun",
            "the project's status and municipality",
        ],
    ),
    (
        "rahoitus:>500000 alkaa:2019..2021",
        [
            "rahoitus euroina ja alkamisaika",
            "finansiering i euro och starttid",
            "money in euros, and when it began",
        ],
    ),
    (
        "S26011",
        [
            "hanke, jolla on tämä koodi, ja ne, jotka mainitsevat sen",
            "projektet med den här koden och de som nämner det",
            "the project with this code, and those that mention it",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_fields_are_in_the_table() {
        for (key, ..) in FIELD_NAMES {
            assert!(FIELDS.iter().any(|field| field.key == key), "{key}");
        }
        assert_eq!(keyed("region", Language::En), "Region");
        assert_eq!(band("100000..249999"), "100\u{a0}000–249\u{a0}999\u{a0}€");
    }
}
