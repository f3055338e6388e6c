//! The catalogue's labels: every line of the form that names a value.
//!
//! Part of the catalogue, in a file of its own for its length. A label belongs
//! to one section and counts nowhere else; the same words in two sections are
//! two fields.

use super::catalogue::{SECTIONS, Section};
use super::project::Form;

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
    PublicPlanned Money Money "public_planned" "Suunniteltu julkinen rahoitus yhteensä" also [] en ["Planned total public funding"] old [];
    PublicRealised Money Money "public_realised" "Toteutunut julkinen rahoitus yhteensä" also [] en ["Realised total public funding"] old [];

    Regions Places List "regions" "Maakunnat" also [] en ["Regions"] old [];
    Subregions Places List "subregions" "Seutukunnat" also [] en ["Sub-regional units", "Sub-regions"] old [];
    Municipalities Places List "municipalities" "Kunnat" also [] en ["Municipalities"] old [];
    National Places Marker "national" "Valtakunnallinen projekti" also ["Valtakunnallinen hanke", "Valtakunnallinen", "Koko Suomi", "Koko maa"] en ["National project", "Whole country"] old [];
    Site Places Marker "site" "Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa" also ["Toteutuspaikan osoite"] en [] old ["Toteutuspaikan osoite, jos projekti toteutetaan yhdessä paikassa"];
    SiteStreet Places Text "site_street" "Jakeluosoite" also [] en ["Street", "Street address"] old ["Osoite"];
    SitePostalCode Places PostalCode "site_postal_code" "Postinumero" also [] en ["Postal code"] old [];
    SiteTown Places Text "site_town" "Postitoimipaikka" also [] en ["City/town"] old [];

    CompaniesPlanned Companies Count "companies_planned" "Suunniteltu" also [] en ["Planned"] old [];
    CompaniesRealised Companies Count "companies_realised" "Toteutunut seurantatietojen mukaan" also ["Toteutunut"] en ["Realised according to monitoring data", "Realised"] old [];
    PersonsPlanned Persons Count "persons_planned" "Suunniteltu" also [] en ["Planned"] old [];
    PersonsRealised Persons Count "persons_realised" "Toteutunut seurantatietojen mukaan" also ["Toteutunut"] en ["Realised according to monitoring data", "Realised"] old [];
    JobsPlanned Jobs Count "jobs_planned" "Suunniteltu" also [] en [] old [];
    JobsRealised Jobs Count "jobs_realised" "Toteutunut seurantatietojen mukaan" also ["Toteutunut"] en [] old [];
    NewCompaniesPlanned NewCompanies Count "new_companies_planned" "Suunniteltu" also [] en [] old [];
    NewCompaniesRealised NewCompanies Count "new_companies_realised" "Toteutunut seurantatietojen mukaan" also ["Toteutunut"] en [] old [];
}

/// The labels of a section.
#[must_use]
pub fn labels_of(section: Section) -> &'static [Label] {
    const RANGES: [(usize, usize); SECTIONS.len()] = ranges();
    let (start, end) = RANGES[section as usize];
    &LABELS[start..end]
}

/// Where each section's labels begin and end in the table.
const fn ranges() -> [(usize, usize); SECTIONS.len()] {
    let mut ranges = [(0, 0); SECTIONS.len()];
    let mut at = 0;
    while at < LABELS.len() {
        let section = LABELS[at].section as usize;
        if ranges[section].1 == 0 {
            ranges[section].0 = at;
        }
        at += 1;
        ranges[section].1 = at;
    }
    ranges
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

/// The contact person's data.
pub const CONTACTS: [Field; 4] = [
    Field::ContactName,
    Field::ContactPosition,
    Field::ContactEmail,
    Field::ContactPhone,
];

/// The English form prints labels after section 3 that were never seen: words
/// that tell them apart within their section. The first fit wins.
pub const ENGLISH_WORDS: &[(Field, &[&str])] = &[
    (Field::PublicPlanned, &["plan", "public"]),
    (Field::PublicRealised, &["real", "public"]),
    (Field::Granted, &["grant"]),
    (Field::Granted, &["award"]),
    (Field::Spent, &["real"]),
    (Field::Subregions, &["sub"]),
    (Field::Regions, &["region"]),
    (Field::Municipalities, &["municipal"]),
    (Field::CompaniesPlanned, &["plan"]),
    (Field::CompaniesRealised, &["real"]),
    (Field::PersonsPlanned, &["plan"]),
    (Field::PersonsRealised, &["real"]),
];
