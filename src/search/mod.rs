//! Query → ranked hits with their passages.
//!
//! `plan` makes of the query what can be evaluated: `lookup` turns words into terms,
//! `expand` stars and tildes into words, `condition` values into documents. `shares` has
//! what each word contributes: who has it (`docs`) and what it is worth to them (`score`;
//! `weigh` where that can wait; `tally` adds up and `weighed` keeps it; `lists` reads the
//! postings, `phrase` and `placed` find words in a row). `boolean` puts words and values
//! together, `narrow` filters and counts (`facet`). `leaders` finds the best by what
//! `sort` says: `beside` favours words in a row, `rank` keeps the best. `pick` finds the
//! sentences to show, `passages` cuts them. `similar` asks for a project by its words
//! (`telling`), `links` and `sketch` find what belongs together, `suggest`, `spell` and
//! `loosen` what else to ask. What ranks is in `weights` or in FIELDS.

pub mod asked;
mod beginnings;
mod beside;
mod bits;
mod boolean;
#[cfg(feature = "cluster")]
pub mod cluster;
mod collection;
mod condition;
mod cut;
mod distance;
mod docs;
mod expand;
mod explain;
mod facet;
mod finder;
mod follow;
mod linked;
mod links;
mod leaders;
mod lists;
mod loosen;
mod lookup;
mod mark;
mod naming;
mod narrow;
mod near;
mod norm;
mod news;
mod outcome;
mod pair;
mod passages;
mod phrase;
mod pick;
mod placed;
mod plan;
mod rank;
mod score;
mod shares;
mod sentence;
mod similar;
mod sketch;
mod sort;
mod spell;
mod suggest;
mod tally;
mod telling;
mod synonyms;
mod vocabulary;
mod ways;
mod weigh;
mod weighed;
pub mod weights;

use tantivy::DocId;

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::index::{Reader, Stored, fields};
use crate::query::synonyms::Synonyms;
use crate::query::{Query, Test};

use beside::Beside;
use cut::Cutter;
use finder::Finder;
use leaders::Narrowed;

pub use collection::Collection;
pub use explain::{How, Reason};
pub use facet::{Count, Facet};
pub use links::{Link, Tie, links};
pub use loosen::{Loosening, loosen};
pub use mark::Marker;
pub use news::{Change, News, Seen, Trace, news};
pub use outcome::promised_not_reported;
pub use passages::Passage;
pub use similar::{Near, Similar, similar};
pub use sort::{Sort, collated};
pub use spell::Doubt;
pub use suggest::{Offer, Suggestion, suggest};
pub use synonyms::Added;

/// What is asked beside the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How many hits to give.
    pub limit: usize,
    /// How many of the best to pass over.
    pub offset: usize,
    /// Rows of FIELDS to search; empty means all text fields.
    pub rows: Vec<usize>,
    /// Passages a hit at the most.
    pub passages: usize,
    /// What hits must have beside.
    pub filters: Vec<Filter>,
    /// Rows of FIELDS whose values are to be counted.
    pub facets: Vec<usize>,
    /// Whether hits must have a final report, or must have none.
    pub reported: Option<bool>,
    /// Whether to look for what may be meant by words that nobody uses.
    pub doubts: bool,
    /// What hits are sorted by; the tiers stay.
    pub sort: Sort,
    /// Whether to sort the other way round.
    pub reverse: bool,
    /// What words of the query are also searched as.
    pub synonyms: Synonyms,
    /// Whether to say of hits why they stand where they do.
    pub explain: bool,
    /// Whether to add up the money granted to the projects of each value.
    pub sums: bool,
}

/// What hits must have in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The field's row in FIELDS.
    pub row: usize,
    /// Any of these will do.
    pub tests: Vec<Test>,
}

/// The most hits that one search gives; more is asked with an offset.
pub const MAX_LIMIT: usize = 100_000;

impl Options {
    /// The rows of FIELDS to search.
    fn rows(&self) -> Vec<usize> {
        match self.rows.as_slice() {
            [] => fields::texts().map(|(row, _)| row).collect(),
            asked => asked.to_vec(),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limit: 10,
            offset: 0,
            rows: Vec::new(),
            passages: 3,
            filters: Vec::new(),
            facets: Vec::new(),
            reported: None,
            doubts: false,
            sort: Sort::default(),
            reverse: false,
            synonyms: Synonyms::default(),
            explain: false,
            sums: false,
        }
    }
}

