//! The peer's schema, its analysis chain and how it writes: everything stored, positions everywhere, the
//! crate's own merge policy and number of threads, the 50 MB heap of the tutorials.

use std::fs;
use std::path::Path;

use rust_stemmers::{Algorithm, Stemmer};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::store::Compressor;
use tantivy::tokenizer::{
    LowerCaser, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument};

use super::Failure;
use super::form::{FIELDS, parse};

const HEAP: usize = 50_000_000;

/// The schema: a code, ten texts, regions to filter by, a sum to sort by.
pub(crate) fn schema() -> Schema {
    let mut builder = Schema::builder();
    builder.add_text_field("code", STRING | STORED);
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("finnish")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    for name in FIELDS {
        builder.add_text_field(
            name,
            TextOptions::default()
                .set_indexing_options(indexing.clone())
                .set_stored(),
        );
    }
    builder.add_text_field("region", STRING | STORED | FAST);
    builder.add_u64_field("granted", FAST | STORED);
    builder.build()
}

/// The ten text fields.
pub(crate) fn text_fields(schema: &Schema) -> Result<Vec<Field>, Failure> {
    FIELDS
        .iter()
        .map(|name| schema.get_field(name).map_err(Failure::from))
        .collect()
}

/// Makes the analyzer known to an index.
pub(crate) fn register(index: &Index) {
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(Snowball)
        .build();
    index.tokenizers().register("finnish", analyzer);
}

/// Indexes the files of a folder; gives their number and their bytes.
pub(crate) fn build(folder: &Path, place: &Path) -> Result<(u64, u64), Failure> {
    fs::create_dir_all(place)?;
    let schema = schema();
    // The crate's default, said aloud: without it the default follows from the features it is built with.
    let settings = IndexSettings {
        docstore_compression: Compressor::Lz4,
        ..IndexSettings::default()
    };
    let index = Index::builder()
        .schema(schema.clone())
        .settings(settings)
        .create_in_dir(place)?;
    register(&index);
    let mut writer: IndexWriter = index.writer(HEAP)?;
    let mut total = (0, 0);
    add_folder(folder, &schema, &writer, &mut total)?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(total)
}

fn add_folder(
    folder: &Path,
    schema: &Schema,
    writer: &IndexWriter,
    total: &mut (u64, u64),
) -> Result<(), Failure> {
    let (code, region, granted) = (
        schema.get_field("code")?,
        schema.get_field("region")?,
        schema.get_field("granted")?,
    );
    let fields = text_fields(schema)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_folder(&path, schema, writer, total)?;
            continue;
        }
        let text = fs::read_to_string(&path)?;
        *total = (total.0 + 1, total.1 + text.len() as u64);
        let record = parse(&text);
        let mut document = TantivyDocument::default();
        document.add_text(code, &record.code);
        document.add_u64(granted, record.granted);
        for (field, text) in fields.iter().zip(&record.texts) {
            document.add_text(*field, text);
        }
        for name in &record.regions {
            document.add_text(region, name);
        }
        writer.add_document(document)?;
    }
    Ok(())
}

/// The size of a folder's files.
pub(crate) fn size(folder: &Path) -> Result<u64, Failure> {
    let mut total = 0;
    for entry in fs::read_dir(folder)? {
        total += entry?.metadata()?.len();
    }
    Ok(total)
}

/// The Finnish Snowball stemmer as a filter.
#[derive(Clone)]
struct Snowball;

impl TokenFilter for Snowball {
    type Tokenizer<T: Tokenizer> = Stemmed<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> Stemmed<T> {
        Stemmed(tokenizer)
    }
}

#[derive(Clone)]
struct Stemmed<T>(T);

impl<T: Tokenizer> Tokenizer for Stemmed<T> {
    type TokenStream<'a> = StemmedStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemmedStream {
            stemmer: Stemmer::create(Algorithm::Finnish),
            tail: self.0.token_stream(text),
        }
    }
}

struct StemmedStream<T> {
    stemmer: Stemmer,
    tail: T,
}

impl<T: TokenStream> TokenStream for StemmedStream<T> {
    fn advance(&mut self) -> bool {
        if !self.tail.advance() {
            return false;
        }
        let stem = self.stemmer.stem(&self.tail.token().text).into_owned();
        self.tail.token_mut().text = stem;
        true
    }

    fn token(&self) -> &Token {
        self.tail.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.tail.token_mut()
    }
}
