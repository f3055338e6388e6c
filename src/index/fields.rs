//! The FIELDS table: everything the index holds, one row a field.
//!
//! Schema, documents, query prefixes, JSON keys, `--help` and the README's
//! table all come from it, so that adding a field touches one place. Rows say
//! what a field is; how it is written is `schema`'s and `document`'s work.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::form::project::{Fund, Project, Prose, Status};

/// What a field holds for one project, borrowed from it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'p> {
    /// Texts to be analysed; a phrase never spans two of them.
    Texts(Vec<Cow<'p, str>>),
    /// Exact strings.
    Keywords(Vec<&'p str>),
    /// A civil date.
    Date(Option<Date>),
    /// Whole euros, or a count.
    Number(Option<u64>),
}

/// How a field is indexed and what can be asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Analysed text, found by any form of its words.
    Text,
    /// Exact strings, one or many: filters and facets.
    Keyword,
    /// A civil date, indexed as the number `yyyymmdd`.
    Date,
    /// Whole euros.
    Money,
    /// A count.
    Count,
}

/// One row of the table.
#[derive(Debug)]
pub struct Field {
    /// Stable English name: JSON key, schema name, query prefix.
    pub key: &'static str,
    /// What people see, in Finnish.
    pub title: &'static str,
    /// Further names: with and without dots, inflected as the form has it.
    pub aliases: &'static [&'static str],
    /// Section of the form.
    pub section: &'static str,
    /// How it is indexed.
    pub kind: Kind,
    /// What one occurrence of a word is worth here, against 1 in the summary;
    /// 0 for what is not text.
    pub weight: f32,
    /// One line for people.
    pub about: &'static str,
    /// Takes the field out of a project.
    pub value: for<'p> fn(&'p Project<'p>) -> Value<'p>,
}

impl Field {
    /// Whether `name`, as a person types it, means this field.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.key == name
            || self.title.to_lowercase() == name
            || self.aliases.contains(&name.as_str())
    }
}

/// The field that a person calls `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.is_called(name))
}

/// The text fields with their places in the table, in its order.
pub fn texts() -> impl Iterator<Item = (usize, &'static Field)> {
    FIELDS
        .iter()
        .enumerate()
        .filter(|(_, f)| f.kind == Kind::Text)
}

const fn text(key: &'static str, title: &'static str, section: &'static str) -> Field {
    Field {
        key,
        title,
        aliases: &[],
        section,
        kind: Kind::Text,
        weight: 1.0,
        about: "",
        value: |_| Value::Texts(Vec::new()),
    }
}

const fn typed(key: &'static str, title: &'static str, section: &'static str, kind: Kind) -> Field {
    let mut field = text(key, title, section);
    field.kind = kind;
    field.weight = 0.0;
    field
}

