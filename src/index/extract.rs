//! Values that take more than a line to get out of a project.
//!
//! What the FIELDS table calls; apart from it, so that the table is a table.

use std::borrow::Cow;

use crate::form::project::{Form, Fund, Project, Prose, Status};

use super::fields::Value;
use super::places;

pub(super) fn present<'p>(values: impl IntoIterator<Item = Option<&'p str>>) -> Vec<Cow<'p, str>> {
    values.into_iter().flatten().map(Cow::Borrowed).collect()
}

pub(super) fn prose<'p>(project: &'p Project<'p>, part: Prose) -> Value<'p> {
    let passages = project.passages.iter().filter(|p| p.prose == part);
    Value::Texts(passages.map(|p| p.text.into()).collect())
}

pub(super) fn applicant_texts<'p>(project: &'p Project<'p>) -> Value<'p> {
    let applicant = &project.applicant;
    let mut texts = present([applicant.name, applicant.kind, applicant.address.town]);
    texts.extend(present([applicant.business_id, applicant.website]));
    texts.extend(applicant.contact.values().map(Cow::Borrowed));
    for partner in &applicant.partners {
        texts.push(partner.name.into());
        texts.extend(partner.business_id.map(Cow::Borrowed));
    }
    Value::Texts(texts)
}

pub(super) fn place_texts<'p>(project: &'p Project<'p>) -> Value<'p> {
    let places = &project.places;
    let lists = [&places.regions, &places.subregions, &places.municipalities];
    let mut texts: Vec<_> = lists
        .into_iter()
        .flatten()
        .map(|p| Cow::Borrowed(*p))
        .collect();
    texts.extend(present([places.site.street, places.site.town]));
    Value::Texts(texts)
}

/// The regions named, and those of the municipalities named.
pub(super) fn regions<'p>(project: &'p Project<'p>) -> Value<'p> {
    let mut regions = project.places.regions.clone();
    for municipality in &project.places.municipalities {
        let region = places::region_of(municipality);
        regions.extend(region.filter(|region| !regions.contains(region)));
    }
    Value::Keywords(regions)
}

/// The sub-regions in the nominative.
pub(super) fn subregions<'p>(project: &'p Project<'p>) -> Value<'p> {
    let subregions = project.places.subregions.iter();
    Value::Keywords(subregions.map(|s| places::nominative(s)).collect())
}

/// The programme period that a form belongs to.
pub(super) fn programme_period(form: Form) -> &'static str {
    match form {
        Form::Eura2014 | Form::Eura2014English => "2014-2020",
        Form::Eura2007 => "2007-2013",
    }
}

/// Per cent of what was planned that came of it; none if nothing was planned.
pub(super) fn share<'p>(realised: Option<u64>, planned: Option<u64>) -> Value<'p> {
    let share = |(realised, planned): (u64, u64)| {
        let hundreds = realised.checked_mul(100)?;
        hundreds.checked_div(planned)
    };
    Value::Number(realised.zip(planned).and_then(share))
}

/// Companies realised, per cent of the plan.
pub(super) fn companies_share<'p>(project: &'p Project<'p>) -> Value<'p> {
    let counts = &project.participation;
    share(counts.companies_realised, counts.companies_planned)
}

/// Persons realised, per cent of the plan.
pub(super) fn persons_share<'p>(project: &'p Project<'p>) -> Value<'p> {
    let counts = &project.participation;
    share(counts.persons_realised, counts.persons_planned)
}

/// The year of a date.
pub(super) fn year<'p>(date: Option<jiff::civil::Date>) -> Value<'p> {
    Value::Number(date.map(|date| u64::from(date.year().unsigned_abs())))
}

/// The fund's stable key.
#[must_use]
pub fn fund_key(fund: Fund) -> &'static str {
    match fund {
        Fund::Esr => "esr",
        Fund::Eakr => "eakr",
    }
}

/// The status's stable key.
#[must_use]
pub fn status_key(status: Status) -> &'static str {
    match status {
        Status::Running => "running",
        Status::Ended => "ended",
    }
}
