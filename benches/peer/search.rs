//! The peer's search: the crate's query parser over the ten fields, every word asked for, the ten best with
//! their stored records and a snippet of the summary. A prefix is a regular expression on each field.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, QueryParser, RegexQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, TantivyDocument, Term};

use super::Failure;
use super::index::{register, text_fields};
use crate::support::queries::{Class, Query as Asked};

/// A project found.
#[derive(Debug)]
pub(crate) struct Hit {
    pub(crate) score: f32,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) passage: Option<String>,
}

/// An open index.
pub(crate) struct Searcher {
    searcher: tantivy::Searcher,
    parser: QueryParser,
    schema: Schema,
    fields: Vec<Field>,
}

impl Searcher {
    /// Opens an index.
    pub(crate) fn open(place: &Path) -> Result<Self, Failure> {
        let index = Index::open_in_dir(place)?;
        register(&index);
        let schema = index.schema();
        let fields = text_fields(&schema)?;
        let mut parser = QueryParser::for_index(&index, fields.clone());
        parser.set_conjunction_by_default();
        Ok(Self {
            searcher: index.reader()?.searcher(),
            parser,
            schema,
            fields,
        })
    }

    /// How many projects there are.
    pub(crate) fn files(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Reads what a user typed.
    pub(crate) fn parse(&self, words: &str) -> Result<Box<dyn Query>, Failure> {
        Ok(self.parser.parse_query(words)?)
    }

    /// Runs one of the measured queries, with passages or without.
    pub(crate) fn ask(&self, asked: &Asked, passages: bool) -> Result<Vec<Hit>, Failure> {
        let query: Box<dyn Query> = match asked.class {
            Class::Prefix => self.prefix(&asked.words[0])?,
            Class::Phrase => self.parse(&format!("\"{}\"", asked.words.join(" ")))?,
            _ => self.parse(&asked.words.join(" "))?,
        };
        let Some(region) = asked.region else {
            return self.find(&query, passages);
        };
        let term = Term::from_field_text(self.schema.get_field("region")?, region);
        let filter: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        let both = BooleanQuery::new(vec![(Occur::Must, query), (Occur::Must, filter)]);
        self.find(&both, passages)
    }

    /// The ten best projects.
    pub(crate) fn find(&self, query: &dyn Query, passages: bool) -> Result<Vec<Hit>, Failure> {
        let summary = self.schema.get_field("summary")?;
        let snippets = match passages {
            true => Some(SnippetGenerator::create(&self.searcher, query, summary)?),
            false => None,
        };
        let best = self
            .searcher
            .search(query, &TopDocs::with_limit(10).order_by_score())?;
        let (code, name) = (
            self.schema.get_field("code")?,
            self.schema.get_field("name")?,
        );
        let mut hits = Vec::with_capacity(best.len());
        for (score, address) in best {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let text = |field| {
                document
                    .get_first(field)
                    .and_then(|value| value.as_str())
                    .unwrap_or_default()
                    .to_owned()
            };
            let passage = snippets
                .as_ref()
                .map(|snippets| snippets.snippet_from_doc(&document).to_html());
            hits.push(Hit {
                score,
                code: text(code),
                name: text(name),
                passage,
            });
        }
        Ok(hits)
    }

    fn prefix(&self, start: &str) -> Result<Box<dyn Query>, Failure> {
        let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for field in &self.fields {
            any.push((
                Occur::Should,
                Box::new(RegexQuery::from_pattern(&format!("{start}.*"), *field)?),
            ));
        }
        Ok(Box::new(BooleanQuery::new(any)))
    }
}