/// All fields. Text fields come first, the weightiest first: hits list their
/// sections in this order.
///
/// The weights are ratios to the plan's summary. A word in the name or among
/// the target groups says what a project is about; the comments of section 8
/// are mostly boilerplate that repeats in thousands of projects.
pub static FIELDS: &[Field] = &[
    Field {
        aliases: &["nimi", "hankkeen nimi"],
        weight: 2.0,
        about: "name of the project, and its code",
        value: |p| Value::Texts(present([p.name, p.code])),
        ..text("name", "nimi", "1")
    },
    Field {
        aliases: &["kohderyhma", "kohderyhmä", "kohderyhmat"],
        weight: 1.8,
        about: "whom the project is for (4.1)",
        value: |p| prose(p, Prose::Target),
        ..text("target", "kohderyhmät", "4.1")
    },
    Field {
        aliases: &["tiivistelma", "suunnitelma"],
        weight: 1.0,
        about: "summary of the plan (3)",
        value: |p| prose(p, Prose::Summary),
        ..text("summary", "tiivistelmä", "3")
    },
    Field {
        aliases: &["tulokset", "raportti"],
        weight: 1.0,
        about: "summary of the final report (9)",
        value: |p| prose(p, Prose::Report),
        ..text("report", "loppuraportti", "9")
    },
    Field {
        aliases: &["valilliset", "välilliset", "valilliset kohderyhmat"],
        weight: 0.8,
        about: "indirect target groups (4.2)",
        value: |p| prose(p, Prose::IndirectTarget),
        ..text("indirect_target", "välilliset kohderyhmät", "4.2")
    },
    Field {
        aliases: &["toteuttaja", "hakijat"],
        weight: 1.2,
        about: "applicant and partners",
        value: applicant_texts,
        ..text("applicant", "hakija", "2")
    },
    Field {
        aliases: &["paikka", "alue"],
        weight: 1.5,
        about: "regions, sub-regions, municipalities, site",
        value: place_texts,
        ..text("places", "alueet", "6")
    },
    Field {
        aliases: &["ohjelma"],
        weight: 0.4,
        about: "axis, objective, authority, project type",
        value: |p| {
            Value::Texts(present([
                p.axis,
                p.objective,
                p.part,
                p.project_type,
                p.authority,
            ]))
        },
        ..text("programme", "ohjelma", "1")
    },
    Field {
        aliases: &["tasa-arvo", "sukupuoli"],
        weight: 0.3,
        about: "comments on gender equality (8.1)",
        value: |p| Value::Texts(present(p.equality.iter().map(|a| a.comment))),
        ..text("equality", "tasa-arvo", "8.1")
    },
    Field {
        aliases: &["kestavyys", "kestävyys", "kestavakehitys"],
        weight: 0.2,
        about: "comments on sustainable development (8.2)",
        value: |p| Value::Texts(present(p.sustainability.iter().map(|row| row.comment))),
        ..text("sustainability", "kestävä kehitys", "8.2")
    },
    Field {
        aliases: &["tunnistamaton"],
        weight: 0.4,
        about: "text that belongs to no part of the form",
        value: |p| Value::Texts(p.unrecognised.iter().map(|u| u.text.into()).collect()),
        ..text("unrecognised", "muu teksti", "")
    },
    Field {
        aliases: &["hankekoodi"],
        about: "project code, S22421",
        value: |p| Value::Keywords(p.code.into_iter().collect()),
        ..typed("code", "koodi", "1", Kind::Keyword)
    },
    Field {
        about: "fund: esr or eakr",
        value: |p| Value::Keywords(p.fund.map(fund_key).into_iter().collect()),
        ..typed("fund", "rahasto", "1", Kind::Keyword)
    },
    Field {
        aliases: &["status", "toiminnan tila"],
        about: "running or ended",
        value: |p| Value::Keywords(p.status.map(status_key).into_iter().collect()),
        ..typed("status", "tila", "1", Kind::Keyword)
    },
    Field {
        aliases: &["toimintalinja"],
        about: "priority axis",
        value: |p| Value::Keywords(p.axis.into_iter().collect()),
        ..typed("axis", "toimintalinja", "1", Kind::Keyword)
    },
    Field {
        aliases: &["tavoite"],
        about: "specific objective",
        value: |p| Value::Keywords(p.objective.into_iter().collect()),
        ..typed("objective", "erityistavoite", "1", Kind::Keyword)
    },
    Field {
        aliases: &["viranomainen"],
        about: "responsible authority",
        value: |p| Value::Keywords(p.authority.into_iter().collect()),
        ..typed("authority", "vastuuviranomainen", "1", Kind::Keyword)
    },
    Field {
        aliases: &["alku"],
        about: "first planned day",
        value: |p| Value::Date(p.period.start),
        ..typed("start", "alkaa", "1", Kind::Date)
    },
    Field {
        aliases: &["paattyy", "loppu"],
        about: "last planned day",
        value: |p| Value::Date(p.period.end),
        ..typed("end", "päättyy", "1", Kind::Date)
    },
    Field {
        aliases: &["ytunnus"],
        about: "applicant's business id",
        value: |p| Value::Keywords(p.applicant.business_id.into_iter().collect()),
        ..typed("business_id", "y-tunnus", "2", Kind::Keyword)
    },
    Field {
        aliases: &["organisaatio"],
        about: "applicant's type of organisation",
        value: |p| Value::Keywords(p.applicant.kind.into_iter().collect()),
        ..typed(
            "organisation_type",
            "organisaatiotyyppi",
            "2",
            Kind::Keyword,
        )
    },
    Field {
        aliases: &["rahoitus", "myonnetty"],
        about: "EU and state funding granted, euros",
        value: |p| Value::Number(p.money.granted),
        ..typed("granted", "myönnetty", "5", Kind::Money)
    },
    Field {
        aliases: &["kaytetty", "käytetty"],
        about: "EU and state funding spent, euros",
        value: |p| Value::Number(p.money.spent),
        ..typed("spent", "toteutunut", "5", Kind::Money)
    },
    Field {
        about: "all public funding planned, euros",
        value: |p| Value::Number(p.money.public_planned),
        ..typed("public_planned", "julkinen suunniteltu", "5", Kind::Money)
    },
    Field {
        about: "all public funding realised, euros",
        value: |p| Value::Number(p.money.public_realised),
        ..typed("public_realised", "julkinen toteutunut", "5", Kind::Money)
    },
    Field {
        aliases: &["maakunnat", "regions"],
        about: "regions",
        value: |p| Value::Keywords(p.places.regions.clone()),
        ..typed("region", "maakunta", "6", Kind::Keyword)
    },
    Field {
        aliases: &["seutukunnat", "subregions"],
        about: "sub-regions, in the genitive as printed",
        value: |p| Value::Keywords(p.places.subregions.clone()),
        ..typed("subregion", "seutukunta", "6", Kind::Keyword)
    },
    Field {
        aliases: &["kunnat", "municipalities"],
        about: "municipalities",
        value: |p| Value::Keywords(p.places.municipalities.clone()),
        ..typed("municipality", "kunta", "6", Kind::Keyword)
    },
    Field {
        aliases: &["yrityksia"],
        about: "companies, planned",
        value: |p| Value::Number(p.participation.companies_planned),
        ..typed(
            "companies_planned",
            "yrityksiä suunniteltu",
            "7.1",
            Kind::Count,
        )
    },
    Field {
        about: "companies, realised",
        value: |p| Value::Number(p.participation.companies_realised),
        ..typed(
            "companies_realised",
            "yrityksiä toteutunut",
            "7.1",
            Kind::Count,
        )
    },
    Field {
        aliases: &["henkiloita", "henkilöitä"],
        about: "persons, planned",
        value: |p| Value::Number(p.participation.persons_planned),
        ..typed(
            "persons_planned",
            "henkilöitä suunniteltu",
            "7.2",
            Kind::Count,
        )
    },
    Field {
        about: "persons, realised",
        value: |p| Value::Number(p.participation.persons_realised),
        ..typed(
            "persons_realised",
            "henkilöitä toteutunut",
            "7.2",
            Kind::Count,
        )
    },
];

