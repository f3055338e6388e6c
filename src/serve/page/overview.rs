//! An overview of what a search finds: projects and money by region, year,
//! axis and type of organisation.

use askama::Template;

use crate::index::fields::{self, FIELDS};
use crate::present::{euros, grouped};
use crate::search::Facet;
use crate::serve::api::Answered;
use crate::serve::ask::Asked;
use crate::serve::call::Call;

use super::address::Address;
use super::chart::Bar;
use super::texts::{Texts, of};
use super::{Frame, names, rendered};

/// What is counted, a chart each.
const CHARTS: [&str; 5] = [
    "region",
    "start_year",
    "axis",
    "organisation_type",
    "status",
];

/// Bars of a chart at the most.
const BARS: usize = 25;

/// A value with what it has.
struct Slice {
    label: String,
    href: String,
    count: String,
    granted: String,
    bars: [Bar; 2],
}

/// A field with its values.
struct Chart {
    title: String,
    finnish: bool,
    slices: Vec<Slice>,
    unknown: String,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    frame: Frame,
    asks: bool,
    heading: String,
    list: String,
    charts: Vec<Chart>,
}

pub(in crate::serve) fn page(call: &Call) -> Answered {
    let mut asked = Asked::read(&call.server.library, &call.params, 0)?;
    let rows = CHARTS.iter().filter_map(|key| fields::row(key));
    asked.options.facets = rows.collect();
    asked.options.sums = true;
    asked.options.doubts = false;
    let found = asked.answer(&call.opened)?;
    let t = of(call.language);
    let address = Address::of(&call.params);
    let all = grouped(found.total + found.loose);
    let heading = match asked.typed.as_str() {
        "" => format!("{all} {}", t.projects),
        typed => format!("{all} {} {} {typed}", t.projects, t.found_for),
    };
    let mut frame = Frame::of(call, t.overview_title.to_owned());
    frame.kept = address.clone().without("q").pairs().to_vec();
    frame.open = !asked.asks();
    let charts = found.facets.iter();
    rendered(&Overview {
        frame,
        asks: asked.asks(),
        heading,
        list: address.at("/"),
        charts: charts
            .map(|facet| chart(facet, call, &address, t))
            .collect(),
    })
}

fn chart(facet: &Facet, call: &Call, address: &Address, t: &Texts) -> Chart {
    let key = FIELDS[facet.row].key;
    let values = facet.values.iter().take(BARS);
    let granted = |value: &crate::search::Count| value.granted.unwrap_or_default();
    let most = values.clone().map(|value| value.count).max();
    let richest = values.clone().map(granted).max();
    let slices = values.map(|value| Slice {
        label: names::value(facet.row, &value.label, &value.value, t),
        href: address
            .clone()
            .with("filter", &format!("{key}={}", value.value))
            .at("/"),
        count: grouped(value.count),
        granted: euros(granted(value)),
        bars: [
            Bar::of(value.count, most.unwrap_or_default(), "planned"),
            Bar::of(granted(value), richest.unwrap_or_default(), "realised"),
        ],
    });
    Chart {
        finnish: names::is_finnish(facet.row),
        title: names::keyed(key, call.language),
        slices: slices.collect(),
        unknown: match facet.unknown {
            0 => String::new(),
            count => grouped(count),
        },
    }
}