/// A found project.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Place among all hits, from 1.
    pub rank: usize,
    /// The document's key: its code, or `file:PATH` without one.
    pub key: String,
    /// The score; comparable within one answer only.
    pub score: f32,
    /// Whether it holds a word of the query itself; else only a part of its
    /// compound or a word of its family. These come last.
    pub direct: bool,
    /// Whether it holds all that the query wants; by relevance these lead.
    pub whole: bool,
    /// Rows of FIELDS that hold a word of the query, in the table's order.
    pub rows: Vec<usize>,
    /// The best passages, the most telling first.
    pub passages: Vec<Passage>,
    /// Keys of hits of this answer that are sister projects: of one name but
    /// for a number, or of nearly the same text.
    pub sisters: Vec<String>,
    /// What words add to the score, the most first, if it was asked.
    pub explanation: Option<Vec<Reason>>,
    /// What is stored of the project.
    pub stored: Stored,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hits {
    /// Projects that hold at least one word of the query.
    pub total: u64,
    /// Projects that only hold a part or relative of one; they come after.
    pub loose: u64,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// The values counted, in the order asked for.
    pub facets: Vec<Facet>,
    /// Words of the query that hardly any project has, with what may be meant.
    pub doubts: Vec<Doubt>,
    /// What was searched beside words of the query.
    pub synonyms: Vec<Added>,
    /// What the answer of a cluster is without, such as shards, and why.
    pub partial: Vec<String>,
    /// What to tell of the query: what was not found, and what was limited.
    pub remarks: Vec<String>,
}

/// Finds the projects that answer a query best.
///
/// # Errors
/// When the index can't be read.
pub fn search(
    reader: &Reader,
    analyzer: &Analyzer,
    query: &Query,
    options: &Options,
) -> Result<Hits> {
    let rows = options.rows();
    let mut planned = plan::plan(query, &rows, (reader, analyzer), &options.synonyms)?;
    let scorer = score::Scorer::new(reader);
    let order = (options.sort, options.reverse);
    let last = options.offset.saturating_add(options.limit.min(MAX_LIMIT));
    let narrows = !options.filters.is_empty() || options.reported.is_some();
    let mut shares = shares::shares(&scorer, &mut planned, (last, narrows))?;
    let mut narrower = narrow::Narrower::new(reader, analyzer, options)?;
    planned.remarks.append(&mut narrower.remarks);
    let each = 0..reader.segments.len();
    let found = each.map(|segment| {
        let evaluator = boolean::Evaluator::new(&scorer, &shares, segment);
        Ok(Narrowed {
            found: narrower.narrow(segment, evaluator.group(&planned.root)?)?,
            whole: evaluator.whole(&planned.root)?,
            scored: Vec::new(),
        })
    });
    let mut all = found.collect::<Result<Vec<_>>>()?;
    let mut answer = Hits::default();
    for Narrowed { found, .. } in &all {
        let direct = found.direct.len() as u64;
        answer.total += direct;
        answer.loose += found.all.len() as u64 - direct;
    }
    let asked = leaders::contenders(&all, order, last);
    shares::score(&scorer, &planned, (&mut shares, &asked))?;
    for (segment, (narrowed, asked)) in all.iter_mut().zip(&asked).enumerate() {
        let evaluator = boolean::Evaluator::new(&scorer, &shares, segment);
        narrowed.scored = evaluator.scores(&planned.root, (asked, &narrowed.found.direct))?;
    }
    let beside = Beside::new(&scorer, &planned, &shares);
    let best = leaders::leaders(reader, (&all, &beside), order, last)?;
    let explainer = || explain::Explainer::new(analyzer, &scorer, (&shares, &beside), &planned);
    let mut cutter = Cutter {
        scorer: &scorer,
        wants: &planned.wants,
        finder: Finder::new(analyzer, planned.wants.iter()),
        explainer: options.explain.then(explainer),
        most: options.passages,
    };
    let shown = best.get(options.offset..).unwrap_or_default();
    answer.hits = cutter.hits(shown, options.offset)?;
    answer.facets = narrower.facets();
    if options.doubts {
        let found = shares.iter().map(|shares| shares::found(shares));
        let wanted: Vec<_> = planned.wants.iter().zip(found).collect();
        let projects = |scoped: &_| scorer.projects(scoped);
        answer.doubts = spell::doubts((reader, analyzer), &projects, &wanted)?;
    }
    answer.synonyms = planned.synonyms;
    answer.remarks = planned.remarks;
    Ok(answer)
}

/// What is stored of the project with this key, if it is in the index.
///
/// # Errors
/// When the index can't be read.
pub fn project(reader: &Reader, key: &str) -> Result<Option<Stored>> {
    let found: Option<(usize, DocId)> = reader.find(key)?;
    found
        .map(|(segment, doc)| reader.stored(segment, doc))
        .transpose()
}
