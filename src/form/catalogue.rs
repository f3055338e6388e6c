//! The catalogue: every section, label, question and row the form prints.
//!
//! One table drives the parser and lends its names to index and presentation:
//! a stable English key and the Finnish title for each part, beside the
//! English and EURA 2007 titles and the spellings the form itself gets wrong.
//! It only names things; how lines are matched against it is said elsewhere.
//! English titles after section 3 are guesses: no English page was seen whole.

use super::project::{Form, Prose};

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

/// What a label's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// A project code.
    Code,
    /// Two dates.
    Period,
    /// Running or ended.
    Status,
    /// A Finnish business id.
    BusinessId,
    /// A postal code.
    PostalCode,
    /// A telephone number.
    Phone,
    /// A web address.
    Web,
    /// An e-mail address.
    Email,
    /// One applicant, several, or a transfer of the grant.
    Arrangement,
    /// No value of its own: partners follow, one a line.
    Partners,
    /// Whole euros.
    Money,
    /// A comma list.
    List,
    /// A count, perhaps with the women among it.
    Count,
    /// No value at all: words that open or say something by standing there.
    Marker,
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
        fi ["Varsinaiset kohderyhmät"] en ["Actual target groups", "Primary target groups"] old [];
    IndirectTarget "indirect_target" 4 . 2 (Body::Text(Prose::IndirectTarget))
        fi ["Välilliset kohderyhmät"] en ["Indirect target groups"] old [];
    Money "money" 5 . 0 (Body::Labels)
        fi ["Projektin julkinen rahoitus, euroa", "Hankkeen julkinen rahoitus, euroa"]
        en ["Public funding of the project, euros", "Public funding of the project, EUR"]
        old ["Projektin julkinen rahoitus, euroa"];
    Places "places" 6 . 0 (Body::Labels)
        fi ["Maantieteellinen kohdealue"] en ["Geographical target area"] old [];
    Monitoring "monitoring" 7 . 0 (Body::Labels)
        fi ["Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista",
            "Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantatiedoista"]
        en [] old [];
    Companies "companies" 7 . 1 (Body::Labels)
        fi ["Osallistuvien yritysten lukumäärä"] en ["Number of participating companies"] old [];
    Persons "persons" 7 . 2 (Body::Labels)
        fi ["Osallistuvien henkilöiden lukumäärä"] en ["Number of participating persons"] old [];
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
    Jobs "jobs" 4 . 1 (Body::Labels) fi [] en [] old [];
    NewCompanies "new_companies" 4 . 2 (Body::Labels) fi [] en [] old [];
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
        entry.fi.first().or(entry.old.first()).copied().unwrap_or("")
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

/// EURA 2007 prints subsections whose titles were not seen whole: the section
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

/// A label and what it means.
#[derive(Debug)]
pub struct Label {
    /// Which field it fills.
    pub field: Field,
    /// The section it belongs to; elsewhere it is only text.
    pub section: Section,
    /// What its value is.
    pub kind: Kind,
    /// Stable English key.
    pub key: &'static str,
    /// The Finnish label of EURA 2014 (EURA 2007 where that alone has it).
    pub fi: &'static str,
    /// The same label spelt right, or in another Finnish form.
    pub also: &'static [&'static str],
    /// Labels of the English form.
    pub en: &'static [&'static str],
    /// Labels of EURA 2007.
    pub old: &'static [&'static str],
}

impl Label {
    /// The titles the label bears in a form.
    pub fn titles(&self, form: Form) -> impl Iterator<Item = &'static str> {
        let others = match form {
            Form::Eura2014 => &[],
            Form::Eura2014English => self.en,
            Form::Eura2007 => self.old,
        };
        std::iter::once(self.fi).chain(self.also.iter().chain(others).copied())
    }
}

macro_rules! labels {
    ($($name:ident $section:ident $kind:ident $key:literal $fi:literal
        also $also:tt en $en:tt old $old:tt;)*) => {
        /// A field: one label of one section.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Field {
            $(#[doc = concat!("`", $fi, "`.")] $name,)*
        }

        /// All labels, in the order of [`Field`]; those of a section adjoin.
        pub const LABELS: &[Label] = &[$(Label {
            field: Field::$name, section: Section::$section, kind: Kind::$kind, key: $key,
            fi: $fi, also: &$also, en: &$en, old: &$old,
        },)*];
    };
}

