//! The descriptions that a generation stores, by the files they were read from.
//!
//! For a run that builds all anew and meets a file that can't be read any more.
//! Only what the manifest vouches for is believed: the list of segments, their
//! texts, and which of them are deleted. Postings are not asked, so it does not
//! matter whether they are damaged or were analysed otherwise.

use std::collections::HashMap;
use std::path::Path;

use foldhash::fast::RandomState;
use tantivy::DocId;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::{Segment, SegmentComponent};

use crate::form;

use super::document::{Stored, key};
use super::generation::Pointer;
use super::manifest::Manifest;
use super::previous::why;
use super::report::Class;
use super::seen::{Claim, Document, Known};
use super::system::System;
use super::texts::{self, Texts};
use super::{engine, verify};

/// What the engine's list of segments is called.
const SEGMENTS: &str = "meta.json";

/// The charset of a text of which only the text is left.
const UNKNOWN: &str = "unknown";

/// The texts of a generation.
pub(super) struct Shelf {
    segments: Vec<Texts>,
    /// Where the living text of each file is.
    places: HashMap<String, (usize, DocId), RandomState>,
    /// Whether the texts of all segments are what was written.
    is_whole: bool,
}

impl Shelf {
    /// Opens the texts of the generation in force; or says why not.
    pub(super) fn open(system: &System, index: &Path, pointer: &Pointer) -> Result<Self, String> {
        let manifest = Manifest::read(system, index, pointer).map_err(why)?;
        let is_sound = |name: &str| {
            let found = verify::check_file(system, &pointer.folder, &manifest, name);
            manifest.files.contains_key(name) && found.is_none()
        };
        if !is_sound(SEGMENTS) {
            return Err(format!("it was damaged: {SEGMENTS}"));
        }
        let engine = engine::open(system, &pointer.folder);
        let segments = engine.and_then(|engine| engine.searchable_segments());
        let segments = segments.map_err(|error| format!("it was damaged: {error}"))?;
        let mut shelf = Self {
            segments: Vec::new(),
            places: HashMap::default(),
            is_whole: true,
        };
        for segment in segments {
            let names = [texts::FILE.component(), SegmentComponent::Delete];
            let wanted = &names[..if segment.meta().has_deletes() { 2 } else { 1 }];
            let name = |component: &SegmentComponent| segment.relative_path(component.clone());
            let mut names = wanted.iter().map(name);
            let is_read =
                names.all(|name| is_sound(&name.to_string_lossy())) && shelf.put(&segment).is_ok();
            shelf.is_whole &= is_read;
        }
        Ok(shelf)
    }

    /// Puts in the texts of a segment.
    fn put(&mut self, segment: &Segment) -> tantivy::Result<()> {
        let texts = Texts::of(segment)?;
        let alive = match segment.meta().has_deletes() {
            true => {
                let file = segment.open_read(SegmentComponent::Delete)?;
                Some(AliveBitSet::open(file.read_bytes()?))
            }
            false => None,
        };
        let is_alive = |doc: &DocId| alive.as_ref().is_none_or(|alive| alive.is_alive(*doc));
        let number = self.segments.len();
        let mut places = Vec::new();
        for doc in (0..texts.len()).filter(is_alive) {
            let stored = texts.get(doc, Stored::unpacked)?;
            places.push((stored.path, (number, doc)));
        }
        self.places.extend(places);
        self.segments.push(texts);
        Ok(())
    }

    /// What is stored of a file; or why there is nothing.
    pub(super) fn stored(&self, name: &str) -> Result<Stored, String> {
        let place = self.places.get(name).ok_or("it was damaged: its texts")?;
        self.at(*place)
    }

    fn at(&self, (segment, doc): (usize, DocId)) -> Result<Stored, String> {
        let stored = self.segments[segment].get(doc, Stored::unpacked);
        stored.map_err(|error| format!("it was damaged: {error}"))
    }

    /// All files that have a text here, as far as the texts tell of them.
    pub(super) fn files(&self) -> Result<Vec<Known>, String> {
        if !self.is_whole {
            return Err("it was damaged: its texts".to_owned());
        }
        let places = self.places.values();
        places.map(|place| Ok(known(self.at(*place)?))).collect()
    }
}

/// What a stored text tells of its file.
fn known(stored: Stored) -> Known {
    let text = stored.whole();
    let parsed = form::parse(&text);
    let document = Document {
        key: key(parsed.project.code, &stored.path).into(),
        claim: Claim::of(&parsed),
        charset: UNKNOWN.into(),
        bytes: text.len() as u64,
        stands: true,
    };
    Known {
        name: stored.path.into(),
        stamp: Default::default(),
        fresh: true,
        digest: Default::default(),
        class: Class::Indexed,
        reasons: Vec::new(),
        document: Some(document),
    }
}
