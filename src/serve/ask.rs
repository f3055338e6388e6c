//! Parameters → a question to the library → its answer.
//!
//! The one way from what was asked to what `search` gives, whether a page, a
//! program or an assistant asks.

use crate::index::Stored;
use crate::query::synonyms::Synonyms;
use crate::query::{self, Query};
use crate::search::{Filter, Hits, Options, Sort, asked};

use super::library::{Library, Opened};
use super::params::{
    CURSOR, EXPLAIN, FACETS, FILTER, MAX_DEPTH, OFFSET, Params, QUERY, REVERSE, SECTION, SORT,
    SYNONYMS,
};
use super::problem::Problem;

/// What is asked.
pub(super) struct Asked {
    /// The query as typed.
    pub(super) typed: String,
    /// The query as read.
    pub(super) query: Query,
    /// What else is asked.
    pub(super) options: Options,
}

impl Asked {
    /// Reads what is asked; `limit` hits are wanted.
    pub(super) fn read(library: &Library, params: &Params, limit: usize) -> Result<Self, Problem> {
        let typed = params.get(&QUERY).unwrap_or_default().to_owned();
        let names = params.all(&FACETS).flat_map(|names| names.split(','));
        let names: Vec<_> = names.filter(|name| !name.trim().is_empty()).collect();
        let facets = asked::facets(&names).map_err(wrong(FACETS.name))?;
        let synonyms = match params.flag(&SYNONYMS) {
            true => library.synonyms.clone(),
            false => Synonyms::default(),
        };
        Ok(Self {
            query: query::parse(&typed),
            typed,
            options: Options {
                limit,
                offset: params.number(&OFFSET),
                rows: sections(params)?,
                filters: filters(params)?,
                facets,
                doubts: true,
                sort: sort(params)?,
                reverse: params.flag(&REVERSE),
                synonyms,
                explain: params.flag(&EXPLAIN),
                ..Options::default()
            },
        })
    }

    /// Whether anything is asked that could be found.
    pub(super) fn asks(&self) -> bool {
        self.query.asks() || !self.options.filters.is_empty()
    }

    /// What answers it. The remarks of the query come first.
    pub(super) fn answer(&self, opened: &Opened) -> Result<Hits, Problem> {
        let typed = !self.typed.trim().is_empty();
        let mut found = match typed && !self.query.asks() {
            // Signs alone ask for nothing, not for everything.
            true => Hits::default(),
            false => {
                let (analyzer, options) = (&opened.analyzer, &self.options);
                opened.collection.search(analyzer, &self.query, options)?
            }
        };
        let remarks = self.query.remarks.iter().map(ToString::to_string);
        found.remarks.splice(0..0, remarks);
        found.partial = opened.partial();
        Ok(found)
    }

    /// Goes on where a cursor says.
    pub(super) fn go_on(&mut self, params: &Params, opened: &Opened) -> Result<(), Problem> {
        let Some(cursor) = params.get(&CURSOR) else {
            return deep_enough(&self.options);
        };
        let read = cursor.split_once('-');
        let read = read.and_then(|(offset, tag)| Some((offset.parse::<usize>().ok()?, tag)));
        let (offset, tag) = read.ok_or_else(|| {
            let detail = "give what stood under `next` in the answer before";
            Problem::parameter(CURSOR.name, detail)
        })?;
        if tag != opened.tag {
            return Err(Problem::expired());
        }
        self.options.offset += offset.min(MAX_DEPTH);
        deep_enough(&self.options)
    }

    /// The cursor for what comes behind the hits found, if something may be
    /// asked there.
    pub(super) fn next(&self, found: &Hits, opened: &Opened) -> Option<String> {
        let offset = self.options.offset + found.hits.len();
        let more = !found.hits.is_empty() && (offset as u64) < found.total + found.loose;
        let more = more && offset + self.options.limit <= MAX_DEPTH;
        more.then(|| format!("{offset}-{}", opened.tag))
    }
}

fn deep_enough(options: &Options) -> Result<(), Problem> {
    if options.offset + options.limit > MAX_DEPTH {
        let detail = format!("only the first {MAX_DEPTH} projects can be paged through");
        return Err(Problem::parameter(OFFSET.name, detail));
    }
    Ok(())
}

fn wrong(name: &'static str) -> impl FnOnce(String) -> Problem {
    move |why| Problem::parameter(name, why)
}

fn sections(params: &Params) -> Result<Vec<usize>, Problem> {
    let names: Vec<_> = params.all(&SECTION).collect();
    asked::sections(&names).map_err(wrong(SECTION.name))
}

fn filters(params: &Params) -> Result<Vec<Filter>, Problem> {
    let typed: Vec<_> = params.all(&FILTER).collect();
    asked::filters(&typed).map_err(wrong(FILTER.name))
}

fn sort(params: &Params) -> Result<Sort, Problem> {
    let name = params.get(&SORT);
    name.map_or(Ok(Sort::default()), |name| {
        asked::sort(name).map_err(wrong(SORT.name))
    })
}

/// What is stored of the project with a code, with the code as the index has
/// it. Only codes are looked up, never names of files.
pub(super) fn project(opened: &Opened, code: &str) -> Result<(String, Stored), Problem> {
    let missing = || Problem::not_found("there is no project with this code");
    if !is_code(code) {
        return Err(missing());
    }
    let code = code.to_uppercase();
    let stored = opened.collection.project(&code)?;
    stored.map(|stored| (code, stored)).ok_or_else(missing)
}

/// Whether a text looks like a project's code: a letter or two, then figures.
pub(super) fn is_code(text: &str) -> bool {
    let figures = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = text.len() - figures.len();
    (1..=2).contains(&letters)
        && (1..=10).contains(&figures.len())
        && figures.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_from_paths() {
        for code in ["S26011", "a79412", "S1"] {
            assert!(is_code(code), "{code}");
        }
        for other in [
            "",
            "S",
            "26011",
            "file:S26011.txt",
            "../S26011",
            "Så1",
            "S2x",
        ] {
            assert!(!is_code(other), "{other}");
        }
    }
}