fn present<'p>(values: impl IntoIterator<Item = Option<&'p str>>) -> Vec<Cow<'p, str>> {
    values.into_iter().flatten().map(Cow::Borrowed).collect()
}

fn prose<'p>(project: &'p Project<'p>, part: Prose) -> Value<'p> {
    let passages = project.passages.iter().filter(|p| p.prose == part);
    Value::Texts(passages.map(|p| p.text.into()).collect())
}

fn applicant_texts<'p>(project: &'p Project<'p>) -> Value<'p> {
    let applicant = &project.applicant;
    let mut texts = present([applicant.name, applicant.kind, applicant.address.town]);
    texts.extend(present([applicant.business_id, applicant.website]));
    for partner in &applicant.partners {
        texts.push(partner.name.into());
        texts.extend(partner.business_id.map(Cow::Borrowed));
    }
    Value::Texts(texts)
}

fn place_texts<'p>(project: &'p Project<'p>) -> Value<'p> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_field_only() {
        let mut seen = std::collections::BTreeMap::new();
        for (row, field) in FIELDS.iter().enumerate() {
            for name in field.aliases.iter().chain([&field.key, &field.title]) {
                let earlier = seen.insert((*name).to_owned(), row);
                assert!(earlier.is_none_or(|e| e == row), "{name} is taken twice");
            }
        }
    }

    #[test]
    fn people_may_leave_out_the_dots() {
        assert_eq!(find("kohderyhma").map(|f| f.key), Some("target"));
        assert_eq!(find("Tiivistelmä").map(|f| f.key), Some("summary"));
        assert_eq!(find("report").map(|f| f.key), Some("report"));
        assert!(find("hinta").is_none());
    }
}
