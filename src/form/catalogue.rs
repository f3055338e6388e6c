//! The catalogue: every section, label, question and row the form prints.
//!
//! One table drives the parser and lends its names to index and presentation:
//! a stable English key and the Finnish title for each part, beside the
//! English and EURA 2007 titles and the spellings the form itself gets wrong.
//! It only names things; how lines are matched against it is said elsewhere.
//! English titles after section 3 are guesses: no English page was seen whole.

use super::project::{Form, Prose};

pub use super::fields::{CONTACTS, ENGLISH_WORDS, Field, Kind, LABELS, Label, labels_of};
pub use super::principles::{Entry, GROUPS, QUESTIONS, ROWS, TABLE_HEADS};

/// How the lines of a section are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Labels with values.
    Labels,
    /// Free text.
    Text(Prose),
    /// The questions and the table of section 8.
    Table,
    /// Text that is only kept.
    Kept,
}

/// A section and how it is titled.
#[derive(Debug)]
pub struct SectionEntry {
    /// Which section.
    pub section: Section,
    /// Stable English key.
    pub key: &'static str,
    /// Printed number: section and subsection, 0 for none.
    pub number: (u8, u8),
    /// How its lines are read.
    pub body: Body,
    /// Finnish titles of EURA 2014, as printed first, corrected after.
    pub fi: &'static [&'static str],
    /// Titles of the English form.
    pub en: &'static [&'static str],
    /// Titles of EURA 2007.
    pub old: &'static [&'static str],
}

macro_rules! sections {
    ($($name:ident $key:literal $major:literal.$minor:literal ($body:expr)
        fi $fi:tt en $en:tt old $old:tt;)*) => {
        /// A section of the form, in the form's order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Section {
            $(#[doc = concat!("Section `", $key, "`.")] $name,)*
        }

        /// All sections, in the order of [`Section`].
        pub const SECTIONS: &[SectionEntry] = &[$(SectionEntry {
            section: Section::$name, key: $key, number: ($major, $minor), body: $body,
            fi: &$fi, en: &$en, old: &$old,
        },)*];
    };
}

sections! {
    Top "top" 0 . 0 (Body::Labels) fi [] en [] old [];
    Project "project" 1 . 0 (Body::Labels)
        fi ["Hanke"] en ["Project"] old ["Projekti"];
    Applicant "applicant" 2 . 0 (Body::Labels)
        fi ["Hakijan perustiedot"] en ["Basic applicant information"] old ["Projektin toteuttaja"];
    Summary "summary" 3 . 0 (Body::Text(Prose::Summary))
        fi ["Suunnitelman mukainen tiivistelmä toteutuksesta"]
        en ["Plan-specified summary of the project completion"]
        old [];
    TargetGroups "target_groups" 4 . 0 (Body::Text(Prose::Target))
        fi ["Hankkeen kohderyhmät"] en ["Target groups of the project", "Project target groups"] old [];
    Target "target" 4 . 1 (Body::Text(Prose::Target))
        fi ["Varsinaiset kohderyhmät"] en ["Actual target groups", "Primary target groups"]
        old ["Varsinaiset kohderyhmät"];
    IndirectTarget "indirect_target" 4 . 2 (Body::Text(Prose::IndirectTarget))
        fi ["Välilliset kohderyhmät"] en ["Indirect target groups"] old ["Välilliset kohderyhmät"];
    Money "money" 5 . 0 (Body::Labels)
        fi ["Projektin julkinen rahoitus, euroa", "Hankkeen julkinen rahoitus, euroa"]
        en ["Public funding of the project, euros", "Public funding of the project, EUR"]
        old ["Projektin julkinen rahoitus, euroa"];
    Places "places" 6 . 0 (Body::Labels)
        fi ["Maantieteellinen kohdealue"] en ["Geographical target area"]
        old ["Maantieteellinen kohdealue"];
    Monitoring "monitoring" 7 . 0 (Body::Labels)
        fi ["Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista",
            "Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantatiedoista"]
        en [] old [];
    Companies "companies" 7 . 1 (Body::Labels)
        fi ["Osallistuvien yritysten lukumäärä"] en ["Number of participating companies"] old [];
    Persons "persons" 7 . 2 (Body::Labels)
        fi ["Osallistuvien henkilöiden lukumäärä"] en ["Number of participating persons"]
        old ["Aloittaneiden henkilöiden määrä"];
    Principles "principles" 8 . 0 (Body::Table)
        fi ["Horisontaaliset periaatteet"] en ["Horizontal principles"] old [];
    Equality "equality" 8 . 1 (Body::Table)
        fi ["Sukupuolten tasa-arvo"] en ["Gender equality"] old [];
    Sustainability "sustainability" 8 . 2 (Body::Table)
        fi ["Kestävä kehitys"] en ["Sustainable development"] old [];
    Report "report" 9 . 0 (Body::Text(Prose::Report))
        fi ["Loppuraportin tiivistelmä"] en ["Summary of the final report"] old [];
    Area "area" 3 . 0 (Body::Text(Prose::Summary))
        fi [] en [] old ["Projektin toteutusalue ja kohderyhmän kuvaus"];
    Goals "goals" 4 . 0 (Body::Text(Prose::Summary))
        fi [] en [] old ["Projektin tavoitteet, tulokset ja vaikutukset"];
    Jobs "jobs" 4 . 1 (Body::Labels)
        fi [] en [] old ["Uusien työpaikkojen määrä"];
    NewCompanies "new_companies" 4 . 2 (Body::Labels)
        fi [] en [] old ["Uusien yritysten määrä"];
    Detail "detail" 0 . 0 (Body::Text(Prose::Summary)) fi [] en [] old [];
    Unknown "unknown" 0 . 0 (Body::Kept) fi [] en [] old [];
}

