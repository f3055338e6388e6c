//! Parameters of requests: one table says what there is, and the same table
//! reads them and documents them.
//!
//! Nothing is passed over: who misspells a parameter is told so.

use crate::index::fields::{self, FIELDS, GROUPS};
use crate::query::MAX_CHARS;
use crate::search::Sort;

use super::problem::Problem;

/// What a parameter may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text of at most so many characters.
    Text(usize),
    /// A number between two, both included, and the one that is meant by none.
    Number(usize, usize, usize),
    /// One of these, the first being meant by none.
    Choice(&'static [&'static str]),
    /// What hits can be sorted by.
    Sort,
    /// A section, or a group of them.
    Section,
    /// Fields that have values, between commas.
    Fields,
    /// A field with what its value must be.
    Filter,
    /// What stood under `next`.
    Cursor,
}

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Param {
    /// Its name.
    pub(super) name: &'static str,
    /// What it may be.
    pub(super) kind: Kind,
    /// Whether it may be given several times.
    pub(super) many: bool,
    /// Whether it must be given.
    pub(super) needed: bool,
    /// What it does.
    pub(super) about: &'static str,
}

/// Parameters given, with blanks, at the most.
const MOST_GIVEN: usize = 64;

/// Characters of a name or a value.
const MOST_CHARS: usize = 256;

/// How many projects may be given at once.
const MOST: usize = 100;

/// How deep a list may be paged through.
pub(super) const MAX_DEPTH: usize = 10_000;

/// How many hits may be exported at once.
pub(super) const MAX_EXPORT: usize = 1_000;

const BOOL: Kind = Kind::Choice(&["false", "true"]);

const fn one(name: &'static str, kind: Kind, about: &'static str) -> Param {
    Param {
        name,
        kind,
        many: false,
        needed: false,
        about,
    }
}

const fn many(name: &'static str, kind: Kind, about: &'static str) -> Param {
    Param {
        many: true,
        ..one(name, kind, about)
    }
}

pub(super) const QUERY: Param = one("q", Kind::Text(MAX_CHARS), "what to search for");
pub(super) const SECTION: Param = many(
    "section",
    Kind::Section,
    "search this section only, by its key or Finnish name",
);
pub(super) const FILTER: Param = many(
    "filter",
    Kind::Filter,
    "only projects with this value in a field: region=Lappi, granted>=500000",
);
pub(super) const FACETS: Param = many(
    "facets",
    Kind::Fields,
    "count the values of these fields, separated by commas",
);
pub(super) const COUNTED: Param = Param {
    needed: true,
    ..FACETS
};
pub(super) const SORT: Param = one("sort", Kind::Sort, "what to sort by");
pub(super) const REVERSE: Param = one("reverse", BOOL, "sort the other way round");
pub(super) const SYNONYMS: Param = one(
    "synonyms",
    Kind::Choice(&["true", "false"]),
    "whether words are also searched as their synonyms",
);
pub(super) const EXPLAIN: Param = one(
    "explain",
    BOOL,
    "say of each project why it stands where it does",
);
pub(super) const LIMIT: Param = one(
    "limit",
    Kind::Number(0, MOST, 10),
    "how many projects to give",
);
pub(super) const NEAREST: Param = one(
    "limit",
    Kind::Number(1, 50, 10),
    "how many projects to give",
);
pub(super) const OFFERS: Param = one(
    "limit",
    Kind::Number(1, 20, 5),
    "how many words, projects and applicants to give, of each",
);
pub(super) const EXPORTED: Param = one(
    "limit",
    Kind::Number(1, MAX_EXPORT, MAX_EXPORT),
    "how many projects to give",
);
pub(super) const OFFSET: Param = one(
    "offset",
    Kind::Number(0, MAX_DEPTH - MOST, 0),
    "how many to pass over, of the best or from where a cursor leads",
);
pub(super) const CURSOR: Param = one(
    "cursor",
    Kind::Cursor,
    "where to go on, as `next` of the answer before said",
);
pub(super) const PAGE: Param = one("page", Kind::Number(1, 1_000, 1), "which page");
pub(super) const LANG: Param = one(
    "lang",
    Kind::Text(2),
    "language: fi, sv or en; without it the browser's",
);
pub(super) const CODE: Param = many("code", Kind::Text(32), "code of a project");

