//! The typed project: what one description says, borrowed from its text.
//!
//! Apart from the parser so that the stages after it (index, search, present)
//! depend on plain data only. Texts are slices of the source wherever the
//! source holds them whole; nothing is translated, folded or corrected here.
//! Absent and empty values are `None` or an empty list: an absent amount is
//! never zero.

use std::borrow::Cow;

use jiff::civil::Date;

/// Which printed form a description follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// EURA 2014 in Finnish, the form of programme period 2014–2020.
    #[default]
    Eura2014,
    /// EURA 2014 in English.
    Eura2014English,
    /// EURA 2007 (codes `S1nnnn`), the form of programme period 2007–2013.
    Eura2007,
}

/// The fund that pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fund {
    /// The European Social Fund (Euroopan sosiaalirahasto).
    Esr,
    /// The European Regional Development Fund (Euroopan aluekehitysrahasto).
    Eakr,
}

/// Whether the project runs or has ended, as of the day the page was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// `Toiminnassa`, `In operation`.
    Running,
    /// `Toiminta päättynyt`, `Ended`.
    Ended,
}

/// Planned dates, inclusive at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

/// A postal address as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address<'t> {
    /// `Jakeluosoite`.
    pub street: Option<&'t str>,
    /// `Postinumero`.
    pub postal_code: Option<&'t str>,
    /// `Postitoimipaikka`.
    pub town: Option<&'t str>,
}

/// The project's contact person: personal data, shown and indexed only on request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact<'t> {
    /// Name.
    pub name: Option<&'t str>,
    /// Position in the applicant's organisation.
    pub position: Option<&'t str>,
    /// E-mail address as printed, usually `name(at)host`.
    pub email: Option<&'t str>,
    /// Telephone number as printed.
    pub phone: Option<&'t str>,
    /// What else stands behind the labels of these: a second person, or the one
    /// of a description that is pasted in.
    pub others: Vec<&'t str>,
}

impl<'t> Contact<'t> {
    /// All that is known of the person.
    pub fn values(&self) -> impl Iterator<Item = &'t str> {
        let named = [self.name, self.position, self.email, self.phone];
        named
            .into_iter()
            .flatten()
            .chain(self.others.iter().copied())
    }
}

/// One partner (`Osatoteuttaja`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Partner<'t> {
    /// All that stands before the business id: name, unit, organisation type.
    pub name: &'t str,
    /// Y-tunnus, `1234567-8`.
    pub business_id: Option<&'t str>,
}

/// Section 2: who applied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applicant<'t> {
    /// Official name.
    pub name: Option<&'t str>,
    /// `Organisaatiotyyppi`.
    pub kind: Option<&'t str>,
    /// Y-tunnus.
    pub business_id: Option<&'t str>,
    /// Postal address.
    pub address: Address<'t>,
    /// Telephone numbers (EURA 2007 prints the label twice).
    pub phones: Vec<&'t str>,
    /// Web address of the organisation.
    pub website: Option<&'t str>,
    /// Web address of the project (EURA 2007 only).
    pub project_website: Option<&'t str>,
    /// Contact person.
    pub contact: Contact<'t>,
    /// `Hakijoiden lukumäärä tai tuen siirto -menettely`, as printed.
    pub arrangement: Option<&'t str>,
    /// Partners; empty means unknown, never "none".
    pub partners: Vec<Partner<'t>>,
}

/// Section 5, whole euros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Money {
    /// Granted by EU and state.
    pub granted: Option<u64>,
    /// Spent of the EU's and the state's money.
    pub spent: Option<u64>,
    /// All public funding as planned.
    pub public_planned: Option<u64>,
    /// All public funding as realised.
    pub public_realised: Option<u64>,
}

/// Section 6: where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places<'t> {
    /// Regions (`Maakunnat`), nominative.
    pub regions: Vec<&'t str>,
    /// Sub-regions (`Seutukunnat`), in the genitive as printed.
    pub subregions: Vec<&'t str>,
    /// Municipalities (`Kunnat`), nominative.
    pub municipalities: Vec<&'t str>,
    /// The form says in words that the project covers the whole country.
    pub national: bool,
    /// Where the project is carried out, if in one place.
    pub site: Address<'t>,
}

