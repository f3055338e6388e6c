//! Segments → one: their forms in order, their documents renumbered.
//!
//! The engine puts the living documents of the segments one behind the other,
//! so a merged list is the segments' lists in their order.

use tantivy::directory::TerminatingWrite;
use tantivy::plugin::PluginMergeContext;
use tantivy::{DocId, SegmentReader};

use super::FILE;
use super::file::Sink;
use super::read::{Cursor, Forms};

/// Marks a document that is deleted.
const GONE: DocId = DocId::MAX;

/// One of the segments to be merged.
struct Source<'a> {
    cursor: Cursor<'a>,
    /// By its number here, a document's number in the merged segment.
    places: Vec<DocId>,
    /// Whether the cursor stands on a form.
    stands: bool,
}

/// Writes the forms of the merged segment.
pub(super) fn merge(context: &PluginMergeContext<'_>) -> tantivy::Result<()> {
    let opened: Vec<Forms> = context
        .readers
        .iter()
        .map(Forms::open)
        .collect::<tantivy::Result<_>>()?;
    let mut documents = 0;
    let mut sources = Vec::with_capacity(opened.len());
    for (forms, reader) in opened.iter().zip(context.readers) {
        let mut cursor = forms.prefix("")?;
        sources.push(Source {
            places: places(reader, &mut documents),
            stands: cursor.advance()?.is_some(),
            cursor,
        });
    }
    let out = context.target_segment.open_write(FILE.component())?;
    let mut sink = Sink::new(out, documents);
    let mut form = Vec::new();
    let mut docs = Vec::new();
    while let Some(least) = least(&sources) {
        form.clear();
        form.extend_from_slice(least);
        docs.clear();
        for source in &mut sources {
            if source.stands && source.cursor.form() == form {
                let here = source.cursor.docs()?.into_iter();
                let places = here.filter_map(|doc| source.places.get(doc as usize).copied());
                docs.extend(places.filter(|place| *place != GONE));
                source.stands = source.cursor.advance()?.is_some();
            }
        }
        sink.push(&form, docs.iter().copied())?;
    }
    sink.finish()?.terminate()?;
    Ok(())
}

/// The first form that any source stands on.
fn least<'s>(sources: &'s [Source<'_>]) -> Option<&'s [u8]> {
    let standing = sources.iter().filter(|source| source.stands);
    standing.map(|source| source.cursor.form()).min()
}

/// Where the documents of a segment go; `documents` counts those placed.
fn places(reader: &SegmentReader, documents: &mut DocId) -> Vec<DocId> {
    let mut places = vec![GONE; reader.max_doc() as usize];
    for doc in reader.doc_ids_alive() {
        if let Some(place) = places.get_mut(doc as usize) {
            *place = *documents;
            *documents += 1;
        }
    }
    places
}