impl Section {
    /// The section's row of the catalogue.
    #[must_use]
    pub fn entry(self) -> &'static SectionEntry {
        &SECTIONS[self as usize]
    }

    /// The stable English key.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.entry().key
    }

    /// The title a Finnish reader knows; empty where the form prints none.
    #[must_use]
    pub fn title(self) -> &'static str {
        let entry = self.entry();
        entry
            .fi
            .first()
            .or(entry.old.first())
            .copied()
            .unwrap_or("")
    }
}

impl SectionEntry {
    /// The titles this section can bear in a form.
    #[must_use]
    pub fn titles(&self, form: Form) -> &'static [&'static str] {
        match form {
            Form::Eura2014 => self.fi,
            Form::Eura2014English => self.en,
            Form::Eura2007 => self.old,
        }
    }
}

/// Subsections of EURA 2007 under other titles than those seen: the section
/// they stand in, words of the title, and what they hold. The first fit wins.
pub const OLD_DETAILS: &[(Section, &str, Section)] = &[
    (Section::Area, "välilli", Section::IndirectTarget),
    (Section::Area, "kohderyhm", Section::Target),
    (Section::Area, "henkilö", Section::Persons),
    (Section::Area, "yrity", Section::Companies),
    (Section::Area, "alue", Section::Places),
    (Section::Goals, "työpaik", Section::Jobs),
    (Section::Goals, "uusien yrity", Section::NewCompanies),
    (Section::Goals, "uudet yrity", Section::NewCompanies),
    (Section::Goals, "loppurap", Section::Report),
];

impl Prose {
    /// The four free-text sections in the form's order.
    pub const ALL: [Prose; 4] = [
        Prose::Summary,
        Prose::Target,
        Prose::IndirectTarget,
        Prose::Report,
    ];

    /// The section of the catalogue that gives key, number and title.
    #[must_use]
    pub fn section(self) -> Section {
        match self {
            Prose::Summary => Section::Summary,
            Prose::Target => Section::Target,
            Prose::IndirectTarget => Section::IndirectTarget,
            Prose::Report => Section::Report,
        }
    }

    /// The stable English key.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.section().key()
    }

    /// The Finnish title.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.section().title()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_tables_stand_in_the_order_of_their_enums() {
        assert!(
            SECTIONS
                .iter()
                .enumerate()
                .all(|(i, s)| s.section as usize == i)
        );
        assert!(
            LABELS
                .iter()
                .enumerate()
                .all(|(i, l)| l.field as usize == i)
        );
    }

    #[test]
    fn keys_are_unique_and_plain() {
        let fields = LABELS.iter().map(|l| l.key);
        let sections = SECTIONS.iter().map(|s| s.key);
        let rows = QUESTIONS.iter().chain(&GROUPS).chain(&ROWS).map(|e| e.key);
        for keys in [
            fields.collect::<Vec<_>>(),
            sections.collect(),
            rows.collect(),
        ] {
            assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            assert!(keys.iter().all(|k| k.bytes().all(plain)));
        }
    }

    #[test]
    fn the_labels_of_a_section_adjoin() {
        let mut seen = Vec::new();
        for label in LABELS {
            if seen.last() != Some(&label.section) {
                assert!(!seen.contains(&label.section), "{:?}", label.field);
                seen.push(label.section);
            }
        }
    }

    #[test]
    fn each_section_has_its_own_labels() {
        let count: usize = SECTIONS.iter().map(|s| labels_of(s.section).len()).sum();
        assert_eq!(count, LABELS.len());
        let own = |s: &SectionEntry| labels_of(s.section).iter().all(|l| l.section == s.section);
        assert!(SECTIONS.iter().all(own));
    }

    #[test]
    fn a_part_of_the_form_can_be_named() {
        assert_eq!(Prose::IndirectTarget.key(), "indirect_target");
        assert_eq!(Prose::Report.title(), "Loppuraportin tiivistelmä");
        assert_eq!(
            Section::Area.title(),
            "Projektin toteutusalue ja kohderyhmän kuvaus"
        );
        assert_eq!(Field::Code.key(), "code");
        assert_eq!(ROWS[4].key, "natura_2000");
    }
}