/// The parameters of a request, each known and fit.
#[derive(Debug, Clone, Default)]
pub(super) struct Params {
    table: &'static [Param],
    given: Vec<(&'static str, String)>,
}

impl Params {
    /// Reads the part of an address behind the question mark.
    pub(super) fn read(table: &'static [Param], query: &str) -> Result<Self, Problem> {
        let mut given: Vec<(&'static str, String)> = Vec::new();
        for (number, (name, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
            if number >= MOST_GIVEN {
                let detail = format!("more than {MOST_GIVEN} parameters");
                return Err(Problem::parameter(&shown(&name), detail));
            }
            let Some(param) = table.iter().find(|param| param.name == name) else {
                return Err(unknown(table, &name));
            };
            // A form says so of a box that was left empty.
            if value.is_empty() && matches!(param.kind, Kind::Text(_)) {
                continue;
            }
            if !param.many && given.iter().any(|(known, _)| *known == param.name) {
                return Err(Problem::parameter(param.name, "it is given twice"));
            }
            param.check(&value)?;
            given.push((param.name, value.into_owned()));
        }
        let missing =
            |param: &&Param| param.needed && given.iter().all(|(name, _)| *name != param.name);
        match table.iter().find(missing) {
            Some(param) => Err(Problem::parameter(
                param.name,
                format!("it has to be given: {}", param.about),
            )),
            None => Ok(Self { table, given }),
        }
    }

    /// Parameters from names and values that are told otherwise.
    pub(super) fn of(
        table: &'static [Param],
        pairs: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Problem> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        Self::read(table, &query.finish())
    }

    /// The value of a parameter, if it was given.
    pub(super) fn get(&self, param: &Param) -> Option<&str> {
        self.all(param).next()
    }

    /// The values of a parameter, in their order.
    pub(super) fn all<'a>(&'a self, param: &Param) -> impl Iterator<Item = &'a str> + use<'a> {
        let name = param.name;
        let given = self.given.iter();
        given
            .filter(move |(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    /// All that was given, in its order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.given
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
    }

    /// A number, or the one that is meant by none.
    pub(super) fn number(&self, param: &Param) -> usize {
        let own = self.table.iter().find(|own| own.name == param.name);
        let default = match own.unwrap_or(param).kind {
            Kind::Number(_, _, default) => default,
            _ => 0,
        };
        let given = self.get(param).and_then(|text| text.parse().ok());
        given.unwrap_or(default)
    }

    /// Whether a choice between true and false was made for true.
    pub(super) fn flag(&self, param: &Param) -> bool {
        let default = matches!(param.kind, Kind::Choice(["true", ..]));
        self.get(param).map_or(default, |value| value == "true")
    }
}

impl Param {
    fn check(&self, value: &str) -> Result<(), Problem> {
        let wrong = |detail: String| Err(Problem::parameter(self.name, detail));
        match self.kind {
            Kind::Text(most) => shorter(value, most).map_or(Ok(()), wrong),
            // What they name is looked up by those who ask for it.
            Kind::Section | Kind::Fields | Kind::Filter | Kind::Cursor => {
                shorter(value, MOST_CHARS).map_or(Ok(()), wrong)
            }
            Kind::Number(least, most, _) => match value.parse::<usize>() {
                Ok(number) if (least..=most).contains(&number) => Ok(()),
                _ => wrong(format!("give a number from {least} to {most}")),
            },
            Kind::Choice(values) if !values.contains(&value) => {
                wrong(format!("give one of {}", values.join(", ")))
            }
            Kind::Choice(_) => Ok(()),
            Kind::Sort if !self.names().contains(&value) => {
                wrong(format!("sort by one of {}", self.names().join(", ")))
            }
            Kind::Sort => Ok(()),
        }
    }

    /// The values that there are, if they can be told one by one.
    pub(super) fn names(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Choice(values) => values.to_vec(),
            Kind::Sort => Sort::ALL.iter().map(|(name, _)| *name).collect(),
            Kind::Section => {
                let groups = GROUPS.iter().map(|group| group.key);
                fields::texts()
                    .map(|(_, field)| field.key)
                    .chain(groups)
                    .collect()
            }
            Kind::Fields => valued(|_| true),
            Kind::Text(_) | Kind::Number(..) | Kind::Filter | Kind::Cursor => Vec::new(),
        }
    }

    /// What the value looks like where it has a form of its own. Filters may
    /// look otherwise too: names may be Finnish, and there are ranges.
    pub(super) fn pattern(&self) -> Option<String> {
        let words = valued(|kind| kind == fields::Kind::Keyword).join("|");
        let numbers = valued(|kind| kind != fields::Kind::Keyword && kind != fields::Kind::Date);
        let numbers = numbers.join("|");
        let dates = valued(|kind| kind == fields::Kind::Date).join("|");
        match self.kind {
            Kind::Cursor => Some("^[0-9]{1,4}-[0-9a-f]{16}$".to_owned()),
            Kind::Filter => Some(format!(
                "^(({words})=[A-Za-z0-9]{{1,64}}|({numbers})(=|<=|>=)[1-9][0-9]{{0,8}}|\
                 ({dates})(=|<=|>=)(19|20)[0-9]{{2}})$"
            )),
            _ => None,
        }
    }
}

/// What is wrong with a text that is too long.
fn shorter(text: &str, most: usize) -> Option<String> {
    let long = text.chars().count() > most;
    long.then(|| format!("at most {most} characters are read"))
}

/// The keys of fields with values of these kinds.
fn valued(is: impl Fn(fields::Kind) -> bool) -> Vec<&'static str> {
    let fields = FIELDS
        .iter()
        .filter(|field| field.kind != fields::Kind::Text);
    fields
        .filter(|field| is(field.kind))
        .map(|field| field.key)
        .collect()
}

fn unknown(table: &[Param], name: &str) -> Problem {
    let known: Vec<_> = table.iter().map(|param| param.name).collect();
    let detail = match known.as_slice() {
        [] => "there are no parameters here".to_owned(),
        known => format!("there is no such parameter; there are {}", known.join(", ")),
    };
    Problem::parameter(&shown(name), detail)
}

/// A name as an answer repeats it: not without end.
fn shown(name: &str) -> String {
    name.chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[Param] = &[QUERY, FILTER, LIMIT, SYNONYMS];

    #[test]
    fn what_is_given_is_read_and_the_rest_has_its_default() {
        let params = Params::read(TABLE, "q=a+b&filter=x%3D1&filter=y%3D2").unwrap();
        assert_eq!(params.get(&QUERY), Some("a b"));
        assert_eq!(params.all(&FILTER).collect::<Vec<_>>(), ["x=1", "y=2"]);
        assert_eq!(params.number(&LIMIT), 10);
        assert!(params.flag(&SYNONYMS));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |query: &str| Params::read(TABLE, query).unwrap_err().parameter;
        assert_eq!(wrong("qq=a").as_deref(), Some("qq"));
        assert_eq!(wrong("limit=101").as_deref(), Some("limit"));
        assert_eq!(wrong("limit=1e1").as_deref(), Some("limit"));
        assert_eq!(wrong("q=a&q=b").as_deref(), Some("q"));
        assert_eq!(wrong("synonyms=no").as_deref(), Some("synonyms"));
        let long = format!("q={}", "a".repeat(MAX_CHARS + 1));
        assert_eq!(wrong(&long).as_deref(), Some("q"));
    }
}
