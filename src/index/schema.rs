//! The tantivy schema that the FIELDS table makes.
//!
//! The words of all text fields share two tantivy fields: base forms with
//! positions, and compound parts and other relatives without. So a word is
//! looked up once, not once a section; `entry` tells how sections are told
//! apart. What a text field has of its own is how long its texts are. Surface
//! forms are no field: they are asked for seldom, would double the postings,
//! and stand in a file of their own.

use tantivy::schema::{
    FAST, Field as Handle, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing,
    TextOptions,
};

use super::fields::{FIELDS, Field, Kind};

/// The tantivy field of one row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handles {
    /// Of a text field; it has lengths and no terms.
    Text(Handle),
    /// Of all others.
    Typed(Handle),
}

/// The schema with its handles in the order of the table.
#[derive(Debug, Clone)]
pub struct Layout {
    /// What tantivy is given.
    pub schema: Schema,
    /// One entry a row of [`FIELDS`].
    pub fields: Vec<Handles>,
    /// The document's key: its code, or its path where it has no code.
    pub key: Handle,
    /// The source file's path below the corpus folder.
    pub path: Handle,
    /// Base forms of all texts, with positions.
    pub words: Handle,
    /// Compound parts, longer pieces and derived words of all texts.
    pub parts: Handle,
}

impl Layout {
    /// Makes the schema of this program version.
    #[must_use]
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let key = builder.add_text_field("_key", keyword());
        let path = builder.add_text_field("_path", keyword());
        let positions = IndexRecordOption::WithFreqsAndPositions;
        let words = builder.add_text_field("_words", terms(positions, false));
        let freqs = IndexRecordOption::WithFreqs;
        let parts = builder.add_text_field("_parts", terms(freqs, false));
        let fields = FIELDS
            .iter()
            .map(|field| handles(&mut builder, field))
            .collect();
        Self {
            schema: builder.build(),
            fields,
            key,
            path,
            words,
            parts,
        }
    }

    /// The fields of exact strings.
    pub fn keywords(&self) -> impl Iterator<Item = Handle> {
        let typed = FIELDS
            .iter()
            .zip(&self.fields)
            .filter_map(|(field, handles)| match (field.kind, handles) {
                (Kind::Keyword, Handles::Typed(handle)) => Some(*handle),
                _ => None,
            });
        [self.key, self.path].into_iter().chain(typed)
    }

    /// The rows of texts, each with the field of its lengths.
    pub fn texts(&self) -> impl Iterator<Item = (usize, Handle)> {
        let rows = 0..self.fields.len();
        rows.filter_map(|row| Some((row, self.lengths(row)?)))
    }

    /// The field of a text's lengths by its row; `None` for other rows.
    #[must_use]
    pub fn lengths(&self, row: usize) -> Option<Handle> {
        match self.fields.get(row) {
            Some(Handles::Text(handle)) => Some(*handle),
            _ => None,
        }
    }
}

impl Default for Layout {
    fn default() -> Self {
        Self::new()
    }
}

fn handles(builder: &mut tantivy::schema::SchemaBuilder, field: &Field) -> Handles {
    let key = field.key;
    match field.kind {
        Kind::Text => {
            Handles::Text(builder.add_text_field(key, terms(IndexRecordOption::Basic, true)))
        }
        Kind::Keyword => Handles::Typed(builder.add_text_field(key, keyword())),
        Kind::Date | Kind::Money | Kind::Count => {
            let options = NumericOptions::default() | FAST;
            Handles::Typed(builder.add_u64_field(key, options))
        }
    }
}

/// Terms that `segment` writes; the engine never cuts a text itself.
fn terms(option: IndexRecordOption, norms: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(norms)
            .set_index_option(option),
    )
}

fn keyword() -> TextOptions {
    TextOptions::default()
        .set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic),
        )
        .set_fast("raw")
}
