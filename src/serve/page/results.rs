//! The front page and the list of results: one page, since the box to search
//! with stands on both.

use askama::Template;

use crate::index::fields;
use crate::present::grouped;
use crate::search::{self, Hits, Loosening};
use crate::serve::api::Answered;
use crate::serve::ask::Asked;
use crate::serve::call::Call;
use crate::serve::params::{EXPLAIN, FILTER, PAGE, QUERY, SECTION, SORT};

use super::address::Address;
use super::hits::{self, HitView};
use super::narrow::{self, Choice, FacetView};
use super::texts::{Texts, fill};
use super::{Frame, rendered};

/// Projects on a page.
const SIZE: usize = 10;

/// Fields whose values are counted beside the results.
const FACETS: [&str; 7] = [
    "region",
    "status",
    "start_year",
    "axis",
    "organisation_type",
    "granted",
    "fund",
];

/// Queries to begin with.
const EXAMPLES: [&str; 4] = [
    "osatyökykyiset",
    "nuorten työpajat",
    "maahanmuuttajat",
    "digitaaliset taidot",
];

/// A word that may be meant otherwise.
struct DoubtView {
    word: String,
    offers: Vec<Choice>,
}

/// The same search in other shapes.
struct Take {
    overview: String,
    why: Choice,
    csv: String,
    jsonl: String,
    feed: String,
}

#[derive(Template)]
#[template(path = "results.html")]
struct Results {
    frame: Frame,
    asks: bool,
    intro: String,
    examples: Vec<Choice>,
    heading: String,
    place: String,
    hits: Vec<HitView>,
    loose_heading: String,
    loose: Vec<HitView>,
    chips: Vec<Choice>,
    clear: String,
    notes: Vec<String>,
    also: Vec<String>,
    doubts: Vec<DoubtView>,
    loosen: Vec<Choice>,
    facets: Vec<FacetView>,
    sorts: Vec<Choice>,
    previous: Option<String>,
    next: Option<String>,
    take: Take,
}

pub(in crate::serve) fn page(call: &Call) -> Answered {
    let mut asked = Asked::read(&call.server.library, &call.params, SIZE)?;
    let number = call.params.number(&PAGE);
    asked.options.offset = (number - 1) * SIZE;
    let rows = FACETS.iter().filter_map(|key| fields::row(key));
    asked.options.facets = rows.collect();
    let asks = asked.asks();
    let found = match asks {
        true => asked.answer(&call.opened)?,
        false => Hits::default(),
    };
    let loosen = match asks && found.total + found.loose == 0 {
        true => loosenings(call, &asked)?,
        false => Vec::new(),
    };
    let view = Viewer {
        call,
        t: super::texts::of(call.language),
        address: Address::of(&call.params),
    };
    let mut results = view.results(&asked, &found, number);
    results.loosen = loosen;
    rendered(&results)
}

/// What would find something where nothing was found.
fn loosenings(call: &Call, asked: &Asked) -> Result<Vec<Choice>, crate::serve::problem::Problem> {
    let t = super::texts::of(call.language);
    let address = Address::of(&call.params);
    let (collection, analyzer) = (&call.opened.collection, &call.opened.analyzer);
    let found = collection.loosen(analyzer, &asked.query, &asked.options)?;
    let choice = |(way, count): (Loosening, u64)| {
        let (label, without) = match way {
            Loosening::Filters => (t.loosen_filters, Some(FILTER.name)),
            Loosening::Sections => (t.loosen_sections, Some(SECTION.name)),
            Loosening::Values => (t.loosen_values, None),
            Loosening::Phrases => (t.loosen_phrases, None),
            Loosening::Any => (t.loosen_any, None),
            Loosening::All => (t.loosen_all, None),
        };
        Choice {
            label: label.to_owned(),
            href: without.map_or(String::new(), |name| address.clone().without(name).at("/")),
            count: grouped(count),
            chosen: false,
        }
    };
    Ok(found.into_iter().map(choice).collect())
}

/// Makes views of what was found.
struct Viewer<'a> {
    call: &'a Call,
    t: &'static Texts,
    address: Address,
}

