//! The tantivy schema that the FIELDS table makes.
//!
//! A text field becomes two tantivy fields: base forms with positions, whose
//! norms are the text's length, and the compound parts and other relatives,
//! each with its mark behind it. Surface forms are no field: they are asked for
//! seldom, would double the postings, and stand in a file of their own.

use tantivy::schema::{
    FAST, Field as Handle, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing,
    TextOptions,
};

use super::fields::{FIELDS, Field, Kind};

/// The tantivy fields of one text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextHandles {
    /// Base forms, with positions.
    pub base: Handle,
    /// Compound parts, longer pieces and derived words, marked by kind.
    pub parts: Handle,
}

/// The tantivy fields of one row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handles {
    /// Of a text field.
    Text(TextHandles),
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
}

impl Layout {
    /// Makes the schema of this program version.
    #[must_use]
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let key = builder.add_text_field("_key", keyword());
        let path = builder.add_text_field("_path", keyword());
        let fields = FIELDS
            .iter()
            .map(|field| handles(&mut builder, field))
            .collect();
        Self {
            schema: builder.build(),
            fields,
            key,
            path,
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

    /// The handles of a text field by its row; `None` for other rows.
    #[must_use]
    pub fn text_handles(&self, row: usize) -> Option<TextHandles> {
        match self.fields.get(row) {
            Some(Handles::Text(handles)) => Some(*handles),
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
        Kind::Text => Handles::Text(TextHandles {
            base: builder
                .add_text_field(key, terms(IndexRecordOption::WithFreqsAndPositions, true)),
            parts: builder.add_text_field(
                &format!("{key}.parts"),
                terms(IndexRecordOption::WithFreqs, false),
            ),
        }),
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