labels! {
    Code Project Code "code" "Hankekoodi" also [] en ["Project code"] old ["Projektikoodi"];
    Name Project Text "name" "Hankkeen nimi" also ["Hankkeen julkinen nimi"] en ["Project name"] old ["Projektin nimi"];
    Part Project Text "part" "Osio" also [] en [] old ["Ohjelman osio"];
    Axis Project Text "axis" "Toimintalinja" also [] en ["Policy", "Priority axis"] old [];
    Objective Project Text "objective" "Erityistavoite" also [] en ["Specific objective"] old [];
    ProjectType Project Text "project_type" "Projektityyppi" also [] en [] old [];
    Period Project Period "period" "Suunnitelman mukainen toteutusaika" also [] en ["Planned completion time"] old [];
    Status Project Status "status" "Toiminnan tila" also [] en ["Operational status"] old [];
    Authority Project Text "authority" "Vastuuviranomainen" also [] en ["Responsible authority"] old [];

    Applicant Applicant Text "applicant" "Hakijan virallinen nimi" also [] en ["Official name of the applicant"] old ["Toteuttajaorganisaation nimi"];
    OrganisationType Applicant Text "organisation_type" "Organisaatiotyyppi" also [] en ["Organisation type"] old [];
    BusinessId Applicant BusinessId "business_id" "Y-tunnus" also [] en ["Business ID"] old [];
    Street Applicant Text "street" "Jakeluosoite" also [] en ["Street", "Street address"] old ["Osoite"];
    Phone Applicant Phone "phone" "Puhelinnumero" also [] en ["Telephone number"] old [];
    PostalCode Applicant PostalCode "postal_code" "Postinumero" also [] en ["Postal code"] old [];
    Town Applicant Text "town" "Postitoimipaikka" also [] en ["City/town"] old [];
    Website Applicant Web "website" "WWW-osoite" also [] en ["WWW address", "Website"] old ["Toteuttajaorganisaation Web-osoite"];
    ProjectWebsite Applicant Web "project_website" "Projektin kotisivun osoite" also [] en [] old [];
    ContactName Applicant Text "contact_name" "Hankkeen yhteyshenkilön nimi" also [] en ["Project contact person's name"] old ["Vastuuhenkilön nimi"];
    ContactPosition Applicant Text "contact_position" "Yhteyshenkilön asema hakijaorganisaatiossa" also [] en ["Contact person's position in the organisation"] old ["Asema"];
    ContactEmail Applicant Email "contact_email" "Yhteyshenkilön sähköpostisoite" also ["Yhteyshenkilön sähköpostiosoite"] en ["Contact person's email address", "Contact person's e-mail address"] old ["Sähköposti"];
    ContactPhone Applicant Phone "contact_phone" "Yhteyshenkilön puhelinnumero" also [] en ["Contact person's phone number"] old ["Puhelinnumero"];
    Arrangement Applicant Arrangement "arrangement" "Hakijoiden lukumäärä tai tuen siirto -menettely" also ["Hakijoiden lukumäärä tai tuen siirto-menettely"] en ["Number of applicants or subsidy transfer"] old [];
    Partners Applicant Partners "partners" "Osatoteuttajat" also ["Tuen siirron saajat"] en ["Sub-implementers", "Partners"] old [];

    Granted Money Money "granted" "Myönnetty EU- ja valtion rahoitus" also [] en ["Granted EU and state funding"] old [];
    Spent Money Money "spent" "Toteutunut EU- ja valtion rahoitus" also [] en ["Realised EU and state funding"] old [];
    PublicPlanned Money Money "public_planned" "Suunniteltu julkinen rahoitus yhteensä" also [] en ["Planned public funding total"] old [];
    PublicRealised Money Money "public_realised" "Toteutunut julkinen rahoitus yhteensä" also [] en ["Realised public funding total"] old [];

    Regions Places List "regions" "Maakunnat" also [] en ["Regions"] old [];
    Subregions Places List "subregions" "Seutukunnat" also [] en ["Sub-regional units", "Sub-regions"] old [];
    Municipalities Places List "municipalities" "Kunnat" also [] en ["Municipalities"] old [];
    National Places Marker "national" "Valtakunnallinen projekti" also ["Valtakunnallinen hanke", "Valtakunnallinen", "Koko Suomi", "Koko maa"] en ["National project", "Whole country"] old [];
    Site Places Marker "site" "Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa" also ["Toteutuspaikan osoite"] en [] old ["Toteutuspaikan osoite, jos projekti toteutetaan yhdessä paikassa"];
    SiteStreet Places Text "site_street" "Jakeluosoite" also [] en ["Street", "Street address"] old ["Osoite"];
    SitePostalCode Places PostalCode "site_postal_code" "Postinumero" also [] en ["Postal code"] old [];
    SiteTown Places Text "site_town" "Postitoimipaikka" also [] en ["City/town"] old [];

    CompaniesPlanned Companies Count "companies_planned" "Suunniteltu" also [] en ["Planned"] old [];
    CompaniesRealised Companies Count "companies_realised" "Toteutunut seurantatietojen mukaan" also ["Toteutunut"] en ["Realised"] old [];
    PersonsPlanned Persons Count "persons_planned" "Suunniteltu" also [] en ["Planned"] old [];
    PersonsRealised Persons Count "persons_realised" "Toteutunut seurantatietojen mukaan" also ["Toteutunut"] en ["Realised"] old [];
    JobsPlanned Jobs Count "jobs_planned" "Suunniteltu" also [] en [] old [];
    JobsRealised Jobs Count "jobs_realised" "Toteutunut seurantatietojen mukaan" also ["Toteutunut"] en [] old [];
    NewCompaniesPlanned NewCompanies Count "new_companies_planned" "Suunniteltu" also [] en [] old [];
    NewCompaniesRealised NewCompanies Count "new_companies_realised" "Toteutunut seurantatietojen mukaan" also ["Toteutunut"] en [] old [];
}

