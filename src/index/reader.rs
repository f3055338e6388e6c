//! Opens the generation in force for searching.
//!
//! Segments are opened one by one, without the engine's reader: that one
//! takes a lock file, which needs write access, and watches for commits,
//! which a generation never has. A generation that goes away between the
//! pointer and its files was replaced; the pointer is read again.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::directory::{CompositeFile, FileSlice, OwnedBytes};
use tantivy::error::DataCorruption;
use tantivy::index::{InvertedIndexReader, SegmentComponent};
use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader, TantivyError};

use crate::error::{Error, Result, at, in_engine};
use crate::finnish::Analyzer;

use super::bases::Bases;
use super::document::Stored;
use super::forms::Forms;
use super::generation::Pointer;
use super::manifest::Manifest;
use super::schema::Layout;
use super::system::System;
use super::texts::Texts;
use super::{analysis, engine, generation};

/// One segment with its stored texts.
pub struct Segment {
    /// The engine's reader.
    pub reader: SegmentReader,
    /// The base forms of its texts.
    pub words: Arc<InvertedIndexReader>,
    /// The other terms of its texts.
    pub parts: Arc<InvertedIndexReader>,
    /// The forms of its documents' words.
    pub forms: Forms,
    texts: Texts,
    /// By row of FIELDS, opened when first asked for.
    norms: OnceLock<Vec<Option<OwnedBytes>>>,
    bases: OnceLock<Bases>,
    files: tantivy::Segment,
    /// The field of the base forms, and where they stand.
    places: (Field, OnceLock<FileSlice>),
}

impl Segment {
    fn open((files, reader): (tantivy::Segment, SegmentReader), layout: &Layout) -> Result<Self> {
        Ok(Self {
            words: reader.inverted_index(layout.words)?,
            parts: reader.inverted_index(layout.parts)?,
            forms: Forms::open(&reader)?,
            texts: Texts::open(&reader)?,
            norms: OnceLock::new(),
            bases: OnceLock::new(),
            places: (layout.words, OnceLock::new()),
            files,
            reader,
        })
    }

    /// How long the text of a row of FIELDS is in each document, as
    /// [`tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm`] reads it; none of a row
    /// without texts.
    ///
    /// # Errors
    /// When the index can't be read, or has lengths of other documents.
    pub fn norms(&self, layout: &Layout, row: usize) -> Result<Option<&[u8]>> {
        let norms = made(&self.norms, || {
            let file = self.open_file(SegmentComponent::FieldNorms)?;
            let rows = 0..layout.fields.len();
            let norms = rows.map(|row| {
                layout
                    .lengths(row)
                    .map(|lengths| self.lengths(&file, lengths))
            });
            norms.map(Option::transpose).collect()
        })?;
        Ok(norms.get(row).and_then(Option::as_deref))
    }

    fn lengths(&self, file: &CompositeFile, lengths: Field) -> Result<OwnedBytes> {
        let lengths = file.open_read(lengths).map(|file| file.read_bytes());
        let lengths = lengths
            .transpose()
            .map_err(in_engine)?
            .unwrap_or_else(OwnedBytes::empty);
        match lengths.len() == self.reader.max_doc() as usize {
            true => Ok(lengths),
            false => {
                let what = "the lengths of texts are not those of the documents";
                Err(TantivyError::from(DataCorruption::comment_only(what)).into())
            }
        }
    }

    /// Where the base forms of its texts stand, to be read with
    /// [`tantivy::positions::PositionReader`] in the ranges that the dictionary
    /// gives.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn places(&self) -> Result<&FileSlice> {
        let (field, places) = &self.places;
        made(places, || {
            let places = self
                .open_file(SegmentComponent::Positions)?
                .open_read(*field);
            Ok(places.unwrap_or_else(FileSlice::empty))
        })
    }

    /// Opens a file of the engine that has a part for each field.
    fn open_file(&self, component: SegmentComponent) -> Result<CompositeFile> {
        let file = self
            .files
            .open_read(component)
            .map_err(TantivyError::from)?;
        CompositeFile::open(&file).map_err(in_engine)
    }

    /// The base forms of its texts, each once. Takes as long as reading the whole
    /// dictionary when first asked for.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn bases(&self) -> Result<&Bases> {
        made(&self.bases, || Bases::read(&self.words))
    }
}

/// What is made when first asked for. Two who ask at once may both make it, the
/// same; one of them is kept.
fn made<T>(place: &OnceLock<T>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(made) = place.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(place.get_or_init(|| made))
}

/// An open index.
pub struct Reader {
    index: PathBuf,
    pointer: Pointer,
    /// What the analyzer has learnt from the collection, without a dictionary.
    learnt: Option<OwnedBytes>,
    /// What the generation says of itself.
    pub manifest: Manifest,
    /// Handles of the fields.
    pub layout: Layout,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Size of all its files in bytes.
    pub bytes: u64,
}

impl Reader {
    /// Opens the index in the folder `index`.
    ///
    /// # Errors
    /// No index, one of another version, or one that can't be read.
    pub fn open(index: &Path) -> Result<Self> {
        let open = |pointer: &Pointer| open(index, pointer);
        generation::in_force(&System::default(), index, Result::is_ok, &open)?
    }

