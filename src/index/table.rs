//! The FIELDS table: everything the index holds, one row a field.
//!
//! A row says what a field is called, where the form has it, how it is kept and
//! how it is got out of a project. New rows of text go in by their weight, all
//! others by their place in the form.

use crate::form::project::Prose;

use super::extract::{
    applicant_texts, companies_share, fund_key, persons_share, place_texts, present,
    programme_period, prose, regions, share, status_key, subregions, year,
};
use super::fields::{
    Field, Kind, Value, answer, choice, direct, indirect, number, percent, text, typed,
};

/// All fields. Text fields come first, the weightiest first: hits list their
/// sections in this order.
///
/// The weights are ratios to the plan's summary. A word in the name or among
/// the target groups says what a project is about; the comments of section 8
/// are mostly boilerplate that repeats in thousands of projects.
pub static FIELDS: &[Field] = &[
    Field {
        aliases: &["hankkeen nimi"],
        weight: 2.0,
        about: "name of the project, and its code",
        value: |p| Value::Texts(present([p.name, p.code])),
        ..text("name", "nimi", "1")
    },
    Field {
        aliases: &["kohderyhmä"],
        weight: 1.8,
        about: "whom the project is for (4.1)",
        value: |p| prose(p, Prose::Target),
        ..text("target", "kohderyhmät", "4.1")
    },
    Field {
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
        aliases: &["välilliset"],
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
        aliases: &["sukupuoli"],
        weight: 0.3,
        about: "comments on gender equality (8.1)",
        value: |p| Value::Texts(present(p.equality.iter().map(|a| a.comment))),
        ..text("equality", "tasa-arvo", "8.1")
    },
    Field {
        aliases: &["kestävyys", "kestäväkehitys"],
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
        about: "name of the project as a whole",
        value: |p| Value::Keywords(p.name.into_iter().collect()),
        ..typed("full_name", "koko nimi", "1", Kind::Keyword)
    },
    Field {
        aliases: &["hankekoodi"],
        about: "project code, S22421",
        value: |p| Value::Keywords(p.code.into_iter().collect()),
        ..typed("code", "koodi", "1", Kind::Keyword)
    },
    Field {
        values: &[
            choice("esr", &["ESR", "sosiaalirahasto"]),
            choice("eakr", &["EAKR", "aluekehitysrahasto"]),
        ],
        about: "fund: esr or eakr",
        value: |p| Value::Keywords(p.fund.map(fund_key).into_iter().collect()),
        ..typed("fund", "rahasto", "1", Kind::Keyword)
    },
    Field {
        about: "programme period: 2007-2013 or 2014-2020",
        value: |p| Value::Keywords(vec![programme_period(p.form)]),
        ..typed("programme_period", "ohjelmakausi", "1", Kind::Keyword)
    },
    Field {
        values: &[
            choice("running", &["toiminnassa", "käynnissä"]),
            choice("ended", &["päättynyt", "toiminta päättynyt"]),
        ],
        aliases: &["toiminnan tila"],
        about: "running or ended",
        value: |p| Value::Keywords(p.status.map(status_key).into_iter().collect()),
        ..typed("status", "tila", "1", Kind::Keyword)
    },
    Field {
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
        aliases: &["loppu"],
        about: "last planned day",
        value: |p| Value::Date(p.period.end),
        ..typed("end", "päättyy", "1", Kind::Date)
    },
    Field {
        about: "year of the first planned day",
        value: |p| year(p.period.start),
        ..typed("start_year", "alkuvuosi", "1", Kind::Count)
    },
    Field {
        about: "year of the last planned day",
        value: |p| year(p.period.end),
        ..typed("end_year", "loppuvuosi", "1", Kind::Count)
    },
    Field {
        aliases: &["ytunnus"],
        labels: Some("applicant_name"),
        of: Some("applicant"),
        about: "applicant's business id",
        value: |p| Value::Keywords(p.applicant.business_id.into_iter().collect()),
        ..typed("business_id", "y-tunnus", "2", Kind::Keyword)
    },
    Field {
        about: "applicant's name as a whole",
        value: |p| Value::Keywords(p.applicant.name.into_iter().collect()),
        ..typed("applicant_name", "hakijan nimi", "2", Kind::Keyword)
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
        aliases: &["rahoitus"],
        about: "EU and state funding granted, euros",
        value: |p| Value::Number(p.money.granted),
        ..number("granted", "myönnetty", "5", Kind::Money)
    },
    Field {
        aliases: &["käytetty"],
        about: "EU and state funding spent, euros",
        value: |p| Value::Number(p.money.spent),
        ..number("spent", "toteutunut", "5", Kind::Money)
    },
    Field {
        about: "all public funding planned, euros",
        value: |p| Value::Number(p.money.public_planned),
        ..number("public_planned", "julkinen suunniteltu", "5", Kind::Money)
    },
    Field {
        about: "all public funding realised, euros",
        value: |p| Value::Number(p.money.public_realised),
        ..number("public_realised", "julkinen toteutunut", "5", Kind::Money)
    },
    Field {
        aliases: &["maakunnat", "regions"],
        about: "regions, those of the municipalities too",
        value: regions,
        ..typed("region", "maakunta", "6", Kind::Keyword)
    },
    Field {
        aliases: &["seutukunnat", "subregions"],
        about: "sub-regions, in the nominative",
        value: subregions,
        ..typed("subregion", "seutukunta", "6", Kind::Keyword)
    },
    Field {
        aliases: &["kunnat", "municipalities"],
        about: "municipalities",
        value: |p| Value::Keywords(p.places.municipalities.clone()),
        ..typed("municipality", "kunta", "6", Kind::Keyword)
    },
    Field {
        aliases: &["yrityksiä"],
        about: "companies, planned",
        value: |p| Value::Number(p.participation.companies_planned),
        ..number(
            "companies_planned",
            "yrityksiä suunniteltu",
            "7.1",
            Kind::Count,
        )
    },
    Field {
        about: "companies, realised",
        value: |p| Value::Number(p.participation.companies_realised),
        ..number(
            "companies_realised",
            "yrityksiä toteutunut",
            "7.1",
            Kind::Count,
        )
    },
    Field {
        aliases: &["henkilöitä"],
        about: "persons, planned",
        value: |p| Value::Number(p.participation.persons_planned),
        ..number(
            "persons_planned",
            "henkilöitä suunniteltu",
            "7.2",
            Kind::Count,
        )
    },
    Field {
        about: "persons, realised",
        value: |p| Value::Number(p.participation.persons_realised),
        ..number(
            "persons_realised",
            "henkilöitä toteutunut",
            "7.2",
            Kind::Count,
        )
    },
    Field {
        about: "spent, per cent of what was granted",
        value: |p| share(p.money.spent, p.money.granted),
        ..percent("spent_share", "toteuma", "5")
    },
    Field {
        about: "all public funding realised, per cent of the plan",
        value: |p| share(p.money.public_realised, p.money.public_planned),
        ..percent("public_share", "julkinen toteuma", "5")
    },
    Field {
        about: "companies realised, per cent of the plan",
        value: companies_share,
        ..percent("companies_share", "yritystoteuma", "7.1")
    },
    Field {
        about: "persons realised, per cent of the plan",
        value: persons_share,
        ..percent("persons_share", "henkilötoteuma", "7.2")
    },
    answer::<0>("equality_analysis", "tasa-arvo.analyysi"),
    answer::<1>("equality_mainstreaming", "tasa-arvo.valtavirtaistaminen"),
    answer::<2>("equality_main_goal", "tasa-arvo.päätavoite"),
    direct::<0>("sustainability_natural_resources", "kestävyys.luonnonvarat"),
    direct::<1>("sustainability_climate", "kestävyys.ilmasto"),
    direct::<2>("sustainability_biodiversity", "kestävyys.monimuotoisuus"),
    direct::<3>("sustainability_water_soil_air", "kestävyys.vesistöt"),
    direct::<4>("sustainability_natura_2000", "kestävyys.natura"),
    direct::<5>("sustainability_materials_waste", "kestävyys.materiaalit"),
    direct::<6>("sustainability_renewable_energy", "kestävyys.energia"),
    direct::<7>("sustainability_local_economy", "kestävyys.elinkeinot"),
    direct::<8>("sustainability_intangible_products", "kestävyys.tuotteet"),
    direct::<9>("sustainability_mobility_logistics", "kestävyys.liikkuminen"),
    direct::<10>("sustainability_wellbeing", "kestävyys.hyvinvointi"),
    direct::<11>("sustainability_equality", "kestävyys.tasa-arvo"),
    direct::<12>(
        "sustainability_social_equality",
        "kestävyys.yhdenvertaisuus",
    ),
    direct::<13>(
        "sustainability_cultural_environment",
        "kestävyys.kulttuuriympäristö",
    ),
    direct::<14>(
        "sustainability_environmental_skills",
        "kestävyys.ympäristöosaaminen",
    ),
    indirect::<0>(
        "sustainability_natural_resources_indirect",
        "kestävyys.luonnonvarat.välillinen",
    ),
    indirect::<1>(
        "sustainability_climate_indirect",
        "kestävyys.ilmasto.välillinen",
    ),
    indirect::<2>(
        "sustainability_biodiversity_indirect",
        "kestävyys.monimuotoisuus.välillinen",
    ),
    indirect::<3>(
        "sustainability_water_soil_air_indirect",
        "kestävyys.vesistöt.välillinen",
    ),
    indirect::<4>(
        "sustainability_natura_2000_indirect",
        "kestävyys.natura.välillinen",
    ),
    indirect::<5>(
        "sustainability_materials_waste_indirect",
        "kestävyys.materiaalit.välillinen",
    ),
    indirect::<6>(
        "sustainability_renewable_energy_indirect",
        "kestävyys.energia.välillinen",
    ),
    indirect::<7>(
        "sustainability_local_economy_indirect",
        "kestävyys.elinkeinot.välillinen",
    ),
    indirect::<8>(
        "sustainability_intangible_products_indirect",
        "kestävyys.tuotteet.välillinen",
    ),
    indirect::<9>(
        "sustainability_mobility_logistics_indirect",
        "kestävyys.liikkuminen.välillinen",
    ),
    indirect::<10>(
        "sustainability_wellbeing_indirect",
        "kestävyys.hyvinvointi.välillinen",
    ),
    indirect::<11>(
        "sustainability_equality_indirect",
        "kestävyys.tasa-arvo.välillinen",
    ),
    indirect::<12>(
        "sustainability_social_equality_indirect",
        "kestävyys.yhdenvertaisuus.välillinen",
    ),
    indirect::<13>(
        "sustainability_cultural_environment_indirect",
        "kestävyys.kulttuuriympäristö.välillinen",
    ),
    indirect::<14>(
        "sustainability_environmental_skills_indirect",
        "kestävyys.ympäristöosaaminen.välillinen",
    ),
];
