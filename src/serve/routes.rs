//! All that can be asked: one table of paths, parameters and answers.
//!
//! The router, the checks of parameters, the OpenAPI document and the tests
//! of headers go by it, so that a route is added in one place.

use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::present::document::{
    FacetsDocument, ProjectDocument, SearchDocument, SimilarDocument, StatusDocument,
    SuggestDocument,
};

use super::api::{self, Answered};
use super::call::Call;
use super::params::{
    CODE, COUNTED, CURSOR, EXPLAIN, EXPORTED, FACETS, FILTER, LANG, LIMIT, NEAREST, OFFERS, OFFSET,
    PAGE, Param, QUERY, REVERSE, SECTION, SORT, SYNONYMS,
};
use super::{assets, export, feeds, page, plain};

/// Who asks, and so in what dress problems come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// People.
    Page,
    /// Programs; part of the documented interface.
    Api,
    /// Operators and other machinery.
    Machine,
}

/// A schema's name, itself, and those that it names.
pub(super) type Schemas = Vec<(String, RefOr<Schema>)>;

/// Something that can be asked.
pub(super) struct Route {
    pub(super) path: &'static str,
    pub(super) about: &'static str,
    pub(super) to: For,
    /// Whether it searches, and so waits for its turn.
    pub(super) works: bool,
    /// Whether its answer goes by the generation alone.
    pub(super) keeps: bool,
    /// Whether its answer says so if it is without some of the projects.
    pub(super) marks: bool,
    pub(super) params: &'static [Param],
    pub(super) answer: fn(&Call) -> Answered,
    /// What the answer looks like, if it is JSON.
    pub(super) schema: Option<fn() -> Schemas>,
}

fn schema<T: ToSchema + PartialSchema>() -> Schemas {
    let mut all = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut all);
    all
}

const fn api(
    path: &'static str,
    about: &'static str,
    params: &'static [Param],
    answer: fn(&Call) -> Answered,
) -> Route {
    Route {
        path,
        about,
        to: For::Api,
        works: true,
        keeps: true,
        marks: true,
        params,
        answer,
        schema: None,
    }
}

const fn page(
    path: &'static str,
    about: &'static str,
    params: &'static [Param],
    answer: fn(&Call) -> Answered,
) -> Route {
    Route {
        to: For::Page,
        ..api(path, about, params, answer)
    }
}

/// What has no room to say that it is not whole.
const fn whole(
    path: &'static str,
    about: &'static str,
    params: &'static [Param],
    answer: fn(&Call) -> Answered,
) -> Route {
    Route {
        marks: false,
        ..page(path, about, params, answer)
    }
}

const fn machine(path: &'static str, about: &'static str, answer: fn(&Call) -> Answered) -> Route {
    Route {
        to: For::Machine,
        works: false,
        keeps: false,
        ..api(path, about, &[], answer)
    }
}

/// All routes.
pub(super) static ROUTES: &[Route] = &[
    Route {
        schema: Some(schema::<SearchDocument<'static>>),
        ..api(
            "/api/v1/search",
            "Find projects",
            &[
                QUERY, SECTION, FILTER, FACETS, SORT, REVERSE, LIMIT, OFFSET, CURSOR, SYNONYMS,
                EXPLAIN,
            ],
            api::search,
        )
    },
    Route {
        schema: Some(schema::<FacetsDocument<'static>>),
        ..api(
            "/api/v1/facets",
            "Count the values of fields, and the money granted, among the projects found",
            &[QUERY, SECTION, FILTER, COUNTED, SYNONYMS],
            api::facets,
        )
    },
    Route {
        schema: Some(schema::<ProjectDocument<'static>>),
        ..api(
            "/api/v1/projects/{code}",
            "One project with all that it says",
            &[],
            api::project,
        )
    },
    Route {
        schema: Some(schema::<SimilarDocument<'static>>),
        ..api(
            "/api/v1/projects/{code}/similar",
            "The projects nearest to one",
            &[NEAREST],
            api::similar,
        )
    },
    Route {
        schema: Some(schema::<SuggestDocument<'static>>),
        ..api(
            "/api/v1/suggest",
            "Complete a word or a name",
            &[QUERY, OFFERS],
            api::suggest,
        )
    },
    Route {
        schema: Some(schema::<StatusDocument<'static>>),
        keeps: false,
        ..api(
            "/api/v1/status",
            "What the index holds and how old it is",
            &[],
            api::status,
        )
    },
    Route {
        works: false,
        ..api(
            "/api/v1/openapi.json",
            "This description of the interface",
            &[],
            api::openapi,
        )
    },
    machine("/healthz", "Whether the program runs", plain::healthz),
    machine("/readyz", "Whether it can answer searches", plain::readyz),
    machine("/metrics", "Figures for Prometheus", plain::metrics),
    Route {
        keeps: true,
        ..machine("/robots.txt", "What crawlers may read", plain::robots)
    },
    page(
        "/",
        "The front page and the results",
        RESULTS,
        page::results,
    ),
    page("/project/{code}", "One project", PROJECT, page::project),
    page(
        "/compare",
        "Projects side by side",
        &[CODE, LANG],
        page::compare,
    ),
    page(
        "/overview",
        "What a search finds in charts",
        &[QUERY, SECTION, FILTER, SYNONYMS, LANG],
        page::overview,
    ),
    page("/help", "How to search", &[LANG], page::help),
    page(
        "/accessibility",
        "Accessibility statement",
        &[LANG],
        page::accessibility,
    ),
    whole("/export.csv", "A search as a table", EXPORT, export::csv),
    page(
        "/export.jsonl",
        "A search as lines of JSON",
        EXPORT,
        export::jsonl,
    ),
    whole(
        "/feed",
        "A search as a feed",
        &[QUERY, SECTION, FILTER, LANG],
        feeds::feed,
    ),
    page(
        "/opensearch.xml",
        "By which browsers add a search",
        &[LANG],
        feeds::opensearch,
    ),
    whole(
        "/sitemap.xml",
        "All projects, for crawlers",
        &[PAGE],
        feeds::sitemap,
    ),
    machine("/static/{name}", "Style, script and icon", assets::file),
];

const RESULTS: &[Param] = &[
    QUERY, SECTION, FILTER, SORT, REVERSE, PAGE, SYNONYMS, EXPLAIN, LANG,
];

/// What the list of results is asked with, so that it is found again.
const PROJECT: &[Param] = RESULTS;

const EXPORT: &[Param] = &[QUERY, SECTION, FILTER, SORT, REVERSE, SYNONYMS, EXPORTED];
