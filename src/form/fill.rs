//! From a field and its printed value into the typed project.
//!
//! Apart from the walk, which knows lines but not meanings. A value that
//! cannot be read is reported to the walk, which keeps its line; nothing is
//! guessed.

use super::catalogue::{Field, Kind};
use super::problem::Trouble;
use super::project::{Participation, Project};
use super::values;

/// A value that could not be read whole.
pub(super) struct Unread {
    pub(super) kind: Trouble,
    /// What is wrong, as the second half of a sentence.
    pub(super) what: &'static str,
}

const fn unread(kind: Trouble, what: &'static str) -> Unread {
    Unread { kind, what }
}

/// Stores a value that is not empty.
pub(super) fn store<'t>(
    project: &mut Project<'t>,
    field: Field,
    value: &'t str,
) -> Result<(), Unread> {
    match field.label().kind {
        Kind::Code => store_code(project, value),
        Kind::Period => store_period(project, value),
        Kind::Status => {
            project.status = values::status(value);
            let what = "is neither running nor ended";
            project
                .status
                .map(|_| ())
                .ok_or(unread(Trouble::StatusUnreadable, what))
        }
        Kind::Money => {
            let euros = values::euros(value);
            *money(project, field) = euros;
            let what = "is not an amount in whole euros";
            euros
                .map(|_| ())
                .ok_or(unread(Trouble::MoneyUnreadable, what))
        }
        Kind::Count => store_count(&mut project.participation, field, value),
        Kind::List => {
            let list = values::list(value);
            match field {
                Field::Regions => project.places.regions = list.collect(),
                Field::Subregions => project.places.subregions = list.collect(),
                _ => project.places.municipalities = list.collect(),
            }
            let regions = &project.places.regions;
            project.places.national |= regions.iter().any(|r| values::is_whole_country(r));
            Ok(())
        }
        Kind::Partners | Kind::Marker => Err(unread(Trouble::TextStray, "takes no value")),
        _ => {
            if let Some(slot) = text(project, field) {
                *slot = Some(value);
            } else {
                project.applicant.phones.push(value);
            }
            Ok(())
        }
    }
}

fn store_code<'t>(project: &mut Project<'t>, value: &'t str) -> Result<(), Unread> {
    if values::is_code(value) {
        project.code = Some(value);
        return Ok(());
    }
    let begins = value.get(..6).filter(|front| values::is_code(front));
    let ends = |front: &&str| !value[front.len()..].starts_with(char::is_alphanumeric);
    project.code = begins.filter(ends);
    Err(unread(
        Trouble::CodeMalformed,
        "is not a letter S or A and five digits",
    ))
}

fn store_period(project: &mut Project<'_>, value: &str) -> Result<(), Unread> {
    let reading = values::period(value);
    project.period = reading.period;
    if !reading.whole {
        return Err(unread(
            Trouble::DateUnreadable,
            "holds a date that cannot be read",
        ));
    }
    match (reading.period.start, reading.period.end) {
        (Some(start), Some(end)) if end < start => {
            Err(unread(Trouble::PeriodReversed, "ends before it starts"))
        }
        _ => Ok(()),
    }
}

fn store_count(counts: &mut Participation, field: Field, value: &str) -> Result<(), Unread> {
    let what = "is not a count";
    let (all, women) =
        values::count_and_women(value).ok_or(unread(Trouble::CountUnreadable, what))?;
    let (all_slot, women_slot) = count(counts, field);
    *all_slot = Some(all);
    match (women, women_slot) {
        (None, _) => Ok(()),
        (Some(women), Some(slot)) => {
            *slot = Some(women);
            Ok(())
        }
        (Some(_), None) => Err(unread(Trouble::CountUnreadable, "counts women besides")),
    }
}

fn money<'p>(project: &'p mut Project<'_>, field: Field) -> &'p mut Option<u64> {
    match field {
        Field::Granted => &mut project.money.granted,
        Field::Spent => &mut project.money.spent,
        Field::PublicPlanned => &mut project.money.public_planned,
        _ => &mut project.money.public_realised,
    }
}

/// Where a count goes, and the women among it.
fn count(counts: &mut Participation, field: Field) -> (&mut Option<u64>, Option<&mut Option<u64>>) {
    let c = counts;
    match field {
        Field::CompaniesPlanned => (&mut c.companies_planned, None),
        Field::CompaniesRealised => (&mut c.companies_realised, None),
        Field::PersonsPlanned => (&mut c.persons_planned, Some(&mut c.women_planned)),
        Field::PersonsRealised => (&mut c.persons_realised, Some(&mut c.women_realised)),
        Field::JobsPlanned => (&mut c.jobs_planned, Some(&mut c.jobs_women_planned)),
        Field::JobsRealised => (&mut c.jobs_realised, Some(&mut c.jobs_women_realised)),
        Field::NewCompaniesPlanned => (
            &mut c.new_companies_planned,
            Some(&mut c.new_companies_women_planned),
        ),
        _ => (
            &mut c.new_companies_realised,
            Some(&mut c.new_companies_women_realised),
        ),
    }
}

