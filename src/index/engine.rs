//! The engine with this program's settings, in a generation's folder.
//!
//! Apart so that what writes an index and what reads one agree on them.

use std::path::Path;
use std::sync::Arc;

use tantivy::indexer::NoMergePolicy;
use tantivy::schema::Schema;
use tantivy::store::Compressor;
use tantivy::{Index as Engine, IndexSettings, IndexWriter, Term};

use super::folder::Folder;
use super::options::LEAST_MEMORY;
use super::record::Record;
use super::schema::Layout;
use super::sidecar::Plugin;
use super::system::System;
use super::{forms, texts};

/// Makes an empty engine in a generation's folder.
pub(super) fn create(system: &System, folder: &Path, schema: &Schema) -> tantivy::Result<Engine> {
    // The engine's own store is empty: texts have a file of their own.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        ..IndexSettings::default()
    };
    Engine::builder()
        .schema(schema.clone())
        .settings(settings)
        .register_plugin(Arc::new(Plugin(&forms::FILE)))
        .register_plugin(Arc::new(Plugin(&texts::FILE)))
        .open_or_create(Folder::open(system, folder))
}

/// A writer that merges only what it is told to, on one thread, since segments
/// are filled by workers of our own.
pub(super) fn writer(engine: &Engine, layout: &Layout) -> tantivy::Result<IndexWriter<Record>> {
    let writer: IndexWriter<Record> = engine.writer_with_num_threads(1, LEAST_MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    // A new writer's first operation must delete nothing: the engine gives
    // it the last commit's stamp.
    writer.delete_term(Term::from_field_text(layout.key, "\0"));
    Ok(writer)
}

/// Opens the engine in a generation's folder.
pub(super) fn open(system: &System, folder: &Path) -> tantivy::Result<Engine> {
    let mut engine = Engine::open(Folder::open(system, folder))?;
    engine.register_plugin(Arc::new(Plugin(&forms::FILE)));
    engine.register_plugin(Arc::new(Plugin(&texts::FILE)));
    Ok(engine)
}