    /// Whether this generation is still the one in force.
    ///
    /// # Errors
    /// When there is no index any more, or it can't be read.
    pub fn is_in_force(&self) -> Result<bool> {
        Ok(generation::current(&System::default(), &self.index)? == self.pointer)
    }

    /// Names the generation: two that hold the same are called the same.
    #[must_use]
    pub fn generation(&self) -> &str {
        self.pointer.hash.as_deref().unwrap_or_default()
    }

    /// The analyzer that made the index; `dictionary` is a dictionary's file
    /// to use instead of the one that stood there at the time.
    ///
    /// # Errors
    /// When the same analyzer can't be had here.
    pub fn analyzer(&self, dictionary: Option<&Path>) -> Result<Analyzer> {
        analysis::remake(
            &self.index,
            self.learnt.clone(),
            &self.manifest.analyzer,
            dictionary,
        )
    }

    /// The folder of the index.
    pub(super) fn index(&self) -> &Path {
        &self.index
    }

    /// The folder of the generation in force.
    pub(super) fn folder(&self) -> &Path {
        &self.pointer.folder
    }

    /// What is stored of a document.
    ///
    /// # Errors
    /// When the stored text can't be read.
    pub fn stored(&self, segment: usize, doc: DocId) -> Result<Stored> {
        let Some(segment) = self.segments.get(segment) else {
            return Ok(Stored::default());
        };
        Ok(segment.texts.get(doc, Stored::unpacked)?)
    }

    /// The keys of all documents, in order.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn keys(&self) -> Result<Vec<String>> {
        let mut keys = Vec::new();
        for segment in &self.segments {
            let inverted = segment.reader.inverted_index(self.layout.key)?;
            let mut stream = inverted.terms().stream().map_err(in_engine)?;
            while stream.advance() {
                keys.push(String::from_utf8_lossy(stream.key()).into_owned());
            }
            if segment.reader.has_deletes() {
                // What is deleted here may stand in a younger segment.
                let mut alive = Vec::with_capacity(keys.len());
                for key in keys.drain(..) {
                    if self.find(&key)?.is_some() {
                        alive.push(key);
                    }
                }
                keys = alive;
            }
        }
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }

    /// The document with a key: segment and number.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn find(&self, key: &str) -> Result<Option<(usize, DocId)>> {
        let term = tantivy::Term::from_field_text(self.layout.key, key);
        for (number, segment) in self.segments.iter().enumerate() {
            let inverted = segment.reader.inverted_index(self.layout.key)?;
            let option = tantivy::schema::IndexRecordOption::Basic;
            let postings = inverted
                .read_block_postings(&term, option)
                .map_err(in_engine)?;
            let docs = postings.iter().flat_map(|p| p.docs().iter().copied());
            let mut alive = docs.filter(|doc| !segment.reader.is_deleted(*doc));
            if let Some(doc) = alive.next() {
                return Ok(Some((number, doc)));
            }
        }
        Ok(None)
    }
}

/// Opens one generation of an index.
pub(super) fn open(index: &Path, pointer: &Pointer) -> Result<Reader> {
    let manifest = Manifest::read(&System::default(), index, pointer)?;
    check_sizes(index, &pointer.folder, &manifest)?;
    let damaged = |what| Error::Damaged {
        path: index.to_path_buf(),
        what,
    };
    let reader = open_engine(pointer, index, manifest).map_err(|error| match error {
        Error::Corrupt { what } => damaged(what),
        error => match error.in_place(index) {
            Error::Engine(cause) => damaged(cause.to_string()),
            other => other,
        },
    })?;
    // The engine takes some files that are missing for files that were never
    // there. Those that are there now were there then.
    check_sizes(index, &pointer.folder, &reader.manifest)?;
    Ok(reader)
}

fn open_engine(pointer: &Pointer, index: &Path, manifest: Manifest) -> Result<Reader> {
    let layout = Layout::new();
    let segments = segments(&System::default(), &pointer.folder)?
        .into_iter()
        .map(|files| Segment::open(files, &layout))
        .collect::<Result<_>>()?;
    Ok(Reader {
        index: index.to_path_buf(),
        pointer: pointer.clone(),
        learnt: analysis::learnt(&System::default(), &pointer.folder, &manifest.analyzer)?,
        bytes: manifest.files.values().map(|sum| sum.bytes).sum(),
        manifest,
        layout,
        segments,
    })
}

/// A file that was cut off would end the program when it is read, since it is
/// mapped into memory; so sizes are looked at first.
fn check_sizes(index: &Path, folder: &Path, manifest: &Manifest) -> Result<()> {
    for (name, sum) in &manifest.files {
        let path = folder.join(name);
        let size = std::fs::metadata(&path).map_err(at(&path))?.len();
        if size != sum.bytes {
            return Err(Error::Damaged {
                path: index.to_path_buf(),
                what: format!("{name} has {size} bytes, not {}", sum.bytes),
            });
        }
    }
    Ok(())
}

/// All segments in a generation's folder, with the engine's readers.
pub(super) fn segments(
    system: &System,
    folder: &Path,
) -> Result<Vec<(tantivy::Segment, SegmentReader)>> {
    let engine = engine::open(system, folder)?;
    let segments = engine.searchable_segments()?.into_iter();
    let opened = segments.map(|segment| {
        let reader = SegmentReader::open(&segment)?;
        Ok((segment, reader))
    });
    Ok(opened.collect::<tantivy::Result<_>>()?)
}