/// The slot of a text field; telephone numbers of the applicant have a list.
fn text<'p, 't>(project: &'p mut Project<'t>, field: Field) -> Option<&'p mut Option<&'t str>> {
    let applicant = &mut project.applicant;
    Some(match field {
        Field::Name => &mut project.name,
        Field::Part => &mut project.part,
        Field::Axis => &mut project.axis,
        Field::Objective => &mut project.objective,
        Field::ProjectType => &mut project.project_type,
        Field::Authority => &mut project.authority,
        Field::Applicant => &mut applicant.name,
        Field::OrganisationType => &mut applicant.kind,
        Field::BusinessId => &mut applicant.business_id,
        Field::Street => &mut applicant.address.street,
        Field::PostalCode => &mut applicant.address.postal_code,
        Field::Town => &mut applicant.address.town,
        Field::Website => &mut applicant.website,
        Field::ProjectWebsite => &mut applicant.project_website,
        Field::ContactName => &mut applicant.contact.name,
        Field::ContactPosition => &mut applicant.contact.position,
        Field::ContactEmail => &mut applicant.contact.email,
        Field::ContactPhone => &mut applicant.contact.phone,
        Field::Arrangement => &mut applicant.arrangement,
        Field::SiteStreet => &mut project.places.site.street,
        Field::SitePostalCode => &mut project.places.site.postal_code,
        Field::SiteTown => &mut project.places.site.town,
        _ => return None,
    })
}

/// Whether a value that stands alone on the line after its label is one: told
/// by its kind, so that no other line is taken for it.
pub(super) fn plausible(kind: Kind, value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    match kind {
        Kind::Text => value.len() <= 300,
        Kind::List => value.len() <= 2_000,
        Kind::Code => values::is_code(value),
        Kind::Period => values::period(value).whole,
        Kind::Status => values::status(value).is_some(),
        Kind::BusinessId => values::is_business_id(value),
        Kind::PostalCode => value.len() <= 20 && digits == 5,
        Kind::Phone => value.len() <= 60 && digits > 2,
        Kind::Web => value.contains('.') && !value.contains(char::is_whitespace),
        Kind::Email => super::furniture::is_mail(value),
        Kind::Arrangement => values::is_arrangement(value),
        Kind::Money => values::euros(value).is_some(),
        Kind::Count => values::count_and_women(value).is_some(),
        Kind::Partners | Kind::Marker => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::catalogue::LABELS;

    #[test]
    fn every_text_field_has_its_own_slot() {
        let mut project = Project::default();
        let texts = LABELS
            .iter()
            .filter(|l| text(&mut project, l.field).is_some());
        let fields: Vec<_> = texts.map(|l| l.field).collect();
        for field in fields {
            let mut project = Project::default();
            assert!(store(&mut project, field, field.key()).is_ok());
            assert_eq!(text(&mut project, field).copied(), Some(Some(field.key())));
        }
    }

    #[test]
    fn an_unreadable_value_is_told_and_not_stored() {
        let mut project = Project::default();
        let told = |r: Result<(), Unread>| r.err().map(|u| u.kind);
        let tries = [
            (Field::Granted, "paljon", Trouble::MoneyUnreadable),
            (
                Field::CompaniesPlanned,
                "10, joista naisia 2",
                Trouble::CountUnreadable,
            ),
            (Field::Status, "kesken", Trouble::StatusUnreadable),
            (
                Field::Period,
                "Alkaa 31.4.2020 ja päättyy 1.5.2021",
                Trouble::DateUnreadable,
            ),
            (Field::Code, "S20015b", Trouble::CodeMalformed),
        ];
        for (field, value, kind) in tries {
            assert_eq!(told(store(&mut project, field, value)), Some(kind));
        }
        assert_eq!(project.money.granted, None);
        assert_eq!(project.code, None);
        assert!(project.period.start.is_none() && project.period.end.is_some());
        assert!(store(&mut project, Field::Code, "S20015 (jatko)").is_err());
        assert_eq!(project.code, Some("S20015"));
    }

    #[test]
    fn a_value_on_its_own_line_must_look_its_kind() {
        assert!(plausible(Kind::Web, "http://www.kemi.fi") && !plausible(Kind::Web, "Ei ole"));
        assert!(plausible(Kind::Arrangement, "Vain yksi hakija"));
        assert!(!plausible(Kind::Arrangement, "Hanke kehittää"));
        assert!(plausible(Kind::PostalCode, "70101") && !plausible(Kind::PostalCode, "Kuopio"));
        assert!(!plausible(Kind::Marker, "x"));
    }
}