/// Section 7 (and EURA 2007's sections 3.4, 4.1 and 4.2): counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Participation {
    /// Companies, planned.
    pub companies_planned: Option<u64>,
    /// Companies, realised according to monitoring data.
    pub companies_realised: Option<u64>,
    /// Persons, planned.
    pub persons_planned: Option<u64>,
    /// Persons, realised; the public page does not print it so far.
    pub persons_realised: Option<u64>,
    /// Of the planned persons, women (EURA 2007).
    pub women_planned: Option<u64>,
    /// Of the realised persons, women (EURA 2007).
    pub women_realised: Option<u64>,
    /// New jobs, planned (EURA 2007).
    pub jobs_planned: Option<u64>,
    /// New jobs, realised (EURA 2007).
    pub jobs_realised: Option<u64>,
    /// Of the planned jobs, those for women (EURA 2007).
    pub jobs_women_planned: Option<u64>,
    /// Of the realised jobs, those for women (EURA 2007).
    pub jobs_women_realised: Option<u64>,
    /// New companies, planned (EURA 2007).
    pub new_companies_planned: Option<u64>,
    /// New companies, realised (EURA 2007).
    pub new_companies_realised: Option<u64>,
    /// Of the planned new companies, those of women (EURA 2007).
    pub new_companies_women_planned: Option<u64>,
    /// Of the realised new companies, those of women (EURA 2007).
    pub new_companies_women_realised: Option<u64>,
}

/// One question of section 8.1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer<'t> {
    /// Kyllä = true, Ei = false.
    pub yes: Option<bool>,
    /// The comment on the following lines.
    pub comment: Option<&'t str>,
}

/// One row of the table of section 8.2.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impact<'t> {
    /// Direct effect, 0 to 10.
    pub direct: Option<u8>,
    /// Indirect effect, 0 to 10.
    pub indirect: Option<u8>,
    /// The comment on the following lines.
    pub comment: Option<&'t str>,
}

/// The free-text sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prose {
    /// Section 3: summary of the plan.
    Summary,
    /// Section 4.1: target groups.
    Target,
    /// Section 4.2: indirect target groups.
    IndirectTarget,
    /// Section 9: summary of the final report.
    Report,
}

/// One free text with the title it stood under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage<'t> {
    /// Where the text belongs.
    pub prose: Prose,
    /// The subsection's printed title, where the form prints one that the
    /// catalogue maps here (EURA 2007).
    pub title: Option<&'t str>,
    /// The text, trimmed of blank lines at both ends.
    pub text: &'t str,
    /// Line of its first character, from 1.
    pub line: u32,
}

/// Text that no part of the form claims; kept and searchable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecognised<'t> {
    /// The text, one block of adjoining lines.
    pub text: &'t str,
    /// Its first line, from 1.
    pub line: u32,
}

/// What one description says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Project<'t> {
    /// The printed form.
    pub form: Form,
    /// The fund named in the title, else the one the code's letter tells.
    pub fund: Option<Fund>,
    /// Project code, `S22421`; normally present, absent in broken pages.
    pub code: Option<&'t str>,
    /// Name.
    pub name: Option<&'t str>,
    /// Priority axis (`Toimintalinja`) as printed, `3. Työllisyys ja …`.
    pub axis: Option<&'t str>,
    /// Specific objective (`Erityistavoite`) as printed, `6.1. Nuorten …`.
    pub objective: Option<&'t str>,
    /// Part of the programme (`Osio`, EURA 2007).
    pub part: Option<&'t str>,
    /// Project type (`Projektityyppi`, EURA 2007).
    pub project_type: Option<&'t str>,
    /// Planned dates.
    pub period: Period,
    /// Running or ended.
    pub status: Option<Status>,
    /// Responsible authority.
    pub authority: Option<&'t str>,
    /// Section 2.
    pub applicant: Applicant<'t>,
    /// Free texts in the order of the page.
    pub passages: Vec<Passage<'t>>,
    /// Section 5.
    pub money: Money,
    /// Section 6.
    pub places: Places<'t>,
    /// Section 7.
    pub participation: Participation,
    /// Section 8.1 in the form's order; the questions are in the catalogue.
    pub equality: [Answer<'t>; 3],
    /// Section 8.2 in the form's order; the labels are in the catalogue.
    pub sustainability: [Impact<'t>; 15],
    /// What belongs nowhere.
    pub unrecognised: Vec<Unrecognised<'t>>,
}

impl<'t> Project<'t> {
    /// The texts of one prose section, joined in page order.
    #[must_use]
    pub fn prose(&self, prose: Prose) -> Cow<'t, str> {
        let mut texts = self.passages.iter().filter(|p| p.prose == prose);
        match (texts.next(), texts.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(only), None) => Cow::Borrowed(only.text),
            (Some(first), Some(second)) => {
                let mut all = format!("{}\n\n{}", first.text, second.text);
                for rest in texts {
                    all.push_str("\n\n");
                    all.push_str(rest.text);
                }
                Cow::Owned(all)
            }
        }
    }
}