impl Viewer<'_> {
    fn results(&self, asked: &Asked, found: &Hits, number: usize) -> Results {
        let (t, language, asks) = (self.t, self.call.language, asked.asks());
        let all = usize::try_from(found.total + found.loose).unwrap_or(usize::MAX);
        let pages = all.div_ceil(SIZE).max(1);
        let turn = |number: usize| {
            self.address
                .clone()
                .with(PAGE.name, &number.to_string())
                .at("/")
        };
        let kept = Address::all(&self.call.params).without(EXPLAIN.name);
        let view = |direct: bool| {
            let hits = found.hits.iter().filter(move |hit| hit.direct == direct);
            hits.map(|hit| hits::view(hit, &kept, language)).collect()
        };
        let place = fill(&fill(t.page_of, &number.to_string()), &pages.to_string());
        let title = match number {
            1 => self.title(asked),
            _ => format!("{} – {place}", self.title(asked)),
        };
        let mut frame = Frame::of(self.call, title);
        frame.kept = self.address.clone().without(QUERY.name).pairs().to_vec();
        frame.open = !asks;
        let documents = grouped(self.call.opened.collection.documents());
        Results {
            frame,
            asks,
            intro: fill(t.intro, &documents),
            examples: EXAMPLES.iter().map(|query| self.example(query)).collect(),
            heading: self.heading(asked, found),
            place,
            hits: view(true),
            loose_heading: fill(t.loose, &grouped(found.loose)),
            loose: view(false),
            chips: narrow::chips(&self.address, language),
            clear: self
                .address
                .clone()
                .without(FILTER.name)
                .without(SECTION.name)
                .at("/"),
            notes: found.remarks.clone(),
            also: found
                .synonyms
                .iter()
                .map(|added| fill(&fill(t.also_searched, &added.word), &added.also.join("; ")))
                .collect(),
            doubts: self.doubts(found, &asked.typed),
            loosen: Vec::new(),
            facets: found
                .facets
                .iter()
                .enumerate()
                .map(|(place, facet)| narrow::facet(place, facet, &self.address, language))
                .collect(),
            sorts: self.sorts(),
            previous: (number > 1).then(|| turn(number - 1)),
            next: (number < pages && number < 1_000).then(|| turn(number + 1)),
            take: self.take(),
        }
    }

    fn take(&self) -> Take {
        let at = |names: &[&str], path: &str| self.address.clone().only(names).at(path);
        let export = ["q", "filter", "section", "sort", "reverse", "synonyms"];
        Take {
            overview: at(&["q", "filter", "section", "synonyms", "lang"], "/overview"),
            why: self.why(),
            csv: at(&export, "/export.csv"),
            jsonl: at(&export, "/export.jsonl"),
            feed: at(&["q", "filter", "section", "lang"], "/feed"),
        }
    }

    fn title(&self, asked: &Asked) -> String {
        match (asked.asks(), asked.typed.as_str()) {
            (false, _) => self.t.search_label.to_owned(),
            (true, "") => self.t.results.to_owned(),
            (true, typed) => format!("{typed} – {}", self.t.results),
        }
    }

    fn heading(&self, asked: &Asked, found: &Hits) -> String {
        if found.total + found.loose == 0 {
            return self.t.nothing.to_owned();
        }
        let noun = if found.total == 1 {
            self.t.project
        } else {
            self.t.projects
        };
        let counted = format!("{} {noun}", grouped(found.total));
        match asked.typed.as_str() {
            "" => counted,
            typed => format!("{counted} {} {typed}", self.t.found_for),
        }
    }

    fn example(&self, query: &str) -> Choice {
        Choice {
            label: query.to_owned(),
            href: self
                .address
                .clone()
                .only(&["lang"])
                .with(QUERY.name, query)
                .at("/"),
            count: String::new(),
            chosen: false,
        }
    }

    fn doubts(&self, found: &Hits, typed: &str) -> Vec<DoubtView> {
        let view = |doubt: &search::Doubt| DoubtView {
            word: doubt.word.clone(),
            offers: doubt
                .offers
                .iter()
                .map(|(word, count)| Choice {
                    label: word.clone(),
                    href: self
                        .address
                        .clone()
                        .set(QUERY.name, &replaced(typed, &doubt.word, word))
                        .at("/"),
                    count: grouped(*count),
                    chosen: false,
                })
                .collect(),
        };
        found.doubts.iter().map(view).collect()
    }

    fn sorts(&self) -> Vec<Choice> {
        let t = self.t;
        let now = self.call.params.get(&SORT).unwrap_or("relevance");
        let all = [
            ("relevance", t.sort_relevance),
            ("start", t.sort_start),
            ("granted", t.sort_granted),
            ("name", t.sort_name),
        ];
        let choice = |(key, label): (&str, &str)| Choice {
            label: label.to_owned(),
            href: match key {
                "relevance" => self.address.clone().without(SORT.name),
                key => self.address.clone().set(SORT.name, key),
            }
            .at("/"),
            count: String::new(),
            chosen: key == now,
        };
        all.into_iter().map(choice).collect()
    }

    fn why(&self) -> Choice {
        let chosen = self.call.params.flag(&EXPLAIN);
        let address = self.address.clone();
        let (label, address) = match chosen {
            true => (self.t.why_hide, address.without(EXPLAIN.name)),
            false => (self.t.why_show, address.set(EXPLAIN.name, "true")),
        };
        Choice {
            label: label.to_owned(),
            href: address.at("/"),
            count: String::new(),
            chosen,
        }
    }
}

/// A query with a word of it replaced.
fn replaced(typed: &str, word: &str, by: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let mut out = String::new();
    let mut rest = typed;
    while !rest.is_empty() {
        let inside = rest.starts_with(is_part);
        let end = rest.find(|c| is_part(c) != inside).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let same = inside && part.to_lowercase() == word;
        out.push_str(if same { by } else { part });
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_query_is_replaced_and_the_rest_stays() {
        assert_eq!(
            replaced("+Tyottomat JA (nuoret)", "tyottomat", "työttömät"),
            "+työttömät JA (nuoret)"
        );
        assert_eq!(replaced("tyottomatkin", "tyottomat", "x"), "tyottomatkin");
    }
}