impl Field {
    /// The field's row of the catalogue.
    #[must_use]
    pub fn label(self) -> &'static Label {
        &LABELS[self as usize]
    }

    /// The stable English key.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.label().key
    }
}

/// A question or a row of section 8.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable English key.
    pub key: &'static str,
    /// The printed text.
    pub fi: &'static str,
}

const fn entry(key: &'static str, fi: &'static str) -> Entry {
    Entry { key, fi }
}

/// The three questions of section 8.1, in order.
pub const QUESTIONS: [Entry; 3] = [
    entry("analysis", "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta"),
    entry(
        "mainstreaming",
        "Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen)",
    ),
    entry("main_goal", "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen"),
];

/// What the form prints above the table of section 8.2: as printed, corrected.
pub const TABLE_HEADS: [&str; 2] = ["VälitönVälillinen", "Välitön Välillinen"];

/// The three groups of section 8.2, five rows each.
pub const GROUPS: [Entry; 3] = [
    entry("ecological", "Ekologinen kestävyys"),
    entry("economic", "Taloudellinen kestävyys"),
    entry("social", "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus"),
];

/// The fifteen rows of section 8.2, in order.
pub const ROWS: [Entry; 15] = [
    entry("natural_resources", "Luonnonvarojen käytön kestävyys"),
    entry("climate", "Ilmastonmuutoksen aiheuttamien riskien vähentäminen"),
    entry("biodiversity", "Kasvillisuus, eliöt ja luonnon monimuotoisuus"),
    entry(
        "water_soil_air",
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)",
    ),
    entry("natura_2000", "Natura 2000 -ohjelman kohteet"),
    entry("materials_waste", "Materiaalit ja jätteet"),
    entry("renewable_energy", "Uusiutuvien energialähteiden käyttö"),
    entry("local_economy", "Paikallisen elinkeinorakenteen kestävä kehittäminen"),
    entry("intangible_products", "Aineettomien tuotteiden ja palvelujen kehittäminen"),
    entry("mobility_logistics", "Liikkuminen ja logistiikka"),
    entry("wellbeing", "Hyvinvoinnin edistäminen"),
    entry("equality", "Tasa-arvon edistäminen"),
    entry("social_equality", "Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus"),
    entry("cultural_environment", "Kulttuuriympäristö"),
    entry("environmental_skills", "Ympäristöosaaminen"),
];

impl Prose {
    /// The four free-text sections in the form's order.
    pub const ALL: [Prose; 4] =
        [Prose::Summary, Prose::Target, Prose::IndirectTarget, Prose::Report];

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
        assert!(SECTIONS.iter().enumerate().all(|(i, s)| s.section as usize == i));
        assert!(LABELS.iter().enumerate().all(|(i, l)| l.field as usize == i));
    }

    #[test]
    fn keys_are_unique_and_plain() {
        let fields = LABELS.iter().map(|l| l.key);
        let sections = SECTIONS.iter().map(|s| s.key);
        let rows = QUESTIONS.iter().chain(&GROUPS).chain(&ROWS).map(|e| e.key);
        for keys in [fields.collect::<Vec<_>>(), sections.collect(), rows.collect()] {
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
    fn a_part_of_the_form_can_be_named() {
        assert_eq!(Prose::IndirectTarget.key(), "indirect_target");
        assert_eq!(Prose::Report.title(), "Loppuraportin tiivistelmä");
        assert_eq!(Section::Area.title(), "Projektin toteutusalue ja kohderyhmän kuvaus");
        assert_eq!(Field::Code.key(), "code");
        assert_eq!(ROWS[4].key, "natura_2000");
    }
}
